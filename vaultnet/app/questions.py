"""A reading -> what is asked of it: whom a name means, what is wrong, how the vault stands, whether it grows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vaultnet import writer
from vaultnet.app.plans import close_earlier_plans, decode, draft_plan, this_week_path
from vaultnet.core import names, rings
from vaultnet.core.calendar import week_of
from vaultnet.core.frozen import frozen
from vaultnet.core.links import find_alias_links
from vaultnet.core.model import (
    Contact,
    Interaction,
    PastWeek,
    Problem,
    Ring,
    Settings,
    Severity,
)
from vaultnet.core.names import Unlinked
from vaultnet.errors import UnclearError, VaultnetError
from vaultnet.reading import Reading

if TYPE_CHECKING:
    from vaultnet.core import trend


def find_contact(reading: Reading, name: str, gone: Iterable[Contact] = ()) -> Contact:
    """Find the one contact a name means; where it is unclear, say who it could be.

    It may be somebody who is `gone`, unless their note's path is somebody else's now.
    """
    by_path = {contact.path: contact for contact in (*gone, *reading.people.contacts)}
    found = names.find_contacts(tuple(by_path.values()), name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise VaultnetError(
            f"Nobody in your notes is called '{name}'. `vaultnet rings` lists everybody."
        )
    who = [f"{contact.title} ({contact.path})" for contact in found]
    raise UnclearError(name, who, "Name one of them in full, or by its path.")


def check_vault(reading: Reading) -> tuple[Problem, ...]:
    """Gather every problem and hint, in the order of path and line."""
    hints = (
        *find_alias_links(reading.notes, reading.links),
        *rings.find_pin_hints(reading.network, reading.today),
        *map(_hint_at, writer.find_leftovers(reading.root)),
        *_try_templates(reading),
    )
    return tuple(sorted({*reading.problems, *hints}))


def _hint_at(left: writer.Leftover) -> Problem:
    message = f"is what an interrupted write left behind: see `vaultnet recover {left.id}`"
    return Problem(left.file, 0, "leftover", message, Severity.HINT)


def _try_templates(reading: Reading) -> tuple[Problem, ...]:
    """Use the vault's own templates for the plan of the day's week, to see what fails."""
    return draft_plan(reading, week_of(reading.today)).problems if reading.templates else ()


def find_unlinked(reading: Reading) -> tuple[Unlinked, ...]:
    """Find lines that name a contact without a link: evidence that is not read."""
    return names.find_unlinked(reading.notes, reading.people.contacts)


@frozen
class Stock:
    """What vaultnet sees in a vault, for somebody who looks for the first time."""

    root: Path
    notes: int
    people: int
    rings: Mapping[str, int]
    interactions: int
    me: str | None
    doubtful: tuple[tuple[str, str], ...]
    unplaced: tuple[str, ...]
    sample: tuple[Interaction, ...]
    """Ten interactions at random; the same ones on the same day."""
    unlinked: tuple[Unlinked, ...]
    would_write: tuple[str, ...]
    problems: int
    names: Mapping[str, str]
    """Path -> name."""


def take_stock(reading: Reading) -> Stock:
    """Look at a reading as a careful person would; writes nothing."""
    import random  # noqa: PLC0415 - what a plan does not need is loaded where it is used

    week = week_of(reading.today)
    draft = draft_plan(reading, week)
    interactions = [i for told in reading.network.interactions.values() for i in told]
    chosen = random.Random(reading.today.toordinal()).sample(  # noqa: S311 - a sample to look at
        interactions, min(10, len(interactions))
    )
    would_write = [] if draft.damage or draft.text == draft.old_text else [draft.path]
    this_week = this_week_path(reading.settings)
    if would_write and not (reading.root / this_week).exists():
        would_write.append(this_week)
    would_write += [path for path, _, _ in close_earlier_plans(reading)]
    return Stock(
        root=reading.root,
        notes=len(reading.notes),
        people=len(reading.people.contacts),
        rings=draft.plan.rings,
        interactions=len(interactions),
        me=reading.people.me,
        doubtful=reading.people.doubtful,
        unplaced=tuple(
            s.contact.title for s in reading.standings.values() if s.ring is Ring.UNPLACED
        ),
        sample=tuple(sorted(chosen, key=lambda i: (i.day, i.contact))),
        unlinked=find_unlinked(reading),
        would_write=tuple(would_write),
        problems=draft.plan.problems,
        names={path: contact.title for path, contact in reading.network.contacts.items()},
    )


def trend_path(settings: Settings) -> str:
    """Name the note in which the charts of the trend stand."""
    return "/".join(filter(None, (settings.plan_folder, "Network trend.md")))


def find_trend(reading: Reading, weeks: Sequence[PastWeek]) -> trend.Trend:
    """Count how the network fared in the weeks of its history."""
    from vaultnet.core import trend  # noqa: PLC0415 - as above

    return trend.find_trend(weeks, reading.network)


def tell_trend(found: trend.Trend) -> tuple[str, ...]:
    """Say whether the network grows, gets closer, and what exposure brought."""
    from vaultnet.core import trend  # noqa: PLC0415 - as above

    return trend.tell_trend(found)


def write_trend(reading: Reading, found: trend.Trend) -> tuple[str, bool]:
    """Bring the note with the charts up to date; give its path, and whether that changed it."""
    from vaultnet.core import chart  # noqa: PLC0415 - as above

    path = trend_path(reading.settings)
    with writer.locked(reading.root):
        before = writer.read_bytes(reading.root, path)
        old = decode(before)
        if before is not None and old is None:
            raise VaultnetError(f"{path} was left as it is: it is not written in UTF-8.")
        drawn = chart.draw_chart(found, old or "")
        if drawn.damage:
            raise VaultnetError(f"{path} was left as it is: {drawn.damage}.")
        wrote = writer.write_note(
            reading.root, path, drawn.text, before=before, removable=drawn.removable
        )
    return path, wrote
