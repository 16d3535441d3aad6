"""How everybody stood when last week ended, kept for as long as the week goes on."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from vaultnet.index.sealed import load, save

Stood: TypeAlias = Mapping[str, tuple[int, tuple[tuple[str, str, int], ...]]]
"""Path -> ring, and the facts it rested on: text, path and line of each."""


class Kept(NamedTuple):
    """What is kept of the week before."""

    head: str
    """Id of the commit that was checked out when git was asked."""
    commit: str = ""
    """Of the one with which the week ended; empty: git cannot tell."""
    newest: str = ""
    """The day of the last commit."""
    stood: Stood = MappingProxyType({})


NOTHING = Kept("")


def load_past(root: Path, key: str) -> Kept:
    """Load how everybody stood when last week ended.

    `NOTHING` where it was not kept under this `key`, which holds all else on which that rests.
    """
    with suppress(TypeError):  # nothing was kept
        return Kept(*load(root, "past", key))
    return NOTHING


def save_past(root: Path, key: str, kept: Kept) -> None:
    """Keep it; where that fails, git is asked again."""
    save(root, "past", key, (*kept[:3], dict(kept.stood)))
