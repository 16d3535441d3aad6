"""The hall: what vaultnet does, told once, in the order in which it happens."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from vaultnet import config, last_week, render, vault, writer
from vaultnet.core import merge, moves, names, removable, rings
from vaultnet.core.calendar import Week, days_after, parse_day, parse_week, week_of
from vaultnet.core.contacts import gather_people, read_person, read_rules
from vaultnet.core.evidence import find_evidence
from vaultnet.core.evidence.ground import is_private
from vaultnet.core.frozen import frozen, replace
from vaultnet.core.links import find_alias_links
from vaultnet.core.marks import find_untouched, memory_of
from vaultnet.core.model import (
    Contact,
    Evidence,
    Interaction,
    Move,
    PastWeek,
    Plan,
    Problem,
    Ring,
    Settings,
    Severity,
    Source,
)
from vaultnet.core.names import Unlinked
from vaultnet.core.notes import MOST_LINES, read_note
from vaultnet.core.plan import View, make_plan
from vaultnet.core.text import clean, link
from vaultnet.errors import BusyError, DiskError, UsageError, VaultnetError
from vaultnet.index.spoken import load_spoken, save_spoken
from vaultnet.moved import read_again
from vaultnet.reading import (
    Memory,
    Reading,
    foresee,
    place_on,
    place_turned_on,
    recall,
)

if TYPE_CHECKING:
    from vaultnet.core import edit, trend

# --- the plan -----------------------------------------------------------------------------


@frozen
class Draft:
    """A week's plan, laid out and brought together with what stands on disk."""

    plan: Plan
    path: str
    text: str
    """What is to be written, markers included; the fresh plan where `damage` is not empty."""
    texts: Mapping[str, str]
    """Id of each action -> what it says."""
    before: bytes | None
    """What stands on disk; None: nothing."""
    damage: str = ""
    """Why the plan on disk cannot be brought up to date."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the vault's own templates."""
    moved: str = ""
    """A plan that was saved while the vault was read, so that half of it may have been read."""

    @property
    def old_text(self) -> str:
        """The plan on disk; empty where there is none."""
        return _decode(self.before) or ""


def plan_path(settings: Settings, week: Week) -> str:
    """Name the note of a week's plan."""
    return "/".join(filter(None, (settings.plan_folder, f"Network plan {week}.md")))


def this_week_path(settings: Settings) -> str:
    """Name the note that always shows the current week's plan."""
    return "/".join(filter(None, (settings.plan_folder, "This week.md")))


def draft_plan(
    reading: Reading, week: Week, *, stamp: bool = True, spoken: render.Spoken | None = None
) -> Draft:
    """Make a week's plan and bring it together with the one on disk; writes nothing.

    Without `stamp` the ticks in it get no done day yet. What was `spoken` before is not said anew.
    """
    path = plan_path(reading.settings, week)
    try:
        before, damage = writer.read_bytes(reading.root, path), ""
    except VaultnetError as error:
        before, damage = None, str(error)
    if before and before.strip():
        damage = _find_damage(_decode(before), str(week))
    old = "" if damage else _decode(before) or ""
    today = min(reading.today, week.sunday)
    standings = place_on(reading, today)
    view = View(
        week=week,
        today=today,
        network=reading.network,
        standings=standings,
        settings=reading.settings,
        kept=merge.offered_ids(old),
        standing_ids=merge.standing_ids(old),
        untouched=find_untouched(old),
        problems=reading.problems,
    )
    view = foresee(reading, view)
    view = view.seeing(moves=_find_moves(reading, view))
    plan, rendered = _make_and_render(reading, view, memory_of(old), spoken)
    done_form = render.task_fields(reading.settings, reading.obsidian).done
    if not old.strip():  # a note that a click on a link made is still empty
        text = merge.wrap(plan.week, rendered.body, rendered.roles)
    else:
        text = merge.merge(
            old,
            rendered.body,
            rendered.roles,
            rendered.done,
            today if stamp else None,
            done_form,
        )
    moved = _find_moved(reading, path, before)
    return Draft(plan, path, text, rendered.texts, before, damage, rendered.own.problems, moved)


