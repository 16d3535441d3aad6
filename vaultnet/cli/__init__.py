"""The door: one file per command; nothing is decided here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from vaultnet import __version__
from vaultnet.cli.check import check
from vaultnet.cli.init import init
from vaultnet.cli.log import log
from vaultnet.cli.new import new
from vaultnet.cli.options import HELP, here
from vaultnet.cli.plan import plan
from vaultnet.cli.rings import rings
from vaultnet.cli.show import show
from vaultnet.cli.status import show_status, status
from vaultnet.core.text import clean, show_lines
from vaultnet.errors import VaultnetError


@click.group(invoke_without_command=True, context_settings=HELP)
@click.version_option(__version__, message="vaultnet %(version)s")
@click.pass_context
def vaultnet(context: click.Context) -> None:
    """Keep your career network warm in plain Markdown notes.

    Start with `vaultnet status` in the folder of your notes: it writes nothing. Then
    `vaultnet plan` writes this week's plan into Network/.
    """
    if context.invoked_subcommand is None:
        from vaultnet.vault import find_root  # noqa: PLC0415 - only where a vault is looked for

        try:
            root = find_root(None, os.environ, here())
        except VaultnetError:
            click.echo(context.get_help())
        else:
            show_status(root, today=None, as_json=False)


for command in (status, init, plan, rings, show, log, new, check):
    vaultnet.add_command(command)


def main(args: Sequence[str] | None = None) -> None:
    """Run vaultnet: faults in use end here, in one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # names from the notes must not break a terminal that lacks their letters
            reconfigure(errors="replace")
    try:
        vaultnet(args, prog_name="vaultnet")
    except VaultnetError as error:
        click.echo(f"Error: {show_lines(str(error))}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        # A full disk below a redirected output, say: no fault of ours, but no reason for a traceback.
        click.echo(f"Error: {clean(str(error.strerror or error))}", err=True)
        sys.exit(1)
