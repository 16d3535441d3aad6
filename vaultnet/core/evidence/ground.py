"""What every place needs to read a line: the contacts, how links resolve, the words, the days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from vaultnet.core.calendar import day_in_name, parse_day
from vaultnet.core.evidence.alike import alike_together
from vaultnet.core.evidence.sentence import Mode, Said, Telling, find_bare, read_sentence
from vaultnet.core.evidence.units import (
    MOST_PERSONS,
    Vocabulary,
    number_of,
    person_at,
    plain,
    read_units,
)
from vaultnet.core.evidence.words import Unit
from vaultnet.core.frozen import fresh, frozen
from vaultnet.core.kinds import BOTH, prove
from vaultnet.core.markup import cells, find_links, links_in_value
from vaultnet.core.model import (
    Answer,
    Appointment,
    Contact,
    Exposure,
    Form,
    Given,
    Idea,
    Interaction,
    Line,
    Link,
    Mention,
    Note,
    Obsidian,
    Problem,
    Promise,
    Property,
    Resolve,
    Rung,
    Settings,
    Tick,
    Tie,
    Value,
)
from vaultnet.core.pattern import lazy_pattern
from vaultnet.core.text import short

Item: TypeAlias = (
    Answer | Appointment | Exposure | Idea | Interaction | Mention | Problem | Promise | Tick | Tie
)
"""Whatever a place can yield."""

TOGETHER = "met together"
_TEXT = 200
"""Characters of a line's text that are kept."""
_SHORT = 40
"""Units of a sentence whose like may well stand in the vault again."""
_TITLE = 200
"""Characters of a heading that are compared: every line below it asks."""
_CROWD = 40
"""More people than this at one event: they need not know each other."""

_DONE_DAY = lazy_pattern(r"(?:✅\ufe0f?|[\[(]completion::)\s*+(\d{4}-\d{2}-\d{2})")
_STRUCK = r"~~[^~]++~~"
_FIRST = person_at(0)
HEADING, ITEM, TASK, ROW, TEXT = Form
"""By names of their own: until Python 3.12 an enumeration is slow to give its members."""
_PRIVATE_USE = "[\ue000-\uf8ff]"


@frozen
class Ground:
    """The ground on which every place stands."""

    contacts: Mapping[str, Contact]
    by_key: Mapping[str, Contact]
    me: frozenset[str]
    """Paths of the notes that are you."""
    resolve: Resolve
    settings: Settings
    obsidian: Obsidian
    today: date
    real_today: date
    words: Vocabulary
    asked: dict[str, str | None] = fresh(factory=dict)
    """What the note that is being read has asked: target of a link -> path, or None."""
    ahead: set[date] = fresh(factory=set)
    """The days in the note that is being read that are yet to come."""

    def lies_ahead(self, day: date) -> bool:
        """Say whether a day is yet to come; when it has come, the note may tell something else."""
        if day <= self.today:
            return False
        self.ahead.add(day)
        return True

    def find(self, note: str, target: str) -> str | None:
        """Find where a link in the note that is being read leads."""
        if target not in self.asked:
            self.asked[target] = self.resolve(note, target)
        return self.asked[target]


class Place(NamedTuple):
    """Where a line stands: enough to make a value of what it tells."""

    source: str
    line: int
    day: date
    text: str
    private: bool = False


def leads_to(ground: Ground, note: str, link: Link) -> str:
    """Find the contact whom a link means; empty where it means none."""
    path = ground.find(note, link.target)
    return path if path is not None and path in ground.contacts else ""


def linked(ground: Ground, note: str, links: Sequence[Link]) -> tuple[str, ...]:
    """Find the contacts whom some links mean, each once, in order."""
    if not links:
        return ()
    found = (leads_to(ground, note, link) for link in links)
    return tuple(dict.fromkeys(path for path in found if path))


