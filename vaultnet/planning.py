"""What `vaultnet plan` does once its words are understood: a vault and a day -> the lines it prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from vaultnet import app, present, reading
from vaultnet.core.calendar import Week, week_of
from vaultnet.index.listing import Look, remember_plan


def draft_week(
    root: Path, today: date | None, now: date, week: Week | None = None
) -> tuple[reading.Reading, app.Draft]:
    """Read a vault and draft its plan; what was read and said is kept for the next time."""
    day = today or now
    memory = reading.recall(root, day, now)
    read = reading.read_vault(root, day, now, memory)
    reading.keep(root, memory)
    spoken = app.recall_spoken(root)
    draft = app.draft_plan(read, week or week_of(day), spoken=spoken)
    app.keep_spoken(root, spoken)
    return read, draft


def write_week(
    read: reading.Reading,
    draft: app.Draft,
    key: str,
    look: Look | None,
    show: Callable[[str], None],
) -> Sequence[str]:
    """Write a plan and tell what came of it: its path, and what else there is to say.

    Where the plan on disk is damaged, the one that should be there is shown, before that is told.
    If nothing had to be written, that is what `key` will be answered with, see `remember_plan`.
    """
    if draft.damage:
        show(present.clean_lines(draft.text))
    wrote = app.write_plan(read, draft)
    lines = present.tell_plan(draft, wrote)
    if not wrote.paths and not wrote.problems:
        remember_plan(read.root, key, lines, look, read.paths)
    return lines
