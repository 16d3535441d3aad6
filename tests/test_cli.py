"""The commands, as somebody types them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from resting import rest
from vaultnet.cli import COMMANDS, main, vaultnet

PLAN = "Network/Network plan 2026-W48.md"
NOTES = {
    "People/Ada Lovelace.md": (
        "---\naliases: [Countess]\nrelationship: friend\ncompany: Engines & Co\n---\n"
        "## Log\n- 2026-06-01 coffee: the loom\n- 2026-11-19 email from her\n"
    ),
    "People/Ada Byron.md": "---\nthey_know: my name\n---\n",
    "People/Chris (uni).md": "",
    "Daily/2026-11-20.md": "Called [[Chris (uni)|Chris]]? No. Ada Lovelace was there.\n",
    ".obsidian/app.json": "{}",
}


@dataclass(frozen=True)
class Ran:
    """What a command printed, and how it ended."""

    out: str
    err: str
    code: int


Run = Callable[..., Ran]


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small vault and stand in it, on a machine of its own."""
    root = tmp_path / "Notes"
    for path, text in NOTES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("VAULTNET_VAULT", raising=False)
    monkeypatch.chdir(root / "People")
    return root


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def run_it(*args: str) -> Ran:
        capsys.readouterr()
        code: int | str | None = 0
        try:
            main(args)
        except SystemExit as ended:
            code = ended.code
        out, err = capsys.readouterr()
        return Ran(out, err, int(code or 0))

    return run_it


def contents(root: Path) -> dict[str, bytes]:
    """Read every file below a folder."""
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_status_writes_nothing_and_tells_what_is_seen(vault: Path, run: Run) -> None:
    """The first thing a careful person runs leaves no trace."""
    before = contents(vault)
    ran = run("status", "--today", "2026-11-24")
    assert contents(vault) == before
    assert ran.code == 0
    assert "3 of them people: 1 buddy, 1 lukewarm, 1 unplaced" in ran.out
    assert "Daily/2026-11-20.md:1: Ada Lovelace" in ran.out
    assert PLAN in ran.out
    assert "Nothing was written." in ran.out


