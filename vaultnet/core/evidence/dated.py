"""Daily and meeting notes: lines that say what happened, and who was there (2.3, places 2 and 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from vaultnet.core.evidence.ground import (
    Ground,
    Item,
    Place,
    day_of_note,
    is_private,
    is_skipped,
    linked,
    mention,
    named,
    normal,
    people_in,
    property_day,
    read_bare,
    read_line,
    read_words,
    shown,
    tell,
)
from vaultnet.core.evidence.sentence import (
    Mode,
    Telling,
    is_planned,
    name_kind,
    turn_by,
)
from vaultnet.core.evidence.words import Part, Unit
from vaultnet.core.frozen import fresh, frozen
from vaultnet.core.kinds import BOTH, KIND_OF, turn
from vaultnet.core.model import Direction, Form, Kind, Line, Note, Property

WHO_WAS_THERE = frozenset({"attendees", "participants", "with", "people", "contacts"})
"""Properties that name the people of a meeting."""
_NO_MEETING = frozenset(
    """book article project task idea company organisation organization org place person people contact
    paper podcast movie film video area resource moc index quote recipe exposure template course
    newsletter goal""".split()
)
_NOT_HELD = frozenset(
    "cancelled canceled postponed no-show noshow rescheduled declined skipped".split()
)
_MOST = 100
"""People of one meeting who are read: of more, nobody knows who met whom."""
_MARKS = 8
"""Characters of emphasis and colons behind a name that is all an item is about: `**[[Ada]]:** `."""
_DATE_IN_NAME = r"\d{4}-\d{2}-\d{2}[\s_–—.-]*"


def read_day(ground: Ground, note: Note, day: date) -> Iterator[Item]:
    """Read the lines of a dated note; its tasks are read elsewhere."""
    page = _Page(ground, note, day, is_private(note))
    for line in note.lines:
        if line.form is not Form.TASK and not is_skipped(line):
            yield from _read_line(page, line)


def read_mentions(ground: Ground, note: Note) -> Iterator[Item]:
    """Keep who is named in a note without a day; its tasks are read elsewhere."""
    page = _Page(ground, note, ground.today, is_private(note))
    for line in note.lines:
        if line.links and line.form is not Form.TASK and not is_skipped(line):
            people = linked(ground, note.path, line.links)
            if people:
                yield from mention(page.place(line), people, day=None)


def read_meeting(ground: Ground, note: Note) -> Iterator[Item]:
    """Read a meeting note: dated, with properties that name who was there."""
    there = named(note, *WHO_WAS_THERE)
    if not there:
        return
    day = property_day(note)
    held = day[0] if day else day_of_note(note, ground.obsidian)
    kind = _kind_of_meeting(ground, note)
    if held is None or kind is None:
        return
    people = tuple(dict.fromkeys(p for found in there for p in people_in(ground, note.path, found)))
    title = re.sub(_DATE_IN_NAME, "", note.name, count=1).strip() or kind.word
    place = Place(note.path, there[0].line, held, shown(title), is_private(note))
    tellings = [
        Telling(
            person,
            kind,
            BOTH if kind.direction is BOTH else kind.direction,
            kind.given,
            tuple(other for other in people[:_MOST] if other != person),
        )
        for person in people[:_MOST]
    ]
    yield from tell(ground, place, tellings)


def is_called_off(ground: Ground, note: Note) -> bool:
    """Say whether a note's title or its status says that the event was not held."""
    if any(_is_not_held(found) for found in note.properties):
        return True
    if _is_bare_day(note.name):
        return False
    units = read_words(ground, note.path, note.name)
    return any(unit.part == Part.CANCELLED for unit in units)


def _is_bare_day(text: str) -> bool:
    """Say whether a note's name or a heading is no more than a day, as most are: it calls nothing off."""
    return not text.strip("0123456789-")


def _is_not_held(found: Property) -> bool:
    key = normal(found.key)
    if key in {"status", "state"}:
        return not _NOT_HELD.isdisjoint(_texts(found))
    return key in {"cancelled", "canceled"} and found.value is True


