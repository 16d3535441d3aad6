"""What the notes tell of what happened, place by place."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultnet.core import merge
from vaultnet.core.contacts import read_contacts
from vaultnet.core.evidence import find_evidence, lay_ground, only_mentions, tell_note
from vaultnet.core.evidence.own import leading_day
from vaultnet.core.links import index_links
from vaultnet.core.model import (
    Answer,
    Appointment,
    Evidence,
    Exposure,
    Given,
    Idea,
    Interaction,
    Mention,
    Obsidian,
    Promise,
    Rung,
    Settings,
    Source,
    Tick,
    Tie,
)
from vaultnet.core.notes import read_note

TODAY = date(2026, 11, 23)
ADA, BOB, CLEO = "People/Ada.md", "People/Bob.md", "People/Cleo.md"
PEOPLE = {ADA: "", BOB: "", CLEO: ""}


# --- the contact's own note ---------------------------------------------------------------


def test_every_form_of_a_log_is_read() -> None:
    """A log is read however its dates are written: items, headings, a table, links to days."""
    found = read(
        {
            ADA: """
            ## Log
            - 2026-11-20 coffee: the climate job
            - 2026-11-19: call about the flat
            - **2026-11-18:** lunch at Nero
            - **2026-11-17**: emailed
            - [[2026-11-16]] call
            \t- about the flat
            \t- she sends papers
            - [[Daily/2026-11-15|Sunday]] – walk
            - (2026-11-14) 1:1
            * 2026/11/13 10:30 texted
            2026-11-12: a paragraph counts too
            ### 2026-11-11 Mentoring session
            We went through her portfolio.
            ### 2026-11-10
            - helped me with the slides
            - she recommended me to her boss
            """,
            BOB: """
            | When | Type | Notes |
            | --- | --- | --- |
            | 2026-11-09 | coffee | the job |
            | [[2026-11-08]] | email | from him |
            | soon | call | |

            | Notes | Date |
            | --- | --- |
            | met at PyCon | 2026-11-07 |
            """,
        }
    )

    assert [f"{i.day:%d} {i.kind} {i.direction}: {i.text}" for i in found.interactions] == [
        "07 met both: met at PyCon",
        "08 message in: email: from him",
        "09 coffee both: coffee: the job",
        "10 received in: helped me with the slides",
        "10 endorsement in: she recommended me to her boss",
        "11 mentoring both: Mentoring session; We went through her portfolio.",
        "12 note out: a paragraph counts too",
        "13 message out: texted",
        "14 meeting both: 1:1",
        "15 coffee both: walk",
        "16 call both: call; about the flat; she sends papers",
        "17 message out: emailed",
        "18 coffee both: lunch at Nero",
        "19 call both: call about the flat",
        "20 coffee both: coffee: the climate job",
    ]


def test_an_interaction_carries_all_that_is_known_of_it() -> None:
    """Place, proof, who gave, who else was there, and whether it may be quoted."""
    found = read(
        {
            ADA: """
            ---
            private: true
            ---
            - 2026-11-20 introduced me to [[Bob]]
            """
        }
    )

    introduction = Interaction(
        day=date(2026, 11, 20),
        contact=ADA,
        kind="introduction",
        direction=found.interactions[0].direction,
        face_to_face=False,
        text="introduced me to Bob",
        source=ADA,
        line=4,
        proves=Rung.WORK,
        given=Given.RECEIVED,
        others=(BOB,),
        private=True,
    )
    assert found.interactions[0] == introduction
    assert [(i.contact, i.proves, i.given, i.private) for i in found.interactions[1:]] == [
        (BOB, Rung.NAME, None, True)
    ]
    assert found.ties == (Tie(ADA, BOB, "met together", ADA, 4, date(2026, 11, 20)),)


def test_a_log_entry_of_no_known_kind_is_a_note() -> None:
    """It proves the name, unless they are only wanted; a plan is no entry, nor a person's career."""
    notes = {
        ADA: """
        ## Log
        - 2026-11-20 new job at Acme
        - 2026-11-19 need to ask her about it
        - 2026-11-18 coffee: cancelled
        ## Career
        - 2019-03-01 joined Acme
        ## Facts
        Born 1990-01-01.
        """,
        BOB: "---\nwant_to_meet: true\n---\n- 2026-11-20 saw his paper\n",
        CLEO: "---\nthey_know: nothing\n---\n- 2026-11-20 new book\n",
    }

    assert [(i.contact, i.kind, i.proves, i.text) for i in read(notes).interactions] == [
        (ADA, "note", Rung.NAME, "new job at Acme"),
        (BOB, "note", None, "saw his paper"),
        (CLEO, "note", None, "new book"),
    ]


