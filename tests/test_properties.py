"""What the properties of a person's note mean."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultnet.core.model import (
    Cadence,
    Form,
    Line,
    Note,
    Property,
    Rung,
    Severity,
    Value,
)
from vaultnet.core.properties import Fields, Meaning, read_properties


def read(properties: Mapping[str, Value], *lines: Line) -> Meaning:
    """Understand the note of Ada Lovelace, whose properties stand from line 2 on."""
    found = (Property(key, value, line) for line, (key, value) in enumerate(properties.items(), 2))
    return read_properties(Note("People/Ada Lovelace.md", tuple(found), lines=lines))


def told(properties: Mapping[str, Value]) -> Fields:
    """Read what these properties tell of her."""
    return read(properties).fields


def test_the_canonical_key_wins_and_of_two_spellings_the_first() -> None:
    """An empty canonical property leaves the word to its synonym."""
    fields = told(
        {
            "title": "engineer",
            "role": "programmer",
            "Company": "Acme",
            "company": "Other",
            "location": None,
            "city": "London",
        }
    )
    assert fields == {"role": "programmer", "company": "Acme", "location": "London"}


def test_what_does_not_fit_a_synonym_is_the_users_own() -> None:
    """No problem, and nothing is taken; empty properties are unset."""
    own: dict[str, Value] = {
        "title": "Ada Lovelace",
        "status": "🌱",
        "circle": "book club",
        "relation": {"a": 1},
        "keep_in_touch": True,
        "snooze": "a while",
        "position": 3,
        "dob": "spring",
        "last_chat": "about the sea",
        "purpose": "",
        "they_know": None,
        "needs": [],
        "company": "[[]]",
        "ring": "  ",
    }
    assert read({"name": "The Countess", **own}) == Meaning(
        fields={"shown": "The Countess"}, lines={"name": 2}
    )


@pytest.mark.parametrize("value", ["-", "?", "never", "n/a", "nie"])
def test_that_there_was_no_contact_yet_is_no_fault(value: str) -> None:
    """In place of the last contact's day may stand that there was none."""
    assert read({"last_contact": value}) == Meaning(fields={}, lines={})


@pytest.mark.parametrize("title", ["ada-lovelace", "The Countess", "Ada, the engineer"])
def test_a_title_that_names_the_note_is_no_role(title: str) -> None:
    """The note's name in another spelling, an alias, or the note's heading."""
    heading = Line(5, Form.HEADING, "Ada, the engineer", level=1)
    assert read({"title": title, "alias": "The countess"}, heading).fields == {
        "aliases": ("The countess",)
    }


@pytest.mark.parametrize("status", ["active", "in progress", "lead", ["someday"], True, 3])
def test_a_status_in_the_users_own_words_is_theirs(status: Value) -> None:
    """Only words that nearly spell ours are a problem."""
    assert read({"status": status}) == Meaning(fields={}, lines={})


def test_a_canonical_property_that_cannot_be_understood_is_a_problem() -> None:
    """With path, line, and what can be written instead."""
    expected = """\
People/Ada Lovelace.md:2: ring 'budy' is none of buddy, strategic, lukewarm, cold (did you mean 'buddy'?)
People/Ada Lovelace.md:3: they_know 'everything' is none of nothing, my name, what I do, my work, would recommend
People/Ada Lovelace.md:4: status 'archieved' is none of paused, archived, do not contact, died (did you mean 'archived'?)
People/Ada Lovelace.md:5: cadence 'sometimes' is no rhythm: write 6 weeks, 6w, a number of days, weekly, \
fortnightly, monthly, quarterly, twice a year, yearly or never
People/Ada Lovelace.md:6: want_to_meet 'perhaps' is neither true nor false
People/Ada Lovelace.md:7: private 'rather' is neither true nor false: taken as true
People/Ada Lovelace.md:8: not_before '2026-02-30' is no day that can be read: write it as 2025-03-15
People/Ada Lovelace.md:9: last_contact 'true' is no day that can be read: write it as 2025-03-15
People/Ada Lovelace.md:10: met '05/06/1833' is no day that can be read: write it as 2025-03-15
People/Ada Lovelace.md:11: birthday '10/12/1815' is no day: write it as 1991-05-23 or 05-23
People/Ada Lovelace.md:12: company '…' cannot be read: write text
People/Ada Lovelace.md:13: needs 'true' cannot be read: write text or a list
People/Ada Lovelace.md:14: knows 'true' cannot be read: write links to notes"""
    broken: dict[str, Value] = {
        "ring": "budy",
        "they_know": "everything",
        "status": "archieved",
        "cadence": "sometimes",
        "want_to_meet": "perhaps",
        "private": "rather",
        "not_before": "2026-02-30",
        "last_contact": True,
        "met": "05/06/1833",
        "birthday": "10/12/1815",
        "company": {"name": "Acme"},
        "needs": True,
        "knows": True,
    }
    meaning = read(broken)
    assert "\n".join(map(str, meaning.problems)) == expected
    errors = [each.line for each in meaning.problems if each.severity is Severity.ERROR]
    assert errors == [2, 3, 4, 5, 6, 7, 8, 9]
    assert meaning.fields == {"private": True}
    assert meaning.lines == {}


