"""A sample of the faults that `sweep_faults.py` tries, and the proof that it would see a loss."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from bad_writers import BAD_WRITERS
from stage import Stage
from sweep_faults import (
    CASES,
    Case,
    choose_some,
    find_limits,
    find_memory,
    leave_out,
    prove,
    sweep,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each fault needs its own process")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_fault_of_a_call_loses_a_line(case: Case) -> None:
    """Killed, cut off, full, broken, short or edited in between: each note is old or new."""
    with tempfile.TemporaryDirectory(dir=find_memory()) as top:
        lacks = find_limits(Path(top))
        start = CASES.index(case) * 4

        found = sweep(
            case, Stage(Path(top)), lambda faults: choose_some(10, start, leave_out(lacks, faults))
        )

        assert found.wrong == [], f"\n{found}"
        assert found.landed.total() == found.injected.total() == 10


def test_bad_writers_are_caught(tmp_path: Path) -> None:
    """Fifteen ways to lose notes, each shown by the faults that are meant for it."""
    if find_limits(tmp_path):
        pytest.skip("this disk cannot exchange files, or not tell that one is open")
    assert len(BAD_WRITERS) == 15
    assert prove() == ()
