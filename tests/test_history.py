"""What git remembers of a network: who moved, came and went, week by week."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from keeping import commit, environ, git, start, write
from lives import Vault, Where, where, where_placed
from resting import pass_tick
from traps import marked, trapped, trapped_environ
from vaultnet import cli, remembered
from vaultnet.core.chronicle import Chronicle
from vaultnet.core.model import PastMove, Ring
from vaultnet.core.weeks import choose_stops
from vaultnet.errors import UsageError
from vaultnet.history import list_commits, open_repository, read_revisions
from vaultnet.reading import read_vault
from vaultnet.remembered import History, Span, read_history

ADA = "People/Ada Lovelace.md"
BO = "People/Bo.md"
TODAY = date(2037, 11, 25)
"""Later than any day on which the tests run: what is on the disk is not looked at from before it."""


def day(week: int, weekday: int = 3) -> date:
    """Give a day of a week of 2037; a Wednesday, unless another is asked for."""
    return date.fromisocalendar(2037, week, weekday)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is remembered of weeks apart from this computer's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def look_back(
    root: Path,
    today: date = TODAY,
    since: date | None = None,
    until: date | None = None,
    rev: str = "",
    real_today: date = TODAY,
) -> History:
    """Read the history of a vault, on a computer of its own."""
    span = Span(since, until, rev)
    return remembered.look_back(root, today, real_today, environ(root.parent), span)


def told(moves: Iterable[PastMove]) -> list[str]:
    """Tell moves as `W11 Ada Lovelace lukewarm → buddy: friend (People/Ada Lovelace.md:2)`."""
    return [
        f"{move.week[5:]} {move.contact.title} {_word(move.before)} → {_word(move.after)}: "
        + "; ".join(map(str, move.because))
        for move in moves
    ]


def _word(ring: Ring | None) -> str:
    return ring.word if ring is not None else "–"


# --- the moves ----------------------------------------------------------------------------


def test_who_moved_came_and_went(tmp_path: Path) -> None:
    """Each with what brought it about; the first week only says how things stood."""
    root = start(tmp_path / "vault")
    commit(root, day(40), {ADA: "", BO: "---\nrelationship: friend\n---\n", "People/Cy.md": ""})
    commit(root, day(41), {ADA: "- 2037-10-07 coffee: the loom\n"})
    commit(root, day(42), {BO: "---\nrelationship: colleague\n---\n", "People/Di.md": ""})
    commit(root, day(44), {"People/Cy.md": None, "People/Di.md": "---\ntype: company\n---\n"})
    found = look_back(root)
    assert told(found.moves) == [
        f"W41 Ada Lovelace unplaced → lukewarm: knows what you do: coffee on 7 October 2037 ({ADA}:1)",
        f"W42 Bo buddy → lukewarm: no longer noted: friend ({BO})",
        "W42 Di – → unplaced: the notes say too little: no log, no relationship (People/Di.md)",
        "W44 Cy unplaced → –: the note is gone (People/Cy.md)",
        "W44 Di unplaced → –: no longer read as a contact (People/Di.md)",
    ]
    assert [move.direction for move in found.moves] == ["inward", "outward", "new", "gone", "gone"]
    assert [str(fact) for fact in found.moves[1].was] == [f"friend ({BO}:2)"]
    assert [week.week for week in found.weeks] == [f"2037-W{n}" for n in range(40, 49)]
    assert [week.size for week in found.weeks] == [1, 2, 2, 2, 2, 2, 2, 2, 2]
    assert found.weeks[2].rings == {Ring.LUKEWARM: 2, Ring.UNPLACED: 2}
    assert found.lacking == ""


def test_a_week_without_a_commit_is_looked_at_too(tmp_path: Path) -> None:
    """A strategic alliance lapses in silence, on the last commit by then."""
    root = start(tmp_path / "vault")
    log = "- 2036-09-01 coffee\n- 2036-10-15 coffee\n"
    last = commit(root, day(20), {ADA: f"---\nrelationship: mentor\n---\n{log}"})
    [move] = look_back(root).moves
    assert (move.week, move.day, move.commit) == ("2037-W42", date(2037, 10, 18), last)
    assert (move.before, move.after) == (Ring.STRATEGIC, Ring.LUKEWARM)
    assert [str(fact) for fact in move.because] == [f"no exchange for 12 months ({ADA}:5)"]


def test_only_the_last_commit_of_a_week_is_looked_at(tmp_path: Path) -> None:
    """What is undone before the week is over moved nobody."""
    root = start(tmp_path / "vault")
    commit(root, day(45), {ADA: ""})
    commit(root, day(46, 1), {ADA: "---\nring: cold\n---\n"})
    commit(root, day(46, 7), {ADA: ""})
    commit(root, day(47, 1), {})
    assert look_back(root).moves == ()


def test_what_is_not_committed_is_now(tmp_path: Path) -> None:
    """It comes last and bears no commit; nothing of it is told of another day or revision."""
    root = start(tmp_path / "vault")
    commit(root, day(46), {ADA: "", BO: ""})
    commit(root, day(48, 1), {ADA: "- 2037-11-20 reply\n"})
    write(root, {ADA: "- 2037-11-20 reply\n- 2037-11-24 recommended me\n", "People/Di.md": ""})
    (root / BO).rename(root / "Bo.md")
    write(root, {"Bo.md": "#person"})
    committed, *now = look_back(root).moves
    assert (committed.after, bool(committed.commit)) == (Ring.LUKEWARM, True)
    assert told(now) == [
        f"W48 Ada Lovelace lukewarm → buddy: put in a word for you on 24 November 2037 ({ADA}:2)",
        "W48 Di – → unplaced: the notes say too little: no log, no relationship (People/Di.md)",
    ]
    assert {move.commit for move in now} == {""}
    assert look_back(root).weeks[-1].rings == {Ring.BUDDY: 1, Ring.UNPLACED: 2}
    for other in (look_back(root, rev="main"), look_back(root, until=day(48, 2))):
        assert told(other.moves) == told([committed])
    assert look_back(root, today=day(47)).moves == ()


# --- who is who ---------------------------------------------------------------------------


def test_a_renamed_note_is_the_same_contact(tmp_path: Path) -> None:
    """All its past bears today's name, and each move the path of its time."""
    root = start(tmp_path / "vault")
    text = "Met through the Analytical Society, likes looms and numbers.\n"
    commit(root, day(40), {ADA: text})
    commit(root, day(41), {ADA: f"{text}- 2037-10-07 coffee\n"})
    git(root, "mv", ADA, "People/Ada King.md")
    commit(root, day(42), {})
    commit(
        root, day(43), {"People/Ada King.md": f"---\nring: cold\n---\n{text}- 2037-10-07 coffee\n"}
    )
    found = look_back(root)
    assert [(m.contact.title, m.path, m.direction) for m in found.moves] == [
        ("Ada King", ADA, "inward"),
        ("Ada King", "People/Ada King.md", "outward"),
    ]


