"""The words: every value that crosses a room's threshold, and nothing that acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import IntEnum, StrEnum
from typing import Protocol, TypeAlias

from vaultnet.core.frozen import fresh, frozen

Value: TypeAlias = str | int | float | bool | list["Value"] | dict[str, "Value"] | None
"""What front matter can hold, by YAML 1.2 core: dates and times are strings."""


# --- what is read -------------------------------------------------------------------------


@frozen
class Source:
    """A note as its spring (disk or git) gives it: path from the vault's root, and text."""

    path: str
    """With forward slashes, as `People/Ada Lovelace.md`; in the file system's own letters."""
    text: str
    """Without byte order mark; line ends as they stand in the file."""


class Severity(StrEnum):
    """How much a problem matters: an error hides something, a warning may, a hint does not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@frozen(order=True)
class Problem:
    """A fault in a note: gathered, never raised. `str()` is `People/Ada.md:10: message`."""

    path: str
    line: int
    """Counted from 1; 0 where the whole file is meant."""
    code: str
    """Short and stable, as `front-matter`, `unknown-value`, `conflict-copy`."""
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


@frozen
class Link:
    """A link to a note as it is written: `[[People/Ada#Log|Ada]]`, `[Ada](People/Ada.md)`."""

    target: str
    """Name or path without heading and block, percent-decoded, `.md` removed: `People/Ada`."""
    shown: str
    """The text a reader sees."""
    start: int
    """Where the link begins in the text it was found in, in characters."""
    end: int
    """Where it ends, exclusive."""


class Form(StrEnum):
    """What a line is."""

    HEADING = "heading"
    ITEM = "item"
    """A list item, bulleted or numbered, without a box."""
    TASK = "task"
    """A list item with a box: `- [ ] …`."""
    ROW = "row"
    """A row of a table; its parent is the table's header row."""
    TEXT = "text"


@frozen
class Line:
    """A live line of a note's body.

    Blank lines, code, quotes and callouts, HTML comments and `%% … %%` yield no line; code spans,
    inline comments and embeds inside a line are blanked out.
    """

    number: int
    """In the file, from 1."""
    form: Form
    text: str
    """Without indentation, bullet, box, heading marks and block id; links as they are written."""
    level: int = 0
    """Of a heading, 1 to 6; else 0."""
    box: str = ""
    """The character in a task's brackets (`" "`, `"x"`, `"-"`, …); else empty."""
    heading: int = -1
    """Index in `Note.lines` of the nearest heading above; for a heading, of the one it stands
    under (the nearest above of a smaller level). -1: none."""
    parent: int = -1
    """Index in `Note.lines` of the list item this one is nested under. -1: none."""
    links: tuple[Link, ...] = ()
    """Links to notes in `text`, in order; links out to the web are not among them."""
    tags: tuple[str, ...] = ()
    """In lower case, without `#`."""
    block: str = ""
    """The block id at the line's end, without caret."""

    @property
    def done(self) -> bool:
        """Whether this is a ticked task."""
        return self.box in {"x", "X"}


@frozen
class Property:
    """A key of the front matter as it is written, with its value and line in the file."""

    key: str
    value: Value
    line: int


@frozen
class Note:
    """What the text of one note says, not yet what it means."""

    path: str
    properties: tuple[Property, ...] = ()
    """In the order of the file; top-level keys only."""
    tags: tuple[str, ...] = ()
    """Of front matter and text, in lower case, without `#`, each once, in order."""
    lines: tuple[Line, ...] = ()
    healthy: bool = True
    """False where the front matter could not be understood: then there are no properties."""
    template: bool = False
    """Whether the front matter still holds `{{ }}` or `<% %>`."""
    plan: str = ""
    """The week between vaultnet's markers, as `2026-W48`: this note is a plan. Else empty."""
    ours: frozenset[str] = frozenset()
    """Of a plan: ids of the actions that stand, box and bullets, as vaultnet wrote them."""
    titles: Mapping[str, str] = fresh(factory=dict)
    """Of a plan: hash of a title that vaultnet wrote -> the name of its section."""
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without folder and ending."""
        return self.path.rsplit("/", 1)[-1][:-3]

    @property
    def folder(self) -> str:
        """The folder's path; empty at the root."""
        return self.path.rpartition("/")[0]


