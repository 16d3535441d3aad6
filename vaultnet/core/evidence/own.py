"""A contact's own note: the log of what happened between you (contract, 2.3, place 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vaultnet.core.calendar import day_in_name, parse_day
from vaultnet.core.evidence.ground import (
    Ground,
    Item,
    Place,
    is_private,
    is_skipped,
    linked,
    mention,
    normal,
    read_line,
    shown,
    tell,
)
from vaultnet.core.evidence.sentence import Mode, Said, Telling
from vaultnet.core.kinds import KIND_OF
from vaultnet.core.markup import cells, find_links
from vaultnet.core.model import Contact, Direction, Form, Interaction, Line, Note, Rung

_DATE = re.compile(r"[\s*_=(\[@]*+(\d{4})[-/.](\d{2})[-/.](\d{2})(?![\d/-])[\s*_=)\]:,;.–—|-]*+")
_AFTER_LINK = re.compile(r"[\s*_=)\]:,;.–—|-]*+")
_BEFORE_LINK = re.compile(r"[\s*_=(@]*+")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[AaPp][Mm])?\b[\s:–—-]*+")

_DAY_COLUMN = frozenset("date day when datum".split())
_KIND_COLUMN = frozenset("type kind how channel medium via what format contact".split())
_NO_LOG = frozenset(
    """career experience education employment background bio biography facts birthdays dates family ideas
    tasks todo to-do plans gifts goals publications projects books references links sources resources work
    employer jobs cv resume""".split()
)
"""Headings under which a date tells of the person's life, not of yours together."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A dated entry: its line, what it says, and the lines that belong to it."""

    head: Line
    day: date
    text: str
    children: list[Line] = field(default_factory=list)


def read_own(ground: Ground, note: Note, contact: Contact) -> Iterator[Item]:
    """Read the log in a contact's own note; its tasks are read elsewhere."""
    entries = _find_entries(ground, note)
    private = contact.private or is_private(note)
    told: set[int] = set()
    for entry in entries:
        told.update(line.number for line in (entry.head, *entry.children))
        yield from _read_entry(ground, note, contact, entry, private=private)
    for line in note.lines:
        if line.form is Form.ROW and line.links and line.parent < 0:
            continue
        if line.number not in told and line.form is not Form.TASK and not is_skipped(line):
            others = [
                path for path in linked(ground, note.path, line.links) if path != contact.path
            ]
            place = Place(
                note.path,
                line.number,
                ground.today,
                shown(line.text, line.form),
                private or is_private(note, line),
            )
            yield from mention(place, others, day=None)


def days_of_entries(ground: Ground, note: Note) -> Mapping[int, date]:
    """Find the day of the log entry in which each line stands, by the line's number."""
    return {
        line.number: entry.day
        for entry in _find_entries(ground, note, with_tasks=True)
        for line in (entry.head, *entry.children)
    }


def _find_entries(ground: Ground, note: Note, *, with_tasks: bool = False) -> list[_Entry]:
    """Find the dated entries, each with what is nested under it or stands below its heading."""
    entries: list[_Entry] = []
    owner: list[_Entry | None] = []
    for line in note.lines:
        above = _entry_above(line, owner)
        entry: _Entry | None = None
        if line.form is Form.ROW:
            entry = _row_entry(ground, note, line)
        elif line.form is not Form.TEXT or _in_log(ground, note, line):
            found = leading_day(line.text, ground.obsidian.daily_format)
            if found:
                entry = _Entry(line, *found)
        if entry and not is_skipped(line) and (with_tasks or line.form is not Form.TASK):
            entries.append(entry)
        elif entry is None and above and not is_skipped(line) and line.form is not Form.HEADING:
            if with_tasks or line.form is not Form.TASK:
                above.children.append(line)
        owner.append(entry or above)
    return entries


def _entry_above(line: Line, owner: Sequence[_Entry | None]) -> _Entry | None:
    if line.form is Form.HEADING:
        return None
    for index in (line.parent, line.heading):
        if index >= 0 and owner[index] is not None:
            return owner[index]
    return None


def leading_day(text: str, daily_format: str) -> tuple[date, str] | None:
    """Read the day with which a text starts, and what follows: `**2026-11-20:** coffee`."""
    match = _DATE.match(text)
    if match:
        day = parse_day(f"{match[1]}-{match[2]}-{match[3]}")
        return (day, _without_clock(text[match.end() :])) if day else None
    start = _BEFORE_LINK.match(text)
    if "[" not in text[:8] or start is None:
        return None
    links = find_links(text)
    if not links or links[0].start != start.end():
        return None
    day = day_in_name(links[0].target.rsplit("/", 1)[-1], daily_format)
    after = _AFTER_LINK.match(text, links[0].end)
    return (day, _without_clock(text[after.end() if after else links[0].end :])) if day else None


def _without_clock(text: str) -> str:
    match = _CLOCK.match(text)
    return text[match.end() :] if match else text