def test_a_note_that_was_moved_and_edited_in_one_week_is_the_same_contact(tmp_path: Path) -> None:
    """People put many a short note elsewhere and write on: git sees no likeness, but the name is one."""
    root = start(tmp_path / "vault")
    commit(root, day(40), {ADA: "Looms.\n", BO: "", "People/Cy.md": "", "Work/CRM/Di.md": "x\n"})
    moved = {ADA: None, "People/North/Ada Lovelace.md": "## Log\n- 2037-10-07 coffee: numbers\n"}
    unclear = {"People/Cy.md": None, "People/A/Cy.md": "one\n", "People/B/Cy.md": "two\n"}
    commit(root, day(41), {**moved, **unclear})
    assert [(m.contact.title, m.path, m.direction) for m in look_back(root).moves] == [
        ("Ada Lovelace", "People/North/Ada Lovelace.md", "inward"),
        ("Cy", "People/A/Cy.md", "new"),
        ("Cy", "People/B/Cy.md", "new"),
        ("Cy", "People/Cy.md", "gone"),
    ]


def test_a_note_that_was_moved_out_of_the_way_is_not_gone(tmp_path: Path) -> None:
    """Where it is now, nobody takes it for a contact's."""
    root = start(tmp_path / "vault")
    text = "Met through the Analytical Society, likes looms and numbers.\n"
    commit(root, day(40), {ADA: text, BO: text * 2, "People/Cy.md": ""})
    git(root, "rm", "-q", "People/Cy.md")
    (root / "Friends").mkdir()
    git(root, "mv", ADA, "Friends/Ada.md")
    git(root, "mv", BO, "People/_Bo.md")
    commit(root, day(41), {})
    assert [[str(fact) for fact in move.because] for move in look_back(root).moves] == [
        ["the note was moved and is no longer read as a contact (Friends/Ada.md)"],
        ["the note was renamed and is no longer read as a contact (People/_Bo.md)"],
        ["the note is gone (People/Cy.md)"],
    ]


