"""Lets notes that a test has just saved look as if they had been left alone for a while."""

from __future__ import annotations

import os
import time
from pathlib import Path

from vaultnet.index.listing import TICK

AGO = 60_000_000_000
"""Nanoseconds: far longer than the writer waits for a note to be quiet."""


def rest(note: Path) -> Path:
    """Take a note's time of modification back by a minute, as if the test had slept so long."""
    then = time.time_ns() - AGO
    os.utime(note, ns=(then, then))
    return note


def pass_tick() -> None:
    """Let the disk's clock move on, so that what is written from now on shows by its time."""
    time.sleep(2 * TICK / 1e9)
