"""A fault at every call of the system that a command makes, and what became of the notes.

    python tests/sweep_faults.py                            # all faults, about half an hour
    python tests/sweep_faults.py --vault ~/Notes --quick    # some, on a copy of your own vault
    python tests/sweep_faults.py --strace --every 5         # at the real calls, where strace is there

A command is run once undisturbed, and then once for each of its calls and each way in which that
can go wrong: the process is killed, the power goes, the disk is full, broken, read-only or over its
quota, reads and writes fail or are short, an editor saves a note, or saves it and then the process
is killed. After each, and after running the command once more, it is judged what became of the
notes. Everything happens in a temporary folder; the vault that is named is only read, once. It says
what it injected and what it found, and exits with 1 if anything was lost. Run it from the
repository's root, with vaultnet installed or the root on `PYTHONPATH`; it needs `fork`.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import errno
import importlib
import itertools
import multiprocessing
import os
import shutil
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Self

import strace_faults
from bad_writers import BAD_WRITERS
from calls import ERRORS, FOLDER, OUTPUTS, Body, Call
from compiled import templates_once
from stage import (
    AT_ONCE,
    EDITORS,
    HUNG,
    KILLED,
    LEFT,
    Command,
    Fault,
    Item,
    Outcome,
    Stage,
    Tree,
    typed,
)
from strace_faults import TracedStage
from vaultnet import app
from vaultnet.cli import COMMANDS
from vaultnet.cli import main as vaultnet
from vaultnet.core.calendar import week_of
from vaultnet.core.frozen import replace
from vaultnet.core.marks import hash_line, hash_words, memory_of
from vaultnet.reading import read_vault
from vaultnet.writer import disk, find_leftovers

Choose = Callable[[Sequence[Fault]], Iterable[Fault]]

# --- what is played -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """A command, and the vault it is run in."""

    name: str
    command: Command
    prepare: Callable[[Stage], None]
    again: tuple[int, ...] = (0,)
    """Exit codes that a second run may have after it was done already."""
    repeats: bool = False
    """Whether a second run does something once more, as `log` does."""


def run(*args: str) -> Command:
    """Make a command of vaultnet's own."""
    return partial(_run_vaultnet, args)


def _run_vaultnet(args: Sequence[str], root: Path) -> int:
    try:
        vaultnet([*args, "--vault", str(root)])
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    return 0


NOTES = {
    "People/Ada Lovelace.md": "---\nrelationship: friend\nneeds: code review\ncadence: 4 weeks\n---\n# Ada\n\n## Log\n"
    "- 2026-06-01 coffee: the engine\n- 2026-08-12 call: the climate job\n",
    "People/Bo Ek.md": "---\r\ncompany: Postvagnen\r\n---\r\n\r\n## Log\r\n\r\n- 2026-11-18 advice: ask for the band first\r\n",
    "People/Cleo Marsh.md": "---\nwant_to_meet: true\nask: how you hire\n---\nSaw her talk. Zażółć gęślą jaźń.\n",
    "People/Dai Rees.md": "- 2026-05-02 lunch\n- 2026-07-02 lunch\n- [ ] send him the slides\n",
    "People/Edda.md": "",
    "Journal/2026-11-20.md": "Message from [[Ada Lovelace]]: are you coming?\nMet [[Edda]] again.\n",
    "Network/Exposure.md": "- [ ] Outline five migration mistakes #article\n",
    ".obsidian/daily-notes.json": '{"folder": "Journal"}',
    ".obsidian/templates.json": '{"folder": "Forms"}',
    "vaultnet.toml": 'heading = "lead data in climate"\noffers = ["code review"]\n',
}
FORM = "---\ntype: person\ncreated: 2026-01-01\ncompany:\n---\n# {{title}}\n\n## Log\n"
PLAN = "Network/Network plan {}.md"


