"""Writing while others write, and dying: every system call of a write is a place to step in.

The interpreter's own profiling hook stops before each call that the writer makes, so nothing of
vaultnet and nothing of the system is replaced. What editors save here keeps an old time of
modification: the writer's quiet time, which would catch most of it, is of no help.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from resting import rest
from vaultnet.errors import VaultnetError
from vaultnet.writer import disk, find_leftovers, is_own_text, read_leftover, write_note

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the calls of other systems differ")

BEFORE = b"# Ada\n- [ ] call\n- 2026-06-01 coffee\n"
OURS = b"# Ada\n- [x] call\n- 2026-06-01 coffee\n"
EDIT = b"- what the user has just typed\n"
TYPED = BEFORE + EDIT
TWICE = BEFORE + b"- first\n" + EDIT

Editor = Callable[[Path], Iterator[None]]
"""Does one step of saving at each `next`."""


# --- editors ------------------------------------------------------------------------------


def saves_in_place(note: Path) -> Iterator[None]:
    """Truncate and write at once."""
    note.write_bytes(TYPED)
    rest(note)
    yield


def saves_by_rename(note: Path) -> Iterator[None]:
    """Write beside, move over."""
    _move_over(note, TYPED)
    yield


def saves_slowly(note: Path) -> Iterator[None]:
    """Truncate, write the one half, write the other."""
    with note.open("wb", buffering=0) as file:
        rest(note)
        yield
        file.write(TYPED[:20])
        _rest_opened(file.fileno())
        yield
        file.write(TYPED[20:])
        _rest_opened(file.fileno())
    yield


def holds_it_open(note: Path) -> Iterator[None]:
    """Open it to write, think, and only then change it."""
    with note.open("r+b", buffering=0) as file:
        yield
        file.seek(0)
        file.write(TYPED)
        file.truncate()
        _rest_opened(file.fileno())
    yield


def appends_later(note: Path) -> Iterator[None]:
    """Open it to append, wait, and append."""
    with note.open("ab", buffering=0) as file:
        yield
        file.write(EDIT)
        _rest_opened(file.fileno())
    yield


def moves_the_old_away(note: Path) -> Iterator[None]:
    """Rename to a backup, write anew, drop the backup."""
    backup = note.with_name("Ada.md~")
    note.replace(backup)
    yield
    note.write_bytes(TYPED)
    rest(note)
    yield
    backup.unlink()
    yield


def deletes_and_writes(note: Path) -> Iterator[None]:
    """Drop the old, then write the new."""
    note.unlink(missing_ok=True)
    yield
    note.write_bytes(TYPED)
    rest(note)
    yield


def saves_twice_by_rename(note: Path) -> Iterator[None]:
    """Save, and soon once more: the second one counts."""
    _move_over(note, BEFORE + b"- first\n")
    yield
    _move_over(note, TWICE)
    yield


def saves_twice_in_place(note: Path) -> Iterator[None]:
    """Save, and soon once more: the second one counts."""
    note.write_bytes(BEFORE + b"- first\n")
    rest(note)
    yield
    note.write_bytes(TWICE)
    rest(note)
    yield


def _move_over(note: Path, raw: bytes) -> None:
    beside = note.with_name("editor.tmp")
    beside.write_bytes(raw)
    rest(beside)
    beside.replace(note)


def _rest_opened(opened: int) -> None:
    then = time.time() - 60
    os.utime(opened, (then, then))


EDITORS: tuple[Editor, ...] = (
    saves_in_place,
    saves_by_rename,
    saves_slowly,
    holds_it_open,
    appends_later,
    moves_the_old_away,
    deletes_and_writes,
    saves_twice_by_rename,
    saves_twice_in_place,
)
NOTICED_BY_LEASE = (holds_it_open, appends_later)


# --- stepping -----------------------------------------------------------------------------


def step(work: Callable[[], bool], at: Callable[[int, str], None]) -> tuple[bool | str, list[str]]:
    """Do the work, and call `at` with number and name before each system call of the writer.

    Gives what came of it (a refusal as its message) and the names of all the calls.
    """
    calls: list[str] = []

    def stop(frame: FrameType, event: str, arg: object) -> None:
        code = frame.f_code
        if event == "c_call" and getattr(arg, "__module__", "") in {"posix", "fcntl"}:
            name = str(getattr(arg, "__name__", ""))
            if name in {"_path_normpath", "fspath", "strerror"}:  # no calls of the system
                return
        elif event == "call" and code.co_name == "_rename" and code.co_filename == disk.__file__:
            name = "exchange"  # called by address: Python shows only the function around it
        else:
            return
        calls.append(name)
        at(len(calls) - 1, name)

    sys.setprofile(stop)
    try:
        done: bool | str = work()
    except VaultnetError as refused:
        done = str(refused)
    finally:
        sys.setprofile(None)
    return done, calls


def _nothing(number: int, name: str) -> None:
    pass


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make an empty vault, with a state folder beside it; in memory, if the system has such a disk.

    Thousands of writes wait for the disk thousands of times; what is seen in between is the same.
    """
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as top:
        monkeypatch.setenv("XDG_STATE_HOME", f"{top}/state")
        monkeypatch.setenv("HOME", f"{top}/state")
        root = Path(top, "vault")
        root.mkdir()
        yield root


