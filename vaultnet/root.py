"""Finds the vault's folder: the one that was named, or the one around here."""

# ruff: noqa: PTH111, PTH112, PTH113, PTH118, PTH120 — as in `vault`; and pathlib takes long to load.

from __future__ import annotations

import os

from vaultnet.errors import VaultnetError

TYPE_CHECKING = False  # as in `clock`
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def find_root(given: Path | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """Find the vault: `--vault`, else `$VAULTNET_VAULT`, else the nearest at or above `cwd`.

    The path is absolute and free of links (contract 2.1).
    """
    from pathlib import Path  # noqa: PLC0415 - as above

    named = environ.get("VAULTNET_VAULT")
    plain = {**environ, "VAULTNET_VAULT": str(Path(named))} if named else environ
    return Path(find_folder(None if given is None else str(given), plain, str(cwd.absolute())))


def find_folder(given: str | None, environ: Mapping[str, str], cwd: str) -> str:
    """Do what `find_root` does with paths that are written plainly."""
    if given is not None:
        return _check_folder(given, "--vault", cwd)
    if named := environ.get("VAULTNET_VAULT"):
        return _check_folder(named, "$VAULTNET_VAULT", cwd)
    for folder in _go_up(cwd):
        if os.path.isfile(os.path.join(folder, "vaultnet.toml")) or os.path.isdir(
            os.path.join(folder, ".obsidian")
        ):
            return os.path.realpath(folder)
    raise VaultnetError(
        "There is no vault here: no vaultnet.toml or .obsidian at or above this folder. "
        "Name one with --vault; `vaultnet init` makes this folder one."
    )


def _go_up(folder: str) -> Iterator[str]:
    above = ""
    while folder != above:
        yield folder
        above, folder = folder, os.path.dirname(folder)


def _check_folder(given: str, named_by: str, cwd: str) -> str:
    folder = os.path.join(cwd, os.path.expanduser(given))
    if not os.path.isdir(folder):
        from vaultnet.core.text import clean  # noqa: PLC0415 - only where it goes wrong

        fault = "is no folder" if os.path.lexists(folder) else "does not exist"
        raise VaultnetError(
            f"{clean(given)} (named by {named_by}) {fault}. Name the vault's folder."
        )
    return os.path.realpath(folder)
