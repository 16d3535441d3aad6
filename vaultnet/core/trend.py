"""The weeks of a history, and what happened in them -> how a network fares: growing, closer, seen.

Who stood where is what git remembers; touches and exposures are counted as today's notes tell them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from vaultnet.core.calendar import month, week_of
from vaultnet.core.frozen import frozen
from vaultnet.core.model import Network, PastMove, PastWeek, Ring

AFTERWARDS = 3
"""Weeks after that of an exposure in which it may still bring somebody."""


@frozen
class TrendWeek:
    """A week in numbers."""

    week: str
    day: date
    """On which it was looked at: its Sunday, or today."""
    remembered: bool
    """False: who stood where is told by dated logs alone."""
    rings: Mapping[Ring, int]
    """How many people stood in each ring, all of them named."""
    inward: int
    outward: int
    new: int
    gone: int
    came_to_know: int
    """Who did not know of you before this week, as far as is known."""
    touches: int
    """With one person each: a meeting of three is two of them."""
    exchanges: int
    exposures: int

    @property
    def size(self) -> int:
        """How many people know of you."""
        return sum(number for ring, number in self.rings.items() if ring <= Ring.LUKEWARM)

    @property
    def inner(self) -> int:
        """How many of them stand in the two inner rings."""
        return sum(number for ring, number in self.rings.items() if ring <= Ring.STRATEGIC)


@frozen
class Trend:
    """A network's weeks, oldest first; the first one is what the others are compared with."""

    weeks: tuple[TrendWeek, ...]
    saw: int
    """How many people are noted to have seen your work in that time."""


def find_trend(weeks: Iterable[PastWeek], network: Network) -> Trend:
    """Count week by week who stood where, who moved and what happened."""
    weeks = tuple(weeks)
    told = [i for of_one in network.interactions.values() for i in of_one]
    touches = Counter(str(week_of(i.day)) for i in told)
    exchanges = Counter(str(week_of(i.day)) for i in told if i.exchange)
    exposures = Counter(str(week_of(seen.day)) for seen in network.evidence.exposures)
    names = {week.week for week in weeks}
    saw = {i.contact for i in told if i.kind == "saw-my-work" and str(week_of(i.day)) in names}
    return Trend(
        tuple(
            TrendWeek(
                week=week.week,
                day=week.day,
                remembered=bool(week.commit),
                rings={ring: week.rings.get(ring, 0) for ring in Ring},
                came_to_know=sum(map(_came_to_know, week.moves)),
                touches=touches[week.week],
                exchanges=exchanges[week.week],
                exposures=exposures[week.week],
                **_count_directions(week),
            )
            for week in weeks
        ),
        saw=len(saw),
    )


def _count_directions(week: PastWeek) -> dict[str, int]:
    found = Counter(move.direction for move in week.moves)
    return {name: found[name] for name in ("inward", "outward", "new", "gone")}


def _came_to_know(move: PastMove) -> bool:
    return _knows(move.after) and not _knows(move.before)


def _knows(ring: Ring | None) -> bool:
    return ring is not None and ring <= Ring.LUKEWARM


# --- in words -----------------------------------------------------------------------------


def tell_trend(trend: Trend) -> tuple[str, ...]:
    """Answer in a sentence each whether it grows, whether it gets closer, what exposure brought.

    No weeks, no sentences.
    """
    if not trend.weeks:
        return ()
    return (_tell_size(trend.weeks), _tell_closeness(trend.weeks), _tell_exposure(trend))


def _tell_size(weeks: Sequence[TrendWeek]) -> str:
    first, last = weeks[0], weeks[-1]
    if not first.size and not last.size:
        time = "" if len(weeks) == 1 else f", now or {_tell_since(weeks)}"
        head = "Size" if len(weeks) == 1 else "Steady"
        return f"{head}: nobody is noted to know of you{time}."
    know = f"{last.size} people know"
    if last.size < 2:
        know = "1 person knows" if last.size else "nobody knows"
    if len(weeks) == 1:
        return f"Size: {know} of you."
    head = _choose(last.size - first.size, "Growing", "Steady", "Smaller")
    then = ""
    if (
        last.remembered and not first.remembered
    ):  # a property without a day is taken for as old as can be
        then = ", as far as today's notes tell of then"
    return f"{head}: {know} of you, {_compare(first.size, last.size)} {_tell_since(weeks)}{then}."


def _tell_closeness(weeks: Sequence[TrendWeek]) -> str:
    inward = sum(week.inward for week in weeks[1:])  # since the week that is compared with
    outward = sum(week.outward for week in weeks[1:])
    before, now = weeks[0].inner, weeks[-1].inner
    inner = f"{now or 'nobody'} in the two inner rings"
    if len(weeks) == 1:
        return f"Closeness: {inner}."
    head = _choose(inward - outward, "Closer", "As close as before", "Less close")
    moved = f"{inward or 'nobody'} moved inward and {outward or 'nobody'} outward"
    if not inward and not outward:
        moved = "nobody moved between rings"
    compared = f"{_compare(before, now)} then" if before or now else "then or now"
    return f"{head}: {moved}; {inner}, {compared}."


def _tell_exposure(trend: Trend) -> str:
    """Say what came with exposure and without, which proves nothing and may still be telling."""
    weeks = trend.weeks
    seen = sum(week.exposures for week in weeks)
    if not seen:
        return "Seen: no exposure is noted in that time."
    sentence = f"Seen: {'once' if seen == 1 else 'twice' if seen == 2 else f'{seen} times'}"
    if trend.saw:
        sentence += f", by {_choose_who(trend.saw)} you know"
    near = {
        after
        for number, week in enumerate(weeks)
        if week.exposures
        for after in range(number, min(number + AFTERWARDS + 1, len(weeks)))
    } - {0}  # nobody can be new in the week that the others are compared with
    if not near:
        return f"{sentence}."
    there = sum(weeks[number].came_to_know for number in near)
    others = [week for number, week in enumerate(weeks) if number and number not in near]
    spell = f"{_count_weeks(len(near))} {'from then on' if seen == 1 else 'soon after'}"
    sentence += f". In the {spell}, {_choose_who(there)} came to know of you"
    if others:
        elsewhere = sum(week.came_to_know for week in others)
        sentence += f"; in the other {len(others)}, {elsewhere or 'nobody'}"
    return f"{sentence}."


def _count_weeks(number: int) -> str:
    return f"{number} week{'' if number == 1 else 's'}"


def _choose_who(number: int) -> str:
    return {0: "nobody", 1: "1 person"}.get(number, f"{number} people")


def _choose(change: int, more: str, same: str, less: str) -> str:
    return more if change > 0 else less if change < 0 else same


def _compare(before: int, now: int) -> str:
    if now == before:
        return "as many as"
    return f"{abs(now - before)} {'more' if now > before else 'fewer'} than"


def _tell_since(weeks: Sequence[TrendWeek]) -> str:
    first, last = weeks[0].day, weeks[-1].day
    if len(weeks) < 10:
        return f"{_count_weeks(len(weeks) - 1)} ago"
    return f"in {month(first)}" + (f" {first.year}" if first.year != last.year else "")
