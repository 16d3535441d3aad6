"""Front matter, by YAML 1.2's core schema: from text to properties, whatever the text.

PyYAML scans; what its events mean is decided here, because PyYAML itself reads YAML 1.1 (`no` is
false there, `12:30` is 750, `<<` merges), and because counting events as they come is the one
place where a bomb can be stopped before it is built. Otherwise than in Obsidian's reader (npm
`yaml`), a key that is no text is kept as it is written, not in JavaScript's words, and a collection
that holds itself is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.events import (
    AliasEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from vaultnet.core.model import Property, Value

Found: TypeAlias = tuple[str, Value, int]
"""A top-level key, its value, and its line counted from 0."""

MAX_CHARACTERS: Final = 64 * 1024
MAX_DEPTH: Final = 32
MAX_NODES: Final = 10_000
"""What aliases stand for is counted each time."""
MAX_ALIASES: Final = 100
MAX_DIGITS: Final = 300
"""A longer number is text."""

_CONSTANTS: Final[dict[str, Value]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_NUMBER = re.compile(
    r"(?P<whole>[-+]?[0-9]++)(?![.eE])|0o(?P<octal>[0-7]++)|0x(?P<hex>[0-9a-fA-F]++)"
    r"|(?P<broken>[-+]?(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?)"
)
_NUMBER_STARTS: Final = frozenset("0123456789+-.")
_RESOLVED_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{word}" for word in "int float bool null".split()
)
_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
_ODD_BREAKS = re.compile("[\r\x85\u2028\u2029]")
"""Ends of lines to PyYAML, but not in a note."""
_UNPRINTABLE = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML 1.2, section 5.1, does not allow, and a byte order mark within the text."""
_SURROGATE = re.compile("[\ud800-\udfff]")

