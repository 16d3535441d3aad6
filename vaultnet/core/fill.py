"""A contact template of Obsidian's becomes a note: `{{title}}` and `{{date}}` are filled in."""

from __future__ import annotations

import re
from datetime import date

from vaultnet.core.calendar import month, weekday

_BLANK = re.compile(r"\{\{[ \t]*(title|date)[ \t]*(?::([^{}\n]{1,100}))?\}\}", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]*+\}\}|<%[^\n]*?%>")
_TOKEN = re.compile(
    r"\[([^\]]*)\]|(YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|ss|A|a|X|x)|(.)"
)
_NO_DAY = frozenset("HH H hh h mm ss A a X x".split())
"""Tokens of the time of day, which nobody told."""


def fill_template(text: str, title: str, day: date) -> str:
    """Fill in what Obsidian's core plugin Templates would; all else stays as it stands.

    `{{title}}`, `{{date}}`, `{{date:DD.MM.YYYY}}` with the day's tokens of moment.js.
    """

    def fill(match: re.Match[str]) -> str:
        if match[1].lower() == "title":
            return match[0] if match[2] else title
        return _format(match[2] or "YYYY-MM-DD", day) or match[0]

    return _BLANK.sub(fill, text)


def find_placeholder(text: str) -> str:
    """Find what is still to be filled in: `{{time}}`, `<% tp.file.title %>`; empty: nothing."""
    found = _PLACEHOLDER.search(text)
    return found[0] if found else ""


def _format(pattern: str, day: date) -> str:
    """Write a day by moment.js tokens; empty where the pattern asks for a time."""
    values = {
        "YYYY": f"{day.year:04}",
        "YY": f"{day.year % 100:02}",
        "MMMM": month(day),
        "MMM": month(day)[:3],
        "MM": f"{day.month:02}",
        "M": str(day.month),
        "DD": f"{day.day:02}",
        "D": str(day.day),
        "dddd": weekday(day),
        "ddd": weekday(day)[:3],
    }
    tokens = _TOKEN.findall(pattern)
    if any(token in _NO_DAY for _, token, _ in tokens):
        return ""
    return "".join(values.get(token, "") or literal or char for literal, token, char in tokens)