@frozen
class Obsidian:
    """What `.obsidian` says that matters to reading; every field has Obsidian's default."""

    daily_folder: str | None = None
    """Folder of the daily notes ('' is the root); None where it is not configured."""
    daily_format: str = "YYYY-MM-DD"
    """In moment.js tokens; may hold folders, as `YYYY/MM/YYYY-MM-DD`."""
    template_folders: tuple[str, ...] = ()
    ignore_filters: tuple[str, ...] = ()
    """*Excluded files*: path prefixes, or a regular expression between slashes."""
    tasks_filter: str = ""
    """What a line must hold for the Tasks plugin to see its task, as `#task`; empty: nothing."""
    tasks_format: str = "emoji"
    """How the Tasks plugin writes its fields: `emoji` or `dataview`."""


@frozen
class Settings:
    """`vaultnet.toml`, or what holds without it."""

    heading: str = ""
    """Where you want to go, in your words."""
    me: str = ""
    """The note that is you: its name or path."""
    offers: tuple[str, ...] = ()
    """What you can give: words such as `code review`, `interview practice`."""
    ignore: tuple[str, ...] = ()
    """Folders or glob patterns that are not read."""
    templates: str = ""
    """The folder of the vault's own templates for the plan; empty: there are none."""
    contact_folders: tuple[str, ...] = ("People", "Persons", "Contacts", "CRM")
    contact_tags: tuple[str, ...] = ("person", "people", "contact", "contacts")
    contact_types: tuple[str, ...] = ("person", "people", "contact", "contacts")
    log_headings: tuple[str, ...] = ("Log", "Interactions", "Timeline", "History", "Meetings")
    kinds: Mapping[str, tuple[str, ...]] = fresh(factory=dict)
    """More words for a kind, as `{"coffee": ("fika", "Kaffee")}`."""
    plan_folder: str = "Network"
    touches: int = 4
    """How many people a week, the last one optional."""
    quote: bool = True
    """Whether plans may quote your notes."""
    due_dates: bool = False
    """Whether actions are due on the week's Sunday, for the Tasks plugin."""
    backlog: str = "Network/Exposure.md"
    avoid: tuple[str, ...] = ()
    """Kinds of exposure you dread."""

    @property
    def plan_start(self) -> str:
        """How the paths of the notes in the plans' folder begin; empty where that is the vault itself."""
        return f"{self.plan_folder}/".lstrip("/")


# --- what it means ------------------------------------------------------------------------


class Ring(IntEnum):
    """Where a person stands, from the inside out."""

    BUDDY = 0
    STRATEGIC = 1
    LUKEWARM = 2
    COLD = 3
    UNPLACED = 4
    ASIDE = 5

    @property
    def word(self) -> str:
        """As it is written: `buddy`."""
        return self.name.lower()


class Rung(IntEnum):
    """What a person knows of you (the ladder)."""

    NOTHING = 0
    NAME = 1
    WHAT = 2
    WORK = 3
    RECOMMEND = 4

    @property
    def word(self) -> str:
        """As it is written: `recommend`."""
        return self.name.lower()


class Direction(StrEnum):
    """Who turned to whom: you (out), they (in), or each to the other (both)."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


class Status(StrEnum):
    """What the user decided about a person."""

    PAUSED = "paused"
    """Counted, not planned."""
    ARCHIVED = "archived"
    DO_NOT_CONTACT = "do not contact"
    DIED = "died"


@frozen
class Cadence:
    """How often you want to be in touch."""

    days: int | None
    """None: never."""


@frozen
class Contact:
    """A person: one note, its properties understood."""

    path: str
    """The note's path: what identifies the contact within one reading."""
    name: str
    """The file's name: what is linked."""
    shown: str = ""
    """The property `name`: what is shown, never linked. Empty: show `name`."""
    key: str = ""
    """Stands in block ids: ASCII letters, digits and dashes; unique, and steady over the weeks."""
    aliases: tuple[str, ...] = ()
    they_know: Rung | None = None
    relationships: tuple[str, ...] = ()
    """In canonical words where they are known (`close colleague`, `mentor`, `family`), else as
    written, in lower case."""
    purpose: str = ""
    ask: str = ""
    want_to_meet: bool = False
    ring: Ring | None = None
    """Pinned by hand: BUDDY to COLD."""
    cadence: Cadence | None = None
    not_before: date | None = None
    last_contact: date | None = None
    status: Status | None = None
    private: bool = False
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    introduced_by: tuple[str, ...] = ()
    """Paths of contacts; a link that leads to no contact is left out."""
    knows: tuple[str, ...] = ()
    """Paths of contacts."""
    met: date | None = None
    met_context: str = ""
    company: str = ""
    role: str = ""
    location: str = ""
    birthday: tuple[int, int] | None = None
    """Month and day."""
    tags: tuple[str, ...] = ()
    lines: Mapping[str, int] = fresh(factory=dict)
    """Canonical property -> its line in the note, for those that are set."""
    id: str = ""
    """The property `id`: who this is, whatever the note is called."""

    @property
    def title(self) -> str:
        """The name as it is shown."""
        return self.shown or self.name


