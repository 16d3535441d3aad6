"""The notes on disk: which are read, which are not, and what is said about those."""

from __future__ import annotations

import json
import os
import socket
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultnet.core.model import Obsidian, Problem, Settings, Severity, Source
from vaultnet.core.sources import fold_path, fold_paths
from vaultnet.errors import VaultnetError
from vaultnet.root import find_root
from vaultnet.vault import read_obsidian, scan


def _write(root: Path, **notes: str) -> None:
    """Write `People/Ada.md` for a keyword that is a path."""
    for path, text in notes.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")


def _paths(root: Path, given_settings: Settings | None = None) -> list[str]:
    """Give the paths of the notes that are read."""
    return [source.path for source in scan(root, given_settings or Settings()).sources]


def _told(root: Path) -> list[tuple[str, int, str]]:
    """Give place and code of every problem."""
    return [(told.path, told.line, told.code) for told in scan(root, Settings()).problems]


# --- the root -----------------------------------------------------------------------------


def test_nearest_vault(tmp_path: Path) -> None:
    """The vault is the nearest folder at or above that holds the settings or `.obsidian`."""
    inner = tmp_path / "notes" / "work" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / ".obsidian").mkdir()
    assert find_root(None, {}, inner) == tmp_path
    (tmp_path / "notes" / "work" / "vaultnet.toml").touch()
    assert find_root(None, {}, inner) == tmp_path / "notes" / "work"
    assert find_root(None, {}, tmp_path / "notes" / "work") == tmp_path / "notes" / "work"


