"""Days and weeks: from the text that names them to values, and back to words."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from vaultnet.core.frozen import frozen
from vaultnet.core.pattern import lazy_pattern

WEEK_DAYS = 7
_LONGEST_PATTERN = 100
_NOT_BEHIND = frozenset("0123456789-")
"""What stands behind a day of which it makes something else."""
_DIGIT = lazy_pattern("[0-9]")
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


@frozen(order=True)
class Week:
    """An ISO week; `str()` is `2026-W48`."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return days_after(self.monday, WEEK_DAYS - 1)

    @property
    def previous(self) -> Week:
        """The week before."""
        return week_of(days_after(self.monday, -1))

    @property
    def following(self) -> Week:
        """The week after."""
        return week_of(days_after(self.sunday, 1))

    def holds(self, day: date) -> bool:
        """Whether the day lies in this week."""
        return self.monday <= day <= self.sunday


def week_of(day: date) -> Week:
    """Find the ISO week of a day; days at the turn of a year may belong to the other year."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def days_after(day: date, days: int) -> date:
    """Count days on, or back where negative; stops at the calendar's own first and last day."""
    ordinal = day.toordinal() + days
    if ordinal < 1:
        return date.min
    return date.fromordinal(ordinal) if ordinal <= _LAST else date.max


_LAST = date.max.toordinal()


@lru_cache(maxsize=16)  # one day is looked back from for everybody
def years_before(day: date, years: int) -> date:
    """Find the same day of an earlier year; for 29 February, 28 where there is no 29th."""
    year = max(day.year - years, date.min.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def parse_week(text: str) -> Week | None:
    """Read `2026-W48`; None where it names no week."""
    match = re.fullmatch(r"(\d{4})-?[Ww](\d{1,2})", text.strip(), re.ASCII)
    if not match:
        return None
    week = Week(int(match[1]), int(match[2]))
    try:
        _ = week.monday
    except ValueError:
        return None
    return week


def parse_day(text: str) -> date | None:
    """Read `2026-11-23`, with or without a time behind it; None where it names no day."""
    text = text.strip()
    day, behind = text[:10], text[10:11]
    if day[4:5] != "-" or day[7:8] != "-" or not day.isascii() or behind in _NOT_BEHIND:
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def day_in_name(name: str, pattern: str = "YYYY-MM-DD") -> date | None:
    """Read the day of a dated note from its name, by moment.js tokens or as its first word.

    `2026-11-23`, `2026-11-23 Team lunch`, and whatever the pattern says, as `23.11.2026`. A path
    without ending (`Daily/2026/11/23`) is read too, for a pattern that spreads the day over folders.
    """
    if not _DIGIT.search(name):
        return None
    folders, _, name = name.rpartition("/")
    *parents, last = pattern.split("/")
    numbers = _read_moment(name, last or "YYYY-MM-DD")
    if parents and not numbers:
        path = "/".join([*folders.split("/")[-len(parents) :], name])
        numbers = _read_moment(path, pattern)
    if numbers:
        try:
            return date(*numbers)
        except ValueError:
            return None
    return parse_day(name[:10]) if not name[10:11].isdigit() else None


def _read_moment(text: str, pattern: str) -> tuple[int, int, int] | None:
    """Read year, month and day; None where the text does not tell all three."""
    compiled = _moment_pattern(pattern)
    match = compiled.fullmatch(text) if compiled else None
    found = match.groupdict() if match else {}
    year = found.get("year") or ("20" + found["short"] if "short" in found else "")
    month = found.get("month") or _month_number(found.get("named", ""))
    day = found.get("day")
    return (int(year), int(month), int(day)) if year and month and day else None


@lru_cache(maxsize=16)
def _moment_pattern(pattern: str) -> re.Pattern[str] | None:
    """Turn moment.js tokens into a regular expression; None for what is no sensible format."""
    if len(pattern) > _LONGEST_PATTERN:
        return None
    tokens = {
        "YYYY": r"(?P<year>[0-9]{4})",
        "YY": r"(?P<short>[0-9]{2})",
        "MMMM": r"(?P<named>[A-Za-z]++)",
        "MMM": r"(?P<named>[A-Za-z]++)",
        "MM": r"(?P<month>[0-9]{2})",
        "M": r"(?P<month>[0-9]{1,2})",
        "DD": r"(?P<day>[0-9]{2})",
        "Do": r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)",
        "D": r"(?P<day>[0-9]{1,2})",
        "dddd": r"[^\W\d_]++",
        "ddd": r"[^\W\d_]++",
        "dd": r"[^\W\d_]++",
        "d": r"[0-9]",
        "GGGG": r"[0-9]{4}",
        "gggg": r"[0-9]{4}",
        "WW": r"[0-9]{2}",
        "ww": r"[0-9]{2}",
        "W": r"[0-9]{1,2}+",
        "w": r"[0-9]{1,2}+",
        "Q": r"[0-9]",
        "HH": r"[0-9]{2}",
        "mm": r"[0-9]{2}",
        "ss": r"[0-9]{2}",
    }
    parts: list[str] = []
    used: set[str] = set()
    for literal, token, char in re.findall(
        r"\[([^\]]*)\]|(YYYY|YY|MMMM|MMM|MM|M|Do|DD|D|dddd|ddd|dd|d|GGGG|gggg|WW|ww|W|w|Q|HH|mm|ss)|(.)",
        pattern,
    ):
        if not token:
            parts.append(re.escape(literal or char))
            continue
        piece = tokens[token]
        name = re.match(r"\(\?P<(\w+)>", piece)
        if name and name[1] in used:
            # never given back once matched, so that no format can make matching slow
            piece = re.sub(r"\(\?P<\w+>", "(?>", piece)
        elif name:
            used.add(name[1])
        parts.append(piece)
    return re.compile("".join(parts))


