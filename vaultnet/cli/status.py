"""`vaultnet status`: what vaultnet sees; writes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vaultnet.cli.options import HELP, find_vault, json_option, read, today_option, vault_option


@click.command(context_settings=HELP)
@vault_option
@today_option
@json_option
def status(*, vault: Path | None, today: date | None, as_json: bool) -> None:
    r"""Show what vaultnet sees in your notes, and what it would write. Writes nothing.

    \b
    Example:
      vaultnet status --vault ~/Notes
    """
    show_status(find_vault(vault), today=today, as_json=as_json)


def show_status(root: Path, *, today: date | None, as_json: bool) -> None:
    """Print the status of a vault."""
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.app import questions  # noqa: PLC0415 - help needs none of it

    found = questions.take_stock(read(root, today))
    if as_json:
        click.echo(present.dump(present.stock_as_json(found)))
    else:
        present.print_stock(found)
