"""A vault -> how it stood week by week, as git remembers it; without git, as its dated logs tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from vaultnet import history
from vaultnet.core.calendar import Week, days_after, week_of
from vaultnet.core.chronicle import Chronicle
from vaultnet.core.model import Contact, Fact, Move, PastMove, PastWeek, Ring, Standing
from vaultnet.core.moves import find_moves
from vaultnet.core.past import Look, Past, Placed
from vaultnet.core.timeline import follow
from vaultnet.core.weeks import Stop, choose_stops, list_weeks
from vaultnet.errors import NoHistoryError, UsageError
from vaultnet.history import Commit, Repository
from vaultnet.index.head import read_head
from vaultnet.index.past import NOTHING, Kept, Stood, load_past, save_past
from vaultnet.reading import Reading, Standings

Progress = Callable[[int, int], None]
"""(weeks looked at, weeks in all)"""


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of the past is asked for."""

    since: date | None = None
    """The week of this day is the first that is told; None: the week of the first commit."""
    until: date | None = None
    """None: today."""
    rev: str = ""
    """A branch, a tag or an id; empty: what is checked out, with what is not committed yet."""
    last: int = 0
    """Without `since`, at most so many weeks; 0: all of them."""


@dataclass(frozen=True, slots=True)
class History:
    """The weeks of a vault's past, oldest first."""

    weeks: tuple[PastWeek, ...]
    lacking: str = ""
    """What is not remembered of that which was asked for, in a sentence; empty: nothing."""
    by_git: bool = True
    """False: dated logs alone tell all of it."""

    @property
    def moves(self) -> tuple[PastMove, ...]:
        """Everybody who moved, came or went, oldest first."""
        return tuple(move for week in self.weeks for move in week.moves)


def read_history(
    reading: Reading,
    real_today: date,
    environ: Mapping[str, str],
    span: Span,
    progress: Progress | None = None,
) -> History:
    """Tell who moved between rings in which week, came or went, and why (the contract, section 6).

    Each week is looked at on its Sunday, the current one today, at the last commit by then; what is
    not committed yet comes after that, in the current week. Where git cannot tell, or not from as
    early as was asked, the dated logs of what there is tell the rest.
    """
    end = min(reading.today, span.until or reading.today)
    if span.since and week_of(span.since).monday > end:
        raise UsageError(f"{span.since} lies after {end}: there is nothing to tell of it yet.")
    now = not span.rev and real_today <= reading.today == end
    by_git = True
    try:
        repository = history.open_repository(reading.root, environ)
        commits = _list_commits(repository, span, end)
        span = _limit(span, end, commits[0].day)
        stops = choose_stops([commit.day for commit in commits], span.since, end)
        looks = _walk(reading, repository, commits, stops, now=now)
        weeks = _gather(reading, looks, len(stops), progress)
        lacking = _find_lacking(commits, stops, span, shallow=repository.shallow)
    except NoHistoryError as error:
        by_git = False
        span = _limit(span, end, min(_list_told_days(reading), default=end))
        days = list(_look_days(reading, span, end))
        weeks = _gather(reading, _follow_logs(reading, days), len(days), progress)
        lacking = f"Git cannot tell how this vault stood: {error}. Its dated logs alone tell this."
    first = span.since and str(week_of(span.since))
    weeks = weeks[1:] if first and weeks and weeks[0].week < first else weeks
    return History(weeks, lacking, by_git)


def _limit(span: Span, end: date, oldest: date) -> Span:
    """Ask for the last weeks only, where that is wanted and there are more since the `oldest` day."""
    if span.since or not span.last:
        return span
    since = days_after(week_of(end).monday, -7 * (span.last - 1))
    return replace(span, since=since) if oldest < since else span


# --- when last week ended -----------------------------------------------------------------

FRESH = timedelta(weeks=2)
"""Whoever commits more seldom has no last week in git: what changed meanwhile would be told twice."""


def find_moves_of_week(
    reading: Reading, standings: Standings, week: Week, environ: Mapping[str, str]
) -> tuple[Move, ...] | None:
    """Find who stands elsewhere than when last week ended, as git remembers it.

    None where git cannot tell: nothing was committed in the two weeks before, or something after
    today. Git is asked only when another commit is checked out than the last time.
    """
    end = days_after(week.monday, -1)
    head = read_head(reading.root)
    if not head:
        return None
    key = repr((end, reading.settings, reading.obsidian))
    kept = load_past(reading.root, key)
    if kept.head != head:
        try:
            repository = history.open_repository(reading.root, environ)
            commits = history.list_commits(repository)
            last = _find_last(commits, end)
            if last is None:
                kept = NOTHING
            elif last.id != kept.commit:
                kept = Kept(head, last.id, stood=_stand_at(reading, repository, last, end))
            kept = kept._replace(head=head, newest=str(commits[-1].day))
        except NoHistoryError:
            kept = Kept(head)
        save_past(reading.root, key, kept)
    if not kept.commit or kept.newest > str(reading.today):
        return None
    before = {
        path: found for path, now in standings.items() if (found := _restore(now, kept.stood))
    }
    return find_moves(before, standings)


def _find_last(commits: Sequence[Commit], end: date) -> Commit | None:
    """Find the commit with which a week ended, of somebody who commits most weeks."""
    last = next((commit for commit in reversed(commits) if commit.day <= end), None)
    return last if last and last.day > end - FRESH else None


