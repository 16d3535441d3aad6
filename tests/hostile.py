"""A vault made to hurt: hostile notes, files and names, and what is expected of each of them.

    python tests/hostile.py DIR

makes the healthy people, the hostile items between them, and the blocks of the YAML test suite.

Each item hurts by itself: it is a contact or it is none, and it has one problem with its line, or
none. What is harmless however odd it looks is expected to be silent.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 25)
"""From which the vault is looked at: a Wednesday in the week 2026-W48."""
MIB = 1 << 20
WHOLE = 100
"""Percent: everything that is long is as long as it was meant."""
BLOCKS = Path(__file__).parent / "yaml_test_suite" / "blocks.jsonl"
"""Of the YAML test suite: a block's name, whether it is wrong, and its text."""

Put = Callable[[Path], None]
"""Makes something at a place that is no note's text: a FIFO, a link, a device."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something hostile in the vault, and what is expected of it."""

    path: str
    """From the vault's root; bytes that are no UTF-8 as `os.fsdecode` has them."""
    content: str | bytes | Put
    contact: bool = False
    code: str = ""
    """Of its one problem; empty: it has none."""
    line: int = 0
    shown: str = ""
    """The path that the problem names, where it is not `path`."""
    text: str = ""
    """What the problem's message holds."""

    @property
    def place(self) -> str:
        """The path under which its problem is told."""
        return self.shown or self.path


def make_vault(root: Path, size: int = WHOLE) -> tuple[Item, ...]:
    """Make the vault, and give the items that this system could make.

    `size` is how long what is long shall be, in percent.
    """
    made: list[Item] = []
    make_healthy(root)
    for block in read_blocks():
        _write(root / block.path, block.content)
    for item in make_items(size):
        try:
            _write(root / item.path, item.content)
        except OSError as error:
            print(f"{item.path!r}: {error}", file=sys.stderr)  # noqa: T201 - a script, too
        else:
            made.append(item)
    return tuple(made)


def make_healthy(root: Path) -> None:
    """Make the vault without anything hostile."""
    for path, text in HEALTHY.items():
        _write(root / path, text)
    _write(root / "vaultnet.toml", "[plan]\ntouches = 50\n")
    (root / ".obsidian").mkdir(exist_ok=True)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the YAML test suite, as a note: it is front matter, and body once more."""

    name: str
    wrong: bool
    """Whether the suite says that it is no YAML."""
    yaml: str

    @property
    def path(self) -> str:
        """Where its note lies."""
        return f"People/suite/{self.name}.md"

    @property
    def content(self) -> str:
        """The text of its note; the line `---` that begins a document begins the note."""
        yaml = self.yaml if self.yaml.endswith("\n") else f"{self.yaml}\n"
        return f"---\n{yaml.removeprefix(f'---{chr(10)}')}---\n\n{yaml}"

    @property
    def front_matter(self) -> str:
        """What stands above the note's second `---`."""
        return re.split(r"^---[ \t]*$", self.content, maxsplit=2, flags=re.MULTILINE)[1]


def read_blocks() -> tuple[Block, ...]:
    """Read the blocks of the YAML test suite."""
    rows = BLOCKS.read_text(encoding="utf-8").split("\n")
    return tuple(Block(*json.loads(row)) for row in rows if row)


def _write(place: Path, content: str | bytes | Put) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogateescape")
    if isinstance(content, bytes):
        place.write_bytes(content)
    else:
        content(place)


# --- the healthy --------------------------------------------------------------------------

_NAMES = (
    "Ana Bo Cem Dag Eva Finn Gia Hal Ida Jun Kai Lea Mio Nia Ole Pia Quy Ria Sol Tio Uma Val Wim Xia "
    "Yan Zoe"
).split()


def _healthy() -> Iterator[tuple[str, str]]:
    """Give people of every ring, between the hostile ones in the order of paths."""
    lives = (
        "relationship: friend\ncadence: 6 weeks",
        "purpose: learn how she leads\nrelationship: mentor",
        "they_know: my name\nneeds: [proofreading]",
        "want_to_meet: true",
        "company: Mill & Sons\nrole: miller",
    )
    for n, name in enumerate(_NAMES * 2):
        called = f"{name} {'Healthy' if n < len(_NAMES) else 'Hearty'}"
        day = TODAY - timedelta(days=11 * n + 3)
        text = f"---\ntype: person\n{lives[n % 5]}\n---\n# {called}\n\n## Log\n"
        yield f"People/{called}.md", f"{text}- {day} coffee: the mill\n- {day} she sent me a book\n"
    yield (
        "Daily/2026-11-23.md",
        "- Called [[Ana Healthy]] about the mill\n- [x] Wrote to [[Bo Healthy]]\n",
    )


HEALTHY = dict(_healthy())
"""Path -> text."""