def test_others_in_a_log_line_are_mentioned() -> None:
    """Another person in Ada's log is a mention, unless they were there too."""
    found = read(
        {
            ADA: """
            - 2026-11-20 coffee with [[Bob]]
            - 2026-11-19 call, talked about [[Cleo]]
            """
        }
    )

    assert [(i.day.day, i.contact, i.others) for i in found.interactions] == [
        (19, ADA, ()),
        (20, ADA, (BOB,)),
        (20, BOB, (ADA,)),
    ]
    assert found.mentions == (Mention(CLEO, ADA, 2, "call, talked about Cleo", date(2026, 11, 19)),)


# --- dated notes --------------------------------------------------------------------------


def test_daily_notes_are_found_by_obsidians_settings() -> None:
    """By the folder and format that Obsidian knows, else by a file name that starts with a date."""
    notes = {
        "Journal/2026/11/20.md": "- lunch with [[Ada]]",
        "Journal/2026/11/19 Thursday.md": "- lunch with [[Ada]]",
        "2026-11-18 Fair.md": "- lunch with [[Ada]]",
        "Projects/Lunch.md": "- lunch with [[Ada]]",
        "Weekly/2026-W47.md": "- lunch with [[Ada]]",
    }
    obsidian = Obsidian(daily_folder="Journal", daily_format="YYYY/MM/DD")

    found = read(notes, obsidian=obsidian)

    assert [i.source for i in found.interactions] == ["2026-11-18 Fair.md", "Journal/2026/11/20.md"]
    assert [m.source for m in found.mentions] == [
        "Journal/2026/11/19 Thursday.md",
        "Projects/Lunch.md",
        "Weekly/2026-W47.md",
    ]


def test_what_is_not_told_is_not_read() -> None:
    """Quotes, code, comments, embeds, front matter, struck words and skipped lines are silent."""
    found = read(
        {
            "2026-11-20.md": """
            ---
            summary: lunch with [[Ada]]
            ---
            > lunch with [[Ada]]

            - `lunch with [[Ada]]`
            - %% lunch with [[Ada]] %%
            - lunch with ![[Ada]]
            - ~~lunch with [[Bob]]~~
            - lunch with [[Cleo]] #vn/skip

            ```
            lunch with [[Ada]]
            ```
            """
        }
    )

    assert found.interactions == ()
    assert [m.contact for m in found.mentions] == [BOB]


def test_a_table_in_a_daily_note_is_read_row_by_row() -> None:
    """Cells stand beside each other as words do."""
    found = read(
        {
            "2026-11-20.md": """
            | Time | What | Who |
            | --- | --- | --- |
            | 10:00 | Call | [[Ada]] |
            | 12:00 | Lunch | [[People/Bob\\|Bob]] |
            | 15:00 | Deadline | [[Cleo]] |
            """
        }
    )

    assert [(i.contact, i.kind, i.text) for i in found.interactions] == [
        (ADA, "call", "10:00 · Call · Ada"),
        (BOB, "coffee", "12:00 · Lunch · Bob"),
    ]


