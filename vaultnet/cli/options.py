"""Options that commands share, the one clock, and names completed in the shell."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vaultnet.clock import find_day
from vaultnet.errors import VaultnetError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from vaultnet.reading import Reading

HELP = {"help_option_names": ["-h", "--help"]}
F = TypeVar("F", bound=Callable[..., Any])


def read_day(text: str) -> date:
    """Read `2026-11-23`, or say what a day looks like."""
    from vaultnet.core.calendar import parse_day  # noqa: PLC0415 - most runs look from today

    day = parse_day(text)
    if day is None or not 1900 <= day.year <= 9900:
        from vaultnet.core.text import printable  # noqa: PLC0415 - as above

        raise click.BadParameter(f"'{printable(text)}' is no day; write it as 2026-11-23")
    return day


def here() -> Path:
    """Find the folder one stands in, which may have been deleted meanwhile."""
    try:
        return Path.cwd()
    except OSError as error:
        raise VaultnetError("This folder no longer exists. Go to another one.") from error


def vault_option(command: F) -> F:
    """Add `--vault`."""
    return click.option(
        "--vault",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The folder of your notes. Default: $VAULTNET_VAULT, else the nearest folder at or "
        "above this one that holds vaultnet.toml or .obsidian.",
    )(command)


def today_option(command: F) -> F:
    """Add `--today`."""
    return click.option(
        "--today", type=read_day, metavar="YYYY-MM-DD", help="Look from this day instead of today."
    )(command)


def json_option(command: F) -> F:
    """Add `--json`."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print JSON, documented and stable."
    )(command)


def read(vault: Path | None, today: date | None) -> Reading:
    """Read the vault that was named, as of the day that was named."""
    from vaultnet.reading import read_vault  # noqa: PLC0415 - reading costs imports that help does not need

    now = find_day()
    return read_vault(find_vault(vault), today or now, now)


def find_vault(vault: Path | None) -> Path:
    """Find the vault that was named, or the one around here."""
    from vaultnet.root import find_root  # noqa: PLC0415 - as above

    named = vault or os.environ.get("VAULTNET_VAULT")
    return find_root(
        vault, os.environ, Path("/") if named and Path(named).is_absolute() else here()
    )


def complete_name(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete a contact's name in the shell, in words that act in none."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only in completion

    from vaultnet.core.names import find_contacts  # noqa: PLC0415 - only in completion
    from vaultnet.core.text import in_command  # noqa: PLC0415 - only in completion

    try:
        contacts = read(ctx.params.get("vault"), None).people.contacts
    except VaultnetError:
        return []
    found = find_contacts(contacts, incomplete) if incomplete else contacts
    return [CompletionItem(in_command(contact.name)) for contact in found]
