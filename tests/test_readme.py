"""What the README promises is what vaultnet does.

`python tests/test_readme.py` writes the excerpt and the table of settings anew; read the diff.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from vaultnet import config
from vaultnet.cli import COMMANDS, vaultnet
from vaultnet.core.kinds import KINDS
from vaultnet.core.properties import _CANONICAL as PROPERTIES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLE = str(ROOT / "sample_vault")
TODAY = "2026-11-24"
"""The day for which the sample vault is written."""


def test_settings_are_those_of_the_program() -> None:
    """The table of settings is the one that the settings themselves write."""
    assert _part("settings") == config.as_markdown_table().strip()


def test_every_command_and_option_is_told() -> None:
    """Each command has a heading, and each of its options is named."""
    headings = re.findall(r"^### `vaultnet (\w+)", README, re.MULTILINE)
    assert sorted(headings) == sorted(COMMANDS)
    options = {
        option
        for command in (vaultnet, *map(_command, COMMANDS))
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    assert [option for option in sorted(options) if option not in README] == []


def test_the_list_of_commands_is_true() -> None:
    """What the list says of a command is the first sentence of its help."""
    told = {name: str(_command(name).help).split(". ")[0].split("\n\n")[0] for name in COMMANDS}
    told = {name: " ".join(text.split()).rstrip(".") + "." for name, text in told.items()}
    assert told == COMMANDS
    modules = {path.stem for path in (ROOT / "vaultnet" / "cli").glob("[a-z]*.py")}
    assert modules - {"options"} == COMMANDS.keys()


def _command(name: str) -> click.Command:
    found = vaultnet.get_command(click.Context(vaultnet), name)
    assert found is not None
    return found


def test_no_command_is_told_that_is_not_there() -> None:
    """Whoever types what the README shows is understood."""
    shown = {
        name for code in _codes(README) for name in re.findall(r"(?<![\w/])vaultnet ([a-z]+)", code)
    }
    assert shown - set(COMMANDS) == set()


def test_every_property_is_told() -> None:
    """The table of properties holds all that a contact's front matter can say."""
    told = {name for row in _rows("property") for name in re.findall(r"`(\w+)`", row[0])}
    assert told == PROPERTIES | {"tags", "vaultnet"}


def test_every_kind_is_told() -> None:
    """A kind stands in the README's table and among those that the settings give words to."""
    kinds = [kind.word for kind in KINDS]
    assert [row[0].strip("`") for row in _rows("kind")] == kinds


def test_every_dependency_is_justified() -> None:
    """Each library that is installed at run time has its line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [re.split(r"[<>=]", line)[0] for line in project["dependencies"]]
    assert [row[0] for row in _rows("library")] == needed


def test_the_test_command_is_what_is_run() -> None:
    """The line that passes the tests for a newcomer is the one that every change has to pass."""
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert _part("test").removeprefix("```sh\n").removesuffix("\n```") in lines


@pytest.mark.parametrize(
    "words",
    [["status"], ["rings"], ["show", "nkechi"], ["plan"], ["check"], ["trend"]],
    ids="".join,
)
def test_every_key_of_json_is_told(words: list[str]) -> None:
    """Who reads the JSON finds each of its keys in the README."""
    found = json.loads(_run(*words, "--json", vault=SAMPLE))
    assert [key for key in sorted(set(_keys(found))) if f'"{key}"' not in README] == []


def test_the_excerpt_is_of_the_plan() -> None:
    """The plan shown is the one that is made, up to what is optional."""
    assert _part("plan") == _excerpt()


def test_the_example_note_reads_as_told(tmp_path: Path) -> None:
    """The note shown is understood without a complaint, entry by entry."""
    people = tmp_path / "People"
    people.mkdir()
    note = "\n".join(_fenced("note"))
    (people / "Ines Wild.md").write_text(note, encoding="utf-8")
    (people / "Tomasz Brzoza.md").write_text("", encoding="utf-8")

    assert json.loads(_run("check", "--json", vault=str(tmp_path))) == []
    standing = json.loads(_run("show", "ines", "--json", vault=str(tmp_path)))
    assert standing["ring"] == "strategic"
    assert [(i["date"], i["kind"], i["direction"]) for i in standing["interactions"]] == [
        ("2026-11-20", "coffee", "both"),
        ("2026-11-06", "message", "in"),
        ("2026-10-02", "call", "both"),
        ("2026-09-18", "coffee", "both"),
        ("2026-09-01", "note", "out"),
    ]
    plan = json.loads(_run("plan", "--json", vault=str(tmp_path)))
    assert plan["actions"][0]["id"] == "vn-promise-ines-wild"


def test_links_lead_somewhere() -> None:
    """A link to a file of the project leads to one."""
    missing = [
        f"{name}: {target}"
        for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/design.md")
        for target in re.findall(r"\]\(([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))
        if "://" not in target and not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert missing == []


# --- what the README takes over -----------------------------------------------------------


def _excerpt() -> str:
    """Show the sample's plan from its title to its optional touch, without what Obsidian hides."""
    plan = _run("plan", "--dry-run", vault=SAMPLE)
    shown = re.sub(r" \^vn-[\w-]+$", "", plan, flags=re.MULTILINE)
    week = shown[shown.index("# This week") : shown.index("\n## This week")]
    upto = f"{week}\n## ".index("\n## ", week.index("\n## If you have the energy") + 1)
    return f"```markdown\n{week[:upto].rstrip()}\n```"


# --- reading the README -------------------------------------------------------------------


def _part(name: str) -> str:
    """Give what stands between `<!-- name -->` and `<!-- /name -->`."""
    return README.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0].strip()


def _fenced(name: str) -> list[str]:
    """Give the lines of the fenced block in a part."""
    return _part(name).splitlines()[1:-1]


def _rows(head: str) -> Iterator[list[str]]:
    """Give the cells of the table whose first column is headed so, row by row."""
    _, _, rest = README.partition(f"\n| {head} |")
    for line in rest.splitlines()[2:]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


def _codes(text: str) -> Iterator[str]:
    """Give what is written as code, in a line or in a block."""
    parts = re.split(r"^```.*\n", text, flags=re.MULTILINE)
    yield from parts[1::2]
    for prose in parts[::2]:
        yield from re.findall(r"`([^`\n]+)`", prose)


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else ():
        yield from _keys(inner)
    for inner in value if isinstance(value, list) else ():
        yield from _keys(inner)


def _run(*words: str, vault: str) -> str:
    """Run a command and give what it says on standard output."""
    done = CliRunner().invoke(
        vaultnet, [*words, "--vault", vault, "--today", TODAY], catch_exceptions=False
    )
    return done.stdout


if __name__ == "__main__":
    written = README.replace(_part("settings"), config.as_markdown_table().strip())
    written = written.replace(_part("plan"), _excerpt())
    (ROOT / "README.md").write_text(written, encoding="utf-8")
