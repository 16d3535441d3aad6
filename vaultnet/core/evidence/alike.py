"""Units that no rule can tell apart become one, so that sentences of one shape are the same.

`coffee: the early forecast` and `coffee: a local ferry` tell the same, for no rule asks whether a
word is `ferry`. Which words the rules ask for stands in the rules, and is found there: every text
and every set of texts that a function of theirs holds, or its module. Two texts of which each set
holds both or neither, and which no rule names alone, can differ but in how they end (`ENDINGS`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cache
from types import CodeType, FunctionType, ModuleType

from vaultnet.core.evidence import (
    clause,
    company,
    introductions,
    nouns,
    sentence,
    truth,
    verbs,
)
from vaultnet.core.evidence.words import Unit
from vaultnet.core.kinds import PREPOSITIONS

RULES = (sentence, clause, nouns, verbs, truth, company, introductions)
"""The modules that ask what a unit is."""
ENDINGS = ("ed", "'s", "ing", "n't", "send", "sent", "call", "facetime", "by")
"""How a word may end for a rule to ask; of nouns of a kind, also whether in -s."""
BEGINNING = "back"
"""How a word may begin for a rule to ask."""


def alike(unit: Unit) -> Unit:
    """Give the unit that stands for all those that no rule can tell from this one."""
    noun = unit.noun.word if unit.noun else ""
    features = (
        unit.part,
        unit.person,
        unit.owns,
        noun,
        noun and unit.text.endswith("s"),
        unit.form,
        tuple((frame, kind.word) for frame, kind in unit.frames.items()),
        unit.free,
        _ask(unit.verb),
        _ask(unit.text),
    )
    return _known.setdefault(features, unit)


_known: dict[tuple[Hashable, ...], Unit] = {}
"""As many as there are persons, and answers to what can be asked: some thousands, whatever is read."""


def _ask(text: str) -> tuple[Hashable, ...]:
    """Answer all that the rules can ask of a text."""
    ends = [text.endswith(ending) for ending in ENDINGS]
    year = truth.is_year(text)
    return (find_asked().get(text), *ends, text.startswith(BEGINNING), text.isdecimal(), year)


@cache
def find_asked() -> Mapping[str, Hashable]:
    """Find the texts that rules ask for: those named alone are themselves, the others their sets."""
    single = set(PREPOSITIONS)  # by what stands in them, frames are found
    sets: dict[frozenset[str], int] = {}
    for found in (found for module in RULES for found in _texts_in(module)):
        if isinstance(found, str):
            single.add(found)
        else:
            sets.setdefault(found, len(sets))
    among: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for texts, number in sets.items():
        for text in texts:
            among[text] += (number,)
    return {**among, **{text: text for text in single}}


_HOLDING = {str, tuple, frozenset, CodeType}
"""Constants of code that are texts, or may hold some."""


def _texts_in(value: object) -> Iterator[str | frozenset[str]]:
    """Yield the texts, and the sets of texts, that a constant holds, a function's code, or a module."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, frozenset):
        yield frozenset(part for part in value if isinstance(part, str))
    else:
        for part in _parts_of(value):
            yield from _texts_in(part)


def _parts_of(value: object) -> Iterable[object]:
    match value:
        case CodeType(co_consts=held) | FunctionType(__code__=CodeType(co_consts=held)):
            return [part for part in held if part.__class__ in _HOLDING]
        case tuple():
            return value
        case dict():
            by_value = defaultdict(set)
            for key, meant in value.items():
                by_value[id(meant)].add(key)
            return (*value.values(), *map(frozenset, by_value.values()))
        case ModuleType():
            own = [part for name, part in vars(value).items() if not name.startswith("__")]
            return [x for x in own if getattr(x, "__module__", value.__name__) == value.__name__]
        case type():
            return [part for part in vars(value).values() if isinstance(part, FunctionType)]
    return ()