def _first_plan(stage: Stage) -> None:
    """Leave no plan, and no folder for it."""
    stage.write({path: text for path, text in NOTES.items() if not path.startswith("Network/")})


def _new_week(stage: Stage) -> None:
    """Leave last week's plan, with one action ticked and one line added."""
    stage.write(NOTES)
    _must(stage.play(run("plan", "--today", "2026-11-17")))
    _edit(stage, PLAN.format("2026-W47"), _tick_first)


def _update(stage: Stage) -> None:
    """Leave this week's plan and last week's worked in, and a contact's note that tells more."""
    _new_week(stage)
    stage.rest()
    _must(stage.play(run("plan", "--today", "2026-11-23")))
    _edit(stage, PLAN.format("2026-W48"), _work_in)
    _edit(stage, PLAN.format("2026-W47"), lambda text: text.replace("- Write", "- [x] Write", 1))
    _edit(stage, "People/Cleo Marsh.md", lambda text: f"{text}- 2026-11-24 wrote to her\n")


def _tick_first(text: str) -> str:
    return text.replace("- [ ] ", "- [x] ", 1) + "\nMy own words below the plan.\n"


def _work_in(text: str) -> str:
    """Tick, put off, reword, delete, add."""
    lines = text.split("\n")
    boxes = [n for n, line in enumerate(lines) if line.startswith("- [ ] ") and "^vn-" in line]
    assert len(boxes) > 2, text
    lines[boxes[0]] = lines[boxes[0]].replace("- [ ]", "- [x]")
    lines[boxes[1]] = lines[boxes[1]].replace(" ^vn-", ", after lunch ^vn-")
    lines.insert(boxes[1] + 1, "\t- a bullet of mine")
    return "Words above.\n" + "\n".join(lines) + "\nWords below.\n"


def _log(stage: Stage) -> None:
    stage.write(NOTES)


def _new(stage: Stage) -> None:
    stage.write({**NOTES, "Forms/Contact.md": FORM})


def _init(stage: Stage) -> None:
    stage.write({path: text for path, text in NOTES.items() if path != "vaultnet.toml"})


def _recover(stage: Stage) -> None:
    """Leave what a death would: the user's newest lines beside the note, and not in it."""
    ada = "People/Ada Lovelace.md"
    stage.write(
        {**NOTES, "People/.Ada Lovelace.md.0123abcd.tmp": f"{NOTES[ada]}- 2026-11-20 my newest\n"}
    )


def _edit(stage: Stage, path: str, change: Callable[[str], str]) -> None:
    place = stage.vault / path
    stage.write({path: change(place.read_bytes().decode())})


def _must(outcome: Outcome) -> Outcome:
    if outcome.code:
        raise RuntimeError(f"undisturbed, it failed: {outcome.said}")
    return outcome


CASES = (
    Case("plan, the first", run("plan", "--today", "2026-11-24"), _first_plan),
    Case("plan, a new week", run("plan", "--today", "2026-11-24"), _new_week),
    Case("plan, worked in", run("plan", "--today", "2026-11-26"), _update),
    Case("log", run("log", "ada", "coffee: the climate job", "--today", "2026-11-24"), _log, repeats=True),
    Case("log, the first", run("log", "edda", "called", "--today", "2026-11-24"), _log, repeats=True),
    Case("new", run("new", "Fern Holt", "--company", "Nordlicht", "--today", "2026-11-24"), _new, (0, 1)),
    Case("init", run("init"), _init),
    Case("recover", run("recover", "0123abcd", "--restore"), _recover, (0, 1)),
)  # fmt: skip


# --- which faults -------------------------------------------------------------------------


