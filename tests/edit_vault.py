"""Edits a small vault at random, and holds that a reading with a memory equals one without.

    python tests/edit_vault.py --steps 300 --seeds 10

A sample of it runs with the tests.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from resting import rest
from vaultnet import app, present
from vaultnet.core.calendar import week_of
from vaultnet.index.listing import TICK, look_around
from vaultnet.moved import read_again
from vaultnet.planning import draft_week
from vaultnet.reading import Memory, Reading, keep, read_vault, recall
from vaultnet.vault import find_stamp

TODAY = date(2026, 11, 25)
NAMES = ("Ada Byron", "Bo Ek", "Cy Dahl", "Di Ek", "Ed Roe", "Fia Lund", "Zo\u00eb", "Zoe\u0308")
"""The last two are one name, in the two ways in which an accent can be stored."""
HEADERS = (
    "type: person",
    "type: person\naliases: [{other}, Chief]",
    "type: person\nknows: '[[{other}]]'\nrelationship: friend",
    "type: person\nid: {id}\nintroduced_by: {other}",
    "type: person\npurpose: her reading group\nwant_to_meet: true",
    "type: person\nprivate: true\nneeds: an editor",
    "type: company",
    "vaultnet: me",
    "vaultnet: false",
    "type: person\nring: [",
    "type: person\nbirthday: 11-27\ncadence: 6 weeks",
)
LINES = (
    "- 2026-11-{day:02} coffee: talked about boats",
    "- 2026-11-{day:02} call with [[{other}]]",
    "- 2026-11-{day:02} [[{other}]] introduced me to [[{third}]]",
    "- 2026-11-{day:02} message",
    "- 2026-11-{day:02} helped me with the budget",
    "- Had lunch with [[{other}]] and [[{third}]]",
    "- Wrote to [[Chief]]",
    "- [[{other}]] wrote back about [[{third}]]",
    "- [ ] Send [[{other}]] the slides 📅 2026-11-{day:02}",
    "- [x] Call [[{other}]] ✅ 2026-11-{day:02}",
    "A thought about [[{other}|her]] and nothing else.",
)
SETTINGS = (
    'heading = "boats"\n',
    'me = "Ada Byron"\n',
    "[plan]\ntouches = 3\n",
    'templates = "Own"\noffers = ["an editor"]\n',
    'ignore = ["Old"]\n',
    "",
)
OBSIDIAN = {
    "app.json": ('{"userIgnoreFilters": ["Notes/"]}', '{"userIgnoreFilters": null}'),
    "daily-notes.json": (
        '{"folder": "Journal"}',
        '{"folder": "Journal", "format": "DD.MM.YYYY"}',
        "{",
    ),
    "templates.json": ('{"folder": "People/Old"}', "[]"),
}
OWN = (
    "{% macro title_people(w) %}Folk{% endmacro %}\n",
    "{% macro title_people(w) %}{{ w.nobody }}{% endmacro %}\n",
    "{% macro",
)
"""Phrases of the vault's own: good ones, and two that fail."""
PROPERTIES = (
    "offers: [an editor]",
    "needs: [an editor, boats]",
    "they_know: nothing",
    "they_know: would recommend",
    "knows: ['[[{other}]]', '[[{third}]]']",
    "introduced_by: '[[{other}]]'",
    "status: paused",
    "not_before: 2026-11-{day:02}",
    "last_contact: 2026-11-{day:02}",
    "private: true",
    "want_to_meet: true",
    "id: {id}",
)


def edit_at_random(root: Path, dice: random.Random) -> tuple[str, Path | None]:
    """Do to the vault what people and programs do, once; tells what, and to which file."""
    edit = dice.choice(_EDITS)
    return edit.__name__, edit(root, dice)


def _add(root: Path, dice: random.Random) -> Path:
    folder = dice.choice(("People", "People/Old", "Journal", "Notes"))
    day = f"2026-11-{dice.randrange(1, 28):02}"
    name = day if folder == "Journal" else dice.choice(NAMES)
    return _write(root / folder / f"{name}.md", _make_note(dice))


