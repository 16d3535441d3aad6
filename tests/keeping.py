"""Build repositories for the tests, with a real git that knows nothing of this computer's user."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path


def environ(home: Path, **more: str) -> dict[str, str]:
    """Give an environment for git in which only `home` could hold settings."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.org",
        **more,
    }


def git(root: Path, *args: str, **more: str) -> str:
    """Run git as a user would, and give what it says."""
    done = subprocess.run(  # noqa: S603 - the tests' own words
        ["git", *args],  # noqa: S607 - the git of whoever runs the tests
        cwd=root,
        env=environ(root.parent, **more),
        check=True,
        capture_output=True,
        timeout=60,
    )
    return done.stdout.decode("utf-8", "surrogateescape")


def start(root: Path) -> Path:
    """Make an empty repository."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q", "-b", "main")
    return root


def write(root: Path, notes: Mapping[str, str | None]) -> None:
    """Write notes by path; None takes one away."""
    for path, text in notes.items():
        place = root / path
        if text is None:
            place.unlink()
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")


def commit(root: Path, day: date | str, notes: Mapping[str, str | None] | None = None) -> str:
    """Write notes, commit all on a day (or at a moment with its time zone), and give the id."""
    write(root, notes or {})
    when = day if isinstance(day, str) else f"{day}T12:00:00+00:00"
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "notes", GIT_COMMITTER_DATE=when)
    return git(root, "rev-parse", "HEAD").strip()
