"""Hostile notes: nothing raises, hangs or acts, nothing else is hidden, and each fault has its line.

What runs here is a tenth of the vault, and a sample of the lines; `measure_hostile.py` does the whole.
"""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

import hostile
import measure_hostile as measure
from vaultnet import app, present
from vaultnet.app import questions
from vaultnet.core.calendar import week_of
from vaultnet.core.marks import block_id
from vaultnet.core.merge import find_damage
from vaultnet.core.model import Form, Problem, Severity, Source
from vaultnet.core.notes import read_note
from vaultnet.errors import VaultnetError
from vaultnet.reading import Reading, read_vault

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="makes names and things that other systems refuse"
)

SIZE = 10
"""Percent of the length that what is long has in the whole vault."""
LENIENT = frozenset("9C9N DK95-01 QB6E S98Z SU5Z X4QW".split())
"""Blocks that are no YAML and that libyaml reads all the same: reading more than there is harms nobody."""


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the hostile vault once; whoever writes makes one of their own."""
    root = tmp_path_factory.mktemp("hostile")
    hostile.make_vault(root, SIZE)
    return root


@pytest.fixture(scope="module")
def reading(vault: Path) -> Reading:
    """Read the hostile vault once."""
    return read_vault(vault, hostile.TODAY, hostile.TODAY)


@pytest.fixture(scope="module")
def problems(reading: Reading) -> Mapping[str, list[Problem]]:
    """Give the problems by path."""
    found: dict[str, list[Problem]] = {}
    for problem in questions.check_vault(reading):
        found.setdefault(problem.path, []).append(problem)
    return found


# --- what is read -------------------------------------------------------------------------


def test_every_hostile_note_has_one_problem_or_none(
    problems: Mapping[str, list[Problem]],
) -> None:
    """What is at fault is told once, with its line; what only looks dangerous is not told of."""
    wanted = {}
    told = {}
    for item in hostile.make_items(SIZE):
        found = problems.get(item.place, [])
        wanted[item.place] = [(item.code, item.line)] if item.code else []
        told[item.place] = [(problem.code, problem.line) for problem in found]
        assert all(item.text in problem.message for problem in found), item.path
    assert told == wanted
    assert len(wanted) > 450
    assert sum(map(len, wanted.values())) > 150


def test_no_problem_is_told_of_anything_else(
    problems: Mapping[str, list[Problem]],
) -> None:
    """A fault of one note is none of another: the healthy ones are told of nowhere."""
    known = {item.place for item in hostile.make_items(SIZE)}
    known |= {block.path for block in hostile.read_blocks()}
    assert problems.keys() - known == set()


def test_contacts_are_those_that_can_be_read(reading: Reading) -> None:
    """Whoever is a person is one, however odd the note; what cannot be read hides nobody."""
    wanted = {item.path for item in hostile.make_items(SIZE) if item.contact}
    wanted |= {path for path in hostile.HEALTHY if path.startswith("People/")}
    found = {contact.path for contact in reading.people.contacts}
    assert {path for path in found if not path.startswith("People/suite/")} == wanted


def test_the_healthy_stand_as_if_they_were_alone(reading: Reading, tmp_path: Path) -> None:
    """Ring, warmth, because and interactions of the healthy are those of a vault without the hostile."""
    hostile.make_healthy(tmp_path)
    alone = read_vault(tmp_path, hostile.TODAY, hostile.TODAY)
    for path, standing in alone.standings.items():
        assert reading.standings[path] == standing
        assert reading.network.with_contact(path) == alone.network.with_contact(path)


@pytest.mark.parametrize("block", hostile.read_blocks(), ids=lambda block: block.name)
def test_blocks_of_the_yaml_test_suite(
    block: hostile.Block, reading: Reading, problems: Mapping[str, list[Problem]]
) -> None:
    """Front matter from the suite is read, or has one problem on a line of it; the body is read."""
    found = [p for p in problems.get(block.path, []) if p.severity is not Severity.HINT]
    last = block.front_matter.count("\n") + 1
    assert [p.code for p in found] in ([], ["front-matter"])
    assert all(1 <= p.line <= last for p in found)
    assert (block.path in reading.network.contacts) == (not found)
    if block.wrong:
        assert found or block.name in LENIENT


def test_a_small_stack_is_enough(vault: Path) -> None:
    """Everything is read and planned in a thread whose stack holds 512 KiB."""
    done = []

    def run() -> None:
        found = read_vault(vault, hostile.TODAY, hostile.TODAY)
        app.draft_plan(found, week_of(hostile.TODAY))
        questions.take_stock(found)
        questions.check_vault(found)
        done.append(found)

    before = threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert len(done) == 1


# --- commands -----------------------------------------------------------------------------

COMMANDS = (
    "status",
    "rings --json",
    "check --json",
    "plan --dry-run",
    "plan --json",
    "show People",
)
"""A sample of those that write nothing."""


def test_every_command_ends_in_order(vault: Path, tmp_path: Path) -> None:
    """No signal, no traceback, nothing that acts, and within 5 s and 200 MB of a healthy vault."""
    alone = tmp_path / "alone"
    hostile.make_healthy(alone)
    chosen = [(code, args) for code, args in measure.READING if " ".join(args).startswith(COMMANDS)]
    with ThreadPoolExecutor(2) as two:
        ran = list(two.map(lambda one: measure.run_command(vault, one[1], tmp_path), chosen))
    healthy = measure.run_command(alone, ["plan", "--json"], tmp_path)
    for (code, args), found in zip(chosen, ran, strict=True):
        assert (found.code, args) == (code, args), found.text
        assert found.is_calm, args
        assert found.seconds - healthy.seconds < measure.SECONDS
        assert found.megabytes - healthy.megabytes < measure.MEGABYTES
        if "--json" in args:
            json.loads(found.out)
    assert len(chosen) > 6


def test_writing_changes_what_was_asked_for_alone(tmp_path: Path) -> None:
    """Plan, log, new and init write their own notes and lines; everything hostile stays as it is."""
    root = tmp_path / "vault"
    hostile.make_vault(root, SIZE)
    before = _fingerprints(root)
    for code, args in measure.WRITING:
        if args[-1] == "coffee: one more":
            continue
        ran = measure.run_command(root, args, tmp_path / "home")
        assert (ran.code, args) == (code, args), ran.text
        assert ran.is_calm, args
    after = _fingerprints(root)
    assert {path for path in after if after[path] != before.get(path)} == {
        "Network/Network plan 2026-W30.md",
        "Network/Network plan 2026-W48.md",
        "Network/This week.md",
        "People/Ana Healthy.md",
        "People/Zed Hostile.md",
        "People/line 000.md",
    }
    assert before.keys() <= after.keys()


def _fingerprints(root: Path) -> dict[str, str]:
    """Say what each regular file holds, by its path."""
    return {
        place.relative_to(root).as_posix(): sha256(place.read_bytes()).hexdigest()
        for place in root.rglob("*")
        if place.is_file() and not place.is_symlink() and place.stat().st_size < 2 * hostile.MIB
    }


def test_earlier_plans_are_brought_to_rest(tmp_path: Path) -> None:
    """Planning leaves damaged plans of other weeks as they are, and stamps the ticks of whole ones."""
    hostile.make_vault(tmp_path, SIZE)
    found = read_vault(tmp_path, hostile.TODAY, hostile.TODAY)
    draft = app.draft_plan(found, week_of(hostile.TODAY))
    written = app.write_plan(found, draft)
    assert set(written.paths) == {
        draft.path,
        "Network/This week.md",
        "Network/Network plan 2026-W30.md",
    }


# --- what is shown ------------------------------------------------------------------------


def test_nothing_but_our_own_colours_reaches_a_terminal(vault: Path, tmp_path: Path) -> None:
    """On a terminal, escape sequences set colours and nothing else, and no text is mirrored."""
    for args in (["rings"], ["show", "People/\u202enoissim\u202c.md"], ["status"], ["check"]):
        shown = _run_on_terminal([*args, "--vault", str(vault)], tmp_path)
        assert len(shown) > 100
        plain = re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r\n", "\n")
        assert measure.ACTING.findall(plain) == []


def _run_on_terminal(args: list[str], home: Path) -> str:
    ours, theirs = os.openpty()
    environment = {
        **os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": str(home), "COLUMNS": "200",
        "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "vaultnet", *args, "--today", str(hostile.TODAY)]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as ran:  # noqa: S603 - vaultnet itself
        os.close(theirs)
        shown = b"".join(_read_until_closed(ours))
    os.close(ours)
    assert ran.returncode in {0, 1}
    return shown.decode("utf-8")


def _read_until_closed(terminal: int) -> Iterator[bytes]:
    while select.select([terminal], [], [], 60)[0]:
        try:
            read = os.read(terminal, 1 << 16)
        except OSError:  # the other side has closed it
            return
        if not read:
            return
        yield read


def test_what_is_shown_of_one_person_is_clean(
    reading: Reading, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever is shown, in words or as JSON, nothing of name, path or log acts."""
    for path, standing in reading.standings.items():
        told = reading.network.with_contact(path)
        present.print_standing(standing, told, hostile.TODAY)
        print(present.dump(present.standing_as_json(standing, told)))  # noqa: T201 - to be captured
        shown = capsys.readouterr().out
        assert not measure.ACTING.search(shown), path