# --- front matter -------------------------------------------------------------------------


def _person(front: str = "", body: str = "") -> str:
    return f"---\ntype: person\n{front}---\n{body}"


def _yaml(name: str, front: str, line: int, text: str = "") -> Item:
    """Declare a note whose front matter cannot be read; the line is that of the file."""
    return Item(
        f"People/yaml {name}.md",
        f"---\n{front}---\n",
        code="front-matter",
        line=line,
        text=text,
    )


def _calm(name: str, front: str) -> Item:
    """Declare a person whose front matter looks dangerous and is not."""
    return Item(f"People/calm {name}.md", _person(front), contact=True)


def _front_matter() -> Iterator[Item]:
    laughs = "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
    )
    merges = "".join(f"b{n + 1}: &b{n + 1}\n  <<: [*b{n}, *b{n}, *b{n}]\n" for n in range(40))
    chain = "".join(f"c{n}: &c{n} [*c{n - 1}]\n" for n in range(1, 60))
    for name, front, line, *text in (
        ("alias bomb", f"a: &a [lol]\n{laughs}", 6, "values"),
        ("merge bomb", f"b0: &b0 {{x: 1}}\n{merges}", 16, "values"),
        ("alias chain", f"c0: &c0 [1]\n{chain}", 33, "levels deep"),
        ("many aliases", f"a: &a 1\nb: [{', '.join(['*a'] * 101)}]\n", 3, "aliases"),
        ("unknown alias", "a: *nobody\n", 2, "quotes"),
        ("cycle in a list", "a: 1\nb: &b [*b]\n", 3),
        ("cycle in a mapping", "a: &a\n  b:\n    c: *a\n", 4),
        ("cycle of two", "a: &a {b: &b {c: *a}}\n", 2),
        ("brackets", f"a: {'[' * 20_000}\n", 2, "levels deep"),
        ("braces", f"a: {'{a: ' * 10_000}\n", 2, "levels deep"),
        ("closed brackets", f"a: {'[' * 9000}{']' * 9000}\n", 2, "levels deep"),
        ("deep block", "".join(f"{' ' * n}a:\n" for n in range(200)), 34, "levels deep"),
        ("deep list", f"a:\n{'- ' * 3000}b\n", 3, "levels deep"),
        ("question marks", f"{'? ' * 3000}a\n", 2, "levels deep"),
        ("many keys", "".join(f"k{n}: 1\n" for n in range(6000)), 5002, "values"),
        ("long", f"a: {'x' * 70_000}\n", 1, "KiB"),
        ("same key twice", "ring: cold\nask: x\nring: buddy\n", 4, "stands twice"),
        ("same key written otherwise", "a: 1\n'a': 2\n", 3, "stands twice"),
        ("unknown handle", "a: !e!tag x\n", 2),
        ("directive", "%YAML 1.1\n", 2),
        ("tag directive", "%TAG ! tag:evil.example,2026:\n", 2),
        ("second document", "a: 1\n...\nb: 2\n", 4),
        ("list", "- a\n- b\n", 2, "properties"),
        ("word", "just words\n", 2),
        ("number", "42\n", 2, "properties"),
        ("open quote", 'a: 1\nb: "never closed\nc: 3\n', 3, "quote"),
        ("open bracket", "a: 1\nb: [1, 2\nc: 3\n", 3, "bracket"),
        ("tab", "a: 1\n\tb: 2\n", 3),
        ("colon in a value", "a: 1\nb: c: d\n", 3, "quotes"),
        ("at", "a: @ada\n", 2, "quotes"),
        ("backtick", "a: `id`\n", 2, "quotes"),
        ("percent", "a: 1\nb: %50\n", 3, "quotes"),
        ("escape sequence", "a: 1\nb: \x1b[31mred\x1b[0m\n", 3, "control"),
        ("eight-bit escape", "a: \x9b31m\n", 2, "control"),
        ("bell", "a: 1\n\x07: 2\n", 3, "control"),
        ("delete", "a: \x7f\n", 2, "control"),
        ("half a character", 'a: "\\ud800"\n', 2),
        ("unknown escape", 'a: "\\q"\n', 2, "backslash"),
        ("long escape", 'a: "\\U00110000"\n', 2),
        ("no indentation", "a:\n  - b\n - c\n", 4),
        ("key without colon", "a: 1\nb\nc: 3\n", 3, "colon"),
        ("block scalar", "a: |9x\n", 2),
        ("anchors alone", "a: & b\n", 2),
    ):
        yield _yaml(name, front, line, "".join(text))
    for name, tagged in (
        ("python tag", "a: !!python/object/apply:os.system [id]\n"),
        ("binary", "a: !!binary aGVsbG8=\nb: !!set {x, y}\nc: !!omap [z: 1]\n"),
    ):
        header = f"---\ntype: person\n{tagged}---\n"
        yield Item(f"People/yaml {name}.md", header, code="front-matter", line=3)
    yield Item("People/yaml unclosed.md", "---\na: 1\n# Ada\n", code="front-matter", line=1)
    yield Item("People/yaml only dashes.md", "---\n", code="front-matter", line=1)
    yield Item("People/yaml four dashes.md", "---\na: 1\n----\n", code="front-matter", line=1)
    yield Item("People/yaml indented end.md", "---\na: 1\n ---\n", code="front-matter", line=1)


