"""A reading and a week -> the plan, drafted, brought together with the one on disk, and written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from vaultnet import last_week, render, vault, writer
from vaultnet.core import merge, moves, removable
from vaultnet.core.calendar import Week, days_after, parse_week, week_of
from vaultnet.core.frozen import frozen
from vaultnet.core.marks import find_untouched, memory_of
from vaultnet.core.model import (
    Move,
    Plan,
    Problem,
    Settings,
)
from vaultnet.core.notes import MOST_LINES
from vaultnet.core.plan import View, make_plan
from vaultnet.errors import BusyError, DiskError, NoHistoryError, VaultnetError
from vaultnet.index.listing import settled
from vaultnet.index.spoken import load_spoken, save_spoken
from vaultnet.reading import (
    Reading,
    foresee,
    place_on,
    place_turned_on,
)


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
    lasting: bool = True
    """Whether the same notes will give it again: git, where there is one, could be asked."""

    @property
    def old_text(self) -> str:
        """The plan on disk; empty where there is none."""
        return decode(self.before) or ""


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
        damage = _find_damage(decode(before), str(week))
    old = "" if damage else decode(before) or ""
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
    moved_since, lasting = _find_moves(reading, view)
    view = view.seeing(moves=moved_since)
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
    return Draft(
        plan, path, text, rendered.texts, before, damage, rendered.own.problems, moved, lasting
    )


def _find_moved(reading: Reading, path: str, before: bytes | None) -> str:
    """Find a note of the plans' folder that is no longer what was read; `path` now holds `before`."""
    for note, stamp in reading.stamps.items():
        if vault.find_stamp(reading.root, note) != stamp:
            return note
    return path if before is not None and path not in reading.paths else ""


def _find_moves(reading: Reading, view: View) -> tuple[tuple[Move, ...], bool]:
    """Find who moved since last week ended: as git remembers it, else as the dated logs tell.

    Gives also whether that lasts: False where git could not be asked, and may be next time.
    """
    lasting = True
    if view.week == week_of(reading.today):
        try:
            found = last_week.find_moves_of_week(reading, view, os.environ)
        except NoHistoryError:
            found, lasting = None, False
        if found is not None:
            return found, True
    before = place_turned_on(reading, days_after(view.monday, -1), view.today)
    return moves.find_moves(before, view.standings), lasting


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
        return next(close_earlier_plans(reading), None) is None
    except VaultnetError:
        return False


def _write_plans(reading: Reading, draft: Draft, rest: float) -> Written:
    wrote = []
    problems = []
    waits = [0.0]
    if writer.read_bytes(reading.root, draft.path) != draft.text.encode():
        refuse_half(reading, draft.moved)
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
    for path, before, text in close_earlier_plans(reading):
        waits.append(writer.until_rest(reading.root, path, rest))
        if not waits[-1] and _write_ours(reading.root, path, text, before):
            wrote.append(path)
    return Written(tuple(wrote), tuple(problems), max(waits))


def refuse_half(reading: Reading, moved: str = "") -> None:
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
    may_go = removable.find_removable(decode(before) or "", text)
    return writer.write_note(root, path, text, before=before, removable=may_go.elements())


def look_at_earlier_plans(reading: Reading) -> None:
    """Find which earlier plans are at rest, so that whoever goes on from here need not look at them."""
    for _ in close_earlier_plans(reading):
        pass


def close_earlier_plans(reading: Reading) -> Iterator[tuple[str, bytes, str]]:
    """Stamp the ticks of earlier weeks' plans, and take the boxes off what nobody touched (5.4).

    Gives path, what stands there and what is to stand there, for those plans that change.
    """
    now = str(week_of(reading.today))
    done_form = render.task_fields(reading.settings, reading.obsidian).done
    certain = settled(reading.stamps, reading.since)
    for path, week in reading.plans.items():
        ours = path.startswith(reading.settings.plan_start)
        if week >= now or not ours or parse_week(week) is None:
            continue
        if path in certain and reading.at_rest.get(path) == certain[path]:
            continue
        before = writer.read_bytes(reading.root, path)
        old = decode(before)
        if before is None or old is None or merge.find_damage(old, week):
            continue
        text = merge.close(old, reading.today, done_form)
        if text != old:
            yield path, before, text
        elif path in certain:
            reading.at_rest[path] = certain[path]


def _point_this_week(reading: Reading, plan: str) -> bool:
    path = this_week_path(reading.settings)
    before, new = _repoint(reading, plan)
    if new is None:
        return False
    may_go = removable.find_repointed(decode(before) or "", new)
    return writer.write_note(reading.root, path, new, before=before, removable=may_go.elements())


def _repoint(reading: Reading, plan: str) -> tuple[bytes | None, str | None]:
    """Read `This week.md`, and find what it must say to show a plan; None: it stays as it is."""
    before = writer.read_bytes(reading.root, this_week_path(reading.settings))
    name = plan.rsplit("/", 1)[-1].removesuffix(".md")
    old = decode(before)
    return before, None if before and old is None else merge.point_at("Network plan", old, name)


def decode(raw: bytes | None) -> str | None:
    """Read our own note; None where there is none or its bytes are not ours to understand."""
    try:
        return None if raw is None else raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
