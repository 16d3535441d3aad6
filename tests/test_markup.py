"""Inline Markdown: links, tags, cells and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultnet.core.markup import (
    blank_inline,
    cells,
    find_links,
    find_tags,
    links_in_value,
    plain_words,
)
from vaultnet.core.model import Link, Value

SYNTAX = "[ ] [[ ]] ( ) ![ | \\ ` `` %% <!-- --> # ^ Ada .md < > * ** == _ :: 📅 🔁".split()
PIECES = st.lists(st.sampled_from([*SYNTAX, " ", "2026-11-20", "every week"])).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("met [[Ada Lovelace]] today", [("Ada Lovelace", "Ada Lovelace")]),
        ("[[Ada Lovelace|her]], [[Bob]]", [("Ada Lovelace", "her"), ("Bob", "Bob")]),
        ("[[People/Ada#Log^abc]]", [("People/Ada", "People/Ada > Log^abc")]),
        ("[[Ada.md]] [[Ada#^abc|there]]", [("Ada", "Ada.md"), ("Ada", "there")]),
        (r"| [[Ada\|her]] |", [("Ada", "her")]),
        ("[her](People/Ada%20Lovelace.md#Log)", [("People/Ada Lovelace", "her")]),
        ("[her](<My notes/Ada (uni).md>)", [("My notes/Ada (uni)", "her")]),
        ('[x](Ada_(uni).md "title")', [("Ada_(uni)", "x")]),
        (r"[Ada \[x\]](Ada%20%5Bx%5D.md) [B\_o](Bo.md)", [("Ada [x]", "Ada [x]"), ("Bo", "B_o")]),
        ("[[Dr. Ada]] [[2026.11.20]]", [("Dr. Ada", "Dr. Ada"), ("2026.11.20", "2026.11.20")]),
        ("[[[Ada]]]", [("Ada", "Ada")]),
        ("[[ Ada | her ]]", [("Ada", "her")]),
    ],
)
def test_a_link_has_a_target_and_what_its_reader_sees(
    text: str, expected: list[tuple[str, str]]
) -> None:
    """Wikilinks and Markdown links to notes are found in order, in all their forms."""
    assert [(link.target, link.shown) for link in find_links(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "![[Ada]] and ![Ada](Ada.md)",
        "[[#Heading]] and [here](#heading)",
        "[[scan.pdf]] [[face.PNG|face]] [face](face.png)",
        "[site](https://ada.example/x.md) [mail](mailto:ada@x.md) [o](obsidian://open?file=Ada.md)",
        r"\[[Ada]] and \[Ada](Ada.md)",
        "[ ] [x] [[]] [[|x]] [a] (Ada.md)",
    ],
)
def test_what_leads_to_no_note_is_no_link(text: str) -> None:
    """Embeds, the web, attachments, headings of the same note and escaped brackets are no links."""
    assert find_links(text) == ()


def test_a_link_knows_where_it_stands() -> None:
    """Start and end cut the link as it is written out of its text."""
    text = "☕ with [[Ada|her]] and [Bob](Bob.md)"
    assert [text[link.start : link.end] for link in find_links(text)] == [
        "[[Ada|her]]",
        "[Bob](Bob.md)",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("[[Ada]]", ["Ada"]),
        (["[[Ada]]", "and [[Bob|B]]", 3, None], ["Ada", "Bob"]),
        ([["Ada"]], ["Ada"]),
        ([["Lovelace", "Ada"]], ["Lovelace, Ada"]),
        ([["Ada|her"]], ["Ada"]),
        ([[["Ada"]], [["Bob"]]], ["Ada", "Bob"]),
        ([["[[Ada]]"]], ["Ada"]),
        ([[2026]], ["2026"]),
        ({"a": "[[Ada]]"}, ["Ada"]),
        (["Ada"], []),
        (True, []),
        ([[]], []),
    ],
)
def test_a_property_may_hold_links_in_many_ways(value: Value, expected: list[str]) -> None:
    """Links are found in text, lists, and where missing quotes made lists in a list of them."""
    assert [link.target for link in links_in_value(value)] == expected


def test_tags_follow_obsidians_rule() -> None:
    """A tag stands behind a space, holds more than digits, and may be nested."""
    text = (
        "#Person met #work/Climate-2 and #ok, not#this #2026 https://x.y/#no #été \\#no #👋 (#no)"
    )
    assert find_tags(text) == ("person", "work/climate-2", "ok", "été", "👋")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `[[Ada]]` b", "a   b"),
        ("a ``x ` y`` b ` c", "a   b ` c"),
        ("a <!-- x --> b %% y %% c", "a   b   c"),
        ("see ![[pic.png|100]] and ![alt](x.png)", "see   and  "),
        (r"a \`no\` %% open", r"a \`no\` %% open"),
        ("`<!--` a -->", "  a -->"),
        ("nothing", "nothing"),
    ],
)
def test_what_is_not_live_is_blanked(text: str, expected: str) -> None:
    """Code spans, comments and embeds become a space; what is never closed stays."""
    assert blank_inline(text) == expected


def test_a_row_has_cells() -> None:
    """A row is split at its bars, but not at those with a backslash."""
    assert cells(r"| 2026-11-20 | [[Ada\|her]] || met |") == (
        "2026-11-20",
        "[[Ada|her]]",
        "",
        "met",
    )
    assert cells("a | b") == ("a", "b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Had **coffee** with [[Ada Lovelace|Ada]] #log/x ✅ 2026-11-20 ^abc-1",
            "Had coffee with Ada",
        ),
        ("==Send== ~~it~~ ⏫ 🔁 every 2 weeks 📅 2026-12-01", "Send it"),
        ("Send [due:: 2026-12-01] it [completion:: 2026-11-24]", "Send it"),
        (
            "*so* _it_ is: snake_case, 5*3, 2 ** 3, a == b",
            "so it is: snake_case, 5*3, 2 ** 3, a == b",
        ),
        ("[[Ada#Log]], [site](https://x.y) and ![[pic.png]]", "Ada > Log, site and"),
        ("issue #12 is a\\*b and 🔁 again", "issue #12 is a*b and again"),
        ("said[^1] so", "said so"),
    ],
)
def test_words_read_as_their_reader_sees_them(text: str, expected: str) -> None:
    """Links show their text; emphasis, tags, task fields and block ids are gone."""
    assert plain_words(text) == expected


@given(st.one_of(st.text(), PIECES))
def test_no_text_makes_reading_inline_markup_fail(text: str) -> None:
    """Whatever the text, links lie within it, one behind the other, and nothing is raised."""
    links = find_links(text)
    places = [place for link in links for place in (link.start, link.end)]
    assert places == sorted(places)
    assert all(link.target and text[link.start] == "[" for link in links)
    assert all(tag == tag.lower() for tag in find_tags(text))
    assert len(blank_inline(text)) <= len(text)
    assert "\n" not in plain_words(text)
    assert all(cell == cell.strip() for cell in cells(text))
    assert all(isinstance(link, Link) for link in links_in_value([text, [[text]]]))


@pytest.mark.parametrize("piece", ["[", "[[", "[[a", "[x](", "![", "`", "` ``", "<!--", "%% `"])
def test_a_long_hostile_line_is_read_in_linear_time(piece: str) -> None:
    """Two hundred thousand characters of openings without an end are read at once."""
    line = piece * (200_000 // len(piece))
    assert find_links(blank_inline(line)) == ()
    assert plain_words(line) is not None
