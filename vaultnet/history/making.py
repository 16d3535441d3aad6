"""A past that was made up becomes a git repository around notes that lie there already."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from vaultnet.core.frozen import frozen, replace
from vaultnet.errors import NoHistoryError
from vaultnet.history.process import Git, ask, find_git


@frozen
class NewCommit:
    """A commit to be made, on the evening of its day."""

    day: date
    message: str
    written: Mapping[str, bytes]
    """Path from the root, with forward slashes -> what stands there from now on."""
    removed: tuple[str, ...] = ()


def make_repository(root: Path, environ: Mapping[str, str], commits: Sequence[NewCommit]) -> None:
    """Make a repository in a folder without one, whose last commit is what lies there.

    The same commits get the same ids everywhere: by whom they are is fixed, and the user's own
    settings have no say. `NoHistoryError` where git is missing or fails; there is no repository then.
    """
    git = find_git(os.path.realpath(root), environ)
    git = replace(git, environ={**git.environ, **_NO_SETTINGS})
    place = root / ".git"
    if place.exists():
        raise NoHistoryError(f"{place} is there already")
    try:
        _run(git, "init", "-q", "--template=")
        _run(git, "config", "core.autocrlf", "false")
        _run(git, "fast-import", "--quiet", "--done", stream=_write_stream(commits))
        _run(git, "symbolic-ref", "HEAD", _BRANCH)
        _run(git, "read-tree", "HEAD")
        _run(git, "update-index", "-q", "--refresh")
    except NoHistoryError:
        shutil.rmtree(place, ignore_errors=True)  # half a past would be worse than none
        raise


_NO_SETTINGS = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_DEFAULT_HASH": "sha1",
}
_BRANCH = "refs/heads/main"
_COMMITTER = "You <you@example.org>"
_HOUR = 20 * 60 * 60
"""At which an evening's commit is made, in seconds since midnight, UTC."""


def _run(git: Git, *args: str, stream: Iterable[str | bytes] = ()) -> None:
    with ask(git, args, stream) as answer:
        answer.read_rest()


def _write_stream(commits: Iterable[NewCommit]) -> Iterator[bytes]:
    """Write what `git fast-import` reads."""
    for commit in commits:
        seconds = (commit.day - date(1970, 1, 1)).days * 86400 + _HOUR
        yield f"commit {_BRANCH}\ncommitter {_COMMITTER} {seconds} +0000\n".encode()
        yield from _write_data(commit.message.encode())
        yield from (f"D {path}\n".encode() for path in commit.removed)
        for path, raw in sorted(commit.written.items()):
            yield f"M 100644 inline {path}\n".encode()
            yield from _write_data(raw)
    yield b"done\n"


def _write_data(raw: bytes) -> Iterator[bytes]:
    yield f"data {len(raw)}\n".encode()
    yield raw
    yield b"\n"