def test_named_vault(tmp_path: Path) -> None:
    """`--vault` comes before `$VAULTNET_VAULT`, and that before the working directory."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / ".obsidian").mkdir()
    environ = {"VAULTNET_VAULT": str(tmp_path / "a")}
    assert find_root(Path("b"), environ, tmp_path) == tmp_path / "b"
    assert find_root(None, environ, tmp_path) == tmp_path / "a"
    assert find_root(None, {"VAULTNET_VAULT": ""}, tmp_path) == tmp_path


def test_no_vault(tmp_path: Path) -> None:
    """Without a vault, the error says how to name one; a wrong name has its own."""
    with pytest.raises(VaultnetError) as none:
        find_root(None, {}, tmp_path)
    assert str(none.value) == (
        "There is no vault here: no vaultnet.toml or .obsidian at or above this folder. "
        "Name one with --vault; `vaultnet init` makes this folder one."
    )
    (tmp_path / "note.md").touch()
    with pytest.raises(VaultnetError) as file:
        find_root(Path("note.md"), {}, tmp_path)
    assert str(file.value) == "note.md (named by --vault) is no folder. Name the vault's folder."
    with pytest.raises(
        VaultnetError, match=r"^gone \(named by \$VAULTNET_VAULT\) does not exist\."
    ):
        find_root(None, {"VAULTNET_VAULT": "gone"}, tmp_path)


def test_root_gone(tmp_path: Path) -> None:
    """A root that cannot be listed is a fault in use."""
    with pytest.raises(VaultnetError, match="cannot be read: No such file or directory"):
        scan(tmp_path / "gone", Settings())


# --- what is read -------------------------------------------------------------------------


def test_notes(tmp_path: Path) -> None:
    """Notes end in `.md` in any case; dot-folders, dot-files and other files are not read."""
    _write(
        tmp_path,
        **{
            "Zoe.MD": "z",
            "People/Ada.md": "a\r\nb",
            "People/Bo.txt": "-",
            "People/.hidden.md": "-",
            ".trash/Old.md": "-",
            ".obsidian/x.md": "-",
            "Folder.md/Inside.md": "\ufeffi",
            "Empty.md": "",
        },
    )
    found = scan(tmp_path, Settings())
    assert found.sources == (
        Source("Empty.md", ""),
        Source("Folder.md/Inside.md", "i"),
        Source("People/Ada.md", "a\r\nb"),
        Source("Zoe.MD", "z"),
    )
    assert found.paths == ("Empty.md", "Folder.md/Inside.md", "People/Ada.md", "Zoe.MD")
    assert found.problems == ()


@pytest.mark.parametrize(
    "ignore",
    [
        ("Archive", "People/Bo.md"),
        ("/archive/", "./People/Bo.md"),
        ("Arch*", "*/Bo.md"),
        ("**/Archive/**", "**/bo.md"),
        ("Archive\\Old", "Archive/Ada.md", "People/B?.md"),
        ("[A]rchive", "", "/", "People/Bo*"),
    ],
)
def test_ignored(tmp_path: Path, ignore: tuple[str, ...]) -> None:
    """A folder or a pattern of the whole path is ignored, yet its notes can be linked."""
    _write(
        tmp_path,
        **{
            "Archive/Ada.md": "",
            "Archive/Old/Cy.md": "",
            "Archives.md": "",
            "People/Ada.md": "",
            "People/Bo.md": "",
        },
    )
    found = scan(tmp_path, Settings(ignore=ignore))
    expected = ["People/Ada.md"] if "Arch*" in ignore else ["Archives.md", "People/Ada.md"]
    assert [source.path for source in found.sources] == expected
    assert len(found.paths) == 5


def test_obsidian_hides(tmp_path: Path) -> None:
    """Obsidian's excluded files (a path's beginning or a pattern) and templates are not read."""
    filters = ["Old/", "Notes/Dra", "/\\.excalidraw\\.md$/", "/^Log\\/\\d{4}-\\d{2}-\\d{2}/", 5]
    _write(
        tmp_path,
        **{
            ".obsidian/app.json": json.dumps({"userIgnoreFilters": filters}),
            ".obsidian/templates.json": '{"folder": "Meta/Templates/"}',
            ".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder": "Tp"}',
            "Old/a.md": "",
            "Notes/Drafts/a.md": "",
            "Notes/Dra.md": "",
            "Notes/x.excalidraw.md": "",
            "Log/2026-11-20.md": "",
            "Meta/Templates/Person.md": "",
            "Meta/Kept.md": "",
            "Tp/Person.md": "",
        },
    )
    found = scan(tmp_path, Settings())
    assert [source.path for source in found.sources] == ["Meta/Kept.md"]
    assert found.problems == ()


def test_excluded_by_a_bad_pattern(tmp_path: Path) -> None:
    """A pattern of the excluded files that could hang, or is none to Python, is left out."""
    bad = [
        "/(a+)+$/",
        "/(a|a)*b/",
        "/(?<n>x)\\k<n>/",
        "/.*.*.*.*x/",
        "/(/",
        f"/{'(' * 400}/",
        f"/{'(aa?|a)' * 40}b/",
        f"/{'a?' * 40}{'a' * 40}$/",
    ]
    good = [
        "/[[]/",
        "/(Old|New)?x{2}/",
        "/^(.*\\/)?Archive\\/.*\\.md$/",
        "/[+*]{3}/",
        "/^(A|B)\\/(C|D)\\/.*\\.(md|txt)$/",
        "/a+?b+?/",
    ]
    _write(
        tmp_path,
        **{
            ".obsidian/app.json": json.dumps({"userIgnoreFilters": bad + good}),
            f"{'a' * 200}.md": "",
        },
    )
    found = scan(tmp_path, Settings())
    assert len(found.sources) == 1
    assert [(told.code, told.severity) for told in found.problems] == [
        ("ignore-filter", Severity.HINT)
    ] * len(bad)
    assert str(found.problems[1]) == (
        ".obsidian/app.json: the excluded files' '/(/' is no regular expression that Python "
        "understands: it is left out of account"
    )


@settings(max_examples=150)
@given(st.text(st.sampled_from("ab(|)*+?{2},[]\\.^$:=P<>/"), max_size=30), st.booleans())
def test_any_pattern(pattern: str, slashed: bool) -> None:  # noqa: FBT001 — a drawn value
    """Any excluded file whatever is matched or told of, without hanging."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        filters = [f"/{pattern}/" if slashed else pattern]
        _write(
            root,
            **{
                ".obsidian/app.json": json.dumps({"userIgnoreFilters": filters}),
                f"{'ab' * 60}.md": "",
            },
        )
        scan(root, Settings(ignore=(pattern,)))