def _meet(root: Path, dice: random.Random) -> Path:
    """Write of a meeting, of many perhaps."""
    people = ", ".join(f"'[[{name}]]'" for name in dice.sample(NAMES, dice.randrange(1, 6)))
    name = f"2026-11-{dice.randrange(1, 28):02} boats"
    return _write(root / "Notes" / f"{name}.md", f"---\nattendees: [{people}]\n---\n{_line(dice)}")


def _log(root: Path, dice: random.Random) -> Path | None:
    place = _choose(root, dice)
    if place:
        with place.open("a", encoding="utf-8") as file:
            file.write(_line(dice))
    return place


def _cut(root: Path, dice: random.Random) -> Path | None:
    place = _choose(root, dice)
    if place and (lines := place.read_text(encoding="utf-8").splitlines(keepends=True)):
        lines.pop(dice.randrange(len(lines)))
        _write(place, "".join(lines))
    return place


def _rewrite(root: Path, dice: random.Random) -> Path | None:
    place = _choose(root, dice)
    return place and _write(place, _make_note(dice))


def _set_property(root: Path, dice: random.Random) -> Path | None:
    """Put a property in, or take it out where it is."""
    place = _choose(root, dice)
    if place:
        line = _fill(dice, dice.choice(PROPERTIES))
        text = place.read_text(encoding="utf-8")
        others = "\n".join(
            x for x in text.split("\n") if x.partition(":")[0] != line.partition(":")[0]
        )
        _write(place, others if others != text else text.replace("---\n", f"---\n{line}\n", 1))
    return place


def _move(root: Path, dice: random.Random) -> Path | None:
    place = _choose(root, dice)
    return place and place.rename(place.with_name(f"{dice.choice(NAMES)}.md"))


def _delete(root: Path, dice: random.Random) -> Path | None:
    place = dice.choice([*sorted(root.rglob("*.md")), None])
    if place:
        place.unlink()
    return place


def _tick(root: Path, dice: random.Random) -> Path | None:
    """Mark a box of any week's plan, or take its line out."""
    plan = dice.choice([*sorted(root.glob("Network/Network plan*.md")), None])
    if plan:
        lines = plan.read_text(encoding="utf-8").split("\n")
        if boxes := [number for number, line in enumerate(lines) if "- [" in line]:
            at, mark = dice.choice(boxes), dice.choice("xxx->/ ")
            head, _, rest_ = lines[at].partition("- [")
            lines[at : at + 1] = [f"{head}- [{mark}{rest_[1:]}"] if dice.random() < 0.8 else []
            _write(plan, "\n".join(lines))
    return plan


def _think(root: Path, dice: random.Random) -> Path:
    """Note an idea for being seen, or tick the first."""
    place = root / "Network/Exposure.md"
    text = place.read_text(encoding="utf-8") if place.exists() else ""
    more = text.replace("- [ ]", "- [x]", 1)
    return _write(
        place, more if more != text else f"{text}- [ ] Of boats {dice.choice('abc')} #post\n"
    )


def _set(root: Path, dice: random.Random) -> Path:
    return _write(root / "vaultnet.toml", dice.choice(SETTINGS))


def _set_obsidian(root: Path, dice: random.Random) -> Path:
    name = dice.choice([*OBSIDIAN])
    return _write(root / ".obsidian" / name, dice.choice(OBSIDIAN[name]))


def _say_otherwise(root: Path, dice: random.Random) -> Path:
    return _write(root / "Own/phrases.md.j2", dice.choice(OWN))


_EDITS: tuple[Callable[[Path, random.Random], Path | None], ...] = (
    *(_add, _add, _meet, _rewrite, _move, _delete),
    *(_log, _log, _log, _log, _cut, _set_property, _set_property, _set_property),
    *(_tick, _tick, _think, _set, _set_obsidian, _say_otherwise),
)


def _choose(root: Path, dice: random.Random) -> Path | None:
    """Choose a note that is not vaultnet's own."""
    notes = sorted(path for path in root.rglob("*.md") if "Network" not in path.parts)
    return dice.choice(notes) if notes else None


def _write(place: Path, text: str) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return place


def _line(dice: random.Random) -> str:
    return f"{_fill(dice, dice.choice(LINES))}\n"


