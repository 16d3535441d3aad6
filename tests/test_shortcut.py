"""What is done without Click is what is done through it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st

from resting import pass_tick
from vaultnet.cli import vaultnet
from vaultnet.cli.plan import plan
from vaultnet.clock import find_day, name_day
from vaultnet.shortcut import recognise

WORDS = st.sampled_from(
    "plan --vault --today --week --json -h -- --vault=x --tod . Notes ~ ~/Notes ./~ '' -x 2026-W48 "
    "2026-11-25 2026-02-30 2026-11-2x 20261125 ٢٠٢٦-11-25 2026-11-25T10:00 None".split()
)
PLAN = "Network/Network plan 2026-W48.md"
FULL = Path("/dev/full")
"""What is never written to."""
BY_CLICK = "from vaultnet.cli import main; main()"
LOADED = """
import sys
from vaultnet.__main__ import main
try:
    main()
finally:
    print(*sys.modules)
"""


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
    ask("plan", "--today", "2026-11-25")
    return root


def ask(*words: str) -> Result:
    """Ask through Click until there is nothing left to write, and the answer is kept."""
    for _ in range(2):
        pass_tick()
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


def loads(*words: str) -> list[str]:
    """List what is loaded until these words are answered."""
    return start(*words, code=LOADED).stdout.splitlines()[-1].split()


# --- which words --------------------------------------------------------------------------


@given(st.lists(WORDS, max_size=5))
@example(["plan", "--today", "2026-11-25", "--vault", "Notes"])
def test_words_are_read_as_click_reads_them(words: list[str]) -> None:
    """What is recognised in a command line is what Click finds in it, and nothing else is there."""
    found = recognise(words)
    if found is None:
        return
    try:
        read = plan.make_context("plan", list(words[1:])).params
    except ClickException:
        assert found[1] == "2026-02-30"  # of no such day was anything ever kept
        return
    vault, today = read.pop("vault"), read.pop("today")
    assert found == (vault and str(vault), today and str(today))
    assert not any(read.values())


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "--today", "2026-11-25"],
        ["plan", "--vault", "../.", "--today", "2026-11-25"],
        ["plan", "--today", "2026-11-25", "--vault", "{root}/"],
    ],
)
def test_nothing_is_loaded_for_an_answer_that_is_known(vault: Path, words: list[str]) -> None:
    """Neither Click nor anything that would take as long is there when nothing has changed."""
    loaded = loads(*(word.replace("{root}", str(vault)) for word in words))
    assert "vaultnet.index.listing" in loaded
    heavy = "click typing re pathlib datetime dataclasses vaultnet.cli vaultnet.core".split()
    assert [name for name in heavy if name in loaded] == []


def test_what_was_said_before_needs_no_templates(vault: Path) -> None:
    """A note that changes nothing in the plan costs neither Click nor Jinja2 nor YAML."""
    (vault / "People/Ada Byron.md").write_text("they_know: my name\n\n", encoding="utf-8")
    loaded = loads("plan", "--today", "2026-11-25")
    assert "vaultnet.render" in loaded
    heavy = (
        "click jinja2 markupsafe yaml filelock dataclasses inspect shutil subprocess difflib json random"
    ).split()
    assert [name for name in heavy if name in loaded] == []


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "--today", "2026-11-25", "--dry-run"],
        ["plan", "--today", "2026-11-25", "--today", "2026-11-25"],
        ["plan", "--today", "2026-02-30"],
        ["plan", "--vault", "nowhere"],
        ["rings"],
    ],
)
def test_all_else_is_read_by_click(vault: Path, words: list[str]) -> None:
    """Other commands, options, days and places are not for the shortcut."""
    assert vault.is_dir()
    assert "click" in loads(*words)


# --- what comes of them -------------------------------------------------------------------


def _damage(root: Path) -> None:
    path = root / PLAN
    path.write_text(path.read_text(encoding="utf-8").replace("vaultnet:end", "x"), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda _: None,
        lambda root: shutil.rmtree(root / "Network"),
        lambda root: (root / "People/Bo Ek.md").write_text("- 2026-11-20 call\n"),
        _damage,
        lambda root: (root / "vaultnet.toml").write_text("[plan]\ntouch = 1\n"),
        lambda root: (root / PLAN).write_bytes(b"\xff"),
        shutil.rmtree,
    ],
    ids=["nothing", "no plan", "a note", "damaged", "settings", "no text", "no vault"],
)
def test_both_ways_lead_to_the_same(vault: Path, change: Callable[[Path], object]) -> None:
    """Output, exit code and notes are the same with Click and without, whatever has changed."""
    change(vault)
    before = vault.parent / "before"
    if vault.exists():
        shutil.copytree(vault, before)
    ends = []
    for code in ("", BY_CLICK):
        shutil.rmtree(vault.parent / "cache")
        ran = start("plan", "--vault", str(vault), "--today", "2026-11-25", code=code)
        notes = {path.name: path.read_bytes() for path in sorted(vault.rglob("*.md"))}
        ends.append((ran.stdout, ran.stderr, ran.returncode, notes))
        (vault.parent / "cache").mkdir(exist_ok=True)
        if before.exists():
            shutil.rmtree(vault)
            shutil.copytree(before, vault)
    assert ends[0] == ends[1]


@pytest.mark.skipif(not FULL.exists(), reason="a device of Linux's")
@pytest.mark.parametrize(
    ("words", "full"),
    [
        (["plan", "--today", "2026-11-25"], "stdout"),
        (["plan", "--today", "2026-11-25"], "stderr"),
        (["plan", "--vault", "x"], ""),
        (["no"], ""),
        (["-h"], "stdout"),
    ],
)
def test_the_process_ends_as_it_always_did(vault: Path, words: list[str], full: str) -> None:
    """Output and exit code are those of the door itself, also where nothing can be printed."""
    assert vault.is_dir()
    with FULL.open("w", encoding="utf-8") as nowhere:
        out, err = (
            nowhere.fileno() if full == name else subprocess.PIPE for name in ("stdout", "stderr")
        )
        ran, door = (start(*words, code=code, stdout=out, stderr=err) for code in ("", BY_CLICK))
    assert (ran.stdout, ran.returncode) == (door.stdout, door.returncode)
    assert ran.stderr == door.stderr


def test_a_reader_that_went_away_is_no_fault(vault: Path) -> None:
    """A pipe that nobody reads ends as Click ends it."""
    assert vault.is_dir()
    codes = []
    for code in ("", BY_CLICK):
        there, here = os.pipe()
        os.close(there)
        ran = start("plan", "--today", "2026-11-25", code=code, stdout=here)
        os.close(here)
        codes.append((ran.returncode, ran.stderr))
    assert codes == [(1, "")] * 2


def test_the_day_has_one_name() -> None:
    """Whoever asks the clock hears of the same day."""
    assert name_day() == str(find_day())