def test_deep_folders(tmp_path: Path) -> None:
    """A thousand folders inside one another are read without trouble."""
    folders = [tmp_path]
    for _ in range(1200):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    note = folders[-1] / "Ada.md"
    note.touch()
    assert _paths(tmp_path) == [f"{'d/' * 1200}Ada.md"]
    note.unlink()  # by hand, since rmtree would need as many frames
    for folder in reversed(folders):
        folder.rmdir()


# --- conflict copies and twins ------------------------------------------------------------


def test_conflict_copies(tmp_path: Path) -> None:
    """The conflict copies of four programs are told of once each and not read."""
    copies = {
        "Ada.sync-conflict-20260101-120000-ABCDEFG.md": "Syncthing",
        "Ada.sync-conflict-20260101-120000.md": "Syncthing",
        "Ada (Bo's conflicted copy 2026-01-01).md": "Dropbox",
        "Ada (desk-7's conflicted copy 2026-01-01 (1)).md": "Dropbox",
        "Ada (conflicted copy 2026-01-01).md": "Dropbox",
        "Ada (Conflicted copy iPhone 202601011200).md": "Obsidian Sync",
        "Ada-DESKTOP-AB12CD3.md": "OneDrive",
        "Ada-LAPTOP-7GH2K1LM-2.md": "OneDrive",
    }
    kept = ["Ada.md", "Bo-DESKTOP-AB12CD3.md", "Ada-Lovelace.md", "My conflicted copy.md"]
    _write(tmp_path, **dict.fromkeys([*copies, *kept], "x"))
    found = scan(tmp_path, Settings())
    assert [source.path for source in found.sources] == sorted(kept)
    assert set(found.paths) == {*copies, *kept}
    assert found.problems == tuple(
        Problem(
            path,
            0,
            "conflict-copy",
            f"is a conflict copy made by {maker} and was not read: merge it into its note, then delete it",
            Severity.WARNING,
        )
        for path, maker in sorted(copies.items())
    )


def test_twins(tmp_path: Path) -> None:
    """Names that differ only in case or composition are read, with one warning for both."""
    composed = unicodedata.normalize("NFC", "Zoë.md")
    decomposed = unicodedata.normalize("NFD", "Zoë.md")
    _write(
        tmp_path,
        **{
            "Ada.md": "1",
            "ada.md": "2",
            composed: "3",
            decomposed: "4",
            "Straße.md": "",
            "Strasse.md": "",
        },
    )
    if len(list(tmp_path.iterdir())) < 6:
        pytest.skip("this disk heeds neither case nor composition")
    found = scan(tmp_path, Settings())
    assert len(found.sources) == 6
    assert found.problems == (
        Problem(
            "Ada.md",
            0,
            "same-name",
            "differs only in upper and lower case from ada.md: rename one, or a sync may lose it",
            Severity.WARNING,
        ),
        Problem(
            decomposed,
            0,
            "same-name",
            f"differs only in how its accents are stored from {composed}: rename one, or a sync may lose it",
            Severity.WARNING,
        ),
    )


@given(st.lists(st.text(st.characters(exclude_characters="\n"), min_size=1)))
@example(["Σ", "ΑΣ", "Σα", "a\u0301", "\u0301b", "İ"])
def test_paths_are_folded_together_as_alone(paths: list[str]) -> None:
    """No path is read otherwise for its neighbours: not a sigma at its end, nor an accent at its start."""
    assert fold_paths(paths) == [fold_path(path) for path in paths]


# --- links and other things ---------------------------------------------------------------


