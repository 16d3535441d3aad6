"""What a week can bring, contact by contact and field by field: what choosing among everybody looks at."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from vaultnet.core.frozen import fresh, frozen, names_of
from vaultnet.core.model import Ring


class Candidate(NamedTuple):
    """Somebody who could hear from you this week: as much of them as choosing needs."""

    id: str
    """Of the action that it would be."""
    contact: str
    about: str
    """Path of the person an introduction is for; else empty."""
    growth: Ring | None
    """COLD or LUKEWARM where it makes the network larger; None: it keeps it close."""
    urgency: int
    """How good the reason is; 0 is the best, and the highest number is none."""
    lateness: float
    """In own cadences, counted from the day it was due; for a cold contact, how good the way in
    is, from 0 to 1."""
    chance: bool = False
    """A tie that has slept for years: taken only where there is room."""

    @property
    def rank(self) -> tuple[bool, int, float, str, str]:
        """Where they stand among the week's candidates, the first first."""
        return self.chance, self.urgency, -round(self.lateness, 3), self.id, self.whom

    @property
    def whom(self) -> str:
        """Path of the contact whose turn it is, be it through somebody else."""
        return self.about or self.contact

    @property
    def people(self) -> frozenset[str]:
        """Paths of all whom the action concerns."""
        return frozenset({self.contact, self.about} - {""})

    def concerns(self, paths: AbstractSet[str]) -> bool:
        """Whether the action concerns one of these contacts."""
        return self.contact in paths or self.about in paths


class Debt(NamedTuple):
    """What is owed to somebody: as much of it as its place in *First* depends on."""

    id: str
    contact: str
    due: date | None
    """Of a promise: what has a day comes before what has none."""
    rank: int
    """Answers come first, then thanks, outcomes, and promises."""
    since: int
    """Days before the plan's Monday: the freshest comes first."""


class Wait(NamedTuple):
    """A message of yours that is without an answer."""

    day: date
    """Of the last one."""
    path: str
    tries: int
    until: date


class Meeting(NamedTuple):
    """A contact whom you met face to face this week."""

    day: date
    source: str
    kind: str


@frozen(slots=False)
class Prospects:
    """What a week can bring with everybody: all that choosing among them needs, each for whom it is.

    What is said here of a contact rests on their own evidence, and little else (see
    `core.plan.outlook`), so that a note that changes changes little of it. Looking through all of one
    kind costs what there is of it. What is then said is found for those who are chosen.
    """

    ring: Mapping[str, Ring] = fresh(factory=dict)
    """Of every contact, by path as all the others."""
    rhythm: Mapping[str, int] = fresh(factory=dict)
    """Days of the cadence that counts towards the week's touches."""
    exchanges: Mapping[str, int] = fresh(factory=dict)
    """How many there were in the last four weeks."""
    overdue: Mapping[str, bool] = fresh(factory=dict)
    """Of those lukewarm who are due, with a reason or without."""
    needs: Mapping[str, bool] = fresh(factory=dict)
    """Of those whose note says what they look for: then it matters what others can give."""
    gives: Mapping[str, bool] = fresh(factory=dict)
    """Of those who know you, and whose note says what they can give."""
    debt: Mapping[str, Debt] = fresh(factory=dict)
    candidate: Mapping[str, Candidate] = fresh(factory=dict)
    wait: Mapping[str, Wait] = fresh(factory=dict)
    birthday: Mapping[str, date] = fresh(factory=dict)
    day_set: Mapping[str, date] = fresh(factory=dict)
    """The day of this week until which you wanted to leave them."""
    met: Mapping[str, tuple[Meeting, ...]] = fresh(factory=dict)
    often: Mapping[str, tuple[bool, int, int]] = fresh(factory=dict)
    """Of those unplaced who may be asked about: how often the notes tell of them."""

    def put(self, found: Prospects) -> Prospects:
        """Put in what is found of some, in place of what was found of them before."""
        columns: dict[str, Any] = {}
        for name in _FIELDS:
            before: Mapping[str, Any] = getattr(self, name)
            new: Mapping[str, Any] = getattr(found, name)
            gone = (before.keys() & found.ring.keys()) - new.keys()
            columns[name] = {**before, **new} if new or gone else before
            for path in gone:
                del columns[name][path]
        prospects = Prospects(**columns)
        if len(found.ring) < _FEW and "ranked" in self.__dict__:
            prospects.__dict__["ranked"] = self._rank_again(found)
        return prospects

    def _rank_again(self, found: Prospects) -> Sequence[Candidate]:
        """Put those of whom something was found in their places among the others."""
        ranked = [candidate for candidate in self.ranked if candidate.whom not in found.ring]
        for candidate in found.candidate.values():
            insort(ranked, candidate, key=_RANK)
        return ranked

    @cached_property
    def ranked(self) -> Sequence[Candidate]:
        """All candidates, the first first."""
        return sorted(self.candidate.values(), key=_RANK)

    @cached_property
    def rings(self) -> Mapping[Ring, int]:
        """How many contacts stand in each ring."""
        return Counter(self.ring.values())

    @cached_property
    def rhythms(self) -> list[int]:
        """The days of all cadences that count, the shortest first."""
        return sorted(self.rhythm.values())


_FIELDS = names_of(Prospects)
_RANK = attrgetter("rank")
_FEW = 100
NOTHING = Prospects()
