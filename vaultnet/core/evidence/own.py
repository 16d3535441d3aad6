"""A contact's own note: the log of what happened between you (contract, 2.3, place 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from vaultnet.core.calendar import day_in_name, parse_day
from vaultnet.core.evidence.ground import (
    HEADING,
    ROW,
    TASK,
    TEXT,
    Ground,
    Item,
    Place,
    is_private,
    is_skipped,
    linked,
    mention,
    normal,
    read_line,
    read_words,
    shown,
    tell,
    title_of,
)
from vaultnet.core.evidence.keys import keys_of
from vaultnet.core.evidence.sentence import Mode, Said, Telling, is_planned
from vaultnet.core.frozen import frozen
from vaultnet.core.kinds import KIND_OF
from vaultnet.core.markup import cells, find_links
from vaultnet.core.model import Contact, Direction, Form, Interaction, Line, Note, Rung

# What few lines need is compiled when the first of them is read.
_DATE = r"[\s*_=(\[@]*+([0-9]{4})[-/.]([0-9]{2})[-/.]([0-9]{2})(?![\d/-])[\s*_=)\]:,;.–—|-]*+"
_AFTER_LINK = r"[\s*_=)\]:,;.–—|-]*+"
_BEFORE_LINK = r"[\s*_=(@]*+"
_CLOCK = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[AaPp][Mm])?\b[\s:–—-]*+"

_NOTHING = Said()
_plain_day = lru_cache(maxsize=4096)(parse_day)
"""The entries of a vault share their days."""
_HEAD = 2000
"""Characters of a heading, or of a table's head, that are looked at: every row below it asks."""
DAY_COLUMN = frozenset("date day when datum".split())
KIND_COLUMN = frozenset("type kind how channel medium via what format contact".split())
_NO_LOG = frozenset(
    """career experience education employment background bio biography facts birthdays dates family ideas
    tasks todo to-do plans gifts goals publications projects books references links sources resources work
    employer jobs cv resume""".split()
)
"""Headings under which a date tells of the person's life, not of yours together."""
_STUDY = frozenset("read reading readings books watched listened".split())
"""Headings under which a date tells of you and their works: `Reading log`."""
_STUDY_SIGNS = ("read", "books", "watched", "listened")
"""One of these stands in each of those words; most headings are people's names, and have none."""


@frozen
class _Entry:
    """A dated entry: its line, what it says, and the lines that belong to it."""

    head: Line
    day: date
    text: str
    children: list[Line]


def read_own(ground: Ground, note: Note, contact: Contact) -> Iterator[Item]:
    """Read the log in a contact's own note; its tasks are read elsewhere."""
    entries = _find_entries(ground, note)
    private = contact.private or ("private" in keys_of(note) and is_private(note))
    study: dict[int, bool] = {}
    for entry in entries:
        above = entry.head.heading
        if above not in study:
            study[above] = _is_study(note, above)
        if study[above]:
            yield from _mention_others(ground, note, contact, entry, private=private)
        else:
            yield from _read_entry(ground, note, contact, entry, private=private)
    linking = [line for line in note.lines if line.links and line.form is not TASK]
    if linking:
        told = {line.number for entry in entries for line in (entry.head, *entry.children)}
        rest = [line for line in linking if line.number not in told and not is_skipped(line)]
        yield from _mention_linked(ground, note, contact, rest, private=private)


def _mention_linked(
    ground: Ground, note: Note, contact: Contact, lines: Sequence[Line], *, private: bool
) -> Iterator[Item]:
    """Keep who is linked in lines that belong to no entry."""
    for line in lines:
        others = [path for path in linked(ground, note.path, line.links) if path != contact.path]
        if others:
            hidden = private or "private" in line.tags
            text = shown(line.text, line.form)
            place = Place(note.path, line.number, ground.today, text, hidden)
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
    owner: dict[int, _Entry] = {}
    for at, line in enumerate(note.lines):
        form = line.form
        above = None
        if owner and form is not HEADING:
            above = owner.get(line.parent) or owner.get(line.heading)
        skipped = bool(line.tags) and is_skipped(line)
        entry = None
        if not skipped and (form is ROW or not line.text[:1].isalpha()):
            entry = _begin_entry(ground, note, line)
        if form is TASK and not with_tasks:
            pass
        elif entry:
            entries.append(entry)
        elif above and form is not HEADING and not skipped:
            above.children.append(line)
        if belongs := entry or above:
            owner[at] = belongs
    return entries


