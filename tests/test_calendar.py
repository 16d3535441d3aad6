"""Days and weeks: read from what people type, and said the way people do."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultnet.core.calendar import (
    Week,
    ago,
    count,
    date_in_words,
    day_in_name,
    days_after,
    parse_day,
    parse_week,
    span,
    week_of,
    years_before,
)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2026-W48", Week(2026, 48)),
        (" 2026w8\n", Week(2026, 8)),
        ("2026-W53", Week(2026, 53)),
        ("2025-W53", None),
        ("2026-W00", None),
        ("0000-W01", None),
        ("9999-W52", Week(9999, 52)),
        ("2026-48", None),
        ("２０２６-W48", None),
        ("", None),
    ],
)
def test_a_week_is_read_as_iso_writes_it(text: str, week: Week | None) -> None:
    """`2026-W48`, if the year has such a week."""
    assert parse_week(text) == week


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    """The days around New Year may belong to the other year's week."""
    assert week_of(date(2027, 1, 3)) == Week(2026, 53)
    assert week_of(date(2024, 12, 30)) == Week(2025, 1)
    assert str(Week(2025, 1)) == "2025-W01"
    assert (Week(2025, 1).previous, Week(2026, 53).following) == (Week(2024, 52), Week(2027, 1))


@settings(deadline=None)
@given(st.dates())
def test_every_day_lies_in_its_own_week(day: date) -> None:
    """No day of the calendar is without its week, nor that week without neighbours."""
    week = week_of(day)
    assert week.holds(day)
    assert week.monday <= day <= week.sunday
    assert parse_week(str(week)) == week
    assert week.previous <= week <= week.following


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        (" 2026-11-23T10:30:00Z ", date(2026, 11, 23)),
        ("2026-11-23 10:30", date(2026, 11, 23)),
        ("2026-11-233", None),
        ("2026-11-23-24", None),
        ("2026-02-29", None),
        ("0000-01-01", None),
        ("23.11.2026", None),
        ("2026-1-3", None),
        ("", None),
    ],
)
def test_a_day_is_read_with_or_without_a_time(text: str, day: date | None) -> None:
    """`2026-11-23`, if there is such a day."""
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("name", "pattern", "day"),
    [
        ("2026-11-23", "YYYY-MM-DD", date(2026, 11, 23)),
        ("2026-11-23 Team lunch", "YYYY-MM-DD", date(2026, 11, 23)),
        ("2026-11-23_Team", "YYYY-MM-DD", date(2026, 11, 23)),
        ("2026-11-231", "YYYY-MM-DD", None),
        ("23.11.2026", "DD.MM.YYYY", date(2026, 11, 23)),
        ("2026-11-23", "DD.MM.YYYY", date(2026, 11, 23)),
        ("31.02.2026", "DD.MM.YYYY", None),
        ("3-1-26", "D-M-YY", date(2026, 1, 3)),
        ("20261123", "YYYYMMDD", date(2026, 11, 23)),
        ("Monday, November 23rd 2026", "dddd, MMMM Do YYYY", date(2026, 11, 23)),
        ("2026-11-23 mié", "YYYY-MM-DD ddd", date(2026, 11, 23)),
        ("23 Sept 2026", "D MMM YYYY", date(2026, 9, 23)),
        ("23 Ma 2026", "D MMM YYYY", None),
        ("Journal 2026-11-23", "[Journal] YYYY-MM-DD", date(2026, 11, 23)),
        ("2026-11-23", "YYYY/MM/YYYY-MM-DD", date(2026, 11, 23)),
        ("Daily/1999/01/2026-11-23", "YYYY/MM/YYYY-MM-DD", date(2026, 11, 23)),
        ("Daily/2026/11/23", "YYYY/MM/DD", date(2026, 11, 23)),
        ("23", "YYYY/MM/DD", None),
        ("2026-W48", "gggg-[W]ww", None),
        ("Ada", "", None),
        ("", "YYYY-MM-DD", None),
    ],
)
def test_a_dated_note_tells_its_day_in_its_name(name: str, pattern: str, day: date | None) -> None:
    """By the format of the daily notes, or as the first word of the name."""
    assert day_in_name(name, pattern) == day


