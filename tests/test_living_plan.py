"""A plan through its week, on a disk: ticks, answers, things done elsewhere, and the week's end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from resting import rest
from vaultnet.app import draft_plan, plan_path, write_plan
from vaultnet.core.calendar import Week, week_of
from vaultnet.reading import read_vault

MONDAY, TUESDAY, WEDNESDAY, SUNDAY = (date(2026, 11, day) for day in (23, 24, 25, 29))
NEXT_TUESDAY = date(2026, 12, 1)
FRIEND = "---\nrelationship: friend\n---\n## Log\n- 2026-04-12 coffee\n"


@dataclass(frozen=True)
class Vault:
    """A vault on disk, edited and planned day by day."""

    root: Path

    def write(self, path: str, text: str) -> None:
        """Write a note."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")
        rest(place)

    def read(self, path: str) -> str:
        """Read a note."""
        return (self.root / path).read_bytes().decode("utf-8")

    def plan(self, today: date, week: Week | None = None) -> tuple[str, ...]:
        """Write the plan of a week; returns the paths that changed."""
        reading = read_vault(self.root, today, today)
        return write_plan(reading, draft_plan(reading, week or week_of(today))).paths

    def path(self, today: date) -> str:
        """Name the plan of a day's week."""
        return plan_path(read_vault(self.root, today, today).settings, week_of(today))

    def text(self, today: date) -> str:
        """Read the plan of a day's week."""
        return self.read(self.path(today))

    def edit(self, today: date, old: str, new: str) -> None:
        """Do what the user does in the plan."""
        text = self.text(today)
        assert old in text
        self.write(self.path(today), text.replace(old, new, 1))


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """Make a vault of six friends, somebody to meet, and a message to answer."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = Vault(tmp_path / "Notes")
    for name in "Bo Cy Di Ed Flo Gus".split():
        made.write(f"People/{name}.md", FRIEND)
    made.write("People/Ingrid.md", "---\nwant_to_meet: true\n---\n")
    made.write("People/Ann.md", "## Log\n- 2026-11-19 email from her\n")
    made.write("People/Chris.md", "")
    made.write("Daily/2026-11-10.md", "[[Chris]] again\n")
    made.plan(MONDAY)
    return made


def actions(text: str) -> list[str]:
    """List the lines of actions, boxes and ids included."""
    return [line for line in text.splitlines() if " ^vn-" in line and "question" not in line]


def test_the_plan_reads_the_same_all_week_while_nothing_happens(vault: Vault) -> None:
    """No run after the first writes anything."""
    for day in (MONDAY, TUESDAY, WEDNESDAY, SUNDAY):
        assert vault.plan(day) == ()


def test_a_tick_is_stamped_counted_and_not_replaced(vault: Vault) -> None:
    """Ticking a touch uses its place up: nobody else is pushed into the week."""
    before = actions(vault.text(MONDAY))
    vault.edit(MONDAY, "- [ ] Write to [[Ingrid]]", "- [x] Write to [[Ingrid]]")
    vault.plan(TUESDAY)
    after = actions(vault.text(MONDAY))
    assert len(after) == len(before)
    assert [line for line in after if line not in before] == [
        next(line for line in before if "Ingrid" in line)
        .replace("[ ]", "[x]")
        .replace(" ^", " ✅ 2026-11-24 ^")
    ]
    assert "Ingrid]]: you wrote" not in vault.text(MONDAY)
    assert vault.plan(WEDNESDAY) == ()


@pytest.mark.parametrize("mark", ["-", ">", "/"])
def test_marks_are_obeyed_and_nobody_takes_the_place(vault: Vault, mark: str) -> None:
    """Not this week, later, under way: the line stays and the week gets no fuller."""
    before = actions(vault.text(MONDAY))
    line = next(line for line in before if "^vn-invite" in line)
    vault.edit(MONDAY, line, line.replace("[ ]", f"[{mark}]"))
    assert vault.plan(TUESDAY) == ()
    assert len(actions(vault.text(MONDAY))) == len(before)


def test_a_deleted_action_does_not_come_back_and_is_not_replaced(vault: Vault) -> None:
    """Few things; what the user took away stays away."""
    before = actions(vault.text(MONDAY))
    line = next(line for line in before if "^vn-invite" in line)
    vault.edit(MONDAY, f"{line}\n", "")
    vault.plan(TUESDAY)
    assert len(actions(vault.text(MONDAY))) == len(before) - 1
    assert vault.plan(WEDNESDAY) == ()


def test_what_was_done_elsewhere_is_ticked_once_and_no_second_evidence(vault: Vault) -> None:
    """The day and the note stand in the line; the note alone is the evidence."""
    line = next(line for line in actions(vault.text(MONDAY)) if "^vn-invite" in line)
    name = line.split("[[")[1].split("]]")[0]
    vault.write("Daily/2026-11-24.md", f"Had lunch with [[{name}]]\n")
    vault.plan(WEDNESDAY)
    ticked = line.replace("[ ]", "[x]").replace(" ^", " ([[2026-11-24]]) ✅ 2026-11-24 ^")
    assert ticked in vault.text(MONDAY)
    reading = read_vault(vault.root, WEDNESDAY, WEDNESDAY)
    told = reading.network.with_contact(f"People/{name}.md")
    assert [(i.day, i.kind) for i in told if i.day >= MONDAY] == [(TUESDAY, "coffee")]
    assert vault.plan(SUNDAY) == ()
    vault.write("Daily/2026-11-24.md", "It was somebody else.\n")
    vault.plan(SUNDAY)
    assert f"- [ ] Invite [[{name}]]" in vault.text(MONDAY)


def test_whom_you_wrote_to_is_not_on_the_weeks_days_too(vault: Vault) -> None:
    """Somebody left until Friday stands in the plan once, and once more nowhere when it is done."""
    header = "---\nrelationship: friend\nnot_before: 2026-11-27\n---\n"
    vault.write("People/Zoe.md", f"{header}## Log\n- 2026-06-01 coffee\n")
    (vault.root / vault.path(MONDAY)).unlink()
    vault.plan(MONDAY)
    assert "^vn-write-zoe" in vault.text(MONDAY)
    assert "Friday: the day you set" not in vault.text(MONDAY)
    vault.write(
        "People/Zoe.md", f"{header}## Log\n- 2026-06-01 coffee\n- 2026-11-24 wrote to her\n"
    )
    vault.plan(WEDNESDAY)
    assert "- [x] Write to [[Zoe]]" in vault.text(MONDAY)
    assert "Friday: the day you set" not in vault.text(MONDAY)


def test_an_answer_given_elsewhere_is_ticked_too(vault: Vault) -> None:
    """Debts of *First* stay in sight, done."""
    vault.write("People/Ann.md", "## Log\n- 2026-11-19 email from her\n- 2026-11-24 wrote to her\n")
    vault.plan(WEDNESDAY)
    assert "- [x] Answer [[Ann]] ([[Ann]]) ✅ 2026-11-24 ^vn-answer-ann" in vault.text(MONDAY)


def test_later_debts_are_added_to_first(vault: Vault) -> None:
    """A message that comes on Tuesday stands in the plan on Wednesday."""
    vault.write("People/Hal.md", "## Log\n- 2026-11-24 email from him\n")
    vault.plan(WEDNESDAY)
    text = vault.text(MONDAY)
    assert text.index("vn-answer-ann") < text.index("vn-answer-hal") < text.index("people\n")


def test_a_question_is_asked_once_a_week_and_its_answer_places_the_person(vault: Vault) -> None:
    """After the tick nobody else is asked about in the same week."""
    vault.write("People/Pat.md", "")
    vault.edit(MONDAY, "- [ ] colleague ^", "- [x] colleague ^")
    vault.plan(TUESDAY)
    text = vault.text(MONDAY)
    assert "- [x] colleague ✅ 2026-11-24 ^vn-question-chris-colleague" in text
    assert text.count("how do you know") == 1
    standing = read_vault(vault.root, WEDNESDAY, WEDNESDAY).standings["People/Chris.md"]
    assert standing.ring.word == "lukewarm"


def test_old_plans_rest_when_a_new_week_is_written(vault: Vault) -> None:
    """Open boxes that nobody touched become bullets, a late tick gets the week's last day."""
    vault.edit(MONDAY, "- [ ] Write to [[Ingrid]]", "- [x] Write to [[Ingrid]]")
    changed = vault.plan(NEXT_TUESDAY)
    assert vault.path(MONDAY) in changed
    old = vault.text(MONDAY)
    assert "[ ]" not in old
    assert "[x] Write to [[Ingrid]]" in old
    assert "✅ 2026-11-29" in old
    assert vault.plan(NEXT_TUESDAY) == ()


