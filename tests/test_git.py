"""What git is asked: the answers, and that nothing of the vault's own runs meanwhile."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from keeping import commit, environ, git, start, write
from traps import marked, set_traps, snapshot, trapped, trapped_environ
from vaultnet.errors import NoHistoryError, UsageError
from vaultnet.history.git import (
    Change,
    Repository,
    compare,
    list_commits,
    open_repository,
    read_blobs,
)

MONDAY = date(2026, 11, 23)
MIB = 1 << 20


def ask_everything(root: Path, env: dict[str, str] | None = None) -> list[object]:
    """Ask all that vaultnet ever asks of git, and give the answers."""
    repository = open_repository(root, env or environ(root.parent), patience=10)
    commits = list_commits(repository)
    changes = list(compare(repository, [commit.tree for commit in commits]))
    blobs = [change.blob for pair in changes for change in pair if change.blob]
    return [len(commits), changes, list(read_blobs(repository, blobs, MIB))]


def opened(root: Path) -> Repository:
    """Open a repository as the user would have it."""
    return open_repository(root, environ(root.parent))


# --- the answers --------------------------------------------------------------------------


def test_commits_changes_and_texts(tmp_path: Path) -> None:
    """The first tree comes whole, later ones as what changed; a renamed note is known again."""
    root = start(tmp_path / "vault")
    one = commit(root, MONDAY, {"People/Ada.md": "Ada\n" * 9, "b.MD": "b", "c.txt": "no note"})
    two = commit(root, MONDAY, {"b.MD": "b2"})
    git(root, "mv", "People/Ada.md", "Ada Lovelace.md")
    three = commit(root, MONDAY, {"Ada Lovelace.md": "Ada\n" * 9 + "more", "b.MD": None})
    repository = opened(root)
    commits = list_commits(repository)
    assert [(c.id, c.day) for c in commits] == [(one, MONDAY), (two, MONDAY), (three, MONDAY)]

    trees = [c.tree for c in commits]
    first, second, none, third, last = compare(
        repository, [trees[0], trees[1], trees[1], trees[2], trees[2]]
    )
    texts = {"People/Ada.md": b"Ada\n" * 9, "b.MD": b"b"}
    assert [c.path for c in first] == list(texts)
    assert list(read_blobs(repository, [c.blob for c in first], MIB)) == list(texts.values())
    assert [(c.path, c.before) for c in second] == [("b.MD", "")]
    assert (none, last) == ((), ())
    assert [(c.path, c.before, bool(c.blob)) for c in third] == [
        ("Ada Lovelace.md", "People/Ada.md", True),
        ("b.MD", "", False),
    ]


def test_a_vault_may_be_any_folder_of_a_repository(tmp_path: Path) -> None:
    """Its name may hold what means something in patterns; notes outside are no notes of it."""
    folder = "my [v]*lt\n\\"
    root = start(tmp_path / "repository")
    odd = {
        "People/Ådä “x”\t.md": "a",
        "-rf.md": "b",
        ":(top)c.md": "c",
        "*.md": "d",
        "x\ny.md": "e",
    }
    notes = {f"{folder}/{path}": text for path, text in odd.items()}
    commit(root, MONDAY, {**notes, "other.md": "", "my v.md": "", "MY [V]*LT\n\\/a.md": ""})
    git(root, "mv", f"{folder}/*.md", "star.md")
    commit(root, MONDAY, {})
    repository = opened(root / folder)
    first, second = compare(repository, [c.tree for c in list_commits(repository)])
    assert {c.path for c in first} == odd.keys()
    assert [(c.path, c.blob) for c in second] == [("*.md", "")]


def test_bytes_that_are_no_text_come_through(tmp_path: Path) -> None:
    """A name that is no UTF-8 keeps its bytes as Python keeps them in paths."""
    root = start(tmp_path / "vault")
    (root / os.fsdecode(b"M\xfcller.md")).write_bytes(b"\xff\0\n")
    commit(root, MONDAY)
    blob = git(root, "hash-object", os.fsdecode(b"M\xfcller.md")).strip()
    assert ask_everything(root)[1:] == [[(Change("M\udcfcller.md", blob),)], [b"\xff\0\n"]]


def test_what_is_no_file_of_the_vault(tmp_path: Path) -> None:
    """A link is told as one, and a submodule not at all."""
    other = start(tmp_path / "other")
    commit(other, MONDAY, {"x.md": "x"})
    root = start(tmp_path / "vault")
    git(root, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "sub.md")
    (root / "link.md").symlink_to("sub.md/x.md")
    commit(root, MONDAY)
    [changes] = compare(opened(root), [c.tree for c in list_commits(opened(root))])
    assert [(c.path, c.link) for c in changes] == [("link.md", True)]


def test_a_blob_that_is_too_large_is_cut_and_one_that_is_missing_is_none(tmp_path: Path) -> None:
    """What follows is read all the same."""
    root = start(tmp_path / "vault")
    commit(root, MONDAY, {"large.md": "x" * 100, "fits.md": "y" * 99, "empty.md": ""})
    [changes] = compare(opened(root), [c.tree for c in list_commits(opened(root))])
    empty, fits, large = (c.blob for c in changes)
    tree = list_commits(opened(root))[0].tree
    asked = [large, "0" * 40, tree, empty, fits]
    expected = [b"x" * 100, None, None, b"", b"y" * 99]
    assert list(read_blobs(opened(root), asked, 99)) == expected
    assert list(read_blobs(opened(root), [large, fits], 50)) == [b"x" * 51, b"y" * 51]


def test_merges_worktrees_and_shallow_clones(tmp_path: Path) -> None:
    """Only the first-parent line counts; a worktree is a vault too; a shallow clone says so."""
    root = start(tmp_path / "vault")
    commit(root, MONDAY, {"a.md": "a"})
    git(root, "checkout", "-q", "-b", "side")
    commit(root, MONDAY, {"b.md": "b"})
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "side", GIT_COMMITTER_DATE="2026-11-24T12:00:00+00:00")
    git(root, "worktree", "add", "-q", "../tree", "side")
    assert [c.day.day for c in list_commits(opened(root))] == [23, 24]
    assert len(list_commits(opened(root), "side")) == 2
    assert ask_everything(tmp_path / "tree")[0] == 2
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "clone")
    assert not opened(root).shallow
    assert opened(tmp_path / "clone").shallow
    assert ask_everything(tmp_path / "clone")[0] == 1


def test_a_commit_belongs_to_the_day_its_maker_saw(tmp_path: Path) -> None:
    """Late on Sunday evening in Honolulu is Sunday, wherever the vault is read."""
    root = start(tmp_path / "vault")
    commit(root, "2026-11-22T23:30:00-10:00")
    commit(root, "2026-11-23T00:30:00+14:00")
    assert [c.day for c in list_commits(opened(root))] == [date(2026, 11, 22), MONDAY]


def test_ids_may_be_of_the_longer_kind(tmp_path: Path) -> None:
    """Repositories may use SHA-256."""
    root = tmp_path / "vault"
    root.mkdir()
    git(root, "init", "-q", "--object-format=sha256")
    commit(root, MONDAY, {"a.md": "a"})
    assert ask_everything(root)[2] == [b"a"]


def test_where_git_knows_nothing_it_says_so(tmp_path: Path) -> None:
    """No repository, no commit, no git, no such commit: each in words that end a sentence."""
    plain = tmp_path / "plain"
    plain.mkdir()
    with pytest.raises(NoHistoryError, match=r"^it is not kept in git$"):
        open_repository(
            plain, {**environ(tmp_path), "GIT_DIR": str(start(tmp_path / "b") / ".git")}
        )
    root = start(tmp_path / "vault")
    with pytest.raises(NoHistoryError, match=r"^nothing has been committed yet$"):
        list_commits(opened(root))
    commit(root, MONDAY)
    for rev in ("nowhere", "-h", "--output=x", "^main", "main..main", "", "a\nb", "--all"):
        with pytest.raises(UsageError, match="names no commit"):
            list_commits(opened(root), rev)
    for path in ("", "bin", os.pathsep, str(root), str(root / "bin")):
        with pytest.raises(NoHistoryError, match=r"^git was not found on this computer$"):
            open_repository(root, {"PATH": path})


def test_a_repository_that_is_damaged_is_told_of(tmp_path: Path) -> None:
    """Git's own words come with it, and nothing hangs."""
    root = start(tmp_path / "vault")
    commit(root, MONDAY, {"a.md": "a"})
    repository = opened(root)
    [found] = list_commits(repository)
    for place in sorted((root / ".git/objects").glob("??/*")):
        place.chmod(0o600)
        place.write_bytes(b"")
    with pytest.raises(NoHistoryError):
        list(compare(repository, [found.tree]))


