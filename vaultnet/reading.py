"""A vault -> how it reads on a day; what was read before and still stands is not read again."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, cast

from vaultnet import config, vault
from vaultnet.core import rings
from vaultnet.core.calendar import Week
from vaultnet.core.contacts import (
    People,
    Person,
    gather_people,
    is_called_the_same,
    make_again,
    read_person,
    read_rules,
)
from vaultnet.core.evidence import Told, find_me, gather, lay_ground, still_tells, tell_note
from vaultnet.core.evidence.ground import Ground
from vaultnet.core.frozen import fresh, frozen, replace
from vaultnet.core.links import LinkIndex, index_names, read_aliases
from vaultnet.core.model import (
    Network,
    Note,
    Obsidian,
    Problem,
    Settings,
    Source,
    Standing,
)
from vaultnet.core.network import build_network
from vaultnet.core.notes import read_note
from vaultnet.core.plan import Prospects, View, look_again, look_ahead
from vaultnet.core.retelling import Retold, Tellers, retell
from vaultnet.index import gists as kept
from vaultnet.index.listing import now, settled

Standings: TypeAlias = Mapping[str, Standing]


@frozen
class Reading:
    """A vault as it reads on a day."""

    root: Path
    today: date
    settings: Settings
    obsidian: Obsidian
    notes: tuple[Note, ...]
    """Those that were read this time: all of them, unless a memory spared the others."""
    persons: tuple[Person, ...]
    """What each note says of being a person."""
    plans: Mapping[str, str]
    """Path of each plan -> its week."""
    stamps: Mapping[str, vault.Stamp]
    """How each note in the plans' folder stood on the disk when it was read."""
    people: People
    links: LinkIndex
    network: Network
    problems: tuple[Problem, ...]
    """Faults in the notes, in the order of path and line; hints are told by `check_vault`."""
    templates: tuple[Source, ...] = ()
    """The vault's own templates for the plan."""
    paths: tuple[str, ...] = ()
    """Of every note that was seen, read or not."""
    since: int = 0
    """When the reading began (ns): what was written later is not in it."""
    placed: dict[date, Standings] = fresh(factory=dict)
    """Where everybody stood on the days that were asked for so far."""
    turned: dict[tuple[date, date], Standings] = fresh(factory=dict)
    """Where those stood on an earlier day whose ring may have changed by a later one."""
    foreseen: dict[tuple[Week, date], tuple[Prospects, frozenset[str]]] = fresh(factory=dict)
    """What a week could bring, seen from a day, and whom something has changed of since."""
    before: tuple[Network, Mapping[date, Standings]] | None = None
    """The network of the reading before this one, and where everybody stood in it."""

    @property
    def standings(self) -> Standings:
        """Where everybody stands today."""
        return place_on(self, self.today)


def place_on(reading: Reading, day: date) -> Standings:
    """Find where everybody stands on a day; whoever stood so before for the same reasons still does."""
    if day not in reading.placed:
        network, placed = reading.before or (None, {})
        known = (network, placed[day]) if network and day in placed else None
        reading.placed[day] = rings.place(reading.network, day, known)
    return reading.placed[day]


def place_turned_on(reading: Reading, day: date, today: date) -> Standings:
    """Find where those stood on an earlier day whose ring may have changed by `today`."""
    if (day, today) not in reading.turned:
        reading.turned[day, today] = rings.place_turned(reading.network, day, today)
    return reading.turned[day, today]


def foresee(reading: Reading, view: View) -> View:
    """Find what a week can bring with everybody; anew for those of whom something has changed."""
    key = view.week, view.today
    before, changed = reading.foreseen.get(key, (None, frozenset()))
    if before is None:
        view = look_ahead(view)
    elif changed:
        view = look_again(view, before, changed)
    else:
        view = view.seeing(prospects=before)
    reading.foreseen[key] = view.ahead, frozenset()
    return view


# --- what was read before -----------------------------------------------------------------


