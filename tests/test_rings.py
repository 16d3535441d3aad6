"""Where each contact stands, and why: the sentences of section 4 of the contract, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vaultnet.core.frozen import replace
from vaultnet.core.model import (
    Answer,
    Cadence,
    Contact,
    Direction,
    Evidence,
    Fact,
    Given,
    Interaction,
    Network,
    Problem,
    Ring,
    Rung,
    Severity,
    Standing,
    Status,
    Warmth,
)
from vaultnet.core.rings import (
    explain_ring,
    find_pin_hints,
    find_ring,
    is_fixed,
    place,
    resting_until,
    stand,
    unanswered,
)

TODAY = date(2026, 11, 23)
PATH = "People/Ada.md"
OUT, IN, BOTH = Direction.OUT, Direction.IN, Direction.BOTH

KINDS: Mapping[str, tuple[Direction, Rung | None]] = {
    "message": (OUT, None),
    "reply": (IN, Rung.NAME),
    "ask": (OUT, None),
    "met": (BOTH, Rung.NAME),
    "introduction": (BOTH, Rung.NAME),
    "call": (BOTH, Rung.WHAT),
    "coffee": (BOTH, Rung.WHAT),
    "meeting": (BOTH, Rung.WHAT),
    "saw-my-work": (IN, Rung.WHAT),
    "work": (BOTH, Rung.WORK),
    "mentoring": (BOTH, Rung.WORK),
    "gave": (OUT, Rung.NAME),
    "received": (IN, Rung.NAME),
    "endorsement": (IN, Rung.RECOMMEND),
    "thanks": (OUT, None),
    "congratulations": (OUT, None),
    "note": (OUT, Rung.NAME),
}
"""The table of section 2.3."""


_ORDER = (
    "they_know relationship purpose ask want_to_meet ring cadence not_before last_contact status "
    "met met_context"
).split()
ada = partial(Contact, PATH, "Ada", lines={name: line for line, name in enumerate(_ORDER, start=2)})
"""Builds a contact whose properties stand in a fixed order, one a line."""


def did(
    kind: str, day: date | int, direction: Direction | None = None, line: int = 20
) -> Interaction:
    """Build an interaction on a day, or so many days ago."""
    when = TODAY - timedelta(days=day) if isinstance(day, int) else day
    usual, proves = KINDS[kind]
    return Interaction(
        when,
        PATH,
        kind,
        direction or usual,
        face_to_face=False,
        text="secret words",
        source=PATH,
        line=line,
        proves=proves,
        given=Given.RECEIVED if kind == "received" else None,
    )


def now(contact: Contact, *interactions: Interaction, answers: tuple[Answer, ...] = ()) -> Standing:
    """Find where the contact stands today."""
    return stand(contact, interactions, TODAY, answers)


# --- 4.1 the ladder -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "interactions", "rung"),
    [
        (ada(), (), None),
        (ada(they_know=Rung.NOTHING), (), Rung.NOTHING),
        (ada(they_know=Rung.WORK), (did("reply", 3),), Rung.WORK),
        (ada(they_know=Rung.NOTHING), (did("coffee", 3),), Rung.WHAT),
        (ada(they_know=Rung.NOTHING), (did("message", 3),), Rung.NOTHING),
        (ada(), (did("message", 3),), None),
        (ada(), (did("message", 3, IN),), Rung.NAME),
        (ada(), (did("message", 3, BOTH),), Rung.NAME),
        (ada(), (did("thanks", 3, BOTH),), Rung.NAME),
        (ada(), (did("call", -1),), None),
        (ada(), (did("gave", 3),), Rung.NAME),
        (ada(), (did("note", 3),), Rung.NAME),
        (ada(want_to_meet=True), (did("note", 3),), None),
        (ada(purpose="energy"), (did("note", 3),), None),
        (ada(they_know=Rung.NOTHING), (did("note", 3),), Rung.NOTHING),
        (ada(last_contact=TODAY), (), Rung.NAME),
        (ada(last_contact=TODAY + timedelta(days=1)), (), None),
        (ada(met=date(2020, 1, 1)), (), Rung.NAME),
        (ada(met=date(2027, 1, 1), met_context="at a talk"), (), None),
        (ada(met_context="at a talk"), (), Rung.NAME),
        (ada(relationships=("neighbour",)), (), Rung.NAME),
        (ada(relationships=("acquaintance",)), (), Rung.NAME),
        (ada(relationships=("mentee",)), (), Rung.WHAT),
        (ada(relationships=("professional body",)), (), Rung.WHAT),
        *(
            (ada(relationships=(word,)), (), Rung.WORK)
            for word in (
                "friend",
                "close colleague",
                "associate",
                "colleague",
                "manager",
                "client",
                "mentor",
                "sponsor",
                "coach",
            )
        ),
        (ada(relationships=("acquaintance", "client")), (), Rung.WORK),
    ],
)
def test_the_rung_is_the_highest_that_anything_proves(
    contact: Contact, interactions: tuple[Interaction, ...], rung: Rung | None
) -> None:
    """What they know of you is the highest of declared, proven by events, and by relationship."""
    assert now(contact, *interactions).rung is rung


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_proves_what_its_row_says(kind: str) -> None:
    """A single interaction puts its own rung on the ladder, and nothing more."""
    assert now(ada(), did(kind, 1)).rung is KINDS[kind][1]


# --- 4.2 the ring -------------------------------------------------------------------------

MENTOR = ada(relationships=("mentor",))
YEAR_AGO = date(2025, 11, 23)


@pytest.mark.parametrize(
    ("contact", "interactions", "ring"),
    [
        # the pin wins over all evidence
        (ada(ring=Ring.COLD, relationships=("friend",)), (), Ring.COLD),
        (ada(ring=Ring.BUDDY), (), Ring.BUDDY),
        (ada(ring=Ring.STRATEGIC, relationships=("family",)), (), Ring.STRATEGIC),
        # buddies
        (ada(they_know=Rung.RECOMMEND), (), Ring.BUDDY),
        (ada(), (did("endorsement", 3000),), Ring.BUDDY),
        (ada(relationships=("friend",)), (), Ring.BUDDY),
        (ada(relationships=("close colleague",)), (), Ring.BUDDY),
        (ada(relationships=("associate",), they_know=Rung.NOTHING), (), Ring.BUDDY),
        # strategic takes intent, and cultivation that is no more than 12 months old
        (MENTOR, (did("coffee", 400), did("reply", YEAR_AGO)), Ring.STRATEGIC),
        (MENTOR, (did("coffee", 400), did("reply", YEAR_AGO - timedelta(1))), Ring.LUKEWARM),
        (MENTOR, (did("coffee", 3), did("call", 3)), Ring.LUKEWARM),
        (MENTOR, (did("coffee", 3), did("message", 9)), Ring.LUKEWARM),
        (MENTOR, (did("coffee", 3), did("message", 9, IN)), Ring.STRATEGIC),
        (MENTOR, (did("coffee", 3), did("call", -9)), Ring.LUKEWARM),
        (ada(purpose="energy"), (did("call", 3), did("met", 9)), Ring.STRATEGIC),
        *(
            (ada(relationships=(word,)), (did("call", 3), did("met", 9)), Ring.STRATEGIC)
            for word in ("sponsor", "coach", "mentee", "professional body")
        ),
        (ada(relationships=("manager",)), (did("call", 3), did("met", 9)), Ring.LUKEWARM),
        (ada(ask="a job"), (did("call", 3), did("met", 9)), Ring.LUKEWARM),
        # lukewarm
        (ada(they_know=Rung.NAME), (), Ring.LUKEWARM),
        (ada(want_to_meet=True), (did("met", 9),), Ring.LUKEWARM),
        (ada(last_contact=date(2012, 1, 1)), (), Ring.LUKEWARM),
        # cold
        (ada(they_know=Rung.NOTHING), (), Ring.COLD),
        (ada(want_to_meet=True), (), Ring.COLD),
        (ada(want_to_meet=True), (did("note", 9),), Ring.COLD),
        (ada(purpose="energy"), (), Ring.COLD),
        (ada(ask="one question"), (), Ring.COLD),
        (ada(), (did("message", 9),), Ring.COLD),
        (ada(), (did("ask", 9),), Ring.COLD),
        (ada(), (did("thanks", 9),), Ring.COLD),
        (ada(), (did("congratulations", 9),), Ring.COLD),
        # unplaced
        (ada(), (), Ring.UNPLACED),
        (ada(), (did("coffee", -1),), Ring.UNPLACED),
        # set aside
        (ada(relationships=("family",)), (), Ring.ASIDE),
        (ada(relationships=("family", "friend")), (did("call", 3),), Ring.ASIDE),
        (ada(relationships=("family",), they_know=Rung.WHAT), (), Ring.LUKEWARM),
        (ada(relationships=("family",), purpose="energy"), (), Ring.LUKEWARM),
        (ada(status=Status.ARCHIVED), (), Ring.ASIDE),
        (ada(status=Status.DO_NOT_CONTACT), (), Ring.ASIDE),
        (ada(status=Status.DIED, ring=Ring.BUDDY), (), Ring.ASIDE),
        (ada(status=Status.PAUSED), (), Ring.UNPLACED),
        (ada(status=Status.PAUSED, relationships=("friend",)), (), Ring.BUDDY),
    ],
)
def test_the_ring_is_the_first_rule_that_holds(
    contact: Contact, interactions: tuple[Interaction, ...], ring: Ring
) -> None:
    """The rules are asked from the inside out, set aside before all."""
    assert now(contact, *interactions).ring is ring


def test_a_year_before_a_leap_day_is_the_28th() -> None:
    """On 29 February, an exchange on last year's 28th is no more than 12 months ago."""
    log = (did("call", date(2020, 1, 1)), did("coffee", date(2027, 2, 28)))
    assert stand(MENTOR, log, date(2028, 2, 29)).ring is Ring.STRATEGIC
    assert stand(MENTOR, log, date(2028, 3, 1)).ring is Ring.LUKEWARM


