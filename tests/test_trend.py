"""How a network fares week by week: growing, closer, seen."""

from __future__ import annotations

import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from keeping import commit, start
from vaultnet import present
from vaultnet.app import questions
from vaultnet.cli import main, vaultnet
from vaultnet.core.calendar import week_of
from vaultnet.core.chart import draw_chart
from vaultnet.core.frozen import names_of, replace
from vaultnet.core.model import Ring
from vaultnet.core.trend import Trend, TrendWeek, tell_trend
from vaultnet.reading import read_vault

TODAY = date(2026, 11, 25)
NOTE = "Network/Network trend.md"
ADA = "People/Ada Lovelace.md"
BO = "People/Bo Lund.md"
BEGIN = "%% vaultnet:trend:begin %%\n"
END = "%% vaultnet:trend:end %%\n"


def keep_vault(root: Path) -> Path:
    """Keep a vault in git: Ada comes to know you and comes nearer, Bo goes, an article is written."""
    start(root)
    old = {BO: "---\nthey_know: my name\n---\n", "vaultnet.toml": 'me = "Me"\n'}
    commit(root, date(2026, 11, 1), {**old, ADA: "", "People/Cy.md": ""})
    article = "---\ntype: exposure\nkind: article\ndate: 2026-11-04\n---\n"
    commit(root, date(2026, 11, 4), {"On looms.md": article})
    commit(root, date(2026, 11, 9), {ADA: "- 2026-11-09 coffee: the loom\n- 2026-11-10 emailed\n"})
    known = "---\nthey_know: would recommend\n---\n- 2026-11-09 coffee: the loom\n- 2026-11-10 emailed\n"
    commit(root, date(2026, 11, 18), {ADA: f"{known}- 2026-11-18 read my article\n", BO: None})
    return root


def run(root: Path, *words: str, today: date = TODAY) -> Result:
    """Run `vaultnet trend` on a vault."""
    args = ["trend", "--vault", str(root), "--today", str(today), *words]
    return CliRunner().invoke(vaultnet, args)


