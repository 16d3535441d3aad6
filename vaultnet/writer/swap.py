"""Puts a file in a note's place, and undoes it if the note was no longer what had been read."""

# ruff: noqa: PTH105 — the system's own calls, see `disk`.

from __future__ import annotations

import os

from vaultnet.writer import disk


def put_in_place(beside: str, place: str, ours: bytes, before: bytes) -> bool:
    """Let `beside`, which holds `ours`, take a note's place; False if that did not hold `before`.

    When it returns, the place holds `ours`, or what others wrote there last, and `beside` is gone.
    `beside` stays only where it holds something that nobody else has: another save in between that
    was saved over at once, or what could not be put back for a fault of the disk. Where files
    cannot be exchanged, a save by another program between the last look and the call after it is
    lost: this, and only this, is the window that an exchange closes.
    """
    try:
        exchanged = disk.exchange(beside, place)
    except FileNotFoundError:  # the note was deleted or moved away
        disk.remove(beside)
        return False
    except OSError:
        disk.remove(beside)
        raise
    if not exchanged:
        return _replace(beside, place, before)
    displaced = disk.read_settled(beside)
    if displaced == before:
        disk.remove(beside)
        return True
    _put_back(beside, place, ours, displaced)
    return False


def _replace(beside: str, place: str, before: bytes) -> bool:
    try:
        found = disk.read_file(place)
        if not found.regular or found.raw != before or not disk.is_still(place, found):
            disk.remove(beside)
            return False
        os.replace(beside, place)
    except OSError:
        disk.remove(beside)
        raise
    return True


def _put_back(beside: str, place: str, ours: bytes, displaced: bytes | None) -> None:
    """Exchange until nothing comes out but what we had put in ourselves.

    Between two exchanges the user may have saved again: then that comes out, is newer than what
    went in, and goes back in its turn.
    """
    put: bytes | None = ours
    for _ in range(_TURNS):
        try:
            disk.exchange(beside, place)
        except FileNotFoundError:
            # Deleted, or moved away as some editors do in the middle of saving.
            try:
                disk.move_where_nothing_is(beside, place)
            except FileExistsError:
                continue
            return
        out = disk.read_settled(beside)
        if out is not None and out == put:
            if out == ours:
                disk.remove(beside)
            return
        put, displaced = displaced, out


_TURNS = 100
