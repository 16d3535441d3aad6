"""The week's plan: what is owed, whom to choose, and what is never said."""

from __future__ import annotations

from datetime import date

import pytest

from from_text import MONDAY, Told, tell
from vaultnet.core.model import Plan, Section, Settings

FRIEND = "---\nrelationship: friend\n---\n"


def section(plan: Plan, name: str) -> Section | None:
    """Find a part of the plan; None where it was left out."""
    return next((s for s in plan.sections if s.name == name), None)


def ids(told: Told, name: str, kept: tuple[str, ...] = ()) -> list[str]:
    """List the ids of a part's actions."""
    found = section(told.plan(kept=kept), name)
    return [action.id.removeprefix("vn-") for action in found.actions] if found else []


def chosen(told: Told, kept: tuple[str, ...] = ()) -> list[str]:
    """List the ids of all the week's touches."""
    return [*ids(told, "people", kept), *ids(told, "energy", kept)]


# --- first --------------------------------------------------------------------------------


def test_what_is_owed_comes_first_and_each_person_once() -> None:
    """An answer, a promise, thanks and an outcome stand in *First*; two debts make one line."""
    told = tell(
        {
            "People/Ann.md": "## Log\n- 2026-11-19 email from her: any news?\n- 2026-11-18 advice: wait\n",
            "People/Bo.md": "- [ ] send him the slides 📅 2026-11-27\n",
            "People/Cy.md": "## Log\n- 2026-11-12 advice: ask for the band first\n",
            "People/Di.md": "## Log\n- 2026-10-26 advice: try Leipzig\n- 2026-10-27 thanked her\n",
        }
    )
    assert ids(told, "first") == ["promise-bo", "answer-ann", "thank-cy", "tell-di"]


def test_an_answer_is_owed_until_you_turn_to_them_or_three_weeks_have_passed() -> None:
    """A later touch of yours, of whatever kind, or time settle it."""
    told = tell(
        {
            "People/Ann.md": "## Log\n- 2026-11-12 email from her\n- 2026-11-14 wrote to her\n",
            "People/Bo.md": "## Log\n- 2026-10-30 email from him\n",
            "People/Cy.md": "## Log\n- 2026-11-03 he replied at last\n",
        }
    )
    assert ids(told, "first") == ["answer-cy"]


def test_nobody_is_thanked_for_a_meeting_of_many() -> None:
    """Six people who gave advice in one meeting are not six lines of thanks."""
    names = "Ann Bo Cy Di".split()
    notes = {f"People/{name}.md": "---\nrelationship: colleague\n---\n" for name in names}
    notes["Meetings/2026-11-17 Round.md"] = (
        "---\nattendees: [" + ", ".join(f'"[[{name}]]"' for name in names) + "]\n---\n"
    )
    notes["Daily/2026-11-17.md"] = "- advice from [[Ann]], [[Bo]], [[Cy]] and [[Di]]\n"
    assert ids(tell(notes), "first") == []


def test_a_first_talk_with_somebody_new_is_thanked_for() -> None:
    """A first one-to-one with someone outside the inner rings earns a word of thanks."""
    told = tell(
        {
            "People/Ann.md": "## Log\n- 2026-11-16 coffee: how the ministry buys software\n",
            "People/Bo.md": "---\nrelationship: friend\n---\n## Log\n- 2026-11-16 coffee\n",
            "People/Cy.md": "---\nrelationship: colleague\n---\n## Log\n- 2026-11-16 coffee\n",
        }
    )
    assert ids(told, "first") == ["thank-ann"]


def test_an_outcome_is_told_once_and_not_to_whom_you_have_met_since() -> None:
    """Four weeks after advice; a coffee since then, or a line in an earlier plan, was the moment."""
    advice = "## Log\n- 2026-10-26 advice: try Leipzig\n- 2026-10-27 thanked\n"
    told = tell(
        {
            "People/Ann.md": advice,
            "People/Bo.md": advice + "- 2026-11-09 coffee\n",
            "People/Cy.md": advice,
            "Network/Network plan 2026-W47.md": (
                "%% vaultnet:begin 2026-W47 %%\n## First\n- [ ] Tell [[Cy]] ^vn-tell-cy\n"
                "%% vaultnet:end 2026-W47 %%\n"
            ),
        }
    )
    assert ids(told, "first") == ["tell-ann"]


