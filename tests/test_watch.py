"""The watcher on a real disk: what it hears, what it finds by walking, and when it calls."""

from __future__ import annotations

import errno
import json
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from vaultnet import watch
from vaultnet.errors import VaultnetError
from vaultnet.index.listing import SETTINGS

LONG = 20.0
"""Seconds that a test waits for what must come; it comes in a tenth of one."""
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


class EndError(Exception):
    """Ends a watch from inside a test."""


@dataclass
class Watched:
    """A vault that is watched by another thread, which tells here what it calls."""

    root: Path
    calls: queue.Queue[frozenset[str] | None] = field(default_factory=queue.Queue)
    sentences: queue.Queue[str] = field(default_factory=queue.Queue)
    today: date = MONDAY
    wish: float | None = None
    """What the next call gives; once."""
    ended: bool = False

    def look(self, moved: frozenset[str] | None) -> float | None:
        """Is called by the watch."""
        self.calls.put(moved)
        wish, self.wish = self.wish, None
        return wish

    def day(self) -> date:
        """Is asked by the watch whenever it wakes."""
        if self.ended:
            raise EndError
        return self.today

    def run(self) -> None:
        """Watch until the test ends."""
        with suppress(EndError):
            watch.keep_watch(
                self.root, self.look, settings=SETTINGS, day=self.day, tell=self.sentences.put
            )

    def write(self, path: str, text: str = "x\n") -> None:
        """Save a note in place."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def next(self) -> set[str] | None:
        """Wait for the next call."""
        moved = self.calls.get(timeout=LONG)
        return None if moved is None else set(moved)

    def until(self, *paths: str) -> list[set[str]]:
        """Wait for calls until these paths have been told; gives the calls."""
        missing, calls = set(paths), []
        latest = time.monotonic() + LONG
        while missing:
            assert time.monotonic() < latest, missing
            moved = self.next()
            assert moved is not None
            missing -= moved
            calls.append(moved)
        return calls


Watcher = Callable[[Path], Watched]


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    """Watch a vault in another thread for the time of a test."""
    running: list[tuple[Watched, threading.Thread]] = []

    def start(root: Path) -> Watched:
        watched = Watched(root)
        thread = threading.Thread(target=watched.run)
        thread.start()
        running.append((watched, thread))
        assert watched.next() is None
        return watched

    yield start
    for watched, thread in running:
        watched.ended = True
        watched.write("End.md")
        thread.join(LONG)
        assert not thread.is_alive()


@pytest.fixture(autouse=True)
def _short_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save time: what is saved here is small."""
    monkeypatch.setattr(watch, "QUIET", 0.03)
    monkeypatch.setattr(watch, "LONGEST", 0.3)


