"""Measure how well daily-note lines are understood: `python tests/measure_corpus.py FILE`.

FILE holds one JSON object a line (see `read_cases`). Printed are precision and recall of the
contacts found, how many of those have the right kind and direction, and every miss. Run it from
the repository's root, with vaultnet installed or the root on `PYTHONPATH`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NotRequired, TypedDict

from vaultnet.core.contacts import read_contacts
from vaultnet.core.evidence import find_evidence
from vaultnet.core.links import index_links
from vaultnet.core.markup import find_links
from vaultnet.core.model import Interaction, Obsidian, Settings, Source
from vaultnet.core.notes import read_note

TODAY = date(2026, 11, 22)
FIRST_DAY = date(2026, 11, 20)
"""Of the first line; each further line stands in the note of the day before."""


class _ExpectedRow(TypedDict):
    contact: str
    kind: str | list[str]
    direction: str | list[str]
    optional: NotRequired[bool]


class _Row(TypedDict):
    line: str
    expected: list[_ExpectedRow]
    heading: NotRequired[str]
    parent: NotRequired[str]
    not_contacts: NotRequired[list[str]]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a careful reader takes from a line about one contact."""

    contact: str
    """Name of the contact's note."""
    kinds: tuple[str, ...]
    """Each of them is right."""
    directions: tuple[str, ...]
    """Each of them is right."""
    optional: bool = False
    """True where readers differ: not finding it is no miss, finding it no mistake."""


@dataclass(frozen=True, slots=True)
class Case:
    """A line of a daily note as somebody wrote it, and what it tells."""

    line: str
    expected: tuple[Expected, ...] = ()
    """Empty where the line tells of no interaction."""
    heading: str = ""
    """Stands above the line; empty: none."""
    parent: str = ""
    """The list item that the line is nested under; empty: none."""
    not_contacts: tuple[str, ...] = ()
    """Names linked in the line that are no people."""

    def __str__(self) -> str:
        above = [text for text in (self.heading and f"## {self.heading}", self.parent) if text]
        return " > ".join([*above, self.line])


@dataclass(frozen=True, slots=True)
class Figures:
    """How the interactions found compare with those expected; `str()` is a short table."""

    lines: int
    telling: int
    """Lines that tell of at least one interaction for certain."""
    expected: int
    right: int
    """Expected ones that were found."""
    wrong: int
    """Found ones that were not expected."""
    matched: int
    """Found ones whose kind and direction could be compared: `right` and the optional ones."""
    kinds: int
    """Of `matched`, those of a right kind."""
    directions: int
    """Of `matched`, those of a right direction."""
    misses: tuple[str, ...]
    """One text for each fault, as `not found: Ada Stone (call): - Rang [[Ada Stone]]`."""

    @property
    def precision(self) -> float:
        """Share of what was found that was expected."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what was expected that was found."""
        return _share(self.right, self.expected)

    @property
    def kind_accuracy(self) -> float:
        """Share of right kinds."""
        return _share(self.kinds, self.matched)

    @property
    def direction_accuracy(self) -> float:
        """Share of right directions."""
        return _share(self.directions, self.matched)

    def __str__(self) -> str:
        return "\n".join(
            [
                f"lines      {self.lines}, of which {self.telling} tell of an interaction",
                f"precision  {self.precision:.3f} ({self.wrong} wrong)",
                f"recall     {self.recall:.3f} ({self.expected - self.right} not found)",
                f"kind       {self.kind_accuracy:.3f}",
                f"direction  {self.direction_accuracy:.3f}",
                *self.misses,
            ]
        )


def measure(cases: Sequence[Case]) -> Figures:
    """Read each line in a daily note of its own, all in one vault, and compare."""
    found = _find_interactions(cases)
    marks = [
        mark
        for case, interactions in zip(cases, found, strict=True)
        for mark in _judge(case, interactions)
    ]
    matched = [mark for mark in marks if mark.expected and mark.found]
    return Figures(
        lines=len(cases),
        telling=sum(any(not each.optional for each in case.expected) for case in cases),
        expected=sum(mark.required for mark in marks),
        right=sum(mark.required for mark in matched),
        wrong=sum(mark.expected is None for mark in marks),
        matched=len(matched),
        kinds=sum(mark.kind_right for mark in matched),
        directions=sum(mark.direction_right for mark in matched),
        misses=tuple(mark.fault for mark in marks if mark.fault),
    )


