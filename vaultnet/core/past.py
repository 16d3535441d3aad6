"""Looks at a network, one after the other -> its past: who moved in which week, came and went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from vaultnet.core.frozen import fresh, frozen, replace
from vaultnet.core.model import Contact, Fact, PastMove, PastWeek, Ring
from vaultnet.core.moves import Placed, Then, find_reasons


@frozen
class Look:
    """What a look at the network found otherwise than the look before."""

    week: str
    day: date
    before: Mapping[str, Placed]
    """Where those stood then who came, went or may stand elsewhere now; by the path of then."""
    after: Mapping[str, Placed]
    """Where they stand now; by the path of now."""
    renamed: Mapping[str, str] = fresh(factory=dict)
    """Path of a note -> its path at the look before."""
    there: Container[str] = ()
    """Paths of the notes that are there now; it may change when one goes on to the next look."""
    commit: str = ""


def find_renamed(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Find notes that came in the place of ones that went: path now -> path then.

    Both are texts by path. They must say the same, or be called the same, and be the only ones to.
    """
    found: dict[str, str] = {}
    for likeness in (lambda _, text: text.strip(), lambda path, _: path.rpartition("/")[2]):
        ours = _by_likeness(((p, t) for p, t in new.items() if p not in found), likeness)
        taken = set(found.values())
        theirs = _by_likeness(((p, t) for p, t in old.items() if p not in taken), likeness)
        found |= {path: theirs[like] for like, path in ours.items() if like in theirs}
    return found


def _by_likeness(
    notes: Iterable[tuple[str, str]], likeness: Callable[[str, str], str]
) -> dict[str, str]:
    """Index paths by what they are known by, where only one note is."""
    found: dict[str, list[str]] = {}
    for path, text in notes:
        if like := likeness(path, text):
            found.setdefault(like, []).append(path)
    return {like: paths[0] for like, paths in found.items() if len(paths) == 1}


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
        """Number -> the contact as it was seen last, in brief."""

    def add(self, look: Look) -> None:
        """Add a look; a second one in the same week is more of that week."""
        first = not self._weeks
        places = {old: new for new, old in look.renamed.items()}
        told: list[tuple[int, PastMove]] = []
        for number, then, now in self.follow(look):
            if not first and (move := _tell(look, then, now, places)):
                told.append((number, move))
        self._rings.subtract(placed.ring for placed in look.before.values())
        self._rings.update(placed.ring for placed in look.after.values())
        self._close(look, sorted(told, key=lambda each: _order(each[1])))

    def follow(self, look: Look) -> list[tuple[int, Placed | None, Placed | None]]:
        """See who is who in a look, and tell of everybody in it: number, place then, place now."""
        origins = _match(look.before, look.after, look.renamed)
        numbers = {path: self._bearer[path] for path in look.before}
        found: list[tuple[int, Placed | None, Placed | None]] = []
        for path, now in look.after.items():
            origin = origins.get(path, "")
            then = look.before.get(origin)
            number = numbers.pop(origin) if then else self._number(path, numbers)
            self._bearer[path] = number
            self._latest[number : number + 1] = [_brief(now.contact)]
            found.append((number, then, now))
        return found + [(number, look.before[path], None) for path, number in numbers.items()]

    def tell(self, contacts: Mapping[str, Contact]) -> tuple[PastWeek, ...]:
        """Tell all weeks, everybody by the name they bear now; `contacts` are today's, by path."""
        return tuple(
            replace(
                week, moves=tuple(replace(m, contact=self._name(n, contacts)) for n, m in moves)
            )
            for week, moves in zip(self._weeks, self._moves, strict=True)
        )

    def keep(self) -> Kept:
        """Give all of it as plain values, which are packed five times as quickly as ours."""
        return (
            [
                (w.week, w.day, w.commit, {int(r): n for r, n in w.rings.items()})
                for w in self._weeks
            ],
            [[(number, _flatten(move)) for number, move in told] for told in self._moves],
            {int(ring): count for ring, count in self._rings.items()},
            dict(self._bearer),
            [(c.path, c.name, c.shown, c.aliases, c.id) for c in self._latest],
        )

    @classmethod
    def go_on(cls, kept: Kept) -> Past:
        """Go on from what was kept."""
        weeks, moves, rings, bearer, latest = kept
        past = cls()
        past._latest = [
            Contact(path, name, shown, aliases=aliases, id=id_)
            for path, name, shown, aliases, id_ in latest
        ]
        past._weeks = [
            PastWeek(week, day, commit, {Ring(r): n for r, n in counts.items()})
            for week, day, commit, counts in weeks
        ]
        past._moves = [
            [(n, _unfold(move, week, past._latest[n])) for n, move in told]
            for week, told in zip(past._weeks, moves, strict=True)
        ]
        past._rings = Counter({Ring(ring): count for ring, count in rings.items()})
        past._bearer = dict(bearer)
        return past

    @property
    def weeks(self) -> Sequence[PastWeek]:
        """The weeks so far, without their moves."""
        return self._weeks

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


