"""`vaultnet demo`: an invented vault with a past, to try vaultnet on."""

from __future__ import annotations

import os
from pathlib import Path

import click

from vaultnet.cli.options import HELP


@click.command(context_settings=HELP)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def demo(*, folder: Path) -> None:
    r"""Write an invented vault with half a year of git history, to try vaultnet on.

    DIR is a new folder, or an empty one. All people are invented; it is written for 24 November 2026.

    \b
    Example:
      vaultnet demo ~/demo
    """
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.demo import make_demo  # noqa: PLC0415 - as above

    made = make_demo(folder, os.environ)
    click.echo(present.escape(str(folder)))
    for line in present.tell_demo(made, folder):
        click.echo(line, err=True)
    if made.lacking:
        raise click.exceptions.Exit(1)
