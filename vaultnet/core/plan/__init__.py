"""Standings and a week become a plan: one file per section."""

from __future__ import annotations

from collections.abc import Callable

from vaultnet.core.model import Plan, Ref, Ring, Section, Severity, Words
from vaultnet.core.plan.agenda import fill_agenda
from vaultnet.core.plan.first import fill_first
from vaultnet.core.plan.outlook import look_again, look_ahead
from vaultnet.core.plan.overview import (
    asked_per_week,
    count_rings,
    fill_network,
    fill_not_this_week,
)
from vaultnet.core.plan.people import choose_people, fill_energy, fill_people
from vaultnet.core.plan.prospects import Prospects
from vaultnet.core.plan.question import fill_question, fill_second_question
from vaultnet.core.plan.seen import fill_seen
from vaultnet.core.plan.view import DEBTS, Choice, View
from vaultnet.core.plan.waiting import fill_waiting

__all__ = ["SECTIONS", "Choice", "Prospects", "View", "look_again", "look_ahead", "make_plan"]

SECTIONS: tuple[Callable[[View, tuple[Section, ...]], Section], ...] = (
    fill_people,
    fill_energy,
    fill_seen,
    fill_waiting,
    fill_agenda,
    fill_question,
    fill_second_question,
    fill_not_this_week,
    fill_network,
)
"""The parts after *First*, in the order in which they stand; each sees those before it."""


def make_plan(view: View) -> Plan:
    """Make the plan of a week (contract, 5.1 to 5.3); empty parts are left out."""
    if view.prospects is None:
        view = look_ahead(view)
    sections: tuple[Section, ...] = (fill_first(view, ()),)
    view = view.seeing(owed=frozenset(a.id for a in sections[0].actions))
    owed = frozenset(a.contact for a in sections[0].actions)
    owed |= view.people_of(frozenset(id_ for id_ in view.staying if _is_debt(id_)))
    chosen = view.seeing(choice=choose_people(view, owed))
    for fill in SECTIONS:
        sections = (*sections, fill(chosen, sections))
    lead = Words(
        "lead",
        {
            "count": _value(sections[1], "count"),
            "owed": _value(sections[0], "count"),
            "minutes": _value(sections[0], "minutes") + 10 * _value(sections[1], "count"),
            "heading": view.settings.heading,
            "contacts": len(view.ahead.ring),
            "placed": sum(n for ring, n in view.ahead.rings.items() if ring < Ring.UNPLACED),
        },
    )
    return Plan(
        week=str(view.week),
        sections=tuple(s for s in sections if s.actions or s.notes),
        lead=lead,
        budget=view.settings.touches,
        asked_per_week=asked_per_week(view),
        rings=count_rings(view),
        done={id_: (told.day, Ref(told.source)) for id_, told in chosen.done_elsewhere.items()},
        not_this_week=tuple(c.whom for c in chosen.choice.waiting),
        problems=sum(1 for p in view.problems if p.severity is not Severity.HINT),
    )


def _value(section: Section, name: str) -> int:
    value = section.title.values[name] if section.title else 0
    return value if isinstance(value, int) else 0


def _is_debt(id_: str) -> bool:
    return id_.split("-", 2)[1] in {*DEBTS, "promise"} if id_.count("-") > 1 else False