def test_an_id_says_more_than_git(tmp_path: Path) -> None:
    """Whoever bears it is the same, however the note reads; other ids are other people."""
    root = start(tmp_path / "vault")
    long = "The same words in both, so that git would take the one for the other.\n" * 5
    commit(root, day(40), {ADA: "---\nid: 1\n---\n", BO: f"---\nid: 2\n---\n{long}"})
    commit(
        root,
        day(41),
        {
            ADA: None,
            BO: None,
            "Work/CRM/Countess.md": "---\nid: 1\nthey_know: my work\n---\nNothing as before",
            "People/Cy.md": f"---\nid: 3\n---\n{long}",
        },
    )
    assert [(m.contact.title, m.direction) for m in look_back(root).moves] == [
        ("Countess", "inward"),
        ("Cy", "new"),
        ("Bo", "gone"),
    ]


def test_two_who_change_places_are_known_by_their_ids(tmp_path: Path) -> None:
    """A note's path is only its path."""
    root = start(tmp_path / "vault")
    one, two = "---\nid: 1\nring: buddy\n---\n", "---\nid: 2\nring: cold\n---\n"
    commit(root, day(40), {ADA: one, BO: two})
    commit(root, day(41), {ADA: two, BO: one})
    commit(root, day(42), {ADA: two, BO: one.replace("buddy", "lukewarm")})
    [move] = look_back(root).moves
    assert (move.contact.path, move.before, move.after) == (BO, Ring.BUDDY, Ring.LUKEWARM)


def test_everybody_bears_todays_name(tmp_path: Path) -> None:
    """Also where only an earlier part is told, and where the new name is not committed yet."""
    root = start(tmp_path / "vault")
    text = "Met through the Analytical Society, likes looms and numbers.\n"
    commit(root, day(40), {ADA: text})
    commit(root, day(41), {ADA: f"{text}- 2037-10-07 coffee\n"})
    git(root, "mv", ADA, "People/Ada King.md")
    commit(root, day(43), {"People/Ada King.md": f"{text}- 2037-10-07 coffee\nMarried.\n"})
    (root / "People/Ada King.md").rename(root / "People/Countess.md")
    for until in (None, day(42)):
        [move] = look_back(root, until=until).moves
        assert (move.contact.title, move.path) == ("Countess", ADA)


def test_who_comes_back_is_the_same(tmp_path: Path) -> None:
    """A note that went and came is one person's, as long as nobody else took its place."""
    root = start(tmp_path / "vault")
    commit(root, day(40), {ADA: "", BO: ""})
    commit(root, day(41), {ADA: None})
    commit(root, day(42), {ADA: "---\nname: Countess\n---\n"})
    assert [(m.contact.title, m.direction) for m in look_back(root).moves] == [
        ("Countess", "gone"),
        ("Countess", "new"),
    ]


# --- where git keeps it -------------------------------------------------------------------


def test_a_vault_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    """With settings of its own; what lies outside is none of its notes."""
    root = start(tmp_path / "repository")
    notes = {f"my vault/{ADA}": "", "my vault/vaultnet.toml": 'ignore = ["Old"]\n', BO: ""}
    commit(root, day(40), {**notes, "my vault/Old/People/Cy.md": ""})
    commit(root, day(41), {f"my vault/{ADA}": "- 2037-10-07 coffee\n", BO: "- 2037-10-07 coffee\n"})
    commit(root, day(42), {"my vault/Old/People/Cy.md": "- 2037-10-07 coffee\n"})
    assert [m.contact.title for m in look_back(root / "my vault").moves] == ["Ada Lovelace"]


def test_the_settings_of_today_hold_for_all_weeks(tmp_path: Path) -> None:
    """A setting that changed moves nobody."""
    root = start(tmp_path / "vault")
    commit(root, day(40), {"Friends/Ada.md": "", "vaultnet.toml": ""})
    commit(root, day(41), {"vaultnet.toml": '[contacts]\nfolders = ["Friends"]\n'})
    found = look_back(root)
    assert found.moves == ()
    assert {week.rings[Ring.UNPLACED] for week in found.weeks} == {1}


