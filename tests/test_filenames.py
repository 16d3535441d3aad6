"""Names of people become names of files."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultnet.core.filenames import find_collisions, safe_name
from vaultnet.core.fill import fill_template, find_placeholder


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Jose\u0301 Ångström", "José Ångström"),
        ('AC/DC: "Angus" ', "AC DC Angus"),
        ("../../etc/passwd", "etc passwd"),
        ("A[B]#C^D|E\\F", "A B C D E F"),
        ("Con", "Con_"),
        ("nul.old", "nul_.old"),
        ("COM¹", "COM¹_"),
        ("Connie", "Connie"),
        (".hidden. ", "hidden"),
        ("Ada\n\u202eevil\x1b", "Ada evil"),
        ("…", "…"),
        ("///", ""),
    ],
)
def test_a_name_is_safe_everywhere(name: str, safe: str) -> None:
    """One component without what any system reserves."""
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_any_text_gives_a_safe_name_or_none(text: str) -> None:
    """Whatever is typed; and what is safe stays as it is."""
    name = safe_name(text)
    assert len(f"{name}.md".encode()) <= 200
    assert not set(name) & set('<>:"/\\|?*[]#^\0\n')
    assert name == unicodedata.normalize("NFC", name).strip(". ")
    assert safe_name(name) == name


def test_a_long_name_is_cut_at_a_whole_letter() -> None:
    """No half of a character, and no accent without its letter."""
    assert safe_name("ü" * 300) == "ü" * 98
    assert safe_name("x" * 196 + "q\u0323" * 9) == "x" * 196


def test_names_that_one_disk_would_not_tell_apart_are_found() -> None:
    """Case and composition make no difference on many disks."""
    paths = ["People/José.md", "People/jose.md", "Old/José.md"]
    assert find_collisions("people/JOSE\u0301.md", paths) == ("People/José.md",)
    assert find_collisions("People/Jo.md", paths) == ()


def test_a_template_is_filled_as_obsidian_does() -> None:
    """Title and day; what nobody told stays, and is found."""
    text = "# {{title}} {{ Date }} {{date:D.M.YY [am] dddd}}"
    assert fill_template(text, "Ada", date(2026, 11, 4)) == "# Ada 2026-11-04 4.11.26 am Wednesday"
    assert find_placeholder(fill_template("{{date:HH:mm}}", "Ada", date(2026, 11, 4)))
    assert find_placeholder("<% tp.file.title %>") == "<% tp.file.title %>"
    assert find_placeholder("{{title") == ""
