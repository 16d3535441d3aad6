"""A log entry goes into a contact's note: where it belongs, written as the others are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, TypeAlias

from vaultnet.core.edit.change import Change, RawLines, Refused, split_lines
from vaultnet.core.edit.style import FEW_WORDS, start_like, write_row
from vaultnet.core.evidence.ground import normal, title_of
from vaultnet.core.evidence.own import DAY_COLUMN, column_names, is_log, leading_day
from vaultnet.core.frozen import frozen, names_of, replace
from vaultnet.core.markup import cells
from vaultnet.core.model import Evidence, Form, Line, Note, Source
from vaultnet.core.notes import TAB, read_note

Tell: TypeAlias = Callable[[str], Evidence]
"""What the contact's note would tell if this were its text."""

_BULLET = re.compile(r"[ \t]*+([-*+])[ \t]")
_YEAR = re.compile(r"[12]\d{3}")
_FRONT_MATTER_END = re.compile(r"^---[ \t]*$", re.MULTILINE)


@frozen
class Entry:
    """What is to be logged: a day, and one line of text."""

    day: date
    text: str

    def __str__(self) -> str:
        return f"- {self.day} {self.text}"


def append_entry(
    source: Source, entry: Entry, log_headings: tuple[str, ...], daily_format: str, tell: Tell
) -> Change | Refused:
    """Insert an entry into a log, in the note's own style, or refuse (contract, section 8).

    It goes where its day belongs: the newest first or last, as the entries there show. A note
    without a log gets a `## Log` at its end. The new text is read again: all that was read before
    must be read as before, and the new line must tell what the same words tell in a plain log.
    """
    raw = split_lines(source)
    page = _Page(raw, read_note(source), log_headings, daily_format)
    before = tell(source.text)
    told = {i.line for i in before.interactions if i.contact == source.path and i.kind != "note"}
    line = 1
    wanted = _tell_plainly(source.text, entry, tell)
    for change in _propose(page, entry, told):
        if isinstance(change, Refused):
            return change
        line = max(1, min(change.line, len(raw)))
        if _reads_well(page, change, entry) and _tells_exactly(before, change, wanted, tell):
            return change
    reason = "an entry here would change how the note is read, or would not be read as one"
    return Refused(source.path, line, reason, str(entry))


def add_people(text: str, links: Sequence[str]) -> str:
    """Say who else was there, where reading finds it: behind the kind, before a colon.

    `coffee: the job` with `[[Bo]]` becomes `coffee with [[Bo]]: the job`.
    """
    if not links:
        return text
    *first, last = links
    people = f" with {', '.join(first)} and {last}" if first else f" with {last}"
    kind, colon, rest = text.partition(":")
    if colon and rest[:1] in {"", " "} and len(kind.split()) <= FEW_WORDS:
        return f"{kind.rstrip()}{people}:{rest}"
    return f"{text.rstrip(' .')}{people}"


# --- where --------------------------------------------------------------------------------


@frozen
class _Page:
    raw: RawLines
    note: Note
    log_headings: tuple[str, ...]
    daily_format: str

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.note.lines

    def is_log(self, line: Line) -> bool:
        """Whether it is the heading of a log."""
        return line.form is Form.HEADING and is_log(title_of(line), self.log_headings)

    def log_above(self, index: int) -> int:
        """Find the outermost log heading under which a line stands; -1 where there is none."""
        found = -1
        index = self.lines[index].heading
        while index >= 0:
            if self.is_log(self.lines[index]):
                found = index
            index = self.lines[index].heading
        return found

    def section_end(self, index: int) -> int:
        """Give the number of the last line that belongs to a heading, blank ones left out."""
        heading = self.lines[index]
        following = (
            line.number
            for line in self.lines[index + 1 :]
            if line.form is Form.HEADING and line.level <= heading.level
        )
        end = next(following, len(self.raw) + 1) - 1
        return self.raw.last_written(heading.number, end)


@frozen
class _Standing:
    """An entry that stands in the note."""

    index: int
    line: Line
    day: date
    log: int
    """Index of its log's heading; -1: it stands in none."""