def _stand_at(reading: Reading, repository: Repository, commit: Commit, day: date) -> Stood:
    revisions = history.read_revisions(
        repository, [commit.tree], reading.settings, reading.obsidian
    )
    chronicle = Chronicle(reading.settings, reading.obsidian)
    for revision in revisions:
        chronicle.turn_to(revision)
    chronicle.look(str(week_of(day)), day, commit.id)
    return {
        path: (int(at.ring), tuple((f.text, f.source, f.line) for f in at.standing.because))
        for path, at in chronicle.stood.items()
    }


def _restore(now: Standing, stood: Stood) -> Standing | None:
    """Make a standing of the past anew, of somebody who stands elsewhere now."""
    ring, facts = stood.get(now.contact.path, (int(now.ring), ()))
    if ring == now.ring:
        return None
    return replace(now, ring=Ring(ring), because=tuple(Fact(*fact) for fact in facts))


def _gather(
    reading: Reading, looks: Iterable[Look], count: int, progress: Progress | None
) -> tuple[PastWeek, ...]:
    """Bring the looks together, everybody by the name they bear today."""
    past = Past()
    for number, look in enumerate(looks, 1):
        past.add(look)
        if progress:
            progress(min(number, count), count)
    return past.tell(reading.network.contacts)


# --- as git remembers it ------------------------------------------------------------------


def _list_commits(repository: Repository, span: Span, end: date) -> list[Commit]:
    found = [c for c in history.list_commits(repository, span.rev or "HEAD") if c.day <= end]
    if not found:
        raise NoHistoryError(f"nothing had been committed by {end}")
    return found


def _walk(
    reading: Reading,
    repository: Repository,
    commits: Sequence[Commit],
    stops: Sequence[Stop],
    *,
    now: bool,
) -> Iterator[Look]:
    """Look at the network at every stop, and at last at what is not committed `now`."""
    trees = [commits[number].tree for number in dict.fromkeys(stop.commit for stop in stops)]
    revisions = history.read_revisions(repository, trees, reading.settings, reading.obsidian)
    chronicle = Chronicle(reading.settings, reading.obsidian)
    at = -1
    for stop in stops:
        if stop.commit != at:
            at = stop.commit
            chronicle.turn_to(next(revisions))
        commit = commits[at].id if stop.remembered else ""
        yield chronicle.look(str(stop.week), stop.day, commit)
    for _ in revisions:  # there is none left; git may end, and say so if it did not end well
        pass
    if now:
        yield _look_at_disk(reading, chronicle.stood)


class _Now(NamedTuple):
    """Where somebody stands today."""

    standing: Standing

    @property
    def contact(self) -> Contact:
        return self.standing.contact

    @property
    def ring(self) -> Ring:
        return self.standing.ring


def _look_at_disk(reading: Reading, committed: Mapping[str, Placed]) -> Look:
    """Look at what is not committed yet."""
    after = {
        path: _Now(standing)
        for path, standing in reading.standings.items()
        if not ((then := committed.get(path)) and _is_same(then, standing))
    }
    before = {
        path: then
        for path, then in committed.items()
        if path in after or path not in reading.standings
    }
    return Look(
        week=str(week_of(reading.today)),
        day=reading.today,
        before=before,
        after=after,
        renamed=_find_same_names(before.keys() - after.keys(), after.keys() - before.keys()),
        there=frozenset(reading.paths),
    )


def _is_same(then: Placed, now: Standing) -> bool:
    return then.ring is now.ring and then.contact.id == now.contact.id


def _find_same_names(gone: Iterable[str], came: Iterable[str]) -> dict[str, str]:
    """Take a note that went and one that came for the same if only they are called so."""
    old, new = list(gone), list(came)
    names = Counter(_name(path) for path in old), Counter(_name(path) for path in new)
    by_name = {_name(path): path for path in old if names[0][_name(path)] == 1}
    return {
        path: by_name[_name(path)]
        for path in new
        if names[1][_name(path)] == 1 and _name(path) in by_name
    }


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _find_lacking(
    commits: Sequence[Commit], stops: Sequence[Stop], span: Span, *, shallow: bool
) -> str:
    """Say what was asked for and is not remembered."""
    day = next((commits[stop.commit].day for stop in stops if stop.remembered), None)
    if stops[0].remembered and not (shallow and span.since is None):
        return ""
    if shallow:
        return (
            f"This clone holds only what was committed since {day}: `git fetch --unshallow` brings "
            "the rest. Until then, dated logs alone tell what came before."
        )
    return f"Git remembers this vault only since {day}; dated logs alone tell what came before."


# --- as dated logs tell it ----------------------------------------------------------------


def _look_days(reading: Reading, span: Span, end: date) -> Iterator[date]:
    """List the day of each week, from the one before the first that is asked or told of."""
    since = span.since or min(_list_told_days(reading), default=end)
    return (min(week.sunday, end) for week in list_weeks(week_of(since).previous, end))


def _list_told_days(reading: Reading) -> Iterator[date]:
    return (i.day for of_one in reading.network.interactions.values() for i in of_one)


def _follow_logs(reading: Reading, days: Iterable[date]) -> Iterator[Look]:
    """Look at today's notes from each day, as if they had always read so."""
    timeline = follow(reading.network)
    there = frozenset(reading.paths)
    for day in days:
        before, after = timeline.look(day)
        yield Look(str(week_of(day)), day, before, after, there=there)
