"""What hostile notes cost: every command on the vault of `hostile.py`, long lines, large numbers.

    python tests/measure_hostile.py commands   every command, with the hostile items and without
    python tests/measure_hostile.py lines      every shape of a line, in every place of a note
    python tests/measure_hostile.py volumes    many of one thing: links, headings, ticks, filters

Time is that of the processor, so that a busy machine measures the same.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import hostile
from vaultnet import app, present
from vaultnet.app import notes, questions
from vaultnet.core.calendar import week_of
from vaultnet.errors import VaultnetError
from vaultnet.reading import read_vault

SECONDS = 5.0
"""More than this a command may not take for the hostile items."""
MEGABYTES = 200
"""Nor this of memory."""
QUADRATIC = 10
"""Four times as much of something may take so many times as long; sixteen times is quadratic."""

ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""What must never come from a note to an output: control and bidirectional characters."""


# --- commands -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did, and what that took."""

    code: int
    """Negative: a signal ended it."""
    out: bytes
    err: bytes
    seconds: float
    megabytes: float

    @property
    def text(self) -> str:
        """All it printed."""
        return (self.out + self.err).decode("utf-8")

    @property
    def is_calm(self) -> bool:
        """Whether it ended in order and printed nothing that acts."""
        return self.code >= 0 and "Traceback" not in self.text and not ACTING.search(self.text)


READING: Sequence[tuple[int, Sequence[str]]] = (
    (0, ["status"]),
    (0, ["status", "--json"]),
    (0, ["rings"]),
    (0, ["rings", "--json"]),
    (0, ["rings", "--sort", "due", "--ring", "buddy", "--warmth", "fading"]),
    (0, ["show", "Ana Healthy"]),
    (0, ["show", "People/\u202enoissim\u202c.md"]),
    (0, ["show", "People/calm entries.md", "--json"]),
    (1, ["show", "nobody of this name"]),
    (1, ["show", "line"]),
    (1, ["check"]),
    (1, ["check", "--json"]),
    (1, ["check", "--strict"]),
    (0, ["plan", "--dry-run"]),
    (0, ["plan", "--diff"]),
    (0, ["plan", "--json"]),
    (0, ["plan", "--dry-run", "--week", "2026-W49"]),
    (0, ["log", "Ana Healthy", "coffee: the mill", "--dry-run"]),
    (0, ["log", "Bo Healthy", "lunch", "--with", "People/\u202enoissim\u202c.md", "--diff"]),
    (0, ["new", "Zed Hostile", "--dry-run"]),
    (0, ["new", "Zed\x1b[31m \u202eHostile", "--set", "ask=\x07", "--diff"]),
)
"""Exit code -> arguments of what writes nothing."""

WRITING: Sequence[tuple[int, Sequence[str]]] = (
    (0, ["plan"]),
    (0, ["plan"]),
    (0, ["log", "Ana Healthy", "coffee: the mill"]),
    (0, ["log", "People/line 000.md", "coffee: brackets"]),
    (0, ["log", "People/calm entries.md", "coffee: one more"]),
    (0, ["new", "Zed Hostile", "--company", "Mill & Sons"]),
    (1, ["init"]),
)


def run_command(root: Path, args: Sequence[str], home: Path) -> Ran:
    """Run vaultnet in a process of its own, and see what that takes."""
    told = [] if args[0] == "init" else ["--today", str(hostile.TODAY)]
    command = [sys.executable, "-m", "vaultnet", *args, *told, "--vault", str(root)]
    environment = {
        **os.environ,
        "XDG_STATE_HOME": str(home),
        "XDG_CACHE_HOME": str(home),
        "PYTHONIOENCODING": "utf-8",
    }
    with tempfile.TemporaryDirectory() as folder:
        used = Path(folder, "used")
        ran = subprocess.run(  # noqa: S603 - vaultnet itself
            [sys.executable, "-I", "-S", "-c", _WAIT, str(used), *command],
            capture_output=True,
            env=environment,
            check=False,
        )
        code, seconds, memory = used.read_text(encoding="utf-8").split()
    megabytes = float(memory) / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Ran(int(code), ran.stdout, ran.stderr, float(seconds), megabytes)


