"""Everybody who could hear from you this week: whose time has come, and who has a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from vaultnet.core.model import Ring, Rung, Standing, Warmth
from vaultnet.core.plan.approach import approach
from vaultnet.core.plan.reasons import find_reasons, find_urgency
from vaultnet.core.plan.steps import keep_strong, nurture, reach_out, take_step, until_now
from vaultnet.core.plan.view import Candidate, View
from vaultnet.core.rings import resting_until

QUIET = timedelta(weeks=4)
"""Whoever needs what you can give hears of it before their time, but not weekly."""


def find_candidates(view: View) -> Iterator[Candidate]:
    """Find everybody whose ring, cadence and notes ask for a touch by the end of the week."""
    open_to = [
        (path, standing)
        for path, standing in view.standings.items()
        if standing.ring < Ring.UNPLACED
        and view.open_to(path)
        and not view.touched_this_week(path)
        and path not in view.met_this_week | view.placed_this_week
    ]
    approaches = [a for path, s in open_to if s.ring is Ring.COLD and (a := approach(view, s))]
    yield from approaches
    introducers = {a.action.contact for a in approaches if a.action.about}
    for path, standing in open_to:
        if standing.ring is Ring.COLD or path in introducers:
            continue  # asking for an introduction is this person's touch
        candidate: Candidate | None
        if _rests(view, standing) or _awaits(view, path):
            candidate = None
        elif standing.warmth is Warmth.DORMANT:
            candidate = _chance(view, standing)
        else:
            candidate = _keep_near(view, standing)
        if candidate is not None:
            yield candidate


def _rests(view: View, standing: Standing) -> bool:
    until = resting_until(view.network.with_contact(standing.contact.path), view.today)
    return until is not None and until > view.week.sunday


def _awaits(view: View, path: str) -> bool:
    """Whether a message of yours of the last four weeks is still without an answer."""
    since = view.monday - timedelta(weeks=4)
    touches = [i for i in view.network.with_contact(path) if since <= i.day <= view.today]
    return bool(touches) and touches[-1].kind in {"message", "ask"} and not touches[-1].exchange


def _keep_near(view: View, standing: Standing) -> Candidate | None:
    """Turn to a buddy or ally whose time has come, or to a lukewarm contact with a reason."""
    reasons = find_reasons(view, standing)
    names = {reason.name for reason in reasons}
    due = standing.due is not None and standing.due <= view.week.sunday
    now = "news" in names or ("give" in names and _quiet_for(view, standing, QUIET))
    if not due and not now:
        return None
    if standing.ring is Ring.LUKEWARM:
        if not reasons:
            return None
        step, growth = reach_out(view, standing, reasons), Ring.LUKEWARM
    else:
        step = (
            keep_strong(view, standing, reasons)
            if standing.ring is Ring.BUDDY
            else nurture(view, standing, reasons)
        )
        growth = None
    return Candidate(step, growth, find_urgency(reasons), _lateness(view, standing))


def _quiet_for(view: View, standing: Standing, span: timedelta) -> bool:
    """Whether the last touch lies so far back; what you merely noted down was none."""
    touches = [i.day for i in until_now(view, standing.contact.path) if i.kind != "note"]
    return not touches or touches[-1] <= view.monday - span


def _lateness(view: View, standing: Standing) -> float:
    if standing.due is None or not standing.cadence_days:
        return 0.0
    return (view.week.sunday - standing.due).days / standing.cadence_days


def _chance(view: View, standing: Standing) -> Candidate | None:
    """Wake a tie that has slept for three years and more: often the most useful, never an arrear."""
    if standing.rung is None or standing.rung < Rung.WHAT:
        return None
    reasons = find_reasons(view, standing)
    action = take_step(view, standing, "write", "write_chance", reasons)
    growth = Ring.LUKEWARM if standing.ring is Ring.LUKEWARM else None
    return Candidate(action, growth, find_urgency(reasons), 0.0, chance=True)