Names: TypeAlias = tuple[LinkIndex, Mapping[str, str], frozenset[str]]
"""By which names links lead somewhere, the key of each contact by path, and which notes are you."""


class Gist(NamedTuple):
    """What a note came to: all that a plan needs of it, and far less than its lines."""

    stamp: vault.Stamp
    """Empty where a later change might not show by it."""
    aliases: tuple[str, ...]
    person: Person
    problems: tuple[Problem, ...]
    told: Told


@dataclass(slots=True)
class Memory:
    """What was read before. The same notes give the same reading with it and without it."""

    rests_on: tuple[Settings, Obsidian, date, date]
    """All on which the gists rest beside the notes: the settings, and today twice, see `read_vault`."""
    gists: dict[str, Gist] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    """Paths of the gists that are new, or gone, since the memory was kept."""
    names: Names | None = None
    last: Reading | None = None
    ground: Ground | None = None
    """What the notes of the last reading were read by."""
    tellers: Tellers | None = None
    """Which notes told of whom then; None: nobody has asked."""
    apart: frozenset[Problem] = frozenset()
    """The problems of the last reading that are no note's own."""


def recall(root: Path, today: date, real_today: date) -> Memory:
    """Recall what was read by an earlier run."""
    settings = config.read_settings(root)
    obsidian, _ = vault.read_obsidian(root)
    ground = (settings, obsidian, today, real_today)
    found = kept.load_notes(root, repr(ground))
    gists = {
        path: Gist(stamp, *cast("tuple[Any, ...]", rest)) for path, (stamp, rest) in found.items()
    }
    return Memory(ground, gists)


def keep(root: Path, memory: Memory) -> None:
    """Keep what was read for later runs."""
    found = {path: (gist.stamp, tuple(gist[1:])) for path, gist in memory.gists.items()}
    kept.save_notes(root, repr(memory.rests_on), found, memory.changed)
    memory.changed.clear()


# --- reading ------------------------------------------------------------------------------


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Python's search for cycles away from what is read.

    It would walk all values made so far, again and again, and find none: a reading holds no cycle,
    so that whatever of it is let go is freed at once.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # and back at once: what was read counts as old, and is not searched as new
        gc.unfreeze()
        if searching:
            gc.enable()


@undisturbed()
def read_vault(
    root: Path,
    today: date,
    real_today: date,
    memory: Memory | None = None,
    moved: Collection[str] | None = None,
) -> Reading:
    """Read the notes, understand them, and find where everybody stands.

    `today` is the day to look from, `real_today` the day it is. With a `memory`, which is brought up
    to date, only notes that changed since are read. Whoever knows which files `moved` since the last
    reading, and that no others did, spares the look at all of them.
    """
    since = now()
    if memory and memory.last and moved is not None:
        told_again = (
            _read_moved(memory, moved, since) if _is_of(memory, today, real_today) else None
        )
        if told_again:
            memory.last = told_again
            return told_again
    settings = config.read_settings(root)
    memory = memory or Memory((settings, Obsidian(), today, real_today))
    while True:
        known = {path: gist.stamp for path, gist in memory.gists.items()}
        scan = vault.scan(root, settings, known)
        ground = (settings, scan.obsidian, today, real_today)
        if memory.rests_on != ground:
            memory.changed |= memory.gists.keys()
            memory.rests_on, memory.names, memory.last = ground, None, None
            memory.gists = {}
            if known:
                continue
        found = _understand(root, memory, scan, since)
        if isinstance(found, Reading):
            return found
        memory.changed |= found
        for path in found:
            del memory.gists[path]


