"""Writing: whole or not at all, never over an edit made meanwhile, never outside the vault."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from resting import AGO, rest
from vaultnet.errors import VaultnetError
from vaultnet.writer import create_note, locked, memory, read_bytes, write_note
from vaultnet.writer.places import find_memory
from vaultnet.writer.quiet import PATIENCE, QUIET, wait_until_quiet


@pytest.fixture(autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what vaultnet remembers out of the home of whoever runs the tests."""
    state = tmp_path_factory.mktemp("state")
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(state))


@pytest.fixture
def umask() -> Iterator[None]:
    """Use the usual umask, whatever that of the machine is."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _names(folder: Path) -> list[str]:
    return sorted(place.name for place in folder.iterdir())


@pytest.mark.usefixtures("umask")
def test_new_note(tmp_path: Path) -> None:
    """A note that does not exist is created with its folders, and nothing is left beside it."""
    assert write_note(tmp_path, "Network/2026/Plan.md", "é\r\n", before=None)
    folder = tmp_path / "Network" / "2026"
    assert (folder / "Plan.md").read_bytes() == b"\xc3\xa9\r\n"
    assert stat.S_IMODE((folder / "Plan.md").stat().st_mode) == 0o644
    assert _names(folder) == ["Plan.md"]


def test_replaced(tmp_path: Path) -> None:
    """A note is replaced if it still is what was read, and keeps its mode."""
    note = tmp_path / "Ada.md"
    note.write_bytes(b"a")
    rest(note).chmod(0o640)
    before = read_bytes(tmp_path, "Ada.md")
    assert before == b"a"
    assert write_note(tmp_path, "Ada.md", "b", before=before)
    assert note.read_bytes() == b"b"
    assert stat.S_IMODE(note.stat().st_mode) == 0o640
    assert _names(tmp_path) == ["Ada.md"]


def test_same_bytes(tmp_path: Path) -> None:
    """A note that holds the text already is not touched, whatever the caller had read."""
    note = tmp_path / "Ada.md"
    note.write_bytes(b"a\n")
    os.utime(note, ns=(1, 1))
    was = note.stat()
    assert not write_note(tmp_path, "Ada.md", "a\n", before=b"a\n")
    assert not write_note(tmp_path, "Ada.md", "a\n", before=None)
    assert (note.stat().st_mtime_ns, note.stat().st_ino) == (1, was.st_ino)


@pytest.mark.parametrize("before", [None, b"", b"a", b"the user's own\n"])
def test_changed_meanwhile(tmp_path: Path, before: bytes | None) -> None:
    """A note that is no longer what was read stays as it is, and the error says so."""
    note = tmp_path / "Ada.md"
    note.write_bytes(b"the user's own")
    with pytest.raises(VaultnetError) as refused:
        write_note(tmp_path, "Ada.md", "ours", before=before)
    assert str(refused.value) == (
        "Ada.md changed while vaultnet was working; nothing was written. Run it again."
    )
    assert note.read_bytes() == b"the user's own"
    assert _names(tmp_path) == ["Ada.md"]


def test_gone_meanwhile(tmp_path: Path) -> None:
    """A note that was deleted meanwhile does not come back."""
    with pytest.raises(VaultnetError, match="changed while vaultnet was working"):
        write_note(tmp_path, "Network/Ada.md", "b", before=b"a")
    assert _names(tmp_path) == []


@pytest.mark.parametrize(
    "path", ["../out.md", "/out.md", "a/../../out.md", "", "a//b.md", "./a.md", "a\\b.md", "a\0.md"]
)
def test_path_outside(tmp_path: Path, path: str) -> None:
    """A path that is none inside the vault is refused."""
    vault = tmp_path / "vault"
    vault.mkdir()
    with pytest.raises(VaultnetError, match="is no path inside the vault"):
        write_note(vault, path, "x", before=None)
    with pytest.raises(VaultnetError, match="is no path inside the vault"):
        create_note(vault, path, "x")
    with pytest.raises(VaultnetError, match="is no path inside the vault"):
        read_bytes(vault, path)
    assert _names(tmp_path) == ["vault"]


def test_links(tmp_path: Path) -> None:
    """A link out of the vault is refused, for note and folder; one inside it is kept."""
    vault = tmp_path / "vault"
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "Ada.md").write_bytes(b"a")
    (vault / "Real").mkdir(parents=True)
    (vault / "Real" / "Ada.md").write_bytes(b"a")
    (vault / ".git").mkdir()
    (vault / "Out").symlink_to("../out")
    (vault / "Out.md").symlink_to("../out/Ada.md")
    (vault / "New.md").symlink_to("../out/New.md")
    (vault / "Hidden").symlink_to(".git")
    (vault / "In.md").symlink_to("Real/Ada.md")
    for path in ("Out/Ada.md", "Out/deep/Ada.md", "Out.md", "New.md"):
        with pytest.raises(VaultnetError, match="leads out of the vault"):
            write_note(vault, path, "b", before=b"a")
        with pytest.raises(VaultnetError, match="leads out of the vault"):
            read_bytes(vault, path)
    with pytest.raises(VaultnetError, match="lies in a hidden folder"):
        write_note(vault, "Hidden/config", "b", before=None)
    rest(vault / "Real" / "Ada.md")
    assert write_note(vault, "In.md", "b", before=b"a")
    assert (vault / "In.md").is_symlink()
    assert (vault / "Real" / "Ada.md").read_bytes() == b"b"
    assert _names(tmp_path / "out") == ["Ada.md"]
    assert (tmp_path / "out" / "Ada.md").read_bytes() == b"a"


def test_vault_through_a_link(tmp_path: Path) -> None:
    """A vault that is itself reached through a link is written into."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "door").symlink_to("vault")
    assert write_note(tmp_path / "door", "Ada.md", "a", before=None)
    assert read_bytes(tmp_path / "vault", "Ada.md") == b"a"


