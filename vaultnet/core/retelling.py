"""What some notes told, and tell now -> the network as it is now, and whom that concerns.

Nearly always what changes in a vault is what a few notes tell: a line in a log, a tick in a plan. Then
who the contacts are, what they are called and where links lead is as it was, and only the part of the
network has to be found anew that those notes tell of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from vaultnet.core.evidence import Told, put_in_order, settle, settle_ideas
from vaultnet.core.evidence.ground import Item
from vaultnet.core.frozen import replace
from vaultnet.core.model import (
    Answer,
    Appointment,
    Contact,
    Evidence,
    Exposure,
    Idea,
    Interaction,
    Link,
    Mention,
    Network,
    Problem,
    Promise,
    Resolve,
    Tick,
    Tie,
)
from vaultnet.core.network import CROWD, choose_ties, find_crowded_days, name_ties

Change: TypeAlias = tuple[Told, Told]
"""What a note told, and tells now."""
Plans: TypeAlias = Mapping[str, Mapping[int, tuple[Link, ...]]]
"""Of each plan, line of a tick -> the links in it."""


class Tellers:
    """Which notes tell of whom, as far as it does not go without saying."""

    def __init__(self, told: Iterable[Told]) -> None:
        """Go through what all notes tell."""
        self.others: dict[str, set[str]] = {}
        """Path of a contact -> paths of the notes that tell of them, beside their own."""
        self.crowds: dict[str, dict[int, frozenset[str]]] = {}
        """Path of a note -> line that tells of three and more contacts -> the contacts."""
        self.ideas: dict[str, tuple[Idea, ...]] = {}
        self.exposures: dict[str, tuple[Exposure, ...]] = {}
        for one in told:
            self.add(one)

    def of(self, contact: str) -> tuple[str, ...]:
        """List the notes that may tell of a contact, the contact's own first."""
        return contact, *sorted(self.others.get(contact, set()) - {contact})

    def add(self, told: Told) -> None:
        """Take down what a note tells."""
        path = told.path
        for contact in list_named(told.items):
            if contact != path:
                self.others.setdefault(contact, set()).add(path)
        if crowds := _find_crowds(told.items):
            self.crowds[path] = crowds
        if ideas := _pick(told.items, Idea):
            self.ideas[path] = ideas
        if exposures := _pick(told.items, Exposure):
            self.exposures[path] = exposures

    def remove(self, told: Told) -> None:
        """Strike out what a note told."""
        for contact in list_named(told.items):
            self.others.get(contact, set()).discard(told.path)
        self.crowds.pop(told.path, None)
        self.ideas.pop(told.path, None)
        self.exposures.pop(told.path, None)


class Retold(NamedTuple):
    """A network as it is now."""

    network: Network
    concerned: frozenset[str]
    """Paths of the contacts of whom something else may be said now."""


def retell(
    network: Network,
    tellers: Tellers,
    tell: Callable[[str], Told],
    changes: Sequence[Change],
    contacts: Mapping[str, Contact],
    plans: Plans,
    resolve: Resolve,
) -> Retold:
    """Find the network anew where `changes` concern it.

    `contacts` are those whose properties changed; their paths, keys and names are as they were.
    `tell` gives what a note tells now, and `tellers` are brought up to date.
    """
    concerned = {*contacts}
    crowds = set(_list_crowds(tellers, changes))
    for before, after in changes:
        concerned.update(list_named(_differing(before.items, after.items)))
        tellers.remove(before)
        tellers.add(after)
    crowds.update(_list_crowds(tellers, changes))
    concerned = {path for path in concerned if path in network.contacts}
    told = {path: [tell(note) for note in tellers.of(path)] for path in concerned}
    interactions = {
        path: settle(_pick_of(path, found, Interaction), plans, resolve)
        for path, found in told.items()
    }
    mentions = {path: put_in_order(_pick_of(path, found, Mention)) for path, found in told.items()}
    days = {path: find_crowded_days(found) for path, found in interactions.items()}
    now = replace(
        network,
        contacts=_overlay(network.contacts, contacts),
        interactions=_overlay(network.interactions, interactions),
        mentions=_overlay(network.mentions, mentions),
        crowded_days=_overlay(network.crowded_days, days),
        evidence=_gather_again(network.evidence, tellers, changes),
    )
    for path in concerned:
        crowds.update(_list_crowds_of(tellers, path))
    gone = network.crowded & crowds
    crowded = {place for place in crowds if _is_crowded(now, tellers, place)}
    for note, line in gone ^ crowded:
        concerned.update(tellers.crowds.get(note, {}).get(line, ()))
    pairs = set(_list_pairs(network, contacts, changes))
    now = replace(
        now,
        crowded=network.crowded - gone | crowded if gone != crowded else network.crowded,
        ties=_overlay(network.ties, _tie_again(now, tellers, tell, pairs)),
    )
    concerned.update(end for pair in pairs for end in pair)
    return Retold(now, frozenset(path for path in concerned if path in now.contacts))


def list_named(items: Iterable[Item]) -> Iterator[str]:
    """List the paths of the contacts whom items concern, perhaps more than once."""
    for item in items:
        if isinstance(item, Tie):
            yield from (item.a, item.b)
        elif isinstance(item, Tick):
            yield from filter(None, (item.contact, item.about))
        elif isinstance(item, (Interaction, Mention, Answer, Appointment, Promise)):
            yield item.contact


