"""What every section looks at: the week, the standings, and what was chosen before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from vaultnet.core.calendar import WEEK_DAYS, Week, ago, days_after
from vaultnet.core.frozen import frozen, replace
from vaultnet.core.model import (
    Contact,
    Direction,
    Fact,
    Interaction,
    Move,
    Network,
    Problem,
    Promise,
    Ref,
    Ring,
    Settings,
    Standing,
    Status,
    Tick,
)
from vaultnet.core.pattern import lazy_pattern
from vaultnet.core.plan.prospects import NOTHING, Candidate, Prospects
from vaultnet.core.text import confidential, short

T = TypeVar("T")

_SPOKEN = lazy_pattern(r"[\"“„«]([^\"“”„«»]{8,})[\"”“»]")
_NAMED = lazy_pattern(
    r"^\W*(?:(?:some|good|his|her|their) )?(?:advice|feedback|help|tip)s?\b[^:;,]{0,30}[:;,–-]\s*",
    re.IGNORECASE,
)
RECENT = timedelta(weeks=10)
"""No part of a plan asks of somebody for what happened longer ago, but that they are due."""
QUOTE_LENGTH = 90
"""Characters of a note that a plan may quote at once."""


@frozen
class Choice:
    """Who was chosen, and who had to wait."""

    chosen: tuple[Candidate, ...] = ()
    waiting: tuple[Candidate, ...] = ()


@frozen(eq=False, slots=False)
class View:
    """One week, seen from one day."""

    week: Week
    today: date
    """The day of the evaluation, never after the week's Sunday."""
    network: Network
    standings: Mapping[str, Standing]
    settings: Settings
    moves: tuple[Move, ...] = ()
    """Since the last day of the week before."""
    kept: tuple[str, ...] = ()
    """Ids of the actions that this week's plan on disk offers or has offered, in its order."""
    standing_ids: frozenset[str] = frozenset()
    """Those of them that still stand there: the others were deleted by the user."""
    untouched: frozenset[str] = frozenset()
    """Those that stand there just as vaultnet wrote them: they go when their reason goes."""
    problems: tuple[Problem, ...] = ()
    owed: frozenset[str] = frozenset()
    """Ids of the debts that are open still, whatever else happened with those people."""
    choice: Choice = Choice()
    """Whom the week's budget goes to; made once, before the parts that need it."""
    giving: tuple[str, ...] | None = None
    """Paths of those who know you and whose notes say what they can give, in order, while what the
    week can bring is still being found."""
    prospects: Prospects | None = None
    """What the week can bring with everybody; None: nobody has looked."""

    def seeing(self, **changes: object) -> View:
        """Give the same view with a choice that was made since; what was found out stays known."""
        seen = replace(self, **changes)
        seen.__dict__.update((key, self.__dict__[key]) for key in _LASTING if key in self.__dict__)
        return seen

    @property
    def ahead(self) -> Prospects:
        """What the week can bring with everybody, once somebody has looked."""
        return self.prospects or NOTHING

    @cached_property
    def monday(self) -> date:
        """The day from which everything relative is reckoned."""
        return self.week.monday

    @cached_property
    def sunday(self) -> date:
        """The week's last day."""
        return self.week.sunday

    @cached_property
    def birthdays(self) -> Mapping[tuple[int, int], date]:
        """The week's days by month and day of the birthdays that are kept on them."""
        days = [days_after(self.monday, n) for n in range(WEEK_DAYS)]
        found = {(day.month, day.day): day for day in days}
        last = found.get((2, 28))
        if last and days_after(last, 1).month == 3:
            found[2, 29] = last  # kept on the 28th where the year has no 29th
        return found

    @cached_property
    def recent(self) -> date:
        """The first day of what is recent enough to be news, to be answered, or to be thanked for."""
        return days_after(min(self.monday, self.today), -RECENT.days)

    def when(self, day: date) -> str:
        """Say how long ago a day was, seen from the plan's Monday."""
        return ago(day, self.monday)

    def contact(self, path: str) -> Contact:
        """Give the contact of a path."""
        return self.network.contacts[path]

    def open_to(self, path: str) -> bool:
        """Whether the plan may turn to this person at all this week (5.2: the user is obeyed)."""
        standing = self.standings[path]
        contact = standing.contact
        if standing.ring is Ring.ASIDE or contact.status is Status.PAUSED or path in self._put_off:
            return False
        return contact.not_before is None or contact.not_before <= self.sunday

    @cached_property
    def _put_off(self) -> frozenset[str]:
        """Those whom a mark `[>]` leaves alone for four weeks from that plan's Monday."""
        later = [
            tick
            for tick in self.network.evidence.ticks
            if tick.state == "later" and parse_monday(tick) + timedelta(weeks=4) > self.monday
        ]
        return frozenset(path for tick in later for path in (tick.contact, tick.about) if path)

    @cached_property
    def ticks_now(self) -> Mapping[str, Tick]:
        """The actions of this week's plan on disk, by id."""
        week = str(self.week)
        return {tick.id: tick for tick in self.network.evidence.ticks if tick.week == week}

    @cached_property
    def done_elsewhere(self) -> Mapping[str, Interaction]:
        """Actions of this week's plan of which another note tells that they are done (5.4).

        Thanks are done by thanks, an answer by any touch of yours, everything else by any touch.
        """
        found = {}
        settling: dict[tuple[str, str, str], Interaction | None] = {}
        for id_, tick in self.ticks_now.items():
            if tick.verb not in TOUCHES | DEBTS or id_ not in self.standing_ids or id_ in self.owed:
                continue
            asked = (tick.contact, tick.verb, tick.source)
            if asked not in settling:
                settling[asked] = self._find_settling(*asked)
            told = settling[asked]
            if told is not None:
                found[id_] = told
        return found

    def _find_settling(self, contact: str, verb: str, plan: str) -> Interaction | None:
        """Find what settles an action, told in another note than the plan."""
        return next(
            (
                i
                for i in self.network.with_contact(contact)
                if self.monday <= i.day <= self.today
                and not i.action
                and i.source != plan
                and _settles(verb, i)
            ),
            None,
        )

    @cached_property
    def spent(self) -> frozenset[str]:
        """Ids of the week's touches that are used up: done, marked by the user, or deleted."""
        used = set()
        for id_ in self.kept:
            if id_.split("-", 2)[1] not in TOUCHES:
                continue
            tick = self.ticks_now.get(id_)
            if (
                id_ not in self.standing_ids
                or (tick and tick.state != "open" and id_ not in self.untouched)
                or id_ in self.done_elsewhere
            ):
                used.add(id_)
        return frozenset(used)

    @cached_property
    def staying(self) -> frozenset[str]:
        """Ids that stand in this week's plan whatever becomes of their reasons."""
        return self.standing_ids - self.untouched | self.done_elsewhere.keys()

    def people_of(self, ids: frozenset[str]) -> frozenset[str]:
        """Find the paths of all whom these actions of this week concern."""
        found = {
            self.network.by_key.get(id_.split("-", 2)[2], "") for id_ in ids if id_.count("-") > 1
        }
        for id_ in ids & self.ticks_now.keys():
            found |= {self.ticks_now[id_].contact, self.ticks_now[id_].about}
        return frozenset(found - {""})

    @cached_property
    def met_this_week(self) -> frozenset[str]:
        """Those whom you will meet this week anyway."""
        coming = self.network.evidence.appointments
        return frozenset(a.contact for a in coming if self.week.holds(a.day))

    @cached_property
    def placed_this_week(self) -> frozenset[str]:
        """Those about whom this week's question was answered: their turn comes next week."""
        answers = self.network.evidence.answers
        return frozenset(a.contact for a in answers if self.week.holds(a.day))

    @cached_property
    def promises(self) -> Mapping[str, tuple[Promise, ...]]:
        """What you promised, by contact."""
        return _by(lambda promise: promise.contact, self.network.evidence.promises)

    @cached_property
    def answered(self) -> frozenset[str]:
        """Those about whom a question was answered, in whatever week."""
        return frozenset(answer.contact for answer in self.network.evidence.answers)

    @cached_property
    def givers(self) -> tuple[Contact, ...]:
        """Contacts who know you and whose notes say what they can give."""
        giving = sorted(self.ahead.gives) if self.giving is None else self.giving
        return tuple(self.contact(path) for path in giving)

    def touched_this_week(self, path: str) -> bool:
        """Whether a touch with this contact already lies in the plan's week."""
        last = self.standings[path].last_touch
        if last is None or last < self.monday:
            return False
        return any(
            self.monday <= i.day <= self.today and i.kind != "note"
            for i in self.network.with_contact(path)
        )

    def quote(self, text: str, *, private: bool) -> str:
        """Quote a text shortly; empty where nothing may be quoted."""
        if private or not self.settings.quote or confidential(text):
            return ""
        return short(text.replace('"', "'"), QUOTE_LENGTH).rstrip(".")

    def quote_advice(self, told: Interaction) -> str:
        """Quote what somebody advised, without the word that says so; empty for other kinds."""
        if told.kind != "received":
            return ""
        spoken = _SPOKEN.search(told.text)
        said = spoken[1] if spoken else _NAMED.sub("", told.text, count=1)
        return self.quote(said, private=told.private)

    @cached_property
    def ticks_before(self) -> tuple[Tick, ...]:
        """The actions of earlier weeks' plans."""
        week = str(self.week)
        return tuple(t for t in self.network.evidence.ticks if t.week < week)

    @cached_property
    def ticks_before_with(self) -> Mapping[str, tuple[Tick, ...]]:
        """The actions of earlier weeks' plans, by contact."""
        return _by(lambda tick: tick.contact, self.ticks_before)

    @cached_property
    def ticks_about(self) -> Mapping[str, tuple[Tick, ...]]:
        """The actions of all plans by the second contact that they are about."""
        return _by(lambda tick: tick.about, self.network.evidence.ticks)


