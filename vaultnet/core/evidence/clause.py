"""Who is who in a sentence: subjects, objects, lists of people, pronouns.

All looking around is bounded by `REACH`, so that a line of any length takes linear time.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from vaultnet.core.evidence.words import (
    CLAUSE_END,
    CLOSING,
    DONE_BEFORE_TO,
    FINITE,
    LIGHT,
    OWNED,
    PLEASANT,
    PURPOSES,
    Part,
    Unit,
)
from vaultnet.core.kinds import Form

_NAMING = frozenset({Part.WORD, Part.THEIR, Part.MINE, Part.KIND})
"""What may name somebody who is no contact."""
_GOVERNING = frozenset({Part.PREPOSITION, Part.HAD, Part.HAVE, Part.THEM})
"""Before people: they are its object."""
_LEADING = frozenset({Part.WORD, Part.FILLER, Part.MINE, Part.THEIR, Part.ME, Part.THEM})
"""What may stand before a name in a list of people."""
_CLAUSE_END = CLAUSE_END - {Part.BRACKET} | {Part.WHO}
_JOINING = frozenset({Part.AND, Part.COMMA})
_BEHIND_HER = frozenset({Part.PREPOSITION, Part.WHO, Part.MINE, Part.FUTURE, Part.PLAN})
REACH = 24
"""How many units are looked at to either side; what is further away belongs to something else."""


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

    __hash__ = object.__hash__  # by it, what was read of each line is found: Enum's own is slow


class Role(Enum):
    """Who is a verb's subject."""

    ME = auto()
    THEM = auto()
    US = auto()
    """They and I."""
    OTHER = auto()


class Sentence(NamedTuple):
    """A line in units, whose log it stands in, and how it is meant."""

    units: Sequence[Unit]
    owner: str
    """The person whose log this is; empty elsewhere."""
    mode: Mode
    open: bool
    """Whether a plan's words stand for what was done, or will be."""
    named: frozenset[str]
    """Everybody it names."""
    topic: tuple[str, ...]
    """Whom it is about without naming them again: the log's owner, or `[[Ada]]: …`."""

    def forgives(self, unit: Unit) -> bool:
        """Say whether a plan's word is harmless here: the ticked task `need to call` was done."""
        return self.open and unit.part in {Part.PLAN, Part.FUTURE}


def make_sentence(units: Sequence[Unit], owner: str, mode: Mode) -> Sentence:
    """Put a line's units together with whose log it stands in, and how it is meant."""
    named = frozenset([unit.person for unit in units if unit.person])
    topic = (owner,) if owner else _find_topic(units)
    return Sentence(units, owner, mode, mode in {Mode.DONE, Mode.COMING}, named, topic)


def part_at(units: Sequence[Unit], at: int) -> int:
    """Say what stands somewhere; behind the end it is a full stop."""
    return units[at].part if 0 <= at < len(units) else Part.STOP


def text_at(units: Sequence[Unit], at: int) -> str:
    """Say which word stands somewhere; behind the end there is none."""
    return units[at].text if 0 <= at < len(units) else ""


def skip(units: Sequence[Unit], at: int) -> int:
    """Go right past words that change nothing."""
    while at < len(units) and units[at].part == Part.FILLER:
        at += 1
    return at


def skip_back(units: Sequence[Unit], at: int) -> int:
    """Go left past words that change nothing; -1 where nothing else stands before."""
    while at >= 0 and units[at].part == Part.FILLER:
        at -= 1
    return at


def is_past(unit: Unit) -> bool:
    """Say whether a unit tells of something done."""
    return unit.part == Part.HAD or unit.form is Form.PAST


def begins_clause(units: Sequence[Unit], at: int) -> bool:
    """Say whether a person before here is the subject of what follows: `…, [[Ada]] called`."""
    if part_at(units, at) in FINITE:
        return True
    return at < len(units) and acts(units[at])


def acts(unit: Unit) -> bool:
    """Say whether a unit is a finite verb of a kind and cannot be a noun."""
    if unit.noun or not (unit.form is Form.PAST or unit.form is Form.PRESENT):
        return False
    return any(not frame.endswith(" my") for frame in unit.frames)