def answer(word: str, day: date = TODAY, line: int = 40) -> Answer:
    """Build a ticked box of the plan's question."""
    return Answer(PATH, word, day, "Network/Plan.md", line)


@pytest.mark.parametrize(
    ("contact", "answers", "ring"),
    [
        (ada(), ("friend",), Ring.BUDDY),
        (ada(), ("colleague",), Ring.LUKEWARM),
        (ada(), ("colleague", "friend"), Ring.BUDDY),
        (ada(), ("would like to know better",), Ring.COLD),
        (ada(), ("just a note",), Ring.UNPLACED),
        (ada(relationships=("acquaintance",)), ("friend",), Ring.LUKEWARM),
        (ada(they_know=Rung.NAME), ("friend",), Ring.LUKEWARM),
        (ada(ring=Ring.COLD), ("friend",), Ring.COLD),
    ],
)
def test_an_answer_counts_where_the_note_is_silent(
    contact: Contact, answers: tuple[str, ...], ring: Ring
) -> None:
    """A tick of the plan's question says who they are, unless the note itself does."""
    assert now(contact, answers=tuple(answer(word) for word in answers)).ring is ring


def test_the_latest_answer_counts_and_a_later_one_does_not_exist_yet() -> None:
    """Answering again replaces the first answer, from its own day on."""
    answers = (answer("friend", TODAY - timedelta(7)), answer("colleague", TODAY))
    assert stand(ada(), (), TODAY, answers).ring is Ring.LUKEWARM
    assert stand(ada(), (), TODAY - timedelta(1), answers).ring is Ring.BUDDY
    assert stand(ada(), (), TODAY - timedelta(8), answers).ring is Ring.UNPLACED


