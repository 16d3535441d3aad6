"""Revisions, one after the other -> where everybody stood each time: the river, run week by week.

Only what changed is read again: the notes that did, and those in which a link leads to somebody else
since. What is new in a log and cannot move anybody is not even read before they move for another
reason. The same standings come out as if every revision were read by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TypeAlias

from vaultnet.core.calendar import parse_week
from vaultnet.core.contacts import (
    Person,
    distinct_keys,
    gather_people,
    make_contact,
    read_person,
    read_rules,
)
from vaultnet.core.evidence import (
    Told,
    find_me,
    lay_ground,
    only_mentions,
    settle,
    still_tells,
    tell_note,
)
from vaultnet.core.evidence.ground import Ground, is_private
from vaultnet.core.frozen import filled, fresh, replace
from vaultnet.core.growing import GrowingLinks, asked_names
from vaultnet.core.growth import Growth, find_growth, tell_growth
from vaultnet.core.links import read_aliases
from vaultnet.core.model import (
    Answer,
    Contact,
    Interaction,
    Link,
    Note,
    Obsidian,
    Property,
    Revision,
    Rung,
    Settings,
    Source,
    Status,
    Tick,
)
from vaultnet.core.notes import read_note
from vaultnet.core.past import Look
from vaultnet.core.timeline import Known, Stood, Timeline

_ALWAYS = date.max
"""The day from which a note is read: what it tells of later days does not exist yet for whoever
looks from an earlier one, and so it need not be read again when they come."""


@filled
class _Known:
    """What is known of a note that stands in the present revision."""

    source: Source
    private: tuple[Property, ...]
    """That it is, as a property; empty: it is not."""
    person: Person
    told: Told | None = None
    """None: it has not been asked what it tells."""
    happened: list[_Happening] = fresh(factory=list)
    """Of what it tells, what bears on rings."""


_Happening: TypeAlias = Interaction | Answer


class Chronicle:
    """A vault at one revision after the other."""

    def __init__(self, settings: Settings, obsidian: Obsidian) -> None:
        """Begin with a vault without notes."""
        self._settings = settings
        self._rules = read_rules(settings, obsidian)
        self._links = GrowingLinks()
        self._notes: dict[str, _Known] = {}
        self._paths: set[str] = set()
        self._contacts: dict[str, Contact] = {}
        self._timeline = Timeline()
        self._happened: dict[str, dict[str, list[_Happening]]] = {}
        """Path of a contact -> path of a note -> what it tells of them."""
        self._asking: dict[str, set[str]] = {}
        """Name in a link -> paths of the notes that hold such a link."""
        self._plans: dict[str, Mapping[int, tuple[Link, ...]]] = {}
        """Path of a plan -> line of a tick -> the links in it."""
        self._stems: dict[str, str] = {}
        """Path of a contact -> what they would be called in ids if nobody else were."""
        self._me: tuple[str | None, frozenset[str]] = None, frozenset()
        self._marked: set[str] = set()
        """Paths of the notes that say `vaultnet: me`."""
        resolve = self._links.index.resolve
        self._ground = replace(
            lay_ground((), frozenset(), resolve, settings, obsidian, _ALWAYS, _ALWAYS),
            contacts=self._contacts,
        )
        self._unheard: dict[str, list[Growth]] = {}
        """Path of a contact's note -> what came into its log up to the last look and moved nobody."""
        # What a revision leaves to be done until somebody looks.
        self._fresh: dict[str, Note] = {}
        self._grown: dict[str, Growth] = {}
        self._again: set[str] = set()
        """Paths of notes that became contacts, or are none any more."""
        self._moved: set[str] = set()
        """Paths of contacts of whom something else is told, or who came or went."""
        self._unsettled: set[str] = set()
        """Paths of the plans of weeks that are not over: an undated tick is of the day one looks."""
        self._renamed: Mapping[str, str] = {}

    @property
    def stood(self) -> Mapping[str, Stood]:
        """Where everybody stands since the last look at which something about them changed."""
        for path in tuple(self._unheard):
            self._catch_up(path)
        return self._timeline.stood

    @property
    def contacts(self) -> Mapping[str, Contact]:
        """Everybody who is a contact now, by path."""
        return self._contacts

    @property
    def paths(self) -> AbstractSet[str]:
        """Paths of all notes that are there, read or not."""
        return self._paths

    def text_of(self, path: str) -> str | None:
        """Give what a note says; None where it was not read."""
        known = self._notes.get(path)
        return known.source.text if known else None

    def turn_to(self, revision: Revision) -> None:
        """Go on to the next revision."""
        for path in (revision.gone | revision.unread) & self._notes.keys():
            self._forget(path)
        for path in revision.gone:
            self._links.remove(path)
        for path in revision.came:
            self._links.add(path)
        self._paths -= revision.gone
        self._paths |= revision.came
        for source in revision.sources:
            self._read(source)
        self._meet()
        self._renamed = revision.renamed

    def look(self, week: str, day: date, commit: str) -> Look:
        """Find who stands elsewhere than at the look before, came or went."""
        self._tell(day)
        before, after = self._timeline.look(day)
        renamed, self._renamed = self._renamed, {}
        return Look(week, day, before, after, renamed, self._paths, commit)

    # --- notes come and go ----------------------------------------------------------------

    def _read(self, source: Source) -> None:
        known = self._notes.get(source.path)
        if known and (growth := self._find_growth(known, source)):
            known.source = source
            self._grown[source.path] = growth
            return
        note = read_note(source)
        person = read_person(note, self._rules)
        if known:
            self._silence(known)
        private = (Property("private", value=True, line=0),) if is_private(note) else ()
        self._notes[note.path] = _Known(source, private, person)
        self._fresh[note.path] = note
        self._grown.pop(note.path, None)
        self._links.set_aliases(note.path, read_aliases(note))
        (self._marked.add if person.is_me else self._marked.discard)(note.path)
        self._gather(person)

    def _find_growth(self, known: _Known, source: Source) -> Growth | None:
        """See whether all that is new in a contact's note are entries of its log."""
        path, meaning = source.path, known.person.meaning
        waits = path in self._fresh or path in self._grown or path in self._again
        if waits or path not in self._contacts or known.told is None or meaning is None:
            return None
        if meaning.fields.get("status") is Status.DIED:  # the line that says so may have moved
            return None
        return find_growth(known.source.text, source.text)

    def _forget(self, path: str) -> None:
        self._silence(self._notes[path])
        del self._notes[path]
        self._fresh.pop(path, None)
        self._grown.pop(path, None)
        self._links.set_aliases(path, ())
        self._marked.discard(path)
        self._gather(Person(path))

    def _gather(self, person: Person) -> None:
        """See whether a note is a contact now, and what their properties say."""
        path = person.path
        self._catch_up(path)
        resolve = self._links.index.resolve
        new = make_contact(person, resolve) if path != self._me[0] else None
        old = self._contacts.pop(path, None)
        if new:
            self._contacts[path] = new
        if old != new:
            self._moved.add(path)
        if (old is None) != (new is None):
            self._links.touch(path)
            self._again.add(path)
        stem = person.stem if new else ""
        if (before := self._stems.pop(path, "")) != stem:
            self._links.touched |= {_as_name(before), _as_name(stem)}
        if new:
            self._stems[path] = stem

    def _meet(self) -> None:
        """Find which notes are you; none of them is a contact."""
        persons = [self._notes[path].person for path in self._marked]
        resolve = self._links.index.resolve
        first = gather_people(persons, self._settings, resolve).me
        everyone = find_me(self._marked, self._settings, resolve)
        if self._me == (first, everyone):
            return
        before, self._me = self._me, (first, everyone)
        for path in {before[0], first} - {None}:
            if path in self._notes:
                self._gather(self._notes[path].person)
        for path in before[1] ^ everyone:
            self._links.touch(path)

    # --- what they tell -------------------------------------------------------------------

    def _tell(self, day: date) -> None:
        """Ask the notes that are new, and those that may have something else to tell now."""
        ground = replace(self._ground, me=self._me[1] - self._contacts.keys())
        for path in self._find_stale(ground) - self._fresh.keys():
            self._fresh[path] = read_note(self._notes[path].source)
            self._grown.pop(path, None)
        if any(note.plan for note in self._fresh.values()):
            ground = replace(ground, by_key=self._by_key())
        for path, note in self._fresh.items():
            week = parse_week(note.plan) if note.plan else None
            running = week is not None and week.sunday > day
            (self._unsettled.add if running else self._unsettled.discard)(path)
            if only_mentions(ground, note):  # which moves nobody
                self._hear(Told(path))
            else:
                self._hear(tell_note(replace(ground, today=day) if running else ground, note))
        self._fresh.clear()
        self._hear_grown(ground)
        for path in self._moved:
            self._put(path)
        self._moved.clear()

    def _find_stale(self, ground: Ground) -> set[str]:
        touched = {path for name in self._links.touched for path in self._asking.get(name, ())}
        self._links.touched.clear()
        stale = self._again | self._unsettled
        self._again.clear()
        for path in touched - stale:
            told = self._notes[path].told
            if told and (told.plan or not still_tells(ground, told)):
                stale.add(path)
        return stale & self._notes.keys()

    def _by_key(self) -> dict[str, Contact]:
        keys = distinct_keys(self._stems)
        return {key: self._contacts[path] for path, key in keys.items()}

    def _hear(self, told: Told) -> None:
        """Take down what a note tells, in place of what it told before."""
        known = self._notes[told.path]
        self._silence(known)
        known.told = told
        for name in _names_asked(told):
            self._asking.setdefault(name, set()).add(told.path)
        if told.plan:
            self._plans[told.path] = told.links
        self._add(known, [item for item in told.items if isinstance(item, _HAPPENINGS)])

    def _hear_grown(self, ground: Ground) -> None:
        """Ask the logs that have grown, but for those whose new entries move nobody."""
        idle = {}
        for path, growth in self._grown.items():
            if self._is_idle(path, growth):
                idle[path] = growth
            else:
                self._hear_more(ground, path, growth)
        self._grown.clear()
        for path, growth in idle.items():
            if path in self._moved:
                self._hear_more(ground, path, growth)
            else:
                self._unheard.setdefault(path, []).append(growth)

    def _is_idle(self, path: str, growth: Growth) -> bool:
        """Whether new entries in somebody's log surely leave everybody in the ring where they stand."""
        if growth.may_endorse() or "endorsement" in self._settings.kinds:
            return False
        if not self._timeline.holds(self._contacts[path]):
            return False
        told = (item for items in self._happened.get(path, {}).values() for item in items)
        return all(item.contact == path for item in self._notes[path].happened) and all(
            isinstance(item, Interaction) and not item.action and item.proves is not Rung.RECOMMEND
            for item in told
        )

    def _catch_up(self, path: str) -> None:
        """Hear what was left unheard of somebody's log, before something else about them changes."""
        if path not in self._unheard:
            return
        for growth in self._unheard.pop(path):
            self._hear_more(self._ground, path, growth)
        self._timeline.amend(self._find_known(path))

    def _hear_more(self, ground: Ground, path: str, growth: Growth) -> None:
        """Take down what new entries tell; what stands below them has moved on by as many lines."""
        self._catch_up(path)
        known = self._notes[path]
        items = tell_growth(ground, path, known.private, growth)
        new = [item for item in items if isinstance(item, _HAPPENINGS)]
        if any(item.line > growth.at for item in known.happened):
            new += self._take_back(known, growth)
        self._add(known, new)

    def _take_back(self, known: _Known, growth: Growth) -> list[_Happening]:
        """Take out all that a note told, and give it with the lines on which it stands now."""
        happened = [
            item if item.line <= growth.at else replace(item, line=item.line + growth.count)
            for item in known.happened
        ]
        self._drop(known)
        return happened

    def _silence(self, known: _Known) -> None:
        """Take back all that a note told."""
        path = known.source.path
        self._catch_up(path)
        if known.told is None:
            return
        for name in _names_asked(known.told):
            self._asking[name].discard(path)
        self._plans.pop(path, None)
        self._drop(known)
        known.told = None

    def _add(self, known: _Known, happened: list[_Happening]) -> None:
        path = known.source.path
        for item in happened:
            self._catch_up(item.contact)
            self._happened.setdefault(item.contact, {}).setdefault(path, []).append(item)
            self._moved.add(item.contact)
        known.happened += happened

    def _drop(self, known: _Known) -> None:
        path = known.source.path
        for item in known.happened:
            self._catch_up(item.contact)
            self._happened[item.contact].pop(path, None)
            self._moved.add(item.contact)
        known.happened = []

    def _put(self, path: str) -> None:
        """Tell the timeline what the notes say of somebody now."""
        if path in self._contacts:
            self._timeline.put(self._find_known(path))
        else:
            self._timeline.drop(path)

    def _find_known(self, path: str) -> Known:
        """Bring together what the notes say of a contact."""
        found = [item for items in self._happened.get(path, {}).values() for item in items]
        answers = [item for item in found if isinstance(item, Answer)]
        resolve = self._links.index.resolve
        return Known(self._contacts[path], settle(found, self._plans, resolve), answers)


_HAPPENINGS = (Interaction, Answer)


def _names_asked(told: Told) -> Iterator[str]:
    """Name all on which it hangs what a note tells: names in its links, and keys in a plan's ids."""
    for target in told.asked:
        yield from asked_names(target)
    for links in told.links.values():
        for link in links:
            yield from asked_names(link.target)
    if told.plan:
        for item in told.items:
            if isinstance(item, Tick):
                yield _as_name(item.key)
                yield _as_name(item.key.rpartition("-")[0])


def _as_name(key: str) -> str:
    """Make a name of a contact's key that no link can bear."""
    return f"\0{key}"
