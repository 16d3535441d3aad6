"""What is owed: promises, answers, thanks, and word of how things turned out."""

from __future__ import annotations

from datetime import date, timedelta

from vaultnet.core.calendar import weekday
from vaultnet.core.frozen import frozen, replace
from vaultnet.core.model import (
    Action,
    Direction,
    Fact,
    Given,
    Interaction,
    Promise,
    Ref,
    Ring,
    Said,
    Section,
    Words,
)
from vaultnet.core.network import THANKS_DAYS, in_a_crowd, owed_thanks
from vaultnet.core.plan.prospects import Debt
from vaultnet.core.plan.steps import until_now
from vaultnet.core.plan.view import DEBTS, View, fact_of, parse_monday, refer, told_in

SHOWN = 5
"""At most so many stand here; the rest is counted."""
ANSWER_WEEKS = 3
OUTCOME_WEEKS = (4, 8)
"""From when to when an outcome is worth telling."""
TALKED_SINCE = timedelta(days=7)
"""Whom you met face to face later than this after the advice, you have probably told."""


def fill_first(view: View, _so_far: tuple[Section, ...]) -> Section:
    """Collect what is owed, one line a contact, oldest debts first (contract, 5.1 and 5.2)."""
    owed = list(view.ahead.debt.values())
    owed.sort(key=lambda d: (d.id not in view.kept, d.due or date.max, d.rank, d.since, d.id))
    shown = [_pay(view, debt) for debt in owed[:SHOWN]]
    waiting = owed[SHOWN:]
    names = tuple(refer(view.contact(debt.contact)) for debt in waiting[:SHOWN])
    values: dict[str, Said] = {
        "count": len(waiting),
        "who": names,
        "more": len(waiting) - len(names),
    }
    more = (Words("first_more", values),) if waiting else ()
    standing = {action.id for action in shown}
    done = [id_ for id_ in view.staying if id_.split("-", 2)[1] in DEBTS and id_ not in standing]
    minutes = sum(action.minutes for action in shown) + 5 * len(done)
    return Section(
        "first",
        Words("title_first", {"minutes": minutes, "count": len(shown) + len(done)}),
        tuple(shown),
        more,
    )


def foresee_debt(view: View, path: str) -> Debt | None:
    """Say where what is owed to a contact would stand in *First*; None: nothing is."""
    owed = _find_debt(view, path)
    if owed is None:
        return None
    rank = _URGENCY.index(owed.action.verb)
    return Debt(owed.action.id, path, owed.due, rank, owed.since)


def _pay(view: View, debt: Debt) -> Action:
    """Say what is owed."""
    owed = _find_debt(view, debt.contact)
    if owed is None:
        raise LookupError(debt.id)
    return owed.action


def _find_debt(view: View, path: str) -> _Owed | None:
    debt = _owed_to(view, path) if view.open_to(path) else None
    promises = _list_promises(view, path)
    if debt is not None and promises:
        return _with_promise(view, debt, promises[0])
    return _keep_promise(view, promises) if promises else debt


_URGENCY = ("answer", "thank", "tell", "promise")


@frozen
class _Owed:
    """A line of *First*, and what decides where it stands: see `Debt`."""

    action: Action
    due: date | None = None
    since: int = 0


def _owed_to(view: View, path: str) -> _Owed | None:
    for find in (_answer, _thanks, _outcome):
        owed = find(view, path)
        if owed is not None and not _is_dropped(view, owed):
            return owed
    return None


def _is_dropped(view: View, owed: _Owed) -> bool:
    """Whether the user marked this very debt `[-]` in an earlier plan: then it is settled."""
    return any(
        tick.state == "dropped"
        and tick.verb == owed.action.verb
        and parse_monday(tick) + timedelta(days=6) >= view.monday - timedelta(days=owed.since)
        for tick in view.ticks_before_with.get(owed.action.contact, ())
    )


def _owe(
    view: View, path: str, verb: str, told: Interaction, *bullets: Words, because: str
) -> _Owed:
    contact = view.contact(path)
    action = Action(
        id=f"vn-{verb}-{contact.key}",
        section="first",
        verb=verb,
        contact=path,
        words=Words(f"first_{verb}", {"who": refer(contact)}),
        bullets=bullets,
        because=(Fact(because, told.source, told.line), fact_of(told, view)),
        minutes=5,
        ring=view.standings[path].ring,
    )
    return _Owed(action, since=(view.monday - told.day).days)


def _answer(view: View, path: str) -> _Owed | None:
    """They wrote last, within three weeks, and you have not turned to them since."""
    asked = None
    for i in view.network.with_contact(path):
        if i.day > view.today:
            break
        if i.direction is not Direction.IN:
            asked = None
        elif i.kind in {"message", "reply"}:
            asked = i
    if asked is None or asked.day <= view.monday - timedelta(weeks=ANSWER_WEEKS):
        return None
    if any(i.day == asked.day and i.direction is not Direction.IN for i in until_now(view, path)):
        return None
    told = Words("because_wrote", {"when": view.when(asked.day), "source": told_in(asked)})
    return _owe(view, path, "answer", asked, told, because="they wrote last")


