"""Makes a repository to measure on: a vault of invented people, as it grew week by week.

python benchmarks/make_history.py DIR --commits 5000 --contacts 7000 --days 1400 --others 1600

The same numbers give the same commits. What the notes of `make_vault.py` tell is committed when it
happened: log entries and daily notes on their days, most people at the start, others on the way. Some
notes are renamed, some go, some people become colleagues or friends.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from make_vault import TODAY, make_vault

START = TODAY - timedelta(days=4 * 365)
"""The day of the first commit; the last one is on the day before `TODAY`."""
_ENTRY = re.compile(r"^- (\d{4}-\d{2}-\d{2}) ")
_TURNS = (
    "relationship: colleague",
    "relationship: friend",
    "they_know: would recommend",
    "ring: cold",
)


@dataclass(frozen=True, slots=True)
class Event:
    """What changes in one note on one day."""

    day: date
    path: str
    text: str
    """What stands there from then on; empty: nothing."""
    before: str = ""
    """Where it stood, for a note that is renamed."""


def make_events(contacts: int, days: int, others: int) -> list[Event]:
    """Tell how a vault came to be, in the order of days."""
    events: list[Event] = []
    for number, (path, text) in enumerate(make_vault(contacts, days, others)):
        dice = random.Random(f"h{number}")
        events += (
            _tell_contact(dice, path, text)
            if "\n## Log\n" in text
            else _tell_note(dice, path, text)
        )
    return sorted(events, key=lambda event: (event.day, event.path))


def _tell_contact(dice: random.Random, path: str, text: str) -> Iterator[Event]:
    """Let a contact's log grow; some are renamed, become somebody, or go."""
    head, _, log = text.partition("\n## Log\n")
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for line in log.splitlines():
        if match := _ENTRY.match(line):
            by_day[max(date.fromisoformat(match[1]), START)].append(line)
    first = min(by_day, default=TODAY)
    born = START if dice.random() < 0.6 else min(_any_day(dice, START), first)
    by_day.setdefault(born, [])
    turn = _any_day(dice, born) if dice.random() < 0.05 else None
    renamed = _any_day(dice, born) if dice.random() < 0.02 else None
    gone = _any_day(dice, born) if dice.random() < 0.01 else None
    lines: list[str] = []
    stood = ""
    for day in sorted({*by_day, *filter(None, (turn, renamed, gone))}):
        lines += by_day.get(day, [])
        if day == gone:
            yield Event(day, stood, "")
            return
        if day == turn:
            key, _, _ = (added := dice.choice(_TURNS)).partition(":")
            head = re.sub(rf"^{key}:.*\n", "", head, flags=re.MULTILINE)
            head = head.replace("---\n", f"---\n{added}\n", 1)
        now = path
        if renamed and day >= renamed:
            now = path.replace(".md", " (new).md")
        before = stood if stood and stood != now else ""
        yield Event(day, now, "\n".join([head, "## Log", *lines, ""]), before)
        stood = now


def _tell_note(dice: random.Random, path: str, text: str) -> Iterator[Event]:
    """Write a daily note on its day, and any other in one go or in two."""
    if match := re.search(r"/(\d{4}-\d{2}-\d{2})\.md$", path):
        yield Event(max(date.fromisoformat(match[1]), START), path, text)
        return
    born = START if dice.random() < 0.4 else _any_day(dice, START)
    if dice.random() < 0.5:
        yield Event(born, path, text[: len(text) // 2] + "\n")
        born = _any_day(dice, born)
    yield Event(born, path, text)


def _any_day(dice: random.Random, since: date) -> date:
    return since + timedelta(days=dice.randrange(1, max((TODAY - since).days, 2)))


# --- into git -----------------------------------------------------------------------------


def write_history(folder: Path, events: Sequence[Event], commits: int) -> None:
    """Write a repository into a folder that does not exist yet, and check its last commit out."""
    folder.mkdir(parents=True)
    run = ["git", "-C", str(folder)]
    subprocess.run([*run, "init", "-q", "-b", "main"], check=True)
    subprocess.run(
        [*run, "fast-import", "--quiet", "--done"],
        input=b"".join(_as_stream(events, commits)),
        check=True,
    )
    subprocess.run([*run, "checkout", "-q", "main"], check=True)


def _as_stream(events: Sequence[Event], commits: int) -> Iterator[bytes]:
    """Cut the events into commits, the first one with all that is there at the start."""
    start = sum(event.day == START for event in events)
    settings = Event(START, "vaultnet.toml", 'heading = "grid balancing"\n')
    yield from _commit(START, 0, [settings, *events[:start]])
    left = events[start:]
    cuts = [len(left) * n // (commits - 1) for n in range(commits)]
    for number, (first, last) in enumerate(itertools.pairwise(cuts), 1):
        yield from _commit(left[max(last, 1) - 1].day, number, left[first:last])
    yield b"done\n"


def _commit(day: date, number: int, events: Iterable[Event]) -> Iterator[bytes]:
    moment = int(datetime.combine(day, time(9), UTC).timestamp()) + number % 3600
    by_path: Mapping[str, Event] = {event.path: event for event in events}
    yield f"commit refs/heads/main\ncommitter Ada <ada@example.org> {moment} +0100\n".encode()
    yield b"data 5\nnotes\n"
    for event in by_path.values():
        if event.before:
            yield f'D "{event.before}"\n'.encode()
        if event.text:
            raw = event.text.encode()
            yield f'M 100644 inline "{event.path}"\ndata {len(raw)}\n'.encode() + raw + b"\n"
        else:
            yield f'D "{event.path}"\n'.encode()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a repository to measure on.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--commits", type=int, default=5000)
    parser.add_argument("--contacts", type=int, default=7000)
    parser.add_argument("--days", type=int, default=1400, help="daily notes")
    parser.add_argument("--others", type=int, default=1600, help="notes that tell of nobody")
    given = parser.parse_args()
    write_history(
        given.folder, make_events(given.contacts, given.days, given.others), given.commits
    )
