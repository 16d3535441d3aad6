"""Patterns that are compiled when they are first asked."""

from __future__ import annotations

import re

import pytest

from vaultnet.core.pattern import lazy_pattern


@pytest.mark.parametrize("first", ["search", "match", "fullmatch", "findall", "split"])
def test_answers_as_re_does(first: str) -> None:
    """Whatever a pattern is asked first, and then, it answers as `re` does."""
    written, flags = r"(b+)", re.IGNORECASE
    lazy, known = lazy_pattern(written, flags), re.compile(written, flags)
    for method in (first, "search", "match", "fullmatch", "findall", "split"):
        for text in ("aBba b", "BBB", "", "none"):
            found, expected = getattr(lazy, method)(text), getattr(known, method)(text)
            assert getattr(found, "span", lambda found=found: found)() == (
                getattr(expected, "span", lambda expected=expected: expected)()
            )
    assert lazy.sub("x", "aBba b", count=1) == known.sub("x", "aBba b", count=1)
    assert [m.span() for m in lazy.finditer("abab", 2)] == [(3, 4)]
    assert lazy.pattern == written
    assert lazy.groups == 1


def test_waits_to_be_asked() -> None:
    """A pattern that nobody asks is not even looked at."""
    broken = lazy_pattern("(")
    with pytest.raises(re.error):
        broken.search("")
