"""A sample of the faults that `sweep_faults.py` tries, and the proof that it would see a loss."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from bad_writers import BAD_WRITERS
from stage import Fault, Stage
from sweep_faults import (
    CASES,
    Case,
    Judge,
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


def test_what_the_disk_does_not_give_stops_the_plan() -> None:
    """A plan made of half the notes would drop what the other half asks for: it stays as it is."""
    with tempfile.TemporaryDirectory(dir=find_memory()) as top:
        stage, judge = _set_up("plan, worked in", Path(top))
        reads = [
            at
            for at, call in enumerate(judge.calls)
            if str(call).startswith(
                ("read vault/People", "scandir vault/Jou", "read vault/Network/E")
            )
        ]
        look, *reads = reads
        assert str(judge.calls[look]).startswith("scandir")
        assert len(reads) == 8
        for at in reads:
            stage.restore()
            outcome = stage.play(judge.case.command, Fault("read error", at, errno.EIO))
            path = judge.calls[at].paths[0].removeprefix("vault/")
            said = f"Error: {path}: cannot be read: Input/output error; nothing was written. Run it again.\n"
            assert (outcome.code, outcome.said) == (1, said)
            assert {**outcome.tree, **judge.before} == outcome.tree
        # The look that tells whether anything has changed is done without: all is read then.
        stage.restore()
        outcome = stage.play(judge.case.command, Fault("read error", look, errno.EIO))
        assert (outcome.code, "cannot be read" in outcome.said) == (0, False)
        assert {**outcome.tree, **judge.before} != outcome.tree


def test_a_plan_that_is_being_saved_is_not_planned_by() -> None:
    """Half of it was read with the notes, and all of it a moment later: nothing is written."""
    with tempfile.TemporaryDirectory(dir=find_memory()) as top:
        stage, judge = _set_up("plan, worked in", Path(top))
        plan = "Network/Network plan 2026-W48.md"
        at = [str(call) for call in judge.calls].index(f"open vault/{plan}")
        raw = judge.changed[plan]
        for gap in (1, 7):
            fault = Fault("edit", at, target=plan, editor="slowly", typed=raw, gap=gap)
            stage.restore()
            outcome = stage.play(judge.case.command, fault)
            said = f"Error: {plan} changed while vaultnet was working; nothing was written. Run it again.\n"
            assert (outcome.code, outcome.said) == (1, said)
            assert outcome.tree[f"vault/{plan}"].raw == raw


def _set_up(name: str, top: Path) -> tuple[Stage, Judge]:
    stage = Stage(top)
    case = next(case for case in CASES if case.name == name)
    return stage, Judge(stage, case, again=False)


def test_bad_writers_are_caught(tmp_path: Path) -> None:
    """Fifteen ways to lose notes, each shown by the faults that are meant for it."""
    if find_limits(tmp_path):
        pytest.skip("this disk cannot exchange files, or not tell that one is open")
    assert len(BAD_WRITERS) == 15
    assert prove() == ()
