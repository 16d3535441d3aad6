"""A plan that is kept true: when it is written, when it waits, and what is told of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from resting import rest
from vaultnet import writer
from vaultnet.app.keeping import TYPING, UNTOUCHED, Kept, keep_plan
from vaultnet.core.model import Problem
from vaultnet.present import faults_of, tell_kept

MONDAY, TUESDAY, NEXT_MONDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 30)
PLAN = "Network/Network plan 2026-W48.md"
NEXT = "Network/Network plan 2026-W49.md"
FRIEND = "---\nrelationship: friend\n---\n## Log\n- 2026-04-12 coffee\n"
OPEN, TICKED = "- [ ] Answer [[Ann]]", "- [x] Answer [[Ann]]"


@dataclass
class Vault:
    """A vault whose plan is kept true, look by look."""

    root: Path
    last: Kept | None = None
    held: list[str] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None
    """What others do at the moment at which the plan is about to be written."""

    def write(self, path: str, text: str) -> None:
        """Save a note, long ago."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")
        rest(place)

    def read(self, path: str = PLAN) -> str:
        """Read a note."""
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, old: str, new: str, *, ago: float, path: str = PLAN) -> None:
        """Change a note as the user does, so many seconds ago."""
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new, 1))
        then = time.time() - ago
        os.utime(self.root / path, (then, then))

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Stand for the time in which nothing may end the process."""
        self.held.append("in")
        self.meanwhile()
        yield
        self.held.append("out")

    def keep(self, *moved: str, today: date = MONDAY) -> Kept:
        """Look as the watcher does when these notes have moved."""
        kept = self.keep_quietly(*moved, today=today)
        assert kept is not None
        return kept

    def keep_quietly(self, *moved: str, today: date = MONDAY) -> Kept | None:
        """Look, and perhaps find that it was our own doing."""
        paths = None if self.last is None else frozenset(moved)
        kept = keep_plan(self.root, today, today, paths, self.last, self.hold)
        self.before, self.last = self.last, kept or self.last
        return kept

    def tell(self, kept: Kept) -> str:
        """Say what is printed of a look."""
        return tell_kept(kept, self.before)

    before: Kept | None = None


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """Make a vault of two friends and a message to answer, its plan written."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = Vault(tmp_path / "Notes")
    for name in ("Bo", "Cy"):
        made.write(f"People/{name}.md", FRIEND)
    made.write("People/Ann.md", "## Log\n- 2026-11-19 email from her\n")
    assert made.keep().wrote == (PLAN, "Network/This week.md")
    return made


def test_the_plan_follows_a_note_at_once(vault: Vault) -> None:
    """What came and what went is told, with the note that was the reason."""
    vault.write(
        "People/Ann.md", "## Log\n- 2026-11-19 email from her\n- 2026-11-23 replied to her\n"
    )
    vault.write("People/Hal.md", "## Log\n- 2026-11-22 email from him\n")
    kept = vault.keep("People/Ann.md", "People/Hal.md")
    assert vault.tell(kept) == (
        "Ann.md and Hal.md changed: plan brought up to date (Answer Hal added, Answer Ann done)"
    )
    assert kept.wait is None
    assert vault.held == ["in", "out"] * 2


def test_the_first_look_and_an_idle_one(vault: Vault) -> None:
    """A new plan is named; a look without any reason says nothing."""
    assert vault.last is not None
    assert vault.tell(vault.last) == "start: Network plan 2026-W48.md written; wrote This week.md"
    assert vault.tell(vault.keep()) == ""
    assert vault.tell(vault.keep("People/Bo.md")) == "Bo.md changed: plan as it was"
    assert vault.tell(vault.keep("People/Bo.md")) == ""
    assert vault.tell(vault.keep("People/Cy.md")) == "Cy.md changed: plan as it was"


def test_notes_of_one_name_are_told_apart(vault: Vault) -> None:
    """A note that was moved is named where it was and where it is."""
    vault.write("Old/Bo.md", FRIEND)
    said = vault.tell(vault.keep("People/Bo.md", "Old/Bo.md"))
    assert said.startswith("Old/Bo.md and People/Bo.md changed: ")


