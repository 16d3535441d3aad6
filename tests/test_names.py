"""Names as people type them, and names that stand unlinked."""

from __future__ import annotations

from datetime import date

import pytest

from vaultnet.core.model import Contact, Source
from vaultnet.core.names import Unlinked, choose_standings, find_contacts, find_unlinked
from vaultnet.core.notes import read_note
from vaultnet.core.rings import stand

ADA = Contact("People/Ada Lovelace.md", "Ada Lovelace", aliases=("Countess",))
ADA_ONLY = Contact("People/Ada.md", "Ada")
SOREN = Contact("CRM/Søren Ångström.md", "Søren Ångström", shown="Søren")
TOMS = (Contact("CRM/Tom.md", "Tom"), Contact("People/Tom.md", "Tom"))
ALL = (ADA, ADA_ONLY, SOREN, *TOMS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ada", (ADA_ONLY,)),
        ("ada l", (ADA,)),
        ("LOVELACE", (ADA,)),
        ("love", (ADA,)),
        ("a lov", (ADA,)),
        ("countess", (ADA,)),
        ("angstrom", (SOREN,)),
        ("People/Tom.md", (TOMS[1],)),
        ("CRM/Tom", (TOMS[0],)),
        ("tom", TOMS),
        ("nobody", ()),
        (" ", ()),
    ],
)
def test_a_name_means_whom_it_fits_best(typed: str, meant: tuple[Contact, ...]) -> None:
    """Path, then the whole name, then the beginning of a word, then any part."""
    assert find_contacts(ALL, typed) == meant


def test_full_names_without_a_link_are_found() -> None:
    """Bare full names are told; links, own notes and first names are not."""
    note = read_note(
        Source("Daily/2026-11-20.md", "Met Ada Lovelace today.\n[[Ada Lovelace]] called.\nAda!\n")
    )
    own = read_note(Source(ADA.path, "Ada Lovelace likes tea.\n"))
    assert find_unlinked([note, own], ALL) == (
        Unlinked("Daily/2026-11-20.md", 1, ADA.path, "Met Ada Lovelace today."),
    )


def test_standings_are_chosen_and_ordered_within_their_rings() -> None:
    """The rings come from the inside out; within them the order is what was asked for."""
    today = date(2026, 11, 23)
    people = [
        Contact("a.md", "Zoe", relationships=("friend",), company="Klima AG"),
        Contact("b.md", "Bo", relationships=("friend",), last_contact=date(2026, 1, 1)),
        Contact("c.md", "Cy", relationships=("acquaintance",), company="klima ag"),
    ]
    standings = [stand(contact, (), today) for contact in people]

    def chosen(**wanted: str | tuple[str, ...]) -> list[str]:
        return [s.contact.name for s in choose_standings(standings, **wanted)]  # type: ignore[arg-type]  # passed through

    assert chosen() == ["Bo", "Zoe", "Cy"]
    assert chosen(company="KLIMA") == ["Zoe", "Cy"]
    assert chosen(rings=("lukewarm",)) == ["Cy"]
    assert chosen(warmths=("warm",)) == []
    assert chosen(order="due") == ["Bo", "Zoe", "Cy"]