# --- 4.3 warmth and due -------------------------------------------------------------------

FRIEND = ada(relationships=("friend",))


@pytest.mark.parametrize(
    ("contact", "interactions", "warmth", "cadence_days", "due"),
    [
        # never touched: one cadence late
        (FRIEND, (), "new", 84, TODAY - timedelta(84)),
        (MENTOR, (), "new", 182, TODAY - timedelta(182)),
        # by ring, within one cadence, within two, beyond
        (FRIEND, (did("call", 84),), "warm", 84, TODAY),
        (FRIEND, (did("call", 85),), "cooling", 84, TODAY - timedelta(1)),
        (FRIEND, (did("call", 168),), "cooling", 84, TODAY - timedelta(84)),
        (FRIEND, (did("call", 169),), "fading", 84, TODAY - timedelta(85)),
        (MENTOR, (did("call", 56), did("call", 90)), "warm", 56, TODAY),
        (ada(), (did("call", 182),), "warm", 182, TODAY),
        # the touch moves due, only the exchange moves warmth
        (FRIEND, (did("call", 100), did("message", 10)), "cooling", 84, TODAY + timedelta(74)),
        (
            ada(relationships=("friend",), last_contact=TODAY),
            (did("call", 100),),
            "cooling",
            84,
            TODAY + timedelta(84),
        ),
        (FRIEND, (did("message", 10),), "new", 84, TODAY + timedelta(74)),
        # two without an answer: let it rest 26 weeks
        (FRIEND, (did("message", 30), did("ask", 10)), "new", 84, TODAY + timedelta(172)),
        (FRIEND, (did("message", 10), did("ask", 10)), "new", 84, TODAY + timedelta(74)),
        # dormant
        (FRIEND, (did("call", date(2023, 11, 23)),), "fading", 84, date(2024, 2, 15)),
        (FRIEND, (did("call", date(2023, 11, 22)),), "dormant", 84, None),
        # own cadence
        (ada(they_know=Rung.NAME, cadence=Cadence(10)), (did("call", 10),), "warm", 10, TODAY),
        (
            ada(relationships=("friend",), cadence=Cadence(None)),
            (did("call", 85),),
            "cooling",
            None,
            None,
        ),
        (
            ada(relationships=("friend",), cadence=Cadence(10**12)),
            (did("call", 8),),
            "warm",
            10**12,
            date.max,
        ),
        (ada(relationships=("friend",), cadence=Cadence(10**12)), (), "new", 10**12, date.min),
        # the median gap of five exchanges or more, a day counted once, kept within bounds
        (
            FRIEND,
            tuple(did("call", n) for n in (0, 20, 20, 50, 90, 300)),
            "warm",
            35,
            TODAY + timedelta(35),
        ),
        (
            FRIEND,
            tuple(did("call", n) for n in (0, 20, 20, 50, 90)),
            "warm",
            84,
            TODAY + timedelta(84),
        ),
        (FRIEND, tuple(did("call", n) for n in range(5)), "warm", 14, TODAY + timedelta(14)),
        (
            FRIEND,
            tuple(did("call", n * 500) for n in range(5)),
            "warm",
            364,
            TODAY + timedelta(364),
        ),
        # cold
        (ada(want_to_meet=True), (), "new", None, None),
        (ada(want_to_meet=True), (did("message", 3),), "new", None, None),
        (ada(want_to_meet=True, cadence=Cadence(30)), (), "new", 30, None),
        (ada(ring=Ring.COLD), (did("reply", 28),), "warm", None, None),
        (ada(ring=Ring.COLD), (did("reply", 29),), "cooling", None, None),
        (ada(ring=Ring.COLD), (did("reply", 57),), "fading", None, None),
        # unplaced, paused, set aside
        (ada(), (), "new", None, None),
        (ada(relationships=("friend",), status=Status.PAUSED), (), "new", 84, None),
        (ada(relationships=("family",)), (did("call", 182),), "warm", None, None),
        (ada(status=Status.ARCHIVED, cadence=Cadence(9)), (did("call", 18),), "cooling", 9, None),
    ],
)
def test_warmth_is_recency_in_the_persons_own_cadence(
    contact: Contact,
    interactions: tuple[Interaction, ...],
    warmth: str,
    cadence_days: int | None,
    due: date | None,
) -> None:
    """Cadence, warmth and due follow section 4.3."""
    standing = now(contact, *interactions)
    assert (standing.warmth, standing.cadence_days, standing.due) == (
        Warmth(warmth),
        cadence_days,
        due,
    )


