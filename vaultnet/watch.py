"""Turns what moves in a vault into calls: one each time the vault has come to rest.

Three things tell that something moved. *Ears* (watchdog) tell at once, but lose events silently
when too many come at a time, and hear nothing of what other machines do on a network disk. A *walk*
over all folders compares every note's time, size and inode with what was seen before; it misses
nothing and costs a tenth of a second for 30,000 notes, so it comes a second after each call, when
ears say that they lost something or that folders moved, and every few minutes. And the *day* is
looked at once a minute, so that sleeping machines and clocks that are set do not matter.
"""

# ruff: noqa: PTH116, PTH118, PTH123 — the str paths of the system's own
# calls, as in `vault`: a walk meets every note.

from __future__ import annotations

import errno
import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Protocol, TypeAlias

from vaultnet.core.frozen import frozen
from vaultnet.core.text import clean
from vaultnet.errors import VaultnetError

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.inotify_c import InotifyEvent, WatchDescriptor

QUIET = 0.1
"""Seconds without an event after which the vault has come to rest."""
LONGEST = 1.0
"""Seconds after which a call is made though edits go on."""
AFTER = 1.0
"""Seconds from a call to the walk that looks for what the ears missed."""
SLOW = 300.0
"""Seconds from a walk that found nothing to the next one."""
FAST = 2.0
"""The same where there are no ears: at least this, and at most a fiftieth of the time in walks."""
MINUTE = 60.0
"""Seconds after which the day, the vault's folder and the ears are looked at, whatever happens."""
AWAY = 1.0
"""Seconds between two looks for a vault that is not there, or for git to be done."""

Look: TypeAlias = "Callable[[frozenset[str] | None], float | None]"
"""Is given the paths that moved, from the root, with forward slashes (None: any may have). Gives
the seconds after which it wants to look again though nothing moves, or None."""


def keep_watch(
    root: Path,
    look: Look,
    *,
    settings: Collection[str],
    day: Callable[[], date],
    tell: Callable[[str], None],
    idle: Callable[[], None] = lambda: None,
    once: bool = False,
) -> None:
    """Call `look` now, and then whenever something moved and the vault has come to rest.

    Of interest are notes, templates, and the files named in `settings`; never what lies in other folders that
    start with a dot. `look` is called too when `day` gives another day. `tell` is given sentences
    for the person who watches; `idle` is called after a look, when nothing else is to be done.
    Never returns, but with `once`: then as soon as `look` wants nothing more.
    """
    interest = _Interest(os.path.realpath(root), frozenset(settings))
    watch = _Watch(interest, look, day, tell, idle)
    # A vault's objects are many and stay: a search for cycles among them would fall into the middle
    # of a call. It is made when nothing else is to be done (see `_tidy`).
    gc.disable()
    try:
        watch.run(once=once)
    finally:
        watch.close()
        gc.enable()


# --- what moves ---------------------------------------------------------------------------

Mark: TypeAlias = "tuple[int, int, int]"
"""What tells that a file is another than before: time of modification in ns, size, inode."""
Identity: TypeAlias = "tuple[int, int]"
"""What tells one folder from another at the same path: its disk (looked at for the root, else 0)
and its inode."""


@frozen
class _Interest:
    """Which files and folders of a vault are of interest."""

    top: str
    settings: frozenset[str]

    @property
    def above_settings(self) -> frozenset[str]:
        """The folders that settings lie in, as `.obsidian` and `.obsidian/plugins`."""
        return frozenset(
            path[:n] for path in self.settings for n in range(len(path)) if path[n] == "/"
        )

    def has_file(self, path: str) -> bool:
        """Whether a file that moved matters; its folder does."""
        name = path.rpartition("/")[2]
        return (name[0] != "." and name[-3:].lower() in _ENDINGS) or path in self.settings

    def has_folder(self, path: str) -> bool:
        """Whether a folder that moved matters."""
        return not path.rpartition("/")[2].startswith(".") or path in self.above_settings


