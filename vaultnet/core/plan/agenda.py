"""What the calendar brings: birthdays, days you set, meetings with contacts."""

from __future__ import annotations

from datetime import date

from vaultnet.core.calendar import weekday
from vaultnet.core.marks import PAST
from vaultnet.core.model import Contact, Said, Section, Status, Words
from vaultnet.core.plan.prospects import Meeting
from vaultnet.core.plan.view import View, refer

_GONE = {Status.DIED, Status.DO_NOT_CONTACT, Status.ARCHIVED}


def fill_agenda(view: View, so_far: tuple[Section, ...]) -> Section:
    """List the week's days in order (contract, 5.1); who is planned anyway is not repeated."""
    planned = {p for s in so_far for a in s.actions for p in (a.contact, a.about)}
    found: list[tuple[date, str, str, Words]] = []
    planned |= view.met_this_week | view.people_of(view.staying)
    for path, day in view.ahead.birthday.items():
        words = Words("birthday", {"day": weekday(day), "who": refer(view.contact(path))})
        found.append((day, path, "birthday", words))
    for path, day in view.ahead.day_set.items():
        if path not in planned:
            words = Words("day_set", {"day": weekday(day), "who": refer(view.contact(path))})
            found.append((day, path, "day", words))
    found.extend(_appointments(view))
    found.extend(_kept_appointments(view))
    found.sort(key=lambda entry: entry[:3])
    return Section("week", Words("title_week"), notes=tuple(entry[3] for entry in found))


def find_birthday(view: View, contact: Contact) -> date | None:
    """Find a contact's birthday in this week."""
    if contact.birthday is None or contact.status in _GONE:
        return None
    return view.birthdays.get(contact.birthday)


def find_day_set(view: View, contact: Contact) -> date | None:
    """Find the day of this week until which you left a contact."""
    day = contact.not_before
    if day is None or contact.status in _GONE:
        return None
    return day if view.week.holds(day) else None


def foresee_meetings(view: View, path: str) -> tuple[Meeting, ...]:
    """Find what of this week was an appointment with a contact, or may have been."""
    return tuple(
        Meeting(i.day, i.source, i.kind)
        for i in view.network.with_contact(path)
        if view.monday <= i.day <= view.today and i.face_to_face
    )


def _appointments(view: View) -> list[tuple[date, str, str, Words]]:
    """Gather the meetings to come, one line for each that stands in one place."""
    meetings: dict[tuple[date, str, str], list[str]] = {}
    told: set[tuple[date, str]] = set()
    for a in view.network.evidence.appointments:
        twice = (a.day, a.contact) in told
        if view.week.holds(a.day) and view.contact(a.contact).status not in _GONE and not twice:
            meetings.setdefault((a.day, a.source, a.kind), []).append(a.contact)
            told.add((a.day, a.contact))
    return [
        (day, people[0], source, Words("appointment", _values(view, day, kind, people)))
        for (day, source, kind), people in meetings.items()
    ]


def _kept_appointments(view: View) -> list[tuple[date, str, str, Words]]:
    """Gather what was an appointment until its day came: it stays if it stands in the plan."""
    meetings: dict[tuple[date, str, str], list[str]] = {}
    for path, met in sorted(view.ahead.met.items()):
        for meeting in met:
            meetings.setdefault(meeting, []).append(path)
    return [
        (day, people[0], source, Words("appointment", _values(view, day, kind, people), PAST))
        for (day, source, kind), people in meetings.items()
    ]


def _values(view: View, day: date, kind: str, people: list[str]) -> dict[str, Said]:
    with_ = tuple(refer(view.contact(path)) for path in people[:3])
    return {
        "day": weekday(day),
        "kind": kind,
        "who": with_,
        "more": len(people) - len(with_),
        "name": view.contact(people[0]).name,
    }