def test_a_plan_made_ahead_leaves_this_week_alone(vault: Vault) -> None:
    """`--week` for next week closes nothing and moves `This week.md` nowhere."""
    before = vault.text(MONDAY), vault.read("Network/This week.md")
    assert vault.plan(TUESDAY, Week(2026, 49)) == ("Network/Network plan 2026-W49.md",)
    assert (vault.text(MONDAY), vault.read("Network/This week.md")) == before


def test_a_plan_of_the_users_own_folder_is_never_written(vault: Vault) -> None:
    """An old plan that was moved away is the user's."""
    vault.write("Archive/Old plan.md", vault.text(MONDAY))
    before = vault.read("Archive/Old plan.md")
    vault.plan(NEXT_TUESDAY)
    assert vault.read("Archive/Old plan.md") == before


def test_weeks_at_the_turn_of_the_year(vault: Vault) -> None:
    """2026 has 53 weeks; the first days of January belong to the last of them."""
    assert "Network/Network plan 2026-W53.md" in vault.plan(date(2027, 1, 2))
    assert "# This week · 28 December 2026 – 3 January 2027" in vault.text(date(2027, 1, 2))
    assert "Network/Network plan 2027-W01.md" in vault.plan(date(2027, 1, 4))


def test_editing_one_contact_changes_only_what_concerns_them(vault: Vault) -> None:
    """All other lines keep their bytes and their places."""
    before = vault.text(MONDAY).splitlines()
    line = next(line for line in before if "^vn-invite" in line)
    name = line.split("[[")[1].split("]]")[0]
    vault.write(f"People/{name}.md", FRIEND.replace("coffee", "call"))
    vault.plan(TUESDAY)
    after = vault.text(MONDAY).splitlines()
    assert [old for old in before[:-1] if old not in after] == [
        old for old in before[:-1] if old not in after and name in "".join(before)
    ]
    assert len([new for new in after[:-1] if new not in before]) <= 3


