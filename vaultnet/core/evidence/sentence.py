"""Units -> what a line tells of the people it names: kind, direction, and who was there.

A line claims an interaction where a kind's word stands as something that happened, with you in it:
a noun with its people (`nouns`), or a verb whose subject and object are you and they (`verbs`).
Whatever is planned, denied, cancelled, asked, long gone or told of others claims nothing (`truth`).
When in doubt, nothing happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vaultnet.core.evidence.clause import (
    REACH,
    Mode,
    Sentence,
    close,
    list_starting,
    part_at,
    text_at,
)
from vaultnet.core.evidence.company import is_company, read_company
from vaultnet.core.evidence.introductions import is_introduction, is_touch, read_introduction
from vaultnet.core.evidence.nouns import (
    HUSHED,
    Reading,
    is_noun,
    read_noun,
    read_treat,
    read_visit,
)
from vaultnet.core.evidence.truth import is_asked, is_cancelled
from vaultnet.core.evidence.units import Unit
from vaultnet.core.evidence.verbs import read_verb
from vaultnet.core.evidence.words import (
    AHEAD,
    AIMS,
    CLOSING,
    DREAMS,
    FREE_ABOUT,
    FREE_FROM,
    LIGHT,
    MOODS,
    SENTENCE_END,
    SILENT,
    WITH,
    Part,
)
from vaultnet.core.kinds import BOTH, IN, OUT, Form, turn
from vaultnet.core.model import Direction, Given, Kind

__all__ = [
    "Mode",
    "Said",
    "Telling",
    "find_bare",
    "is_planned",
    "name_kind",
    "read_sentence",
    "turn_by",
]

_EXCHANGED = frozenset("message reply ask call".split())
"""Kinds that become an exchange when each turned to the other."""
_TELLING = frozenset({Part.KIND, Part.HAD})
_WORDLESS = frozenset({"put", "to", "at", "with"})
"""Words by which a line may tell without a word of a kind."""
_LABEL = 8
"""A heading or parent item of more units is a sentence, and names no kind."""


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
    if not any(unit.part in _TELLING or unit.text in _WORDLESS for unit in units):
        return Said((), _is_plan(units))
    if any(unit.text in DREAMS for unit in units):
        return Said((), hushed=True)
    sentence = Sentence(units, owner, mode)
    told: dict[str, Telling] = {}
    hushed = _is_plan(units)
    for reading in _read(sentence, told):
        hushed = hushed or reading is HUSHED
        _tell(told, reading)
    return Said(tuple(told.values()), hushed)


def name_kind(units: Sequence[Unit]) -> Kind | None:
    """Read the kind that a heading or a parent item gives to what stands under it: `Calls`."""
    if len(units) > _LABEL or any(unit.part in SILENT or unit.text in AIMS for unit in units):
        return None
    for unit in units:
        if unit.noun:
            return unit.noun
        if unit.form is Form.PAST and unit.frames:
            kind = next(iter(unit.frames.values()))
            return kind if kind.direction is BOTH else turn(kind, OUT)
    return None


def is_planned(units: Sequence[Unit]) -> bool:
    """Say whether a heading or a parent item puts what stands under it into the future."""
    return any(
        unit.part in {Part.PLAN, Part.FUTURE, Part.CANCELLED} or unit.text in AHEAD
        for unit in units[:_LABEL]
    )


def find_bare(units: Sequence[Unit]) -> tuple[tuple[str, ...], str]:
    """Find the people of a line that says no more than who, and the preposition before them.

    `[[Ada]]`, `with [[Ada]] and [[Bob]]`, `from [[Ada]]: the contract`; what follows a colon is free.
    """
    at = 0
    while part_at(units, at) == Part.FILLER:
        at += 1
    leads = at < len(units) and units[at].text in {"with", "to", "from"}
    preposition = units[at].text if leads else ""
    found = list_starting(units, at + leads)
    end = found.end
    while part_at(units, end) == Part.BRACKET:
        end = close(units, end) + 1
    following = part_at(units, end)
    if following not in CLOSING and following != Part.PREPOSITION:
        return (), ""
    if following in {Part.COLON, Part.BREAK, Part.COMMA}:
        silent = _is_undone(units, end)
    else:
        silent = any(unit.part in SILENT for unit in units)
    return ((), "") if silent else (found.people, preposition)


def _is_undone(units: Sequence[Unit], mark: int) -> bool:
    """Say whether what follows a name takes back that anything was: `: cancelled`, `, tomorrow`."""
    if any(unit.part in {Part.CANCELLED, Part.UNANSWERED} for unit in units[mark:]):
        return True
    first = units[mark + 1] if mark + 1 < len(units) else None
    if first is None or (first.part == Part.NOT and text_at(units, mark + 2) in MOODS):
        return False
    if units[mark].part == Part.COMMA:
        goal = first.text in {"goals", "goal", "ideas"}
        return first.part in SILENT - {Part.SAID} and not goal
    return first.part in SILENT - {Part.PLAN} and not first.text.endswith("'s")


def turn_by(kind: Kind, preposition: str) -> Direction:
    """Say which way a kind goes by the preposition before the person: `from [[Ada]]` is in."""
    if preposition == "from" and (kind.direction is not BOTH or kind.word == "call"):
        return IN
    if preposition == "to" and kind.direction is not BOTH:
        return OUT
    if preposition in WITH and kind.word == "message":
        return BOTH
    return kind.direction


def _read(sentence: Sentence, told: Mapping[str, Telling]) -> Iterator[Reading]:
    """Go once over the units; each kind's word finds its people, or none."""
    units = sentence.units
    if part_at(units, 0) == Part.QUESTION and units:  # ? coffee with [[Ada]]
        yield HUSHED
        return
    reported = False
    for at, unit in enumerate(units):
        if unit.part in SENTENCE_END:
            reported = False
        elif unit.part == Part.SAID:
            reported = True
        elif reported:
            continue
        elif unit.part == Part.HAVE and is_touch(sentence, at):
            yield from read_introduction(sentence, at)
        elif unit.part == Part.KIND:
            yield from _read_kind(sentence, at, told)
            reported = unit.verb in {"tell", "inform"} and bool(told)
        elif unit.text in {"to", "at"}:
            yield from read_visit(sentence, at, told)
        if not reported:
            yield from _read_shared(sentence, at, told)