def test_git_that_falls_silent_is_stopped(tmp_path: Path) -> None:
    """Settings that include a pipe would let it wait for ever."""
    root = start(tmp_path / "vault")
    os.mkfifo(tmp_path / "pipe")
    with (root / ".git/config").open("a") as config:
        config.write(f"[include]\n  path = {tmp_path / 'pipe'}\n")
    with pytest.raises(NoHistoryError, match="silent for too long"):
        open_repository(root, environ(tmp_path), patience=0.2)


# --- nothing runs -------------------------------------------------------------------------


def test_a_vault_whose_repository_is_all_traps_runs_nothing(tmp_path: Path) -> None:
    """Whatever is asked, with a hostile environment on top, no trap leaves its mark."""
    root, marks = trapped(tmp_path)
    before = snapshot(root)
    found = ask_everything(root, trapped_environ(root, marks))
    assert marked(marks) == set()
    assert found[0] == 2
    assert snapshot(root) == before


def test_the_traps_do_bite(tmp_path: Path) -> None:
    """The everyday commands, in that same vault, set off what the test above says is quiet."""
    root, marks = trapped(tmp_path)
    spare = ("-c", "filter.trap.process=")  # it ends git before the other traps are reached
    for words in ("status", "fetch", "log -p", "log -p --ext-diff", "commit -q --allow-empty -m x"):
        for options in ((), spare):
            with suppress(subprocess.CalledProcessError):
                git(root, *options, *words.split())
    assert {
        *("core.fsmonitor", "diff.trap.command", "diff.trap.textconv", "filter.trap.process"),
        *("hook-commit-msg", "hook-pre-commit", "hook-post-index-change", "remote-ext"),
    } <= marked(marks)