@settings(deadline=None)
@given(
    st.text(st.sampled_from("0123456789-/. aéW²")) | st.text(),
    st.text(st.sampled_from("YMDdoQgGWw[]-/. \\(?*")) | st.text(),
)
def test_no_name_and_no_format_makes_reading_raise(name: str, pattern: str) -> None:
    """Whatever stands in Obsidian's settings, a name yields a day or none."""
    assert day_in_name(name, pattern) is None or name


@pytest.mark.parametrize("pattern", ["DM" * 50, "dddd" * 25, "MMMMdddd" * 12, "D" * 10**6])
def test_no_format_makes_reading_slow(pattern: str) -> None:
    """A format made to try every way of splitting a name is answered at once."""
    for letter in "1a":
        assert day_in_name(letter * 250 + "!", pattern) is None


@settings(deadline=None)
@given(st.dates())
def test_a_day_in_any_common_format_is_read_back(day: date) -> None:
    """What Obsidian names a daily note, we read as that day."""
    for pattern, name in {
        "YYYY-MM-DD": f"{day:%Y-%m-%d}".rjust(10, "0"),
        "D. MMMM YYYY": f"{date_in_words(day).replace(' ', '. ')} {day.year:04}",
        "YYYYMMDD": f"{day.year:04}{day.month:02}{day.day:02}",
    }.items():
        assert day_in_name(name, pattern) == day


def test_days_and_years_are_counted_without_falling_off_the_calendar() -> None:
    """29 February has 28 for its like in other years; the calendar's ends hold."""
    assert days_after(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert days_after(date(2026, 1, 1), -1) == date(2025, 12, 31)
    assert days_after(date.max, 10**20) == date.max
    assert days_after(date.min, -1) == date.min
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    assert years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)
    assert years_before(date(2, 2, 28), 3) == date(1, 2, 28)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "no weeks"),
        (1, "one week"),
        (6, "six weeks"),
        (12, "twelve weeks"),
        (13, "13 weeks"),
        (-1, "-1 weeks"),
    ],
)
def test_small_numbers_are_said_as_words(number: int, said: str) -> None:
    """With the noun in its number."""
    assert count(number, "week") == said


def test_a_noun_may_bring_its_own_plural() -> None:
    """As people do."""
    assert (count(1, "person", "people"), count(14, "person", "people")) == (
        "one person",
        "14 people",
    )


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "23–29 November"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 November – 6 December"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 – 3 January 2027"),
        (date(2026, 12, 7), date(2026, 12, 7), "7 December"),
    ],
)
def test_a_span_says_no_more_than_it_must(first: date, last: date, said: str) -> None:
    """Month and year are told once where they are the same."""
    assert span(first, last) == said


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (-400, "on 28 December 2027"),
        (-14, "on 7 December"),
        (-3, "on Thursday"),
        (0, "on Monday"),
        (4, "last Thursday"),
        (7, "a week ago"),
        (10, "ten days ago"),
        (11, "eleven days ago"),
        (28, "four weeks ago"),
        (73, "ten weeks ago"),
        (74, "in September"),
        (329, "in December"),
        (330, "in December 2025"),
    ],
)
def test_ago_is_said_the_way_people_do(gap: int, said: str) -> None:
    """By weekday, then weeks, then month, then year; from Monday 23 November 2026."""
    monday = date(2026, 11, 23)
    assert ago(monday - timedelta(gap), monday) == said


@given(
    st.text(st.sampled_from("0123456789-T ²٣W"), max_size=14)
    | st.from_regex(r"\d{4}-[01]\d-[0-3]\d.?")
)
def test_a_day_is_read_where_it_stands_alone(text: str) -> None:
    """A day is four, two and two digits of ASCII, with no other digit or dash behind them."""
    match = re.match(r"(?a)(\d{4}-\d{2}-\d{2})(?![\d-])", text.strip())
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:
        day = None

    assert parse_day(text) == day
