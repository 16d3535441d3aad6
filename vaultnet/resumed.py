"""How all stood when a plan was last drafted -> a reading that goes on from there, as far as it is asked.

A plan names some dozen people, and mostly a note or two have changed since the last one. So what choosing
among everybody looks at is kept, and all else is read from the notes of those whom the plan is about. The
notes are always right: what was kept is good only while every file stands as it stood.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, cast

from vaultnet import vault
from vaultnet.core import rings
from vaultnet.core.calendar import Week, days_after
from vaultnet.core.contacts import People, Person, make_again, read_person, read_rules
from vaultnet.core.evidence import Told, tell_note
from vaultnet.core.evidence.ground import Ground
from vaultnet.core.evidence.units import Vocabulary, pack_words, unpack_words, vocabulary
from vaultnet.core.layers import Layered
from vaultnet.core.links import LinkIndex
from vaultnet.core.model import (
    Contact,
    Fact,
    Network,
    Note,
    Problem,
    Ring,
    Standing,
    Tie,
)
from vaultnet.core.moves import Placed, Then
from vaultnet.core.network import find_crowded_days
from vaultnet.core.notes import read_note
from vaultnet.core.plan import Prospects
from vaultnet.core.plan.prospects import Candidate, Debt, Meeting, Wait
from vaultnet.core.retelling import Tellers, find_interactions, find_mentions
from vaultnet.core.sources import is_note
from vaultnet.index import columns
from vaultnet.index.differing import find_changed
from vaultnet.index.listing import Look, settled
from vaultnet.index.sealed import load, save
from vaultnet.moved import follow
from vaultnet.reading import Again, Memory, Reading


class StaleError(Exception):
    """A note is not what it was a moment ago: all has to be read as at first."""


class _At(NamedTuple):
    """A note, and what it came to."""

    note: Note
    person: Person


class Resumed:
    """What is known of the notes since a plan was last drafted."""

    def __init__(
        self, root: Path, look: Look, state: Mapping[str, Any], today: date, real_today: date
    ) -> None:
        """Take what was kept, of files that stand as a `look` saw them."""
        (values,) = columns.make_again(state["values"])
        settings, obsidian, evidence, ideas, exposures, problems, apart, turned = values
        self.root = root
        self.look = look
        self.state = state
        self._kept = _recall_look(state)
        self.apart: frozenset[Problem] = frozenset(apart)
        self.keys: Mapping[str, str] = state["keys"]
        self.at = dict(zip(look.names, range(len(look.names)), strict=True))
        self._unread = frozenset(state["unread"])
        self._rules = read_rules(settings, obsidian)
        self._notes: dict[str, _At] = {}
        self._told: dict[str, Told] = {}
        self.stamps: dict[str, vault.Stamp] = {}
        """Of the notes that were read again."""
        self._tellers = _unpack_tellers(state, ideas, exposures)
        by_key = dict(zip(self.keys.values(), self.keys, strict=True))
        contacts = Layered(self.keys, self._meet)
        links = self.links = _Links(root, state["read"], state["asked"])
        self.ground = Ground(
            contacts=contacts,
            by_key=Layered(by_key, lambda key: contacts[by_key[key]]),
            me=frozenset(state["mine"]),
            resolve=links.resolve,
            settings=settings,
            obsidian=obsidian,
            today=today,
            real_today=real_today,
            words=_recall_words(root, settings.kinds),
        )
        plans = state["plans"]
        links_in = Layered(plans, lambda path: self.tell(path).links)
        interactions = Layered(
            self.keys,
            lambda path: find_interactions(
                path, map(self.tell, self._tellers.of(path)), links_in, links.resolve
            ),
        )
        network = Network(
            contacts=contacts,
            interactions=interactions,
            mentions=Layered(
                self.keys, lambda path: find_mentions(path, map(self.tell, self._tellers.of(path)))
            ),
            ties=Layered(state["ties"], lambda path: _unpack_ties(state["ties"][path])),
            crowded=frozenset(map(tuple, state["crowded"])),
            crowded_days=Layered(
                self.keys, lambda path: find_crowded_days(interactions.get(path, ()))
            ),
            evidence=evidence,
            by_key=by_key,
        )
        week = Week(*state["week"])
        answers = rings.answers_by_contact(evidence)
        standings: Layered[Standing] = Layered(
            self.keys,
            lambda path: rings.stand(
                network.contacts[path], network.with_contact(path), today, answers.get(path, ())
            ),
        )
        templates, _ = vault.read_templates(root, settings.templates)
        ours = settings.plan_start
        self.reading = Reading(
            root=root,
            today=today,
            settings=settings,
            obsidian=obsidian,
            notes=(),
            persons=(),
            plans=plans,
            stamps={
                name: look.stamp_at(self.at[name])
                for name in [name for name in look.names if name.startswith(ours)]
                if self.stamp_of(name) is not None
            },
            people=People(me=state["me"]),
            links=LinkIndex(crowded=frozenset(state["crowded_names"])),
            network=network,
            problems=problems,
            templates=templates,
            paths=tuple(state["paths"]),
            since=look.since,
            placed={today: standings},
            turned=_unpack_turned(turned, network, week, today),
            at_rest=dict(state["at_rest"]),
            foreseen={(week, today): (_unpack_prospects(state), frozenset())},
        )

    @property
    def read(self) -> frozenset[str]:
        """Paths of the notes that were read so far."""
        return frozenset(self._notes)

    def stamp_of(self, path: str) -> vault.Stamp | None:
        """Say how a note stood when it was read; None: it is not known."""
        index = self.at.get(path)
        if index is None or path in self._unread or not is_note(path):
            return None
        stamp = self._kept.stamp_at(index)
        return () if stamp == _NEVER else stamp

    def is_as_called(self, person: Person, aliases: tuple[str, ...]) -> bool:
        """Whether a note is as much of a person as it was, by the same names."""
        path, state = person.path, self.state
        stem = state["stems"].get(path, self.keys.get(path, ""))
        return (
            aliases == tuple(state["aliases"].get(path, ()))
            and person.stem == stem
            and person.doubt == state["doubts"].get(path, "")
            and person.is_me == (path in state["marked"])
            and (person.meaning is not None) == (path in self.keys)
        )

    def tell(self, path: str) -> Told:
        """Give what a note tells."""
        if path not in self._told:
            self._told[path] = tell_note(self.ground, self._look(path).note)
        return self._told[path]

    def ask_tellers(self) -> Tellers:
        """Give which notes tell of whom."""
        return self._tellers

    def put(self, again: Again, told: Told, stamp: vault.Stamp) -> None:
        """Remember what a note that was read again came to; its names are as they were."""
        path = again.note.path
        self._notes[path] = _At(again.note, again.person)
        self._told[path] = told
        self.stamps[path] = stamp

    def _look(self, path: str) -> _At:
        """Read a note that stands as it stood."""
        if path not in self._notes:
            index = self.at[path]
            stamp, source = vault.read_source(self.root, path)
            if source is None or stamp != self.look.stamp_at(index):
                raise StaleError(path)
            note = read_note(source)
            self._notes[path] = _At(note, read_person(note, self._rules))
        return self._notes[path]

    def _meet(self, path: str) -> Contact:
        person = self._look(path).person
        if person.meaning is None:  # no person any more, as somebody has just written
            raise StaleError(path)
        return make_again(person, self.keys, self.ground.resolve, None)


class _Links:
    """Where links lead: as they led the last time, while no note has another name; else as all names say.

    All names are loaded when a link is asked for that was not asked for then.
    """

    def __init__(self, root: Path, id_: str, known: Mapping[str, Mapping[str, str | None]]) -> None:
        self._root = root
        self._id = id_
        self._known = known
        self._index: LinkIndex | None = None
        self.asked: dict[str, dict[str, str | None]] = {}
        """Path of a note -> target of a link in it -> where it leads: what was asked for this time."""

    def resolve(self, source: str, target: str) -> str | None:
        known = self._known.get(source, {})
        path = known[target] if target in known else self._find(source, target)
        self.asked.setdefault(source, {})[target] = path
        return path

    def _find(self, source: str, target: str) -> str | None:
        if self._index is None:
            state = load(self._root, "links", self._id)
            if state is None:
                raise StaleError(source)
            self._index = LinkIndex(state["exact"], state["endings"], frozenset(), state["aliases"])
        return self._index.resolve(source, target)


def _recall_words(root: Path, kinds: Mapping[str, tuple[str, ...]]) -> Vocabulary:
    packed = load(root, "words", repr(kinds))
    return unpack_words(packed) if packed else vocabulary(kinds)


# --- going on -----------------------------------------------------------------------------


def resume(
    look: Look, root: Path, today: date, real_today: date, week: Week
) -> tuple[Resumed, Reading] | None:
    """Go on from where a plan was last drafted; None where more has changed than what notes tell.

    The `look` is one at the files as they stand. What is read later on may still turn out to have
    changed: then `StaleError` is raised.
    """
    moving = load(root, "state", _name(today, real_today, week))
    fixed = moving and load(root, "names", moving["read"])
    if not moving or not fixed:
        return None
    state = {**fixed, **moving}
    kept = _recall_look(state)
    changed = find_changed(kept, look)
    if changed is None or len(changed) > _MOST:
        return None
    names = [look.names[index] for index in changed]
    silent = frozenset(state["silent"])
    moved = [name for name in names if name not in silent]
    if not all(map(is_note, moved)):
        return None
    resumed = Resumed(root, look, state, today, real_today)
    found = follow(resumed, resumed.reading, resumed.ground, resumed.keys, moved)
    return (resumed, found[0]) if found else None


_MOST = 100
"""Notes that changed: of more, all is sooner read than what each of them concerns."""


def _name(today: date, real_today: date, week: Week) -> str:
    return f"{week} {today} {real_today}"


# --- what is kept -------------------------------------------------------------------------


def keep_resumed(resumed: Resumed, reading: Reading, real_today: date, week: Week) -> None:
    """Keep how all stands now that some notes were read again."""
    state = resumed.state
    stood = _copy(resumed.look)
    for name, stamp in resumed.stamps.items():
        stood.set_stamp(resumed.at[name], stamp or _NEVER)
    ties = dict(state["ties"])
    for path, found in cast("Layered[tuple[Tie, ...]]", reading.network.ties).found.items():
        ties[path] = _pack_ties(found)
    moving = {
        "read": state["read"],
        "asked": resumed.links.asked,
        "numbers": stood.numbers.tobytes(),
        "ties": {path: found for path, found in ties.items() if found},
        **_pack_told(reading, resumed.ask_tellers(), resumed.apart, week),
    }
    save(reading.root, "state", _name(reading.today, real_today, week), moving)


def keep_reading(
    look: Look, memory: Memory, reading: Reading, real_today: date, week: Week
) -> None:
    """Keep how all stands, now that all was read; the `look` is one from before that."""
    notes = [name for name in look.names if is_note(name)]
    if {*notes} != {*reading.paths} or memory.ground is None:
        return
    stood = _copy(look)
    stamps = {name: look.stamp_at(index) for index, name in enumerate(look.names)}
    certain = settled(stamps, look.since)
    for index, name in enumerate(look.names):
        gist = memory.gists.get(name)
        if name not in certain or (gist and gist.stamp != certain[name]):
            stood.set_stamp(index, _NEVER)
    faulty = {problem.path for problem in memory.apart}
    unread = [name for name in notes if name not in memory.gists]
    persons = [gist.person for gist in memory.gists.values()]
    keys = {contact.path: contact.key for contact in reading.people.contacts}
    links = reading.links
    id_ = f"{reading.since}"
    fixed = {
        "names": look.names,
        "paths": list(reading.paths),
        "unread": unread,
        "silent": [name for name in unread if name not in faulty],
        "week": (week.year, week.number),
        "keys": keys,
        "stems": {p.path: p.stem for p in persons if p.stem != keys.get(p.path, "")},
        "aliases": {
            path: list(gist.aliases) for path, gist in memory.gists.items() if gist.aliases
        },
        "doubts": {p.path: p.doubt for p in persons if p.doubt},
        "marked": [p.path for p in persons if p.is_me],
        "me": reading.people.me,
        "mine": list(memory.ground.me),
        "crowded_names": list(links.crowded),
    }
    moving = {
        "read": id_,
        "asked": {},
        "numbers": stood.numbers.tobytes(),
        "ties": {path: _pack_ties(found) for path, found in reading.network.ties.items()},
        **_pack_told(reading, memory.ask_tellers(), memory.apart, week),
    }
    save(
        reading.root,
        "links",
        id_,
        {
            "exact": dict(links.exact),
            "endings": dict(links.endings),
            "aliases": dict(links.aliases),
        },
    )
    words, kinds = memory.ground.words, reading.settings.kinds
    save(reading.root, "words", repr(kinds), pack_words(words))
    save(reading.root, "names", id_, fixed)
    save(reading.root, "state", _name(reading.today, real_today, week), moving)


def _recall_look(state: Mapping[str, Any]) -> Look:
    """Recall how all files stood, as far as they were read then."""
    return Look(state["names"], array("Q", state["numbers"]), 0)


def _copy(look: Look) -> Look:
    return Look(look.names, array("Q", look.numbers), look.since)


_NEVER = (0, 0, 0, 0)
"""In place of a stamp: the note is read again."""


def _pack_told(
    reading: Reading, tellers: Tellers, apart: Iterable[Problem], week: Week
) -> dict[str, Any]:
    network, today = reading.network, reading.today
    prospects, changed = reading.foreseen[week, today]
    if changed:
        raise ValueError(week)
    before = reading.turned.get((days_after(week.monday, -1), today))
    turned = (
        None
        if before is None
        else {
            path: (int(then.ring), then.facts)
            for path, then in before.items()
            if prospects.ring[path] is not then.ring
        }
    )
    values = (
        reading.settings,
        reading.obsidian,
        network.evidence,
        tellers.ideas,
        tellers.exposures,
        reading.problems,
        tuple(apart),
        turned,
    )
    return {
        "plans": dict(reading.plans),
        "at_rest": dict(reading.at_rest),
        "crowded": list(network.crowded),
        "others": {path: list(notes) for path, notes in tellers.others.items() if notes},
        "crowds": {
            note: {line: list(people) for line, people in lines.items()}
            for note, lines in tellers.crowds.items()
        },
        "prospects": _pack_prospects(prospects),
        "values": columns.lay_out([values]),
    }


def _unpack_turned(
    turned: Mapping[str, tuple[int, tuple[Fact, ...]]] | None,
    network: Network,
    week: Week,
    today: date,
) -> dict[tuple[date, date], Mapping[str, Placed]]:
    if turned is None:
        return {}
    return {
        (days_after(week.monday, -1), today): {
            path: Then(network.contacts[path], Ring(ring), facts)
            for path, (ring, facts) in turned.items()
        }
    }


def _unpack_tellers(state: Mapping[str, Any], ideas: Any, exposures: Any) -> Tellers:  # noqa: ANN401 - see `_pack_told`
    tellers = Tellers()
    tellers.others = {path: set(notes) for path, notes in state["others"].items()}
    named: dict[str, set[str]] = {}
    for path, notes in tellers.others.items():
        for note in notes:
            named.setdefault(note, set()).add(path)
    tellers.named = {note: frozenset(people) for note, people in named.items()}
    tellers.crowds = {
        note: {line: frozenset(people) for line, people in lines.items()}
        for note, lines in state["crowds"].items()
    }
    tellers.ideas, tellers.exposures = dict(ideas), dict(exposures)
    return tellers


def _pack_ties(ties: Sequence[Tie]) -> list[tuple[Any, ...]]:
    return [(t.a, t.b, t.how, t.source, t.line, t.day.toordinal() if t.day else 0) for t in ties]


def _unpack_ties(ties: Iterable[Sequence[Any]]) -> tuple[Tie, ...]:
    return tuple(Tie(a, b, how, source, line, _day(day)) for a, b, how, source, line, day in ties)


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _pack_prospects(prospects: Prospects) -> dict[str, Any]:
    ordinal = date.toordinal
    return {
        "ring": bytes(prospects.ring.values()),
        "rhythm": dict(prospects.rhythm),
        "exchanges": dict(prospects.exchanges),
        "overdue": list(prospects.overdue),
        "needs": list(prospects.needs),
        "gives": list(prospects.gives),
        "debt": [
            (d.id, d.contact, d.due and ordinal(d.due), d.rank, d.since)
            for d in prospects.debt.values()
        ],
        "candidate": [
            (c.id, c.contact, c.about, -1 if c.growth is None else int(c.growth), *c[4:])
            for c in prospects.candidate.values()
        ],
        "wait": [
            (ordinal(w.day), w.path, w.tries, ordinal(w.until)) for w in prospects.wait.values()
        ],
        "birthday": {path: ordinal(day) for path, day in prospects.birthday.items()},
        "day_set": {path: ordinal(day) for path, day in prospects.day_set.items()},
        "met": {
            path: [(ordinal(m.day), m.source, m.kind) for m in met]
            for path, met in prospects.met.items()
        },
        "often": dict(prospects.often),
    }


def _unpack_prospects(state: Mapping[str, Any]) -> Prospects:
    found, day = state["prospects"], date.fromordinal
    ring_of: dict[int, Ring] = {int(ring): ring for ring in Ring}
    growth = {**ring_of, -1: None}
    return Prospects(
        ring=dict(zip(state["keys"], map(ring_of.__getitem__, found["ring"]), strict=True)),
        rhythm=found["rhythm"],
        exchanges=found["exchanges"],
        overdue=dict.fromkeys(found["overdue"], True),
        needs=dict.fromkeys(found["needs"], True),
        gives=dict.fromkeys(found["gives"], True),
        debt={
            contact: Debt(id_, contact, due and day(due), rank, since)
            for id_, contact, due, rank, since in found["debt"]
        },
        candidate={
            about or contact: Candidate(id_, contact, about, growth[ring], *rest)
            for id_, contact, about, ring, *rest in found["candidate"]
        },
        wait={
            path: Wait(day(last), path, tries, day(until))
            for last, path, tries, until in found["wait"]
        },
        birthday={path: day(number) for path, number in found["birthday"].items()},
        day_set={path: day(number) for path, number in found["day_set"].items()},
        met={
            path: tuple(Meeting(day(number), source, kind) for number, source, kind in met)
            for path, met in found["met"].items()
        },
        often=found["often"],
    )