def list_faults(calls: Sequence[Call], changed: Mapping[str, bytes]) -> Iterator[Fault]:
    """List every fault of a command: its undisturbed calls, and what the user saves in the notes it changes."""
    end = len(calls)
    yield Fault("nothing", end)
    for at, call in enumerate(calls):
        if call.changes:
            yield from _faults_of_change(at, call)
        elif call.name != "access":  # that one cannot tell a fault from a refusal
            yield Fault("read error", at, errno.EIO)
            if call.name == "read":
                yield Fault("short read", at)
        yield Fault("interrupt", at)
    yield Fault("power", end)
    for target, raw in sorted(changed.items()):
        yield from _edits(calls, target, raw)


def _edits(calls: Sequence[Call], target: str, raw: bytes) -> Iterator[Fault]:
    end = len(calls)
    # Between two calls that do not concern a note it is all one when that is saved.
    concern = [_is_near(target, call) for call in calls]
    near = [at for at in range(end + 1) if any(concern[max(0, at - 1) : at + 1])]
    for n, editor in enumerate(EDITORS):
        for at in near:
            gap = (1, 3, 7)[(at + n) % 3]
            yield Fault("edit", at, target=target, editor=editor, typed=raw, gap=gap)
    for editor, gap in itertools.product(AT_ONCE, (1, 2, 5)):
        for at in near:
            if at + gap < end:
                yield Fault("edit, then kill", at, target=target, editor=editor, typed=raw, gap=gap)


def _is_near(target: str, call: Call) -> bool:
    folder, _, name = f"vault/{target}".rpartition("/")
    return any(path == folder or (path.startswith(folder) and name in path) for path in call.paths)


def _faults_of_change(at: int, call: Call) -> Iterator[Fault]:
    out = call.paths[0] in OUTPUTS
    if not out:
        yield Fault("kill", at)
        yield Fault("power", at)
    for name, number in ERRORS.items():
        yield Fault(name, at, number)
        if not out:
            yield Fault(f"{name}, and stays", at, number, stays=True)
    yield Fault("done, said failed", at, errno.EIO)
    if call.name == "write":
        yield Fault("short write", at)
        yield Fault("short, then full", at, errno.ENOSPC)


# --- what is judged -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the notes after one fault."""

    mode: str
    landed: bool
    states: int = 1
    """How many states of the disk were judged: a power cut leaves several."""
    wrong: tuple[str, ...] = ()
    aside: int = 0
    """Lines of the user's that stand only in a file left beside the note, or in what was kept."""
    left: int = 0
    """Files left beside notes."""
    same: bool = True
    """Whether a second run came to what an undisturbed one comes to."""


