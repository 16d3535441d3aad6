"""The two streams that vaultnet prints to, and the end of its process."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as in `clock`
if TYPE_CHECKING:
    from collections.abc import Sequence


def prepare_streams() -> None:
    """Let names from the notes not break a terminal that lacks their letters."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def print_plainly(lines: Sequence[str]) -> bool:
    """Print the first line, and the others on standard error; False where Click must see to it.

    It knows what to do about a terminal without Unicode, and about a pipe that nobody reads.
    """
    if not all(_is_plain(stream) for stream in (sys.stdout, sys.stderr)):
        return False
    result, *talk = lines
    try:
        sys.stdout.write(f"{result}\n")
        sys.stdout.flush()
    except OSError:
        return False
    sys.stderr.write("".join(f"{line}\n" for line in talk))
    return True


def _is_plain(stream: object) -> bool:
    return getattr(stream, "encoding", "") == "utf-8"


def end(code: object) -> None:
    """End the process at once, all that it printed being out; returns where that cannot be.

    Python would first take apart, piece by piece, all that was loaded and read.
    """
    if sys.gettrace() or sys.getprofile():
        return  # who measures has something to write yet
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # none, or closed: Python's own end tells of it
        return
    if code is None or isinstance(code, int):
        os._exit(code or 0)