def _begin_entry(ground: Ground, note: Note, line: Line) -> _Entry | None:
    """Begin an entry where a line starts with a day; plain text only under a log heading."""
    if line.form is ROW:
        return _row_entry(ground, note, line)
    found = leading_day(line.text, ground.obsidian.daily_format)
    if not found or (line.form is TEXT and not _in_log(ground, note, line)):
        return None
    return _Entry(line, *found, [])


def leading_day(text: str, daily_format: str) -> tuple[date, str] | None:
    """Read the day with which a text starts, and what follows: `**2026-11-20:** coffee`."""
    if text[:1].isalpha():
        return None
    if text[4:5] == "-":  # most entries begin `2026-11-20 coffee`, and are spared the pattern
        rest = text[10:].lstrip(" :")
        if rest[:1].isalpha() and (plain := _plain_day(text[:10])):
            return plain, rest
    match = re.match(_DATE, text)
    if match:
        day = parse_day("-".join(match.groups()))
        return (day, _without_clock(text[match.end() :])) if day else None
    if "[" not in text[:8]:
        return None
    start = re.match(_BEFORE_LINK, text)
    links = find_links(text)
    if not links or start is None or links[0].start != start.end():
        return None
    named = day_in_name(links[0].target.rsplit("/", 1)[-1], daily_format)
    behind = re.sub(_AFTER_LINK, "", text[links[0].end :], count=1)
    return (named, _without_clock(behind)) if named else None


def _without_clock(text: str) -> str:
    match = re.match(_CLOCK, text) if text[:1].isdigit() else None
    return text[match.end() :] if match else text


def _row_entry(ground: Ground, note: Note, line: Line) -> _Entry | None:
    """Read a row of a table that has a column for the day: `| 2026-11-20 | coffee | the job |`."""
    if line.parent < 0 or line.parent >= len(note.lines):
        return None
    names = column_names(note.lines[line.parent].text)
    values = cells(line.text)
    at = next((index for index, name in enumerate(names) if name in DAY_COLUMN), None)
    if at is None or at >= len(values):
        return None
    found = leading_day(values[at], ground.obsidian.daily_format)
    if not found:
        return None
    rest = [(name, value) for name, value in zip(names, values, strict=False) if value]
    kinds = [value for name, value in rest if name in KIND_COLUMN]
    texts = [value for name, value in rest if name not in KIND_COLUMN | DAY_COLUMN]
    text = ": ".join(part for part in (" ".join(kinds), ", ".join(texts)) if part)
    return _Entry(line, found[0], text, [])


def column_names(head: str) -> list[str]:
    """Name a table's columns, in the form in which they are compared."""
    return [normal(name.strip("*_ ")) for name in cells(head[:_HEAD])]


def _in_log(ground: Ground, note: Note, line: Line) -> bool:
    """Say whether a line stands under a log heading, however deep."""
    index = line.heading
    while index >= 0:
        if is_log(title_of(note.lines[index]), ground.settings.log_headings):
            return True
        index = note.lines[index].heading
    return False


@lru_cache(maxsize=1024)
def is_log(heading: str, log_headings: tuple[str, ...]) -> bool:
    """Say whether a heading is that of a log: by the settings, or as `call log`."""
    words = re.sub(r"[\W_]+", " ", normal(heading)).strip()
    named = words in {normal(log_heading) for log_heading in log_headings}
    return named or words.rpartition(" ")[2] in {"log", "interactions"}


def _under_life(note: Note, line: Line) -> bool:
    if line.heading < 0:
        return False
    return not _NO_LOG.isdisjoint(_words_of(title_of(note.lines[line.heading])))


