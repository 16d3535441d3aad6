"""What a week can bring with each contact: found once for everybody, and anew for whom a change concerns."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet

from vaultnet.core.model import Ring, Standing
from vaultnet.core.plan.agenda import find_birthday, find_day_set, foresee_meetings
from vaultnet.core.plan.candidates import foresee_touch
from vaultnet.core.plan.first import foresee_debt
from vaultnet.core.plan.overview import count_exchanges, find_rhythm, is_overdue
from vaultnet.core.plan.prospects import Prospects
from vaultnet.core.plan.question import foresee_question
from vaultnet.core.plan.view import View
from vaultnet.core.plan.waiting import foresee_wait


def look_ahead(view: View) -> View:
    """Find what the week can bring with everybody."""
    giving = tuple(path for path, standing in view.standings.items() if _gives(standing))
    view = view.seeing(giving=giving)
    return view.seeing(prospects=_foresee(view, view.standings))


def look_again(view: View, before: Prospects, changed: Collection[str]) -> View:
    """Find it anew for those who are concerned where evidence of some contacts has `changed`.

    `before` is what the same week could bring, seen from the same day, by the same settings and with
    the same contacts. Beside the changed ones those are concerned who are tied to them, for one may
    lead to the other; and where it changes what somebody can give, all who need something.
    """
    concerned = {*changed, *_list_tied(view, changed)}
    now = {path: _gives(view.standings[path]) for path in changed}
    if any(gives or path in before.gives for path, gives in now.items()):
        concerned |= before.needs.keys()
    giving = before.gives.keys() - now.keys() | {path for path, gives in now.items() if gives}
    view = view.seeing(giving=tuple(sorted(giving)))
    return view.seeing(prospects=before.put(_foresee(view, concerned)))


def _list_tied(view: View, paths: Collection[str]) -> AbstractSet[str]:
    ties = view.network.ties
    return {end for path in paths for tie in ties.get(path, ()) for end in (tie.a, tie.b)}


def _foresee(view: View, paths: Collection[str]) -> Prospects:
    """Find what a week can bring with some, each kind for those alone who may have it."""
    standings = {path: view.standings[path] for path in paths}
    turnable = {path: at for path, at in standings.items() if view.open_to(path)}
    # of most people nothing was heard lately, and there is no need to look at what was before
    recent = {
        path: at for path, at in standings.items() if at.last_touch and at.last_touch >= view.recent
    }
    owing = [path for path in standings if path in recent or path in view.promises]
    return Prospects(
        ring={path: at.ring for path, at in standings.items()},
        rhythm={path: days for path, at in standings.items() if (days := find_rhythm(at))},
        exchanges={path: count for path in recent if (count := count_exchanges(view, path))},
        overdue={path: True for path, at in turnable.items() if is_overdue(view, at)},
        needs={path: True for path, at in standings.items() if at.contact.needs},
        gives={path: True for path, at in standings.items() if _gives(at)},
        debt={path: debt for path in owing if (debt := foresee_debt(view, path))},
        candidate={
            path: touch
            for path, at in turnable.items()
            if at.ring is not Ring.UNPLACED and (touch := foresee_touch(view, at))
        },
        wait={
            path: wait for path in recent if path in turnable and (wait := foresee_wait(view, path))
        },
        birthday={
            path: day
            for path, at in standings.items()
            if at.contact.birthday and (day := find_birthday(view, at.contact))
        },
        day_set={
            path: day
            for path, at in standings.items()
            if at.contact.not_before and (day := find_day_set(view, at.contact))
        },
        met={path: met for path in recent if (met := foresee_meetings(view, path))},
        often={
            path: often
            for path, at in turnable.items()
            if at.ring is Ring.UNPLACED and (often := foresee_question(view, path))
        },
    )


def _gives(standing: Standing) -> bool:
    contact = standing.contact
    return bool(contact.offers) and standing.ring <= Ring.LUKEWARM and not contact.private