def _find_moved(reading: Reading, path: str, before: bytes | None) -> str:
    """Find a note of the plans' folder that is no longer what was read; `path` now holds `before`."""
    for note, stamp in reading.stamps.items():
        if vault.find_stamp(reading.root, note) != stamp:
            return note
    return path if before is not None and path not in reading.paths else ""


def _find_moves(reading: Reading, view: View) -> tuple[Move, ...]:
    """Find who moved since last week ended: as git remembers it, else as the dated logs tell."""
    if view.week == week_of(reading.today):
        found = last_week.find_moves_of_week(reading, view, os.environ)
        if found is not None:
            return found
    before = place_turned_on(reading, days_after(view.monday, -1), view.today)
    return moves.find_moves(before, view.standings)


def _make_and_render(
    reading: Reading, view: View, memory: Mapping[str, str], spoken: render.Spoken | None
) -> tuple[Plan, render.Rendered]:
    """Make a plan that tells what is wrong with the vault's templates, and lay it out by the rest."""
    fields = render.task_fields(reading.settings, reading.obsidian)
    own = render.load_own(reading.templates)
    while True:
        told = tuple(sorted({*view.problems, *own.problems}))
        plan = make_plan(view.seeing(problems=told))
        rendered = render.render_plan(plan, reading.links.best_link, memory, fields, own, spoken)
        if rendered.own is own:
            return plan, rendered
        own = rendered.own  # a template failed: the plan must say so itself


def recall_spoken(root: Path) -> render.Spoken:
    """Recall what was said in the plan that was drafted last."""
    return render.Spoken(load_spoken(root, render.name_library()))


def keep_spoken(root: Path, spoken: render.Spoken) -> None:
    """Keep what was said this time for the next."""
    if spoken.now != spoken.before:
        save_spoken(root, render.name_library(), spoken.now)


def _find_damage(old: str | None, week: str) -> str:
    if old is None:
        return "it is not written in UTF-8"
    if old.count("\n") > MOST_LINES:
        return f"it holds more than {MOST_LINES:,} lines"
    return merge.find_damage(old, week)


@frozen
class Written:
    """What writing a plan came to."""

    paths: tuple[str, ...]
    """The notes that changed."""
    problems: tuple[Problem, ...] = ()
    """Notes of vaultnet's own that could not be brought up to date."""
    wait: float = 0.0
    """Seconds until those that were passed over have been left alone for long enough."""


def write_plan(reading: Reading, draft: Draft, *, rest: float = 0.0) -> Written:
    """Write a plan, and bring earlier ones to rest.

    `This week.md` follows while the plan is the current week's; if the user made that note their
    own, it stays as it is. Beside the plan itself, notes that somebody touched less than `rest`
    seconds ago are passed over.
    """
    if draft.damage:
        raise VaultnetError(
            f"{draft.path} was left as it is: {draft.damage}. The plan as it would be is printed "
            "instead; mend the note or move it away, and run this again."
        )
    if not rest and _is_up_to_date(reading, draft):
        return Written(())
    with writer.locked(reading.root):
        return _write_plans(reading, draft, rest)


def _is_up_to_date(reading: Reading, draft: Draft) -> bool:
    """Whether there is nothing to write, and hence nobody to be waited for who might be writing."""
    try:
        if writer.read_bytes(reading.root, draft.path) != draft.text.encode():
            return False
        if draft.plan.week == str(week_of(reading.today)):
            before, new = _repoint(reading, draft.path)
            if new is not None and new.encode() != before:
                return False
        return next(_close_earlier_plans(reading), None) is None
    except VaultnetError:
        return False


