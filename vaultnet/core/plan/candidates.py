"""Everybody who could hear from you this week: whose time has come, and who has a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

from vaultnet.core.model import Action, Ring, Rung, Standing, Warmth
from vaultnet.core.plan.approach import approach
from vaultnet.core.plan.prospects import Candidate
from vaultnet.core.plan.reasons import Reason, find_reasons, find_urgency, may_press
from vaultnet.core.plan.steps import (
    REST,
    Step,
    Touch,
    choose_step,
    name_step,
    take_step,
    until_now,
)
from vaultnet.core.plan.view import View
from vaultnet.core.rings import resting_until

AWAITED = timedelta(weeks=4)
"""So long one waits for an answer."""
QUIET = timedelta(weeks=4)
"""Whoever needs what you can give hears of it before their time, but not weekly."""


def find_candidates(view: View) -> Iterator[Candidate]:
    """Find everybody whose ring, cadence and notes ask for a touch by the end of the week, best first."""
    found = view.ahead.ranked
    introducers = {candidate.contact for candidate in found if candidate.about}
    for candidate in found:
        if candidate.growth is Ring.COLD or candidate.contact not in introducers:
            yield candidate  # asking for an introduction is the introducer's own touch


def foresee_touch(view: View, standing: Standing) -> Candidate | None:
    """Say how somebody placed, to whom the plan may turn, ranks among the week's candidates.

    None: they are none.
    """
    path = standing.contact.path
    if path in view.met_this_week or path in view.placed_this_week or view.touched_this_week(path):
        return None
    touch = _find_touch(view, standing)
    return touch and touch.candidate


def take_touch(view: View, candidate: Candidate) -> Action:
    """Say what a candidate is to hear."""
    touch = _find_touch(view, view.standings[candidate.whom])
    if touch is None or touch.candidate.id != candidate.id:
        raise LookupError(candidate.id)
    return touch.say()


def _find_touch(view: View, standing: Standing) -> Touch | None:
    if standing.ring is Ring.COLD:
        return approach(view, standing)
    dormant = standing.warmth is Warmth.DORMANT
    due = standing.due is not None and standing.due <= view.sunday
    if not (due or dormant or may_press(view, standing)) or _is_their_turn(view, standing):
        return None
    return _wake(view, standing) if dormant else _keep_near(view, standing, due=due)


def _is_their_turn(view: View, standing: Standing) -> bool:
    """Whether you wait for an answer of theirs, or leave them to rest after two messages."""
    last = standing.last_touch
    if last is None or last <= view.sunday - REST:
        return False
    told = view.network.with_contact(standing.contact.path)
    if last != standing.last_exchange:
        until = resting_until(told, view.today)
        if until is not None and until > view.sunday:
            return True
    since = view.monday - AWAITED
    if last < since:
        return False
    touches = [i for i in told if since <= i.day <= view.today]
    return bool(touches) and touches[-1].kind in {"message", "ask"} and not touches[-1].exchange


def _keep_near(view: View, standing: Standing, *, due: bool) -> Touch | None:
    """Turn to a buddy or ally whose time has come, or to a lukewarm contact with a reason."""
    reasons = find_reasons(view, standing)
    if not due:
        names = {reason.name for reason in reasons}
        if "news" not in names and not ("give" in names and _quiet_for(view, standing, QUIET)):
            return None
    lukewarm = standing.ring is Ring.LUKEWARM
    if lukewarm and not reasons:
        return None
    step = choose_step(view, standing, reasons)
    return _foresee_step(view, standing, step, reasons, _lateness(view, standing))


def _foresee_step(
    view: View,
    standing: Standing,
    step: Step,
    reasons: Sequence[Reason],
    lateness: float,
    *,
    chance: bool = False,
) -> Touch:
    """Foresee a step towards a contact who is no stranger."""
    candidate = Candidate(
        id=name_step(standing.contact, step),
        contact=standing.contact.path,
        about="",
        growth=Ring.LUKEWARM if standing.ring is Ring.LUKEWARM else None,
        urgency=find_urgency(reasons),
        lateness=lateness,
        chance=chance,
    )
    return Touch(candidate, partial(take_step, view, standing, step, reasons))


def _quiet_for(view: View, standing: Standing, span: timedelta) -> bool:
    """Whether the last touch lies so far back; what you merely noted down was none."""
    touches = [i.day for i in until_now(view, standing.contact.path) if i.kind != "note"]
    return not touches or touches[-1] <= view.monday - span


def _lateness(view: View, standing: Standing) -> float:
    if standing.due is None or not standing.cadence_days:
        return 0.0
    return (view.sunday - standing.due).days / standing.cadence_days


def _wake(view: View, standing: Standing) -> Touch | None:
    """Wake a tie that has slept for three years and more: often the most useful, never an arrear."""
    if standing.rung is None or standing.rung < Rung.WHAT:
        return None
    reasons = find_reasons(view, standing)
    step = Step("write", "write_chance")
    return _foresee_step(view, standing, step, reasons, 0.0, chance=True)
