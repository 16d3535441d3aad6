"""A sample of the notes that `fuzz_notes.py` makes, and lines that are long on purpose."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from from_text import tell
from fuzz_notes import OPENERS, make_note, read_seeds, run


def test_no_mutated_note_makes_reading_raise_or_hang() -> None:
    """Bytes flipped, lines shuffled, tokens put in, notes spliced: each is read, planned, logged into."""
    figures = run(0, range(1500), read_seeds(), limit=1.0)

    assert figures.findings == []
    assert figures.notes == 1500
    assert figures.contacts > 300
    assert figures.telling > 200
    assert figures.faulty > 200
    assert figures.logged > 20


def test_a_note_follows_from_its_number() -> None:
    """What was found once is found again."""
    seeds = read_seeds()
    assert make_note(3, 41, seeds) == make_note(3, 41, seeds)
    assert len({make_note(3, number, seeds) for number in range(50)}) > 40


@pytest.mark.parametrize("unit", ["## Calls", "and ::[[Ada]] ", "sent to [[Ada]] ", *OPENERS])
def test_twice_the_line_takes_twice_the_steps(unit: str) -> None:
    """A line of several hundred links, brackets or words is read in linear time."""
    short, long = _count_steps(unit * 150), _count_steps(unit * 300)

    assert long < 2.5 * short


def _count_steps(line: str) -> int:
    """Count the calls that Python makes to read a line of a daily note: no clock is asked."""
    steps = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal steps
        del frame, arg
        steps += event in {"call", "c_call"}

    daily = f"Called [[Ada]] {line}\n- [[Ada]]\n  - the roof {line}\n{line}\n"
    notes = {"People/Ada.md": f"- 2026-11-02 coffee {line}\n", "2026-11-20.md": daily}
    tell(notes)  # what is imported late, or filled at first use, has been
    sys.setprofile(count)
    try:
        tell(notes)
    finally:
        sys.setprofile(None)
    return steps
