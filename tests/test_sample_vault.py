"""The sample vault: demonstration, fixture and golden in one."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from goldens import Golden
from vaultnet.app import draft_plan, write_plan
from vaultnet.app.questions import check_vault
from vaultnet.core.calendar import days_after, week_of
from vaultnet.core.model import Warmth
from vaultnet.core.moves import find_moves
from vaultnet.core.plan import View, look_ahead
from vaultnet.core.rings import place, place_turned
from vaultnet.present import diff, standing_as_json
from vaultnet.reading import read_vault

SAMPLE = Path(__file__).parent.parent / "sample_vault"
DAY = date(2026, 11, 24)


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the sample vault, so that nothing is written into the checkout."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Path(shutil.copytree(SAMPLE, tmp_path / "Notes"))


def test_the_plan_of_the_sample_vault_reads_as_it_should(vault: Path, golden: Golden) -> None:
    """The whole plan of a fixed day, read line by line by a person."""
    golden("plan-2026-W48.md", draft_plan(read_vault(vault, DAY, DAY), week_of(DAY)).text)


def test_the_standings_of_the_sample_vault(vault: Path, golden: Golden) -> None:
    """Everybody's ring, rung, warmth and due day, with their because."""
    standings = read_vault(vault, DAY, DAY).standings.values()
    shown = [standing_as_json(standing) for standing in standings]
    golden("rings.json", json.dumps(shown, ensure_ascii=False, indent=1) + "\n")


def test_the_sample_vault_shows_every_ring_and_every_warmth(vault: Path) -> None:
    """Somebody stands in each ring, and somebody is of each warmth."""
    standings = read_vault(vault, DAY, DAY).standings.values()
    counted = Counter(standing.ring.word for standing in standings)
    assert counted == {
        "buddy": 6, "strategic": 5, "lukewarm": 10, "cold": 4, "unplaced": 5, "aside": 3,
    }  # fmt: skip
    assert {standing.warmth for standing in standings} == set(Warmth)


def test_a_week_brings_the_same_however_far_one_looks_back() -> None:
    """What is not recent is left out of sight since nothing comes of it."""
    reading = read_vault(SAMPLE, DAY, DAY)
    for back in range(0, 400, 11):
        today = days_after(DAY, -back)
        for coming in (0, 5):
            view = View(
                week=week_of(days_after(today, 7 * coming)),
                today=today,
                network=reading.network,
                standings=place(reading.network, today),
                settings=reading.settings,
            )
            seen = look_ahead(view).ahead
            view.__dict__["recent"] = date.min
            assert look_ahead(view).ahead == seen


def test_the_sample_vault_has_one_problem(vault: Path) -> None:
    """A cadence that nobody can keep."""
    (problem,) = [p for p in check_vault(read_vault(vault, DAY, DAY)) if p.severity != "hint"]
    assert str(problem).startswith("People/Ilse Vandermolen.md:4: cadence 'every blue moon'")


def test_last_weeks_plan_comes_to_rest_and_keeps_its_owners_words(
    vault: Path, golden: Golden
) -> None:
    """What she ticked and wrote stays; what she left open loses its box."""
    path = "Network/Network plan 2026-W47.md"
    before = (vault / path).read_text(encoding="utf-8")
    reading = read_vault(vault, DAY, DAY)
    write_plan(reading, draft_plan(reading, week_of(DAY)))
    after = (vault / path).read_text(encoding="utf-8")
    changed = [
        line for line in diff(path, before, after).splitlines() if "vaultnet:end" not in line
    ]
    golden("plan-2026-W47.diff", "\n".join(changed) + "\n")


def test_who_moved_is_found_among_those_who_can_have() -> None:
    """In none of 80 weeks does anybody move whose ring was not looked at for both days."""
    network = read_vault(SAMPLE, DAY, DAY).network
    for weeks in range(80):
        day = DAY - timedelta(weeks=weeks)
        sunday = days_after(week_of(day).monday, -1)
        after = place(network, day)
        found = find_moves(place_turned(network, sunday, day), after)
        assert found == find_moves(place(network, sunday), after)
