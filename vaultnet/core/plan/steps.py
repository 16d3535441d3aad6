"""One person's step, as their ring asks for it: why now, what for them, how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import NamedTuple

from vaultnet.core.calendar import weekday
from vaultnet.core.model import (
    Action,
    Contact,
    Fact,
    Given,
    Interaction,
    Ring,
    Rung,
    Said,
    Standing,
    Words,
)
from vaultnet.core.network import asked_for_introductions, may_be_asked
from vaultnet.core.plan.prospects import Candidate
from vaultnet.core.plan.reasons import Reason
from vaultnet.core.plan.view import View, name_kind, refer, told_in

BULLETS = 3
"""An action has at most so many (contract, 5.1)."""
REST = timedelta(weeks=26)
"""So long somebody is left alone who did not answer, or who was asked for an introduction."""
LONG_AGO = timedelta(days=2 * 365)


class Step(NamedTuple):
    """What to do for somebody: its verb, and the phrase that says it."""

    verb: str
    phrase: str
    more: tuple[Words, ...] = ()


class Touch(NamedTuple):
    """What somebody could hear of you this week: how it ranks, and how it is said."""

    candidate: Candidate
    say: Callable[[], Action]


def choose_step(view: View, standing: Standing, reasons: Sequence[Reason]) -> Step:
    """Choose the step for which somebody's ring and the reasons speak."""
    names = {reason.name for reason in reasons}
    if "news" in names:
        return Step("congratulate", "congratulate")
    if standing.ring is Ring.BUDDY:
        return _keep_strong(view, standing, names)
    if standing.ring is Ring.STRATEGIC:
        return _nurture(view, standing, names)
    return _reach_out(names)


def _keep_strong(view: View, standing: Standing, names: AbstractSet[str]) -> Step:
    """Help a buddy first, ask now and then whom they know, else seek their company."""
    for name in ("give", "day", "ask"):
        if name in names:
            return Step("write", f"write_{name}")
    if _may_ask_openly(view, standing):
        how = Words("how_forward", {"heading": view.settings.heading})
        return Step("ask", "ask_open", (how,))
    shared = _last_shared(view, standing.contact.path)
    if shared is not None:
        return Step("invite", "invite_drink" if shared.kind == "coffee" else "invite_talk")
    silent = standing.last_touch is not None and standing.last_touch < view.monday - LONG_AGO
    return Step("write", "write_chance" if silent else "write_buddy")


def _may_ask_openly(view: View, standing: Standing) -> bool:
    """Whether a buddy may be asked whom they know: after you gave, and with a heading to name."""
    path = standing.contact.path
    if not view.settings.heading or standing.last_exchange is None:
        return False
    if standing.rung is None or standing.rung < Rung.WORK:
        return False
    gave = [i.day for i in until_now(view, path) if i.given is Given.GAVE]
    if not gave or gave[-1] < view.today - REST:
        return False
    asked = asked_for_introductions(view.network, path, view.today)
    answered = not (asked and asked[-1] >= gave[-1])
    return answered and may_be_asked(view.network, standing, view.today)


def _last_shared(view: View, path: str) -> Interaction | None:
    for i in reversed(view.network.with_contact(path)):
        if i.face_to_face and i.day <= view.today and i.kind in {"coffee", "call", "meeting"}:
            return i
    return None


def _nurture(view: View, standing: Standing, names: AbstractSet[str]) -> Step:
    """Give an ally gratitude, reciprocity, time together."""
    related = standing.contact.relationships
    for fits, phrase in (
        ("give" in names, "write_give"),
        ("ask" in names, "write_ask"),
        ("mentee" in related, "write_mentee"),
        ("professional body" in related, "write_body"),
    ):
        if fits:
            return Step("write", phrase)
    if _last_shared(view, standing.contact.path) is not None:
        return Step("invite", "invite_talk")
    return Step("write", "write_ally")


def _reach_out(names: AbstractSet[str]) -> Step:
    """Turn to somebody lukewarm by the best of the reasons."""
    for name in ("give", "day", "ask", "heading", "door", "open"):
        if name in names:
            return Step("write", f"write_{name}")
    return Step("write", "write_lukewarm")