@lru_cache(maxsize=1024)
def _words_of(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", title))


def _read_entry(
    ground: Ground, note: Note, contact: Contact, entry: _Entry, *, private: bool
) -> Iterator[Item]:
    """Read an entry: its first line names the kind, else each line that belongs to it may."""
    mode = Mode.COMING if ground.lies_ahead(entry.day) else Mode.TOLD
    top = entry.head
    hidden = private or "private" in top.tags
    head = _read(ground, note, contact, entry.text, mode)
    told = [(top, head.tellings)]
    known = _kinds_of(contact, head.tellings)
    hushed = head.hushed
    children: list[Line] = []
    if entry.children:
        children = [child for child in entry.children if not is_skipped(child)]
        title = top.form is HEADING and not is_planned(read_words(ground, note.path, entry.text))
        silent = not known and (title or not hushed)
        for child in children:
            said = _NOTHING
            if silent:
                said = _read(ground, note, contact, child.text, mode, child.form)
            own = _kinds_of(contact, said.tellings)
            told.append((child, () if own and own <= known else said.tellings))
            known |= own
            hushed = hushed or (said.hushed and not entry.text)
    text = _join(entry, children, hidden=hidden) if children else shown(entry.text)
    for line, tellings in told:
        if not tellings and not line.links:
            continue
        place = Place(
            note.path,
            line.number,
            entry.day,
            text if line is top else shown(line.text, line.form),
            hidden or "private" in line.tags,
        )
        yield from tell(ground, place, tellings)
        if line.links:
            others = [p for p in linked(ground, note.path, line.links) if p != contact.path]
            yield from mention(place, others, day=entry.day, told=tellings)
    if known or hushed or not text or mode is not Mode.TOLD:
        return
    if _in_log(ground, note, top) or not _under_life(note, top):
        yield _make_note(contact, Place(note.path, top.number, entry.day, text, hidden))


def _is_study(note: Note, index: int) -> bool:
    """Say whether a heading, or one that it stands under, is such as *Reading log*."""
    while index >= 0:
        heading = note.lines[index]
        text = heading.text[:_HEAD].lower()
        signs = [sign for sign in _STUDY_SIGNS if sign in text]
        if signs and not _STUDY.isdisjoint(_words_of(title_of(heading))):
            return True
        index = heading.heading
    return False


def _mention_others(
    ground: Ground, note: Note, contact: Contact, entry: _Entry, *, private: bool
) -> Iterator[Item]:
    """Keep who is named in an entry that tells of no interaction."""
    for line in (entry.head, *entry.children):
        hidden = private or "private" in line.tags
        place = Place(note.path, line.number, entry.day, shown(line.text, line.form), hidden)
        others = [path for path in linked(ground, note.path, line.links) if path != contact.path]
        yield from mention(place, others, day=entry.day)


def _kinds_of(contact: Contact, tellings: Sequence[Telling]) -> set[str]:
    return {telling.kind.word for telling in tellings if telling.person == contact.path}


def _read(
    ground: Ground, note: Note, contact: Contact, text: str, mode: Mode, form: Form = TEXT
) -> Said:
    """Read an entry's text; a kind's own word before a colon names it, whatever follows."""
    said = read_line(ground, note.path, text, form=form, owner=contact.path, mode=mode)
    kind = KIND_OF.get(normal(text.partition(":")[0])) if ":" in text else None
    if kind and kind.word == "note":
        rest = [telling for telling in said.tellings if telling.person != contact.path]
        return Said(tuple(rest), hushed=False)
    if kind and not said.hushed:
        own = [telling for telling in said.tellings if telling.person == contact.path]
        if not own or own[0].kind is not kind:
            rest = [telling for telling in said.tellings if telling.person != contact.path]
            return Said(
                (Telling(contact.path, kind, kind.direction, kind.given), *rest), hushed=False
            )
    return said


def _join(entry: _Entry, children: Sequence[Line], *, hidden: bool) -> str:
    parts = [entry.text, *(c.text for c in children if hidden or "private" not in c.tags)]
    return shown("; ".join(part for part in parts if part.strip()))


def _make_note(contact: Contact, place: Place) -> Interaction:
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