def test_promises_of_a_later_week_and_of_those_set_aside_are_left_out() -> None:
    """What is due later waits; family is not planned."""
    told = tell(
        {
            "People/Ann.md": "- [ ] send her the book 📅 2026-12-04\n",
            "People/Papa.md": "---\nrelationship: family\n---\n- [ ] send the photos\n",
            "People/Bo.md": "- [ ] lend him the drill\n",
        }
    )
    assert ids(told, "first") == ["promise-bo"]


def test_five_debts_are_shown_and_the_rest_counted() -> None:
    """A plan never begins with a wall of debts."""
    told = tell({f"People/P{n}.md": "## Log\n- 2026-11-18 email from them\n" for n in range(8)})
    first = section(told.plan(), "first")
    assert first is not None
    assert len(first.actions) == 5
    (more,) = first.notes
    assert more.values["count"] == 3


# --- people -------------------------------------------------------------------------------


def test_the_unplaced_are_never_chosen_and_never_cold() -> None:
    """The best man, of whom the notes are silent, is asked about and nothing else."""
    told = tell(
        {"People/Chris (uni).md": "phone: 123\n", "Daily/2026-11-01.md": "[[Chris (uni)]]!\n"}
    )
    assert chosen(told) == []
    body = told.rendered().body
    assert "how do you know [[Chris (uni)]]?" in body
    assert body.count("Chris") == 1


def test_a_cold_contact_is_approached_through_whoever_knows_them() -> None:
    """One ask to the introducer; neither of the two stands elsewhere."""
    told = tell(
        {
            "People/Ingrid.md": "---\nwant_to_meet: true\n---\n",
            "People/Lena.md": '---\nthey_know: would recommend\nknows: "[[Ingrid]]"\n---\n',
        }
    )
    (action,) = section(told.plan(), "people").actions  # type: ignore[union-attr]  # it is there
    assert (action.id, action.contact, action.about) == (
        "vn-ask-lena",
        "People/Lena.md",
        "People/Ingrid.md",
    )


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("", ["write-ingrid"]),
        ("- 2026-11-16 wrote to her\n", []),
        ("- 2026-11-09 wrote to her\n", ["write-ingrid"]),
        ("- 2026-10-19 wrote to her\n- 2026-11-02 wrote again\n", []),
        ("- 2026-04-19 wrote to her\n- 2026-05-10 wrote again\n", ["write-ingrid"]),
        ("- 2026-11-09 wrote to her\n- 2026-11-10 she replied\n- 2026-11-11 wrote back\n", []),
    ],
)
def test_an_approach_is_tried_again_after_two_weeks_and_then_rests(
    log: str, expected: list[str]
) -> None:
    """First, once more after two weeks, then half a year of rest; a reply ends it."""
    told = tell({"People/Ingrid.md": f"---\nwant_to_meet: true\n---\n## Log\n{log}"})
    assert chosen(told) == expected


def test_whoever_was_only_written_to_is_not_approached() -> None:
    """A message to the plumber makes nobody of whom you want something."""
    told = tell({"People/Plumber.md": "## Log\n- 2026-05-01 emailed about the tap\n"})
    assert chosen(told) == []


def test_growth_and_closeness_both_have_their_place() -> None:
    """However late the buddies are, one touch makes the network larger."""
    notes = {f"People/Friend {n}.md": FRIEND for n in range(6)}
    notes["People/Ingrid.md"] = "---\nthey_know: nothing\nwant_to_meet: true\n---\n"
    told = tell(notes)
    assert len(chosen(told)) == 4
    assert "write-ingrid" in ids(told, "people")
    assert len(told.plan().not_this_week) == 3


def test_after_a_cold_week_the_growth_is_lukewarm() -> None:
    """Whichever of the two had none in the last plan comes first."""
    notes = {
        "People/Ingrid.md": "---\nwant_to_meet: true\n---\n",
        "People/Jan.md": "---\nwant_to_meet: true\n---\n",
        "People/Lu.md": "---\nthey_know: my name\nask: how you staff a grid team\n---\n",
        "Network/Network plan 2026-W47.md": (
            "%% vaultnet:begin 2026-W47 %%\n## One person\n"
            "- [ ] Write to [[Jan]] ^vn-write-jan\n%% vaultnet:end 2026-W47 %%\n"
        ),
    }
    settings = Settings(touches=2)
    assert ids(tell(notes, settings=settings), "people") == ["write-lu"]