class Given(StrEnum):
    """Who gave, in a kind that gives."""

    GAVE = "gave"
    RECEIVED = "received"


@frozen
class Kind:
    """A row of `KINDS`: a kind of interaction."""

    word: str
    words: tuple[str, ...]
    """Other words for it, as they are written (`had lunch`, `1:1`, `☕`)."""
    direction: Direction
    face_to_face: bool = False
    proves: Rung | None = None
    given: Given | None = None


@frozen
class Interaction:
    """Something that happened between you and one contact on one day."""

    day: date
    contact: str
    """Path of the contact's note."""
    kind: str
    """A word of `KINDS`; `last-contact` for the property of that name."""
    direction: Direction
    face_to_face: bool
    text: str
    """As the reader of the note sees it, without bullet, box, date and fields."""
    source: str
    """Path of the note it was read in."""
    line: int
    proves: Rung | None = None
    given: Given | None = None
    others: tuple[str, ...] = ()
    """Paths of the other contacts who were there."""
    private: bool = False
    """Read from a private note or a line tagged `#private`: never quoted."""
    action: str = ""
    """Id of the plan's action whose tick this is; else empty."""

    @property
    def exchange(self) -> bool:
        """Whether the other person did something too."""
        return self.direction is not Direction.OUT


@frozen
class Mention:
    """A line that links a contact without telling of an interaction."""

    contact: str
    source: str
    line: int
    text: str
    day: date | None = None
    private: bool = False


@frozen
class Appointment:
    """A dated note or log entry after today that names a contact."""

    day: date
    contact: str
    kind: str
    text: str
    source: str
    line: int
    private: bool = False


@frozen
class Promise:
    """An open task in which you owe a contact something."""

    contact: str
    text: str
    source: str
    line: int
    due: date | None = None
    made: date | None = None
    """The day of the dated note or log entry it stands in."""
    private: bool = False


@frozen
class Exposure:
    """Something by which people who do not know you may come to know of you."""

    day: date
    kind: str
    """article, post, offer, mentoring, talk, community or other."""
    text: str
    source: str
    line: int
    audience: tuple[str, ...] = ()
    """Paths of contacts who saw it."""
    action: str = ""


@frozen
class Idea:
    """An open task of the backlog: something to be seen by."""

    text: str
    kind: str
    source: str
    line: int
    minutes: int | None = None


@frozen
class Tick:
    """An action of a plan on disk, and what the user made of it."""

    week: str
    id: str
    verb: str
    key: str
    contact: str
    """Path of the contact it means; empty where there is none."""
    state: str
    """open, done, dropped, later or underway."""
    day: date | None
    """The day it was done (or, without one, the earlier of today and the week's last day)."""
    section: str
    text: str
    source: str
    line: int
    about: str = ""
    """Path of the second contact linked in the line (whom an introduction is for); else empty."""


@frozen
class Answer:
    """A ticked box of a plan's one question."""

    contact: str
    answer: str
    """friend, colleague, would like to know better, or just a note."""
    day: date
    source: str
    line: int


@frozen
class Tie:
    """Two contacts who know each other, and where that was read. `a` < `b` by path."""

    a: str
    b: str
    how: str
    """knows, introduced by, or met together."""
    source: str
    line: int
    day: date | None = None