_ENDINGS = frozenset({".md", ".j2"})
"""Of notes, and of templates that a plan is laid out by."""


@frozen
class _Sight:
    """What one walk saw."""

    marks: dict[str, Mark]
    """Path of each note, template and file of settings -> its mark."""
    folders: dict[str, Identity]
    """Path of each folder ('' for the root) -> which one it is."""


def _walk(interest: _Interest, is_called_off: Callable[[], bool] = lambda: False) -> _Sight | None:
    """Look at every note and folder of a vault; None if that was called off meanwhile.

    `OSError` where its root cannot be listed.
    """
    marks: dict[str, Mark] = {}
    folders = {"": _identify(interest.top)}
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        start = f"{folder}/" if folder else ""
        try:
            with os.scandir(f"{interest.top}/{folder}") as found:
                for entry in found:
                    name = entry.name
                    if name[0] == ".":
                        continue
                    if is_called_off():
                        return None
                    if entry.is_dir(follow_symlinks=False):
                        folders[start + name] = 0, entry.inode()
                        waiting.append(start + name)
                    elif name[-3:].lower() in _ENDINGS:
                        with suppress(OSError):  # gone meanwhile, or a link that leads nowhere
                            marks[start + name] = _mark(entry.stat())
        except OSError:
            if not folder:
                raise
            folders.pop(folder)  # gone meanwhile, or not ours to read
    sight = _Sight(marks, folders)
    _add_settings(interest, sight)
    return sight


def _add_settings(interest: _Interest, sight: _Sight) -> None:
    for path in interest.settings:
        with suppress(OSError):
            sight.marks[path] = _mark(os.stat(f"{interest.top}/{path}"))
    for path in interest.above_settings:
        with suppress(OSError):
            sight.folders[path] = 0, os.stat(f"{interest.top}/{path}").st_ino


def _mark(seen: os.stat_result) -> Mark:
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


def _identify(top: str) -> Identity:
    seen = os.stat(top)
    return seen.st_dev, seen.st_ino