def _understand(
    root: Path, memory: Memory, scan: vault.Scan, since: int
) -> Reading | frozenset[str]:
    """Bring what is new and what is remembered together.

    Where notes must be read again since a link in them leads elsewhere now, their paths are given
    instead.
    """
    settings, obsidian, today, real_today = memory.rests_on
    rules = read_rules(settings, obsidian)
    notes = {source.path: read_note(source) for source in scan.sources}
    spared = {path: memory.gists[path] for path in scan.stamps if path not in notes}
    aliases = {path: read_aliases(note) for path, note in notes.items()}
    persons = {path: read_person(note, rules) for path, note in notes.items()}
    links = index_names(scan.paths, aliases | {path: gist.aliases for path, gist in spared.items()})
    everybody = tuple((persons | {path: gist.person for path, gist in spared.items()}).values())
    last = memory.last
    people = gather_people(
        everybody, settings, links.resolve, last.network.contacts if last else None
    )
    me = find_me((person.path for person in everybody if person.is_me), settings, links.resolve)
    ground = lay_ground(people.contacts, me, links.resolve, settings, obsidian, today, real_today)
    names = (links, {contact.path: contact.key for contact in people.contacts}, me)
    if stale := _find_stale(spared, ground, names, memory.names):
        return stale
    memory.names = names
    stamps = settled(scan.stamps, since)
    told = {path: tell_note(ground, note) for path, note in notes.items()}
    fresh = {
        path: Gist(stamps.get(path, ()), aliases[path], persons[path], note.problems, told[path])
        for path, note in notes.items()
    }
    memory.changed |= fresh.keys() | (memory.gists.keys() - spared.keys())
    memory.gists = spared | fresh
    gists = memory.gists.values()
    evidence = gather([gist.told for gist in gists], links.resolve)
    network = build_network(people.contacts, evidence)
    problems = {problem for gist in gists for problem in gist.problems}
    templates, unread = vault.read_templates(root, settings.templates)
    problems |= {*scan.problems, *people.problems, *evidence.problems, *unread}
    ours = f"{settings.plan_folder}/".lstrip("/")
    memory.ground, memory.tellers = ground, None
    memory.apart = frozenset({*scan.problems, *unread})
    memory.last = Reading(
        root=root,
        today=today,
        settings=settings,
        obsidian=obsidian,
        notes=tuple(notes.values()),
        persons=everybody,
        plans={path: gist.told.plan for path, gist in memory.gists.items() if gist.told.plan},
        stamps={path: stamp for path, stamp in scan.stamps.items() if path.startswith(ours)},
        people=people,
        links=links,
        network=network,
        problems=tuple(sorted(problems)),
        templates=templates,
        paths=scan.paths,
        since=since,
        before=(last.network, last.placed) if last else None,
    )
    return memory.last


def _is_of(memory: Memory, today: date, real_today: date) -> bool:
    return memory.rests_on[2:] == (today, real_today)


class _Again(NamedTuple):
    """A note that was read again."""

    stamp: vault.Stamp
    note: Note
    person: Person


def _read_moved(memory: Memory, moved: Collection[str], since: int) -> Reading | None:
    """Bring the last reading up to date where some notes moved.

    None where more may have changed than what they tell and what is said of those they are about:
    notes that came or went, names, settings.
    """
    last, ground, names = memory.last, memory.ground, memory.names
    if last is None or ground is None or names is None:
        return None
    again = _look_at(memory, last, moved)
    if again is None or not again:
        return last if again is not None else None
    contacts = {
        path: contact
        for path, one in again.items()
        if (known := last.network.contacts.get(path))
        and (contact := make_again(one.person, names[1], ground.resolve, known)) is not known
    }
    if contacts:
        by_key = {contact.key: contact for contact in contacts.values()}
        ground = replace(
            ground,
            contacts={**ground.contacts, **contacts},
            by_key={**ground.by_key, **by_key},
        )
    told = {path: tell_note(ground, one.note) for path, one in again.items()}
    before = {path: memory.gists[path] for path in told}
    if any(old.told.plan != told[path].plan for path, old in before.items()):
        return None
    if memory.tellers is None:
        memory.tellers = Tellers(gist.told for gist in memory.gists.values())
    memory.ground = ground
    stamps = settled({path: one.stamp for path, one in again.items()}, since)
    for path, one in again.items():
        memory.gists[path] = Gist(
            stamps.get(path, ()),
            memory.gists[path].aliases,
            one.person,
            one.note.problems,
            told[path],
        )
    memory.changed |= again.keys()
    gists = memory.gists
    retold = retell(
        last.network,
        memory.tellers,
        lambda path: gists[path].told,
        [(old.told, told[path]) for path, old in before.items()],
        contacts,
        {path: gists[path].told.links for path in last.plans},
        ground.resolve,
    )
    return _go_on(memory, last, again, before, retold, since)


