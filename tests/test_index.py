"""What was read is remembered, and never believed against the disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edit_vault import TODAY, show, walk
from resting import pass_tick
from vaultnet.cli import vaultnet
from vaultnet.index.listing import COARSE, TICK, settled
from vaultnet.index.places import find_cache
from vaultnet.reading import keep, read_vault, recall

SAMPLE = Path(__file__).parent.parent / "sample_vault"
ADA = "---\ntype: person\n---\n## Log\n- 2026-11-20 coffee: boats\n"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault of two people, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "vault"
    (root / "People").mkdir(parents=True)
    (root / ".obsidian").mkdir()
    (root / "People/Ada Byron.md").write_text(ADA, encoding="utf-8")
    (root / "People/Bo Ek.md").write_text(
        "- 2026-10-01 call with [[Ada Byron]]\n", encoding="utf-8"
    )
    return root


def plan(root: Path, *words: str) -> Result:
    """Run `vaultnet plan`, once the disk's clock has moved on."""
    pass_tick()
    done = CliRunner().invoke(
        vaultnet, ["plan", "--vault", str(root), "--today", str(TODAY), *words]
    )
    assert done.exit_code == 0, done.output
    return done


def rewrite(note: Path, text: str) -> None:
    """Write a note of the same length anew, and set its time of modification back."""
    seen = note.stat()
    note.write_text(text, encoding="utf-8")
    os.utime(note, ns=(seen.st_atime_ns, seen.st_mtime_ns))


@pytest.mark.parametrize("seed", [0, 2])
def test_warm_is_cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """After any edits, a reading that remembers equals one that does not, and reads far less."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "vault").mkdir()
    spared = [count for _, count in walk(tmp_path / "vault", seed, 20)]
    assert sum(spared) > 5


def test_only_what_changed_is_read(vault: Path) -> None:
    """One line in one note costs the reading of one note."""
    shutil.copytree(SAMPLE / "People", vault / "Friends")
    pass_tick()
    first = recall(vault, TODAY, TODAY)
    assert len(read_vault(vault, TODAY, TODAY, first).notes) > 30
    keep(vault, first)
    with (vault / "People/Bo Ek.md").open("a", encoding="utf-8") as note:
        note.write("- 2026-11-02 lunch\n")
    second = recall(vault, TODAY, TODAY)
    reading = read_vault(vault, TODAY, TODAY, second)
    assert [note.path for note in reading.notes] == ["People/Bo Ek.md"]
    assert show(reading) == show(read_vault(vault, TODAY, TODAY))


@pytest.mark.parametrize(
    ("day", "read"),
    [
        (TODAY + timedelta(days=1), []),
        (TODAY + timedelta(days=2), ["People/Cy.md", "Tasks.md"]),
        (TODAY + timedelta(days=40), ["People/Cy.md", "Tasks.md"]),
        (
            TODAY - timedelta(days=1),
            ["People/Ada Byron.md", "People/Bo Ek.md", "People/Cy.md", "Tasks.md"],
        ),
    ],
)
def test_on_another_day_those_are_read_that_speak_of_days_between(
    vault: Path, day: date, read: list[str]
) -> None:
    """What is yet to come will have been; for all other notes a later day is as good as today."""
    coming = TODAY + timedelta(days=2)
    (vault / "People/Cy.md").write_text(f"## Log\n- {coming} coffee\n", encoding="utf-8")
    (vault / "Tasks.md").write_text(f"- [x] Call [[Cy]] ✅ {coming}\n", encoding="utf-8")
    pass_tick()
    first = recall(vault, TODAY, TODAY)
    read_vault(vault, TODAY, TODAY, first)
    keep(vault, first)
    reading = read_vault(vault, day, day, recall(vault, day, day))
    assert [note.path for note in reading.notes] == read
    assert show(reading) == show(read_vault(vault, day, day))
    assert show(read_vault(vault, day, day, first)) == show(reading)


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: b"",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:40] + b"\xff" + raw[41:],
        lambda _: b"\x80\x04cos\nsystem\n(S'touch /tmp/no'\ntR.",
        lambda raw: raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:],
    ],
    ids=["empty", "cut", "flipped", "hostile", "changed"],
)
def test_a_broken_memory_is_none(vault: Path, harm: Callable[[bytes], bytes]) -> None:
    """Whatever happens to the files of the cache, the notes are read instead."""
    pass_tick()
    memory = recall(vault, TODAY, TODAY)
    read_vault(vault, TODAY, TODAY, memory)
    keep(vault, memory)
    files = list(Path(find_cache(vault, "notes")).iterdir())
    assert files
    for path in files:
        path.write_bytes(harm(path.read_bytes()))
    reading = read_vault(vault, TODAY, TODAY, recall(vault, TODAY, TODAY))
    assert len(reading.notes) == 2


def test_the_index_lies_outside_the_vault(vault: Path) -> None:
    """Nothing but the plans comes into the vault, and without the cache all is as before."""
    plan(vault)
    there = sorted(
        path.relative_to(vault).as_posix() for path in vault.rglob("*") if path.is_file()
    )
    assert [path for path in there if not path.startswith(("People", "Network"))] == []
    shutil.rmtree(os.environ["XDG_CACHE_HOME"])
    assert "nothing was written" in plan(vault).stderr


def test_a_cache_that_cannot_be_written_is_done_without(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file where the cache folder should be changes nothing."""
    (vault.parent / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(vault.parent / "file"))
    plan(vault)
    assert "nothing was written" in plan(vault).stderr


