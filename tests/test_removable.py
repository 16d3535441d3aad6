"""A second opinion on every merge: which lines may go when a plan is written anew."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from resting import rest
from vaultnet import app
from vaultnet.core.calendar import week_of
from vaultnet.core.frozen import replace
from vaultnet.core.merge import wrap
from vaultnet.core.removable import find_removable, find_repointed
from vaultnet.errors import VaultnetError
from vaultnet.reading import read_vault

BO = "- [ ] Write to [[Bo]], for no reason at all ^vn-write-bo\n\t- Friend.\n"
CY = "- [ ] Invite [[Cy]] for a walk ^vn-invite-cy\n\t- Last: coffee in April ([[2026-04-12]]).\n"
BODY = f"""# This week

Two people, about 25 minutes.

## Two people

{BO}{CY}
Not this week: 2, none urgent: [[Ed]], [[Flo]]
"""
ROLES = {"# This week": "title", "Two people, about 25 minutes.": "lead", "## Two people": "t"}
PLAN = wrap("2026-W48", BODY, ROLES)
END = PLAN.splitlines()[-1]
ALL = Counter([line for line in BODY.split("\n") if line] + [END])
"""The lines of a plan that nobody touched: all of them may go, each once."""


def stays(old: str, new: str = "") -> list[str]:
    """List the lines that may not go, blank ones left out."""
    may_go = find_removable(old, new)
    lines = [line for line in old.split("\n") if line.strip()]
    assert Counter(lines) >= may_go
    return list((Counter(lines) - may_go).elements())


def test_all_that_vaultnet_wrote_may_go_but_the_opening_marker() -> None:
    """It stands where the plan stands, in a plan that nobody touched."""
    assert find_removable(PLAN, "") == ALL
    assert stays(PLAN) == ["%% vaultnet:begin 2026-W48 %%"]
    crlf = PLAN.replace("\n", "\r\n")
    assert stays(crlf) == ["%% vaultnet:begin 2026-W48 %%\r"]
    assert stays(PLAN.removesuffix("\n")) == ["%% vaultnet:begin 2026-W48 %%"]


@pytest.mark.parametrize(
    ("old", "new", "mine"),
    [
        ("%% vaultnet:begin", "mine\n%% vaultnet:begin", "mine"),
        (END, f"{END}\n## Two people", "## Two people"),
        (END, f"{END}\n{BO}", BO),
        ("## Two people", "## My people", "## My people"),
        ("## Two people", "## Two people\n\n## Two people", "## Two people"),
        ("\nNot this", "\t- mine\n\nNot this", f"{CY}\t- mine"),
        ("\nNot this", "\n- mine\nNot this", "- mine"),
        (BO, BO.replace("[ ]", "[x]"), BO.replace("[ ]", "[x]")),
        (BO, BO.replace("[ ]", "[-]"), BO.replace("[ ]", "[-]")),
        (BO, BO.replace("Friend.", "An old friend."), BO.replace("Friend.", "An old friend.")),
        (BO, BO.replace("\t- Friend.\n", ""), BO.split("\n", maxsplit=1)[0]),
        (BO, BO + BO, BO),
        (BO, BO + BO.replace(" ^vn-write-bo", ""), BO.replace(" ^vn-write-bo", "")),
        (BO, "\t- Friend.\n\t- Friend.\n", "\t- Friend."),
        (BO, f"mine\n\t- Friend.\n{BO}", "mine\n\t- Friend."),
        ("2, none urgent", "2, one urgent", "Not this week: 2, one urgent: [[Ed]], [[Flo]]"),
        ("[[Ed]], [[Flo]]", "[[Ed]], [[Zoe]]", "Not this week: 2, none urgent: [[Ed]], [[Zoe]]"),
    ],
)
def test_what_the_user_touched_stays(old: str, new: str, mine: str) -> None:
    """Typed, edited, marked, copied, inside the markers or outside: it and nothing else."""
    assert old in PLAN
    kept = stays(PLAN.replace(old, new, 1))
    kept.remove("%% vaultnet:begin 2026-W48 %%")
    assert sorted(kept) == sorted(mine.rstrip("\n").split("\n"))


def test_a_ticked_line_may_go_where_it_comes_back_with_its_day() -> None:
    """In both forms of the Tasks plugin, and for one tick once."""
    ticked = BO.replace("[ ]", "[x]").split("\n", maxsplit=1)[0]
    old = PLAN.replace(BO, f"{ticked}\n\t- Friend.\n")
    for day in (" ✅ 2026-11-24", "  [completion:: 2026-11-24]"):
        stamped = ticked.replace(" ^", f"{day} ^")
        assert ticked not in stays(old, f"{stamped}\n")
        assert ticked in stays(old, f"{stamped.replace('Bo', 'Cy')}\n")
        assert ticked in stays(old + stamped, f"{stamped}\n")
        twice = old.replace(CY, f"{CY}{ticked}\n")
        assert stays(twice, f"{stamped}\n").count(ticked) == 1
    assert ticked in stays(old, f"{ticked.replace('Bo', 'Bo ✅ 2026-11-24')}\n")


def test_a_bullet_that_two_actions_share_stays_with_the_one_that_stands() -> None:
    """The other was deleted with its own bullet: its words are no reason to take this one's."""
    old = wrap("2026-W48", BODY.replace(CY.split("\t")[1], BO.split("\t")[1]), ROLES)
    assert stays(old.replace(BO, "")) == ["%% vaultnet:begin 2026-W48 %%"]


