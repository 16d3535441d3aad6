"""Vaults that live: people who come, go and are renamed, and a chronicle that must keep up.

    python tests/lives.py --weeks 60 --seeds 500

lets that many vaults live for so many weeks, and compares what the chronicle carries from revision to
revision with what each revision says when it is read by itself; the tests run a sample.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from from_text import tell
from vaultnet.core.calendar import week_of
from vaultnet.core.chronicle import Chronicle
from vaultnet.core.model import Obsidian, Revision, Settings, Source, Standing
from vaultnet.core.moves import Placed

Where = Mapping[str, tuple[str, tuple[str, ...], str]]
"""Path of a contact -> ring, facts and id."""

_NAMES = ("Ada Lovelace", "Bo", "Cy", "Di", "Ed-1", "Ed")
_FOLDERS = ("People", "People/Old", "Work/CRM", "Notes", "Journal")
_SAID = (
    "coffee", "email from them", "called, we talked", "wrote about the job", "message", "reply",
    "worked together", "recommended me to [[Bo]]", "introduced me to [[Cy]]", "note of something",
    "coffee with [[Ada Lovelace]]", "coffee with [[Countess]]", "advice on grids", "coffee: cancelled",
    "she put in a word for me",
)  # fmt: skip
_TOLD = (
    "Had coffee with [[{}]]", "- Call with [[{}]] about [[Bo]]", "- [[{}]] wrote back", "Email from [[{}]]",
    "- [x] Write to [[{}]] ✅ {day}", "- [x] Call [[{}]]", "- Lunch with [[{}]] and [[Di]]", "## [[{}]]\ncall",
    "- [[{}]]\n  - coffee", "Saw [[{}|the countess]] #vn/skip", "- Need to call [[{}]]", "- [[../People/{}]] called",
)  # fmt: skip
_BODY = (
    "## Log", "## Reading log", "# Family", "### {day} Coffee", "  - nested", "  and more", "", "plain text",
    "```", "> quoted", "| Date | Type |\n|---|---|\n| {day} | call |", "%%", "<!--", "-->", "- [ ] task",
    "- [x] Called ✅ {day}", "- {day} died in 2024", "* {day} lunch", "- {day}", "    code", "1. {day} call",
    "- {day}: [[Bo]] called", "Died 2024", "  # inside", "## {day}", "- {day} coffee #private", "---", "- {day} coffee\r",
)  # fmt: skip
_PROPERTIES = (
    "relationship: friend", "relationship: mentor", "relationship: family", "they_know: would recommend",
    "they_know: nothing", "purpose: learn how grids are run", "want_to_meet: true", "ring: cold", "ring: buddy",
    "status: archived", "type: company", "type: person", "vaultnet: me", "vaultnet: false", "id: A1", "id: B2",
    "id: ada", "aliases: [Countess, Ed]", "aliases: Countess", "met: {later}", "last_contact: {later}",
    "last_contact: {day}", "met: 2020-01-01", "tags: [person]", "knows: '[[Bo]]'", "broken: [", "private: true",
)  # fmt: skip
_TICKS = (
    "- [x] Write to [[{}]] ✅ {day} ^vn-write-{key}", "- [x] Write to [[{}]] ^vn-write-{key}",
    "- [ ] Ask [[{}]] ^vn-ask-{key}", "- [x] Friend? [[{}]] ^vn-question-{key}-friend",
    "- [x] Better? [[{}]] ^vn-question-{key}-better", "- [x] Had coffee with [[{}]]",
    "- [x] Write to [[{}]] ✅ {day} ([[{day}]]) ^vn-write-{key}", "- [x] Send it ^vn-send-{key}",
)  # fmt: skip


_KEYS = [f"bo-{hashlib.sha256(f'{folder}/Bo.md'.encode()).hexdigest()[:6]}" for folder in _FOLDERS]
"""What somebody is called in ids while somebody else bears the same name."""


@dataclass
class Vault:
    """Notes that change, and what became of them since the chronicle looked last."""

    dice: random.Random
    settings: Settings = field(default_factory=Settings)
    notes: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """Paths of notes that are there and cannot be read."""
    today: date = date(2026, 1, 5)
    told: dict[str, str] = field(default_factory=dict)
    there: set[str] = field(default_factory=set)
    did: Counter[str] = field(default_factory=Counter)

    # --- what happens ---------------------------------------------------------------------

    def happen(self) -> None:
        """Let one thing happen."""
        name = self.dice.choice(EVENTS)
        self.did[name] += 1
        getattr(self, name)()

    def come(self) -> None:
        """Let somebody come, perhaps under a name that is taken elsewhere."""
        path = f"{self.dice.choice(_FOLDERS)}/{self.dice.choice(_NAMES)}.md"
        self.notes.setdefault(path, "---\n---\n## Log\n")

    def go(self) -> None:
        """Let a note go."""
        if path := self._any():
            del self.notes[path]

    def rename(self) -> None:
        """Call a note otherwise, or put it elsewhere."""
        if path := self._any():
            text = self.notes.pop(path)
            name = self.dice.choice([path.rpartition("/")[2][:-3], *_NAMES])
            self.notes[f"{self.dice.choice(_FOLDERS)}/{name}.md"] = text

    def log(self) -> None:
        """Write something into a log: of today, of long ago, or of a day to come."""
        if path := self._any():
            day = self._day()
            self.notes[path] += f"- {day} {self.dice.choice(_SAID)}\n"

    def keep(self) -> None:
        """Write lines that link nobody into the log of somebody who has hardly more."""
        plain = [path for path, text in sorted(self.notes.items()) if "\n## Log\n" in text]
        if plain:
            path = self.dice.choice(plain)
            said = [told for told in _SAID if "[[" not in told]
            lines = [
                f"- {self._day()} {told}\n"
                for told in self.dice.choices(said, k=self.dice.randrange(1, 3))
            ]
            above, head, below = self.notes[path].rpartition("## Log\n")
            self.notes[path] = above + head + "".join(lines) + below

    def insert(self) -> None:
        """Write something into the middle of a note."""
        if path := self._any():
            lines = self.notes[path].split("\n")
            at = self.dice.randrange(len(lines) + 1)
            text = f"- {self._day()} {self.dice.choice(_SAID)}"
            if self.dice.random() < 0.4:
                text = self._fill(self.dice.choice(_BODY))
            self.notes[path] = "\n".join([*lines[:at], text, *lines[at:]])

    def live(self) -> None:
        """Write a line into a daily note."""
        self._tell(f"Journal/{self._day()}.md", _TOLD)

    def meet(self) -> None:
        """Write a meeting note."""
        names = ", ".join(f"'[[{name}]]'" for name in self.dice.sample(_NAMES, 2))
        self.notes[f"Meetings/{self._day()} Board.md"] = f"---\nattendees: [{names}]\n---\n"

    def plan(self) -> None:
        """Tick something in the plan of this week, or of the next one."""
        week = week_of(self.today + timedelta(days=self.dice.choice((0, 0, 7))))
        path = f"Network/Network plan {week}.md"
        begin = f"%% vaultnet:begin {week} %%\n"
        text = self.notes.pop(path, f"{begin}%% vaultnet:end {week} v1 %%\n")
        self.notes[path] = text.replace(begin, begin + self._line(_TICKS) + "\n")

    def learn(self) -> None:
        """Put a property into a note, or take one out."""
        path = self._any()
        if path and self.notes[path].startswith("---\n"):
            head, _, rest = self.notes[path][4:].partition("---\n")
            lines = head.splitlines()
            if lines and self.dice.random() < 0.4:
                lines.pop(self.dice.randrange(len(lines)))
            else:
                new = self._fill(self.dice.choice(_PROPERTIES))
                lines = [line for line in lines if line.split(":")[0] != new.split(":")[0]] + [new]
            self.notes[path] = "".join(f"{line}\n" for line in ["---", *lines, "---"]) + rest

    def spoil(self) -> None:
        """Make a note unreadable, or readable again."""
        if self.unread and self.dice.random() < 0.5:
            self.notes[self.dice.choice(sorted(self.unread))] = "## Log\n- 2025-12-24 coffee\n"
        elif path := self._any():
            del self.notes[path]
            self.unread.add(path)

    def wait(self) -> None:
        """Let a day, some weeks, or more than a year pass."""
        self.today += timedelta(days=self.dice.choice((1, 1, 3, 3, 7, 12, 30, 380)))

    # --- what is asked --------------------------------------------------------------------

    def revise(self) -> Revision:
        """Tell what changed since this was asked last."""
        self.unread -= self.notes.keys()
        there = self.notes.keys() | self.unread
        revision = Revision(
            sources=tuple(
                Source(path, text)
                for path, text in self.notes.items()
                if self.told.get(path) != text
            ),
            came=frozenset(there - self.there),
            gone=frozenset(self.there - there),
            unread=frozenset(self.unread),
        )
        self.told, self.there = dict(self.notes), set(there)
        return revision

    def read_alone(self) -> Where:
        """Read the notes as if nothing had ever been read before."""
        told = tell(self.notes, self.today, self.settings, paths=self.unread)
        return where(told.standings)

    def _any(self) -> str:
        return self.dice.choice(sorted(self.notes)) if self.notes else ""

    def _day(self) -> date:
        return self.today + timedelta(days=self.dice.choice((0, 0, 0, -1, -40, -400, 5, 20)))

    def _tell(self, path: str, forms: tuple[str, ...]) -> None:
        self.notes[path] = self.notes.get(path, "") + self._line(forms) + "\n"

    def _line(self, forms: tuple[str, ...]) -> str:
        name = self.dice.choice([*_NAMES, "Countess"])
        key = self.dice.choice([name.lower().replace(" ", "-"), "ed-1", "a1", "ada", *_KEYS])
        return self._fill(self.dice.choice(forms).replace("{key}", key).replace("{}", name))

    def _fill(self, form: str) -> str:
        later = self.today + timedelta(days=25)
        return form.replace("{day}", str(self._day())).replace("{later}", str(later))


EVENTS = (
    *(
        "come",
        "come",
        "go",
        "rename",
        "log",
        "log",
        "keep",
        "keep",
        "keep",
        "insert",
        "insert",
        "live",
        "live",
        "meet",
        "plan",
    ),
    *("learn", "learn", "learn", "spoil", "wait", "wait"),
)


def where(standings: Mapping[str, Standing]) -> Where:
    """Say where everybody stands and why, but for warmth."""
    return {
        path: (s.ring.word, tuple(map(str, s.because[:-1])), s.contact.id)
        for path, s in standings.items()
    }


def where_placed(placed: Mapping[str, Placed]) -> Where:
    """Say the same of what a chronicle carries, or finds when it looks."""
    return {
        path: (who.ring.word, tuple(map(str, who.facts)), who.contact.id)
        for path, who in placed.items()
    }


def live(seed: int, weeks: int) -> Counter[str]:
    """Let a vault live, and see each time that the chronicle says what its notes say."""
    dice = random.Random(seed)  # noqa: S311 - a sweep, not a secret
    vault = Vault(dice, Settings(me=dice.choice(("", "", "Bo", "Countess"))))
    chronicle = Chronicle(vault.settings, Obsidian())
    alone: Where = {}
    rings: dict[str, str] = {}
    for _ in range(weeks):
        for _ in range(dice.randrange(6)):
            vault.happen()
        if dice.random() < 0.8:
            chronicle.turn_to(vault.revise())
            look = chronicle.look("", vault.today, "")
            then, alone = alone, vault.read_alone()
            _compare(where_placed(look.before), then, look.before)
            _compare(where_placed(look.after), alone, look.after)
            for path in look.before:
                del rings[path]
            rings |= {path: placed.ring.word for path, placed in look.after.items()}
            assert rings == {path: ring for path, (ring, _, _) in alone.items()}
            if dice.random() < 0.2:  # asking for everybody makes it hear what it had left unheard
                _compare(where_placed(chronicle.stood), alone, chronicle.stood.keys() | alone)
    return vault.did


def _compare(carried: Where, alone: Where, paths: Iterable[str]) -> None:
    """See that a chronicle says of these what the notes say."""
    for path in paths:
        one, other = carried.get(path), alone.get(path)
        assert one == other, f"{path}: carried {one}, but alone {other}"


def main() -> None:
    """Run the long sweep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=500)
    given = parser.parse_args()
    did: Counter[str] = Counter()
    for seed in range(given.seeds):
        try:
            did += live(seed, given.weeks)
        except AssertionError as fault:
            sys.exit(f"seed {seed}: {fault}")
    print(", ".join(f"{n} {name}" for name, n in did.most_common()))  # noqa: T201 - a command


if __name__ == "__main__":
    main()
