"""One property is set by a splice: the value's own characters go, and no other (contract, 8).

PyYAML's `compose` tells where a value begins and ends. What stands there afterwards is read again
by the reader of all notes, and refused unless exactly the one property has changed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any

from vaultnet.core.edit.change import Change, RawLines, Refused, split_lines
from vaultnet.core.model import Note, Property, Source, Value
from vaultnet.core.notes import read_note
from vaultnet.core.plain import resolve_plain
from vaultnet.core.properties import normal_key
from vaultnet.core.text import clean

_PLAIN = re.compile(r"[^\W_](?:[\w .@/+()&;-]*[\w.@/+()])?")
"""Text that needs no quotes, wherever it stands."""
_ODD_BREAKS = re.compile("[\r\x85\u2028\u2029]")
_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)
_MARKED = ("&", "*", "!")


def set_property(source: Source, key: str, value: Value) -> Change | Refused:
    """Set a property in the front matter, or refuse; front matter is made where there is none.

    `value` is text, a number, a truth value, None (an empty property) or a list of these. A key
    that is there in another spelling (`They know`) is the one that is set; a new one is put last.
    """
    note = read_note(source)
    raw = split_lines(source)
    by_hand = f"{_write_key(key)}: {_write(value)}".rstrip()
    problem = next((p for p in note.problems if p.code == "front-matter"), None)
    if problem:
        return Refused(source.path, problem.line, problem.message, by_hand)
    if note.template:
        reason = "the front matter still holds placeholders of a template"
        return Refused(source.path, 1, reason, by_hand)
    old = _find(note, key)
    closing = _closing_line(raw)
    change = None
    if closing and old:
        change = _replace(raw, closing, old, value)
    elif closing:
        indent = _indentation(raw, note.properties)
        change = raw.insert(closing, [f"{indent}{by_hand}"])
    else:
        change = raw.insert(1, ["---", by_hand, "---"])
        change = Change(change.old, change.start, change.end, change.piece, 2)
    if change and _reads_well(source, note, change, old.key if old else key, value):
        return change
    reason = "this property cannot be set without touching more than its value"
    return Refused(source.path, old.line if old else closing or 1, reason, by_hand)


def read_value(typed: str) -> Value:
    """Read a value as somebody types it: `true`, `30`, `[a, b]`; a link and all else is text."""
    text = clean(typed)
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        items = [item.strip() for item in text[1:-1].split(",")]
        return [resolve_plain(item) for item in items if item]
    return resolve_plain(text)


def _find(note: Note, key: str) -> Property | None:
    """Find a property as it is spelled, else as it is meant."""
    exact = [found for found in note.properties if found.key == key]
    alike = [found for found in note.properties if normal_key(found.key) == normal_key(key)]
    return next(iter(exact or alike), None)


def _closing_line(raw: RawLines) -> int:
    """Give the number of the line `---` that closes the front matter; 0 where there is none."""
    if not len(raw) or raw[1].rstrip(" \t") != "---":
        return 0
    return next((n for n in range(2, len(raw) + 1) if raw[n].rstrip(" \t") == "---"), 0)


def _indentation(raw: RawLines, properties: Sequence[Property]) -> str:
    line = raw[properties[0].line] if properties else ""
    return line[: len(line) - len(line.lstrip(" "))]


def _replace(raw: RawLines, closing: int, old: Property, value: Value) -> Change | None:
    """Put a value in the place of another one; None where that place is not its own alone."""
    text = raw.source.text
    start = raw.starts[1]
    # One character for one: what PyYAML counts stays what Python counts.
    front = _ODD_BREAKS.sub(" ", text[start : raw.starts[closing - 1]])
    place = _compose_place(front, old.key)
    if place is None:
        return None
    key_end, first, last = place
    written = front[first:last]
    between = front[key_end:first]
    block = "\n" in between
    spread = block or "\n" in written
    if written.startswith(_MARKED) or (spread and _COMMENT.search(between + written)):
        return None
    at = key_end + between.index(":") + 1 if block or not written else first
    piece = _write(value)
    if at != first or not written:
        piece = f" {piece}".rstrip()
    return Change(text, start + at, start + max(last, at), piece, old.line)


def _compose_place(front: str, wanted: str) -> tuple[int, int, int] | None:
    """Find where a key ends and where its value begins and ends, in characters."""
    import yaml  # noqa: PLC0415 - YAML takes longer to import than most commands to run

    try:
        root: Any = yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    for key, value in root.value:
        if getattr(key, "value", None) == wanted:
            first, last = value.start_mark.index, _last_of(value)
            if first < key.end_mark.index:  # an alias: its value stands elsewhere
                return None
            last = first + len(front[first:last].rstrip())
            return key.end_mark.index, first, last
    return None


def _last_of(node: Any) -> int:  # noqa: ANN401 - PyYAML's edge
    """Find where a value ends: the end of a block as PyYAML has it lies behind what follows."""
    while isinstance(node.value, list) and not node.flow_style and node.value:
        inner = node.value[-1]
        node = inner[1] if isinstance(inner, tuple) else inner
    return int(node.end_mark.index)


# --- writing a value ----------------------------------------------------------------------


def _write(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_write_scalar(item) for item in value)}]"
    return "" if value is None else _write_scalar(value)


def _write_scalar(value: Value) -> str:
    """Write text plain where it stays text that way, else between quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value) if math.isfinite(value) else json.dumps(str(value))
    if value is None:
        return "null"
    text = clean(str(value))
    if _PLAIN.fullmatch(text) and resolve_plain(text) == text:
        return text
    return json.dumps(text, ensure_ascii=False)


def _write_key(key: str) -> str:
    return key if _PLAIN.fullmatch(key) else json.dumps(clean(key), ensure_ascii=False)


# --- reading again ------------------------------------------------------------------------


def _reads_well(source: Source, old: Note, change: Change, key: str, value: Value) -> bool:
    """Whether the one property is set, and all the rest is read as before."""
    new = read_note(Source(source.path, change.text))
    wanted = clean(value) if isinstance(value, str) else value
    before = [(found.key, found.value) for found in old.properties]
    after = [(found.key, found.value) for found in new.properties]
    if key in dict(before):
        expected = [(name, wanted if name == key else found) for name, found in before]
    else:
        expected = [*before, (key, wanted)]
    if not new.healthy or new.template or not _same(after, expected):
        return False
    shift = change.text.count("\n") - change.old.count("\n")
    moved = [(line.number + shift, line.form, line.text) for line in old.lines]
    return moved == [(line.number, line.form, line.text) for line in new.lines]


def _same(after: object, expected: object) -> bool:
    """Whether two values are equal in type too: `true` is not `1`."""
    return repr(after) == repr(expected)
