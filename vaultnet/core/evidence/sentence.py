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
    PLANNED = auto()
    """It stands under a heading such as *Tomorrow*: only what is said to have been done was."""


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


def find_bare(units: Sequence[Unit]) -> tuple[tuple[str, ...], str]:
    """Find the people of a line that says no more than who, and the preposition before them.

    `[[Ada]]`, `with [[Ada]] and [[Bob]]`, `from [[Ada]]: the contract`; what follows a colon is free.
    """
    at = 0
    while at < len(units) and units[at].part is Part.FILLER:
        at += 1
    preposition = (
        units[at].text if at < len(units) and units[at].text in {"with", "to", "from"} else ""
    )
    people, end = _group(units, at + bool(preposition))
    while end < len(units) and units[end].part is Part.BRACKET:
        closed = _close(units, end)
        end = closed + 1
    following = units[end].part if end < len(units) else Part.STOP
    if following not in _CLOSING and following is not Part.PREPOSITION:
        return (), ""
    if following in {Part.COLON, Part.BREAK}:
        spoiled = any(
            unit.part in {Part.CANCELLED, Part.UNANSWERED} for unit in units[end:]
        ) or any(
            unit.part in _SILENT and not unit.text.endswith("'s")
            for unit in units[end + 1 : end + 2]
            if unit.part is not Part.PLAN
        )
    else:
        spoiled = any(unit.part in _SILENT for unit in units)
    return ((), "") if spoiled else (people, preposition)


def turn_by(kind: Kind, preposition: str) -> Direction:
    """Say which way a kind goes by the preposition before the person: `from [[Ada]]` is in."""
    if preposition == "from" and (kind.direction is not BOTH or kind.word == "call"):
        return IN
    if preposition == "to" and kind.direction is not BOTH:
        return OUT
    if preposition == "with" and kind.word == "message":
        return BOTH
    return kind.direction


_OPEN = frozenset({Mode.DONE, Mode.COMING})
"""Where a plan's words stand for what was done, or will be."""
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
_THINGS_HAPPEN = frozenset(
    "after during following in on at from over between post since through via off".split()
)
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
    "send send over give write drop shoot leave receive get make pay fire share hand pass show".split()
)
_LIGHT = frozenset(
    """had grabbed took went made held enjoyed shared attended ran joined finished did hosted squeezed
    hopped jumped wrapped ended started cooked managed popped having grabbing spent concluded left
    survived led facilitated bought shouted stood treated brought ordered received exchanged dropped caught ate
    drank completed got done given gave gone getting taking""".split()
)
_MOTION = frozenset(
    "went gone out popped stopped going off met headed over walked round invited".split()
)
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
_ANSWERS = frozenset(
    ["reply", "answer", "respond", "write back", "get back", "text back", "email back"]
)
_PLACES = frozenset(["stop by", "drop by", "swing by", "come by", "come over", "come round"])
_OWNED = frozenset(["review", "ask", "visit", *_ANSWERS, *_PLACES])
"""Verbs whose object may be something of theirs: `replied to [[Ada]]'s email`."""
_GIVING = frozenset(
    "send forward lend give show teach explain hand pass share present loan".split()
)
_TALKING = frozenset(["speak", "talk", "chat", "discuss", "catch up", "debrief"])


