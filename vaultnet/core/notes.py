"""A source's text to a note: what the text says, not yet what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from vaultnet.core import markup
from vaultnet.core.frozen import frozen
from vaultnet.core.marks import find_titles, find_untouched
from vaultnet.core.model import Form, Line, Note, Problem, Property, Source, Value
from vaultnet.core.pattern import lazy_pattern
from vaultnet.core.plain import read_plain, split_plain

TAB: Final = 4
"""How many columns a tab is wide."""

MOST_LINES: Final = 100_000
"""Of a note that is read: each line costs a hundred bytes and more, however short."""

HEADING, ITEM, TASK, ROW, TEXT = Form
"""By names of their own: until Python 3.12 an enumeration is slow to give its members."""

_ITEM = lazy_pattern(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]++(.*)|\Z)", re.DOTALL)
_BOX = lazy_pattern(r"\[(.)\](?:\s++(.*)|\Z)", re.DOTALL)
_FENCE = lazy_pattern(r"(`{3,}+)[^`]*\Z|(~{3,}+)", re.DOTALL)
_RULE = lazy_pattern(r"(?:([-*_])[ \t]*+)(?:\1[ \t]*+){2,}\Z|=+\Z|--\Z")
"""A line across the page, or the line under a heading of the older kind."""
_DELIMITER = lazy_pattern(r":?-+:?\Z")
_COMMENT_OPEN = lazy_pattern(r"(?<!\\)(?:<!--|%%)")
_BLOCK_ID = lazy_pattern(r"[A-Za-z0-9-]++\Z")
_BEGIN = lazy_pattern(r"%% vaultnet:begin ([0-9]{4}-W[0-9]{2}) %%")
_END = lazy_pattern(r"%% vaultnet:end(?: ([0-9]{4}-W[0-9]{2}))?(?: .*)?%%", re.DOTALL)

_MOST_COLUMNS: Final = 64
"""Of a table that is read: each row is held against all of its header."""
_DEEPEST: Final = 6
"""Level of a heading."""
_TAG_KEYS: Final = frozenset(("tags", "tag"))
_SPACE: Final = frozenset(("", " ", "\t"))
_MARKER: Final = "%% vaultnet:"
_BLOCK_STARTS: Final = frozenset("#>-*+`~$=_%0123456789")
"""What a line may begin with that is more than text."""
_BULLETS: Final = frozenset("-*+")
_NO_PARAGRAPH: Final = frozenset(("", "`", "~", "#", "|"))
"""What a quote's line begins with that a plain line below does not continue."""


def read_note(source: Source) -> Note:
    """Read one note. No text makes this raise; what is wrong in it becomes a problem."""
    text = source.text.removeprefix("\ufeff").replace("\r\n", "\n")
    if len(text) > MOST_LINES and text.count("\n") > MOST_LINES:
        message = f"holds more than {MOST_LINES:,} lines and was not read"
        problem = Problem(source.path, MOST_LINES + 1, "too-large", message)
        return Note(source.path, healthy=False, problems=(problem,))
    header = _read_header(text, source.path)
    if header.body is None:
        return Note(source.path, healthy=False, problems=header.problems)
    body = _Body(header.body, header.first_line)
    body.read()
    return Note(
        source.path,
        properties=header.properties,
        tags=_gather_tags(header.properties, body.tags),
        lines=tuple(body.lines),
        healthy=not header.problems,
        template=header.template,
        plan=body.plan,
        ours=find_untouched(source.text) if body.plan else frozenset(),
        titles=find_titles(source.text) if body.plan else {},
        problems=header.problems,
    )


@frozen
class _Header:
    """What stands above the body, and the body itself."""

    body: str | None
    """None: not to be read, because nobody knows where it begins."""
    first_line: int
    """The number of the body's first line in the file."""
    properties: tuple[Property, ...] = ()
    template: bool = False
    problems: tuple[Problem, ...] = ()


