"""A plan goes on from the last one: it reads what changed, and the notes of those it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest

from edit_vault import TODAY, show, show_draft
from resting import pass_tick
from vaultnet import app, resumed
from vaultnet.core.calendar import week_of
from vaultnet.index.listing import Look, look_around
from vaultnet.index.places import find_cache
from vaultnet.moved import read_again
from vaultnet.planning import draft_week
from vaultnet.reading import read_vault, recall

PEOPLE = 300
WEEK = week_of(TODAY)


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault of many people, of whom a plan was drafted."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "vault"
    (root / "People").mkdir(parents=True)
    (root / "Journal").mkdir()
    for number in range(PEOPLE):
        text = f"---\ntype: person\nrelationship: {('friend', 'client')[number % 2]}\n---\n## Log\n"
        day = f"{2024 + number % 2}-{1 + number % 12:02}-15"
        (root / f"People/P{number:03} Ek.md").write_text(f"{text}- {day} coffee: the boats\n")
    (root / "People/P007 Ek.md").write_text("knows nobody\n", encoding="utf-8")
    (root / "Journal/2026-11-20.md").write_text("Lunch with [[P003 Ek]] and [[P004 Ek]]\n")
    pass_tick()
    draft_week(root, TODAY, TODAY, look=look_around(root))
    return root


def week_day(week: str) -> date:
    """Give the Wednesday of a week."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 3)


def look(root: Path) -> Look:
    """Look at the vault's files as they stand now."""
    pass_tick()
    found = look_around(root)
    assert found
    return found


def go_on(root: Path) -> frozenset[str] | None:
    """Go on from the last draft, and draft again; gives the notes that were read, if one could."""
    found = resumed.resume(look(root), root, TODAY, TODAY, WEEK)
    if found is None:
        return None
    known, reading = found
    draft = app.draft_plan(reading, WEEK)
    read = known.read
    cold = read_vault(root, TODAY, TODAY)
    assert show_draft(reading, draft) == show_draft(cold, app.draft_plan(cold, WEEK))
    return read


def change(root: Path, path: str, text: str) -> None:
    """Write something below a note."""
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(text)


def change_all(root: Path, count: int) -> None:
    """Write something below many notes at once."""
    for number in range(count):
        change(root, f"People/P{number:03} Ek.md", "- 2026-11-24 call\n")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("People/P005 Ek.md", "- 2026-11-24 helped me with the budget\n"),
        ("People/P007 Ek.md", "- 2026-11-24 call\n"),
        ("Journal/2026-11-20.md", "Wrote to [[P009 Ek]], no answer yet\n"),
        ("Journal/2026-11-20.md", "- [ ] Send [[P011 Ek]] the notes #promise\n"),
    ],
)
def test_few_notes_are_read_where_one_changed(vault: Path, path: str, text: str) -> None:
    """Of hundreds of notes those are read that changed, and those of whom the plan speaks."""
    change(vault, path, text)
    read = go_on(vault)
    assert read
    assert path in read
    assert len(read) < PEOPLE / 6


def test_nothing_but_the_plan_is_read_where_nothing_changed(vault: Path) -> None:
    """Without a change it is the people of the plan who are read, and nobody else."""
    read = go_on(vault)
    assert read
    assert len(read) < PEOPLE / 6


@pytest.mark.parametrize(
    "edit",
    [
        lambda root: (root / "People/Cy.md").write_text("x", encoding="utf-8"),
        lambda root: (root / "People/P001 Ek.md").unlink(),
        lambda root: (root / "People/P001 Ek.md").rename(root / "People/P001 Oak.md"),
        lambda root: (root / "People/P001 Ek.md").write_text("---\naliases: [Chief]\n---\n"),
        lambda root: (root / "People/P001 Ek.md").write_text("---\nvaultnet: me\n---\n"),
        lambda root: (root / "People/P001 Ek.md").write_bytes(b"\xff"),
        lambda root: (root / "vaultnet.toml").write_text("[plan]\ntouches = 1\n"),
        lambda root: change_all(root, 200),
    ],
)
def test_everything_is_read_where_more_may_have_changed(
    vault: Path, edit: Callable[[Path], object]
) -> None:
    """Notes that come or go, names, settings, many notes at once: then all is read as at first."""
    edit(vault)
    assert go_on(vault) is None
    reading, draft = draft_week(vault, TODAY, TODAY, look=look(vault))
    cold = read_vault(vault, TODAY, TODAY)
    assert show_draft(reading, draft) == show_draft(cold, app.draft_plan(cold, WEEK))


