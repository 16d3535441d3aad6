"""Standings, Standings -> Moves: who stands in another ring than before, and why."""

from __future__ import annotations

from collections.abc import Mapping

from vaultnet.core.model import Fact, Move, Ring, Standing

_SILENCE = "no exchange for 12 months"
"""The fact by which a strategic standing lapses, as `rings` tells it."""


def find_moves(before: Mapping[str, Standing], after: Mapping[str, Standing]) -> tuple[Move, ...]:
    """Find the contacts, by path, whose ring differs: inward first, then by ring and path.

    Whoever stands in only one of the two, or is set aside in either, has not moved.
    """
    moves = [
        Move(now.contact, then.ring, now.ring, find_reasons(then, now))
        for path, now in after.items()
        if (then := before.get(path))
        and then.ring is not now.ring
        and Ring.ASIDE not in {then.ring, now.ring}
    ]
    return tuple(sorted(moves, key=lambda move: (not move.inward, move.after, move.contact.path)))


def find_reasons(before: Standing, after: Standing) -> tuple[Fact, ...]:
    """Find what explains a move: what is new, or else what the notes no longer tell.

    A new pin explains it alone. Evidence brings people nearer, so that of what is new just silence,
    or what speaks for the cold ring, explains a move outward. Facts are compared by their words: a
    line added above shifts all lines below.
    """
    known = {fact.text for fact in before.because}
    new = tuple(fact for fact in ring_facts(after) if fact.text not in known)
    if after.pinned and after.because[0] in new:
        return new[:1]
    if after.ring > before.ring and after.ring is not Ring.COLD:
        new = tuple(fact for fact in new if fact.text == _SILENCE)
    return new or _find_lost(before, after) or after.because


def _find_lost(before: Standing, after: Standing) -> tuple[Fact, ...]:
    told = {fact.text for fact in after.because}
    lost = (fact for fact in ring_facts(before) if fact.text not in told)
    # the path is today's, for a note may have moved; its line is gone
    return tuple(Fact(f"no longer noted: {fact.text}", after.contact.path) for fact in lost)[:1]


def ring_facts(standing: Standing) -> tuple[Fact, ...]:
    """Leave out the last fact, which tells of warmth: recency is no ring."""
    return standing.because[:-1]