LATER = TODAY + timedelta(30)


@pytest.mark.parametrize(
    ("contact", "interactions", "due"),
    [
        (FRIEND, (), LATER),
        (FRIEND, (did("call", 1),), LATER),
        (FRIEND, (did("call", 2000),), LATER),
        (ada(want_to_meet=True), (), LATER),
        (ada(), (), LATER),
        (ada(relationships=("friend",), status=Status.PAUSED), (), LATER),
        (ada(relationships=("friend",), cadence=Cadence(None)), (), LATER),
        (FRIEND, (did("message", 30), did("ask", 10)), LATER),
        (ada(status=Status.ARCHIVED), (), None),
    ],
)
def test_not_before_is_the_day_due(
    contact: Contact, interactions: tuple[Interaction, ...], due: date | None
) -> None:
    """A day set by hand counts for everybody who is not set aside."""
    assert now(replace(contact, not_before=LATER), *interactions).due == due


def test_not_before_is_spent_by_a_later_touch() -> None:
    """A touch on the day or after it sets the usual rhythm going again."""
    contact = replace(FRIEND, not_before=TODAY - timedelta(5))
    assert now(contact, did("message", 6)).due == TODAY - timedelta(5)
    assert now(contact, did("message", 5)).due == TODAY + timedelta(79)


