"""The weeks of the past that are over, kept whole: they are not walked again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from vaultnet.core.past import Kept
from vaultnet.index.columns import lay_out, make_again
from vaultnet.index.sealed import load, save


class Walked(NamedTuple):
    """A walk up to the end of the last week that is over."""

    commits: tuple[str, ...]
    """The last commit of each of its weeks."""
    tree: str
    """Of the last of them."""
    past: Kept


def load_weeks(root: Path, key: str) -> Walked | None:
    """Load the weeks that were walked; None where none were kept under this `key`.

    It holds all else on which they rest, beside the commits.
    """
    with suppress(Exception):  # whatever is wrong with it, it is as if it were not there
        (walked,) = make_again(load(root, "weeks", key))
        return Walked(*walked)
    return None


def save_weeks(root: Path, key: str, walked: Walked) -> None:
    """Keep them; where that fails, they are walked again."""
    save(root, "weeks", key, lay_out([tuple(walked)]))