# --- subjects -----------------------------------------------------------------------------


def find_subject(sentence: Sentence, at: int) -> tuple[Role, tuple[str, ...]]:  # noqa: C901, PLR0911, PLR0912 - a ladder of cases, read from the top
    """Find who does what the verb says, and which contacts that is; nobody named: it is me."""
    units = sentence.units
    if _is_pleasure(units, at):
        return Role.ME, ()
    unknown = crossed = False
    inside: tuple[str, ...] = ()
    j = at - 1
    furthest = max(0, at - REACH)
    while j >= furthest:
        unit = units[j]
        part = unit.part
        if unit.text == ")":
            opened = next((k for k in range(j - 1, max(-1, j - 12), -1) if units[k].text == "("), j)
            inside = tuple(u.person for u in units[opened:j] if u.person and not u.owns)
            if inside and j == at - 1 and part_at(units, opened - 1) == Part.WORD:
                return Role.THEM, inside  # the agent ([[Ada]]) called
            j = opened
        elif part == Part.ME:
            if unknown:
                return Role.OTHER, ()
            people = list_ending(units, j).people or inside
            return (Role.US, people) if people else (Role.ME, ())
        elif part == Part.PERSON and unit.owns:
            unknown = not crossed
        elif part == Part.PERSON:
            found = list_ending(units, j)
            if _is_governed(units, found.start):
                unknown = False
                j = (
                    found.start - 1
                    if units[found.start - 1].part == Part.PREPOSITION
                    else found.start
                )
            elif unknown:
                return Role.OTHER, ()
            else:
                return (Role.US if found.me else Role.THEM), found.people
        elif part == Part.THEY:
            person = find_them(sentence, j)
            return (Role.THEM, (person,)) if person and not unknown else (Role.OTHER, ())
        elif part == Part.WHO:
            return Role.OTHER, ()
        elif part == Part.AND:
            if (
                unknown
                and part_at(units, j + 1) == Part.THEIR
                and part_at(units, j - 1) == Part.PERSON
            ):
                unknown = False  # [[Ada]] and her kids
            elif unknown and part_at(units, j + 1) == Part.WORD:
                return Role.OTHER, ()
            crossed = True
        elif part in CLAUSE_END:
            if part == Part.COMMA and skip_back(units, at - 1) == j and _is_elliptic(units, at):
                return Role.THEM, (units[0].person,)
            break
        elif part == Part.PREPOSITION or (unit.verb and not unit.noun):
            unknown = False
        elif part in _NAMING and not crossed:
            unknown = True
        j -= 1
    return (Role.OTHER if unknown else Role.ME), ()


def _is_elliptic(units: Sequence[Unit], at: int) -> bool:
    """Say whether a verb goes on telling of the person first named: `A is glad, phoned to say`."""
    said = text_at(units, at + 1) == "to" and text_at(units, at + 2) in PURPOSES
    return (
        (said or units[at].text == "stayed")
        and units[0].part == Part.PERSON
        and not units[0].owns
        and part_at(units, 1) not in CLOSING
    )


def _is_pleasure(units: Sequence[Unit], at: int) -> bool:
    """Say whether a verb tells of a pleasure of mine: `it was great to finally meet`."""
    before = skip_back(units, at - 1)
    return (
        units[at].form is Form.BASE
        and text_at(units, before) == "to"
        and text_at(units, before - 1) in PLEASANT
    )


def _is_governed(units: Sequence[Unit], start: int) -> bool:
    """Say whether people are the object of what stands before them, and so no subject."""
    if start == 0:
        return False
    before = units[start - 1]
    return before.part in _GOVERNING or before.verb != "" or before.text in LIGHT


def find_light(units: Sequence[Unit], at: int) -> int:
    """Find the light verb whose object a noun is: `had a long lunch`; -1: there is none."""
    for j in range(at - 1, max(-1, at - 9), -1):
        if units[j].part == Part.HAD or units[j].text in LIGHT:
            return j
        if units[j].part in CLAUSE_END or units[j].part == Part.KIND:
            return -1
    return -1


