"""A vault -> how it reads on a day; what was read before and still stands is not read again."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from vaultnet import config, vault
from vaultnet.core import rings
from vaultnet.core.calendar import Week
from vaultnet.core.contacts import (
    People,
    Person,
    gather_people,
    is_called_the_same,
    read_person,
    read_rules,
)
from vaultnet.core.evidence import (
    Told,
    find_me,
    gather,
    lay_ground,
    still_tells,
    tell_note,
    tells_on,
)
from vaultnet.core.evidence.ground import Ground
from vaultnet.core.frozen import filled, fresh, frozen
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
from vaultnet.core.moves import Placed
from vaultnet.core.network import build_network
from vaultnet.core.notes import read_note
from vaultnet.core.plan import Prospects, View, look_again, look_ahead
from vaultnet.core.retelling import Tellers
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
    turned: dict[tuple[date, date], Mapping[str, Placed]] = fresh(factory=dict)
    """Where those stood on an earlier day whose ring may have changed by a later one."""
    foreseen: dict[tuple[Week, date], tuple[Prospects, frozenset[str]]] = fresh(factory=dict)
    """What a week could bring, seen from a day, and whom something has changed of since."""
    at_rest: dict[str, vault.Stamp] = fresh(factory=dict)
    """Earlier plans of which nothing is to be written any more, and how each stood."""
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


def place_turned_on(reading: Reading, day: date, today: date) -> Mapping[str, Placed]:
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


class Again(NamedTuple):
    """A note that was read again."""

    stamp: vault.Stamp
    note: Note
    person: Person


@filled
class Memory:
    """What was read before. The same notes give the same reading with it and without it."""

    rests_on: tuple[Settings, Obsidian, date, date]
    """All on which the last reading rests beside the notes: the settings, and today twice, see
    `read_vault`."""
    gists: dict[str, Gist] = fresh(factory=dict)
    changed: set[str] = fresh(factory=set)
    """Paths of the gists that are new, or gone, since the memory was kept."""
    names: Names | None = None
    last: Reading | None = None
    ground: Ground | None = None
    """What the notes of the last reading were read by."""
    tellers: Tellers | None = None
    """Which notes told of whom then; None: nobody has asked."""
    apart: frozenset[Problem] = frozenset()
    """The problems of the last reading that are no note's own."""

    def stamp_of(self, path: str) -> vault.Stamp | None:
        """Say how a note stood when it was read; None: it is not known."""
        gist = self.gists.get(path)
        return gist.stamp if gist else None

    def is_as_called(self, person: Person, aliases: tuple[str, ...]) -> bool:
        """Whether a note is as much of a person as it was, by the same names."""
        gist = self.gists[person.path]
        return gist.aliases == aliases and is_called_the_same(gist.person, person)

    def tell(self, path: str) -> Told:
        """Give what a note tells."""
        return self.gists[path].told

    def ask_tellers(self) -> Tellers:
        """Give which notes tell of whom."""
        if self.tellers is None:
            self.tellers = Tellers(gist.told for gist in self.gists.values())
        return self.tellers

    def put(self, again: Again, told: Told, stamp: vault.Stamp) -> None:
        """Remember what a note that was read again came to; its names are as they were."""
        path = again.note.path
        aliases = self.gists[path].aliases
        self.gists[path] = Gist(stamp, aliases, again.person, again.note.problems, told)
        self.changed.add(path)


def recall(root: Path, today: date, real_today: date) -> Memory:
    """Recall what was read by an earlier run."""
    settings = config.read_settings(root)
    obsidian, _ = vault.read_obsidian(root)
    gists = {}
    for path, (*days, stamp, aliases, person, problems, told) in kept.load_notes(
        root, repr((settings, obsidian))
    ).items():
        if _is_good_on(told, days, (today, real_today)):
            gists[path] = Gist(stamp, aliases, person, problems, told)
    return Memory((settings, obsidian, today, real_today), gists)


def keep(root: Path, memory: Memory) -> None:
    """Keep what was read for later runs."""
    settings, obsidian, *days = memory.rests_on
    found = {path: (*days, *gist) for path, gist in memory.gists.items()}
    kept.save_notes(root, repr((settings, obsidian)), found, memory.changed)
    memory.changed.clear()


def _is_good_on(told: Told, before: Sequence[date], days: Sequence[date]) -> bool:
    """Whether a note tells what it told when today, and the day it is, were others."""
    if (*before,) == (*days,):
        return True
    later = all(then <= now for then, now in zip(before, days, strict=True))
    return later and tells_on(told, *days)


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
def read_vault(root: Path, today: date, real_today: date, memory: Memory | None = None) -> Reading:
    """Read the notes, understand them, and find where everybody stands.

    `today` is the day to look from, `real_today` the day it is. With a `memory`, which is brought up
    to date, only notes that changed since are read.
    """
    since = now()
    settings = config.read_settings(root)
    memory = memory or Memory((settings, Obsidian(), today, real_today))
    while True:
        known = {path: gist.stamp for path, gist in memory.gists.items()}
        scan = vault.scan(root, settings, known)
        ground = (settings, scan.obsidian, today, real_today)
        if memory.rests_on != ground:
            good = _pick_good(memory, ground)
            memory.changed |= memory.gists.keys() - good.keys()
            memory.rests_on, memory.names, memory.last = ground, None, None
            memory.gists = good
            if len(good) < len(known):
                continue
        found = _understand(root, memory, scan, since)
        if isinstance(found, Reading):
            return found
        memory.changed |= found
        for path in found:
            del memory.gists[path]


def _pick_good(memory: Memory, ground: tuple[Settings, Obsidian, date, date]) -> dict[str, Gist]:
    """Pick the gists that are good on another ground: with other settings none, later nearly all."""
    if memory.rests_on[:2] != ground[:2]:
        return {}
    before, days = memory.rests_on[2:], ground[2:]
    return {
        path: gist for path, gist in memory.gists.items() if _is_good_on(gist.told, before, days)
    }


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
    ours = settings.plan_start
    memory.ground, memory.tellers = ground, None
    memory.apart = frozenset({*scan.problems, *unread})
    memory.last = Reading(
        root=root,
        today=today,
        settings=settings,
        obsidian=obsidian,
        notes=tuple(notes.values()),
        persons=everybody,
        plans=dict(sorted((p, g.told.plan) for p, g in memory.gists.items() if g.told.plan)),
        stamps={path: stamp for path, stamp in scan.stamps.items() if path.startswith(ours)},
        people=people,
        links=links,
        network=network,
        problems=tuple(sorted(problems)),
        templates=templates,
        paths=scan.paths,
        since=since,
        at_rest=last.at_rest if last else {},
        before=(last.network, last.placed) if last else None,
    )
    return memory.last


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
