"""An old and a new text of a note -> the log entries that came between, if nothing else changed.

Most notes of people change in one way only: a line is written into their log. What the other lines say,
and what they tell, stays as it was then, and only the new ones need be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from vaultnet.core.evidence.ground import Ground, Item
from vaultnet.core.evidence.own import read_own
from vaultnet.core.frozen import frozen
from vaultnet.core.model import Form, Line, Note, Property, Source
from vaultnet.core.notes import read_note


@frozen
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

    def may_endorse(self) -> bool:
        """Whether they may tell that somebody spoke up for you: no other touch makes a buddy (4.2).

        The user's own words for that are not known here.
        """
        return any(map(_ENDORSING.search, self.entries))


_ENTRY = re.compile(
    r"- \d{4}-\d{2}-\d{2}(?=[ :])[^\x00-\x1f`~$%<>\[\]|#^\\!†✝\x7f-\x9f\u2028\u2029]*"
)
"""A dated item without links, tags, ids, boxes, code or comments: nothing in it reaches beyond it."""
_ENDORSING = re.compile(
    r"endors|nominat|recommend|refer|testimon|vouch|word|[*_=]|[^\x00-\x7f]", re.IGNORECASE
)
"""What is in each of our words for an endorsement, or may stand inside one and hide it."""
_DEATHS = ("died", "deceased", "passed", "storben")
"""What may tell of a death: that concerns the whole person."""
_REACHING = ("`", "~", "$", "%", "\r", "<!--")
"""What may open a block that goes on below; one search for all would take ten times as long."""
_INDENTED = re.compile(r"^[ \t]+#", re.MULTILINE)
_HEADING = re.compile(r"#{1,6}(?:[ \t].*)?$", re.MULTILINE)
_TELLING = re.compile(r"\d{4}|\[")
"""A heading that may itself be an entry."""


def find_growth(old: str, new: str) -> Growth | None:
    """Find the entries that were put into a note; None where something else may have changed too."""
    if len(new) <= len(old) or _may_reach(new):
        return None
    old, new = _with_end(old), _with_end(new)
    # Of several entries alike the last is taken for new, as far as it can be.
    start = _find_same(old, new)
    entries, below = new[start : start + len(new) - len(old)], old[start:]
    if not entries.endswith("\n") or not new.endswith(below):
        return None
    lines = entries[:-1].split("\n")
    said = entries.casefold()
    if any(word in said for word in _DEATHS) or not all(map(_ENTRY.fullmatch, lines)):
        return None
    above = old[:start]
    body = _find_body(above)
    if body < 0 or not _stands_alone(below):
        return None
    headings = _find_headings(above[body:])
    if any(map(_TELLING.search, headings)):
        return None
    return Growth(above.count("\n"), len(lines), headings, tuple(lines))


def tell_growth(
    ground: Ground, path: str, properties: tuple[Property, ...], growth: Growth
) -> tuple[Item, ...]:
    """Find what the new entries of a contact's note tell; of `properties` those on its privacy matter."""
    above = _read_headings(growth.headings)
    entries = tuple(
        Line(number, Form.ITEM, entry[1:].strip(" \t"), heading=len(above) - 1)
        for number, entry in enumerate(growth.entries, growth.at + 1)
    )
    contact = ground.contacts[path]
    return tuple(read_own(ground, Note(path, properties, lines=above + entries), contact))


def _read_headings(headings: Sequence[str]) -> tuple[Line, ...]:
    return tuple(
        Line(0, Form.HEADING, *_read_heading(text), heading=n - 1)
        for n, text in enumerate(headings)
    )


@lru_cache(maxsize=1 << 14)
def _read_heading(text: str) -> tuple[str, int]:
    """Find what a heading says, and its level."""
    if plain := _PLAIN_HEADING.fullmatch(text):
        return plain[2], len(plain[1])
    line = read_note(Source("", text)).lines[0]
    return line.text, line.level


_PLAIN_HEADING = re.compile(r"(#{1,6}) ([^\W_](?:(?:[^\W_]|[ '-])*[^\W_])?)")
"""A heading of nothing but words, of which there is one in most notes: `# Ada Lovelace`."""


def _may_reach(text: str) -> bool:
    """Whether something may open a block that goes on below, or give a note another meaning than a log's."""
    if any(map(text.__contains__, _REACHING)) or "exposure" in text.casefold():
        return True
    return (" #" in text or "\t#" in text) and _INDENTED.search(text) is not None


def _with_end(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _find_same(old: str, new: str) -> int:
    """Find where the first line begins that is another one in the new text."""
    if new.startswith(old):
        return len(old)
    same, end = 0, len(old)
    while same < end:
        middle = (same + end + 1) // 2
        if new.startswith(old[same:middle], same):
            same = middle
        else:
            end = middle - 1
    return old.rfind("\n", 0, same) + 1


def _find_body(above: str) -> int:
    """Find where the body begins; -1 where it is not plain to see that the front matter has ended."""
    if not above.startswith("---"):
        return 0
    end = _BOUNDARY.search(above, 3)
    return end.end() if above.startswith("---\n") and end and end[0] == "\n---\n" else -1


_BOUNDARY = re.compile(r"\n(?:---|\.\.\.)[^\n]*\n?")


def _stands_alone(below: str) -> bool:
    """Whether what follows begins something of its own: another item, a heading, the end."""
    return _OWN.match(below) is not None


_OWN = re.compile(r"(?:[ \t]*\n)*(?:- |#{1,6}[ \t\n]|[ \t]*\Z)")


def _find_headings(above: str) -> tuple[str, ...]:
    """Find the headings under which the line below stands, the outermost first."""
    found: list[str] = []
    level, end = 7, len(above)
    while level > 1 and end > 0:
        end = above.rfind("\n#", 0, end) + 1  # 0: the first line
        heading = _HEADING.match(above, end)
        depth = len(heading[0]) - len(heading[0].lstrip("#")) if heading else level
        if heading and depth < level:
            found.append(heading[0])
            level = depth
    return tuple(reversed(found))
