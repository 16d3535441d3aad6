"""`vaultnet history`: who moved between rings, when, and why."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultnet.cli.options import (
    HELP,
    complete_name,
    find_vault,
    json_option,
    read_day,
    today_option,
    vault_option,
)
from vaultnet.clock import find_day

if TYPE_CHECKING:
    from vaultnet.core.model import PastMove
    from vaultnet.remembered import Span


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
      vaultnet history samir
    """
    from vaultnet.index.head import read_head  # noqa: PLC0415 - help needs none of it
    from vaultnet.index.listing import look_around, recall, remember  # noqa: PLC0415 - as above

    root, day = find_vault(vault), find_day()
    look = look_around(root)
    words = (today, day, since, until, as_json, sys.stdout.encoding, read_head(root))
    key = " ".join(map(str, words))
    if not (name or rev) and (said := recall(root, "history", key, look)):
        click.echo(said)
        return

    from vaultnet import present  # noqa: PLC0415 - not needed where nothing has changed
    from vaultnet.remembered import Span, look_back  # noqa: PLC0415 - as above

    span = Span(since, until, rev)
    if name:
        _tell_past(root, " ".join(name), today or day, span, as_json=as_json)
        return
    with present.progress("Reading the past") as progress:
        found = look_back(root, today or day, day, os.environ, span, progress)
    if as_json:
        said = present.dump(present.history_as_json(found.moves))
    else:
        said = "\n".join(present.tell_history(found))
    if found.moves or as_json:
        click.echo(said)
    if found.moves and not found.lacking and not rev:
        remember(root, "history", key, said, look, found.paths)
    _tell_lack(found.moves, found.lacking)


def _tell_past(root: Path, name: str, today: date, span: Span, *, as_json: bool) -> None:
    """Tell the past of one person."""
    from vaultnet import present  # noqa: PLC0415 - as above
    from vaultnet.app import questions  # noqa: PLC0415 - as above
    from vaultnet.reading import read_vault  # noqa: PLC0415 - as above
    from vaultnet.remembered import read_history  # noqa: PLC0415 - as above

    reading = read_vault(root, today, find_day())
    with present.progress("Reading the past") as progress:
        found = read_history(reading, find_day(), os.environ, span, progress)
    contact = questions.find_contact(reading, name, [move.contact for move in found.moves])
    moves = [move for move in found.moves if move.contact.path == contact.path]
    if as_json:
        click.echo(present.dump(present.history_as_json(moves)))
    else:
        standing = reading.standings.get(contact.path)
        told = [i for i in reading.network.with_contact(contact.path) if span.has(i.day)]
        present.print_past(found, contact, told, standing.ring if standing else None)
    _tell_lack(moves, found.lacking, f"{present.escape(contact.title)} did not move")


def _tell_lack(moves: Sequence[PastMove], lacking: str, nothing: str = "Nobody moved") -> None:
    """Say what is missing, and fail where it was asked for."""
    if not moves:
        click.echo(f"{nothing} in that time.", err=True)
    if lacking:
        click.echo(lacking, err=True)
        raise click.exceptions.Exit(1)