@pytest.mark.parametrize("start", range(0, len(hostile.ACTING_NAMES), 24))
def test_names_do_nothing_in_a_plan(tmp_path: Path, start: int) -> None:
    """A name in the plan is one link and one text: no task, tag, comment, template or marker."""
    names = hostile.ACTING_NAMES[start : start + 24]
    (tmp_path / "People").mkdir()
    (tmp_path / "vaultnet.toml").write_text("[plan]\ntouches = 50\n")
    for name in names:
        text = "---\nrelationship: friend\ncadence: weekly\n---\n- 2026-08-01 coffee\n"
        (tmp_path / "People" / f"{name}.md").write_text(text)
    found = read_vault(tmp_path, hostile.TODAY, hostile.TODAY)
    draft = app.draft_plan(found, week_of(hostile.TODAY))
    assert len([a for a in draft.plan.actions if a.contact]) == len(names)
    assert not find_damage(draft.text, draft.plan.week)
    assert not measure.ACTING.search(draft.text)
    seen = re.sub(r"\\.|\]\([^()\s]*\)", "", draft.text)  # neither escaped nor an address
    assert re.findall(r"<%|%>|\{\{|\{%|<script|<img|<!--|\$=|==|~~|::", seen) == []
    note = read_note(Source(draft.path, draft.text))
    tasks = [line for line in note.lines if line.form is Form.TASK]
    assert note.tags == ()
    assert sorted(line.block for line in tasks) == sorted(a.id for a in draft.plan.actions)
    linked = {
        found.links.resolve(draft.path, link.target)
        for line in tasks
        for link in line.links[:1]
        if not line.block.startswith("vn-seen-")
    }
    assert linked == {action.contact for action in draft.plan.actions if action.contact}
    assert len([line for line in draft.text.split("\n") if block_id(line)]) == len(tasks)
    app.write_plan(found, draft)
    again = read_vault(tmp_path, hostile.TODAY, hostile.TODAY)
    assert app.draft_plan(again, week_of(hostile.TODAY)).text == draft.text


