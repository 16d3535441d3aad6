"""What a week can bring, contact by contact and field by field: what choosing among everybody looks at."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from itertools import compress, repeat
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


class Outlook(NamedTuple):
    """What a week can bring with one contact: all of it that choosing among everybody needs.

    It rests on the contact's own evidence, and little else (see `core.plan.outlook`), so that a note
    that changes changes few of them. What is then said is found for those who are chosen.
    """

    ring: Ring
    rhythm: int = 0
    """Days of the cadence that counts towards the week's touches; 0: none does."""
    exchanges: int = 0
    """Of the last four weeks."""
    overdue: bool = False
    """Whether somebody lukewarm is due, with a reason or without."""
    needs: bool = False
    """Whether their note says what they look for: then it matters what others can give."""
    gives: bool = False
    """Whether they know you, and their note says what they can give."""
    debt: Debt | None = None
    candidate: Candidate | None = None
    wait: Wait | None = None
    birthday: date | None = None
    day_set: date | None = None
    """The day of this week until which you wanted to leave them."""
    met: tuple[Meeting, ...] = ()
    often: tuple[bool, int, int] | None = None
    """Of somebody unplaced who may be asked about: how often the notes tell of them."""


@frozen(slots=False)
class Prospects:
    """What a week can bring with everybody: of each field of their outlooks, who has one.

    A field that is empty, 0 or false stands for nobody, so that looking through all of one kind costs
    what there is of it.
    """

    ring: Mapping[str, Ring] = fresh(factory=dict)
    """Of every contact, by path as all the others."""
    rhythm: Mapping[str, int] = fresh(factory=dict)
    exchanges: Mapping[str, int] = fresh(factory=dict)
    overdue: Mapping[str, bool] = fresh(factory=dict)
    needs: Mapping[str, bool] = fresh(factory=dict)
    gives: Mapping[str, bool] = fresh(factory=dict)
    debt: Mapping[str, Debt] = fresh(factory=dict)
    candidate: Mapping[str, Candidate] = fresh(factory=dict)
    wait: Mapping[str, Wait] = fresh(factory=dict)
    birthday: Mapping[str, date] = fresh(factory=dict)
    day_set: Mapping[str, date] = fresh(factory=dict)
    met: Mapping[str, tuple[Meeting, ...]] = fresh(factory=dict)
    often: Mapping[str, tuple[bool, int, int]] = fresh(factory=dict)

    def put(self, found: Mapping[str, Outlook]) -> Prospects:
        """Put in what is found of some, in place of what was found of them before."""
        if not found:
            return self
        columns: dict[str, Any] = {}
        for name, values in zip(_FIELDS, zip(*found.values(), strict=True), strict=True):
            before: Mapping[str, Any] = getattr(self, name)
            filled = repeat(1) if name == "ring" else values  # for there is a ring 0
            new = dict(compress(zip(found, values, strict=True), filled))
            if new or not found.keys().isdisjoint(before):
                after = {**before, **new}
                for path in found.keys() - new.keys() if before else ():
                    after.pop(path, None)
                columns[name] = after
            else:
                columns[name] = before
        prospects = Prospects(**columns)
        if len(found) < _FEW and "ranked" in self.__dict__:
            prospects.__dict__["ranked"] = self._rank_again(found, prospects.candidate)
        return prospects

    def _rank_again(
        self, found: Mapping[str, Outlook], candidates: Mapping[str, Candidate]
    ) -> Sequence[Candidate]:
        """Put those of whom something was found in their places among the others."""
        ranked = [candidate for candidate in self.ranked if candidate.whom not in found]
        for path in found.keys() & candidates.keys():
            insort(ranked, candidates[path], key=_RANK)
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
