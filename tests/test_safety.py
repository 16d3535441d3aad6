"""The commands by which docs/safety.md lets a user check its promise do what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sweep_faults import CASES, NOTES

ROOT = Path(__file__).parent.parent
SAFETY = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="`cp`, `diff` and `fork` are needed"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a home with `vaultnet` and `python` at hand."""
    for name, words in (("python", ""), ("vaultnet", "-m vaultnet ")):
        shim = tmp_path / "bin" / name
        shim.parent.mkdir(exist_ok=True)
        shim.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {words}"$@"\n')
        shim.chmod(0o755)
    return tmp_path


def test_a_plan_shows_up_and_nothing_else(home: Path) -> None:
    """The copy differs from the vault in `Network/` alone, and the vault is as it was."""
    shutil.copytree(ROOT / "sample_vault", home / "Notes")

    ran = _run("check", home)

    assert ran.stderr.startswith("Wrote Network/Network plan"), ran.stderr
    shown = ran.stdout.splitlines()[1:]
    assert shown
    assert all(re.match(r"(Only in|Files) \S*/Network[ /:]", line) for line in shown), shown
    assert any(line.endswith("This week.md") for line in shown)
    differ = subprocess.run(  # noqa: S603 - two folders of ours
        ["diff", "-r", str(ROOT / "sample_vault"), str(home / "Notes")],  # noqa: S607 - the system's
        capture_output=True,
        check=False,
    )
    assert differ.stdout == b""


def test_a_vault_of_ones_own_is_swept(home: Path) -> None:
    """Nothing is lost, the figures are told, and the vault itself is only read."""
    for path, text in NOTES.items():
        place = home / "Notes" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    before = {place: place.stat() for place in (home / "Notes").rglob("*") if place.is_file()}

    ran = _run("sweep", home)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 violations, 0 lines lost." in ran.stdout
    after = {place: place.stat() for place in (home / "Notes").rglob("*") if place.is_file()}
    assert [(place, seen.st_mtime_ns) for place, seen in after.items()] == [
        (place, seen.st_mtime_ns) for place, seen in before.items()
    ]


def test_every_command_that_is_swept_is_told() -> None:
    """The page names each of them."""
    assert all(f"`{case.name.partition(',')[0]}" in SAFETY for case in CASES)


def _run(name: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command just as it stands in the page, in the shell."""
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*?)```\n<!-- /{name} -->", SAFETY, re.DOTALL)
    assert found
    environ = {
        "HOME": str(home),
        "PATH": f"{home / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }
    return subprocess.run(  # noqa: S603 - our own page
        ["sh", "-c", found[1]],  # noqa: S607 - the user's own shell
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