class Judge:
    """Knows what an undisturbed run makes of a case, and judges what a disturbed one left."""

    def __init__(self, stage: Stage, case: Case, *, again: bool = True) -> None:
        """Prepare the case, and play it undisturbed; `again`: after each fault once more."""
        self.stage = stage
        self.case = case
        self._again = again
        case.prepare(stage)
        stage.keep_as_start()
        _warm_up(stage.vault)
        done = _must(stage.play(case.command))
        self.after = _vault(done.tree)
        stage.restore()
        done = _must(stage.play(case.command))
        self.calls = done.calls
        if _vault(done.tree) != self.after:
            raise RuntimeError(f"{case.name}: two undisturbed runs differ")
        self.before = _vault(stage.start)
        # A note that is not there yet may come from elsewhere, as it would be, and with a line more.
        self.changed = {
            path.removeprefix("vault/"): typed(self.before.get(path, item).raw or b"")
            for path, item in self.after.items()
            if item.raw is not None and item != self.before.get(path)
        }
        self._edited: dict[str, Tree] = {}

    def list_faults(self) -> list[Fault]:
        """List every fault of this case."""
        return list(list_faults(self.calls, self.changed))

    def try_fault(self, fault: Fault) -> Verdict:
        """Play it once with this fault, and judge."""
        before, after = self.before, self.after
        if fault.target:
            before, after = self._with_edit(fault.target, fault.typed)
        self.stage.restore()
        outcome = self.stage.play(self.case.command, fault)
        if not outcome.landed:
            return Verdict(fault.mode, landed=False)
        wrong: list[str] = []
        aside = 0
        for told, tree in _after_power(outcome).items():
            faulty, put_aside = self._judge(replace(outcome, tree=tree), fault, before, after)
            wrong += [f"{one}{f' ({told})' if told else ''}" for one in faulty]
            aside = max(aside, put_aside)
            last = tree
        left = {path for path in _vault(outcome.tree) if _is_left(path)}
        found = {f"vault/{each.file}" for each in find_leftovers(self.stage.vault)}
        wrong += [f"`vaultnet recover` does not find {path}" for path in left - found]
        same = True
        if self._again:
            for path in last.keys() ^ outcome.tree.keys():
                self.stage.put(path, last.get(path))
            for path in last.keys() & outcome.tree.keys():
                if last[path] != outcome.tree[path]:
                    self.stage.put(path, last[path])
            again, same = self._judge_again(last, before, after, fault)
            wrong += again
        states = max(1, len(outcome.cuts))
        return Verdict(
            fault.mode,
            landed=True,
            states=states,
            wrong=tuple(f"{self.case.name}: {fault}: {one}" for one in wrong),
            aside=aside,
            left=len(left),
            same=same,
        )

    def _with_edit(self, target: str, raw: bytes) -> tuple[Tree, Tree]:
        """Give the vault with an edit in it, and what an undisturbed run makes of that."""
        path = f"vault/{target}"
        edited = replace(self.before.get(path) or self.after[path], raw=raw)
        if target not in self._edited:
            self.stage.restore()
            self.stage.put(path, edited)
            self.stage.rest()
            self._edited[target] = _vault(self.stage.play(self.case.command).tree)
        return {**self.before, path: edited}, self._edited[target]

    # --- one state ------------------------------------------------------------------------

    def _judge(
        self, outcome: Outcome, fault: Fault, before: Tree, after: Tree
    ) -> tuple[list[str], int]:
        """Say what is wrong with what is there, and how many lines are only beside it."""
        now = _vault(outcome.tree)
        wrong = [*self._judge_talk(outcome, fault)]
        for path, item in now.items():
            if item in {before.get(path), after.get(path), self._without_edit(path, fault)}:
                continue
            if _is_left(path) or item.kind == stat.S_IFDIR:
                continue
            wrong.append(f"{path} is neither as before nor as it should be")
        wrong += [
            f"{path} has another mode or other attributes"
            for path in now.keys() & before.keys()
            if _looks(now[path]) != _looks(before[path])
        ]
        wrong += [f"{path} is gone" for path in _whole(before).keys() - now.keys()]
        wrong += [
            f"{path} is a stray folder"
            for path in _folders(now) - _folders(before) - _folders(after)
        ]
        lost, aside = _find_lines(before, after, outcome.tree)
        wrong += [f"{path}: LOST {line!r}" for path, line in lost]
        # An editor that had the older text open may save that over what was just written.
        if outcome.code == 0 and not fault.target and _whole(now) != _whole(after):
            wrong.append("it said that it was done, and was not")
        if aside and outcome.code not in {KILLED, HUNG} and fault.mode != "power":
            where = [Path(path).name for path in outcome.tree if _is_left(path)]
            if not any(name in outcome.said for name in where):
                wrong.append("it does not say where the user's lines are")
        return wrong, len(aside)

    def _judge_talk(self, outcome: Outcome, fault: Fault) -> Iterator[str]:
        if "Traceback" in outcome.said:
            yield f"a traceback: {outcome.said.strip().rpartition(chr(10))[2]}"
        if outcome.code == HUNG:
            yield "it hung"
        spoken = "Error" in outcome.said or "Aborted" in outcome.said
        mute = fault.mode == "power" or outcome.code in {0, KILLED, HUNG, 120}
        silenced = fault.at < len(outcome.calls) and outcome.calls[fault.at].paths[0] == "talk"
        if not (mute or spoken or silenced):
            yield f"it failed ({outcome.code}) and did not say why: {outcome.said!r}"

    def _without_edit(self, path: str, fault: Fault) -> Item | None:
        """Give what a note may be as well: the user's edit came after all was done, or never."""
        if path == f"vault/{fault.target}":
            return None
        return self.after.get(path)

    # --- once more ------------------------------------------------------------------------

    def _judge_again(
        self, left: Tree, before: Tree, after: Tree, fault: Fault
    ) -> tuple[list[str], bool]:
        """Run the command again, with nothing in its way."""
        self.stage.rest()
        outcome = self.stage.play(self.case.command)
        now = _vault(outcome.tree)
        done = _whole(_vault(left)) != _whole(self.before)
        wrong = [f"again: {one}" for one in self._judge_talk(outcome, Fault("", 0))]
        if outcome.code not in (self.case.again if done else (0,)):
            wrong.append(f"again: it fails ({outcome.code}): {outcome.said.strip()}")
        lost, _ = _find_lines(_vault(left), after, outcome.tree)
        wrong += [f"again: {path}: LOST {line!r}" for path, line in lost]
        wrong += [
            f"again: {path} is neither as before nor as it should be"
            for path, item in now.items()
            if item.kind == stat.S_IFREG
            and path in before
            and path not in {f"vault/{p}" for p in self.changed}
            if item != before[path] and not _is_left(path)
        ]
        same = _whole(now) == _whole(after) or (self.case.repeats and done)
        if not (same or fault.target):
            wrong.append("again: it does not come to what an undisturbed run comes to")
        return wrong, same