def test_no_regular_file(tmp_path: Path) -> None:
    """A FIFO or a folder in the place of a note blocks nothing and is left alone."""
    os.mkfifo(tmp_path / "Fifo.md")
    (tmp_path / "Folder.md").mkdir()
    for path in ("Fifo.md", "Folder.md"):
        with pytest.raises(VaultnetError, match="is no regular file"):
            write_note(tmp_path, path, "x", before=None)
    (tmp_path / "note").write_bytes(b"")
    with pytest.raises(VaultnetError, match=r"^note/Ada.md cannot be read: Not a directory\.$"):
        write_note(tmp_path, "note/Ada.md", "x", before=None)
    with (tmp_path / "Big.md").open("wb") as big:
        big.truncate(1 << 40)
    with pytest.raises(VaultnetError, match="is larger than 1 MiB"):
        read_bytes(tmp_path, "Big.md")


def test_no_unicode(tmp_path: Path) -> None:
    """Text that no UTF-8 can hold is refused before anything is touched."""
    with pytest.raises(VaultnetError, match="its text is no Unicode"):
        write_note(tmp_path, "Network/Ada.md", "\udcff", before=None)
    assert _names(tmp_path) == []


def test_long_name(tmp_path: Path) -> None:
    """A name as long as the system allows leaves room for the file beside it."""
    name = f"{'é' * 126}.md"
    assert write_note(tmp_path, name, "a", before=None)
    assert _names(tmp_path) == [name]
    with pytest.raises(VaultnetError, match="cannot be read: File name too long"):
        write_note(tmp_path, f"{'é' * 200}.md", "a", before=None)


