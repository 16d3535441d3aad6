"""Finds the vault's folder: the one that was named, or the one around here."""

# ruff: noqa: PTH111, PTH112, PTH113, PTH118 — as in `vault`.

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from vaultnet.errors import VaultnetError


def find_root(given: Path | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """Find the vault: `--vault`, else `$VAULTNET_VAULT`, else the nearest at or above `cwd`.

    The path is absolute and free of links (contract 2.1).
    """
    if given is not None:
        return _check_folder(given, "--vault", cwd)
    if named := environ.get("VAULTNET_VAULT"):
        return _check_folder(Path(named), "$VAULTNET_VAULT", cwd)
    start = cwd.absolute()
    for folder in (start, *start.parents):
        if os.path.isfile(folder / "vaultnet.toml") or os.path.isdir(folder / ".obsidian"):
            return Path(os.path.realpath(folder))
    raise VaultnetError(
        "There is no vault here: no vaultnet.toml or .obsidian at or above this folder. "
        "Name one with --vault; `vaultnet init` makes this folder one."
    )


def _check_folder(given: Path, named_by: str, cwd: Path) -> Path:
    folder = os.path.join(cwd, os.path.expanduser(given))
    if not os.path.isdir(folder):
        from vaultnet.core.text import clean  # noqa: PLC0415 - only where it goes wrong

        fault = "is no folder" if os.path.lexists(folder) else "does not exist"
        raise VaultnetError(
            f"{clean(str(given))} (named by {named_by}) {fault}. Name the vault's folder."
        )
    return Path(os.path.realpath(folder))
