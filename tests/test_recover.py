"""`vaultnet recover`: what a death left behind is shown, put back or dropped, and never guessed away."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from resting import rest
from vaultnet.cli import main
from vaultnet.writer import create_note, find_kept, find_leftovers, memory, write_note
from vaultnet.writer.beside import write_beside

ADA = "People/Ada.md"
OLD = "# Ada\n## Log\n- 2026-11-02 coffee\n"
NEW = OLD + "- 2026-11-20 call: the boat\n"

FRIEND = "---\nrelationship: friend\n---\n## Log\n- 2026-04-02 coffee\n"

Run = Callable[..., tuple[str, str, int]]


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault with one note, on a machine of its own where it is noon in Greenwich."""
    root = tmp_path / "Notes"
    (root / "People").mkdir(parents=True)
    (root / ".obsidian").mkdir()
    (root / ADA).write_text(OLD)
    rest(root / ADA)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("VAULTNET_VAULT", str(root))
    monkeypatch.chdir(tmp_path)
    return root


@pytest.fixture
def run(vault: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `vaultnet recover` and give what it prints on either stream, and how it ends."""
    assert vault.is_dir()

    def run_it(*args: str) -> tuple[str, str, int]:
        capsys.readouterr()
        code: int | str | None = 0
        try:
            main(["recover", *args])
        except SystemExit as ended:
            code = ended.code
        out, err = capsys.readouterr()
        return out, err, int(code or 0)

    return run_it


def leave(root: Path, text: str, path: str = ADA) -> str:
    """Leave behind what a death before the exchange leaves: what was about to be written."""
    beside, _ = write_beside(str(root / path), text.encode())
    rest(Path(beside))
    return Path(beside).name[-12:-4]


def leave_other(root: Path, text: str, id_: str = "deadbeef", path: str = ADA) -> str:
    """Leave behind what a death after the exchange leaves: what stood in the note."""
    note = root / path
    beside = note.with_name(f".{note.name}.{id_}.tmp")
    beside.write_bytes(text.encode())
    rest(beside)
    return id_


def listed(run: Run, *args: str) -> list[dict[str, object]]:
    """List what there is to have back."""
    found = json.loads(run("--json", *args)[0])
    assert isinstance(found, list)
    return found


def names(root: Path) -> list[str]:
    """Name the files beside the notes."""
    return sorted(place.name for place in (root / "People").iterdir())


# --- seeing -------------------------------------------------------------------------------


def test_nothing_to_have_back(vault: Path, run: Run) -> None:
    """A vault at rest says so, and nothing is made anywhere."""
    out, err, code = run()
    told = "Nothing was left behind, and nothing of yours that was replaced is missing.\n"
    assert (out, err, code) == ("", told, 0)
    assert not (vault.parent / "state").exists()


def test_what_was_about_to_be_written_and_what_may_be_the_newest_edit(
    vault: Path, run: Run
) -> None:
    """The list tells the two apart, and shows the first lines that the note lacks."""
    ours = leave(vault, NEW)
    edit = leave_other(vault, OLD + "mine\n\nlonger " + 20 * "and longer " + "\nc\nd\ne\n")
    out, err, code = run()
    when = [line for line in out.split("\n") if line.startswith("          left by")]
    assert len(when) == 2
    assert all(line.startswith("          left by an interrupted write on 20") for line in when)
    expected = {
        ours: [
            "the note lacks 1 line of it:",
            "            - 2026-11-20 call: the boat",
            "          It is what vaultnet was about to write.",
        ],
        edit: [
            "the note lacks 5 lines of it:",
            "            mine",
            "            longer and longer and longer and longer and longer and longer and longer…",
            "            c",
            "            … and 2 more",
            "          It is not what vaultnet was about to write: it may be your newest edit.",
        ],
    }
    said = []
    for id_, lines in sorted(expected.items()):
        said += [f"{id_}  {ADA}", *lines]
    assert [line.rpartition("; ")[2] for line in out.splitlines()] == said
    told = "`vaultnet recover ID` prints one; --diff, --restore or --drop say what to do with it.\n"
    assert (err, code) == (told, 0)


def test_what_the_note_holds_already_is_called_so(vault: Path, run: Run) -> None:
    """Every line of it, or the beginning of it, or nothing at all: it can go without a loss."""
    for n, text in enumerate(["## Log\r\n# Ada", OLD[:-3], "", " \n"]):
        leave_other(vault, text, f"0000000{n}")
    out, err, _ = run()
    assert out.count("; the note holds every line of it.\n") == 2
    assert out.count("; it is empty.\n") == 2
    assert "4 leftovers can go without a loss: --tidy does that.\n" in err


def test_lines_of_a_plan_that_nobody_touched_are_none_of_the_users(vault: Path, run: Run) -> None:
    """A plan that was about to be written can be made again; a tick in it cannot."""
    (vault / ADA).write_text(FRIEND)
    with pytest.raises(SystemExit):
        main(["plan", "--today", "2026-11-24"])
    plan = "Network/Network plan 2026-W48.md"
    text = (vault / plan).read_text()
    (vault / plan).write_text("mine alone\n")
    leave(vault, text, plan)
    ticked = leave_other(vault, text.replace("- [ ] Invite", "- [x] Invite"), path=plan)
    lines = {str(one["id"]): one["lines"] for one in listed(run)}
    assert lines.pop(ticked) == [
        "- [x] Invite [[Ada]] to lunch ^vn-invite-ada",
        "\t- Last: coffee in April ([[Ada]]).",
    ]
    assert list(lines.values()) == [[]]
    assert "; the note lacks nothing of yours in it.\n" in run()[0]


def test_nothing_of_a_private_note_is_listed(vault: Path, run: Run) -> None:
    """Nor a line tagged #private, nor what may be private; who names it is shown it."""
    leave_other(vault, f"---\nprivate: true\n---\n{OLD}secret\n", "00000001")
    leave_other(vault, f"---\ntags: [a/private]\n---\n{OLD}secret\n", "00000002")
    leave_other(vault, "---\nprivate: tr", "00000003")
    leave_other(vault, f"{OLD}open\nsecret #private\n", "00000004")
    out, _, _ = run()
    assert out.count("(private: not shown here)") == 3
    assert "            open\n            … and 1 more\n" in out
    assert "secret" not in out + run("--json")[0]
    assert "secret #private" in run("00000004")[0]
    (vault / ADA).write_text(f"---\nprivate: true\n---\n{OLD}")
    assert "open" not in run()[0]


def test_hostile_text_and_names_act_nowhere(vault: Path, run: Run) -> None:
    """Escapes, line ends and bytes that are no text are spelled out, on both streams."""
    leave_other(vault, "\x1b[31m\ta\u202eb\x07\u00a0\r\n", "00000001", "People/A\n\x1b[2Jb.md")
    (vault / "People/.Ada.md.00000002.tmp").write_bytes(b"caf\xe9\0\n")
    out, _, _ = run()
    assert "00000001  People/A\\n\\x1b[2Jb.md\n" in out
    assert "            \\x1b[31m a\\u202eb\\x07\n" in out
    assert "            caf\\udce9\\x00\n" in out
    assert run("00000001")[0] == "\\x1b[31m\ta\\u202eb\\x07 \n"
    assert json.loads(run("00000002", "--json")[0])["text"] == "caf\udce9\0\n"
    for args in (["0000000"], ["00000001", "--drop"], ["--json"]):
        out, err, _ = run(*args)
        assert "\x1b" not in out + err


def test_only_files_of_our_naming_beside_notes_are_listed(vault: Path, run: Run) -> None:
    """No other program's, none in folders that start with a dot, and nothing behind a link."""
    for name in (
        ".Ada.md.deadbeef", ".Ada.md.deadbee.tmp", ".Ada.md.DEADBEEF.tmp", "Ada.md.deadbeef.tmp",
        ".Ada.md.deadbeef.tmp~", "..md.deadbeef.tmp", ".deadbeef.tmp", ".Ada.txt.deadbeef.tmp",
        ".vaultnet.toml.deadbeef.tmp",
    ):  # fmt: skip
        (vault / "People" / name).write_text("x")
    (vault / ".obsidian/.a.md.deadbeef.tmp").write_text("x")
    outside = vault.parent / "outside"
    outside.mkdir()
    (outside / ".a.md.deadbeef.tmp").write_text("x")
    (vault / "Outside").symlink_to(outside)
    (vault / "Loop").symlink_to(vault)
    assert listed(run) == []
    (vault / ".vaultnet.toml.deadbeef.tmp").write_text("x")
    (vault / "Deep/er").mkdir(parents=True)
    (vault / "Deep/er/.A.MD.deadbeef.tmp").write_text("x")
    (vault / "Bo.md").symlink_to("People/Ada.txt")
    (vault / "People/Ada.txt").write_text("x")
    assert [one["path"] for one in listed(run)] == [
        "vaultnet.toml",
        "Deep/er/A.MD",
        "People/Ada.txt",
    ]


def test_what_is_no_file_to_be_read_is_told_and_left_alone(vault: Path, run: Run) -> None:
    """A FIFO does not block, a link is not followed, and a huge file not read."""
    secret = vault.parent / "secret"
    secret.write_text("secret\n")
    os.mkfifo(vault / "People/.Ada.md.00000001.tmp")
    (vault / "People/.Ada.md.00000002.tmp").symlink_to(secret)
    (vault / "People/.Ada.md.00000003.tmp").mkdir()
    with (vault / "People/.Ada.md.00000004.tmp").open("wb") as huge:
        huge.truncate(1 << 40)
    assert [one["fault"] for one in listed(run)] == [
        "it is no regular file, and was not read",
        "it is a link, and was not followed",
        "it is no regular file, and was not read",
        "it is larger than 1 MiB, and was not read",
    ]
    for id_ in ("00000001", "00000002", "00000003"):
        for args in ([], ["--diff"], ["--restore"], ["--drop"]):
            assert run(id_, *args)[2] == 1
    assert run("--tidy")[1] == "There was nothing that could go without a loss.\n"
    assert len(names(vault)) == 5
    assert run("00000004", "--restore")[2] == 1
    assert run("00000004", "--drop")[2] == 0
    assert len(names(vault)) == 4
    assert secret.read_text() == "secret\n"


def test_a_cut_name_finds_its_note(vault: Path, run: Run) -> None:
    """A note's name may be longer than what ours can hold of it; one that is gone stays unknown."""
    path = f"People/{'é' * 120}.md"
    (vault / path).write_text(OLD)
    leave(vault, NEW, path)
    (found,) = listed(run)
    assert (found["path"], found["own"]) == (path, True)
    (vault / path).unlink()
    (found,) = listed(run)
    assert found["path"] is None
    out, err, code = run(str(found["id"]), "--restore")
    assert (out, code) == ("", 1)
    assert "Rename it yourself" in err


def test_a_displaced_text_is_listed_if_a_line_of_the_users_is_missing(
    vault: Path, run: Run
) -> None:
    """The others are counted, and listed when asked for; the newest come first."""
    assert write_note(vault, ADA, NEW, before=OLD.encode())
    assert write_note(vault, ADA, OLD, before=NEW.encode())
    assert write_note(vault, ADA, "# Ada\n", before=OLD.encode())
    assert write_note(vault, ADA, OLD, before=b"# Ada\n")
    assert [(one["kind"], one["path"], one["file"], one["lines"]) for one in listed(run)] == [
        ("displaced", ADA, None, ["- 2026-11-20 call: the boat"])
    ]
    assert len(listed(run, "--all")) == 2
    told = "1 replaced text left out, with nothing more of yours: --all lists everything.\n"
    assert run()[1].endswith(told)
    out, _, _ = run("--all")
    assert out.count("          replaced on ") == 2
    assert "newest edit" not in out


def test_of_many_displaced_texts_those_are_listed_that_add_something(vault: Path, run: Run) -> None:
    """A line that was there for a week is listed once, with the newest text that holds it."""
    for n, text in enumerate((OLD + "mine\nmore\n", OLD + "mine\n", "# Ada\nmine\n")):
        kept = Path(memory.keep(vault, ADA, text.encode()), ADA)
        os.utime(kept, (n, n))  # a disk may tell the times of three quick writes as one
    assert len(listed(run, "--all")) == 3
    assert [one["lines"] for one in listed(run)] == [["mine"], ["mine", "more"]]


# --- showing, putting back, dropping ------------------------------------------------------


def test_one_is_printed_or_compared_and_nothing_is_written(vault: Path, run: Run) -> None:
    """By its id, a beginning of it, its path, or its note's; the difference is what restoring does."""
    id_ = leave(vault, NEW)
    before = names(vault)
    for word in (id_, id_[:3], f"People/.Ada.md.{id_}.tmp", f"Notes/People/.Ada.md.{id_}.tmp", ADA):
        assert run(word) == (NEW, "", 0)
    assert run(id_, "--diff")[0].splitlines() == [
        f"--- a/{ADA}",
        f"+++ b/{ADA}",
        "@@ -1,3 +1,4 @@",
        " # Ada",
        " ## Log",
        " - 2026-11-02 coffee",
        "+- 2026-11-20 call: the boat",
    ]
    assert names(vault) == before
    assert (vault / ADA).read_text() == OLD


def test_a_restored_text_is_still_there_when_an_editor_saves_over_it(vault: Path, run: Run) -> None:
    """The editor had the older text open all the while: its next save takes nothing for good."""
    id_ = leave_other(vault, f"{OLD}my newest line\n")
    assert run(id_, "--restore")[2] == 0
    (vault / ADA).write_text(OLD, encoding="utf-8")
    assert names(vault) == ["Ada.md"]
    assert [one["lines"] for one in listed(run)] == [["my newest line"]]


def test_restoring_puts_it_in_the_notes_place_and_keeps_what_stood_there(
    vault: Path, run: Run
) -> None:
    """So that restoring can be undone in its turn."""
    id_ = leave_other(vault, "# Ada\nmine\n")
    out, err, code = run(id_, "--restore")
    told = "Restored. What stood there is kept for 30 days: see `vaultnet recover`.\n"
    assert (out, err, code) == (f"{ADA}\n", told, 0)
    assert (vault / ADA).read_text() == "# Ada\nmine\n"
    assert names(vault) == ["Ada.md"]
    (kept,) = listed(run)
    assert kept["lines"] == ["## Log", "- 2026-11-02 coffee"]
    rest(vault / ADA)
    assert run(str(kept["id"]), "--restore")[2] == 0
    assert (vault / ADA).read_text() == OLD
    # Kept twice, when it was restored and when it was displaced; listed once.
    assert [one["lines"] for one in listed(run)] == [["mine"]]
    assert (
        run(str(kept["id"]), "--restore")[1] == "The note held it already; nothing was written.\n"
    )


def test_a_note_that_is_gone_is_made_again(vault: Path, run: Run) -> None:
    """With its folder and its mode, byte for byte, be it text or not."""
    beside = vault / "Work/.Bo.md.deadbeef.tmp"
    beside.parent.mkdir()
    beside.write_bytes(b"\xef\xbb\xbfcaf\xe9\r\n")
    beside.chmod(0o600)
    assert "; the note is gone, and this holds 1 line:\n" in run()[0]
    assert run("deadbeef", "--restore")[1] == "Restored.\n"
    note = vault / "Work/Bo.md"
    assert note.read_bytes() == b"\xef\xbb\xbfcaf\xe9\r\n"
    assert note.stat().st_mode & 0o777 == 0o600
    assert sorted(note.parent.iterdir()) == [note]


def test_dropping_is_for_good_and_by_name_alone(vault: Path, run: Run) -> None:
    """A file beside the note, or a kept text with the folder made for it."""
    id_ = leave(vault, NEW)
    assert write_note(vault, ADA, "# Ada\n", before=OLD.encode())
    (kept,) = find_kept(vault)
    assert run(id_, "--drop") == ("", f"Removed People/.Ada.md.{id_}.tmp ({id_})\n", 0)
    assert run(kept.id, "--drop") == ("", f"Removed {ADA} ({kept.id})\n", 0)
    assert listed(run, "--all") == []
    assert list((vault.parent / "state").rglob("*.kept/*")) == []
    assert (vault / ADA).read_text() == "# Ada\n"


def test_tidying_removes_what_is_spare_and_nothing_else(vault: Path, run: Run) -> None:
    """What holds a line that the note lacks stays, and so does what was displaced."""
    assert write_note(vault, ADA, "# Ada\n", before=OLD.encode())
    rest(vault / ADA)
    mine = leave_other(vault, "# Ada\nmine\n")
    leave_other(vault, "# Ada\n\n", "00000001")
    assert run("--tidy")[1] == "Removed People/.Ada.md.00000001.tmp (00000001)\n"
    assert names(vault) == [f".Ada.md.{mine}.tmp", "Ada.md"]
    assert len(listed(run)) == 2


def test_tidying_mends_a_note_that_a_death_gave_a_second_name(vault: Path, run: Run) -> None:
    """Where files cannot be moved exclusively, a new note gets its name by a hard link first."""
    os.link(vault / ADA, vault / "People/.Ada.md.deadbeef.tmp")
    assert run("--tidy")[2] == 0
    assert write_note(vault, ADA, NEW, before=OLD.encode())


def test_without_a_lock_nothing_is_tidied(
    vault: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run might be between two steps of a write just then."""
    leave_other(vault, "")
    (vault.parent / "nowhere").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(vault.parent / "nowhere"))
    assert "Set XDG_STATE_HOME" in run("--tidy")[1]
    assert len(names(vault)) == 2


def test_what_is_unclear_is_refused_with_the_candidates(vault: Path, run: Run) -> None:
    """And nothing happens."""
    leave_other(vault, "a\n", "dead0001")
    leave_other(vault, "b\n", "dead0002")
    for word in ("dead", ADA):
        out, err, code = run(word, "--drop")
        assert (out, code) == ("", 1)
        assert err.splitlines() == [
            f"Error: '{word}' could be:",
            "  dead0001 People/.Ada.md.dead0001.tmp",
            "  dead0002 People/.Ada.md.dead0002.tmp",
            "Name one by its id, or by its path.",
        ]
    assert "goes by 'beef'" in run("beef")[1]
    assert run("beef")[2] == 1
    assert len(names(vault)) == 3


@pytest.mark.parametrize(
    "args",
    [
        ["--restore"], ["--drop"], ["--diff"], ["x", "--tidy"], ["x", "--all"], ["--restore", ""],
        ["x", "--drop", "--restore"], ["x", "--drop", "--diff"], ["x", "--drop", "--json"],
        ["--tidy", "--all"], ["x", "y"],
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(args: list[str], run: Run) -> None:
    """Before anything is looked at."""
    assert run(*args)[2] == 2


def test_a_leftover_is_a_hint_of_check(
    vault: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the command that shows it."""
    id_ = leave(vault, NEW)
    assert run()[2] == 0
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == (
        f"People/.Ada.md.{id_}.tmp: hint: is what an interrupted write left behind: "
        f"see `vaultnet recover {id_}`\n"
    )


def test_ids_complete_in_the_shell(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`vaultnet recover de<TAB>`."""
    leave_other(vault, "a\n")
    monkeypatch.setenv("_VAULTNET_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "vaultnet recover de")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit):
        main([])
    assert capsys.readouterr().out == "plain,deadbeef\n"


def test_every_key_of_json_is_told(vault: Path, run: Run) -> None:
    """Who reads the JSON finds each of its keys in the README."""
    id_ = leave(vault, NEW)
    readme = Path(__file__).parent.parent.joinpath("README.md").read_text(encoding="utf-8")
    found = json.loads(run(id_, "--json")[0])
    assert found["text"] == NEW
    assert [key for key in found if f'"{key}"' not in readme] == []


# --- names --------------------------------------------------------------------------------


def test_the_same_write_twice_interrupted_leaves_both(vault: Path) -> None:
    """A file that is there already is not written into, and each is known as ours."""
    first, second = leave(vault, NEW), leave(vault, NEW)
    assert first != second
    assert len(find_leftovers(vault)) == 2
    create_note(vault, "People/Bo.md", NEW)
    assert names(vault) == [f".Ada.md.{id_}.tmp" for id_ in sorted([first, second])] + [
        "Ada.md",
        "Bo.md",
    ]