def _kind_of_meeting(ground: Ground, note: Note) -> Kind | None:
    """Read the kind from `type`; None where the note is no meeting, or was not held."""
    for found in named(note, "type", "kind"):
        values = _texts(found)
        if not _NO_MEETING.isdisjoint(values):
            return None
        for value in values:
            for unit in read_words(ground, note.path, value):
                if unit.noun and unit.noun.direction is BOTH:
                    return unit.noun
    return KIND_OF["meeting"]


def _texts(found: Property) -> list[str]:
    values = found.value if isinstance(found.value, list) else [found.value]
    return [normal(value.strip("[]#")) for value in values if isinstance(value, str)]


@frozen
class _Page:
    """A dated note while its lines are read; what stands above many of them is read once."""

    ground: Ground
    note: Note
    day: date
    private: bool
    _words: dict[int, tuple[Unit, ...]] = fresh(factory=dict)

    def place(self, line: Line) -> Place:
        """Say where a line stands, and what it says."""
        private = self.private or "private" in line.tags
        text = shown(line.text, line.form)
        return Place(self.note.path, line.number, self.day, text, private)

    def words(self, line: Line) -> tuple[Unit, ...]:
        """Read a heading's or a parent item's words."""
        if line.number not in self._words:
            self._words[line.number] = read_words(self.ground, self.note.path, line.text, line.form)
        return self._words[line.number]

    def above(self, line: Line) -> Iterator[Line]:
        """Yield what a line stands under: its parent item, then the nearest heading."""
        if line.parent >= 0 and line.form is not Form.ROW:
            yield self.note.lines[line.parent]
        if line.heading >= 0:
            yield self.note.lines[line.heading]


def _read_line(page: _Page, line: Line) -> Iterator[Item]:
    people = linked(page.ground, page.note.path, line.links) if line.links else ()
    owner = "" if people else _person_above(page, line)
    if not people and not owner:
        return
    coming = page.ground.lies_ahead(page.day)
    mode = Mode.COMING if coming else Mode.PLANNED if _is_plan(page, line) else Mode.TOLD
    said = read_line(page.ground, page.note.path, line.text, form=line.form, owner=owner, mode=mode)
    tellings: Sequence[Telling] = said.tellings
    if not tellings and not said.hushed and mode is not Mode.PLANNED and not owner:
        tellings = _inherit(page, line)
    place = page.place(line)
    yield from tell(page.ground, place, tellings)
    if not coming:
        yield from mention(place, people, day=page.day, told=tellings)


def _person_above(page: _Page, line: Line) -> str:
    """Find the one person whom the parent item, or the heading, is all about: `- [[Ada]]`."""
    index = line.parent if line.parent >= 0 else line.heading
    if index < 0 or line.form is Form.HEADING or line.form is Form.ROW:
        return ""
    above = page.note.lines[index]
    if len(above.links) != 1 or above.form is Form.TASK or is_skipped(above):
        return ""
    link = above.links[0]
    behind = above.text[link.end : link.end + _MARKS]
    if link.start > 3 or behind.strip(" :*") or link.end + len(behind) < len(above.text):
        return ""
    people = linked(page.ground, page.note.path, above.links)
    return people[0] if people else ""


def _is_plan(page: _Page, line: Line) -> bool:
    return any(
        (above.form is Form.TASK and not above.done) or is_planned(page.words(above))
        for above in page.above(line)
        if above.form is Form.TASK or not _is_bare_day(above.text)
    )


def _inherit(page: _Page, line: Line) -> tuple[Telling, ...]:
    """Let the parent item, then the heading, name the kind of a line that says only who."""
    people, preposition = read_bare(page.ground, page.note.path, line.text, line.form)
    if not people or line.form is Form.HEADING:
        return ()
    for above in page.above(line):
        kind = (
            None if above.form is Form.TASK or is_skipped(above) else name_kind(page.words(above))
        )
        if kind:
            direction = turn_by(kind, preposition)
            named = turn(kind, direction)
            return tuple(_inherited(person, people, named, direction) for person in people if named)
    return ()


def _inherited(person: str, people: Sequence[str], kind: Kind, direction: Direction) -> Telling:
    others = tuple(p for p in people if p != person) if kind.direction is BOTH else ()
    return Telling(person, kind, direction, kind.given, others)
