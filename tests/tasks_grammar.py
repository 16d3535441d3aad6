"""Reads a line as the Obsidian plugin Tasks does.

The rules, which the plugin's own documentation and parser give: a task is a bullet, a box, a
description, fields, and a block id, in this order. Fields are taken off the end one by one, until
what stands there is none; so a field with anything but fields behind it is no field. The global
filter must stand in the description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TASK = re.compile(r"[-*+] \[(?P<box>.)\] (?P<body>\S.*) \^(?P<id>[A-Za-z0-9-]+)")
_LAST_FIELD = {
    "emoji": re.compile(r"(?P<said>.*\S) (?P<name>📅|✅) (?P<day>\d{4}-\d\d-\d\d)"),
    "dataview": re.compile(
        r"(?P<said>.*\S)  \[(?P<name>due|completion):: (?P<day>\d{4}-\d\d-\d\d)\]"
    ),
}
_NAMES = {"📅": "due", "✅": "done", "due": "due", "completion": "done"}


@dataclass(frozen=True)
class Task:
    """A line as the plugin reads it."""

    box: str
    description: str
    fields: tuple[tuple[str, str], ...]
    """Name and day, in the order of the line."""
    id: str


def read_task(line: str, format_: str) -> Task:
    """Take a line apart from its end, as the plugin does."""
    match = _TASK.fullmatch(line)
    assert match, line
    said = match["body"]
    fields: list[tuple[str, str]] = []
    while field := _LAST_FIELD[format_].fullmatch(said):
        said = field["said"]
        fields.insert(0, (_NAMES[field["name"]], field["day"]))
    return Task(match["box"], said, tuple(fields), match["id"])
