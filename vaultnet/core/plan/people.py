"""The touches of the week: who gets one of its few places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from vaultnet.core.frozen import filled, fresh, replace
from vaultnet.core.model import Ring, Section, Words
from vaultnet.core.plan.candidates import find_candidates, take_touch
from vaultnet.core.plan.prospects import Candidate
from vaultnet.core.plan.view import Choice, View

GROWTH: frozenset[Ring | None] = frozenset({Ring.COLD, Ring.LUKEWARM})


def choose_people(view: View, taken: frozenset[str]) -> Choice:
    """Fill the week's budget (contract, 5.2).

    What this week's plan offers already stays; then at least one for growth and one of the inner
    rings where there are any, then whoever has the best reason, then whoever is latest. Those
    `taken` stand elsewhere in the plan and are left out.
    """
    candidates = list(find_candidates(view))
    firm = [c for c in candidates if not c.chance]
    spent = view.people_of(view.spent)
    table = _Table(room=view.settings.touches - len(view.spent), barred=set(taken | spent))
    kept = [candidate for candidate in candidates if candidate.id in view.kept]
    for id_ in view.kept:
        table.seat_first(candidate for candidate in kept if candidate.id == id_)
    rings = {_ring_of(view, path) for path in spent}
    if not any(c.growth for c in table.chosen) and rings.isdisjoint(GROWTH):
        table.seat_first(c for ring in _growth_order(view) for c in firm if c.growth is ring)
    if all(c.growth for c in table.chosen) and rings <= GROWTH:
        table.seat_first(c for c in firm if c.growth is None)
    table.seat(firm)
    if not any(c.chance for c in table.chosen):
        table.seat_first(c for c in candidates if c.chance)
    chosen = sorted(table.chosen, key=lambda c: (_place(view, c), c.rank))
    _move_growth_up(chosen, view.settings.touches)
    left = tuple(c for c in firm if not c.concerns(table.barred))
    return Choice(tuple(chosen), _once_each(left))


def _move_growth_up(chosen: list[Candidate], touches: int) -> None:
    """Keep the one touch that makes the network larger off the optional last place."""
    if len(chosen) == touches > 1 and chosen[-1].growth and not any(c.growth for c in chosen[:-1]):
        chosen[-2], chosen[-1] = chosen[-1], chosen[-2]


@filled
class _Table:
    """The seats of a week: each candidate takes one, and nobody sits twice."""

    room: int
    barred: set[str]
    """Paths of those who stand in the plan already."""
    chosen: list[Candidate] = fresh(factory=list)

    def seat(self, candidates: Iterable[Candidate]) -> None:
        """Seat as many as there is room for, in order."""
        for candidate in candidates:
            if len(self.chosen) >= self.room:
                return
            if not candidate.concerns(self.barred):
                self.chosen.append(candidate)
                self.barred |= candidate.people

    def seat_first(self, candidates: Iterable[Candidate]) -> None:
        """Seat the first who is not seated yet."""
        self.seat(islice((c for c in candidates if not c.concerns(self.barred)), 1))


def _place(view: View, candidate: Candidate) -> int:
    """Where it stood in the plan on disk; what is new comes behind."""
    id_ = candidate.id
    return view.kept.index(id_) if id_ in view.kept else len(view.kept)


def _once_each(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    seen: set[str] = set()
    first = []
    for candidate in candidates:
        if not candidate.concerns(seen):
            first.append(candidate)
            seen.add(candidate.contact)
            if candidate.about:
                seen.add(candidate.about)
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
    actions = tuple(take_touch(view, c) for c in _firm(view))
    taken = len(view.choice.chosen) + len(view.spent & view.staying)
    count = min(taken, max(1, view.settings.touches - 1))
    return Section("people", Words("title_people", {"count": count}), actions)


def fill_energy(view: View, _so_far: tuple[Section, ...]) -> Section:
    """Offer the optional last touch."""
    firm = _firm(view)
    extra = [c for c in view.choice.chosen if c not in firm]
    actions = tuple(replace(take_touch(view, c), section="energy") for c in extra)
    return Section("energy", Words("title_energy"), actions)


def _firm(view: View) -> tuple[Candidate, ...]:
    """Choose those of the chosen who are not optional: who stood so stays so, the rest by order."""
    chosen = view.choice.chosen
    stood = {c.id: _stood_in(view, c.id) for c in chosen}
    room = max(1, view.settings.touches - 1) - sum(
        1 for id_ in {*view.spent, *stood} if _stood_in(view, id_) == "people"
    )
    new = [c for c in chosen if stood[c.id] not in {"people", "energy"}][: max(0, room)]
    return tuple(c for c in chosen if stood[c.id] == "people" or c in new)


def _stood_in(view: View, id_: str) -> str:
    tick = view.ticks_now.get(id_)
    return tick.section if tick else ""
