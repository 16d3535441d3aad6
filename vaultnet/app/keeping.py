"""A plan that is kept true: what moved in a vault -> the plan as it is now, and what to tell of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from vaultnet import render, writer
from vaultnet.app.plans import draft_plan, plan_path, write_plan
from vaultnet.core.calendar import week_of
from vaultnet.core.frozen import frozen, replace
from vaultnet.core.model import Problem
from vaultnet.errors import BusyError, VaultnetError
from vaultnet.moved import read_again
from vaultnet.reading import (
    Memory,
    Reading,
    recall,
)

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
