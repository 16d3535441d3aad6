"""`vaultnet show NAME`: one standing, with its evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vaultnet.cli.options import HELP, complete_name, json_option, read, today_option, vault_option


@click.command(context_settings=HELP)
@click.argument("name", nargs=-1, required=True, shell_complete=complete_name)
@vault_option
@today_option
@json_option
def show(*, name: tuple[str, ...], vault: Path | None, today: date | None, as_json: bool) -> None:
    r"""Show where one person stands, why, and what happened between you.

    NAME is a name, an alias, a part of one, or a path.

    \b
    Example:
      vaultnet show ada
      vaultnet show "People/Ada Lovelace.md" --json
    """
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.app import questions  # noqa: PLC0415 - help needs none of it

    reading = read(vault, today)
    contact = questions.find_contact(reading, " ".join(name))
    standing = reading.standings[contact.path]
    told = reading.network.with_contact(contact.path)
    if as_json:
        click.echo(present.dump(present.standing_as_json(standing, told)))
    else:
        present.print_standing(standing, told, reading.today)
