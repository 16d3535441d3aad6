"""Makes a vault to measure on: invented people, the same ones for the same numbers.

python benchmarks/make_vault.py DIR --contacts 10000 --days 300 --others 0
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 25)
"""The day from which the vault is to be looked at; nothing in it is later."""
_SPAN = 1500
"""Days back to the earliest entry."""

_FIRST = """Aino Balder Cosima Dario Elspeth Farid Greta Hamo Ilse Jorun Kofi Linnea Malte Nerea Oda
Pranav Quirin Runa Sunniva Tarek Ulla Viggo Wanda Xenia Yrsa Zoran Amara Bruno Celik Dunja Ebbe
Fenja Gorm Hedda Ivo Jaana Kaspar Liv Mirko Nilo Orla Per Ragna Sten Tova Urs Vesna Wim Yannick
Zelda""".split()
_ONSET = "Bar Cor Dal Esk Fen Gar Hol Ing Jes Kel Lor Mar Nor Orm Pel Ros Sal Tor Ulv Ver".split()
_MIDDLE = "an en il om ur av ek is ol und".split()
_CODA = "berg feld gard holm kvist land mark nes quist rud stad strand thal vik wald".split()
_PLACES = "Bergen Ghent Graz Leeds Lund Malmö Nantes Oslo Porto Turin Tartu Utrecht".split()
_WORK = (
    "Brightwater Ferrolux Gridmark Halden Kestrel Lumina Northpier Ostara Quarrel Velder".split()
)
_WORK_END = "Labs|Energy|Health|Maps|Works|& Daughters|Institute|Transit".split("|")
_ROLES = """data engineer|head of platform|product manager|researcher|designer|recruiter|founder|
team lead|analyst|editor|consultant|site reliability engineer""".replace("\n", "").split("|")
_ABOUT = """early late small second quiet shared local northern rural open long old new joint public first winter
summer regional careful""".split()
_THING = """forecast migration survey budget thesis pilot workshop proposal register newsletter timetable archive
prototype bridge library garden festival tariff sensor map ferry orchard choir clinic harbour school mill
tunnel quarry lighthouse""".split()
_TOPICS = [
    f"{start} {about} {thing}"
    for start in ("the", "her", "his", "their", "my", "our", "a", "that")
    for about in _ABOUT
    for thing in _THING
]
"""Some 5,000, so that few sentences stand twice in a vault, as in life."""
_ENTRIES = """coffee: {topic}|call: {topic}|met at the {place} meetup, talked about {topic}|
message: asked how {topic} goes|reply: all well, {topic}|lunch in {place}, {topic}|
meeting: {topic} and what comes next|sent her the article on {topic}|helped me with {topic}|
wrote about {topic}, no answer yet|ran into each other in {place}; {topic}|
worked with them on {topic} for two days|zoom, half an hour, mostly {topic}|congratulated on {topic}|
thinking of {topic}; nothing to do""".replace("\n", "").split("|")
_LINES = """- Had coffee with {who}, {topic}|- Call with {who} about {topic}|- {who} wrote back: {topic}|
- Wrote to {who}|- Lunch with {who} in {place}|- Need to ask {who} about {topic}|- [ ] Send {who} the notes on
 {topic} 📅 2026-12-{dd}|- Reading what {who} published on {topic}""".replace("\n", "").split("|")
_IDLE = """- Slept badly, rain until noon|- Fixed the bike|- Long walk by the river|- Backup ran, 40 GB|
- Bread failed again|- Read about {topic}, forty pages|- Dentist|- Paid the rent, wrote the report""".replace(
    "\n", ""
).split("|")
_RELATIONS = "friend|close colleague|colleague|manager|client|mentor|acquaintance|mentee".split("|")


def make_vault(contacts: int, days: int, others: int) -> Iterator[tuple[str, str]]:
    """Yield path and text of each note: contacts, daily notes, and notes that have nothing to tell."""
    names = list(_make_names(contacts))
    for number, name in enumerate(names):
        yield f"People/{name[0]}/{name}.md", _make_contact(random.Random(f"c{number}"), name, names)
    for number in range(days):
        day = TODAY - timedelta(days=number)
        yield f"Journal/{day.year}/{day}.md", _make_day(random.Random(f"d{number}"), day, names)
    for number in range(others):
        yield (
            f"Notes/{number % 97:02}/Note {number:05}.md",
            _make_other(random.Random(f"o{number}")),
        )


def write_vault(folder: Path, contacts: int, days: int, others: int) -> None:
    """Write the vault into a folder that does not exist yet."""
    folder.mkdir(parents=True)
    (folder / "vaultnet.toml").write_text('heading = "grid balancing"\n', encoding="utf-8")
    for path, text in make_vault(contacts, days, others):
        place = folder / path
        if not place.parent.is_dir():
            place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8")


def _make_names(count: int) -> Iterator[str]:
    """Name as many people as are wanted, no two alike."""
    seen: set[str] = set()
    number = 0
    while len(seen) < count:
        dice = random.Random(f"n{number}")
        number += 1
        family = dice.choice(_ONSET) + dice.choice(_MIDDLE) + dice.choice(_CODA)
        if dice.random() < 0.3 or number > 20 * (len(seen) + 1):
            family += f"-{dice.choice(_ONSET)}{dice.choice(_CODA)}"
        name = f"{dice.choice(_FIRST)} {family}"
        if name not in seen:
            seen.add(name)
            yield name


def _make_contact(dice: random.Random, name: str, names: list[str]) -> str:
    """Write a contact: six in ten hardly kept, three with a short log, one with a long one."""
    kept = dice.random()
    header = ["type: person"]
    if dice.random() < 0.7:
        header.append(f'company: "[[{dice.choice(_WORK)} {dice.choice(_WORK_END)}]]"')
        header.append(f"role: {dice.choice(_ROLES)}")
    if dice.random() < 0.5:
        header.append(f"location: {dice.choice(_PLACES)}")
    if dice.random() < 0.3:
        header.append(f"email: {name.split(maxsplit=1)[0].lower()}@example.org")
    if dice.random() < 0.3 or kept > 0.8:
        header.append(f"relationship: {dice.choice(_RELATIONS)}")
    if dice.random() < 0.1:
        header += ["knows:", f'  - "[[{dice.choice(names)}]]"']
    if dice.random() < 0.05:
        header.append(f"needs: {dice.choice(_TOPICS).strip()}")
    if dice.random() < 0.05:
        header.append("they_know: my work")
    if dice.random() < 0.03:
        header.append("want_to_meet: true")
    if dice.random() < 0.1:
        header.append(f"birthday: 19{dice.randrange(60, 99)}-{dice.randrange(1, 13):02}-17")
    header.append("tags: [person, from-import]" if kept < 0.6 else "tags: [person]")
    count = dice.randrange(2) if kept < 0.6 else dice.randrange(1, 5) if kept < 0.9 else 10
    ago = sorted((dice.randrange(1, _SPAN) for _ in range(count)), reverse=True)
    log = [f"- {TODAY - timedelta(days=n)} {_say(dice, _ENTRIES)}" for n in ago]
    about = f"Met through {dice.choice(_PLACES)}. Likes {dice.choice(_TOPICS).strip()}."
    return "\n".join(["---", *header, "---", "", f"# {name}", "", about, "", "## Log", *log, ""])


def _make_day(dice: random.Random, day: date, names: list[str]) -> str:
    lines = [_say(dice, _IDLE) for _ in range(dice.randrange(2, 6))]
    lines += [_say(dice, _LINES, f"[[{dice.choice(names)}]]") for _ in range(dice.randrange(4))]
    dice.shuffle(lines)
    return "\n".join([f"# {day}", "", *lines, ""])


def _make_other(dice: random.Random) -> str:
    lines = [f"A thought on {dice.choice(_TOPICS).strip()}." for _ in range(dice.randrange(3, 12))]
    return "\n".join(["---", "tags: [note]", "---", "", "# A note", "", *lines, ""])


def _say(dice: random.Random, forms: list[str], who: str = "") -> str:
    return (
        dice.choice(forms)
        .strip()
        .format(
            topic=dice.choice(_TOPICS).strip(),
            place=dice.choice(_PLACES),
            who=who,
            dd=f"{dice.randrange(1, 29):02}",
        )
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a vault of invented people to measure on.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--contacts", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=300, help="daily notes")
    parser.add_argument("--others", type=int, default=0, help="notes that tell of nobody")
    given = parser.parse_args()
    write_vault(given.folder, given.contacts, given.days, given.others)
