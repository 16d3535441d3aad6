"""What a command is to write into notes: a new vault, one line in a log, a new contact."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from vaultnet import config, vault, writer
from vaultnet.app.plans import decode, refuse_half
from vaultnet.core.calendar import parse_day
from vaultnet.core.contacts import gather_people, read_person, read_rules
from vaultnet.core.evidence import find_evidence
from vaultnet.core.frozen import frozen
from vaultnet.core.model import (
    Contact,
    Evidence,
    Interaction,
    Source,
)
from vaultnet.core.notes import read_note
from vaultnet.core.text import clean, link
from vaultnet.errors import DiskError, UsageError, VaultnetError
from vaultnet.reading import Reading

if TYPE_CHECKING:
    from vaultnet.core import edit


CONTACT_TEMPLATE = """\
---
type: person
created: "{{date:YYYY-MM-DD}}"
aliases: []
company:
role:
relationship:
they_know:
purpose:
birthday:
---

# {{title}}

## Log

"""
"""For Obsidian's core plugin Templates. The placeholder in the front matter keeps the template
itself from being taken for a person; an empty property says nothing."""


def start_vault(root: Path, template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write `vaultnet.toml` and a contact template; what exists already stays as it is.

    `template` is the template's path. Returns the paths written and those that were there.
    """
    written, there = [], []
    with writer.locked(root):
        for path, text in (("vaultnet.toml", config.explain()), (template, CONTACT_TEMPLATE)):
            if os.path.lexists(root / path):
                there.append(path)
            else:
                writer.create_note(root, path, text)
                written.append(path)
    return tuple(written), tuple(there)


def template_path(root: Path) -> str:
    """Find where a contact template belongs: Obsidian's own folder for templates, if there is one."""
    obsidian, problems = vault.read_obsidian(root)
    for problem in problems:
        if problem.path == ".obsidian/templates.json":
            kind = DiskError if problem.code == vault.DISK else VaultnetError
            raise kind(f"Where your templates lie is not known: {problem}.")
    folder = obsidian.template_folders[0] if obsidian.template_folders else "Templates"
    return f"{folder}/Contact.md"


@frozen
class LogDraft:
    """A log entry as it will stand in its note, and how it is read there."""

    contact: Contact
    path: str
    change: edit.Change
    before: bytes
    """What stands on disk."""
    told: tuple[Interaction, ...]
    """What the entry tells, of this contact and others."""
    coming: bool
    """Whether it tells of an appointment."""


def draft_log(
    reading: Reading, contact: Contact, day: date, text: str, others: Sequence[Contact] = ()
) -> LogDraft:
    """Lay out a log entry; writes nothing. `others` were there too."""
    from vaultnet.core import edit  # noqa: PLC0415 - what a plan does not need is loaded where it is used

    words = clean(text)
    if not words:
        raise UsageError("There is nothing to log: say what happened.")
    if parse_day(words.partition(" ")[0].rstrip(":,")):
        raise UsageError("Name the day with --on; the text says only what happened.")
    before = writer.read_bytes(reading.root, contact.path)
    old = decode(before)
    if before is None or old is None:
        raise VaultnetError(f"{contact.path} is no longer a note in UTF-8; nothing was written.")
    tell = lru_cache(maxsize=4)(partial(_tell, reading, contact.path))
    links = [link(reading.links.best_link(other.path)) for other in others]
    entry = edit.Entry(day, edit.add_people(words, links))
    change = edit.append_entry(
        Source(contact.path, old),
        entry,
        reading.settings.log_headings,
        reading.obsidian.daily_format,
        tell,
    )
    if isinstance(change, edit.Refused):
        raise VaultnetError(str(change))
    if len(change.text.encode("utf-8", "replace")) > writer.LARGEST:
        raise VaultnetError(f"{contact.path} would be larger than 1 MiB; nothing was written.")
    found = tell(change.text)
    return LogDraft(
        contact,
        contact.path,
        change,
        before,
        told=tuple(i for i in found.interactions if i.line == change.line),
        coming=any(a.line == change.line for a in found.appointments),
    )


def write_log(
    reading: Reading, contact: Contact, day: date, text: str, others: Sequence[Contact] = ()
) -> LogDraft:
    """Write a log entry into the note as it is now, not as it was when the vault was read."""
    with writer.locked(reading.root):
        refuse_half(reading)
        draft = draft_log(reading, contact, day, text, others)
        writer.write_note(
            reading.root, draft.path, draft.change.text, before=draft.before, removable=()
        )
    return draft


