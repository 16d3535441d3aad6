"""Units that no rule can tell apart become one, so that sentences of one shape are the same.

`coffee: the early forecast` and `coffee: a local ferry` tell the same, for no rule asks whether a
word is `ferry`. Which words the rules ask for stands in the rules, and is found there: every text
and every set of texts that a function of theirs holds, or its module. Two texts of which each set
holds both or neither, and which no rule names alone, can differ but in how they end (`ENDINGS`).

Some sets are asked only on an occasion that a sentence must hold: what stands before a year, where
there is one. So units are brought together twice: by themselves, and within their sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import CodeType, FunctionType, ModuleType
from typing import TypeAlias

from vaultnet.core.evidence import (
    clause,
    company,
    introductions,
    nouns,
    sentence,
    truth,
    verbs,
    words,
)
from vaultnet.core.evidence.words import Unit
from vaultnet.core.kinds import KIND_OF, PREPOSITIONS

RULES = (sentence, clause, nouns, verbs, truth, company, introductions)
"""The modules that ask what a unit is."""
ENDINGS = ("ed", "'s", "ing", "n't", "send", "sent", "call", "facetime", "by")
"""How a word may end for a rule to ask; of nouns of a kind, also whether in -s."""
BEGINNING = "back"
"""How a word may begin for a rule to ask."""


OCCASIONS: tuple[tuple[Callable[[Unit], bool], tuple[frozenset[str], ...]], ...] = (
    (lambda unit: truth.is_year(unit.text), (truth.YEAR_LEADS,)),
    (lambda unit: any(f.endswith(" my") for f in unit.frames), (words.WORKS, words.NO_WORKS)),
    (lambda unit: unit.owns, (words.HOMES, words.OCCASIONS)),
    (lambda unit: unit.noun is KIND_OF["thanks"], (nouns.WARM,)),
)
"""What one unit of a sentence must be, and the sets of which nobody asks in a sentence without it."""
_EVERY = (1 << len(OCCASIONS)) - 1


def alike(unit: Unit, occasions: int = _EVERY) -> Unit:
    """Give the unit that stands for all those that no rule can tell from this one.

    `occasions` has a bit for each of `OCCASIONS` that the sentence holds.
    """
    noun = unit.noun.word if unit.noun else ""
    features = (
        unit.part,
        unit.person,
        unit.owns,
        noun,
        noun and unit.text.endswith("s"),
        unit.form,
        tuple([(frame, kind.word) for frame, kind in unit.frames.items()]),
        unit.free,
        unit.verb and _ask(unit.verb, occasions),
        _ask(unit.text, occasions),
    )
    known = _known.setdefault((occasions, features), unit)
    if known is unit:
        _raised.update(_occasions_of(unit))
    return known


def alike_together(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Give a sentence that stands for all those which no rule can tell from this one."""
    occasions = find_occasions(units)
    return tuple([_alike(unit, occasions) for unit in units])


def find_occasions(units: Sequence[Unit]) -> int:
    """Find which of `OCCASIONS` a sentence holds, as bits; its units are such as `alike` gives."""
    found = 0
    if not _raised.keys().isdisjoint(units):
        for unit in units:
            found |= _raised.get(unit, 0)
    return found


def _occasions_of(unit: Unit) -> Iterator[tuple[Unit, int]]:
    """Yield a unit with the bits of the occasions that it is; nothing if it is none, as most are."""
    found = sum(1 << number for number, (holds, _) in enumerate(OCCASIONS) if holds(unit))
    if found:
        yield unit, found


_alike = lru_cache(maxsize=1 << 12)(alike)
_known: dict[Hashable, Unit] = {}
"""As many as there are persons, and answers to what can be asked: some thousands, whatever is read."""
_raised: dict[Unit, int] = {}
"""Of these, the ones that are an occasion, and which, as bits."""


def _ask(text: str, occasions: int) -> Hashable:
    """Answer all that the rules can ask of a text."""
    asked, sometimes = find_asked().get(text, _NEVER)
    now = [number for occasion, number in sometimes if occasion & occasions] if sometimes else ()
    if now:
        asked = (asked, *now)
    if not (text.endswith(ENDINGS) or text.startswith(BEGINNING) or text.isdecimal()):
        return asked  # most words are not even this
    ends = [text.endswith(ending) for ending in ENDINGS]
    return (asked, *ends, text.startswith(BEGINNING), text.isdecimal(), truth.is_year(text))


_Asked: TypeAlias = tuple[Hashable, tuple[tuple[int, int], ...]]
"""A text, if it is named alone, else the sets it is in; and those asked on an occasion, with its bit."""
_NEVER: _Asked = (), ()


@cache
def find_asked() -> Mapping[str, _Asked]:
    """Find the texts that rules ask for."""
    single = set(PREPOSITIONS)  # by what stands in them, frames are found
    among: defaultdict[str, tuple[Hashable, ...]] = defaultdict(tuple)
    sometimes: defaultdict[str, tuple[tuple[int, int], ...]] = defaultdict(tuple)
    occasion_of = {some: 1 << at for at, (_, sets) in enumerate(OCCASIONS) for some in sets}
    constants = {found for module in RULES for found in _texts_in(module)}
    for number, found in enumerate(constants):
        if isinstance(found, str):
            single.add(found)
        elif found in occasion_of:
            for text in found:
                sometimes[text] += ((occasion_of[found], number),)
        else:
            for text in found:
                among[text] += (number,)
    texts = single | among.keys() | sometimes.keys()
    return {text: (text if text in single else among[text], sometimes[text]) for text in texts}


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
