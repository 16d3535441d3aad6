"""The markers around a plan, and how vaultnet knows its own words again.

    %% vaultnet:begin 2026-W48 %%
    # This week · 23–29 November
    …
    %% vaultnet:end 2026-W48 v1 vn-write-gerd=7b21e0.aa03f1 =91c2d3 … %%

The end marker holds one entry for each thing offered: an action's id with a hash for each of its
lines, a title's role with its hash, and `=` with a hash for every other line (contract, 5.4).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from vaultnet.core.frozen import fresh, frozen
from vaultnet.core.pattern import lazy_pattern

_BEGIN = lazy_pattern(r"%% vaultnet:begin (?P<week>\d{4}-W\d\d) %%")
_END = lazy_pattern(r"%% vaultnet:end (?P<week>\d{4}-W\d\d)(?: v1(?P<entries>(?: \S+)*))? %%")
_ANY_MARKER = lazy_pattern(r"%%\s*vaultnet:(?:begin|end)\b")
_CONFLICT = lazy_pattern(r"<{7}( |$)|={7}$|>{7}( |$)|\|{7}( |$)")
_ID = lazy_pattern(r"\s\^(vn-[a-z0-9-]+)\s*$")
_BULLET = lazy_pattern(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+")
_BOX = lazy_pattern(r"^\[(.)\]\s+")
_LINK = lazy_pattern(r"\[\[[^\[\]]*+\]\]|(?<!\\)\[(?:[^\[\]\\]|\\.)*+\]\([^()\s]*+\)")
"""Not from a bracket with a backslash: a line of nothing but those would be searched again from each."""


PAST = "past"
"""Role of a line that may stay in a plan but is not put into one: a meeting whose day has come."""


@frozen
class Piece:
    """Something offered: an action with its bullets, or one line of another sort."""

    key: str
    """An action's id; the role of a line that there is once (`lead`, `t.people`); else `=` and the
    hash of the line, with `~2` for the second line that hashes so."""
    lines: tuple[str, ...]
    """As they stand, without line ends."""

    @property
    def hashes(self) -> str:
        """What the end marker remembers of it."""
        if self.key.startswith("="):
            return hash_words(self.lines[0])
        return ".".join(hash_line(line) for line in self.lines)


@frozen
class Marked:
    """A plan's text, taken apart at its markers. Lines keep their ends."""

    week: str
    before: tuple[str, ...]
    begin: str
    region: tuple[str, ...]
    end: str
    after: tuple[str, ...]
    memory: Mapping[str, str] = fresh(factory=dict)
    """Key -> hashes of what was offered."""


@lru_cache(maxsize=8)
def find_markers(text: str) -> Marked | str | None:
    """Take a plan apart; a text where the markers are damaged, None where there are none."""
    lines = list(_split(text))
    marks = [n for n, line in enumerate(lines) if _ANY_MARKER.search(line)]
    if not marks:
        return None
    if any(_CONFLICT.match(line.rstrip("\r\n")) for line in lines):
        return "it holds the marks of a merge conflict: resolve them first"
    begin = [n for n in marks if _BEGIN.fullmatch(lines[n].strip())]
    end = [n for n in marks if _END.fullmatch(lines[n].strip())]
    if len(marks) != 2 or len(begin) != 1 or len(end) != 1 or begin[0] > end[0]:
        return (
            "its markers `%% vaultnet:begin … %%` and `%% vaultnet:end … %%` are damaged or doubled: "
            "there must be one of each, on lines of their own"
        )
    first, last = begin[0], end[0]
    opened, closed = _BEGIN.fullmatch(lines[first].strip()), _END.fullmatch(lines[last].strip())
    if opened is None or closed is None or opened["week"] != closed["week"]:
        return "its two markers name different weeks"
    return Marked(
        week=opened["week"],
        before=tuple(lines[:first]),
        begin=lines[first],
        region=tuple(lines[first + 1 : last]),
        end=lines[last],
        after=tuple(lines[last + 1 :]),
        memory=_read_memory(closed["entries"] or ""),
    )


def memory_of(text: str) -> Mapping[str, str]:
    """Read what a plan on disk remembers; nothing where it is no plan or damaged."""
    found = find_markers(text)
    return found.memory if isinstance(found, Marked) else {}


def find_untouched(text: str) -> frozenset[str]:
    """List the ids of the actions that stand in a plan just as vaultnet wrote them."""
    found = find_markers(text)
    if not isinstance(found, Marked):
        return frozenset()
    orphans = find_orphans(found)
    stands = [line for n, line in enumerate(found.region) if n not in orphans]
    return frozenset(
        piece.key
        for piece in cut(stands)
        if is_action(piece.key) and piece.hashes == found.memory.get(piece.key)
    )


