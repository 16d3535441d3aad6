"""A reading -> who moved since last week ended, as git remembers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vaultnet.core.calendar import days_after, week_of
from vaultnet.core.model import Contact, Fact, Move, Ring
from vaultnet.core.moves import Then, find_moves
from vaultnet.core.plan import View
from vaultnet.errors import NoHistoryError
from vaultnet.index.head import read_head
from vaultnet.index.past import NOTHING, Kept, Stood, load_past, save_past
from vaultnet.reading import Reading

if TYPE_CHECKING:
    from vaultnet.history import Commit, Repository

FRESH = timedelta(weeks=2)
"""Whoever commits more seldom has no last week in git: what changed meanwhile would be told twice."""


def find_moves_of_week(
    reading: Reading, view: View, environ: Mapping[str, str]
) -> tuple[Move, ...] | None:
    """Find who stands elsewhere than when last week ended, as git remembers it.

    None where git cannot tell: nothing was committed in the two weeks before, or something after
    today. Git is asked only when another commit is checked out than the last time. Where it cannot be
    asked now there is `NoHistoryError`: it may be found, or trust the repository, or have fetched
    what was committed before, the next time.
    """
    end = days_after(view.monday, -1)
    head = read_head(reading.root)
    if not head:
        return None
    key = repr((end, reading.settings, reading.obsidian))
    kept = load_past(reading.root, key)
    if kept.head != head:
        from vaultnet import history  # noqa: PLC0415 - most plans ask git nothing

        repository = history.open_repository(reading.root, environ)
        commits = history.list_commits(repository)
        last = _find_last(commits, end)
        if last is None and repository.shallow:
            raise NoHistoryError("the commits of the weeks before were not fetched")
        if last is None:
            kept = NOTHING
        elif last.id != kept.commit:
            kept = Kept(head, last.id, stood=_stand_at(reading, repository, last, end))
        newest = str(commits[-1].day) if commits else ""
        kept = kept._replace(head=head, newest=newest)
        save_past(reading.root, key, kept)
    if not kept.commit or kept.newest > str(reading.today):
        return None
    standings, stood = view.standings, kept.stood
    before = {
        path: _restore(standings[path].contact, *stood[path])
        for path, ring in view.ahead.ring.items()
        if path in stood and stood[path][0] != ring
    }
    return find_moves(before, standings)


def _find_last(commits: Sequence[Commit], end: date) -> Commit | None:
    """Find the commit with which a week ended, of somebody who commits most weeks."""
    last = next((commit for commit in reversed(commits) if commit.day <= end), None)
    return last if last and last.day > end - FRESH else None


def _stand_at(reading: Reading, repository: Repository, commit: Commit, day: date) -> Stood:
    from vaultnet.core.chronicle import Chronicle  # noqa: PLC0415 - as above
    from vaultnet.history import read_revisions  # noqa: PLC0415 - as above

    revisions = read_revisions(repository, [commit.tree], reading.settings, reading.obsidian)
    chronicle = Chronicle(reading.settings, reading.obsidian)
    for revision in revisions:
        chronicle.turn_to(revision)
    chronicle.look(str(week_of(day)), day, commit.id)
    return {
        path: (int(at.ring), tuple((f.text, f.source, f.line) for f in at.facts))
        for path, at in chronicle.stood.items()
    }


def _restore(contact: Contact, ring: int, facts: Iterable[tuple[str, str, int]]) -> Then:
    return Then(contact, Ring(ring), tuple(Fact(*fact) for fact in facts))
