"""Which commit is checked out, from git's own files: so that git is asked only when it has moved."""

from __future__ import annotations

import os
import re
from pathlib import Path

_LONGEST = 1 << 20
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF = re.compile(r"ref: (refs/[^\x00-\x20\\]+)")


def read_head(root: Path) -> str:
    """Read the id of the commit that is checked out in the repository around a folder.

    Empty where there is none, nothing is committed, or its references are not kept in plain files.
    """
    top = Path(os.path.realpath(root))
    for folder in (top, *top.parents):
        git = folder / ".git"
        if git.is_dir():
            return _read_id(git, git)
        if told := _read(git).removeprefix("gitdir:").strip():  # of a worktree or a submodule
            own = folder / told
            return _read_id(own, own / (_read(own / "commondir") or "."))
    return ""


def _read_id(own: Path, common: Path) -> str:
    head = _read(own / "HEAD")
    ref = _REF.fullmatch(head)
    if ref is None:
        return head if _ID.fullmatch(head) else ""
    if ".." in ref[1]:
        return ""
    if _ID.fullmatch(found := _read(common / ref[1])):
        return found
    for line in _read(common / "packed-refs").splitlines():
        id_, _, name = line.partition(" ")
        if name == ref[1] and _ID.fullmatch(id_):
            return id_
    return ""


def _read(path: Path) -> str:
    """Read a small file without waiting for a FIFO; empty where that cannot be done."""
    try:
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(opened, "rb") as file:  # noqa: PTH123 - a descriptor
            return file.read(_LONGEST).decode("utf-8", "replace").strip()
    except OSError:
        return ""