class _Noted:
    """What the ears have heard and nobody has looked at yet."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paths: set[str] = set()
        self._walk = False
        self._last = 0.0

    def note(self, path: str | None) -> None:
        """Note a path that moved; None: only a walk can tell what did. Called by other threads."""
        with self._changed:
            self._last = time.monotonic()
            if not self:
                self._changed.notify()
            if path is None:
                self._walk = True
            else:
                self._paths.add(path)

    def __bool__(self) -> bool:
        return self._walk or bool(self._paths)

    def wait(self, until: float) -> None:
        """Wait until something is noted, or until then."""
        with self._changed:
            while not self and (left := until - time.monotonic()) > 0:
                self._changed.wait(min(left, _DEAF_TO_SIGNALS))

    def rest(self) -> None:
        """Wait until nothing more is noted for a moment, but not for long."""
        latest = time.monotonic() + LONGEST
        while (left := min(self._last + QUIET, latest) - time.monotonic()) > 0:
            time.sleep(left)

    def take(self) -> tuple[set[str], bool]:
        """Take what was noted: paths, and whether a walk is needed."""
        with self._changed:
            taken = self._paths, self._walk
            self._paths, self._walk = set(), False
        return taken


_DEAF_TO_SIGNALS = 0.5 if sys.platform == "win32" else MINUTE
"""Seconds for which a thread may wait: on Windows Ctrl-C is heard only in between."""


# --- the ears -----------------------------------------------------------------------------


class _Ears(Protocol):
    """Hears of what moves in folders, and notes it."""

    def follow(self, folders: Mapping[str, Identity]) -> bool:
        """Listen to these folders, and to no others; says whether some were not listened to.

        `OSError` where the system allows no more.
        """

    def hears(self) -> bool:
        """Whether they still listen."""

    def close(self) -> None:
        """Listen no more."""


def _open_ears(interest: _Interest, noted: _Noted) -> _Ears:
    # An overflow is ours to tell, if it is to be told; the library would print a warning.
    logging.getLogger("watchdog").addHandler(logging.NullHandler())
    if sys.platform == "linux":
        with suppress(ImportError):  # another version of the library
            return _Inotify(interest, noted)
    return _Observed(interest, noted)


class _Inotify:
    """Linux: inotify through watchdog, without the half second in which that pairs up moves.

    Each folder is listened to by itself, so dot-folders (`.git` has hundreds) cost nothing. Opening
    and reading are not asked for. What only a walk can tell is left to it: folders that come and go.
    """

    def __init__(self, interest: _Interest, noted: _Noted) -> None:
        from watchdog.observers.inotify_c import (  # noqa: PLC0415 — Linux alone has it
            CallbackId,
            InotifyConstants,
            InotifyFD,
            Mask,
        )

        said = InotifyConstants
        changes = said.IN_CREATE | said.IN_MODIFY | said.IN_CLOSE_WRITE | said.IN_DELETE
        moves = said.IN_MOVED_FROM | said.IN_MOVED_TO | said.IN_MOVE_SELF | said.IN_DELETE_SELF
        only = said.IN_ONLYDIR | said.IN_DONT_FOLLOW | said.IN_EXCL_UNLINK
        self._mask = Mask(changes | moves | only)
        self._gone = said.IN_MOVE_SELF | said.IN_DELETE_SELF | said.IN_UNMOUNT
        self._id = CallbackId(id(self))
        self._interest = interest
        self._noted = noted
        self._heard: dict[str, tuple[Identity, WatchDescriptor]] = {}
        """Folder -> which one it is, and the number under which events of it come."""
        self._folder: dict[WatchDescriptor, str] = {}
        """That number -> the folder."""
        self._ended: list[WatchDescriptor] = []
        """Numbers under which nothing comes any more. Threads share this list and `_folder`."""
        self._inotify = InotifyFD()
        self._inotify.start()

    def follow(self, folders: Mapping[str, Identity]) -> bool:
        """Listen to these folders, and to no others; says whether some were not listened to."""
        while self._ended:
            number = self._ended.pop()
            folder = self._folder.pop(number, None)
            if folder is not None and self._heard[folder][1] == number:
                del self._heard[folder]
        for folder, (identity, number) in list(self._heard.items()):
            if folders.get(folder) != identity:
                del self._heard[folder]
                del self._folder[number]
                with suppress(OSError):
                    self._inotify.remove_callbacks([(number, self._id)])
        new = [folder for folder in folders if folder not in self._heard]
        return bool([folder for folder in new if self._listen(folder, folders[folder])])

    def _listen(self, folder: str, identity: Identity) -> bool:
        place = os.fsencode(os.path.join(self._interest.top, folder))
        try:
            number = self._inotify.add_callback(place, self._mask, self, self._id)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EMFILE, errno.ENOMEM}:
                raise
            return False  # gone since the walk; the next one knows
        self._heard[folder] = identity, number
        self._folder[number] = folder
        return True

    def on_event(self, event: InotifyEvent) -> None:
        """Note an event; called by the library's thread."""
        folder = self._folder.get(event.wd)
        if folder is None or event.mask & self._gone:
            self._noted.note(None)
            return
        name = os.fsdecode(event.name)
        path = f"{folder}/{name}" if folder else name
        if not name:
            return
        if event.is_directory:
            if self._interest.has_folder(path):
                self._noted.note(None)
        elif self._interest.has_file(path):
            self._noted.note(path)

    def on_watch_deleted(self, wd: WatchDescriptor) -> None:
        """Remember that a folder is gone; called by the library's thread."""
        self._ended.append(wd)

    def on_queue_overflow(self) -> None:
        """Know that events were lost; called by the library's thread."""
        self._noted.note(None)

    def hears(self) -> bool:
        """Whether they still listen."""
        return self._inotify.is_alive()

    def close(self) -> None:
        """Listen no more."""
        self._inotify.stop()
        self._inotify.join()