def test_lukewarm_people_are_chosen_for_a_reason_only() -> None:
    """No reason, no touch: however long it has been."""
    told = tell(
        {
            "People/Ann.md": "---\nthey_know: my work\n---\n## Log\n- 2025-01-10 coffee\n",
            "People/Bo.md": "---\nthey_know: my work\nneeds: interview practice\n---\n## Log\n- 2025-01-10 coffee\n",
        },
        settings=Settings(offers=("interview practice",)),
    )
    assert chosen(told) == ["write-bo"]


def test_the_users_word_is_obeyed() -> None:
    """Paused, snoozed, never, archived, dead, and `[>]` in last week's plan: none is chosen."""
    notes = {
        "People/Paused.md": "---\nrelationship: friend\nstatus: paused\n---\n",
        "People/Later.md": "---\nrelationship: friend\nnot_before: 2027-02-01\n---\n",
        "People/Never.md": "---\nrelationship: friend\ncadence: never\n---\n",
        "People/Old.md": "---\nrelationship: friend\nstatus: archived\n---\n",
        "People/Dead.md": "---\nrelationship: friend\nstatus: died\n---\n",
        "People/Marked.md": FRIEND,
        "People/Sister.md": "---\nrelationship: family\n---\n",
        "Network/Network plan 2026-W47.md": (
            "%% vaultnet:begin 2026-W47 %%\n## One person\n"
            "- [>] Write to [[Marked]] ^vn-write-marked\n%% vaultnet:end 2026-W47 %%\n"
        ),
    }
    assert chosen(tell(notes)) == []


def test_news_is_a_reason_to_congratulate() -> None:
    """A new post told in the log, about them and not about others."""
    told = tell(
        {
            "People/Gerd.md": "---\nthey_know: my work\n---\n## Log\n- 2026-06-01 coffee\n- 2026-11-10 joined Klima AG\n",
            "People/Ann.md": "---\nthey_know: my work\n---\n## Log\n- 2026-06-01 coffee\n- 2026-11-10 I joined a new team\n",
        }
    )
    assert chosen(told) == ["congratulate-gerd"]
    assert "News: joined Klima AG" in told.rendered().body


def test_a_sleeping_tie_is_a_chance_where_there_is_room() -> None:
    """One a week, never for lateness, and never instead of somebody who is due."""
    sleeping = "---\nthey_know: my work\n---\n## Log\n- 2022-03-01 coffee\n"
    quiet = tell({"People/Ann.md": sleeping, "People/Bo.md": sleeping})
    assert len(chosen(quiet)) == 1
    full = {f"People/Friend {n}.md": FRIEND for n in range(5)} | {"People/Ann.md": sleeping}
    assert all("friend" in id_ for id_ in chosen(tell(full)))


def test_what_was_chosen_stays_chosen() -> None:
    """The plan on disk is kept, in its order."""
    told = tell({f"People/Friend {n}.md": FRIEND for n in range(6)})
    before = tuple(f"vn-write-friend-{n}" for n in (5, 3, 4))
    assert chosen(told, before)[:3] == ["write-friend-5", "write-friend-3", "write-friend-4"]


# --- the other parts ----------------------------------------------------------------------


def test_the_honest_line_says_what_the_rhythms_ask_for() -> None:
    """Nobody is dropped silently, and nobody is scolded."""
    told = tell(
        {f"People/F{n}.md": "---\nrelationship: friend\ncadence: 1 week\n---\n" for n in range(9)}
    )
    body = told.rendered().body
    assert "Your rhythms ask for about 9 people a week; you allow 4." in body
    assert "Six people could go to `cadence: yearly`" in body