def is_done_form(sentence: Sentence, at: int) -> bool:
    """Say whether a base form tells of something done: `did call`, `got to meet`."""
    units = sentence.units
    before = skip_back(units, at - 1)
    if sentence.open or text_at(units, before) == "did":
        return True
    return text_at(units, before) == "to" and text_at(units, before - 1) in DONE_BEFORE_TO


# --- people in lists ----------------------------------------------------------------------


class People(NamedTuple):
    """A list of people, where it stands, and whether I am in it."""

    people: tuple[str, ...]
    start: int
    end: int
    me: bool = False


def list_ending(units: Sequence[Unit], at: int) -> People:
    """Read the list of people that ends here, to the left: `A, B and I`."""
    people: list[str] = []
    me = False
    start = at
    joined = True
    for j in range(at, max(-1, at - REACH), -1):
        unit = units[j]
        if joined and unit.part == Part.PERSON and not unit.owns:
            people.append(unit.person)
            start, joined = j, False
        elif joined and unit.part == Part.ME:
            me = True
            start, joined = j, False
        elif unit.part in _JOINING and (not joined or unit.part == Part.COMMA):
            joined = True
        else:
            break
    return People(tuple(reversed(people)), start, at + 1, me)


def list_starting(units: Sequence[Unit], start: int, names: int = 0) -> People:  # noqa: C901 - a ladder of cases, read from the top
    """Read a list of people to the right: `A, B and C`; up to `names` other words may lead in.

    Whose name has an apostrophe-s, or begins a clause of its own, is not in it.
    """
    people: list[str] = []
    end = j = start
    lead = names
    joined = True
    furthest = min(len(units), start + REACH)
    while j < furthest:
        unit = units[j]
        part = unit.part
        if part == Part.PERSON:
            if unit.owns or not joined or (people and begins_clause(units, j + 1)):
                break
            people.append(unit.person)
            end = j + 1
            joined = False
        elif part in _JOINING:
            if part == Part.COMMA and not _goes_on(units, j + 1):
                break
            joined = True
            lead = max(lead, 2) if part == Part.AND else lead
        elif part == Part.BRACKET:
            j = close(units, j)
        elif part == Part.PREPOSITION and people and not joined:
            if unit.text not in {"from", "at", "of", "in"} or not _returns(units, j + 1):
                break
        elif joined and part in _LEADING:
            lead -= part == Part.WORD
            if lead < 0 or unit.text.endswith("ed"):
                break
            named = part == Part.WORD and part_at(units, j + 1) in _JOINING
            joined = not (named or part in {Part.ME, Part.THEM})
        elif part != Part.WORD or joined or not _returns(units, j):
            break
        j += 1
    return People(tuple(people), start, end)


def close(units: Sequence[Unit], start: int) -> int:
    """Find the bracket that closes the one at `start`; where there is none near, `start` itself."""
    if units[start].text not in {"(", "["}:
        return start
    near = range(start + 1, min(len(units), start + 9))
    return next((j for j in near if units[j].text in {")", "]"}), start)


def _goes_on(units: Sequence[Unit], start: int) -> bool:
    """Say whether a comma is one of a list of people: `, B`, `, and B`, `, Bob and B`."""
    j = start
    while part_at(units, j) in {Part.AND, Part.FILLER}:
        j += 1
    if part_at(units, j) == Part.PERSON:
        return True
    while j < start + 3 and part_at(units, j) == Part.WORD:
        j += 1
    return (
        j > start
        and part_at(units, j) == Part.AND
        and part_at(units, j + 1) in {Part.PERSON, Part.ME}
    )


def _returns(units: Sequence[Unit], start: int) -> bool:
    """Say whether a list goes on behind `from Acme`: `A from Acme and B`."""
    for j in range(start, start + 4):
        if part_at(units, j) in _JOINING:
            return part_at(units, j + 1) == Part.PERSON and part_at(units, j) != part_at(
                units, start
            )
        if part_at(units, j) != Part.WORD:
            return False
    return False


def _find_topic(units: Sequence[Unit]) -> tuple[str, ...]:
    """Find the people whom a line is about: `[[Ada]]: call about …`, `[[Ada]] – lunch`."""
    start = skip(units, 0)
    if part_at(units, start) != Part.PERSON:
        return ()
    found = list_starting(units, start)
    topical = part_at(units, found.end) in {Part.COLON, Part.BREAK, Part.COMMA}
    return found.people if found.people and found.end < len(units) and topical else ()