def test_nothing_may_go_from_what_is_no_plan() -> None:
    """No markers, damaged ones, or those of two plans."""
    for text in ("", "mine\n", PLAN.replace(END, ""), PLAN + PLAN):
        assert find_removable(text, "") == Counter()


def test_in_this_week_only_an_embeds_week_may_change() -> None:
    """The line comes back with another week, and with all else that stands in it."""
    old = "Mine\r\nSee ![[Network/Network plan 2026-W47]] now\r\nMore"
    new = old.replace("Network/Network plan 2026-W47", "Network plan 2026-W48")
    assert find_repointed(old, new) == Counter([old.split("\n")[1]])
    assert find_repointed(old, new.replace("now", "")) == Counter()
    assert find_repointed(old, new.replace("Mine", "")) == Counter([old.split("\n")[1]])
    assert find_repointed(old, "") == Counter()
    week = "\ufeff![[Network plan 2026-W47]]\n"
    assert find_repointed(week, week.replace("47", "48")) == Counter([week[1:-1]])


# --- at the writer's door -----------------------------------------------------------------

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault with a plan in which the user has ticked and typed."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    vault = tmp_path / "Notes"
    (vault / "People").mkdir(parents=True)
    for name in ("Bo", "Cy"):
        note = vault / "People" / f"{name}.md"
        note.write_text("---\nrelationship: friend\n---\n## Log\n- 2026-04-12 coffee\n")
    _plan(vault, TUESDAY)
    for note in (vault / "Network").iterdir():
        note.write_text(note.read_text().replace("- [ ] ", "- [x] ", 1) + "my own words\n")
        rest(note)
    return vault


def _plan(root: Path, today: date, *, without: str = "") -> tuple[str, ...]:
    """Write the week's plan, as a merge would have made it that forgot about some words."""
    reading = read_vault(root, today, today)
    draft = app.draft_plan(reading, week_of(today))
    assert without in draft.text
    return app.write_plan(reading, replace(draft, text=draft.text.replace(without, ""))).paths


@pytest.mark.parametrize("lost", ["my own words\n", "- [x] "])
def test_a_plan_that_would_lose_a_line_of_the_users_is_not_written(root: Path, lost: str) -> None:
    """However the text came about, the bytes are judged, and the note stays as it is."""
    note = root / "Network/Network plan 2026-W48.md"
    before = note.read_bytes()
    with pytest.raises(VaultnetError, match="removed a line that is not vaultnet's to remove: "):
        _plan(root, TUESDAY, without=lost)
    assert note.read_bytes() == before
    assert _plan(root, TUESDAY) == ("Network/Network plan 2026-W48.md",)


def test_all_that_a_new_week_changes_may_go(root: Path) -> None:
    """Ticks get their day, boxes go, and `This week.md` points at the new plan."""
    assert set(_plan(root, date(2026, 12, 1))) == {
        "Network/Network plan 2026-W49.md",
        "Network/This week.md",
        "Network/Network plan 2026-W48.md",
    }
    assert "my own words" in (root / "Network/This week.md").read_text()
