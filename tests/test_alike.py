"""Units that no rule can tell apart are one: what a sentence tells is never another for that."""

from __future__ import annotations

import ast
import inspect
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from vaultnet.core.evidence.alike import BEGINNING, ENDINGS, RULES, alike, find_asked
from vaultnet.core.evidence.sentence import (
    Mode,
    find_bare,
    is_planned,
    name_kind,
    read_sentence,
)
from vaultnet.core.evidence.units import PERSONS, Meaning, mean, read_units, vocabulary
from vaultnet.core.evidence.words import Unit
from vaultnet.core.frozen import replace
from vaultnet.core.markup import find_links

TESTS = Path(__file__).parent
UNLISTED = (
    "ferry quarry register's archived lantern's evening's planting recall backyard backed gregs Ü "
    "mustn't we'll quickly oily 7 12 1987 2019 2119 ٢٠٢٠ … ... # * ~ 🦆 bbc re-sent presents"
)
"""Words and signs that stand in no list, with every ending that is asked for."""


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


def test_sentences_are_read_alike_whatever_stands_for_their_words() -> None:
    """Each word may stand for all that are alike: sentences people write, with others put in."""
    chance = random.Random(1)  # noqa: S311 - no secret
    like = _like(_raw_words({}))
    for text in _sentences():
        units = _read_raw(text)
        for _ in range(3):
            others = [chance.choice(like.get(alike(unit), [unit])) for unit in units]
            _assert_alike(units, others, chance)


def test_any_words_are_read_alike_whatever_stands_for_them() -> None:
    """The same of words thrown together, in which rules meet that no sentence brings together."""
    chance = random.Random(2)  # noqa: S311 - no secret
    like = _like(_raw_words({}))
    every = list(like)
    people = [alike(mean(person, None)) for person in PERSONS[:3]]
    for _ in range(3000):
        units = chance.choices(every, k=chance.randint(1, 9)) + chance.choices(people, k=2)
        chance.shuffle(units)
        _assert_alike(units, [chance.choice(like[unit]) for unit in units], chance)


def _assert_alike(units: Sequence[Unit], others: Sequence[Unit], chance: random.Random) -> None:
    owner = chance.choice(["", PERSONS[0]])
    mode = chance.choice(list(Mode))
    said = [unit.text for unit in units], [unit.text for unit in others], owner, mode
    assert read_sentence(units, owner, mode) == read_sentence(others, owner, mode), said
    for read in (find_bare, is_planned, name_kind):
        assert read(units) == read(others), said


def _raw_words(more: Mapping[str, tuple[str, ...]]) -> list[Unit]:
    """Give the unit of each word by itself: all that are listed, and some that are not."""
    listed = vocabulary(more).listed
    people = [*PERSONS[:3], *(f"{person}'s" for person in PERSONS[:3])]
    words = [*listed, *UNLISTED.split(), *people]
    return [mean(word, listed.get(word)) for word in words]


def _like(units: Sequence[Unit]) -> dict[Unit, list[Unit]]:
    like: dict[Unit, list[Unit]] = {}
    for unit in units:
        like.setdefault(alike(unit), []).append(unit)
    return like


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
        text = f"{text[: link.start]}{PERSONS[number]}{text[link.end :]}"
    return read_units(text, replace(words, units=_Raw(words.listed)))


def _sentences() -> Iterator[str]:
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
