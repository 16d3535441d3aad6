"""Several vaultnets at once: each waits its turn, and no line of anybody's is lost."""

from __future__ import annotations

from pathlib import Path

from many_writers import log_at_once


def test_several_processes_log_into_one_note(tmp_path: Path) -> None:
    """A sample of `many_writers.py`: every line is there once, and nothing is left beside the note."""
    assert log_at_once(tmp_path, processes=4, times=5) == []
