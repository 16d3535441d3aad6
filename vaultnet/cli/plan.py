"""`vaultnet plan`: writes the week's plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultnet.cli.options import HELP, find_vault, json_option, today_option, vault_option
from vaultnet.clock import find_day

if TYPE_CHECKING:
    from vaultnet.core.calendar import Week


def read_week(text: str) -> Week:
    """Read `2026-W48`, or say what a week looks like."""
    from vaultnet.core.calendar import parse_week  # noqa: PLC0415 - most plans are this week's

    week = parse_week(text)
    if week is None or not 1900 <= week.year <= 9900:
        from vaultnet.core.text import printable  # noqa: PLC0415 - most runs plan this week

        raise click.BadParameter(f"'{printable(text)}' is no week; write it as 2026-W48")
    return week


@click.command(context_settings=HELP)
@vault_option
@today_option
@click.option("--week", type=read_week, metavar="YYYY-Www", help="Plan this week, as 2026-W49.")
@click.option("--dry-run", is_flag=True, help="Print the plan and write nothing.")
@click.option("--diff", is_flag=True, help="Print what would change and write nothing.")
@json_option
def plan(
    *,
    vault: Path | None,
    today: date | None,
    week: Week | None,
    dry_run: bool,
    diff: bool,
    as_json: bool,
) -> None:
    r"""Write this week's plan into Network/.

    \b
    Example:
      vaultnet plan               write the plan of this week
      vaultnet plan --dry-run     look at it first
      vaultnet plan --week 2026-W49
    """
    from vaultnet.index.listing import look_around, name_question, recall_plan  # noqa: PLC0415 - help needs none

    root, now = find_vault(vault), find_day()
    key, look = name_question(root, now, today, week), look_around(root)
    if not (dry_run or diff or as_json) and (lines := recall_plan(root, key, look)):
        say(lines)
        return

    from vaultnet import present  # noqa: PLC0415 - not needed where nothing has changed
    from vaultnet.planning import draft_week, write_week  # noqa: PLC0415 - as above

    reading, draft = draft_week(root, today, now, week, None if as_json else look)
    if as_json:
        click.echo(present.dump(present.plan_as_json(reading, draft)))
    elif diff:
        click.echo(present.diff(draft.path, draft.old_text, draft.text), nl=False)
    elif dry_run:
        click.echo(present.clean_lines(draft.text), nl=False)
    else:
        say(write_week(reading, draft, key, look, partial(click.echo, nl=False)))


def say(lines: Sequence[str]) -> None:
    """Print the plan's path, and what there is to say about it on standard error."""
    path, *talk = lines
    click.echo(path)
    for line in talk:
        click.echo(line, err=True)
