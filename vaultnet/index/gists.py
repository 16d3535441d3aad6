"""What each note came to when it was read, kept so that it need not be read again."""

# ruff: noqa: PTH118, PTH123 — the str paths of the system's
# own calls: all this is there to cost little.

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias
from zlib import crc32

from vaultnet.index.columns import lay_out, make_again
from vaultnet.index.places import find_cache, name_key, write_file
from vaultnet.index.sealed import seal, unseal

if TYPE_CHECKING:
    from pathlib import Path

Row: TypeAlias = tuple[Any, ...]
"""What a note came to, and how it stood: plain values and those of the core."""

_SHARDS = 32
"""Files among which the notes are spread: one changed note writes one of them anew."""


def load_notes(root: Path, key: str) -> dict[str, Row]:
    """Load how each note stood when it was read, and what it came to, by path.

    `key` holds all else on which that rests; what was kept under another is not given.
    """
    found: dict[str, Row] = {}
    with suppress(RuntimeError):  # no home
        folder, known = find_cache(root, "notes"), name_key(root, key)
        for number in range(_SHARDS):
            found |= _load(os.path.join(folder, f"{number:02}"), known)
    return found


def save_notes(root: Path, key: str, notes: Mapping[str, Row], changed: Iterable[str]) -> None:
    """Keep what each note came to; `changed` are the paths that were not loaded just so.

    Where that fails, they are read again next time.
    """
    stale = {_shard_of(path) for path in changed}
    if not stale:
        return
    shards: dict[int, dict[str, Row]] = {number: {} for number in stale}
    for path, note in notes.items():
        if (number := _shard_of(path)) in stale:
            shards[number][path] = note
    with suppress(RuntimeError):
        folder, known = find_cache(root, "notes"), name_key(root, key)
        for number, shard in shards.items():
            write_file(os.path.join(folder, f"{number:02}"), seal(known, lay_out([shard])))


def _shard_of(path: str) -> int:
    return crc32(path.encode("utf-8", "surrogatepass")) % _SHARDS


def _load(place: str, key: str) -> dict[str, Row]:
    try:
        with open(place, "rb") as file:
            known, column = unseal(file.read())
        if known == key:
            (notes,) = make_again(column)
            return dict(notes)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is as if it were not there
        return {}
    return {}
