"""The two streams that vaultnet prints to, and the end of its process."""

from __future__ import annotations

import errno
import os
import sys

from vaultnet.errors import VaultnetError


def prepare_streams() -> None:
    """Let names from the notes not break a terminal that lacks their letters."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def are_plain() -> bool:
    """Whether both streams are there and take any letter; Click knows what to do about others."""
    return all(getattr(s, "encoding", "") == "utf-8" for s in (sys.stdout, sys.stderr))


def explain(error: VaultnetError | OSError) -> tuple[str, int]:
    """Give the line that tells of a fault, and the exit code."""
    from vaultnet.core.text import clean, show_lines  # noqa: PLC0415 - most runs go well

    if isinstance(error, VaultnetError):
        return f"Error: {show_lines(str(error))}", error.exit_code
    # A full disk below a redirected output, say: no fault of ours, but no reason for a traceback.
    return f"Error: {clean(str(error.strerror or error))}", 1


def leave_pipe(error: Exception) -> None:
    """Exit where nobody reads any more what is printed, without a word, as Click does."""
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())  # what is left of it is dropped in peace
        sys.exit(1)


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
