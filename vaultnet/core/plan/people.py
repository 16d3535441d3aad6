"""The touches of the week: who, and each with the step that their ring asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice

from vaultnet.core.calendar import weekday
from vaultnet.core.model import (
    Action,
    Contact,
    Direction,
    Fact,
    Given,
    Interaction,
    Ref,
    Ring,
    Rung,
    Said,
    Section,
    Standing,
    Warmth,
    Words,
)
from vaultnet.core.network import (
    Introducer,
    asked_for_introductions,
    find_introducers,
    may_be_asked,
)
from vaultnet.core.plan.reasons import Reason, find_reasons, find_urgency
from vaultnet.core.plan.view import Candidate, Choice, View, name_kind, refer, told_in
from vaultnet.core.rings import resting_until

GROWTH: frozenset[Ring | None] = frozenset({Ring.COLD, Ring.LUKEWARM})
BULLETS = 3
"""An action has at most so many (contract, 5.1)."""
AGAIN = timedelta(weeks=2)
"""An approach without an answer is tried again after this (contract, 5.2)."""
REST = timedelta(weeks=26)
LONG_AGO = timedelta(days=2 * 365)
QUIET = timedelta(weeks=4)
"""Whoever needs what you can give hears of it before their time, but not weekly."""


def choose_people(view: View, taken: frozenset[str]) -> Choice:
    """Fill the week's budget (contract, 5.2).

    What this week's plan offers already stays; then at least one for growth and one of the inner
    rings where there are any, then whoever has the best reason, then whoever is latest. Those
    `taken` stand elsewhere in the plan and are left out.
    """
    candidates = sorted(find_candidates(view), key=_rank)
    firm = [c for c in candidates if not c.chance]
    spent = view.people_of(view.spent)
    table = _Table(room=view.settings.touches - len(view.spent), barred=set(taken | spent))
    for id_ in view.kept:
        table.seat_first(c for c in candidates if c.action.id == id_)
    rings = {_ring_of(view, path) for path in spent}
    if not any(c.growth for c in table.chosen) and rings.isdisjoint(GROWTH):
        cold_first = _growth_order(view)
        growing = sorted((c for c in firm if c.growth), key=lambda c: cold_first.index(c.growth))
        table.seat_first(growing)
    if all(c.growth for c in table.chosen) and rings <= GROWTH:
        table.seat_first(c for c in firm if c.growth is None)
    table.seat(firm)
    if not any(c.chance for c in table.chosen):
        table.seat_first(c for c in candidates if c.chance)
    chosen = sorted(table.chosen, key=lambda c: (_place(view, c), _rank(c)))
    _move_growth_up(chosen, view.settings.touches)
    left = tuple(c for c in firm if not c.people & table.barred)
    return Choice(tuple(chosen), _once_each(left))


def _move_growth_up(chosen: list[Candidate], touches: int) -> None:
    """Keep the one touch that makes the network larger off the optional last place."""
    if len(chosen) == touches > 1 and chosen[-1].growth and not any(c.growth for c in chosen[:-1]):
        chosen[-2], chosen[-1] = chosen[-1], chosen[-2]


@dataclass(slots=True)
class _Table:
    """The seats of a week: each candidate takes one, and nobody sits twice."""

    room: int
    barred: set[str]
    """Paths of those who stand in the plan already."""
    chosen: list[Candidate] = field(default_factory=list)

    def seat(self, candidates: Iterable[Candidate]) -> None:
        """Seat as many as there is room for, in order."""
        for candidate in candidates:
            if len(self.chosen) < self.room and not candidate.people & self.barred:
                self.chosen.append(candidate)
                self.barred |= candidate.people

    def seat_first(self, candidates: Iterable[Candidate]) -> None:
        """Seat the first who is not seated yet."""
        self.seat(islice((c for c in candidates if not c.people & self.barred), 1))


def _place(view: View, candidate: Candidate) -> int:
    """Where it stood in the plan on disk; what is new comes behind."""
    id_ = candidate.action.id
    return view.kept.index(id_) if id_ in view.kept else len(view.kept)


def _rank(candidate: Candidate) -> tuple[bool, int, float, str]:
    return (
        candidate.chance,
        candidate.urgency,
        -round(candidate.lateness, 3),
        candidate.action.id,
    )


def _once_each(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    seen: set[str] = set()
    first = []
    for candidate in candidates:
        if not candidate.people & seen:
            first.append(candidate)
            seen |= candidate.people
    return tuple(first)


def _growth_order(view: View) -> tuple[Ring, ...]:
    """Cold first; but lukewarm if the last plan had somebody cold and nobody lukewarm (5.2)."""
    last = str(view.week.previous)
    before = [t for t in view.network.evidence.ticks if t.week == last and t.section == "people"]
    had = {_ring_of(view, t.about or t.contact) for t in before}
    if Ring.COLD in had and Ring.LUKEWARM not in had:
        return (Ring.LUKEWARM, Ring.COLD)
    return (Ring.COLD, Ring.LUKEWARM)


def _ring_of(view: View, path: str) -> Ring | None:
    return view.standings[path].ring if path in view.standings else None


def fill_people(view: View, _so_far: tuple[Section, ...]) -> Section:
    """Lay out the touches that count; the last of the budget stands in the next part."""
    actions = tuple(c.action for c in _firm(view))
    taken = len(view.choice.chosen) + len(view.spent & view.staying)
    count = min(taken, max(1, view.settings.touches - 1))
    return Section("people", Words("title_people", {"count": count}), actions)


def fill_energy(view: View, _so_far: tuple[Section, ...]) -> Section:
    """Offer the optional last touch."""
    firm = _firm(view)
    extra = [c for c in view.choice.chosen if c not in firm]
    actions = tuple(replace(c.action, section="energy") for c in extra)
    return Section("energy", Words("title_energy"), actions)


def _firm(view: View) -> tuple[Candidate, ...]:
    """Choose those of the chosen who are not optional: who stood so stays so, the rest by order."""
    chosen = view.choice.chosen
    optional = [c for c in chosen if _stood_in(view, c.action.id) == "energy"]
    room = max(1, view.settings.touches - 1)
    used = sum(1 for id_ in view.spent if _stood_in(view, id_) != "energy")
    firm = [c for c in chosen if c not in optional]
    return tuple(firm[: max(0, room - used)])


def _stood_in(view: View, id_: str) -> str:
    tick = view.ticks_now.get(id_)
    return tick.section if tick else ""


# --- candidates ---------------------------------------------------------------------------


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
    approaches = [a for path, s in open_to if s.ring is Ring.COLD and (a := _approach(view, s))]
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
        step, growth = _reach_out(view, standing, reasons), Ring.LUKEWARM
    else:
        step = (
            _keep_strong(view, standing, reasons)
            if standing.ring is Ring.BUDDY
            else _nurture(view, standing, reasons)
        )
        growth = None
    return Candidate(step, growth, find_urgency(reasons), _lateness(view, standing))


def _quiet_for(view: View, standing: Standing, span: timedelta) -> bool:
    """Whether the last touch lies so far back; what you merely noted down was none."""
    touches = [i.day for i in _until(view, standing.contact.path) if i.kind != "note"]
    return not touches or touches[-1] <= view.monday - span


def _lateness(view: View, standing: Standing) -> float:
    if standing.due is None or not standing.cadence_days:
        return 0.0
    return (view.week.sunday - standing.due).days / standing.cadence_days


# --- steps --------------------------------------------------------------------------------


def _keep_strong(view: View, standing: Standing, reasons: Sequence[Reason]) -> Action:
    by_name = {reason.name: reason for reason in reasons}
    if "news" in by_name:
        return _step(view, standing, "congratulate", "congratulate", reasons)
    if "give" in by_name or "day" in by_name or "ask" in by_name:
        phrase = (
            "write_give" if "give" in by_name else "write_day" if "day" in by_name else "write_ask"
        )
        return _step(view, standing, "write", phrase, reasons)
    if _may_ask_openly(view, standing):
        how = Words("how_forward", {"heading": view.settings.heading})
        return _step(view, standing, "ask", "ask_open", reasons, how)
    shared = _last_shared(view, standing.contact.path)
    if shared is not None:
        phrase = "invite_drink" if shared.kind == "coffee" else "invite_talk"
        return _step(view, standing, "invite", phrase, reasons)
    silent = standing.last_touch is not None and standing.last_touch < view.monday - LONG_AGO
    return _step(view, standing, "write", "write_chance" if silent else "write_buddy", reasons)


def _may_ask_openly(view: View, standing: Standing) -> bool:
    """Whether a buddy may be asked whom they know: after you gave, and with a heading to name."""
    path = standing.contact.path
    if not view.settings.heading or not may_be_asked(view.network, standing, view.today):
        return False
    if standing.rung is None or standing.rung < Rung.WORK or standing.last_exchange is None:
        return False
    asked = asked_for_introductions(view.network, path, view.today)
    gave = [i.day for i in _until(view, path) if i.given is Given.GAVE]
    return bool(gave) and gave[-1] >= view.today - REST and not (asked and asked[-1] >= gave[-1])


def _last_shared(view: View, path: str) -> Interaction | None:
    shared = [
        i for i in _until(view, path) if i.face_to_face and i.kind in {"coffee", "call", "meeting"}
    ]
    return shared[-1] if shared else None


def _nurture(view: View, standing: Standing, reasons: Sequence[Reason]) -> Action:
    names = {reason.name for reason in reasons}
    related = standing.contact.relationships
    for fits, verb, phrase in (
        ("news" in names, "congratulate", "congratulate"),
        ("give" in names, "write", "write_give"),
        ("ask" in names, "write", "write_ask"),
        ("mentee" in related, "write", "write_mentee"),
        ("professional body" in related, "write", "write_body"),
        (_last_shared(view, standing.contact.path) is not None, "invite", "invite_talk"),
    ):
        if fits:
            return _step(view, standing, verb, phrase, reasons)
    return _step(view, standing, "write", "write_ally", reasons)


def _reach_out(view: View, standing: Standing, reasons: Sequence[Reason]) -> Action:
    names = {reason.name for reason in reasons}
    if "news" in names:
        return _step(view, standing, "congratulate", "congratulate", reasons)
    for name in ("give", "day", "ask", "heading", "door", "open"):
        if name in names:
            return _step(view, standing, "write", f"write_{name}", reasons)
    return _step(view, standing, "write", "write_lukewarm", reasons)


def _chance(view: View, standing: Standing) -> Candidate | None:
    """Wake a tie that has slept for three years and more: often the most useful, never an arrear."""
    if standing.rung is None or standing.rung < Rung.WHAT:
        return None
    reasons = find_reasons(view, standing)
    action = _step(view, standing, "write", "write_chance", reasons)
    growth = Ring.LUKEWARM if standing.ring is Ring.LUKEWARM else None
    return Candidate(action, growth, find_urgency(reasons), 0.0, chance=True)


def _step(
    view: View,
    standing: Standing,
    verb: str,
    phrase: str,
    reasons: Sequence[Reason],
    *more: Words,
) -> Action:
    """Put one person's step together: why now, what for them, how; three bullets at most."""
    contact = standing.contact
    said = [words for reason in reasons for words in reason.bullets]
    why = [w for w in said if w.phrase.startswith("why_")][:1]
    last = _how_it_stands(view, standing)
    give = [w for w in said if w.phrase.startswith("for_")] or _in_return(view, contact.path)
    how = [*more, *(w for w in said if w.phrase.startswith("how_"))]
    bullets = [*why, *give, *how]
    if len(bullets) < BULLETS:
        bullets.insert(len(why), last)
    begin = _begin(phrase, reasons)
    if begin and len(bullets) < BULLETS and not how:
        bullets.append(begin)
    facts = [fact for reason in reasons for fact in reason.facts] or list(_due_fact(view, standing))
    return Action(
        id=f"vn-{verb}-{contact.key}",
        section="people",
        verb=verb,
        contact=contact.path,
        words=Words(phrase, {"who": refer(contact), "day": _day_set(view, contact)}),
        bullets=tuple(bullets[:BULLETS]),
        because=(*standing.because[:1], *facts),
        ring=standing.ring,
    )


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
    exchanges = [i for i in _until(view, path) if i.exchange]
    values: dict[str, Said] = {
        "knows": _knows(view, standing),
        "relationship": _relationship(standing),
        "when": view.when(standing.last_touch) if standing.last_touch else "",
    }
    if not exchanges:
        return Words("stands_quiet", values)
    last = exchanges[-1]
    values |= {"kind": name_kind(last), "when": view.when(last.day), "source": told_in(last)}
    return Words("stands_last", values)


