"""The file that lies beside a note while that is written: its name, and what the name tells later.

    People/.Ada Lovelace.md.1f2e3d4c.tmp

The eight digits are a hash of what was put into it. Once it has changed places with the note, it
holds what stood there, and the digits no longer fit: so it can be told what a death left behind.
"""

# ruff: noqa: PTH118 — the str paths of the system's own calls, see `disk`.

from __future__ import annotations

import hashlib
import os
import re

from vaultnet.writer import disk

LONGEST = 200
"""Bytes of a note's name that are taken: a name can have 255, and the rest is for ours."""


def write_beside(place: str, raw: bytes, like: str | None = None) -> tuple[str, int]:
    """Write a file beside a note's place, durably; gives the file and its time of modification.

    See `disk.write_file`. Where one like it was left behind, another name is found.
    """
    folder, name = os.path.split(place)
    short = shorten(name)
    for digits in _name_digits(short, raw):
        # The dot keeps editors and our own scan off it.
        beside = os.path.join(folder, f".{short}.{digits}.tmp")
        try:
            return beside, disk.write_file(beside, raw, like)
        except FileExistsError:
            continue
    raise FileExistsError(place)


def shorten(name: str) -> str:
    """Cut a note's name so that ours has room."""
    return os.fsencode(name)[:LONGEST].decode(errors="ignore")


def read_name(name: str) -> tuple[str, str] | None:
    """Take a name of ours apart into that of the note, perhaps cut, and the eight digits."""
    found = re.fullmatch(_NAME, name)
    return (found[1], found[2]) if found else None


def is_as_written(name: str, raw: bytes) -> bool:
    """Whether a file of such a name holds just what vaultnet put into it."""
    found = read_name(name)
    return found is not None and found[1] in _name_digits(found[0], raw)


def _name_digits(short: str, raw: bytes) -> list[str]:
    """List the digits that a text may have: the first that are free are taken."""
    digest = hashlib.sha256(raw).digest()
    named = os.fsencode(short)
    return [
        hashlib.sha256(b"%d\0%b\0%b" % (turn, named, digest)).hexdigest()[:8]
        for turn in range(_TURNS)
    ]


_TURNS = 64
_NAME = r"(?s)\.([^.].*)\.([0-9a-f]{8})\.tmp"
