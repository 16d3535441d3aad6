"""`python -m vaultnet`, and the console script."""

from __future__ import annotations

from vaultnet.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