def test_the_last_touch_is_the_log_or_its_floor() -> None:
    """`last_contact` moves the last touch forward, never back, and is no exchange."""
    contact = ada(last_contact=date(2026, 5, 1))
    earlier, later = did("call", date(2026, 3, 1)), did("call", date(2026, 7, 1))
    assert now(contact).last_touch == date(2026, 5, 1)
    assert now(contact).last_exchange is None
    assert now(contact, earlier).last_touch == date(2026, 5, 1)
    assert now(contact, earlier).last_exchange == date(2026, 3, 1)
    assert now(contact, later).last_touch == date(2026, 7, 1)


def test_only_messages_after_the_last_exchange_wait_for_an_answer() -> None:
    """A message of the day of an exchange is part of it; thanks await nothing."""
    first, second, third = did("message", 40), did("ask", 20), did("message", 5)
    log = [third, did("thanks", 4), second, first, did("message", 50), did("call", 50)]
    assert unanswered(log, TODAY) == (first, second, third)
    assert unanswered(log, TODAY - timedelta(10)) == (first, second)
    assert unanswered([*log, did("reply", 1)], TODAY) == ()


def test_two_unanswered_messages_let_it_rest_for_26_weeks() -> None:
    """The rest begins with the latest message, and is none once it is over."""
    log = [did("message", 40), did("ask", 20)]
    end = TODAY + timedelta(162)
    assert resting_until(log[:1], TODAY) is None
    assert resting_until(log, TODAY) == end
    assert resting_until(log, end - timedelta(1)) == end
    assert resting_until(log, end) is None
    assert resting_until([*log, did("reply", 1)], TODAY) is None


# --- because and missing ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "interactions", "because"),
    [
        (
            ada(they_know=Rung.RECOMMEND, relationships=("close colleague",)),
            (did("endorsement", date(2026, 5, 3), line=21),),
            (
                Fact("would recommend you", PATH, 2),
                Fact("put in a word for you on 3 May 2026", PATH, 21),
                Fact("close colleague", PATH, 3),
                Fact("fading; last exchange: put in a word for you on 3 May 2026", PATH, 21),
            ),
        ),
        (
            ada(relationships=("mentor",), purpose="energy"),
            (did("call", date(2026, 9, 9), line=22), did("coffee", date(2026, 3, 3), line=21)),
            (
                Fact("mentor", PATH, 3),
                Fact("a purpose is noted", PATH, 4),
                Fact(
                    "exchanges on two days: coffee on 3 March 2026, call on 9 September 2026",
                    PATH,
                    22,
                ),
                Fact("cooling; last exchange: call on 9 September 2026", PATH, 22),
            ),
        ),
        (
            MENTOR,
            (did("call", date(2025, 3, 9), line=22), did("coffee", date(2025, 3, 3), line=21)),
            (
                Fact("mentor", PATH, 3),
                Fact("no exchange for 12 months", PATH, 22),
                Fact("fading; last exchange: call on 9 March 2025", PATH, 22),
            ),
        ),
        (
            ada(),
            (did("coffee", date(2026, 11, 2)), did("reply", date(2026, 11, 9), line=21)),
            (
                Fact("knows what you do: coffee on 2 November 2026", PATH, 20),
                Fact("warm; last exchange: reply on 9 November 2026", PATH, 21),
            ),
        ),
        (
            ada(last_contact=date(2026, 11, 2), met_context="at a talk"),
            (),
            (
                Fact("how you met is noted", PATH, 13),
                Fact("last contact on 2 November 2026", PATH, 10),
                Fact("new; last contact on 2 November 2026", PATH, 10),
            ),
        ),
        (
            ada(want_to_meet=True),
            (did("message", date(2026, 11, 2)),),
            (
                Fact("you would like to meet", PATH, 6),
                Fact("you wrote: message on 2 November 2026", PATH, 20),
                Fact("new; last touch: message on 2 November 2026", PATH, 20),
            ),
        ),
        (
            ada(),
            (),
            (
                Fact("the notes say too little: no log, no relationship", PATH),
                Fact("new; no exchange noted yet", PATH),
            ),
        ),
        (
            ada(ring=Ring.STRATEGIC, they_know=Rung.WORK),
            (),
            (
                Fact("ring pinned by hand: strategic", PATH, 7),
                Fact("knows your work", PATH, 2),
                Fact("new; no exchange noted yet", PATH),
            ),
        ),
        (
            ada(ring=Ring.STRATEGIC),
            (),
            (
                Fact("ring pinned by hand: strategic", PATH, 7),
                Fact("new; no exchange noted yet", PATH),
            ),
        ),
        (
            ada(relationships=("family",)),
            (),
            (Fact("set aside: family", PATH, 3), Fact("new; no exchange noted yet", PATH)),
        ),
    ],
)
def test_because_tells_the_deciding_facts_and_where_they_stand(
    contact: Contact, interactions: tuple[Interaction, ...], because: tuple[Fact, ...]
) -> None:
    """The most telling fact stands first, the one on warmth last."""
    assert now(contact, *interactions).because == because