@pytest.mark.parametrize("harm", [lambda raw: raw[:0], lambda raw: raw[:-9], lambda raw: raw[::-1]])
def test_what_is_kept_and_broken_is_not_believed(
    vault: Path, harm: Callable[[bytes], bytes]
) -> None:
    """A torn file is as if it were not there."""
    for kind in ("state", "links"):
        place = Path(find_cache(vault, kind))
        place.write_bytes(harm(place.read_bytes()))
    assert go_on(vault) is None


def test_a_note_that_changes_meanwhile_has_all_read_again(vault: Path) -> None:
    """Who is to be spoken of is read after the look: what is another note by then is not believed."""
    seen = look(vault)
    change_all(vault, PEOPLE)
    found = resumed.resume(seen, vault, TODAY, TODAY, WEEK)
    assert found
    with pytest.raises(resumed.StaleError):
        app.draft_plan(found[1], WEEK)
    reading, draft = draft_week(vault, TODAY, TODAY, look=seen)
    cold = read_vault(vault, TODAY, TODAY)
    assert show_draft(reading, draft) == show_draft(cold, app.draft_plan(cold, WEEK))


def test_earlier_plans_are_looked_at_until_they_rest(vault: Path) -> None:
    """A plan that is over is closed once; from then on it is not opened again, unless it changes."""
    for week in ("2026-W46", "2026-W47"):
        reading, draft = draft_week(vault, week_day(week), TODAY)
        app.write_plan(reading, draft)
    pass_tick()
    reading, draft = draft_week(vault, TODAY, TODAY, look=look(vault))
    assert len(app.write_plan(reading, draft).paths) == 3
    draft_week(vault, TODAY, TODAY, look=look(vault))
    found = resumed.resume(look(vault), vault, TODAY, TODAY, WEEK)
    assert found
    earlier = [path for path, week in found[1].plans.items() if week < str(WEEK)]
    assert sorted(found[1].at_rest) == sorted(earlier)
    before = found[1].at_rest[earlier[0]]
    change(vault, earlier[0], "A thought of mine.\n")
    reading, _ = draft_week(vault, TODAY, TODAY, look=look(vault))
    assert reading.at_rest[earlier[0]] not in {before, ()}


def test_two_notes_of_one_name_stay_told_apart(vault: Path) -> None:
    """Two whose names differ only in how accents are stored have one key, and ticks are the last one's.

    Whichever of them had changed last was taken for it, while a plan was kept true.
    """
    first, last = sorted(f"People/{normalize(form, 'Zoë')}.md" for form in ("NFC", "NFD"))
    for path in (first, last):
        change(vault, path, "---\ntype: person\n---\n")
    if len(list(vault.glob("People/Zo*.md"))) < 2:
        pytest.skip("to this disk they are one name")
    memory = recall(vault, TODAY, TODAY)
    (key,) = {
        c.key for c in read_vault(vault, TODAY, TODAY, memory).people.contacts if "Zo" in c.path
    }
    draft = app.draft_plan(read_vault(vault, TODAY, TODAY, memory), WEEK)
    (vault / "Network").mkdir()
    (vault / draft.path).write_text(draft.text, encoding="utf-8")
    read_vault(vault, TODAY, TODAY, memory)
    pass_tick()
    (vault / first).write_text("---\ntype: person\nneeds: boats\n---\n", encoding="utf-8")
    mark = "%% vaultnet:end"
    text = draft.text.replace(mark, f"- [x] Write ✅ 2026-11-24 ^vn-write-{key}\n\n{mark}")
    (vault / draft.path).write_text(text, encoding="utf-8")
    found = read_again(vault, TODAY, TODAY, memory, {first, draft.path})
    assert show(found) == show(read_vault(vault, TODAY, TODAY))


def test_a_value_that_is_mended_is_no_fault_any_more(vault: Path) -> None:
    """What could not be understood was no part of the contact: that it went changed nobody, yet a fault.

    Among the problems of the people it stayed as long as the plan was kept true.
    """
    path = "People/P005 Ek.md"
    good = (vault / path).read_text(encoding="utf-8")
    (vault / path).write_text(good.replace("---\n##", "they_know: much\n---\n##"), encoding="utf-8")
    memory = recall(vault, TODAY, TODAY)
    read_vault(vault, TODAY, TODAY, memory)
    pass_tick()
    (vault / path).write_text(good, encoding="utf-8")
    found = read_again(vault, TODAY, TODAY, memory, {path})
    assert found.people.problems == ()
    assert show(found) == show(read_vault(vault, TODAY, TODAY))


def test_a_draft_of_another_day_is_not_gone_on_from(vault: Path) -> None:
    """What is to come on one day has been on the next."""
    before = TODAY.replace(day=TODAY.day - 1)
    assert resumed.resume(look(vault), vault, before, TODAY, WEEK) is None