# --- lines and volumes --------------------------------------------------------------------


@pytest.mark.parametrize("shape", hostile.SHAPES)
def test_a_line_of_any_shape_costs_what_its_length_says(shape: str) -> None:
    """A long line of one shape takes no more than some times what a line of words takes."""
    places = list(measure.PLACES)
    place = places[hostile.SHAPES.index(shape) % len(places)]
    size = 60_000
    words = measure.read_line_in(place, "word ", size)
    seconds = measure.read_line_in(place, shape, size)
    if seconds > 10 * words + 0.2:
        growth = measure.find_growth(lambda n: measure.read_line_in(place, shape, n), size // 4)
        assert growth < measure.QUADRATIC
        assert seconds < 40 * words + 1


@pytest.mark.parametrize("name", measure.VOLUMES)
def test_four_times_as_much_takes_no_more_than_some_times_as_long(name: str) -> None:
    """Whatever there are many of, the work grows with their number and not with its square."""
    size, files = measure.VOLUMES[name]
    growth = measure.find_growth(lambda n: measure.do_everything(files(n)), size // 80)
    assert growth < measure.QUADRATIC


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"{'a.' * 30_000}a = 1\n", "vaultnet.toml:1: holds a name of too many parts"),
        (f"# settings\n[{'a.' * 30_000}a]\n", "vaultnet.toml:2: holds a name of too many parts"),
        (f"me = {'[' * 60_000}", "vaultnet.toml: is no TOML that can be read"),
        (f"me = {'9' * 60_000}", "vaultnet.toml: is no TOML that can be read"),
        ("#" * 70_000, "vaultnet.toml: is larger than 64 KiB"),
        (
            f"ignore = [{', '.join(['1'] * 501)}]",
            "vaultnet.toml: 'ignore' is [1, 1, 1, 1, 1, 1, ...]; it can be a list of at most 500 texts",
        ),
        (
            "".join(f"k{n} = 1\n" for n in range(5000)),
            "".join(f"vaultnet.toml: unknown setting 'k{n}'\n" for n in range(20))
            + "vaultnet.toml: and more",
        ),
    ],
    ids=["key", "table", "brackets", "digits", "size", "list", "unknown"],
)
def test_hostile_settings_are_refused_at_once(tmp_path: Path, text: str, fault: str) -> None:
    """However the settings are made to hurt, a line or twenty say what is wrong with them."""
    (tmp_path / "vaultnet.toml").write_text(text)
    with pytest.raises(VaultnetError) as refused:
        read_vault(tmp_path, hostile.TODAY, hostile.TODAY)
    assert str(refused.value) == fault


def test_dots_within_quotes_are_no_parts(tmp_path: Path) -> None:
    """A text, or a comment, may hold as many dots as it likes."""
    text = f"heading = \"{'.' * 80}\"  # {'.' * 80}\nme = '{'.' * 80}'\n"
    (tmp_path / "vaultnet.toml").write_text(text)
    settings = read_vault(tmp_path, hostile.TODAY, hostile.TODAY).settings
    assert (settings.heading, settings.me) == ("." * 80, "." * 80)


def test_a_plan_of_too_many_lines_is_left_alone(tmp_path: Path) -> None:
    """It is not brought up to date, nothing is lost, and the reason is told."""
    place = tmp_path / "Network" / "Network plan 2026-W48.md"
    place.parent.mkdir()
    place.write_text("\n" * 100_001)
    place.write_text(f"%% vaultnet:begin 2026-W48 %%\n{'a' + chr(10):.2}" + "a\n" * 100_001)
    found = read_vault(tmp_path, hostile.TODAY, hostile.TODAY)
    draft = app.draft_plan(found, week_of(hostile.TODAY))
    assert draft.damage == "it holds more than 100,000 lines"
    with pytest.raises(VaultnetError, match="left as it is"):
        app.write_plan(found, draft)
