"""What stays for another week, whether the rhythms fit, and how the network stands."""

from __future__ import annotations

from datetime import timedelta

from vaultnet.core.model import Move, Ring, Section, Severity, Standing, Status, Warmth, Words
from vaultnet.core.plan.view import View, refer

NAMES = 6
PROBLEMS = 5
MOVES = 5
YEAR = 365
LATELY = 4
"""Weeks whose exchanges are counted."""


def fill_not_this_week(view: View, _so_far: tuple[Section, ...]) -> Section:
    """Name who can wait, and say honestly whether everybody's cadence fits (5.1 and 5.3)."""
    waiting = view.choice.waiting
    notes = []
    if waiting:
        who = tuple(refer(view.contact(candidate.whom)) for candidate in waiting[:NAMES])
        more = max(0, len(waiting) - NAMES)
        notes.append(Words("not_this_week", {"count": len(waiting), "who": who, "more": more}))
    silent = _without_reason(view)
    if len(view.choice.chosen) + len(view.spent) < view.settings.touches and silent > 2:
        notes.append(Words("no_reason", {"count": silent}))
    asked = asked_per_week(view)
    if asked > view.settings.touches:
        values = {
            "asked": round(asked),
            "budget": view.settings.touches,
            "yearly": _to_yearly(view),
        }
        notes.append(Words("capacity", values))
    return Section("not-this-week", notes=tuple(notes))


def _without_reason(view: View) -> int:
    """Count the lukewarm people whose time has come and whose notes say no more than that."""
    chosen = {path for c in view.choice.chosen for path in c.people}
    return len(view.ahead.overdue.keys() - chosen)


def is_overdue(view: View, standing: Standing) -> bool:
    """Whether the time of somebody has come who is lukewarm, and to whom the plan may turn."""
    due = standing.due
    return standing.ring is Ring.LUKEWARM and due is not None and due <= view.sunday


def asked_per_week(view: View) -> float:
    """Add up the touches a week that the cadences ask for (contract, 5.3).

    Lukewarm contacts count where their note sets a cadence: without one they are only turned to
    for a reason.
    """
    return round(sum(7 / days for days in view.ahead.rhythms), 2)


def find_rhythm(standing: Standing) -> int:
    """Find the days of the cadence that counts towards the week's touches; 0: none does."""
    contact = standing.contact
    if standing.ring > Ring.LUKEWARM or contact.status is Status.PAUSED:
        return 0
    if contact.cadence is not None:
        keeps = contact.cadence.days is not None
    else:
        keeps = standing.ring is not Ring.LUKEWARM and standing.warmth is not Warmth.DORMANT
    return standing.cadence_days or 0 if keeps else 0


def _to_yearly(view: View) -> int:
    """Count how many people, set to yearly, would make the rhythms fit: the longest ones first."""
    rhythms = [days for days in view.ahead.rhythms if days < YEAR]
    asked = sum(7 / days for days in view.ahead.rhythms)
    for moved, days in enumerate(reversed(rhythms), start=1):
        asked -= 7 / days - 7 / YEAR
        if asked <= view.settings.touches:
            return moved
    return 0


def fill_network(view: View, _so_far: tuple[Section, ...]) -> Section:
    """Tell how the network stands, who moved and why, and what should be mended."""
    counts = count_rings(view)
    notes = [Words("rings", {ring: counts[ring] for ring in counts})]
    notes += [_tell(move) for move in view.moves[:MOVES]]
    if len(view.moves) > MOVES:
        notes.append(Words("moves_more", {"count": len(view.moves) - MOVES}))
    since = view.today - timedelta(weeks=LATELY)
    exchanges = sum(view.ahead.exchanges.values())
    exposures = sum(1 for e in view.network.evidence.exposures if since < e.day <= view.today)
    if exchanges or exposures:
        notes.append(Words("four_weeks", {"exchanges": exchanges, "exposures": exposures}))
    grave = [p for p in view.problems if p.severity is not Severity.HINT]
    notes += [Words("problem", {"text": str(problem)}) for problem in grave[:PROBLEMS]]
    if len(grave) > PROBLEMS:
        notes.append(Words("problems_more", {"count": len(grave) - PROBLEMS}))
    return Section("network", Words("title_network"), notes=tuple(notes))


def _tell(move: Move) -> Words:
    return Words(
        "move_in" if move.inward else "move_out",
        {
            "who": refer(move.contact),
            "after": move.after.word,
            "because": move.because[0].text if move.because else "",
        },
    )


def count_exchanges(view: View, path: str) -> int:
    """Count the exchanges of the last four weeks with a contact."""
    since = view.today - timedelta(weeks=LATELY)
    count = 0
    for told in reversed(view.network.with_contact(path)):
        if told.day <= since:
            break
        count += told.exchange and told.day <= view.today
    return count


def count_rings(view: View) -> dict[str, int]:
    """Count the contacts of each ring, unplaced and aside included, from the inside out."""
    return {ring.word: view.ahead.rings.get(ring, 0) for ring in Ring}