class _Observed:
    """Other systems: watchdog's own observer, which listens to the whole tree."""

    def __init__(self, interest: _Interest, noted: _Noted) -> None:
        from watchdog import events  # noqa: PLC0415 — loaded where it is needed
        from watchdog.observers import Observer  # noqa: PLC0415 — as above

        class Handler(events.FileSystemEventHandler):
            """Notes whatever comes."""

            on_any_event = staticmethod(self._on_event)

        self._interest = interest
        self._noted = noted
        self._observer = Observer()
        # Opening, reading and closing wake nobody.
        wanted: list[type[FileSystemEvent]] = [
            events.FileCreatedEvent,
            events.FileModifiedEvent,
            events.FileMovedEvent,
            events.FileDeletedEvent,
            events.DirCreatedEvent,
            events.DirMovedEvent,
            events.DirDeletedEvent,
        ]
        self._observer.schedule(Handler(), interest.top, recursive=True, event_filter=wanted)
        self._observer.start()

    def _on_event(self, event: FileSystemEvent) -> None:
        for place in filter(None, map(os.fsdecode, (event.src_path, event.dest_path))):
            path = os.path.relpath(place, self._interest.top).replace(os.sep, "/")
            if path == ".":
                self._noted.note(None)
            elif any(not self._interest.has_folder(folder) for folder in _above(path)):
                continue
            elif event.is_directory:
                if self._interest.has_folder(path):
                    self._noted.note(None)
            elif self._interest.has_file(path):
                self._noted.note(path)

    def follow(self, folders: Mapping[str, Identity]) -> bool:
        """Nothing to do: new folders are found by the library."""
        del folders
        return False

    def hears(self) -> bool:
        """Whether they still listen."""
        threads = (self._observer, *self._observer.emitters)
        return len(threads) > 1 and all(thread.is_alive() for thread in threads)

    def close(self) -> None:
        """Listen no more."""
        self._observer.stop()
        self._observer.join()


def _above(path: str) -> Iterator[str]:
    """Give the folders above a path, the outermost first: `a/b/c.md` -> `a`, `a/b`."""
    for n, sign in enumerate(path):
        if sign == "/":
            yield path[:n]


# --- watching -----------------------------------------------------------------------------


