"""Which weeks a history tells of, and at which commit each is looked at."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vaultnet.core.weeks import choose_stops, keep_steady

MONDAY = date(2026, 11, 2)


def days(*offsets: int) -> list[date]:
    """Give days by how far they lie after the first Monday of November 2026."""
    return [MONDAY + timedelta(days=n) for n in offsets]


def stops(offsets: list[int], since: int | None, end: int) -> list[tuple[str, int, int, bool]]:
    """Choose stops, and tell each as its week, its day, its commit, and whether git remembers it."""
    first = None if since is None else MONDAY + timedelta(days=since)
    chosen = choose_stops(days(*offsets), first, MONDAY + timedelta(days=end))
    return [(str(s.week), (s.day - MONDAY).days, s.commit, s.remembered) for s in chosen]


def test_every_week_is_looked_at_on_its_sunday_at_the_last_commit_by_then() -> None:
    """A week without a commit keeps the one before; the last week ends on the day asked for."""
    assert stops([1, 6, 7, 23], None, 23) == [
        ("2026-W45", 6, 1, True),
        ("2026-W46", 13, 2, True),
        ("2026-W47", 20, 2, True),
        ("2026-W48", 23, 3, True),
    ]


def test_the_week_before_the_first_is_there_to_compare_with() -> None:
    """Unless the first is that of the first commit: nothing is known of the week before."""
    assert stops([1, 8, 15], 16, 16) == [("2026-W46", 13, 1, True), ("2026-W47", 16, 2, True)]
    assert stops([1, 8], 0, 9) == stops([1, 8], None, 9)


def test_weeks_before_the_first_commit_are_not_remembered() -> None:
    """They are looked at with what the first commit holds."""
    assert stops([8], 0, 8) == [
        ("2026-W44", -1, 0, False),
        ("2026-W45", 6, 0, False),
        ("2026-W46", 8, 0, True),
    ]


def test_no_commits_no_weeks() -> None:
    """And the calendar's last day ends the list of weeks."""
    assert choose_stops([], None, MONDAY) == ()
    assert len(choose_stops([date(9999, 12, 20)], None, date.max)) == 2


def test_a_clock_that_was_wrong_leaves_no_trace() -> None:
    """A commit dated years too early or too late is passed over, wherever it stands."""
    early, late = date(1970, 1, 1), date(2038, 1, 1)
    one, two, three = days(0, 7, 14)
    assert keep_steady([one, early, two, late, three, three]) == [0, 2, 4, 5]
    assert keep_steady([early, one, two, three]) == [0, 1, 2, 3]
    assert keep_steady([one, two, three, early]) == [0, 1, 2]
    assert keep_steady([one, one, one]) == [0, 1, 2]
    assert keep_steady([]) == []


@given(st.lists(st.integers(0, 9), max_size=9))
def test_the_steady_run_is_the_longest(offsets: list[int]) -> None:
    """No longer run of days goes on without going back."""
    found = keep_steady(days(*offsets))
    assert found == sorted(set(found))
    assert [offsets[n] for n in found] == sorted(offsets[n] for n in found)
    runs = [1] * len(offsets)
    for n, _ in enumerate(offsets):
        runs[n] += max((runs[m] for m in range(n) if offsets[m] <= offsets[n]), default=0)
    assert len(found) == max(runs, default=0)
