"""`vaultnet log` and `vaultnet new`, as somebody types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vaultnet.cli import vaultnet
from vaultnet.errors import VaultnetError

ADA = "People/Ada Lovelace.md"
NOTES = {
    ADA: "---\naliases: [Countess]\n---\n## Log\n- **2026-11-19:** email from her\n\n## Facts\n",
    "People/Bo Ek.md": "",
    "People/Cy.md": "```\nnever closed\n",
    "Other/Bo Ek.md": "",
    ".obsidian/app.json": "{}",
}

Run = Callable[..., Result]


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small vault, on a machine of its own."""
    root = tmp_path / "Notes"
    for path, text in NOTES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("VAULTNET_VAULT", str(root))
    return root


@pytest.fixture
def run(vault: Path) -> Run:
    """Run a command on 24 November 2026."""
    assert vault.is_dir()

    def run_it(*words: str, given: str | None = None) -> Result:
        return CliRunner().invoke(vaultnet, [*words, "--today", "2026-11-24"], input=given)

    return run_it


def contents(root: Path) -> dict[str, str]:
    """Read every file below a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.is_file()
    }


def test_one_line_is_logged_and_told_how_it_was_read(vault: Path, run: Run) -> None:
    """Nothing else in the vault changes."""
    ran = run("log", "countess", "coffee: the", "climate job", "--with", "People/Bo Ek.md")
    line = "- **2026-11-24:** coffee with [[People/Bo Ek|Bo Ek]]: the climate job"
    assert ran.stdout == f"{ADA}:6: {line}\n"
    assert ran.stderr == "Read as a coffee, both ways, with Bo Ek too.\n"
    text = NOTES[ADA].replace("from her\n", f"from her\n{line}\n")
    assert contents(vault) == {**NOTES, ADA: text}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("email from her", "Read as a message, from them."),
        ("emailed", "Read as a message, from you."),
        (
            "the boat",
            "Read as a plain note, from you: no kind of interaction was recognised in it.",
        ),
        (
            "need to call her",
            "Read as nothing that happened: it sounds like a plan, or like something called off.",
        ),
    ],
)
def test_a_misreading_shows_at_once(words: str, said: str, vault: Path, run: Run) -> None:
    """Kind and direction are told, and a dry run writes nothing."""
    ran = run("log", "ada", words, "--dry-run")
    assert (ran.exit_code, ran.stderr) == (0, f"{said}\n")
    assert contents(vault) == NOTES


def test_another_day_and_standard_input(vault: Path, run: Run) -> None:
    """An entry goes where its day belongs; several lines become one."""
    ran = run("log", "ada", "-", "--on", "2026-10-01", given="called,\n\x1b[1m we talked\n")
    assert ran.exception is None
    assert ran.stdout == f"{ADA}:5: - **2026-10-01:** called, [1m we talked\n"
    assert "- **2026-10-01:** called, [1m we talked\n- **2026-11-19:**" in contents(vault)[ADA]
    assert run("log", "ada", "lunch", "--on", "2026-12-01").stderr == "Read as an appointment.\n"


def test_the_difference_is_the_line(vault: Path, run: Run) -> None:
    """`--diff` writes nothing."""
    ran = run("log", "bo ek", "called", "--diff")
    assert [line for line in ran.stdout.splitlines() if line[0] in "+-"] == [
        "--- a/People/Bo Ek.md",
        "+++ b/People/Bo Ek.md",
        "+## Log",
        "+- 2026-11-24 called",
    ]
    assert contents(vault) == NOTES


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["cy", "called"], "People/Cy.md:2: an entry here would"),
        (["nobody", "called"], "Nobody in your notes"),
        (["ada", " "], "say what happened"),
        (["ada", "2026-11-20", "called"], "--on"),
    ],
)
def test_what_cannot_be_logged_is_refused(
    words: list[str], wrong: str, vault: Path, run: Run
) -> None:
    """With the reason, and nothing is written."""
    ran = run("log", *words)
    assert isinstance(ran.exception, VaultnetError)
    assert wrong in str(ran.exception)
    assert contents(vault) == NOTES


def test_logging_twice_keeps_both(vault: Path, run: Run) -> None:
    """The second line stands below the first."""
    run("log", "bo ek", "called")
    run("log", "bo ek", "coffee")
    assert contents(vault)["People/Bo Ek.md"] == (
        "## Log\n- 2026-11-24 called\n- 2026-11-24 coffee\n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            b"## Log\r\n- 2026-11-20 called",
            b"## Log\r\n- 2026-11-20 called\r\n- 2026-11-24 coffee",
        ),
        (b"\xef\xbb\xbf", b"\xef\xbb\xbf## Log\n- 2026-11-24 coffee\n"),
    ],
)
def test_a_line_that_gets_an_end_or_words_is_not_lost(
    old: bytes, new: bytes, vault: Path, run: Run
) -> None:
    """The last line of a note in CRLF, and a note that holds a byte order mark alone."""
    note = vault / "People/Bo Ek.md"
    note.write_bytes(old)
    assert run("log", "People/Bo Ek.md", "coffee").exit_code == 0
    assert note.read_bytes() == new


def test_a_new_contact_lies_with_the_others_and_is_read(vault: Path, run: Run) -> None:
    """Properties are set in the template, whose other lines stay."""
    ran = run(
        "new", "Dag", "Öl: ", "--company", "[[Acme]]", "--set", "they_know=my name",
        "--set", "needs=[data engineers, a boat]", "--set", "Want to meet=false",
    )  # fmt: skip
    assert ran.stdout == "People/Dag Öl.md\n"
    assert ran.stderr == "The note is called 'Dag Öl', safe everywhere.\n"
    assert contents(vault)["People/Dag Öl.md"] == (
        '---\ntype: person\ncreated: "2026-11-24"\naliases: []\ncompany: "[[Acme]]"\nrole:\n'
        "relationship:\nthey_know: my name\npurpose:\nbirthday:\nneeds: [data engineers, a boat]\n"
        "Want to meet: false\n---\n\n# Dag Öl\n\n## Log\n\n"
    )
    assert json.loads(run("show", "dag", "--json").stdout)["ring"] == "lukewarm"
    assert json.loads(run("check", "--json").stdout) == []


def test_the_vaults_own_template_is_used(vault: Path, run: Run) -> None:
    """Filled as Obsidian would; where only a plugin could, the built-in stands in."""
    own = vault / "Templates/Contact.md"
    own.parent.mkdir()
    own.write_text("# {{title}}\n{{date:D MMMM YYYY}}\n", encoding="utf-8")
    assert run("new", "Dag", "--dry-run").stdout == "# Dag\n24 November 2026\n"
    own.write_text("# <% tp.file.title %>\n", encoding="utf-8")
    ran = run("new", "Dag", "--dry-run")
    assert ran.stdout.startswith("---\ntype: person\n")
    assert "only a plugin can fill <% tp.file.title %>" in ran.stderr
    assert "People/Dag.md" not in contents(vault)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["ADA", "lovelace"], f"{ADA} is there already"),
        (["///"], "nothing that a file could be called"),
        (["README"], "would not be read as a contact"),
        (["Dag", "--set", "they_know=all"], "they_know 'all' is none of"),
    ],
)
def test_a_contact_that_could_not_live_is_not_made(
    words: list[str], wrong: str, vault: Path, run: Run
) -> None:
    """A name that is taken or no person's, and values nobody understands."""
    ran = run("new", *words)
    assert isinstance(ran.exception, VaultnetError)
    assert wrong in str(ran.exception)
    assert contents(vault) == NOTES


def test_a_namesake_is_told(run: Run) -> None:
    """Two notes of one name are linked by their paths."""
    assert "has the same name" not in run("new", "Dag", "--diff").stderr
    assert run("new", "bo ek").exit_code == 1
    assert run("new", "Dag", "--set", "nothing").exit_code == 2


@pytest.mark.usefixtures("vault")
def test_names_complete_for_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """`vaultnet log ada<TAB>` and `--with bo<TAB>`."""
    for words, offered in (("log ada", "Ada Lovelace"), ("log ada called --with cy", "Cy")):
        monkeypatch.setenv("_VAULTNET_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", f"vaultnet {words}")
        monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
        ran = CliRunner().invoke(vaultnet, prog_name="vaultnet")
        assert ran.stdout == f"plain,{offered}\n"