def _warm_up(vault: Path) -> None:
    """Import what is imported late, and fill every table, before the first process is made."""
    for name in ("filelock", *(f"vaultnet.cli.{command}" for command in COMMANDS)):
        importlib.import_module(name)
    today = date(2026, 11, 24)
    with templates_once():
        app.draft_plan(read_vault(vault, today, today), week_of(today))


def _after_power(outcome: Outcome) -> Mapping[str, Tree]:
    """Give every state that there may be: but for a power cut, the one that there is."""
    if not outcome.cuts:
        return {"": outcome.tree}
    return {told: _cut(outcome.tree, cut) for told, cut in outcome.cuts.items()}


def _cut(tree: Tree, cut: Mapping[str, Body]) -> Tree:
    left = dict(tree)
    for path, (number, raw) in cut.items():
        if (number, raw) == FOLDER:
            left.setdefault(path, Item(None, stat.S_IFDIR))
        elif raw is None:
            left.pop(path, None)
        else:
            left[path] = replace(left.get(path) or Item(b""), raw=raw)
    names = {path for path, item in left.items() if item.kind == stat.S_IFDIR}
    return {
        path: item
        for path, item in left.items()
        if all(str(folder) in names for folder in Path(path).parents if str(folder) != ".")
    }


def _vault(tree: Tree) -> Tree:
    return {path: item for path, item in tree.items() if path.startswith("vault/")}


def _whole(tree: Tree) -> Tree:
    """Leave out what an interrupted write left: it is in nobody's way."""
    return {p: item for p, item in tree.items() if not _is_left(p) and item.kind == stat.S_IFREG}


def _folders(tree: Tree) -> set[str]:
    return {path for path, item in tree.items() if item.kind == stat.S_IFDIR}


def _looks(item: Item) -> tuple[object, ...]:
    return item.kind, item.mode, item.attributes


def _is_left(path: str) -> bool:
    return bool(LEFT.fullmatch(path.rpartition("/")[2]))


def _note_of(left: str) -> str:
    """Name the note beside which a file was left."""
    folder, _, name = left.rpartition("/")
    return f"{folder}/{name[1:-13]}"