def _odd_front_matter() -> Iterator[Item]:
    for name, front in (
        ("empty", ""),
        ("comments", "# &a *a [[[\n"),
        ("norway", "ask: no\npurpose: on\n"),
        ("python words", "a: __import__('os').system('id')\n"),
        ("byte order mark within", "a: 1\nb: \ufeffx\n"),
        ("merge key", "a: &a {b: 1}\n<<: *a\n"),
        ("huge number", f"a: {'9' * 5000}\n"),
        ("huge exponent", "a: 1e999999999\nb: -.inf\nc: .nan\n"),
        ("long hexadecimal", f"a: 0x{'f' * 5000}\n"),
        ("odd keys", "1: a\ntrue: b\n~: c\n[d, e]: f\n{g: h}: i\n? |\n  j\n: k\n"),
        ("keys of other machines", "__proto__: {ring: cold}\nconstructor: x\n__class__: y\n"),
        (
            "names of fields",
            "path: ../../etc/passwd\nkey: ../x\nlines: {}\nname: Calm\nmetadata: []\n",
        ),
        ("long key", f"? {'k' * 50_000}\n: 1\n"),
        ("titles", "".join(f"title[{n}]: x\n" for n in range(2500))),
        ("many aliases", f"aliases: [{', '.join(f'calm alias {n}' for n in range(2500))}]\n"),
        ("many tags", f"tags: [{', '.join(f't{n}' for n in range(4000))}]\n"),
        ("nested tags", "tags: [[a, [b]], {c: d}, 1, null, '#', '///']\n"),
        ("needs", f"needs: [{', '.join(f'need{n}' for n in range(4000))}]\nrelationship: friend\n"),
        (
            "offers",
            f"offers: [{', '.join(f'offer{n}' for n in range(4000))}]\nrelationship: friend\n",
        ),
        ("knows nobody", f"knows: [{', '.join('[[Nobody]]' for _ in range(1500))}]\n"),
        (
            "knows itself",
            'knows: "[[calm knows itself]]"\nintroduced_by: "[[calm knows itself]]"\n',
        ),
        ("line separators", 'purpose: "a\\u2028b\\u0085c\\fd"\nask: x\u2028y\u2029z\x85\n'),
        ("nul escape", 'purpose: "a\\0b"\n'),
        ("local tag", "a: !whatever {b: c}\n"),
        ("float key", "1.5e3: x\n0o17: y\n"),
    ):
        yield _calm(name, front)
    yield Item("People/calm template.md", _person("purpose: <% tp.file.title %>\n"))
    yield Item("People/calm moustache.md", _person("name: '{{title}}'\n"))
    yield Item("People/calm not mine.md", _person("vaultnet: false\n"))
    yield Item("People/calm mark.md", f"\ufeff{_person()}", contact=True)
    yield Item("People/calm windows.md", _person("ask: x\n").replace("\n", "\r\n"), contact=True)
    yield Item("People/calm spaces behind dashes.md", "---  \ntype: person\n---\t\n", contact=True)
    yield Item("People/calm dots.md", "---\ntype: person\n...\n---\n", contact=True)


# --- values -------------------------------------------------------------------------------

BAD_DAYS = (
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "0000-00-00",
    "0000-01-01",
    "10000-01-01",
    "-2026-01-01",
    "2026-1-1",
    "26-01-01",
    "2026-W48",
    "2026-330",
    "01/02/2026",
    "tomorrow",
    "20261340",
    "1e400",
    ".inf",
    ".nan",
    "true",
    "{a: b}",
    "[2026-01-01, never]",
    "'٢٠٢٦-١١-٢٠'",
    "'２０２６-１１-２０'",
    "'\\e[31m'",
    '"\\e]52;c;aGVsbG8=\\a"',
    '"\\u202e62-11-6202"',
    f"'{'9' * 20_000}'",
    f"'{'2026-' * 4000}'",
)