def test_an_unchanged_vault_is_not_read(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When nothing has changed, the answer is there before a note is opened."""
    plan(vault)
    told = plan(vault)
    monkeypatch.setattr("vaultnet.planning.draft_week", None)
    again = plan(vault)
    assert (again.stdout, again.stderr) == (told.stdout, told.stderr)


def _change_nothing_but(what: str) -> Callable[[Path], object]:
    return {
        "a line": lambda root: (root / "People/Bo Ek.md").write_text("- 2026-11-20 call\n"),
        "same size and time": lambda root: rewrite(
            root / "People/Ada Byron.md", ADA.replace("boats", "goats")
        ),
        "a new note": lambda root: (root / "Cy.md").write_text("x", encoding="utf-8"),
        "a note gone": lambda root: (root / "People/Bo Ek.md").unlink(),
        "a new name": lambda root: (root / "People/Bo Ek.md").rename(root / "People/Bo Oak.md"),
        "settings": lambda root: (root / "vaultnet.toml").write_text("[plan]\ntouches = 1\n"),
        "Obsidian": lambda root: (root / ".obsidian/app.json").write_text("{}"),
        "the plan": lambda root: next(root.glob("Network/Network plan*")).unlink(),
        "a template's place": lambda root: (root / "Own/plan.md.j2").mkdir(parents=True),
        "a linked folder": lambda root: (root / "Door").symlink_to(root / "People"),
    }[what]


@pytest.mark.parametrize(
    "what",
    [
        "a line",
        "same size and time",
        "a new note",
        "a note gone",
        "a new name",
        "settings",
        "Obsidian",
        "the plan",
        "a template's place",
        "a linked folder",
    ],
)
def test_any_change_is_seen(vault: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Whatever the plan may rest on, when it changes the vault is looked at again."""
    plan(vault)
    plan(vault)
    _change_nothing_but(what)(vault)
    looked: list[object] = []

    def look(*given: object) -> object:
        looked.append(given)
        raise OSError(what)

    monkeypatch.setattr("vaultnet.planning.draft_week", look)
    CliRunner().invoke(vaultnet, ["plan", "--vault", str(vault), "--today", str(TODAY)])
    assert looked


def test_another_day_or_week_is_another_question(vault: Path) -> None:
    """What was true on one day is not said on the next."""
    plan(vault)
    plan(vault)
    assert "2026-W49" in plan(vault, "--week", "2026-W49").stdout


def test_what_was_just_written_is_read_again() -> None:
    """A stamp counts only if a later write would show in it."""
    now = 1_000_000_000_000_000_001
    old = (now - 2 * TICK, now - 2 * TICK, 1, 1)
    fresh = (now - 2 * TICK, now - TICK // 2, 1, 1)
    whole = (now - COARSE // 2 - 1, now - COARSE // 2, 1, 1)
    assert settled({"old": old, "fresh": fresh, "whole": whole}, now) == {"old": old}


def test_two_at_once(vault: Path) -> None:
    """Two that keep what they read at the same time leave a memory that is whole."""
    pass_tick()

    def run(_: int) -> int:
        memory = recall(vault, TODAY, TODAY)
        reading = read_vault(vault, TODAY, TODAY, memory)
        keep(vault, memory)
        return len(reading.people.contacts)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(run, range(12))) == {2}
    assert read_vault(vault, TODAY, TODAY, recall(vault, TODAY, TODAY)).notes == ()
