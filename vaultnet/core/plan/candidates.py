"""Everybody who could hear from you this week: whose time has come, and who has a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from vaultnet.core.model import Action, Ring, Rung, Standing, Warmth
from vaultnet.core.plan.approach import approach
from vaultnet.core.plan.prospects import Candidate
from vaultnet.core.plan.reasons import find_reasons, find_urgency, may_press
from vaultnet.core.plan.steps import keep_strong, nurture, reach_out, take_step, until_now
from vaultnet.core.plan.view import View
from vaultnet.core.rings import resting_until

QUIET = timedelta(weeks=4)
"""Whoever needs what you can give hears of it before their time, but not weekly."""


class _Touch(NamedTuple):
    """What somebody could hear of you this week, and how it ranks."""

    action: Action
    growth: Ring | None
    urgency: int
    lateness: float
    chance: bool = False


def find_candidates(view: View) -> Iterator[Candidate]:
    """Find everybody whose ring, cadence and notes ask for a touch by the end of the week."""
    found = view.ahead.candidate.values()
    introducers = {candidate.contact for candidate in found if candidate.about}
    for candidate in found:
        if candidate.growth is Ring.COLD or candidate.contact not in introducers:
            yield candidate  # asking for an introduction is the introducer's own touch


def foresee_touch(view: View, standing: Standing) -> Candidate | None:
    """Say how somebody would stand among the week's candidates; None: they are none."""
    path = standing.contact.path
    if (
        standing.ring >= Ring.UNPLACED
        or not view.open_to(path)
        or path in view.met_this_week
        or path in view.placed_this_week
        or view.touched_this_week(path)
    ):
        return None
    touch = _find_touch(view, standing)
    if touch is None:
        return None
    action, growth, urgency, lateness, chance = touch
    return Candidate(
        action.id, action.contact, action.about, growth, urgency, lateness, chance=chance
    )


def take_touch(view: View, candidate: Candidate) -> Action:
    """Say what a candidate is to hear."""
    touch = _find_touch(view, view.standings[candidate.whom])
    if touch is None or touch.action.id != candidate.id:
        raise LookupError(candidate.id)
    return touch.action


def _find_touch(view: View, standing: Standing) -> _Touch | None:
    if standing.ring is Ring.COLD:
        found = approach(view, standing)
        return found and _Touch(found[0], Ring.COLD, *found[1:])
    if _rests(view, standing) or _awaits(view, standing.contact.path):
        return None
    if standing.warmth is Warmth.DORMANT:
        return _chance(view, standing)
    return _keep_near(view, standing)


def _rests(view: View, standing: Standing) -> bool:
    until = resting_until(view.network.with_contact(standing.contact.path), view.today)
    return until is not None and until > view.sunday


def _awaits(view: View, path: str) -> bool:
    """Whether a message of yours of the last four weeks is still without an answer."""
    since = view.monday - timedelta(weeks=4)
    touches = [i for i in view.network.with_contact(path) if since <= i.day <= view.today]
    return bool(touches) and touches[-1].kind in {"message", "ask"} and not touches[-1].exchange


def _keep_near(view: View, standing: Standing) -> _Touch | None:
    """Turn to a buddy or ally whose time has come, or to a lukewarm contact with a reason."""
    due = standing.due is not None and standing.due <= view.sunday
    if not due and not may_press(view, standing.contact):
        return None
    reasons = find_reasons(view, standing)
    names = {reason.name for reason in reasons}
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
    return _Touch(step, growth, find_urgency(reasons), _lateness(view, standing))


def _quiet_for(view: View, standing: Standing, span: timedelta) -> bool:
    """Whether the last touch lies so far back; what you merely noted down was none."""
    touches = [i.day for i in until_now(view, standing.contact.path) if i.kind != "note"]
    return not touches or touches[-1] <= view.monday - span


def _lateness(view: View, standing: Standing) -> float:
    if standing.due is None or not standing.cadence_days:
        return 0.0
    return (view.sunday - standing.due).days / standing.cadence_days


def _chance(view: View, standing: Standing) -> _Touch | None:
    """Wake a tie that has slept for three years and more: often the most useful, never an arrear."""
    if standing.rung is None or standing.rung < Rung.WHAT:
        return None
    reasons = find_reasons(view, standing)
    action = take_step(view, standing, "write", "write_chance", reasons)
    growth = Ring.LUKEWARM if standing.ring is Ring.LUKEWARM else None
    return _Touch(action, growth, find_urgency(reasons), 0.0, chance=True)
