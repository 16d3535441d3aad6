"""What was said in a plan, so that it need not be said anew."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from vaultnet.index.gists import pack, unpack
from vaultnet.index.places import find_cache, name_key, write_file


def load_spoken(root: Path, key: str) -> Mapping[str, str]:
    """Load what was said, by a hash of what it was; empty where none was kept under this `key`."""
    with suppress(Exception):  # whatever is wrong with it, it is as if it were not there
        known, spoken = unpack(Path(find_cache(root, "spoken")).read_bytes())
        if known == name_key(root, key) and all(type(text) is str for text in spoken.values()):
            return dict(spoken)
    return {}


def save_spoken(root: Path, key: str, spoken: Mapping[str, str]) -> None:
    """Keep it; where that fails, it is said anew."""
    with suppress(RuntimeError):  # no home
        write_file(find_cache(root, "spoken"), pack((name_key(root, key), dict(spoken))))