def test_a_merge_tells_what_the_first_parent_line_tells(tmp_path: Path) -> None:
    """What was done beside it counts from the day it was merged."""
    root = start(tmp_path / "vault")
    commit(root, day(40), {ADA: ""})
    git(root, "checkout", "-q", "-b", "phone")
    commit(root, day(41), {ADA: "- 2037-10-07 coffee\n"})
    git(root, "checkout", "-q", "main")
    commit(root, day(42), {BO: ""})
    git(root, "merge", "-q", "phone", GIT_COMMITTER_DATE=f"{day(43)}T12:00:00+00:00")
    assert [m.week for m in look_back(root).moves] == ["2037-W42", "2037-W43"]
    assert [m.week for m in look_back(root, rev="phone").moves] == ["2037-W41"]


def test_notes_that_could_not_be_read_then(tmp_path: Path) -> None:
    """They hide nothing else, and are there again when they can."""
    root = start(tmp_path / "vault")
    commit(root, day(40), {ADA: "- 2037-09-01 coffee\n", BO: ""})
    (root / ADA).write_bytes(b"\xff\xfe broken")
    (root / BO).write_bytes(b"x" * ((1 << 20) + 1))
    commit(root, day(41), {"People/Cy.md": ""})
    commit(root, day(42), {ADA: "- 2037-09-01 coffee\n", BO: ""})
    assert [(m.week[5:], m.contact.title, m.direction) for m in look_back(root).moves] == [
        ("W41", "Cy", "new"),
        ("W41", "Ada Lovelace", "gone"),
        ("W41", "Bo", "gone"),
        ("W42", "Ada Lovelace", "new"),
        ("W42", "Bo", "new"),
    ]


# --- how far back -------------------------------------------------------------------------


def test_a_part_is_told_as_in_the_whole(tmp_path: Path) -> None:
    """`since` begins with the week of a day, compared with the one before; `until` ends on a day."""
    root = start(tmp_path / "vault")
    for week in range(40, 47):
        commit(root, day(week), {f"People/P{week}.md": f"- {day(week)} coffee\n"})
    whole = look_back(root)
    part = look_back(root, since=day(42, 5), until=day(45, 2))
    assert part.weeks == (*whole.weeks[2:5], part.weeks[-1])
    assert [move.contact.title for move in part.moves] == ["P42", "P43", "P44"]
    assert look_back(root, since=day(40, 1)) == whole
    assert (part.lacking, whole.lacking) == ("", "")


def test_without_git_the_dated_logs_tell(tmp_path: Path) -> None:
    """From the first thing that is dated, and with nobody coming or going; and it says so."""
    root = tmp_path / "vault"
    write(root, {ADA: "- 2037-10-07 coffee\n- 2037-10-20 recommended me\n", BO: ""})
    found = look_back(root)
    assert told(found.moves) == [
        f"W41 Ada Lovelace unplaced → lukewarm: knows what you do: coffee on 7 October 2037 ({ADA}:1)",
        f"W43 Ada Lovelace lukewarm → buddy: put in a word for you on 20 October 2037 ({ADA}:2)",
    ]
    assert {move.commit for move in found.moves} == {""}
    assert [week.week for week in found.weeks] == [f"2037-W{n}" for n in range(40, 49)]
    assert found.lacking == (
        "Git cannot tell how this vault stood: it is not kept in git. Its dated logs alone tell this."
    )
    assert told(look_back(root, since=day(43)).moves) == told(found.moves[1:])


def test_before_the_first_commit_the_dated_logs_tell(tmp_path: Path) -> None:
    """Of what the first commit holds; it says from when on git remembers."""
    root = start(tmp_path / "vault")
    commit(root, day(44), {ADA: "- 2037-10-07 coffee\n", BO: ""})
    commit(root, day(45), {BO: "- 2037-11-04 coffee\n"})
    found = look_back(root, since=day(40))
    assert [(m.contact.title, m.week, bool(m.commit)) for m in found.moves] == [
        ("Ada Lovelace", "2037-W41", False),
        ("Bo", "2037-W45", True),
    ]
    assert found.lacking == (
        "Git remembers this vault only since 2037-10-28; dated logs alone tell what came before."
    )
    assert look_back(root).moves == found.moves[1:]


