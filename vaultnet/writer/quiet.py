"""Waits until nobody else is at a note."""

from __future__ import annotations

import time
from collections.abc import Callable

QUIET = 2.0
"""Seconds for which a note must have been left alone: editors and sync tools save in several steps."""

PATIENCE = 10.0
"""Seconds after which a note that keeps changing is given up."""


def wait_until_quiet(
    read_mtime: Callable[[], int | None],
    is_own: Callable[[int], bool],
    *,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> bool:
    """Wait until a note has not been modified for `QUIET` seconds; False if `PATIENCE` ran out.

    Times of modification are in nanoseconds, None if the note is gone. `is_own` knows those of our
    own writes: they are no noise. One that lies further ahead than `QUIET` comes from a clock that
    goes wrong and says nothing.
    """
    waited = 0.0
    while (mtime := read_mtime()) is not None:
        left = find_rest(mtime, QUIET, now=now)
        if not left or is_own(mtime):
            break
        if waited >= PATIENCE:
            return False
        nap = min(left, PATIENCE - waited)
        sleep(nap)
        waited += nap
    return True


def find_rest(mtime: int, rest: float, *, now: Callable[[], float] = time.time) -> float:
    """Count the seconds until a note modified then has been left alone for `rest` seconds."""
    age = now() - mtime / 1e9
    return 0.0 if abs(age) >= rest else rest - age