@frozen
class Evidence:
    """All that the notes tell of what happened, each part in the order of day, path and line."""

    interactions: tuple[Interaction, ...] = ()
    ties: tuple[Tie, ...] = ()
    """Those of people who met; `knows` and `introduced_by` are read from the contacts."""
    mentions: tuple[Mention, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    promises: tuple[Promise, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    ideas: tuple[Idea, ...] = ()
    ticks: tuple[Tick, ...] = ()
    answers: tuple[Answer, ...] = ()
    problems: tuple[Problem, ...] = ()


@frozen
class Network:
    """The contacts, what happened with each, and who knows whom."""

    contacts: Mapping[str, Contact] = fresh(factory=dict)
    """By path, in the order of paths."""
    interactions: Mapping[str, tuple[Interaction, ...]] = fresh(factory=dict)
    """By contact's path, oldest first; contacts without any are missing."""
    mentions: Mapping[str, tuple[Mention, ...]] = fresh(factory=dict)
    """By contact's path, in the order of day, path and line."""
    ties: Mapping[str, tuple[Tie, ...]] = fresh(factory=dict)
    """By contact's path; each tie stands with both its ends."""
    crowded: frozenset[tuple[str, int]] = frozenset()
    """Sources and lines that tell of three and more contacts at once."""
    crowded_days: Mapping[str, frozenset[date]] = fresh(factory=dict)
    """By contact's path: the days on which they sat in a meeting of more than three."""
    evidence: Evidence = fresh(factory=Evidence)
    """What is not by contact: interactions, mentions and ties stand above."""
    by_key: Mapping[str, str] = fresh(factory=dict)
    """Paths of the contacts by the keys that stand in block ids."""

    def with_contact(self, path: str) -> tuple[Interaction, ...]:
        """All interactions with one contact, oldest first."""
        return self.interactions.get(path, ())


class Warmth(StrEnum):
    """Recency: how long since the last exchange, in the person's own cadence."""

    NEW = "new"
    WARM = "warm"
    COOLING = "cooling"
    FADING = "fading"
    DORMANT = "dormant"


@frozen
class Fact:
    """A reason, and where it was read. `str()` is `would recommend you (People/Ada.md:4)`."""

    text: str
    source: str = ""
    line: int = 0

    def __str__(self) -> str:
        if not self.source:
            return self.text
        place = f"{self.source}:{self.line}" if self.line else self.source
        return f"{self.text} ({place})"


class Why(Protocol):
    """Why somebody stands where they do, and what would bring them nearer."""

    @property
    def because(self) -> tuple[Fact, ...]:
        """The facts on which it rests; the last is always the one on warmth."""

    @property
    def missing(self) -> tuple[str, ...]:
        """In words."""


@frozen
class Standing:
    """Where a contact stands on a day, and why."""

    contact: Contact
    ring: Ring
    rung: Rung | None
    """None: the notes do not say."""
    warmth: Warmth
    last_touch: date | None
    last_exchange: date | None
    due: date | None
    cadence_days: int | None
    why: Why

    @property
    def because(self) -> tuple[Fact, ...]:
        """What the ring rests on, the most telling first; last of all, what warmth does."""
        return self.why.because

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the ring rests on: recency is no ring."""
        return self.why.because[:-1]

    @property
    def missing(self) -> tuple[str, ...]:
        """What would bring them nearer, or justify the pin."""
        return self.why.missing

    @property
    def pinned(self) -> bool:
        """Whether the ring was set by hand."""
        return self.contact.ring is not None and self.ring is self.contact.ring


@frozen
class Move:
    """A contact who stands in another ring than before."""

    contact: Contact
    before: Ring
    after: Ring
    because: tuple[Fact, ...]

    @property
    def inward(self) -> bool:
        """Whether the contact came nearer."""
        return self.after < self.before


Resolve = Callable[[str, str], str | None]
"""(path of the note that links, link target) -> path of the note meant, or None."""


# --- the plan -----------------------------------------------------------------------------


@frozen
class Ref:
    """A note to be linked in the plan."""

    path: str
    shown: str = ""
    """Text of the link; empty: the note's name."""


Said: TypeAlias = str | int | Ref | tuple[Ref, ...] | None
"""What goes into a phrase: plain text (made safe when it is laid out), numbers and links."""


@frozen
class Words:
    """Something to be said: the name of a phrase in the templates, and what goes into it."""

    phrase: str
    values: Mapping[str, Said] = fresh(factory=dict)
    role: str = ""
    """Of the line that it makes, where merging must know it: `past` (see `core.marks`)."""


@frozen
class Action:
    """One thing to do for one contact, or to be seen by."""

    id: str
    """The block id without caret, as `vn-write-gerd-baumann`."""
    section: str
    verb: str
    """write, answer, ask, invite, send, thank, tell, congratulate; promise, seen or question."""
    contact: str
    """Path; empty for an exposure."""
    words: Words
    bullets: tuple[Words, ...] = ()
    because: tuple[Fact, ...] = ()
    minutes: int = 10
    boxed: bool = True
    """False for a promise: its box stands in its own note."""
    state: str = "open"
    """open, done, dropped, later or underway: what the user made of it on disk."""
    about: str = ""
    """Path of the person an introduction is for."""
    ring: Ring | None = None
    """Of the contact; for an introduction, of the person it is for."""


@frozen
class Section:
    """A part of the plan."""

    name: str
    """first, people, energy, seen, waiting, week, question, not-this-week or network."""
    title: Words | None = None
    actions: tuple[Action, ...] = ()
    notes: tuple[Words, ...] = ()
    """Lines without boxes, below the actions."""


@frozen
class Plan:
    """A week of sections."""

    week: str
    sections: tuple[Section, ...]
    lead: Words
    """The line under the title."""
    budget: int
    asked_per_week: float
    """Touches a week that everybody's cadence asks for."""
    rings: Mapping[str, int]
    not_this_week: tuple[str, ...]
    """Paths of the candidates for whom there was no room."""
    done: Mapping[str, tuple[date, Ref]]
    """Ids of actions done elsewhere: the day, and the note that tells of it."""
    problems: int

    @property
    def actions(self) -> tuple[Action, ...]:
        """All actions, in the order of the plan."""
        return tuple(action for section in self.sections for action in section.actions)


# --- history ------------------------------------------------------------------------------


@frozen
class Revision:
    """What changed among a vault's notes since the revision before; at first, all there was."""

    sources: tuple[Source, ...] = ()
    """The notes that came or changed, as they read then."""
    came: frozenset[str] = frozenset()
    """Paths of notes, read or not, that were not there before: what a link may lead to."""
    gone: frozenset[str] = frozenset()
    """Paths of notes, read or not, that are there no more."""
    unread: frozenset[str] = frozenset()
    """Paths of notes that changed and cannot be read, or are not to be read."""
    renamed: Mapping[str, str] = fresh(factory=dict)
    """Path of a note -> its path before, where git takes the two for one."""


@frozen
class PastMove:
    """Somebody who moved between rings, came or went in a week of the past."""

    day: date
    """On which the week was looked at: its Sunday, or today."""
    week: str
    contact: Contact
    """As they are known today, or last were."""
    path: str
    """Of their note at that time; for somebody who has gone, where it stood last."""
    before: Ring | None
    """None: they were new."""
    after: Ring | None
    """None: they are gone."""
    because: tuple[Fact, ...]
    """What brought it about, with paths and lines of that time."""
    was: tuple[Fact, ...] = ()
    """What the ring before rested on, with paths and lines of the revision before."""
    commit: str = ""
    """The last one of that time; empty: not committed, or told by dated logs alone."""

    @property
    def direction(self) -> str:
        """Say whether they came nearer: inward, outward, new or gone."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        return "inward" if self.after < self.before else "outward"


@frozen
class PastWeek:
    """How the network stood in a week, and who moved."""

    week: str
    day: date
    """On which it was looked at: its Sunday, or today."""
    commit: str
    """The last one by then; empty: told by dated logs alone."""
    rings: Mapping[Ring, int]
    """How many people stood in each ring; those without any are missing."""
    moves: tuple[PastMove, ...] = ()
    """Inward first, then outward, new and gone."""

    @property
    def size(self) -> int:
        """How many people know of you: lukewarm and nearer."""
        return sum(count for ring, count in self.rings.items() if ring <= Ring.LUKEWARM)
