"""Mutated notes, each read wholly: no exception, and none that takes longer than 50 ms.

    python tests/fuzz_notes.py --count 1000000 --workers 2

makes a million notes out of those of the sample vault, the texts of the tests and the lines of the
corpus, reads each in a small vault as `vaultnet plan` would, and says what it saw. A note follows
from `--seed` and its number alone: `--start 400000` goes on where a run was stopped, and a finding
is made again with `--start ITS-NUMBER --count 1`. Run it from the repository's root, with vaultnet
installed or the root on `PYTHONPATH`.
"""

from __future__ import annotations

import argparse
import ast
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Self
from unittest import mock

from compiled import templates_once
from from_text import Told
from vaultnet.app import notes, questions
from vaultnet.core import edit, merge
from vaultnet.core.model import Source
from vaultnet.reading import Memory, Reading, keep, read_vault, recall
from vaultnet.render import render_plan

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)
LIMIT = 0.050
"""Seconds of this thread's own time in which a note is read, the small vault around it included."""
LARGEST = 8192
"""Bytes of the largest note that is made; what is larger is cut."""
RENDERED = 4
"""Every so many notes the plan is laid out too."""
WRITTEN_INTO = 8
"""Every so many notes an entry is logged and a property set."""
REMEMBERED = 64
"""Every so many notes what was read is kept, and read again with the help of that."""

AROUND = {
    "People/Ada.md": "---\nrelationship: friend\nneeds: code review\n---\n## Log\n- 2026-11-02 coffee: the job\n",
    "People/Bo Ek.md": "---\nrole: engineer\nintroduced_by: '[[Ada]]'\n---\n- 2026-06-01 call\n- [ ] send him the slides\n",
    "People/Cleo.md": "---\nwant_to_meet: true\nask: how you hire\n---\n",
    "Daily/2026-11-20.md": "## Calls\n- [[Ada]]: the budget\n- met [[Bo Ek]] and [[Mutant]]\n",
    "vaultnet.toml": 'heading = "energy"\noffers = ["code review"]\n',
}
"""The small vault: people whom the note may name, and whose plan it may change."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A text that people or programs wrote, and where such a note lies."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A note that was not read as it should be."""

    seed: int
    number: int
    path: str
    raw: bytes
    what: str
    """Last lines of the traceback, or how long it took."""


@dataclass
class Figures:
    """What a run came to."""

    notes: int = 0
    contacts: int = 0
    """Of the notes, those read as a contact."""
    telling: int = 0
    """Those in which an interaction was found."""
    faulty: int = 0
    """Those that have a problem of their own."""
    logged: int = 0
    """Those that took a log entry."""
    slowest: float = 0.0
    """Seconds, the best of four where one was beyond the limit."""
    findings: list[Finding] = field(default_factory=list)

    def __iadd__(self, other: Figures) -> Self:
        """Add what another worker saw."""
        for name in ("notes", "contacts", "telling", "faulty", "logged"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)
        self.findings += other.findings
        return self

    def __str__(self) -> str:
        return (
            f"{self.notes} notes: {self.contacts} contacts, {self.telling} that tell of something, "
            f"{self.faulty} with problems, {self.logged} logged into; "
            f"the slowest took {self.slowest * 1000:.1f} ms; {len(self.findings)} findings"
        )


# --- seeds --------------------------------------------------------------------------------


@cache
def read_seeds(folder: Path | None = None) -> tuple[Seed, ...]:
    """Gather the texts to begin with; the notes of `folder` too, if one is named."""
    seeds = [*_read_notes(ROOT / "sample_vault"), *_read_tests(), *_read_corpus()]
    plan = (ROOT / "tests/golden/plan-2026-W48.md").read_text(encoding="utf-8")
    seeds += [Seed("Network/Network plan 2026-W48.md", plan)] * 8
    if folder is not None:
        seeds += _read_notes(folder)
    return tuple(seeds)


def _read_notes(folder: Path) -> list[Seed]:
    return [
        Seed(str(place.relative_to(folder)), place.read_text(encoding="utf-8", errors="replace"))
        for place in sorted(folder.rglob("*.md"))
        if place.is_file()
    ]