def test_failure_leaves_nothing(tmp_path: Path) -> None:
    """When the disk refuses, the note is whole and nothing lies beside it."""
    resource = pytest.importorskip("resource")
    note = tmp_path / "Ada.md"
    note.write_bytes(b"a")
    rest(note)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(VaultnetError, match=r"^Ada.md cannot be written: File too large\.$"):
            write_note(tmp_path, "Ada.md", "b" * 5000, before=b"a")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert note.read_bytes() == b"a"
    assert _names(tmp_path) == ["Ada.md"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everything")
def test_no_permission(tmp_path: Path) -> None:
    """A read-only note and a read-only folder are left as they are."""
    note = tmp_path / "vault" / "Ada.md"
    note.parent.mkdir()
    note.write_bytes(b"a")
    note.chmod(0o444)
    with pytest.raises(VaultnetError, match=r"^Ada.md is read-only and was left as it is\.$"):
        write_note(note.parent, "Ada.md", "b", before=b"a")
    note.parent.chmod(0o555)
    try:
        with pytest.raises(VaultnetError, match=r"^Bo.md cannot be written: Permission denied\.$"):
            write_note(note.parent, "Bo.md", "b", before=None)
    finally:
        note.parent.chmod(0o755)
    assert note.read_bytes() == b"a"


# --- what is kept as it was ---------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="Python sets extended attributes on Linux only")
def test_attributes_and_owner(tmp_path: Path) -> None:
    """A file manager's tags stay on a note, and so does its owner where that is allowed."""
    note = tmp_path / "Ada.md"
    note.write_bytes(b"a")
    os.setxattr(note, "user.tags", b"friend")
    if os.geteuid() == 0:
        os.chown(note, 1234, 4321)
    note.chmod(0o2664)
    was = rest(note).stat()
    assert write_note(tmp_path, "Ada.md", "b", before=b"a")
    assert os.getxattr(note, "user.tags") == b"friend"
    now = note.stat()
    assert (now.st_uid, now.st_gid, now.st_mode) == (was.st_uid, was.st_gid, was.st_mode)


def test_hard_link(tmp_path: Path) -> None:
    """A note with a second name is not parted from it."""
    note = tmp_path / "Ada.md"
    note.write_bytes(b"a")
    os.link(rest(note), tmp_path / "Same.md")
    with pytest.raises(VaultnetError, match=r"^Ada.md has a second name \(a hard link\)"):
        write_note(tmp_path, "Ada.md", "b", before=b"a")
    assert (tmp_path / "Same.md").read_bytes() == b"a"
    assert note.stat().st_nlink == 2
    assert _names(tmp_path) == ["Ada.md", "Same.md"]


def test_evicted(tmp_path: Path) -> None:
    """A note that iCloud took off this machine is not written anew, by no command."""
    (tmp_path / ".Ada.md.icloud").write_bytes(b"bplist00")
    with pytest.raises(VaultnetError, match=r"^Ada.md lies in iCloud and not on this machine"):
        write_note(tmp_path, "Ada.md", "b", before=None)
    with pytest.raises(VaultnetError, match="lies in iCloud"):
        create_note(tmp_path, "Ada.md", "b")
    assert _names(tmp_path) == [".Ada.md.icloud"]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (b"", "Ada.md is suddenly empty, as if it were just being saved or synced"),
        (b"# Ad", "Ada.md is suddenly less than half as long, as if"),
        (b"# Ada\n- c", "Ada.md changed while vaultnet was working"),
    ],
)
def test_caught_while_it_is_synced(tmp_path: Path, found: bytes, told: str) -> None:
    """What looks like half of a save is left alone and called so."""
    note = tmp_path / "Ada.md"
    note.write_bytes(found)
    with pytest.raises(VaultnetError) as refused:
        write_note(tmp_path, "Ada.md", "# Ada\n- coffee\n- tea\n", before=b"# Ada\n- coffee\n")
    assert str(refused.value).startswith(told)
    assert "nothing was written" in str(refused.value)
    assert note.read_bytes() == found
    assert _names(tmp_path) == ["Ada.md"]


# --- quiet time ---------------------------------------------------------------------------


class Night:
    """A clock that moves only by sleeping, and a note that is saved at given times."""

    def __init__(self, *saves: float) -> None:
        """Take the times of the saves, in seconds; it is 1000 now."""
        self.time = 1000.0
        self.saves = saves

    def mtime(self) -> int:
        """Give the latest save there has been, in nanoseconds."""
        return max(int(at * 1e9) for at in self.saves if at <= self.time or at == self.saves[0])

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        assert 0 < seconds <= PATIENCE
        self.time += seconds

    def wait(self, own: float = 0) -> tuple[bool, float]:
        """Wait for quiet; gives whether it came, and after how long."""
        done = wait_until_quiet(
            self.mtime, lambda at: at == int(own * 1e9), now=lambda: self.time, sleep=self.sleep
        )
        return done, round(self.time - 1000, 3)


