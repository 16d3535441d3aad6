"""What is answered before Click is loaded is what Click would have answered."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from vaultnet.cli import vaultnet
from vaultnet.cli.plan import plan
from vaultnet.clock import find_day, name_day
from vaultnet.index.listing import TICK
from vaultnet.unchanged import recall_answer, recognise

WORDS = st.sampled_from(
    "plan --vault --today --week --json -h -- --vault=x --tod . Notes ~ ~/Notes ./~ '' -x 2026-W48 "
    "2026-11-25 2026-02-30 2026-11-2x 20261125 ٢٠٢٦-11-25 2026-11-25T10:00 None".split()
)

FULL = Path("/dev/full")
"""What is never written to."""


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault whose plan is up to date, and stand in it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("VAULTNET_VAULT", raising=False)
    root = tmp_path / "Notes"
    (root / "People").mkdir(parents=True)
    (root / "vaultnet.toml").write_text("", encoding="utf-8")
    (root / "People/Ada Byron.md").write_text("they_know: my name\n", encoding="utf-8")
    monkeypatch.chdir(root / "People")
    ask("plan")
    return root


def ask(*words: str) -> Result:
    """Ask through Click until there is nothing left to write, and the answer is kept."""
    for _ in range(2):
        time.sleep(2 * TICK / 1e9)
        told = CliRunner().invoke(vaultnet, words)
        assert told.exit_code == 0
    return told


def start(
    *words: str, code: str = "", stdout: int = subprocess.PIPE, stderr: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run vaultnet in a process of its own, or other code with its words."""
    return subprocess.run(  # noqa: S603 - our own interpreter, on the lines of these tests
        [sys.executable, *(["-c", code] if code else ["-m", "vaultnet"]), *words],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=stdout,
        stderr=stderr,
        text=True,
        encoding="utf-8",
        check=False,
    )


BY_CLICK = "from vaultnet.cli import main; main()"
LOADED = """
import sys
from vaultnet.__main__ import main
try:
    main()
finally:
    print(*sys.modules)
"""


@given(st.lists(WORDS, max_size=5))
def test_words_are_read_as_click_reads_them(words: list[str]) -> None:
    """What is recognised in a command line is what Click finds in it, and nothing else is there."""
    found = recognise(words)
    if found is None:
        return
    try:
        read = plan.make_context("plan", list(words[1:])).params
    except ClickException:
        assert found[1] in {"2026-02-30", "2026-11-2x"}  # of no such day was anything ever kept
        return
    vault, today = read.pop("vault"), read.pop("today")
    assert found == (vault and str(vault), today and str(today))
    assert not any(read.values())


@pytest.mark.parametrize(
    "words",
    [
        ["plan"],
        ["plan", "--today", "2026-11-25"],
        ["plan", "--vault", "../."],
        ["plan", "--vault", "{root}", "--today", "2026-11-25"],
        ["plan", "--today", "2026-11-25", "--vault", "{root}/"],
    ],
)
def test_the_answer_is_the_one_that_click_gives(vault: Path, words: list[str]) -> None:
    """A plain `vaultnet plan` is answered in the same words whoever reads it."""
    words = [word.replace("{root}", str(vault)) for word in words]
    told = ask(*words)
    answer = recall_answer(words, os.environ)
    assert answer is not None
    assert ([told.stdout], told.stderr.splitlines()) == ([f"{answer[0]}\n"], list(answer[1:]))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["plan", "--week", "2026-W48"],
        ["plan", "--dry-run"],
        ["plan", "--today", "2026-11-26"],
        ["plan", "--today", "None"],
        ["plan", "--vault", "nowhere"],
        ["plan", "--today", "2026-11-25", "--today", "2026-11-25"],
    ],
)
def test_all_else_is_read_by_click(vault: Path, words: list[str]) -> None:
    """Other commands, options, days and places are not answered early."""
    assert vault.is_dir()
    assert recall_answer(words, os.environ) is None


def test_what_changed_is_not_answered_early(vault: Path) -> None:
    """One letter in one note, and the plan is made again."""
    (vault / "People/Ada Byron.md").write_text("they_know: my work\n", encoding="utf-8")
    assert recall_answer(["plan"], os.environ) is None


def test_nothing_is_loaded_for_an_answer_that_is_known(vault: Path) -> None:
    """Neither Click nor anything that would take as long is there when nothing has changed."""
    ran = start("plan", "--vault", str(vault), code=LOADED)
    loaded = ran.stdout.splitlines()[1].split()
    assert "vaultnet.index.listing" in loaded
    heavy = "click typing re pathlib datetime dataclasses vaultnet.cli vaultnet.core".split()
    assert [name for name in heavy if name in loaded] == []


def test_what_was_said_before_needs_no_templates(vault: Path) -> None:
    """A note that changes nothing in the plan costs neither Jinja2 nor YAML nor a process."""
    (vault / "People/Ada Byron.md").write_text("they_know: my name\n\n", encoding="utf-8")
    ran = start("plan", "--vault", str(vault), code=LOADED)
    assert ran.stderr == "It is up to date; nothing was written.\n"
    loaded = ran.stdout.splitlines()[1].split()
    assert "vaultnet.render" in loaded
    heavy = "jinja2 markupsafe yaml subprocess difflib json random rich watchdog".split()
    assert [name for name in heavy if name in loaded] == []


@pytest.mark.parametrize(
    ("words", "full"),
    [
        (["plan"], ""),
        (["plan"], "stdout"),
        (["plan"], "stderr"),
        (["plan", "--vault", "x"], ""),
        (["no"], ""),
        (["-h"], "stdout"),
    ],
)
@pytest.mark.skipif(not FULL.exists(), reason="a device of Linux's")
def test_the_process_ends_as_it_always_did(vault: Path, words: list[str], full: str) -> None:
    """Output and exit code are those of the door itself, also where nothing can be printed."""
    assert vault.is_dir()
    with FULL.open("w", encoding="utf-8") as nowhere:
        out, err = (
            nowhere.fileno() if full == name else subprocess.PIPE for name in ("stdout", "stderr")
        )
        ran, door = (start(*words, code=code, stdout=out, stderr=err) for code in ("", BY_CLICK))
    assert (ran.stdout, ran.returncode) == (door.stdout, door.returncode)
    assert ran.stderr == door.stderr or "Traceback" in (door.stderr or "")


def test_a_reader_that_went_away_is_no_fault(vault: Path) -> None:
    """A pipe that nobody reads ends as Click ends it."""
    assert vault.is_dir()
    codes = []
    for code in ("", BY_CLICK):
        there, here = os.pipe()
        os.close(there)
        ran = start("plan", code=code, stdout=here)
        os.close(here)
        codes.append((ran.returncode, ran.stderr))
    assert codes == [(1, "")] * 2


def test_the_day_has_one_name() -> None:
    """Whoever asks the clock hears of the same day."""
    assert name_day() == str(find_day())
