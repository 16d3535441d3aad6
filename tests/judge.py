"""Says what a Markdown text does: CommonMark's own parser, taught what Obsidian and its plugins add.

Whatever is not plain text is listed with what it leads to. A text is harmless in a plan when this
list is the same with it and with a harmless word in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_RULES = (
    ("embed", r"!\[\[[^\[\]\n]+\]\]"),
    ("wikilink", r"\[\[([^\[\]|#^\n]+)(?:[#^][^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]"),
    ("footnote", r"\[\^|\^\["),
    ("comment", r"%%"),
    ("highlight", r"=="),
    ("math", r"\$"),
    ("tag", r"(?<!\S)#[^\s#.,;!?(){}\[\]\"'<>]"),
    ("block id", r"(?<=\s)\^[A-Za-z0-9-]+(?=[ \t]*(?:\n|\Z))"),
    ("field", r"::"),
    ("entity", r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);"),
    ("template", r"\{\{|\}\}|%>|<%"),
)
"""What Obsidian, Dataview and Templater see in a line, where no backslash keeps them from it."""
_IN_TEXT = (
    ("address", re.compile(r"\b[a-z][a-z0-9+.-]*://|\bwww\.\S", re.IGNORECASE)),
    ("task sign", re.compile("[📅📆🗓⏳⌛🛫➕✅❌🔁⏫🔼🔽🔺⏬🆔⛔🏁]")),
    ("field", re.compile(r"::")),
    (
        "control",
        re.compile(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff]"
        ),
    ),
)
"""What acts whatever stands around it; of text as it is shown, entities read."""


_BOX = re.compile(r"\[(.)\]\s")


def judge(markdown: str) -> list[str]:
    """List what a text does, in order, as `heading`, `box x`, `wikilink People/Ada`, `tag`."""
    return list(_tell(_PARSER.parse(markdown)))


def _tell(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            if box := _BOX.match(token.content):
                yield f"box {box[1]}"
            yield from _tell(token.children or [])
        elif token.type in {"text", "softbreak"}:
            yield from (name for name, sign in _IN_TEXT if sign.search(token.content))
        elif token.type == "link_open":
            yield f"link {unquote(str(token.attrs['href']))}"
        elif token.type in {"code_inline", *(name for name, _ in _RULES)}:
            yield f"{token.type} {token.content}".rstrip()
        elif token.nesting >= 0:
            yield token.type.removesuffix("_open")


def _obsidian() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for name, pattern in _RULES:
        parser.inline.ruler.before("link", name, _rule(name, re.compile(pattern)))
    return parser


def _rule(name: str, pattern: re.Pattern[str]) -> Callable[[StateInline, bool], bool]:
    def read(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the parser calls it
        match = pattern.match(state.src, state.pos)
        if not match:
            return False
        if not silent:
            token = state.push(name, "", 0)
            token.content = match[1] if pattern.groups else ""
        state.pos = match.end()
        return True

    return read


_PARSER = _obsidian()
