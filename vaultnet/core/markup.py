"""Inline Markdown, as Obsidian reads it: from a line's text to its links, tags, cells and words.

Every function here takes time linear in the length of its text, whatever the text; that is why the
quantifiers in the patterns are possessive.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from vaultnet.core.model import Link, Value
from vaultnet.core.pattern import lazy_pattern

_LINK_BODY = (
    r"\[(?!\[)(?P<wiki>(?:[^\[\]\n]|\[(?!\[)|\](?!\]))++)\]\]"
    r"|(?P<words>(?:[^\[\]\\]|\\.)*+)\]\([ \t]*+"
    r"(?:<(?P<angled>[^<>\n]*+)>|(?P<bare>[^\s()<>]*+(?:\([^\s()]*+\)[^\s()]*+)*+))"
    r"(?:[ \t]++(?:\"[^\"]*+\"|'[^']*+'))?+[ \t]*+\)"
)
_LINK = lazy_pattern(rf"\[(?<![!\\]\[)(?:{_LINK_BODY})")
"""`[[inner]]`, `[words](bare "title")`, `[words](<angled>)`; not behind `!` or a backslash."""
_EMBED = lazy_pattern(rf"!\[(?:{_LINK_BODY})")

_ATTACHMENT = lazy_pattern(
    r"\.(?:png|jpe?g|gif|bmp|svg|webp|avif|heic|tiff?|mp3|wav|m4a|3gp|flac|og[agv]|opus|webm|mp4"
    r"|mkv|mov|avi|pdf|canvas|base|csv|tsv|txt|rtf|docx?|xlsx?|pptx?|od[tsp]|html?|json|ya?ml|xml"
    r"|js|css|zip|epub|ics|vcf|eml)\Z",
    re.IGNORECASE,
)
"""Endings of files that are no notes. A dot alone says nothing: `Dr. Ada`, `2026.11.20`."""

_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*+:")

_TAG = lazy_pattern(
    r"#(?<!\S#)([^\s\u2000-\u206f\u2e00-\u2e7f'\"!#$%&()*+,.:;<=>?@^`{|}~\[\]\\]++)"
)
"""Obsidian's own rule: a space before; then all but spaces and punctuation other than `_-/`."""

_SPAN = lazy_pattern(r"\\[`!<%\\]|`++|<!--|%%|!\[")
"""Where a code span, a comment or an embed may begin; a backslash keeps it from beginning."""

_CELL_END = lazy_pattern(r"(?<!\\)\|")

_TASK_FIELD = lazy_pattern(
    r"[📅⏳🛫➕✅❌]\ufe0f?[ \t]*+\d{4}-\d{2}-\d{2}"
    r"|🔁\ufe0f?[ \t]*+(?:every\b[A-Za-z0-9, !]*+)?"
    r"|[🆔⛔]\ufe0f?[ \t]*+[\w,-]*+"
    r"|🏁\ufe0f?[ \t]*+(?:keep|delete)?"
    r"|[⏫🔼🔽🔺⏬]\ufe0f?"
    r"|[\[(](?:due|completion|created|start|scheduled|cancelled|priority|repeat|id|dependsOn"
    r"|onCompletion)::[^\[\]()]*+[\])]"
)
"""What the Tasks plugin writes behind a task, in emoji or in Dataview's brackets."""

_HIDDEN = lazy_pattern(r"\[\^[^\[\]\s]++\]|(?:(?<=\s)|\A)\^[A-Za-z0-9-]++(?=\s*+\Z)")
"""Footnote marks, and a block id at the end."""

_BACKSLASHED = r"\\([!-/:-@\[-`{-~])"
"""A backslash with the character, group 1, that it keeps from meaning something."""
_ESCAPED = lazy_pattern(_BACKSLASHED)

_MARK = lazy_pattern(
    rf"{_BACKSLASHED}"
    r"|(?:\*\*|==|~~)(?=\S)|(?<=\S)(?:\*\*|==|~~)|`++"
    r"|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])|(?<=[^\s_])_(?!\w)"
)
"""Emphasis; and what a backslash keeps from meaning something."""
_SIGNS = frozenset("\\*=~`_")
"""One of which stands in whatever `_MARK` finds."""


def find_links(text: str) -> tuple[Link, ...]:
    """Find the links to notes, in order: `[[Ada|her]]`, `[her](People/Ada.md)`.

    Links out to the web, to attachments or to a heading of the same note, and embeds, are none.
    """
    if "[" not in text:
        return ()
    return tuple([link for match in _LINK.finditer(text) if (link := _note_link(match))])


def links_in_value(value: Value) -> tuple[Link, ...]:
    """Find the links to notes in a property: in text, in lists, and where the quotes are missing.

    YAML reads `knows: [[Ada]]` as a list in a list; it is meant, and read, as a link.
    """
    if isinstance(value, str):
        return find_links(value)
    if isinstance(value, dict):
        return tuple(link for part in value.values() for link in links_in_value(part))
    if not isinstance(value, list):
        return ()
    bare = _bare_link(value)
    if bare:
        return (bare,)
    return tuple(link for part in value for link in links_in_value(part))


