"""Front matters that are hard to read, and how Obsidian and vaultnet read each.

`front_matter/awkward.jsonl` holds them, with what `front_matter/renew.mjs` recorded of Obsidian.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vaultnet.core.model import Source
from vaultnet.core.notes import read_note

FILE: Final = Path(__file__).parent / "front_matter" / "awkward.jsonl"
_NUMBERS: Final = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


@dataclass(frozen=True, slots=True)
class Reading:
    """Properties, or why there are none."""

    properties: dict[str, Any] | None
    said: str = ""
    """Where there are none: a code of Obsidian's, a problem's message of ours."""


@dataclass(frozen=True, slots=True)
class Case:
    """A front matter without its two lines of dashes."""

    about: str
    text: str
    obsidian: Reading


def read_cases(file: Path = FILE) -> tuple[Case, ...]:
    """Read a file that `renew.mjs` has written."""
    lines = file.read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    return tuple(Case(row.get("about", ""), row["text"], _decode(row["obsidian"])) for row in rows)


def read_ours(text: str) -> Reading:
    """Read a front matter on the way that every note goes."""
    note = read_note(Source("Ada.md", f"---\n{text}---\n"))
    if note.template:
        return Reading(None, "a template that nobody has filled in")
    if note.problems:
        return Reading(None, note.problems[0].message.partition("cannot be read: ")[2])
    return Reading({prop.key: prop.value for prop in note.properties})


def agree(one: Reading, other: Reading) -> bool:
    """Whether two readings are the same to the user: in all values and their types, or no reading.

    JavaScript has one type of number; the order of keys is nothing.
    """
    return _same(one.properties, other.properties)


def _same(one: object, other: object) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    kinds = {type(part) if isinstance(part, (bool, str)) else None for part in (one, other)}
    return len(kinds) == 1 and one == other


def _decode(obsidian: dict[str, Any]) -> Reading:
    """Take apart what is recorded. Where nothing is written, there are no properties and no fault."""
    if "refuses" in obsidian:
        return Reading(None, obsidian["refuses"])
    value = _decode_value(obsidian["reads"])
    if isinstance(value, dict):
        return Reading(value)
    return Reading({}) if value is None else Reading(None, "no mapping")


def _decode_value(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return [_decode_value(item) for item in value]
    if isinstance(value, dict):
        if value.keys() == {"$number"}:
            return _NUMBERS[value["$number"]]
        return {key: _decode_value(item) for key, item in value.items()}
    return value
