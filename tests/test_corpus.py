"""Lines as people really write them in their daily notes, and how many are understood."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from measure_corpus import Case, Expected, Figures, measure, read_cases

CORPUS = Path(__file__).parent / "corpus" / "daily_lines.jsonl"
"""Labelled by a reader of the contract who had not seen the rules."""


def test_hardly_anything_is_found_that_did_not_happen() -> None:
    """Precision comes first: a wrong "you spoke last week" silences a reminder."""
    figures = _figures()

    assert figures.precision >= 0.98, f"\n{figures}"


def test_most_of_what_happened_is_found() -> None:
    """What people write, in whatever hand, is understood nine times out of ten."""
    figures = _figures()

    assert figures.recall >= 0.90, f"\n{figures}"


def test_who_turned_to_whom_is_understood() -> None:
    """Direction follows the sentence."""
    figures = _figures()

    assert figures.direction_accuracy >= 0.95, f"\n{figures}"


def test_corpus_is_no_easy_one() -> None:
    """Four lines in ten tell of nothing, so that taking every link for a meeting fails."""
    cases = _cases()
    quiet = sum(not case.expected for case in cases)

    assert len(cases) == 320
    assert quiet / len(cases) > 0.35


def test_each_fault_is_counted_once_and_told() -> None:
    """The measure itself is right about a line found, one missed, one wrong, one by the way."""
    coffee = Expected("Ada Stone", ("coffee",), ("both",))
    maybe = Expected("Ben Oda", ("met",), ("both",), optional=True)
    cases = [
        Case("- coffee with [[Ada Stone]]", (coffee,)),
        Case("- coffee with [[Ada Stone]]", (Expected("Ada Stone", ("call",), ("in",)),)),
        Case("- [[Ada Stone]] has a new dog", (coffee,)),
        Case("- coffee with [[Ben Oda]]"),
        Case("- [[Ben Oda]] has a new dog", (maybe,)),
    ]

    figures = measure(cases)

    assert figures == Figures(
        lines=5,
        telling=3,
        expected=3,
        right=2,
        wrong=1,
        matched=2,
        kinds=1,
        directions=1,
        misses=(
            "found Ada Stone (coffee, both), expected Ada Stone (call, in): - coffee with [[Ada Stone]]",
            "not found: Ada Stone (coffee, both): - [[Ada Stone]] has a new dog",
            "wrong: Ben Oda (coffee, both): - coffee with [[Ben Oda]]",
        ),
    )


@cache
def _cases() -> tuple[Case, ...]:
    return read_cases(CORPUS.read_text(encoding="utf-8"))


@cache
def _figures() -> Figures:
    return measure(_cases())
