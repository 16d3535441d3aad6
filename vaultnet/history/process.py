"""A question to git becomes bytes: one process that runs nothing of the vault's own.

A vault may come from anybody, and with it a repository whose settings and hooks name programs. So
git is asked through plumbing alone, which starts none of them, in an environment that holds nothing
but what finds git and the user's own settings (the contract, section 8). Those stay in force: they
say which folders of others the user trusts (`safe.directory`), and they came with no vault.
"""

# ruff: noqa: PTH117 — str paths: this is about the words that the system is given.

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO, cast

from vaultnet.core.frozen import frozen
from vaultnet.errors import NoHistoryError

PATIENCE = 60.0
"""Seconds git may stay silent before it is stopped: a setting can make it wait for ever."""

_KEPT = (
    "HOME",
    "XDG_CONFIG_HOME",
    "USERPROFILE",
    "HOMEDRIVE",
    "HOMEPATH",
    "SYSTEMROOT",
    "DEVELOPER_DIR",
)
"""Variables that lead to the user's own settings, and those without which git cannot start on
Windows and macOS. None of `GIT_*` is among them, for any could name a program or another repository."""

_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # Where git is too old to know the line above. Unlike `protocol.allow`, it outweighs what the
    # repository says of a single protocol; the empty list allows none.
    "GIT_ALLOW_PROTOCOL": "",
    # An id names what was committed, and not what somebody put in its place.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
}
_OPTIONS = (
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "protocol.allow=never"),
    # A bare repository inside the vault is a folder like any other.
    *("-c", "safe.bareRepository=explicit"),
)


@frozen
class Git:
    """How git is asked about one vault."""

    program: str
    """An absolute path, outside the vault."""
    root: str
    """The vault, absolute and free of links."""
    environ: Mapping[str, str]
    patience: float = PATIENCE


def find_git(root: str, environ: Mapping[str, str], patience: float = PATIENCE) -> Git:
    """Find git on the user's path, without the folders that lie in the vault or depend on it."""
    folders = [
        folder
        for folder in environ.get("PATH", os.defpath).split(os.pathsep)
        if os.path.isabs(folder) and not _lies_in(os.path.realpath(folder), root)
    ]
    path = os.pathsep.join(folders)
    program = shutil.which("git", path=path)
    if program is None or not os.path.isabs(program):
        raise NoHistoryError("git was not found on this computer")
    kept = {name: environ[name] for name in _KEPT if name in environ}
    return Git(program, root, {**kept, "PATH": path, **_ENVIRONMENT}, patience)


@contextmanager
def ask(git: Git, args: Sequence[str], lines: Iterable[str | bytes] = ()) -> Iterator[Answer]:
    """Start git, feed it lines, and give its answer to be read; it ends with the block.

    Lines are ASCII and get their end; bytes are fed as they are.

    `NoHistoryError` with git's own words where it fails or stays silent for too long.
    """
    with _start(git, args) as process:
        answer = Answer(cast("IO[bytes]", process.stdout))
        complaint: list[bytes] = []
        over = threading.Event()
        tasks = (
            partial(_feed, cast("IO[bytes]", process.stdin), lines),
            partial(_listen, cast("IO[bytes]", process.stderr), complaint),
            partial(_watch, process, answer, over, git.patience),
        )
        workers = [threading.Thread(target=task, daemon=True) for task in tasks]
        for worker in workers:
            worker.start()
        try:
            yield answer
            answer.read_rest()
            process.wait(git.patience)
        except subprocess.TimeoutExpired:
            answer.silent = True
        finally:
            over.set()
            _stop(process)
            for worker in workers:
                worker.join(_PARTING)
    if answer.silent:
        raise NoHistoryError("git stayed silent for too long and was stopped")
    if process.returncode:
        words = b"".join(complaint).decode("utf-8", "replace").strip()
        raise NoHistoryError(words.removeprefix("fatal: ") or "git failed without a word")


class Answer:
    """What git says, as it comes; while it is waited for, somebody looks at the clock."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Read from a pipe of git's."""
        self._stream = stream
        self.waits = 0
        """Odd while somebody waits for git; it never says the same number twice."""
        self.silent = False

    def read(self, size: int) -> bytes:
        """Read as many bytes; fewer where git has said all."""
        self.waits += 1
        found = self._stream.read(size)
        self.waits += 1
        return found

    def read_line(self) -> bytes:
        """Read a line with its end; empty where git has said all."""
        self.waits += 1
        found = self._stream.readline()
        self.waits += 1
        return found

    def read_all(self) -> bytes:
        """Read what is left."""
        return b"".join(iter(self.read_some, b""))

    def read_some(self) -> bytes:
        """Read what is there already, at least one byte; empty where git has said all."""
        self.waits += 1
        found = self._stream.read1(_CHUNK)  # type: ignore[attr-defined]  # Popen gives a BufferedReader
        self.waits += 1
        return bytes(found)

    def read_rest(self) -> None:
        """Let git say the rest to nobody, so that it can end by itself."""
        while self.read_some():
            pass


_CHUNK = 1 << 16
_PARTING = 5.0
"""Seconds until a thread is left to itself."""


def _start(git: Git, args: Sequence[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - git by its absolute path, and never a shell
            [git.program, "-C", git.root, *_OPTIONS, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(git.environ),
            bufsize=1 << 20,
            # Without a terminal of its own nothing that git starts can ask there.
            start_new_session=True,
            creationflags=_NO_WINDOW,
        )
    except (OSError, ValueError) as error:
        raise NoHistoryError(f"git could not be started: {error}") from error


_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End git, and whatever it may have started."""
    if process.poll() is None:
        with suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _feed(stream: IO[bytes], lines: Iterable[str | bytes]) -> None:
    with suppress(OSError):  # git has gone: its exit code says why
        for line in lines:
            stream.write(line if isinstance(line, bytes) else line.encode("ascii") + b"\n")
    with suppress(OSError):
        stream.close()


def _listen(stream: IO[bytes], complaint: list[bytes]) -> None:
    """Keep the beginning of what git complains of, and let it talk on."""
    complaint.append(stream.read(2000))
    while stream.read(_CHUNK):
        pass


def _watch(
    process: subprocess.Popen[bytes], answer: Answer, over: threading.Event, patience: float
) -> None:
    """Stop git if one and the same wait lasts from one look to the next."""
    seen = -1
    while not over.wait(patience):
        now = answer.waits
        if now % 2 and now == seen:
            answer.silent = True
            _stop(process)
            return
        seen = now


def _lies_in(place: str, root: str) -> bool:
    return place == root or place.startswith(root.rstrip(os.sep) + os.sep)
