"""Ways of writing that lose notes, each in its own way: a sweep that does not catch them is worth nothing.

Each adds a line to a note, undisturbed as it should, and gives an exit code.
"""

# ruff: noqa: PTH104, PTH105, PTH108, PTH116, PTH118, PTH120, PTH123 — the system's own calls.

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from vaultnet.writer import disk

NOTE = "People/Ada Lovelace.md"
NEW = "People/Fern Holt.md"
LINE = b"- 2026-11-24 coffee: the climate job\n"


def _told(write: Callable[[str], None]) -> Callable[[Path], int]:
    """Say in a line what went wrong."""

    def command(root: Path) -> int:
        try:
            write(os.path.join(root, NOTE))
        except OSError as error:
            print(f"Error: {error.strerror}.", file=sys.stderr)  # noqa: T201 - a command
            return 1
        return 0

    return command


def _read(place: str) -> bytes:
    with open(place, "rb", buffering=0) as file:
        return file.read()


def _write_beside(place: str, raw: bytes, *, sync: bool = True, mode: int | None = None) -> str:
    folder, name = os.path.split(place)
    beside = os.path.join(folder, f".{name}.0123abcd.tmp")
    opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(opened, raw)
        os.fchmod(opened, os.stat(place).st_mode & 0o7777 if mode is None else mode)
        if sync:
            os.fsync(opened)
    finally:
        os.close(opened)
    return beside


def _sync_folder(place: str) -> None:
    opened = os.open(os.path.dirname(place), os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _in_place(place: str) -> None:
    """Truncate and write."""
    raw = _read(place) + LINE
    with open(place, "wb", buffering=0) as file:
        file.write(raw)
        os.fsync(file.fileno())


def _deletes_first(place: str) -> None:
    """Take the old away before the new is there."""
    beside = _write_beside(place, _read(place) + LINE)
    os.unlink(place)
    os.rename(beside, place)
    _sync_folder(place)


def _without_fsync(place: str) -> None:
    """Trust that bytes reach the disk before names do."""
    os.replace(_write_beside(place, _read(place) + LINE, sync=False), place)
    _sync_folder(place)


def _without_fsync_of_the_folder(place: str) -> None:
    """Say that it is done before the new name lasts."""
    os.replace(_write_beside(place, _read(place) + LINE), place)


def _without_a_second_look(place: str) -> None:
    """Replace what was read a while ago."""
    os.replace(_write_beside(place, _read(place) + LINE), place)
    _sync_folder(place)


def _looks_and_replaces(place: str) -> None:
    """Look again, and be too late by one call."""
    raw = _read(place)
    beside = _write_beside(place, raw + LINE)
    if _read(place) != raw:
        os.unlink(beside)
        raise FileExistsError(17, "it changed")
    os.replace(beside, place)
    _sync_folder(place)


def _exchanges_and_forgets(place: str) -> None:
    """Exchange, and throw away what came out unread."""
    beside = _write_beside(place, _read(place) + LINE)
    disk.exchange(beside, place)
    os.unlink(beside)
    _sync_folder(place)


def _rereads_old_text(place: str) -> None:
    """Put back what was read before, over whatever was saved since."""
    raw = _read(place)
    beside = _write_beside(place, raw + LINE)
    disk.exchange(beside, place)
    if _read(beside) != raw:
        with open(place, "wb", buffering=0) as file:
            file.write(raw)
    os.unlink(beside)
    _sync_folder(place)


def _reformats(place: str) -> None:
    """Parse and write anew: lines change that nobody asked to change."""
    lines = [line.strip() for line in _read(place).split(b"\n")]
    text = b"\n".join(line.replace(b"coffee: the engine", b"coffee") for line in lines)
    os.replace(_write_beside(place, text + LINE), place)
    _sync_folder(place)


def _loses_the_mode(place: str) -> None:
    """Leave the note with rights it never had."""
    os.replace(_write_beside(place, _read(place) + LINE, mode=0o600), place)
    _sync_folder(place)


def _leaves_a_stranger(place: str) -> None:
    """Leave a half file that turns up among the notes."""
    beside = f"{place[:-3]} (new).md"
    with open(beside, "wb", buffering=0) as file:
        file.write(_read(place) + LINE)
        os.fsync(file.fileno())
    os.replace(beside, place)
    _sync_folder(place)


def _silent(root: Path) -> int:
    """Say that all is well, whatever happened."""
    _told(_without_a_second_look)(root)
    sys.stderr.flush()
    return 0


def _loud(root: Path) -> int:
    """Leave the user with a traceback."""
    _without_a_second_look(os.path.join(root, NOTE))
    return 0


def _mute(root: Path) -> int:
    """Fail, and not say why."""
    try:
        _loud(root)
    except OSError:
        return 1
    return 0


def _half_new(root: Path) -> int:
    """Make a new note under its own name, so that it is seen before it is whole."""
    place = os.path.join(root, NEW)
    try:
        opened = os.open(place, os.O_WRONLY | os.O_CREAT, 0o644)
        for part in (b"# Fern\n", b"\n## Log\n", LINE):
            os.write(opened, part)
        os.fsync(opened)
        os.close(opened)
        _sync_folder(place)
    except OSError as error:
        print(f"Error: {error.strerror}.", file=sys.stderr)  # noqa: T201 - a command
        return 1
    return 0


BAD_WRITERS: Mapping[str, tuple[Callable[[Path], int], tuple[str, ...], str]] = {
    "in place": (_told(_in_place), ("kill", "ENOSPC"), "LOST"),
    "deletes first": (_told(_deletes_first), ("kill",), "is gone"),
    "without fsync": (_told(_without_fsync), ("power",), "LOST"),
    "without fsync of the folder": (_told(_without_fsync_of_the_folder), ("power",), "was not"),
    "without a second look": (_told(_without_a_second_look), ("edit",), "LOST"),
    "looks and replaces": (_told(_looks_and_replaces), ("edit",), "LOST"),
    "exchanges and forgets": (_told(_exchanges_and_forgets), ("edit",), "LOST"),
    "puts back old text": (_told(_rereads_old_text), ("edit",), "LOST"),
    "reformats": (_told(_reformats), ("nothing",), "LOST"),
    "loses the mode": (_told(_loses_the_mode), ("nothing",), "another mode"),
    "leaves a stranger": (_told(_leaves_a_stranger), ("kill",), "neither as before"),
    "silent": (_silent, ("EIO",), "said that it was done"),
    "loud": (_loud, ("ENOSPC",), "a traceback"),
    "mute": (_mute, ("EROFS",), "did not say why"),
    "half a new note": (_half_new, ("kill", "short, then full"), "neither as before"),
}
"""Name -> the writer, faults that show what is wrong with it, and how the sweep says so."""

if __name__ == "__main__":
    sys.exit(BAD_WRITERS[sys.argv[1]][0](Path(sys.argv[2])))