def _tell(reading: Reading, path: str, text: str) -> Evidence:
    """Find what one contact's note would tell if this were its text."""
    note = read_note(Source(path, text))
    return find_evidence(
        [note],
        reading.people.contacts,
        reading.links.resolve,
        reading.settings,
        reading.obsidian,
        reading.today,
        reading.today,
    )


@frozen
class NewDraft:
    """A contact's note that is not there yet."""

    path: str
    text: str
    remarks: tuple[str, ...]
    """What is good to know: a name made safe, a template that could not be used."""


def draft_new(reading: Reading, name: str, properties: Sequence[tuple[str, str]] = ()) -> NewDraft:
    """Lay out a new contact's note; writes nothing. Properties are given as they are typed."""
    from vaultnet.core import edit, filenames  # noqa: PLC0415 - as above

    safe = filenames.safe_name(name)
    if not safe:
        raise UsageError(f"'{name}' holds nothing that a file could be called.")
    folders = Counter(contact.path.rpartition("/")[0] for contact in reading.people.contacts)
    folder = max(sorted(folders), key=folders.__getitem__, default="People")
    path = f"{folder}/{safe}.md".lstrip("/")
    paths = set(reading.links.exact.values())
    same = filenames.find_collisions(path, paths)
    if same:
        raise VaultnetError(
            f"{same[0]} is there already, and on some disks {path} would be the same file; "
            "nothing was written."
        )
    remarks = [] if safe == name.strip() else [f"The note is called '{safe}', safe everywhere."]
    namesakes = [
        p for p in paths if filenames.find_collisions(f"{safe}.md", [p.rpartition("/")[2]])
    ]
    if namesakes:
        remarks.append(f"{min(namesakes)} has the same name: link each of them by its path.")
    text, remark = _fill_template(reading, path, safe)
    for key, typed in properties:
        change = edit.set_property(Source(path, text), key, edit.read_value(typed))
        if isinstance(change, edit.Refused):
            raise VaultnetError(str(change))
        text = change.text
    _check_new(reading, path, text)
    return NewDraft(path, text, (*remarks, *filter(None, [remark])))


def write_new(reading: Reading, draft: NewDraft) -> None:
    """Create the note; what is there already stays as it is."""
    with writer.locked(reading.root):
        refuse_half(reading)
        writer.create_note(reading.root, draft.path, draft.text)


def _fill_template(reading: Reading, path: str, title: str) -> tuple[str, str]:
    """Fill the vault's own contact template, or the built-in one; and say why not the former."""
    from vaultnet.core import fill  # noqa: PLC0415 - as above

    own = "Your own template"
    built_in = fill.fill_template(CONTACT_TEMPLATE, title, reading.today)
    try:
        own = template_path(reading.root)
        raw = writer.read_bytes(reading.root, own)
    except DiskError:
        raise
    except VaultnetError as error:
        return built_in, f"{own} was not used: {error}"
    if raw is None or not raw.strip():
        return built_in, ""
    text = decode(raw)
    if text is None:
        return built_in, f"{own} was not used: it is not written in UTF-8."
    text = fill.fill_template(text.removeprefix("\ufeff"), title, reading.today)
    open_mark = fill.find_placeholder(text)
    if open_mark:
        return built_in, f"{own} was not used: only a plugin can fill {open_mark}."
    problems = read_note(Source(path, text)).problems
    if problems:
        return built_in, f"{own} was not used: {problems[0].message}."
    return text, ""


def _check_new(reading: Reading, path: str, text: str) -> None:
    """See that the note will be read as a contact, and understood."""
    note = read_note(Source(path, text))
    person = read_person(note, read_rules(reading.settings, reading.obsidian))
    people = gather_people((*reading.persons, person), reading.settings, reading.links.resolve)
    for problem in (*note.problems, *people.problems):
        if problem.path == path:
            raise VaultnetError(f"{problem.message}. Nothing was written.")
    if path not in {contact.path for contact in people.contacts}:
        raise VaultnetError(
            f"{path} would not be read as a contact (by its name, its folder or its properties); "
            "nothing was written. Try --set type=person, or another name."
        )