_Flat: TypeAlias = tuple[
    str,
    int | None,
    int | None,
    str,
    tuple[tuple[str, str, int], ...],
    tuple[tuple[str, str, int], ...],
]
"""A move: path, rings, commit, and the facts it rests on and those before it: text, path and line."""
Kept: TypeAlias = tuple[
    list[tuple[str, date, str, dict[int, int]]],
    list[list[tuple[int, _Flat]]],
    dict[int, int],
    dict[str, int],
    list[tuple[str, str, str, tuple[str, ...], str]],
]
"""A past as plain values: its weeks, their moves, who stands in which ring, and who is whom."""


def _flatten(move: PastMove) -> _Flat:
    before, after = (None if ring is None else int(ring) for ring in (move.before, move.after))
    because, was = (
        tuple([(fact.text, fact.source, fact.line) for fact in facts])
        for facts in (move.because, move.was)
    )
    return move.path, before, after, move.commit, because, was


def _unfold(flat: _Flat, week: PastWeek, contact: Contact) -> PastMove:
    path, before, after, commit, because, was = flat
    return PastMove(
        day=week.day,
        week=week.week,
        contact=contact,
        path=path,
        before=None if before is None else Ring(before),
        after=None if after is None else Ring(after),
        because=tuple([Fact(*fact) for fact in because]),
        was=tuple([Fact(*fact) for fact in was]),
        commit=commit,
    )


def _brief(contact: Contact) -> Contact:
    """Keep of a contact by what they are known."""
    return Contact(
        contact.path, contact.name, contact.shown, aliases=contact.aliases, id=contact.id
    )


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


def _tell(
    look: Look, then: Placed | None, now: Placed | None, places: Mapping[str, str]
) -> PastMove | None:
    """Tell what became of somebody, if they moved, came or went; `places` are notes' by those of then."""
    ring, before = now.ring if now else None, then.ring if then else None
    if ring is before or Ring.ASIDE in {ring, before}:
        return None
    someone = now or then
    if someone is None:
        return None
    path = someone.contact.path
    if then:
        then = Then(then.contact, then.ring, then.facts)
    return PastMove(
        day=look.day,
        week=look.week,
        contact=_brief(someone.contact),
        path=path,
        before=before,
        after=ring,
        because=_find_because(look, then, now, places),
        was=then.facts if then else (),
        commit=look.commit,
    )


def _find_because(
    look: Look, then: Placed | None, now: Placed | None, places: Mapping[str, str]
) -> tuple[Fact, ...]:
    if now and then:
        return find_reasons(then, now)
    if now:
        return now.facts
    path = then.contact.path if then else ""
    place = places.get(path, "")
    if place and place not in look.after:
        moved = place.rpartition("/")[0] != path.rpartition("/")[0]
        what = f"the note was {'moved' if moved else 'renamed'} and is no longer read as a contact"
        return (Fact(what, place),)
    gone = path not in look.there
    return (Fact("the note is gone" if gone else "no longer read as a contact", path),)


_DIRECTIONS = ("inward", "outward", "new", "gone")


def _order(move: PastMove) -> tuple[int, int, str]:
    ring = move.before if move.after is None else move.after
    return _DIRECTIONS.index(move.direction), ring if ring is not None else -1, move.path
