"""Front matter is read as Obsidian reads it, but for what docs/front-matter.md lists.

`python tests/test_front_matter.py` writes the rows of that page anew and names those that are
missing there; read the diff.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from awkward import Case, Reading, agree, read_cases, read_ours
from vaultnet.core import yaml12

PAGE = Path(__file__).parent.parent / "docs" / "front-matter.md"
CASES = read_cases()

needs_libyaml = pytest.mark.skipif(
    yaml12.GuardedLoader is yaml12.PureLoader, reason="without libyaml, PyYAML is looser"
)


@needs_libyaml
def test_every_difference_is_told() -> None:
    """The page lists what Obsidian and vaultnet read differently, that and nothing else."""
    differing = {_row(case) for case in CASES if not agree(case.obsidian, read_ours(case.text))}
    assert set(_rows(PAGE.read_text(encoding="utf-8"))) == differing


@pytest.mark.parametrize("about", ["booleans", "dates", "times", "duplicate keys"])
def test_what_people_write_every_day_is_read_alike(about: str) -> None:
    """Booleans, dates, times and keys that stand twice are read as in Obsidian, without exception."""
    asked = [case for case in CASES if case.about == about]
    assert len(asked) > 10
    assert [case for case in asked if not agree(case.obsidian, read_ours(case.text))] == []


def test_the_page_counts_right() -> None:
    """The page says how many front matters were read, and each is another."""
    assert f"given {len(CASES)} awkward front matters" in PAGE.read_text(encoding="utf-8")
    assert len({case.text for case in CASES}) == len(CASES)


def test_readings_are_compared_strictly() -> None:
    """`true` is not 1, text is not a number, nothing is not an empty list; 1.0 is 1."""
    values = [True, 1, "1", None, [], {}, [1], [True], {"a": 1}, {"a": "1"}, 0.5, float("nan")]
    alike = [
        (one, other)
        for one in range(len(values))
        for other in range(len(values))
        if agree(Reading({"key": values[one]}), Reading({"key": values[other]}))
    ]
    assert alike == [(at, at) for at in range(len(values))]
    assert agree(Reading({"key": 1}), Reading({"key": 1.0}))


def _rows(page: str) -> list[str]:
    return re.findall(r"^\| `.*\|$", page, re.MULTILINE)


def _row(case: Case) -> str:
    """Write a row of the page."""
    written = _code(case.text.removesuffix("\n"))
    return f"| {written} | {_cell(case.obsidian)} | {_cell(read_ours(case.text))} |"


def _cell(reading: Reading) -> str:
    if reading.properties is None:
        return reading.said.replace("|", r"\|")
    return _code(json.dumps(reading.properties, ensure_ascii=False), escaped=True)


def _code(text: str, *, escaped: bool = False) -> str:
    """Write text as code in a table's cell: short, and with all that cannot be seen as numbers."""
    written = text if escaped else json.dumps(text, ensure_ascii=False)[1:-1].replace(r"\"", '"')
    seen = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in written)
    short = seen if len(seen) <= 60 else f"{seen[:50]}…"
    piped = short.replace("|", r"\|")
    return f"`{piped}`"


def _renew() -> None:
    """Write each row of the page anew, in its place."""
    page = PAGE.read_text(encoding="utf-8")
    rows = [_row(case) for case in CASES if not agree(case.obsidian, read_ours(case.text))]
    for row in _rows(page):
        start = row.partition("` | ")[0]
        renewed = next((new for new in rows if new.startswith(f"{start}` | ")), "")
        page = page.replace(f"{row}\n", f"{renewed}\n" if renewed else "")
    PAGE.write_text(page, encoding="utf-8")
    missing = [row for row in rows if row not in page]
    print(*missing, sep="\n")  # noqa: T201 - to be put where they belong


if __name__ == "__main__":
    _renew()