def test_an_answer_is_a_fact_of_the_plan_it_was_ticked_in() -> None:
    """Because names the plan and the line of the tick."""
    standing = now(ada(), answers=(answer("friend"),))
    assert standing.because[0] == Fact("friend, by your answer", "Network/Plan.md", 40)


@pytest.mark.parametrize(
    ("private", "word", "told"),
    [
        (False, "neighbour", "neighbour"),
        (True, "colleague", "colleague"),
        (True, "secret admirer", "a relationship is noted"),
        (False, "long " * 50, "a relationship is noted"),
    ],
)
def test_a_private_notes_own_words_are_not_told(private: bool, word: str, told: str) -> None:  # noqa: FBT001 - a column of the table
    """A relationship in words that are not ours stays in a private note."""
    contact = replace(ada(relationships=(word,)), private=private)
    assert now(contact).because[0].text == told


PURPOSE = "say why you want this relationship: `purpose:`"
RECOMMEND = "a recommendation or endorsement from them, or `they_know: would recommend`"


@pytest.mark.parametrize(
    ("contact", "interactions", "missing"),
    [
        (FRIEND, (), ()),
        (MENTOR, (did("call", 3), did("coffee", 9)), (RECOMMEND,)),
        (MENTOR, (), ("two exchanges, on different days",)),
        (MENTOR, (did("call", 3),), ("one more exchange, on another day",)),
        (ada(), (did("call", 3), did("coffee", 9)), (PURPOSE,)),
        (ada(), (did("call", 3),), (PURPOSE, "one more exchange, on another day")),
        (
            MENTOR,
            (did("call", date(2025, 3, 9)), did("coffee", date(2025, 3, 3))),
            ("an exchange: the last was in March 2025",),
        ),
        (ada(want_to_meet=True), (), ("a reply, or meeting them once",)),
        (
            ada(want_to_meet=True),
            (did("message", date(2026, 11, 2)),),
            ("a reply to what you wrote on 2 November 2026, or meeting them once",),
        ),
        (
            ada(want_to_meet=True),
            (did("message", date(2026, 10, 2)), did("message", date(2026, 11, 2))),
            (
                "a reply to what you wrote on 2 November 2026, or meeting them once; let it rest until 3 May 2027",
            ),
        ),
        (ada(), (), ("tell vaultnet how you know them: `relationship:` or `they_know:`",)),
        (ada(relationships=("family",)), (), ()),
        (ada(ring=Ring.BUDDY, relationships=("friend",)), (), ()),
        (ada(ring=Ring.BUDDY, relationships=("client",)), (), (RECOMMEND,)),
        (
            ada(ring=Ring.STRATEGIC),
            (did("call", 3),),
            (PURPOSE, "one more exchange, on another day"),
        ),
        (ada(ring=Ring.LUKEWARM), (), ("a reply, or meeting them once",)),
        (
            ada(ring=Ring.COLD),
            (),
            ("say that you would like to meet: `want_to_meet: true`, or `they_know: nothing`",),
        ),
        (
            ada(ring=Ring.COLD, relationships=("friend",)),
            (),
            ("the notes speak for buddy: take `ring` out to let them decide",),
        ),
    ],
)
def test_missing_says_what_would_bring_them_one_ring_further_in(
    contact: Contact, interactions: tuple[Interaction, ...], missing: tuple[str, ...]
) -> None:
    """Each thing missing is something a person can do; for a pin it is what would justify it."""
    assert now(contact, *interactions).missing == missing