def find_titles(text: str) -> Mapping[str, str]:
    """Map the hashes of a plan's titles, as vaultnet wrote them, to the names of their sections."""
    memory = memory_of(text)
    return {hashes: key[2:] for key, hashes in memory.items() if key.startswith("t.")}


def find_orphans(found: Marked) -> Mapping[int, str]:
    """Find the region's lines that are bullets of a deleted action: they go with it.

    Number of the line -> the action's id. Each is one that the end marker remembers; the same words
    once more are the user's.
    """
    stand = {block_id(line) for line in found.region}
    left: dict[str, list[str]] = {}
    for key, hashes in found.memory.items():
        for hashed in hashes.split(".")[1:] if is_action(key) and key not in stand else ():
            left.setdefault(hashed, []).append(key)
    orphans = {}
    own: list[str] = []
    for n, line in enumerate(found.region):
        if block_id(line):
            own = found.memory.get(block_id(line), "").split(".")
        elif line[:1] not in "\t " or not line.strip():
            own = []
        elif left.get(hash_line(line)) and hash_line(line) not in own:
            orphans[n] = left[hash_line(line)].pop()
    return orphans


def forget_orphans(found: Marked) -> dict[str, str]:
    """Give what a plan remembers without the bullets that go: they are not offered any more."""
    memory = dict(found.memory)
    for n, key in find_orphans(found).items():
        head, *hashes = memory[key].split(".")
        hashes.remove(hash_line(found.region[n]))
        memory[key] = ".".join([head, *hashes])
    return memory


def _split(text: str) -> Iterator[str]:
    """Split at line feeds alone: other separators are characters of a line, as in Obsidian."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _read_memory(entries: str) -> dict[str, str]:
    memory = {}
    for entry in entries.split():
        key, _, hashes = entry.rpartition("=")
        if key:
            memory[key] = hashes
        else:
            memory[f"={hashes}"] = hashes.partition("~")[0]
    return memory


def begin_marker(week: str) -> str:
    """Write the line above a plan."""
    return f"%% vaultnet:begin {week} %%"


def end_marker(week: str, memory: Mapping[str, str]) -> str:
    """Write the line below a plan, with what it remembers."""
    entries = (key if key.startswith("=") else f"{key}={hashes}" for key, hashes in memory.items())
    return " ".join([f"%% vaultnet:end {week} v1", *entries, "%%"])


def is_action(key: str) -> bool:
    """Whether a piece's key is an action's id."""
    return key.startswith("vn-")


def cut(lines: Iterable[str], roles: Mapping[str, str] | None = None) -> Iterator[Piece]:
    """Cut lines of a plan into pieces: an action takes the indented lines below it with it.

    `roles` maps the lines that have one to their role.
    """
    roles = roles or {}
    seen: Counter[str] = Counter()
    head: list[str] = []
    for raw in lines:
        line = raw.rstrip("\r\n")
        if head and line[:1] in "\t " and line.strip():
            head.append(line)
            continue
        if head:
            yield Piece(block_id(head[0]), tuple(head))
            head = []
        if block_id(line):
            head = [line]
        elif line.strip():
            role = roles.get(line, PAST)
            yield Piece(plain_key(line, seen) if role == PAST else role, (line,))
    if head:
        yield Piece(block_id(head[0]), tuple(head))


def plain_key(line: str, seen: Counter[str]) -> str:
    """Make the key of a line without id and role; `seen` counts the lines that hash alike."""
    hashed = hash_words(line)
    seen[hashed] += 1
    return f"={hashed}" if seen[hashed] == 1 else f"={hashed}~{seen[hashed]}"


def block_id(line: str) -> str:
    """Find the id at a line's end; empty where there is none of ours."""
    match = _ID.search(line.rstrip("\r\n")) if "^vn-" in line else None
    return match[1] if match else ""


@lru_cache(maxsize=1 << 12)
def hash_words(line: str) -> str:
    """Hash what a line says, where its links lead included: one waits for Ada, another for Bo."""
    said = " ".join(_BULLET.sub("", line.rstrip()).split())
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:6]


@lru_cache(maxsize=1 << 12)
def hash_line(line: str) -> str:
    """Hash what a line says: bullet sign, indentation and where a link leads do not count."""
    said = _ID.sub("", _BULLET.sub("", line.rstrip()))
    box = _BOX.match(said)
    state = f"[{box[1]}] " if box else ""
    said = _LINK.sub("[[]]", said[box.end() :] if box else said)
    return hashlib.sha256(
        (state + " ".join(said.split())).encode("utf-8", "surrogatepass")
    ).hexdigest()[:6]


def state_of(line: str) -> str:
    """Find the character in a task's box; empty where there is no box."""
    box = _BOX.match(_BULLET.sub("", line))
    return box[1] if box else ""