def test_git_remembers_from_the_first_commit_on(tmp_path: Path) -> None:
    """However many more there were in that week, and though a clock that was wrong dated one later."""
    root = start(tmp_path / "vault")
    commit(root, date(2038, 1, 1), {ADA: ""})
    for weekday in (2, 5):
        commit(root, day(44, weekday), {ADA: f"{weekday}\n"})
    assert look_back(root, since=day(43)).lacking.startswith(
        "Git remembers this vault only since 2037-10-27;"
    )


def test_a_shallow_clone_says_what_it_lacks(tmp_path: Path) -> None:
    """Unless it holds all that is asked for."""
    root = start(tmp_path / "vault")
    commit(root, day(40), {ADA: ""})
    commit(root, day(42), {ADA: "- 2037-10-14 coffee\n"})
    commit(root, day(44), {ADA: "- 2037-10-14 coffee\n", BO: ""})
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{root}", "clone")
    found = look_back(tmp_path / "clone")
    assert found.weeks[0].week == "2037-W42"
    assert found.lacking.startswith("This clone holds only what was committed since 2037-10-14")
    assert look_back(tmp_path / "clone", since=day(43)).lacking == ""


def test_a_clock_that_was_wrong_moves_nobody(tmp_path: Path) -> None:
    """A commit dated years off is passed over."""
    root = start(tmp_path / "vault")
    commit(root, day(40), {ADA: ""})
    commit(root, date(1990, 1, 1), {ADA: "---\nring: buddy\n---\n"})
    commit(root, day(42), {ADA: ""})
    assert look_back(root).moves == ()
    assert look_back(root).weeks[0].week == "2037-W40"


def test_a_revision_that_does_not_exist_is_a_misuse(tmp_path: Path) -> None:
    """It is said, and not passed over in silence."""
    root = start(tmp_path / "vault")
    commit(root, day(40), {ADA: ""})
    with pytest.raises(UsageError, match="'nowhere' names no commit"):
        look_back(root, rev="nowhere")
    with pytest.raises(UsageError, match="'HEAD:People' names no commit"):
        look_back(root, rev="HEAD:People")


# --- what is over is kept ------------------------------------------------------------------


def test_weeks_that_are_over_are_not_walked_again(tmp_path: Path) -> None:
    """What they told holds even where git has lost it; only the week under way is looked at anew."""
    root = start(tmp_path / "vault")
    commit(root, day(45), {ADA: "", BO: "---\nrelationship: friend\n---\n"})
    commit(root, day(46), {ADA: "- 2037-11-10 coffee\n"})
    commit(root, day(47), {ADA: "- 2037-11-10 coffee\n", BO: ""})
    first = look_back(root)
    lost = git(root, "rev-parse", f"HEAD~2:{BO}").strip()
    (root / ".git/objects" / lost[:2] / lost[2:]).unlink()
    commit(root, day(48, 2), {BO: "- 2037-11-23 recommended me\n"})
    second = look_back(root)
    assert second.weeks[:3] == first.weeks[:3]
    assert [str(fact) for fact in second.moves[-1].was] == [
        f"the notes say too little: no log, no relationship ({BO})"
    ]
    assert told(second.moves) == [
        *told(first.moves),
        f"W48 Bo unplaced → buddy: put in a word for you on 23 November 2037 ({BO}:1)",
    ]


def test_history_that_was_written_anew_is_walked_anew(tmp_path: Path) -> None:
    """Nothing is kept of commits that are no longer on the line, nor across settings."""
    root = start(tmp_path / "vault")
    commit(root, day(44), {ADA: "", "Friends/Cy.md": ""})
    commit(root, day(45), {ADA: "---\nring: cold\n---\n"})
    assert len(look_back(root).moves) == 1
    git(root, "reset", "-q", "--hard", "HEAD~")
    commit(root, day(45), {ADA: "---\nring: buddy\n---\n"})
    assert [move.after for move in look_back(root).moves] == [Ring.BUDDY]
    write(root, {"vaultnet.toml": '[contacts]\nfolders = ["Friends"]\n'})
    assert look_back(root).moves == ()
    assert look_back(root).weeks[0].rings == {Ring.UNPLACED: 1}


