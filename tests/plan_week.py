"""What people and programs do to a plan, and what must hold whatever they do.

    python tests/plan_week.py --steps 10000 --seeds 20

runs that many steps for each seed and says what it saw; the tests run a sample.
"""

from __future__ import annotations

import argparse
import difflib
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from from_text import tell
from vaultnet.core import merge
from vaultnet.core.calendar import week_of
from vaultnet.core.marks import block_id, find_untouched, memory_of
from vaultnet.core.model import Settings
from vaultnet.core.removable import find_removable
from vaultnet.render import render_plan

_LOGS = (
    "coffee", "email from her", "advice: ask for the band", "wrote to her", "thanked her",
    "joined Klima AG", "introduced me to a colleague", "call", "helped her with the deck",
)  # fmt: skip
_PROPERTIES = (
    "relationship: friend", "relationship: mentor", "want_to_meet: true", "they_know: my work",
    "purpose: learn how grids are run", "needs: code review", "ask: how you hire", "status: paused",
    "not_before: 2026-12-10", "birthday: 11-26",
)  # fmt: skip


@dataclass
class Desk:
    """A small vault, its plans, and somebody who works in them."""

    notes: dict[str, str] = field(default_factory=dict)
    today: date = date(2026, 11, 23)
    mine: list[str] = field(default_factory=list)
    """Lines of this week's plan that the user wrote or touched, without their ends."""
    deleted: set[str] = field(default_factory=set)
    """Ids of actions the user took out of this week's plan."""
    count: int = 0
    did: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Begin with a few people and a first plan."""
        for n in range(5):
            self.notes[f"People/P{n}.md"] = f"---\n{_PROPERTIES[n]}\n---\n## Log\n"
        self.notes["People/Quiet.md"] = ""
        self.notes["Daily/2026-11-02.md"] = "[[Quiet]] again\n"
        self.run()

    # --- the plan -------------------------------------------------------------------------

    @property
    def path(self) -> str:
        """Name this week's plan."""
        return f"Network/Network plan {week_of(self.today)}.md"

    @property
    def text(self) -> str:
        """Read this week's plan; empty before it is written."""
        return self.notes.get(self.path, "")

    def run(self) -> None:
        """Run `vaultnet plan`, and see that everything the user did is still there."""
        before = self.text
        self._plan()
        after = self.text
        self._plan()
        changed = difflib.unified_diff(after.split("\n"), self.text.split("\n"), lineterm="", n=2)
        assert self.text == after, "a second run changed the plan\n" + "\n".join(changed)
        if before:
            self._check(before, after)

    def _plan(self) -> None:
        told = tell(self.notes, self.today, Settings(offers=("code review",), heading="energy"))
        week = week_of(self.today)
        plan = told.plan(
            merge.offered_ids(self.text),
            merge.standing_ids(self.text),
            find_untouched(self.text),
        )
        rendered = render_plan(plan, told.links.best_link, memory_of(self.text))
        if not self.text:
            self.notes[self.path] = merge.wrap(str(week), rendered.body, rendered.roles)
        else:
            self._write(
                self.path,
                merge.merge(self.text, rendered.body, rendered.roles, rendered.done, self.today),
            )
        for path in [p for p in self.notes if p.startswith("Network/") and p < self.path]:
            self._write(path, merge.close(self.notes[path], self.today))

    def _write(self, path: str, text: str) -> None:
        """Write a plan as the writer would: if no line is gone but those that may go."""
        before = self.notes[path]
        may_go = find_removable(before, text)
        lost = Counter(before.split("\n")) - Counter(text.split("\n")) - may_go
        assert not "".join(lost).strip(), f"may not be removed: {[*lost]}"
        stays = Counter(before.split("\n")) - may_go
        stays.update(_unstamped(line) for line in text.split("\n") if _unstamped(line) != line)
        mine = Counter(self._in_order(before) if path == self.path else ())
        at_risk = mine - Counter(line.rstrip("\r") for line in stays.elements())
        assert not at_risk, f"is the user's and might be removed: {[*at_risk]}"
        self.notes[path] = text

    def _check(self, before: str, after: str) -> None:
        said = [_unstamped(line) for line in _lines(after)]
        at = -1
        for line in self._in_order(before):
            assert _unstamped(line) in said[at + 1 :], f"lost or moved: {line!r}"
            at = said.index(_unstamped(line), at + 1)
        ids = Counter(block_id(line) for line in _lines(after) if block_id(line))
        twice = [id_ for id_, n in ids.items() if n > 1]
        assert not twice, f"offered twice: {twice}"
        back = self.deleted & ids.keys()
        assert not back, f"came back: {back}"
        assert after.replace("\r\n", "").count("\n") in {0, after.count("\n")}, "mixed line ends"

    def _in_order(self, text: str) -> list[str]:
        # A line typed between an action and the user's bullet below it gives the action back.
        ours = find_untouched(text)
        return [line for line in _lines(text) if line in self.mine and block_id(line) not in ours]

    # --- what is done to it ---------------------------------------------------------------

    def mark(self, pick: int) -> None:
        """Tick an action, or mark it otherwise."""
        state = "xX->/"[pick % 5]
        self._change(pick, lambda line: line.replace("[ ]", f"[{state}]", 1), open_only=True)

    def edit(self, pick: int) -> None:
        """Write other words into an action."""
        self._change(pick, lambda line: line.replace(" ^vn", f" (my {self._next()}) ^vn"))

    def add(self, pick: int) -> None:
        """Add a line somewhere, a bullet or plain words."""
        lines = self.text.splitlines(keepends=True)
        at = pick % (len(lines) + 1)
        shape = ("my own words {}", "\t- a bullet of mine {}", "- [ ] a task of mine {}")[pick % 3]
        line = shape.format(self._next())
        end = "\r\n" if "\r\n" in self.text else "\n"
        self.notes[self.path] = "".join([*lines[:at], line + end, *lines[at:]])
        self._own(line)
        self._own_action_above(at)

    def delete(self, pick: int) -> None:
        """Delete an action's line, its bullets with it or not."""
        lines = self.text.splitlines(keepends=True)
        heads = [n for n, line in enumerate(lines) if block_id(line)]
        if not heads:
            return
        at = heads[pick % len(heads)]
        end = at + 1
        while pick % 2 and end < len(lines) and lines[end][:1] in "\t ":
            end += 1
        if any(line.rstrip("\r\n") in self.mine for line in lines[at + 1 : end]):
            end = at + 1
        self.deleted.add(block_id(lines[at]))
        self._disown(lines[at])
        self.notes[self.path] = "".join(lines[:at] + lines[end:])

    def move(self, pick: int) -> None:
        """Move an action with its bullets up by one."""
        lines = self.text.splitlines(keepends=True)
        heads = [n for n, line in enumerate(lines) if block_id(line)]
        pairs = [(a, b) for a, b in pairwise(heads) if self._adjacent(lines, a, b)]
        if not pairs:
            return
        a, b = pairs[pick % len(pairs)]
        end = b + 1
        while end < len(lines) and lines[end][:1] in "\t ":
            end += 1
        self.notes[self.path] = "".join(lines[:a] + lines[b:end] + lines[a:b] + lines[end:])

    def _adjacent(self, lines: list[str], a: int, b: int) -> bool:
        return all(line[:1] in "\t " and line.strip() for line in lines[a + 1 : b])

    def save_as_crlf(self, pick: int) -> None:
        """Open it in an editor that writes the other line ends."""
        plain = self.text.replace("\r\n", "\n")
        self.notes[self.path] = plain.replace("\n", "\r\n") if pick % 2 else plain

    def rename(self, pick: int) -> None:
        """Rename a contact's note in Obsidian, which rewrites the links everywhere."""
        people = sorted(path for path in self.notes if path.startswith("People/P"))
        old = people[pick % len(people)]
        new = f"People/P{self._next()}.md"
        name, other = (path.split("/")[1].removesuffix(".md") for path in (old, new))
        self.notes = {
            (new if path == old else path): re.sub(rf"\[\[{name}(?=[\]|])", f"[[{other}", text)
            for path, text in self.notes.items()
        }
        self.mine = [re.sub(rf"\[\[{name}(?=[\]|])", f"[[{other}", line) for line in self.mine]

    # --- what happens in the vault --------------------------------------------------------

    def log(self, pick: int) -> None:
        """Write an entry into somebody's log."""
        people = sorted(path for path in self.notes if path.startswith("People/P"))
        day = self.today - timedelta(days=pick % 3)
        path = people[pick % len(people)]
        self.notes[path] = f"{self.notes[path]}- {day} {_LOGS[pick % len(_LOGS)]}\n"

    def meet(self, pick: int) -> None:
        """Write a new contact's note."""
        name = f"P{self._next()}"
        self.notes[f"People/{name}.md"] = f"---\n{_PROPERTIES[pick % 10]}\n---\n## Log\n"

    def forget(self, pick: int) -> None:
        """Delete a contact's note."""
        people = sorted(path for path in self.notes if path.startswith("People/P"))
        if len(people) > 3:
            del self.notes[people[pick % len(people)]]

    def wait(self, pick: int) -> None:
        """Let a day pass, or a week; the new week gets its own plan."""
        week = week_of(self.today)
        self.today += timedelta(days=7 if pick % 5 == 0 else 1)
        if week_of(self.today) != week:
            self.mine, self.deleted = [], set()
            for path in sorted(p for p in self.notes if p.startswith("Network/"))[:-3]:
                del self.notes[path]
            for path in [p for p in self.notes if p.startswith("People/P")]:
                self.notes[path] = self.notes[path][:600].rpartition("\n")[0] + "\n"
            self.run()

    # --- helpers --------------------------------------------------------------------------

    def _next(self) -> int:
        self.count += 1
        return self.count + 100

    def _change(self, pick: int, change: object, *, open_only: bool = False) -> None:
        lines = self.text.splitlines(keepends=True)
        heads = [
            n for n, line in enumerate(lines) if block_id(line) and (not open_only or "[ ]" in line)
        ]
        if not heads:
            return
        at = heads[pick % len(heads)]
        assert callable(change)
        new = change(lines[at])
        self._disown(lines[at])
        lines[at] = new
        self.notes[self.path] = "".join(lines)
        self._own(new)

    def _own(self, line: str) -> None:
        self.mine.append(line.rstrip("\r\n"))

    def _disown(self, line: str) -> None:
        bare = line.rstrip("\r\n")
        if bare in self.mine:
            self.mine.remove(bare)

    def _own_action_above(self, at: int) -> None:
        """Make the action the user's below which they added a bullet."""
        lines = self.text.splitlines()
        if lines[at][:1] not in "\t ":
            return
        for n in range(at - 1, -1, -1):
            if block_id(lines[n]):
                if block_id(lines[n]) not in find_untouched(self.text):
                    self._own(lines[n])
                return
            if lines[n][:1] not in "\t " or not lines[n].strip():
                return


