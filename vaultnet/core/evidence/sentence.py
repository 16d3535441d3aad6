"""Units -> what a line tells of the people it names: kind, direction, and who was there.

A line claims an interaction where a kind's word stands as something that happened, with you in it:
a noun with its people (`nouns`), or a verb whose subject and object are you and they (`verbs`).
Whatever is planned, denied, cancelled, asked, long gone or told of others claims nothing (`truth`).
When in doubt, nothing happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from vaultnet.core.evidence.clause import (
    REACH,
    Mode,
    Sentence,
    close,
    list_starting,
    make_sentence,
    part_at,
    text_at,
)
from vaultnet.core.evidence.company import DOINGS, read_company
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
    Unit,
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
_UNDONE = frozenset({Part.CANCELLED, Part.UNANSWERED})
_UNSURE = frozenset({Part.PLAN, Part.NOT, Part.SET, Part.FUTURE})
_LEADING = frozenset({Part.FILLER, Part.ME, Part.PREPOSITION, Part.HAVE})
"""What may stand before a word that leaves a line unsure."""
_TOWARDS = frozenset({"to", "at"})
_STIRRING = SENTENCE_END | {Part.KIND, Part.HAVE, Part.HAD, Part.SAID}
"""Words that may tell something by what they are."""
_DOING = LIGHT | DOINGS | _TOWARDS
"""Words that may tell something, whatever they are; so may those in -ed."""
_INFORMING = frozenset({"tell", "inform"})
_WORDLESS = frozenset({"put", "to", "at", "with"})
"""Words by which a line may tell without a word of a kind."""
_MOST_KINDS = 60
"""Words of kinds that are read in one line; nobody tells of so much."""
_LABEL = 8
"""A heading or parent item of more units is a sentence, and names no kind."""


class Telling(NamedTuple):
    """What a line tells of one person."""

    person: str
    kind: Kind
    direction: Direction
    given: Given | None = None
    others: tuple[str, ...] = ()
    """Who else was there."""


class Said(NamedTuple):
    """What a line tells."""

    tellings: tuple[Telling, ...] = ()
    hushed: bool = False
    """Whether it speaks of a plan, a failure or a question: then it is no entry of any kind."""


def read_sentence(units: Sequence[Unit], owner: str = "", mode: Mode = Mode.TOLD) -> Said:
    """Read what a line tells; `owner` is the person whose log it stands in, if any."""
    parts = [unit.part for unit in units]
    texts = [unit.text for unit in units]
    hushed = not _UNDONE.isdisjoint(parts) or _is_plan(units)
    if _TELLING.isdisjoint(parts) and _WORDLESS.isdisjoint(texts):
        return Said((), hushed)
    if not DREAMS.isdisjoint(texts) or units[0].part == Part.QUESTION:  # ? coffee with [[Ada]]
        return Said((), hushed=True)
    sentence = make_sentence(units, owner, mode)
    told: dict[str, Telling] = {}
    reported = False
    kinds = 0
    for at, unit in enumerate(units):
        if not _stirs_known(unit):
            continue  # most words tell nothing
        part = unit.part
        kinds += part == Part.KIND
        if kinds > _MOST_KINDS:
            break
        if part in SENTENCE_END or part == Part.SAID:
            reported = part == Part.SAID
        elif not reported:
            for reading in _read_word(sentence, at, told):
                hushed = hushed or reading is HUSHED
                _tell(told, reading)
            reported = unit.verb in _INFORMING and bool(told)
    return Said(tuple(told.values()), hushed)


def _stirs(unit: Unit) -> bool:
    """Say whether a word may tell something, or end what somebody else says."""
    return unit.part in _STIRRING or unit.text in _DOING or unit.text.endswith("ed")


_stirs_known = lru_cache(maxsize=1 << 12)(_stirs)


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
    if any(unit.part in _UNDONE for unit in units[mark:]):
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


def _read_word(sentence: Sentence, at: int, told: Mapping[str, Telling]) -> Iterable[Reading]:
    """Find the people of a word that may tell of some."""
    unit = sentence.units[at]
    if unit.text in _DOING or _drags(sentence.units, at):
        return _read_doing(sentence, at, told)
    if unit.part == Part.KIND:
        return _read_kind(sentence, at, told)
    if unit.part == Part.HAD:
        return read_treat(sentence, at, told)
    if unit.part == Part.HAVE and is_touch(sentence, at):
        return read_introduction(sentence, at)
    return ()


def _read_doing(sentence: Sentence, at: int, told: Mapping[str, Telling]) -> Iterator[Reading]:
    """Read what may be a kind's word, a way to somebody, or a doing that is no verb of a kind.

    Each looks at what was told before, and so they are read one by one.
    """
    unit = sentence.units[at]
    if unit.part == Part.KIND:
        yield from _read_kind(sentence, at, told)
    elif unit.part == Part.HAVE:
        if is_touch(sentence, at):
            yield from read_introduction(sentence, at)
    elif unit.text in _TOWARDS:
        yield from read_visit(sentence, at, told)
    if unit.part == Part.HAD or unit.text in LIGHT or _drags(sentence.units, at):
        yield from read_treat(sentence, at, told)  # took [[Ada]] to lunch
    if unit.text in DOINGS:
        yield from read_company(sentence, at, told)  # painted the shed with [[Ada]]


def _drags(units: Sequence[Unit], at: int) -> bool:
    """Say whether an unknown verb may be one that takes people out: `dragged me out for ramen`."""
    return (
        units[at].part == Part.WORD
        and units[at].text.endswith("ed")
        and part_at(units, at + 1) in {Part.ME, Part.PERSON}
        and any(unit.noun and unit.noun.word == "coffee" for unit in units[at + 2 : at + 7])
    )


def _read_kind(sentence: Sentence, at: int, told: Mapping[str, Telling]) -> Iterable[Reading]:
    unit = sentence.units[at]
    if unit.free:
        return _read_free(sentence, at)
    if is_introduction(sentence, at):
        return read_introduction(sentence, at)
    found = read_noun(sentence, at, told) if is_noun(sentence, at) else None
    if found is None and unit.verb:
        found = read_verb(sentence, at, told)
    return () if found is None else (found,)


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
    present = reading.among
    if reading.kind.direction is BOTH:
        present = (*reading.people, *present)
    for person in reading.people:
        known = told.get(person)
        if known is None:
            others = tuple(other for other in dict.fromkeys(present) if other != person)
            told[person] = Telling(person, reading.kind, reading.direction, reading.given, others)
        elif (
            reading.direction is not known.direction
            and known.kind.word in _EXCHANGED
            and reading.kind.word in _EXCHANGED
        ):
            told[person] = known._replace(direction=BOTH)


def _is_plan(units: Sequence[Unit]) -> bool:
    """Say whether a line begins as a plan or a failure of mine, whatever it names."""
    for unit in units[:REACH]:
        if unit.part in _UNSURE:
            return True
        if unit.part not in _LEADING:
            return False
    return False
