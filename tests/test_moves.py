"""Who stands in another ring than before, and why; through the rings themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest

from vaultnet.core.frozen import replace
from vaultnet.core.model import (
    Contact,
    Direction,
    Fact,
    Interaction,
    Move,
    Ring,
    Rung,
    Standing,
    Status,
    Warmth,
)
from vaultnet.core.moves import find_moves
from vaultnet.core.rings import stand

TODAY = date(2026, 11, 23)
PATH = "People/Ada.md"
ADA = Contact(PATH, "Ada")
MENTOR = replace(ADA, relationships=("mentor",))


def coffee(day: date, line: int = 20) -> Interaction:
    """Build a coffee with Ada."""
    return Interaction(
        day,
        PATH,
        "coffee",
        Direction.BOTH,
        face_to_face=True,
        text="",
        source=PATH,
        line=line,
        proves=Rung.WHAT,
    )


MAY, JUNE, LATELY = coffee(date(2026, 5, 3)), coffee(date(2026, 6, 3), 21), coffee(TODAY, 22)
THANKED = replace(LATELY, kind="thanks", direction=Direction.OUT, proves=None)


@pytest.mark.parametrize(
    ("before", "after", "rings", "because"),
    [
        # inward, by what is new
        (
            stand(MENTOR, [MAY], TODAY),
            stand(MENTOR, [replace(MAY, line=30), JUNE], TODAY),
            (Ring.LUKEWARM, Ring.STRATEGIC),
            (Fact("exchanges on two days: coffee on 3 May 2026, coffee on 3 June 2026", PATH, 21),),
        ),
        (
            stand(ADA, [], TODAY),
            stand(ADA, [LATELY], TODAY),
            (Ring.UNPLACED, Ring.LUKEWARM),
            (Fact("knows what you do: coffee on 23 November 2026", PATH, 22),),
        ),
        (
            stand(ADA, [], TODAY),
            stand(replace(ADA, want_to_meet=True), [], TODAY),
            (Ring.UNPLACED, Ring.COLD),
            (Fact("you would like to meet", PATH),),
        ),
        # inward, for a pin was taken out
        (
            stand(replace(MENTOR, ring=Ring.COLD), [], TODAY),
            stand(MENTOR, [LATELY], TODAY),
            (Ring.COLD, Ring.LUKEWARM),
            (Fact("no longer noted: ring pinned by hand: cold", PATH),),
        ),
        # outward, by silence alone
        (
            stand(MENTOR, [MAY, JUNE], TODAY),
            stand(MENTOR, [MAY, JUNE, replace(THANKED, day=date(2027, 1, 1))], date(2027, 6, 4)),
            (Ring.STRATEGIC, Ring.LUKEWARM),
            (Fact("no exchange for 12 months", PATH, 21),),
        ),
        # outward, by hand
        (
            stand(MENTOR, [MAY, JUNE], TODAY),
            stand(replace(MENTOR, ring=Ring.COLD), [MAY, JUNE, LATELY], TODAY),
            (Ring.STRATEGIC, Ring.COLD),
            (Fact("ring pinned by hand: cold", PATH),),
        ),
        # outward, by what the notes no longer tell
        (
            stand(replace(ADA, relationships=("friend",)), [MAY], TODAY),
            stand(ADA, [MAY, LATELY], TODAY),
            (Ring.BUDDY, Ring.LUKEWARM),
            (Fact("no longer noted: friend", PATH),),
        ),
        (
            stand(replace(ADA, relationships=("colleague",)), [], TODAY),
            stand(ADA, [], TODAY),
            (Ring.LUKEWARM, Ring.UNPLACED),
            (Fact("no longer noted: colleague", PATH),),
        ),
        (
            stand(replace(ADA, they_know=Rung.NAME), [], TODAY),
            stand(replace(ADA, they_know=Rung.NOTHING), [], TODAY),
            (Ring.LUKEWARM, Ring.COLD),
            (Fact("has not heard of you yet", PATH),),
        ),
    ],
)
def test_a_move_tells_what_brought_it_about(
    before: Standing, after: Standing, rings: tuple[Ring, Ring], because: tuple[Fact, ...]
) -> None:
    """What is new explains a move; recency never does, nor that a line has shifted."""
    expected = (Move(after.contact, *rings, because),)
    assert find_moves({PATH: before}, {PATH: after}) == expected
    assert expected[0].inward is (rings[1] < rings[0])


class Why(NamedTuple):
    """Why somebody stands where they do, said by hand."""

    because: tuple[Fact, ...]
    missing: tuple[str, ...] = ()


def standing(name: str, ring: Ring) -> Standing:
    """Build a standing by hand, with a single fact."""
    return Standing(
        contact=Contact(f"People/{name}.md", name),
        ring=ring,
        rung=None,
        warmth=Warmth.NEW,
        last_touch=None,
        last_exchange=None,
        due=None,
        cadence_days=None,
        why=Why((Fact("so it is"), Fact("and so warm"))),
    )


def test_inward_moves_come_first_then_rings_and_paths() -> None:
    """The same moves are told in the same order, whatever the order of the standings."""
    rows = (
        ("Ada", Ring.BUDDY, Ring.LUKEWARM),
        ("Bo", Ring.COLD, Ring.LUKEWARM),
        ("Cy", Ring.LUKEWARM, Ring.LUKEWARM),
        ("Di", Ring.UNPLACED, Ring.LUKEWARM),
        ("Ed", Ring.LUKEWARM, Ring.BUDDY),
    )
    before = {f"People/{name}.md": standing(name, ring) for name, ring, _ in rows}
    after = {f"People/{name}.md": standing(name, ring) for name, _, ring in reversed(rows)}
    moves = find_moves(before, after)
    assert [move.contact.name for move in moves] == ["Ed", "Bo", "Di", "Ada"]
    assert all(move.because for move in moves)


def test_who_is_set_aside_new_or_gone_has_not_moved() -> None:
    """Into and out of *set aside* is no move, nor is a note that came or went."""
    friend = replace(ADA, relationships=("friend",))
    here = {PATH: stand(friend, [], TODAY)}
    aside = {PATH: stand(replace(friend, status=Status.ARCHIVED), [], TODAY)}
    assert find_moves(here, aside) == find_moves(aside, here) == ()
    assert find_moves({}, here) == find_moves(here, {}) == ()


def test_the_passing_of_a_day_alone_moves_only_what_lapses() -> None:
    """An exchange read at a later day brings inward; a year of silence takes back."""
    log = [MAY, JUNE]
    days = [date(2026, 5, 2), MAY.day, JUNE.day, date(2027, 6, 3), date(2027, 6, 4)]
    rings = [stand(MENTOR, log, day).ring for day in days]
    assert rings == [Ring.LUKEWARM, Ring.LUKEWARM, Ring.STRATEGIC, Ring.STRATEGIC, Ring.LUKEWARM]
    later = TODAY + timedelta(30)
    assert find_moves({PATH: stand(MENTOR, log, TODAY)}, {PATH: stand(MENTOR, log, later)}) == ()