def test_links(tmp_path: Path) -> None:
    """Links inside the vault make no loop and no second note; those that lead out are told of."""
    vault = tmp_path / "vault"
    _write(
        tmp_path,
        **{
            "vault/People/Ada.md": "a",
            "vault/Raw/bo.txt": "b",
            "vault/.trash/Cy.md": "c",
            "vault-too/Di.md": "d",
            "vault-too/picture.png": "",
        },
    )
    links = {
        "Friends": "People",
        "People/Up": "..",
        "Self": "Self",
        "Alias.md": "People/Ada.md",
        "Bo.md": "Raw/bo.txt",
        "Bo again.md": "Raw/bo.txt",
        "Cy.md": ".trash/Cy.md",
        "Gone.md": "Nowhere.md",
        "Out": "../vault-too",
        "Di.md": str(tmp_path / "vault-too" / "Di.md"),
        "picture.png": "../vault-too/picture.png",
        "Gone out.md": "/nowhere/x.md",
    }
    for path, target in links.items():
        (vault / path).symlink_to(target)
    found = scan(vault, Settings())
    assert found.sources == (Source("Bo again.md", "b"), Source("People/Ada.md", "a"))
    assert [(told.path, told.code, told.severity) for told in found.problems] == [
        ("Di.md", "link-out", Severity.HINT),
        ("Out", "link-out", Severity.HINT),
    ]
    assert _paths(vault, Settings(ignore=("Raw",))) == ["People/Ada.md"]
    assert scan(vault, Settings(ignore=("Out", "Di.md"))).problems == ()


def test_root_is_a_link(tmp_path: Path) -> None:
    """A vault that is reached through a link is read as itself."""
    _write(tmp_path, **{"vault/Ada.md": "a", "vault/x.txt": "x"})
    (tmp_path / "door").symlink_to("vault")
    (tmp_path / "vault" / "X.md").symlink_to(tmp_path / "vault" / "x.txt")
    assert _paths(tmp_path / "door") == ["Ada.md", "X.md"]
    assert find_root(tmp_path / "door", {}, tmp_path) == tmp_path / "vault"


def test_no_regular_files(tmp_path: Path) -> None:
    """A FIFO, a socket and a link to a device named like notes are passed by, and block nothing."""
    _write(tmp_path, **{"Ada.md": "a"})
    os.mkfifo(tmp_path / "Fifo.md")
    (tmp_path / "Inner.md").symlink_to("Fifo.md")
    (tmp_path / "Null.md").symlink_to("/dev/zero")
    with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as bound:
        bound.bind(f"{short}/Sock.md")
        assert _paths(Path(short)) == []
    assert _paths(tmp_path) == ["Ada.md"]
    assert _told(tmp_path) == [("Null.md", 0, "link-out")]


# --- what cannot be read ------------------------------------------------------------------


def test_encodings(tmp_path: Path) -> None:
    """What is no UTF-8 with LF or CRLF is told of at its first offence, and hides nothing."""
    broken = {
        "utf16.md": ("a\nb".encode("utf-16"), 1, "is UTF-16"),
        "utf16be.md": (b"\xfe\xff\0a", 1, "is UTF-16"),
        "latin.md": (b"a\nb\ncaf\xe9\n\0", 3, "has the byte 0xe9, which is no UTF-8"),
        "nul.md": (b"a\r\nb\0\n\xff", 2, "holds a NUL byte"),
        "cr.md": (b"a\r\nb\nc\rd\r", 3, "has a line that ends in CR alone"),
        "mac.md": (b"a\rb\rc", 1, "has a line that ends in CR alone"),
        "surrogate.md": (b"\xed\xa0\x80", 1, "has the byte 0xed, which is no UTF-8"),
    }
    for path, (raw, _, _) in broken.items():
        (tmp_path / path).write_bytes(raw)
    _write(tmp_path, **{"Ada.md": "a"})
    found = scan(tmp_path, Settings())
    assert found.sources == (Source("Ada.md", "a"),)
    assert found.problems == tuple(
        Problem(
            path,
            line,
            "encoding",
            f"{what} and was not read: save it as UTF-8 with line ends LF or CRLF",
        )
        for path, (_, line, what) in sorted(broken.items())
    )