class _Reader:
    """Walks once over the units; each kind's word finds its people, or none."""

    def __init__(self, units: Sequence[Unit], owner: str, mode: Mode) -> None:
        self.units = units
        self.owner = owner
        self.mode = mode
        self.tellings: dict[str, Telling] = {}
        self.hushed = False
        self.topic: tuple[str, ...] = (owner,) if owner else self._find_topic()
        self.named = tuple(dict.fromkeys(unit.person for unit in units if unit.person))

    def read(self) -> None:
        """Gather the tellings, the first of each person."""
        reported = False
        if self.units and self.units[0].part is Part.QUESTION:
            self.hushed = True
            return
        for at, unit in enumerate(self.units):
            if unit.part in _SENTENCE_END:
                reported = False
            elif unit.part is Part.SAID:
                reported = True
            elif reported:
                continue
            elif unit.text in {"put", "puts"}:
                self._introduce_by_touch(at)
            elif unit.part is Part.KIND:
                reported = self._read_kind(at)
                if unit.text in _LIGHT:
                    self._read_treat(at)
            elif unit.part is Part.HAD:
                self._read_treat(at)

    def _read_kind(self, at: int) -> bool:
        """Read one kind's word; say whether what follows is what somebody told."""
        entry = self.units[at].entry
        if entry is None:
            return False
        if entry.free:
            self._read_free(at, entry.noun or KIND_OF["note"])
        elif self._is_introduction(at):
            self._introduce(at)
        elif entry.noun and not self._acts(at) and self._read_noun(at, entry.noun):
            pass
        elif entry.verb:
            self._read_verb(at)
            return entry.verb in {"tell", "inform"} and bool(self.tellings)
        return False

    def _acts(self, at: int) -> bool:
        """Say whether a word that is noun and verb is the verb here: `call [[Ada]]`, `meeting [[Ada]]`."""
        entry = self.units[at].entry
        if entry is None or not entry.verb or not self._has_object(at):
            return False
        return entry.form is not Form.BASE or entry.verb in _ORDERS

    # --- nouns ----------------------------------------------------------------------------

    def _read_noun(self, at: int, kind: Kind) -> bool:
        """Read `lunch with [[Ada]]`; say whether the noun was found to be one, told or hushed."""
        end = at + 1
        while end < len(self.units) and self.units[end].noun:
            following = self.units[end].entry
            if following and following.noun and kind.word not in _STRONG:
                kind = following.noun
            end += 1
        found = self._people_of_noun(at, end, kind)
        if not found:
            return False
        people, direction, last = found
        if all(person in self.tellings for person in people):
            return True
        if kind.word == "call" and self._is_written(end):
            kind, direction = KIND_OF["message"], BOTH
        told = turn(kind, direction)
        if told and self._stands(at) and not self._is_spoiled(at, last, kind):
            self._tell(people, told, direction)
        else:
            self.hushed = True
        return True

    def _people_of_noun(
        self, at: int, end: int, kind: Kind
    ) -> tuple[tuple[str, ...], Direction, int] | None:
        units = self.units
        light = self._light_before(at)
        if light >= 0:
            role, subjects = self._subject(light)
            if role is _Role.OTHER:
                return None
            if role is _Role.US:
                return subjects, BOTH, end
            if role is _Role.THEM:
                if any(
                    unit.part is Part.ME and self.units[j - 1].text != "without"
                    for j, unit in enumerate(self.units[light : end + 3], light)
                ):
                    called = kind.word == "call" and units[light].text != "had"
                    return subjects, IN if called else self._inward(kind), end
                return None
        found = self._group_of_noun(at, end, kind)
        if found:
            people, direction, last = found
            if self.owner and self.owner not in people:
                if self.units[end].text in {"to", "from", "for", "by"}:
                    return None
                people = (self.owner, *people)
            return people, direction, last
        before = self._people_before_noun(at, end)
        if before:
            return before, kind.direction, end
        if self.topic and self._is_head(at):
            return self.topic, self._implied_direction(end, kind), end
        return None

    def _group_of_noun(
        self, at: int, end: int, kind: Kind
    ) -> tuple[tuple[str, ...], Direction, int] | None:
        """Find the people to the right: `call this morning with A`, `lunch: A, B`, `☕ A`."""
        units = self.units
        mutual = kind.direction is BOTH
        j = end
        while j < min(len(units), end + 12):
            unit = units[j]
            if j == end and unit.text in {"sent", "received", "written"}:
                j += 1
                continue
            if unit.part is Part.PREPOSITION:
                if j == end and unit.text == "to" and self._is_order_to(at):
                    return None
                direction = self._direction_of(unit.text, units[at].text, kind)
                people, last = self._with(j + 1)
                if people and direction:
                    return people, direction, last
                if unit.text == "at" and mutual and j + 1 < len(units) and units[j + 1].owns:
                    return (units[j + 1].person,), BOTH, j + 2
                if unit.text in {"before", "until", "till", "after", "than", "without", "instead"}:
                    return None
            elif unit.part is Part.PERSON and not unit.owns:
                if j == end and (self.mode in _OPEN or not self._is_order(at)):
                    people, last = _group(units, j)
                    address = kind.word in {"thanks", "congratulations"}
                    acts = last < len(units) and units[last].part in _FINITE
                    return (
                        (people, kind.direction, last)
                        if people and not address and not acts
                        else None
                    )
                if units[j - 1].part is not Part.PREPOSITION and units[j - 1].part not in _CLOSING:
                    return None
            elif unit.part in {Part.COMMA, Part.BREAK, Part.COLON, Part.BRACKET}:
                return self._listed_after(at, j, kind)
            elif unit.part not in {
                Part.AND,
                Part.FILLER,
                Part.WORD,
                Part.MINE,
                Part.THEIR,
                Part.PERSON,
            } and not (unit.noun and not unit.verb):
                return None
            j += 1
        return None

    def _is_order(self, at: int) -> bool:
        """Say whether a noun right before a person is rather a verb, and an order: `call [[Ada]]`."""
        entry = self.units[at].entry
        return entry is not None and entry.verb in _ORDERS and entry.form is Form.BASE

    def _is_order_to(self, at: int) -> bool:
        """Say whether `reply to` is an order here and no noun: it opens its clause."""
        entry = self.units[at].entry
        return (
            entry is not None
            and "to" in entry.frames
            and entry.form is Form.BASE
            and self.mode not in _OPEN
            and (at == 0 or self.units[at - 1].part in _CLAUSE_END)
        )

    def _listed_after(
        self, at: int, mark: int, kind: Kind
    ) -> tuple[tuple[str, ...], Direction, int] | None:
        """Find the people of `Lunch at Nero: A, B`, `Dinner, A and B`, `Call (A)`."""
        units = self.units
        start = mark + 1
        direction = kind.direction
        if start < len(units) and units[start].part is Part.PREPOSITION:
            turned = self._direction_of(units[start].text, units[at].text, kind)
            if not turned:
                return None
            direction = turned
            start += 1
        if (
            self._skip_back(at - 1) < 0
            and start + 1 < len(units)
            and units[start].part is Part.PLAN
        ):
            start += 1  # coffee: would [[Ada]] mentor me?
            people, last = _group(units, start)
            return (people, direction, last) if people and units[mark].part is Part.COLON else None
        people, last = _group(units, start)
        if not people:
            return None
        behind = last
        while behind < len(units) and units[behind].part in {Part.FILLER, Part.WAS}:
            behind += 1
        following = units[behind] if behind < len(units) else None
        if following and following.part not in _CLOSING and following.part is not Part.PREPOSITION:
            return None
        return people, direction, last

    def _direction_of(self, preposition: str, noun: str, kind: Kind) -> Direction | None:
        """Say which way a noun goes by the preposition before the person; None: that is no person of it."""
        if preposition in {"with", "w", "alongside"}:
            return BOTH if kind.direction is BOTH or kind.word in {"message", "reply"} else None
        if (
            noun in {"thanks", "thank you"}
            and preposition == "to"
            and self._light_before(self._index(noun)) < 0
        ):
            return None
        mutual = kind.direction is BOTH
        if mutual and not (kind.word == "call" or noun == "visit" or kind.word == "work"):
            return None
        if preposition in {"from", "by"}:
            return BOTH if mutual and kind.word != "call" else IN
        if preposition == "to":
            return BOTH if mutual else OUT
        if preposition == "for" and noun in _VOICEMAIL:
            return OUT
        if preposition == "for" and kind.word in {"received", "endorsement", "gave", "work"}:
            return BOTH if mutual else OUT
        return None

    def _index(self, text: str) -> int:
        return next(at for at, unit in enumerate(self.units) if unit.text == text)

    def _people_before_noun(self, at: int, end: int) -> tuple[str, ...]:
        """Find the people of `A 1:1`, `A & B weekly sync`."""
        units = self.units
        if end < len(units) and units[end].part in {Part.WORD, Part.HAD, Part.IS, Part.HAVE}:
            return ()
        if units[at].verb and not units[at].text.endswith("s") and units[at].part is Part.KIND:
            entry = units[at].entry
            kind = entry.noun if entry else None
            if kind is None or kind.direction is not BOTH:
                return ()
        if units[at].text.endswith("s") and end > at + 1:
            return ()
        words = 0
        j = at - 1
        if j >= 0 and units[j].text == "(" and _close(units, j) in {end, end + 1, end + 2}:
            j -= 1
        while j >= 0 and units[j].part in {Part.FILLER, Part.WORD}:
            words += units[j].part is Part.WORD
            j -= 1
        if j < 0 or words > 1 or units[j].part is not Part.PERSON or units[j].owns:
            return ()
        start, people, _ = self._group_left(j)
        while start and units[start - 1].part is Part.FILLER:
            start -= 1
        return people if start == 0 or units[start - 1].part in _CLAUSE_END else ()

    def _implied_direction(self, end: int, kind: Kind) -> Direction:
        if end < len(self.units) and kind.direction is not BOTH or kind.word == "call":
            after = end + (end < len(self.units) and self.units[end].part is Part.COLON)
            following = self.units[after].text if after < len(self.units) else ""
            if following in {"from", "by"}:
                return IN
            if following == "to" and kind.direction is not BOTH:
                return OUT
            if following == "with" and kind.word == "message":
                return BOTH
        return kind.direction

    def _is_head(self, at: int) -> bool:
        """Say whether a noun heads its clause, so that it can tell of a person not named in it."""
        words = 0
        clauses = 0
        j = at - 1
        while j >= 0:
            unit = self.units[j]
            if unit.part is Part.HAD:
                return True
            if unit.part in {Part.STOP, Part.BREAK, Part.COLON}:
                return words <= 2 and clauses == 0
            if unit.part in {Part.COMMA, Part.BUT}:
                clauses += 1
            if unit.part is Part.PERSON:
                return words <= 1 and clauses <= 1 and unit.person in self.topic
            if unit.part in {Part.THEY, Part.THEIR, Part.THEM, Part.IS}:
                return False
            words += unit.part is Part.WORD
            j -= 1
        return words <= 2 and clauses == 0

    def _light_before(self, at: int) -> int:
        """Find the light verb whose object the noun is: `had a long lunch`; -1: there is none."""
        j = at - 1
        while j >= max(0, at - 8):
            unit = self.units[j]
            if unit.part is Part.HAD or unit.text in _LIGHT:
                return j
            if unit.part in _CLAUSE_END or unit.part is Part.KIND:
                return -1
            j -= 1
        return -1

    def _stands(self, at: int) -> bool:
        """Say whether what is left of a noun lets it stand for something that happened."""
        if not self._is_sure(at):
            return False
        units = self.units
        if self.mode is Mode.PLANNED and self._light_before(at) < 0:
            return False
        words = 0
        j = at - 1
        while j >= max(0, at - _REACH):
            unit = units[j]
            if unit.part in _CLAUSE_END or unit.part in {Part.BUT, Part.AND, Part.ME}:
                return True
            if unit.part is Part.HAD or unit.text in _LIGHT:
                return self._subject(j)[0] is not _Role.OTHER
            if unit.part is Part.PREPOSITION:
                return self._allows(j)
            if unit.part is Part.HAVE:
                return self.mode in _OPEN
            if unit.part in {Part.THEIR, Part.THEY, Part.IS, Part.SET, Part.NOT}:
                return False
            if unit.part is Part.PERSON:
                return not unit.owns and (
                    unit.person in self.topic or j == 0 or units[j - 1].part is not Part.KIND
                )
            if unit.part is Part.KIND and not unit.noun and not self._is_modifier(j):
                return False
            if unit.part is Part.WORD:
                words += 1
                if (
                    words > 6
                    or (unit.text.endswith("'s") and unit.text not in _NOBODYS)
                    or (unit.text.endswith("ed") and unit.text not in _ED_MODIFIERS)
                ):
                    return False
            j -= 1
        return True

    def _is_modifier(self, at: int) -> bool:
        """Say whether a verb's base form only modifies the noun behind it: `annual review meeting`."""
        entry = self.units[at].entry
        before = self.units[at - 1].part if at else Part.STOP
        return (
            entry is not None
            and entry.form is Form.BASE
            and self.units[at + 1].noun
            and before in {Part.WORD, Part.FILLER, Part.MINE}
        )

    def _allows(self, at: int) -> bool:
        """Say whether a preposition lets the noun behind it have happened: `after`, not `before`."""
        units = self.units
        text = units[at].text
        before = units[at - 1].text if at else ""
        if text in {"to", "for"}:
            return before in _MOTION or (self.mode in _OPEN and before == "go")
        if text == "of":
            return before in _QUANTITIES
        if text not in _THINGS_HAPPEN:
            return False
        role = self._subject(at)[0]
        return role in {_Role.ME, _Role.US} or (role is _Role.OTHER and before in _TRACES)

    def _is_sure(self, at: int) -> bool:
        """Say whether nothing before a noun in its sentence puts it in doubt."""
        near = True
        j = at - 1
        while j >= max(0, at - _REACH):
            unit = self.units[j]
            if unit.part in _SENTENCE_END:
                return True
            if unit.part in {Part.COMMA, Part.BREAK, Part.BUT}:
                near = False
            if unit.part in {Part.HAD, Part.KIND} and not near and self._is_past(j):
                return True
            if unit.part in {Part.PLAN, Part.FUTURE, Part.SET} and not self._is_open(unit):
                return False
            if near and unit.part in {
                Part.NOT,
                Part.CANCELLED,
                Part.MOVED,
                Part.PAST_TIME,
                Part.UNANSWERED,
            }:
                return False
            if near and unit.part in {Part.WHO, Part.SAID} and j > 0:
                return False
            j -= 1
        return True

    def _is_past(self, at: int) -> bool:
        unit = self.units[at]
        return unit.part is Part.HAD or (unit.entry is not None and unit.entry.form is Form.PAST)

    def _is_open(self, unit: Unit) -> bool:
        """Say whether a plan's word may stand here: a ticked task `need to call` was done."""
        return self.mode in _OPEN and unit.part in {Part.PLAN, Part.FUTURE}

    def _is_spoiled(self, at: int, end: int, kind: Kind) -> bool:
        """Say whether what follows takes it back: `lunch with [[Ada]] moved to Friday`."""
        units = self.units
        j = end
        while j < len(units) and j < end + _REACH:
            unit = units[j]
            if (
                unit.part in _CLOSING
                or unit.part in {Part.BUT, Part.WHO, Part.ME, Part.THEY, Part.PERSON}
                or unit.text in _ABOUT
                or unit.text == "to"
            ):
                break
            if unit.part in {Part.IS, Part.CANCELLED, Part.MOVED, Part.SET, Part.NOT} or (
                unit.part in {Part.PLAN, Part.FUTURE} and not self._is_open(unit)
            ):
                return True
            if unit.part is Part.PAST_TIME or self._is_old_year(j):
                return True
            if unit.text == "later" and self._light_before(at) < 0:
                return True
            j += 1
        if j + 1 < len(units) and units[j].part in _CLAUSE_END:
            following = units[j + 1]
            if following.part in {Part.CANCELLED, Part.MOVED, Part.SET} or (
                following.part is Part.FUTURE
                and not following.text.endswith("'s")
                and not self._is_open(following)
            ):
                return True
        return self._is_cancelled(end, kind) or self._is_asked(at)

    def _is_cancelled(self, start: int, kind: Kind) -> bool:
        for j in range(start, min(len(self.units), start + 60)):
            part = self.units[j].part
            if part is Part.UNANSWERED and kind.word in {"call", "coffee", "meeting", "met"}:
                return True
            if part is Part.CANCELLED:
                following = self.units[j + 1] if j + 1 < len(self.units) else None
                if (
                    not following
                    or following.part not in {Part.MINE, Part.THEIR, Part.WORD}
                    and following.text
                    not in {
                        "the",
                        "a",
                    }
                ):
                    return True
        return False

    def _is_asked(self, at: int) -> bool:
        """Say whether the noun stands in a question; what follows a colon asks something else."""
        for j in range(at, min(len(self.units), at + 2 * _REACH)):
            part = self.units[j].part
            if part is Part.QUESTION:
                return True
            if part in {Part.STOP, Part.COLON, Part.BREAK}:
                return False
        return False

    def _is_old_year(self, at: int) -> bool:
        text = self.units[at].text
        return (
            len(text) == 4
            and text.isdecimal()
            and text[:2] in {"19", "20"}
            and self.units[at - 1].text
            in {"in", "since", "from", "of", "summer", "spring", "winter", "autumn"}
        )

    # --- verbs ----------------------------------------------------------------------------

    def _read_verb(self, at: int) -> None:
        entry = self.units[at].entry
        if entry is None or not self._is_told(at):
            return
        role, subjects = self._subject(at)
        if role is _Role.OTHER or (role is _Role.ME and entry.form is Form.PRESENT):
            return
        if self._is_passive(at):
            found = self._agent(at, entry.frames) if role is _Role.ME else None
        elif role is _Role.ME:
            found = self._objects(at)
        elif role is _Role.US:
            found = self._together(at, subjects)
        else:
            found = self._toward_me(at, subjects)
        if not found:
            return
        people, kind, direction, end = found
        if not self._is_true(at, end, kind):
            self.hushed = True
            return
        kind, direction = self._refine(at, kind, direction)
        told = turn(kind, direction)
        if kind.word == "call" and any(u.part is Part.UNANSWERED for u in self.units[at : at + 40]):
            self.hushed = True
        elif told:
            self._tell(people, told, direction)

    def _is_told(self, at: int) -> bool:
        """Say whether the verb's form tells of something done."""
        entry = self.units[at].entry
        form = entry.form if entry else Form.BASE
        if form in {Form.PAST, Form.PRESENT}:
            return True
        before = at - 1
        while before >= 0 and self.units[before].part is Part.FILLER:
            before -= 1
        previous = self.units[before] if before >= 0 else None
        if form is Form.BASE:
            if self.mode in _OPEN:
                return True
            if previous and previous.text == "did":
                return True
            if previous and previous.text == "to":
                return before > 0 and self.units[before - 1].text in _TO_HAVE_DONE
            return False
        if previous and (previous.part in {Part.HAD, Part.WAS} or previous.text in _BEFORE_ONGOING):
            return True
        if any(unit.text in _TO_HAVE_DONE for unit in self.units[before + 1 : at]):
            return True
        initial = previous is None or previous.part in _CLAUSE_END
        lasting = entry is not None and (
            entry.verb in _LASTING
            or any(unit.text == "to-and-fro" for unit in self.units[at : at + 4])
        )
        return initial and lasting and not self._has_future(at)

    def _has_future(self, at: int) -> bool:
        return any(unit.part in {Part.FUTURE, Part.PLAN} for unit in self.units[at : at + _REACH])

    def _is_passive(self, at: int) -> bool:
        before = at - 1
        while before >= 0 and self.units[before].part is Part.FILLER:
            before -= 1
        entry = self.units[at].entry
        if entry is None or entry.form is not Form.PAST:
            return False
        if (
            before >= 0
            and self.units[before].part is Part.WAS
            or (before >= 0 and self.units[before].text == "got")
        ):
            return True
        if (
            at + 1 >= len(self.units)
            or self.units[at + 1].text != "by"
            or entry.verb.endswith("by")
        ):
            return False
        return entry.verb != "recommend" or any(
            unit.text == "for" for unit in self.units[at : at + 8]
        )

    def _is_true(self, at: int, end: int, kind: Kind) -> bool:
        """Say whether nothing around a verb takes back what it tells."""
        units = self.units
        form = units[at].entry.form if units[at].entry else Form.BASE  # type: ignore[union-attr]
        joined = False
        j = at - 1
        while j >= max(0, at - _REACH):
            unit = units[j]
            if (
                unit.part in _CLAUSE_END
                or unit.part is Part.BUT
                or (joined and unit.part is Part.ME)
            ):
                break
            if unit.part is Part.AND:
                joined = True
            elif unit.part in _UNTRUE and not self._is_open(unit):
                if not (
                    unit.part is Part.NOT
                    and joined
                    and form is Form.PAST
                    and unit.text.endswith("n't")
                ):
                    return False
            j -= 1
        j = at + 1
        while j < min(len(units), end + 8):
            unit = units[j]
            if unit.part in {Part.STOP, Part.COMMA, Part.BREAK, Part.COLON, Part.BUT, Part.WHO}:
                break
            if unit.text in _ABOUT:
                break
            if unit.part is Part.PAST_TIME or self._is_old_year(j):
                return False
            if unit.part is Part.QUESTION and j <= end:
                return False
            if unit.part is Part.FUTURE and form is not Form.PAST and not self._is_open(unit):
                return False
            if (
                unit.part in {Part.PLAN, Part.NOT}
                and j == end
                and kind.direction is BOTH
                and unit.text == "would"
            ):
                return False
            j += 1
        if kind.word == "call":
            return not any(
                unit.part is Part.UNANSWERED for unit in units[at : at + 40]
            ) or self._left_word(at)
        return not (units[0].text in _ASKING and self._is_asked(at))

    def _left_word(self, at: int) -> bool:
        """Say whether a call that found nobody ended in a message left."""
        texts = [unit.text for unit in self.units[at : at + 40]]
        return "left" in texts and any(text in _VOICEMAIL for text in texts)

    def _objects(self, at: int) -> _Found | None:
        """Find to whom I did it: `called A`, `talked about jobs with A`, `replied to A's email`."""
        units = self.units
        entry = units[at].entry
        if entry is None or (entry.verb == "see" and self._is_on_screen(at)):
            return None
        after = start = self._skip(at + 1)
        if (
            start < len(units)
            and units[start].part in {Part.COLON, Part.BREAK}
            and (self._skip_back(at - 1) < 0 or units[at - 1].part is Part.ME)
        ):
            start += 1
        if start < len(units) and units[start].part is Part.ME:
            giver = self._giver(at)
            kind = entry.frames.get("") or next(iter(entry.frames.values()))
            return ((giver,), kind, self._inward(kind), start + 1) if giver else None
        if entry.verb in {"get", "receive"}:
            letter = self._letter(start)
            if letter:
                return letter
        kind = entry.frames.get("")  # type: ignore[assignment]
        if kind:
            people, end = self._direct(start)
            if people:
                return self._with_owner(people, ""), kind, self._outward(kind), end
        for j in range(at + 1, min(len(units), at + 12)):
            unit = units[j]
            if unit.part is Part.PREPOSITION and (
                unit.text in entry.frames or unit.text in {"with", "from"}
            ):
                people, end = self._with(j + 1)
                if not people:
                    people, end = self._owned(j + 1, entry.verb)
                frame = self._frame(entry.frames, unit.text, entry.verb)
                if people and frame:
                    kind, direction = frame
                    return self._with_owner(people, unit.text), kind, direction, end
                if j + 1 < len(units) and units[j + 1].part is Part.ME and frame:
                    giver = self._giver(at)
                    return ((giver,), frame[0], self._inward(frame[0]), j + 2) if giver else None
            if unit.part in _CLAUSE_END or unit.part in {
                Part.WHO,
                Part.BUT,
                Part.PLAN,
                Part.NOT,
                Part.HAD,
            }:
                break
            if unit.entry and unit.entry.noun and unit.entry.noun.direction is BOTH:
                break
            if unit.entry and unit.entry.form in {Form.PAST, Form.PRESENT} and not unit.noun:
                break
        if kind and entry.verb == "ask" and start < len(units) and units[start].text == "for":
            start += 1
        if kind and entry.verb in _OWNED:
            people, end = self._owned(start, entry.verb)
            if people:
                return self._with_owner(people, ""), kind, self._outward(kind), end
        return self._implied(at, after)

    def _letter(self, start: int) -> _Found | None:
        """Find what was got from somebody: `got A's reply`."""
        units = self.units
        if start + 1 >= len(units) or not units[start].owns:
            return None
        at = self._skip(start + 1)
        entry = units[at].entry if at < len(units) else None
        if entry is None or entry.noun is None or entry.noun.direction is BOTH:
            return None
        return (units[start].person,), entry.noun, IN, at + 1

    def _is_on_screen(self, at: int) -> bool:
        texts = [unit.text for unit in self.units[at : at + 8]]
        return any(text in _SCREENS for text in texts)

    def _frame(self, frames: object, preposition: str, verb: str) -> tuple[Kind, Direction] | None:
        table: dict[str, Kind] = dict(frames)  # type: ignore[call-overload]
        kind = table.get(preposition)
        if preposition == "from":
            return (kind, IN) if kind else None
        if kind:
            if preposition == "with" and kind.word == "message" and verb in _TWO_WAY:
                return kind, BOTH
            return kind, self._outward(kind)
        direct = table.get("")
        if preposition == "with" and direct and direct.word == "message" and verb in _TWO_WAY:
            return direct, BOTH
        return None

    def _implied(self, at: int, start: int) -> _Found | None:
        """Find the person a log or a topic is about: `called about the job`, `sent the deck`."""
        units = self.units
        entry = units[at].entry
        if entry is None or not self.topic:
            return self._echo(at)
        kind = entry.frames.get("") or entry.frames.get("with") or entry.frames.get("to")
        if entry.verb == "hear back":
            kind = entry.frames.get("from")
        if entry.verb == "connect":
            linked = any(unit.text == "linkedin" for unit in units[at : at + 8])
            kind = KIND_OF["message" if linked else "met"]
        if kind is None:
            kind = self._seen(at)
            return (self.topic, kind, IN, at + 1) if kind else None
        unit = units[start] if start < len(units) else None
        thing = unit is not None and unit.part in {
            Part.WORD,
            Part.MINE,
            Part.THEIR,
            Part.KIND,
            Part.PERSON,
        }
        filler = start > at + 1 and units[start - 1].text in {
            "a",
            "an",
            "the",
            "some",
            "this",
            "that",
        }
        if (thing or filler) and entry.verb not in _THINGS:
            return None
        if unit is not None and unit.part is Part.PERSON and unit.person not in self.topic:
            return None
        direction = kind.direction if kind.direction is IN and not thing else self._outward(kind)
        spoken = any(unit.part is Part.ME for unit in units[max(0, at - 4) : at])
        if kind.direction is IN and (spoken or (unit is not None and unit.text in {"to", "for"})):
            direction = OUT
        return self.topic, kind, direction, start

    def _echo(self, at: int) -> _Found | None:
        """Find the person of `[[Ada]] called, we talked`: the only one told of so far."""
        entry = self.units[at].entry
        if entry is None or len(self.named) != 1:
            return None
        if not self.tellings and at and self.units[at - 1].text == "we" and entry.verb in _TALKING:
            person = self._them(at)
            return ((person,), next(iter(entry.frames.values())), BOTH, at + 1) if person else None
        if len(self.tellings) != 1 or entry.verb not in _TALKING and entry.verb not in _ANSWERS:
            return None
        told = next(iter(self.tellings.values()))
        kind = next(iter(entry.frames.values()))
        direction = OUT if entry.verb in _ANSWERS else BOTH
        return (told.person,), kind, direction, at + 1

    def _direct(self, start: int) -> tuple[tuple[str, ...], int]:
        """Find the people right behind a verb: `A, B and C`, `my boss A`, `her` of one named before."""
        units = self.units
        if start >= len(units):
            return (), start
        if units[start].part is Part.THEM or self._is_her(start):
            person = self._them(start)
            return ((person,), start + 1) if person else ((), start)
        people, end = _group(units, start, names=2)
        if (
            people
            and end < len(units)
            and units[end].part in {Part.IS, Part.WORD}
            and units[start].part is Part.WORD
        ):
            return (), start
        return people, end

    def _with(self, start: int) -> tuple[tuple[str, ...], int]:
        """Find the people behind a preposition."""
        units = self.units
        if start < len(units) and (units[start].part is Part.THEM or self._is_her(start)):
            person = self._them(start)
            people, end = (
                _group(units, start + 1)
                if start + 1 < len(units) and units[start + 1].part is Part.AND
                else ((), start + 1)
            )
            return ((person, *people), end) if person else ((), start)
        return _group(units, start, names=3)

    def _owned(self, start: int, verb: str) -> tuple[tuple[str, ...], int]:
        """Find the person whose thing it is: `A's email`, `A and B's PR`, `her email`."""
        units = self.units
        if verb not in _OWNED or start >= len(units):
            return (), start
        if units[start].part is Part.THEIR:
            person = self._them(start)
            return ((person,), start + 2) if person else ((), start)
        people: list[str] = []
        for j in range(start, min(len(units), start + 8)):
            unit = units[j]
            if unit.part is Part.PERSON:
                people.append(unit.person)
                following = units[j + 1].part if j + 1 < len(units) else Part.STOP
                if unit.owns and following is not Part.AND:
                    return tuple(people), j + 2
            elif unit.part not in {Part.AND, Part.COMMA, Part.FILLER}:
                break
        return (), start

    def _toward_me(self, at: int, subjects: tuple[str, ...]) -> _Found | None:
        """Say whether what they did was meant for me: `A emailed`, `A sent me the deck`."""
        units = self.units
        entry = units[at].entry
        if entry is None:
            return None
        start = self._skip(at + 1)
        unit = units[start] if start < len(units) else None
        kind = next(
            (entry.frames[frame] for frame in ("", "to", "with", "for") if frame in entry.frames),
            None,
        )
        seen = self._seen(at)
        if seen:
            return subjects, seen, IN, start
        if kind is None:
            return None
        answer = subjects, kind, self._inward(kind), start
        if unit is None:
            return answer if entry.verb in _ALONE else None
        if unit.part is Part.ME:
            return answer
        for j in range(start, min(len(units), start + 10)):
            if units[j].part in _CLAUSE_END or units[j].part in {Part.WHO, Part.BUT}:
                break
            if units[j].part is Part.PREPOSITION and j + 1 < len(units):
                behind = units[j + 1]
                if behind.part is Part.ME and units[j].text in {
                    "to",
                    "with",
                    "for",
                    "on",
                    "by",
                    "at",
                    "past",
                }:
                    return (
                        subjects,
                        entry.frames.get(units[j].text, kind),
                        self._inward(kind),
                        j + 2,
                    )
                if behind.part is Part.MINE and (
                    entry.verb in _ANSWERS or entry.verb in {"help", "review"}
                ):
                    return answer
                if units[j].text == "to" and entry.verb in _GIVING:
                    return None
        if unit.part is Part.MINE and (entry.verb in _ANSWERS or entry.verb in {"review", "ask"}):
            return answer
        if entry.verb in {"send", "send over", "forward"} and unit.part in {
            Part.WORD,
            Part.THEIR,
            Part.KIND,
        }:
            return answer
        if entry.verb in {"send", "send over", "forward"} and start > at + 1:
            return answer
        if entry.verb == "help" and unit.text in {"with", "out", "prepare"}:
            return answer
        if entry.verb == "offer" and unit.text == "to":
            return answer
        if entry.verb in _PLACES and unit.part in {Part.WORD, Part.MINE, Part.PREPOSITION}:
            return answer
        if start > at + 1 and units[start - 1].text in {
            "a",
            "an",
            "the",
            "some",
            "another",
            "all",
            "both",
        }:
            return None
        return answer if entry.verb in _ALONE and self._may_end(start, entry.verb) else None

    def _may_end(self, at: int, verb: str) -> bool:
        """Say whether a verb without object is complete here: `emailed about`, `called to say`."""
        unit = self.units[at]
        if unit.part in _CLOSING or unit.part in {Part.BUT, Part.ME, Part.FUTURE}:
            return True
        if unit.part is Part.WHO:
            return (
                verb in {"ask", "write", "text", "email", "message", "reply"} or unit.text != "that"
            )
        if unit.text == "to":
            following = self.units[at + 1] if at + 1 < len(self.units) else None
            return following is not None and (
                following.text in _PURPOSES
                or (
                    following.entry is not None
                    and following.entry.verb != ""
                    and following.entry.form is Form.BASE
                )
            )
        if unit.text == "for" and any(
            u.text in {"raise", "promotion", "divorce", "refund"} for u in self.units[at : at + 5]
        ):
            return False
        if unit.part is Part.PREPOSITION:
            return unit.text not in _NOT_AFTER.get(verb, frozenset(["for", "of", "to", "by"]))
        return unit.text in {
            "asking",
            "saying",
            "telling",
            "wanting",
            "hoping",
            "thanking",
            "inviting",
            "wondering",
        } or (unit.part in {Part.PLAN, Part.KIND} and unit.text.endswith("ing"))

    def _seen(self, at: int) -> Kind | None:
        """Find `saw-my-work` where the verb is followed by a work of mine: `read my post`."""
        units = self.units
        entry = units[at].entry
        if entry is None:
            return None
        j = self._skip(at + 1)
        frame = "my"
        if j < len(units) and units[j].part is Part.PREPOSITION:
            frame = f"{units[j].text} my"
            j += 1
        if frame not in entry.frames or j >= len(units) or units[j].part is not Part.MINE:
            return None
        following = [unit.text for unit in units[j + 1 : j + 6]]
        if any(text in _WORKS for text in following) or (
            entry.verb in {"read", "comment", "cite", "quote", "watch"}
            and following
            and following[0] not in {"mind", "lips", "message", "email", "palm"}
        ):
            return entry.frames[frame]
        return None

    def _together(self, at: int, subjects: tuple[str, ...]) -> _Found | None:
        """Read what we did: `A and I met`, `A and I worked on the parser`."""
        entry = self.units[at].entry
        if entry is None:
            return None
        kinds = [
            entry.frames[frame] for frame in ("", "with", "together", "to") if frame in entry.frames
        ]
        mutual = next((kind for kind in kinds if kind.direction is BOTH), None)
        kind = mutual or next((kind for kind in kinds if kind.word in {"message", "reply"}), None)
        return (subjects, kind, BOTH, at + 1) if kind else None

    def _agent(self, at: int, frames: object) -> _Found | None:
        """Find who did it to me: `was mentored by A`."""
        table: dict[str, Kind] = dict(frames)  # type: ignore[call-overload]
        for j in range(at + 1, min(len(self.units), at + 12)):
            unit = self.units[j]
            if unit.text == "by":
                people, end = self._with(j + 1)
                kind = table.get("") or next(iter(table.values()))
                return (people, kind, self._inward(kind), end) if people else None
            if unit.part in _CLAUSE_END:
                return None
        return None

    def _refine(self, at: int, kind: Kind, direction: Direction) -> tuple[Kind, Direction]:
        """Let what follows the verb name the kind more truly: `met A for coffee`, `sent A a note`."""
        units = self.units
        entry = units[at].entry
        verb = entry.verb if entry else ""
        window = [unit for unit in _clause(units, at + 1)]
        texts = {unit.text for unit in window}
        if kind.word in {"message", "reply"} and "to-and-fro" in texts:
            return KIND_OF["message"], BOTH
        if verb in _CARRIERS:
            return self._carried(window, kind, direction)
        if (
            kind.word == "call"
            and verb in {"call", "phone", "ring", "telephone", "dial"}
            and direction is BOTH
        ):
            if self._left_word(at) or any(
                unit.text in _VOICEMAIL for unit in units[at + 1 : at + 8]
            ):
                return KIND_OF["message"], OUT
        if verb in _TALKING and self._is_written(at + 1):
            return KIND_OF["message"], BOTH
        if verb == "connect" and "linkedin" in texts:
            return KIND_OF["message"], OUT
        if verb in _WEAK:
            better = self._better(at)
            return (better, direction) if better else (kind, direction)
        return kind, direction

    def _is_written(self, start: int) -> bool:
        """Say whether a talk was held in writing: `chatted on WhatsApp`."""
        return any(
            unit.text in _CHANNELS
            and self.units[j - 1].text in {"on", "over", "via", "by", "through"}
            for j, unit in enumerate(self.units[start : start + 13], start)
        )

    def _carried(
        self, window: Sequence[Unit], kind: Kind, direction: Direction
    ) -> tuple[Kind, Direction]:
        for j, unit in enumerate(window):
            if unit.part is Part.PREPOSITION and unit.text not in {"to", "from"}:
                break
            if unit.text in _NOTELIKE:
                return KIND_OF["message"], direction
            if unit.text in {"ring", "bell"}:
                return KIND_OF["call"], IN if direction is IN else BOTH
            if (
                unit.entry
                and unit.entry.noun
                and not (j + 1 < len(window) and window[j + 1].part is Part.WORD)
            ):
                noun = unit.entry.noun
                if noun.word == "call" or unit.text == "visit":
                    return noun, IN if direction is IN and noun.word == "call" else BOTH
                if noun.direction is not BOTH or noun.word == "introduction":
                    return noun, direction
        return kind, direction

    def _better(self, at: int) -> Kind | None:
        units = self.units
        for j in range(at + 1, min(len(units), at + 14)):
            unit = units[j]
            if unit.part in _CLAUSE_END or unit.text in _ABOUT or unit.part in {Part.BUT, Part.WHO}:
                return None
            if (
                unit.entry
                and unit.entry.noun
                and unit.entry.noun.word in {"coffee", "call", "meeting", "mentoring"}
            ):
                back = j - 1
                while back > at and units[back].part in {Part.FILLER, Part.WORD, Part.MINE}:
                    back -= 1
                if units[back].text in {"for", "over", "at", "on", "via", "during"}:
                    return unit.entry.noun
        return None

    # --- light verbs with a person: took A to lunch, left A a voicemail ----------------------

    def _read_treat(self, at: int) -> None:
        units = self.units
        start = self._skip(at + 1)
        if start >= len(units):
            return
        role, subjects = self._subject(at)
        if units[start].part is Part.ME and role is _Role.THEM:
            people, end, direction = subjects, start + 1, IN
        elif role is _Role.ME:
            people, end = self._direct(start)
            if start < len(units) and units[start].part in {Part.WORD}:
                return
            direction = OUT
        else:
            return
        if not people or not self.tellings.keys().isdisjoint(people):
            return
        for j in range(end, min(len(units), end + 6)):
            unit = units[j]
            kind = unit.entry.noun if unit.entry else None
            if kind or unit.text in _NOTELIKE:
                kind = kind or KIND_OF["message"]
                told = turn(kind, BOTH if kind.direction is BOTH else direction)
                if told and self._is_true(at, j + 1, kind) and not self._is_cancelled(j, kind):
                    self._tell(people, told, BOTH if kind.direction is BOTH else direction)
                else:
                    self.hushed = True
                return
            if (
                unit.part not in {Part.FILLER, Part.PREPOSITION, Part.WORD, Part.MINE}
                or unit.text in _ABOUT
            ):
                return

    # --- introductions ----------------------------------------------------------------------

    def _is_introduction(self, at: int) -> bool:
        unit = self.units[at]
        entry = unit.entry
        if entry is None:
            return False
        if entry.verb == "connect":
            following = self._skip(at + 1)
            return following < len(self.units) and self.units[following].part in {
                Part.PERSON,
                Part.ME,
                Part.THEM,
            }
        frames = entry.frames.values()
        return (entry.noun is not None and entry.noun.word == "introduction") or any(
            kind.word == "introduction" for kind in frames
        )

    def _introduce_by_touch(self, at: int) -> None:
        """Read `put A in touch with B`."""
        texts = [unit.text for unit in self.units[at : at + 10]]
        if "touch" in texts or "contact" in texts or "in touch" in texts:
            self._introduce(at, verb=True)

    def _introduce(self, at: int, *, verb: bool = False) -> None:
        entry = self.units[at].entry
        if (
            entry
            and not entry.verb
            or (entry and entry.noun and not self._is_past(at) and not self._has_object(at))
        ):
            self._introduce_by_noun(at)
            return
        if entry and entry.form is Form.BASE and not self._is_told(at) and not verb:
            self.hushed = True
            return
        if not self._is_true(at, at + 1, KIND_OF["introduction"]):
            self.hushed = True
            return
        role, subjects = self._subject(at)
        if role is _Role.OTHER:
            return
        first, me, rest = self._introduced(at)
        givers = self._behind(at, {"by", "through", "via"})
        passive = not first and not me and rest == self._skip(at + 1)
        to, to_me = self._to(rest)
        if role is _Role.THEM and (self._is_passive(at) or passive):
            if to_me or givers:
                self._tell_introduction(givers, subjects)
        elif role is _Role.THEM:
            if me or to_me:
                self._tell_introduction(subjects, (*first, *to))
        elif passive or self._is_passive(at):
            self._tell_introduction(givers, to or self._implied_introduced())
        elif me:
            giver = self._giver(at)
            myself = any(unit.text == "myself" for unit in self.units[at : at + 4])
            if myself:
                self._tell(to, KIND_OF["met"], BOTH)
            elif giver:
                self._tell_introduction((giver,), (*first, *to))
        else:
            self._tell(
                tuple(dict.fromkeys((*first, *to))), KIND_OF["introduction"], BOTH, Given.GAVE
            )

    def _implied_introduced(self) -> tuple[str, ...]:
        return (self.owner,) if self.owner else ()

    def _introduced(self, at: int) -> tuple[tuple[str, ...], bool, int]:
        """Find whom, whether that includes me, and where the list ends: `me and A | to B`."""
        units = self.units
        start = self._skip(at + 1)
        people: list[str] = []
        me = False
        j = start
        while j < min(len(units), start + 12):
            unit = units[j]
            if unit.part is Part.PERSON and not unit.owns:
                people.append(unit.person)
            elif unit.part is Part.ME:
                me = True
            elif unit.part is Part.THEM or self._is_her(j):
                person = self._them(j)
                if person:
                    people.append(person)
            elif unit.part not in {
                Part.AND,
                Part.COMMA,
                Part.WORD,
                Part.MINE,
                Part.THEIR,
                Part.FILLER,
            }:
                break
            j += 1
        return tuple(people), me, j

    def _to(self, start: int) -> tuple[tuple[str, ...], bool]:
        units = self.units
        for j in range(start, min(len(units), start + 8)):
            if units[j].text in {"to", "with"} and units[j].part is Part.PREPOSITION:
                people, _ = self._with(j + 1)
                behind = units[j + 1].part if j + 1 < len(units) else Part.STOP
                return people, behind is Part.ME
            if units[j].part in _CLAUSE_END:
                break
        return (), False

    def _behind(self, at: int, prepositions: set[str]) -> tuple[str, ...]:
        units = self.units
        for j in range(at + 1, min(len(units), at + _REACH)):
            if units[j].text in prepositions and units[j].part is Part.PREPOSITION:
                people, _ = self._with(j + 1)
                if people:
                    return people
            if units[j].part in {Part.STOP, Part.QUESTION}:
                break
        return ()

    def _introduce_by_noun(self, at: int) -> None:
        units = self.units
        givers = self._behind(at, {"from", "by", "via", "through"})
        met = self._behind(at, {"to", "with"})
        light = self._light_before(at)
        role, subjects = self._subject(light) if light >= 0 else (_Role.ME, ())
        if role is _Role.OTHER:
            return
        if role is _Role.THEM:
            givers = subjects
        between: tuple[str, ...] = ()
        start = self._skip(at + 1)
        if start < len(units) and (
            units[start].text == "between" or units[start].part in {Part.COLON, Part.BREAK}
        ):
            start += 1
        if start < len(units) and units[start].part is Part.PERSON:
            listed = [
                unit
                for unit in units[start : start + 10]
                if unit.part not in {Part.AND, Part.COMMA, Part.BREAK}
            ]
            ends = next(
                (
                    k
                    for k, unit in enumerate(listed)
                    if not unit.person and unit.text not in {"to", "with"}
                ),
                len(listed),
            )
            between = tuple(
                dict.fromkeys((*(unit.person for unit in listed[:ends] if unit.person), *met))
            )
        if not (givers or met or between or (self.owner and self._is_head(at))):
            return
        if not self._stands(at) or self._is_spoiled(at, at + 1, KIND_OF["introduction"]):
            self.hushed = True
        elif between and not givers:
            self._tell(
                between, KIND_OF["introduction"], BOTH, Given.GAVE if len(between) > 1 else None
            )
        elif givers or met:
            self._tell_introduction(givers, met)
            if self.owner:
                self._tell((self.owner,), KIND_OF["introduction"], BOTH)
        else:
            self._tell((self.owner,), KIND_OF["introduction"], BOTH)

    def _tell_introduction(self, givers: tuple[str, ...], met: tuple[str, ...]) -> None:
        kind = KIND_OF["introduction"]
        self._tell(tuple(p for p in givers if p not in met), kind, BOTH, Given.RECEIVED, among=met)
        self._tell(tuple(p for p in met if p not in givers), kind, BOTH, among=givers)

    # --- the user's own words -----------------------------------------------------------------

    def _read_free(self, at: int, kind: Kind) -> None:
        """Read a word whose grammar is unknown: it tells of the people in its clause."""
        units = self.units
        first = at
        while first > 0 and units[first - 1].part not in _SENTENCE_END:
            first -= 1
        last = at
        while (
            last + 1 < len(units)
            and units[last + 1].part not in _SENTENCE_END
            and last < at + _REACH
        ):
            last += 1
        found = self._group_of_noun(at, at + 1, kind)
        people: tuple[str, ...] = found[0] if found else ()
        direction = found[1] if found else kind.direction
        if not people:
            near = range(max(first, at - _REACH), last + 1)
            people = tuple(
                dict.fromkeys(
                    units[j].person
                    for j in near
                    if units[j].part is Part.PERSON
                    and not units[j].owns
                    and (j == 0 or units[j - 1].text not in _FREE_ABOUT)
                )
            )
            if any(
                units[j].text in _FREE_FROM and units[j + 1].part is Part.PERSON
                for j in near
                if j + 1 < len(units)
            ):
                direction = BOTH if kind.direction is BOTH else IN
        people = people or self.topic
        told = turn(kind, direction)
        clause = units[max(first, at - _REACH) : last + 1]
        silent = any(
            unit.part
            in {Part.PLAN, Part.NOT, Part.CANCELLED, Part.FUTURE, Part.PAST_TIME, Part.SET}
            and not self._is_open(unit)
            for unit in clause
        )
        if silent or self._is_cancelled(at, kind) or self._is_asked(at):
            self.hushed = True
        elif people and told:
            self._tell(people, told, direction)

    # --- who ----------------------------------------------------------------------------------

    def _subject(self, at: int) -> tuple[_Role, tuple[str, ...]]:
        """Find who does what the verb says; where nobody is named, it is me."""
        units = self.units
        unknown = crossed = False
        j = at - 1
        while j >= max(0, at - _REACH):
            unit = units[j]
            if unit.text == ")":
                j = (
                    next((k for k in range(j - 1, max(-1, j - 9), -1) if units[k].text == "("), j)
                    - 1
                )
                continue
            if unit.part is Part.ME:
                if unknown:
                    return _Role.OTHER, ()
                _, people, _ = self._group_left(j)
                return (_Role.US, people) if people else (_Role.ME, ())
            if unit.part is Part.PERSON:
                if unit.owns:
                    unknown = not crossed
                    j -= 1
                    continue
                start, people, me = self._group_left(j)
                before = units[start - 1] if start else None
                if before and (
                    before.part in {Part.PREPOSITION, Part.HAD, Part.HAVE, Part.THEM}
                    or before.verb
                    or before.text in _LIGHT
                ):
                    unknown = False
                    j = start - 1
                    if before.part is Part.PREPOSITION:
                        j -= 1
                    continue
                if unknown:
                    return _Role.OTHER, ()
                return (_Role.US if me else _Role.THEM), people
            if unit.part is Part.THEY:
                person = self._them(j)
                return (_Role.THEM, (person,)) if person and not unknown else (_Role.OTHER, ())
            if unit.part is Part.WHO:
                return _Role.OTHER, ()
            if unit.part is Part.AND:
                if j + 1 < len(units) and units[j + 1].part is Part.WORD and unknown:
                    return _Role.OTHER, ()
                crossed = True
            elif unit.part in _CLAUSE_END or unit.part is Part.BUT:
                break
            elif unit.part is Part.PREPOSITION or (unit.verb and not unit.noun):
                unknown = False
            elif unit.part in {Part.WORD, Part.THEIR, Part.MINE, Part.KIND} and not crossed:
                unknown = True
            j -= 1
        return (_Role.OTHER if unknown else _Role.ME), ()

    def _group_left(self, at: int) -> tuple[int, tuple[str, ...], bool]:
        """Find the list of people that ends here: where it starts, who, and whether I am in it."""
        units = self.units
        people: list[str] = []
        me = False
        start = at
        j = at
        joined = True
        while j >= max(0, at - _REACH):
            unit = units[j]
            if unit.part in {Part.AND, Part.COMMA} and not joined:
                joined = True
            elif joined and unit.part is Part.PERSON and not unit.owns:
                people.append(unit.person)
                start, joined = j, False
            elif joined and unit.part is Part.ME:
                me = True
                start, joined = j, False
            elif unit.part is not Part.COMMA or not joined:  # a comma before `and`
                break
            j -= 1
        return start, tuple(reversed(people)), me

    def _them(self, at: int) -> str:
        """Find whom `her` or `they` means here: the one person named before."""
        before = {unit.person for unit in self.units[:at] if unit.person}
        if len(before) == 1:
            return before.pop()
        return self.owner if not before else ""

    def _giver(self, at: int) -> str:
        """Find who did it where only `me` is said: the one person named before, or the log's."""
        return self._them(at)

    def _is_her(self, at: int) -> bool:
        """Say whether `her` is the person here, and not whose thing it is."""
        units = self.units
        if units[at].text != "her":
            return False
        following = units[at + 1] if at + 1 < len(units) else None
        return (
            following is None
            or following.part in _CLOSING
            or following.part
            in {Part.PREPOSITION, Part.WHO, Part.BUT, Part.MINE, Part.FUTURE, Part.PLAN}
            or following.text
            in {
                "a",
                "an",
                "the",
                "again",
                "today",
                "back",
                "yesterday",
                "this",
                "some",
                "up",
                "out",
            }
        )

    def _has_object(self, at: int) -> bool:
        following = self._skip(at + 1)
        return following < len(self.units) and (
            self.units[following].part in {Part.PERSON, Part.ME, Part.THEM}
            or self._is_her(following)
        )

    def _skip(self, at: int) -> int:
        while at < len(self.units) and self.units[at].part is Part.FILLER:
            at += 1
        return at

    def _skip_back(self, at: int) -> int:
        while at >= 0 and self.units[at].part is Part.FILLER:
            at -= 1
        return at

    def _find_topic(self) -> tuple[str, ...]:
        """Find the people whom a line is about: `[[Ada]]: call about …`, `[[Ada]] – lunch`."""
        start = self._skip(0)
        people, end = _group(self.units, start)
        if (
            people
            and end < len(self.units)
            and self.units[end].part in {Part.COLON, Part.BREAK, Part.COMMA}
        ):
            return people
        return ()

    def _with_owner(self, people: tuple[str, ...], preposition: str) -> tuple[str, ...]:
        """In a log, others are only mentioned unless they were there too."""
        if not self.owner or self.owner in people:
            return people
        if preposition != "with":
            return ()
        spoken_of = any(
            unit.text in _ABOUT and (self.units[j + 1].part is Part.THEM or self._is_her(j + 1))
            for j, unit in enumerate(self.units[:-1])
        )
        return people if spoken_of else (self.owner, *people)

    def _outward(self, kind: Kind) -> Direction:
        return BOTH if kind.direction is BOTH else OUT

    def _inward(self, kind: Kind) -> Direction:
        return BOTH if kind.direction is BOTH and kind.word != "call" else IN

    def _tell(
        self,
        people: tuple[str, ...],
        kind: Kind,
        direction: Direction,
        given: Given | None = None,
        among: tuple[str, ...] = (),
    ) -> None:
        present = people if kind.direction is BOTH else ()
        for person in people:
            others = tuple(other for other in dict.fromkeys((*present, *among)) if other != person)
            known = self.tellings.get(person)
            if known is None:
                given_here = given or (None if kind.word == "introduction" else kind.given)
                self.tellings[person] = Telling(person, kind, direction, given_here, others)
            elif (
                known.kind.word in _EXCHANGED
                and kind.word in _EXCHANGED
                and direction is not known.direction
            ):
                self.tellings[person] = replace(known, direction=BOTH)


