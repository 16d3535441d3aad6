"""The last reading, and which notes moved since -> how the vault reads now.

Most of what moves is a line in a note. Then only that note is read, and only what is said of those it
tells of is found anew. Where more may have changed, all is gone through as at first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path
from typing import Protocol

from vaultnet import vault
from vaultnet.core import rings
from vaultnet.core.contacts import Person, make_again, read_person, read_rules
from vaultnet.core.evidence import Told, tell_note
from vaultnet.core.evidence.ground import Ground
from vaultnet.core.frozen import replace
from vaultnet.core.layers import Layered, put_over
from vaultnet.core.links import read_aliases
from vaultnet.core.model import Contact, Network, Problem
from vaultnet.core.moves import Placed
from vaultnet.core.notes import read_note
from vaultnet.core.retelling import Retold, Tellers, retell
from vaultnet.index.listing import now, settled
from vaultnet.reading import Again, Memory, Reading, read_vault, undisturbed


class Known(Protocol):
    """What is known of the notes since the last reading."""

    apart: frozenset[Problem]

    def stamp_of(self, path: str) -> vault.Stamp | None:
        """Say how a note stood when it was read; None: it is not known."""

    def is_as_called(self, person: Person, aliases: tuple[str, ...]) -> bool:
        """Whether a note is as much of a person as it was, by the same names."""

    def tell(self, path: str) -> Told:
        """Give what a note tells."""

    def ask_tellers(self) -> Tellers:
        """Give which notes tell of whom."""

    def put(self, again: Again, told: Told, stamp: vault.Stamp) -> None:
        """Remember what a note that was read again came to; its names are as they were."""


def read_again(
    root: Path, today: date, real_today: date, memory: Memory, moved: Collection[str] | None
) -> Reading:
    """Read a vault of which it is known which files `moved` since the last reading, and that no others did.

    None: any may have.
    """
    last, ground, names = memory.last, memory.ground, memory.names
    if moved is not None and last and ground and names:
        same_days = memory.rests_on[2:] == (today, real_today)
        found = follow(memory, last, ground, names[1], moved) if same_days else None
        if found:
            memory.last, memory.ground = found
            return found[0]
    return read_vault(root, today, real_today, memory)


@undisturbed()
def follow(
    known: Known, last: Reading, ground: Ground, keys: Mapping[str, str], moved: Collection[str]
) -> tuple[Reading, Ground] | None:
    """Bring the last reading up to date where some notes moved.

    `ground` is what it was read by, and `keys` are everybody's, by path. None where more may have
    changed than what these notes tell, and what is said of those they are about: notes that came or
    went, names, settings.
    """
    since = now()
    again = _look_at(known, last, moved)
    if not again:
        return (last, ground) if again is not None else None
    contacts = _make_again(last.network.contacts, again, keys, ground)
    if contacts:
        named = last.network.by_key  # of two with one key, which one it names
        by_key = {c.key: c for c in contacts.values() if named.get(c.key) == c.path}
        ground = replace(
            ground,
            contacts=put_over(ground.contacts, contacts),
            by_key=put_over(ground.by_key, by_key),
        )
    told = {path: tell_note(ground, one.note) for path, one in again.items()}
    if any(one.plan != last.plans.get(path, "") for path, one in told.items()):
        return None
    tellers = known.ask_tellers()  # of whom the notes told before
    stamps = settled({path: one.stamp for path, one in again.items()}, since)
    for path, one in again.items():
        known.put(one, told[path], stamps.get(path, ()))
    retold = retell(
        last.network,
        tellers,
        known.tell,
        told,
        contacts,
        Layered(last.plans, lambda path: known.tell(path).links),
        ground.resolve,
    )
    return _go_on(known, last, again, retold, renewed=bool(contacts), since=since), ground


def _look_at(known: Known, last: Reading, moved: Iterable[str]) -> dict[str, Again] | None:
    """Read the notes that moved; None where one is not what it was: another name, a new note."""
    rules = read_rules(last.settings, last.obsidian)
    again: dict[str, Again] = {}
    for path in sorted(moved):
        before = known.stamp_of(path)
        if before is None:
            return None
        if before and before == vault.find_stamp(last.root, path):
            continue
        stamp, source = vault.read_source(last.root, path)
        if source is None:
            return None
        note = read_note(source)
        person = read_person(note, rules)
        if not known.is_as_called(person, read_aliases(note)):
            return None
        again[path] = Again(stamp, note, person)
    return again


def _make_again(
    before: Mapping[str, Contact],
    again: Mapping[str, Again],
    keys: Mapping[str, str],
    ground: Ground,
) -> dict[str, Contact]:
    """Make the contacts anew whose properties changed."""
    contacts = {}
    for path, one in again.items():
        if path in keys:
            known = before.get(path)
            contact = make_again(one.person, keys, ground.resolve, known)
            if contact is not known:
                contacts[path] = contact
    return contacts


def _go_on(
    known: Known,
    last: Reading,
    again: Mapping[str, Again],
    retold: Retold,
    *,
    renewed: bool,
    since: int,
) -> Reading:
    """Make the next reading of the last one: what no change concerns stays as it was found.

    `renewed` is whether properties of contacts changed.
    """
    network, concerned = retold
    ours = {path: one.stamp for path, one in again.items() if path in last.stamps}
    people, persons = last.people, last.persons
    if renewed:
        persons = tuple(
            again[person.path].person if person.path in again else person for person in persons
        )
        contacts = tuple(network.contacts[contact.path] for contact in people.contacts)
        people = replace(people, contacts=contacts)
    # a value that cannot be understood changes nothing else of a contact
    faults = [p for path, one in again.items() if path != people.me for p in _faults(one)]
    faulty = _put_problems(people.problems, again.keys(), faults)
    people = replace(people, problems=faulty)
    own = [
        problem
        for path, one in again.items()
        for problem in (
            *one.note.problems,
            *(_faults(one) if path != people.me else ()),
            *(item for item in known.tell(path).items if isinstance(item, Problem)),
        )
    ]
    apart = [problem for problem in last.problems if problem in known.apart]
    return replace(
        last,
        notes=tuple(one.note for one in again.values()),
        persons=persons,
        stamps={**last.stamps, **ours},
        people=people,
        network=network,
        problems=_put_problems(last.problems, again.keys(), [*own, *apart]),
        since=since,
        placed={
            day: put_over(stood, rings.place_some(network, concerned, day))
            for day, stood in last.placed.items()
        },
        turned={
            days: _turn_again(network, stood, concerned, days)
            for days, stood in last.turned.items()
        },
        foreseen={
            key: (prospects, changed | concerned)
            for key, (prospects, changed) in last.foreseen.items()
        },
        before=None,
    )


def _faults(one: Again) -> tuple[Problem, ...]:
    """List what cannot be understood of a contact's properties."""
    return one.person.meaning.problems if one.person.meaning else ()


def _put_problems(
    before: tuple[Problem, ...], paths: AbstractSet[str], found: Iterable[Problem]
) -> tuple[Problem, ...]:
    """Put the problems of some notes in place of those they had."""
    stays = {problem for problem in before if problem.path not in paths}
    return tuple(sorted(stays.union(found)))


def _turn_again(
    network: Network,
    before: Mapping[str, Placed],
    concerned: AbstractSet[str],
    days: tuple[date, date],
) -> Mapping[str, Placed]:
    others = {path: stood for path, stood in before.items() if path not in concerned}
    return {**others, **rings.place_turned(network, *days, concerned)}
