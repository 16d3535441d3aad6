"""Front matter, by YAML 1.2's core schema: from text to properties, whatever the text.

PyYAML scans; what its events mean is decided here, because PyYAML itself reads YAML 1.1 (`no` is
false there, `12:30` is 750, `<<` merges), and because counting events as they come is the one
place where a bomb can be stopped before it is built. The measure is Obsidian's reader, the npm
package `yaml`: where something is read otherwise than there, docs/front-matter.md says so and why.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.events import (
    AliasEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from vaultnet.core.frozen import filled, fresh
from vaultnet.core.model import Property, Value
from vaultnet.core.plain import read_plain, resolve_plain

Found: TypeAlias = tuple[str, Value, int]
"""A top-level key, its value, and its line counted from 0."""

_Event: TypeAlias = Any
"""PyYAML's own types have marks that may be missing; they never are."""

MAX_CHARACTERS: Final = 64 * 1024
MAX_DEPTH: Final = 32
MAX_NODES: Final = 10_000
"""What aliases stand for is counted each time."""
MAX_ALIASES: Final = 99

_TAGS: Final[dict[str, type]] = {
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:bool": bool,
    "tag:yaml.org,2002:null": type(None),
}
"""What a tag makes of text that looks like it; all else that has a tag stays text."""
_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
_ODD: Final = frozenset("\r\x85\u2028\u2029\ufeff")
"""Ends of lines to PyYAML, and a byte order mark, which it skips; in a note they are text."""
_PRIVATE_USE: Final = range(0xE000, 0xF900)
_TAG = re.compile(
    r"(?:!|tag:yaml\.org,2002:(?!(?:binary|merge|omap|pairs|set|timestamp)\Z))[\w.-]*+"
)
"""Those that may stand: none that makes what JSON has not."""
_COMMENT_IN_HEADER = re.compile(r"(?:[&!]\S*+\s++)*+[|>][-+0-9]*+#")
_COMMENT_IN_BRACKETS = re.compile(r"[\[{,]#")
_UNPRINTABLE = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML 1.2, section 5.1, does not allow, and a byte order mark within the text."""
_SURROGATE = re.compile("[\ud800-\udfff]")

_QUESTION: Final = "a value that begins with ? needs quotes around it"
_QUESTION_ALONE = re.compile(r"[\[{,] *+\?[\]},]")
_TOO_DEEP: Final = f"it is nested more than {MAX_DEPTH} levels deep"
_HINTS: Final = (
    ("maximum nesting depth", _TOO_DEEP),
    ("mapping values are not allowed", "a value that holds ': ' needs quotes around it"),
    ("end of stream", "the quote that opens here is never closed"),
    ("a flow ", "the bracket that opens here is never closed, or what it holds needs quotes"),
    ("a simple key", "this line needs a colon and a space, as in `key: value`"),
    ("tab character", "indentation needs spaces, not tabs"),
    (
        "start any token",
        "a value that begins with @, % or ` needs quotes; indentation needs spaces",
    ),
    ("undefined alias", "a value that begins with * needs quotes around it"),
    ("alphabetic or numeric", "a value that begins with & or * needs quotes around it"),
    ("escape code", "behind a backslash stands no whole character: write the character itself"),
    ("escape character", "a backslash between double quotes needs a second one, or single quotes"),
    ("entries are not allowed", "a value that begins with '- ' needs quotes around it"),
    ("a block scalar", "a value that begins with | or > needs quotes around it"),
    ("unexpected ':'", "a value that holds ':' needs quotes around it"),
    ("tag", "a value that begins with ! needs quotes around it"),
    ("a block ", "the whole value needs quotes around it, or the indentation is uneven"),
)
"""PyYAML's words -> what to do about it; the first that fits."""
_TOO_NEAR: Final = "a comment needs a space before its #"
_TOO_FAR_LEFT: Final = "what goes on below its first line must be indented there"


class YamlFault(Exception):  # noqa: N818 - a fault, in the words of this house
    """Front matter that cannot be understood, and the line in the file where that shows."""

    def __init__(self, line: int, message: str) -> None:
        """Take the line, counted in the file from 1, and what to do about it."""
        super().__init__(message)
        self.line = line
        self.message = message


