"""Which commit is checked out, from git's own files: so that git is asked only when it has moved."""

# ruff: noqa: PTH112, PTH118, PTH120, PTH123 — as in `listing`.

from __future__ import annotations

import os

TYPE_CHECKING = False  # as in `clock`
if TYPE_CHECKING:
    from os import PathLike

_LONGEST = 1 << 20
_HEX = frozenset("0123456789abcdef")


def read_head(root: str | PathLike[str]) -> str:
    """Read the id of the commit that is checked out in the repository around a folder.

    Empty where there is none, nothing is committed, or its references are not kept in plain files.
    """
    folder, below = os.path.realpath(root), ""
    while folder != below:
        git = os.path.join(folder, ".git")
        if os.path.isdir(git):
            return _read_id(git, git)
        if told := _read(git).removeprefix("gitdir:").strip():  # of a worktree or a submodule
            own = os.path.join(folder, told)
            return _read_id(own, os.path.join(own, _read(os.path.join(own, "commondir")) or "."))
        folder, below = os.path.dirname(folder), folder
    return ""


def _read_id(own: str, common: str) -> str:
    head = _read(os.path.join(own, "HEAD"))
    ref = head.removeprefix("ref: ")
    if ref == head:
        return head if _is_id(head) else ""
    if not _is_ref(ref):
        return ""
    if _is_id(found := _read(os.path.join(common, ref))):
        return found
    for line in _read(os.path.join(common, "packed-refs")).splitlines():
        id_, _, name = line.partition(" ")
        if name == ref and _is_id(id_):
            return id_
    return ""


def _is_id(text: str) -> bool:
    """Whether it is a hash, SHA-1 or SHA-256."""
    return len(text) in {40, 64} and _HEX.issuperset(text)


def _is_ref(text: str) -> bool:
    """Whether it names a reference, as `refs/heads/main`, and nothing that leads elsewhere."""
    plain = not any(sign <= " " or sign == "\\" for sign in text)
    return text.startswith("refs/") and text != "refs/" and plain and ".." not in text


def _read(path: str) -> str:
    """Read a small file without waiting for a FIFO; empty where that cannot be done."""
    try:
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(opened, "rb") as file:
            return file.read(_LONGEST).decode("utf-8", "replace").strip()
    except (OSError, ValueError):  # ValueError: a name that holds a NUL
        return ""