class _Watch:
    """What is known while a vault is watched. One thread does it all; the ears only note."""

    def __init__(
        self,
        interest: _Interest,
        look: Look,
        day: Callable[[], date],
        tell: Callable[[str], None],
        idle: Callable[[], None],
    ) -> None:
        self._interest = interest
        self._look = look
        self._day = day
        self._tell = tell
        self._idle = idle
        self._noted = _Noted()
        self._ears: _Ears | None = None
        self._deaf = False
        """Whether the system does not let us listen."""
        self._poll = _is_far(interest.top)
        """Whether only walks tell of everything, so that they must come often."""
        self._marks: dict[str, Mark] = {}
        """Each file as it was right before it was last looked at."""
        self._root: Identity | None = None
        """The vault's folder; None while there is none, or no note in it."""
        self._missing = ""
        """What is wrong with it then."""
        self._reason = ""
        """Why nothing is done at the moment."""
        self._walk_at = self._look_at = _NEVER
        self._put_off = 0
        """How often in a row a walk was due and something else came first."""
        self._untidy = 0
        """Up to which generation cycles are to be searched for."""

    def run(self, *, once: bool) -> None:
        """Look whenever the vault has come to rest."""
        moved: set[str] | None = None
        today = self._day()
        self._find_what_moved()
        self._noted.note(None)  # whoever is saving at this moment is waited for
        while True:
            now = time.monotonic()
            self._noted.wait(min(self._walk_at, self._look_at, now + MINUTE))
            heard = self._find_what_moved()
            if self._root is None:
                if once:
                    raise VaultnetError(f"{self._missing}.")
                self._say(f"{self._missing}: waiting for its notes.")
                moved = None  # when it is back, anything may have moved
                continue
            moved = None if moved is None else moved | heard
            dawn = self._day() != today
            if not (moved is None or moved or dawn or time.monotonic() >= self._look_at):
                self._tidy()
            elif not self._is_git_at_work():
                today = self._day()
                wish = self._look(None if moved is None else frozenset(moved))
                self._plan_ahead(wish, dawn=dawn)
                moved = set()
                if once and wish is None:
                    self._idle()
                    return

    def close(self) -> None:
        """Listen no more."""
        if self._ears is not None:
            self._ears.close()
            self._ears = None

    def _find_what_moved(self) -> set[str]:
        """Wait until the vault rests, and find what moved since this was last asked."""
        self._noted.rest()
        heard, unsure = self._noted.take()
        if unsure or not self._is_as_it_was():
            return heard | self._look_round()
        if time.monotonic() >= self._walk_at:
            self._put_off += 1
            if self._put_off > _OFTEN:
                return heard | self._look_round()
            if not heard:
                return self._look_round(lambda: bool(self._noted))
        for path in heard:
            try:
                self._marks[path] = _mark(os.stat(f"{self._interest.top}/{path}"))
            except OSError:
                self._marks.pop(path, None)
        return heard

    def _is_as_it_was(self) -> bool:
        """Whether the vault's folder is the one we know, and the ears still hear."""
        try:
            same = _identify(self._interest.top) == self._root
        except OSError:
            same = False
        return same and (self._deaf or (self._ears is not None and self._ears.hears()))

    def _look_round(self, is_called_off: Callable[[], bool] = lambda: False) -> set[str]:
        """Walk, listen to every folder, and find what moved unheard; nothing if it is called off."""
        began = time.monotonic()
        try:
            sight = _walk(self._interest, is_called_off)
            for _ in range(9):
                if sight is None or not self._listen(sight.folders):
                    break
                # Something may have moved before the ears were there.
                sight = _walk(self._interest, is_called_off)
        except OSError:
            return self._lose_sight("is not there")
        if sight is None:  # a save comes first
            self._walk_at = time.monotonic() + AFTER
            return set()
        self._put_off = 0
        if not any(path[-3:].lower() == ".md" for path in sight.marks):
            return self._lose_sight("holds no notes")
        now = time.monotonic()
        self._walk_at = now + (max(FAST, 50 * (now - began)) if self._poll else SLOW)
        if self._root is None and self._reason:
            self._tell(f"{clean(self._interest.top)} is back.")
            self._reason = ""
        self._root = sight.folders[""]
        moved = {path for path, _ in self._marks.items() ^ sight.marks.items()}
        self._marks = sight.marks
        return moved

    def _lose_sight(self, why: str) -> set[str]:
        """Wait for the vault: a disk taken out, a folder moved away, a sync that starts afresh."""
        self.close()
        self._root = None
        self._marks = {}
        self._walk_at = time.monotonic() + AWAY
        self._look_at = _NEVER
        self._missing = f"{clean(self._interest.top)} {why}"
        return set()

    def _listen(self, folders: Mapping[str, Identity]) -> bool:
        """Let the ears follow these folders; says whether some were not listened to before."""
        if self._deaf:
            return False
        try:
            if self._ears is None or not self._ears.hears():
                self.close()
                self._ears = _open_ears(self._interest, self._noted)
            return self._ears.follow(folders)
        except OSError as error:
            self.close()
            self._deaf = self._poll = True
            limit = _LIMITS.get(error.errno or 0, error.strerror)
            self._tell(f"Changes are not heard here ({limit}): looking every few seconds instead.")
            return False

    def _is_git_at_work(self) -> bool:
        """Whether git is in the middle of something that a note written now could disturb."""
        found = _find_git_work(self._interest.top)
        if found:
            self._look_at = time.monotonic() + AWAY
            self._say(f"git is in the middle of something ({clean(found)}): the plan waits.")
        else:
            self._reason = ""
        return bool(found)

    def _say(self, reason: str) -> None:
        if reason != self._reason:
            self._reason = reason
            self._tell(reason)

    def _plan_ahead(self, wish: float | None, *, dawn: bool) -> None:
        now = time.monotonic()
        self._look_at = _NEVER if wish is None else now + wish
        self._walk_at = min(self._walk_at, now + AFTER)
        self._untidy = max(self._untidy, _EVERYTHING if dawn else _YOUNG)

    def _tidy(self) -> None:
        """Do while nobody waits what need not be done at once, and give memory back."""
        if self._untidy and not self._noted:
            self._idle()
            gc.collect(self._untidy)
            self._untidy = 0