def _values() -> Iterator[Item]:
    for n, day in enumerate(BAD_DAYS):
        key = ("not_before", "last_contact", "birthday")[n % 3]
        yield _wrong(f"day {n:02}", f"{key}: {day}\n")
    yield _wrong("met on no day", "met: 2026-99-99\n")
    for name, front in {
        "ring": "ring: budy\n",
        "ring of 60 KB": f"ring: {'cold ' * 12_000}\n",
        "ring in colour": 'ring: "\\e[31mcold"\n',
        "ring mirrored": 'ring: "\\u202edloc"\n',
        "ring as list": "ring: [[cold], {a: b}]\n",
        "rung": "they_know: everything\n",
        "rung nested": "they_know: {a: {b: c}}\n",
        "no cadence": "cadence: 0\n",
        "cadence backwards": "cadence: -5\n",
        "cadence of ages": "cadence: 99999999999999999999\n",
        "cadence endless": "cadence: .inf\n",
        "cadence no number": "cadence: .nan\n",
        "cadence a thousand times": "cadence: 9999 times a day\n",
        "cadence divided by nothing": "cadence: 0 times a year\n",
        "wish": "want_to_meet: perhaps\n",
        "private": "private: maybe\n",
        "status": "status: archvied\n",
        "relationship": "relationship: {a: b}\n",
        "needs": "needs: {a: [b]}\n",
        "knows": "knows: {a: b}\n",
        "purpose": "purpose: {a: b}\n",
        "name of 60 KB": f"name: {'N' * 60_000}\n",
        "name as mapping": "name: {a: b}\n",
    }.items():
        yield _wrong(name, front)
    yield Item(
        "Network/wrong exposure.md", "---\ntype: exposure\n---\n", code="exposure-day", line=1
    )
    yield Item(
        "Daily/2026-11-17.md",
        "- [x] call [[Nobody]] ✅ 2026-11-17\n- [x] call ✅ 9999-12-31\n",
        code="future-day",
        line=2,
    )
    yield _calm("first and last days", "last_contact: 0001-01-01\nnot_before: 9999-12-31\n")
    yield _calm("day without quotes", "not_before: [[[2026-12-01]]]\n")
    yield _calm("day with a time", "not_before: 2026-12-01T25:61:61+99:99\n")
    yield _calm("birthday in a leap year", "birthday: 02-29\n")
    yield _calm("never met", "last_contact: never\n")


def _wrong(name: str, front: str) -> Item:
    """Declare a person of whom one property cannot be understood: that on line 4."""
    text = _person(f"ask: x\n{front}")
    return Item(f"People/wrong {name}.md", text, contact=True, code="unknown-value", line=4)


# --- bytes --------------------------------------------------------------------------------


def _bytes() -> Iterator[Item]:
    note = _person("ask: café\n", "# Ada\n- 2026-11-20 coffee\n")
    for name, raw, line in (
        ("utf-16 little", b"\xff\xfe" + note.encode("utf-16-le"), 1),
        ("utf-16 big", b"\xfe\xff" + note.encode("utf-16-be"), 1),
        ("utf-16 without mark", note.encode("utf-16-le"), 1),
        ("utf-32", note.encode("utf-32"), 1),
        ("latin-1", note.encode("latin-1"), 3),
        ("windows-1252", note.replace("café", "“café”").encode("cp1252"), 3),
        ("shift-jis", note.replace("café", "日本").encode("shift-jis"), 3),
        ("mac line ends", note.replace("\n", "\r").encode(), 1),
        ("one mac line end", note.replace("# Ada\n", "# Ada\r").encode(), 5),
        ("nul", note.encode() + b"a\0b\n", 7),
        ("nul first", b"\0" + note.encode(), 1),
        ("only nul", b"\0" * 4096, 1),
        ("overlong slash", note.encode() + b"\xc0\xaf\n", 7),
        ("surrogate", note.encode() + b"\xed\xa0\x80\n", 7),
        ("beyond unicode", note.encode() + b"\xf4\x90\x80\x80\n", 7),
        ("cut in a letter", note.encode() + "é".encode()[:1], 7),
        ("stray continuation", b"\x80" + note.encode(), 1),
        ("gzip", b"\x1f\x8b\x08\x00" + bytes(range(128, 256)), 1),
        ("every byte", bytes(range(256)), 1),
    ):
        yield Item(f"People/bytes {name}.md", raw, code="encoding", line=line)
    yield Item("People/bytes too many.md", b"a" * (MIB + 1), code="too-large")
    yield Item("People/bytes a gigabyte.md", _hole, code="too-large")
    yield Item(
        "People/bytes a million keys.md",
        f"---\n{''.join(f'k{n}: 1' + chr(10) for n in range(1_000_000))}---\n",
        code="too-large",
    )
    yield Item("People/bytes too many lines.md", b"\n" * 300_000, code="too-large", line=100_001)
    for name, raw in (
        ("nothing", b""),
        ("mark alone", b"\xef\xbb\xbf"),
        ("line ends", b"\r\n\n\r\n"),
        ("spaces", b" " * 100_000),
        ("control characters", b"\x01\x02\x03\x0b\x0c\x0e\x1b[2J\x7f\xc2\x9b31m\n"),
        ("no characters", "\ufffe\uffff\ufdd0\U0010ffff".encode()),
    ):
        yield Item(f"People/calm {name}.md", raw, contact=True)
    yield Item("People/calm exactly.md", b"a" * MIB, contact=True)


