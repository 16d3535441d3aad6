"""A vault -> how it stood week by week, as git remembers it; without git, as its dated logs tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from vaultnet import config, history, vault
from vaultnet.core.calendar import days_after, week_of
from vaultnet.core.chronicle import Chronicle
from vaultnet.core.frozen import frozen, replace
from vaultnet.core.model import (
    Obsidian,
    PastMove,
    PastWeek,
    Revision,
    Settings,
)
from vaultnet.core.past import Look, Past, find_renamed
from vaultnet.core.timeline import follow
from vaultnet.core.weeks import Stop, choose_stops, keep_steady, list_weeks
from vaultnet.errors import NoHistoryError, UsageError
from vaultnet.history import Commit, Repository
from vaultnet.index.weeks import Walked, load_weeks, save_weeks
from vaultnet.reading import Reading, read_vault, undisturbed

Progress = Callable[[int, int], None]
"""(weeks looked at, weeks in all)"""


@frozen
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

    def has(self, day: date) -> bool:
        """Whether a day is asked for; of the first week all days are."""
        first = week_of(self.since).monday if self.since else date.min
        return first <= day <= (self.until or date.max)


@frozen
class History:
    """The weeks of a vault's past, oldest first."""

    weeks: tuple[PastWeek, ...]
    lacking: str = ""
    """What is not remembered of that which was asked for, in a sentence; empty: nothing."""
    by_git: bool = True
    """False: dated logs alone tell all of it."""
    paths: frozenset[str] | None = None
    """Of the notes on the disk; None: they were not looked at."""

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
    asked = _Asked(reading.root, reading.today, real_today, reading.settings, reading.obsidian)
    return _read(asked, environ, span, progress, lambda: reading)


def look_back(
    root: Path,
    today: date,
    real_today: date,
    environ: Mapping[str, str],
    span: Span,
    progress: Progress | None = None,
) -> History:
    """Do the same without a reading of the vault: only where git cannot tell all of it is read."""
    obsidian, _ = vault.read_obsidian(root)
    asked = _Asked(root, today, real_today, config.read_settings(root), obsidian)
    return _read(asked, environ, span, progress, lambda: read_vault(root, today, real_today))


@frozen
class _Asked:
    """A vault whose past is asked for, and the day from which one looks."""

    root: Path
    today: date
    real_today: date
    settings: Settings
    obsidian: Obsidian


@undisturbed()
def _read(
    asked: _Asked,
    environ: Mapping[str, str],
    span: Span,
    progress: Progress | None,
    reading: Callable[[], Reading],
) -> History:
    end = min(asked.today, span.until or asked.today)
    if span.since and week_of(span.since).monday > end:
        raise UsageError(f"{span.since} lies after {end}: there is nothing to tell of it yet.")
    by_git = True
    try:
        repository = history.open_repository(asked.root, environ)
        line = history.list_commits(repository, span.rev or "HEAD")
        commits = [commit for commit in line if commit.day <= end]
        if not commits:
            raise NoHistoryError(f"nothing had been committed by {end}")  # noqa: TRY301 - told as all the others are
        span = _limit(span, end, commits[0].day)
        stops = choose_stops([commit.day for commit in commits], span.since, end)
        route = _plan_route(asked, commits, stops, span)
        head = line[-1] if route.to_disk and end < asked.today else None
        weeks, paths = _walk(asked, repository, route, head, progress)
        lacking = _find_lacking(commits, stops, span, shallow=repository.shallow)
    except NoHistoryError as error:
        by_git, paths = False, None
        read = reading()
        span = _limit(span, end, min(_list_told_days(read), default=end))
        weeks = _follow_logs(read, list(_look_days(read, span, end)), progress)
        lacking = f"Git cannot tell how this vault stood: {error}. Its dated logs alone tell this."
    first = str(week_of(span.since)) if span.since else ""
    return History(tuple(week for week in weeks if week.week >= first), lacking, by_git, paths)


def _limit(span: Span, end: date, oldest: date) -> Span:
    """Ask for the last weeks only, where that is wanted and there are more since the `oldest` day."""
    if span.since or not span.last:
        return span
    since = days_after(week_of(end).monday, -7 * (span.last - 1))
    return replace(span, since=since) if oldest < since else span


# --- as git remembers it ------------------------------------------------------------------


@frozen
class _Route:
    """How a walk goes."""

    commits: Sequence[Commit]
    stops: Sequence[Stop]
    """The weeks that are still to be looked at."""
    walked: Walked | None
    """What an earlier walk found of those before."""
    ids: Sequence[str]
    """The commits of all weeks that are over; empty: the walk is not to be kept."""
    to_disk: bool
    """Whether it leads on to what stands on the disk."""


