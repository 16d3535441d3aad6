"""A folder becomes the sample vault, with a past of half a year in git, to try vaultnet on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from vaultnet import sample
from vaultnet.core.backstory import LAST, grow
from vaultnet.core.frozen import frozen
from vaultnet.errors import NoHistoryError
from vaultnet.history.making import NewCommit, make_repository


@frozen
class Demo:
    """What was made, and what is missing of it."""

    notes: int
    commits: int
    today: date
    """The day for which the vault is written."""
    lacking: str = ""
    """Why there is no past, as the end of a sentence; empty: there is one."""


def make_demo(folder: Path, environ: Mapping[str, str]) -> Demo:
    """Write the sample vault into a folder that is empty or not there, and its past into git.

    Where git can make none, the vault is written all the same.
    """
    files = sample.read_sample()
    evenings = grow(files)
    sample.write_files(folder, files)
    notes = sum(path.endswith(".md") for path in files)
    try:
        make_repository(
            folder,
            environ,
            [NewCommit(e.day, e.message, e.written, e.removed) for e in evenings],
        )
    except NoHistoryError as error:
        return Demo(notes, 0, LAST, str(error))
    return Demo(notes, len(evenings), LAST)
