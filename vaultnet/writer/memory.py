"""What vaultnet remembers of a vault: its own latest writes, and the texts that it displaced.

Of a vault whose real path has the hash H the state folder holds `H.lock` (and `H.watch`, a watcher's), `H.own` (JSON: path ->
time of modification, in ns, that our latest write left) and `H.kept/2026-11-23T10-06-35Z.1f2e3d4c/…`,
below which a displaced note lies as it was, under the path it has in the vault.
"""

# ruff: noqa: PTH105, PTH118, PTH120 — the str paths of the system's own calls.

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from vaultnet.errors import DiskError, VaultnetError
from vaultnet.writer import disk
from vaultnet.writer.places import find_memory

KEPT_DAYS = 30
"""How long a displaced text is kept."""

OWN = 60
"""Seconds for which our own writes are remembered: longer than anybody waits for a note's rest."""

# --- the lock -----------------------------------------------------------------------------


@contextmanager
def locked(root: Path, *, patience: float = 60) -> Iterator[bool]:
    """Keep a second vaultnet from writing into the same vault until this one is done.

    Waits up to `patience` seconds. Yields False where no lock can be held (a home that cannot be
    written, a disk without locks): what is written is safe all the same, since every write looks
    again; two runs may then merely refuse each other's work. Not to be entered twice by one run.
    """
    busy = f"Another vaultnet has been writing here for {patience:g} seconds. Try again later."
    with _holding(root, "lock", patience, busy) as held:
        yield held


@contextmanager
def keeping(root: Path) -> Iterator[bool]:
    """Keep a second watcher from keeping the same plan; yields False where no lock can be held."""
    busy = "Another `vaultnet watch` keeps this vault's plan already; one is enough."
    with _holding(root, "watch", 0, busy) as held:
        yield held


@contextmanager
def _holding(root: Path, kind: str, patience: float, busy: str) -> Iterator[bool]:
    release = _take_lock(root, kind, patience, busy)
    try:
        yield release is not None
    finally:
        if release is not None:
            release()


def _take_lock(root: Path, kind: str, patience: float, busy: str) -> Callable[[], None] | None:
    """Take a lock; what is given lets it go."""
    try:
        place = find_memory(root, kind)
    except RuntimeError:  # no home
        return None
    return _take_free_lock(place) or _wait_for_lock(place, patience, busy)


def _take_free_lock(place: Path) -> Callable[[], None] | None:
    """Take the lock where it lies free from an earlier run, as most often, by the call that filelock makes.

    To load filelock takes longer than to write a plan. None: it shall see to whatever is the matter.
    """
    if sys.platform == "win32":
        return None
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - only those who write need it

        held = os.open(place, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except (ImportError, OSError):
        return None
    try:
        flock(held, LOCK_EX | LOCK_NB)
        seen = os.fstat(held)
        if seen.st_nlink == 1 and seen.st_uid == os.geteuid():  # nobody took it away meanwhile
            return lambda: os.close(held)
    except OSError:  # somebody else holds it, or the disk knows no locks
        pass
    os.close(held)
    return None


def _wait_for_lock(place: Path, patience: float, busy: str) -> Callable[[], None] | None:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - as above

    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(place)
        lock.acquire(timeout=patience, poll_interval=_POLL)
    except Timeout as error:
        raise VaultnetError(busy) from error
    except (OSError, RuntimeError):  # a full or read-only disk, one without locks
        return None
    return lock.release


_POLL = 0.01
"""Seconds between two looks whether the lock is free: a write takes about as long."""

# --- our own writes -----------------------------------------------------------------------


def is_own_write(root: Path, path: str, mtime: int) -> bool:
    """Whether a note's time of modification (ns) is one that our own write left."""
    try:
        return _read_own(find_memory(root, "own")).get(path) == mtime
    except RuntimeError:  # no home
        return False


def remember_write(root: Path, path: str, mtime: int) -> None:
    """Note the time of modification (ns) of our own write; where that fails, we wait next time."""
    with suppress(OSError, RuntimeError):
        import json  # noqa: PLC0415 - most runs write nothing

        place = find_memory(root, "own")
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # What has been quiet for long needs no excuse: the file stays small.
        young = time.time_ns() - int(OWN * 1e9)
        own = {name: at for name, at in _read_own(place).items() if at > young}
        beside = f"{place}.{os.urandom(4).hex()}.tmp"
        try:
            disk.write_file(beside, json.dumps({**own, path: mtime}).encode())
            os.replace(beside, place)
        finally:
            disk.remove(beside)


def _read_own(place: Path) -> dict[str, int]:
    import json  # noqa: PLC0415 - as above

    try:
        read = json.loads(disk.read_file(str(place)).raw)
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {path: at for path, at in read.items() if isinstance(at, int)}


# --- what was displaced -------------------------------------------------------------------


def keep(root: Path, path: str, raw: bytes) -> str:
    """Keep a text that is about to be displaced, durably; gives the folder made for it."""
    try:
        stamp = time.strftime(_STAMP, time.gmtime())
        folder = os.path.join(find_memory(root, "kept"), f"{stamp}.{os.urandom(4).hex()}")
        place = os.path.join(folder, *path.split("/"))
        disk.make_folder(os.path.dirname(place), 0o700)
        disk.write_file(place, raw)
        disk.sync_folder(os.path.dirname(place))
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise DiskError(
            f"{path} was not written: what it holds now could not be kept first ({why}). "
            "Set XDG_STATE_HOME to a folder that can be written."
        ) from error
    return folder


def forget(folder: str) -> None:
    """Drop a text that was kept, since nothing came of displacing it."""
    import shutil  # noqa: PLC0415 - seldom needed

    shutil.rmtree(folder, ignore_errors=True)


def list_kept(root: Path) -> list[tuple[datetime, str, str]]:
    """List when each text was displaced, the eight digits it goes by, and the folder made for it."""
    kept = []
    with suppress(OSError, RuntimeError):
        folder = find_memory(root, "kept")
        for name in os.listdir(folder):  # noqa: PTH208 — names are all that is asked
            found = re.fullmatch(_KEPT, name)
            if found is None:
                continue
            with suppress(ValueError):  # the 31st of June: none of ours
                year, month, day, hour, minute, second = map(int, found.groups()[:6])
                when = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
                kept.append((when, found["digits"], os.path.join(folder, name)))
    return kept


def forget_old(root: Path, today: float | None = None) -> None:
    """Drop what this vault displaced more than `KEPT_DAYS` ago (`today` in seconds since 1970).

    So goes what a death left of the memory of our own writes: nothing of the user's is in it.
    """
    last = (time.time() if today is None else today) - KEPT_DAYS * 86400
    with suppress(OSError, RuntimeError):
        for when, _, folder in list_kept(root):
            if when.timestamp() < last:
                forget(folder)
        own = find_memory(root, "own")
        for place in own.parent.glob(f"{own.name}.{'[0-9a-f]' * 8}.tmp"):
            if place.stat().st_mtime < last:
                disk.remove(str(place))


_STAMP = "%Y-%m-%dT%H-%M-%SZ"
_KEPT = r"(?a)(\d{4})-(\d\d)-(\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.(?P<digits>[0-9a-f]{8})"
