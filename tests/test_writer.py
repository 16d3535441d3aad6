"""Writing: whole or not at all, never over an edit made meanwhile, never outside the vault."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaultnet.errors import VaultnetError
from vaultnet.writer import create_note, locked, read_bytes, write_note


@pytest.fixture(autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep lock files out of the home of whoever runs the tests."""
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
    note.chmod(0o640)
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