def test_our_own_writing_is_no_reason(vault: Vault) -> None:
    """Nothing is read again because we wrote; the user's edit of the same notes is another matter."""
    assert vault.keep_quietly(PLAN, "Network/This week.md") is None
    assert vault.keep_quietly(PLAN, "People/Bo.md") is not None
    vault.edit(OPEN, TICKED, ago=UNTOUCHED + 1)
    assert vault.keep(PLAN).wrote == (PLAN,)


def test_what_another_command_wrote_is_a_reason(vault: Vault) -> None:
    """`vaultnet log` is vaultnet too, but not this watcher."""
    before = (vault.root / "People/Ann.md").read_bytes()
    text = f"{before.decode()}- 2026-11-23 replied to her\n"
    with writer.locked(vault.root):
        assert writer.write_note(vault.root, "People/Ann.md", text, before=before)
    assert vault.keep("People/Ann.md").changes == ("Answer Ann done",)


def test_a_new_day_is_a_reason_though_only_we_wrote(vault: Vault) -> None:
    """Monday morning brings the new plan, whatever else has moved."""
    kept = vault.keep(PLAN, today=NEXT_MONDAY)
    assert kept.wrote == (NEXT, "Network/This week.md", PLAN)
    assert vault.tell(kept) == (
        "a new day: Network plan 2026-W49.md written; "
        "wrote This week.md and Network plan 2026-W48.md"
    )


