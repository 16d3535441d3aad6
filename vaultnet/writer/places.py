"""A path in a vault -> the file it means; a vault -> where vaultnet remembers things about it."""

# ruff: noqa: PTH118, PTH206 — the str paths of the system's own calls.

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from vaultnet.errors import VaultnetError


def find_place(root: Path, path: str) -> str:
    """Give the file a path means, links resolved; refuse what lies outside or is hidden."""
    parts = path.split("/")
    if any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in parts):
        raise VaultnetError(f"{path!r} is no path inside the vault.")
    top = os.path.realpath(root)
    place = os.path.realpath(os.path.join(top, *parts))
    start = top.rstrip(os.sep) + os.sep
    if not place.startswith(start):
        raise VaultnetError(f"{path} leads out of the vault; nothing was written.")
    if any(part.startswith(".") for part in place[len(start) :].split(os.sep)):
        raise VaultnetError(
            f"{path} lies in a hidden folder; vaultnet writes none of its files there."
        )
    return place


def find_memory(root: Path, kind: str) -> Path:
    """Name what vaultnet remembers of a vault: `…/vaultnet/<32 hex digits of its path>.<kind>`.

    Nothing is created. `RuntimeError` where there is no home.
    """
    name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]
    return find_state_folder(os.environ, sys.platform) / f"{name}.{kind}"


def find_state_folder(environ: Mapping[str, str], platform: str) -> Path:
    """Find where vaultnet keeps what it must remember, by the custom of the system."""
    if platform == "win32" and (local := environ.get("LOCALAPPDATA")):
        return Path(local) / "vaultnet"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "vaultnet"
    given = Path(environ.get("XDG_STATE_HOME", ""))
    # The XDG rules: a relative path is invalid and to be ignored.
    return (given if given.is_absolute() else Path.home() / ".local" / "state") / "vaultnet"