def find_tags(text: str) -> tuple[str, ...]:
    """Find the tags, in lower case and without `#`: `#Person/Colleague` is `person/colleague`."""
    if "#" not in text:
        return ()
    found = (match[1].strip("/").lower() for match in _TAG.finditer(text))
    return tuple(tag for tag in found if tag and not tag.isdecimal())


def may_hold_spans(text: str) -> bool:
    """Whether a text of any length holds what code spans, comments and embeds begin with."""
    return "`" in text or "%%" in text or "![" in text or "<!--" in text


def blank_inline(text: str) -> str:
    """Put a space in place of each code span, comment and embed; one never closed stays as it is."""
    if not may_hold_spans(text):
        return text
    parts: list[str] = []
    find_end = _SpanEnds(text)
    kept = at = 0
    while match := _SPAN.search(text, at):
        start, at = match.span()
        end = find_end(match)
        if end >= 0:
            parts += (text[kept:start], " ")
            kept = at = end
    parts.append(text[kept:])
    return "".join(parts)


def cells(row: str) -> tuple[str, ...]:
    r"""Split a table's row into its cells: `| 2026-11-20 | [[Ada\|her]] |`; `\|` becomes `|`."""
    row = row.strip().removeprefix("|")
    parts = [part.replace("\\|", "|").strip() for part in _CELL_END.split(row)]
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    return tuple(parts)


def plain_words(text: str) -> str:
    """Say a text as its reader sees it: without links' brackets, emphasis, tags and task fields.

    `Had **coffee** with [[Ada Lovelace|Ada]] #log ✅ 2026-11-20` is `Had coffee with Ada`.
    """
    if "::" in text or not text.isascii():
        text = _TASK_FIELD.sub(" ", text)
    if "#" in text:
        text = _TAG.sub(lambda match: match[0] if match[1].isdecimal() else " ", text)
    if "^" in text:
        text = _HIDDEN.sub(" ", text)
    if "[" in text:
        text = _LINK.sub(_shown_words, _EMBED.sub(" ", text))
    if not _SIGNS.isdisjoint(text):
        text = _MARK.sub(r"\1", text)
    return " ".join(text.split())


def _note_link(match: re.Match[str]) -> Link | None:
    inner = match["wiki"]
    if inner is not None:
        return _wiki_link(inner, match.start(), match.end())
    written = match["bare"] if match["angled"] is None else match["angled"]
    if _SCHEME.match(written):
        return None
    target = _decode(written.partition("#")[0].strip())
    if not target.lower().endswith(".md"):
        return None
    shown = _ESCAPED.sub(r"\1", match["words"]).strip()
    return _link(target, shown, match.start(), match.end())


def _wiki_link(inner: str, start: int, end: int) -> Link | None:
    written, bar, shown = inner.partition("|")
    if bar and written.endswith("\\"):  # in a table: [[Ada\|her]]
        written = written[:-1]
    target = written.partition("#")[0].partition("^")[0].strip()
    if "." in target and _ATTACHMENT.search(target):
        return None
    return _link(target, shown.strip() or written.strip().replace("#", " > "), start, end)


def _link(target: str, shown: str, start: int, end: int) -> Link | None:
    if target.lower().endswith(".md"):
        target = target[:-3]
    return Link(target, shown or target, start, end) if target else None


def _decode(written: str) -> str:
    if "%" not in written:
        return written
    from urllib.parse import unquote  # noqa: PLC0415 - rarely needed, and it delays the start

    return unquote(written)


def _bare_link(value: list[Value]) -> Link | None:
    if len(value) != 1 or not isinstance(value[0], list) or not value[0]:
        return None
    if any(isinstance(part, (list, dict)) or part is None for part in value[0]):
        return None
    inner = ", ".join(str(part) for part in value[0])  # [[Lovelace, Ada]] is a list of two
    return None if "[[" in inner else _wiki_link(inner, 0, len(inner) + 4)


class _SpanEnds:
    """Finds where a span that begins in a text ends, without looking through it twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs: dict[int, list[int]] | None = None
        self._unclosed: set[str] = set()

    def __call__(self, match: re.Match[str]) -> int:
        """Find the end of the span that begins at a match of `_SPAN`; -1 where it has none."""
        mark = match[0]
        if mark[0] == "\\":
            return -1
        if mark[0] == "`":
            return self._code_end(match.end(), len(mark))
        if mark == "![":
            embed = _EMBED.match(self._text, match.start())
            return embed.end() if embed else -1
        closing = "%%" if mark == "%%" else "-->"
        if closing in self._unclosed:
            return -1
        end = self._text.find(closing, match.end())
        if end < 0:
            self._unclosed.add(closing)
            return -1
        return end + len(closing)

    def _code_end(self, at: int, length: int) -> int:
        """Find the next run of as many backticks: only such a run closes a code span."""
        if self._runs is None:
            self._runs = defaultdict(list)
            for run in re.finditer("`++", self._text):
                self._runs[run.end() - run.start()].append(run.start())
        starts = self._runs[length]
        following = bisect_left(starts, at)
        return starts[following] + length if following < len(starts) else -1


def _shown_words(match: re.Match[str]) -> str:
    inner = match["wiki"]
    if inner is None:
        return str(match["words"])
    written, _, shown = inner.partition("|")
    return str(shown.strip() or written.strip().removesuffix("\\").replace("#", " > "))