def _start(root: Path) -> Path:
    """Put everything back to what it was before, so that each run makes the same calls."""
    shutil.rmtree(root.parent / "state", ignore_errors=True)
    for place in root.iterdir():
        place.unlink()
    note = root / "Ada.md"
    note.write_bytes(BEFORE)
    return rest(note)


def _replace(root: Path) -> bool:
    return write_note(root, "Ada.md", OURS.decode(), before=BEFORE)


def _can_exchange(root: Path) -> bool:
    one, other = root / "one", root / "other"
    one.touch()
    other.touch()
    return disk.exchange(str(one), str(other))


def _list_calls(root: Path) -> list[str]:
    _start(root)
    assert _replace(root)  # so that what is imported late has been
    _start(root)
    done, calls = step(lambda: _replace(root), _nothing)
    assert done is True
    assert calls.count("exchange") == 1
    return calls


def _interleave(root: Path, editor: Editor, start: int, gap: int) -> tuple[bool | str, Path]:
    """Write while an editor saves: its first step at call `start`, the others `gap` calls apart."""
    note = _start(root)
    saving = editor(note)

    def at(number: int, _: str) -> None:
        if number >= start and (number - start) % gap == 0:
            next(saving, None)

    done, _ = step(lambda: _replace(root), at)
    for _ in saving:  # what it does after we are done
        pass
    return done, note


# --- interleavings ------------------------------------------------------------------------


def test_every_step_is_on_the_disk_before_the_next(vault: Path) -> None:
    """Bytes, what is kept, and only then the exchange; the new name last, after tidying up."""
    calls = [call for call in _list_calls(vault) if call in STEPS]
    text = ["open", "write", "fsync"]
    folders = ["mkdir", "open", "fsync"] * 4
    kept = [*folders, *text, "open", "fsync"]
    look = ["open", "read", "read"]
    swapped = ["exchange", *look, "unlink", "open", "fsync"]
    remembered = ["mkdir", "open", *text, "replace", "unlink"]
    assert calls == [*look, *text, *kept, *look, *swapped, *remembered]


STEPS = set("exchange fsync link mkdir open read rename replace unlink write".split())
"""What changes the disk or looks at what is on it."""


@pytest.mark.parametrize("editor", EDITORS)
def test_no_edit_is_lost_whenever_it_is_saved(
    vault: Path, editor: Editor, record_property: Callable[[str, object], None]
) -> None:
    """Whatever an editor does between any two calls, what the user typed stands in the note."""
    if not _can_exchange(vault):
        pytest.skip("this disk cannot exchange files")
    if editor in NOTICED_BY_LEASE and sys.platform != "linux":
        pytest.skip("only Linux tells that a file is open for writing")
    calls = len(_list_calls(vault))
    tried = 0
    for gap in (1, 3, 7, 19):
        for start in range(calls + 1):
            done, note = _interleave(vault, editor, start, gap)
            told = f"{editor.__name__} from call {start}, {gap} apart: {done}"
            assert EDIT in note.read_bytes(), told
            assert done is True or "changed" in str(done) or "suddenly" in str(done), told
            left = {place.name for place in vault.iterdir()} - {"Ada.md"}
            if editor not in {saves_twice_by_rename, saves_twice_in_place}:
                assert left == set(), told
            tried += 1
    record_property("interleavings", tried)


