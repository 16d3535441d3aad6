"""An old and a new text of a note -> the log entries that came between, if nothing else changed.

Most notes of people change in one way only: a line is written into their log. What the other lines say,
and what they tell, stays as it was then, and only the new ones need be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vaultnet.core.evidence import tell_note
from vaultnet.core.evidence.ground import Ground, Item
from vaultnet.core.model import Form, Line, Note, Property, Source
from vaultnet.core.notes import read_note


@dataclass(frozen=True, slots=True)
class Growth:
    """Dated list items that were put into a note, in one place."""

    at: int
    """How many lines of the note stand above them."""
    count: int
    """How many they are."""
    headings: tuple[str, ...]
    """Those they stand under, the outermost first, as they are written."""
    entries: tuple[str, ...]
    """The items, as they are written."""


_ENTRY = re.compile(
    r"- \d{4}-\d{2}-\d{2}(?=[ :])[^\x00-\x1f`~$%<>\[\]|#^\\!†✝\x7f-\x9f\u2028\u2029]*"
)
"""A dated item without links, tags, ids, boxes, code or comments: nothing in it reaches beyond it."""
_DEATH = re.compile(r"died|deceased|passed|storben", re.IGNORECASE)
"""What may tell of a death: that concerns the whole person."""
_REACHING = re.compile(r"[`~$%\r]|<!--|exposure|^[ \t]+#", re.MULTILINE)
"""What may open a block that goes on below, or give a note another meaning than a log's."""
_HEADING = re.compile(r"#{1,6}(?=[ \t]|\Z)")
_TELLING = re.compile(r"\d{4}|\[")
"""A heading that may itself be an entry."""


def find_growth(old: str, new: str) -> Growth | None:
    """Find the entries that were put into a note; None where something else may have changed too."""
    if len(new) <= len(old) or _REACHING.search(new):
        return None
    before, after = old.split("\n"), new.split("\n")
    count = len(after) - len(before)
    at = _count_same(before, after)
    if count <= 0 or before[at:] != after[at + count :]:
        return None
    # Of several entries alike, the last is taken for new; a note may end without a line end.
    entries = after[at : at + count]
    if not all(_ENTRY.fullmatch(entry) for entry in entries) or _DEATH.search("\n".join(entries)):
        return None
    body = _find_body(before)
    if not 0 <= body <= at or not _stands_alone(before[at:]):
        return None
    headings = _find_headings(before[body:at])
    if any(_TELLING.search(heading) for heading in headings):
        return None
    return Growth(at, count, headings, tuple(entries))


def tell_growth(
    ground: Ground, path: str, properties: tuple[Property, ...], growth: Growth
) -> tuple[Item, ...]:
    """Find what the new entries of a contact's note tell; `properties` are the note's own."""
    above = _read_headings(growth.headings)
    entries = tuple(
        Line(number, Form.ITEM, entry[1:].strip(" \t"), heading=len(above) - 1)
        for number, entry in enumerate(growth.entries, growth.at + 1)
    )
    return tell_note(ground, Note(path, properties, lines=above + entries)).items


@lru_cache(maxsize=1024)
def _read_headings(headings: tuple[str, ...]) -> tuple[Line, ...]:
    return read_note(Source("", "\n".join(headings))).lines


def _count_same(before: list[str], after: list[str]) -> int:
    return next(
        (n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old != new),
        len(before),
    )


def _find_body(lines: list[str]) -> int:
    """Count the lines of the front matter; -1 where it is not plain to see where it ends."""
    if not lines[0].startswith("---"):
        return 0
    last = next((n for n, line in enumerate(lines) if n and line.startswith(("---", "..."))), -1)
    return last + 1 if last > 0 and lines[0] == lines[last] == "---" else -1


def _stands_alone(below: list[str]) -> bool:
    """Whether what follows begins something of its own: another item, a heading, the end."""
    following = next((line for line in below if line.strip()), "- ")
    return following.startswith("- ") or _HEADING.match(following) is not None


def _find_headings(above: list[str]) -> tuple[str, ...]:
    """Find the headings under which the line below stands, the outermost first."""
    found: list[str] = []
    level = 7
    for line in reversed(above):
        if (match := _HEADING.match(line)) and match.end() < level:
            found.append(line)
            level = match.end()
    return tuple(reversed(found))