_WAIT = """
import os, sys
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(pid, 0)
with open(sys.argv[1], "w") as file:
    print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss, file=file)
"""
"""A small process between: what a process is said to have held at most begins with its parent's."""


# --- lines --------------------------------------------------------------------------------

_PERSON = "---\ntype: person\n---\n"
_PEOPLE = {
    "People/Ada.md": f"{_PERSON}## Log\n- 2026-11-01 coffee\n",
    "People/Bo.md": "---\ntype: person\nrelationship: friend\naliases: [x, B. Bo]\n---\n",
}

PLACES: Mapping[str, Mapping[str, str]] = {
    "a log": {"People/Ada.md": f"{_PERSON}## Log\n- 2026-11-20 LINE\n"},
    "a child": {"People/Ada.md": f"{_PERSON}## Log\n- 2026-11-20\n  - LINE\n  - LINE\n"},
    "text": {"People/Ada.md": f"{_PERSON}LINE\n"},
    "a day": {"Daily/2026-11-20.md": "- coffee with [[Ada]] LINE\nLINE\n"},
    "a property": {"People/Ada.md": "---\ntype: person\nneeds: |\n  LINE\nask: >\n  LINE\n---\n"},
    "quotes": {"People/Ada.md": "---\ntype: person\naliases: 'LINE'\npurpose: 'LINE'\n---\n"},
    "a heading": {
        "People/Ada.md": f"{_PERSON}## LINE\n- 2026-11-20 coffee\n### 2026-11-20 LINE\n- x\n"
    },
    "a table": {
        "People/Ada.md": f"{_PERSON}## Log\n| Date | Type | LINE |\n|---|---|---|\n| 2026-11-20 | LINE | LINE |\n"
    },
    "tasks": {
        "Daily/2026-11-20.md": "- [x] called [[Ada]] LINE ✅ 2026-11-20\n- [ ] send [[Bo]] LINE #promise\n"
    },
    "links": {
        "Daily/2026-11-20.md": "- coffee with [[Ada|LINE]] and [[LINE]] [LINE](Bo.md) ![[LINE]]\n"
    },
    "a meeting": {
        "Meetings/2026-11-20 x.md": '---\nattendees: ["[[Ada]]", "LINE"]\ntype: LINE\n---\nLINE\n'
    },
    "a plan": {
        "Network/Network plan 2026-W48.md": "%% vaultnet:begin 2026-W48 %%\n- [x] Write to [[Ada]] LINE ^vn-write-ada\n"
        "\t- LINE\n- LINE\n%% vaultnet:end 2026-W48 v1 vn-write-ada=abcdef %%\n"
    },
    "the backlog": {"Network/Exposure.md": "- [ ] LINE\n- [x] LINE ✅ 2026-11-20\n"},
}
"""Where a line may stand, as LINE, in which notes."""


def read_line_in(place: str, shape: str, size: int) -> float:
    """Do everything to a vault with a line of a shape and a size; gives the seconds it took."""
    line = hostile.line_of(shape, size)
    notes = {path: text.replace("LINE", line) for path, text in PLACES[place].items()}
    return do_everything({**_PEOPLE, **notes})


