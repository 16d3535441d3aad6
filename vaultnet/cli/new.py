"""`vaultnet new NAME`: a new contact's note."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vaultnet.cli.options import HELP, read, today_option, vault_option


def read_setting(text: str) -> tuple[str, str]:
    """Split `cadence=6 weeks`, or say what a property looks like."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        from vaultnet.core.text import printable  # noqa: PLC0415 - help needs none of it

        raise click.BadParameter(f"'{printable(text)}' sets nothing; write it as cadence='6 weeks'")
    return key.strip(), value.strip()


@click.command(context_settings=HELP)
@click.argument("name", nargs=-1, required=True)
@click.option("--company", metavar="TEXT", help="Where they work.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    type=read_setting,
    metavar="KEY=VALUE",
    help="Any other property; give it once for each. A list is [a, b].",
)
@click.option("--dry-run", is_flag=True, help="Print the note and write nothing.")
@click.option("--diff", is_flag=True, help="Print what would change and write nothing.")
@vault_option
@today_option
def new(
    *,
    name: tuple[str, ...],
    company: str | None,
    settings: tuple[tuple[str, str], ...],
    dry_run: bool,
    diff: bool,
    vault: Path | None,
    today: date | None,
) -> None:
    r"""Create a contact's note from the template, where most contacts lie.

    \b
    Example:
      vaultnet new Ada Lovelace --company "Engines & Co"
      vaultnet new "Bo Ek" --set want_to_meet=true --set needs="[data engineers]"
    """
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.app import notes  # noqa: PLC0415 - help needs none of it

    reading = read(vault, today)
    given = ((("company", company),) if company else ()) + settings
    draft = notes.draft_new(reading, " ".join(name), given)
    for remark in draft.remarks:
        click.echo(present.clean_line(remark), err=True)
    if diff:
        click.echo(present.diff(draft.path, "", draft.text), nl=False)
    elif dry_run:
        click.echo(present.clean_lines(draft.text), nl=False)
    else:
        notes.write_new(reading, draft)
        click.echo(present.clean_line(draft.path))
