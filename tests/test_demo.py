"""A vault to try vaultnet on: the sample vault, and a past that fits it."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from keeping import git
from vaultnet.cli import main, vaultnet
from vaultnet.core.backstory import FIRST, LAST, grow

SAMPLE = Path(__file__).parent.parent / "sample_vault"


def make(folder: Path, **environ: str) -> Result:
    """Make a demo as a user would whose settings for git lie beside it."""
    alone = {"HOME": str(folder.parent), "XDG_CONFIG_HOME": str(folder.parent / "config")}
    return CliRunner().invoke(vaultnet, ["demo", str(folder)], env={**alone, **environ})


def read_files(root: Path) -> dict[str, bytes]:
    """Read all files but git's own."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


# --- the past -----------------------------------------------------------------------------


def test_the_past_leads_to_the_sample_vault() -> None:
    """What was written evening by evening comes to just what stands there."""
    files = read_files(SAMPLE)
    there: dict[str, bytes] = {}
    days = []
    for evening in grow(files):
        days.append(evening.day)
        there.update(evening.written)
        for path in evening.removed:
            del there[path]
    assert there == files
    assert days == sorted(set(days))
    assert (days[0], days[-1]) == (FIRST, LAST)


def test_no_evening_knows_what_comes_after_it() -> None:
    """Neither an entry, nor a done day, nor a dated note stands there before its day."""
    for evening in grow(read_files(SAMPLE))[:-1]:
        for path, raw in evening.written.items():
            if path.startswith("Network/Network plan"):
                continue  # a plan looks ahead
            told = re.findall(r"^(?:- |### |\| )\W*(\d{4}-\d\d-\d\d)", raw.decode(), re.MULTILINE)
            told += re.findall(r"✅ (\d{4}-\d\d-\d\d)$", raw.decode(), re.MULTILINE)
            told += re.findall(r"/(\d{4}-\d\d-\d\d)", path)
            late = [day for day in told if evening.day < date.fromisoformat(day) <= LAST]
            assert late == [], f"{path} on {evening.day}"


def test_what_the_notes_do_not_tell_themselves() -> None:
    """A property comes, a note is renamed and its links follow, another one goes."""
    evenings = {evening.day: evening for evening in grow(read_files(SAMPLE))}

    begun = evenings[FIRST].written["People/Beatriz Folgado.md"].decode()
    closer = evenings[date(2026, 9, 2)].written["People/Beatriz Folgado.md"].decode()
    assert "relation:\n  - colleague\n" in begun
    assert "relation:\n  - close colleague\n" in closer
    met = evenings[date(2026, 9, 11)].written["Journal/2026-09-11.md"].decode()
    named = evenings[date(2026, 10, 16)]
    assert "[[Fatoumata (four countries)]]" in met
    assert "[[Fatoumata Koulaye]]" in named.written["Journal/2026-09-11.md"].decode()
    assert "People/Fatoumata Koulaye.md" in named.written
    assert named.removed == ("People/Fatoumata (four countries).md",)
    assert evenings[date(2026, 10, 19)].removed == ("People/Dagny Rehnqvist.md",)


def test_a_table_that_no_longer_fits_the_sample_is_found() -> None:
    """Somebody who rewrites a line of the sample vault is told that its past tells of that line."""
    files = read_files(SAMPLE)
    path = "People/Beatriz Folgado.md"
    files[path] = files[path].replace(b"close colleague", b"associate")
    with pytest.raises(ValueError, match=r"Beatriz Folgado\.md no longer says"):
        grow(files)


# --- the folder ---------------------------------------------------------------------------