def test_after_weeks_away_all_old_plans_rest_and_nothing_is_scolded(vault: Vault) -> None:
    """Coming back in January: one new plan, the old ones quiet, no word about the gap."""
    vault.plan(NEXT_TUESDAY)
    changed = vault.plan(date(2027, 1, 12))
    assert "Network/Network plan 2027-W02.md" in changed
    for day in (MONDAY, NEXT_TUESDAY):
        assert "[ ]" not in vault.text(day)
    assert "late" not in vault.text(date(2027, 1, 12)).replace("later", "")


def test_a_plan_first_made_on_thursday_is_that_weeks_plan(tmp_path: Path, vault: Vault) -> None:
    """What happened since Monday is known; the days are reckoned from Monday all the same."""
    assert tmp_path.is_dir()
    monday = date(2026, 12, 7)
    thursday = date(2026, 12, 10)
    vault.write("Daily/2026-12-08.md", "Had lunch with [[Bo]]\n")
    vault.plan(thursday)
    text = vault.text(thursday)
    assert "# This week · 7–13 December" in text
    assert "[[Bo]]" not in text.split("Not this week")[0]
    assert vault.text(monday) == text
    assert vault.plan(date(2026, 12, 13)) == ()


def test_a_meeting_stays_in_sight_when_its_day_has_come(vault: Vault) -> None:
    """It is no longer an appointment then, but its line stays; a coffee nobody planned adds none."""
    vault.write("People/Hal.md", "## Log\n- 2026-11-25 coffee: the harbour\n")
    vault.plan(TUESDAY)
    line = "- Wednesday: coffee with [[Hal]] (`vaultnet show Hal`)\n"
    assert line in vault.text(MONDAY)
    assert vault.plan(SUNDAY) == ("Network/Network plan 2026-W48.md",)  # an exchange more
    assert line in vault.text(MONDAY)
    vault.write("Daily/2026-11-28.md", "Had lunch with [[Hal]]\n")
    vault.plan(SUNDAY)
    assert "Saturday" not in vault.text(MONDAY)
    assert line in vault.text(MONDAY)


def test_deleting_one_touch_moves_nobody_else(vault: Vault) -> None:
    """Whoever stands among the people stays there, under their heading."""
    people = vault.text(MONDAY).split("## Three people")[1].split("## ")[0]
    first, second, *_ = [line for line in people.splitlines() if "^vn-" in line]
    vault.edit(MONDAY, f"{first}\n", "")
    vault.edit(MONDAY, second, second.replace("[ ]", "[x]"))
    vault.plan(TUESDAY)
    text = vault.text(MONDAY)
    assert "## Three people" in text or "## Two people" in text
    assert text.index("people\n") < text.index(second[6:20])
