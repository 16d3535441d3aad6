"""`python -m vaultnet`, and the console script."""

from __future__ import annotations

import gc
import os
import sys

from vaultnet.terminal import end, prepare_streams

__all__ = ["main", "run"]


def run() -> None:
    """Be the process that somebody started: do what its words say, and end."""
    # What is loaded stays: to search it for cycles, again and again, would only take time.
    gc.set_threshold(50_000)
    try:
        main()
    except SystemExit as leaving:
        end(leaving.code)
        raise
    end(0)


def main() -> None:
    """Take the shortcut where there is one, else go through the door."""
    prepare_streams()
    if sys.argv[1:2] == ["plan"]:
        from vaultnet.shortcut import take_shortcut  # noqa: PLC0415 - help needs none of it

        if take_shortcut(sys.argv[1:], os.environ):
            return
    from vaultnet.cli import main as enter  # noqa: PLC0415 - Click takes longer than all of the above

    enter()


if __name__ == "__main__":
    run()