def split_front_matter(text: str) -> tuple[str, str] | None:
    """Split a note at its `---` lines; None where it begins with one that is never closed.

    The text must begin with `---` and have line feeds as line ends. Both parts begin behind a
    boundary, at the end of its line: so the first is told to `load_properties` as of line 1.
    """
    try:
        return _HANDLER.split(text)
    except ValueError:  # fewer than two boundaries
        return None


def load_properties(text: str, first_line: int = 1) -> tuple[Property, ...]:
    """Read the properties from front matter whose first line has the given number in the file.

    Raises `YamlFault`, and nothing else.
    """
    found = read_plain(text, first_line)
    return load_guarded(text, first_line) if found is None else found


def load_guarded(text: str, first_line: int = 1) -> tuple[Property, ...]:
    """Do the same by PyYAML, whatever the text."""
    if len(text) > MAX_CHARACTERS:
        raise YamlFault(first_line, f"it is longer than {MAX_CHARACTERS // 1024} KiB")
    if text.startswith("\n\ufeff"):
        text = f"\n{text[2:]}"
    odd = {} if text.isascii() and "\r" not in text else _find_odd(text)
    back = {ord(stands_in): chr(char) for char, stands_in in odd.items()}
    try:
        found = _HANDLER.load(text.translate(odd) if odd else text, Loader=GuardedLoader)
    except _Refusal as refusal:
        line, message = refusal.line, refusal.message.translate(back)
    except (yaml.YAMLError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        line, message = _explain(error, text)
    else:
        if odd:
            found = [
                (key.translate(back), _put_back(value, back), line) for key, value, line in found
            ]
        return tuple(Property(key, value, first_line + line) for key, value, line in found)
    # What is missing at the end is missing behind the last line that holds something.
    raise YamlFault(first_line + min(line, text.rstrip().count("\n")), message)


def _find_odd(text: str) -> dict[int, str]:
    """Give each odd character of the text one that does not stand in it and means nothing to YAML."""
    used = set(text)
    free = (chr(code) for code in _PRIVATE_USE if chr(code) not in used)
    return {
        ord(char): stands_in for char, stands_in in zip(sorted(used & _ODD), free, strict=False)
    }


def _put_back(value: Value, back: Mapping[int, str]) -> Value:
    if isinstance(value, str):
        return value.translate(back)
    if isinstance(value, list):
        return [_put_back(item, back) for item in value]
    if isinstance(value, dict):
        return {key.translate(back): _put_back(held, back) for key, held in value.items()}
    return value


def _explain(error: Exception, text: str) -> tuple[int, str]:
    """Say in which line of the text, from 0, an error of PyYAML's shows, and what to do about it."""
    if isinstance(error, yaml.MarkedYAMLError):
        words = f"{error.context} {error.problem}"
        hint = next((hint for sign, hint in _HINTS if sign in words), "it is no YAML")
        if "a flow " in words and _QUESTION_ALONE.search(text):  # libyaml reads it since 0.2.6
            hint = _QUESTION
        begun_here = "here" in hint or "this line" in hint
        mark = (error.context_mark if begun_here else None) or error.problem_mark
        return (mark.line if mark else 0), hint
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        return text.count("\n", 0, unprintable.start()), "it holds a control character"
    return 0, "it is no YAML"


class _Refusal(Exception):  # noqa: N818 - a fault, in the words of this house
    def __init__(self, event: _Event, message: str) -> None:
        super().__init__(message)
        self.line = _line(event)
        self.message = message


@filled
class _Open:
    """A collection whose end has not come yet."""

    start: _Event
    is_key: bool
    """Whether it is itself a key: `[a, b]: c`."""
    nodes_before: int
    column: int
    """Of its keys or dashes; -1 where it is written between brackets, or unknown."""
    mapping: dict[str, Value] | None = None
    """None: it is a list."""
    seen: set[object] = fresh(factory=set)
    """Its keys, by what they are: `1` and `"1"` are two."""
    key: str | None = None
    """The key whose value comes next."""
    items: list[Value] = fresh(factory=list)
    height: int = 1
    """How many levels of collections it holds, itself included."""


class _Builder:
    """Events in; the top level's keys, values and lines out."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._nodes = 0
        self._aliases = 0
        self._anchors: dict[str, tuple[Value, int, int]] = {}
        """Name -> value, how many nodes it stands for, how many levels it holds."""
        self._open: list[_Open] = []
        self._lines: dict[str, int] = {}

    def build(self, next_event: Callable[[], Any]) -> tuple[Found, ...]:
        """Build what the one document holds."""
        next_event()  # the stream's start
        event = next_event()
        if isinstance(event, StreamEndEvent):
            return ()
        if event.version or event.tags:
            raise _Refusal(event, "a line that begins with % is no property")
        root = next_event()
        found: dict[str, Value] = {}
        if isinstance(root, MappingStartEvent):
            self._enter(root, found, is_key=False)
            while self._open:
                self._take(next_event())
        elif not isinstance(root, ScalarEvent) or _resolve(root) is not None:
            raise _Refusal(root, "it holds no properties: write `key: value` lines")
        next_event()  # the document's end
        event = next_event()
        if not isinstance(event, StreamEndEvent):
            raise _Refusal(event, "a second document begins here")
        return tuple((key, value, self._lines[key]) for key, value in found.items())

    def _take(self, event: _Event) -> None:
        kind = type(event)
        if kind is ScalarEvent:
            self._take_scalar(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            mapping: dict[str, Value] | None = {} if kind is MappingStartEvent else None
            self._enter(event, mapping, is_key=self._awaits_key())
            self._check(event, 0)
        elif kind is AliasEvent:
            self._take_alias(event)
        else:
            self._end(event)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Refusal(event, f"it holds more than {MAX_NODES} values")

    def _enter(self, event: _Event, mapping: dict[str, Value] | None, *, is_key: bool) -> None:
        self._check_start(event)
        known = not (event.flow_style or event.anchor or event.tag)
        column = event.start_mark.column if known else -1
        self._open.append(_Open(event, is_key, self._nodes, column, mapping))

    def _take_scalar(self, event: _Event) -> None:
        innermost = self._open[-1]
        self._check_start(event)
        if event.style:
            self._check_end(event, event)
        elif event.value == "-" and not self._text.startswith(":", event.end_mark.index):
            raise _Refusal(event, "a value that is a dash needs quotes around it")
        value = _resolve(event)
        if innermost.mapping is None:
            innermost.items.append(value)
        elif innermost.key is None:
            self._set_key(_as_key(value), event, _identify(value))
        else:
            innermost.mapping[innermost.key] = value
            innermost.key = None
        if event.anchor:
            self._anchors[event.anchor] = (value, 1, 0)

    def _take_alias(self, event: _Event) -> None:
        if event.anchor not in self._anchors:
            raise _Refusal(event, "a value that begins with * needs quotes around it")
        value, nodes, height = self._anchors[event.anchor]
        if self._text.startswith((":", "?"), event.end_mark.index):
            raise _Refusal(event, "an alias needs a space behind it")
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise _Refusal(event, f"it holds more than {MAX_ALIASES} aliases")
        self._nodes += nodes
        self._check(event, height)
        if self._awaits_key():
            held = isinstance(value, (list, dict))
            self._set_key(f"*{event.anchor}" if held else _as_key(value), event, object())
        else:
            self._add(value, height)

    def _end(self, event: _Event) -> None:
        closed = self._open.pop()
        value: Value = closed.items if closed.mapping is None else closed.mapping
        if closed.start.flow_style:
            self._check_end(closed.start, event)
        if closed.start.anchor:
            nodes = self._nodes - closed.nodes_before
            self._anchors[closed.start.anchor] = (value, nodes, closed.height)
        if closed.is_key:
            written = self._text[closed.start.start_mark.index : event.end_mark.index]
            self._set_key(" ".join(written.split()), closed.start, object())
        elif self._open:
            self._add(value, closed.height)

    def _check(self, event: _Event, height: int) -> None:
        if len(self._open) + height > MAX_DEPTH:
            raise _Refusal(event, _TOO_DEEP)

    def _check_start(self, event: _Event) -> None:
        """Refuse what PyYAML, by YAML 1.1, takes apart: `[?a]`, and tags that no 1.2 knows."""
        start = event.start_mark.index
        if start and self._text[start - 1] == "?":
            raise _Refusal(event, _QUESTION)
        if event.anchor and self._text.startswith((":", "?"), start + 1 + len(event.anchor)):
            raise _Refusal(event, "an anchor needs a space behind it")
        if event.tag and not _TAG.fullmatch(event.tag):
            raise _Refusal(event, "a value that begins with ! needs quotes around it")

    def _check_end(self, start: _Event, end: _Event) -> None:
        """Refuse what PyYAML lets pass: a comment too near, and lines too far to the left."""
        text, first, last = self._text, start.start_mark, end.end_mark
        column = self._open[-1].column if self._open else -1
        too_near = text.startswith("#", last.index)
        if type(start) is ScalarEvent and start.style in {"|", ">"}:
            too_near = _COMMENT_IN_HEADER.match(text, first.index) is not None
            if first.column <= column:
                raise _Refusal(start, _TOO_FAR_LEFT)
        elif first.line < last.line and column >= 0:
            self._check_indentation(start, text[first.index : last.index], column)
        if too_near:
            raise _Refusal(end, _TOO_NEAR)

    def _check_indentation(self, start: _Event, written: str, column: int) -> None:
        """Refuse a line that does not stand deeper than the key or dash that it belongs to."""
        quoted = type(start) is ScalarEvent
        if not quoted and _COMMENT_IN_BRACKETS.search(written):
            raise _Refusal(start, _TOO_NEAR)
        _, *lines = written.split("\n")
        for number, line in enumerate(lines, 1):
            depth = len(line) - len(line.lstrip(" "))
            rest = line[depth:] if quoted else line[depth:].lstrip("\t ")
            if depth > column or not rest or (rest[0] == "#" and not quoted):
                continue
            closes = not quoted and number == len(lines) and len(rest) == 1
            if not (closes and depth == column):
                raise _Refusal(start, _TOO_FAR_LEFT)

    def _awaits_key(self) -> bool:
        innermost = self._open[-1]
        return innermost.mapping is not None and innermost.key is None

    def _set_key(self, key: str, event: _Event, identity: object) -> None:
        innermost = self._open[-1]
        if identity in innermost.seen:
            raise _Refusal(event, f"'{key[:40]}' stands twice: keep one")
        innermost.seen.add(identity)
        innermost.key = key
        if len(self._open) == 1:
            self._lines[key] = _line(event)

    def _add(self, value: Value, height: int) -> None:
        innermost = self._open[-1]
        innermost.height = max(innermost.height, height + 1)
        if innermost.mapping is None:
            innermost.items.append(value)
        elif innermost.key is not None:
            innermost.mapping[innermost.key] = value
            innermost.key = None


def _line(event: _Event) -> int:
    return int(event.start_mark.line)


def _resolve(event: _Event) -> Value:
    """Find what a scalar means: by its tag if that is of the core schema, else by its looks."""
    text: str = event.value
    if event.tag is not None:
        value = resolve_plain(text)
        return value if type(value) is _TAGS.get(event.tag, str) else text
    if event.implicit[0]:
        return resolve_plain(text)
    if not text.isascii() and _SURROGATE.search(
        text
    ):  # "\ud800", which PyYAML's own scanner lets through
        raise _Refusal(event, "it holds half a character")
    return text


def _identify(value: Value) -> object:
    """Give what makes a key the same as another, as `===` does in JavaScript."""
    if isinstance(value, bool):
        return (value,)
    if isinstance(value, (int, float)):
        return object() if math.isnan(value) else float(value)
    return value


def _as_key(value: Value) -> str:
    """Write a key as JavaScript does, where only text can be one: `1.10:` is the key "1.1"."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    number = float(value)  # type: ignore[arg-type] # neither list nor mapping comes here
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if number and not 1e-6 <= abs(number) < 1e21:
        return repr(number).replace("e-0", "e-")
    return f"{Decimal(repr(number)):f}".removesuffix(".0").removeprefix("-" if not number else "")


class PureLoader(Reader, Scanner, Parser):
    """A loader for `yaml.load` whose result is the properties, on PyYAML's own scanner."""

    def __init__(self, stream: str) -> None:
        """Take the text."""
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)
        self._builder = _Builder(stream)

    def get_single_data(self) -> tuple[Found, ...]:
        """Read the whole stream."""
        return self._builder.build(self.get_event)


try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml
    GuardedLoader: Any = PureLoader
else:

    class _FastLoader(CParser):
        """The same on libyaml's scanner, some ten times as fast."""

        def __init__(self, stream: str) -> None:
            super().__init__(stream)
            self._builder = _Builder(stream)

        def get_single_data(self) -> tuple[Found, ...]:
            """Read the whole stream."""
            return self._builder.build(self.get_event)

    GuardedLoader = _FastLoader

_HANDLER: Final = YAMLHandler(fm_boundary=_BOUNDARY)
