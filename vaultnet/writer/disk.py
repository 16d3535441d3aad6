"""The calls of the system that writing is made of, each once, and named for what it is here for."""

# ruff: noqa: PTH101, PTH102, PTH105, PTH108, PTH116, PTH120 — file descriptors and str
# paths: what must not follow a link, or must not be lost, is plainest in the system's own calls.

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress

from vaultnet.core.frozen import frozen

LARGEST = 1 << 20
"""Bytes of the largest note that is read: a larger one is none that vaultnet edits."""

_SAFE = 0
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _SAFE |= getattr(os, _flag, 0)  # not every system has them all

# --- reading ------------------------------------------------------------------------------


@frozen
class Found:
    """A file as it was when it was read."""

    raw: bytes
    """At most `LARGEST` + 1 bytes; empty if it is no regular file."""
    stat: os.stat_result

    @property
    def regular(self) -> bool:
        """Whether it is a file like any other: no folder, FIFO or device."""
        return stat.S_ISREG(self.stat.st_mode)


def read_file(place: str) -> Found:
    """Read a file, without following a link or waiting for a FIFO."""
    opened = os.open(place, os.O_RDONLY | _SAFE)
    try:
        seen = os.fstat(opened)
        return Found(_read(opened) if stat.S_ISREG(seen.st_mode) else b"", seen)
    finally:
        os.close(opened)


def read_settled(place: str) -> bytes | None:
    """Read a file that nobody else knows the name of, and that hence no longer changes.

    None if that cannot be said: it cannot be read, is no regular file, or another program opened
    it for writing while it still had its old name, so that bytes may arrive yet.
    """
    try:
        opened = os.open(place, os.O_RDONLY | _SAFE)
        try:
            if not stat.S_ISREG(os.fstat(opened).st_mode) or _is_open_for_writing(opened):
                return None
            return _read(opened)
        finally:
            os.close(opened)
    except OSError:
        return None


def is_still(place: str, found: Found) -> bool:
    """Whether a name still means the file that was read, and nothing was written into it since."""
    seen = os.stat(place, follow_symlinks=False)
    return _identify(seen) == _identify(found.stat)


def _identify(seen: os.stat_result) -> tuple[int, ...]:
    return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns


def _read(opened: int) -> bytes:
    raw = b""
    while len(raw) <= LARGEST and (more := os.read(opened, LARGEST + 1 - len(raw))):
        raw += more
    return raw