def _make_note(dice: random.Random) -> str:
    lines = [_fill(dice, dice.choice(LINES)) for _ in range(dice.randrange(4))]
    return "\n".join(["---", _fill(dice, dice.choice(HEADERS)), "---", "## Log", *lines, ""])


def _fill(dice: random.Random, form: str) -> str:
    other, third = dice.sample(NAMES, 2)
    return form.format(other=other, third=third, day=dice.randrange(1, 30), id=dice.choice("xyz"))


def show(reading: Reading) -> str:
    """Write down all that a reading comes to: standings, plan, problems."""
    draft = app.draft_plan(reading, week_of(reading.today))
    standings = [
        present.standing_as_json(standing, reading.network.with_contact(path))
        for path, standing in reading.standings.items()
    ]
    told = (reading.problems, reading.people, reading.plans, reading.network.evidence)
    return "\n".join([show_draft(reading, draft), repr(standings), repr(told)])


def show_draft(reading: Reading, draft: app.Draft) -> str:
    """Write down all that a plan comes to."""
    return "\n".join(
        [draft.text, present.dump(present.plan_as_json(reading, draft)), repr(reading.problems)]
    )


def walk(root: Path, seed: int, steps: int) -> Iterator[tuple[str, int]]:
    """Edit a vault and compare; yields what was done, and how many notes were not read again."""
    dice = random.Random(seed)  # noqa: S311 - the same dice each time
    lasting: Memory | None = None
    told: Memory | None = None
    day = TODAY
    for step in range(steps):
        done, place = edit_at_random(root, dice)
        time.sleep(
            1.5 * TICK / 1e9
        )  # what is younger than the disk's clock tells is not remembered
        day = dice.choice((day, day, day, *_DAYS))
        cold = read_vault(root, day, TODAY)
        kept = recall(root, day, TODAY)
        warm = read_vault(root, day, TODAY, kept)
        keep(root, kept)
        lasting = lasting or recall(root, day, TODAY)
        live = read_vault(root, day, TODAY, lasting)
        told = told or recall(root, day, TODAY)
        follows = read_again(root, day, TODAY, told, _find_moved(root, told, place))
        expected = show(cold)
        for name, reading in (("kept", warm), ("living", live), ("told", follows)):
            found = show(reading)
            assert found == expected, (
                f"seed {seed}, step {step}, {done} {place}: the {name} memory is wrong"
            )
        again, draft = draft_week(root, day, TODAY, look=look_around(root))
        assert show_draft(again, draft) == show_draft(cold, app.draft_plan(cold, week_of(day))), (
            f"seed {seed}, step {step}, {done} {place}: going on from the last draft is wrong"
        )
        yield done, len(cold.notes) - len(warm.notes)
        if dice.random() < 0.4 and not (draft := app.draft_plan(cold, week_of(day))).damage:
            for plan in root.glob("Network/*.md"):
                rest(plan)
            app.write_plan(cold, draft)


_DAYS = (
    *(TODAY.replace(day=number) for number in (24, 25, 25, 26, 28, 30)),
    *(date(2026, 12, 2), date(2026, 12, 31), date(2027, 1, 1)),
)


def _find_moved(root: Path, memory: Memory, place: Path | None) -> frozenset[str] | None:
    """Find what moved since a memory's last reading, as a watcher would; None: anything may have.

    `place` is the file that was edited, a note, settings or a template.
    """
    if memory.last is None:
        return None
    known = {path: gist.stamp for path, gist in memory.gists.items()}
    there = {str(path.relative_to(root)) for path in root.rglob("*.md")}
    changed = {path for path in known.keys() & there if known[path] != find_stamp(root, path)}
    edited = {str(place.relative_to(root))} if place else set()
    return frozenset({*changed, *(known.keys() ^ there), *edited})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Edit a vault; warm must equal cold.")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--seeds", type=int, default=10)
    given = parser.parse_args()
    for number in range(given.seeds):
        folder = Path(tempfile.mkdtemp())
        spared = [count for _, count in walk(folder, number, given.steps)]
        print(  # noqa: T201 - a script
            f"seed {number}: {len(spared)} steps, {sum(spared)} readings of a note spared"
        )
        shutil.rmtree(folder)