def test_a_week_is_over_when_its_sunday_is(tmp_path: Path) -> None:
    """On Sunday more may come; what is dated into a week that is over is told of it all the same."""
    root = start(tmp_path / "vault")
    commit(root, day(45), {ADA: ""})
    sunday = day(46, 7)
    assert look_back(root, sunday, real_today=sunday).moves == ()
    commit(root, sunday, {ADA: "- 2037-11-10 coffee\n"})
    assert [m.week for m in look_back(root, sunday, real_today=sunday).moves] == ["2037-W46"]
    monday = day(47, 1)
    assert [m.week for m in look_back(root, monday, real_today=monday).moves] == ["2037-W46"]
    commit(root, sunday, {BO: ""})
    assert [m.direction for m in look_back(root).moves] == ["inward", "new"]


def test_what_is_kept_and_damaged_is_walked_anew(tmp_path: Path) -> None:
    """Nothing of it is believed that is not whole."""
    root = start(tmp_path / "vault")
    commit(root, day(45), {ADA: ""})
    commit(root, day(46), {ADA: "- 2037-11-10 coffee\n"})
    first = look_back(root)
    [kept] = Path(os.environ["XDG_CACHE_HOME"]).glob("vaultnet/*.weeks")
    for raw in (b"", b"x", kept.read_bytes()[:-9]):
        kept.write_bytes(raw)
        assert look_back(root) == first


