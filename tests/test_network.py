"""Who knows whom, and who could introduce you."""

from __future__ import annotations

from datetime import date

from from_text import MONDAY, tell
from vaultnet.core.network import asked_for_introductions, find_introducers, owed_thanks

INGRID = {"People/Ingrid.md": "---\nwant_to_meet: true\n---\n"}


def introducers(notes: dict[str, str], today: date = MONDAY) -> list[str]:
    """Name those who could introduce you to Ingrid, best first."""
    told = tell(INGRID | notes, today)
    found = find_introducers(told.network, told.standings, "People/Ingrid.md", today)
    return [introducer.contact.name for introducer in found]


def test_ties_are_read_from_knows_introduced_by_and_shared_meetings() -> None:
    """Every tie says how and where it was read, and stands with both its ends."""
    told = tell(
        {
            "People/Ann.md": '---\nknows: "[[Bo]]"\n---\n',
            "People/Bo.md": '---\nintroduced_by: "[[Cy]]"\n---\n',
            "People/Cy.md": "",
            "Meetings/2026-11-10 Board.md": '---\nattendees: ["[[Ann]]", "[[Cy]]"]\n---\n',
        }
    )
    ties = told.network.ties
    assert [(t.a, t.b, t.how) for t in ties["People/Bo.md"]] == [
        ("People/Ann.md", "People/Bo.md", "knows"),
        ("People/Bo.md", "People/Cy.md", "introduced by"),
    ]
    (met,) = [t for t in ties["People/Ann.md"] if t.b == "People/Cy.md"]
    assert (met.how, met.source, met.day) == (
        "met together",
        "Meetings/2026-11-10 Board.md",
        date(2026, 11, 10),
    )
    assert met in ties["People/Cy.md"]


def test_whoever_knows_your_work_comes_first() -> None:
    """Among those tied to a person, a buddy comes before an acquaintance."""
    assert introducers(
        {
            "People/Ann.md": '---\nrelationship: acquaintance\nknows: "[[Ingrid]]"\n---\n',
            "People/Bo.md": '---\nrelationship: friend\nknows: "[[Ingrid]]"\n---\n',
            "People/Cy.md": '---\nknows: "[[Ingrid]]"\n---\n',
        }
    ) == ["Bo", "Ann"]


def test_nobody_is_asked_more_than_twice_a_year_or_while_thanks_are_owed() -> None:
    """Two asks within a year, or help not yet thanked for, and somebody else is asked."""
    knows = '---\nrelationship: friend\nknows: "[[Ingrid]]"\n---\n## Log\n'
    assert introducers(
        {
            "People/Ann.md": knows
            + "- 2026-02-01 asked her for an intro to Bo\n- 2026-07-01 asked for an introduction\n",
            "People/Bo.md": knows + "- 2026-11-12 advice: ask for the band first\n",
            "People/Cy.md": knows
            + "- 2025-02-01 asked for an intro\n- 2026-07-01 asked for an intro\n",
        }
    ) == ["Cy"]


def test_whoever_is_paused_snoozed_or_never_to_be_bothered_is_not_asked() -> None:
    """The user's word holds for introductions too."""
    friend = 'relationship: friend\nknows: "[[Ingrid]]"\n'
    assert (
        introducers(
            {
                "People/Ann.md": f"---\n{friend}status: paused\n---\n",
                "People/Bo.md": f"---\n{friend}not_before: 2027-01-01\n---\n",
                "People/Cy.md": f"---\n{friend}cadence: never\n---\n",
            }
        )
        == []
    )


def test_thanks_are_owed_for_thirty_days_or_until_they_are_said() -> None:
    """Advice opens the debt; thanks or time close it."""
    told = tell(
        {
            "People/Ann.md": "## Log\n- 2026-11-12 advice: ask for the band\n",
            "People/Bo.md": "## Log\n- 2026-11-12 advice: x\n- 2026-11-13 thanked her\n",
            "People/Cy.md": "## Log\n- 2026-10-12 advice: x\n",
        }
    )
    owed = {path: owed_thanks(told.network, path, MONDAY) for path in told.network.contacts}
    assert [path for path, interaction in owed.items() if interaction] == ["People/Ann.md"]


def test_asks_are_counted_over_one_year_and_only_those_for_introductions() -> None:
    """Asking for advice is no asking for an introduction."""
    told = tell(
        {
            "People/Ann.md": "## Log\n- 2026-03-01 asked her for advice\n- 2026-04-01 asked for an intro\n"
        }
    )
    assert asked_for_introductions(told.network, "People/Ann.md", MONDAY) == (date(2026, 4, 1),)