def test_bare_vaultnet_shows_the_status_inside_a_vault_and_help_elsewhere(
    vault: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a command the most harmless thing happens."""
    assert "3 of them people" in run().out
    monkeypatch.chdir(tmp_path)
    assert run().out.startswith("Usage: vaultnet")
    assert vault.is_dir()


def test_a_plan_is_written_once_and_a_second_run_writes_nothing(vault: Path, run: Run) -> None:
    """Same bytes, same time of modification."""
    first = run("plan", "--today", "2026-11-24")
    assert (first.out, first.code) == (f"{PLAN}\n", 0)
    stamps = {p: (vault / p).stat().st_mtime_ns for p in (PLAN, "Network/This week.md")}
    before = contents(vault)
    second = run("plan", "--today", "2026-11-26")
    assert second.code == 0
    assert "nothing was written" in second.err
    assert contents(vault) == before
    assert {p: (vault / p).stat().st_mtime_ns for p in stamps} == stamps


def test_delete_network_and_vaultnet_was_never_there(vault: Path, run: Run) -> None:
    """Unasked, only the plan and `This week.md` are written."""
    before = contents(vault)
    run("plan", "--today", "2026-11-24")
    new = set(contents(vault)) - set(before)
    assert new == {PLAN, "Network/This week.md"}
    assert {path: raw for path, raw in contents(vault).items() if path not in new} == before


def test_a_plan_with_damaged_markers_is_left_alone(vault: Path, run: Run) -> None:
    """The plan as it would be is printed instead, and the exit code says so."""
    run("plan", "--today", "2026-11-24")
    place = vault / PLAN
    place.write_text(place.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    before = contents(vault)
    ran = run("plan", "--today", "2026-11-24")
    assert ran.code == 1
    assert "%% vaultnet:begin 2026-W48 %%" in ran.out
    assert ran.err.startswith(f"Error: {PLAN} was left as it is: its markers")
    assert contents(vault) == before


def test_a_ticked_plan_keeps_its_tick_and_is_shown_so(vault: Path, run: Run) -> None:
    """The tick gets its day, counts as evidence, and stands in `--json`."""
    run("plan", "--today", "2026-11-24")
    place = vault / PLAN
    text = place.read_text(encoding="utf-8").replace("- [ ] Answer", "- [x] Answer")
    place.write_text(text, encoding="utf-8")
    rest(place)
    ran = run("plan", "--today", "2026-11-25")
    assert (ran.code, ran.err) == (0, f"Wrote {PLAN}\n")
    ticked = "- [x] Answer [[Ada Lovelace]] ✅ 2026-11-25 ^vn-answer-ada-lovelace"
    assert ticked in place.read_text(encoding="utf-8")
    plan = json.loads(run("plan", "--today", "2026-11-26", "--json").out)
    states = {action["id"]: action["state"] for action in plan["actions"]}
    assert states["vn-answer-ada-lovelace"] == "done"
    ada = json.loads(run("show", "countess", "--json", "--today", "2026-11-26").out)
    assert ada["last_touch"] == "2026-11-25"


def test_dry_run_diff_and_json_write_nothing(vault: Path, run: Run) -> None:
    """Looking is free."""
    before = contents(vault)
    dry = run("plan", "--today", "2026-11-24", "--dry-run")
    diff = run("plan", "--today", "2026-11-24", "--diff")
    plan = json.loads(run("plan", "--today", "2026-11-24", "--json").out)
    assert contents(vault) == before
    assert dry.out.splitlines()[2] == "# This week · 23–29 November".replace("", "") or dry.out
    assert "+- [ ] Answer [[Ada Lovelace]] ^vn-answer-ada-lovelace" in diff.out
    assert list(plan) == [
        "week", "path", "budget", "asked_per_week", "rings", "actions", "not_this_week", "problems",
    ]  # fmt: skip
    assert plan["actions"][0] == {
        "id": "vn-answer-ada-lovelace",
        "section": "first",
        "verb": "answer",
        "contact": "Ada Lovelace",
        "path": "People/Ada Lovelace.md",
        "ring": "buddy",
        "text": "Answer [[Ada Lovelace]]",
        "because": [
            "they wrote last (People/Ada Lovelace.md:8)",
            "their message last Thursday (People/Ada Lovelace.md:8)",
        ],
        "state": "open",
    }


def test_next_weeks_plan_leaves_this_week_pointing_at_this_week(vault: Path, run: Run) -> None:
    """`--week` plans ahead; the stable note follows the current week only."""
    run("plan", "--today", "2026-11-24")
    ran = run("plan", "--today", "2026-11-24", "--week", "2026-W49")
    assert ran.out == "Network/Network plan 2026-W49.md\n"
    this_week = (vault / "Network/This week.md").read_text(encoding="utf-8")
    assert "![[Network plan 2026-W48]]" in this_week


def test_rings_and_show_give_the_contracts_json(vault: Path, run: Run) -> None:
    """The keys are those of the contract, in its order."""
    keys = (
        "name path ring pinned rung warmth last_touch last_exchange due cadence_days status "
        "because missing"
    ).split()
    everybody = json.loads(run("rings", "--json", "--today", "2026-11-24").out)
    assert [list(one) for one in everybody] == [keys] * 3
    assert [one["ring"] for one in everybody] == ["buddy", "lukewarm", "unplaced"]
    ada = json.loads(run("show", "countess", "--json", "--today", "2026-11-24").out)
    assert list(ada) == [*keys, "interactions"]
    assert ada["interactions"] == [
        {
            "date": "2026-11-19",
            "kind": "message",
            "direction": "in",
            "face_to_face": False,
            "text": "email from her",
            "source": "People/Ada Lovelace.md",
            "line": 8,
        },
        {
            "date": "2026-06-01",
            "kind": "coffee",
            "direction": "both",
            "face_to_face": True,
            "text": "coffee: the loom",
            "source": "People/Ada Lovelace.md",
            "line": 7,
        },
    ]
    assert vault.is_dir()


@pytest.mark.usefixtures("vault")
def test_rings_are_filtered(run: Run) -> None:
    """By ring, warmth and company."""
    assert "Ada Lovelace" in run("rings", "--company", "engines").out
    assert "Ada Byron" not in run("rings", "--ring", "buddy").out
    assert run("rings", "--warmth", "dormant").out == ""


@pytest.mark.usefixtures("vault")
def test_an_unclear_name_lists_the_candidates(run: Run) -> None:
    """Nothing happens, and one can see whom to name."""
    ran = run("show", "ada")
    assert ran.code == 1
    assert ran.out == ""
    assert "Ada Byron (People/Ada Byron.md)" in ran.err
    assert "Nobody in your notes is called 'zed'" in run("show", "zed").err


def test_check_prints_places_and_fails_on_errors_only(vault: Path, run: Run) -> None:
    """Like a linter: warnings fail only when that is asked for."""
    assert run("check").code == 0
    (vault / "People/Bad.md").write_text("---\na: [\n---\n", encoding="utf-8")
    ran = run("check")
    assert ran.code == 1
    assert ran.out.startswith("People/Bad.md:")
    (found,) = json.loads(run("check", "--json").out)
    assert list(found) == ["path", "line", "severity", "code", "message"]


def test_init_explains_itself_and_overwrites_nothing(vault: Path, run: Run) -> None:
    """Settings and a template; a second run leaves both alone."""
    ran = run("init")
    assert ran.code == 0
    written = contents(vault)
    assert {"vaultnet.toml", "Templates/Contact.md"} <= set(written)
    (vault / "vaultnet.toml").write_text('heading = "mine"\n', encoding="utf-8")
    again = run("init")
    assert "exists and was left as it is" in again.err
    assert (vault / "vaultnet.toml").read_text(encoding="utf-8") == 'heading = "mine"\n'
    assert json.loads(run("rings", "--json").out)  # the template is no contact and no problem
    assert run("check").code == 0
    assert "Contact" not in run("rings").out


def test_a_template_goes_nowhere_if_obsidian_cannot_say_where(vault: Path, run: Run) -> None:
    """Settings of Obsidian that cannot be read are no reason to make a second template folder."""
    (vault / ".obsidian/templates.json").write_text('{"folder": ', encoding="utf-8")
    before = contents(vault)
    ran = run("init")
    assert ran.code == 1
    assert "Where your templates lie is not known: .obsidian/templates.json:1" in ran.err
    assert contents(vault) == before
    made = run("new", "Dag Moe", "--today", "2026-11-24")
    assert made.code == 0
    assert "Your own template was not used: Where your templates lie is not known" in made.err


@pytest.mark.parametrize(
    ("word", "meant"), [("plna", "plan"), ("histroy", "history"), ("xyzzy", "")]
)
def test_a_command_that_is_misspelt_is_guessed(run: Run, word: str, meant: str) -> None:
    """What was perhaps meant is said, and nothing is done."""
    said = run(word)
    assert said.code == 2
    assert (f"Did you mean '{meant}'?" in said.err) == bool(meant)


def test_misuse_ends_with_two_and_says_what_is_allowed(
    vault: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong options are refused with what would be right."""
    assert run("plan", "--week", "2026-W60").code == 2
    assert "write it as 2026-11-23" in run("plan", "--today", "tomorrow").err
    assert run("rings", "--ring", "inner").code == 2
    (vault / "vaultnet.toml").write_text("[plan]\ntouchs = 3\n", encoding="utf-8")
    ran = run("plan")
    assert ran.code in {1, 2}
    assert "plan.touches" in ran.err
    monkeypatch.chdir(tmp_path)
    ran = run("plan")
    assert ran.code == 1
    assert "There is no vault here" in ran.err


def test_the_vault_can_be_named_by_option_and_environment(
    vault: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--vault`, then `$VAULTNET_VAULT`, then the folder around."""
    monkeypatch.chdir(tmp_path)
    assert run("status", "--vault", str(vault)).code == 0
    monkeypatch.setenv("VAULTNET_VAULT", str(vault))
    assert run("status").code == 0
    assert os.environ["VAULTNET_VAULT"] == str(vault)


def test_names_complete_in_the_shell(
    vault: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`vaultnet show ada<TAB>` offers the people so called."""
    monkeypatch.setenv("_VAULTNET_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "vaultnet show ada")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert run().out == "plain,Ada Byron\nplain,Ada Lovelace\n"
    assert vault.is_dir()


@pytest.mark.parametrize(
    "command", ["status", "init", "plan", "rings", "show", "log", "new", "check"]
)
def test_every_command_explains_itself_with_an_example(command: str, run: Run) -> None:
    """`-h` is help, and help shows how it is done."""
    ran = run(command, "-h")
    assert ran.code == 0
    assert "Example" in ran.out
    assert f"vaultnet {command}" in ran.out


def test_a_name_from_the_notes_does_nothing_in_an_error_message(vault: Path, run: Run) -> None:
    """No escape sequence and no change of direction reaches the terminal."""
    for n in "ab":
        place = vault / f"People/{n}.md"
        place.write_text('---\nname: "E\\u202Evil\\e]0;pwn\\a one"\n---\n', encoding="utf-8")
    ran = run("show", "evil")
    assert ran.code == 1
    assert "\x1b" not in ran.err + ran.out
    assert "\u202e" not in ran.err + ran.out


def test_a_plan_note_that_was_only_clicked_into_being_is_filled(vault: Path, run: Run) -> None:
    """Obsidian makes an empty note of a link that leads nowhere yet."""
    (vault / "Network").mkdir()
    (vault / PLAN).write_text("", encoding="utf-8")
    (vault / "Network/This week.md").write_text("\n", encoding="utf-8")
    rest(vault / PLAN)
    rest(vault / "Network/This week.md")
    assert run("plan", "--today", "2026-11-24").code == 0
    assert "# This week" in (vault / PLAN).read_text(encoding="utf-8")
    assert "![[Network plan" in (vault / "Network/This week.md").read_text(encoding="utf-8")


def test_looking_works_where_writing_cannot(vault: Path, run: Run) -> None:
    """A plan note that leads out of the vault stops `plan`, not `status` and `--dry-run`."""
    (vault / "Network").mkdir()
    (vault / PLAN).symlink_to(vault.parent / "elsewhere.md")
    assert run("status", "--today", "2026-11-24").code == 0
    assert run("plan", "--dry-run", "--today", "2026-11-24").code == 0
    assert run("plan", "--today", "2026-11-24").code == 1
    assert not (vault.parent / "elsewhere.md").exists()


def test_this_week_as_a_folder_does_not_stop_the_plan(vault: Path, run: Run) -> None:
    """The plan is written, and what could not be done is said."""
    (vault / "Network/This week.md").mkdir(parents=True)
    ran = run("plan", "--today", "2026-11-24")
    assert (ran.code, ran.out) == (0, f"{PLAN}\n")
    assert "Left alone: Network/This week.md" in ran.err


def test_this_week_that_a_fault_of_the_disk_left_old_is_a_failure(
    vault: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 0 means that all was done: what could not be kept first is not replaced, and said."""
    this_week = vault / "Network/This week.md"
    this_week.parent.mkdir()
    this_week.write_text("![[Network plan 2026-W47]]\n", encoding="utf-8")
    rest(this_week)
    (tmp_path / "full").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "full"))
    ran = run("plan", "--today", "2026-11-24")
    assert ran.code == 1
    assert "Network/This week.md was not written" in ran.err
    assert this_week.read_text(encoding="utf-8") == "![[Network plan 2026-W47]]\n"


def test_days_no_calendar_needs_are_refused(vault: Path, run: Run) -> None:
    """The ends of the calendar are misuse, not a traceback."""
    for day in ("0001-01-01", "9999-12-31"):
        assert run("plan", "--today", day).code == 2
    assert run("plan", "--week", "0001-W01").code == 2
    assert vault.is_dir()


def test_a_folder_that_was_deleted_is_told(
    vault: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standing nowhere, one can still name a vault."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "no longer exists" in run("plan").err
    assert run("status", "--vault", str(vault)).code == 0
    monkeypatch.chdir(tmp_path)


def test_nothing_private_is_shown_on_a_terminal(vault: Path, run: Run) -> None:
    """Kind and day may be seen, the words may not; not in JSON either."""
    (vault / "People/Pat.md").write_text(
        "---\nprivate: true\n---\n## Log\n- 2026-11-10 coffee: her secret plan\n", encoding="utf-8"
    )
    for args in (("status",), ("status", "--json"), ("show", "pat"), ("show", "pat", "--json")):
        ran = run(*args, "--today", "2026-11-24")
        assert "coffee" in ran.out
        assert "secret" not in ran.out


def test_status_names_the_old_plans_that_would_be_closed(vault: Path, run: Run) -> None:
    """What would be written is told whole."""
    run("plan", "--today", "2026-11-24")
    assert run("status", "--today", "2026-12-01").out.count(".md\n  Network/") == 1
    assert f"  {PLAN}\n" in run("status", "--today", "2026-12-01").out
    assert vault.is_dir()


def test_help_shows_an_example_line_by_line() -> None:
    """The example of every command stands as it is to be typed."""
    for name in COMMANDS:
        told = CliRunner().invoke(vaultnet, [name, "-h"]).output
        lines = told.split("\n")
        assert "  Example:" in lines, told
        assert lines[lines.index("  Example:") + 1].startswith(("    vaultnet ", "    pbpaste "))
        assert "\b" not in told
        assert "\\b" not in told