def _thanks(view: View, path: str) -> _Owed | None:
    owed = owed_thanks(view.network, path, view.today) or _first_talk(view, path)
    if owed is None:
        return None
    phrase = {
        "introduction": "because_introduced",
        "endorsement": "because_endorsed",
        "received": "because_helped",
    }.get(owed.kind, "because_first_talk")
    quote = view.quote_advice(owed)
    told = Words(
        phrase,
        {"when": view.when(owed.day), "source": told_in(owed), "quote": quote, "kind": owed.kind},
    )
    return _owe(view, path, "thank", owed, told, because="thanks are owed")


_THANKED = timedelta(days=THANKS_DAYS)


def _first_talk(view: View, path: str) -> Interaction | None:
    """Find a first one-to-one with someone outside the two inner rings, not yet thanked for."""
    standing = view.standings[path]
    contact = standing.contact
    if standing.ring <= Ring.STRATEGIC or contact.relationships or contact.last_contact:
        return None
    first = next(iter(view.network.with_contact(path)), None)
    if first is None or not view.today - _THANKED <= first.day <= view.today:
        return None
    if first.kind not in {"call", "coffee", "meeting"} or first.others or contact.birthday:
        return None
    known = first.day - _THANKED
    if any(m.day and m.day < known for m in view.network.mentions.get(path, ())):
        return None
    if (contact.met and contact.met < first.day) or any(
        i.kind == "thanks" and i.day >= first.day for i in until_now(view, path)
    ):
        return None
    return first


def _outcome(view: View, path: str) -> _Owed | None:
    """Four weeks after advice, an introduction or an endorsement, once."""
    told = None
    for i in view.network.with_contact(path):
        if i.given is Given.RECEIVED and _is_outcome_due(view, i):
            told = i
    if told is None:
        return None
    since = told.day + TALKED_SINCE
    if any(i.day > since and i.face_to_face for i in until_now(view, path)):
        return None
    if any(
        t.verb == "tell" and parse_monday(t) > told.day
        for t in view.ticks_before_with.get(path, ())
    ):
        return None
    values: dict[str, Said] = {
        "when": view.when(told.day),
        "source": told_in(told),
        "quote": view.quote_advice(told),
    }
    phrase = {"introduction": "outcome_introduced", "endorsement": "outcome_endorsed"}.get(
        told.kind, "outcome_helped"
    )
    return _owe(view, path, "tell", told, Words(phrase, values), because="an outcome to tell")


def _is_outcome_due(view: View, told: Interaction) -> bool:
    earliest, latest = (view.monday - timedelta(weeks=n) for n in reversed(OUTCOME_WEEKS))
    due = earliest < told.day <= min(latest + timedelta(days=6), view.today)
    return due and not in_a_crowd(view.network, told)


# --- promises -----------------------------------------------------------------------------


def _list_promises(view: View, path: str) -> list[Promise]:
    """List what you promised a contact by the end of the week, the most pressing first."""
    promises = [
        promise
        for promise in view.promises.get(path, ())
        if promise.due is None or promise.due <= view.sunday
    ]
    if not promises or view.standings[path].ring is Ring.ASIDE:
        return []
    promises.sort(key=lambda p: (p.due or date.max, p.made or date.max, p.source, p.line))
    return promises


def _keep_promise(view: View, promises: list[Promise]) -> _Owed:
    contact = view.contact(promises[0].contact)
    first = promises[0]
    bullets = [_also(view, promise) for promise in promises[1:3] if promise.text != first.text]
    action = Action(
        id=f"vn-promise-{contact.key}",
        section="first",
        verb="promise",
        contact=contact.path,
        words=Words(
            "first_promise",
            {
                "who": refer(contact),
                "quote": view.quote(first.text, private=first.private or contact.private),
                "due": _due(view, first),
                "source": Ref(first.source),
            },
        ),
        bullets=tuple(bullets),
        because=(Fact("you promised", first.source, first.line),),
        minutes=5,
        boxed=False,
        ring=view.standings[contact.path].ring,
    )
    made = (view.monday - first.made).days if first.made else 999
    return _Owed(action, first.due, made)


def _with_promise(view: View, owed: _Owed, promise: Promise) -> _Owed:
    action = replace(
        owed.action,
        bullets=(*owed.action.bullets, _also(view, promise)),
        because=(*owed.action.because, Fact("you promised", promise.source, promise.line)),
        minutes=owed.action.minutes + 5,
    )
    return replace(owed, action=action, due=promise.due)


def _also(view: View, promise: Promise) -> Words:
    private = promise.private or view.contact(promise.contact).private
    return Words(
        "because_promised",
        {
            "quote": view.quote(promise.text, private=private),
            "source": Ref(promise.source),
            "due": _due(view, promise),
        },
    )


def _due(view: View, promise: Promise) -> str:
    """Say by when, in this week by its weekday alone."""
    if promise.due is None:
        return ""
    return weekday(promise.due) if promise.due >= view.monday else view.when(promise.due)
