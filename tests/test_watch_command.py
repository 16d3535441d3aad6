"""`vaultnet watch` as a process of its own: what it writes, what it prints, and how it ends."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from resting import rest
from vaultnet.cli import main

TODAY = "2026-11-24"
PLAN = "Network/Network plan 2026-W48.md"
LONG = 60.0
"""Seconds that a test waits for what must come; it comes in one or two."""


@dataclass
class Running:
    """A `vaultnet watch` that runs."""

    process: subprocess.Popen[str]
    out: queue.Queue[str] = field(default_factory=queue.Queue)
    err: queue.Queue[str] = field(default_factory=queue.Queue)
    readers: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read what it prints as it comes."""
        for stream, lines in ((self.process.stdout, self.out), (self.process.stderr, self.err)):
            assert stream is not None
            self.readers.append(threading.Thread(target=self._read, args=(stream, lines)))
            self.readers[-1].start()

    @staticmethod
    def _read(stream: Iterator[str], lines: queue.Queue[str]) -> None:
        for line in stream:
            lines.put(line.rstrip("\n"))

    def says(self) -> str:
        """Wait for the next line of the log, and give it without its time."""
        return self.out.get(timeout=LONG).partition(" ")[2]

    def ends(self, number: int) -> int:
        """Send a signal and wait for the end; gives the exit code."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end, all that it printed included; gives the exit code."""
        code = self.process.wait(LONG)
        for reader in self.readers:
            reader.join(LONG)
        return code


Start = Callable[..., Running]


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault of a friend and a message to answer, on a machine of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "Notes"
    for path, text in {
        "People/Bo.md": "---\nrelationship: friend\n---\n## Log\n- 2026-04-12 coffee\n",
        "People/Ann.md": "## Log\n- 2026-11-19 email from her\n",
        ".obsidian/app.json": "{}",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        rest_after_writing(root / path, text)
    return root


def rest_after_writing(place: Path, text: str) -> None:
    """Save a note as if it had been long ago."""
    place.write_text(text, encoding="utf-8")
    rest(place)


@pytest.fixture
def start(vault: Path) -> Iterator[Start]:
    """Start `vaultnet watch`; it is ended with the test."""
    started: list[Running] = []

    def start_it(*options: str) -> Running:
        words = [sys.executable, "-m", "vaultnet", "watch", "--vault", str(vault)]
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [*words, "--today", TODAY, *options],
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        started.append(Running(process))
        return started[-1]

    yield start_it
    for running in started:
        running.process.kill()
        running.wait()
        for stream in (running.process.stdout, running.process.stderr):
            if stream is not None:
                stream.close()


def test_the_plan_follows_while_notes_are_saved(vault: Path, start: Start) -> None:
    """Written at the start, brought up to date after a save, and ended well by Ctrl-C."""
    watch = start()
    assert watch.says() == "start: Network plan 2026-W48.md written; wrote This week.md"
    assert watch.err.get(timeout=LONG) == f"Watching {vault}. Ctrl-C ends."
    (vault / "People" / "Hal.md").write_text("## Log\n- 2026-11-23 email from him\n", "utf-8")
    assert watch.says() == "Hal.md changed: plan brought up to date (Answer Hal added)"
    assert "[[Hal]]" in (vault / PLAN).read_text(encoding="utf-8")
    assert watch.ends(signal.SIGINT) == 0
    assert list(watch.err.queue) == ["Ended."]
    assert watch.out.empty()


def test_problems_are_told_once(vault: Path, start: Start) -> None:
    """The same problem is not told again with every save."""
    watch = start()
    watch.says()
    note = vault / "People" / "Hal.md"
    text = "---\ncadence: now and then\n---\n## Log\n- 2026-11-23 email from him\n"
    note.write_text(text, encoding="utf-8")
    assert watch.says().endswith("(Answer Hal added)")
    note.write_text(text.replace("email from", "message from"), encoding="utf-8")
    (vault / "People" / "Ina.md").write_text("## Log\n- 2026-11-23 email from her\n", "utf-8")
    while not watch.says().endswith("(Answer Ina added)"):
        pass
    assert watch.ends(signal.SIGTERM) == 0
    watching, problem, ended = watch.err.queue
    assert problem.startswith("People/Hal.md:2: cadence 'now and then' is no rhythm")
    assert (watching, ended) == (f"Watching {vault}. Ctrl-C ends.", "Ended.")


def test_quiet_is_quiet(vault: Path, start: Start) -> None:
    """A service that has nothing to complain of says nothing."""
    watch = start("-q")
    wait_for((vault / PLAN).exists)
    (vault / "People" / "Hal.md").write_text("## Log\n- 2026-11-23 email from him\n", "utf-8")
    wait_for(lambda: "[[Hal]]" in (vault / PLAN).read_text(encoding="utf-8"))
    assert watch.ends(signal.SIGTERM) == 0
    assert (*watch.out.queue, *watch.err.queue) == ()


def test_a_second_watcher_says_so_and_goes(start: Start) -> None:
    """One is enough; and `--once` is welcome beside it."""
    first = start()
    first.says()
    second = start()
    assert second.wait() == 1
    assert second.err.get(timeout=LONG) == (
        "Error: Another `vaultnet watch` keeps this vault's plan already; one is enough."
    )
    third = start("--once")
    assert third.wait() == 0
    assert third.says() == "start: plan as it was"
    assert first.process.poll() is None


def test_once_brings_the_plan_up_to_date_and_ends(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same page that `plan` writes, and the second time nothing."""
    words = ["watch", "--once", "--vault", str(vault), "--today", TODAY]
    assert run(words) == 0
    assert capsys.readouterr().out.endswith("written; wrote This week.md\n")
    written = (vault / PLAN).read_bytes()
    assert run([*words, "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["plan", "--vault", str(vault), "--today", TODAY]) == 0
    assert (vault / PLAN).read_bytes() == written


def test_once_fails_where_the_plan_cannot_be_written(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script learns of it."""
    (vault / "Network").mkdir()
    rest_after_writing(vault / PLAN, "no markers\n")
    assert run(["watch", "--once", "--vault", str(vault), "--today", TODAY]) == 1
    assert capsys.readouterr().err == (
        f"Error: {PLAN} is left as it is: it has no markers `%% vaultnet:begin … %%` and "
        "`%% vaultnet:end … %%`. Mend it, or move it away.\n"
    )


def run(words: list[str]) -> int | str | None:
    """Run a command in this process, and give its exit code."""
    with pytest.raises(SystemExit) as leaving:
        main(words)
    return leaving.value.code


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something holds."""
    until = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