def read_cases(text: str) -> tuple[Case, ...]:
    """Read a corpus, one JSON object a line.

        {"line": "- Rang [[Ada Stone]]", "heading": "", "parent": "", "not_contacts": [],
         "expected": [{"contact": "Ada Stone", "kind": ["call"], "direction": "both",
                       "optional": false}]}

    Only `line` and `expected` must be there; `kind` and `direction` are a word or a list of words
    that are all right.
    """
    return tuple(_read_case(json.loads(row)) for row in text.split("\n") if row)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A pair of what was expected and what was found; one of them may be missing."""

    case: Case
    expected: Expected | None
    found: Interaction | None

    @property
    def required(self) -> bool:
        return self.expected is not None and not self.expected.optional

    @property
    def kind_right(self) -> bool:
        return bool(self.expected and self.found and self.found.kind in self.expected.kinds)

    @property
    def direction_right(self) -> bool:
        return bool(
            self.expected and self.found and self.found.direction in self.expected.directions
        )

    @property
    def fault(self) -> str:
        """What is wrong, as a line of text; empty: nothing."""
        wanted = self.expected and _told(
            self.expected.contact, "/".join(self.expected.kinds), "/".join(self.expected.directions)
        )
        got = self.found and _told(
            _name(self.found.contact), self.found.kind, self.found.direction.value
        )
        if not wanted:
            return f"wrong: {got}: {self.case}"
        if not got:
            return f"not found: {wanted}: {self.case}" if self.required else ""
        if self.kind_right and self.direction_right:
            return ""
        return f"found {got}, expected {wanted}: {self.case}"


def _find_interactions(cases: Sequence[Case]) -> list[tuple[Interaction, ...]]:
    """Find what each line tells, through the rooms that vaultnet itself goes through."""
    days = [_daily_note(number, case) for number, case in enumerate(cases)]
    sources = [*days, *_linked_notes(cases)]
    notes = [read_note(source) for source in sources]
    index = index_links([source.path for source in sources], notes)
    settings, obsidian = Settings(), Obsidian(daily_folder="Daily")
    contacts = read_contacts(notes, settings, obsidian, index.resolve).contacts
    evidence = find_evidence(notes, contacts, index.resolve, settings, obsidian, TODAY, TODAY)
    by_source: dict[str, list[Interaction]] = {day.path: [] for day in days}
    for interaction in evidence.interactions:
        by_source[interaction.source].append(interaction)
    return [tuple(found) for found in by_source.values()]


def _daily_note(number: int, case: Case) -> Source:
    day = FIRST_DAY - timedelta(days=number)
    rows = [f"## {case.heading}\n"] if case.heading else []
    if case.parent:
        rows.append(f"- {case.parent}")
    rows.append(f"  {case.line}" if case.parent else case.line)
    return Source(f"Daily/{day}.md", "\n".join(rows) + "\n")


def _linked_notes(cases: Sequence[Case]) -> Iterator[Source]:
    """Yield a note for each name that is linked; all of them are contacts unless a case objects."""
    others = {name for case in cases for name in case.not_contacts}
    texts = [text for case in cases for text in (case.line, case.parent, case.heading)]
    names = {_name(link.target) for text in texts for link in find_links(text)}
    for name in sorted(names):
        folder = "Notes" if name in others else "People"
        yield Source(f"{folder}/{name}.md", f"About {name}.\n")


def _judge(case: Case, found: Sequence[Interaction]) -> Iterator[_Mark]:
    """Pair each expected contact with the best interaction found; what is left over is wrong."""
    left = list(found)
    for expected in case.expected:
        candidates = [each for each in left if _name(each.contact) == expected.contact]
        marks = [_Mark(case, expected, each) for each in candidates]
        best = max(
            marks,
            key=lambda mark: (mark.kind_right, mark.direction_right),
            default=_Mark(case, expected, None),
        )
        if best.found:
            left.remove(best.found)
        yield best
    yield from (_Mark(case, None, each) for each in left)


def _read_case(row: _Row) -> Case:
    return Case(
        line=row["line"],
        expected=tuple(
            Expected(
                each["contact"],
                _words(each["kind"]),
                _words(each["direction"]),
                each.get("optional", False),
            )
            for each in row["expected"]
        ),
        heading=row.get("heading", ""),
        parent=row.get("parent", ""),
        not_contacts=tuple(row.get("not_contacts", ())),
    )


def _words(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _name(path: str) -> str:
    """`People/Ada Stone.md` is `Ada Stone`."""
    return path.rpartition("/")[2].removesuffix(".md")


def _told(contact: str, kind: str, direction: str) -> str:
    return f"{contact} ({kind}, {direction})"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python tests/measure_corpus.py FILE")
    corpus = Path(sys.argv[1]).read_text(encoding="utf-8")
    sys.stdout.write(f"{measure(read_cases(corpus))}\n")
