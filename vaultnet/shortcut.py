"""`vaultnet plan` as it is typed day by day, understood and answered without Click.

Click reads any command line, and takes longer to load than thousands of notes to look at. So the plain
`vaultnet plan`, with or without `--vault` and `--today`, is known here; whatever is written in another
way, or goes to a terminal that is not plain, is Click's to see to.
"""

# ruff: noqa: PTH109, PLC0415 — as in `root`; and where nothing has changed, next to nothing is loaded.

from __future__ import annotations

import os
import sys

from vaultnet.clock import name_day
from vaultnet.errors import VaultnetError
from vaultnet.index.listing import look_around, name_question, recall_plan
from vaultnet.root import find_folder
from vaultnet.terminal import are_plain, explain, leave_pipe

TYPE_CHECKING = False  # as in `clock`
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vaultnet.index.listing import Look


def take_shortcut(words: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Do what these words ask for; False where Click must read them, and nothing was done."""
    asked = recognise(words)
    if asked is None or "~" in environ.get("VAULTNET_VAULT", "") or not are_plain():
        return False
    vault, today = asked
    try:
        root = find_folder(vault, environ, os.getcwd())
    except (OSError, VaultnetError):
        return False
    now, look = name_day(), look_around(root)
    key = name_question(root, now, today)
    lines = recall_plan(root, key, look)
    if not lines and today and not _is_day(today):
        return False
    try:
        path, *talk = lines or _plan(root, today, now, key, look)
        _show(f"{path}\n")
        sys.stderr.write("".join(f"{line}\n" for line in talk))
    except (VaultnetError, OSError) as error:
        leave_pipe(error)
        line, code = explain(error)
        sys.stderr.write(f"{line}\n")
        sys.exit(code)
    except KeyboardInterrupt:
        sys.exit("\nAborted!")  # as Click says it
    return True


def recognise(words: Sequence[str]) -> tuple[str | None, str | None] | None:
    """Find vault and day, None where they are not named, in a command line like those above.

    None: it is not like them. A day looks like one, and need not be one.
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
    if today is not None and not _looks_like_day(today):
        return None
    return vault, today


def _looks_like_day(text: str) -> bool:
    year, month, day = text[:4], text[5:7], text[8:]
    return (
        text == f"{year}-{month}-{day}"
        and [len(year), len(month), len(day)] == [4, 2, 2]
        and text.isascii()
        and f"{year}{month}{day}".isdecimal()
    )


def _is_day(text: str) -> bool:
    from vaultnet.core.calendar import parse_day

    day = parse_day(text)
    return day is not None and 1900 <= day.year <= 9900


def _plan(root: str, today: str | None, now: str, key: str, look: Look | None) -> Sequence[str]:
    """Do what `vaultnet.cli.plan` does, since something may have changed."""
    from datetime import date
    from pathlib import Path

    from vaultnet.planning import draft_week, write_week

    day = date.fromisoformat(today) if today else None
    reading, draft = draft_week(Path(root), day, date.fromisoformat(now), look=look)
    return write_week(reading, draft, key, look, _show)


def _show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
