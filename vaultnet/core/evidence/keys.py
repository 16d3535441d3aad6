"""A note's keys -> which of its properties bear which name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter

from vaultnet.core.evidence.ground import normal
from vaultnet.core.model import Note

_key = attrgetter("key")
_FEW = 64
"""Properties of a note that may well be those of many another."""


def keys_of(note: Note) -> Mapping[str, tuple[int, ...]]:
    """Find the properties of each name, by their index; most notes have the same keys as many others."""
    keys = tuple(map(_key, note.properties))
    return _sort(keys) if len(keys) <= _FEW else _sort.__wrapped__(keys)


@lru_cache(maxsize=1024)
def _sort(keys: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for at, key in enumerate(keys):
        name = normal(key)
        found[name] = (*found.get(name, ()), at)
    return found
