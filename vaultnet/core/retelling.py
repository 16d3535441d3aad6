"""What some notes told, and tell now -> the network as it is now, and whom that concerns.

Nearly always what changes in a vault is what a few notes tell: a line in a log, a tick in a plan. Then
who the contacts are, what they are called and where links lead is as it was, and only the part of the
network has to be found anew that those notes tell of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias, TypeVar

from vaultnet.core.evidence import Told, put_in_order, settle, settle_ideas
from vaultnet.core.evidence.ground import Item
from vaultnet.core.frozen import replace
from vaultnet.core.layers import put_over
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

T = TypeVar("T")

Plans: TypeAlias = Mapping[str, Mapping[int, tuple[Link, ...]]]
"""Of each plan, line of a tick -> the links in it."""
Line: TypeAlias = tuple[str, int]
"""Path of a note, and number of a line in it."""


class Tellers:
    """Which notes tell of whom, as far as it does not go without saying."""

    def __init__(self, told: Iterable[Told] = ()) -> None:
        """Go through what all notes tell."""
        self.others: dict[str, set[str]] = {}
        """Path of a contact -> paths of the notes that tell of them, beside their own."""
        self.named: dict[str, frozenset[str]] = {}
        """Path of a note -> the contacts of whom it tells, if there are others than its own."""
        self.crowds: dict[str, dict[int, frozenset[str]]] = {}
        """Path of a note -> line that tells of three and more contacts -> the contacts."""
        self.ideas: dict[str, tuple[Idea, ...]] = {}
        self.exposures: dict[str, tuple[Exposure, ...]] = {}
        for one in told:
            if not _tells_of_itself(one):
                self.put(one)

    def of(self, contact: str) -> tuple[str, ...]:
        """List the notes that may tell of a contact, the contact's own first."""
        return contact, *sorted(self.others.get(contact, set()) - {contact})

    def put(self, told: Told) -> None:
        """Take down what a note tells, in place of what it told before."""
        path = told.path
        named = frozenset(list_named(told.items)) - {path}
        before = self.named.pop(path, frozenset())
        for contact in before - named:
            self.others[contact].discard(path)
        for contact in named - before:
            self.others.setdefault(contact, set()).add(path)
        if named:
            self.named[path] = named
        _put(self.crowds, path, _find_crowds(told.items) if named else {})
        _put(self.ideas, path, _pick(told.items, Idea))
        _put(self.exposures, path, _pick(told.items, Exposure))


def _tells_of_itself(told: Told) -> bool:
    """Whether a note tells of what happened with its own contact and of nothing else, as most do."""
    path = told.path
    return not [x for x in told.items if type(x) is not Interaction or x.contact != path]


def _put(taken: dict[str, T], path: str, found: T) -> None:
    if found:
        taken[path] = found
    else:
        taken.pop(path, None)


class Retold(NamedTuple):
    """A network as it is now."""

    network: Network
    concerned: frozenset[str]
    """Paths of the contacts of whom something else may be said now."""


def retell(
    network: Network,
    tellers: Tellers,
    tell: Callable[[str], Told],
    changed: Mapping[str, Told],
    contacts: Mapping[str, Contact],
    plans: Plans,
    resolve: Resolve,
) -> Retold:
    """Find the network anew where some notes tell something else.

    `changed` is what these notes tell now, by path, and `tell` gives it of any note. `contacts` are
    those whose properties changed; their paths, keys and names are as they were. `tellers` are
    brought up to date.
    """
    crowds = set(_list_crowds(tellers, changed))
    named = {*contacts, *changed}
    for path, told in changed.items():
        named |= tellers.named.get(path, frozenset())
        tellers.put(told)
        named |= tellers.named.get(path, frozenset())
    crowds.update(_list_crowds(tellers, changed))
    concerned = {path for path in named if path in network.contacts}
    heard = {path: [tell(note) for note in tellers.of(path)] for path in concerned}
    interactions = {
        path: find_interactions(path, found, plans, resolve) for path, found in heard.items()
    }
    mentions = {path: find_mentions(path, found) for path, found in heard.items()}
    days = {path: find_crowded_days(found) for path, found in interactions.items()}
    now = replace(
        network,
        contacts=put_over(network.contacts, contacts),
        interactions=put_over(network.interactions, interactions),
        mentions=put_over(network.mentions, mentions),
        crowded_days=put_over(network.crowded_days, days),
        evidence=_gather_again(network.evidence, tellers, changed),
    )
    for path in concerned:
        crowds.update(_list_crowds_of(tellers, path))
    gone = network.crowded & crowds
    crowded = {place for place in crowds if _is_crowded(now, tellers, place)}
    for note, line in gone ^ crowded:
        concerned.update(tellers.crowds.get(note, {}).get(line, ()))
    ties = _tie_again(now, tellers, tell, set(_list_pairs(now, concerned, changed)))
    for path, found in ties.items():
        if found != network.ties.get(path, ()):
            concerned.add(path)
    now = replace(
        now,
        crowded=network.crowded - gone | crowded if gone != crowded else network.crowded,
        ties=put_over(network.ties, ties),
    )
    return Retold(now, frozenset(concerned))


