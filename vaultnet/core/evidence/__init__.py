"""Notes -> what happened: interactions, ties, promises, exposure (contract, 2.3 and 2.4).

Each place where people already write it down is one file; each yields what it finds, and here it is
put in order. Nobody's interaction is invented: what is planned, denied or told of others is at most
a mention.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from vaultnet.core.evidence.dated import (
    WHO_WAS_THERE,
    is_called_off,
    read_day,
    read_meeting,
    read_mentions,
)
from vaultnet.core.evidence.exposure import (
    is_backlog,
    is_exposure,
    read_backlog,
    read_exposure,
    settle_ideas,
)
from vaultnet.core.evidence.ground import TASK, Ground, Item, day_of_note, is_skipped_note, named
from vaultnet.core.evidence.keys import keys_of
from vaultnet.core.evidence.own import days_of_entries, read_own
from vaultnet.core.evidence.plans import read_plan
from vaultnet.core.evidence.tasks import read_tasks
from vaultnet.core.evidence.units import vocabulary
from vaultnet.core.frozen import fresh, frozen, replace
from vaultnet.core.kinds import BOTH
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
    Note,
    Obsidian,
    Problem,
    Promise,
    Resolve,
    Settings,
    Tick,
    Tie,
)

__all__ = [
    "Told",
    "find_evidence",
    "find_me",
    "gather",
    "lay_ground",
    "only_mentions",
    "put_in_order",
    "settle",
    "settle_ideas",
    "still_tells",
    "tell_note",
    "tells_on",
]

T = TypeVar("T")


def find_evidence(
    notes: Sequence[Note],
    contacts: Sequence[Contact],
    resolve: Resolve,
    settings: Settings,
    obsidian: Obsidian,
    today: date,
    real_today: date,
) -> Evidence:
    """Find all that the notes tell of what happened up to `today`; the notes' order is no matter.

    `real_today` is the day it is, even where one looks back from an earlier `today`: what is said to
    be done after both is a problem.
    """
    me = find_me((note.path for note in notes if _is_me(note)), settings, resolve)
    ground = lay_ground(contacts, me, resolve, settings, obsidian, today, real_today)
    return gather([tell_note(ground, note) for note in notes], resolve)


@frozen
class Told:
    """What one note tells, and what that rests on beside its own text."""

    path: str
    items: tuple[Item, ...] = ()
    asked: Mapping[str, str] = fresh(factory=dict)
    """Target of a link in it -> the contact whom it leads to, `me`, or empty: somewhere else."""
    links: Mapping[int, tuple[Link, ...]] = fresh(factory=dict)
    """Of a plan: line of a tick -> the links in it."""
    plan: str = ""
    """The week of a plan."""
    own: bool = False
    """Whether it is a contact's note."""
    until: date | None = None
    """The next day that it tells of: from then on it may tell something else. None: there is none."""


def find_me(marked: Iterable[str], settings: Settings, resolve: Resolve) -> frozenset[str]:
    """Find the notes that are you: those `marked` by `vaultnet: me`, and the setting `me`."""
    setting = resolve("", settings.me) if settings.me else None
    return frozenset(marked) | ({setting} if setting else frozenset())


def _is_me(note: Note) -> bool:
    return any(str(found.value).strip().lower() == "me" for found in named(note, "vaultnet"))


def lay_ground(
    contacts: Sequence[Contact],
    me: frozenset[str],
    resolve: Resolve,
    settings: Settings,
    obsidian: Obsidian,
    today: date,
    real_today: date,
) -> Ground:
    """Bring together what every note is read by; `me` are the paths of the notes that are you."""
    people = {contact.path: contact for contact in contacts}
    return Ground(
        contacts=people,
        by_key={contact.key: contact for contact in contacts if contact.key},
        me=me - people.keys(),
        resolve=resolve,
        settings=settings,
        obsidian=obsidian,
        today=today,
        real_today=real_today,
        words=vocabulary(settings.kinds),
    )


