"""`vaultnet rings`: everybody, ring by ring."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vaultnet.cli.options import HELP, json_option, read, today_option, vault_option
from vaultnet.core.model import Ring, Warmth


@click.command(context_settings=HELP)
@vault_option
@today_option
@click.option(
    "--ring",
    "wanted",
    multiple=True,
    type=click.Choice([r.word for r in Ring]),
    help="Only this ring.",
)
@click.option(
    "--warmth",
    multiple=True,
    type=click.Choice([w.value for w in Warmth]),
    help="Only this warmth.",
)
@click.option("--company", metavar="TEXT", help="Only people whose company holds this text.")
@click.option(
    "--sort",
    type=click.Choice(["name", "due", "last", "warmth"]),
    default="name",
    show_default=True,
    help="The order within each ring.",
)
@json_option
def rings(
    *,
    vault: Path | None,
    today: date | None,
    wanted: tuple[str, ...],
    warmth: tuple[str, ...],
    company: str | None,
    sort: str,
    as_json: bool,
) -> None:
    r"""Show everybody, ring by ring, with the evidence.

    \b
    Example:
      vaultnet rings --ring buddy --ring strategic --sort due
      vaultnet rings --company klima --json
    """
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.core.names import choose_standings  # noqa: PLC0415 - help needs none of it

    reading = read(vault, today)
    chosen = choose_standings(
        reading.standings.values(), rings=wanted, warmths=warmth, company=company or "", order=sort
    )
    if as_json:
        click.echo(present.dump([present.standing_as_json(standing) for standing in chosen]))
    else:
        present.print_rings(chosen)