@pytest.fixture(params=["inotify", "observer"])
def vault(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault, to be watched in the two ways there are."""
    if request.param == "observer":
        pytest.importorskip("watchdog.observers.inotify", exc_type=ImportError)
        monkeypatch.setitem(sys.modules, "watchdog.observers.inotify_c", None)
    elif sys.platform != "linux":
        pytest.skip("Linux alone has inotify")
    return make_vault(tmp_path)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Make a vault, to be watched as it is by default here."""
    return make_vault(tmp_path)


def make_vault(folder: Path) -> Path:
    """Write a few notes."""
    root = folder / "Notes"
    for path in ("People/Ada.md", "People/Bo.md", "Daily/2026-11-23.md"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x\n", encoding="utf-8")
    return root


# --- what is told -------------------------------------------------------------------------


def test_a_saved_note_is_told_by_its_path(vault: Path, watcher: Watcher) -> None:
    """One save in place, one call."""
    watched = watcher(vault)
    watched.write("People/Ada.md", "y\n")
    assert watched.next() == {"People/Ada.md"}


def test_an_atomic_save_is_told_once_and_its_temporary_file_never(
    plain: Path, watcher: Watcher
) -> None:
    """Many editors write beside the note and rename over it; vaultnet itself does."""
    watched = watcher(plain)
    beside = plain / "People" / ".Ada.md.1f2e.tmp"
    beside.write_text("y\n", encoding="utf-8")
    beside.replace(plain / "People" / "Ada.md")
    assert watched.next() == {"People/Ada.md"}


def test_renamed_and_deleted_notes_are_told(vault: Path, watcher: Watcher) -> None:
    """Both names of the one; and a note that leaves the vault is as good as deleted."""
    watched = watcher(vault)
    (vault / "People" / "Ada.md").rename(vault / "People" / "Ada Lovelace.md")
    watched.until("People/Ada.md", "People/Ada Lovelace.md")
    (vault / "People" / "Bo.md").rename(vault.parent / "Bo.md")
    watched.until("People/Bo.md")
    (vault / "Daily" / "2026-11-23.md").unlink()
    watched.until("Daily/2026-11-23.md")


def test_new_folders_are_heard_however_deep(
    vault: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies in them when they come is told, and so is what is saved there afterwards."""
    monkeypatch.setattr(watch, "AFTER", 1000.0)  # it must be heard, not found by a walk
    (vault.parent / "More" / "a" / "b").mkdir(parents=True)
    (vault.parent / "More" / "a" / "b" / "Cy.md").write_text("x\n", encoding="utf-8")
    watched = watcher(vault)
    (vault.parent / "More").rename(vault / "More")
    watched.until("More/a/b/Cy.md")
    watched.write("More/a/b/Cy.md", "y\n")
    watched.until("More/a/b/Cy.md")
    watched.write("New/c/Di.md")
    watched.until("New/c/Di.md")
    watched.write("New/c/Di.md", "y\n")
    watched.until("New/c/Di.md")


def test_a_folder_that_is_renamed_replaced_or_deleted_is_heard_on(
    plain: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notes are told under the names that they have; another folder of the same name is another one."""
    monkeypatch.setattr(watch, "AFTER", 1000.0)
    watched = watcher(plain)
    (plain / "People").rename(plain / "Persons")
    watched.until("People/Ada.md", "People/Bo.md", "Persons/Ada.md", "Persons/Bo.md")
    watched.write("Persons/Ada.md", "y\n")
    watched.until("Persons/Ada.md")
    (plain / "Persons").rename(plain.parent / "Elsewhere")
    watched.write("Persons/Ada.md", "another\n")
    watched.until("Persons/Ada.md", "Persons/Bo.md")
    watched.write("Persons/Ada.md", "and again\n")
    watched.until("Persons/Ada.md")
    shutil.rmtree(plain / "Daily")
    watched.until("Daily/2026-11-23.md")


def test_what_is_not_read_wakes_nobody(vault: Path, watcher: Watcher) -> None:
    """Dot-folders, other files, and Obsidian's many small files; but its settings and ours do."""
    for folder in (".git/refs", ".trash", ".obsidian/plugins/dice"):
        (vault / folder).mkdir(parents=True)
    watched = watcher(vault)
    for path in (
        ".git/refs/x.md",
        ".trash/Old.md",
        ".obsidian/workspace.json",
        ".Draft.md",
        "x.png",
    ):
        watched.write(path)
    watched.write(".obsidian/plugins/dice/data.json", "{}")
    watched.write(".obsidian/app.json", "{}")
    told = set().union(*watched.until(".obsidian/app.json"))
    watched.write("vaultnet.toml", "")
    told |= set().union(*watched.until("vaultnet.toml"))
    assert told == {".obsidian/app.json", "vaultnet.toml"}


def test_settings_of_a_folder_that_was_not_there_are_told(plain: Path, watcher: Watcher) -> None:
    """Obsidian opens the plain for the first time."""
    watched = watcher(plain)
    watched.write(".obsidian/plugins/periodic-notes/data.json", "{}")
    watched.until(".obsidian/plugins/periodic-notes/data.json")


def test_reading_wakes_nobody(plain: Path, watcher: Watcher) -> None:
    """Every note is read, and only the one saved afterwards is told."""
    watched = watcher(plain)
    for note in plain.rglob("*.md"):
        note.read_text(encoding="utf-8")
    watched.write("People/Ada.md", "y\n")
    assert watched.next() == {"People/Ada.md"}


def test_a_burst_is_one_call_or_a_few(plain: Path, watcher: Watcher) -> None:
    """Five hundred saves, and every path told."""
    watched = watcher(plain)
    paths = [f"People/{n}.md" for n in range(500)]
    began = time.monotonic()
    for path in paths:
        watched.write(path)
    took = time.monotonic() - began
    assert len(watched.until(*paths)) <= 2 + took / watch.LONGEST


# --- when it calls ------------------------------------------------------------------------


def test_a_look_may_wish_to_look_again(plain: Path, watcher: Watcher) -> None:
    """It is called at its time with nothing that moved, and not again."""
    watched = watcher(plain)
    watched.wish = 0.2
    watched.write("People/Ada.md", "y\n")
    assert watched.next() == {"People/Ada.md"}
    assert watched.next() == set()
    watched.write("People/Ada.md", "z\n")
    assert watched.next() == {"People/Ada.md"}


def test_a_new_day_is_noticed_by_itself(
    plain: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody needs to save anything at midnight."""
    monkeypatch.setattr(watch, "MINUTE", 0.05)
    watched = watcher(plain)
    watched.today = TUESDAY
    assert watched.next() == set()


def test_once_ends_when_nothing_is_wished_any_more(plain: Path) -> None:
    """It looks as often as the look wants to, and then it is over."""
    wishes = [0.01, 0.01, None]
    watch.keep_watch(
        plain,
        lambda _: wishes.pop(0),
        settings=SETTINGS,
        day=lambda: MONDAY,
        tell=pytest.fail,
        once=True,
    )
    assert wishes == []


def test_nothing_is_written_while_git_is_in_the_middle_of_something(
    plain: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge or a rebase would stumble over a note that changes under it."""
    monkeypatch.setattr(watch, "AWAY", 0.05)
    watched = watcher(plain)
    watched.write(".git/index.lock")
    watched.write("People/Ada.md", "y\n")
    assert watched.sentences.get(timeout=LONG) == (
        "git is in the middle of something (.git/index.lock): the plan waits."
    )
    watched.write("People/Bo.md", "y\n")
    assert watched.calls.empty()
    (plain / ".git" / "index.lock").unlink()
    watched.until("People/Ada.md", "People/Bo.md")
    assert watched.sentences.empty()


# --- what is not heard --------------------------------------------------------------------


def test_what_no_event_told_is_found_by_a_walk(
    plain: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network disk, where another machine writes: here a file behind a link."""
    monkeypatch.setattr(watch, "SLOW", 0.05)
    elsewhere = plain.parent / "elsewhere.md"
    elsewhere.write_text("x\n", encoding="utf-8")
    (plain / "Link.md").symlink_to(elsewhere)
    watched = watcher(plain)
    elsewhere.write_text("longer\n", encoding="utf-8")
    assert watched.next() == {"Link.md"}


def test_saves_that_never_end_keep_no_walk_away(
    plain: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that writes a note all the time hides nothing that is found by walking."""
    monkeypatch.setattr(watch, "SLOW", 0.0)
    monkeypatch.setattr(watch, "_OFTEN", 3)
    elsewhere = plain.parent / "elsewhere.md"
    elsewhere.write_text("x\n", encoding="utf-8")
    (plain / "Link.md").symlink_to(elsewhere)
    watched = watcher(plain)
    busy = threading.Event()

    def write_on() -> None:
        while not busy.wait(0.003):
            watched.write("Daily/2026-11-23.md")

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        watched.until("Daily/2026-11-23.md")
        elsewhere.write_text("longer\n", encoding="utf-8")
        watched.until("Link.md")
    finally:
        busy.set()
        writer.join()


def test_where_the_system_lets_nobody_listen_walks_do(
    plain: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit on inotify watches is said once, and every note is told all the same."""
    inotify_c = pytest.importorskip("watchdog.observers.inotify_c", exc_type=ImportError)

    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(inotify_c.InotifyFD, "add_callback", refuse)
    monkeypatch.setattr(watch, "FAST", 0.05)
    monkeypatch.setattr(watch, "AFTER", 1000.0)
    watched = watcher(plain)
    assert watched.sentences.get(timeout=LONG) == (
        "Changes are not heard here (the limit fs.inotify.max_user_watches is reached): "
        "looking every few seconds instead."
    )
    watched.write("People/Ada.md", "longer\n")
    assert watched.next() == {"People/Ada.md"}
    watched.write("New/Cy.md")
    assert watched.next() == {"New/Cy.md"}
    assert watched.sentences.empty()


def test_a_vault_that_goes_away_is_waited_for(
    vault: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No call while it is gone; when it is back, anything may have moved, and it is heard again."""
    monkeypatch.setattr(watch, "AWAY", 0.05)
    watched = watcher(vault)
    away = vault.rename(vault.parent / "Away")
    assert watched.sentences.get(timeout=LONG) == f"{vault} is not there: waiting for its notes."
    (away / "People" / "Ada.md").write_text("y\n", encoding="utf-8")
    assert watched.calls.empty()
    away.rename(vault)
    assert watched.next() is None
    assert watched.sentences.get(timeout=LONG) == f"{vault} is back."
    watched.write("People/Ada.md", "z\n")
    watched.until("People/Ada.md")


def test_an_empty_folder_in_the_vaults_place_is_no_vault(
    plain: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is what is left where a disk was mounted; a plan made from it would lose everybody."""
    monkeypatch.setattr(watch, "AWAY", 0.05)
    monkeypatch.setattr(watch, "MINUTE", 0.05)
    watched = watcher(plain)
    away = plain.rename(plain.parent / "Away")
    plain.mkdir()
    sentence = watched.sentences.get(timeout=LONG)
    if sentence.endswith("is not there: waiting for its notes."):  # seen between the two
        sentence = watched.sentences.get(timeout=LONG)
    assert sentence == f"{plain} holds no notes: waiting for its notes."
    assert watched.calls.empty()
    plain.rmdir()
    away.rename(plain)
    assert watched.next() is None


def test_once_fails_where_there_are_no_notes(tmp_path: Path) -> None:
    """Nothing will come to wait for."""
    with pytest.raises(VaultnetError, match=r"holds no notes\.$"):
        watch.keep_watch(
            tmp_path,
            lambda _: pytest.fail("there is nothing to look at"),
            settings=SETTINGS,
            day=lambda: MONDAY,
            tell=pytest.fail,
            once=True,
        )


# --- another process ----------------------------------------------------------------------

WATCH = """
import json, sys
from datetime import date
from pathlib import Path
from vaultnet.watch import ending, keep_watch
def look(moved):
    print(json.dumps(None if moved is None else sorted(moved)), flush=True)
with ending() as hold:
    keep_watch(Path(sys.argv[1]), look, settings=(), day=lambda: date(2026, 11, 23), tell=print)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="inotify loses events so")
def test_nothing_is_lost_when_events_are(plain: Path) -> None:
    """A process that is stopped during more writes than the kernel remembers knows of each of them."""
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text(encoding="utf-8"))
    if limit > 20_000:
        pytest.skip("this system remembers more events than a test should make")
    places = [plain / "People" / f"{n}.md" for n in range(300)]
    for place in places:
        place.write_text("x\n", encoding="utf-8")
    with subprocess.Popen(  # noqa: S603 - our own interpreter, on the lines above
        [sys.executable, "-c", WATCH, str(plain)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) is None
        process.send_signal(signal.SIGSTOP)
        with ExitStack() as stack:
            files = [stack.enter_context(place.open("a")) for place in places[:-1]]
            for _ in range(limit // len(files) + 2):
                for file in files:
                    file.write("y")
                    file.flush()
        places[-1].write_text("last\n", encoding="utf-8")
        (plain / "New").mkdir()
        (plain / "New" / "Cy.md").write_text("x\n", encoding="utf-8")
        process.send_signal(signal.SIGCONT)
        missing = {f"People/{n}.md" for n in range(300)} | {"New/Cy.md"}
        while missing:
            missing -= set(json.loads(process.stdout.readline()))
        (plain / "New" / "Cy.md").write_text("y\n", encoding="utf-8")
        while "New/Cy.md" not in json.loads(process.stdout.readline()):
            pass
        process.terminate()


HOLD = """
import os, signal
from vaultnet.watch import ending
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # and so does what is run by nohup
try:
    with ending() as hold:
        with hold():
            os.kill(os.getpid(), signal.{name})
            print("written", flush=True)
        print("not reached", flush=True)
except KeyboardInterrupt:
    print("ended", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_no_end_cuts_off_what_is_being_written(name: str) -> None:
    """Ctrl-C, a service manager and a closed terminal wait for the moment after."""
    done = subprocess.run(  # noqa: S603 - as above
        [sys.executable, "-c", HOLD.format(name=name)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "written\nended\n"