def _row_entry(ground: Ground, note: Note, line: Line) -> _Entry | None:
    """Read a row of a table that has a column for the day: `| 2026-11-20 | coffee | the job |`."""
    if line.parent < 0 or line.parent >= len(note.lines):
        return None
    names = [normal(name.strip("*_ ")) for name in cells(note.lines[line.parent].text)]
    values = cells(line.text)
    at = next((index for index, name in enumerate(names) if name in _DAY_COLUMN), None)
    if at is None or at >= len(values):
        return None
    found = leading_day(values[at], ground.obsidian.daily_format)
    if not found:
        return None
    rest = [(name, value) for name, value in zip(names, values, strict=False) if value]
    kinds = [value for name, value in rest if name in _KIND_COLUMN]
    texts = [value for name, value in rest if name not in _KIND_COLUMN | _DAY_COLUMN]
    return _Entry(
        line, found[0], ": ".join(part for part in (" ".join(kinds), ", ".join(texts)) if part)
    )


def _in_log(ground: Ground, note: Note, line: Line) -> bool:
    """Say whether a line stands under a log heading, however deep."""
    wanted = {normal(heading) for heading in ground.settings.log_headings}
    index = line.heading
    while index >= 0:
        words = re.sub(r"[\W_]+", " ", normal(note.lines[index].text)).strip()
        if words in wanted or words.rpartition(" ")[2] in {"log", "interactions"}:
            return True
        index = note.lines[index].heading
    return False


def _under_life(note: Note, line: Line) -> bool:
    if line.heading < 0:
        return False
    words = re.findall(r"[\w-]+", normal(note.lines[line.heading].text))
    return not _NO_LOG.isdisjoint(words)


def _read_entry(
    ground: Ground, note: Note, contact: Contact, entry: _Entry, *, private: bool
) -> Iterator[Item]:
    mode = Mode.COMING if entry.day > ground.today else Mode.TOLD
    head = _read(ground, note, contact, entry.text, mode)
    hidden = private or is_private(note, entry.head)
    children = [child for child in entry.children if not is_skipped(child)]
    told_here = [
        Place(
            note.path, entry.head.number, entry.day, _joined(entry, children, hidden=hidden), hidden
        )
    ]
    found: list[tuple[Place, Sequence[Telling], Line]] = [(told_here[0], head.tellings, entry.head)]
    own = [telling for telling in head.tellings if telling.person == contact.path]
    hushed = head.hushed
    kinds = {telling.kind.word for telling in own}
    for child in children:
        said = _read(ground, note, contact, child.text, mode, form=child.form)
        place = Place(
            note.path,
            child.number,
            entry.day,
            shown(child.text, child.form),
            hidden or is_private(note, child),
        )
        tellings: list[Telling] = []
        if not own and not head.hushed:
            tellings = [
                t for t in said.tellings if t.kind.word not in kinds or t.person != contact.path
            ]
            kinds |= {t.kind.word for t in tellings if t.person == contact.path}
            hushed = hushed or (said.hushed and not entry.text.strip())
        found.append((place, tellings, child))
    for place, tellings, line in found:
        yield from tell(ground, place, tellings)
        others = [path for path in linked(ground, note.path, line.links) if path != contact.path]
        yield from mention(place, others, day=entry.day, told=tellings)
    if not kinds and not hushed and told_here[0].text and mode is Mode.TOLD:
        if _in_log(ground, note, entry.head) or not _under_life(note, entry.head):
            yield _note_entry(contact, told_here[0])


def _read(
    ground: Ground, note: Note, contact: Contact, text: str, mode: Mode, form: Form = Form.TEXT
) -> Said:
    """Read an entry's text; a kind's own word before a colon names it, whatever follows."""
    said = read_line(ground, note.path, text, form=form, owner=contact.path, mode=mode)
    kind = KIND_OF.get(normal(text.partition(":")[0]))
    if kind and ":" in text and not said.hushed and kind.word != "note":
        own = [telling for telling in said.tellings if telling.person == contact.path]
        if not own or own[0].kind is not kind:
            rest = [telling for telling in said.tellings if telling.person != contact.path]
            return Said(
                (Telling(contact.path, kind, kind.direction, kind.given), *rest), hushed=False
            )
    return said


def _joined(entry: _Entry, children: Sequence[Line], *, hidden: bool) -> str:
    parts = [entry.text, *(c.text for c in children if hidden or "private" not in c.tags)]
    return shown("; ".join(part for part in parts if part.strip()))


def _note_entry(contact: Contact, place: Place) -> Interaction:
    """Make a touch of an entry of no known kind: it proves the name, unless they are only wanted."""
    unknown = contact.want_to_meet or contact.they_know is Rung.NOTHING
    kind = KIND_OF["note"]
    return Interaction(
        day=place.day,
        contact=contact.path,
        kind=kind.word,
        direction=Direction.OUT,
        face_to_face=kind.face_to_face,
        text=place.text,
        source=place.source,
        line=place.line,
        proves=None if unknown else kind.proves,
        private=place.private,
    )