def _find_lines(
    before: Tree, after: Tree, tree: Tree
) -> tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]:
    """Find lines that are gone from the disk, and those of the user's that are only beside the note.

    What the command itself would have taken out of a note need only be somewhere.
    """
    lost, aside = [], []
    elsewhere: Counter[bytes] | None = None
    for path, item in before.items():
        now = tree.get(path)
        if item.raw is None or (now is not None and now.raw == item.raw):
            continue
        # What lay beside a note and is gone from there may stand in the note again.
        there = tree.get(_note_of(path)) if _is_left(path) else now
        missing = Counter(item.lines) - Counter(there.lines if there else ())
        if not missing:
            continue
        if elsewhere is None:
            elsewhere = Counter(
                line
                for other, there in tree.items()
                if _is_left(other) or other.startswith("state/")
                for line in there.lines
            )
        stays = Counter(after[path].lines) if path in after else Counter()
        ours = _find_ours(item)
        for line, times in missing.items():
            if elsewhere[line] < times:
                lost.append((path, line))
            elif stays[line] >= Counter(item.lines)[line] and line not in ours:
                aside.append((path, line))
    return lost, aside


def _find_ours(item: Item) -> set[bytes]:
    """Find the lines of a plan that stand there just as vaultnet wrote them."""
    memory = memory_of((item.raw or b"").decode(errors="replace"))
    known = {each for key, hashes in memory.items() for each in [key[1:], *hashes.split(".")]}
    return {
        line
        for line in item.lines
        if line.startswith(b"%% vaultnet:")
        or not known.isdisjoint(
            {hash_line(line.decode(errors="replace")), hash_words(line.decode(errors="replace"))}
        )
    }


# --- all of it ----------------------------------------------------------------------------


@dataclass
class Figures:
    """What a sweep came to."""

    injected: Counter[tuple[str, str]] = field(default_factory=Counter)
    landed: Counter[tuple[str, str]] = field(default_factory=Counter)
    states: int = 0
    wrong: list[str] = field(default_factory=list)
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    aside: int = 0
    """Faults after which a line of the user's stands only beside its note, or among what was kept."""
    left: int = 0
    other: int = 0
    """Faults after which a second run came to something else than an undisturbed one."""

    def add(self, case: str, verdict: Verdict) -> None:
        """Count one fault."""
        key = (case, verdict.mode)
        self.injected[key] += 1
        self.landed[key] += verdict.landed
        self.failed[key] += bool(verdict.wrong)
        self.states += verdict.states if verdict.landed else 0
        self.wrong += verdict.wrong
        self.aside += bool(verdict.aside)
        self.left += bool(verdict.left)
        self.other += not verdict.same

    def __iadd__(self, other: Figures) -> Self:
        """Add what another worker saw."""
        self.injected += other.injected
        self.landed += other.landed
        self.failed += other.failed
        self.states += other.states
        self.wrong += other.wrong
        self.aside += other.aside
        self.left += other.left
        self.other += other.other
        return self

    def __str__(self) -> str:
        modes = Counter[str]()
        landed = Counter[str]()
        failed = Counter[str]()
        for key, count in self.injected.items():
            modes[key[1]] += count
            landed[key[1]] += self.landed[key]
            failed[key[1]] += self.failed[key]
        rows = [f"{'fault':22}{'injected':>10}{'landed':>8}{'violations':>12}"]
        rows += [f"{m:22}{n:10}{landed[m]:8}{failed[m]:12}" for m, n in modes.items()]
        cases = Counter[str]()
        for key, count in self.landed.items():
            cases[key[0]] += count
        rows += ["", *(f"{case:22}{'':10}{n:8}" for case, n in cases.items()), ""]
        rows.append(
            f"{self.injected.total()} faults injected, {self.landed.total()} landed; "
            f"{self.states} states of the disk judged."
        )
        rows.append(
            f"After {self.aside} of them a line of the user's stood only beside its note or among what was kept."
        )
        rows.append(
            f"After {self.left} a hidden file was left beside a note; after {self.other} a second run "
            "came to something else than an undisturbed one."
        )
        lost = sum("LOST" in one for one in self.wrong)
        rows.append(f"{self.failed.total()} violations, {lost} lines lost.")
        return "\n".join(rows)