def _propose(page: _Page, entry: Entry, told: set[int]) -> Iterator[Change | Refused]:
    """Yield ways to put the entry in, the best first."""
    entries = list(_find_entries(page))
    logs = [
        index
        for index, line in enumerate(page.lines)
        if page.is_log(line) and page.log_above(index) < 0
    ]
    if logs:
        newest_in: dict[int, int] = {}
        for one in entries:
            newest_in[one.log] = max(newest_in.get(one.log, 0), one.day.toordinal())
        log = min(logs, key=lambda index: _rank(page, newest_in.get(index, 0), index))
        yield from _into_log(page, entry, log, [one for one in entries if one.log == log])
        return
    loose = [one for one in entries if one.line.number in told]
    if loose:
        newest = max(loose, key=lambda one: one.day)
        alike = [one for one in entries if one.line.heading == newest.line.heading]
        yield _beside(page, entry, _of_one_form(alike))
        return
    yield _new_log(page, entry)


def _rank(page: _Page, newest: int, log: int) -> tuple[int, int, int]:
    """Order logs: `Log` before `Meetings`, as the settings name them; then by their newest entry."""
    names = [normal(name) for name in page.log_headings]
    words = title_of(page.lines[log])
    return names.index(words) if words in names else len(names), -newest, log


def _into_log(
    page: _Page, entry: Entry, log: int, entries: Sequence[_Standing]
) -> Iterator[Change | Refused]:
    if entries and all(_is_year(page, one.line.heading) for one in entries):
        yield _into_year(page, entry, log, entries)
        return
    if entries:
        yield _beside(page, entry, _of_one_form(entries))
    else:
        row = _first_row(page, entry, log)
        if row:
            yield row
    yield _at_section_end(page, entry, log)


def _is_year(page: _Page, heading: int) -> bool:
    return _YEAR.fullmatch(page.lines[heading].text) is not None


def _into_year(
    page: _Page, entry: Entry, log: int, entries: Sequence[_Standing]
) -> Change | Refused:
    """Put the entry below the heading of its year, as the others stand below theirs."""
    year = str(entry.day.year)
    for index, line in enumerate(page.lines):
        if (line.form, line.text) == (Form.HEADING, year) and page.log_above(index) == log:
            alike = [one for one in entries if one.line.heading == index]
            if alike:
                return _beside(page, entry, _of_one_form(alike))
            return _at_section_end(page, entry, index)
    reason = f"the log has a heading for each year, and none for {year} yet"
    return Refused(page.note.path, page.lines[log].number, reason, str(entry))


def _find_entries(page: _Page) -> Iterator[_Standing]:
    """Find the dated entries; what stands within another one is part of it."""
    inside: set[int] = set()
    for index, line in enumerate(page.lines):
        above = {line.parent, line.heading} if line.form is not Form.HEADING else {line.heading}
        if not inside.isdisjoint(above - {-1}):
            inside.add(index)
            continue
        log = page.log_above(index)
        day = _day_of(page, line)
        if day and line.form is not Form.TASK and (log >= 0 or line.form is not Form.TEXT):
            inside.add(index)
            yield _Standing(index, line, day, log)


def _day_of(page: _Page, line: Line) -> date | None:
    text = line.text
    if line.form is Form.ROW:
        at = _day_column(page.lines[line.parent].text) if line.parent >= 0 else None
        values = cells(text)
        if at is None or at >= len(values):
            return None
        text = values[at]
    found = leading_day(text, page.daily_format)
    return found[0] if found else None


def _day_column(header: str) -> int | None:
    names = column_names(header)
    return next((at for at, name in enumerate(names) if name in DAY_COLUMN), None)


def _of_one_form(entries: Sequence[_Standing]) -> list[_Standing]:
    """Keep those that are written like the newest: a list, a table, headings."""
    newest = max(entries, key=lambda one: one.day)
    return [one for one in entries if one.line.form is newest.line.form]


# --- beside another entry -----------------------------------------------------------------


def _beside(page: _Page, entry: Entry, entries: Sequence[_Standing]) -> Change:
    """Put the entry where its day belongs among the others."""
    days = [one.day for one in entries]
    past = [day for day in days if day <= entry.day]  # an appointment may stand anywhere
    days = past if len(set(past)) > 1 else days
    falls = sum(one > two for one, two in pairwise(days))
    rises = sum(one < two for one, two in pairwise(days))
    earlier = [one for one in entries if one.day <= entry.day]
    gap = [""] if _has_gaps(page, entries) else []
    if falls > rises:
        if earlier:
            return _before(page, entry, earlier[0], gap)
        return _after(page, entry, entries[-1], gap)
    if earlier:
        return _after(page, entry, earlier[-1], gap)
    return _before(page, entry, entries[0], gap)


