"""`vaultnet history`: who moved between rings, when, and why."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from vaultnet.cli.options import (
    HELP,
    complete_name,
    find_day,
    find_vault,
    json_option,
    read,
    read_day,
    today_option,
    vault_option,
)


@click.command(context_settings=HELP)
@click.argument("name", nargs=-1, shell_complete=complete_name)
@vault_option
@today_option
@click.option(
    "--since", type=read_day, metavar="YYYY-MM-DD", help="Begin with the week of this day."
)
@click.option("--until", type=read_day, metavar="YYYY-MM-DD", help="End on this day.")
@click.option(
    "--rev",
    default="",
    metavar="REV",
    help="Follow this branch, tag or commit, not what is checked out.",
)
@json_option
def history(
    *,
    name: tuple[str, ...],
    vault: Path | None,
    today: date | None,
    since: date | None,
    until: date | None,
    rev: str,
    as_json: bool,
) -> None:
    r"""Tell from git who moved between rings, when and why.

    Each week is looked at on its Sunday, at the last commit by then. With NAME (a name, an alias, a
    part of one, or a path) it is the past of one person, with what happened between you.

    \b
    Example:
      vaultnet history --since 2026-09-01
      vaultnet history ada
    """
    from vaultnet import app, present  # noqa: PLC0415 - help needs none of it
    from vaultnet.remembered import Span, look_back, read_history  # noqa: PLC0415 - as above

    root, now, span = find_vault(vault), find_day(), Span(since, until, rev)
    reading = read(root, today) if name else None
    with present.progress("Reading the past") as progress:
        if reading:
            found = read_history(reading, now, os.environ, span, progress)
        else:
            found = look_back(root, today or now, now, os.environ, span, progress)
    moves = found.moves
    contact = None
    if reading:
        gone = [move.contact for move in moves]
        contact = app.find_contact(reading, " ".join(name), gone)
        moves = tuple(move for move in moves if move.contact.path == contact.path)
    if as_json:
        click.echo(present.dump(present.history_as_json(moves)))
    elif reading and contact:
        standing = reading.standings.get(contact.path)
        told = reading.network.with_contact(contact.path)
        present.print_past(found, contact, told, standing.ring if standing else None)
    else:
        present.print_history(found)
    if not moves:
        click.echo("Nobody moved in that time.", err=True)
    if found.lacking:
        click.echo(found.lacking, err=True)
        raise click.exceptions.Exit(1)