def _hole(place: Path) -> None:
    with place.open("wb") as file:
        file.truncate(1 << 30)


# --- no notes -----------------------------------------------------------------------------


def _things() -> Iterator[Item]:
    """Things that bear a note's name and are none."""

    def link(target: str) -> Put:
        return lambda place: place.symlink_to(target)

    yield Item("People/thing fifo.md", os.mkfifo)
    yield Item("People/thing socket.md", _socket)
    yield Item("People/thing folder.md", Path.mkdir)
    yield Item("People/thing zero.md", link("/dev/zero"), code="link-out")
    yield Item("People/thing random.md", link("/dev/urandom"), code="link-out")
    yield Item("People/thing full.md", link("/dev/full"), code="link-out")
    yield Item("People/thing passwords.md", link("/etc/passwd"), code="link-out")
    yield Item("People/thing root.md", link("/"), code="link-out")
    yield Item("People/thing climbing.md", link("../" * 40 + "etc/hostname"), code="link-out")
    yield Item("People/thing lost.md", link("nowhere.md"))
    yield Item("People/thing itself.md", link("thing itself.md"))
    yield Item("People/thing loop one.md", link("thing loop two.md"))
    yield Item("People/thing loop two.md", link("thing loop one.md"))
    yield Item("People/thing twin.md", link("Ana Healthy.md"))
    yield Item("People/thing vault", link(".."))
    yield Item("People/thing here", link("."))
    yield Item("People/thing system", link("/proc"), code="link-out")
    yield Item("People/thing to fifo.md", link("thing fifo.md"))
    yield Item(".obsidian/daily-notes.json", os.mkfifo)
    yield Item(".obsidian/templates.json", "[" * 500_000, code="obsidian")
    yield Item(".obsidian/plugins/templater-obsidian/data.json", b"\xff\xfe{\0}\0", code="obsidian")
    yield Item(
        ".obsidian/plugins/periodic-notes/data.json",
        f'{{"daily": {"9" * 10_000}}}',
        code="obsidian",
    )
    yield Item(
        ".obsidian/app.json",
        json.dumps({"userIgnoreFilters": ["/(a+)+$/", None, 7, "\x1b[2J/", {"a": []}, "/"]}),
        code="ignore-filter",
    )
    yield Item(
        ".obsidian/plugins/obsidian-tasks-plugin/data.json",
        json.dumps({"globalFilter": "%% vaultnet:end %%\u202e\n- [ ] ", "taskFormat": []}),
        code="tasks-filter",
    )