def lose_objects(root: Path) -> None:
    """Take away what a partial clone would fetch when it is asked for."""
    for name in git(root, "rev-list", "--objects", "--all").split("\n"):
        oid, _, path = name.partition(" ")
        if path.endswith(".md"):
            (root / ".git/objects" / oid[:2] / oid[2:]).unlink()


def test_what_a_partial_clone_lacks_is_not_fetched(tmp_path: Path) -> None:
    """To read history must not reach into the network, nor start what a remote's address names."""
    root = start(tmp_path / "vault")
    commit(root, MONDAY, {"a.md": "a\n" * 9, "b.md": "b"})
    repository = opened(root)
    commits = list_commits(repository)
    blobs = [c.blob for pair in compare(repository, [commits[0].tree]) for c in pair]
    lose_objects(root)
    set_traps(root, tmp_path / "marks")
    with suppress(NoHistoryError):
        assert list(read_blobs(repository, blobs, MIB)) == [None, None]
    assert marked(tmp_path / "marks") == set()


def replace_notes(root: Path) -> None:
    """Put another text in a note's place, as `git replace` does."""
    (old,) = git(root, "rev-parse", "HEAD:a.md").split()
    (new,) = git(root, "rev-parse", "HEAD:b.md").split()
    git(root, "replace", old, new)


def graft_parents(root: Path) -> None:
    """Cut a commit off from its parents, as grafts do."""
    head = git(root, "rev-parse", "HEAD")
    write(root, {".git/info/grafts": head})


@pytest.mark.parametrize("change", [replace_notes, graft_parents])
def test_history_is_what_was_committed(tmp_path: Path, change: Callable[[Path], None]) -> None:
    """Neither replacements nor grafts can tell it otherwise."""
    root = start(tmp_path / "vault")
    commit(root, MONDAY, {"a.md": "a", "b.md": "b"})
    commit(root, MONDAY, {"b.md": "c"})
    before = ask_everything(root)
    change(root)
    assert ask_everything(root) == before


def test_a_bare_repository_in_the_vault_is_a_folder_like_any_other(tmp_path: Path) -> None:
    """A vault that looks like git's own folder is no repository."""
    source = start(tmp_path / "source")
    commit(source, MONDAY, {"a.md": "a"})
    git(tmp_path, "clone", "-q", "--bare", "source", "vault")
    marks = tmp_path / "marks"
    marks.mkdir()
    with (tmp_path / "vault/config").open("a") as config:
        config.write(f"[core]\n\tfsmonitor = touch '{marks}/x'\n")
    with pytest.raises(NoHistoryError, match=r"^it is not kept in git$"):
        ask_everything(tmp_path / "vault")
    assert marked(marks) == set()


def test_a_work_tree_that_lies_elsewhere_is_not_followed(tmp_path: Path) -> None:
    """Settings may move the work tree; then what git holds is not this vault."""
    root = start(tmp_path / "vault")
    commit(root, MONDAY, {"a.md": "a"})
    (tmp_path / "other").mkdir()
    git(root, "config", "core.worktree", str(tmp_path / "other"))
    with pytest.raises(NoHistoryError, match=r"^git keeps its work tree elsewhere$"):
        ask_everything(root)


def test_a_file_that_points_to_another_repository(tmp_path: Path) -> None:
    """Git follows it, and its traps stay quiet as well."""
    hidden, marks = trapped(tmp_path)
    root = tmp_path / "pointing"
    root.mkdir()
    (root / ".git").write_text(f"gitdir: {hidden / '.git'}\n")
    ask_everything(root, trapped_environ(root, marks))
    assert marked(marks) == set()
