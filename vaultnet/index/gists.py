"""What each note came to when it was read, kept so that it need not be read again."""

# ruff: noqa: PTH118, PTH123 — the str paths of the system's
# own calls: all this is there to cost little.

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias
from zlib import crc32

from vaultnet.core.frozen import names_of
from vaultnet.index.places import find_cache, name_key, write_file

if TYPE_CHECKING:
    from pathlib import Path

Stamp: TypeAlias = tuple[int, ...]
"""Of a file: when it was modified and when changed (ns), its size and its inode."""

_SHARDS = 32
"""Files among which the notes are spread: one changed note writes one of them anew."""


def load_notes(root: Path, key: str) -> dict[str, tuple[Stamp, object]]:
    """Load how each note stood when it was read, and what it came to, by path.

    `key` holds all else on which that rests; what was kept under another is not given.
    """
    found: dict[str, tuple[Stamp, object]] = {}
    with suppress(RuntimeError):  # no home
        folder = find_cache(root, "notes")
        for number in range(_SHARDS):
            found.update(_load(os.path.join(folder, f"{number:02}"), name_key(root, key)))
    return found


def save_notes(
    root: Path, key: str, notes: Mapping[str, tuple[Stamp, object]], changed: Iterable[str]
) -> None:
    """Keep what each note came to; `changed` are the paths that were not loaded just so.

    Where that fails, they are read again next time.
    """
    stale = {_shard_of(path) for path in changed}
    if not stale:
        return
    shards: dict[int, dict[str, tuple[Stamp, object]]] = {number: {} for number in stale}
    for path, note in notes.items():
        if (number := _shard_of(path)) in stale:
            shards[number][path] = note
    with suppress(RuntimeError):
        folder = find_cache(root, "notes")
        for number, shard in shards.items():
            write_file(os.path.join(folder, f"{number:02}"), pack((name_key(root, key), shard)))


def _shard_of(path: str) -> int:
    return crc32(os.fsencode(path)) % _SHARDS


def _load(place: str, key: str) -> dict[str, tuple[Stamp, object]]:
    try:
        with open(place, "rb") as file:
            known, notes = unpack(file.read())
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is as if it were not there
        return {}
    return notes if known == key and isinstance(notes, dict) else {}


def pack(value: object) -> bytes:
    """Pack plain values and those of the core, with a checksum."""
    packed = io.BytesIO()
    _Packer(packed, protocol=5).dump(value)
    raw = packed.getvalue()
    return crc32(raw).to_bytes(4, "big") + raw


def unpack(raw: bytes) -> tuple[object, Any]:
    """Unpack a pair; raises whatever fits where it is none, or none of ours."""
    if crc32(raw[4:]) != int.from_bytes(raw[:4], "big"):
        raise ValueError("torn")
    found = _Unpacker(io.BytesIO(raw[4:])).load()
    if not isinstance(found, tuple) or len(found) != 2:
        raise TypeError("none of ours")
    return found


class _Packer(pickle.Pickler):
    """Packs our frozen values as their class and their fields: small, and quick to make again."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - as pickle has it
        """Give the class and the fields of a value of ours."""
        kind = type(value)
        if not kind.__module__.startswith("vaultnet.core.") or issubclass(kind, (tuple, int, str)):
            return NotImplemented
        return kind, tuple([getattr(value, name) for name in names_of(kind)])


class _Unpacker(pickle.Unpickler):
    """Makes nothing but values of the core, and days."""

    def find_class(self, module: str, name: str) -> object:
        """Give a class of the core; whatever else a file names makes the file worthless."""
        if not module.startswith("vaultnet.core.") and (module, name) != ("datetime", "date"):
            raise pickle.UnpicklingError(module)
        found = super().find_class(module, name)
        if not isinstance(found, type):
            raise pickle.UnpicklingError(name)
        return found
