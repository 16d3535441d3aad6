"""People and what happened with them -> where they stand from day to day, as far as it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from heapq import heappop, heappush
from typing import NamedTuple

from vaultnet.core.model import Answer, Contact, Fact, Interaction, Network, Ring
from vaultnet.core.rings import answers_by_contact, explain_ring, find_ring, is_fixed, next_turn


class Known(NamedTuple):
    """What the notes tell of somebody."""

    contact: Contact
    interactions: Sequence[Interaction]
    answers: Sequence[Answer]


class Stood(NamedTuple):
    """In which ring somebody stood, on what day, and by what was known then."""

    ring: Ring
    day: date
    known: Known

    @property
    def contact(self) -> Contact:
        """Who it is."""
        return self.known.contact

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the ring rested on."""
        contact, interactions, answers = self.known
        return explain_ring(contact, interactions, self.day, answers)


class Timeline:
    """Where everybody stands on one day after the other.

    Somebody is placed anew when something about them changed, or when a day comes on which a ring
    may change by itself; and what a ring rests on is found when it is asked for.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self._stood: dict[str, Stood] = {}
        """Path -> where somebody stands since they were placed last."""
        self._day = date.min
        """Of the last look."""
        self._known: dict[str, Known] = {}
        self._changed: set[str] = set()
        self._turns: dict[str, date] = {}
        self._coming: list[tuple[date, str]] = []

    @property
    def stood(self) -> dict[str, Stood]:
        """Where everybody stood at the last look, by path."""
        return {path: stood._replace(day=self._day) for path, stood in self._stood.items()}

    def put(self, known: Known) -> None:
        """Say what the notes tell of somebody from now on."""
        path = known.contact.path
        self._known[path] = known
        self._changed.add(path)

    def drop(self, path: str) -> None:
        """Say that somebody is no contact any more."""
        self._known.pop(path, None)
        self._changed.add(path)

    def amend(self, known: Known) -> None:
        """Say what more the notes told of somebody at the last look; it leaves them in their ring."""
        path = known.contact.path
        self._stood[path] = Stood(self._stood[path].ring, self._day, known)

    def holds(self, contact: Contact) -> bool:
        """Whether more touches leave somebody in the ring where they stand, but for an endorsement."""
        stood = self._stood.get(contact.path)
        return stood is not None and stood.contact is contact and is_fixed(contact, stood.ring)

    def look(self, day: date) -> tuple[dict[str, Stood], dict[str, Stood]]:
        """Go on to a day: where those stood before, and stand now, who came, went or moved.

        The days must not go back.
        """
        while self._coming and self._coming[0][0] <= day:
            turn, path = heappop(self._coming)
            if self._turns.get(path) == turn:
                self._changed.add(path)
        before: dict[str, Stood] = {}
        after: dict[str, Stood] = {}
        for path in sorted(self._changed):
            old, new = self._stood.get(path), self._place(path, day)
            if old and new and old.ring is new.ring and old.contact.id == new.contact.id:
                continue
            if old:
                before[path] = old._replace(day=self._day)
            if new:
                after[path] = new
        self._changed.clear()
        self._day = day
        return before, after

    def _place(self, path: str, day: date) -> Stood | None:
        known = self._known.get(path)
        if known is None:
            self._turns.pop(path, None)
            self._stood.pop(path, None)
            return None
        contact, interactions, answers = known
        ring = find_ring(contact, interactions, day, answers)
        turn = self._turns[path] = _find_turn(known, ring, day)
        if turn < date.max:
            heappush(self._coming, (turn, path))
        stood = self._stood[path] = Stood(ring, day, known)
        return stood


def _find_turn(known: Known, ring: Ring, day: date) -> date:
    """Find the first day after `day` on which somebody may stand in another ring than this one."""
    contact, interactions, answers = known
    if is_fixed(contact, ring) and not answers and not any(i.day > day for i in interactions):
        return date.max
    return next_turn(contact, interactions, day, answers)


def follow(network: Network) -> Timeline:
    """Set out with a network as it is, to look at it on other days."""
    timeline = Timeline()
    answers = answers_by_contact(network.evidence)
    for path, contact in network.contacts.items():
        timeline.put(Known(contact, network.with_contact(path), answers.get(path, ())))
    return timeline
