"""Where the index lies, and under which key what it holds is good."""

# ruff: noqa: PTH100, PTH112, PTH103, PTH105, PTH107, PTH111, PTH117, PTH118, PTH120, PTH123 — the str paths of the system's
# own calls: all this is there to cost little.

from __future__ import annotations

import os
import sys
from functools import cache
from zlib import crc32

from vaultnet import __version__

TYPE_CHECKING = False  # as in `clock`
if TYPE_CHECKING:
    from os import PathLike


def find_cache(root: str | PathLike[str], kind: str) -> str:
    """Name a file of a vault's; nothing is created. `RuntimeError` where there is no home."""
    name = f"{crc32(os.fsencode(os.path.realpath(root))):08x}"
    return os.path.join(_find_cache_folder(), f"{name}.{kind}")


def name_key(root: str | PathLike[str], key: str) -> str:
    """Name all that what is kept rests on beside the notes: this very program, the vault, `key`."""
    return repr((_name_program(), os.path.realpath(root), key))


@cache
def _name_program() -> str:
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    code = [_find_age(here)]
    if os.path.isdir(templates := os.path.join(os.path.dirname(here), "templates")):
        code.append(_find_age(templates))
    return f"{__version__} {sys.version_info[:3]} {code}"


def _find_age(folder: str) -> tuple[int, int, int]:
    """Count the files of a program's folder, their bytes, and find when the youngest was written."""
    count, size, youngest = 0, 0, 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name[0] == "." or entry.name == "__pycache__":
                continue
            if entry.is_dir():
                found = _find_age(entry.path)
            else:
                seen = entry.stat()
                found = 1, seen.st_size, seen.st_mtime_ns
            count, size, youngest = count + found[0], size + found[1], max(youngest, found[2])
    return count, size, youngest


def _find_cache_folder() -> str:
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return os.path.join(local, "vaultnet", "cache")
    home = os.path.expanduser("~")
    if home == "~":
        raise RuntimeError("no home")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "vaultnet")
    given = os.environ.get("XDG_CACHE_HOME", "")
    return os.path.join(given if os.path.isabs(given) else os.path.join(home, ".cache"), "vaultnet")


def write_file(place: str, raw: bytes) -> bool:
    """Put a file in its place whole; who else writes the same one does so whole as well."""
    beside = f"{place}.{os.urandom(4).hex()}.tmp"
    try:
        os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(raw)
        os.replace(beside, place)
    except OSError:
        _remove(beside)
        return False
    return True


def _remove(place: str) -> None:
    try:
        os.remove(place)
    except OSError:
        return