@pytest.mark.parametrize(
    ("rung", "answers"),
    [
        (Rung.NOTHING, ["nothing", "Nothing yet", "never heard of me", "doesn't know me", False]),
        (Rung.NAME, ["my name", "Name", "my name only", "heard of me", "knows of me", "who I am"]),
        (Rung.WHAT, ["what I do", "knows what I do", "WHAT", ["my name", "what I do"]]),
        (Rung.WORK, ["my work", "knows my work", "they know my work", "work", "name and work"]),
        (Rung.RECOMMEND, ["would recommend", "would recommend me", "Recommend", "recommends me"]),
        (None, ["would not recommend", "might recommend", "not my name", True, 3, "?"]),
    ],
)
def test_what_they_know_may_vary_in_its_words(rung: Rung | None, answers: list[Value]) -> None:
    """Case and small variations are free; a denial is never read as its opposite."""
    assert {str(each): told({"they_know": each}).get("they_know") for each in answers} == {
        str(each): rung for each in answers
    }


@pytest.mark.parametrize(
    ("days", "rhythms"),
    [
        (7, ["weekly", "Every week", "7", "1w", "once a week"]),
        (14, ["fortnightly", "biweekly", "every other week", "two weeks", "2 wks"]),
        (30, ["monthly", 30, "30", "every month", "once a month", "1 month"]),
        (42, ["6 weeks", "6w", "every 6 weeks", "42d", 42.0, "six weeks"]),
        (91, ["quarterly", "3 months", "3m", "every quarter", "4x a year"]),
        (182, ["twice a year", "twice yearly", "half-yearly", "6 months", "2 times per year"]),
        (365, ["yearly", "annually", "once a year", "a year", "365 days"]),
        (730, ["2 years", "every two years"]),
    ],
)
def test_a_cadence_is_read_in_days(days: int, rhythms: list[Value]) -> None:
    """A month is a twelfth of a year, 30 days; a quarter 91."""
    assert {str(each): told({"cadence": each}).get("cadence") for each in rhythms} == {
        str(each): Cadence(days) for each in rhythms
    }


def test_a_cadence_may_be_never_but_not_nonsense() -> None:
    """`never` is a rhythm; no days, too many, or a truth value are none."""
    for never in ("never", "None", False):
        assert told({"cadence": never}) == {"cadence": Cadence(None)}
    for nonsense in (0, "0", -3, 99999, True, "often", "0 times a year", float("nan"), 10**5000):
        assert told({"cadence": nonsense}) == {}


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Boss, close coworker", ("manager", "close colleague")),
        (["customer", "[[Mentee]]", "#friend"], ("client", "mentee", "friend")),
        ("best friend / ex-colleague", ("friend", "colleague")),
        (["Sister-in-law", "in-laws", "Oma"], ("family",)),
        (["grandmother", "stepfather", "godfather", "mother in law"], ("family",)),
        ("cousin and client", ("family", "client")),
        ("Friend of a friend", ("friend of a friend",)),
        ("ex-wife", ("ex wife",)),
        ("former friend", ("former friend",)),
        ("My coach", ("coach",)),
        ("Sparring Partner", ("sparring partner",)),
        ("amigo", ("amigo",)),
    ],
)
def test_relationships_have_canonical_words(written: Value, read_as: tuple[str, ...]) -> None:
    """Known words in their many forms; unknown ones stay, in lower case."""
    assert told({"relationship": written}) == {"relationships": read_as}


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("1991-05-23", (5, 23)),
        ("05-23", (5, 23)),
        ("--05-23", (5, 23)),
        ("--0523", (5, 23)),
        (19910523, (5, 23)),
        ("1991-05-23T00:00:00", (5, 23)),
        ("1991-02-29", (2, 29)),
        ("1991-13-01", None),
        ("23-05-1991", None),
        ("05/23", None),
        (1991, None),
    ],
)
def test_a_birthday_is_a_month_and_a_day(written: Value, read_as: tuple[int, int] | None) -> None:
    """With or without the year, as vCard writes it too; what could be two days is none."""
    assert told({"birthday": written}).get("birthday") == read_as


