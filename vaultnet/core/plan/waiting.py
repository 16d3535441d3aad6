"""Whose turn it is: messages of yours that are still without an answer."""

from __future__ import annotations

from datetime import timedelta

from vaultnet.core.calendar import date_in_words, days_after
from vaultnet.core.model import Ring, Said, Section, Words
from vaultnet.core.plan.approach import AGAIN
from vaultnet.core.plan.prospects import Wait
from vaultnet.core.plan.steps import REST
from vaultnet.core.plan.view import View, refer
from vaultnet.core.rings import unanswered

SHOWN = 5
LOOK_BACK = timedelta(weeks=4)
"""What was written longer ago is no longer waited for."""
_SETTLING = ("vn-answer-", "vn-tell-", "vn-thank-", "vn-congratulate-")
"""Ticks of these ask for no reply: you answered, or told."""


def fill_waiting(view: View, so_far: tuple[Section, ...]) -> Section:
    """List who has not answered yet, and until when to leave them (contract, 5.1)."""
    standing_elsewhere = {p for s in so_far for a in s.actions for p in (a.contact, a.about)}
    standing_elsewhere |= view.people_of(view.staying)
    waits = [wait for path, wait in view.ahead.wait.items() if path not in standing_elsewhere]
    waits.sort(reverse=True)
    notes = [_tell(view, wait) for wait in waits[:SHOWN]]
    if len(waits) > SHOWN:
        notes.append(Words("waiting_more", {"count": len(waits) - SHOWN}))
    return Section("waiting", Words("title_waiting"), notes=tuple(notes))


def foresee_wait(view: View, path: str) -> Wait | None:
    """Find what a contact to whom the plan may turn has left unanswered.

    A cold one may be tried again after two weeks.
    """
    sent = [
        i
        for i in unanswered(view.network.with_contact(path), view.today)
        if not i.action.startswith(_SETTLING)
    ]
    if not sent or sent[-1].day <= view.monday - LOOK_BACK:
        return None
    tries = len({i.day for i in sent})
    again = AGAIN if view.standings[path].ring is Ring.COLD else LOOK_BACK
    until = days_after(sent[-1].day, (REST if tries > 1 else again).days)
    return Wait(sent[-1].day, path, tries, until) if until > view.monday else None


def _tell(view: View, wait: Wait) -> Words:
    year = "" if wait.until.year == view.sunday.year else f" {wait.until.year}"
    values: dict[str, Said] = {
        "who": refer(view.contact(wait.path)),
        "when": view.when(wait.day),
        "until": f"{date_in_words(wait.until)}{year}",
    }
    return Words("waiting_twice" if wait.tries > 1 else "waiting", values)