def _read_tests() -> list[Seed]:
    """Find the texts of several lines that stand in the tests: most of them are notes."""
    texts = {
        node.value: None
        for place in sorted((ROOT / "tests").glob("test_*.py"))
        for node in ast.walk(ast.parse(place.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.count("\n") > 1 and node.value.isprintable() is False
    }
    return [
        Seed("People/Mutant.md", re.sub(r"\A\n|^ {8}", "", text, flags=re.MULTILINE))
        for text in texts
        if _is_unicode(text)
    ]


def _read_corpus() -> list[Seed]:
    """Take the lines of the corpus and of the sentences, a dozen to a daily note."""
    lines = [
        json.loads(row)["line"]
        for row in (ROOT / "tests/corpus/daily_lines.jsonl").read_text("utf-8").splitlines()
    ]
    for place in sorted((ROOT / "tests/sentences").glob("*.txt")):
        lines += [row.split("  =>")[0] for row in place.read_text("utf-8").splitlines()]
    return [
        Seed("Daily/2026-11-19.md", "\n".join(lines[at : at + 12]))
        for at in range(0, len(lines), 12)
    ]


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


# --- mutations ----------------------------------------------------------------------------

TOKENS = (
    """
---;...;{};[];[[;]];![[;|;\\|;[[Ada]];[[Ada|A]];[[Ada#Log^x]];[Bo](Bo%20Ek.md);``;```;~~~;<!--;-->;%%;$$;<div>;</div>
# ;## ;###### ;## Log;## Calls;- ;* ;+ ;1. ;- [ ] ;- [x] ;- [-] ;- [>] ;- [/] ;> ;> > > ;[!info]- ;\t- ;- - - ;***;___;:;::;&;*;!;? ;%;@
type: person;type: [person];tags: [person];tags: #person;#person;aliases: [A, B];cadence: 6 weeks;cadence: 999999999999;ring: buddy
they_know: my work;relationship: friend;private: true;vaultnet: false;vaultnet: me;status: archived;not_before: 2026-12-01
birthday: 02-29;birthday: 0000-00-00;last_contact: 2026-11-31;met: 9999-12-31;introduced_by: "[[Ada]]";knows: [[Bo Ek]];knows: *a
date: 2026-11-18;attendees: [Ada, "[[Bo Ek]]"];a: &a [x];*a;!!python/object;!!binary;? ;|;|-;>-;<<: *a;0x1F;.inf;1e999;0o17;1_000;~;null;no
2026-11-20;2026-02-30;20261120;[[2026-11-20]];✅ 2026-11-23;📅 2026-13-01;⏳ 2026-11-20;[due:: 2026-11-20];[completion:: 2026-11-20];➕;🔁 every day
coffee: ;called ;lunch with ;emailed ;from ;met ;thanked ;asked ;introduced to ;cancelled;not ;tomorrow;"said Ada";'tis; and ; with
^vn-write-ada;^vn-ask-bo-ek;^abc;%% vaultnet:begin 2026-W48 %%;%% vaultnet:end 2026-W48 %%;#private;#promise;#vn/skip;{{title}};<% tp %>
| Date | Type | Notes |;|---|---|;| 2026-11-20 | coffee | x |;<<<<<<< HEAD;=======;>>>>>>> b;http://x.y/z;mailto:a@b.c;\\;\\[;\\`;_;__;~~;==;{#a};:::;[^1];[^1]:
""".strip("\n")
    .replace("\n", ";")
    .split(";")
)
STRANGE = [
    "\u200b", "\u200d", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1b[31m", "\u202e", "\u2066", "\ufeff", "\u00a0", "\u3000",
    "e\u0301", "\u0301" * 40, "ﬁ", "İ", "ß", "ǅ", "🏳️‍🌈", "👩‍👩‍👧‍👦", "\U0010ffff", "\ufffe", "\ufdd0", "\x00", "\x7f", "\r", "\r\n", "\n",
    "喝咖啡", "عربى", "Ⅷ", "²", "٣", "𝟚", "०१",
]  # fmt: skip
OPENERS = [
    "[", "[[", "((", "{", "{{", "![[", "> ", "- ", "\t- ", "  - ", "# ", "`", "``", "**", "_", "%%", "<!--", "<a ", "~~", "|", "\\",
    "- [ ] ", "1. ", "&a ", "*a ", "? ", "- - ", "a: ", "a: {", "[a, ", "'", '"', "!", "^", ":", "::", "with ", "and ", "[[Ada]] ",
    "[[Ada]] and ", "called ", "not ", ", ", "; ", "2026-11-20 ", "✅ ", "]( ", "](", "\n", "\n\n", " ", "\t", "a", "aA", "\n- ", "\n> ",
]  # fmt: skip

Mutation = Callable[[random.Random, str, str], str]
"""Takes a text and a second one to borrow from."""


def _insert_token(dice: random.Random, text: str, _: str) -> str:
    at = dice.randrange(len(text) + 1)
    between = dice.choice(["", " ", "\n"])
    return f"{text[:at]}{between}{dice.choice(TOKENS)}{between}{text[at:]}"


def _insert_strange(dice: random.Random, text: str, _: str) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(STRANGE) + text[at:]


def _repeat(dice: random.Random, text: str, _: str) -> str:
    """Say the same thing hundreds of times: what nests, what opens, what a pattern may stumble on."""
    unit = dice.choice(OPENERS) if dice.random() < 0.7 else dice.choice(TOKENS)
    if dice.random() < 0.2:
        unit += dice.choice(OPENERS)
    times = dice.choice([3, 30, 300, 1000, 4000])
    at = dice.choice([0, len(text), dice.randrange(len(text) + 1)])
    closed = dice.choice(["", "", "\n", "x", " [[Ada]]"])
    return text[:at] + (unit * times)[:8000] + closed + text[at:]


def _nest(dice: random.Random, text: str, _: str) -> str:
    """Indent each line further than the one above."""
    step = dice.choice(["\t", "  ", "> ", " "])
    deep = dice.choice([10, 100])
    lines = text.split("\n")[:deep]
    return "\n".join(step * depth + line for depth, line in enumerate(lines * (deep // 10)))


def _delete(dice: random.Random, text: str, _: str) -> str:
    start = dice.randrange(len(text) + 1)
    return text[:start] + text[start + dice.choice([1, 1, 3, 30, 300]) :]


def _double(dice: random.Random, text: str, _: str) -> str:
    start = dice.randrange(len(text) + 1)
    part = text[start : start + dice.choice([1, 5, 50, 500])]
    return text[:start] + part * dice.choice([2, 3, 20]) + text[start + len(part) :]


def _shuffle_lines(dice: random.Random, text: str, _: str) -> str:
    lines = text.split("\n")
    start = dice.randrange(len(lines))
    part = lines[start : start + dice.choice([2, 5, 50])]
    dice.shuffle(part)
    return "\n".join([*lines[:start], *part, *lines[start + len(part) :]])


def _join_lines(dice: random.Random, text: str, _: str) -> str:
    ends = [at for at, char in enumerate(text) if char == "\n"]
    if not ends:
        return text
    at = dice.choice(ends)
    return text[:at] + dice.choice(["", " ", "|", " \\"]) + text[at + 1 :]


def _splice(dice: random.Random, text: str, other: str) -> str:
    return text[: dice.randrange(len(text) + 1)] + other[dice.randrange(len(other) + 1) :]


def _borrow_lines(dice: random.Random, text: str, other: str) -> str:
    lines, theirs = text.split("\n"), other.split("\n")
    at, start = dice.randrange(len(lines) + 1), dice.randrange(len(theirs))
    return "\n".join([*lines[:at], *theirs[start : start + dice.choice([1, 3, 10])], *lines[at:]])


def _cut_front_matter(dice: random.Random, text: str, _: str) -> str:
    """Leave front matter unclosed, cut it short, or open it where there was none."""
    if not text.startswith("---\n"):
        return f"---\n{text}" if dice.random() < 0.5 else f"---\ntype: person\n---\n{text}"
    end = text.find("\n---", 3)
    if dice.random() < 0.5 or end < 0:
        return text[: dice.randrange(4, max(end, 5) + 4)]
    return text[:end] + text[end + 4 :]


def _change_numbers(dice: random.Random, text: str, _: str) -> str:
    numbers = list(re.finditer(r"\d+", text))
    if not numbers:
        return text
    found = dice.choice(numbers)
    new = dice.choice(["0", "-1", "00", "31", "99", "1e9", "9" * 30, "12:30", "２０２６"])
    return text[: found.start()] + new + text[found.end() :]


def _change_ends(dice: random.Random, text: str, _: str) -> str:
    if dice.random() < 0.5:
        return text.replace("\n", "\r\n")
    return "".join(dice.choice(["\n", "\r\n"]) if char == "\n" else char for char in text)


def _change_case(dice: random.Random, text: str, _: str) -> str:
    start = dice.randrange(len(text) + 1)
    end = start + dice.choice([1, 10, 1000])
    return text[:start] + text[start:end].swapcase() + text[end:]


MUTATIONS: tuple[Mutation, ...] = (
    _insert_token, _insert_token, _insert_token, _insert_strange, _repeat, _nest, _delete, _double,
    _shuffle_lines, _join_lines, _splice, _borrow_lines, _cut_front_matter, _change_numbers,
    _change_ends, _change_case,
)  # fmt: skip

PATHS = (
    "People/Mutant.md",
    "Daily/2026-11-19.md",
    "Meetings/2026-11-18 Board.md",
    "Network/Network plan 2026-W48.md",
    "Network/Network plan 2026-W47.md",
    "Network/Exposure.md",
    "Notes/Mutant.md",
)


def make_note(seed: int, number: int, seeds: Sequence[Seed]) -> tuple[str, bytes]:
    """Make the note of a number: its path and its bytes."""
    dice = random.Random(f"{seed}:{number}")  # noqa: S311 - a sweep, not a secret
    start = dice.choice(seeds)
    text = start.text
    for _ in range(dice.choice([1, 1, 2, 3, 5, 8])):
        text = dice.choice(MUTATIONS)(dice, text, dice.choice(seeds).text)
    raw = text.encode()[:LARGEST]
    if dice.random() < 0.05:
        raw = b"\xef\xbb\xbf" + raw
    if raw and dice.random() < 0.1:
        flipped = bytearray(raw)
        for _ in range(dice.choice([1, 1, 4])):
            flipped[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        raw = bytes(flipped)
    kind = start.path.partition("/")[0]
    usual = [path for path in PATHS if path.startswith(kind)] or [PATHS[0]]
    return dice.choice(usual if dice.random() < 0.8 else list(PATHS)), raw


# --- reading ------------------------------------------------------------------------------


class Reader:
    """A small vault into which one note after the other is put."""

    def __init__(self, root: Path, limit: float) -> None:
        """Write the notes around it; what takes longer than `limit` seconds is a finding."""
        self.root = root
        self._limit = limit
        self.figures = Figures()
        for path, text in AROUND.items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        (root / ".obsidian").mkdir()
        (root / ".obsidian/daily-notes.json").write_text('{"folder": "Daily"}', encoding="utf-8")
        for path in PATHS:
            (root / path).parent.mkdir(exist_ok=True)
        told = self._read()[1]
        self._body = render_plan(told.plan(), told.links.best_link)

    def try_note(self, seed: int, number: int, path: str, raw: bytes) -> Finding | None:
        """Read one note, and tell what is wrong with how it was read."""
        place = self.root / path
        place.write_bytes(raw)
        try:
            spent = self._time(path, raw, number)
            for _ in range(3):  # something else may have kept this processor busy
                if spent > self._limit:
                    spent = min(spent, self._time(path, raw, number))
        except Exception:  # noqa: BLE001 - whatever it is, it is the finding
            return Finding(seed, number, path, raw, traceback.format_exc(limit=-4))
        finally:
            place.unlink()
        self.figures.notes += 1
        self.figures.slowest = max(self.figures.slowest, spent)
        slow = f"took {spent * 1000:.0f} ms"
        return Finding(seed, number, path, raw, slow) if spent > self._limit else None

    def _time(self, path: str, raw: bytes, number: int) -> float:
        """Do all that vaultnet would do with the note; gives the seconds that reading it took."""
        start = time.thread_time()
        reading, told = self._read()
        told.plan()
        questions.check_vault(reading)
        questions.find_unlinked(reading)
        spent = time.thread_time() - start
        note = next((note for note in reading.notes if note.path == path), None)
        contact = any(contact.path == path for contact in reading.people.contacts)
        self.figures.contacts += contact
        self.figures.faulty += any(problem.path == path for problem in reading.problems)
        self.figures.telling += any(
            i.source == path for told in reading.network.interactions.values() for i in told
        )
        if number % RENDERED == 0:
            told.rendered()
        if note is not None and path.startswith("Network/Network plan"):
            self._merge(raw.decode(), path)
        if contact and number % WRITTEN_INTO == 0:
            self._write_into(reading, path, raw.decode().removeprefix("\ufeff"))
        if number % REMEMBERED == 0:
            self._remember(reading)
        return spent

    def _remember(self, reading: Reading) -> None:
        """Keep what was read, and read again with the help of that: it must come to the same."""
        memory = recall(self.root, TODAY, TODAY)
        read_vault(self.root, TODAY, TODAY, memory)
        keep(self.root, memory)
        again = read_vault(self.root, TODAY, TODAY, recall(self.root, TODAY, TODAY))
        assert again.network == reading.network
        assert again.problems == reading.problems

    def _read(self, memory: Memory | None = None) -> tuple[Reading, Told]:
        reading = read_vault(self.root, TODAY, TODAY, memory)
        told = Told(
            reading.links,
            reading.network,
            reading.standings,
            reading.problems,
            reading.settings,
            TODAY,
        )
        return reading, told

    def _merge(self, old: str, path: str) -> None:
        """Bring a plan up to date, twice, and close it."""
        week = path[-11:-3]
        if merge.find_damage(old, week):
            return
        body = self._body
        once = merge.merge(old, body.body, body.roles, body.done, TODAY)
        merge.merge(once, body.body, body.roles, body.done, TODAY)
        merge.close(once, TODAY)

    def _write_into(self, reading: Reading, path: str, text: str) -> None:
        tell = partial(notes._tell, reading, path)  # noqa: SLF001 - what `vaultnet log` reads it by
        entry = edit.Entry(TODAY, "coffee: the climate job")
        logged = edit.append_entry(
            Source(path, text), entry, reading.settings.log_headings, "YYYY-MM-DD", tell
        )
        self.figures.logged += isinstance(logged, edit.Change)
        edit.set_property(Source(path, text), "cadence", edit.read_value("6 weeks"))


# --- running ------------------------------------------------------------------------------


def run(
    seed: int, numbers: range, seeds: Sequence[Seed], limit: float = LIMIT, *, told: bool = False
) -> Figures:
    """Make and read the notes of these numbers; `told`: say how far it is."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    on = memory if os.access(memory, os.W_OK) else None
    with (
        tempfile.TemporaryDirectory(dir=on) as top,
        mock.patch.dict(os.environ, XDG_CACHE_HOME=f"{top}/cache"),
        templates_once(),
    ):
        reader = Reader(Path(top, "vault"), limit)
        for count, number in enumerate(numbers, 1):
            path, raw = make_note(seed, number, seeds)
            finding = reader.try_note(seed, number, path, raw)
            if finding is not None:
                reader.figures.findings.append(finding)
                if told:
                    sys.stdout.write(f"note {number} ({path}): {finding.what}\n")
            if told and count % 10_000 == 0:
                sys.stdout.write(f"at {number}: {reader.figures}\n")
                sys.stdout.flush()
    return reader.figures


def main() -> None:
    """Run many, in several processes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=int, default=0, help="number of the first note")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--seeds", type=Path, help="a folder of notes to begin with as well")
    parser.add_argument("--keep", type=Path, help="write each finding into this folder")
    given = parser.parse_args()
    seeds = read_seeds(given.seeds)
    end = given.start + given.count
    parts = [range(given.start + n, end, given.workers) for n in range(given.workers)]
    figures = Figures()
    with multiprocessing.get_context("spawn").Pool(given.workers) as pool:
        one = partial(run, given.seed, seeds=seeds, told=True)
        for part in pool.imap_unordered(one, parts):
            figures += part
    sys.stdout.write(f"{figures}\n")
    kinds = Counter(finding.what.strip().rpartition("\n")[2] for finding in figures.findings)
    for what, count in kinds.most_common():
        sys.stdout.write(f"{count} × {what}\n")
    if given.keep is not None:
        given.keep.mkdir(parents=True, exist_ok=True)
        for finding in figures.findings:
            name = f"{finding.seed}-{finding.number}"
            (given.keep / f"{name}.md").write_bytes(finding.raw)
            (given.keep / f"{name}.txt").write_text(f"{finding.path}\n{finding.what}")
    sys.exit(1 if figures.findings else 0)


if __name__ == "__main__":
    main()
