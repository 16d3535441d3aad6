"""`vaultnet trend`: whether the network grows and gets closer, and what exposure brought."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from vaultnet.cli.options import (
    HELP,
    json_option,
    read,
    read_day,
    today_option,
    vault_option,
)
from vaultnet.clock import find_day

WEEKS = 26
"""So many are shown, where nobody asks for more."""


@click.command(context_settings=HELP)
@vault_option
@today_option
@click.option(
    "--since",
    type=read_day,
    metavar="YYYY-MM-DD",
    help="Begin with the week of this day. Default: 26 weeks, or as many as git remembers.",
)
@click.option("--write", is_flag=True, help="Keep a note with charts in the vault as well.")
@json_option
def trend(
    *,
    vault: Path | None,
    today: date | None,
    since: date | None,
    write: bool,
    as_json: bool,
) -> None:
    r"""Show from git whether your network grows and gets closer, and what exposure brought.

    With --write, charts that Obsidian and git hosts draw themselves stand in Network/Network trend.md,
    between two markers; what you write outside them is yours.

    \b
    Example:
      vaultnet trend
      vaultnet trend --since 2026-01-01 --write
    """
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.app import questions  # noqa: PLC0415 - help needs none of it
    from vaultnet.remembered import Span, read_history  # noqa: PLC0415 - as above

    reading = read(vault, today)
    with present.progress("Reading the past") as progress:
        found = read_history(reading, find_day(), os.environ, Span(since, last=WEEKS), progress)
    told = questions.find_trend(reading, found.weeks)
    if as_json:
        click.echo(present.dump(present.trend_as_json(told)))
    else:
        present.print_trend(told, questions.tell_trend(told))
    if write:
        path, wrote = questions.write_trend(reading, told)
        click.echo(present.how_trend_was_written(path, wrote=wrote), err=True)
    if since is None and len(found.weeks) < 3 and not found.lacking:
        click.echo(
            "Git remembers no more; with --since, dated logs tell of earlier weeks.", err=True
        )
    if found.lacking:
        click.echo(found.lacking, err=True)
        raise click.exceptions.Exit(1)
