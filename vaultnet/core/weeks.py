"""Days of commits -> the weeks of a history: when each is looked at, and at which commit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from vaultnet.core.calendar import Week, week_of
from vaultnet.core.frozen import frozen


@frozen
class Stop:
    """A week that is looked at."""

    week: Week
    day: date
    """Its Sunday, or the last day of all."""
    commit: int
    """Index of the last commit by then; of the first one, where that is later."""
    remembered: bool = True
    """False where the week lies before the first commit."""


def choose_stops(days: Sequence[date], since: date | None, end: date) -> tuple[Stop, ...]:
    """Choose every week up to `end`, the last one looked at on that day.

    `days` are those of the commits along the line, oldest first, and none is later than `end`. The
    first week is that of the first commit, or else the one before `since`, to compare with. Every
    week is looked at, whether or not something was committed: a strategic alliance lapses in silence.
    """
    steady = keep_steady(days)
    if not steady:
        return ()
    kept = [days[index] for index in steady]
    stops = []
    for week in list_weeks(_find_first(week_of(kept[0]), since), end):
        day = min(week.sunday, end)
        commit = bisect_right(kept, day) - 1
        stops.append(Stop(week, day, steady[max(commit, 0)], remembered=commit >= 0))
    return tuple(stops)


def list_weeks(first: Week, end: date) -> Iterator[Week]:
    """List the weeks from one to that of a day."""
    week = first
    while week.monday <= end:
        yield week
        if week.following == week:  # the calendar's last one
            return
        week = week.following


def _find_first(oldest: Week, since: date | None) -> Week:
    wanted = week_of(since) if since else oldest
    return oldest if wanted == oldest else wanted.previous


def keep_steady(days: Sequence[date]) -> list[int]:
    """Give the indexes of the longest run of days that never goes back; of several, a late one.

    A clock that was wrong once dates a commit years off; left in, it would tell notes of today for
    those of 1970, or hide all that came after it.
    """
    tails: list[int] = []  # (minus) the latest day with which a run of each length begins
    heads: list[int] = []
    following: dict[int, int] = {}
    for index in reversed(range(len(days))):
        day = -days[index].toordinal()
        length = bisect_right(tails, day)
        following[index] = heads[length - 1] if length else -1
        tails[length : length + 1] = [day]
        heads[length : length + 1] = [index]
    run = []
    index = heads[-1] if heads else -1
    while index >= 0:
        run.append(index)
        index = following[index]
    return run
