"""How everything stood when a plan was last drafted, in plain values: enough to go on from there."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from vaultnet.index.listing import Look
from vaultnet.index.places import find_cache, name_key, write_file


def find_changed(before: Look, now: Look) -> Sequence[int] | None:
    """Find the places of the files that do not stand as they did; None: other files are there."""
    if before.names != now.names:
        return None
    old, new = before.numbers.tobytes(), now.numbers.tobytes()
    return [] if old == new else _differ(memoryview(old), memoryview(new))


_WIDTH = 32
"""Bytes of a stamp."""
_BLOCK = 128
"""Stamps that are compared at once: nearly all are equal."""


def _differ(old: memoryview, new: memoryview) -> Sequence[int]:
    found = []
    step = _WIDTH * _BLOCK
    for at in range(0, len(old), step):
        if old[at : at + step] != new[at : at + step]:
            found += [
                inner // _WIDTH
                for inner in range(at, min(at + step, len(old)), _WIDTH)
                if old[inner : inner + _WIDTH] != new[inner : inner + _WIDTH]
            ]
    return found


def load_state(root: Path, kind: str, key: str) -> Mapping[str, Any] | None:
    """Load plain values; None where none were kept under this `key`, which names all they rest on."""
    with suppress(Exception):  # whatever is wrong with it, it is as if it were not there
        raw = Path(find_cache(root, kind)).read_bytes()
        if crc32(raw[4:]) == int.from_bytes(raw[:4], "big"):
            known, values = marshal.loads(raw[4:])  # noqa: S302 - our own, with its checksum
            if known == name_key(root, key):
                found: Mapping[str, Any] = values
                return found
    return None


def save_state(root: Path, kind: str, key: str, values: Mapping[str, Any]) -> None:
    """Keep plain values; where that fails, everything is found anew."""
    with suppress(RuntimeError):  # no home
        raw = marshal.dumps((name_key(root, key), dict(values)))
        write_file(find_cache(root, kind), crc32(raw).to_bytes(4, "big") + raw)
