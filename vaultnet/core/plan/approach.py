"""The way to somebody who does not know you yet: through others, else directly (contract, 5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from vaultnet.core.frozen import frozen
from vaultnet.core.model import Action, Direction, Ref, Ring, Standing, Words
from vaultnet.core.network import Introducer, find_introducers
from vaultnet.core.plan.prospects import Candidate
from vaultnet.core.plan.reasons import Reason, find_reasons, find_urgency
from vaultnet.core.plan.steps import (
    BULLETS,
    REST,
    Touch,
    say_what_they_gave,
    say_what_they_know,
    until_now,
)
from vaultnet.core.plan.view import View, refer

AGAIN = timedelta(weeks=2)
"""An approach without an answer is tried again after this (contract, 5.2)."""


@frozen
class Approach:
    """How far you are with somebody who does not know you yet."""

    tries: tuple[date, ...]
    asked: frozenset[str]
    """Paths of those who were asked to introduce you."""

    def ready(self, monday: date) -> bool:
        """Whether it is time for a try: the first, one after two weeks, then a long rest."""
        if not self.tries:
            return True
        rest = AGAIN if len(self.tries) == 1 else REST
        return self.tries[-1] + rest <= monday


def read_approach(view: View, path: str) -> Approach:
    """Count the tries: messages of yours, and those you asked to introduce you."""
    tries = {
        i.day
        for i in until_now(view, path)
        if i.direction is Direction.OUT and i.kind in {"message", "ask"}
    }
    asks = [
        t for t in view.ticks_about.get(path, ()) if t.verb == "ask" and t.state == "done" and t.day
    ]
    tries |= {t.day for t in asks if t.day and t.day <= view.today}
    return Approach(tuple(sorted(tries)), frozenset(t.contact for t in asks))


def approach(view: View, standing: Standing) -> Touch | None:
    """Through whoever could introduce you best, else directly (contract, 5.2)."""
    contact = standing.contact
    wanted = contact.want_to_meet or contact.purpose or contact.ask or contact.they_know is not None
    if not wanted:
        return None
    state = read_approach(view, contact.path)
    if not state.ready(view.monday):
        return None
    reasons = find_reasons(view, standing)
    urgency = find_urgency(reasons)
    introducers = [
        i
        for i in find_introducers(view.network, view.standings, contact.path, view.today)
        if i.contact.path not in state.asked and view.open_to(i.contact.path)
    ]
    if introducers:
        best = introducers[0]
        id_, through = f"vn-ask-{best.contact.key}", best.contact.path
        candidate = Candidate(id_, through, contact.path, Ring.COLD, urgency, best.score)
        return Touch(candidate, partial(_ask_for_introduction, view, standing, best))
    candidate = Candidate(f"vn-write-{contact.key}", contact.path, "", Ring.COLD, urgency, 0.0)
    return Touch(candidate, partial(_write_first, view, standing, state, reasons))


def _ask_for_introduction(view: View, standing: Standing, introducer: Introducer) -> Action:
    contact, through = standing.contact, introducer.contact
    bullets = [
        Words(
            "why_through",
            {
                "who": refer(through),
                "other": refer(contact),
                "how": introducer.tie.how,
                "source": Ref(introducer.tie.source),
                "knows": say_what_they_know(view, view.standings[through.path]),
            },
        ),
        *_say_what_for(view, standing),
        *say_what_they_gave(view, through.path),
    ]
    return Action(
        id=f"vn-ask-{through.key}",
        section="people",
        verb="ask",
        contact=through.path,
        about=contact.path,
        words=Words("ask_introduction", {"who": refer(through), "other": refer(contact)}),
        bullets=tuple(bullets[:BULLETS]),
        because=(*introducer.because, *standing.because[:1]),
        ring=standing.ring,
    )


def _write_first(
    view: View, standing: Standing, state: Approach, reasons: Sequence[Reason]
) -> Action:
    contact = standing.contact
    bullets: list[Words] = []
    if state.tries:
        bullets.append(Words("why_again", {"when": view.when(state.tries[-1])}))
    else:
        bullets.append(Words("why_direct", {"tied": int(contact.path in view.network.ties)}))
    bullets += _say_what_for(view, standing)
    bullets += [w for r in reasons for w in r.bullets if r.name in {"give", "heading"}]
    return Action(
        id=f"vn-write-{contact.key}",
        section="people",
        verb="write",
        contact=contact.path,
        words=Words("write_again" if state.tries else "write_first", {"who": refer(contact)}),
        bullets=tuple(bullets[:BULLETS]),
        because=(*standing.because[:1], *(f for r in reasons for f in r.facts)),
        ring=standing.ring,
    )


def _say_what_for(view: View, standing: Standing) -> list[Words]:
    """Say what you would like of them: your ask, else your purpose, in your own words."""
    contact = standing.contact
    for phrase, said in (("how_ask_them", contact.ask), ("why_purpose", contact.purpose)):
        quote = view.quote(said, private=contact.private) if said else ""
        if quote:
            return [Words(phrase, {"ask": quote, "purpose": quote, "other": refer(contact)})]
    return []