def test_met_tells_when_or_else_how() -> None:
    """`met` may hold the place instead of the day."""
    assert read({"met": "at the [[Choir]]"}) == Meaning(
        fields={"met_context": "at the Choir"}, lines={"met_context": 2}
    )
    assert told({"met": 2019, "met_context": "the choir"}) == {"met_context": "the choir"}


def test_what_may_be_private_is_private() -> None:
    """True, a doubtful value, or the tag in the front matter."""
    answers: list[dict[str, Value]] = [
        {"private": "yes"},
        {"private": "mostly"},
        {"tags": ["person", "private"]},
        {"Tags": "#person #topic/Private"},
        {"tags": ["private", True]},
        {"private": False, "tags": "private"},
        {"private": "no"},
        {"tags": ["privateer"]},
    ]
    assert [told(each).get("private") for each in answers] == [*[True] * 5, False, False, None]


@pytest.mark.parametrize(
    ("tags", "read_as"),
    [
        (["person", "Family"], ("family",)),
        ("person, friends", ("friend",)),
        ("#colleague #mentor", ("colleague", "mentor")),
        (["person/family", "person/colleague"], ("family", "colleague")),
        ("client/acme", ("client",)),
        (
            ["people/professional-bodies", "close_colleague"],
            ("professional body", "close colleague"),
        ),
        (["coaches", "coach"], ("coach",)),
        ([["friend"]], ("friend",)),
        (["family-business", "friendly", "mentoring", "sister", "boss", "partner"], ()),
        ([True, 7, {"friend": "friend"}], ()),
    ],
)
def test_a_tag_tells_the_relationship_that_no_property_does(
    tags: Value, read_as: tuple[str, ...]
) -> None:
    """The contract's own words, one or many, on any level of the tag, and no others."""
    meaning = read({"company": "Acme", "tags": tags})
    assert meaning.fields.get("relationships", ()) == read_as
    assert meaning.lines == {"company": 2, **({"relationship": 3} if read_as else {})}


def test_a_relationship_of_its_own_outweighs_the_tags() -> None:
    """A synonym does as well; what is empty, or does not fit, does not."""
    given: list[Mapping[str, Value]] = [
        {"relationship": "colleague"},
        {"relation": "pen pal"},
        {"relationship": ""},
        {"relation": {"a": 1}},
    ]
    assert [told({"tags": "friend", **each})["relationships"] for each in given] == [
        ("colleague",),
        ("pen pal",),
        ("friend",),
        ("friend",),
    ]


def test_ties_are_left_as_they_are_written() -> None:
    """Where they lead is known only once all notes are."""
    meaning = read({"knows": ["[[Bo]]", "Cy, Di"], "met_via": [["Mary"]], "referred_by": "Ed"})
    assert (meaning.knows, meaning.introduced_by) == (("[[Bo]]", "Cy, Di"), ("[[Mary]]", "Ed"))
    assert meaning.fields == {}


def test_texts_numbers_truths_and_lists_that_look_alike_are_told_apart() -> None:
    """What one note says is understood once for all; `true` is another value than `1`."""
    values: list[Value] = [1, True, "1", ["1"], [1], [True], 1.0, "true", ["true"], [["1"]]]
    rhythms = [told({"cadence": value}).get("cadence") for value in values]
    daily = Cadence(1)
    assert rhythms == [daily, None, daily, daily, daily, None, daily, None, None, daily]
    assert rhythms == [told({"cadence": value}).get("cadence") for value in values]


# --- laws ---------------------------------------------------------------------------------

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
VALUES: st.SearchStrategy[Value] = st.recursive(
    SCALARS | st.sampled_from(["[[Ada]]", "2026-11-20", "6w", "my work", "--", "[[", "a, b"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    "they_know relationship purpose ask want_to_meet ring cadence not_before last_contact status "
    "private needs offers introduced_by knows met met_context company role location email "
    "birthday aliases tags id name type vaultnet title TITLE N.GN N.FN UID skills snooze".split()
) | st.text(max_size=6)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=12))
def test_no_value_makes_reading_fail(properties: dict[str, Value]) -> None:
    """Whatever stands in a property, it is understood, the user's own, or a problem."""
    meaning = read(properties)
    assert all(each.line > 1 for each in meaning.problems)
    assert all(line > 1 for line in meaning.lines.values())