class _Role(Enum):
    """Who is a verb's subject."""

    ME = auto()
    THEM = auto()
    US = auto()
    """They and I."""
    OTHER = auto()


_Found = tuple[tuple[str, ...], Kind, Direction, int]
"""People, kind, direction, and the index behind them."""


def _group(units: Sequence[Unit], start: int, names: int = 0) -> tuple[tuple[str, ...], int]:
    """Find a list of people: `A, B and C`, and where it ends; up to `names` other words may lead in.

    Whose name has an apostrophe-s, or begins a clause of its own (`…, [[Ada]] called`), is not in it.
    """
    people: list[str] = []
    end = j = start
    lead = names
    joined = True
    while j < min(len(units), start + _REACH):
        unit = units[j]
        following = units[j + 1].part if j + 1 < len(units) else Part.STOP
        if unit.part is Part.PERSON:
            if unit.owns or (people and joined and following in _FINITE) or not joined:
                break
            people.append(unit.person)
            end = j + 1
            joined = False
        elif unit.part in {Part.AND, Part.COMMA}:
            joined = True
            lead = max(lead, 2) if unit.part is Part.AND else lead
            if unit.part is Part.COMMA and not _list_goes_on(units, j + 1):
                break
        elif unit.part is Part.BRACKET:
            j = _close(units, j)
        elif (
            unit.part is Part.PREPOSITION
            and unit.text in {"from", "at", "of", "in"}
            and people
            and not joined
        ):
            if following is not Part.WORD or not _list_returns(units, j + 1):
                break
            j += 1
        elif (
            unit.part in {Part.WORD, Part.FILLER, Part.MINE, Part.THEIR, Part.ME, Part.THEM}
            and joined
            and lead >= 0
        ):
            lead -= unit.part is Part.WORD
            if unit.part in {Part.ME, Part.THEM}:
                joined = False
            elif unit.part is Part.WORD and following in {Part.AND, Part.COMMA}:
                joined = False
            if lead < 0 or unit.text.endswith("ed"):
                break
        else:
            break
        j += 1
    return tuple(people), end


