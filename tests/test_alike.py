"""Units that no rule can tell apart are one: what a sentence tells is never another for that."""

from __future__ import annotations

import ast
import inspect
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from vaultnet.core.evidence.alike import (
    BEGINNING,
    ENDINGS,
    RULES,
    alike,
    alike_together,
    find_asked,
    find_occasions,
)
from vaultnet.core.evidence.sentence import (
    Mode,
    find_bare,
    is_planned,
    name_kind,
    read_sentence,
)
from vaultnet.core.evidence.units import Meaning, mean, person_at, read_units, vocabulary
from vaultnet.core.evidence.words import Unit
from vaultnet.core.frozen import replace
from vaultnet.core.markup import find_links

TESTS = Path(__file__).parent
UNLISTED = (
    "ferry quarry register's archived lantern's evening's planting recall backyard backed gregs Ü "
    "mustn't we'll quickly oily 7 12 1987 2019 2119 ٢٠٢٠ … ... # * ~ 🦆 bbc re-sent presents"
)
"""Words and signs that stand in no list, with every ending that is asked for."""
RARE = (
    *(
        "lunch with [[Ada]] winter 1987",
        "called [[Ada]] summer 2019",
        "dinner with [[Ada]] from 2019",
    ),
    *("huge thanks to [[Ada]]", "a thank you to [[Ada]]", "warm thx to [[Ada]] for it"),
    *("didn't call [[Ada]] and wrote", "back lunch with [[Ada]]", "phone from [[Ada]]"),
    *("facetime from [[Ada]]", "wrote to [[Ada]], didn't send it", "[[Ada]] drinks tea"),
)
"""Sentences on which rules hang that hardly another needs."""


def test_words_that_no_rule_asks_for_are_one() -> None:
    """Two lines that differ in a word nobody asks for, a number or an emoji are the same units."""
    words = vocabulary({})

    assert read_units("coffee: the early ferry, 12 🦆", words) == read_units(
        "coffee: an early quarry, 15 🐢", words
    )
    assert read_units("in 1987", words) != read_units("in 1687", words)
    assert read_units("painted it", words) != read_units("pained it", words)


def test_every_text_in_the_rules_is_known_to_be_asked_for() -> None:
    """A text that a rule names, alone or among others, is told from those it does not name."""
    unknown = {
        f"{module.__name__}:{line}: {text}"
        for module in RULES
        for line, text in _texts(ast.parse(inspect.getsource(module)))
        if text not in find_asked()
    }

    assert unknown == set()


def test_every_ending_in_the_rules_is_known_to_be_asked_for() -> None:
    """Beside what a text is, rules ask only how it begins and ends, and whether it is a number."""
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for module in RULES:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and hasattr(str, called.attr):
                asked[called.attr] |= {text for _, text in _texts(node)}

    assert asked.pop("endswith") == {*ENDINGS, "s", " my"}  # `s` of nouns, ` my` of frames
    assert asked.pop("startswith") == {BEGINNING, "to "}  # `to ` of the table's verbs
    assert asked.keys() == {"isdecimal", "split"}  # what is split are sets of words


def test_words_asked_for_on_occasion_are_told_apart_only_then() -> None:
    """Which season it was matters before a year, and which work it was to who read one of mine."""
    words = vocabulary({})

    def alike_in(*texts: str) -> bool:
        return len({alike_together(read_units(text, words)) for text in texts}) == 1

    assert alike_in("lunch, the summer register", "lunch, the public register")
    assert not alike_in("lunch, summer 1987", "lunch, public 1987")
    assert alike_in("coffee: her new thesis", "coffee: her old clinic")
    assert not alike_in("she read my new thesis", "she read my old clinic")


def test_sentences_are_read_alike_whatever_stands_for_their_words() -> None:
    """Each word may stand for all that are alike: sentences people write, with others put in."""
    chance = random.Random(1)  # noqa: S311 - no secret
    like = _Like()
    for text in _sentences():
        units = _read_raw(text)
        for _ in range(3):
            _assert_alike(units, like, chance)


def test_any_words_are_read_alike_whatever_stands_for_them() -> None:
    """The same of words thrown together, in which rules meet that no sentence brings together."""
    chance = random.Random(2)  # noqa: S311 - no secret
    like = _Like()
    every = like.words
    people = [mean(person, None) for person in map(person_at, range(3))]
    for _ in range(3000):
        units = chance.choices(every, k=chance.randint(1, 9)) + chance.choices(people, k=2)
        chance.shuffle(units)
        _assert_alike(units, like, chance)


def _assert_alike(units: Sequence[Unit], like: _Like, chance: random.Random) -> None:
    occasions = find_occasions([alike(unit) for unit in units])
    owner = chance.choice(["", person_at(0)])
    mode = chance.choice(list(Mode))

    others = [chance.choice(like.those(unit, None)) for unit in units]
    for read in (find_bare, is_planned, name_kind):
        assert read(units) == read(others), _say(units, others)

    others = [chance.choice(like.those(unit, occasions)) for unit in units]
    found = read_sentence(units, owner, mode)
    assert read_sentence(others, owner, mode) == found, (*_say(units, others), owner, mode)
    assert alike_together([alike(unit) for unit in others]) == alike_together(
        [alike(unit) for unit in units]
    )


def _say(*many: Sequence[Unit]) -> list[list[str]]:
    return [[unit.text for unit in units] for units in many]


class _Like:
    """All listed words, and some that are not: which of them are alike, and on which occasions."""

    def __init__(self) -> None:
        self.words = _raw_words({})
        self._known: dict[int | None, dict[Unit, list[Unit]]] = {}

    def those(self, unit: Unit, occasions: int | None) -> list[Unit]:
        """Give those that can stand for a unit; without `occasions`, in whatever sentence."""
        if occasions not in self._known:
            known = self._known[occasions] = {}
            for word in self.words:
                known.setdefault(_stand_for(word, occasions), []).append(word)
        return self._known[occasions].get(_stand_for(unit, occasions), [unit])


def _stand_for(unit: Unit, occasions: int | None) -> Unit:
    return alike(unit) if occasions is None else alike(unit, occasions)


def _raw_words(more: Mapping[str, tuple[str, ...]]) -> list[Unit]:
    """Give the unit of each word by itself: all that are listed, and some that are not."""
    listed = vocabulary(more).listed
    people = [f"{person_at(number)}{owning}" for number in range(3) for owning in ("", "'s")]
    words = [*listed, *UNLISTED.split(), *people]
    return [mean(word, listed.get(word)) for word in words]


class _Raw(dict[str, Unit]):
    """The unit of each word by itself, as if none were alike."""

    def __init__(self, listed: Mapping[str, Meaning]) -> None:
        super().__init__()
        self._listed = listed

    def __missing__(self, word: str) -> Unit:
        return mean(word, self._listed.get(word))


def _read_raw(text: str) -> tuple[Unit, ...]:
    words = vocabulary({})
    for number, link in reversed(list(enumerate(find_links(text)))):
        text = f"{text[: link.start]}{person_at(number)}{text[link.end :]}"
    return read_units(text, replace(words, units=_Raw(words.listed)))


def _sentences() -> Iterator[str]:
    yield from RARE
    for path in sorted((TESTS / "sentences").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield line.partition("  =>")[0]
    for line in (TESTS / "corpus" / "daily_lines.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["line"].lstrip("- ")


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the texts that stand in functions, but for what is written about them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = None  # a docstring
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    bodies: list[ast.AST] = [part for function in functions for part in function.body]
    for node in bodies or [tree]:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield inner.lineno, inner.value
