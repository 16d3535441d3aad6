"""Replaces or creates a note: whole or not at all, and never over an edit made meanwhile."""

# ruff: noqa: PTH101, PTH102, PTH105, PTH108, PTH116, PTH118, PTH120, PTH206 — file descriptors and str
# paths: what must not follow a link, or must not be lost, is plainest in the system's own calls.

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from vaultnet.errors import VaultnetError

if TYPE_CHECKING:
    from filelock import BaseFileLock

LARGEST = 1 << 20
"""Bytes of the largest note that is read: a larger one is none that vaultnet edits."""


def write_note(root: Path, path: str, text: str, *, before: bytes | None) -> bool:
    """Replace a note, or create it, and say whether anything was written (contract 8).

    `before` is what the caller read, None for "there was none"; `path` is from the root, with
    forward slashes. Nothing is written where the note holds `text` already. Where it no longer
    holds `before`, or leads out of the vault, a `VaultnetError` is raised.
    """
    place = _find_place(root, path)
    raw = _encode(path, text)
    found = _read(place, path)
    if found == raw:
        return False
    if found != before:
        raise _changed(path)
    if found is not None and not os.access(place, os.W_OK):
        # The folder's rights would let it be replaced; the user's wish does not.
        raise VaultnetError(f"{path} is read-only and was left as it is.")
    _put(place, path, raw, before)
    return True


def create_note(root: Path, path: str, text: str) -> None:
    """Create a file that does not exist yet; whatever is there already stays as it is."""
    raw = _encode(path, text)
    place = _find_place(root, path)
    if os.path.lexists(os.path.join(root, path)):
        raise VaultnetError(f"{path} exists already and was left as it is.")
    _put(place, path, raw, None)


def read_bytes(root: Path, path: str) -> bytes | None:
    """Read what `write_note` takes as `before`; None if there is no such note."""
    return _read(_find_place(root, path), path)


@contextmanager
def locked(root: Path, *, patience: float = 60) -> Iterator[bool]:
    """Keep a second vaultnet from writing into the same vault until this one is done.

    Waits up to `patience` seconds. Yields False where no lock can be held (a home that cannot be
    written, a disk without locks): what is written is safe all the same, since every write looks
    again; two runs may then merely refuse each other's work. Not to be entered twice by one run.
    """
    lock = _take_lock(root, patience)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.release()


# --- where --------------------------------------------------------------------------------


def _find_place(root: Path, path: str) -> str:
    """Give the file a path means, links resolved; refuse what lies outside or is hidden."""
    parts = path.split("/")
    if any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in parts):
        raise VaultnetError(f"{path!r} is no path inside the vault.")
    top = os.path.realpath(root)
    place = os.path.realpath(os.path.join(top, *parts))
    start = top.rstrip(os.sep) + os.sep
    if not place.startswith(start):
        raise VaultnetError(f"{path} leads out of the vault; nothing was written.")
    if any(part.startswith(".") for part in place[len(start) :].split(os.sep)):
        raise VaultnetError(
            f"{path} lies in a hidden folder; vaultnet writes none of its files there."
        )
    return place


def _take_lock(root: Path, patience: float) -> BaseFileLock | None:
    from filelock import FileLock, Timeout  # noqa: PLC0415 — only those who write need it

    name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]
    try:
        folder = _find_state_folder(os.environ, sys.platform)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}.lock")
        lock.acquire(timeout=patience)
    except Timeout as error:
        message = (
            f"Another vaultnet has been writing here for {patience:g} seconds. Try again later."
        )
        raise VaultnetError(message) from error
    except (OSError, RuntimeError):  # no home, a full or read-only disk, one without locks
        return None
    return lock


def _find_state_folder(environ: Mapping[str, str], platform: str) -> Path:
    """Find where vaultnet keeps what it must remember, by the custom of the system."""
    if platform == "win32" and (local := environ.get("LOCALAPPDATA")):
        return Path(local) / "vaultnet"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "vaultnet"
    given = Path(environ.get("XDG_STATE_HOME", ""))
    # The XDG rules: a relative path is invalid and to be ignored.
    return (given if given.is_absolute() else Path.home() / ".local" / "state") / "vaultnet"


# --- what ---------------------------------------------------------------------------------


def _encode(path: str, text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise VaultnetError(f"{path} cannot be written: its text is no Unicode.") from error


def _read(place: str, path: str) -> bytes | None:
    """Read a regular file whole; None where there is nothing."""
    try:
        raw = _read_regular(place, path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VaultnetError(f"{path} cannot be read: {error.strerror}.") from error
    if len(raw) > LARGEST:
        raise VaultnetError(f"{path} is larger than 1 MiB; vaultnet leaves it alone.")
    return raw


def _read_regular(place: str, path: str) -> bytes:
    opened = os.open(place, os.O_RDONLY | _SAFE)
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise VaultnetError(f"{path} is no regular file; nothing was written.")
    with os.fdopen(opened, "rb") as file:
        return file.read(LARGEST + 1)


_SAFE = 0
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _SAFE |= getattr(os, _flag, 0)  # not every system has them all


# --- how ----------------------------------------------------------------------------------


def _put(place: str, path: str, raw: bytes, before: bytes | None) -> None:
    """Write beside the note, durably, and put that in its place if it is still as it was."""
    folder, name = os.path.split(place)
    # 200 of the 255 bytes a name can have; the dot keeps editors and our own scan off it.
    short = os.fsencode(name)[:200].decode(errors="ignore")
    beside = os.path.join(folder, f".{short}.{secrets.token_hex(4)}.tmp")
    try:
        _make_folder(folder)
        try:
            _write_file(beside, raw, None if before is None else os.stat(place).st_mode)
            if _read(place, path) != before:
                raise _changed(path)
            if before is None:
                _move_where_nothing_is(beside, place)
            else:
                os.replace(beside, place)
        finally:
            with suppress(OSError):
                os.unlink(beside)
        _sync_folder(folder)
    except FileExistsError as error:
        raise _changed(path) from error
    except OSError as error:
        raise VaultnetError(f"{path} cannot be written: {error.strerror}.") from error


def _make_folder(folder: str) -> None:
    """Make a folder and those above it that are missing, so that none is lost with the power."""
    missing = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for each in reversed(missing):
        with suppress(FileExistsError):
            os.mkdir(each)
        _sync_folder(os.path.dirname(each))


def _write_file(place: str, raw: bytes, mode: int | None) -> None:
    """Create a file with all its bytes on the disk; without a mode it gets 0o644 less the umask."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE
    opened = os.open(place, flags, 0o644 if mode is None else 0o600)
    with os.fdopen(opened, "wb") as file:
        if mode is not None:
            os.chmod(place, stat.S_IMODE(mode))
        file.write(raw)
        file.flush()
        os.fsync(opened)


def _move_where_nothing_is(beside: str, place: str) -> None:
    """Give a new file its name; `FileExistsError` if somebody else was quicker."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links (FAT, some phones): the last look must do
        if os.path.lexists(place):
            raise FileExistsError from None
        os.replace(beside, place)


def _sync_folder(folder: str) -> None:
    """Make a new name in a folder last; where a folder cannot be opened (Windows), it does."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _changed(path: str) -> VaultnetError:
    return VaultnetError(
        f"{path} changed while vaultnet was working; nothing was written. Run it again."
    )
