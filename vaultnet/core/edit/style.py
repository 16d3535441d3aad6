"""How a note writes its log entries: from an entry that is there to the start of a new one."""

from __future__ import annotations

import re
from datetime import date

from vaultnet.core.evidence.ground import normal
from vaultnet.core.evidence.own import DAY_COLUMN, KIND_COLUMN
from vaultnet.core.markup import cells

_START = re.compile(
    r"(?P<lead>[ \t]*+(?:(?:[-*+]|(?P<number>\d{1,9})[.)]|#{1,6})[ \t]++)?+)"
    r"(?P<open>[*_=(@]*+)"
    r"(?P<day>\[\[[^\[\]\n]*+\]\]|\[[^\[\]\n]*+\]\([^()\n]*+\)|\[\d{4}[-/.]\d\d[-/.]\d\d\]"
    r"|\d{4}[-/.]\d\d[-/.]\d\d)"
    r"(?P<close>[:.,]?[*_=)]*+[:.,;]?)"
    r"(?P<dash>[ \t]++[-–—|](?=[ \t]))?"
    r"(?:[ \t]|\Z)"
)
"""`- **2026-11-20:** `, `### 2026-11-20 – `, `2. [[2026-11-20]] `."""
_BARE_LEAD = re.compile(r"[ \t]*+(?:[-*+]|#{1,6})[ \t]++")
_DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%Y%m%d")
_CLOSING = str.maketrans("(", ")", "@")
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
FEW_WORDS = 3
"""A kind before its colon is not longer: `had lunch`, `phone call: …`."""


def start_like(line: str, old_day: date, day: date, *, step: int = 0) -> str:
    """Write the start of an entry as that of a line is written: bullet, day, marks and blank.

    `- **2026-11-20:** coffee` gives `- **2026-11-27:** `. A number goes on by `step`. A way to
    write the day that cannot be copied (`[[Daily/2026/November/20]]`) becomes `2026-11-27`.
    """
    match = _START.match(line)
    new_day = _copy_day(match["day"], old_day, day) if match else ""
    if not match or not new_day or not _is_balanced(match["open"], match["close"]):
        lead = match["lead"] if match else ""
        bare = _BARE_LEAD.match(line)
        return f"{lead or (bare[0] if bare else '- ')}{day} "
    lead = match["lead"]
    if match["number"]:
        lead = lead.replace(match["number"], str(int(match["number"]) + step), 1)
    return f"{lead}{match['open']}{new_day}{match['close']}{match['dash'] or ''} "


def _is_balanced(opening: str, closing: str) -> bool:
    return closing.strip(":.,;") == opening[::-1].translate(_CLOSING)


def _copy_day(written: str, old_day: date, day: date) -> str:
    """Put a day in the place of another one; empty where more than the day would have to change."""
    for form in _DAY_FORMS:
        old = old_day.strftime(form)
        if old in written and not any(char.isdigit() for char in written.replace(old, "")):
            return written.replace(old, day.strftime(form))
    return ""


def write_row(header: str, delimiter: str, like: str, old_day: date, day: date, text: str) -> str:
    r"""Write an entry as a row of a table: `| 2026-11-20 | coffee | the climate job |`.

    `like` is a row that is there, or the delimiter where there is none yet. Empty where the table
    has no column for the day or none for the text.
    """
    names = [normal(name.strip("*_ ")) for name in cells(header)]
    at = next((i for i, name in enumerate(names) if name in DAY_COLUMN), None)
    kind = next((i for i, name in enumerate(names) if name in KIND_COLUMN), None)
    words = next((i for i, n in enumerate(names) if n not in KIND_COLUMN | DAY_COLUMN), None)
    if at is None or (kind is None and words is None):
        return ""
    values = [""] * len(names)
    values[at] = _day_cell(like, at, old_day, day)
    before, colon, rest = text.partition(": ")
    if kind is None or words is None:
        values[words or kind or 0] = text
    elif colon and len(before.split()) <= FEW_WORDS:
        values[kind], values[words] = before, rest
    else:
        values[kind if " " not in text else words] = text
    return _lay_out([_UNESCAPED_BAR.sub(r"\\|", value) for value in values], delimiter, like)


def _day_cell(like: str, at: int, old_day: date, day: date) -> str:
    found = cells(like)
    start = start_like(found[at], old_day, day).strip() if at < len(found) else ""
    return start if start and found[at][:1] not in "-:" else str(day)


def _lay_out(values: list[str], delimiter: str, like: str) -> str:
    """Set the cells side by side, as wide as their column and with the outer bars of the others."""
    widths = [len(dashes) for dashes in cells(delimiter)]
    padded = [value.ljust(width) for value, width in zip(values, widths, strict=False)]
    row = " | ".join(padded)
    indent = like[: len(like) - len(like.lstrip(" \t"))]
    bars = like.strip()
    left = "| " if bars.startswith("|") else ""
    right = " |" if bars.endswith("|") else ""
    return f"{indent}{left}{row}{right}".rstrip()