def test_a_pin_against_the_evidence_is_hinted_at() -> None:
    """Check points at the line of the pin, says what the notes speak for and how to mend it."""
    outer = replace(ada(ring=Ring.COLD, relationships=("friend",)), path="People/Bo.md")
    agreed = replace(ada(ring=Ring.BUDDY, relationships=("friend",)), path="People/Cy.md")
    silent = replace(ada(ring=Ring.BUDDY), path="People/Di.md")
    aside = replace(ada(ring=Ring.BUDDY, status=Status.DIED), path="People/Ed.md")
    contacts = (ada(ring=Ring.STRATEGIC), outer, agreed, silent, aside)
    network = Network(
        contacts={contact.path: contact for contact in contacts},
        interactions={PATH: (did("coffee", date(2026, 11, 2)),)},
    )
    assert find_pin_hints(network, TODAY) == (
        Problem(
            PATH,
            7,
            "pinned-ring",
            "pinned as strategic, but the notes speak for lukewarm (knows what you do: coffee on "
            "2 November 2026): take `ring` out, or add what is missing: say why you want this "
            "relationship: `purpose:` and one more exchange, on another day",
            Severity.HINT,
        ),
        Problem(
            "People/Bo.md",
            7,
            "pinned-ring",
            "pinned as cold, but the notes speak for buddy (friend): take `ring` out",
            Severity.HINT,
        ),
    )


# --- laws ---------------------------------------------------------------------------------

days = st.integers(-60, 1500)
contacts = st.builds(
    ada,
    they_know=st.none() | st.sampled_from(Rung),
    relationships=st.lists(
        st.sampled_from(["friend", "mentor", "mentee", "colleague", "family", "neighbour"]),
        max_size=2,
    ).map(tuple),
    purpose=st.sampled_from(["", "energy"]),
    ask=st.sampled_from(["", "one question"]),
    want_to_meet=st.booleans(),
    ring=st.sampled_from([None, None, None, Ring.BUDDY, Ring.STRATEGIC, Ring.LUKEWARM, Ring.COLD]),
    cadence=st.sampled_from([None, Cadence(None), Cadence(30)]),
    not_before=st.none() | st.dates(),
    last_contact=st.none() | st.dates(),
    status=st.sampled_from([None, None, None, *Status]),
    met=st.none() | st.dates(),
    met_context=st.sampled_from(["", "at a talk"]),
)
interactions = st.builds(
    did,
    st.sampled_from(sorted(KINDS)),
    days,
    st.none() | st.sampled_from(Direction),
    st.integers(1, 99),
)
logs = st.lists(interactions, max_size=7)
answers = st.lists(
    st.builds(
        answer,
        st.sampled_from(["friend", "colleague", "would like to know better", "just a note"]),
        st.dates(TODAY - timedelta(60), TODAY + timedelta(60)),
        st.integers(1, 99),
    ),
    max_size=2,
)


@settings(max_examples=300, deadline=None)
@given(contacts, logs, answers, st.sampled_from(sorted(KINDS)), st.sampled_from([IN, BOTH]))
def test_one_more_exchange_never_moves_anybody_outward(
    contact: Contact,
    log: list[Interaction],
    ticks: list[Answer],
    kind: str,
    direction: Direction,
) -> None:
    """Whatever they do with you today, they stand where they stood or nearer, and know no less."""
    before = stand(contact, log, TODAY, ticks)
    after = stand(contact, [*log, did(kind, 0, direction)], TODAY, ticks)
    assert after.ring <= before.ring
    assert (after.rung or 0) >= (before.rung or 0)
    assert after.warmth is Warmth.WARM


