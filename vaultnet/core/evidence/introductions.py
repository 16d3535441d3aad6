"""Introductions: who introduced whom to whom (received from them, given by me, or made to me)."""

from __future__ import annotations

from collections.abc import Iterator

from vaultnet.core.evidence.clause import (
    REACH,
    Role,
    Sentence,
    find_behind,
    find_light,
    find_subject,
    find_them,
    has_object,
    is_done_form,
    is_past,
    is_them,
    part_at,
    skip,
    text_at,
)
from vaultnet.core.evidence.nouns import HUSHED, Reading
from vaultnet.core.evidence.truth import is_passive, noun_happened, verb_happened
from vaultnet.core.evidence.words import CLAUSE_END, Part
from vaultnet.core.kinds import BOTH, KIND_OF, Form
from vaultnet.core.model import Given

_INTRODUCTION = KIND_OF["introduction"]
_VERBS = frozenset(word[3:] for word in _INTRODUCTION.words if word.startswith("to "))
_BY = frozenset("by from via through".split())


def is_introduction(sentence: Sentence, at: int) -> bool:
    """Say whether a word of a kind is about introducing somebody."""
    unit = sentence.units[at]
    if unit.verb == "connect":
        return has_object(sentence.units, at)
    if unit.noun is _INTRODUCTION:
        return True
    return unit.verb in _VERBS


def is_touch(sentence: Sentence, at: int) -> bool:
    """Say whether `put` begins `put A in touch with B`."""
    if sentence.units[at].text not in {"put", "puts"}:
        return False
    return any(unit.text in {"touch", "contact"} for unit in sentence.units[at : at + 10])


def read_introduction(sentence: Sentence, at: int) -> Iterator[Reading]:  # noqa: C901 - a ladder of cases, read from the top
    """Read who introduced whom: `A introduced me to B`, `introduced A to B`, `intro from A to B`."""
    unit = sentence.units[at]
    if unit.noun and not is_past(unit) and not (unit.verb and has_object(sentence.units, at)):
        yield from _read_noun(sentence, at)
        return
    told = unit.form is not Form.BASE or is_done_form(sentence, at)
    if not told or not verb_happened(sentence, at, at + 1, _INTRODUCTION):
        yield HUSHED
        return
    role, subjects = find_subject(sentence, at)
    first, me, rest = _find_introduced(sentence, at)
    to, to_me = _find_to(sentence, rest)
    givers = _find_by(sentence, at)
    passive = is_passive(sentence, at) or (
        not first and not me and rest == skip(sentence.units, at + 1)
    )
    if role is Role.THEM and passive:
        if to_me or givers:
            yield from _tell(givers, subjects)
    elif role is Role.THEM:
        if me or to_me:
            yield from _tell(subjects, (*first, *to))
    elif role is Role.OTHER:
        return
    elif passive:
        yield from _tell(givers, to or ((sentence.owner,) if sentence.owner else ()))
    elif me and "myself" in {unit.text for unit in sentence.units[at : at + 4]}:
        yield Reading(to, KIND_OF["met"], BOTH)
    elif me:
        giver = find_them(sentence, at)
        yield from _tell((giver,) if giver else (), (*first, *to))
    else:
        yield Reading(tuple(dict.fromkeys((*first, *to))), _INTRODUCTION, BOTH, Given.GAVE)


def _find_introduced(sentence: Sentence, at: int) -> tuple[tuple[str, ...], bool, int]:
    """Find whom, whether that includes me, and where the list ends: `me and A | to B`."""
    units = sentence.units
    people: list[str] = []
    me = False
    start = j = skip(units, at + 1)
    while j < min(len(units), start + 12):
        unit = units[j]
        if unit.part == Part.PERSON and not unit.owns:
            people.append(unit.person)
        elif unit.part == Part.ME:
            me = True
        elif is_them(units, j):
            person = find_them(sentence, j)
            if person:
                people.append(person)
        elif unit.part not in {Part.AND, Part.COMMA, Part.WORD, Part.MINE, Part.THEIR, Part.FILLER}:
            break
        j += 1
    return tuple(people), me, j


def _find_to(sentence: Sentence, start: int) -> tuple[tuple[str, ...], bool]:
    """Find to whom somebody was introduced, and whether that was me."""
    units = sentence.units
    for j in range(start, min(len(units), start + 8)):
        if units[j].text in {"to", "with"} and units[j].part == Part.PREPOSITION:
            return find_behind(sentence, j + 1).people, part_at(units, j + 1) == Part.ME
        if units[j].part in CLAUSE_END:
            break
    return (), False


def _find_by(sentence: Sentence, at: int, prepositions: frozenset[str] = _BY) -> tuple[str, ...]:
    """Find the people behind one of these prepositions, anywhere in the sentence."""
    units = sentence.units
    for j in range(at + 1, min(len(units), at + REACH)):
        if units[j].text in prepositions and units[j].part == Part.PREPOSITION:
            found = find_behind(sentence, j + 1)
            if found.people:
                return found.people
        if units[j].part in {Part.STOP, Part.QUESTION}:
            break
    return ()


def _read_noun(sentence: Sentence, at: int) -> Iterator[Reading]:
    """Read `intro from A to B`, `made an intro between A and B`, `intro: A ↔ B`."""
    units = sentence.units
    light = find_light(units, at)
    role, subjects = find_subject(sentence, light) if light >= 0 else (Role.ME, ())
    if role is Role.OTHER:
        return
    givers = subjects if role is Role.THEM else _find_by(sentence, at)
    met = _find_by(sentence, at, frozenset({"to", "with", "for"}))
    between = () if givers else tuple(dict.fromkeys((*_find_between(sentence, at), *met)))
    alone = (sentence.owner,) if sentence.owner else ()
    if not (givers or met or between or alone):
        return
    if not noun_happened(sentence, at, at + 1, _INTRODUCTION):
        yield HUSHED
    elif len(between) > 1:
        yield Reading(between, _INTRODUCTION, BOTH, Given.GAVE)
    else:
        yield from _tell(givers, met or between)
        yield Reading(alone, _INTRODUCTION, BOTH)


def _find_between(sentence: Sentence, at: int) -> tuple[str, ...]:
    """Find a list of people right behind the noun: `between A and B`, `: A ↔ B`, `A → B`."""
    units = sentence.units
    start = skip(units, at + 1)
    if text_at(units, start) == "between" or part_at(units, start) in {Part.COLON, Part.BREAK}:
        start += 1
    people: list[str] = []
    for unit in units[start : start + 12]:
        if unit.person and not unit.owns:
            people.append(unit.person)
        elif unit.part not in {Part.AND, Part.COMMA, Part.BREAK} and unit.text not in {
            "to",
            "with",
        }:
            break
    return tuple(people)


def _tell(givers: tuple[str, ...], met: tuple[str, ...]) -> Iterator[Reading]:
    """Tell both sides: theirs is received from the givers, and made to those I met."""
    yield Reading(
        tuple(person for person in givers if person not in met),
        _INTRODUCTION,
        BOTH,
        Given.RECEIVED,
        met,
    )
    yield Reading(
        tuple(person for person in met if person not in givers), _INTRODUCTION, BOTH, None, givers
    )
