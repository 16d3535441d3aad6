"""Two looks at a vault -> which files do not stand as they did."""

from __future__ import annotations

from collections.abc import Sequence

from vaultnet.index.listing import Look


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
