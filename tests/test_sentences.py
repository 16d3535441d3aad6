"""What a line claims: the sentences in `tests/sentences`, by which the rules were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vaultnet.core.contacts import read_contacts
from vaultnet.core.evidence import find_evidence
from vaultnet.core.links import index_links
from vaultnet.core.model import Evidence, Interaction, Obsidian, Settings, Source
from vaultnet.core.notes import read_note

FIRST_DAY = date(2020, 1, 1)
TODAY = date(2026, 11, 23)
SENTENCES = Path(__file__).parent / "sentences"
PEOPLE = {f"People/{name}.md": "" for name in ("Ada", "Bob", "Cleo")}


def test_lines_that_tell_of_something() -> None:
    """Each line of a daily note tells of whom, what kind and which way, and of nobody else."""
    wanted = _sentences("told")

    assert _told_in_daily_notes(wanted) == wanted


def test_lines_that_tell_of_nothing() -> None:
    """Plans, failures, questions, hearsay, other people's doings and mere mentions claim nothing."""
    wanted = _sentences("silent")

    assert _told_in_daily_notes(wanted) == wanted


def test_ticked_tasks() -> None:
    """A ticked task was done, though it is written as an order or a wish; preparing is not doing."""
    wanted = _sentences("ticked")
    days = _days(wanted)
    notes = {f"{day}.md": f"- [x] {text}\n" for day, text in days.items()}

    assert _by_text(days, _read({**PEOPLE, **notes}).interactions) == wanted


def test_entries_of_a_log() -> None:
    """In a log, the person need not be named; an entry of no known kind is a note."""
    wanted = _sentences("log")
    days = _days(wanted)
    log = "".join(f"- {day} {text}\n" for day, text in days.items())

    evidence = _read({**PEOPLE, "People/Ada.md": f"## Log\n{log}"})

    assert _by_text(days, evidence.interactions) == wanted


def test_a_users_own_words() -> None:
    """Words from the settings count in any script, and what undoes a line undoes them too."""
    wanted = {
        "Fika with [[Ada]]": "Ada coffee both",
        "Mit [[Ada]] Kaffee getrunken": "Ada coffee both",
        "Kaffee mit [[Ada]] abgesagt": "",
        "和[[Ada]]喝咖啡": "Ada coffee both",
        "☕️ time [[Ada]], [[Bob]]": "Ada coffee both, Bob coffee both",
        "geschrieben: [[Ada]]": "Ada message out",
        "Post von [[Ada]] bekommen": "Ada message in",
        "Morgen Kaffee mit [[Ada]]": "",
        "Kaffeemaschine von [[Ada]]": "",
    }
    settings = Settings(
        kinds={
            "coffee": ("fika", "Kaffee", "喝咖啡", "☕️ time"),
            "message": ("geschrieben", "Post"),
        }
    )

    assert _told_in_daily_notes(wanted, settings) == wanted


def test_a_heading_or_parent_names_the_kind() -> None:
    """A line that says only who takes its kind from its parent item, then from the heading."""
    note = """
## Calls
- [[Ada]]
- [[Bob]]: the budget, he will send it
- [[Cleo]] is ill
## Emails
- from [[Ada]]: the contract
- to [[Bob]]
## Afternoon
- Lunch at Nero
    - with [[Ada]] and [[Bob]]
- Things
    - [[Cleo]]
## Calls to make
- [[Cleo]]
## Tomorrow
- lunch with [[Cleo]]
- called [[Cleo]] about it
"""
    evidence = _read({**PEOPLE, "2026-11-20.md": note})

    assert [_say(interaction) for interaction in evidence.interactions] == [
        "Ada call both",
        "Bob call both",
        "Ada message in",
        "Bob message out",
        "Ada coffee both",
        "Bob coffee both",
        "Cleo call both",
    ]


def test_a_person_above_is_who_the_lines_below_are_about() -> None:
    """Under an item that is only a person, or such a heading, lines need not name them again."""
    note = """
- [[Ada]]
    - coffee at Nero
- [[Bob]]:
    - need to call him
## [[Cleo]]
- called about the flat
- the flat is large
"""
    evidence = _read({**PEOPLE, "2026-11-20.md": note})

    assert [_say(interaction) for interaction in evidence.interactions] == [
        "Ada coffee both",
        "Cleo call both",
    ]


@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                "call called met lunch with to from [[Ada]] [[Bob]] [[Ada]]'s and , . : ( ) - ? I she her "
                "introduced me had no answer cancelled tomorrow 1:1 w/ ☕ re: Kaffee \ue000 \uf8ff ' ’s".split(
                    " "
                )
            ),
        ),
        max_size=30,
    )
)
def test_no_line_whatever_raises(words: list[str]) -> None:
    """Whatever stands in a daily note or a log is read, and claims only people who are named."""
    line = " ".join(words)
    settings = Settings(kinds={"coffee": ("Kaffee", "喝")})
    notes = {
        **PEOPLE,
        "2026-11-20.md": f"- {line}",
        "People/Ada.md": f"## Log\n- 2026-11-19 {line}",
    }

    evidence = _read(notes, settings)

    assert {i.contact for i in evidence.interactions} <= {*PEOPLE}


def test_a_line_without_end_is_read_in_no_time() -> None:
    """The time taken grows with the length of a line, not faster."""
    for word in ("call [[Ada]] ", "had lunch with ", "([", "and ", "[[Ada]], ", "no ", "1:", "x-"):
        _read(
            {
                **PEOPLE,
                "2026-11-20.md": word * 20_000,
                "People/Ada.md": f"- 2026-11-19 {word * 20_000}",
            }
        )


def _sentences(name: str) -> dict[str, str]:
    lines = (SENTENCES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("  =>  ") for line in lines if line.strip())
    return {text: _in_order(told.split(", ")) for text, _, told in pairs}


def _told_in_daily_notes(lines: Iterable[str], settings: Settings | None = None) -> dict[str, str]:
    """Write each line into the daily note of a day of its own, and read what is told."""
    days = _days(lines)
    notes = {f"{day}.md": f"- {text}\n" for day, text in days.items()}
    return _by_text(days, _read({**PEOPLE, **notes}, settings).interactions)


def _days(lines: Iterable[str]) -> dict[date, str]:
    return {FIRST_DAY + timedelta(days=number): line for number, line in enumerate(lines)}


def _by_text(days: Mapping[date, str], interactions: Iterable[Interaction]) -> dict[str, str]:
    found: dict[date, list[str]] = defaultdict(list)
    for interaction in interactions:
        found[interaction.day].append(_say(interaction))
    return {text: _in_order(found[day]) for day, text in days.items()}


def _in_order(told: Iterable[str]) -> str:
    return ", ".join(sorted(told))


def _say(interaction: Interaction) -> str:
    name = interaction.contact.removeprefix("People/").removesuffix(".md")
    given = interaction.given if interaction.kind == "introduction" else None
    return " ".join([name, interaction.kind, interaction.direction, *([given] if given else [])])


def _read(notes: Mapping[str, str], settings: Settings | None = None) -> Evidence:
    settings = settings or Settings()
    read = [read_note(Source(path, text)) for path, text in notes.items()]
    links = index_links(notes, read)
    people = read_contacts(read, settings, Obsidian(), links.resolve)
    return find_evidence(read, people.contacts, links.resolve, settings, Obsidian(), TODAY, TODAY)
