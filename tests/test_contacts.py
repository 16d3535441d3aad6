"""Which notes are people, and what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultnet.core.contacts import _INDEX_NAME, _KIN, People, read_contacts
from vaultnet.core.links import index_links
from vaultnet.core.model import (
    Cadence,
    Contact,
    Note,
    Obsidian,
    Problem,
    Property,
    Ring,
    Rung,
    Settings,
    Severity,
    Source,
    Status,
    Value,
)
from vaultnet.core.notes import read_note


def note(path: str, properties: Mapping[str, Value] | None = None, *tags: str) -> Note:
    """Make a note whose properties stand from line 2 on."""
    return Note(
        path,
        properties=tuple(
            Property(key, value, line)
            for line, (key, value) in enumerate((properties or {}).items(), 2)
        ),
        tags=tags,
    )


def read(
    *notes: Note, settings: Settings | None = None, obsidian: Obsidian | None = None
) -> People:
    """Read the contacts of a vault that holds just these notes."""
    index = index_links((each.path for each in notes), notes)
    return read_contacts(notes, settings or Settings(), obsidian or Obsidian(), index.resolve)


def read_one(properties: Mapping[str, Value], path: str = "People/Ada Lovelace.md") -> Contact:
    """Read the one contact that has these properties."""
    (contact,) = read(note(path, {"type": "person", **properties})).contacts
    return contact


# --- which notes are people ---------------------------------------------------------------


@pytest.mark.parametrize(
    "person",
    [
        note("Ada.md", {"type": "Person"}),
        note("Ada.md", {"kind": ["note", "contact"]}),
        note("Ada.md", {"note_type": "[[Contacts]]"}),
        note("Ada.md", {"Category": [["Types/People"]]}),
        note("Ada.md", {"categories": ["[[People]]", "[[Climate]]"]}),
        note("Ada.md", {"noteType": "person, author"}),
        note("Ada.md", None, "person"),
        note("Ada.md", None, "climate", "person/colleague"),
        note("Ada.md", None, "type/person"),
        note("Ada.md", {"category": "work", "type": "note"}, "contact"),
        note("Ada.md", {"CATEGORIES": "Art, Robotics", "UID": "urn:uuid:1"}, "contact"),
        note("Work/CRM/Clients/Ada.md", {"company": "Acme"}),
        note("contacts/Ada.md", {"KIND": "individual", "BDAY": "1991-01-05"}),
        note("contacts/Ada.md", {"CATEGORIES": "Books, Robotics", "BDAY": "1991-01-05"}),
        note("People/Ada/Ada.md", {"type": "person"}),
        note("People/Jan Moc.md", {"email": "j@m.pl"}),
        note("People/Ada.md", {"role": "drummer", "tags": ["music", "startup", "company/acme"]}),
        note("People/Ada.md", {"type": "mentor", "email": "a@b.c", "tags": "company"}),
        note("People/Mama/Mama.md", {"tags": ["family"]}),
        note("Acme.md", {"tags": ["company", "person"]}, "company", "person"),
    ],
)
def test_a_person_says_so_by_type_tag_or_folder(person: Note) -> None:
    """Text, list, link and unquoted link, nested tags, any case and depth."""
    people = read(person)
    assert [each.path for each in people.contacts] == [person.path]
    assert people.doubtful == ()


@pytest.mark.parametrize(
    "other",
    [
        note("Ada.md"),
        note("Ada.md", {"type": "book"}, "personal", "climate"),
        note("Peoples/Ada.md", {"company": "Acme"}),
        note("People/Acme.md", {"type": "company", "location": "Berlin"}),
        note("People/Acme.md", {"categories": ["[[Companies]]"]}),
        note("Snip & Sip AB.md", {"KIND": "org"}, "contact"),
        note("Zandmotor.md", {"KIND": "location"}, "contact"),
        note("Retro.md", {"type": "meeting"}, "people"),
        note("People/Rex.md", {"birthday": "2020-05-01", "tags": ["family", "pet"]}),
        note("People/Acme.md", {"email": "a@b.c", "tags": "Company, climate"}),
        note("CRM/Acme.md", {"tag": "#type/org"}),
        note("People/Map.md", {"excalidraw-plugin": "parsed"}),
        note("2026-11-20.md", {"type": "person"}, "person"),
        note("People/2026-11-20 Kick-off.md", {"email": "a@b.c"}),
        note("Weekly/2026-W47.md", None, "people"),
        note("Network/This week.md", {"type": "person"}),
        note("People/People.md", {"type": "person"}, "people"),
        note("Databases/CRM/CRM.md"),
        note("People.md", None, "people"),
        note("People/README.md", None, "people"),
        note("People/_Ada.md", {"type": "person"}),
        note("People/Colleagues MOC.md", None, "people"),
        note("People/Ada.md", {"type": "person", "vaultnet": False}),
        Note("People/Ada.md", tags=("person",), template=True),
        Note("People/Ada.md", tags=("person",), plan="2026-W48"),
    ],
)
def test_what_is_no_person_is_no_contact(other: Note) -> None:
    """Things and places, dated notes, plans, folder notes, indexes, templates, and what opts out."""
    assert read(other) == People()


def test_daily_notes_are_no_contacts_in_whatever_format_they_are_named() -> None:
    """`YYYY/MM/DD` tells the day only by the whole path below the daily folder."""
    obsidian = Obsidian(daily_folder="Journal", daily_format="YYYY/MM/DD")
    people = read(
        note("Journal/2026/11/20.md", None, "person"),
        note("Journal/Ada.md", None, "person"),
        obsidian=obsidian,
    )
    assert [each.name for each in people.contacts] == ["Ada"]
    obsidian = Obsidian(daily_format="DD.MM.YYYY")
    assert read(note("20.11.2026.md", None, "person"), obsidian=obsidian) == People()


def test_folders_tags_types_and_the_plans_place_are_settings() -> None:
    """What the settings name replaces the defaults."""
    own = Settings(
        contact_folders=("Work/Menschen",),
        contact_tags=("#mensch",),
        contact_types=("Mensch",),
        plan_folder="Netz",
        backlog="Ideen.md",
    )
    people = read(
        note("work/menschen/Ada.md", {"email": "a@b.c"}),
        note("Bo.md", None, "mensch"),
        note("Cy.md", {"type": "mensch"}),
        note("People/Di.md", {"type": "person"}, "person"),
        note("Netz/Network plan 2026-W48.md", {"type": "mensch"}),
        note("Ideen.md", {"type": "mensch"}),
        settings=own,
    )
    assert [each.name for each in people.contacts] == ["Bo", "Cy", "Ada"]


@pytest.mark.parametrize("me", ["ana", "People/Ana.md", "[[Ana]]", ""])
def test_you_are_no_contact(me: str) -> None:
    """The setting names you; without it, `vaultnet: me` does."""
    ana = note("People/Ana.md", {"type": "person", "vaultnet": "me"})
    people = read(ana, note("People/Bo.md", {"knows": "[[Ana]]"}), settings=Settings(me=me))
    assert people.me == "People/Ana.md"
    assert [(each.name, each.knows) for each in people.contacts] == [("Bo", ())]


def test_a_setting_that_leads_to_no_note_of_yours_is_a_problem() -> None:
    """The note that says `vaultnet: me` is you all the same."""
    people = read(note("People/Ana.md", {"vaultnet": "me"}), settings=Settings(me="[[Anna]]"))
    assert people == People(
        me="People/Ana.md",
        problems=(
            Problem(
                "vaultnet.toml",
                0,
                "unknown-me",
                "me is 'Anna', but no note is called so: name the one that is you",
                Severity.WARNING,
            ),
        ),
    )
    assert read(settings=Settings(me="  ")) == People()


def test_what_lies_among_people_without_saying_so_is_doubtful() -> None:
    """Taken for its folder alone, or left out although it may be a person."""
    people = read(
        note("People/Ada.md"),
        note("People/Bo.md", {"type": "stakeholder", "email": "b@c.d"}),
        note("People/Cy/Cy.md"),
        Note("People/Di.md", healthy=False),
        note("People/Ed.md", {"type": "mentor", "email": "b@c.d"}),
        note("People/Reading.md", {"tags": ["book"]}, "book"),
        note("People/Zoe.md", None, "company"),
    )
    assert [each.name for each in people.contacts] == ["Ada", "Bo", "Ed", "Zoe"]
    assert people.doubtful == (
        ("People/Ada.md", "taken as a contact for its folder alone"),
        ("People/Bo.md", "taken as a contact for its folder; its type is 'stakeholder'"),
        ("People/Cy/Cy.md", "left out: it is named like its folder"),
        ("People/Di.md", "left out: its front matter cannot be read"),
        ("People/Reading.md", "left out: its tag is 'book'"),
        ("People/Zoe.md", "taken as a contact for its folder alone"),
    )


# --- what their properties mean -----------------------------------------------------------


def test_every_property_is_understood() -> None:
    """The canonical properties as a user writes them."""
    ada = note(
        "People/Ada Lovelace.md",
        {
            "type": "person",
            "name": "Ada, Countess of Lovelace",
            "aliases": ["Ada", "The Countess", "Ada Lovelace"],
            "they_know": "my work",
            "relationship": ["Mentor", "former boss"],
            "purpose": "learn how to explain [[Engines|engines]]",
            "ask": "one evening on Note G",
            "want_to_meet": "yes",
            "ring": "Strategic",
            "cadence": "6 weeks",
            "not_before": "2026-12-01",
            "last_contact": "[[Daily/2026-11-20]]",
            "status": "on hold",
            "private": True,
            "needs": "a printer, patience",
            "offers": ["punch cards", "mathematics, mostly"],
            "introduced_by": "Mary Somerville",
            "knows": [["Charles Babbage"]],
            "met": "1833-06-05 20:00",
            "met_context": "at Mary's",
            "company": "[[Companies/Analytical Engines]]",
            "role": "programmer",
            "location": "London",
            "email": "ada@example.org",
            "birthday": "1815-12-10",
            "id": "Countess 1",
        },
        "person",
        "maths",
    )
    others = (
        note("People/Mary Somerville.md", None, "person"),
        note("Charles Babbage.md", None, "person"),
    )
    assert read(ada, *others).contacts[1] == Contact(
        path="People/Ada Lovelace.md",
        name="Ada Lovelace",
        shown="Ada, Countess of Lovelace",
        key="countess-1",
        aliases=("Ada", "The Countess"),
        they_know=Rung.WORK,
        relationships=("mentor", "manager"),
        purpose="learn how to explain engines",
        ask="one evening on Note G",
        want_to_meet=True,
        ring=Ring.STRATEGIC,
        cadence=Cadence(42),
        not_before=date(2026, 12, 1),
        last_contact=date(2026, 11, 20),
        status=Status.PAUSED,
        private=True,
        needs=("a printer", "patience"),
        offers=("punch cards", "mathematics, mostly"),
        introduced_by=("People/Mary Somerville.md",),
        knows=("Charles Babbage.md",),
        met=date(1833, 6, 5),
        met_context="at Mary's",
        company="Analytical Engines",
        role="programmer",
        location="London",
        birthday=(12, 10),
        tags=("person", "maths"),
        lines={found.key: found.line for found in ada.properties if found.key != "type"},
        id="Countess 1",
    )


def test_synonyms_are_read_in_any_spelling_of_their_keys() -> None:
    """Camel case, spaces, dashes and dots make no difference."""
    ada = note(
        "People/Ada.md",
        {
            "Alias": "Countess, Enchantress",
            "relation": "friend, client",
            "circle": "buddies",
            "contactFrequency": "monthly",
            "Next-Contact": "2026/12/01",
            "lastContacted": "2026-01-01",
            "last met": 20260301,
            "looking for": "A job. Somewhere warm, by the sea.",
            "skills": ["Bernoulli numbers"],
            "can.help.with": "looms",
            "met_through": "[[Mary]], [[Nobody]]",
            "referredBy": ["[Bo](Bo.md)"],
            "date met": "1833-06-05",
            "How we met": "a party",
            "employer": "Engines & Co",
            "jobTitle": "programmer",
            "city": "London",
            "dob": "12-10",
        },
    )
    people = read(ada, note("People/Mary.md"), note("Bo.md", None, "person"))
    assert people.problems == ()
    assert people.contacts[1] == Contact(
        path="People/Ada.md",
        name="Ada",
        key="ada",
        aliases=("Countess", "Enchantress"),
        relationships=("friend", "client"),
        ring=Ring.BUDDY,
        cadence=Cadence(30),
        not_before=date(2026, 12, 1),
        last_contact=date(2026, 3, 1),
        needs=("A job. Somewhere warm, by the sea.",),
        offers=("Bernoulli numbers", "looms"),
        introduced_by=("People/Mary.md", "Bo.md"),
        met=date(1833, 6, 5),
        met_context="a party",
        company="Engines & Co",
        role="programmer",
        location="London",
        birthday=(12, 10),
        lines={
            "aliases": 2,
            "relationship": 3,
            "ring": 4,
            "cadence": 5,
            "not_before": 6,
            "last_contact": 7,
            "needs": 9,
            "offers": 10,
            "introduced_by": 12,
            "met": 14,
            "met_context": 15,
            "company": 16,
            "role": 17,
            "location": 18,
            "birthday": 19,
        },
    )


def test_a_vcard_in_front_matter_is_understood() -> None:
    """As the plugin VCF Contacts writes it."""
    card: dict[str, Value] = {
        "N.FN": "Stark",
        "N.GN": "Tony",
        "EMAIL[HOME]": "tony@example.org",
        "EMAIL[WORK]": "stark@example.com",
        "TEL[CELL]": "+13105551234",
        "BDAY": 19700529,
        "ORG": "Stark Industries",
        "TITLE": "Engineer",
        "ROLE": "Founder",
        "ADR[HOME].STREET": "10880 Malibu Point",
        "ADR[HOME].LOCALITY": "Malibu",
        "CATEGORIES": "Hero, Engineer",
        "VERSION": "4.0",
        "UID": "urn:uuid:019730a76c09e-4768-b9bc-f4e7ff3b8b8d",
    }
    (contact,) = read(note("Stark.md", card, "contact")).contacts
    assert contact == Contact(
        path="Stark.md",
        name="Stark",
        shown="Tony Stark",
        key="stark",
        company="Stark Industries",
        role="Founder",
        location="Malibu",
        birthday=(5, 29),
        tags=("contact",),
        lines={
            "email": 4,
            "phone": 6,
            "birthday": 7,
            "company": 8,
            "role": 10,
            "location": 12,
            "id": 15,
        },
        id="urn:uuid:019730a76c09e-4768-b9bc-f4e7ff3b8b8d",
    )
    assert read_one({"FN": "李伟"}, "伟 李.md").shown == "李伟"
    assert read_one({"FN": "ada lovelace", "N.GN": "Ada", "N.FN": "King"}).shown == ""


def test_ties_lead_to_contacts_only() -> None:
    """Companies, unknown names and oneself are left out; each person stands once."""
    people = read(
        note("Acme.md", {"type": "company"}),
        note("People/Ada.md", {"knows": ["[[Bo]]", "Cy, Bo", "[[Acme]]", "[[Zoe]]", "[[Ada]]"]}),
        note("People/Bo.md", {"knows": "[[Acme]]", "introduced_by": "at a party"}),
        note("People/Cy.md", {"introduced_by": "Bo"}),
    )
    assert people.problems == ()
    assert [(each.introduced_by, each.knows, each.lines) for each in people.contacts] == [
        ((), ("People/Bo.md", "People/Cy.md"), {"knows": 2}),
        ((), (), {}),
        (("People/Bo.md",), (), {"introduced_by": 2}),
    ]


def test_keys_are_plain_and_tell_everybody_apart() -> None:
    """ASCII letters, digits and dashes; a hash where letters are lost or two would share one."""
    people = read(
        note("People/Élodie Noël.md"),
        note("People/Søren K. Łuk.md"),
        note("People/伟 李.md"),
        note("People/Maximiliane Josephine von Hohenstein-Wallersdorf.md"),
        note("People/Ada.md"),
        note("Work/ada.md", None, "person"),
        note("People/Bo.md", {"id": "Staff 7"}),
    )
    assert {each.name: each.key for each in people.contacts} == {
        "Ada": "ada-50c677",
        "Bo": "staff-7",
        "Maximiliane Josephine von Hohenstein-Wallersdorf": (
            "maximiliane-josephine-von-hohenstein-wal-097e2d"
        ),
        "Søren K. Łuk": "soren-k-luk",
        "Élodie Noël": "elodie-noel",
        "伟 李": "x-693430",
        "ada": "ada-fd346d",
    }


def test_an_id_that_is_long_is_no_key() -> None:
    """A UUID would make block ids unreadable; the name stands in its place."""
    ids: list[Value] = [
        "1234567890abcdef",
        "1234567890abcdefg",
        "urn:uuid:1234567890abcdef",
        "0197f0a7-6c09-4768-b9bc-f4e7ff3b8b8d",
        42,
    ]
    assert [read_one({"id": each}).key for each in ids] == [
        "1234567890abcdef",
        "ada-lovelace",
        "1234567890abcdef",
        "ada-lovelace",
        "42",
    ]


def test_a_name_made_like_anothers_key_takes_it_from_nobody() -> None:
    """Keys stay unique even where a file is named like the key that another note was given."""
    people = read(
        note("People/Ada.md"), note("People/ada-50c677.md"), note("Work/ada.md", None, "person")
    )
    keys = [each.key for each in people.contacts]
    assert len(set(keys)) == 3


# --- laws ---------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(
    st.permutations(
        [
            note("People/Ada.md", {"knows": "[[Bo]]", "id": 7, "ring": "x"}),
            note("Old/Ada.md", {"vaultnet": "me"}, "person"),
            note("Old/Me.md", {"vaultnet": "me"}, "person"),
            note("People/Bo.md", {"introduced_by": "Ada", "cadence": "x"}),
            note("People/Cy.md", {"id": 7}),
        ]
    )
)
def test_the_order_of_notes_does_not_matter(notes: list[Note]) -> None:
    """The same vault is read the same way, however the disk lists it."""
    assert read(*notes) == read(*sorted(notes, key=lambda each: each.path))


@settings(max_examples=300, deadline=None)
@given(
    st.text("_-. aM", max_size=2),
    st.sampled_from(
        "readme Index _x template Templates dashboard DAſHBOARD İndex ındex MOC Moc Mom mum Oma "
        "Grandma Nan Nana auntie Mamá mamá Opal".split()
    ),
    st.text("_-. aMé'", max_size=14),
)
def test_a_name_says_the_same_however_few_are_looked_at_closely(
    before: str, word: str, behind: str
) -> None:
    """A glance at a name's ends spares most the patterns, and no name that one of them fits."""
    name = f"{before}{word}{behind}".strip() or word
    people = read(note(f"People/{name}.md", {"company": "Acme"}))
    assert [each.relationships for each in people.contacts] == (
        [] if re.fullmatch(_INDEX_NAME, name) else [("family",) if re.fullmatch(_KIN, name) else ()]
    )


@pytest.mark.parametrize(
    ("text", "died"),
    [
        ("Died 2024.", True),
        ("Taught me SQL. Died 2024 (heart).", True),
        ("† 3 May 2019", True),
        ("passed away in March 2021", True),
        ("Died laughing at my slides in 2024", False),
        ("[[Bo]] died 2024", False),
        ("her father died in 2020", False),
    ],
)
def test_a_note_that_tells_of_a_death_needs_no_property(text: str, *, died: bool) -> None:
    """A plan must never write to the dead because nobody filled a property in."""
    source = Source("People/Ann.md", f"{text}\n")
    (ann,) = read_contacts([read_note(source)], Settings(), Obsidian(), lambda *_: None).contacts
    assert (ann.status is Status.DIED) == died