def _read_header(text: str, path: str) -> _Header:
    if not text.startswith("---"):
        return _Header(text, 1)
    parts = split_plain(text)
    if parts and not _holds_placeholder(parts[0]):
        properties = read_plain(parts[0])
        if properties is not None:
            return _Header(parts[1], parts[0].count("\n") + 1, properties)
    return _read_any_header(text, path)


def _read_any_header(text: str, path: str) -> _Header:
    """Do so for front matter that need not be plain, which few notes have."""
    if text.partition("\n")[0].rstrip(" \t") != "---":
        return _Header(text, 1)
    from vaultnet.core import yaml12  # noqa: PLC0415 - YAML takes longer to import than most commands to run

    parts = yaml12.split_front_matter(text)
    if parts is None:
        message = "the front matter is never closed: put a line --- below the last property"
        return _Header(None, 1, problems=(Problem(path, 1, "front-matter", message),))
    written, body = parts
    first_line = written.count("\n") + 1
    if _holds_placeholder(written):
        return _Header(body, first_line, template=True)
    try:
        return _Header(body, first_line, yaml12.load_properties(written))
    except yaml12.YamlFault as fault:
        message = f"the front matter cannot be read: {fault.message}"
        problem = Problem(path, fault.line, "front-matter", message)
        return _Header(body, first_line, problems=(problem,))


def _holds_placeholder(text: str) -> bool:
    """Whether it holds `{{ … }}` or `<% … %>`: a template that nobody has filled in."""
    if "{{" not in text and "<%" not in text:
        return False
    for opening, closing in (("{{", "}}"), ("<%", "%>")):
        start = text.find(opening)
        if start >= 0 and text.find(closing, start + 2) >= 0:
            return True
    return False