def _write_plans(reading: Reading, draft: Draft, rest: float) -> Written:
    wrote = []
    problems = []
    waits = [0.0]
    if writer.read_bytes(reading.root, draft.path) != draft.text.encode():
        _refuse_half(reading, draft.moved)
    if _write_ours(reading.root, draft.path, draft.text, draft.before):
        wrote.append(draft.path)
    if draft.plan.week == str(week_of(reading.today)):
        path = this_week_path(reading.settings)
        waits.append(writer.until_rest(reading.root, path, rest))
        try:
            if not waits[-1] and _point_this_week(reading, draft.path):
                wrote.append(path)
        except (BusyError, DiskError):
            raise  # not all is done then, and running it again may do
        except VaultnetError as error:  # it is a folder, read-only, or leads elsewhere
            problems.append(Problem(path, 0, "this-week", str(error)))
    for path, before, text in _close_earlier_plans(reading):
        waits.append(writer.until_rest(reading.root, path, rest))
        if not waits[-1] and _write_ours(reading.root, path, text, before):
            wrote.append(path)
    return Written(tuple(wrote), tuple(problems), max(waits))


def _refuse_half(reading: Reading, moved: str = "") -> None:
    """Write nothing on the strength of half a reading: a fault of the disk, a plan just being saved."""
    for problem in reading.problems:
        if problem.code == vault.DISK:
            raise DiskError(f"{problem}; nothing was written. Run it again.")
    if moved:
        raise BusyError(
            f"{moved} changed while vaultnet was working; nothing was written. Run it again."
        )


def _write_ours(root: Path, path: str, text: str, before: bytes | None) -> bool:
    """Write a plan, unless a line would be gone that is the user's."""
    may_go = removable.find_removable(_decode(before) or "", text)
    return writer.write_note(root, path, text, before=before, removable=may_go.elements())


def _close_earlier_plans(reading: Reading) -> Iterator[tuple[str, bytes, str]]:
    """Stamp the ticks of earlier weeks' plans, and take the boxes off what nobody touched (5.4).

    Gives path, what stands there and what is to stand there, for those plans that change.
    """
    now = str(week_of(reading.today))
    done_form = render.task_fields(reading.settings, reading.obsidian).done
    for path, week in reading.plans.items():
        ours = path.startswith(f"{reading.settings.plan_folder}/".lstrip("/"))
        if week >= now or not ours or parse_week(week) is None:
            continue
        before = writer.read_bytes(reading.root, path)
        old = _decode(before)
        if before is None or old is None or merge.find_damage(old, week):
            continue
        text = merge.close(old, reading.today, done_form)
        if text != old:
            yield path, before, text


def _point_this_week(reading: Reading, plan: str) -> bool:
    path = this_week_path(reading.settings)
    before, new = _repoint(reading, plan)
    if new is None:
        return False
    may_go = removable.find_repointed(_decode(before) or "", new)
    return writer.write_note(reading.root, path, new, before=before, removable=may_go.elements())


def _repoint(reading: Reading, plan: str) -> tuple[bytes | None, str | None]:
    """Read `This week.md`, and find what it must say to show a plan; None: it stays as it is."""
    before = writer.read_bytes(reading.root, this_week_path(reading.settings))
    name = plan.rsplit("/", 1)[-1].removesuffix(".md")
    old = _decode(before)
    return before, None if before and old is None else merge.point_at("Network plan", old, name)


def _decode(raw: bytes | None) -> str | None:
    """Read our own note; None where there is none or its bytes are not ours to understand."""
    try:
        return None if raw is None else raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


# --- a plan that is kept true -------------------------------------------------------------

UNTOUCHED = 30.0
"""Seconds for which a plan must have been left alone before its ticks get their day (5.4)."""
TYPING = 5.0
"""Seconds for which it must have been left alone before anything else in it follows the notes:
Obsidian saves every two seconds while one types."""
RETRY = 300.0
"""Seconds after which what failed is tried again."""

Paths = frozenset[str] | None
"""Notes that moved; None: any may have."""