STEPS = ("mark", "edit", "add", "delete", "move", "save_as_crlf", "rename", "log", "meet", "forget",
         "wait", "run")  # fmt: skip


def step(desk: Desk, name: str, pick: int) -> None:
    """Do one thing."""
    desk.did[name] += 1
    if name == "run":
        desk.run()
    else:
        getattr(desk, name)(pick)


def _lines(text: str) -> list[str]:
    return [line.rstrip("\r") for line in text.split("\n")]


def _unstamped(line: str) -> str:
    return re.sub(r" ✅ \d{4}-\d\d-\d\d(?= \^)", "", line)


def main() -> None:
    """Run the long sweep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, default=20)
    given = parser.parse_args()
    did: Counter[str] = Counter()
    for seed in range(given.seeds):
        dice = random.Random(seed)  # noqa: S311 - a sweep, not a secret
        desk = Desk()
        for n in range(given.steps):
            name, pick = dice.choice(STEPS), dice.randrange(10_000)
            try:
                step(desk, name, pick)
            except AssertionError as fault:
                sys.exit(f"seed {seed}, step {n}, {name}({pick}): {fault}")
        did += desk.did
        print(f"seed {seed}: {given.steps} steps, {desk.today}", flush=True)  # noqa: T201 - a command
    print(", ".join(f"{n} {name}" for name, n in did.most_common()))  # noqa: T201 - a command


if __name__ == "__main__":
    main()