def _month_number(name: str) -> int | None:
    for number, month in enumerate(_MONTHS, start=1):
        if len(name) > 2 and month.lower().startswith(name.lower()):
            return number
    return None


def count(number: int, noun: str, plural: str = "") -> str:
    """Say a number with its noun: `one week`, `six weeks`, `14 people`."""
    word = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)
    return f"{word} {noun if number == 1 else plural or noun + 's'}"


def month(day: date) -> str:
    """Name the month: `November`."""
    return _MONTHS[day.month - 1]


def weekday(day: date) -> str:
    """Name the day of the week: `Thursday`."""
    return _WEEKDAYS[day.weekday()]


def span(first: date, last: date) -> str:
    """Say a range of days: `23–29 November`, `30 November – 6 December`, `7 December`."""
    if first == last:
        return date_in_words(first)
    if first.year != last.year:
        return f"{date_in_words(first)} {first.year} – {date_in_words(last)} {last.year}"
    if first.month != last.month:
        return f"{date_in_words(first)} – {date_in_words(last)}"
    return f"{first.day}–{last.day} {month(last)}"


def date_in_words(day: date) -> str:
    """Say a day within the year: `7 December`."""
    return f"{day.day} {month(day)}"


def ago(day: date, today: date) -> str:
    """Say how long ago a day was, the way people do: `last Thursday`, `six weeks ago`, `in June 2024`.

    Reckoned from `today`, for a plan its Monday; days of that week and later read by weekday.
    """
    gap = (today - day).days
    if gap < WEEK_DAYS:
        return _near(day, gap)
    if gap < 2 * WEEK_DAYS:
        return "a week ago" if gap == WEEK_DAYS else f"{count(gap, 'day')} ago"
    weeks = round(gap / WEEK_DAYS)
    if weeks <= 10:
        return f"{count(weeks, 'week')} ago"
    if gap < 330:
        return f"in {month(day)}"
    return f"in {month(day)} {day.year}"


def _near(day: date, gap: int) -> str:
    if gap > 0:
        return f"last {weekday(day)}"
    if gap > -WEEK_DAYS:
        return f"on {weekday(day)}"
    return f"on {date_in_words(day)}" if gap > -330 else f"on {date_in_words(day)} {day.year}"