def find_interactions(
    path: str, told: Iterable[Told], plans: Plans, resolve: Resolve
) -> tuple[Interaction, ...]:
    """Find what happened with one contact, from all that notes tell of them."""
    return settle(_pick_of(path, told, Interaction), plans, resolve)


def find_mentions(path: str, told: Iterable[Told]) -> tuple[Mention, ...]:
    """Find the mentions of one contact, from all that notes tell of them."""
    return put_in_order(_pick_of(path, told, Mention))


def list_named(items: Iterable[Item]) -> Iterator[str]:
    """List the paths of the contacts whom items concern, perhaps more than once."""
    for item in items:
        if isinstance(item, Tie):
            yield from (item.a, item.b)
        elif isinstance(item, Tick):
            yield from filter(None, (item.contact, item.about))
        elif isinstance(item, (Interaction, Mention, Answer, Appointment, Promise)):
            yield item.contact


def _pick(items: Iterable[Item], kind: type[Any]) -> tuple[Any, ...]:
    return tuple([item for item in items if type(item) is kind])


def _pick_of(path: str, told: Iterable[Told], kind: type[Any]) -> list[Any]:
    return [item for one in told for item in _pick(one.items, kind) if item.contact == path]


# --- what is not by contact ---------------------------------------------------------------

_PARTS: Mapping[str, type[Any]] = {
    "appointments": Appointment,
    "promises": Promise,
    "ticks": Tick,
    "answers": Answer,
    "problems": Problem,
}


def _gather_again(before: Evidence, tellers: Tellers, changed: Mapping[str, Told]) -> Evidence:
    """Take what the changed notes told out of the evidence, and put in what they tell."""
    parts: dict[str, Any] = {}
    for name, kind in _PARTS.items():
        known = getattr(before, name)
        stays = [item for item in known if _place_of(item) not in changed]
        new = [item for told in changed.values() for item in _pick(told.items, kind)]
        if new or len(stays) < len(known):
            parts[name] = put_in_order([*stays, *new])
    ideas = put_in_order([item for found in tellers.ideas.values() for item in found])
    seen = put_in_order([item for found in tellers.exposures.values() for item in found])
    settled = settle_ideas(ideas, seen, parts.get("ticks", before.ticks))
    parts["ideas"], parts["exposures"] = settled
    return replace(before, **parts)


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


def _list_crowds(tellers: Tellers, paths: Iterable[str]) -> Iterator[Line]:
    for path in paths:
        for line in tellers.crowds.get(path, ()):
            yield path, line


def _list_crowds_of(tellers: Tellers, path: str) -> Iterator[Line]:
    for note in tellers.of(path):
        for line, people in tellers.crowds.get(note, {}).items():
            if path in people:
                yield note, line


def _is_crowded(network: Network, tellers: Tellers, place: Line) -> bool:
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
    network: Network, concerned: Iterable[str], changed: Mapping[str, Told]
) -> Iterator[tuple[str, str]]:
    """List the pairs of whom the changed notes told, or tell now, that they know each other."""
    for path in concerned:
        for tie in network.ties.get(path, ()):
            if tie.source in changed:
                yield tie.a, tie.b
    for path, told in changed.items():
        for tie in _pick(told.items, Tie):
            yield tie.a, tie.b
        if path in network.contacts:
            for tie in name_ties(network.contacts[path], network.contacts):
                yield tie.a, tie.b


def _tie_again(
    network: Network,
    tellers: Tellers,
    tell: Callable[[str], Told],
    pairs: Iterable[tuple[str, str]],
) -> dict[str, tuple[Tie, ...]]:
    """Find the ties of all who stand in some pairs; none: the empty tuple."""
    pairs = {(a, b) for a, b in pairs if a in network.contacts and b in network.contacts}
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
