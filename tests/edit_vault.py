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
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from resting import rest
from vaultnet import app, present
from vaultnet.config import read_settings
from vaultnet.core.calendar import week_of
from vaultnet.index.listing import TICK, look_around
from vaultnet.moved import read_again
from vaultnet.planning import draft_week
from vaultnet.reading import Memory, Reading, keep, read_vault, recall
from vaultnet.vault import find_stamp

TODAY = date(2026, 11, 25)
NAMES = ("Ada Byron", "Bo Ek", "Cy Dahl", "Di Ek", "Ed Roe", "Fia Lund")
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
SETTINGS = ('heading = "boats"\n', 'me = "Ada Byron"\n', "[plan]\ntouches = 3\n", "")


def edit_at_random(root: Path, dice: random.Random) -> str:
    """Do to the vault what people and programs do, once; tells what."""
    notes = sorted(path for path in root.rglob("*.md") if not path.name.startswith("This week"))
    what = dice.choice(
        ("add", "add", "log", "log", "log", "header", "move", "delete", "tick", "set")
    )
    place = dice.choice(notes) if notes else None
    if what == "set":
        (root / "vaultnet.toml").write_text(dice.choice(SETTINGS), encoding="utf-8")
    elif what == "add" or place is None:
        folder = dice.choice(("People", "People/Old", "Journal", "Notes"))
        day = f"2026-11-{dice.randrange(1, 28):02}"
        place = root / folder / f"{day if folder == 'Journal' else dice.choice(NAMES)}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_make_note(dice), encoding="utf-8")
    elif what == "log":
        with place.open("a", encoding="utf-8") as file:
            file.write(_fill(dice, dice.choice(LINES)) + "\n")
    elif what == "header" and "Network" not in place.parts:
        place.write_text(_make_note(dice), encoding="utf-8")
    elif what == "move" and "Network" not in place.parts:
        place.rename(place.with_name(f"{dice.choice(NAMES)}.md"))
    elif what == "delete":
        place.unlink()
    elif what == "tick":
        for plan in root.glob("Network/Network plan*.md"):
            text = plan.read_text(encoding="utf-8")
            plan.write_text(text.replace("- [ ]", dice.choice(("- [x]", "- [-]", "- [>]")), 1))
    return f"{what} {place}"


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
        done = edit_at_random(root, dice)
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
        follows = read_again(root, day, TODAY, told, _find_moved(root, told))
        expected = show(cold)
        for name, reading in (("kept", warm), ("living", live), ("told", follows)):
            found = show(reading)
            assert found == expected, (
                f"seed {seed}, step {step}, {done}: the {name} memory is wrong"
            )
        again, draft = draft_week(root, day, TODAY, look=look_around(root))
        assert show_draft(again, draft) == show_draft(cold, app.draft_plan(cold, week_of(day))), (
            f"seed {seed}, step {step}, {done}: going on from the last draft is wrong"
        )
        yield done, len(cold.notes) - len(warm.notes)
        if dice.random() < 0.4 and not (draft := app.draft_plan(cold, week_of(day))).damage:
            for plan in root.glob("Network/*.md"):
                rest(plan)
            app.write_plan(cold, draft)


_DAYS = tuple(TODAY.replace(day=number) for number in (24, 25, 25, 26, 28, 30))


def _find_moved(root: Path, memory: Memory) -> frozenset[str] | None:
    """Find what moved since a memory's last reading, as a watcher would; None: anything may have."""
    if memory.last is None:
        return None
    known = {path: gist.stamp for path, gist in memory.gists.items()}
    there = {str(path.relative_to(root)) for path in root.rglob("*.md")}
    changed = {path for path in known.keys() & there if known[path] != find_stamp(root, path)}
    settings = {"vaultnet.toml"} if memory.rests_on[0] != read_settings(root) else set()
    return frozenset({*changed, *(known.keys() ^ there), *settings})


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