def tell_note(ground: Ground, note: Note) -> Told:
    """Find what one note tells."""
    ground.asked.clear()
    ground.ahead.clear()
    items = tuple(_read(ground, note))
    asked = ground.asked.items()
    return Told(
        note.path,
        items,
        {target: _person(ground, path) for target, path in asked} if asked else {},
        {line.number: line.links for line in note.lines if line.box} if note.plan else {},
        note.plan,
        note.path in ground.contacts,
        min(ground.ahead) if ground.ahead else None,
    )


def only_mentions(ground: Ground, note: Note) -> bool:
    """Whether a note can do no more than name people, as most of a vault's can.

    It is nobody's, of no day, no meeting and no exposure, and holds no task.
    """
    if note.plan or note.path in ground.contacts or day_of_note(note, ground.obsidian):
        return False
    keys = keys_of(note)
    if not WHO_WAS_THERE.isdisjoint(keys) or is_backlog(ground, note):
        return False
    if is_exposure([note.properties[at].value for at in keys.get("type", ())]):
        return False
    return TASK not in [line.form for line in note.lines]


def tells_on(told: Told, today: date, real_today: date) -> bool:
    """Whether a note tells on a later day what it told; a plan's ticks without a day are of today."""
    return not told.plan and (told.until is None or max(today, real_today) < told.until)


def still_tells(ground: Ground, told: Told) -> bool:
    """Whether all beside its own text on which rests what a note tells is as it was.

    The settings and the days must be the same, and the keys of the contacts if it is a plan.
    """
    return told.own == (told.path in ground.contacts) and all(
        _person(ground, ground.resolve(told.path, target)) == person
        for target, person in told.asked.items()
    )


def _person(ground: Ground, path: str | None) -> str:
    """Name whom a link leads to: `me`, a contact's path (which ends in `.md`), or nobody."""
    if path in ground.me:
        return "me"
    return path if path and path in ground.contacts else ""


def gather(told: Sequence[Told], resolve: Resolve) -> Evidence:
    """Bring together what all notes tell; their order is no matter."""
    found: defaultdict[type[Item], list[Any]] = defaultdict(list)
    for one in told:
        for item in one.items:
            found[type(item)].append(item)
    ticks = put_in_order(found[Tick])
    ideas, exposures = settle_ideas(put_in_order(found[Idea]), put_in_order(found[Exposure]), ticks)
    plans = {one.path: one.links for one in told if one.plan}
    return Evidence(
        interactions=settle(found[Interaction], plans, resolve),
        ties=put_in_order(found[Tie]),
        mentions=put_in_order(found[Mention]),
        appointments=put_in_order(found[Appointment]),
        promises=put_in_order(found[Promise]),
        exposures=exposures,
        ideas=ideas,
        ticks=ticks,
        answers=put_in_order(found[Answer]),
        problems=put_in_order(found[Problem]),
    )


def settle(
    found: Iterable[Item], plans: Mapping[str, Mapping[int, tuple[Link, ...]]], resolve: Resolve
) -> tuple[Interaction, ...]:
    """Settle what happened, where several notes tell of it; for each contact by itself, or for all.

    `plans` are the links in the ticks of each plan, by path and line.
    """
    told = [item for item in found if isinstance(item, Interaction)]
    return _once(_first_hand(plans, told, resolve), plans.keys())


def _read(ground: Ground, note: Note) -> Iterator[Item]:
    """Read one note in the ways in which it can tell."""
    keys = keys_of(note)
    if note.template or ("vaultnet" in keys and is_skipped_note(note)):
        return
    if note.plan:
        yield from read_plan(ground, note)
        return
    if is_backlog(ground, note):
        yield from read_backlog(ground, note)
        return
    contact = ground.contacts.get(note.path)
    day = None if contact else day_of_note(note, ground.obsidian)
    # Most notes tell of no event at all, so that none of theirs can have been called off.
    event = day is not None or not WHO_WAS_THERE.isdisjoint(keys)
    off = contact is None and event and is_called_off(ground, note)
    if contact:
        yield from read_own(ground, note, contact)
    elif day and not off:
        yield from read_day(ground, note, day)
    else:
        yield from read_mentions(ground, note)
    if TASK in [line.form for line in note.lines]:
        days = days_of_entries(ground, note) if contact else {}
        if contact:
            day = day_of_note(note, ground.obsidian)
        yield from read_tasks(ground, note, day=day, contact=contact, days=days)
    if is_exposure([note.properties[at].value for at in keys.get("type", ())]):
        yield from read_exposure(ground, note)
    elif not contact and event and not off:
        yield from read_meeting(ground, note)