def test_meeting_notes() -> None:
    """A dated note that says who was there is a meeting with each, or what its type names."""
    found = read(
        {
            "Work/2026-11-20 Kickoff.md": """
            ---
            attendees: ["[[Ada]]", Bob, "[[Nobody]]"]
            ---
            """,
            "Work/Lunch in Gent.md": """
            ---
            type: "[[Lunch]]"
            date: 2026-11-19
            with: "[[Cleo]]"
            ---
            """,
            "Work/Board.md": "---\ndate: 2026-11-18\npeople: Ada, Cleo\nstatus: cancelled\n---\n",
            "Books/Sapiens.md": "---\ntype: book\ndate: 2026-11-17\npeople: [Ada]\n---\n",
            "Work/Undated.md": "---\nattendees: [Ada]\n---\n",
        }
    )

    assert [(i.day.day, i.contact, i.kind, i.text, i.line) for i in found.interactions] == [
        (19, CLEO, "coffee", "Lunch in Gent", 4),
        (20, ADA, "meeting", "Kickoff", 2),
        (20, BOB, "meeting", "Kickoff", 2),
    ]
    assert [(tie.a, tie.b, tie.how) for tie in found.ties] == [(ADA, BOB, "met together")]


def test_a_contacts_own_note_is_no_meeting() -> None:
    """A person's note with a date and links to others tells of no meeting."""
    found = read({ADA: "---\ntype: person\ndate: 2026-11-20\npeople: ['[[Bob]]']\n---\n"})

    assert found.interactions == ()


@given(
    st.sampled_from(["Ideas.md", "People/Ada.md", "2026-11-20 Board.md", "Network/Exposure.md"]),
    st.lists(
        st.sampled_from(
            ["type: book", "type: exposure", "date: 2026-11-20", "with: '[[Ada]]'", "tags: [x]"]
        ),
        max_size=2,
        unique_by=lambda told: told.partition(":")[0],
    ),
    st.lists(
        st.sampled_from(
            [
                "Coffee with [[Ada]]",
                "- [x] Call [[Ada]] ✅ 2026-11-20",
                "- [ ] Send [[Ada]] the map",
                "- 2026-11-20 coffee with [[Ada]]",
                "## 2026-11-20 [[Ada]]",
                "| Date | Type |\n|---|---|\n| 2026-11-20 | call [[Ada]] |",
                "%% vaultnet:begin 2026-W47 %%",
                "- [x] Write to [[Ada]] ^vn-write-ada",
                "%% vaultnet:end 2026-W47 v1 %%",
            ]
        ),
        max_size=4,
    ),
)
def test_what_can_only_mention_only_mentions(
    path: str, properties: list[str], lines: list[str]
) -> None:
    """Of such a note nobody need ask what happened."""
    note = read_note(Source(path, "\n".join(["---", *properties, "---", *lines])))
    notes = [note, *(read_note(Source(of, "")) for of in PEOPLE if of != path)]
    resolve = index_links([note.path for note in notes], notes).resolve
    people = read_contacts(notes, Settings(), Obsidian(), resolve).contacts
    ground = lay_ground(people, frozenset(), resolve, Settings(), Obsidian(), TODAY, TODAY)
    if only_mentions(ground, note):
        assert {type(item) for item in tell_note(ground, note).items} <= {Mention}
    else:
        plain = path == "Ideas.md" and not properties
        assert not plain or "- [" in "".join(lines) or note.plan


def test_my_own_note_is_me() -> None:
    """A link to me is I, not a person met."""
    found = read(
        {
            "Me.md": "---\nvaultnet: me\n---\n",
            "2026-11-20 Sync.md": "---\nattendees: ['[[Me]]', '[[Ada]]']\n---\n",
            "2026-11-19.md": "- [[Me]] and [[Bob]] had lunch\n- [[Cleo]] met [[Bob]]",
        }
    )

    assert [(i.contact, i.kind, i.others) for i in found.interactions] == [
        (BOB, "coffee", ()),
        (ADA, "meeting", ()),
    ]


# --- tasks --------------------------------------------------------------------------------