def _gather_tags(properties: Iterable[Property], in_text: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for prop in properties:
        if prop.key.lower() in _TAG_KEYS:
            found += _tags_in_value(prop.value)
    found += in_text
    return tuple(dict.fromkeys(found))


def _tags_in_value(value: Value) -> Iterator[str]:
    parts: Sequence[Value] = value if isinstance(value, list) else ()
    if isinstance(value, str):
        parts = value.replace(",", " ").split()
    for part in parts:
        if isinstance(part, str) and (word := part.strip().lstrip("#").strip("/").lower()):
            yield word


_Level: TypeAlias = tuple[int, int]
"""An open list item or heading: the column of the item's bullet, or the heading's level; and its
index in the lines, -1 where the item itself yielded none."""


class _Body:
    """The lines of a body, read from top to bottom."""

    def __init__(self, text: str, first_line: int) -> None:
        self.lines: list[Line] = []
        self.tags: list[str] = []
        self.plan = ""
        self._raw = text.split("\n")
        self._first_line = first_line
        self._has_spans = markup.may_hold_spans(text)
        self._items: list[_Level] = []
        self._headings: list[_Level] = []
        self._header_row = -1
        """Index of the table's header row, while in its table."""
        self._after_blank = True
        self._in_code = False
        """Whether the line above is indented code."""
        self._quoted = False
        """Whether the line above is quoted text, which a plain line would continue."""
        self._week = ""
        """Of the begin marker whose end has not come yet."""
        self._unclosed: dict[str, int] = {}
        """Mark that closes a comment -> up to which line it was looked for in vain."""

    def read(self) -> None:
        """Read all lines."""
        after = 0
        for at, raw in enumerate(self._raw):
            if at < after:
                continue
            text = raw.strip()
            if text:
                after = self._read_line(at, raw, text)
            else:
                self._after_blank = True
                self._quoted = False
                self._header_row = -1

    def _read_line(self, at: int, raw: str, text: str) -> int:
        """Read the line at an index of the raw lines, and whatever block it opens.

        Like every method below that is given `at`, it returns where to go on.
        """
        column = 0
        if raw[0] in " \t":
            column = _indentation(raw)
            if column >= TAB and not self._items and (self._after_blank or self._in_code):
                self._in_code = True
                return at + 1
        self._after_blank = self._in_code = False
        first = text[0]
        if first in _BLOCK_STARTS:
            if first in _BULLETS and text[1:2] == " " and text[-1] != first:  # no rule, `- - -`
                self._quoted = False
                after = self._read_item(at, column, text[2:].lstrip(" \t"))
            elif first == "#" and not column:
                after = self._read_heading(at, text)
                if after:
                    self._quoted = False
                    self._items.clear()
            else:
                after = self._read_block(at, column, text)
            if after:
                self._header_row = -1
                return after
        return self._read_text(at, column, text)

    def _read_block(self, at: int, column: int, text: str) -> int:
        """Read what is more than plain text or a table's row; 0 where it is no more."""
        first = text[0]
        if first == "#":  # a little indented
            inside = column >= TAB or self._items
            after = 0 if inside else self._read_heading(at, text)
        elif first == ">" or (first == text[-1] and _RULE.match(text)):
            after = at + 1
        elif item := _ITEM.match(text):
            self._quoted = False
            return self._read_item(at, column, item[1] or "")
        else:
            after = self._skip_block(at, text)
        if after:
            self._quoted = first == ">" and text.lstrip("> \t")[:1] not in _NO_PARAGRAPH
            if not column:
                self._items.clear()
        return after

    def _skip_block(self, at: int, text: str) -> int:
        """Go past code, math, or a marker of ours; 0 where the line begins none."""
        if text[0] in "`~":
            return self._skip_fence(at, text)
        if text.startswith("$$"):
            return self._skip_math(at, text)
        return self._read_marker(at, text) if text.startswith(_MARKER) else 0

    def _skip_fence(self, at: int, text: str) -> int:
        opening = _FENCE.match(text)
        if not opening:
            return 0
        fence = opening[1] or opening[2]
        for index in range(at + 1, len(self._raw)):
            line = self._raw[index].strip()
            if line.startswith(fence) and not line.strip(fence[0]):
                return index + 1
        return len(self._raw)

    def _skip_math(self, at: int, text: str) -> int:
        if text.find("$$", 2) >= 0:
            return at + 1 if text.endswith("$$") else 0
        for index in range(at + 1, len(self._raw)):
            if "$$" in self._raw[index]:
                return index + 1
        return 0

    def _read_marker(self, at: int, text: str) -> int:
        if begin := _BEGIN.fullmatch(text):
            self._week = begin[1]
            return at + 1
        end = _END.fullmatch(text)
        if not end:
            return 0
        if self._week and end[1] in {None, self._week}:
            self.plan = self.plan or self._week
        return at + 1

    def _read_heading(self, at: int, text: str) -> int:
        text, level = text.lstrip("#"), len(text)
        level -= len(text)
        if level > _DEEPEST or text[:1] not in _SPACE:
            return 0
        text, after = text.lstrip(" \t"), at + 1
        if self._has_spans:
            text, after = self._blank(at, text)
        if text[-1:] == "#":  # `## Log ##`, but not `## C#`
            words = text.rstrip("#")
            text = words.rstrip() if words[-1:] in _SPACE else text
        headings = self._headings
        while headings and headings[-1][0] >= level:
            headings.pop()
        self._add(at, HEADING, text, level=level)
        headings.append((level, len(self.lines) - 1))
        return after

    def _read_item(self, at: int, column: int, text: str) -> int:
        items = self._items
        while items and column < items[-1][0] + 2:  # one space deeper is no deeper
            items.pop()
        parent = items[-1][1] if items else -1
        if text[:1] == ">":
            items.append((column, -1))
            return at + 1
        items.append((column, len(self.lines)))
        box = _BOX.match(text) if text[:1] == "[" else None
        if box:
            text = box[2] or ""
        after = self._skip_fence(at, text) if text[:1] in {"`", "~"} else 0
        if after:
            text = ""
        elif self._has_spans:
            text, after = self._blank(at, text)
        else:
            after = at + 1
        if box:
            self._add(at, TASK, text, parent, box=box[1])
        else:
            self._add(at, ITEM, text, parent)
        return after

    def _read_text(self, at: int, column: int, text: str) -> int:
        after = at + 1
        if self._has_spans:
            text, after = self._blank(at, text)
        items = self._items
        if not column:
            items.clear()
        while items and items[-1][0] >= column:
            items.pop()
        if self._quoted or not text:
            return after
        if "|" in text:
            if self._header_row >= 0:
                self._add(at, ROW, text, self._header_row)
                return after
            if after == at + 1 < len(self._raw) and _is_delimiter(self._raw[after], text):
                self._header_row = len(self.lines)
                self._add(at, ROW, text)
                return after + 1
        self._header_row = -1
        self._add(at, TEXT, text, items[-1][1] if items else -1)
        return after

    def _blank(self, at: int, text: str) -> tuple[str, int]:
        """Blank what is not live in a line's text, up to a comment that goes on below."""
        text = markup.blank_inline(text)
        if "%%" in text or "<!--" in text:
            start_of_line = self._raw[at].lstrip()
            margin = len(text) - len(text.lstrip())
            for opening in _COMMENT_OPEN.finditer(text):
                closing = "%%" if opening[0] == "%%" else "-->"
                first = opening.start() == margin
                whole = first and start_of_line.startswith(opening[0])
                after = self._skip_comment(at, closing, whole=whole)
                if after:
                    return text[: opening.start()].strip(), after
        return text.strip(), at + 1

    def _skip_comment(self, at: int, closing: str, *, whole: bool) -> int:
        """Go past a comment of several lines, to the rest of its last line; 0 where it is none.

        A comment that begins its line goes on to the end if need be. One that begins within a line
        must end in the same paragraph: a stray `%%` must not hide the rest of a note.
        """
        if not whole and at < self._unclosed.get(closing, 0):
            return 0
        for index in range(at + 1, len(self._raw)):
            line = self._raw[index]
            if closing == "%%" and line.lstrip().startswith(_MARKER):
                return index
            if not whole and (not line or line.isspace()):
                self._unclosed[closing] = index
                return 0
            end = line.find(closing)
            if end >= 0:
                self._raw[index] = line[end + len(closing) :]
                return index
        self._unclosed[closing] = len(self._raw)
        return len(self._raw) if whole else 0

    def _add(
        self, at: int, form: Form, text: str, parent: int = -1, level: int = 0, box: str = ""
    ) -> None:
        block = ""
        if "^" in text and form is not ROW:
            text, block = _split_block_id(text)
        tags = markup.find_tags(text) if "#" in text else ()
        if tags:
            self.tags += tags
        headings = self._headings
        self.lines.append(
            Line(
                self._first_line + at,
                form,
                text,
                level,
                box,
                headings[-1][1] if headings else -1,
                parent,
                markup.find_links(text) if "[" in text else (),
                tags,
                block,
            )
        )


def _indentation(raw: str) -> int:
    """Count the columns before the first character."""
    return len(raw[: len(raw) - len(raw.lstrip(" \t"))].expandtabs(TAB))


def _is_delimiter(raw: str, header: str) -> bool:
    """Whether it is the line below a table's header: `|---|:-:|`, with as many cells."""
    text = raw.strip()
    if "|" not in text or "-" not in text or text.strip("|:- \t"):
        return False
    columns = markup.cells(text)
    if not 0 < len(columns) <= _MOST_COLUMNS or header.count("|") > 2 * _MOST_COLUMNS:
        return False
    return all(_DELIMITER.match(cell) for cell in columns)


def _split_block_id(text: str) -> tuple[str, str]:
    """Take the block id off the end: `Send the article ^vn-send-ada`."""
    words, _, block = text.rpartition("^")
    if (words and not words[-1].isspace()) or not _BLOCK_ID.match(block):
        return text, ""
    return words.rstrip(), block
