"""People and what happened with them -> where they stand from day to day, as far as it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from heapq import heappop, heappush

from vaultnet.core.model import Answer, Contact, Interaction, Network, Standing
from vaultnet.core.rings import next_turn, stand


class Timeline:
    """Where everybody stands on one day after the other.

    Somebody is placed anew when something about them changed, or when a day comes on which a ring
    may change by itself. In between a standing grows old in its warmth and its due day alone.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self.standings: dict[str, Standing] = {}
        self._people: dict[str, tuple[Contact, Sequence[Interaction], Sequence[Answer]]] = {}
        self._changed: set[str] = set()
        self._turns: dict[str, date] = {}
        self._coming: list[tuple[date, str]] = []

    def put(
        self, contact: Contact, interactions: Sequence[Interaction], answers: Sequence[Answer]
    ) -> None:
        """Say what the notes tell of somebody from now on."""
        self._people[contact.path] = contact, interactions, answers
        self._changed.add(contact.path)

    def drop(self, path: str) -> None:
        """Say that somebody is no contact any more."""
        self._people.pop(path, None)
        self._changed.add(path)

    def look(self, day: date) -> tuple[dict[str, Standing], dict[str, Standing]]:
        """Go on to a day: where those stood before, and stand now, who came, went or moved.

        The days must not go back.
        """
        while self._coming and self._coming[0][0] <= day:
            turn, path = heappop(self._coming)
            if self._turns.get(path) == turn:
                self._changed.add(path)
        before: dict[str, Standing] = {}
        after: dict[str, Standing] = {}
        for path in sorted(self._changed):
            old, new = self.standings.get(path), self._place(path, day)
            if old and new and old.ring is new.ring and old.contact.id == new.contact.id:
                continue
            if old:
                before[path] = old
            if new:
                after[path] = new
        self._changed.clear()
        return before, after

    def _place(self, path: str, day: date) -> Standing | None:
        known = self._people.get(path)
        if known is None:
            self._turns.pop(path, None)
            self.standings.pop(path, None)
            return None
        contact, interactions, answers = known
        standing = self.standings[path] = stand(contact, interactions, day, answers)
        turn = self._turns[path] = next_turn(contact, interactions, day, answers)
        if turn < date.max:
            heappush(self._coming, (turn, path))
        return standing


def follow(network: Network) -> Timeline:
    """Set out with a network as it is, to look at it on other days."""
    timeline = Timeline()
    answers: dict[str, list[Answer]] = {}
    for answer in network.evidence.answers:
        answers.setdefault(answer.contact, []).append(answer)
    for path, contact in network.contacts.items():
        timeline.put(contact, network.with_contact(path), answers.get(path, ()))
    return timeline


def compare(
    before: Mapping[str, Standing], after: Mapping[str, Standing]
) -> tuple[dict[str, Standing], dict[str, Standing]]:
    """Leave out of two placings who stands in both and in one ring."""
    same = {
        path
        for path, now in after.items()
        if (then := before.get(path))
        and then.ring is now.ring
        and then.contact.id == now.contact.id
    }
    return (
        {path: standing for path, standing in before.items() if path not in same},
        {path: standing for path, standing in after.items() if path not in same},
    )