def people_in(ground: Ground, note: str, found: Property) -> tuple[str, ...]:
    """Find the contacts named in a property: links, or plain names in a list or between commas."""
    bare = links_in_value(found.value) if isinstance(found.value, list) else ()
    values = found.value if isinstance(found.value, list) else [found.value]
    links: list[Link] = []
    for value in values:
        if isinstance(value, str):
            names = (name.strip() for name in value.split(","))
            links += find_links(value) or [Link(name, name, 0, 0) for name in names if name]
    return linked(ground, note, [*links, *bare])


def shown(text: str, form: Form = Form.TEXT) -> str:
    """Say a line as its reader sees it, cut short."""
    if form is ROW:
        text = " · ".join(cell for cell in cells(text) if cell)
    said = plain(text)
    if len(said) <= _TEXT and said.isprintable():  # there is nothing to clean
        return said
    return short(said, _TEXT)


def read_words(ground: Ground, note: str, text: str, form: Form = Form.TEXT) -> tuple[Unit, ...]:
    """Read a text into units, its links to contacts as people."""
    return read_units(_spell(ground, note, text, form)[0], ground.words)


def read_line(
    ground: Ground,
    note: str,
    text: str,
    *,
    form: Form = Form.TEXT,
    owner: str = "",
    mode: Mode = Mode.TOLD,
) -> Said:
    """Read what a line tells of the contacts it names, and of the owner of the log it stands in."""
    text, people = _spell(ground, note, text, form, owner)
    units = read_units(text, ground.words)
    read = _read_known if len(units) <= _SHORT else read_sentence
    said = read(units, _FIRST if owner else "", mode)
    if not said.tellings:
        return said
    return Said(tuple([_name(telling, people) for telling in said.tellings]), said.hushed)


def read_bare(
    ground: Ground, note: str, text: str, form: Form = Form.TEXT
) -> tuple[list[str], str]:
    """Find the people of a line that says no more than who, and the preposition before them."""
    text, people = _spell(ground, note, text, form)
    found, preposition = find_bare(read_units(text, ground.words))
    return [people[number_of(person)] for person in found], preposition


def _spell(
    ground: Ground, note: str, text: str, form: Form, owner: str = ""
) -> tuple[str, Sequence[str]]:
    """Put characters in place of the people in a text, and list the people, the owner first."""
    if form is ROW:
        text = " | ".join(cell for cell in cells(text) if cell)
    if not (text.isascii() or text.isprintable()):
        text = re.sub(_PRIVATE_USE, " ", text)
    if "~~" in text:
        text = re.sub(_STRUCK, " ", text)
    links = find_links(text) if "[" in text else ()
    if not links:
        return text, (owner,)
    people = {owner: _FIRST} if owner else {}
    parts: list[str] = []
    end = 0
    for link in links:
        path = ground.find(note, link.target)
        if path in ground.me:
            word = " me "
        elif path is None or path not in ground.contacts or len(people) == MOST_PERSONS:
            word = link.shown
        else:
            word = people.setdefault(path, person_at(len(people)))
        parts += (text[end : link.start], word)
        end = link.end
    parts.append(text[end:])
    return "".join(parts), tuple(people)


@lru_cache(maxsize=1 << 14)
def _read_known(units: tuple[Unit, ...], owner: str, mode: Mode) -> Said:
    """Read a sentence once, and whatever has its shape; of what is read, most has."""
    return _read_like(alike_together(units), owner, mode)


_read_like = lru_cache(maxsize=1 << 14)(read_sentence)


def _name(telling: Telling, people: Sequence[str]) -> Telling:
    """Name those of whom something is told; `people` are they in the order of their characters."""
    person, kind, direction, given, others = telling
    named = tuple([people[number_of(other)] for other in others]) if others else ()
    return Telling(people[number_of(person)], kind, direction, given, named)


def is_skipped(line: Line) -> bool:
    """Say whether the user keeps a line from being read: `#vn/skip`."""
    return "vn/skip" in line.tags


def is_skipped_note(note: Note) -> bool:
    """Say whether a note is not vaultnet's: `vaultnet: false`."""
    return any(str(said.value).lower() in {"false", "no"} for said in named(note, "vaultnet"))


