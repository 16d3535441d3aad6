"""What a week can bring with each contact: found once for everybody, and anew for whom a change concerns."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet

from vaultnet.core.model import Ring, Standing
from vaultnet.core.plan.agenda import foresee_days, foresee_meetings
from vaultnet.core.plan.candidates import foresee_touch
from vaultnet.core.plan.first import foresee_debt
from vaultnet.core.plan.overview import count_exchanges, find_rhythm, is_overdue
from vaultnet.core.plan.prospects import NOTHING, Outlook, Prospects
from vaultnet.core.plan.question import foresee_question
from vaultnet.core.plan.view import View
from vaultnet.core.plan.waiting import foresee_wait


def look_ahead(view: View) -> View:
    """Find what the week can bring with everybody."""
    giving = tuple(path for path, standing in view.standings.items() if _gives(standing))
    view = view.seeing(giving=giving)
    found = {path: _foresee(view, path) for path in view.standings}
    return view.seeing(prospects=NOTHING.put(found))


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
    return view.seeing(prospects=before.put({path: _foresee(view, path) for path in concerned}))


def _list_tied(view: View, paths: Collection[str]) -> AbstractSet[str]:
    ties = view.network.ties
    return {end for path in paths for tie in ties.get(path, ()) for end in (tie.a, tie.b)}


def _foresee(view: View, path: str) -> Outlook:
    standing = view.standings[path]
    contact, last = standing.contact, standing.last_touch
    is_open = view.open_to(path)
    is_placed = standing.ring < Ring.UNPLACED
    # of most people nothing was heard lately, and there is no need to look at what was before
    recent = last is not None and last >= view.recent
    birthday, day_set = foresee_days(view, contact)
    return Outlook(
        ring=standing.ring,
        rhythm=find_rhythm(standing),
        exchanges=count_exchanges(view, path) if recent else 0,
        overdue=is_open and is_overdue(view, standing),
        needs=bool(contact.needs),
        gives=_gives(standing),
        debt=foresee_debt(view, path) if recent or path in view.promises else None,
        candidate=foresee_touch(view, standing) if is_open and is_placed else None,
        wait=foresee_wait(view, path) if is_open and recent else None,
        birthday=birthday,
        day_set=day_set,
        met=foresee_meetings(view, path) if recent else (),
        often=foresee_question(view, path) if is_open and not is_placed else None,
    )


def _gives(standing: Standing) -> bool:
    contact = standing.contact
    return bool(contact.offers) and standing.ring <= Ring.LUKEWARM and not contact.private
