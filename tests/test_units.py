"""A line's text becomes units: word by word where that is enough, else as a whole."""

from __future__ import annotations

import json
import marshal
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultnet.core.evidence.units import (
    Vocabulary,
    pack_words,
    read_units,
    unpack_words,
    vocabulary,
)
from vaultnet.core.evidence.words import Part, Unit
from vaultnet.core.frozen import replace

CORPUS = Path(__file__).parent / "corpus" / "daily_lines.jsonl"
PIECES = (
    " |  |\t|\u00a0|\u2003|.|,|:|-|–|'|’s|\"|“|”|«|»|„|(|!|/|::|#|*|_|`|=|~|^|\\|1|12|1:1|at 5|10am|30 min|2019|1,000|"
    "one|to|one on one|one-on-one|phone|on|along|with|without|rec'd|b/c|abt|tel.|hotel.|w/o|w/|w|w.|re:|there:|"
    "evening|good evening|today|Monday|day|a|weekly|bi-weekly|lovely|\ue000|\ue001|\ue000's|\ue000'|meeting|call|"
    "catch up|catch-up|Coffee|☕\ufe0f|📅|e\u0301|É|ΟΔΟΣ|Σ|K|İ|`|\u1fef|follow-up needed|well-known|don't|"
    "no|answer|each|other|...|…|->|<->|喝|2026-11-20|[x]|x"
).split("|")


def test_a_phrase_is_one_unit_the_longest_that_fits() -> None:
    """Words that mean something together are read together, the more the better."""
    words = vocabulary({})

    def parts(text: str) -> list[int]:
        return [unit.part for unit in read_units(text, words)]

    assert len(parts("no answer")) == 1
    assert len(parts("catch up call")) == 1
    assert len(parts("no answers")) == 2
    assert parts("she had no answer from") == [
        *parts("she"),
        *parts("had"),
        *parts("no answer from"),
    ]


def test_a_dash_before_everything_parts_nothing() -> None:
    """A line may begin with a dash, or with several."""
    words = vocabulary({})

    assert read_units("— – coffee – yes", words) == read_units("coffee – yes", words)
    assert read_units("—", words) == ()
    assert read_units("", words) == ()


def test_what_is_listed_is_found_where_it_stands() -> None:
    """A word or phrase of the lists, read as a line, is that word or phrase."""
    words = replace(vocabulary({}), units=_Texts())
    lost = [text for text in words.listed if [u.text for u in read_units(text, words)] != [text]]

    assert lost == ["next half-term"]  # `half-term` alone is two words


@given(st.lists(st.sampled_from("one along with rec'd w abt a phone to x".split()), min_size=1))
def test_a_users_own_words_are_found_where_they_stand(pieces: Sequence[str]) -> None:
    """Whatever is made plain in a line is so in the settings."""
    text = " ".join(pieces)

    assert [unit.free for unit in read_units(text, vocabulary({"coffee": (text,)}))] == [True]


@pytest.mark.parametrize(
    "more", [{}, {"coffee": ("Fika", "喝茶", "one on one chat"), "met": ("ran-in",)}]
)
def test_words_mean_the_same_when_they_were_packed(more: Mapping[str, tuple[str, ...]]) -> None:
    """A vocabulary that was kept is the one that is gathered, for every word and phrase."""
    words = vocabulary(more)
    again = unpack_words(marshal.loads(marshal.dumps(pack_words(words))))  # noqa: S302 - our own

    assert dict(again.listed) == dict(words.listed)
    assert again.phrases == words.phrases
    assert again.hyphened == words.hyphened
    assert again.unspaced == words.unspaced
    for text in (*words.listed, "ferry", "unlisted-word", "喝茶", *PIECES):
        assert read_units(text, again) == read_units(text, words)


def test_lines_are_read_word_by_word_as_they_are_read_whole() -> None:
    """Lines as people write them fall into the same words either way."""
    words = vocabulary({})
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        _assert_same_either_way(json.loads(line)["line"], words)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12))
def test_any_text_is_read_word_by_word_as_it_is_read_whole(pieces: Sequence[str]) -> None:
    """What means more beside other words is not read by itself."""
    for more in ({}, {"coffee": ("to day", "well-known", "喝咖啡")}, {"coffee": ("to day", "x-y")}):
        for between in ("", " "):
            _assert_same_either_way(between.join(pieces), vocabulary(more))


def _assert_same_either_way(text: str, words: Vocabulary) -> None:
    apart = replace(words, units=_Texts())
    whole = replace(apart, tokens=_Never())

    assert [unit.text for unit in read_units(text, apart)] == [
        unit.text for unit in read_units(text, whole)
    ]


class _Never(dict[str, None]):
    """No word can be read by itself."""

    def __missing__(self, run: str) -> None:
        return None


class _Texts(dict[str, Unit]):
    """No word means anything."""

    def __missing__(self, word: str) -> Unit:
        return Unit(Part.WORD, word)