def test_quiet_time() -> None:
    """A note rests two seconds after its latest save, an endless one is given up, ours is no noise."""
    assert Night(998).wait() == (True, 0)
    assert Night(999.5).wait() == (True, QUIET - 0.5)
    assert Night(999.5, 1001).wait() == (True, 1 + QUIET)
    assert Night(1000, *range(1000, 1100)).wait() == (False, PATIENCE)
    assert Night(999.5).wait(own=999.5) == (True, 0)
    assert Night(999.5, 1001).wait(own=1001) == (True, QUIET - 0.5)
    assert Night(1001).wait() == (True, 1 + QUIET)  # a clock a little ahead
    assert Night(5000).wait() == (True, 0)  # one that goes wrong
    assert wait_until_quiet(lambda: None, lambda _: False)


def test_a_note_that_was_just_saved_is_waited_for(tmp_path: Path) -> None:
    """A fresh save has to be two seconds old before it is replaced."""
    note = tmp_path / "Ada.md"
    note.write_bytes(b"a")
    almost = time.time() - QUIET + 0.2
    os.utime(note, (almost, almost))
    assert write_note(tmp_path, "Ada.md", "b", before=b"a")
    assert time.time() - almost >= QUIET


def test_our_own_writes_are_no_noise(tmp_path: Path) -> None:
    """One command after the other need not wait, until somebody else saves."""
    started = time.monotonic()
    assert write_note(tmp_path, "Ada.md", "0", before=None)
    for number in range(5):
        assert write_note(tmp_path, "Ada.md", f"{number + 1}", before=b"%d" % number)
    assert time.monotonic() - started < QUIET
    note = tmp_path / "Ada.md"
    assert memory.is_own_write(tmp_path, "Ada.md", note.stat().st_mtime_ns)
    note.write_bytes(b"6")
    assert not memory.is_own_write(tmp_path, "Ada.md", note.stat().st_mtime_ns)


def test_a_damaged_memory_is_no_memory(tmp_path: Path) -> None:
    """Whatever stands where our own writes are noted does not stop a write."""
    assert write_note(tmp_path, "Ada.md", "a", before=None)
    place = find_memory(tmp_path, "own")
    for raw in (b"", b"[]", b"{", b'{"Ada.md": "x"}', b"[" * 100_000, b"\xff"):
        place.write_bytes(raw)
        assert not memory.is_own_write(tmp_path, "Ada.md", 1)
        rest(tmp_path / "Ada.md")
        assert write_note(tmp_path, "Ada.md", f"{len(raw)}", before=read_bytes(tmp_path, "Ada.md"))
        assert memory.is_own_write(tmp_path, "Ada.md", (tmp_path / "Ada.md").stat().st_mtime_ns)


# --- what may go, and what is kept of it --------------------------------------------------


def _kept(root: Path) -> list[tuple[str, bytes]]:
    """List what was kept: path below the folder with the time, and bytes."""
    folder = find_memory(root, "kept")
    return sorted(
        ("/".join(place.relative_to(folder).parts[1:]), place.read_bytes())
        for place in folder.rglob("*")
        if place.is_file()
    )


