"""vaultnet.toml: what it sets, what is refused and in which words, and what explains it."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultnet.config import OPTIONS, as_markdown_table, explain, read_settings
from vaultnet.core.frozen import names_of
from vaultnet.core.model import Settings
from vaultnet.errors import VaultnetError


def _read(root: Path, text: str) -> Settings:
    (root / "vaultnet.toml").write_text(text, encoding="utf-8")
    return read_settings(root)


def test_no_file(tmp_path: Path) -> None:
    """Without a file, every default holds."""
    assert read_settings(tmp_path) == Settings()


def test_every_setting(tmp_path: Path) -> None:
    """Every setting is read, and a single text stands for a list of one."""
    found = _read(
        tmp_path,
        """\ufeff
        heading = "  lead a data team\\nin climate "
        me = "Me"
        offers = ["code review", " ", "interview practice"]
        ignore = "Archive"
        [contacts]
        folders = ["Menschen"]
        tags = ["mensch"]
        types = []
        [log]
        headings = "Verlauf"
        [kinds]
        coffee = ["fika", "Kaffee"]
        saw-my-work = "las mein"
        [plan]
        folder = "./Career\\\\Plans/"
        touches = 50
        quote = false
        due_dates = true
        [exposure]
        backlog = "Career/Ideas"
        avoid = ["Talk", "post"]
        """,
    )
    assert found == Settings(
        heading="lead a data team in climate",
        me="Me",
        offers=("code review", "interview practice"),
        ignore=("Archive",),
        contact_folders=("Menschen",),
        contact_tags=("mensch",),
        contact_types=(),
        log_headings=("Verlauf",),
        kinds={"coffee": ("fika", "Kaffee"), "saw-my-work": ("las mein",)},
        plan_folder="Career/Plans",
        touches=50,
        quote=False,
        due_dates=True,
        backlog="Career/Ideas.md",
        avoid=("talk", "post"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "plan.touchs = 4",
            "vaultnet.toml: unknown setting 'plan.touchs' (did you mean 'plan.touches'?)",
        ),
        (
            "[plans]\ntouches = 4",
            "vaultnet.toml: unknown setting 'plans' (did you mean 'plan'?)",
        ),
        ("tags = ['x']", "vaultnet.toml: unknown setting 'tags' (did you mean 'contacts.tags'?)"),
        ("quux = 1", "vaultnet.toml: unknown setting 'quux'"),
        ('"a\\u001b\\u202e" = 1', r"vaultnet.toml: unknown setting 'a\x1b\u202e'"),
        (
            "[kinds]\ncofee = 'fika'",
            "vaultnet.toml: unknown setting 'kinds.cofee' (did you mean 'kinds.coffee'?)",
        ),
        (
            "plan = 4",
            "vaultnet.toml: 'plan' is 4; it is a table: write [plan], and its settings below",
        ),
        ("heading = 5", "vaultnet.toml: 'heading' is 5; it can be text in quotes"),
        (
            "offers = ['x', true]",
            'vaultnet.toml: \'offers\' is true; it can be a list of texts, as ["one", "two"]',
        ),
        (
            "plan.touches = 0",
            "vaultnet.toml: 'plan.touches' is 0; it can be a whole number from 1 to 50",
        ),
        (
            "plan.touches = true",
            "vaultnet.toml: 'plan.touches' is true; it can be a whole number from 1 to 50",
        ),
        ("plan.quote = 'no'", "vaultnet.toml: 'plan.quote' is 'no'; it can be true or false"),
        (
            "exposure.avoid = ['talks']",
            "vaultnet.toml: 'exposure.avoid' is 'talks'; it can be a list of article, post, offer, mentoring, talk, community, other",
        ),
        (
            "plan.touchs = 4\nplan.quote = 1",
            "vaultnet.toml: unknown setting 'plan.touchs' (did you mean 'plan.touches'?)\nvaultnet.toml: 'plan.quote' is 1; it can be true or false",
        ),
        ("me = 'x'\nme = 'y'", "vaultnet.toml:2: is no TOML: Cannot overwrite a value"),
        ("me = 'x'\n\noffers = [\n", "vaultnet.toml:3: is no TOML: Invalid value"),
    ],
)
def test_refused(tmp_path: Path, text: str, message: str) -> None:
    """What is wrong is named with its key, what was found, and what is allowed."""
    with pytest.raises(VaultnetError) as refused:
        _read(tmp_path, text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    "path",
    [
        "/x",
        "../x",
        "x/../../y",
        "C:/x",
        "\\\\host\\share",
        "~/x",
        ".git/x",
        "",
        ".",
        "a//b",
        "a|b",
    ],
)
def test_outside_the_vault(tmp_path: Path, path: str) -> None:
    """The folder of plans and the backlog stay inside the vault, where vaultnet reads."""
    for key in ("plan.folder", "exposure.backlog"):
        with pytest.raises(VaultnetError, match=rf"'{key}' is .*; it can be a .* inside the vault"):
            _read(tmp_path, f"{key} = '{path}'")


def test_no_settings_file_at_all(tmp_path: Path) -> None:
    """What is no regular file of text is refused, and blocks nothing."""
    place = tmp_path / "vaultnet.toml"
    place.mkdir()
    with pytest.raises(VaultnetError, match=r"^vaultnet.toml: is no regular file$"):
        read_settings(tmp_path)
    place.rmdir()
    os.mkfifo(place)
    with pytest.raises(VaultnetError, match=r"^vaultnet.toml: is no regular file$"):
        read_settings(tmp_path)
    place.unlink()
    place.symlink_to("/etc/hostname")
    with pytest.raises(VaultnetError, match=r"^vaultnet.toml: cannot be read: is a link"):
        read_settings(tmp_path)
    place.unlink()
    place.write_bytes(b"me = 'x'\n# caf\xe9\n")
    with pytest.raises(VaultnetError, match=r"^vaultnet.toml:2: is not UTF-8"):
        read_settings(tmp_path)
    place.write_bytes(b"#" * (1 << 20) + b"\n")
    with pytest.raises(VaultnetError, match=r"^vaultnet.toml: is larger than 64 KiB$"):
        read_settings(tmp_path)
    place.write_text("offers = " + "[" * 50_000)
    with pytest.raises(VaultnetError, match=r"^vaultnet.toml: is no TOML that can be read$"):
        read_settings(tmp_path)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("me=plan.touches[]\"'{}\n #x4-:") | st.characters(codec="utf-8")))
def test_any_text(tmp_path: Path, text: str) -> None:
    """Any text whatever gives settings or a refusal."""
    try:
        assert isinstance(_read(tmp_path, text), Settings)
    except VaultnetError as refused:
        assert str(refused).startswith("vaultnet.toml:")  # noqa: PT017 — either outcome is right


def test_explained_sets_nothing(tmp_path: Path) -> None:
    """What `init` writes is TOML that sets nothing."""
    assert not any(tomllib.loads(explain()).values())
    assert _read(tmp_path, explain()) == Settings()


def test_explained_uncommented(tmp_path: Path) -> None:
    """With the marker of every option taken away, the defaults are set, and more words."""
    live = re.sub(r"(?m)^# (?=\w+ = )", "", explain())
    assert _read(tmp_path, live) == Settings(kinds={"coffee": ("fika", "Kaffee")})
    given_keys = {
        f"{table}.{name}" if isinstance(value, dict) else table
        for table, value in tomllib.loads(live).items()
        for name in (value if isinstance(value, dict) else [table])
    }
    assert given_keys == {option.key for option in OPTIONS if option.key != "kinds"} | {
        "kinds.coffee"
    }


def test_examples(tmp_path: Path) -> None:
    """Every example in the explanation can be set as it stands."""
    for option in OPTIONS:
        if option.example and option.key != "kinds":
            found = _read(tmp_path, f"{option.key} = {option.example}")
            assert getattr(found, option.field) != option.default


def test_every_field_has_its_option() -> None:
    """The table of options and the settings' fields are the same set, in the same order."""
    assert [option.field for option in OPTIONS] == list(names_of(Settings))


def test_markdown_table() -> None:
    """The README's table has a row for every setting."""
    lines = as_markdown_table().splitlines()
    assert lines[0] == "| setting | default | what it does |"
    assert (
        "| `plan.touches` | `4` | How many people a week, the last of them optional: 1 to 50. |"
    ) in lines
    assert len(lines) == 2 + len(OPTIONS)
    assert {line.count("|") for line in lines} == {4}