def test_without_exchange_the_window_is_one_call(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit is lost right before the call that replaces the note, and nowhere else."""
    monkeypatch.setattr("ctypes.CDLL", _no_library)
    calls = _list_calls(vault)
    window = calls.index("replace")  # the next one is that of our memory
    assert calls[window - 1] == "stat"
    for editor in (saves_in_place, saves_by_rename):
        lost = [
            start
            for start in range(len(calls) + 1)
            if EDIT not in _interleave(vault, editor, start, 1)[1].read_bytes()
        ]
        assert lost == [window]


def _no_library(*_: object, **__: object) -> None:
    raise OSError(errno.ENOENT, "no such library")


# --- death and faults ---------------------------------------------------------------------

LEFT = re.compile(r"\.Ada\.md\.[0-9a-f]{8}\.tmp")


def test_killed_between_any_two_calls_the_note_is_old_or_new(vault: Path) -> None:
    """Nothing but a hidden file is left, no line is gone from the disk, and it works again."""
    for number in range(len(_list_calls(vault)) + 1):
        note = _start(vault)
        _die(number, lambda: _replace(vault))
        found = note.read_bytes()
        assert found in {BEFORE, OURS}, number
        left = [place for place in vault.iterdir() if place != note]
        assert all(LEFT.fullmatch(place.name) for place in left), number
        for leftover in find_leftovers(vault):
            raw = read_leftover(leftover)
            assert raw in {b"", BEFORE, OURS}, number
            assert is_own_text(leftover, raw) == (raw == OURS), number
        assert len(find_leftovers(vault)) == len(left), number
        if found == OURS:
            kept = [place.read_bytes() for place in (vault.parent / "state").rglob("Ada.md")]
            assert BEFORE in kept, number
        assert write_note(vault, "Ada.md", OURS.decode(), before=found) == (found == BEFORE)
        assert note.read_bytes() == OURS


def test_killed_while_a_note_is_made_it_is_absent_or_whole(vault: Path) -> None:
    """A half note is never seen, and the next run makes it."""

    def work() -> bool:
        return write_note(vault, "Network/Ada.md", OURS.decode(), before=None)

    _, calls = step(work, _nothing)
    for number in range(len(calls) + 1):
        shutil.rmtree(vault / "Network")
        _die(number, work)
        note = vault / "Network" / "Ada.md"
        found = note.read_bytes() if note.exists() else None
        assert found in {None, OURS}, number
        left = {place.name for place in vault.rglob("*")} - {"Network", "Ada.md"}
        assert all(map(LEFT.fullmatch, left)), number
        assert write_note(vault, "Network/Ada.md", OURS.decode(), before=found) == (found is None)
        assert not write_note(vault, "Network/Ada.md", OURS.decode(), before=None)


@pytest.mark.parametrize("editor", [saves_in_place, saves_by_rename])
def test_an_edit_and_then_a_death_lose_nothing(vault: Path, editor: Editor) -> None:
    """What the user typed stands in the note, or hidden beside it where `recover` finds it."""
    if not _can_exchange(vault):
        pytest.skip("this disk cannot exchange files")
    calls = len(_list_calls(vault))
    hidden = 0
    for start in range(calls):
        for number in (start, start + 1, start + 5):
            note = _start(vault)

            def edit(at: int, note: Path = note, start: int = start) -> None:
                if at == start:
                    next(editor(note))

            _die(number, lambda: _replace(vault), edit)
            on_disk = [place.read_bytes() for place in vault.iterdir()]
            assert any(EDIT in raw for raw in on_disk), (start, number)
            assert note.read_bytes() in {BEFORE, OURS, TYPED}, (start, number)
            if EDIT not in note.read_bytes():
                (leftover,) = find_leftovers(vault)
                assert not is_own_text(leftover, read_leftover(leftover)), (start, number)
                hidden += 1
    assert hidden > 0


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS, errno.EINTR])
def test_a_fault_of_any_call_leaves_old_or_new_and_says_so(vault: Path, number: int) -> None:
    """Success means new; a fault is told in a sentence; the next run works."""
    for failing in range(len(_list_calls(vault))):
        note = _start(vault)

        def fail(at: int, name: str, failing: int = failing) -> None:
            if at == failing and name not in {"access", "urandom"}:  # those report no faults
                raise OSError(number, os.strerror(number))

        try:
            done, calls = step(lambda: _replace(vault), fail)
        except OSError as error:
            pytest.fail(f"call {failing} was not caught: {error}")
        found = note.read_bytes()
        told = f"{calls[failing]} ({failing}): {done}"
        assert found in {BEFORE, OURS}, told
        assert done is not True or found == OURS, told
        if found == OURS and done is not True:
            assert re.search("did not confirm it|not all could be tidied up", str(done)), told
        left = [place for place in vault.iterdir() if place != note]
        assert all(LEFT.fullmatch(place.name) for place in left), told
        assert all(place.name in str(done) or place.read_bytes() == OURS for place in left), told


def test_an_interrupt_at_any_call_leaves_old_or_new(vault: Path) -> None:
    """Ctrl-C is a death that may still tidy up."""
    for failing in range(len(_list_calls(vault))):
        note = _start(vault)

        def interrupt(at: int, _: str, failing: int = failing) -> None:
            if at == failing:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            step(lambda: _replace(vault), interrupt)
        assert note.read_bytes() in {BEFORE, OURS}, failing


def _die(number: int, work: Callable[[], bool], edit: Callable[[int], None] | None = None) -> None:
    """Do the work in another process, and kill that before call `number`."""

    def at(reached: int, _: str) -> None:
        if edit is not None:
            edit(reached)
        if reached == number:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            step(work, at)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in {0, signal.SIGKILL}