def make_weeks(*sizes: int, first: date = date(2026, 6, 7)) -> tuple[TrendWeek, ...]:
    """Make weeks in which as many people know of you, a third of them in the inner rings."""
    days = [first + timedelta(weeks=number) for number in range(len(sizes))]
    return tuple(
        TrendWeek(
            week=str(week_of(day)),
            day=day,
            remembered=True,
            rings=dict.fromkeys(Ring, 0) | {Ring.BUDDY: size // 3, Ring.LUKEWARM: size - size // 3},
            inward=0,
            outward=0,
            new=0,
            gone=0,
            came_to_know=0,
            touches=0,
            exchanges=0,
            exposures=0,
        )
        for day, size in zip(days, sizes, strict=True)
    )


def change(week: TrendWeek, **numbers: int) -> TrendWeek:
    """Give a week with other numbers."""
    fields = {name: getattr(week, name) for name in names_of(type(week))}
    return TrendWeek(**(fields | numbers))


# --- the numbers --------------------------------------------------------------------------


def test_every_week_in_numbers(tmp_path: Path) -> None:
    """Rings as git remembers them, touches and exposures as the notes tell them."""
    found = json.loads(run(keep_vault(tmp_path / "vault"), "--json").stdout)

    def week(number: int, size: int, rings: list[int], *counts: int) -> dict[str, object]:
        words = "buddy strategic lukewarm cold unplaced aside".split()
        names = "inward outward new gone touches exchanges exposures".split()
        return {
            "week": f"2026-W{number}",
            "size": size,
            "rings": dict(zip(words, rings, strict=True)),
            **dict(zip(names, counts, strict=True)),
        }

    assert found == [
        week(44, 1, [0, 0, 1, 0, 2, 0], 0, 0, 0, 0, 0, 0, 0),
        week(45, 1, [0, 0, 1, 0, 2, 0], 0, 0, 0, 0, 0, 0, 1),
        week(46, 2, [0, 0, 2, 0, 1, 0], 1, 0, 0, 0, 2, 1, 0),
        week(47, 1, [1, 0, 0, 0, 1, 0], 1, 0, 0, 1, 1, 1, 0),
        week(48, 1, [1, 0, 0, 0, 1, 0], 0, 0, 0, 0, 0, 0, 0),
    ]


def test_the_trend_agrees_with_history_and_plan(tmp_path: Path) -> None:
    """Who moved is counted as `history` tells it, and the last week stands as the plan says."""
    demo = tmp_path / "demo"
    CliRunner().invoke(vaultnet, ["demo", str(demo)])
    day = date(2026, 11, 24)
    weeks = json.loads(run(demo, "--json", "--since", "2026-05-24", today=day).stdout)
    args = ["--vault", str(demo), "--today", str(day), "--json"]
    moves = json.loads(CliRunner().invoke(vaultnet, ["history", *args]).stdout)
    plan = json.loads(CliRunner().invoke(vaultnet, ["plan", *args]).stdout)

    assert len(weeks) == 28
    for week in weeks:
        of_week = [move["direction"] for move in moves if move["week"] == week["week"]]
        for direction in ("inward", "outward", "new", "gone"):
            assert of_week.count(direction) == week[direction], (week["week"], direction)
    assert weeks[-1]["rings"] == plan["rings"]
    assert sum(week["exposures"] for week in weeks) == 4
    assert {name: sum(week[name] for week in weeks) for name in ("inward", "outward", "gone")} == {
        "inward": 5,
        "outward": 1,
        "gone": 1,
    }


def test_as_many_weeks_as_are_asked_for(tmp_path: Path) -> None:
    """Half a year, or what git remembers of it; with --since as many as that says."""
    root = start(tmp_path / "vault")
    commit(root, date(2024, 1, 1), {ADA: "- 2024-01-01 coffee\n"})
    assert len(json.loads(run(root, "--json").stdout)) == 26
    found = run(root, "--json", "--since", "2026-11-10")
    assert [week["week"] for week in json.loads(found.stdout)] == [
        "2026-W46",
        "2026-W47",
        "2026-W48",
    ]
    assert found.exit_code == 0


def test_weeks_that_have_not_come_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """History has nothing to tell of them either."""
    root = keep_vault(tmp_path / "vault")
    for command in ("trend", "history"):
        with pytest.raises(SystemExit) as end:
            main([command, "--vault", str(root), "--today", str(TODAY), "--since", "2026-12-01"])
        assert end.value.code == 2
        assert "2026-12-01 lies after 2026-11-25" in capsys.readouterr().err


# --- less than was asked ------------------------------------------------------------------


def test_without_git_logs_tell_what_they_can(tmp_path: Path) -> None:
    """It is said, marked week by week, and the exit code tells it too."""
    (tmp_path / "People").mkdir()
    (tmp_path / ADA).write_text("- 2026-11-18 coffee\n", encoding="utf-8")
    found = run(tmp_path)
    assert found.exit_code == 1
    assert "Git cannot tell how this vault stood: it is not kept in git." in found.stderr
    assert "2026-W46~  0\n2026-W47~  1  ░" in found.stdout
    assert "~ told by dated logs alone" in found.stdout


def test_less_history_than_asked_is_said(tmp_path: Path) -> None:
    """A young repository is no fault, unless more was asked of it."""
    root = keep_vault(tmp_path / "vault")
    assert (run(root).exit_code, run(root).stderr) == (0, "")
    found = run(root, "--since", "2026-10-01")
    assert found.exit_code == 1
    assert "Git remembers this vault only since 2026-11-01" in found.stderr


# --- the answers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ((18, 24), "Growing: 24 people know of you, 6 more than 1 week ago."),
        ((3, 3, 3), "Steady: 3 people know of you, as many as 2 weeks ago."),
        ((2, 1), "Smaller: 1 person knows of you, 1 fewer than 1 week ago."),
        ((9, *[9] * 10, 12), "Growing: 12 people know of you, 3 more than in June."),
        ((7,), "Size: 7 people know of you."),
        ((0, 2), "Growing: 2 people know of you, 2 more than 1 week ago."),
        ((1, 0), "Smaller: nobody knows of you, 1 fewer than 1 week ago."),
        ((0, 0), "Steady: nobody is noted to know of you, now or 1 week ago."),
        ((0,), "Size: nobody is noted to know of you."),
    ],
)
def test_whether_it_grows(sizes: tuple[int, ...], told: str) -> None:
    """The last week is compared with the first."""
    assert tell_trend(Trend(make_weeks(*sizes), 0))[0] == told


def test_what_git_does_not_remember_is_compared_with_care() -> None:
    """Of a week before the first commit only today's notes tell, and not all of them have days."""
    first, last = make_weeks(18, 24)
    weeks = (replace(first, remembered=False), last)
    assert tell_trend(Trend(weeks, 0))[0] == (
        "Growing: 24 people know of you, 6 more than 1 week ago, as far as today's notes tell of then."
    )


def test_whether_it_gets_closer() -> None:
    """What moved in the first week had moved before what is compared."""
    first, second, third = make_weeks(6, 6, 9)
    moved = (change(first, inward=9), change(second, inward=2, outward=1), third)
    assert tell_trend(Trend(moved, 0))[1] == (
        "Closer: 2 moved inward and 1 outward; 3 in the two inner rings, 1 more than then."
    )
    apart = (first, second, change(third, outward=1))
    assert tell_trend(Trend(apart, 0))[1].startswith("Less close: nobody moved inward and 1 out")
    assert tell_trend(Trend((first, second), 0))[1] == (
        "As close as before: nobody moved between rings; 2 in the two inner rings, as many as then."
    )
    assert tell_trend(Trend((first,), 0))[1] == "Closeness: 2 in the two inner rings."
    few = make_weeks(0, 1)
    assert tell_trend(Trend(few, 0))[1] == (
        "As close as before: nobody moved between rings; nobody in the two inner rings, then or now."
    )
    assert tell_trend(Trend((first, few[1]), 0))[1].endswith(
        "; nobody in the two inner rings, 2 fewer than then."
    )


