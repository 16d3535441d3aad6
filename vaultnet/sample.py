"""The sample vault that comes with vaultnet becomes files, and files in a folder of their own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from vaultnet.errors import VaultnetError


def read_sample() -> Mapping[str, bytes]:
    """Read every file of the sample vault, by its path from there, with forward slashes."""
    root = _sample_vault()
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that is empty or not there; any other stays as it is."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with os.scandir(folder) as there:
            if any(there):
                raise VaultnetError(
                    f"{folder} is not empty and was left as it is. Name a folder that is empty or "
                    "not there yet."
                )
        for path, raw in files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(raw)
    except (FileExistsError, NotADirectoryError) as error:
        raise VaultnetError(f"{error.filename} is there already, and no folder.") from error
    except OSError as error:
        raise VaultnetError(f"{error.filename} cannot be written: {error.strerror}.") from error


def _sample_vault() -> Path:
    """Find the sample vault: inside the package in a wheel, beside it in a checkout."""
    here = Path(__file__).parent
    inside = here / "sample_vault"
    return inside if inside.is_dir() else here.parent / "sample_vault"