if sys.platform == "linux":

    def _is_open_for_writing(opened: int) -> bool:
        """Ask for a read lease, which is given only while no program has the file open to write.

        False also where there are no leases (network disks, files of somebody else).
        """
        import fcntl  # noqa: PLC0415 - only those who write need it
        import signal  # noqa: PLC0415 - as above

        try:
            # Whoever opens the file to write while we hold the lease has us sent a signal; the
            # usual one would end us, this one does nothing.
            fcntl.fcntl(opened, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

else:

    def _is_open_for_writing(opened: int) -> bool:
        """No way is known to ask: bytes that arrive through such a file after the exchange are lost."""
        del opened
        return False


# --- writing ------------------------------------------------------------------------------


def write_file(place: str, raw: bytes, like: str | None = None) -> int:
    """Create a file with all its bytes on the disk, and give its time of modification (ns).

    It takes mode, owner and extended attributes from the file `like`; without one it gets 0o644
    less the umask. If that cannot be done, no file is left; one that is there already stays.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE
    opened = os.open(place, flags, 0o644 if like is None else 0o600)
    try:
        return _fill(opened, place, raw, like)
    except BaseException:
        remove(place)
        raise


def _fill(opened: int, place: str, raw: bytes, like: str | None) -> int:
    try:
        rest = memoryview(raw)
        while rest:
            rest = rest[os.write(opened, rest) :]
        if like is not None:
            _take_after(opened, place, like)
        _flush(opened)
        return os.fstat(opened).st_mtime_ns
    finally:
        os.close(opened)


def _take_after(opened: int, place: str, like: str) -> None:
    model = os.stat(like, follow_symlinks=False)
    if sys.platform != "win32":
        ours = os.fstat(opened)
        # Only root may give a file away; a group one is a member of can be kept by anybody.
        for owner, group in ((-1, model.st_gid), (model.st_uid, -1)):
            if owner not in {-1, ours.st_uid} or group not in {-1, ours.st_gid}:
                with suppress(PermissionError):
                    os.fchown(opened, owner, group)
    os.chmod(place, stat.S_IMODE(model.st_mode))  # after the owner: changing that may clear bits
    _copy_attributes(opened, like)


if sys.platform == "linux":

    def _copy_attributes(opened: int, like: str) -> None:
        """Copy extended attributes: tags of file managers, access lists."""
        for name in _list_attributes(like):
            try:
                os.setxattr(opened, name, os.getxattr(like, name, follow_symlinks=False))
            except OSError:
                if name.startswith("user."):
                    raise
                # Those of the system (labels, capabilities) are given by it or by root alone.

    def _list_attributes(like: str) -> list[str]:
        try:
            return os.listxattr(like, follow_symlinks=False)
        except OSError as error:
            if error.errno in _MISSING:
                return []
            raise

elif sys.platform == "darwin":

    def _copy_attributes(opened: int, like: str) -> None:
        """Copy extended attributes and access list by copyfile(3): Python knows no call for it."""
        import ctypes  # noqa: PLC0415 — only those who write need it

        acl_and_attributes = 1 << 0 | 1 << 2
        source = os.open(like, os.O_RDONLY | _SAFE)
        try:
            system = ctypes.CDLL(None, use_errno=True)
            if system.fcopyfile(source, opened, None, ctypes.c_uint(acl_and_attributes)) != 0:
                number = ctypes.get_errno()
                if number not in _MISSING:
                    raise OSError(number, os.strerror(number))
        finally:
            os.close(source)

else:

    def _copy_attributes(opened: int, like: str) -> None:
        """No extended attributes are known here."""
        del opened, like


def _flush(opened: int) -> None:
    """See the bytes onto the disk itself."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 — there is none on Windows

        # There, fsync leaves the bytes in the drive's own memory.
        with suppress(OSError):
            fcntl.fcntl(opened, fcntl.F_FULLFSYNC)
            return
    os.fsync(opened)


def remove(place: str) -> None:
    """Take a file's name away; where that cannot be, it stays, hidden as it is."""
    with suppress(OSError):
        os.unlink(place)


# --- folders ------------------------------------------------------------------------------


def make_folder(folder: str, mode: int = 0o777) -> None:
    """Make a folder and those above it that are missing, so that none is lost with the power."""
    missing = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for each in reversed(missing):
        with suppress(FileExistsError):
            os.mkdir(each, mode)
        sync_folder(os.path.dirname(each))


def sync_folder(folder: str) -> None:
    """Make a new name in a folder last; where a folder cannot be opened or synced, it does."""
    try:
        opened = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except PermissionError:  # Windows opens no folder; a folder may be entered but not read
        return
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in _MISSING:
            raise
    finally:
        os.close(opened)


# --- names --------------------------------------------------------------------------------


def exchange(one: str, other: str) -> bool:
    """Let two files change names at one moment; False where the system or the disk cannot."""
    return _rename(one, other, 2)


def move_where_nothing_is(beside: str, place: str) -> None:
    """Give a new file its name; `FileExistsError` if somebody else was quicker."""
    if _rename(beside, place, 1 if sys.platform == "linux" else 4):
        return
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links (FAT, some phones): the last look must do
        if os.path.lexists(place):
            raise FileExistsError from None
        os.replace(beside, place)
    else:
        os.unlink(beside)


def _rename(one: str, other: str, how: int) -> bool:
    """Rename in a way that Python knows no call for; False where it is missing.

    Linux has renameat2 (2: exchange, 1: no replacing), macOS renamex_np (2: swap, 4: exclusive).
    """
    import ctypes  # noqa: PLC0415 — only those who write need it

    names = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = system.renamex_np(*names, ctypes.c_uint(how))
        else:
            here = ctypes.c_int(-100)  # AT_FDCWD; the names are absolute anyway
            failed = system.renameat2(here, names[0], here, names[1], ctypes.c_uint(how))
    except (AttributeError, OSError, TypeError):  # no such function, or no such library (Windows)
        return False
    if failed:
        number = ctypes.get_errno()
        if number in _MISSING:
            return False
        raise OSError(number, os.strerror(number), one, None, other)
    return True


_MISSING = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
"""How systems say that they, or a disk, do not know a call; EPERM: a container's filter does."""