def test_what_came_with_exposure() -> None:
    """The weeks from an exposure on stand beside the others; the first one can show nobody new."""
    weeks = list(make_weeks(*range(12)))
    assert tell_trend(Trend(tuple(weeks), 0))[2] == "Seen: no exposure is noted in that time."
    weeks[0] = change(weeks[0], came_to_know=9)
    weeks[2] = change(weeks[2], exposures=1, came_to_know=1)
    weeks[5] = change(weeks[5], came_to_know=1)
    assert tell_trend(Trend(tuple(weeks), 1))[2] == (
        "Seen: once, by 1 person you know. In the 4 weeks from then on, 2 people came to know of you; "
        "in the other 7, nobody."
    )
    weeks[4] = change(weeks[4], exposures=2)
    weeks[11] = change(weeks[11], exposures=1, came_to_know=3)
    assert tell_trend(Trend(tuple(weeks), 0))[2] == (
        "Seen: 4 times. In the 7 weeks soon after, 5 people came to know of you; in the other 4, nobody."
    )
    assert tell_trend(Trend((change(weeks[0], exposures=1),), 0))[2] == "Seen: once."


# --- the terminal -------------------------------------------------------------------------


def test_a_bar_for_each_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what happened beside it; nothing stands for none."""
    monkeypatch.setenv("COLUMNS", "80")
    assert run(keep_vault(tmp_path / "vault")).stdout == (
        "Steady: 1 person knows of you, as many as 4 weeks ago.\n"
        "Closer: 2 moved inward and nobody outward; 1 in the two inner rings, 1 more than then.\n"
        "Seen: once, by 1 person you know. In the 4 weeks from then on, 1 person came to know of you.\n"
        "\n"
        "week              in  out  exchanges  seen\n"
        "2026-W44   1  ░\n"
        "2026-W45   1  ░                          1\n"
        "2026-W46   2  ░░   1               1\n"
        "2026-W47   1  █    1               1\n"
        "2026-W48   1  █\n"
        "\n"
        "█ buddies, ▓ strategic, ░ lukewarm; one sign is one person\n"
    )


def test_a_narrow_terminal_without_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bars shrink to the room there is, and whoever is there has a sign."""
    terminal = io.BytesIO()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(terminal, "ascii", write_through=True))
    present.print_trend(Trend(make_weeks(1, 30, 100), 0), ["Growing: so."])
    assert terminal.getvalue().decode().splitlines() == [
        "Growing: so.",
        "",
        "2026-W23     1  -",
        "2026-W24    30  ##----",
        "2026-W25   100  #######-------------",
        "",
        "# buddies, = strategic, - lukewarm",
        "one sign is up to 5 people",
        "with 60 columns: moves, exchanges, seen",
    ]


def test_where_nothing_is_noted_there_is_nothing_to_draw(tmp_path: Path) -> None:
    """Half a year of noughts says no more than the sentences do."""
    root = start(tmp_path / "vault")
    commit(root, date(2026, 1, 1), {ADA: ""})
    assert run(root).stdout == (
        "Steady: nobody is noted to know of you, now or in June.\n"
        "As close as before: nobody moved between rings; nobody in the two inner rings, then or now.\n"
        "Seen: no exposure is noted in that time.\n"
    )


# --- the note -----------------------------------------------------------------------------


def test_the_note_is_kept(tmp_path: Path) -> None:
    """It is written once for the same numbers, and what stands outside the markers stays."""
    root = keep_vault(tmp_path / "vault")
    assert run(root, "--write").stderr == f"Wrote {NOTE}\n"
    note = root / NOTE
    written = note.read_text(encoding="utf-8")
    assert written.startswith(BEGIN)
    assert written.endswith(f"```\n\n{END}")
    assert "    bar [1, 1, 2, 1, 1]\n    line [0, 0, 0, 1, 1]\n" in written
    seen = note.stat().st_mtime_ns
    assert run(root, "--write").stderr == f"{NOTE} is up to date; nothing was written.\n"
    assert note.stat().st_mtime_ns == seen

    around = f"\ufeff# Mine\r\n{written}\n[[Bo Lund]], coffee \n\n".replace("Closer", "Else")
    note.write_text(around, encoding="utf-8", newline="")
    assert run(root, "--write", "--json").exit_code == 0
    assert note.read_bytes().decode() == f"\ufeff# Mine\r\n{written}\n[[Bo Lund]], coffee \n\n"