_LASTING = (
    *(
        "monday",
        "sunday",
        "birthdays",
        "recent",
        "_put_off",
        "ticks_now",
        "ticks_before",
        "ticks_before_with",
    ),
    *("ticks_about", "met_this_week", "placed_this_week", "answered", "promises", "givers"),
)
"""What hangs on no choice."""

TOUCHES = frozenset(["write", "ask", "invite", "congratulate", "send"])
"""Verbs that take a place of the week's budget."""
DEBTS = frozenset(["answer", "thank", "tell"])
"""Verbs of *First*."""


def _settles(verb: str, told: Interaction) -> bool:
    if verb == "thank":
        return told.kind == "thanks"
    if verb == "answer":
        return told.direction is not Direction.IN
    return told.kind != "note"


def _by(key: Callable[[T], str], told: Iterable[T]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for one in told:
        found.setdefault(key(one), []).append(one)
    return {path: tuple(of_one) for path, of_one in found.items()}


def parse_monday(tick: Tick) -> date:
    """Find the Monday of the plan in which an action stands."""
    year, number = tick.week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def refer(contact: Contact) -> Ref:
    """Link a contact by the name that is shown."""
    return Ref(contact.path, contact.shown)


def told_in(interaction: Interaction) -> Ref:
    """Link the note in which an interaction was read."""
    return Ref(interaction.source)


def fact_of(interaction: Interaction, view: View) -> Fact:
    """Name an interaction without quoting it."""
    return Fact(
        f"{name_kind(interaction)} {view.when(interaction.day)}",
        interaction.source,
        interaction.line,
    )


_NAMES = {
    "saw-my-work": "they saw your work",
    "met": "you met",
    "gave": "you gave",
    "received": "they helped you",
    "endorsement": "they spoke up for you",
    "work": "work together",
    "ask": "you asked",
    "note": "a note",
    "reply": "their answer",
    "thanks": "your thanks",
    "congratulations": "your congratulations",
}


def name_kind(interaction: Interaction) -> str:
    """Name a kind as one says it: `coffee`, `a message of theirs`."""
    if interaction.kind == "message":
        return "their message" if interaction.exchange else "your message"
    return _NAMES.get(interaction.kind, interaction.kind)
