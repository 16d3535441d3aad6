"""Which note a link means."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from vaultnet.core.links import LinkIndex, find_alias_links, index_links
from vaultnet.core.markup import find_links
from vaultnet.core.model import Form, Line, Note, Property, Value

VAULT = (
    "Ada Lovelace.md",
    "Archive/Jo.md",
    "Databases/CRM/Jane Doe.md",
    "Notes/CRM/Old/Jane Doe.md",
    "Notes/2026-11-20.md",
    "Notes/Plan.md",
    "People/Jo.md",
    "People/Élodie.md",
    "Plan.md",
)


def resolve(source: str, target: str) -> str | None:
    """Resolve a link in the vault above."""
    return index_links(VAULT).resolve(source, target)


def note(path: str, *texts: str, **properties: Value) -> Note:
    """Make a note with properties from line 2 and text from line 10."""
    return Note(
        path,
        properties=tuple(
            Property(key, value, line) for line, (key, value) in enumerate(properties.items(), 2)
        ),
        lines=tuple(
            Line(number, Form.TEXT, text, links=find_links(text))
            for number, text in enumerate(texts, 10)
        ),
    )


def test_a_name_finds_its_note_wherever_it_lies() -> None:
    """Case, composition and the ending `.md` do not matter; an unknown name finds nothing."""
    assert resolve("Notes/Plan.md", "ada lovelace") == "Ada Lovelace.md"
    assert resolve("Plan.md", "2026-11-20") == "Notes/2026-11-20.md"
    assert resolve("Plan.md", " Ada Lovelace.md ") == "Ada Lovelace.md"
    assert resolve("Plan.md", "Ada\xa0Lovelace") == "Ada Lovelace.md"
    assert resolve("Plan.md", unicodedata.normalize("NFD", "ÉLODIE")) == "People/Élodie.md"
    assert resolve("Plan.md", "Nobody") is None
    assert resolve("Plan.md", "race.md") is None


def test_of_several_notes_of_one_name_the_nearest_is_meant() -> None:
    """The exact path comes first, then the source's own folder, then the shortest path."""
    assert resolve("Notes/2026-11-20.md", "Plan") == "Plan.md"
    assert resolve("Archive/Jo.md", "Jo") == "Archive/Jo.md"
    assert resolve("People/Élodie.md", "jo") == "People/Jo.md"
    assert resolve("Plan.md", "Jo") == "People/Jo.md"
    assert resolve("Plan.md", "Jane Doe") == "Databases/CRM/Jane Doe.md"


def test_a_path_may_be_whole_partial_absolute_or_relative() -> None:
    """A part of a path matches at its end, by whole folders; `..` never leaves the vault."""
    assert resolve("Plan.md", "people/jo") == "People/Jo.md"
    assert resolve("Plan.md", "CRM/Jane Doe") == "Databases/CRM/Jane Doe.md"
    assert resolve("Plan.md", "Old/Jane Doe") == "Notes/CRM/Old/Jane Doe.md"
    assert resolve("Plan.md", "ld/Jane Doe") is None
    assert resolve("Notes/Plan.md", "CRM/Old/Jane Doe.md") == "Notes/CRM/Old/Jane Doe.md"
    assert resolve("Notes/2026-11-20.md", "/Plan") == "Plan.md"
    assert resolve("Notes/2026-11-20.md", "./Plan.md") == "Notes/Plan.md"
    assert resolve("Notes/Plan.md", "../People/Jo.md") == "People/Jo.md"
    assert resolve("Notes/Plan.md", "../../People/Jo.md") is None
    assert resolve("Notes/Plan.md", "./Jo") is None


def test_a_link_without_a_target_means_its_own_note() -> None:
    """`[[#Log]]` stays where it is."""
    assert resolve("People/Jo.md", "") == "People/Jo.md"


def test_two_notes_that_differ_in_case_are_reached_by_their_spelling() -> None:
    """On a file system that knows case, `ada.md` and `Ada.md` may stand side by side."""
    index = index_links(("ada.md", "Ada.md"))
    assert [index.resolve("", name) for name in ("ada", "Ada")] == ["ada.md", "Ada.md"]


def test_an_alias_counts_unless_a_note_bears_the_name_or_two_share_it() -> None:
    """Names beat aliases; an alias of two notes means neither."""
    notes = (
        note("People/Ada Lovelace.md", aliases=["Ada", "Plan", 7, None]),
        note("People/Jo Field.md", alias="Jo, Joey"),
        note("People/Joanna.md", Aliases=["joey"]),
        note("Plan.md"),
    )
    index = index_links((each.path for each in notes), notes)
    answers = {name: index.resolve("Plan.md", name) for name in ("ADA", "Plan", "Jo", "Joey")}
    assert answers == {
        "ADA": "People/Ada Lovelace.md",
        "Plan": "Plan.md",
        "Jo": "People/Jo Field.md",
        "Joey": None,
    }


def test_a_link_by_alias_is_hinted_at_with_what_obsidian_would_open() -> None:
    """One hint a line, in properties too; links that Obsidian resolves are fine."""
    notes = (
        note("People/Ada Lovelace.md", aliases=["Ada"]),
        note("Old/Jo.md", alias="Joey"),
        note("People/Jo.md"),
        note(
            "2026-11-20.md",
            "Coffee with [[Ada#Log]] and [[Joey|my friend]], then [[Ada Lovelace|Ada]].",
            "Wrote to [[Nobody]].",
            with_=["[[ada]]"],
        ),
    )
    index = index_links((each.path for each in notes), notes)
    expected = """\
2026-11-20.md:2: [[ada]] is an alias, which Obsidian leaves unresolved: write [[Ada Lovelace|ada]]
2026-11-20.md:10: [[Ada#Log]] and [[Joey|my friend]] are aliases, which Obsidian leaves unresolved: \
write [[Ada Lovelace#Log|Ada]] and [[Old/Jo|my friend]]"""
    assert expected == "\n".join(map(str, find_alias_links(notes, index)))


def test_the_best_link_is_the_bare_name_where_that_is_enough() -> None:
    """A name that two notes bear, in whatever case, is linked by its path."""
    index = index_links(("Plan.md", "People/Ada.md", "People/Jo.md", "Old/jo.md"))
    assert [index.best_link(path) for path in ("People/Ada.md", "People/Jo.md", "Old/jo.md")] == [
        "Ada",
        "People/Jo",
        "Old/jo",
    ]
    assert index.best_link("Network/Plan.md") == "Network/Plan"
    assert index.best_link("Network/New.md") == "New"


NAMES = st.text("aAé/. ", min_size=1, max_size=8)


@given(st.lists(NAMES, max_size=8), NAMES)
def test_the_best_link_leads_back_from_anywhere(stems: list[str], source: str) -> None:
    """Whatever the notes are called, the link we would write reaches the note we mean."""
    tidy = {"/".join(part.strip(" .") or "x" for part in stem.split("/")) for stem in stems}
    paths = {unicodedata.normalize("NFC", stem).lower() + ".md" for stem in tidy}
    index = index_links(paths)
    assert {path: index.resolve(source, index.best_link(path)) for path in paths} == {
        path: path for path in paths
    }


@given(st.text(), st.text(), st.lists(st.text()))
def test_no_target_makes_resolving_fail(source: str, target: str, paths: list[str]) -> None:
    """Any text may stand in brackets, and any bytes in a path."""
    index = index_links(paths)
    assert index.resolve(source, target) in {None, source, *paths}
    assert index_links(reversed(paths)) == index
    assert LinkIndex().resolve(source, target) in {None, source}