def _socket(place: Path) -> None:
    # The path of a socket is short: bind it by its name alone.
    here = Path.cwd()
    os.chdir(place.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(place.name)
    finally:
        os.chdir(here)


# --- names --------------------------------------------------------------------------------

ACTING_NAMES = (
    "-rf",
    "--help",
    "~root",
    "$(touch x)",
    "`touch x`",
    "a; touch x",
    "a && b | c > d",
    "'; DROP TABLE people; --",
    '"quoted"',
    "back\\slash",
    "back\\",
    "per%cent %41 %2e%2e%2f",
    "question? #heading ^block | bar",
    "[[wikilink]]",
    "]] closed",
    "[label](javascript:alert(1))",
    "(round",
    "round)",
    "<img src=x onerror=alert(1)>",
    "<!-- comment",
    "--> open",
    "%% comment %%",
    "%% vaultnet:end 2026-W48 v1 %%",
    "{{moustache}}",
    "{% raw %}",
    "<% tp.system.prompt() %>",
    "$= dv.pages()",
    "`= this.file`",
    "[due:: 2026-11-26]",
    "(completion:: 2026-11-26)",
    "📅 2026-11-26",
    "✅ 2026-11-25 🔁 every day ⏫",
    "- [ ] a task",
    "- [x] done ^vn-write-ana",
    "# heading",
    "> [!warning] callout",
    "#tag",
    "^vn-write-ana-healthy",
    "***bold*** _it_ ==mark== ~~no~~",
    "$$math$$",
    "http:∕∕evil.example",
    "www.evil.example",
    "name  with  two  spaces",
    "trailing ",
    " leading",
    "trailing.",
    "CON",
    "nul",
    "LPT1.x",
    "\u202enoissim\u202c",
    "\u2066isolated",
    "left\u200eright\u200fmarks",
    "zero\u200bwidth\u200cjoi\u200dners",
    "soft\u00adhyphen",
    "tag\U000e0061\U000e0062characters",
    "Z̵̗̑a̸̰̾l̷͉̏g̶̫̓ó̷̹",
    "ا" * 60,
    "שלום world",
    "🧑🏽\u200d🤝\u200d🧑🏿 family",
    "ﷺ",
    "ﬃ ligature",
    "İstanbul ı",
    "ẞ ß",
    "\ue000 private",
    "\ufdd0 no character",
    "\ufff9annotation\ufffa",
    "Ada.md",
    "vaultnet.toml",
    "no\u00a0break",
    "wide\u3000space",
    "name: colon",
    "@ada",
    "1",
    "true",
    "null",
)
"""What a name may hold on disk and must do nowhere: each is a friend's, and stands in the plan."""

LONG_NAME = "n" * 252
"""With its ending it has the 255 bytes that a file system allows."""


def _names() -> Iterator[Item]:
    friend = "---\nrelationship: friend\ncadence: weekly\n---\n- 2026-08-01 coffee\n"
    for name in ACTING_NAMES:
        yield Item(f"People/{name}.md", friend, contact=True)
    yield Item(f"People/{LONG_NAME}.md", friend, contact=True)
    yield Item(f"People/{'é' * 126}.md", friend, contact=True)
    yield Item(f"People/{'/'.join('d' * 200)}/deep.md", friend, contact=True)
    yield Item(f"People/{'/'.join(['d' * 250] * 10)}/long.md", friend, contact=True)
    yield Item("People/upper case.MD", friend, contact=True)
    for name, shown in (
        ("line\nend", "line\\nend"),
        ("carriage\rreturn", "carriage\\rreturn"),
        ("tab\there", "tab\\there"),
        ("escape\x1b[31m", "escape\\x1b[31m"),
        ("eight bits\x9b31m", "eight bits\\x9b31m"),
        ("bell\x07", "bell\\x07"),
        ("delete\x7f", "delete\\x7f"),
        ("separator\u2028", "separator\\u2028"),
        (os.fsdecode(b"latin \xe9"), "latin \\udce9"),
        (os.fsdecode(b"\xff\xfe"), "\\udcff\\udcfe"),
        (os.fsdecode(b"half \xc3"), "half \\udcc3"),
        ("\n", "\\n"),
    ):
        yield Item(f"People/{name}.md", friend, code="name", shown=f"People/{shown}.md")
    yield Item("folder\nname/Ada.md", friend, code="name", shown="folder\\nname")
    yield Item(
        os.fsdecode(b"folder \xff/People/Bo.md"), friend, code="name", shown="folder \\udcff"
    )
    yield Item("People/twin/Same.md", friend, contact=True, code="same-name")
    yield Item("People/twin/same.md", friend, contact=True)
    yield Item("People/twin/\u00c5sa.md", friend, contact=True)
    yield Item("People/twin/A\u030asa.md", friend, contact=True, code="same-name")
    yield Item("People/one/Namesake.md", friend, contact=True)
    yield Item("People/two/Namesake.md", friend, contact=True)
    yield Item("Namesake.md", "not a person\n")
    yield Item("People/People.md", "# Everybody\n")
    yield Item(
        "People/Healthy.sync-conflict-20261120-120000-ABCDEFG.md", friend, code="conflict-copy"
    )
    yield Item("People/.hidden.md", friend)
    yield Item("People/.md", friend)
    yield Item("People/...md", friend)
    yield Item("People/2026-99-99.md", friend)
    yield Item("People/2026-11-20.md", friend)
    yield Item("Daily/2026-02-30.md", "- coffee with [[calm empty]]\n")


# --- bodies -------------------------------------------------------------------------------

SHAPES = (
    "[", "[[", "[a", "[[a", "[a](", "](", "[](", "\\[", "![", "![[", "(", "((", ")", "{", "{{", "*", "**",
    "_", "__", "~~", "==", "`", "``", "```", "$", "$$", "%%", "<!--", "-->", "<", "</a>", "|", "\\|", "\\",
    "#", "#a", "#a ", "# ", "^a ", "@", " - ", "- ", ">", "> ", "1", "1. ", "1:1 ", "- 2026-",
    "2026-11-20 ", "[x] ", "[[x]] ", "[[x]], ", "[[x]] and ", "[[x|y]] with ", "[x](x.md) ", "with ", "and ",
    "coffee ", "coffee: ", "☕", "☕ ", "dm ", "met ", "had ", "thanks ", "not ", "to ", "if ", "I ", "she ",
    "will ", "said ", ":", "::", "[due:: ", ",", ", ", ";", ". ", "...", "?", "!", '"', "'", "“", "’s ", "😀",
    "📅 2026-11-26 ", "✅ ", "e\u0301", "\u0301", "\u202e", "א ", "\u200d", "\u00a0", " ", "\t", "a", "a ",
    "&amp;", "http://a ", "a@b.c ", "İ", "ﬁ", "\x1b[31m", "\x07", "\u2028",
)  # fmt: skip
"""Of which a line of any length may be made."""


def line_of(shape: str, size: int) -> str:
    """Repeat a shape until the line has that many characters."""
    return (shape * (size // len(shape) + 1))[:size]


def _bodies(size: int) -> Iterator[Item]:
    def many(number: int) -> int:
        return number * size // WHOLE

    log = "## Log\n- 2026-09-20 coffee\n"
    for n, shape in enumerate(SHAPES):
        length = 200_000 if shape == "[" else many(20_000)
        text = f"{log}- 2026-09-21 {line_of(shape, length)}\n"
        yield Item(f"People/line {n:03}.md", _person("relationship: friend\n", text), contact=True)
    for name, body in {
        "quotes": f"{'>' * many(10_000)} deep\n",
        "quotes apart": f"{'> ' * many(10_000)}deep\n",
        "bullets in a line": f"{'- ' * many(10_000)}deep\n",
        "bullets": "".join(f"{chr(9) * n}- deep\n" for n in range(700)),
        "headings": "# deep\n" * many(20_000),
        "log headings": "## Log\n- 2026-09-20 coffee\n" * many(1500),
        "a long heading": f"## {'log ' * many(50_000)}\n{'- 2026-09-20 coffee' + chr(10)}" * 2,
        "links to oneself": "[[calm links to oneself]] " * many(20_000) + "\n",
        "embeds of oneself": "![[calm embeds of oneself]]\n" * many(1000),
        "links to nowhere": "".join(f"[[nowhere {n}]]\n" for n in range(many(10_000))),
        "a long link": f"- 2026-09-20 coffee with [[{'a' * many(200_000)}]]\n",
        "links that climb": "[x](../../../../etc/passwd.md) [[../../x]] [[/etc/passwd]] [y](%00.md) [z](%FF%FE.md)\n",
        "links that act": "[x](javascript:alert(1)) [y](file:///etc/passwd.md) [z](obsidian://x)\n",
        "html": "<script>alert(1)</script><iframe src=//evil.example></iframe>\n",
        "templater": "- 2026-09-20 coffee: <% tp.system.prompt() %> {{title}} {% raw %}\n",
        "dataview": "- 2026-09-20 coffee: `$= dv.pages()` [due:: 2026-11-26]\n```dataviewjs\nx\n```\n",
        "task emoji": "- 2026-09-20 coffee 📅 2026-11-26 ✅ 2026-11-20 🔁 every day ⏫ 🆔 a ⛔ b\n",
        "a block id of ours": "- 2026-09-20 coffee ^vn-write-ana-healthy\n",
        "one marker": "%% vaultnet:begin 2026-W48 %%\n- [x] x ^vn-write-ana-healthy\n",
        "two ends": "%% vaultnet:end 2026-W48 v1 %%\n%% vaultnet:end 2026-W48 v1 %%\n",
        "an open fence": "```\n- 2026-09-20 coffee\n",
        "an open comment": "%%\n- 2026-09-20 coffee\n",
        "an open html comment": "<!--\n- 2026-09-20 coffee\n",
        "open math": "$$\n- 2026-09-20 coffee\n",
        "fences": "".join(f"{'`' * (3 + n % 60)}x\n" for n in range(many(5000))),
        "comments": "a %% b <!-- c\n" * many(10_000),
        "tables": "| a | b |\n|---|---|\n| c | d |\n\n" * many(2000),
        "columns": f"|{'a|' * many(10_000)}\n|{'-|' * many(10_000)}\n|{'b|' * many(10_000)}\n",
        "a table's long head": f"| Date | {'x' * many(50_000)} |\n|---|---|\n{'| 2026-09-20 | coffee |' + chr(10)}"
        * 2,
        "colours": "- 2026-09-20 coffee \x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J\x1b[H\n",
        "a clipboard": "- 2026-09-20 coffee \x1b]52;c;aGVsbG8=\x07 \x1b]8;;http://evil.example\x07x\x1b]8;;\x07\n",
        "eight bits": "- 2026-09-20 coffee \x9b31m \x9d0;title\x9c \x90q\x9c\n",
        "mirrored": "- 2026-09-20 coffee \u202etfel ot thgir\u202c \u2066x\u2069\n",
        "separators": "- 2026-09-20 coffee\u2028- 2026-09-21 call\u2029- 2026-09-22 lunch\x85x\x0by\x0cz\n",
        "overstrikes": "- 2026-09-20 coffee p\bpa\bas\bss\bs\n",
        "bad days": "".join(f"- {day} coffee\n" for day in BAD_DAYS[:15]),
        "ages": "- 0001-01-01 coffee\n- 9999-12-31 coffee\n- 1000-06-06 call\n",
        "other digits": "- ٢٠٢٦-١١-٢٠ coffee\n- ２０２６-１１-２０ coffee\n",
        "odd indentation": "\u00a0\u00a0- 2026-09-20 coffee\n\u3000- call\n\x0b- 2026-09-20 lunch\n",
        "entries": "".join(
            f"- {TODAY - timedelta(days=n % 3000)} coffee: talk {n}\n" for n in range(many(3000))
        ),
        "many kinds": f"- 2026-09-20 {'called and met and emailed and thanked ' * many(3000)}\n",
        "promises": "".join(f"- [ ] send the book {n}\n" for n in range(many(3000))),
        "tags": "".join(f"#t{n} " for n in range(many(20_000))) + "\n",
        "footnotes": "[^1]: x\n" * many(5000) + "[^1][^2]" * many(5000) + "\n",
        "entities": "&lt;script&gt; &#x1b;[31m &NewLine; &amp;amp;\n" * 500,
    }.items():
        yield Item(f"People/calm {name}.md", _person("relationship: friend\n", body), contact=True)
    named = ", ".join(f'"[[calm {n}]]"' for n in range(many(3000)))
    yield Item("Meetings/2026-09-20 crowd.md", f"---\nattendees: [{named}]\n---\n")
    yield Item(
        "Daily/2026-09-18.md", line_of("coffee with [[calm empty]] and ", many(100_000)) + "\n"
    )
    yield Item("Daily/2026-09-19.md", "- [x] call [[calm empty]] ✅ 2026-99-99\n" * many(2000))
    yield Item(
        "Daily/2026-09-21.md", f"# [[calm empty]]{':' * many(50_000)}\n" + "- talked\n" * many(2000)
    )


# --- vaultnet's own notes -----------------------------------------------------------------


def _plans(size: int) -> Iterator[Item]:
    """Plans of earlier weeks, as they must never have been written."""

    def many(number: int) -> int:
        return number * size // WHOLE

    ticks = "".join(
        f"- [x] Write to [[calm empty]] ^vn-write{n}-calm-empty\n" for n in range(many(3000))
    )
    memory = " ".join(f"vn-write-x{n}=abcdef" for n in range(many(10_000)))
    bullets = "\t- x\n" * many(3000)
    for n, region in enumerate(
        (
            f"%% vaultnet:begin W %%\n{ticks}%% vaultnet:end W v1 %%\n",
            f"%% vaultnet:begin W %%\n%% vaultnet:end W v1 {memory} %%\n",
            "%% vaultnet:begin W %%\n" * many(3000),
            "%% vaultnet:end W v1 %%\n%% vaultnet:begin W %%\n",
            f"%% vaultnet:begin W %%\n- [ ] {line_of(chr(92) + '[', many(50_000))} ^vn-write-a\n%% vaultnet:end W v1 %%\n",
            f"%% vaultnet:begin W %%\n- [ ] a ^vn-write-a\n{bullets}%% vaultnet:end W v1 vn-write-a={'.'.join(['abcdef'] * many(3000))} %%\n",
            "%% vaultnet:begin W %%\n- [x] \x1b[31m\u202e [[x\x07]] ✅ 0000-00-00 ^vn-write-\n%% vaultnet:end W v1 == = a= =a %%\n",
            "%% vaultnet:begin W %%\n<<<<<<< ours\n=======\n>>>>>>> theirs\n%% vaultnet:end W v1 %%\n",
        ),
        start=30,
    ):
        week = f"2026-W{n}"
        yield Item(f"Network/Network plan {week}.md", region.replace(" W ", f" {week} "))
    yield Item(
        "Network/Network plan 9999-W99.md",
        "%% vaultnet:begin 9999-W99 %%\n- [x] x ^vn-write-a\n%% vaultnet:end 9999-W99 v1 %%\n",
    )
    yield Item(
        "Network/Network plan 0000-W00.md",
        "%% vaultnet:begin 0000-W00 %%\n- [x] x ^vn-write-a\n%% vaultnet:end 0000-W00 v1 %%\n",
    )
    yield Item(
        "Network/Exposure.md",
        "".join(f"- [ ] idea \x1b[31m{n}\u202e %% <script> {{{{x}}}}\n" for n in range(many(2000)))
        + "- [x] done\n",
        code="exposure-day",
        line=many(2000) + 1,
    )


def make_items(size: int = WHOLE) -> tuple[Item, ...]:
    """Give every hostile item."""
    return (
        *_front_matter(),
        *_odd_front_matter(),
        *_values(),
        *_bytes(),
        *_things(),
        *_names(),
        *_bodies(size),
        *_plans(size),
    )


if __name__ == "__main__":
    for_all = make_vault(Path(sys.argv[1]))
    faults = sum(1 for item in for_all if item.code)
    print(f"{len(HEALTHY)} healthy notes, {len(for_all)} hostile items, {faults} of them at fault")  # noqa: T201 - a script, too