def _list_goes_on(units: Sequence[Unit], start: int) -> bool:
    """Say whether a comma is one of a list of people: `, B`, `, and B`, `, Bob and B`."""
    j = start
    while j < len(units) and units[j].part in {Part.AND, Part.FILLER}:
        j += 1
    if j < len(units) and units[j].part is Part.PERSON:
        return True
    while j < min(len(units), start + 3) and units[j].part is Part.WORD:
        j += 1
    return (
        j > start
        and j < len(units)
        and units[j].part is Part.AND
        and j + 1 < len(units)
        and units[j + 1].part
        in {
            Part.PERSON,
            Part.ME,
        }
    )


def _list_returns(units: Sequence[Unit], start: int) -> bool:
    """Say whether a list goes on behind `from Acme`: `A from Acme and B`."""
    for j in range(start, min(len(units), start + 4)):
        if units[j].part in {Part.AND, Part.COMMA}:
            return j + 1 < len(units) and units[j + 1].part is Part.PERSON
        if units[j].part is not Part.WORD:
            return False
    return False


def _close(units: Sequence[Unit], start: int) -> int:
    """Find the bracket that closes the one at `start`; where there is none near, `start` itself."""
    if units[start].text not in {"(", "["}:
        return start
    for j in range(start + 1, min(len(units), start + 8)):
        if units[j].text in {")", "]"}:
            return j
    return start