# --- objects ------------------------------------------------------------------------------


def find_them(sentence: Sentence, at: int) -> str:
    """Find whom `her` or `they` means: the one person named before, or the log's."""
    before = {unit.person for unit in sentence.units[max(0, at - 80) : at] if unit.person}
    if len(before) == 1:
        return before.pop()
    return "" if before else sentence.owner


def is_them(units: Sequence[Unit], at: int) -> bool:
    """Say whether a pronoun is a person here, and not whose thing it is (`her mother`)."""
    if part_at(units, at) == Part.THEM:
        return True
    if text_at(units, at) != "her":
        return False
    following = part_at(units, at + 1)
    return (
        following in CLOSING
        or following in _BEHIND_HER
        or text_at(units, at + 1)
        in {"a", "an", "the", "again", "today", "back", "yesterday", "this", "some", "up", "out"}
    )


def has_object(units: Sequence[Unit], at: int) -> bool:
    """Say whether a person stands right behind a verb."""
    following = skip(units, at + 1)
    return part_at(units, following) in {Part.PERSON, Part.ME} or is_them(units, following)


def find_direct(sentence: Sentence, start: int) -> People:
    """Find the people right behind a verb: `A, B and C`, `my boss A`, `her` of one named before."""
    units = sentence.units
    if is_them(units, start):
        person = find_them(sentence, start)
        return People((person,) if person else (), start, start + 1)
    if start < len(units) and units[start].owns:
        start = _behind_owner(units, start)  # met B's sister A
    found = list_starting(units, start, 2)
    loose = part_at(units, start) == Part.WORD and part_at(units, found.end) in {Part.IS, Part.WORD}
    return People((), start, start) if loose else found


def _behind_owner(units: Sequence[Unit], start: int) -> int:
    """Go to the person whom another's relation is: `B's sister A`; else stay."""
    j = start + 1
    while j < start + 3 and part_at(units, j) == Part.WORD:
        j += 1
    named = j > start + 1 and part_at(units, j) == Part.PERSON and not units[j].owns
    return j if named else start


def find_behind(sentence: Sentence, start: int) -> People:
    """Find the people behind a preposition: `with A and B`, `with her and B`."""
    units = sentence.units
    if is_them(units, start):
        person = find_them(sentence, start)
        more = start + 2 if part_at(units, start + 1) == Part.AND else len(units)
        rest = list_starting(units, more) if more < len(units) else People((), start, start + 1)
        return People((person, *rest.people) if person else (), start, rest.end)
    if find_owners(units, start).people and text_at(units, start - 1) != "with":
        return People((), start, start)  # an invitation to A and B's wedding
    return list_starting(units, start, 3)


def find_owners(units: Sequence[Unit], start: int) -> People:
    """Find the people whose thing something is: `A's`, `A and B's`."""
    people: list[str] = []
    for j in range(start, min(len(units), start + 8)):
        if units[j].part == Part.PERSON:
            people.append(units[j].person)
            if units[j].owns and part_at(units, j + 1) != Part.AND:
                return People(tuple(people), start, j + 1)
        elif units[j].part not in {Part.AND, Part.COMMA, Part.FILLER}:
            break
    return People((), start, start)


def find_owner(sentence: Sentence, start: int, verb: str) -> People:
    """Find the people whose thing a verb's object is: `A's email`, `A and B's PR`, `her email`."""
    units = sentence.units
    nobody = People((), start, start)
    if verb not in OWNED:
        return nobody
    if part_at(units, start) == Part.THEIR:
        person = find_them(sentence, start)
        return People((person,) if person else (), start, start + 2)
    found = find_owners(units, start)
    return People(found.people, start, found.end + 1) if found.people else nobody


def rest_of_clause(units: Sequence[Unit], start: int) -> Sequence[Unit]:
    """Give the units up to the end of the clause."""
    end = start
    furthest = min(len(units), start + REACH)
    while end < furthest and units[end].part not in _CLAUSE_END:
        end += 1
    return units[start:end]