def _before(page: _Page, entry: Entry, other: _Standing, gap: list[str]) -> Change:
    return page.raw.insert(other.line.number, [_write(page, entry, other, step=0), *gap])


def _after(page: _Page, entry: Entry, other: _Standing, gap: list[str]) -> Change:
    end = _end_of_entry(page, other)
    return page.raw.insert(end + 1, [*gap, _write(page, entry, other, step=1)])


def _write(page: _Page, entry: Entry, other: _Standing, *, step: int) -> str:
    line = page.raw[other.line.number]
    if other.line.form is Form.ROW:
        header = page.lines[other.line.parent].number
        return write_row(
            page.raw[header], page.raw[header + 1], line, other.day, entry.day, entry.text
        )
    return start_like(line, other.day, entry.day, step=step) + entry.text


def _has_gaps(page: _Page, entries: Sequence[_Standing]) -> bool:
    """Whether blank lines stand between entries; where there is one entry alone, by its form."""
    form = entries[0].line.form
    if form is Form.ROW:
        return False
    above = [page.raw.is_blank(one.line.number - 1) for one in entries[1:]]
    return sum(above) * 2 > len(above) if above else form is not Form.ITEM


def _end_of_entry(page: _Page, entry: _Standing) -> int:
    """Give the number of the last line that belongs to an entry, blank ones left out."""
    number = entry.line.number
    if entry.line.form is Form.ROW:
        return number
    if entry.line.form is Form.HEADING:
        return page.section_end(entry.index)
    own = {entry.index}
    forms: dict[int, Form] = {}
    for index, line in enumerate(page.lines[entry.index + 1 :], entry.index + 1):
        forms[line.number] = line.form
        if line.parent in own and line.form is not Form.HEADING:
            own.add(index)
            number = line.number
    column = _column(page.raw[entry.line.number])
    end = number
    for below in range(number + 1, len(page.raw) + 1):
        if page.raw.is_blank(below):
            continue
        lazy = below == end + 1 and forms.get(below) is Form.TEXT and not _is_dated(page, below)
        deeper = entry.line.form is Form.ITEM and _column(page.raw[below]) >= column + 2
        if not lazy and not deeper:
            break
        end = below
    return end


def _is_dated(page: _Page, number: int) -> bool:
    return leading_day(page.raw[number].strip(), page.daily_format) is not None


def _column(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(TAB))


# --- where no entry stands yet ------------------------------------------------------------


def _first_row(page: _Page, entry: Entry, log: int) -> Change | None:
    """Fill the first row of a log's table that has only its head."""
    for index, line in enumerate(page.lines):
        head = line.form is Form.ROW and line.parent < 0 and page.log_above(index) == log
        if head and _day_column(line.text) is not None:
            delimiter = page.raw[line.number + 1]
            row = write_row(
                page.raw[line.number], delimiter, delimiter, entry.day, entry.day, entry.text
            )
            return page.raw.insert(line.number + 2, [row]) if row else None
    return None


def _at_section_end(page: _Page, entry: Entry, log: int) -> Change:
    """Put the entry below whatever stands in the log."""
    raw, heading = page.raw, page.lines[log]
    end = page.section_end(log)
    line = f"{_bullet(page, log)} {entry.day} {entry.text}"
    if end == heading.number:
        blanks = 0
        while raw.is_blank(end + 1 + blanks):
            blanks += 1
        # One blank line stays below the heading, if one can be spared above what follows.
        spared = blanks if end + blanks == len(raw) else blanks - 1
        return raw.insert(end + 1 + min(max(spared, 0), 1), [line])
    last = next((one for one in reversed(page.lines) if one.number <= end), heading)
    in_list = last.number == end and last.form in {Form.ITEM, Form.TASK}
    return raw.insert(end + 1, [line] if in_list else ["", line])


def _bullet(page: _Page, log: int) -> str:
    """Find the note's sign for list items: the log's own, else the one used first."""
    items = [
        (page.log_above(index) != log, match[1])
        for index, line in enumerate(page.lines)
        if line.form in {Form.ITEM, Form.TASK} and (match := _BULLET.match(page.raw[line.number]))
    ]
    return min(items, key=lambda item: item[0])[1] if items else "-"