def _look_at(memory: Memory, last: Reading, moved: Collection[str]) -> dict[str, _Again] | None:
    """Read the notes that moved; None where one is not what it was: another name, a new note."""
    rules = read_rules(last.settings, last.obsidian)
    again: dict[str, _Again] = {}
    for path in sorted(moved):
        gist = memory.gists.get(path)
        if gist is None:
            return None
        if gist.stamp and gist.stamp == vault.find_stamp(last.root, path):
            continue
        stamp, source = vault.read_source(last.root, path)
        if source is None:
            return None
        note = read_note(source)
        person = read_person(note, rules)
        if read_aliases(note) != gist.aliases or not is_called_the_same(gist.person, person):
            return None
        again[path] = _Again(stamp, note, person)
    return again


def _go_on(
    memory: Memory,
    last: Reading,
    again: Mapping[str, _Again],
    before: Mapping[str, Gist],
    retold: Retold,
    since: int,
) -> Reading:
    """Make the next reading of the last one: what no change concerns stays as it was found."""
    network, concerned = retold
    told = [memory.gists[path] for path in again]
    gone = {p for gist in before.values() for p in _problems_of(gist, last.people)}
    found = {p for gist in told for p in _problems_of(gist, last.people)}
    ours = {path: one.stamp for path, one in again.items() if path in last.stamps}
    people, persons = last.people, last.persons
    if any(one.person != before[path].person for path, one in again.items()):
        persons = tuple(
            again[person.path].person if person.path in again else person for person in persons
        )
        people = replace(
            people,
            contacts=tuple(network.contacts[contact.path] for contact in people.contacts),
            problems=_put_problems(
                people.problems,
                {p for gist in before.values() for p in _faults_of(gist, people)},
                {p for gist in told for p in _faults_of(gist, people)},
            ),
        )
    return replace(
        last,
        notes=tuple(one.note for one in again.values()),
        persons=persons,
        stamps={**last.stamps, **ours},
        people=people,
        network=network,
        problems=_put_problems(last.problems, gone - memory.apart, found),
        since=since,
        placed={
            day: {**stood, **rings.place_some(network, concerned, day)}
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


def _problems_of(gist: Gist, people: People) -> Iterator[Problem]:
    yield from gist.problems
    yield from _faults_of(gist, people)
    yield from (item for item in gist.told.items if isinstance(item, Problem))


def _faults_of(gist: Gist, people: People) -> tuple[Problem, ...]:
    """List what cannot be understood of a contact's properties; your own are not looked at."""
    meaning = gist.person.meaning
    return meaning.problems if meaning and gist.person.path != people.me else ()


def _put_problems(
    before: tuple[Problem, ...], gone: AbstractSet[Problem], found: AbstractSet[Problem]
) -> tuple[Problem, ...]:
    return tuple(sorted(({*before} - gone) | found)) if gone != found else before


def _turn_again(
    network: Network, before: Standings, concerned: frozenset[str], days: tuple[date, date]
) -> Standings:
    others = {path: stood for path, stood in before.items() if path not in concerned}
    return {**others, **rings.place_turned(network, *days, concerned)}


def _find_stale(
    spared: Mapping[str, Gist], ground: Ground, names: Names, before: Names | None
) -> frozenset[str]:
    """Find the notes that may tell something else now, though not a letter of them has changed.

    They are those in which a link leads to somebody else, and the plans where somebody bears another
    key; while all `names` are as they were `before`, there are none.
    """
    if names == before:
        return frozenset()
    return frozenset(
        path
        for path, gist in spared.items()
        if gist.told.plan or not still_tells(ground, gist.told)
    )