def _read_shared(sentence: Sentence, at: int, told: Mapping[str, Telling]) -> Iterator[Reading]:
    """Read a doing that is no verb of a kind: `took [[Ada]] to lunch`, `painted the shed with`."""
    unit = sentence.units[at]
    light = unit.part == Part.HAD or unit.text in LIGHT or _is_dragged(sentence.units, at)
    if light:
        yield from read_treat(sentence, at, told)
    if is_company(unit.text):
        yield from read_company(sentence, at, told)


def _is_dragged(units: Sequence[Unit], at: int) -> bool:
    """Say whether an unknown verb may be one that takes people out: `dragged me out for ramen`."""
    following = part_at(units, at + 1)
    return (
        units[at].part == Part.WORD
        and units[at].text.endswith("ed")
        and following in {Part.ME, Part.PERSON}
        and any(unit.noun and unit.noun.word == "coffee" for unit in units[at + 2 : at + 7])
    )


def _read_kind(sentence: Sentence, at: int, told: Mapping[str, Telling]) -> Iterator[Reading]:
    unit = sentence.units[at]
    if unit.free:
        yield from _read_free(sentence, at)
    elif is_introduction(sentence, at):
        yield from read_introduction(sentence, at)
    else:
        found = tuple(read_noun(sentence, at, told)) if is_noun(sentence, at) else ()
        yield from found
        if unit.verb and not found:
            yield from read_verb(sentence, at, told)


def _read_free(sentence: Sentence, at: int) -> Iterator[Reading]:
    """Read a word of the user's own, whose grammar is unknown: it tells of those in its sentence."""
    units = sentence.units
    kind = units[at].noun
    if kind is None:
        return
    first = last = at
    while first > max(0, at - REACH) and units[first - 1].part not in SENTENCE_END:
        first -= 1
    while part_at(units, last + 1) not in SENTENCE_END and last < at + REACH:
        last += 1
    people = tuple(
        dict.fromkeys(
            units[j].person
            for j in range(first, last + 1)
            if units[j].person
            and not units[j].owns
            and (j == 0 or units[j - 1].text not in FREE_ABOUT)
        )
    )
    people = people or sentence.topic
    theirs = any(
        units[j].text in FREE_FROM and part_at(units, j + 1) == Part.PERSON
        for j in range(first, last)
    )
    direction = IN if theirs and kind.direction is not BOTH else kind.direction
    named = turn(kind, direction)
    silent = any(
        unit.part in SILENT - {Part.SAID, Part.QUESTION} and not sentence.forgives(unit)
        for unit in units[first : last + 1]
    )
    if silent or is_cancelled(units, at, kind) or is_asked(units, at):
        yield HUSHED
    elif named:
        yield Reading(people, named, direction, named.given)


def _tell(told: dict[str, Telling], reading: Reading) -> None:
    """Keep the first telling of each person; what each did to the other makes an exchange."""
    mutual = reading.kind.direction is BOTH
    present = (*reading.people, *reading.among) if mutual else reading.among
    for person in reading.people:
        known = told.get(person)
        if known is None:
            others = tuple(other for other in dict.fromkeys(present) if other != person)
            told[person] = Telling(person, reading.kind, reading.direction, reading.given, others)
        elif {
            known.kind.word,
            reading.kind.word,
        } <= _EXCHANGED and reading.direction is not known.direction:
            told[person] = replace(known, direction=BOTH)


def _is_plan(units: Sequence[Unit]) -> bool:
    """Say whether a whole line speaks of a plan or a failure of mine, whatever it names."""
    if any(unit.part in {Part.CANCELLED, Part.UNANSWERED} for unit in units):
        return True
    for unit in units[:REACH]:
        if unit.part in {Part.PLAN, Part.NOT, Part.SET, Part.FUTURE}:
            return True
        if unit.part not in {Part.FILLER, Part.ME, Part.PREPOSITION, Part.HAVE}:
            return False
    return False
