"""A value that one run keeps for the next: with a checksum, and the key that names all it rests on."""

from __future__ import annotations

import marshal
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from vaultnet.index.places import find_cache, name_key, write_file


def seal(key: str, value: Any) -> bytes:  # noqa: ANN401 - whatever is kept
    """Write down a key and a plain value, one that `marshal` takes, with their checksum."""
    raw = marshal.dumps((key, value))
    return crc32(raw).to_bytes(4, "big") + raw


def unseal(raw: bytes) -> tuple[str, Any]:
    """Give such a pair again; raises whatever fits where it is none, or none of ours."""
    if crc32(raw[4:]) != int.from_bytes(raw[:4], "big"):
        raise ValueError("torn")
    key, value = marshal.loads(raw[4:])  # noqa: S302 - our own, with its checksum
    return key, value


def load(root: Path, kind: str, key: str) -> Any:  # noqa: ANN401 - as above
    """Load what was kept of a kind; None where nothing was under this `key`."""
    with suppress(Exception):  # whatever is wrong with it, it is as if it were not there
        known, value = unseal(Path(find_cache(root, kind)).read_bytes())
        if known == name_key(root, key):
            return value
    return None


def save(root: Path, kind: str, key: str, value: Any) -> None:  # noqa: ANN401 - as above
    """Keep a plain value; where that fails, it is found anew the next time."""
    with suppress(RuntimeError):  # no home
        write_file(find_cache(root, kind), seal(name_key(root, key), value))