def sweep(
    case: Case,
    stage: Stage,
    choose: Choose = lambda faults: faults,
    *,
    again: bool = True,
) -> Figures:
    """Try the chosen faults of a case on a stage of their own."""
    figures = Figures()
    judge = Judge(stage, case, again=again)
    for fault in choose(judge.list_faults()):
        figures.add(case.name, judge.try_fault(fault))
    return figures


def prove(make: Callable[[Path], Stage] = Stage) -> tuple[str, ...]:
    """Sweep each bad writer with the faults that show what is wrong with it; gives those not caught."""
    missed = []
    for name, (writer, modes, words) in BAD_WRITERS.items():
        with tempfile.TemporaryDirectory(dir=find_memory()) as top:
            case = Case(name, writer, _log)
            found = sweep(case, make(Path(top)), partial(_of, modes), again=False)
        if not any(words in one for one in found.wrong):
            missed.append(name)
    return tuple(missed)


def _of(modes: Sequence[str], faults: Sequence[Fault]) -> list[Fault]:
    return [f for f in faults if f.mode in modes and f.editor in {"", "by rename"}]


def choose_some(count: int, start: int, faults: Sequence[Fault]) -> list[Fault]:
    """Choose so many faults, spread over the ways of going wrong and over the calls.

    Another `start` chooses others.
    """
    ways: dict[str, list[Fault]] = {}
    for fault in faults:
        ways.setdefault(f"{fault.mode} {fault.editor}", []).append(fault)
    rows = list(ways.values())
    step = max(1, len(rows) // count)
    chosen = []
    for n in range(count):
        row = rows[(start + n * step) % len(rows)]
        chosen.append(row[int((start * 0.37 + n * 0.618) % 1 * len(row))])
    return list(dict.fromkeys(chosen))


def choose_part(part: int, parts: int, faults: Sequence[Fault]) -> Sequence[Fault]:
    """Choose every so-manieth fault."""
    return faults[part::parts]


def find_memory() -> Path | None:
    """Find a disk in memory: thousands of runs would wait for a real one thousands of times."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    return memory if os.access(memory, os.W_OK) else None


def find_limits(folder: Path) -> dict[str, str]:
    """Find what a disk or a system lacks: mode or editor that then costs an edit -> why."""
    one, other = folder / "one", folder / "other"
    one.touch()
    other.touch()
    lacks = {}
    if not disk.exchange(str(one), str(other)):
        lacks.update(dict.fromkeys(("edit", "edit, then kill"), "this disk cannot exchange files"))
    with one.open("r+b"):
        if disk.read_settled(str(one)) is not None:
            lacks["held open"] = "nothing tells here that a file is open for writing"
    one.unlink()
    other.unlink()
    return lacks


def leave_out(lacks: Iterable[str], faults: Sequence[Fault]) -> list[Fault]:
    """Choose the faults that a disk with these limits can bear."""
    return [fault for fault in faults if {fault.mode, fault.editor}.isdisjoint(lacks)]


# --- a vault of one's own -----------------------------------------------------------------


def cases_of(vault: Path) -> tuple[Case, ...]:
    """Give the cases that make sense in any vault: today's plan, a log entry, a new note, settings."""
    prepare = partial(_copy_vault, vault)
    today = date.today().isoformat()  # noqa: DTZ011 - the user's own day is meant
    return (
        Case("plan", run("plan", "--today", today), prepare),
        Case(
            "log", run("log", _somebody(vault), "coffee", "--today", today), prepare, repeats=True
        ),
        Case("new", run("new", "Somebody Nobody Knows"), prepare, (0, 1)),
        Case("init", run("init"), prepare),
    )


def _copy_vault(vault: Path, stage: Stage) -> None:
    """Copy what vaultnet reads; pictures and the like stay out."""
    for folder, folders, files in os.walk(vault):
        inside = Path(folder).relative_to(vault)
        folders[:] = [name for name in folders if not name.startswith(".") or name == ".obsidian"]
        for name in files:
            place = Path(folder, name)
            wanted = name.lower().endswith((".md", ".json")) or name == "vaultnet.toml"
            if wanted and stat.S_ISREG(place.lstat().st_mode):
                copy = stage.vault / inside / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(place, copy)


def _somebody(vault: Path) -> str:
    today = date.today()  # noqa: DTZ011 - as above
    people = read_vault(vault, today, today).people.contacts
    return people[0].path if people else "nobody"


# --- by command ---------------------------------------------------------------------------

QUICK = 15
"""Faults of a case that `--quick` tries."""


def main() -> None:
    """Sweep, in several processes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--vault", type=Path, help="a vault of your own; it is copied, not changed")
    parser.add_argument("--quick", action="store_true", help=f"only {QUICK} faults of each command")
    parser.add_argument("--case", default="", help="only the commands whose names begin so")
    parser.add_argument("--strace", action="store_true", help="at the real calls, by strace")
    parser.add_argument("--every", type=int, default=1, help="only every so-manieth fault")
    parser.add_argument("--on", type=Path, help="a folder on the disk to try; default: in memory")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    if given.strace and not strace_faults.is_there():
        sys.exit("strace is not installed.")
    on = given.on or find_memory()
    with tempfile.TemporaryDirectory(dir=on) as top:
        lacks = find_limits(Path(top))
    for what, why in lacks.items():
        sys.stdout.write(f"Not tried: {what}, for {why}.\n")
    if not lacks:
        if missed := prove(TracedStage if given.strace else Stage):
            sys.exit(f"The sweep does not catch these bad writers: {', '.join(missed)}.")
        sys.stdout.write(
            f"The sweep has caught {len(BAD_WRITERS)} of {len(BAD_WRITERS)} bad writers.\n"
        )
    cases = cases_of(given.vault) if given.vault else CASES
    parts = given.workers * (1 if given.quick else 8)
    jobs = [
        _Job(n, part, parts, given.quick, given.strace, given.every, on, given.vault, tuple(lacks))
        for n, case in enumerate(cases)
        if case.name.startswith(given.case)
        for part in range(parts)
    ]
    figures = Figures()
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(given.workers, context) as pool:
        for one in pool.map(_sweep_part, jobs):
            figures += one
            sys.stdout.writelines(f"{wrong}\n" for wrong in one.wrong)
            sys.stderr.write(f"\r{figures.landed.total()} faults so far")
            sys.stdout.flush()
    sys.stderr.write("\n")
    sys.stdout.write(f"{figures}\n")
    sys.exit(1 if figures.wrong else 0)


@dataclass(frozen=True, slots=True)
class _Job:
    case: int
    part: int
    parts: int
    quick: bool
    strace: bool
    every: int
    on: Path | None
    vault: Path | None
    lacks: tuple[str, ...]

    def choose(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Choose this job's part."""
        chosen = leave_out(self.lacks, faults)
        if self.strace:
            modes = strace_faults.MODES
            chosen = [f for f in chosen if f.mode in modes or (f.number and f.mode[:2].isupper())]
            chosen = [f for f in chosen if f.editor in {"", *AT_ONCE}]
        if self.quick:
            chosen = choose_some(QUICK, self.case, chosen)
        return choose_part(self.part, self.parts, chosen[:: self.every])


def _sweep_part(job: _Job) -> Figures:
    cases = cases_of(job.vault) if job.vault else CASES
    with tempfile.TemporaryDirectory(dir=job.on) as top:
        stage = TracedStage(Path(top)) if job.strace else Stage(Path(top))
        return sweep(cases[job.case], stage, job.choose)


if __name__ == "__main__":
    main()