def test_other_notes_keep_their_bytes_and_times(vault: Vault) -> None:
    """Ticks, promises, answers: all of it is written into plans alone."""

    def others() -> dict[Path, tuple[bytes, int]]:
        return {
            path: (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(vault.root.rglob("*"))
            if path.is_file() and "Network" not in path.parts
        }

    before = others()
    for ago in (2 * UNTOUCHED, TYPING + 1):
        vault.edit("- [ ]", "- [x]", ago=ago)
        vault.keep(PLAN)
    vault.keep(today=NEXT_MONDAY)
    assert others() == before


# --- while the user is at it --------------------------------------------------------------


def test_a_tick_gets_its_day_when_the_plan_has_been_left_alone(vault: Vault) -> None:
    """Not while the cursor may still be in the line, and then in one write."""
    vault.edit(OPEN, TICKED, ago=1)
    before = vault.read()
    kept = vault.keep(PLAN)
    assert (kept.wrote, vault.read()) == ((), before)
    assert kept.wait == pytest.approx(UNTOUCHED - 1, abs=0.9)

    vault.edit(TICKED, TICKED, ago=UNTOUCHED + 1)
    kept = vault.keep()
    line = next(line for line in before.splitlines() if TICKED in line)
    assert line.replace(" ^", " ✅ 2026-11-23 ^") in vault.read().splitlines()
    assert vault.tell(kept).endswith(": plan brought up to date (Answer Ann dated)")
    assert vault.keep_quietly(PLAN) is None
    assert vault.keep().wait is None


def test_nothing_is_written_while_the_user_types_in_the_plan(vault: Vault) -> None:
    """The answer to a note that changes meanwhile comes when the typing is over, without dates."""
    vault.edit(OPEN, f"{TICKED} today", ago=1)
    vault.write("People/Hal.md", "## Log\n- 2026-11-22 email from him\n")
    before = vault.read()
    kept = vault.keep(PLAN, "People/Hal.md")
    assert (kept.wrote, vault.read(), vault.tell(kept)) == ((), before, "")
    assert kept.wait == pytest.approx(TYPING - 1, abs=0.9)

    vault.edit(f"{TICKED} today", f"{TICKED} today", ago=TYPING + 1)
    kept = vault.keep()
    assert vault.tell(kept) == (
        "Network plan 2026-W48.md and Hal.md changed: plan brought up to date (Answer Hal added)"
    )
    assert f"{TICKED} today" in vault.read()
    assert "✅" not in vault.read()
    assert kept.wait == pytest.approx(UNTOUCHED - TYPING - 1, abs=0.9)


def test_who_is_only_at_the_plan_gets_one_write_for_all(vault: Vault) -> None:
    """What follows from a tick waits for its day: git sees one version, not two."""
    vault.write("People/Pat.md", "")
    vault.write("Daily/2026-11-10.md", "[[Pat]] again\n")
    vault.keep("People/Pat.md", "Daily/2026-11-10.md")
    vault.edit("- [ ] friend ^", "- [x] friend ^", ago=TYPING + 1)
    assert vault.keep(PLAN).wrote == ()
    vault.edit("- [x] friend ^", "- [x] friend ^", ago=UNTOUCHED + 1)
    assert vault.keep().wrote == (PLAN,)
    assert "- [x] friend ✅ 2026-11-23 ^" in vault.read()
    assert "[[Pat]] moved in, to buddy" in vault.read()


def test_an_edit_at_the_last_moment_stays_and_is_taken_in_later(vault: Vault) -> None:
    """Nothing is written over it, nobody is bothered with it, and soon it is tried again."""
    vault.write("People/Hal.md", "## Log\n- 2026-11-22 email from him\n")
    vault.meanwhile = lambda: vault.edit(OPEN, TICKED, ago=UNTOUCHED + 1)
    kept = vault.keep("People/Hal.md")
    assert (kept.wrote, kept.fault, kept.wait) == ((), "", TYPING)
    assert "[[Hal]]" not in vault.read()
    vault.meanwhile = lambda: None
    assert vault.keep(PLAN).changes == ("Answer Hal added", "Answer Ann dated")
    assert TICKED in vault.read()


def test_last_weeks_plan_is_left_alone_too_while_somebody_is_at_it(vault: Vault) -> None:
    """Its late tick gets Sunday when it has been left alone; the new plan need not wait for that."""
    vault.edit(OPEN, TICKED, ago=1)
    kept = vault.keep(PLAN, today=NEXT_MONDAY)
    assert kept.wrote == (NEXT, "Network/This week.md")
    assert kept.wait == pytest.approx(UNTOUCHED - 1, abs=0.9)
    vault.edit(TICKED, TICKED, ago=UNTOUCHED + 1)
    assert vault.keep(today=NEXT_MONDAY).wrote == (PLAN,)
    assert TICKED in vault.read()
    assert "✅ 2026-11-29" in vault.read()


# --- faults -------------------------------------------------------------------------------


def test_a_damaged_plan_is_told_and_left(vault: Vault) -> None:
    """Whoever watches goes on, and the plan is written again once it is mended."""
    whole = vault.read()
    vault.edit("%% vaultnet:begin 2026-W48 %%", "%% vaultnet:begin %%", ago=UNTOUCHED + 1)
    damaged = vault.read()
    vault.write("People/Hal.md", "## Log\n- 2026-11-22 email from him\n")
    kept = vault.keep(PLAN, "People/Hal.md")
    assert kept.fault.startswith(f"{PLAN} is left as it is: its markers")
    assert (kept.wait, vault.tell(kept), vault.read()) == (None, "", damaged)
    vault.write(PLAN, whole)
    kept = vault.keep(PLAN)
    assert kept.wrote == (PLAN,)
    assert vault.tell(kept).endswith("Hal.md changed: plan brought up to date (Answer Hal added)")


def test_broken_settings_are_told_and_tried_again(vault: Vault) -> None:
    """No plan is made from a vault that cannot be read."""
    before = vault.read()
    vault.write("vaultnet.toml", "plan = \n")
    kept = vault.keep("vaultnet.toml")
    assert kept.fault.startswith("vaultnet.toml")
    assert kept.wait is not None
    assert vault.read() == before
    vault.write("vaultnet.toml", "")
    assert vault.keep("vaultnet.toml").fault == ""


def test_a_vault_without_notes_gives_no_plan(vault: Vault) -> None:
    """Everything ignored, or a disk that is being taken out: nobody is dropped from the plan."""
    before = vault.read()
    vault.write("vaultnet.toml", 'ignore = ["People", "Network", "Daily"]\n')
    assert "holds no notes" in vault.keep("vaultnet.toml").fault
    assert vault.read() == before


def test_what_is_wrong_is_told_until_the_notes_can_be_read_again() -> None:
    """A fault that hides the problems does not make them new ones afterwards."""
    problem = Problem("People/Ada.md", 2, "unknown-value", "what\x1b[31mis this")
    told = faults_of(Kept(MONDAY, problems=(problem,)), frozenset())
    assert told == {"People/Ada.md:2: what [31mis this"}
    assert faults_of(Kept(MONDAY, fault="The disk is full"), told) == {*told, "The disk is full"}
    assert faults_of(Kept(MONDAY, problems=()), told) == frozenset()
