"""Days and weeks: from the text that names them to values, and back to words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

WEEK_DAYS = 7
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


@dataclass(frozen=True, slots=True, order=True)
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
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def previous(self) -> Week:
        """The week before."""
        return week_of(self.monday - timedelta(days=1))

    @property
    def following(self) -> Week:
        """The week after."""
        return week_of(self.sunday + timedelta(days=1))

    def holds(self, day: date) -> bool:
        """Whether the day lies in this week."""
        return self.monday <= day <= self.sunday


def week_of(day: date) -> Week:
    """Find the ISO week of a day; days at the turn of a year may belong to the other year."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def parse_week(text: str) -> Week | None:
    """Read `2026-W48`; None where it names no week."""
    match = re.fullmatch(r"(\d{4})-?[Ww](\d{1,2})", text.strip(), re.ASCII)
    if not match:
        return None
    week = Week(int(match[1]), int(match[2]))
    try:
        _ = week.monday, week.sunday
    except ValueError:
        return None
    return week


def parse_day(text: str) -> date | None:
    """Read `2026-11-23`, with or without a time behind it; None where it names no day."""
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])", text.strip(), re.ASCII)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def day_in_name(name: str, pattern: str = "YYYY-MM-DD") -> date | None:
    """Read the day of a dated note from its name, by moment.js tokens or as its first word.

    `2026-11-23`, `2026-11-23 Team lunch`, and whatever the pattern says, as `23.11.2026`.
    """
    last = pattern.rsplit("/", 1)[-1] or "YYYY-MM-DD"
    match = _moment_pattern(last).fullmatch(name)
    if match:
        found = match.groupdict()
        year = found.get("year") or (f"20{found['short']}" if found.get("short") else "")
        month = found.get("month") or _month_number(found.get("named", ""))
        if year and month and found.get("day"):
            try:
                return date(int(year), int(month), int(found["day"]))
            except ValueError:
                return None
    return parse_day(name[:10]) if not name[10:11].isdigit() else None


@lru_cache(maxsize=16)
def _moment_pattern(pattern: str) -> re.Pattern[str]:
    tokens = {
        "YYYY": r"(?P<year>\d{4})",
        "YY": r"(?P<short>\d{2})",
        "MMMM": r"(?P<named>[A-Za-z]+)",
        "MMM": r"(?P<named>[A-Za-z]+)",
        "MM": r"(?P<month>\d{2})",
        "M": r"(?P<month>\d{1,2})",
        "DD": r"(?P<day>\d{2})",
        "Do": r"(?P<day>\d{1,2})(?:st|nd|rd|th)",
        "D": r"(?P<day>\d{1,2})",
        "dddd": r"[^\W\d_]+",
        "ddd": r"[^\W\d_]+",
        "dd": r"[^\W\d_]+",
        "d": r"\d",
        "GGGG": r"\d{4}",
        "gggg": r"\d{4}",
        "WW": r"\d{2}",
        "ww": r"\d{2}",
        "W": r"\d{1,2}",
        "w": r"\d{1,2}",
        "Q": r"\d",
        "HH": r"\d{2}",
        "mm": r"\d{2}",
        "ss": r"\d{2}",
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
            piece = re.sub(r"\(\?P<\w+>", "(?:", piece)
        elif name:
            used.add(name[1])
        parts.append(piece)
    return re.compile("".join(parts), re.ASCII)


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
    """Say a range of days: `23–29 November`, `30 November – 6 December`."""
    if first.year != last.year:
        return f"{date_in_words(first)} {first.year} – {date_in_words(last)} {last.year}"
    if first.month != last.month:
        return f"{date_in_words(first)} – {date_in_words(last)}"
    return f"{first.day}–{last.day} {month(last)}"


def date_in_words(day: date) -> str:
    """Say a day within the year: `7 December`."""
    return f"{day.day} {month(day)}"


def ago(day: date, today: date) -> str:
    """Say how long ago a day was, the way people do: `on Thursday`, `six weeks ago`, `in June 2024`.

    Reckoned from `today`, for a plan its Monday; days of that week and later read by weekday.
    """
    gap = (today - day).days
    if gap <= 0:
        return f"on {weekday(day)}" if gap > -WEEK_DAYS else f"on {date_in_words(day)}"
    if gap <= WEEK_DAYS:
        return f"on {weekday(day)}" if gap < WEEK_DAYS else "a week ago"
    weeks = round(gap / WEEK_DAYS)
    if weeks == 1:
        return "a week ago"
    if weeks <= 10:
        return f"{count(weeks, 'week')} ago"
    if gap < 330:
        return f"in {month(day)}"
    return f"in {month(day)} {day.year}"
