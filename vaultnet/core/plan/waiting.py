"""Whose turn it is: messages of yours that are still without an answer."""

from __future__ import annotations

from datetime import date, timedelta

from vaultnet.core.calendar import date_in_words, days_after
from vaultnet.core.model import Ring, Section, Words
from vaultnet.core.plan.people import AGAIN, REST
from vaultnet.core.plan.view import View, refer
from vaultnet.core.rings import unanswered

SHOWN = 5
LOOK_BACK = timedelta(weeks=4)
"""What was written longer ago is no longer waited for."""


def fill_waiting(view: View, so_far: tuple[Section, ...]) -> Section:
    """List who has not answered yet, and until when to leave them (contract, 5.1)."""
    standing_elsewhere = {p for s in so_far for a in s.actions for p in (a.contact, a.about)}
    standing_elsewhere |= view.people_of(view.staying)
    waits = []
    for path in view.network.interactions:
        if path in standing_elsewhere or not view.open_to(path):
            continue
        sent = unanswered(view.network.with_contact(path), view.today)
        if sent and sent[-1].day > view.monday - LOOK_BACK:
            waits.append((sent[-1].day, path, len({i.day for i in sent})))
    waits.sort(key=lambda wait: (wait[0], wait[1]), reverse=True)
    notes = [
        Words(
            "waiting",
            {
                "who": refer(view.contact(path)),
                "when": view.when(day),
                "until": _until(view, path, day, tries),
            },
        )
        for day, path, tries in waits[:SHOWN]
    ]
    if len(waits) > SHOWN:
        notes.append(Words("waiting_more", {"count": len(waits) - SHOWN}))
    return Section("waiting", Words("title_waiting"), notes=tuple(notes))


def _until(view: View, path: str, day: date, tries: int) -> str:
    """Say until when to leave them; a cold contact may be tried again after two weeks."""
    again = AGAIN if view.standings[path].ring is Ring.COLD else LOOK_BACK
    until = days_after(day, (REST if tries > 1 else again).days)
    year = "" if until.year == view.week.sunday.year else f" {until.year}"
    return f"{date_in_words(until)}{year}"