def test_a_displaced_text_is_kept_if_a_line_would_be_gone(tmp_path: Path) -> None:
    """Lines added cost nothing, lines changed can be had back."""
    note = tmp_path / "People" / "Ada.md"
    note.parent.mkdir()
    note.write_bytes(b"# Ada\n\n- coffee")
    rest(note)
    assert write_note(
        tmp_path, "People/Ada.md", "# Ada\n- coffee\n- tea\n", before=note.read_bytes()
    )
    assert _kept(tmp_path) == []
    assert write_note(tmp_path, "People/Ada.md", "# Ada\n- coffee\n", before=note.read_bytes())
    assert _kept(tmp_path) == [("People/Ada.md", b"# Ada\n- coffee\n- tea\n")]
    assert write_note(tmp_path, "People/Ada.md", "# Ada\r\n- coffee\r\n", before=note.read_bytes())
    assert len(_kept(tmp_path)) == 2
    note.write_bytes(b"# Ada\n- tea\n- tea\n")
    rest(note)
    assert write_note(tmp_path, "People/Ada.md", "# Ada\n- tea\n", before=note.read_bytes())
    assert len(_kept(tmp_path)) == 3
    folder = find_memory(tmp_path, "kept")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_is_displaced_that_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a place to keep a line that would go, it does not go; one is told how to mend that."""
    note = tmp_path / "vault" / "Ada.md"
    note.parent.mkdir()
    note.write_bytes(b"a\n")
    (tmp_path / "state").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    rest(note)
    with pytest.raises(VaultnetError, match=r"could not be kept first .*Set XDG_STATE_HOME to"):
        write_note(note.parent, "Ada.md", "b\n", before=b"a\n")
    assert note.read_bytes() == b"a\n"
    assert _names(note.parent) == ["Ada.md"]
    assert write_note(note.parent, "Ada.md", "a\nb\n", before=b"a\n")


def test_what_was_kept_is_dropped_after_thirty_days(tmp_path: Path) -> None:
    """A month is long enough to notice, and what is not ours in that folder stays."""
    kept = Path(memory.keep(tmp_path, "Ada.md", b"a"))
    mine = kept.parent / "2020-01-01 mine"
    mine.mkdir()
    memory.forget_old(tmp_path, time.time() + 29 * 86400)
    assert _names(kept.parent) == sorted([mine.name, kept.name])
    memory.forget_old(tmp_path, time.time() + 31 * 86400)
    assert _names(kept.parent) == [mine.name]


def test_what_a_death_left_of_our_memory_goes_too(tmp_path: Path) -> None:
    """A month later, when its name is ours and the vault is this one."""
    assert write_note(tmp_path, "Ada.md", "a", before=None)
    own = find_memory(tmp_path, "own")
    ours = own.with_name(f"{own.name}.0123abcd.tmp")
    others = [own.with_name(name) for name in (f"{own.name}.x.tmp", "x.own.0123abcd.tmp")]
    for place in (ours, *others):
        place.touch()
    memory.forget_old(tmp_path, time.time() + 29 * 86400)
    assert ours.exists()
    memory.forget_old(tmp_path, time.time() + 31 * 86400)
    assert not ours.exists()
    assert all(place.exists() for place in (own, *others))


def test_what_lies_among_the_kept_and_is_none_stays(tmp_path: Path) -> None:
    """Neither listed nor dropped: a day that no calendar has, a name of another sort."""
    kept = Path(memory.keep(tmp_path, "Ada.md", b"a"))
    for name in ("2020-02-31T00-00-00Z.01234567", "2020-01-01T00-00-00Z.mine"):
        (kept.parent / name).mkdir()
    assert [folder for _, _, folder in memory.list_kept(tmp_path)] == [str(kept)]
    memory.forget_old(tmp_path, time.time())
    assert len(_names(kept.parent)) == 3


def test_only_lines_that_may_go_are_removed(tmp_path: Path) -> None:
    """A command that would remove another line than its own is stopped by the bytes."""
    note = tmp_path / "Ada.md"
    before = b"# Ada\n- [ ] call\n\n- mine \xff\n"
    note.write_bytes(before)
    rest(note)

    def write(text: str) -> bool:
        return write_note(tmp_path, "Ada.md", text, before=before, removable=["- [ ] call", "x"])

    with pytest.raises(VaultnetError) as refused:
        write("# Ada\n- [x] call\n")
    assert str(refused.value) == (
        "Ada.md was left as it is: writing it would have removed a line that is not vaultnet's to "
        "remove: '- mine \\udcff'. Please report this."
    )
    assert note.read_bytes() == before
    before = b"# Ada\n- [ ] call\n\n- mine\n"
    note.write_bytes(before)
    rest(note)
    assert write("# Ada\n- [x] call\n- mine\n- new")


def test_memory_knows_notes_that_rested(tmp_path: Path) -> None:
    """What is older than any wait is not remembered: the memory stays small."""
    old = time.time_ns() - AGO
    memory.remember_write(tmp_path, "Old.md", old)
    memory.remember_write(tmp_path, "New.md", time.time_ns())
    memory.remember_write(tmp_path, "Newer.md", time.time_ns())
    assert "Old.md" not in find_memory(tmp_path, "own").read_text(encoding="utf-8")
    assert "New.md" in find_memory(tmp_path, "own").read_text(encoding="utf-8")


# --- making, and two at once --------------------------------------------------------------


def test_create(tmp_path: Path) -> None:
    """`init` creates a file, never over one that exists, be it a broken link."""
    create_note(tmp_path, "Templates/Contact.md", "t")
    assert read_bytes(tmp_path, "Templates/Contact.md") == b"t"
    (tmp_path / "vaultnet.toml").write_bytes(b"me = 'x'")
    (tmp_path / "link.md").symlink_to("nowhere.md")
    for path in ("vaultnet.toml", "link.md"):
        with pytest.raises(VaultnetError) as refused:
            create_note(tmp_path, path, "ours")
        assert str(refused.value) == f"{path} exists already and was left as it is."
    assert _names(tmp_path) == ["Templates", "link.md", "vaultnet.toml"]
    assert read_bytes(tmp_path, "vaultnet.toml") == b"me = 'x'"


def test_many_writers(tmp_path: Path) -> None:
    """Of many that create one note at a time, one does, and the others are told."""
    barrier = threading.Barrier(8)
    outcomes: list[bool | str] = []

    def write(text: str) -> None:
        barrier.wait()
        try:
            outcomes.append(write_note(tmp_path, "Ada.md", text, before=None))
        except VaultnetError as refused:
            outcomes.append(str(refused))

    threads = [threading.Thread(target=write, args=(f"{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = "Ada.md changed while vaultnet was working; nothing was written. Run it again."
    assert sorted(outcomes, key=str) == [told] * 7 + [True]
    assert _names(tmp_path) == ["Ada.md"]


def test_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second vaultnet waits for the first, also when it names the vault by another path."""
    state = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    (tmp_path / "vault").mkdir()
    (tmp_path / "door").symlink_to("vault")
    with locked(tmp_path / "vault") as held:
        assert held
        with (
            pytest.raises(
                VaultnetError, match=r"^Another vaultnet has been writing here for 0\.05"
            ),
            locked(tmp_path / "door", patience=0.05),
        ):
            pass
        with locked(tmp_path, patience=0.05) as other:
            assert other
    with locked(tmp_path / "door", patience=0.05) as held:
        assert held
    assert _names(state) == ["vaultnet"]
    assert _names(tmp_path / "vault") == []


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is always filelock's there")
def test_lock_is_the_one_of_filelock(tmp_path: Path) -> None:
    """Whether filelock took the lock or it lay free, nobody else has it; no second file is made."""
    with locked(tmp_path):
        pass
    lock = find_memory(tmp_path, "lock")
    with locked(tmp_path), pytest.raises(Timeout):
        FileLock(lock).acquire(timeout=0.05)
    with FileLock(lock), pytest.raises(VaultnetError), locked(tmp_path, patience=0.05):
        pass
    with locked(tmp_path) as held:
        assert held
    assert _names(lock.parent) == [lock.name]


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is always filelock's there")
def test_a_lock_that_lies_free_is_taken_without_filelock(tmp_path: Path) -> None:
    """Loading filelock takes longer than writing a plan: only waiting, or the first lock, needs it."""
    take = (
        "import sys, pathlib, vaultnet.writer as w\n"
        "with w.locked(pathlib.Path(sys.argv[1])) as held: print(held, 'filelock' in sys.modules)"
    )
    told = [
        subprocess.check_output(  # noqa: S603 - our own interpreter, on the lines above
            [sys.executable, "-c", take, str(tmp_path)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            text=True,
        )
        for _ in range(2)
    ]
    assert told == ["True True\n", "True False\n"]


def test_a_killed_holder_frees_the_lock(tmp_path: Path) -> None:
    """Whoever dies in the middle of writing keeps nobody waiting."""
    hold = (
        "import sys, pathlib, vaultnet.writer as w\n"
        "with w.locked(pathlib.Path(sys.argv[1])) as held: print(held, flush=True); input()"
    )
    with subprocess.Popen(  # noqa: S603 - our own interpreter, on the lines above
        [sys.executable, "-c", hold, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        with (
            pytest.raises(VaultnetError, match="Another vaultnet"),
            locked(tmp_path, patience=0.05),
        ):
            pass
        holder.kill()
    with locked(tmp_path, patience=0.05) as held:
        assert held


def test_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no state can be kept, the work goes on, and the caller is told."""
    (tmp_path / "state").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with locked(tmp_path) as held:
        assert not held


def test_fault_under_lock(tmp_path: Path) -> None:
    """A fault while the lock is held passes through and lets it go."""
    with pytest.raises(VaultnetError, match=r"^mine$"), locked(tmp_path):
        raise VaultnetError("mine")
    with locked(tmp_path, patience=0.05) as held:
        assert held
