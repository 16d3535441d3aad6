"""Units -> what a line tells of the people it names: kind, direction, and who was there.

A line claims an interaction where a kind's word stands as something that happened, with you in it:
a noun with its people (`lunch with [[Ada]]`, `☕ [[Ada]]`, `[[Ada]]: call`), or a verb whose subject
and object are you and they (`called [[Ada]]`, `[[Ada]] emailed`). Whatever is planned, denied,
cancelled, asked, long gone or told of others claims nothing. When in doubt, nothing happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from vaultnet.core.evidence.units import Part, Unit
from vaultnet.core.kinds import BOTH, IN, KIND_OF, OUT, Form, turn
from vaultnet.core.model import Direction, Given, Kind

_REACH = 24
"""How many units are looked at to either side: what is further away belongs to something else."""


class Mode(Enum):
    """How a line is meant by where it stands."""

    TOLD = auto()
    """It tells what happened: `call [[Ada]]` is a plan."""
    DONE = auto()
    """A ticked task: `call [[Ada]]` was done."""
    COMING = auto()
    """It stands on a day to come: `call [[Ada]]` is what the day will bring."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a line tells of one person."""

    person: str
    kind: Kind
    direction: Direction
    given: Given | None = None
    others: tuple[str, ...] = ()
    """Who else was there."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a line tells."""

    tellings: tuple[Telling, ...] = ()
    hushed: bool = False
    """Whether it speaks of a plan, a failure or a question: then it is no entry of any kind."""


def read_sentence(units: Sequence[Unit], owner: str = "", mode: Mode = Mode.TOLD) -> Said:
    """Read what a line tells; `owner` is the person whose log it stands in, if any."""
    reader = _Reader(units, owner, mode)
    reader.read()
    return Said(tuple(reader.tellings.values()), reader.hushed or _is_plan(units))


def name_kind(units: Sequence[Unit]) -> Kind | None:
    """Read the kind that a heading or a parent item gives to what stands under it: `Calls`."""
    if len(units) > 8 or any(unit.part in _SILENT or unit.text in _AIMS for unit in units):
        return None
    for unit in units:
        if unit.entry and unit.entry.noun:
            return unit.entry.noun
        if unit.entry and unit.entry.form is Form.PAST and unit.entry.frames:
            kind = next(iter(unit.entry.frames.values()))
            return turn(kind, OUT) if kind.direction is not BOTH else kind
    return None


def is_planned(units: Sequence[Unit]) -> bool:
    """Say whether a heading or a parent item puts what stands under it into the future."""
    return any(
        unit.part in {Part.PLAN, Part.FUTURE, Part.CANCELLED} or unit.text in _AHEAD
        for unit in units[:8]
    )


def find_bare(units: Sequence[Unit]) -> tuple[str, ...]:
    """Find the people of a line that says no more than who: `[[Ada]]`, `with [[Ada]]: the job`."""
    at = 0
    while at < len(units) and (units[at].part is Part.FILLER or units[at].text == "with"):
        at += 1
    if any(unit.part in _SILENT for unit in units):
        return ()
    people, end = _group(units, at)
    following = units[end].part if end < len(units) else Part.STOP
    return people if following in _CLOSING or following is Part.PREPOSITION else ()


_CLAUSE_END = frozenset(
    {Part.COMMA, Part.BUT, Part.BREAK, Part.COLON, Part.STOP, Part.QUESTION, Part.BRACKET}
)
_SENTENCE_END = frozenset({Part.STOP, Part.QUESTION})
_CLOSING = _CLAUSE_END | {Part.AND}
_SILENT = frozenset(
    {
        Part.PLAN, Part.NOT, Part.SET, Part.CANCELLED, Part.UNANSWERED, Part.FUTURE,
        Part.PAST_TIME, Part.SAID, Part.QUESTION,
    }
)  # fmt: skip
_UNTRUE = frozenset({Part.PLAN, Part.NOT, Part.WHO, Part.SAID, Part.PAST_TIME, Part.CANCELLED})
"""Left of a verb in its clause: it did not happen, or not now, or not to us."""
_FINITE = frozenset(
    {Part.IS, Part.WAS, Part.HAD, Part.HAVE, Part.PLAN, Part.NOT, Part.SAID, Part.KIND, Part.SET}
)
"""Behind a person: a clause of which the person is the subject."""
_AHEAD = frozenset(
    """upcoming next later backlog reminders reminder followups follow-ups follow-up waiting someday
    planned planning plan plans future wishlist tasks""".split()
)
_AIMS = frozenset("to for about before until prep notes".split())
_THINGS_HAPPEN = frozenset("after during following in on at from over between post since through via".split())
"""Before a kind's noun: `back from lunch with`, `on a call with`."""
_ABOUT = frozenset("about re regarding concerning like than without except against".split())
_QUANTITIES = frozenset(
    "couple lots lot bunch round series out rest end start most all day hour hours cup plenty".split()
)
_ED_MODIFIERS = frozenset(
    """extended relaxed unplanned rushed heated belated prolonged detailed needed mixed focused
    animated unscheduled delayed organised shared tired crowded packed sponsored themed catered
    candlelit one-sided delighted chilled weird red shed spirited spontaneous loaded mediated walked
    attended united seed hundred""".split()
)
_CARRIERS = frozenset(
    "send send over give write drop shoot leave receive get make pay fire forward share hand pass show".split()
)
_LIGHT = frozenset(
    """had grabbed took went made held enjoyed shared attended ran joined finished did hosted squeezed
    hopped jumped wrapped ended started cooked managed popped having grabbing spent concluded left
    survived led facilitated bought treated brought ordered received exchanged dropped caught ate
    drank completed got done given gave gone getting taking""".split()
)
_MOTION = frozenset("went gone out popped stopped going off met headed over walked round invited".split())
_WEAK = frozenset("meet see speak talk chat catch up meet up get together hang out join".split()) | {
    "catch up", "meet up", "get together", "hang out", "touch base",
}  # fmt: skip
_ALONE = frozenset(
    """email e-mail mail text message dm sms ping whatsapp slack write call phone ring telephone reply
    respond answer visit facetime skype ask contact nudge stop_by""".split()
) | {
    "reach out", "get in touch", "get back", "write back", "text back", "email back", "message back",
    "check in", "follow up", "stop by", "drop by", "swing by", "come over", "come by", "come round",
    "voice note",
}  # fmt: skip
"""Verbs that need no object to be meant for you: `[[Ada]] called`, `[[Ada]] emailed about …`."""
_ANSWERS = frozenset(["reply", "answer", "respond", "write back", "get back", "text back", "email back"])
_OWNED = frozenset(["review", "ask", *_ANSWERS])
"""Verbs whose object may be something of theirs: `replied to [[Ada]]'s email`."""
_GIVING = frozenset("send forward lend give show teach explain hand pass share present offer loan".split())
_TALKING = frozenset(["speak", "talk", "chat", "discuss", "catch up"])
