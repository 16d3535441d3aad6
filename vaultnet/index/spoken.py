"""What was said in a plan, so that it need not be said anew."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from vaultnet.index.sealed import load, save


def load_spoken(root: Path, key: str) -> Mapping[str, str]:
    """Load what was said, by a hash of what it was; empty where none was kept under this `key`."""
    with suppress(AttributeError):  # nothing was kept
        spoken: Mapping[str, str] = load(root, "spoken", key)
        if all(type(text) is str for text in spoken.values()):
            return spoken
    return {}


def save_spoken(root: Path, key: str, spoken: Mapping[str, str]) -> None:
    """Keep it; where that fails, it is said anew."""
    save(root, "spoken", key, dict(spoken))