def _knows(view: View, standing: Standing) -> str:
    """Say what they know of you, where the notes tell it and do not merely imply it."""
    proofs = [i.proves for i in _until(view, standing.contact.path) if i.proves is not None]
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


def _in_return(view: View, path: str) -> list[Words]:
    """Say what they last did for you, if you have done nothing for them since."""
    gifts = [i for i in _until(view, path) if i.given]
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


def _until(view: View, path: str) -> Iterator[Interaction]:
    return (i for i in view.network.with_contact(path) if i.day <= view.today)


# --- the approach of a cold contact -------------------------------------------------------


@dataclass(frozen=True, slots=True)
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
        for i in _until(view, path)
        if i.direction is Direction.OUT and i.kind in {"message", "ask"}
    }
    asks = [
        t
        for t in view.network.evidence.ticks
        if t.verb == "ask" and t.about == path and t.state == "done" and t.day
    ]
    tries |= {t.day for t in asks if t.day and t.day <= view.today}
    return Approach(tuple(sorted(tries)), frozenset(t.contact for t in asks))


def _approach(view: View, standing: Standing) -> Candidate | None:
    """Through whoever could introduce you best, else directly (contract, 5.2)."""
    contact = standing.contact
    wanted = contact.want_to_meet or contact.purpose or contact.ask or contact.they_know is not None
    state = read_approach(view, contact.path)
    if not wanted or not state.ready(view.monday):
        return None
    reasons = find_reasons(view, standing)
    introducers = [
        i
        for i in find_introducers(view.network, view.standings, contact.path, view.today)
        if i.contact.path not in state.asked and view.open_to(i.contact.path)
    ]
    if introducers:
        action = _ask_for_introduction(view, standing, introducers[0])
    else:
        action = _write_first(view, standing, state)
    way_in = introducers[0].score if introducers else 0.0
    return Candidate(action, Ring.COLD, find_urgency(reasons), way_in)


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
                "knows": _knows(view, view.standings[through.path]),
            },
        ),
        *_purpose(view, standing),
        *_in_return(view, through.path),
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


def _write_first(view: View, standing: Standing, state: Approach) -> Action:
    contact = standing.contact
    bullets: list[Words] = []
    if state.tries:
        bullets.append(Words("why_again", {"when": view.when(state.tries[-1])}))
    else:
        bullets.append(Words("why_direct", {"tied": int(contact.path in view.network.ties)}))
    bullets += _purpose(view, standing)
    reasons = find_reasons(view, standing)
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


def _purpose(view: View, standing: Standing) -> list[Words]:
    """Say what you would like of them: your ask, else your purpose, in your own words."""
    contact = standing.contact
    for phrase, said in (("how_ask_them", contact.ask), ("why_purpose", contact.purpose)):
        quote = view.quote(said, private=contact.private) if said else ""
        if quote:
            return [Words(phrase, {"ask": quote, "purpose": quote, "other": refer(contact)})]
    return []