def _differing(before: Sequence[Item], after: Sequence[Item]) -> list[Item]:
    then, now = Counter(before), Counter(after)
    return [*(then - now), *(now - then)]


def _pick(items: Iterable[Item], kind: type[Any]) -> tuple[Any, ...]:
    return tuple([item for item in items if type(item) is kind])


def _pick_of(path: str, told: Iterable[Told], kind: type[Any]) -> list[Any]:
    return [item for one in told for item in _pick(one.items, kind) if item.contact == path]


def _overlay(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Put what is new in its place, in the order in which things stand; what is empty is none."""
    after = {**before, **now}
    for path, found in now.items():
        if not found:
            after.pop(path, None)
    return after


# --- what is not by contact ---------------------------------------------------------------

_PARTS: Mapping[str, type[Any]] = {
    "appointments": Appointment,
    "promises": Promise,
    "ticks": Tick,
    "answers": Answer,
    "problems": Problem,
}


def _gather_again(before: Evidence, tellers: Tellers, changes: Sequence[Change]) -> Evidence:
    """Take what the changed notes told out of the evidence, and put in what they tell."""
    parts: dict[str, Any] = {}
    paths = frozenset(after.path for _, after in changes)
    for name, kind in _PARTS.items():
        new = [item for _, after in changes for item in _pick(after.items, kind)]
        old = [item for then, _ in changes for item in _pick(then.items, kind)]
        if new != old:
            stays = (item for item in getattr(before, name) if _place_of(item) not in paths)
            parts[name] = put_in_order([*stays, *new])
    seen = any(
        _pick(then.items, kind) != _pick(after.items, kind)
        for then, after in changes
        for kind in (Idea, Exposure, Tick)
    )
    if seen:
        ideas = put_in_order([item for found in tellers.ideas.values() for item in found])
        seen_by = put_in_order([item for found in tellers.exposures.values() for item in found])
        ticks = parts.get("ticks", before.ticks)
        parts["ideas"], parts["exposures"] = settle_ideas(ideas, seen_by, ticks)
    return replace(before, **parts) if parts else before


def _place_of(item: Any) -> str:  # noqa: ANN401 - whatever the evidence holds
    place: str = item.path if type(item) is Problem else item.source
    return place


# --- crowds -------------------------------------------------------------------------------


def _find_crowds(items: Iterable[Item]) -> dict[int, frozenset[str]]:
    people: defaultdict[int, set[str]] = defaultdict(set)
    for item in items:
        if type(item) is Interaction:
            people[item.line].add(item.contact)
    return {line: frozenset(found) for line, found in people.items() if len(found) >= CROWD}


def _list_crowds(tellers: Tellers, changes: Sequence[Change]) -> Iterator[tuple[str, int]]:
    for _, after in changes:
        for line in tellers.crowds.get(after.path, ()):
            yield after.path, line


def _list_crowds_of(tellers: Tellers, path: str) -> Iterator[tuple[str, int]]:
    for note in tellers.of(path):
        for line, people in tellers.crowds.get(note, {}).items():
            if path in people:
                yield note, line


def _is_crowded(network: Network, tellers: Tellers, place: tuple[str, int]) -> bool:
    """Whether a line still tells of so many, now that it is settled who is told of elsewhere."""
    note, line = place
    people = tellers.crowds.get(note, {}).get(line, frozenset())
    there = [
        path
        for path in people
        if any(i.line == line and i.source == note for i in network.with_contact(path))
    ]
    return len(there) >= CROWD


# --- ties ---------------------------------------------------------------------------------


def _list_pairs(
    network: Network, contacts: Mapping[str, Contact], changes: Sequence[Change]
) -> Iterator[tuple[str, str]]:
    """List the pairs of whom something else is told."""
    for before, after in changes:
        for item in _differing(_pick(before.items, Tie), _pick(after.items, Tie)):
            if isinstance(item, Tie):
                yield item.a, item.b
    for path, contact in contacts.items():
        for one in (network.contacts[path], contact):
            yield from ((tie.a, tie.b) for tie in name_ties(one, network.contacts))


def _tie_again(
    network: Network,
    tellers: Tellers,
    tell: Callable[[str], Told],
    pairs: Iterable[tuple[str, str]],
) -> dict[str, tuple[Tie, ...]]:
    """Find the ties of all who stand in some pairs; none: the empty tuple."""
    pairs = {pair for pair in pairs if set(pair) <= network.contacts.keys()}
    now = choose_ties(
        tie
        for pair in pairs
        for tie in (
            *(
                tie
                for note in tellers.of(pair[0])
                for tie in _pick(tell(note).items, Tie)
                if (tie.a, tie.b) == pair
            ),
            *(
                tie
                for end in pair
                for tie in name_ties(network.contacts[end], network.contacts)
                if (tie.a, tie.b) == pair
            ),
        )
    )
    ties = {}
    for end in {end for pair in pairs for end in pair}:
        others = [tie for tie in network.ties.get(end, ()) if (tie.a, tie.b) not in pairs]
        found = [tie for pair, tie in now.items() if end in pair]
        ties[end] = tuple(sorted((*others, *found), key=lambda tie: (tie.a, tie.b)))
    return ties