@frozen(eq=False)
class Kept:
    """What keeping a plan true came to, and what the next look has to know."""

    today: date
    path: str = ""
    """The plan; empty where the vault could not be read."""
    moved: Paths = frozenset()
    """What had moved and is now told."""
    pending: Paths = frozenset()
    """What has moved and is not told yet."""
    wrote: tuple[str, ...] = ()
    changes: tuple[str, ...] | None = ()
    """What changed in the plan: `Thank Ada added`; None: it is a new one."""
    problems: tuple[Problem, ...] | None = None
    """None where the vault was not read to the end."""
    fault: str = ""
    """Why the plan could not be brought up to date."""
    wait: float | None = None
    """Seconds after which to look again, though nothing moves."""
    own: frozenset[str] = frozenset()
    """The notes that were written since this began."""
    spoken: render.Spoken | None = None
    """What was said in the plan."""
    memory: Memory | None = None
    """What was read; None where that went wrong."""

    @property
    def told(self) -> bool:
        """Whether the plan is now true."""
        return not self.fault and self.pending == frozenset()


def keep_plan(
    root: Path,
    today: date,
    real_today: date,
    moved: Paths,
    last: Kept | None,
    writing: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Kept | None:
    """Bring the current week's plan up to date, unless somebody is at it; None: it was our doing.

    `moved` is what moved since the `last` time, and `writing` makes a context for the moment of
    writing. Faults are told in the result: whoever watches goes on.
    """
    if last and moved:
        others = frozenset(path for path in moved if not _is_our_doing(root, path, last))
        if not others and last.today == today:
            return None
        moved = others
    before = last.pending if last else None
    pending = None if before is None or moved is None else before | moved
    kept = Kept(today, pending=pending, own=last.own if last else frozenset())
    try:
        memory = (last and last.memory) or recall(root, today, real_today)
        seen = None if pending is None else pending | kept.own
        reading = read_again(root, today, real_today, memory, seen)
        spoken = render.Spoken(last.spoken.now if last and last.spoken else None)
        kept = replace(kept, problems=reading.problems, memory=memory, spoken=spoken)
        return _keep_plan(reading, kept, writing)
    except BusyError:
        return replace(kept, wait=TYPING)
    except VaultnetError as error:
        return replace(kept, fault=str(error), wait=RETRY)
    except OSError as error:
        return replace(kept, fault=error.strerror or type(error).__name__, wait=RETRY)


def _is_our_doing(root: Path, path: str, last: Kept) -> bool:
    return path in last.own and writer.is_ours(root, path)


def _keep_plan(
    reading: Reading, kept: Kept, writing: Callable[[], AbstractContextManager[None]]
) -> Kept:
    if not reading.persons:
        raise VaultnetError(f"{reading.root} holds no notes that are read: the plan waits.")
    path = plan_path(reading.settings, week_of(reading.today))
    left = writer.until_rest(reading.root, path, UNTOUCHED)
    draft = draft_plan(reading, week_of(reading.today), stamp=not left, spoken=kept.spoken)
    kept = replace(kept, path=path)
    if draft.damage:
        fault = f"{path} is left as it is: {draft.damage}. Mend it, or move it away."
        return replace(kept, fault=fault)
    alone = kept.pending is not None and kept.pending <= {path}
    if left and draft.text != draft.old_text:
        # One write is better than two: whoever is at nothing but the plan gets it when they are done.
        typing = left if alone else left - (UNTOUCHED - TYPING)
        if typing > 0:
            return replace(kept, wait=typing)
    if not left and writer.until_rest(reading.root, path, TYPING):
        raise BusyError(f"{path} changed while vaultnet was working; nothing was written.")
    with writing():
        written = write_plan(reading, draft, rest=UNTOUCHED)
    from vaultnet.core import changes  # noqa: PLC0415 - what a plan does not need is loaded where it is used

    waits = [left, written.wait, RETRY if written.problems else 0.0]
    return replace(
        kept,
        moved=kept.pending,
        pending=frozenset(),
        wrote=written.paths,
        changes=changes.tell_changes(draft.old_text, draft.text) if draft.before else None,
        problems=(*reading.problems, *draft.problems, *written.problems),
        wait=min(filter(None, waits), default=None),
        own=kept.own | set(written.paths),
    )


def keep_alone(root: Path) -> AbstractContextManager[bool]:
    """Keep other watchers off this vault's plan."""
    return writer.keeping(root)


# --- questions about a reading ------------------------------------------------------------


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
    who = "\n".join(f"  {contact.title} ({contact.path})" for contact in found[:20])
    more = f"\n  … and {len(found) - 20} more" if len(found) > 20 else ""
    raise VaultnetError(
        f"'{name}' could be:\n{who}{more}\nName one of them in full, or by its path."
    )


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


# --- a new vault --------------------------------------------------------------------------

CONTACT_TEMPLATE = """\
---
type: person
created: "{{date:YYYY-MM-DD}}"
aliases: []
company:
role:
relationship:
they_know:
purpose:
birthday:
---

# {{title}}

## Log

"""
"""For Obsidian's core plugin Templates. The placeholder in the front matter keeps the template
itself from being taken for a person; an empty property says nothing."""


def start_vault(root: Path, template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write `vaultnet.toml` and a contact template; what exists already stays as it is.

    `template` is the template's path. Returns the paths written and those that were there.
    """
    written, there = [], []
    with writer.locked(root):
        for path, text in (("vaultnet.toml", config.explain()), (template, CONTACT_TEMPLATE)):
            if os.path.lexists(root / path):
                there.append(path)
            else:
                writer.create_note(root, path, text)
                written.append(path)
    return tuple(written), tuple(there)


def template_path(root: Path) -> str:
    """Find where a contact template belongs: Obsidian's own folder for templates, if there is one."""
    obsidian, problems = vault.read_obsidian(root)
    for problem in problems:
        if problem.path == ".obsidian/templates.json":
            kind = DiskError if problem.code == vault.DISK else VaultnetError
            raise kind(f"Where your templates lie is not known: {problem}.")
    folder = obsidian.template_folders[0] if obsidian.template_folders else "Templates"
    return f"{folder}/Contact.md"


# --- status -------------------------------------------------------------------------------


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
    import random  # noqa: PLC0415 - as above

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
    would_write += [path for path, _, _ in _close_earlier_plans(reading)]
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


# --- the trend ----------------------------------------------------------------------------


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
        old = _decode(before)
        if before is not None and old is None:
            raise VaultnetError(f"{path} was left as it is: it is not written in UTF-8.")
        drawn = chart.draw_chart(found, old or "")
        if drawn.damage:
            raise VaultnetError(f"{path} was left as it is: {drawn.damage}.")
        wrote = writer.write_note(
            reading.root, path, drawn.text, before=before, removable=drawn.removable
        )
    return path, wrote


# --- one line in a log --------------------------------------------------------------------


@frozen
class LogDraft:
    """A log entry as it will stand in its note, and how it is read there."""

    contact: Contact
    path: str
    change: edit.Change
    before: bytes
    """What stands on disk."""
    told: tuple[Interaction, ...]
    """What the entry tells, of this contact and others."""
    coming: bool
    """Whether it tells of an appointment."""


def draft_log(
    reading: Reading, contact: Contact, day: date, text: str, others: Sequence[Contact] = ()
) -> LogDraft:
    """Lay out a log entry; writes nothing. `others` were there too."""
    from vaultnet.core import edit  # noqa: PLC0415 - as above

    words = clean(text)
    if not words:
        raise UsageError("There is nothing to log: say what happened.")
    if parse_day(words.partition(" ")[0].rstrip(":,")):
        raise UsageError("Name the day with --on; the text says only what happened.")
    before = writer.read_bytes(reading.root, contact.path)
    old = _decode(before)
    if before is None or old is None:
        raise VaultnetError(f"{contact.path} is no longer a note in UTF-8; nothing was written.")
    tell = lru_cache(maxsize=4)(partial(_tell, reading, contact.path))
    links = [link(reading.links.best_link(other.path)) for other in others]
    entry = edit.Entry(day, edit.add_people(words, links))
    change = edit.append_entry(
        Source(contact.path, old),
        entry,
        reading.settings.log_headings,
        reading.obsidian.daily_format,
        tell,
    )
    if isinstance(change, edit.Refused):
        raise VaultnetError(str(change))
    if len(change.text.encode("utf-8", "replace")) > writer.LARGEST:
        raise VaultnetError(f"{contact.path} would be larger than 1 MiB; nothing was written.")
    found = tell(change.text)
    return LogDraft(
        contact,
        contact.path,
        change,
        before,
        told=tuple(i for i in found.interactions if i.line == change.line),
        coming=any(a.line == change.line for a in found.appointments),
    )


def write_log(
    reading: Reading, contact: Contact, day: date, text: str, others: Sequence[Contact] = ()
) -> LogDraft:
    """Write a log entry into the note as it is now, not as it was when the vault was read."""
    with writer.locked(reading.root):
        _refuse_half(reading)
        draft = draft_log(reading, contact, day, text, others)
        writer.write_note(
            reading.root, draft.path, draft.change.text, before=draft.before, removable=()
        )
    return draft


def _tell(reading: Reading, path: str, text: str) -> Evidence:
    """Find what one contact's note would tell if this were its text."""
    note = read_note(Source(path, text))
    return find_evidence(
        [note],
        reading.people.contacts,
        reading.links.resolve,
        reading.settings,
        reading.obsidian,
        reading.today,
        reading.today,
    )


# --- a new contact ------------------------------------------------------------------------


@frozen
class NewDraft:
    """A contact's note that is not there yet."""

    path: str
    text: str
    remarks: tuple[str, ...]
    """What is good to know: a name made safe, a template that could not be used."""


def draft_new(reading: Reading, name: str, properties: Sequence[tuple[str, str]] = ()) -> NewDraft:
    """Lay out a new contact's note; writes nothing. Properties are given as they are typed."""
    from vaultnet.core import edit, filenames  # noqa: PLC0415 - as above

    safe = filenames.safe_name(name)
    if not safe:
        raise UsageError(f"'{name}' holds nothing that a file could be called.")
    folders = Counter(contact.path.rpartition("/")[0] for contact in reading.people.contacts)
    folder = max(sorted(folders), key=folders.__getitem__, default="People")
    path = f"{folder}/{safe}.md".lstrip("/")
    paths = set(reading.links.exact.values())
    same = filenames.find_collisions(path, paths)
    if same:
        raise VaultnetError(
            f"{same[0]} is there already, and on some disks {path} would be the same file; "
            "nothing was written."
        )
    remarks = [] if safe == name.strip() else [f"The note is called '{safe}', safe everywhere."]
    namesakes = [
        p for p in paths if filenames.find_collisions(f"{safe}.md", [p.rpartition("/")[2]])
    ]
    if namesakes:
        remarks.append(f"{min(namesakes)} has the same name: link each of them by its path.")
    text, remark = _fill_template(reading, path, safe)
    for key, typed in properties:
        change = edit.set_property(Source(path, text), key, edit.read_value(typed))
        if isinstance(change, edit.Refused):
            raise VaultnetError(str(change))
        text = change.text
    _check_new(reading, path, text)
    return NewDraft(path, text, (*remarks, *filter(None, [remark])))


def write_new(reading: Reading, draft: NewDraft) -> None:
    """Create the note; what is there already stays as it is."""
    with writer.locked(reading.root):
        _refuse_half(reading)
        writer.create_note(reading.root, draft.path, draft.text)


def _fill_template(reading: Reading, path: str, title: str) -> tuple[str, str]:
    """Fill the vault's own contact template, or the built-in one; and say why not the former."""
    from vaultnet.core import fill  # noqa: PLC0415 - as above

    own = "Your own template"
    built_in = fill.fill_template(CONTACT_TEMPLATE, title, reading.today)
    try:
        own = template_path(reading.root)
        raw = writer.read_bytes(reading.root, own)
    except DiskError:
        raise
    except VaultnetError as error:
        return built_in, f"{own} was not used: {error}"
    if raw is None or not raw.strip():
        return built_in, ""
    text = _decode(raw)
    if text is None:
        return built_in, f"{own} was not used: it is not written in UTF-8."
    text = fill.fill_template(text.removeprefix("\ufeff"), title, reading.today)
    open_mark = fill.find_placeholder(text)
    if open_mark:
        return built_in, f"{own} was not used: only a plugin can fill {open_mark}."
    problems = read_note(Source(path, text)).problems
    if problems:
        return built_in, f"{own} was not used: {problems[0].message}."
    return text, ""


def _check_new(reading: Reading, path: str, text: str) -> None:
    """See that the note will be read as a contact, and understood."""
    note = read_note(Source(path, text))
    person = read_person(note, read_rules(reading.settings, reading.obsidian))
    people = gather_people((*reading.persons, person), reading.settings, reading.links.resolve)
    for problem in (*note.problems, *people.problems):
        if problem.path == path:
            raise VaultnetError(f"{problem.message}. Nothing was written.")
    if path not in {contact.path for contact in people.contacts}:
        raise VaultnetError(
            f"{path} would not be read as a contact (by its name, its folder or its properties); "
            "nothing was written. Try --set type=person, or another name."
        )


# --- what a write left behind -------------------------------------------------------------


@frozen
class Remnant:
    """A text that an interrupted write left or that a write displaced, held against its note."""

    leftover: writer.Leftover
    lost: tuple[str, ...] = ()
    """The lines of the user's that it holds and the note lacks."""
    private: bool = False
    """Whether nothing of it may be shown to who did not ask for it."""
    ours: int = 0
    """How many lines of vaultnet's own it holds that the note lacks."""
    own: bool = False
    """Whether it is just what vaultnet was about to write; never of a displaced text."""
    empty: bool = False
    there: bool = False
    """Whether the note is there."""
    fault: str = ""
    """Why it could not be held against the note."""
    older: bool = False
    """Whether all that is lost with it stands in newer texts of its note that were displaced."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Those of the lost lines that may be shown."""
        return () if self.private else tuple(x for x in self.lost if "#private" not in x.lower())

    @property
    def spare(self) -> bool:
        """Whether nothing of the user's would be gone with it."""
        return not self.lost and not self.fault

    @property
    def quiet(self) -> bool:
        """Whether it need not be listed: it was displaced, and gives nothing that others do not."""
        return self.leftover.kept and (self.spare or self.older)


def find_remnants(root: Path) -> tuple[Remnant, ...]:
    """Find what there is to have back: left beside notes, then displaced, the newest first."""
    beside = (_hold_against_note(root, left) for left in writer.find_leftovers(root))
    displaced = (_hold_against_note(root, left) for left in writer.find_kept(root))
    return (*beside, *_mark_older(displaced))


def _mark_older(displaced: Iterable[Remnant]) -> Iterator[Remnant]:
    """Mark what holds no line that a newer text of the same note does not hold too."""
    newer: dict[str, set[str]] = {}
    for remnant in displaced:
        held = newer.setdefault(remnant.leftover.note, set())
        yield replace(remnant, older=bool(remnant.lost) and held.issuperset(remnant.lost))
        held.update(remnant.lost)


def find_leftover(root: Path, word: str) -> writer.Leftover:
    """Find the one leftover that is meant: by its id, a beginning of that, its path or its note's."""
    if not word:
        raise UsageError("Name which one, by its id: `vaultnet recover` lists them.")
    everything = (*writer.find_leftovers(root), *writer.find_kept(root))
    named = Path(word)
    place = str(Path(os.path.realpath(named.parent)) / named.name)  # itself it may be a link
    found = [left for left in everything if word in {left.id, left.file} or left.place == place]
    if not found:
        found = [left for left in everything if left.note == word or left.id.startswith(word)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise VaultnetError(
            f"Nothing that could be had back goes by '{word}'. `vaultnet recover --all` lists all."
        )
    which = "\n".join(f"  {left.id}  {left.file or left.note}" for left in found[:20])
    more = f"\n  … and {len(found) - 20} more" if len(found) > 20 else ""
    raise VaultnetError(f"'{word}' could be:\n{which}{more}\nName one by its id, or by its path.")


def read_remnant(root: Path, word: str) -> tuple[Remnant, str, str]:
    """Find the one that is meant, and read it and its note as it is now, which may be gone."""
    left = find_leftover(root, word)
    raw, before = _read_both(root, left)
    return _hold_against_note(root, left), _show(raw), _show(before or b"")


@frozen
class Restored:
    """What putting a text back came to."""

    path: str
    wrote: bool
    """False: the note held it already."""
    displaced: bool
    """Whether what stood there held lines that are gone now: it is kept in its turn."""


def restore(root: Path, word: str) -> Restored:
    """Put a text in its note's place; a file that lay beside the note is among the kept texts then."""
    with writer.locked(root):
        left = find_leftover(root, word)
        if not left.note:
            raise VaultnetError(
                f"The note that {left.file} is of is gone, and its name was cut: nothing tells "
                "where to put it. Rename it yourself."
            )
        raw, before = _read_both(root, left)
        wrote = writer.write_bytes(root, left.note, raw, before=before, like=left.place)
        if not left.kept:
            writer.put_away(root, left, raw)
    lost, ours = removable.find_lost(_show(before or b""), _show(raw))
    return Restored(left.note, wrote, displaced=bool(lost or ours))


def drop(root: Path, word: str) -> writer.Leftover:
    """Remove for good what is named."""
    with writer.locked(root):
        left = find_leftover(root, word)
        writer.drop_leftover(left)
    return left


def tidy(root: Path) -> tuple[writer.Leftover, ...]:
    """Remove the files beside notes with which nothing of the user's is gone."""
    dropped = []
    with writer.locked(root) as held:
        if not held:
            raise VaultnetError(
                "No lock can be held here, and another vaultnet might be writing; nothing was "
                "removed. Set XDG_STATE_HOME to a folder that can be written."
            )
        for left in writer.find_leftovers(root):
            if _hold_against_note(root, left).spare:
                writer.drop_leftover(left)
                dropped.append(left)
    return tuple(dropped)


def _read_both(root: Path, left: writer.Leftover) -> tuple[bytes, bytes | None]:
    """Read a leftover, and its note as it is now: None where that is gone."""
    try:
        raw = writer.read_leftover(left)
    except VaultnetError as error:
        raise VaultnetError(f"{left.file or left.note}: {error}.") from error
    return raw, writer.read_bytes(root, left.note) if left.note else None


def _hold_against_note(root: Path, left: writer.Leftover) -> Remnant:
    try:
        raw = writer.read_leftover(left)
        before = writer.read_bytes(root, left.note) if left.note else None
    except VaultnetError as error:
        return Remnant(left, fault=str(error).rstrip("."))
    text, note = _show(raw), _show(before or b"")
    lost, ours = removable.find_lost(text, note)
    return Remnant(
        left,
        lost=lost,
        private=bool(lost) and any(_is_private(left.note, told) for told in (text, note)),
        ours=ours,
        own=writer.is_own_text(left, raw),
        empty=not raw.strip(),
        there=before is not None,
    )


def _show(raw: bytes) -> str:
    """Read what need be no text of ours, for a comparison or a person's eyes."""
    return raw.decode("utf-8", "surrogateescape")


def _is_private(path: str, text: str) -> bool:
    """Whether a note is private, or may be: nobody knows where its front matter is broken."""
    note = read_note(Source(path, text))
    tagged = any(
        found.key.lower() in {"tag", "tags"} and "private" in str(found.value).lower()
        for found in note.properties
    )
    return tagged or is_private(note) or not note.healthy
