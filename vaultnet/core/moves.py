"""Standings, Standings -> Moves: who stands in another ring than before, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from vaultnet.core.model import Contact, Fact, Move, Ring, Standing

_SILENCE = "no exchange for 12 months"
"""The fact by which a strategic standing lapses, as `rings` tells it."""


class Placed(Protocol):
    """Somebody in a ring: as much of a standing as a move is about."""

    @property
    def contact(self) -> Contact:
        """Who it is."""

    @property
    def ring(self) -> Ring:
        """In which ring."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the ring rests on."""


class Then(NamedTuple):
    """Where somebody stood once."""

    contact: Contact
    ring: Ring
    facts: tuple[Fact, ...]


def find_moves(before: Mapping[str, Placed], after: Mapping[str, Standing]) -> tuple[Move, ...]:
    """Find the contacts, by path, whose ring differs: inward first, then by ring and path.

    Whoever stands in only one of the two, or is set aside in either, has not moved.
    """
    moves = [
        Move(
            now.contact,
            then.ring,
            now.ring,
            find_reasons(then, now) or now.because,
        )
        for path, then in before.items()
        if (now := after.get(path))
        and then.ring is not now.ring
        and Ring.ASIDE not in {then.ring, now.ring}
    ]
    return tuple(sorted(moves, key=lambda move: (not move.inward, move.after, move.contact.path)))


def find_reasons(before: Placed, after: Placed) -> tuple[Fact, ...]:
    """Find what explains a move: what is new, or else what the notes no longer tell.

    A new pin explains it alone. Evidence brings people nearer, so that of what is new just silence,
    or what speaks for the cold ring, explains a move outward. Facts are compared by their words: a
    line added above shifts all lines below.
    """
    then, now = before.facts, after.facts
    known = {fact.text for fact in then}
    new = tuple(fact for fact in now if fact.text not in known)
    if after.contact.ring is after.ring and now[:1] == new[:1]:
        return new[:1]
    if after.ring > before.ring and after.ring is not Ring.COLD:
        new = tuple(fact for fact in new if fact.text == _SILENCE)
    return new or _find_lost(then, now, after.contact.path) or now


def _find_lost(then: tuple[Fact, ...], now: tuple[Fact, ...], path: str) -> tuple[Fact, ...]:
    told = {fact.text for fact in now}
    lost = (fact for fact in then if fact.text not in told)
    # the path is today's, for a note may have moved; its line is gone
    return tuple(Fact(f"no longer noted: {fact.text}", path) for fact in lost)[:1]