def is_private(note: Note) -> bool:
    """Say whether nothing of a note is to be quoted; a line's tag `#private` says it of the line.

    The property `private` says it, or the tag in the front matter.
    """
    denied = {"false", "no", "none", ""}
    if any(str(said.value).lower() not in denied for said in named(note, "private")):
        return True
    return any(_names_private(said.value) for said in named(note, "tags", "tag"))


def _names_private(tags: Value) -> bool:
    listed = tags if isinstance(tags, list) else [tags]
    told = [tag for tag in listed if isinstance(tag, str) and "private" in tag.lower()]
    words = [word for tag in told for word in tag.lower().replace(",", " ").split()]
    return any(word.lstrip("#").rpartition("/")[2] == "private" for word in words)


def named(note: Note, *keys: str) -> list[Property]:
    """Find the properties of these names, in order."""
    return [found for found in note.properties if _normal_key(found.key) in keys]


def normal(word: str) -> str:
    """Bring a property's key, or a word, into the form in which it is compared."""
    return (word if word.isascii() else unicodedata.normalize("NFC", word)).strip().lower()


_normal_key = lru_cache(maxsize=4096)(normal)


def day_of_note(note: Note, obsidian: Obsidian) -> date | None:
    """Find the day of a dated note: a daily note's, else the one its file name starts with."""
    folder = obsidian.daily_folder
    if folder is not None:
        root = f"{folder.strip('/')}/" if folder.strip("/") else ""
        if note.path.startswith(root):
            # One separator for both, so that YYYY/MM/DD is read over its folders.
            name = note.path[len(root) : -3].replace("/", "\x1f")
            found = day_in_name(name, obsidian.daily_format.replace("/", "\x1f"))
            if found:
                return found
            found = day_in_name(note.name, obsidian.daily_format)
            if found:
                return found
    return day_in_name(note.name)


def title_of(heading: Line) -> str:
    """Give a heading in the form in which it is compared."""
    return _normal_key(heading.text[:_TITLE])


def property_day(note: Note) -> tuple[date, int] | None:
    """Find the day that the property `date` gives a note, and its line."""
    for found in named(note, "date", "day"):
        value = found.value[0] if isinstance(found.value, list) and found.value else found.value
        links = links_in_value(found.value)
        text = links[0].target.rsplit("/", 1)[-1] if links else value
        day = parse_day(text) if isinstance(text, str) else None
        if day:
            return day, found.line
    return None


def done_day(line: Line) -> date | None:
    """Find the day on which a task was done: `✅ 2026-11-24`, `[completion:: 2026-11-24]`."""
    match = _DONE_DAY.search(line.text)
    return parse_day(match[1]) if match else None


def tell(ground: Ground, place: Place, tellings: Sequence[Telling]) -> Iterator[Item]:
    """Make interactions and ties of what was told, or appointments where the day is yet to come."""
    source, line, day, text, private = place
    if ground.lies_ahead(day):
        for told in tellings:
            kind = told.kind
            if kind.direction is BOTH and kind.word != "introduction":
                yield Appointment(day, told.person, kind.word, text, source, line, private)
        return
    for person, kind, direction, given, others in tellings:
        introduced = kind.word == "introduction" and given is Given.RECEIVED
        yield Interaction(
            day,
            person,
            kind.word,
            direction,
            kind.face_to_face,
            text,
            source,
            line,
            Rung.WORK if introduced else prove(kind, direction),
            given,
            others[:_CROWD],
            private,
        )
        if others and len(others) < _CROWD:
            yield from (
                Tie(person, other, TOGETHER, source, line, day)
                for other in others
                if person < other
            )


def mention(
    place: Place, people: Sequence[str], *, day: date | None, told: Sequence[Telling] = ()
) -> Iterator[Mention]:
    """Keep who is named in a line that does not tell of an interaction with them."""
    if not people:
        return
    known = {telling.person for telling in told}
    for person in people:
        if person not in known:
            yield Mention(person, place.source, place.line, place.text, day, place.private)