def _new_log(page: _Page, entry: Entry) -> Change:
    """Make a log at the note's end."""
    raw = page.raw
    headings = [line.number for line in page.lines if line.form is Form.HEADING]
    airy = sum(raw.is_blank(number + 1) for number in headings) * 2 > len(headings)
    below = [f"{_bullet(page, -2)} {entry.day} {entry.text}"]
    size = len(raw)
    start = [] if not size or raw.is_blank(size) or raw[size].strip() == "---" else [""]
    return raw.insert(size + 1, [*start, "## Log", *([""] if airy else []), *below])


# --- reading again ------------------------------------------------------------------------


def _reads_well(page: _Page, change: Change, entry: Entry) -> bool:
    """Whether every line is read as before, and the new one as it would be for itself."""
    if change.start != change.end or entry.text == "":
        return False
    new = read_note(replace(page.raw.source, text=change.text))
    first = next((i for i, (a, b) in enumerate(_zip(page.lines, new.lines)) if a != b), None)
    if first is None:
        return False
    size = len(new.lines) - len(page.lines)
    shift = change.piece.count("\n")
    old_lines = tuple(_move(line, first, size, shift) for line in page.lines[first:])
    added = new.lines[first : first + size]
    same = (
        new.lines[:first] == page.lines[:first]
        and new.lines[first + size :] == old_lines
        and (new.properties, new.healthy, new.template, new.plan)
        == (page.note.properties, page.note.healthy, page.note.template, page.note.plan)
    )
    if not same or not added or added[-1].number != change.line:
        return False
    heads = [line.text for line in added[:-1]]
    return heads in ([], ["Log"]) and _alone(page, change, added[-1])


def _zip(old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[Line | None, Line]]:
    for index, line in enumerate(new):
        yield (old[index] if index < len(old) else None), line


def _move(line: Line, first: int, size: int, shift: int) -> Line:
    """Give a line as it is read below an insertion."""
    return replace(
        line,
        number=line.number + shift,
        heading=line.heading + size if line.heading >= first else line.heading,
        parent=line.parent + size if line.parent >= first else line.parent,
    )


def _alone(page: _Page, change: Change, found: Line) -> bool:
    """Whether a line is read in its place as in a log that holds nothing else."""
    head = "## Log\n\n"
    if found.form is Form.ROW:
        header = page.lines[found.parent].number
        head += f"{page.raw[header].strip()}\n{page.raw[header + 1].strip()}\n"
    alone = read_note(Source(page.raw.source.path, head + change.added.strip())).lines[-1]
    return replace(alone, number=0, heading=0, parent=0) == replace(
        found, number=0, heading=0, parent=0
    )


def _tell_plainly(text: str, entry: Entry, tell: Tell) -> Counter[Any]:
    """Find what the entry's words tell in a plain log of the same person."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    ends = list(_FRONT_MATTER_END.finditer(plain))[:2]
    front = plain[: ends[1].end()] + "\n" if len(ends) > 1 and not ends[0].start() else ""
    plain = f"{front}## Log\n{entry}\n"
    return _at_line(tell(plain), plain.count("\n"))


def _tells_exactly(before: Evidence, change: Change, wanted: Counter[Any], tell: Tell) -> bool:
    """Whether the new text tells what the old one did, what the entry says, and nothing else."""
    after = _items(tell(change.text))
    first = change.old.count("\n", 0, change.start) + 1
    if change.piece.startswith(("\n", "\r\n")) and not change.old.endswith("\n"):
        first += 1  # what is inserted ends the last line first
    shift = change.piece.count("\n")
    moved = Counter(
        replace(item, line=item.line + shift) if item.line >= first else item
        for item in _items(before)
    )
    new = Counter(after)
    new.subtract(moved)
    gone = {item: count for item, count in new.items() if count}
    return gone == dict(Counter(replace(item, line=change.line) for item in wanted.elements()))


def _at_line(evidence: Evidence, number: int) -> Counter[Any]:
    return Counter(item for item in _items(evidence) if item.line == number)


def _items(evidence: Evidence) -> list[Any]:
    """Give everything that was told, whatever its type: each has a line."""
    return [item for part in names_of(type(evidence)) for item in getattr(evidence, part)]