def test_a_demo_is_the_sample_vault_with_a_past(tmp_path: Path) -> None:
    """Its files are the sample's byte for byte, all committed, and the commits are always the same."""
    one, two = tmp_path / "new" / "one", tmp_path / "two"
    two.mkdir()
    done = make(one)
    make(two)

    assert (done.exit_code, done.stdout) == (0, f"{one}\n")
    assert read_files(one) == read_files(SAMPLE)
    assert git(one, "status", "--porcelain") == ""
    assert git(one, "fsck", "--strict") == ""
    log = git(one, "log", "--format=%an %ae %as %s").splitlines()
    assert log[0] == "You you@example.org 2026-11-24 Notes of 24 November"
    assert log[-1] == "You you@example.org 2026-05-24 Notes so far"
    assert f"in {len(log)} commits" in done.stderr
    assert git(one, "branch", "--show-current") == "main\n"
    assert git(one, "rev-parse", "HEAD") == git(two, "rev-parse", "HEAD")


def test_settings_for_git_have_no_say(tmp_path: Path) -> None:
    """Line ends, hooks, signatures and branch names of the user's do not get into the demo."""
    hooks = tmp_path / "template" / "hooks"
    hooks.mkdir(parents=True)
    (hooks / "post-checkout").write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
    (tmp_path / ".gitconfig").write_text(
        f"[init]\ntemplateDir = {hooks.parent}\ndefaultBranch = trunk\n"
        "[core]\nautocrlf = true\n[commit]\ngpgSign = true\n",
        encoding="utf-8",
    )
    (tmp_path / "plain").mkdir()
    make(tmp_path / "demo")
    make(tmp_path / "plain" / "demo")

    assert not (tmp_path / "demo" / ".git" / "hooks").exists()
    ids = [git(tmp_path / name, "rev-parse", "main") for name in ("demo", "plain/demo")]
    assert ids[0] == ids[1]
    assert git(tmp_path / "demo", "status", "--porcelain") == ""


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not a file is added to it, and a file is no folder."""
    (tmp_path / ".hidden").write_text("mine", encoding="utf-8")
    told = {}
    for place in (tmp_path, tmp_path / ".hidden", tmp_path / ".hidden" / "deeper"):
        with pytest.raises(SystemExit) as end:
            main(["demo", str(place)])
        assert end.value.code == 1
        told[place] = capsys.readouterr().err
    assert "is not empty and was left as it is" in told[tmp_path]
    assert "no folder" in told[tmp_path / ".hidden"]
    assert list(tmp_path.iterdir()) == [tmp_path / ".hidden"]
    assert (tmp_path / ".hidden").read_text(encoding="utf-8") == "mine"


def test_without_git_there_is_a_vault_without_a_past(tmp_path: Path) -> None:
    """It is said what is missing, and the exit code tells it too."""
    done = make(tmp_path / "demo", PATH="")
    assert done.exit_code == 1
    assert "They have no past in git: git was not found on this computer." in done.stderr
    assert read_files(tmp_path / "demo") == read_files(SAMPLE)
    assert not (tmp_path / "demo" / ".git").exists()


@pytest.mark.skipif(os.name == "nt", reason="a script in place of git")
def test_half_a_past_is_none(tmp_path: Path) -> None:
    """Where git fails on the way, no repository is left."""
    broken = tmp_path / "bin" / "git"
    broken.parent.mkdir()
    broken.write_text(
        '#!/bin/sh\ncase "$*" in *fast-import*) echo "fatal: no space" >&2; exit 128;; esac\n'
        f'mkdir -p "{tmp_path}/demo/.git"\n',
        encoding="utf-8",
    )
    broken.chmod(0o755)
    done = make(tmp_path / "demo", PATH=f"{broken.parent}:{os.environ['PATH']}")
    assert done.exit_code == 1
    assert "They have no past in git: no space." in done.stderr
    assert not (tmp_path / "demo" / ".git").exists()


def test_what_to_try_next_can_be_pasted(tmp_path: Path) -> None:
    """The folder's name is quoted, and what could act on a terminal is spelled out."""
    done = make(tmp_path / "my demo\x1b[31m")
    assert f"  cd '{tmp_path}/my demo\\x1b[31m'\n" in done.stderr
    assert "\x1b" not in done.output