@pytest.mark.parametrize("seed", range(3))
def test_going_on_is_as_good_as_beginning_anew(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever happened before and after an earlier walk ended."""
    root = start(tmp_path / "vault")
    dice = random.Random(seed)  # noqa: S311 - a sweep, not a secret
    vault = Vault(dice, today=date(2037, 3, 2))
    for n in range(18):
        for _ in range(4):
            vault.happen()
        vault.unread.clear()
        git(root, "rm", "-rqf", "--ignore-unmatch", ".")
        commit(root, vault.today, dict(vault.notes))
        if n % 3 == 0:
            carried = look_back(root, vault.today, real_today=vault.today)
            with monkeypatch.context() as elsewhere:
                elsewhere.setenv("XDG_CACHE_HOME", str(tmp_path / f"cache{n}"))
                assert carried == look_back(root, vault.today, real_today=vault.today)


# --- laws ---------------------------------------------------------------------------------

KINDS = st.sampled_from(["coffee", "message", "reply", "recommended me", "worked together", "note"])
WEEKS = st.dictionaries(
    st.integers(0, 60),
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 7), KINDS), min_size=1, max_size=4),
    min_size=1,
    max_size=6,
)
PEOPLE = ("relationship: mentor", "want_to_meet: true", "company: Engines")


@given(WEEKS)
@hypothesis_settings(max_examples=8, deadline=None)
def test_git_remembers_what_the_dated_logs_tell(
    tmp_path_factory: pytest.TempPathFactory, weeks: Mapping[int, list[tuple[int, int, str]]]
) -> None:
    """In a vault in which only logs grow, each entry committed in its own week."""
    root = start(tmp_path_factory.mktemp("law") / "vault")
    notes = {f"People/P{n}.md": f"---\n{p}\n---\n## Log\n" for n, p in enumerate(PEOPLE)}
    monday = date(2036, 9, 1)
    commit(root, monday, dict(notes))
    for week in sorted(weeks):
        for person, weekday, kind in sorted(weeks[week], key=lambda entry: entry[1]):
            told_on = monday + timedelta(weeks=week, days=weekday - 1)
            notes[f"People/P{person}.md"] += f"- {told_on} {kind}\n"
        commit(root, monday + timedelta(weeks=week, days=6), dict(notes))
    for number, (stood, _) in enumerate(standings_by_week(root, TODAY)):
        today = min(monday + timedelta(weeks=number, days=6), TODAY)
        assert stood == where(read_vault(root, today, TODAY).standings)


@pytest.mark.parametrize("seed", range(3))
def test_each_week_reads_as_if_it_were_checked_out(tmp_path: Path, seed: int) -> None:
    """Through git as from the disk, whatever happens in a vault."""
    root = start(tmp_path / "vault")
    dice = random.Random(seed)  # noqa: S311 - a sweep, not a secret
    vault = Vault(dice, today=date(2037, 3, 2))
    for _ in range(14):
        for _ in range(5):
            vault.happen()
        vault.unread.clear()
        git(root, "rm", "-rqf", "--ignore-unmatch", ".")
        commit(root, vault.today, dict(vault.notes))
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "-q", "vault", "copy")
    for stood, (day_, id_) in standings_by_week(root, vault.today):
        if id_ != git(copy, "rev-parse", "HEAD").strip():
            git(copy, "checkout", "-q", id_)
        assert stood == where(read_vault(copy, day_, day_).standings)


def standings_by_week(root: Path, today: date) -> Iterator[tuple[Where, tuple[date, str]]]:
    """Give where everybody stood in each week, with the day and the commit it was looked at."""
    reading = read_vault(root, today, today)
    repository = open_repository(root, environ(root.parent))
    commits = list_commits(repository)
    stops = choose_stops([c.day for c in commits], None, today)
    trees = [commits[n].tree for n in dict.fromkeys(stop.commit for stop in stops)]
    chronicle = Chronicle(reading.settings, reading.obsidian)
    revisions = read_revisions(repository, trees, reading.settings, reading.obsidian)
    at = -1
    for stop in stops:
        if stop.commit != at:
            chronicle.turn_to(next(revisions))
            at = stop.commit
        chronicle.look(str(stop.week), stop.day, "")
        yield where_placed(chronicle.stood), (stop.day, commits[at].id)


# --- nothing runs -------------------------------------------------------------------------


def test_a_history_that_is_all_traps_runs_nothing(tmp_path: Path) -> None:
    """The whole walk, in a hostile environment, leaves no mark."""
    today = date(2026, 11, 25)
    root, marks = trapped(tmp_path)
    reading = read_vault(root, today, today)
    found = read_history(reading, today, trapped_environ(root, marks), Span())
    assert marked(marks) == set()
    assert [week.week for week in found.weeks] == ["2026-W48"]
    assert found.lacking == ""


# --- the command --------------------------------------------------------------------------


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault with some weeks behind it, and stand in it."""
    root = start(tmp_path / "vault")
    commit(root, day(40), {ADA: "", BO: "- 2037-09-01 coffee\n", ".obsidian/app.json": "{}"})
    commit(root, day(41), {ADA: "## Log\n- 2037-10-07 coffee: the loom\n"})
    commit(root, day(42), {**{f"People/P{n}.md": "" for n in range(7)}, BO: None})
    write(root, {ADA: "## Log\n- 2037-10-07 coffee: the loom\n- 2037-11-24 recommended me\n"})
    for name, value in environ(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("VAULTNET_VAULT", raising=False)
    monkeypatch.chdir(root)
    return root


def ask(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[str, str, int]:
    """Run `vaultnet history`, and give what it prints and how it ends."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as leaving:
        cli.main(["history", "--today", str(TODAY), *args])
    out, err = capsys.readouterr()
    return out, err, int(leaving.value.code or 0)


@pytest.mark.usefixtures("vault")
def test_the_command_tells_a_line_for_each_move(capsys: pytest.CaptureFixture[str]) -> None:
    """Newcomers of a week stand in one line."""
    out, err, code = ask(capsys)
    one, two, three, four = out.splitlines()
    assert one.startswith(
        "2037-W41  Ada Lovelace moved in, unplaced → lukewarm: knows what you do: coffee on "
        f"7 October 2037 ({ADA}:2); commit "
    )
    assert two.startswith(f"2037-W42  Bo gone, was lukewarm: the note is gone ({BO}); commit ")
    assert three.startswith("2037-W42  P0, P1, P2, P3, P4 and 2 more are new; commit ")
    assert four == (
        "2037-W48  Ada Lovelace moved in, lukewarm → buddy: put in a word for you on 24 November 2037 "
        f"({ADA}:3); not committed"
    )
    assert (err, code) == ("", 0)


def test_what_must_be_said_again_is_said_without_git(
    capsys: pytest.CaptureFixture[str], vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While neither the head nor a note has changed; another question is another answer."""
    pass_tick()  # so that a later change would show
    first = ask(capsys)
    monkeypatch.setenv("PATH", "/nowhere")
    assert ask(capsys) == first
    assert ask(capsys, "--since", "2037-10-07")[2] == 1
    write(vault, {ADA: "## Log\n"})
    assert ask(capsys)[2] == 1
    monkeypatch.setenv("PATH", os.defpath)
    assert "no longer noted" in ask(capsys)[0]


def test_as_json_it_tells_everything(capsys: pytest.CaptureFixture[str], vault: Path) -> None:
    """An array, oldest first, with the because of both sides."""
    out, _, code = ask(capsys, "--json", "--since", "2037-10-07", "--until", "2037-10-11")
    assert code == 0
    assert json.loads(out) == [
        {
            "date": "2037-10-11",
            "week": "2037-W41",
            "contact": "Ada Lovelace",
            "path": ADA,
            "from": "unplaced",
            "to": "lukewarm",
            "direction": "inward",
            "because": [
                f"knows what you do: coffee on 7 October 2037 ({ADA}:2)",
                f"before: the notes say too little: no log, no relationship ({ADA})",
            ],
            "commit": git(vault, "rev-parse", "HEAD~").strip(),
        }
    ]
    gone = json.loads(ask(capsys, "--json", "bo")[0])
    assert [(m["contact"], m["to"], m["direction"]) for m in gone] == [("Bo", None, "gone")]
    now = json.loads(ask(capsys, "--json", "ada")[0])[-1]
    assert (now["to"], now["commit"]) == ("buddy", None)


@pytest.mark.usefixtures("vault")
def test_of_one_person_it_tells_what_happened_between(capsys: pytest.CaptureFixture[str]) -> None:
    """Interactions stand indented between the moves; somebody who has gone has a past too."""
    out, _, _ = ask(capsys, "ada")
    assert [line.partition("; commit")[0] for line in out.splitlines()] == [
        f"Ada Lovelace  {ADA}, buddy today",
        f"2037-10-07    coffee ↔  coffee: the loom  {ADA}:2",
        f"2037-10-11  moved in, unplaced → lukewarm: knows what you do: coffee on 7 October 2037 ({ADA}:2)",
        f"              before: the notes say too little: no log, no relationship ({ADA})",
        f"2037-11-24    endorsement ←  recommended me  {ADA}:3",
        f"2037-11-25  moved in, lukewarm → buddy: put in a word for you on 24 November 2037 ({ADA}:3); not committed",
        f"              before: knows what you do: coffee on 7 October 2037 ({ADA}:2)",
    ]
    assert ask(capsys, "Bo")[0].startswith(f"Bo  {BO}, gone\n2037-10-18  gone, was lukewarm: ")


def test_of_one_person_it_tells_what_happened_before_git_too(
    capsys: pytest.CaptureFixture[str], vault: Path
) -> None:
    """All of it, unless it is asked to begin with a week: then from that week's Monday on."""
    log = "".join(f"- 2037-0{month}-01 call\n" for month in range(1, 10))
    commit(vault, day(48, 2), {ADA: f"## Log\n{log}- 2037-10-07 coffee: the loom\n"})
    lines = ask(capsys, "ada")[0].splitlines()
    assert lines[1] == "            … 2 earlier"
    assert lines[2] == f"2037-03-01    call ↔  call  {ADA}:4"
    assert lines[9].startswith("2037-10-07    coffee ↔")
    since = ask(capsys, "ada", "--since", "2037-10-09")[0].splitlines()
    assert since[1].startswith("2037-10-07    coffee ↔")
    until = ask(capsys, "ada", "--until", "2037-10-01")
    assert until[0].splitlines()[-1] == f"2037-09-01    call ↔  call  {ADA}:10"
    assert until[1:] == ("Ada Lovelace did not move in that time.\n", 0)


def test_where_git_lacks_something_the_command_fails(
    capsys: pytest.CaptureFixture[str], vault: Path
) -> None:
    """What can be told is told; what lacks is said, and the exit code is 1."""
    out, err, code = ask(capsys, "--since", "2037-06-01", "bo")
    assert "2037-09-06  moved in, unplaced → lukewarm" in out
    assert (err, code) == (
        "Git remembers this vault only since 2037-09-30; dated logs alone tell what came before.\n",
        1,
    )
    (vault / ".git").rename(vault / "elsewhere")
    out, err, code = ask(capsys, "--json")
    assert [move["direction"] for move in json.loads(out)] == ["inward", "inward"]
    assert (err.partition(":")[0], code) == ("Git cannot tell how this vault stood", 1)


@pytest.mark.usefixtures("vault")
def test_misuse_and_silence(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown revision is a misuse; no move is no fault."""
    assert ask(capsys, "--rev", "nowhere")[2] == 2
    assert ask(capsys, "--until", "2037-10-01") == ("", "Nobody moved in that time.\n", 0)
    assert ask(capsys, "nobody")[2] == 1
