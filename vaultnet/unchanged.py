"""A command line -> what `vaultnet plan` has to say, where it is known: before anything is loaded.

Click reads any command line, and takes longer to load than a vault of some thousand notes to walk.
So the two that are typed day by day, `vaultnet plan` and the same with `--vault` or `--today`, are known
here; whatever is written in another way is Click's to read.
"""

# ruff: noqa: PTH109 — as in `root`.

from __future__ import annotations

import os
import sys

from vaultnet.clock import name_day
from vaultnet.errors import VaultnetError
from vaultnet.index.listing import name_question, recall_plan
from vaultnet.root import find_folder

TYPE_CHECKING = False  # as in `clock`
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def recall_answer(words: Sequence[str], environ: Mapping[str, str]) -> Sequence[str] | None:
    """Give the lines that `vaultnet` must answer these words with; None: they are not known here."""
    asked = recognise(words)
    if asked is None or "~" in environ.get("VAULTNET_VAULT", ""):
        return None
    vault, today = asked
    try:
        root = find_folder(vault, environ, os.getcwd())
    except (OSError, VaultnetError):
        return None
    return recall_plan(root, name_question(root, name_day(), today))


def recognise(words: Sequence[str]) -> tuple[str | None, str | None] | None:
    """Find vault and day, None where they are not named, in a command line like those above.

    None: it is not like them. A day need not be one, for no plan was ever made of such a day.
    """
    if sys.platform == "win32" or len(words) % 2 == 0 or words[0] != "plan":
        return None  # on Windows Click expands the words first
    options, values = words[1::2], words[2::2]
    given = dict(zip(options, values, strict=True))
    if len(given) < len(options) or not given.keys() <= {"--vault", "--today"}:
        return None
    vault, today = given.get("--vault"), given.get("--today")
    if vault is not None and (not vault or vault[0] == "-" or "~" in vault):
        return None  # a home is for `root` to find, in a path as Click gives it
    if today is not None and not (len(today) == _LENGTH and today[:4].isdecimal()):
        return None
    return vault, today


_LENGTH = len("2026-11-25")