def _clause(units: Sequence[Unit], start: int) -> Iterator[Unit]:
    for unit in units[start : start + _REACH]:
        if unit.part in {
            Part.STOP,
            Part.QUESTION,
            Part.COLON,
            Part.BREAK,
            Part.BUT,
            Part.WHO,
            Part.COMMA,
        }:
            return
        yield unit


def _is_plan(units: Sequence[Unit]) -> bool:
    """Say whether a whole line speaks of a plan or a failure of mine, whatever it names."""
    if any(unit.part in {Part.CANCELLED, Part.UNANSWERED} for unit in units):
        return True
    for unit in units[:_REACH]:
        if unit.part in {Part.PLAN, Part.NOT, Part.SET, Part.FUTURE}:
            return True
        if unit.part not in {Part.FILLER, Part.ME, Part.PREPOSITION, Part.HAVE}:
            return False
    return False


_TO_HAVE_DONE = frozenset(
    "got able managed great glad good nice lovely fun wonderful pleasure went came had delight delighted fantastic".split()
)
"""Before `to` and a base form: `got to meet`, `great to see`."""
_BEFORE_ONGOING = frozenset(
    "after from enjoyed loved finished started ended up spent stopped remember liked by".split()
)
_LASTING = frozenset(
    [
        "catch up",
        "chat",
        "talk",
        "speak",
        "work",
        "pair",
        "mentor",
        "coach",
        "brainstorm",
        "hang out",
        "pair program",
        "collaborate",
    ]
)
_TWO_WAY = frozenset("email e-mail text message dm whatsapp slack correspond".split())
_EXCHANGED = frozenset(["message", "reply", "ask", "call"])
_THINGS = frozenset(
    ["send", "send over", "give", "share", "lend", "forward", "show", "teach", "explain", "present", "review", "deliver",
     "work", "discuss", "build", "debug", "write", "ask", "help", "refer", "pitch", "demo", "speak", "talk", "meet up",
     "design", "launch", "ship", "tell", "offer", "wish"]
)  # fmt: skip
_NOTELIKE = frozenset(
    "note line card reminder update nudge question questions hello apology follow-up message dm".split()
)
_VOICEMAIL = frozenset(["voicemail", "voice mail", "voice message", "vm", "message", "voice note"])
_CHANNELS = frozenset(
    "whatsapp slack signal telegram linkedin email e-mail text messenger discord dm dms imessage sms instagram twitter facebook mastodon chat".split()
)
_ASKING = frozenset(
    "did have has is was are were do does should could can would what who when where why how shall will".split()
)
_PURPOSES = frozenset(
    """say ask check tell confirm see let discuss thank invite wish catch chat talk apologise apologize remind follow
    cancel reschedule share update find arrange congratulate offer introduce move vent plan report announce complain
    request suggest propose know warn explain set schedule help get give""".split()
)
_NOT_AFTER = {
    "write": frozenset("on about for in with at from of to by into".split()),
    "get back": frozenset("from at on in into with after to for of by".split()),
    "call": frozenset("for in off to of by at into".split()),
    "check in": frozenset("at to with for in of by".split()),
    "ask": frozenset("to of by after".split()),
    "reply": frozenset("to of by for".split()),
    "slack": frozenset("for of to by on off".split()),
}
_WORKS = frozenset(
    """talk post article blog draft demo presentation webinar workshop paper book video code repo repository portfolio
    website newsletter podcast slides thread project work profile lecture session keynote cv resume résumé essay piece
    writing tips write-up writeup guide tutorial package library app tool game report analysis deck poster design
    designs column chapter thesis series page site story stories tweet linkedin update posts articles talks review
    research pr announcement story interview feature proposal notes art photos exhibition show performance""".split()
)
_ORDERS = frozenset(
    """call phone telephone ring dial email e-mail mail text message dm ping sms whatsapp slack visit
    interview help skype facetime zoom answer reply coach mentor invite""".split()
) | {"video call", "video chat", "voice note"}
_STRONG = frozenset(["coffee", "mentoring", "work"])
"""Kinds that name a compound wherever they stand in it: `coffee chat`, `mentoring call`."""
_NOBODYS = frozenset(
    "yesterday's today's valentine's year's doctor's women's men's children's mother's father's".split()
)
"""Words with an apostrophe-s that make an event nobody else's."""
_TRACES = frozenset(
    "notes minutes slides photos takeaways learnings highlights thoughts insights outcome outcomes points summary back home fresh straight".split()
)
"""What is left of an event that has happened: `notes from the call with`."""
_SCREENS = frozenset(
    "tv television news newspaper linkedin instagram facebook youtube twitter screen photo picture video stage speak".split()
)
"""Where one sees people without meeting them."""
_FREE_ABOUT = frozenset("about re regarding über sobre om til sur de_".split())
_FREE_FROM = frozenset("from von vom från fra de da del van od".split())
