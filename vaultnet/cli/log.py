"""`vaultnet log NAME TEXT…`: one line in a contact's log."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vaultnet.cli.options import (
    HELP,
    complete_name,
    read,
    read_day,
    today_option,
    vault_option,
)

_LONGEST = 1 << 16
"""Characters of standard input that are taken."""


@click.command(context_settings=HELP)
@click.argument("name", shell_complete=complete_name)
@click.argument("text", nargs=-1, required=True)
@click.option("--on", "day", type=read_day, metavar="YYYY-MM-DD", help="The day it happened.")
@click.option(
    "--with",
    "others",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_name,
    help="Who else was there; give it once for each.",
)
@click.option("--dry-run", is_flag=True, help="Print the line and write nothing.")
@click.option("--diff", is_flag=True, help="Print what would change and write nothing.")
@vault_option
@today_option
def log(
    *,
    name: str,
    text: tuple[str, ...],
    day: date | None,
    others: tuple[str, ...],
    dry_run: bool,
    diff: bool,
    vault: Path | None,
    today: date | None,
) -> None:
    r"""Append a line to a contact's log, and say how it was read.

    NAME is a name, an alias, a part of one, or a path. TEXT is what happened; `-` reads it from
    standard input.

    \b
    Example:
      vaultnet log ada "coffee: the climate job"
      vaultnet log ada called --on 2026-11-20 --with "bo ek"
      pbpaste | vaultnet log ada -
    """
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.app import notes, questions  # noqa: PLC0415 - help needs none of it

    words = " ".join(text)
    if words == "-":
        with click.open_file("-", errors="replace") as given:
            words = given.read(_LONGEST)
    reading = read(vault, today)
    contact = questions.find_contact(reading, name)
    company = [questions.find_contact(reading, other) for other in others]
    happened = day or reading.today
    if dry_run or diff:
        draft = notes.draft_log(reading, contact, happened, words, company)
    else:
        draft = notes.write_log(reading, contact, happened, words, company)
    if diff:
        click.echo(present.diff(draft.path, draft.change.old, draft.change.text), nl=False)
    else:
        click.echo(present.clean_line(f"{draft.path}:{draft.change.line}: {draft.change.added}"))
    click.echo(present.how_it_was_read(draft, reading.network.contacts), err=True)