def do_everything(files: Mapping[str, str], *, limit: float = 0.0) -> float:
    """Read a vault of these files, and do what every command does; gives the seconds it took.

    With a limit it stops behind the first step that took longer.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / ".obsidian").mkdir()
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode("utf-8", "replace"))
        start = time.process_time()
        for _ in _do(root):
            if 0 < limit < time.process_time() - start:
                break
        return time.process_time() - start


def _do(root: Path) -> Iterator[None]:
    try:
        reading = read_vault(root, hostile.TODAY, hostile.TODAY)
    except VaultnetError:  # of the settings: told in a line, and that is all
        return
    yield
    draft = app.draft_plan(reading, week_of(hostile.TODAY))
    yield
    present.dump(present.plan_as_json(reading, draft))
    present.dump([present.problem_as_json(found) for found in questions.check_vault(reading)])
    yield
    present.dump(present.stock_as_json(questions.take_stock(reading)))
    for path, standing in reading.standings.items():
        told = reading.network.with_contact(path)
        present.dump(present.standing_as_json(standing, told))
    yield
    for contact in reading.people.contacts[:1]:
        try:
            notes.draft_log(reading, contact, hostile.TODAY, "coffee: one more")
        except VaultnetError:  # it refuses rather than change how a note is read
            yield


def find_growth(measure: Callable[[int], float], size: int) -> float:
    """Say how many times as long four times as much takes; the best of three tries."""
    ratios = []
    for _ in range(3):
        small, large = measure(size), measure(4 * size)
        ratios.append(large / max(small, 0.001))
        if ratios[-1] < QUADRATIC:
            break
    return min(ratios)


# --- volumes ------------------------------------------------------------------------------

Files = Mapping[str, str]
_PLAN = "Network/Network plan 2026-W48.md"


def _plan(region: str, memory: str = "", week: str = "2026-W48") -> Files:
    text = f"%% vaultnet:begin {week} %%\n{region}%% vaultnet:end {week} v1{memory} %%\n"
    return {f"Network/Network plan {week}.md": text}


def _people(number: int, front: str = "", body: str = "") -> dict[str, str]:
    return {f"People/P{n}.md": f"---\ntype: person\n{front}---\n{body}" for n in range(number)}


def _ada(body: str, front: str = "") -> Files:
    return {"People/Ada.md": f"---\ntype: person\n{front}---\n{body}"}


VOLUMES: Mapping[str, tuple[int, Callable[[int], Files]]] = {
    "entries of one person": (
        50_000,
        lambda n: _ada("## Log\n" + "".join(f"- 2026-{1 + i % 11:02}-10 call\n" for i in range(n))),
    ),
    "entries below a long heading": (
        10_000,
        lambda n: _ada(f"## {'log ' * n}\n" + "- 2026-11-20 call\n" * n),
    ),
    "rows below a long head": (
        10_000,
        lambda n: _ada(f"| Date | {'x' * 4 * n} |\n|---|---|\n" + "| 2026-11-20 | call |\n" * n),
    ),
    "logs": (20_000, lambda n: _ada("## Log\n- 2026-11-20 call\n" * n)),
    "headings": (100_000, lambda n: _ada("# a\n" * n)),
    "lines in an item about somebody": (
        20_000,
        lambda n: {"Daily/2026-11-20.md": f"- [[Ada]]{'*' * 10 * n}\n" + "  - call\n" * n},
    ),
    "kinds in a line": (
        100,
        lambda n: _ada(f"## Log\n{'- 2026-11-20 ' + '☕' * 20 * n + chr(10)}" * 20),
    ),
    "comments without an end": (50_000, lambda n: _ada("<!--" * n)),
    "nested items": (1400, lambda n: _ada("".join(f"{chr(9) * i}- a\n" for i in range(n)))),
    "quotes in quotes": (100_000, lambda n: _ada(f"{'>' * n} a\n{'> ' * n}a\n")),
    "links in a line": (100_000, lambda n: {"x.md": "[[Ada]] " * n}),
    "links, a line each": (90_000, lambda n: {"Daily/2026-11-20.md": "[[Ada]]\n" * n}),
    "links as long as notes": (
        10,
        lambda n: {f"x{i}.md": f"[[{'a' * 1_000_000}]]" for i in range(n)},
    ),
    "help in a day": (50_000, lambda n: {"Daily/2026-11-20.md": "- [[Ada]] helped me\n" * n}),
    "ticked tasks": (40_000, lambda n: {"Daily/2026-11-20.md": "- [x] call [[Ada]]\n" * n}),
    "people at lunch": (
        5000,
        lambda n: {
            **_people(11),
            "Daily/2026-11-20.md": f"- lunch with {', '.join(f'[[P{i}]]' for i in range(11))}\n"
            * n,
        },
    ),
    "promises": (40_000, lambda n: _ada("".join(f"- [ ] send {i}\n" for i in range(n)))),
    "lines that name a name of many": (
        2000,
        lambda n: {**_people(n, "aliases: [Ada Lovelace]\n"), "x.md": "Ada Lovelace\n" * 10 * n},
    ),
    "names that begin alike": (
        2500,
        lambda n: {
            **_ada("", f"aliases: [{', '.join(f'ada lovelace {i}' for i in range(n))}]\n"),
            "x.md": "ada lovelace " * 20 * n,
        },
    ),
    "links by aliases": (
        2500,
        lambda n: {
            **_ada("", f"aliases: [{', '.join(f'al{i}' for i in range(n))}]\n"),
            "x.md": "".join(f"[[al{i % n}]] " for i in range(30 * n)),
        },
    ),
    "people of one alias": (
        5000,
        lambda n: _people(n, "aliases: [Same]\nrelationship: friend\n", "- 2026-11-01 coffee\n"),
    ),
    "people of one name": (3000, lambda n: {f"People/{i}/Ada.md": "" for i in range(n)}),
    "needs and offers": (
        4000,
        lambda n: {
            "People/Ada.md": f"---\nneeds: [{', '.join(f'n{i}' for i in range(n))}]\nrelationship: friend\n---\n",
            "People/Bo.md": f"---\noffers: [{', '.join(f'o{i}' for i in range(n))}]\nrelationship: friend\n---\n",
        },
    ),
    "titles": (4000, lambda n: _ada("", "".join(f"title[{i}]: a\n" for i in range(n)))),
    "a name that fills the table": (
        60_000,
        lambda n: {**_people(n // 200), **_ada("", f"name: {'x' * n}\n")},
    ),
    "actions of a plan": (
        30_000,
        lambda n: _plan("".join(f"- [x] a [[Ada]] ^vn-write{i}-ada\n" for i in range(n))),
    ),
    "actions of an old plan": (
        10_000,
        lambda n: {
            **_plan(
                "".join(f"- [-] a [[Ada]] ^vn-tell{i}-ada\n" for i in range(n)), "", "2026-W47"
            ),
            **_people(n // 10, "", "- 2026-11-20 email from her\n"),
        },
    ),
    "actions of nobody": (
        20_000,
        lambda n: {
            **_plan("".join(f"- [ ] a ^vn-write-x{i}\n" for i in range(n))),
            **_people(n // 20, "want_to_meet: true\n"),
        },
    ),
    "lines of a user's in a plan": (90_000, lambda n: _plan("a\n" * n)),
    "too many lines in a plan": (250_000, lambda n: _plan("a\n" * (n + 150_000))),
    "bullets below an action": (
        30_000,
        lambda n: _plan(
            "- [ ] a ^vn-write-ada\n" + "".join(f"\t- {i}\n" for i in range(n)),
            f" vn-write-ada={'.'.join(f'{i:06x}' for i in range(n))}",
        ),
    ),
    "brackets with backslashes in a plan": (
        100_000,
        lambda n: _plan(f"- [ ] {chr(92)}[{(chr(92) + '[') * n} ^vn-write-ada\n"),
    ),
    "what a plan remembers": (
        30_000,
        lambda n: _plan("", "".join(f" vn-write-x{i}=abcdef" for i in range(n))),
    ),
    "ideas and what was done of them": (
        4000,
        lambda n: {
            **_plan("".join(f"- [x] idea {i} ^vn-seen-idea-{i}\n" for i in range(n))),
            "Network/Exposure.md": "".join(f"- [ ] idea {i}x\n" for i in range(n)),
        },
    ),
    "folders in folders": (900, lambda n: {f"{'a/' * n}n{i}.md": "" for i in range(n // 9)}),
    "excluded files": (
        20_000,
        lambda n: {
            ".obsidian/app.json": json.dumps(
                {
                    "userIgnoreFilters": [f"/q{i}[a-z]x/" for i in range(n)]
                    + [f"q{i}/" for i in range(n)]
                }
            ),
            **{f"{i}.md": "" for i in range(n // 40)},
        },
    ),
    "parts of a setting's name": (30_000, lambda n: {"vaultnet.toml": f"{'a.' * n}a = 1\n"}),
    "parts of a table's name": (30_000, lambda n: {"vaultnet.toml": f"[{'a.' * n}a]\n"}),
    "unknown settings": (
        5000,
        lambda n: {"vaultnet.toml": "".join(f"k{i} = 1\n" for i in range(n))},
    ),
    "brackets in the settings": (60_000, lambda n: {"vaultnet.toml": f"me = {'[' * n}"}),
    "patterns to ignore": (
        5000,
        lambda n: {
            "vaultnet.toml": f"ignore = [{','.join(f'{chr(34)}*q{i}*{chr(34)}' for i in range(n))}]\n",
            **{f"{i}.md": "" for i in range(n // 10)},
        },
    ),
    "words for a kind": (
        5000,
        lambda n: {
            "vaultnet.toml": f"[kinds]\ncoffee = [{','.join(f'{chr(34)}q{i}{chr(34)}' for i in range(n))}]\n"
        },
    ),
}
"""What there may be many of -> how many are measured by hand, and the files that hold so many."""


# --- by hand ------------------------------------------------------------------------------


def _measure_commands() -> bool:
    well = True
    with tempfile.TemporaryDirectory() as folder:
        home, without, with_ = (Path(folder) / name for name in ("home", "without", "with"))
        hostile.make_healthy(without)
        made = hostile.make_vault(with_)
        faults = sum(1 for item in made if item.code)
        blocks = len(hostile.read_blocks())
        _say(f"{len(made)} hostile items, {faults} of them at fault, and {blocks} blocks of YAML")
        _say("exit  seconds: without  with   more   megabytes: without  with  more")
        for code, args in (*READING, *WRITING):
            alone = run_command(without, args, home)
            ran = run_command(with_, args, home)
            more = ran.seconds - alone.seconds
            larger = ran.megabytes - alone.megabytes
            good = ran.code == code and ran.is_calm and more < SECONDS and larger < MEGABYTES
            well = well and good
            _say(
                f"{ran.code:4}  {alone.seconds:16.2f} {ran.seconds:5.2f} {more:6.2f}  "
                f"{alone.megabytes:18.0f} {ran.megabytes:5.0f} {larger:5.0f}  "
                f"{'' if good else 'FAULT '}{ascii(' '.join(args))[1:-1]}"
            )
    return well


def _measure_lines() -> bool:
    worst: list[tuple[float, str]] = []
    for place in PLACES:
        for shape in hostile.SHAPES:
            seconds = read_line_in(place, shape, 80_000)
            growth = find_growth(lambda n, p=place, s=shape: read_line_in(p, s, n), 20_000)  # type: ignore[misc]  # mypy sees no default of a lambda
            worst.append((growth, f"{growth:5.1f} times {seconds:6.2f} s  {shape!a} in {place}"))
    return _tell_worst(worst)


def _measure_volumes() -> bool:
    worst: list[tuple[float, str]] = []
    for name, (size, files) in VOLUMES.items():
        seconds = do_everything(files(size))
        growth = find_growth(lambda n, f=files: do_everything(f(n)), size // 4)  # type: ignore[misc]  # as above
        worst.append((growth, f"{growth:5.1f} times {seconds:6.2f} s  {size} {name}"))
        _say(worst[-1][1])
    return _tell_worst(worst)


def _tell_worst(found: Iterable[tuple[float, str]]) -> bool:
    ordered = sorted(found, reverse=True)
    for _, said in ordered[:15]:
        _say(said)
    _say(f"{len(ordered)} measured: four times as much took so many times as long")
    return ordered[0][0] < QUADRATIC


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a script


if __name__ == "__main__":
    measures = {"commands": _measure_commands, "lines": _measure_lines, "volumes": _measure_volumes}
    sys.exit(0 if measures[sys.argv[1]]() else 1)