def test_ticked_tasks_count_on_their_done_day() -> None:
    """A tick says it was done: on its day, else on the note's; open and cancelled ones say nothing."""
    found = read(
        {
            "2026-11-20.md": """
            - [x] Call [[Ada]] ✅ 2026-11-21
            - [x] need to email [[Bob]] about the [[Plan]]
            - [ ] call [[Cleo]]
            - [-] call [[Cleo]]
            - [x] prepare the call with [[Cleo]]
            """,
            "Projects/Move.md": """
            - [x] thank [[Cleo]] [completion:: 2026-11-19]
            - [x] call [[Cleo]]
            """,
            ADA: """
            - [x] send her the deck ✅ 2026-11-18
            ## Log
            - 2026-11-17
            \t- [x] call
            """,
        }
    )

    assert [(i.day.day, i.contact, i.kind, i.direction, i.text) for i in found.interactions] == [
        (17, ADA, "call", "both", "call"),
        (18, ADA, "gave", "out", "send her the deck"),
        (19, CLEO, "thanks", "out", "thank Cleo"),
        (20, BOB, "message", "out", "need to email Bob about the Plan"),
        (21, ADA, "call", "both", "Call Ada"),
    ]


def test_a_done_day_yet_to_come_is_a_problem() -> None:
    """Only a day after both todays is one; with an earlier today, later things do not exist yet."""
    notes = {
        "Projects/Move.md": "- [x] call [[Ada]] ✅ 2026-12-24\n- [x] call [[Bob]] ✅ 2026-11-22"
    }

    now = read(notes)
    then = read(notes, today=date(2026, 11, 1), real_today=TODAY)
    later = read(notes, today=date(2026, 12, 31), real_today=TODAY)

    assert [str(problem).partition(",")[0] for problem in now.problems] == [
        "Projects/Move.md:1: this was done on 2026-12-24"
    ]
    assert now.problems[0].code == "future-day"
    assert [i.contact for i in now.interactions] == [BOB]
    assert then.problems == now.problems
    assert then.interactions == ()
    assert later.problems == ()
    assert [i.contact for i in later.interactions] == [BOB, ADA]


