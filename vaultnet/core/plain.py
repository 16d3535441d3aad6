"""Plain front matter, as nearly all of it is, becomes properties without a YAML library.

What is not certain at a glance is left to `core.yaml12`, and what is read here is read as there: a
test compares the two. It takes a third of the time, and a vault has thousands of notes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from vaultnet.core.model import Property, Value
from vaultnet.core.pattern import lazy_pattern

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
_NUMBER = lazy_pattern(
    r"(?P<whole>[-+]?[0-9]++)(?![.eE])|0o(?P<octal>[0-7]++)|0x(?P<hex>[0-9a-fA-F]++)"
    r"|(?P<broken>[-+]?(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?)"
)
_NUMBER_STARTS: Final = frozenset("0123456789+-.")

_MOST_CHARACTERS: Final = 32 * 1024
_MOST_LINES: Final = 1000
_MOST_COMMAS: Final = 4000
"""With so few of them no limit of `core.yaml12` is near."""
_MOST_OF_A_KEY: Final = 100
_MOST_REMEMBERED: Final = 2000
"""Characters of front matter whose lines are remembered: what is remembered stays small."""
_NO_KEY: Final = frozenset(("", " ", "-", "#"))
"""What a line begins with that is blank, a comment, or an item of a list."""
_INDICATORS: Final = frozenset(("", *"-?:,[]{}#&*!|>'\"%@`"))
"""What plain text may not begin with, or not always."""
_QUOTES: Final = frozenset("'\"")
_KEY = lazy_pattern(r"[^\W\d][][\w./()-]*+(?: [][\w./()-]++)*+")
_WORD: Final = r"(?:\"[^\"\\]*+\"|'[^']*+'|[^\W_][\w ./()+-]*+)"
_WORDS = lazy_pattern(_WORD)
_LIST = lazy_pattern(rf"\[ *+(?:{_WORD} *+(?:, *+{_WORD} *+)*+)?\]")
_LINE_ENDS: Final = frozenset(("\n", ""))


class _NotPlain(Exception):  # noqa: N818 - nobody's fault
    pass


def split_plain(text: str) -> tuple[str, str] | None:
    """Split a note at its `---` lines as `core.yaml12` does; None where they are not plain to see.

    So they are where the first line and the next that begins so are three dashes and nothing else.
    """
    end = text.find("\n---", 3)
    if not text.startswith("---\n") or end < 0 or text[end + 4 : end + 5] not in _LINE_ENDS:
        return None
    return text[3 : end + 1], text[end + 4 :]


def read_plain(text: str, first_line: int = 1) -> tuple[Property, ...] | None:
    """Read front matter whose first line has the given number; None unless all of it is plain.

    Plain are keys at the left edge, each with nothing, a text, a text in quotes, a list in brackets,
    or a list of dashes below it, and comments in lines of their own.
    """
    if len(text) > _MOST_CHARACTERS or text.count(",") > _MOST_COMMAS:
        return None
    written = text.split("\n")
    if len(written) > _MOST_LINES or not "".join(written).isprintable():
        return None
    read = _read_property if len(text) < _MOST_REMEMBERED else _read_property.__wrapped__
    try:
        return _read_lines(written, first_line, read)
    except _NotPlain:
        return None


def resolve_plain(text: str) -> Value:
    """Find what a plain scalar means by YAML 1.2 core (section 10.3.2): `12` a number, `no` text."""
    if text[:1] not in _NUMBER_STARTS or text in _CONSTANTS:
        return _CONSTANTS.get(text, text)
    if text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS:
        return int(text)
    match = _NUMBER.fullmatch(text) if len(text) <= MAX_DIGITS else None
    if not match:
        return text
    if match["whole"]:
        return int(text)
    if match["broken"]:
        return float(text)
    return int(match["octal"], 8) if match["octal"] else int(match["hex"], 16)


def _read_lines(
    written: list[str], first_line: int, read: Callable[[str, int], Property | None]
) -> tuple[Property, ...]:
    found: list[Property] = []
    items: list[Value] | None = None
    """Of the list below the last key, once it has begun."""
    indentation = 0
    for number, line in enumerate(written, first_line):
        prop = read(line, number)
        if prop is not None:
            found.append(prop)
            items = None
            continue
        bare = line.lstrip(" ")
        if not bare or bare[0] == "#":
            continue
        depth = len(line) - len(bare)
        if items is None:
            if not found or written[found[-1].line - first_line].rstrip(" ")[-1] != ":":
                raise _NotPlain
            items, indentation = [], depth
            found[-1] = Property(found[-1].key, items, found[-1].line)
        if depth != indentation or not bare.startswith("- "):
            raise _NotPlain
        items.append(_read_value(bare[2:].strip(" ")))
    if len({prop.key for prop in found}) < len(found):
        raise _NotPlain
    return tuple(found)


@lru_cache(maxsize=4096)
def _read_property(line: str, number: int) -> Property | None:
    """Read a line that begins with a key; None for any other.

    Nearly every note of a vault says `type: person`, in the same line: it is understood once, and
    all of them hold the one value.
    """
    if line[:1] in _NO_KEY:
        return None
    before, colon, after = line.partition('":' if line[0] == '"' else ":")
    text = after.strip(" ")
    if not colon or (text and after[0] != " "):
        raise _NotPlain
    return Property(_read_key(before), _read_value(text) if text else None, number)


@lru_cache(maxsize=1024)
def _read_key(written: str) -> str:
    """Read a key, which may lack its closing quote. All notes of a vault use the same few."""
    if len(written) > _MOST_OF_A_KEY:
        raise _NotPlain
    if written[:1] == '"' and '"' not in written[1:] and "\\" not in written:
        return written[1:]
    if written in _CONSTANTS or not _KEY.fullmatch(written):
        raise _NotPlain
    return written


def _read_value(text: str) -> Value:
    if text[:1] in _INDICATORS:
        return _read_list(text) if text[:1] == "[" else _read_quoted(text)
    if ": " in text or " #" in text or text[-1] == ":":
        raise _NotPlain
    return resolve_plain(text)


def _read_list(text: str) -> Value:
    if not _LIST.fullmatch(text):
        raise _NotPlain
    return [_read_value(word.strip(" ")) for word in _WORDS.findall(text)]


def _read_quoted(text: str) -> str:
    quote = text[:1]
    if quote not in _QUOTES or text[-1] != quote or text.count(quote) != 2 or "\\" in text:
        raise _NotPlain
    return text[1:-1]