def take_step(view: View, standing: Standing, step: Step, reasons: Sequence[Reason]) -> Action:
    """Put one person's step together: why now, what for them, how; three bullets at most."""
    verb, phrase, more = step
    contact = standing.contact
    said = [words for reason in reasons for words in reason.bullets]
    why = [w for w in said if w.phrase.startswith("why_")][:1]
    last = _how_it_stands(view, standing)
    give = [w for w in said if w.phrase.startswith("for_")] or say_what_they_gave(
        view, contact.path
    )
    how = [*more, *(w for w in said if w.phrase.startswith("how_"))]
    bullets = [*why, *give, *how]
    if len(bullets) < BULLETS:
        bullets.insert(len(why), last)
    begin = _begin(phrase, reasons)
    if begin and len(bullets) < BULLETS and not how:
        bullets.append(begin)
    facts = [fact for reason in reasons for fact in reason.facts] or list(_due_fact(view, standing))
    return Action(
        id=name_step(contact, step),
        section="people",
        verb=verb,
        contact=contact.path,
        words=Words(phrase, {"who": refer(contact), "day": _day_set(view, contact)}),
        bullets=tuple(bullets[:BULLETS]),
        because=(*standing.because[:1], *facts),
        ring=standing.ring,
    )


def name_step(contact: Contact, step: Step) -> str:
    """Name a step by the id of its action."""
    return f"vn-{step.verb}-{contact.key}"


def _day_set(view: View, contact: Contact) -> str:
    """Name the day of this week on which the user wants to be reminded; empty: it has passed."""
    day = contact.not_before
    return weekday(day) if day is not None and view.week.holds(day) else ""


def _due_fact(view: View, standing: Standing) -> Iterator[Fact]:
    if standing.last_touch is not None:
        yield Fact(f"last touch {view.when(standing.last_touch)}")


def _how_it_stands(view: View, standing: Standing) -> Words:
    """Name the last thing the two of you did, or what they know of you; never how late it is."""
    path = standing.contact.path
    exchanges = [i for i in until_now(view, path) if i.exchange]
    values: dict[str, Said] = {
        "knows": say_what_they_know(view, standing),
        "relationship": _relationship(standing),
        "when": view.when(standing.last_touch) if standing.last_touch else "",
    }
    if not exchanges:
        return Words("stands_quiet", values)
    last = exchanges[-1]
    values |= {"kind": name_kind(last), "when": view.when(last.day), "source": told_in(last)}
    return Words("stands_last", values)


def say_what_they_know(view: View, standing: Standing) -> str:
    """Say what they know of you, where the notes tell it and do not merely imply it."""
    proofs = [i.proves for i in until_now(view, standing.contact.path) if i.proves is not None]
    told = max([*proofs, standing.contact.they_know or Rung.NOTHING], default=Rung.NOTHING)
    if standing.rung is None or told < standing.rung:
        return ""
    return {
        Rung.WHAT: "knows what you do",
        Rung.WORK: "knows your work",
        Rung.RECOMMEND: "would recommend you",
    }.get(standing.rung or Rung.NOTHING, "")


def _relationship(standing: Standing) -> str:
    """Name the relationship, but nothing from a private note."""
    contact = standing.contact
    return "" if contact.private else next(iter(contact.relationships), "")


def say_what_they_gave(view: View, path: str) -> list[Words]:
    """Say what they last did for you, if you have done nothing for them since."""
    gifts = [i for i in until_now(view, path) if i.given]
    if not gifts or gifts[-1].given is not Given.RECEIVED:
        return []
    last = gifts[-1]
    if last.day < view.today - timedelta(days=2 * 365):
        return []
    return [
        Words(
            "for_return", {"when": view.when(last.day), "source": told_in(last), "kind": last.kind}
        )
    ]


def _begin(phrase: str, reasons: Sequence[Reason]) -> Words | None:
    """Offer a first sentence to start from, where the step leaves one wanting."""
    names = {reason.name for reason in reasons}
    if "news" in names:
        return Words("begin_news")
    if phrase == "write_heading":
        return Words("begin_heading")
    if phrase == "write_chance":
        return Words("begin_chance")
    return None


def until_now(view: View, path: str) -> Iterator[Interaction]:
    """Give what happened with a contact up to the day of the view, oldest first."""
    return (i for i in view.network.with_contact(path) if i.day <= view.today)