def test_large(tmp_path: Path) -> None:
    """A note of 1 MiB is read, one of a byte more is a problem."""
    _write(tmp_path, **{"Full.md": "x" * (1 << 20), "Over.md": "x" * ((1 << 20) + 1)})
    with (tmp_path / "Sparse.md").open("wb") as sparse:
        sparse.truncate(1 << 40)
    assert _paths(tmp_path) == ["Full.md"]
    assert _told(tmp_path) == [("Over.md", 0, "too-large"), ("Sparse.md", 0, "too-large")]


def test_bad_names(tmp_path: Path) -> None:
    """Names that no line of a note could hold are shown escaped and skipped; a folder's once."""
    for name in (b"caf\xe9.md", b"a\nb.md", b"bad\x1b/x.md", b"bad\x1b/y.md", b"fine\xff.txt"):
        place = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118 — names of bytes
        os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120 — the same
        with open(place, "wb"):  # noqa: PTH123 — the same
            pass
    _write(tmp_path, **{"No\u00a0break\u200f.md": ""})
    found = scan(tmp_path, Settings())
    assert [source.path for source in found.sources] == ["No\u00a0break\u200f.md"]
    assert found.paths == ("No\u00a0break\u200f.md",)
    assert [str(told) for told in found.problems] == [
        r"a\nb.md: control characters, or bytes that are no UTF-8, are in the name of this file, so it is not read: rename it",
        r"bad\x1b: control characters, or bytes that are no UTF-8, are in the name of this folder, so its notes are not read: rename it",
        r"caf\udce9.md: control characters, or bytes that are no UTF-8, are in the name of this file, so it is not read: rename it",
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    """A note and a folder that may not be read are problems, and hide nothing."""
    _write(tmp_path, **{"Ada.md": "a", "Secret.md": "s", "Closed/Bo.md": "b"})
    (tmp_path / "Secret.md").chmod(0)
    (tmp_path / "Closed").chmod(0)
    try:
        assert _paths(tmp_path) == ["Ada.md"]
        assert _told(tmp_path) == [("Closed", 0, "unreadable"), ("Secret.md", 0, "unreadable")]
        with pytest.raises(VaultnetError, match="cannot be read: Permission denied"):
            scan(tmp_path / "Closed", Settings())
    finally:
        (tmp_path / "Closed").chmod(0o700)


@settings(max_examples=60)
@given(st.binary(max_size=60) | st.text(max_size=30).map(str.encode))
def test_any_bytes(raw: bytes) -> None:
    """Any bytes whatever are a note or a problem of one, never both and never neither."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "Ada.md").write_bytes(raw)
        found = scan(Path(folder), Settings())
        assert len(found.sources) + len(found.problems) == 1
        if found.sources:
            assert found.sources[0].text.encode() == raw.removeprefix(b"\xef\xbb\xbf")


# --- Obsidian's settings ------------------------------------------------------------------


def test_obsidian_missing(tmp_path: Path) -> None:
    """Without `.obsidian`, its defaults hold."""
    assert read_obsidian(tmp_path) == (Obsidian(), ())


@pytest.mark.parametrize(
    ("daily", "periodic", "folder", "shape"),
    [
        ('{"folder": "Daily/", "format": "YYYY/DD"}', "{}", "Daily", "YYYY/DD"),
        ('{"format": ""}', "{}", "", "YYYY-MM-DD"),
        ('{"folder": 4, "format": null}', "{}", "", "YYYY-MM-DD"),
        (
            '{"folder": "Daily"}',
            '{"daily": {"enabled": true, "folder": "Log", "format": ""}}',
            "Log",
            "YYYY-MM-DD",
        ),
        (
            '{"folder": "Daily"}',
            '{"daily": {"enabled": false, "folder": "Log"}}',
            "Daily",
            "YYYY-MM-DD",
        ),
        ('{"folder": "Daily"}', '{"daily": []}', "Daily", "YYYY-MM-DD"),
    ],
)
def test_daily_notes(tmp_path: Path, daily: str, periodic: str, folder: str, shape: str) -> None:
    """Daily notes are where the core plugin says, or periodic notes if these are switched on."""
    _write(
        tmp_path,
        **{
            ".obsidian/daily-notes.json": daily,
            ".obsidian/plugins/periodic-notes/data.json": periodic,
        },
    )
    assert read_obsidian(tmp_path) == (Obsidian(daily_folder=folder, daily_format=shape), ())


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ('{\n "userIgnoreFilters": [\n}', 3, "is no JSON: Expecting value"),
        ("", 1, "is no JSON: Expecting value"),
        ("[]", 0, "holds no JSON object"),
        ("[" * 100_000, 0, "is no JSON that can be read"),
        ("9" * 5000, 0, "is no JSON that can be read"),
        (" " * (1 << 20) + "{}", 0, "is larger than 1 MiB"),
    ],
)
def test_obsidian_broken(tmp_path: Path, text: str, line: int, wrong: str) -> None:
    """A broken file of Obsidian's is a warning, and as if it were missing."""
    _write(
        tmp_path,
        **{".obsidian/app.json": text, ".obsidian/templates.json": '\ufeff{"folder": "T"}'},
    )
    assert read_obsidian(tmp_path) == (
        Obsidian(template_folders=("T",)),
        (
            Problem(
                ".obsidian/app.json",
                line,
                "obsidian",
                f"{wrong}, so this part of Obsidian's settings is not heeded",
                Severity.WARNING,
            ),
        ),
    )


@pytest.mark.parametrize(
    ("settings", "filter_", "shape"),
    [
        ('{"globalFilter": "#task", "taskFormat": "dataview"}', "#task", "dataview"),
        (
            '{"globalFilter": " #to_do/net 🎯 ", "taskFormat": "tasksPluginEmoji"}',
            "#to_do/net 🎯",
            "emoji",
        ),
        ('{"globalFilter": null, "taskFormat": 4}', "", "emoji"),
    ],
)
def test_tasks_plugin(tmp_path: Path, settings: str, filter_: str, shape: str) -> None:
    """The Tasks plugin says by what it knows a task, and how it writes its fields."""
    _write(tmp_path, **{".obsidian/plugins/obsidian-tasks-plugin/data.json": settings})
    assert read_obsidian(tmp_path) == (Obsidian(tasks_filter=filter_, tasks_format=shape), ())


@pytest.mark.parametrize(
    "words", ["%% x", "[[Ada]]", "a\nb", "<b>", "x ^vn-x", "due:: x", "x" * 100]
)
def test_tasks_filter_refused(tmp_path: Path, words: str) -> None:
    """A filter that could act in a plan is left out, and a hint says so."""
    settings = json.dumps({"globalFilter": words})
    _write(tmp_path, **{".obsidian/plugins/obsidian-tasks-plugin/data.json": settings})
    found, (told,) = read_obsidian(tmp_path)
    assert found == Obsidian()
    assert "cannot stand in a plan as it is" in told.message
    assert told.message.isprintable()
    assert told.severity is Severity.HINT


def test_obsidian_null(tmp_path: Path) -> None:
    """Excluded files may be null, and a FIFO in place of a file blocks nothing."""
    _write(tmp_path, **{".obsidian/app.json": '{"userIgnoreFilters": null}'})
    os.mkfifo(tmp_path / ".obsidian" / "templates.json")
    (tmp_path / ".obsidian" / "daily-notes.json").symlink_to("/etc/hostname")
    found, problems = read_obsidian(tmp_path)
    assert found == Obsidian()
    assert [str(told) for told in problems] == [
        ".obsidian/daily-notes.json: cannot be read: it is a link, so this part of Obsidian's settings is not heeded"
    ]
