"""A trend -> the charts of a note, and the note on disk with them between its markers.

    %% vaultnet:trend:begin %%
    …
    %% vaultnet:trend:end %%

The charts are written in Mermaid's `xychart-beta`, and use so little of it that 10.9, 11.17 and 12.3
draw them alike: a title, named bands on the one axis, a range on the other, bars and a line. Names
must differ. `node tests/draw_charts.mjs NOTE` asks Mermaid itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from vaultnet.core.calendar import parse_week
from vaultnet.core.frozen import frozen
from vaultnet.core.trend import Trend, TrendWeek, tell_trend

_ANY_MARKER = re.compile(r"%%\s*vaultnet:trend\b")
_BEGIN = "%% vaultnet:trend:begin %%"
_END = "%% vaultnet:trend:end %%"
_CONFLICT = re.compile(r"<{7}( |$)|={7}$|>{7}( |$)|\|{7}( |$)")
_WEEKS = 26
"""As many bands as have room for the number of a week below them."""
_SPELLS = 16
"""As many as have room for a week and its year."""


@frozen
class Chart:
    """A note as it would be."""

    text: str
    removable: tuple[str, ...] = ()
    """Lines of the note on disk that may go, without their `\\n`."""
    damage: str = ""
    """Why it cannot be brought up to date, as the end of a sentence; empty: it can."""


def draw_chart(trend: Trend, old: str) -> Chart:
    """Put the charts of a trend between the markers of a note; an empty one becomes just that.

    What stands outside the markers stays as it is. A note that has none is the user's own.
    """
    region = [_BEGIN, "", *_lay_out(trend), "", _END]
    if not old.strip("\ufeff \t\r\n"):
        return Chart("\n".join(region) + "\n")
    lines = old.split("\n")
    marks = [number for number, line in enumerate(lines) if _ANY_MARKER.search(line)]
    said = [lines[number].strip("\ufeff \t\r") for number in marks]
    if any(_CONFLICT.match(line.rstrip("\r")) for line in lines):
        return Chart(old, damage="it holds the marks of a merge conflict: resolve them first")
    if not marks:
        return Chart(old, damage=f"it is yours: the lines `{_BEGIN}` and `{_END}` would show where")
    if said != [_BEGIN, _END]:
        return Chart(
            old,
            damage=f"its markers `{_BEGIN}` and `{_END}` are damaged or doubled: there must be one "
            "of each, on lines of their own",
        )
    first, last = marks
    end = "\r" if lines[first].endswith("\r") else ""
    inner = [line + end for line in region[1:-1]]
    return Chart(
        "\n".join([*lines[: first + 1], *inner, *lines[last:]]),
        removable=tuple(lines[first + 1 : last]),
    )


# --- what stands between the markers ------------------------------------------------------


def _lay_out(trend: Trend) -> list[str]:
    """Write sentences and charts: fixed words and numbers, nothing from any note."""
    lines = [f"- {sentence}" for sentence in tell_trend(trend)]
    told = [week.week for week in trend.weeks if not week.remembered]
    if told:
        lines.append(f"- Who stood where until {told[-1]} is told by dated logs alone.")
    if len(trend.weeks) < 2:
        return lines
    columns = _gather(trend.weeks)
    names = ", ".join(_name_columns(columns))
    size = [column[-1].size for column in columns]
    inner = [column[-1].inner for column in columns]
    exchanges = [sum(week.exchanges for week in column) for column in columns]
    first = trend.weeks[0]  # who moved in it moved before what is compared
    moved = accumulate(
        sum(week.inward - week.outward for week in column if week is not first)
        for column in columns
    )
    return [
        *lines,
        "",
        *_draw(
            "People who know of you (bars), in the two inner rings (line), * you were seen",
            names,
            ("people", size, inner),
        ),
        "",
        *_draw(
            "Exchanges (bars), moves inward less moves outward, added up (line)",
            names,
            ("number", exchanges, list(moved)),
        ),
    ]


def _gather(weeks: Sequence[TrendWeek]) -> list[Sequence[TrendWeek]]:
    """Gather weeks in columns, so that there is room for all; a column ends with its last week."""
    step = 1 if len(weeks) <= _WEEKS else -(-len(weeks) // _SPELLS)
    ends = range(len(weeks), 0, -step)
    return [weeks[max(0, end - step) : end] for end in reversed(ends)]


def _name_columns(columns: Sequence[Sequence[TrendWeek]]) -> list[str]:
    """Name each column by its last week, with the year where there are several, for names differ."""
    names = []
    for column in columns:
        week = parse_week(column[-1].week)
        if week is None:
            raise ValueError(column[-1].week)
        name = f"{week.number}" if len(columns[-1]) == 1 else f"{week.number}/{week.year % 100:02}"
        names.append(f'"{name}*"' if any(w.exposures for w in column) else f'"{name}"')
    return names


def _draw(title: str, names: str, plots: tuple[str, Sequence[int], Sequence[int]]) -> list[str]:
    unit, bars, line = plots
    low, high = min(0, *bars, *line), max(1, *bars, *line)
    return [
        "```mermaid",
        "xychart-beta",
        f'    title "{title}"',
        f'    x-axis "week" [{names}]',
        f'    y-axis "{unit}" {low} --> {high}',
        f"    bar [{', '.join(map(str, bars))}]",
        f"    line [{', '.join(map(str, line))}]",
        "```",
    ]
