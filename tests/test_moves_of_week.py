"""The plan's last part tells who moved since last week ended, as git remembers it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from resting import pass_tick, rest
from vaultnet import app
from vaultnet.core.calendar import week_of
from vaultnet.index.head import read_head
from vaultnet.index.listing import look_around, recall_plan
from vaultnet.planning import draft_week, write_week
from vaultnet.reading import read_vault

TODAY = date(2026, 11, 25)
MET = "---\ntype: person\n---\n## Log\n- 2026-10-01 coffee: boats\n"
FRIEND = MET.replace("type: person", "type: person\nrelationship: friend")

KEY = "a question"

Commit = Callable[[str], None]


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault with one contact, in a repository in which nothing is committed."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "vault"
    (root / "People").mkdir(parents=True)
    (root / "People/Ada.md").write_text(MET, encoding="utf-8")
    _git(root, "init", "-q", "-b", "main")
    return root


def commit(root: Path, day: str) -> None:
    """Commit all there is on a day."""
    when = f"{day}T12:00:00+00:00"
    _git(root, "add", "-A")
    _git(
        root,
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        day,
        GIT_COMMITTER_DATE=when,
        GIT_AUTHOR_DATE=when,
    )


def _git(root: Path, *words: str, text: str = "", **more: str) -> str:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
    who |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}
    done = subprocess.run(  # noqa: S603 - our own words
        ["git", *words],  # noqa: S607 - the git that is there
        cwd=root,
        env={**os.environ, **who, **more},
        input=text,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def told(root: Path, today: date = TODAY) -> list[str]:
    """List what the plan says of moves."""
    draft = app.draft_plan(read_vault(root, today, today), week_of(today))
    return [line for line in draft.text.split("\n") if "moved" in line]


def test_a_property_that_changed_is_a_move(vault: Path) -> None:
    """Dated logs cannot tell since when somebody is a friend; git can."""
    commit(vault, "2026-11-20")
    (vault / "People/Ada.md").write_text(FRIEND, encoding="utf-8")
    assert told(vault) == ["> - [[Ada]] moved in, to buddy (friend)."]
    commit(vault, "2026-11-24")
    assert told(vault) == ["> - [[Ada]] moved in, to buddy (friend)."]


def test_what_was_so_before_is_no_move(vault: Path) -> None:
    """A friend of last week is no news."""
    (vault / "People/Ada.md").write_text(FRIEND, encoding="utf-8")
    commit(vault, "2026-11-20")
    assert told(vault) == []


def test_git_is_asked_only_when_another_commit_is_checked_out(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the head stands still, what git said last time holds, even where git is gone."""
    commit(vault, "2026-11-20")
    assert told(vault) == []
    monkeypatch.setenv("PATH", "/nowhere")
    (vault / "People/Ada.md").write_text(FRIEND, encoding="utf-8")
    assert told(vault) == ["> - [[Ada]] moved in, to buddy (friend)."]
    monkeypatch.undo()


def test_that_git_could_not_be_asked_is_not_kept(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan made where git was not found, by a timer say, kept the moves out until the next commit.

    It even stayed up to date: nothing in the notes had changed since.
    """
    (vault / ".obsidian").mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(vault.parent / "state"))
    commit(vault, "2026-11-20")
    (vault / "People/Ada.md").write_text(FRIEND, encoding="utf-8")
    moved = ["> - [[Ada]] moved in, to buddy (friend)."]
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("PATH", "/nowhere")
        pass_tick()
        rest(write(vault)[1])
        pass_tick()
        lines, plan = write(vault)
        assert lines[1] == "It is up to date; nothing was written."
        assert "moved" not in plan.read_text(encoding="utf-8")
    assert recall_plan(vault, KEY, look_around(vault)) is None
    write(vault)
    assert [
        line for line in plan.read_text(encoding="utf-8").split("\n") if "moved" in line
    ] == moved


def test_what_was_not_fetched_is_asked_for_again(vault: Path, tmp_path: Path) -> None:
    """In a clone of the newest commit alone nothing moved, and once the others were there nothing either."""
    commit(vault, "2026-11-20")
    (vault / "People/Ada.md").write_text(FRIEND, encoding="utf-8")
    commit(vault, "2026-11-24")
    clone = tmp_path / "clone"
    _git(tmp_path, "clone", "-q", "--depth", "1", vault.as_uri(), str(clone))
    assert told(clone) == []
    _git(clone, "fetch", "-q", "--unshallow")
    assert told(clone) == ["> - [[Ada]] moved in, to buddy (friend)."]


def write(root: Path) -> tuple[Sequence[str], Path]:
    """Write the plan as `vaultnet plan` does; gives what is told, and the plan's place."""
    look = look_around(root)
    reading, draft = draft_week(root, TODAY, TODAY, look=look)
    return write_week(reading, draft, KEY, look, print), root / draft.path


@pytest.mark.parametrize("day", ["2026-10-20", "2026-11-26"])
def test_without_a_last_week_in_git_the_logs_tell(vault: Path, day: str) -> None:
    """Who has not committed for long, or looks back from today, is told by dated logs alone."""
    commit(vault, day)
    text = FRIEND.replace("2026-10-01", "2026-11-24")
    (vault / "People/Ada.md").write_text(text, encoding="utf-8")
    assert told(vault) == []  # by the logs a friend was always one


def test_a_broken_repository_stops_nothing(vault: Path) -> None:
    """Where git fails the plan is made all the same."""
    commit(vault, "2026-11-20")
    for path in (vault / ".git/objects").rglob("??????*"):
        if path.is_file():
            path.unlink()
    assert told(vault) == []


def test_commits_without_a_day_stop_nothing(vault: Path) -> None:
    """Where no commit of a repository had a date that git can read, there was a traceback for a plan."""
    commit(vault, "2026-11-20")
    tree = _git(vault, "rev-parse", "HEAD^{tree}")
    raw = f"tree {tree}\nauthor A <a@example.org>\ncommitter A <a@example.org>\n\nundated\n"
    id_ = _git(vault, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", text=raw)
    _git(vault, "update-ref", "HEAD", id_)
    (vault / "People/Ada.md").write_text(FRIEND, encoding="utf-8")
    assert told(vault) == []


def test_the_head_is_read_without_git(vault: Path, tmp_path: Path) -> None:
    """From a loose reference, a packed one, by itself, and in a worktree."""
    assert read_head(vault) == ""
    commit(vault, "2026-11-20")
    head = read_head(vault / "People")
    assert len(head) == 40
    _git(vault, "pack-refs", "--all")
    assert read_head(vault) == head
    _git(vault, "worktree", "add", "-q", str(tmp_path / "tree"))
    assert read_head(tmp_path / "tree") == head
    _git(vault, "checkout", "-q", "--detach")
    assert read_head(vault) == head
    assert read_head(tmp_path) == ""
