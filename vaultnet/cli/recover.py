"""`vaultnet recover`: what an interrupted write left; see, restore, drop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultnet.cli.options import HELP, find_vault, json_option, vault_option
from vaultnet.errors import UsageError, VaultnetError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_id(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete an id in the shell, with its note beside it."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only in completion

    from vaultnet import present  # noqa: PLC0415 - only in completion
    from vaultnet.app import remnants  # noqa: PLC0415 - only in completion

    try:
        found = remnants.find_remnants(find_vault(ctx.params.get("vault")))
    except VaultnetError:
        return []
    return [
        CompletionItem(remnant.leftover.id, help=present.escape(remnant.leftover.note))
        for remnant in found
        if remnant.leftover.id.startswith(incomplete)
    ]


@click.command(context_settings=HELP)
@click.argument("which", metavar="[ID]", required=False, shell_complete=complete_id)
@click.option("--diff", is_flag=True, help="Compare it with the note; write nothing.")
@click.option("--restore", is_flag=True, help="Put it in the note's place.")
@click.option("--drop", is_flag=True, help="Remove it for good.")
@click.option(
    "--tidy", is_flag=True, help="Remove all leftovers of which the notes hold every line of yours."
)
@click.option(
    "--all", "everything", is_flag=True, help="List displaced texts that add nothing, too."
)
@vault_option
@json_option
def recover(
    *,
    which: str | None,
    diff: bool,
    restore: bool,
    drop: bool,
    tidy: bool,
    everything: bool,
    vault: Path | None,
    as_json: bool,
) -> None:
    r"""See, restore or drop what an interrupted write left, or what a write displaced.

    Without ID, lists what there is to have back. ID is the first word of an entry, or a path.
    Displaced texts are kept for 30 days; files left beside a note stay until you drop them.

    \b
    Example:
      vaultnet recover
      vaultnet recover 1f2e3d4c             print it
      vaultnet recover 1f2e3d4c --diff      what restoring it would change
      vaultnet recover 1f2e3d4c --restore
    """
    _check(
        bool(which), about_one=(diff, restore, drop), about_all=(tidy, everything), as_json=as_json
    )
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.app import remnants  # noqa: PLC0415 - help needs none of it

    root = find_vault(vault)
    if which and restore:
        restored = remnants.restore(root, which)
        click.echo(present.escape(restored.path))
        click.echo(present.how_it_was_restored(restored), err=True)
    elif which and drop:
        click.echo(present.how_it_was_dropped([remnants.drop(root, which)]), err=True)
    elif tidy:
        click.echo(present.how_it_was_dropped(remnants.tidy(root)), err=True)
    elif which:
        remnant, text, note = remnants.read_remnant(root, which)
        if as_json:
            click.echo(present.dump(present.remnant_as_json(remnant, text)))
        elif diff:
            click.echo(present.diff(remnant.leftover.note, note, text), nl=False)
        else:
            click.echo(present.escape_lines(text), nl=False)
    else:
        found = remnants.find_remnants(root)
        shown = [one for one in found if everything or not one.quiet]
        if as_json:
            click.echo(present.dump([present.remnant_as_json(one) for one in shown]))
        else:
            present.print_remnants(shown, len(found) - len(shown))


def _check(
    named: bool,  # noqa: FBT001 - whether one was named, which all the others depend on
    about_one: tuple[bool, ...],
    about_all: tuple[bool, ...],
    *,
    as_json: bool,
) -> None:
    """Refuse options that do not go together."""
    if any(about_one) and not named:
        raise UsageError("Name which one, by its id: `vaultnet recover` lists them.")
    if any(about_all) and named:
        raise UsageError("--tidy and --all are about everything: leave out which one.")
    if sum((*about_one, *about_all, as_json and any(about_one))) > 1:
        raise UsageError("These options do not go together: give one of them.")