_YOUNG, _EVERYTHING = 1, 2
"""Generations of objects: those of the last look, and once a day all."""


_NEVER = float("inf")
_OFTEN = 60
"""Times that saves come before a walk: where they never end, it is made all the same."""
_LIMITS = {
    errno.ENOSPC: "the limit fs.inotify.max_user_watches is reached",
    errno.EMFILE: "the limit fs.inotify.max_user_instances is reached",
}


# --- the vault's surroundings -------------------------------------------------------------


def _find_git_work(top: str) -> str:
    """Name what git leaves in its folder while it works there, or ''."""
    for folder in (top, *map(str, Path(top).parents)):
        place = os.path.join(folder, ".git")
        if os.path.lexists(place):
            return next((f".git/{name}" for name in _GIT if os.path.lexists(f"{place}/{name}")), "")
    return ""


_GIT = "index.lock MERGE_HEAD CHERRY_PICK_HEAD REVERT_HEAD rebase-merge rebase-apply BISECT_LOG".split()


def _is_far(top: str) -> bool:
    """Whether the vault lies on a disk on which others may write unheard: a network's, a host's."""
    kinds: dict[str, str] = {}
    with (
        suppress(OSError, ValueError),
        open("/proc/self/mounts", encoding="utf-8", errors="surrogateescape") as mounts,
    ):
        for line in mounts:
            _, place, kind, *_ = line.split(" ")
            kinds[place.replace("\\040", " ").rstrip("/")] = kind
    above = [place for place in kinds if f"{top}/".startswith(f"{place}/")]
    return kinds.get(max(above, key=len, default="")) in _FAR


_FAR = set(
    "9p afs cifs davfs drvfs fuse.davfs fuse.rclone fuse.sshfs fuse.vmhgfs-fuse nfs nfs4 prl_fs "
    "smb3 smbfs vboxsf virtiofs".split()
)


# --- the end ------------------------------------------------------------------------------


@contextmanager
def ending() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Turn Ctrl-C and the system's wish to end into `KeyboardInterrupt`, at a good moment.

    Gives a context in which the first of them is kept back until it is left: nothing that is being
    written is cut off by it. To be entered by the main thread.
    """
    held = wished = False

    def wish(_number: int, _frame: FrameType | None) -> None:
        nonlocal wished
        if held and not wished:
            wished = True
        else:
            raise KeyboardInterrupt

    @contextmanager
    def hold() -> Iterator[None]:
        nonlocal held
        held = True
        try:
            yield
        finally:
            held = False
            if wished:
                raise KeyboardInterrupt

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # What was ignored from outside (nohup, a shell's `&`) stays so.
    heeded = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
    before = [(number, signal.signal(number, wish)) for number in heeded]
    try:
        yield hold
    finally:
        for number, handler in before:
            signal.signal(number, handler)