_HINTS: Final = (
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
    ("escape character", "a backslash between double quotes needs a second one, or single quotes"),
    ("entries are not allowed", "a value that begins with '- ' needs quotes around it"),
    ("a block scalar", "a value that begins with | or > needs quotes around it"),
    ("tag", "a value that begins with ! needs quotes around it"),
    ("a block ", "the whole value needs quotes around it, or the indentation is uneven"),
)
"""PyYAML's words -> what to do about it; the first that fits."""


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
    if len(text) > MAX_CHARACTERS:
        raise YamlFault(first_line, f"it is longer than {MAX_CHARACTERS // 1024} KiB")
    if not text.isascii() or "\r" in text:
        text = _ODD_BREAKS.sub(" ", text)
    try:
        found = _HANDLER.load(text, Loader=GuardedLoader)
    except _Refusal as refusal:
        line, message = refusal.line, refusal.message
    except (yaml.YAMLError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        line, message = _explain(error, text)
    else:
        return tuple(Property(key, value, first_line + line) for key, value, line in found)
    raise YamlFault(first_line + min(line, text.count("\n")), message)


def _explain(error: Exception, text: str) -> tuple[int, str]:
    """Say in which line of the text, from 0, an error of PyYAML's shows, and what to do about it."""
    if isinstance(error, yaml.MarkedYAMLError):
        words = f"{error.context} {error.problem}"
        hint = next((hint for sign, hint in _HINTS if sign in words), "it is no YAML")
        begun_here = "here" in hint or "this line" in hint
        mark = (error.context_mark if begun_here else None) or error.problem_mark
        return (mark.line if mark else 0), hint
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        return text.count("\n", 0, unprintable.start()), "it holds a control character"
    return 0, "it is no YAML"


class _Refusal(Exception):  # noqa: N818 - a fault, in the words of this house
    def __init__(self, event: Event, message: str) -> None:
        super().__init__(message)
        self.line = _line(event)
        self.message = message


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    start: NodeEvent
    is_key: bool
    """Whether it is itself a key: `[a, b]: c`."""
    nodes_before: int
    mapping: dict[str, Value] | None = None
    """None: it is a list."""
    key: str | None = None
    """The key whose value comes next."""
    items: list[Value] = field(default_factory=list)
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
        if isinstance(next_event(), StreamEndEvent):
            return ()
        root = next_event()
        if not isinstance(root, MappingStartEvent):
            raise _Refusal(root, "it holds no properties: write `key: value` lines")
        found: dict[str, Value] = {}
        self._open.append(_Open(root, is_key=False, nodes_before=0, mapping=found))
        while self._open:
            self._take(next_event())
        next_event()  # the document's end
        event = next_event()
        if not isinstance(event, StreamEndEvent):
            raise _Refusal(event, "a second document begins here")
        return tuple((key, value, self._lines[key]) for key, value in found.items())

    def _take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's edge
        kind = type(event)
        if kind is ScalarEvent:
            self._take_scalar(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            mapping: dict[str, Value] | None = {} if kind is MappingStartEvent else None
            self._open.append(_Open(event, self._awaits_key(), self._nodes, mapping))
            self._check(event, 0)
        elif kind is AliasEvent:
            self._take_alias(event)
        else:
            self._end(event)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Refusal(event, f"it holds more than {MAX_NODES} values")

    def _take_scalar(self, event: ScalarEvent) -> None:
        innermost = self._open[-1]
        value: Value = event.value
        if innermost.mapping is None:
            value = _resolve(event)
            innermost.items.append(value)
        elif innermost.key is None:
            self._set_key(event.value, event)
        else:
            innermost.mapping[innermost.key] = value = _resolve(event)
            innermost.key = None
        if event.anchor:
            self._anchors[event.anchor] = (value, 1, 0)

    def _take_alias(self, event: AliasEvent) -> None:
        if event.anchor not in self._anchors:
            raise _Refusal(event, "a value that begins with * needs quotes around it")
        value, nodes, height = self._anchors[event.anchor]
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise _Refusal(event, f"it holds more than {MAX_ALIASES} aliases")
        self._nodes += nodes
        self._check(event, height)
        if self._awaits_key():
            self._set_key(value if isinstance(value, str) else f"*{event.anchor}", event)
        else:
            self._add(value, height)

    def _end(self, event: Event) -> None:
        closed = self._open.pop()
        start: Any = closed.start
        end: Any = event.end_mark
        value: Value = closed.items if closed.mapping is None else closed.mapping
        if start.anchor:
            nodes = self._nodes - closed.nodes_before
            self._anchors[start.anchor] = (value, nodes, closed.height)
        if closed.is_key:
            written = self._text[start.start_mark.index : end.index]
            self._set_key(" ".join(written.split()), start)
        elif self._open:
            self._add(value, closed.height)

    def _check(self, event: Event, height: int) -> None:
        if len(self._open) + height > MAX_DEPTH:
            raise _Refusal(event, f"it is nested more than {MAX_DEPTH} levels deep")

    def _awaits_key(self) -> bool:
        innermost = self._open[-1]
        return innermost.mapping is not None and innermost.key is None

    def _set_key(self, key: str, event: Event) -> None:
        innermost = self._open[-1]
        if innermost.mapping is not None and key in innermost.mapping:
            raise _Refusal(event, f"'{key[:40]}' stands twice: keep one")
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


def _line(event: Event) -> int:
    mark: Any = event.start_mark
    return int(mark.line)


def _resolve(event: ScalarEvent) -> Value:
    """Find what a scalar means: by its tag if that is of the core schema, else by its looks."""
    text: str = event.value
    if event.tag is not None:
        return resolve_plain(text) if event.tag in _RESOLVED_TAGS else text
    if event.implicit[0]:
        return resolve_plain(text)
    if not text.isascii() and _SURROGATE.search(
        text
    ):  # "\ud800", which PyYAML's own scanner lets through
        raise _Refusal(event, "it holds half a character")
    return text


def resolve_plain(text: str) -> Value:
    """Find what a plain scalar means by YAML 1.2 core (section 10.3.2): `12` a number, `no` text."""
    if text[:1] not in _NUMBER_STARTS or text in _CONSTANTS:
        return _CONSTANTS.get(text, text)
    match = _NUMBER.fullmatch(text) if len(text) <= MAX_DIGITS else None
    if not match:
        return text
    if match["whole"]:
        return int(text)
    if match["broken"]:
        return float(text)
    return int(match["octal"], 8) if match["octal"] else int(match["hex"], 16)


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
