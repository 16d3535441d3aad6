"""`vaultnet init`: settings that explain themselves, and a contact template."""

from __future__ import annotations

from pathlib import Path

import click

from vaultnet.cli.options import HELP, find_vault, here, vault_option
from vaultnet.errors import VaultnetError


@click.command(context_settings=HELP)
@vault_option
def init(*, vault: Path | None) -> None:
    r"""Write vaultnet.toml with every setting explained, and a contact template.

    Without --vault and without a vault around here, this folder becomes one. What exists stays as
    it is.

    \b
    Example:
      vaultnet init --vault ~/Notes
    """
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.app import notes  # noqa: PLC0415 - help needs none of it

    try:
        root = find_vault(vault)
    except VaultnetError:
        if vault is not None:
            raise
        root = here()
    written, there = notes.start_vault(root, notes.template_path(root))
    for path in written:
        click.echo(present.clean_line(f"Wrote {root / path}"))
    for path in there:
        click.echo(present.clean_line(f"{root / path} exists and was left as it is."), err=True)
