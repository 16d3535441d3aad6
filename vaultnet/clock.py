"""The one clock."""

from __future__ import annotations

import time

TYPE_CHECKING = False  # as typing has it, which costs more than all that is here
if TYPE_CHECKING:
    from datetime import date


def name_day() -> str:
    """Name the day it is for the user: `2026-11-25`, as `str()` of `find_day()` does."""
    return time.strftime("%Y-%m-%d")


def find_day() -> date:
    """Find the day it is for the user."""
    from datetime import date  # noqa: PLC0415 - its name is enough where nothing has changed

    return date.today()  # noqa: DTZ011 - the user's own day is meant


def find_time() -> str:
    """Read the clock's hands, to print them: `09:12`."""
    return time.strftime("%H:%M")