def test_line_ends_stay(tmp_path: Path) -> None:
    """In a note with the line ends of Windows, what is put in has them too."""
    root = keep_vault(tmp_path / "vault")
    (root / "Network").mkdir()
    (root / NOTE).write_bytes(f"mine\r\n{BEGIN}{END}yours".replace("%\n", "%\r\n").encode())
    run(root, "--write")
    text = (root / NOTE).read_bytes().decode()
    assert text.startswith("mine\r\n%% vaultnet:trend:begin %%\r\n\r\n- Steady: ")
    assert text.endswith("```\r\n\r\n%% vaultnet:trend:end %%\r\nyours")
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# My own thoughts on it\n", "it is yours"),
        (BEGIN, "damaged or doubled"),
        (END + BEGIN, "damaged or doubled"),
        (BEGIN + END + BEGIN + END, "damaged or doubled"),
        (BEGIN + "a line of %% vaultnet:trend:end %%\n" + END, "damaged or doubled"),
        (BEGIN + "<<<<<<< ours\n" + END, "merge conflict"),
        ("\xff", "not written in UTF-8"),
    ],
)
def test_a_note_that_cannot_be_kept_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    """It stays as it is, and it is told why."""
    root = keep_vault(tmp_path / "vault")
    (root / "Network").mkdir()
    (root / NOTE).write_text(text, encoding="latin-1", newline="")
    with pytest.raises(SystemExit) as end:
        main(["trend", "--vault", str(root), "--today", str(TODAY), "--write"])
    assert end.value.code == 1
    assert said in capsys.readouterr().err
    assert (root / NOTE).read_text(encoding="latin-1") == text


def test_the_note_tells_nothing_of_anybody(tmp_path: Path) -> None:
    """It is no contact, no plan, no evidence and no problem, wherever the plans lie."""
    root = keep_vault(tmp_path / "vault")
    (root / "vaultnet.toml").write_text('[plan]\nfolder = "People/Plans"\n', encoding="utf-8")
    before = read_vault(root, TODAY, TODAY)
    assert run(root, "--write").stderr == "Wrote People/Plans/Network trend.md\n"
    after = read_vault(root, TODAY, TODAY)
    assert set(after.paths) - set(before.paths) == {"People/Plans/Network trend.md"}
    assert after.network == before.network
    assert after.plans == {}
    assert questions.check_vault(after) == questions.check_vault(before)


def test_the_note_says_what_logs_alone_tell() -> None:
    """Whoever opens it later is not to take that for memory."""
    first, second = make_weeks(3, 6)
    fields = {name: getattr(first, name) for name in names_of(type(first))}
    alone = TrendWeek(**(fields | {"remembered": False}))
    text = draw_chart(Trend((alone, second), 0), "").text
    assert "- Who stood where until 2026-W23 is told by dated logs alone.\n" in text
    assert "```" not in draw_chart(Trend((alone,), 0), "").text


# --- Mermaid ------------------------------------------------------------------------------

CHART = re.compile(
    r"""```mermaid
xychart-beta
    title "[\w ,()*-]+"
    x-axis "week" \[(?P<names>"[\d/*]+"(?:, "[\d/*]+")*)\]
    y-axis "\w+" (?P<low>-?\d+) --> (?P<high>\d+)
    bar \[(?P<bars>-?\d+(?:, -?\d+)*)\]
    line \[(?P<line>-?\d+(?:, -?\d+)*)\]
```
"""
)


@pytest.mark.parametrize(("weeks", "columns"), [(2, 2), (26, 26), (27, 14), (120, 15), (520, 16)])
def test_charts_are_written_in_mermaids_grammar(weeks: int, columns: int) -> None:
    """Names differ, there is a number for each, and all of them lie within the axis."""
    told = [change(w, exchanges=2, outward=1) for w in make_weeks(*[*range(weeks)])]
    told[1] = change(told[1], exposures=1)
    text = draw_chart(Trend(tuple(told), 0), "").text
    charts = list(CHART.finditer(text))
    assert text.count("```mermaid") == len(charts) == 2
    for chart in charts:
        names = chart["names"].split(", ")
        bars, line = ([int(n) for n in chart[part].split(", ")] for part in ("bars", "line"))
        assert len(names) == len(set(names)) == len(bars) == len(line) == columns
        assert sum("*" in name for name in names) == 1
        low, high = int(chart["low"]), int(chart["high"])
        assert low <= 0 < high
        assert all(low <= number <= high for number in (*bars, *line))
    size, moved = charts
    assert size["bars"].split(", ")[-1] == str(weeks - 1)
    assert sum(map(int, moved["bars"].split(", "))) == 2 * weeks
    assert moved["line"].split(", ")[-1] == str(1 - weeks)
