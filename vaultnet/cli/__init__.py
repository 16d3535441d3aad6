"""The door: one file per command; nothing is decided here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from vaultnet import __version__
from vaultnet.errors import VaultnetError
from vaultnet.terminal import explain, prepare_streams

COMMANDS = {
    "status": "Show what vaultnet sees in your notes, and what it would write.",
    "demo": "Write an invented vault with half a year of git history, to try vaultnet on.",
    "init": "Write vaultnet.toml with every setting explained, and a contact template.",
    "plan": "Write this week's plan into Network/.",
    "watch": "Keep this week's plan true while you edit your notes.",
    "rings": "Show everybody, ring by ring, with the evidence.",
    "show": "Show where one person stands, why, and what happened between you.",
    "history": "Tell from git who moved between rings, when and why.",
    "trend": "Show from git whether your network grows and gets closer, and what exposure brought.",
    "log": "Append a line to a contact's log, and say how it was read.",
    "new": "Create a contact's note from the template, where most contacts lie.",
    "check": "List problems in the notes as `path:line: message`, like a linter.",
    "recover": "See, restore or drop what an interrupted write left, or what a write displaced.",
}
"""Each command, which stands in the module of its name, and the first sentence of its help."""


class _Commands(click.Group):
    """Loads a command when it is asked for: the list of all of them needs none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command by its name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"vaultnet.cli.{cmd_name}"), cmd_name)
        if not isinstance(found, click.Command):
            return None
        # A docstring says it in two characters; Click wants the one that they stand for.
        found.help = (found.help or "").replace("\\b\n", "\b\n")
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for; where there is none, say which was perhaps meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - nearly all words are commands

            if near := get_close_matches(args[0], COMMANDS, n=1):
                ctx.fail(f"No such command '{args[0]}'. Did you mean '{near[0]}'?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="vaultnet %(version)s")
@click.pass_context
def vaultnet(context: click.Context) -> None:
    """Keep your career network warm in plain Markdown notes.

    Start with `vaultnet status` in the folder of your notes: it writes nothing. Then
    `vaultnet plan` writes this week's plan into Network/.
    """
    if context.invoked_subcommand is None:
        # Only where a vault is looked for.
        from vaultnet.cli.options import here  # noqa: PLC0415
        from vaultnet.cli.status import show_status  # noqa: PLC0415
        from vaultnet.root import find_root  # noqa: PLC0415

        try:
            root = find_root(None, os.environ, here())
        except VaultnetError:
            click.echo(context.get_help())
        else:
            show_status(root, today=None, as_json=False)


def main(args: Sequence[str] | None = None) -> None:
    """Run vaultnet: faults in use end here, in one line and an exit code."""
    prepare_streams()
    try:
        vaultnet(args, prog_name="vaultnet")
    except (VaultnetError, OSError) as error:
        line, code = explain(error)
        click.echo(line, err=True)
        sys.exit(code)
