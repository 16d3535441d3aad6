"""Looks at a network, one after the other -> its past: who moved in which week, came and went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from vaultnet.core.model import Contact, Fact, PastMove, PastWeek, Ring, Standing
from vaultnet.core.moves import find_reasons, ring_facts


class Placed(Protocol):
    """Somebody in a ring; the rest of the standing is found when it is asked for."""

    @property
    def contact(self) -> Contact:
        """Who it is."""

    @property
    def ring(self) -> Ring:
        """In which ring."""

    @property
    def standing(self) -> Standing:
        """With all that belongs to it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the network found otherwise than the look before."""

    week: str
    day: date
    before: Mapping[str, Placed]
    """Where those stood then who came, went or may stand elsewhere now; by the path of then."""
    after: Mapping[str, Placed]
    """Where they stand now; by the path of now."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Path of a note -> its path at the look before."""
    there: Container[str] = ()
    """Paths of the notes that are there now; it may change when one goes on to the next look."""
    commit: str = ""


class Past:
    """The looks so far, and who is whom in them: contacts stay themselves through renames."""

    def __init__(self) -> None:
        """Begin before the first look, which only says how things stood."""
        self._weeks: list[PastWeek] = []
        self._moves: list[list[tuple[int, PastMove]]] = []
        self._rings: Counter[Ring] = Counter()
        self._bearer: dict[str, int] = {}
        """Path -> number of the contact whose note stands there, or stood there last."""
        self._latest: list[Contact] = []
        """Number -> the contact as it was seen last."""

    def add(self, look: Look) -> None:
        """Add a look; a second one in the same week is more of that week."""
        first = not self._weeks
        origins = _match(look.before, look.after, look.renamed)
        numbers = {path: self._bearer[path] for path in look.before}
        told: list[tuple[int, PastMove]] = []
        for path, now in look.after.items():
            origin = origins.get(path, "")
            before = look.before.get(origin)
            number = numbers.pop(origin) if before else self._number(path, numbers)
            self._bearer[path] = number
            self._latest[number : number + 1] = [now.contact]
            if not first and (move := _tell_move(look, before, now)):
                told.append((number, move))
        for path, number in numbers.items():
            if move := _tell_loss(look, path):
                told.append((number, move))
        self._rings.subtract(placed.ring for placed in look.before.values())
        self._rings.update(placed.ring for placed in look.after.values())
        self._close(look, sorted(told, key=lambda each: _order(each[1])))

    def tell(self, contacts: Mapping[str, Contact]) -> tuple[PastWeek, ...]:
        """Tell all weeks, everybody by the name they bear now; `contacts` are today's, by path."""
        return tuple(
            replace(
                week, moves=tuple(replace(m, contact=self._name(n, contacts)) for n, m in moves)
            )
            for week, moves in zip(self._weeks, self._moves, strict=True)
        )

    def _number(self, path: str, taken: Mapping[str, int]) -> int:
        """Give somebody new a number; who went from this path before has come back."""
        known = self._bearer.get(path)
        if known is None or path in taken or self._latest[known].path != path:
            return len(self._latest)
        return known

    def _name(self, number: int, contacts: Mapping[str, Contact]) -> Contact:
        latest = self._latest[number]
        here = self._bearer.get(latest.path) == number
        return contacts.get(latest.path, latest) if here else latest

    def _close(self, look: Look, told: list[tuple[int, PastMove]]) -> None:
        rings = {ring: count for ring, count in sorted(self._rings.items()) if count}
        if self._weeks and self._weeks[-1].week == look.week:
            last = self._weeks[-1]
            self._weeks[-1] = replace(last, rings=rings)
            self._moves[-1] += told
        else:
            self._weeks.append(PastWeek(look.week, look.day, look.commit, rings))
            self._moves.append(told)


def _match(
    before: Mapping[str, Placed], after: Mapping[str, Placed], renamed: Mapping[str, str]
) -> dict[str, str]:
    """Find who is who: path now -> path then.

    The property `id` says it first, then the note's path, then what git found to be renamed; but
    two notes whose ids differ are never taken for one when their paths do too.
    """
    then, now = _by_id(before.values()), _by_id(after.values())
    found = {path: then[who] for who, path in now.items() if who in then}
    taken = set(found.values())
    for path in after:
        if path not in found and path in before and path not in taken:
            found[path] = path
            taken.add(path)
    for path, old in renamed.items():
        if path in after and path not in found and old in before and old not in taken:
            ids = {before[old].contact.id, after[path].contact.id} - {""}
            if len(ids) < 2:
                found[path] = old
                taken.add(old)
    return found


def _by_id(placed: Iterable[Placed]) -> dict[str, str]:
    """Index the paths of those whose `id` nobody else bears."""
    paths: dict[str, list[str]] = {}
    for who in placed:
        if who.contact.id:
            paths.setdefault(who.contact.id, []).append(who.contact.path)
    return {id_: found[0] for id_, found in paths.items() if len(found) == 1}


def _tell_move(look: Look, then: Placed | None, now: Placed) -> PastMove | None:
    if Ring.ASIDE in {now.ring, then.ring if then else None}:
        return None
    if then and then.ring is now.ring:
        return None
    before, after = then.standing if then else None, now.standing
    return PastMove(
        day=look.day,
        week=look.week,
        contact=after.contact,
        path=after.contact.path,
        before=before.ring if before else None,
        after=after.ring,
        because=find_reasons(before, after) if before else ring_facts(after),
        was=ring_facts(before) if before else (),
        commit=look.commit,
    )


def _tell_loss(look: Look, path: str) -> PastMove | None:
    before = look.before[path]
    if before.ring is Ring.ASIDE:
        return None
    why = "no longer read as a contact" if path in look.there else "the note is gone"
    return PastMove(
        day=look.day,
        week=look.week,
        contact=before.contact,
        path=path,
        before=before.ring,
        after=None,
        because=(Fact(why, path),),
        was=ring_facts(before.standing),
        commit=look.commit,
    )


_DIRECTIONS = ("inward", "outward", "new", "gone")


def _order(move: PastMove) -> tuple[int, int, str]:
    ring = move.before if move.after is None else move.after
    return _DIRECTIONS.index(move.direction), ring if ring is not None else -1, move.path