def test_the_week_tells_birthdays_days_set_and_meetings() -> None:
    """Family's birthdays too; nobody's who died."""
    told = tell(
        {
            "People/Papa.md": "---\nrelationship: family\nbirthday: 11-26\n---\n",
            "People/Dead.md": "---\nstatus: died\nbirthday: 11-26\n---\n",
            "People/Sam.md": "---\nnot_before: 2026-11-27\n---\n",
            "People/Nk.md": "---\nrelationship: friend\n---\n## Log\n- 2026-11-26 coffee: Kajutan\n",
        }
    )
    week = section(told.plan(), "week")
    assert week is not None
    assert [words.phrase for words in week.notes] == ["appointment", "birthday", "day_set"]
    assert "- Thursday: coffee with [[Nk]] (`vaultnet show Nk`)" in told.rendered().body


def test_being_seen_avoids_what_is_dreaded_and_rests_once_it_is_done() -> None:
    """The first idea of the backlog that is not dreaded; nothing more in a month that had one."""
    backlog = {
        "Network/Exposure.md": "- [ ] Talk at the meetup #talk\n- [ ] Five mistakes #article\n"
    }
    settings = Settings(avoid=("talk",))
    told = tell(backlog, settings=settings)
    assert ids(told, "seen") == ["seen-five-mistakes"]
    backlog["Network/Exposure.md"] += "- [x] Post on schemas #post ✅ 2026-11-05\n"
    assert ids(tell(backlog, settings=settings), "seen") == []


def test_a_question_is_asked_until_it_is_answered_or_twice_ignored() -> None:
    """The tick is the answer, and it places the person."""
    notes = {"People/Chris.md": "", "Daily/2026-11-01.md": "[[Chris]] again\n"}
    assert ids(tell(notes), "question")[0] == "question-chris-friend"
    asked = (
        "%% vaultnet:begin {week} %%\n## One question: how do you know [[Chris]]?\n"
        "- [ ] friend ^vn-question-chris-friend\n- [{box}] just a note ^vn-question-chris-note\n"
        "%% vaultnet:end {week} %%\n"
    )
    once = notes | {"Network/a.md": asked.format(week="2026-W46", box=" ")}
    assert ids(tell(once), "question") != []
    twice = once | {"Network/b.md": asked.format(week="2026-W47", box=" ")}
    assert ids(tell(twice), "question") == []
    answered = notes | {"Network/a.md": asked.format(week="2026-W46", box="x")}
    assert ids(tell(answered), "question") == []


def test_nothing_private_or_confidential_is_quoted() -> None:
    """Private notes, private lines, what sounds told in confidence, and `plan.quote = false`."""
    notes = {
        "People/Ann.md": "---\nprivate: true\nneeds: a new flat\npurpose: her circle\n---\n## Log\n- 2026-11-12 advice: sell now\n",
        "People/Bo.md": "## Log\n- 2026-11-12 advice: leave before the layoffs\n",
        "People/Cy.md": "## Log\n- 2026-11-12 advice: never sign #private\n",
        "People/Di.md": "## Log\n- 2026-11-12 advice: ask for the band\n",
    }
    body = tell(notes).rendered().body
    for secret in ("flat", "circle", "sell now", "layoffs", "never sign"):
        assert secret not in body
    assert '"ask for the band"' in body
    assert "band" not in tell(notes, settings=Settings(quote=False)).rendered().body


def test_the_plan_says_when_it_found_nobody() -> None:
    """An empty vault gets a word on how to begin, not an empty page."""
    assert "No people found in your notes yet" in tell({"Ideas.md": "x\n"}).rendered().body


def test_no_sentence_is_said_twice_for_different_people() -> None:
    """Eight friends are not eight times the same sentence with another name in it."""
    told = tell({f"People/Friend {n}.md": FRIEND for n in range(4)})
    said = [text.split("]]")[1] for text in told.rendered().texts.values() if "[[Friend" in text]
    assert len(set(said)) == len(said)


def test_days_passing_change_nothing_while_nothing_happens() -> None:
    """The plan reads the same on Monday and on Sunday."""
    notes = {
        "People/Ann.md": "## Log\n- 2026-11-12 advice: ask for the band\n",
        "People/Bo.md": FRIEND,
        "People/Ingrid.md": "---\nwant_to_meet: true\n---\n",
    }
    monday, sunday = tell(notes, MONDAY), tell(notes, date(2026, 11, 29))
    assert monday.rendered().body == sunday.rendered().body
