"""What was done with somebody, whatever it was: `painted the shed with [[Ada]]`, `had [[Ada]] round`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from vaultnet.core.evidence.clause import (
    Role,
    Sentence,
    find_behind,
    find_subject,
    list_starting,
    part_at,
    skip,
    skip_back,
    text_at,
)
from vaultnet.core.evidence.nouns import HUSHED, Reading
from vaultnet.core.evidence.truth import is_cancelled, verb_happened
from vaultnet.core.evidence.words import (
    CLAUSE_END,
    FUN,
    LABOUR,
    SHARED_PLACES,
    TIMES,
    UNSHARED,
    WITH,
    WRANGLING,
    Part,
)
from vaultnet.core.kinds import BOTH, IN, KIND_OF, OUT
from vaultnet.core.model import Direction, Kind

_TAKEN = frozenset("to off home".split())
_REACH = 10
"""Units between what was done and `with`."""
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(FUN, KIND_OF["coffee"]),
    **dict.fromkeys(LABOUR, KIND_OF["work"]),
    **dict.fromkeys(WRANGLING, KIND_OF["call"]),
    **dict.fromkeys(SHARED_PLACES, KIND_OF["met"]),
    "had": KIND_OF["met"],
    "dropped": KIND_OF["gave"],
}
DOINGS = frozenset(_KINDS)
"""Words that may tell of something done in company."""


def read_company(sentence: Sentence, at: int, told: Collection[str]) -> Iterator[Reading]:
    """Read an unknown doing in the past whose company is named; nothing where it has none."""
    text = sentence.units[at].text
    if text in SHARED_PLACES:
        people, end = _find_at_place(sentence, at)
        kind, direction = _KINDS[text], BOTH
    else:
        people, end, kind, direction = _find_doing(sentence, at)
    if not people or any(person in told for person in people):
        return
    if sentence.owner and sentence.owner not in people:
        return  # of others, in somebody's log
    undone = is_cancelled(sentence.units, at, KIND_OF["coffee"])
    if verb_happened(sentence, at, end, kind) and not undone:
        yield Reading(people, kind, direction, kind.given)
    else:
        yield HUSHED


def _find_at_place(sentence: Sentence, at: int) -> tuple[tuple[str, ...], int]:
    """Find who was there with me: `Beach with A`, at the start of a clause."""
    units = sentence.units
    before = skip_back(units, at - 1)
    opens = before < 0 or units[before].part in CLAUSE_END
    if not opens or text_at(units, at + 1) not in WITH:
        return (), at
    found = find_behind(sentence, at + 2)
    return found.people, found.end


def _find_doing(sentence: Sentence, at: int) -> tuple[tuple[str, ...], int, Kind, Direction]:
    units = sentence.units
    text = units[at].text
    kind = _KINDS[text]
    role, subjects = find_subject(sentence, at)
    following = skip(units, at + 1)
    if role is Role.US and text not in {"had", "dropped"}:
        return subjects, at + 1, kind, BOTH
    if text in {"took", "dropped"} and text_at(units, following + 1) in _TAKEN:
        return _find_taken(sentence, following, role, subjects)
    if role is not Role.ME or text == "dropped":
        return (), at, kind, BOTH
    if text == "had" and part_at(units, following) == Part.PERSON:
        found = list_starting(units, following)
        guests = found.people if text_at(units, found.end) in {"round", "over", "around"} else ()
        return guests, found.end, KIND_OF["coffee"], BOTH
    start = _find_with(sentence, at)
    if start < 0:
        return (), at, kind, BOTH
    found = find_behind(sentence, start + 1)
    return found.people, found.end, kind, BOTH


def _find_taken(
    sentence: Sentence, start: int, role: Role, subjects: tuple[str, ...]
) -> tuple[tuple[str, ...], int, Kind, Direction]:
    """Read who took whom somewhere: `took A to the airport`, `A took me to the airport`."""
    units = sentence.units
    there = part_at(units, skip(units, start + 2)) == Part.WORD or text_at(units, start + 1) != "to"
    if there and role is Role.ME and part_at(units, start) == Part.PERSON:
        return (units[start].person,), start + 1, KIND_OF["gave"], OUT
    if there and role is Role.THEM and part_at(units, start) == Part.ME:
        return subjects, start + 1, KIND_OF["received"], IN
    return (), start, KIND_OF["gave"], OUT


def _find_with(sentence: Sentence, at: int) -> int:
    """Find the `with` of the same clause; -1 where there is none, or something else is told there."""
    units = sentence.units
    text = units[at].text
    wanted = TIMES if text == "had" else None
    fits = wanted is None
    for j in range(at + 1, min(len(units), at + _REACH)):
        unit = units[j]
        if unit.text in WITH:
            bare = j == at + 1 and text not in FUN
            return j if fits and not bare else -1
        if unit.part in CLAUSE_END or unit.part in {Part.PERSON, Part.THEM, Part.WHO, Part.ME}:
            return -1
        if unit.text in UNSHARED or (unit.noun and unit.noun.direction is BOTH):
            return -1
        fits = fits or (wanted is not None and unit.text in wanted)
    return -1
