"""`plan.due_dates`: every line obeys the grammar of the Obsidian plugin Tasks, plain and ticked.

The rules stand in `tasks_grammar`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from resting import rest
from tasks_grammar import read_task
from vaultnet.app import draft_plan, plan_path, write_plan
from vaultnet.core.calendar import week_of
from vaultnet.reading import read_vault

MONDAY, TUESDAY, WEDNESDAY, SUNDAY = (date(2026, 11, day) for day in (23, 24, 25, 29))
NEXT_TUESDAY = date(2026, 12, 1)

_DUE = {"emoji": " 📅 2026-11-29", "dataview": "  [due:: 2026-11-29]"}
_DONE = {"emoji": " ✅ 2026-11-{}", "dataview": "  [completion:: 2026-11-{}]"}
_FORMAT = {"emoji": "tasksPluginEmoji", "dataview": "dataview"}

FRIEND = "---\nrelationship: friend\n---\n## Log\n- 2026-04-12 coffee\n"
NOTES = {
    "People/Bo.md": FRIEND,
    "People/Cy 📅 2026-01-01.md": FRIEND,
    "People/Di ✅ 2026-01-01 #task.md": FRIEND,
    "People/Ed [due 2026-01-01].md": FRIEND,
    "People/Ingrid.md": "---\nwant_to_meet: true\npurpose: 'learn [due:: 2026-01-01]'\n---\n",
    "People/Ann.md": "## Log\n- 2026-11-19 email from her: come by 📅 2026-01-01\n",
    "People/Flo.md": "- [ ] send her the slides 📅 2026-11-27\n",
    "People/Chris.md": "",
    "Daily/2026-11-10.md": "[[Chris]] again\n",
    "Network/Exposure.md": "- [ ] Write about queues [due:: 2026-12-24] #article\n",
}


@dataclass(frozen=True)
class Vault:
    """A vault on disk, whose owner uses the Tasks plugin."""

    root: Path

    def write(self, path: str, text: str) -> None:
        """Write a note or a file of settings."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")
        rest(place)

    def settle(self, *, due_dates: bool, format_: str = "emoji", filter_: str = "") -> None:
        """Choose the settings, ours and the plugin's."""
        self.write(
            "vaultnet.toml", f"plan.touches = 6\nplan.due_dates = {str(due_dates).lower()}\n"
        )
        chosen = {"globalFilter": filter_, "taskFormat": _FORMAT[format_]}
        self.write(".obsidian/plugins/obsidian-tasks-plugin/data.json", json.dumps(chosen))

    def plan(self, today: date) -> str:
        """Run the plan, and see to it that a second run writes nothing; gives its text."""
        for _ in range(2):
            reading = read_vault(self.root, today, today)
            wrote = write_plan(reading, draft_plan(reading, week_of(today)))
        assert wrote.paths == ()
        return self.text(today)

    def text(self, today: date) -> str:
        """Read the plan of a day's week."""
        reading = read_vault(self.root, today, today)
        return (self.root / plan_path(reading.settings, week_of(today))).read_text("utf-8")

    def edit(self, today: date, text: str) -> None:
        """Save the plan as the user or the plugin leaves it."""
        reading = read_vault(self.root, today, today)
        self.write(plan_path(reading.settings, week_of(today)), text)


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """Make a vault with somebody for every part, and names that look like fields."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = Vault(tmp_path / "Notes")
    for path, text in NOTES.items():
        made.write(path, text)
    return made


def actions(text: str) -> list[str]:
    """List the lines of a plan that can be due: boxes, but not those of the question."""
    return [line for line in text.split("\n") if "] " in line and " ^vn-" in line and is_due(line)]


def is_due(line: str) -> bool:
    """Whether a line is one of first, people, energy or seen, with a box."""
    return not line.startswith("- You promised") and "^vn-question-" not in line


def tick(text: str) -> str:
    """Tick every action of a plan."""
    for line in actions(text):
        text = text.replace(line, line.replace("[ ]", "[x]"))
    return text


EVERY_WAY = pytest.mark.parametrize(
    ("format_", "filter_"),
    [
        ("emoji", ""),
        ("emoji", "#task"),
        ("dataview", ""),
        ("dataview", "#to-do/net"),
        ("emoji", "TODO"),
    ],
)


@EVERY_WAY
def test_every_action_is_due_on_sunday_and_is_else_as_without(
    vault: Vault, format_: str, filter_: str
) -> None:
    """The filter ends the description, the due day is the only field, nothing else changes."""
    vault.settle(due_dates=False, format_=format_, filter_=filter_)
    plain = vault.plan(MONDAY)
    vault.settle(due_dates=True, format_=format_, filter_=filter_)
    text = vault.plan(MONDAY)
    end = (f" {filter_}" if filter_ else "") + _DUE[format_]
    assert len(actions(text)) == 7
    for line, before in zip(actions(text), actions(plain), strict=True):
        task, said = read_task(line, format_), read_task(before, format_).description
        assert task.description == f"{said} {filter_}".rstrip()
        assert task.fields == (("due", "2026-11-29"),)
        assert task.box == " "
    marker = text.rindex("%% vaultnet:end")
    assert text[:marker].replace(f"{end} ^", " ^") == plain[: plain.rindex("%% vaultnet:end")]
    assert text.count(end) == len(actions(text))


@EVERY_WAY
def test_a_tick_gets_its_day_behind_the_due_day(vault: Vault, format_: str, filter_: str) -> None:
    """In the plugin's format and order, whatever the line says."""
    vault.settle(due_dates=True, format_=format_, filter_=filter_)
    before = vault.plan(MONDAY)
    vault.edit(MONDAY, tick(before))
    after = actions(vault.plan(TUESDAY))
    for line, plain in zip(after, actions(before), strict=True):
        task = read_task(line, format_)
        assert task.fields == (("due", "2026-11-29"), ("done", "2026-11-24"))
        assert task.description == read_task(plain, format_).description
        assert task.box == "x"