def put_in_order(items: Iterable[T]) -> tuple[T, ...]:
    """Sort items of one type by day, path and line."""
    return tuple(sorted(items, key=_order))


def _order(item: object) -> tuple[str, str, int, str, str]:
    day = getattr(item, "day", None) or getattr(item, "made", None)
    source = str(getattr(item, "source", "") or getattr(item, "path", ""))
    who = str(getattr(item, "contact", "") or getattr(item, "a", ""))
    what = str(getattr(item, "kind", "") or getattr(item, "b", "") or getattr(item, "code", ""))
    return str(day or ""), source, int(getattr(item, "line", 0)), who, what


def _first_hand(
    plans: Mapping[str, Mapping[int, tuple[Link, ...]]],
    interactions: Sequence[Interaction],
    resolve: Resolve,
) -> Iterator[Interaction]:
    """Leave out ticks that stand for something told elsewhere: vaultnet ticked those, with a link.

    `- [x] Write to [[Ada]] ✅ 2026-11-24 ([[2026-11-24]]) ^vn-write-ada`
    """
    if not [i for i in interactions if i.action]:
        yield from interactions
        return
    told = {(i.contact, i.day, i.source) for i in interactions if not i.action}
    for interaction in interactions:
        if not interaction.action:
            yield interaction
            continue
        links = plans.get(interaction.source, {}).get(interaction.line, ())
        sources = {resolve(interaction.source, link.target) for link in links}
        if not any(
            (interaction.contact, interaction.day, source) in told for source in sources if source
        ):
            yield interaction


def _once(interactions: Iterable[Interaction], plans: AbstractSet[str]) -> tuple[Interaction, ...]:
    """Count what two notes tell of one day and kind once; the wider direction wins."""
    groups: dict[tuple[date, str, str], list[Interaction]] = {}
    for interaction in interactions:
        key = (interaction.day, interaction.contact, interaction.kind)
        groups.setdefault(key, []).append(interaction)
    kept: list[Interaction] = []
    for group in groups.values():
        kept += group if len(group) == 1 else _merge(group, plans)
    return tuple(sorted(kept, key=_by_place))


_by_place = attrgetter("day", "source", "line", "contact", "kind")
"""The order of `_order`, for interactions: there are far more of them than of anything else."""


def _merge(group: list[Interaction], plans: AbstractSet[str]) -> list[Interaction]:
    by_source: dict[str, list[Interaction]] = {}
    group.sort(key=_by_place)
    for interaction in group:
        by_source.setdefault(interaction.source, []).append(interaction)
    if len(by_source) == 1:
        return group

    def rank(source: str) -> tuple[bool, bool, int, str]:
        own = source == group[0].contact
        return source in plans, not own, -len(by_source[source]), source

    first, *rest = by_source[min(by_source, key=rank)]
    ways = {interaction.direction for interaction in group}
    wide = first.direction if len(ways) == 1 else BOTH
    if wide is not first.direction and ways == {one.direction for one in (first, *rest)}:
        wide = first.direction
    others = dict.fromkeys(other for one in group for other in one.others)
    proofs = [one.proves for one in group if one.proves is not None]
    merged = replace(
        first,
        direction=wide,
        face_to_face=any(one.face_to_face for one in group),
        others=tuple(sorted(others)),
        proves=max(proofs, default=None),
        given=first.given or next((one.given for one in group if one.given), None),
    )
    return [merged, *rest]