@settings(max_examples=500, deadline=None)
@given(contacts, logs, answers, st.integers(-60, 900))
def test_the_ring_alone_is_that_of_the_standing(
    contact: Contact, log: list[Interaction], ticks: list[Answer], ago: int
) -> None:
    """It is found without a word on why, and is the same; so are its facts, found by themselves."""
    day = TODAY - timedelta(ago)
    standing = stand(contact, log, day, ticks)
    assert find_ring(contact, log, day, ticks) is standing.ring
    assert explain_ring(contact, log, day, ticks) == standing.because[:-1]


@settings(max_examples=500, deadline=None)
@given(contacts, logs, logs, st.integers(0, 900))
def test_who_is_fixed_in_a_ring_stays_there(
    contact: Contact, log: list[Interaction], more: list[Interaction], later: int
) -> None:
    """Whatever more is told of them and however much time goes by, unless it is an endorsement."""
    ring = stand(contact, log, TODAY).ring
    told = [touch for touch in [*log, *more] if touch.proves is not Rung.RECOMMEND or touch in log]
    assume(is_fixed(contact, ring))
    assume(ring is not Ring.LUKEWARM or all(i.proves is not Rung.RECOMMEND for i in log))
    assert stand(contact, told, TODAY + timedelta(later)).ring is ring


@settings(max_examples=200, deadline=None)
@given(contacts, logs, answers, st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(
    contact: Contact, log: list[Interaction], ticks: list[Answer], dice: object
) -> None:
    """Standings, with their because, are the same whatever was read first."""
    assert hasattr(dice, "sample")
    shuffled, other = dice.sample(log, len(log)), dice.sample(ticks, len(ticks))
    assert stand(contact, log, TODAY, ticks) == stand(contact, shuffled, TODAY, other)


@settings(max_examples=300, deadline=None)
@given(contacts, logs, answers)
def test_every_standing_has_its_because_and_its_missing(
    contact: Contact, log: list[Interaction], ticks: list[Answer]
) -> None:
    """Nobody stands anywhere without a reason; only set-aside people and buddies lack nothing."""
    standing = stand(contact, log, TODAY, ticks)
    by_evidence = stand(replace(contact, ring=None), log, TODAY, ticks)
    assert len(standing.because) >= 2
    assert all(fact.text and fact.source for fact in standing.because)
    assert "secret" not in repr(standing.because)
    content = standing.ring is Ring.ASIDE or (
        standing.ring is Ring.BUDDY and by_evidence.ring in {Ring.BUDDY, Ring.ASIDE}
    )
    assert content or standing.missing


@settings(max_examples=200, deadline=None)
@given(contacts, logs, answers, st.integers(0, 900))
def test_an_earlier_day_knows_nothing_of_what_came_later(
    contact: Contact, log: list[Interaction], ticks: list[Answer], back: int
) -> None:
    """The same notes can be placed at any day."""
    day = TODAY - timedelta(back)
    known = [touch for touch in log if touch.day <= day]
    earlier = [tick for tick in ticks if tick.day <= day]
    assert stand(contact, log, day, ticks) == stand(contact, known, day, earlier)


@settings(max_examples=100, deadline=None)
@given(contacts, logs, answers, st.dates())
def test_no_day_is_too_early_or_too_late(
    contact: Contact, log: list[Interaction], ticks: list[Answer], day: date
) -> None:
    """Standing never raises, at whatever end of the calendar."""
    standing = stand(contact, log, day, ticks)
    assert standing.last_touch is None or standing.last_touch <= day


def test_the_last_day_of_the_calendar_is_a_day_like_any_other() -> None:
    """An exchange may be as late as a day can be."""
    log = (did("call", date.max), did("coffee", date.max - timedelta(9)))
    standing = stand(MENTOR, log, date.max)
    assert (standing.ring, standing.due) == (Ring.STRATEGIC, date.max)


def test_everybody_is_placed_in_the_order_of_paths() -> None:
    """Each contact stands by their own interactions and answers, whatever the order of reading."""
    bo = replace(ada(), path="People/Bo.md")
    touch = did("coffee", 3)
    tick = Answer(bo.path, "friend", TODAY, "Network/Plan.md", 4)
    network = Network(
        contacts={bo.path: bo, PATH: ada()},
        interactions={PATH: (touch,)},
        evidence=Evidence(interactions=(touch,), answers=(tick,)),
    )
    assert list(place(network, TODAY).items()) == [
        (PATH, stand(ada(), (touch,), TODAY)),
        (bo.path, stand(bo, (), TODAY, (tick,))),
    ]