@pytest.mark.parametrize(
    ("header", "private"),
    [
        ("private: true", True),
        ("private: no", False),
        ("tags: [garden, private]", True),
        ("tags: life/private", True),
        ("tag: '#private'", True),
        ("tags: [privateer, public]", False),
    ],
)
def test_a_note_is_private_by_its_property_or_by_its_tag(header: str, private: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    """Nothing of such a note is ever quoted, be it a person's or a day's."""
    text = f"---\n{header}\n---\nCoffee with [[Bob]], he is ill\n"
    found = read({"2026-11-20.md": text, BOB: f"---\n{header}\n---\n- 2026-11-19 call\n"})
    assert [i.private for i in found.interactions] == [private, private]


def test_promises() -> None:
    """Open tasks in which something is owed to a contact, with their days."""
    found = read(
        {
            ADA: "- [ ] ask about the flat ⏳ 2026-11-27\n- [x] done\n- [-] dropped",
            "2026-11-20.md": """
            - [ ] send [[Bob]] the paper 📅 2026-11-25
            - [ ] call [[Bob]]
            - [ ] the slides for [[Cleo]] #promise #private [due:: 2026-11-30]
            - [ ] introduce [[Topic]] to [[Bob]]
            """,
            "Network/Week.md": plan("- [ ] Send [[Bob]] the paper ^vn-send-bob"),
        }
    )

    assert found.promises == (
        Promise(ADA, "ask about the flat", ADA, 1, date(2026, 11, 27)),
        Promise(
            BOB, "send Bob the paper", "2026-11-20.md", 1, date(2026, 11, 25), date(2026, 11, 20)
        ),
        Promise(
            CLEO,
            "the slides for Cleo",
            "2026-11-20.md",
            3,
            date(2026, 11, 30),
            date(2026, 11, 20),
            private=True,
        ),
    )


# --- plans --------------------------------------------------------------------------------


def test_a_plans_ticks_are_read_by_their_ids() -> None:
    """Kind and contact come from the id; the state of every action is kept, done or not."""
    found = read(
        {
            "Network/Week.md": plan(
                """
                ## First (10 min)
                - [x] Dinner at Nero with [[Bob]] ✅ 2026-11-18 ^vn-thank-ada
                ## Three people
                - [x] Ask [[Bob]] about [[Cleo]] ^vn-ask-bob
                - [>] Write to [[Cleo]] ^vn-write-cleo
                - [-] Congratulate [[Somebody]] ^vn-congratulate-gone
                - [/] Send [[Ada]] it ^vn-send-ada-old
                ## Be seen
                - [x] Write five tips, 20 minutes ^vn-seen-write-five-tips
                ## One question: how do you know [[Cleo]]?
                - [x] friend ^vn-question-cleo-friend
                - [ ] just a note ^vn-question-cleo-note
                ## My own
                - [x] Call [[Cleo]]
                - had lunch with [[Cleo]]
                """
            )
        }
    )

    sunday = date(2026, 11, 22)
    assert [
        (i.day, i.contact, i.kind, i.direction, i.given, i.action) for i in found.interactions
    ] == [
        (date(2026, 11, 18), ADA, "thanks", "out", None, "vn-thank-ada"),
        (sunday, BOB, "ask", "out", None, "vn-ask-bob"),
        (sunday, CLEO, "call", "both", None, ""),
    ]
    assert [(t.id, t.section, t.contact, t.about, t.state, t.day) for t in found.ticks] == [
        ("vn-write-cleo", "people", CLEO, "", "later", None),
        ("vn-congratulate-gone", "people", "", "", "dropped", None),
        ("vn-send-ada-old", "people", ADA, "", "underway", None),
        ("vn-question-cleo-note", "question", CLEO, "", "open", None),
        ("vn-thank-ada", "first", ADA, BOB, "done", date(2026, 11, 18)),
        ("vn-ask-bob", "people", BOB, CLEO, "done", sunday),
        ("vn-seen-write-five-tips", "seen", "", "", "done", sunday),
        ("vn-question-cleo-friend", "question", CLEO, "", "done", sunday),
    ]
    assert found.ticks[0] == Tick(
        "2026-W47", "vn-write-cleo", "write", "cleo", CLEO, "later", None, "people",
        "Write to Cleo", "Network/Week.md", 6,
    )  # fmt: skip
    assert found.answers == (Answer(CLEO, "friend", sunday, "Network/Week.md", 12),)
    assert [(e.kind, e.action) for e in found.exposures] == [("post", "vn-seen-write-five-tips")]


def test_an_action_is_of_the_part_under_whose_title_it_was_written() -> None:
    """The end marker knows the titles, in whatever words; a title of the user's is read as it is."""
    body = "# Week\n## Menschen\n- [ ] Write to [[Ada]] ^vn-write-ada\n## Kür\n- [ ] Ask [[Bob]] ^vn-ask-bob"
    text = merge.wrap("2026-W47", body, {"## Menschen": "t.people", "## Kür": "t.energy"})
    found = read({"Network/Week.md": text.replace("## Kür", "## Energy left")})
    assert [(t.id, t.section) for t in found.ticks] == [
        ("vn-write-ada", "people"),
        ("vn-ask-bob", "energy"),
    ]


def test_a_tick_that_points_elsewhere_is_no_second_evidence() -> None:
    """What vaultnet ticked because it was done elsewhere counts there, once."""
    ticked = "- [x] Write to [[Ada]] ✅ 2026-11-18 ([[2026-11-18]]) ^vn-write-ada"
    notes = {"Network/Week.md": plan(ticked), "2026-11-18.md": "- coffee with [[Ada]]"}

    found = read(notes)

    assert [(i.kind, i.source) for i in found.interactions] == [("coffee", "2026-11-18.md")]
    assert [tick.state for tick in found.ticks] == ["done"]


# --- counted once -------------------------------------------------------------------------


def test_what_two_notes_tell_counts_once() -> None:
    """Same day, contact and kind: once, in the contact's own note, and the wider direction wins."""
    found = read(
        {
            ADA: "## Log\n- 2026-11-20 email\n- 2026-11-19 call in the morning\n- 2026-11-19 call at night",
            "2026-11-20.md": "- emailed back and forth with [[Ada]]\n- lunch with [[Ada]]",
            "2026-11-19.md": "- call with [[Ada]] and [[Bob]]",
        }
    )

    ada = [i for i in found.interactions if i.contact == ADA]
    assert [(i.day.day, i.kind, i.direction, i.source, i.others, i.proves) for i in ada] == [
        (19, "call", "both", ADA, (BOB,), Rung.WHAT),
        (19, "call", "both", ADA, (), Rung.WHAT),
        (20, "coffee", "both", "2026-11-20.md", (), Rung.WHAT),
        (20, "message", "both", ADA, (), Rung.NAME),
    ]


@given(
    st.sampled_from(
        "2026-11-20 2026-02-29 2024-02-29 0000-01-01 2026-13-01 2026-1-20 2026/11/20 ２026-11-20 "
        "2026-W48-1 20261120".split()
    ),
    st.text(" :-–./|*)09pmAaé\u00a0٣[", max_size=8),
)
def test_an_entry_in_the_plain_form_is_read_as_every_other(day: str, behind: str) -> None:
    """The short way, which most entries take, leads where the pattern does: emphasis keeps them off it."""
    assert leading_day(day + behind, "YYYY-MM-DD") == leading_day(f"*{day}{behind}", "YYYY-MM-DD")


@given(st.permutations(range(6)), st.dates(date(2026, 10, 1), date(2026, 12, 24)))
def test_the_order_of_notes_does_not_matter(order: list[int], today: date) -> None:
    """The same notes tell the same, in whatever order they are found."""
    notes = [
        (ADA, "## Log\n- 2026-11-20 email from her\n- 2026-12-01 lunch\n- [ ] send it"),
        (BOB, "- 2026-11-20 coffee with [[Ada]]"),
        (
            "2026-11-20.md",
            "- emailed [[Ada]]\n- coffee with [[Bob]] and [[Ada]]\n- [x] call [[Bob]]",
        ),
        ("2026-11-20 Sync.md", "---\nattendees: ['[[Bob]]', '[[Ada]]']\n---\n- emailed [[Ada]]"),
        ("Network/Week.md", plan("- [x] Write to [[Ada]] ✅ 2026-11-20 ^vn-write-ada")),
        ("Network/Exposure.md", "- [ ] five tips\n- [x] talk ✅ 2026-11-02"),
    ]

    shuffled = {notes[index][0]: notes[index][1] for index in order}

    assert read(shuffled, today=today) == read(dict(notes), today=today)


# --- what is to come ----------------------------------------------------------------------


def test_a_day_to_come_holds_appointments() -> None:
    """A dated note, meeting or log entry after today that names a kind is no interaction yet."""
    found = read(
        {
            ADA: "## Log\n- 2026-11-26 lunch at Nero\n- 2026-11-27 birthday\n- 2026-11-28 email her",
            "2026-11-25.md": "- call [[Bob]] about the flat\n- dinner with [[Ada]] cancelled\n- [[Cleo]]",
            "2026-11-24 Board.md": "---\nattendees: [Cleo]\n---\n",
        }
    )

    assert found.appointments == (
        Appointment(date(2026, 11, 24), CLEO, "meeting", "Board", "2026-11-24 Board.md", 2),
        Appointment(date(2026, 11, 25), BOB, "call", "call Bob about the flat", "2026-11-25.md", 1),
        Appointment(date(2026, 11, 26), ADA, "coffee", "lunch at Nero", ADA, 2),
    )
    assert found.interactions == ()
    assert found.problems == ()


# --- exposure -----------------------------------------------------------------------------


def test_exposure() -> None:
    """Notes of their own, ticked tasks of the backlog, and what is left there as ideas."""
    found = read(
        {
            "Writing/Bees.md": """
            ---
            type: exposure
            kind: article
            date: 2026-11-02
            audience: ["[[Ada]]", "[[Bob]]"]
            ---
            """,
            "Network/Exposure.md": """
            - [x] Lightning talk on grids ✅ 2026-11-10
            - [x] undated
            - [-] never
            - [ ] Five migration mistakes, 25 min #article
            - [ ] Offer the ops team an hour
            - [ ] Write five tips
            """,
            "Network/Week.md": plan("- [x] Write five tips ✅ 2026-11-17 ^vn-seen-write-five-tips"),
        }
    )

    assert found.exposures == (
        Exposure(date(2026, 11, 2), "article", "Bees", "Writing/Bees.md", 4, (ADA, BOB)),
        Exposure(date(2026, 11, 10), "talk", "Lightning talk on grids", "Network/Exposure.md", 1),
        Exposure(
            date(2026, 11, 17), "post", "Write five tips", "Network/Week.md", 2,
            action="vn-seen-write-five-tips",
        ),
    )  # fmt: skip
    assert found.ideas == (
        Idea("Five migration mistakes, 25 min", "article", "Network/Exposure.md", 4, 25),
        Idea("Offer the ops team an hour", "offer", "Network/Exposure.md", 5),
    )
    assert [(i.contact, i.kind, i.direction, i.proves) for i in found.interactions] == [
        (ADA, "saw-my-work", "in", Rung.WHAT),
        (BOB, "saw-my-work", "in", Rung.WHAT),
    ]
    assert [problem.code for problem in found.problems] == ["exposure-day"]


# --- from text ----------------------------------------------------------------------------


def plan(body: str) -> str:
    """Write a plan of the week 2026-W47 with this body between its markers."""
    inner = textwrap.dedent(body).strip("\n")
    return f"%% vaultnet:begin 2026-W47 %%\n{inner}\n%% vaultnet:end 2026-W47 00000000 %%\n"


def read(
    notes: Mapping[str, str],
    *,
    today: date = TODAY,
    real_today: date | None = None,
    obsidian: Obsidian | None = None,
) -> Evidence:
    """Read notes given as path -> text, beside three contacts of whom nothing is known."""
    obsidian = obsidian or Obsidian()
    texts = {**PEOPLE, **{path: textwrap.dedent(text).lstrip("\n") for path, text in notes.items()}}
    found = [read_note(Source(path, text)) for path, text in texts.items()]
    links = index_links(texts, found)
    people = read_contacts(found, Settings(), obsidian, links.resolve)
    return find_evidence(
        found, people.contacts, links.resolve, Settings(), obsidian, today, real_today or today
    )


def test_a_meeting_that_was_called_off_is_no_evidence() -> None:
    """Where the title or the status says that it was not held, neither people nor lines tell."""
    held = "attendees: [[Ada]]\n---\nLunch with [[Bob]]\n"
    found = read(
        {
            ADA: "",
            BOB: "",
            "Meetings/2026-11-18 CANCELLED Sync.md": f"---\n{held}",
            "Meetings/2026-11-19 Sync (postponed).md": f"---\n{held}",
            "Meetings/2026-11-20 Sync.md": f"---\nstatus: cancelled\n{held}",
        }
    )

    assert found.interactions == ()


def test_what_you_read_of_them_is_no_touch() -> None:
    """Days under a heading such as *Reading log* tell of their works, not of the two of you."""
    found = read(
        {
            ADA: "## Reading log\n- 2026-11-18 started it, met a friend in every page\n"
            "### Books watched\n- 2026-11-19 call to [[Bob]]\n## Log\n- 2026-11-20 coffee",
            BOB: "",
        }
    )

    assert [(i.kind, i.day.day) for i in found.interactions] == [("coffee", 20)]
    assert [mention.contact for mention in found.mentions] == [BOB]