def _plan_route(
    asked: _Asked, commits: Sequence[Commit], stops: Sequence[Stop], span: Span
) -> _Route:
    """Go on from where an earlier walk ended, if all its weeks ended with the commits of now."""
    to_disk = not span.rev and asked.real_today <= asked.today
    route = _Route(commits, stops, None, (), to_disk)
    if span.rev or not stops[0].remembered:
        return route
    whole = choose_stops([commit.day for commit in commits], None, stops[-1].day)
    ids = [commits[stop.commit].id for stop in whole]
    over = sum(stop.day == stop.week.sunday < asked.real_today for stop in whole)
    walked = load_weeks(asked.root, _name_ground(asked))
    done = len(walked.commits) if walked else 0
    if walked and done < len(whole) and list(walked.commits) == ids[:done]:
        weeks = zip(walked.past[0], whole, strict=False)
        if all(week[:2] == (str(stop.week), stop.day) for week, stop in weeks):
            ids = ids[:over] if over > done else []
            return replace(route, stops=whole[done:], walked=walked, ids=ids)
    keep = to_disk and not span.until and list(stops) == list(whole)
    return replace(route, ids=ids[:over] if keep else ())


def _name_ground(asked: _Asked) -> str:
    """Name all on which a walk rests beside the commits."""
    return repr((asked.settings, asked.obsidian))


def _walk(
    asked: _Asked,
    repository: Repository,
    route: _Route,
    head: Commit | None,
    progress: Progress | None,
) -> tuple[tuple[PastWeek, ...], frozenset[str] | None]:
    """Look at the network at every stop, and on the disk at what is not committed yet.

    `head` is the last commit of all, where it lies beyond the stops: from there on it is only
    followed who is whom, for everybody bears today's name. None: one does not look so far. The weeks
    are given, and the paths of the notes on the disk.
    """
    walked = route.walked
    past = Past.go_on(walked.past) if walked else Past()
    chronicle = Chronicle(asked.settings, asked.obsidian)
    revisions = history.read_revisions(
        repository, list(_list_trees(route, head)), asked.settings, asked.obsidian
    )
    if walked:  # how all stood when the last of those weeks ended is known to `past`, but not why
        chronicle.turn_to(next(revisions))
        chronicle.look("", past.weeks[-1].day, "")
    at = -1
    for number, stop in enumerate(route.stops):
        if stop.commit != at:
            at = stop.commit
            chronicle.turn_to(next(revisions))
        commit = route.commits[at].id if stop.remembered else ""
        past.add(chronicle.look(str(stop.week), stop.day, commit))
        if progress:
            progress(number + 1, len(route.stops))
        if len(past.weeks) == len(route.ids):
            kept = Walked(tuple(route.ids), route.commits[at].tree, past.keep())
            save_weeks(asked.root, _name_ground(asked), kept)
    if head:
        chronicle.turn_to(next(revisions))
        past.follow(chronicle.look("", asked.today, ""))
    for _ in revisions:  # there is none left; git may end, and say so if it did not end well
        pass
    if route.to_disk:
        chronicle.turn_to(_read_disk(asked, chronicle))
        look = chronicle.look(str(week_of(asked.today)), asked.today, "")
        if head:
            past.follow(look)
        else:
            past.add(look)
    weeks = past.tell(chronicle.contacts)
    return weeks, frozenset(chronicle.paths) if route.to_disk else None


def _list_trees(route: _Route, head: Commit | None) -> Iterator[str]:
    """List what is to be read in turn: the tree of each week, of all before it and after it."""
    if route.walked:
        yield route.walked.tree
    for at in dict.fromkeys(stop.commit for stop in route.stops):
        yield route.commits[at].tree
    if head:
        yield head.tree


def _read_disk(asked: _Asked, chronicle: Chronicle) -> Revision:
    """Read what is not committed yet."""
    scan = vault.scan(asked.root, asked.settings)
    texts = {source.path: source.text for source in scan.sources}
    there = frozenset(scan.paths)
    gone, came = frozenset(chronicle.paths - there), there - chronicle.paths
    old = {path: text for path in gone if (text := chronicle.text_of(path)) is not None}
    return Revision(
        sources=tuple(s for s in scan.sources if chronicle.text_of(s.path) != s.text),
        came=came,
        gone=gone,
        unread=frozenset(path for path in there if path not in texts),
        renamed=find_renamed(old, {path: texts[path] for path in came if path in texts}),
    )


def _find_lacking(
    commits: Sequence[Commit], stops: Sequence[Stop], span: Span, *, shallow: bool
) -> str:
    """Say what was asked for and is not remembered."""
    if stops[0].remembered and not (shallow and span.since is None):
        return ""
    day = commits[keep_steady([commit.day for commit in commits])[0]].day
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


def _follow_logs(
    reading: Reading, days: Sequence[date], progress: Progress | None
) -> tuple[PastWeek, ...]:
    """Look at today's notes from each day, as if they had always read so."""
    past = Past()
    timeline = follow(reading.network)
    there = frozenset(reading.paths)
    for number, day in enumerate(days, 1):
        past.add(Look(str(week_of(day)), day, *timeline.look(day), there=there))
        if progress:
            progress(number, len(days))
    return past.tell(reading.network.contacts)
