"""Tasks: what a tick says was done, and what an open one still owes (2.3, place 4; 5.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from vaultnet.core.calendar import parse_day
from vaultnet.core.evidence.ground import (
    Ground,
    Item,
    Place,
    done_day,
    is_private,
    is_skipped,
    linked,
    mention,
    read_line,
    shown,
    tell,
)
from vaultnet.core.evidence.sentence import Mode
from vaultnet.core.model import Contact, Form, Line, Note, Problem, Promise, Severity

_DUE = (
    r"(?:[📅📆🗓]\ufe0f?|[\[(]due::)\s*+(\d{4}-\d{2}-\d{2})",
    r"(?:[⏳⌛]\ufe0f?|[\[(]scheduled::)\s*+(\d{4}-\d{2}-\d{2})",
)
_MADE = r"(?:➕\ufe0f?|[\[(]created::)\s*+(\d{4}-\d{2}-\d{2})"
_GIVING = frozenset(
    """send share introduce intro connect lend give forward answer reply respond return review recommend
    refer bring help teach show pass proofread endorse vouch mail post""".split()
)
_LEADING = frozenset(
    "to i i'll we need must should have got promised promise please remember todo also finally and then".split()
)
_WORD = r"[^\W\d_]+(?:'[^\W\d_]+)?"


def read_tasks(
    ground: Ground,
    note: Note,
    *,
    day: date | None,
    contact: Contact | None,
    days: Mapping[int, date],
) -> Iterator[Item]:
    """Read a note's tasks: ticked ones as interactions, open ones as promises.

    `day` is the dated note's, `days` those of the log entries in which lines stand; `contact` is the
    person whose own note it is.
    """
    for line in note.lines:
        if line.form is not Form.TASK or is_skipped(line) or line.box == "-":
            continue
        if line.done:
            yield from read_done(ground, note, line, days.get(line.number, day), contact)
        else:
            yield from _read_open(ground, note, line, days.get(line.number, day), contact)


def read_done(
    ground: Ground, note: Note, line: Line, day: date | None, contact: Contact | None
) -> Iterator[Item]:
    """Read a ticked task on its done day, else on the day of where it stands."""
    yield from check_done_day(ground, note, line)
    day = done_day(line) or day
    private = (
        "private" in line.tags or is_private(note) or (contact is not None and contact.private)
    )
    people = [
        p for p in linked(ground, note.path, line.links) if contact is None or p != contact.path
    ]
    text = shown(line.text)
    if day is None:
        place = Place(note.path, line.number, ground.today, text, private)
        yield from mention(place, people, day=None)
    elif not ground.lies_ahead(day):
        owner = contact.path if contact else ""
        said = read_line(ground, note.path, line.text, owner=owner, mode=Mode.DONE)
        place = Place(note.path, line.number, day, text, private)
        yield from tell(ground, place, said.tellings)
        yield from mention(place, people, day=day, told=said.tellings)


def check_done_day(ground: Ground, note: Note, line: Line) -> Iterator[Problem]:
    """Say so where a task was done on a day that is yet to come, whichever today one looks from."""
    done = done_day(line)
    if done and done > max(ground.today, ground.real_today):
        ground.ahead.add(done)
        yield Problem(
            note.path,
            line.number,
            "future-day",
            f"this was done on {done}, which is yet to come, so it is not counted; correct its ✅ day",
            Severity.WARNING,
        )


def _read_open(
    ground: Ground, note: Note, line: Line, day: date | None, contact: Contact | None
) -> Iterator[Item]:
    people = linked(ground, note.path, line.links)
    private = (
        "private" in line.tags or is_private(note) or (contact is not None and contact.private)
    )
    text = shown(line.text)
    to = _owed_to(ground, note, line, people, contact)
    if to:
        made = day or _first_day(_MADE, line.text)
        due = next(filter(None, (_first_day(pattern, line.text) for pattern in _DUE)), None)
        yield Promise(to, text, note.path, line.number, due, made, private)
    known = {to, contact.path if contact else ""}
    place = Place(note.path, line.number, ground.today, text, private)
    yield from mention(place, [p for p in people if p not in known], day=day)


def _owed_to(
    ground: Ground, note: Note, line: Line, people: tuple[str, ...], contact: Contact | None
) -> str:
    """Find to whom an open task owes something; empty: to no contact."""
    if contact:
        return contact.path
    if not people:
        return ""
    if "promise" in line.tags:
        return people[0]
    first = ground.find(note.path, line.links[0].target)
    words = (
        match[0].lower().replace("’", "'")
        for match in re.finditer(_WORD, shown(line.text[: line.links[0].start]))
    )
    verb = next((word for word in words if word not in _LEADING), "")
    return people[0] if first == people[0] and verb in _GIVING else ""


def _first_day(pattern: str, text: str) -> date | None:
    if text.isascii() and "::" not in text:  # which is in all that stands for a day
        return None
    match = re.search(pattern, text)
    return parse_day(match[1]) if match else None
