"""What `vaultnet plan` does once its words are understood: a vault and a day -> the lines it prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from vaultnet import app, present, reading, resumed
from vaultnet.core.calendar import Week, week_of
from vaultnet.index.listing import Look, remember_plan
from vaultnet.reading import Reading
from vaultnet.render import Spoken


@reading.undisturbed()
def draft_week(
    root: Path, today: date | None, now: date, week: Week | None = None, look: Look | None = None
) -> tuple[Reading, app.Draft]:
    """Read a vault and draft its plan; what was read and said is kept for the next time.

    With a `look` at the files as they stand one goes on from the last draft, where little has changed.
    """
    day = today or now
    spoken = app.recall_spoken(root)
    found = _draft_again(root, day, now, week or week_of(day), look, spoken)
    app.keep_spoken(root, spoken)
    return found


def _draft_again(
    root: Path, today: date, now: date, week: Week, look: Look | None, spoken: Spoken
) -> tuple[Reading, app.Draft]:
    this_week = week == week_of(today)
    if look and this_week:
        with suppress(resumed.StaleError):
            if found := resumed.resume(look, root, today, now, week):
                known, read = found
                draft = app.draft_plan(read, week, spoken=spoken)
                app.look_at_earlier_plans(read)
                resumed.keep_resumed(known, read, now, week)
                return read, draft
    memory = reading.recall(root, today, now)
    read = reading.read_vault(root, today, now, memory)
    reading.keep(root, memory)
    draft = app.draft_plan(read, week, spoken=spoken)
    if look and this_week:
        app.look_at_earlier_plans(read)
        resumed.keep_reading(look, memory, read, now, week)
    return read, draft


def write_week(
    read: Reading,
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
    if draft.lasting and not wrote.paths and not wrote.problems:
        remember_plan(read.root, key, lines, look, read.paths)
    return lines