@EVERY_WAY
def test_what_the_plugin_ticks_is_done_on_its_day_and_stays(
    vault: Vault, format_: str, filter_: str
) -> None:
    """Not a byte changes in the line, and the message is read with the plugin's day."""
    vault.settle(due_dates=True, format_=format_, filter_=filter_)
    before = vault.plan(MONDAY)
    line = next(line for line in actions(before) if "[[Bo]]" in line)
    id_ = read_task(line, format_).id
    ticked = line.replace("[ ]", "[x]").replace(" ^", f"{_DONE[format_].format(24)} ^")
    vault.edit(MONDAY, before.replace(line, ticked))
    assert ticked in vault.plan(WEDNESDAY).split("\n")
    told = read_vault(vault.root, WEDNESDAY, WEDNESDAY).network.interactions["People/Bo.md"]
    assert [(i.day, i.kind) for i in told if i.action == id_] == [(TUESDAY, "message")]


@pytest.mark.parametrize("format_", _FORMAT)
def test_what_was_done_elsewhere_is_linked_in_the_sentence(vault: Vault, format_: str) -> None:
    """The link stands before the fields: behind one it would make the plugin blind to it."""
    vault.settle(due_dates=True, format_=format_, filter_="#task")
    before = next(line for line in actions(vault.plan(MONDAY)) if "[[Bo]]" in line)
    vault.write("Daily/2026-11-24.md", "Wrote to [[Bo]]\n")
    task = next(
        task
        for line in actions(vault.plan(WEDNESDAY))
        if "[[Bo]]" in (task := read_task(line, format_)).description
    )
    assert task.description == f"{read_task(before, format_).description} ([[2026-11-24]])"
    assert task.fields == (("due", "2026-11-29"), ("done", "2026-11-24"))
    assert task.box == "x"


@pytest.mark.parametrize("format_", _FORMAT)
def test_without_due_dates_a_tick_still_follows_the_plugins_format(
    vault: Vault, format_: str
) -> None:
    """Its filter is left out, for the lines are plain tasks."""
    vault.settle(due_dates=False, format_=format_, filter_="#task")
    before = vault.plan(MONDAY)
    assert not any(" #task" in line for line in actions(before))
    vault.edit(MONDAY, tick(before))
    for line in actions(vault.plan(TUESDAY)):
        assert read_task(line, format_).fields == (("done", "2026-11-24"),)


def test_changing_the_settings_changes_what_nobody_touched(vault: Vault) -> None:
    """What the user ticked keeps its bytes; and there and back again is no change."""
    vault.settle(due_dates=True)
    due = vault.plan(MONDAY)
    vault.settle(due_dates=True, format_="dataview", filter_="#task")
    assert vault.plan(MONDAY) != due
    vault.settle(due_dates=True)
    assert vault.plan(MONDAY) == due
    line = actions(due)[0]
    ticked = line.replace("[ ]", "[x]").replace(" ^", " ✅ 2026-11-24 ^")
    vault.edit(MONDAY, due.replace(line, ticked))
    vault.settle(due_dates=False, format_="dataview")
    assert [line for line in actions(vault.plan(TUESDAY)) if "📅" in line] == [ticked]


@pytest.mark.parametrize("format_", _FORMAT)
def test_an_old_plan_is_not_due(vault: Vault, format_: str) -> None:
    """What stood open and untouched becomes a plain bullet without a day."""
    vault.settle(due_dates=True, format_=format_)
    before = vault.plan(MONDAY)
    vault.plan(NEXT_TUESDAY)
    closed = vault.text(MONDAY)
    assert _DUE[format_] not in closed
    for line in actions(before):
        assert line.replace("[ ] ", "").replace(_DUE[format_], "") in closed.split("\n")
