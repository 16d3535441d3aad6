"""The plan on disk and the plan as it should be become the text to write, the user's words kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from vaultnet.core.calendar import parse_week
from vaultnet.core.frozen import filled, fresh
from vaultnet.core.marks import (
    PAST,
    Marked,
    Piece,
    begin_marker,
    block_id,
    cut,
    end_marker,
    find_markers,
    find_orphans,
    forget_orphans,
    hash_line,
    hash_words,
    is_action,
    plain_key,
    state_of,
)

_DONE = r"✅\ufe0f?\s*\d{4}-\d\d-\d\d|[\[(]completion::\s*\d{4}-\d\d-\d\d\s*[\])]"
_DUE = r"\s(?:📅 \d{4}-\d\d-\d\d|\[due:: \d{4}-\d\d-\d\d\])$"
"""The due day at the end of a line of ours, its block id taken off."""


Roles = Mapping[str, str]
"""Line of a plan -> its role, for titles and the line below the first."""


def wrap(week: str, body: str, roles: Roles) -> str:
    """Put markers around a plan's body that stands on disk for the first time (contract, 5.4)."""
    body = _without_past(body, roles, frozenset())
    memory = {piece.key: piece.hashes for piece in cut(body.split("\n"), roles)}
    return f"{begin_marker(week)}\n{body}\n{end_marker(week, memory)}\n"


def find_damage(text: str, week: str) -> str:
    """Say what is wrong with the markers of a week's plan; empty where they are whole.

    A text without any marker is damaged too: a plan that lost both is all the user's.
    """
    found = find_markers(text)
    if found is None:
        return "it has no markers `%% vaultnet:begin … %%` and `%% vaultnet:end … %%`"
    if isinstance(found, str):
        return found
    return "" if found.week == week else f"its markers are those of {found.week}"


def offered_ids(text: str) -> tuple[str, ...]:
    """List the ids of all that the plan on disk offers or has offered this week."""
    found = find_markers(text)
    if not isinstance(found, Marked):
        return ()
    standing = [block_id(line) for line in found.region if block_id(line)]
    return tuple(dict.fromkeys([*standing, *filter(is_action, found.memory)]))


def standing_ids(text: str) -> frozenset[str]:
    """List the ids of the actions that stand in the plan on disk."""
    found = find_markers(text)
    lines = found.region if isinstance(found, Marked) else ()
    return frozenset(block_id(line) for line in lines if block_id(line))


def merge(
    old: str,
    body: str,
    roles: Roles,
    done: Mapping[str, str],
    today: date | None,
    done_form: str = " ✅ {}",
) -> str:
    """Bring a plan on disk up to date, a pure function of its arguments (contract, 5.4).

    `body` is the plan as it should be, without markers, with the `roles` of its lines; `done` maps
    the id of an action that was done elsewhere to what its line says then, as
    ` ([[2026-11-24]]) ✅ 2026-11-24`; `done_form` says how a done day is written, and ticks get that
    of `today`, or none yet. What the user touched stays as it is and where it is, what they deleted
    stays away, and the rest follows `body`. The markers must be whole: see `find_damage`.
    """
    found = find_markers(old)
    if not isinstance(found, Marked):
        raise TypeError(found)
    body = _without_past(body, roles, frozenset(found.memory.values()))
    wanted = list(cut(body.split("\n"), roles))
    stands = _read_chunks(found)
    text = _Text(stands, forget_orphans(found), "\r\n" if found.begin.endswith("\r\n") else "\n")
    text.follow({piece.key: piece for piece in wanted}, done)
    text.take_in(wanted)
    if today is not None:
        text.stamp(found.week, today, done_form)
    return _join(found, *text.finish())


def close(old: str, today: date, done_form: str = " ✅ {}") -> str:
    """Bring an earlier week's plan to rest: ticks get their day, what stands open loses its box.

    Only untouched actions become plain bullets; old plans never nag (contract, 5.4).
    """
    found = find_markers(old)
    if not isinstance(found, Marked):
        return old
    text = _Text(_read_chunks(found), forget_orphans(found), "\n")
    text.stamp(found.week, today, done_form)
    text.unbox()
    return _join(found, *text.finish())


def point_at(week_note: str, text: str | None, link: str) -> str | None:
    """Make `This week.md` embed this week's plan; None where the user made it their own.

    `link` is what the embed names; a note without an embed of a plan is left alone.
    """
    embed = f"![[{link}]]"
    if not (text or "").strip():
        return f"{embed}\n"
    text = text or ""
    pattern = re.compile(rf"!\[\[(?:[^\[\]|]*/)?{re.escape(week_note)} \d{{4}}-W\d\d\]\]")
    if not pattern.search(text):
        return None
    return pattern.sub(lambda _: embed, text, count=1)


def _without_past(body: str, roles: Roles, known: frozenset[str]) -> str:
    """Take out what is past and not known from the plan on disk, and titles left with nothing."""
    lines: list[str] = []
    for line in reversed(body.strip("\n").split("\n")):
        if roles.get(line) == PAST and hash_words(line) not in known:
            continue
        below = next((said for said in reversed(lines) if said), "")
        if line.startswith("## ") and (not below or below.startswith(("## ", "> [!"))):
            while lines and not lines[-1]:
                lines.pop()
            continue
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(reversed(lines)).strip("\n")


def _join(found: Marked, region: Sequence[str], memory: Mapping[str, str]) -> str:
    end = found.end
    if dict(memory) != dict(found.memory):
        end = end_marker(found.week, memory) + end[len(end.rstrip("\r\n")) :]
    return "".join((*found.before, found.begin, *region, end, *found.after))


@filled
class _Chunk:
    """A piece as it stands in the file, or one line of the user's."""

    key: str
    """Empty for what is the user's own."""
    lines: list[str]
    """With their ends."""
    blanks: list[str] = fresh(factory=list)
    """The blank lines above it."""
    after: _Chunk | None = None
    """What stood right above it."""


def _read_chunks(found: Marked) -> list[_Chunk]:
    """Cut the region into what was offered and what is the user's; nothing is judged touched yet."""
    roles = {
        hashes: key
        for key, hashes in found.memory.items()
        if not is_action(key) and not key.startswith("=")
    }
    alike: Counter[str] = Counter()
    orphans = find_orphans(found)
    chunks: list[_Chunk] = []
    blanks: list[str] = []
    seen: set[str] = set()
    for n, line in enumerate(found.region):
        if n in orphans:
            continue  # the head was deleted; its untouched bullets go with it
        if not line.strip():
            blanks.append(line)
            continue
        id_ = block_id(line)
        last = chunks[-1] if chunks else None
        if line[:1] in "\t " and not id_ and last and not blanks and _is_action(last):
            last.lines.append(line)
            continue
        key = id_ or roles.get(hash_line(line)) or plain_key(line, alike)
        if key in seen or (not id_ and key not in found.memory):
            key = ""
        seen.add(key)
        chunks.append(_Chunk(key, [line], blanks, last))
        blanks = []
    chunks.append(_Chunk("", [], blanks, chunks[-1] if chunks else None))
    return chunks


def _is_action(chunk: _Chunk) -> bool:
    return is_action(chunk.key)


class _Text:
    """The region while it is brought up to date."""

    def __init__(self, chunks: list[_Chunk], memory: Mapping[str, str], newline: str) -> None:
        self.chunks = chunks
        self.memory = dict(memory)
        self.newline = newline
        self.present = {chunk.key for chunk in chunks if chunk.key}
        self.barred = set(memory) - self.present
        """Offered before and no longer there: the user deleted it."""

    def follow(self, wanted: Mapping[str, Piece], done: Mapping[str, str]) -> None:
        """Let what nobody touched follow the vault: change it, tick it, or take it away."""
        kept: list[_Chunk] = []
        below: set[str] = set()
        """What stands between the chunk and the next title, seen from the end."""
        for chunk in reversed(self.chunks):
            holds = _is_heading(chunk) and bool(below) and below.isdisjoint(wanted)
            if not self._follow_one(chunk, wanted, done) and not holds:
                del self.memory[chunk.key]
                self.present.discard(chunk.key)
                continue
            if _is_heading(chunk) or (chunk.key and _is_paragraph(chunk.lines[0])):
                below = set()
            elif chunk.lines:
                below.add(chunk.key)
            kept.append(chunk)
        self.chunks = kept[::-1]
        self._adopt_copies()

    def _follow_one(
        self, chunk: _Chunk, wanted: Mapping[str, Piece], done: Mapping[str, str]
    ) -> bool:
        """Change what nobody touched; says whether there is still a reason for it."""
        if not chunk.key:
            return True
        if self._is_touched(chunk):
            self.memory.setdefault(chunk.key, "0")
        elif chunk.key in done:
            self._rewrite(chunk, _tick(chunk, done[chunk.key]))
        elif chunk.key in wanted:
            self._rewrite(chunk, wanted[chunk.key].lines)
        else:
            return False
        return True

    def _adopt_copies(self) -> None:
        """Let the user's copy of an action stand for it where the original is gone."""
        for chunk in self.chunks:
            copied = block_id(chunk.lines[0]) if chunk.lines and not chunk.key else ""
            if copied and copied not in self.present:
                chunk.key = copied
                self.present.add(copied)
                self.memory[copied] = "0"

    def _is_touched(self, chunk: _Chunk) -> bool:
        if chunk.key.startswith("="):
            return False  # it is known by its very words
        return ".".join(hash_line(line) for line in chunk.lines) != self.memory.get(chunk.key)

    def _rewrite(self, chunk: _Chunk, lines: Sequence[str]) -> None:
        """Say something else in the same place; lines that say the same keep their bytes."""
        if chunk.key.startswith("="):
            return
        new = [hash_line(line) for line in lines]
        if new != [hash_line(line) for line in chunk.lines] or _leads_elsewhere(chunk.lines, lines):
            chunk.lines = [f"{line}{self.newline}" for line in lines]
        self.memory[chunk.key] = ".".join(new)

    def take_in(self, wanted: Sequence[Piece]) -> None:
        """Put in what is new, each beside its neighbours of the same section."""
        sections = _section_numbers(wanted)
        # A line of the user's may say the very same as ours, as after a rename of a note.
        said = {hash_words(c.lines[0]) for c in self.chunks if c.lines and not c.key}
        for n, piece in enumerate(wanted):
            if piece.key in self.present or piece.key in self.barred:
                continue
            if piece.key.startswith("=") and piece.hashes in said:
                continue
            at = self._find_place(n, wanted, sections)
            chunk = _Chunk(piece.key, [f"{line}{self.newline}" for line in piece.lines])
            self.chunks.insert(at, chunk)
            self.present.add(piece.key)
            self.memory[piece.key] = piece.hashes

    def _find_place(self, n: int, wanted: Sequence[Piece], sections: Sequence[int]) -> int:
        at = {chunk.key: index for index, chunk in enumerate(self.chunks) if chunk.key}
        before = [m for m in range(n - 1, -1, -1) if wanted[m].key in at]
        behind = [m for m in range(n + 1, len(wanted)) if wanted[m].key in at]
        if _is_title(wanted[n]):
            return at[wanted[behind[0]].key] if behind else len(self.chunks) - 1
        for m in before:
            if sections[m] == sections[n]:
                return at[wanted[m].key] + 1
        for m in behind:
            if sections[m] == sections[n]:
                return at[wanted[m].key]
        return at[wanted[behind[0]].key] if behind else len(self.chunks) - 1

    def stamp(self, week: str, today: date, done_form: str) -> None:
        """Give every tick of the user's its done day: today, but no later than the week's Sunday."""
        found = parse_week(week)
        day = min(today, found.sunday) if found else today
        for chunk in self.chunks:
            if not _is_action(chunk) or not self._is_touched(chunk):
                continue
            head = chunk.lines[0]
            if state_of(head) in {"x", "X"} and not re.search(_DONE, head):
                said, id_ = _part_id(head, chunk.key)
                chunk.lines[0] = f"{said}{done_form.format(day)} {id_}"

    def unbox(self) -> None:
        """Make plain bullets of what stands open and untouched; they are not due any more."""
        for chunk in self.chunks:
            if (
                _is_action(chunk)
                and not self._is_touched(chunk)
                and state_of(chunk.lines[0]) == " "
            ):
                said, id_ = _part_id(chunk.lines[0].replace("[ ] ", "", 1), chunk.key)
                chunk.lines[0] = f"{re.sub(_DUE, '', said).rstrip()} {id_}"
                self.memory[chunk.key] = ".".join(hash_line(line) for line in chunk.lines)

    def finish(self) -> tuple[list[str], dict[str, str]]:
        """Lay the chunks out again, with the blank lines that stood or that belong between them."""
        region: list[str] = []
        last: _Chunk | None = None
        for chunk in self.chunks:
            if chunk.after is last and (chunk.blanks or chunk.after is not None or not region):
                region += chunk.blanks
            elif chunk.lines:
                ours = chunk.key and last is not None and last.key
                between = [self.newline] * _space(last, chunk)
                region += between if ours else chunk.blanks or between
            region += chunk.lines
            last = chunk
        order = [chunk.key for chunk in self.chunks if chunk.key in self.memory]
        keys = dict.fromkeys([*order, *self.memory])
        return region, {key: self.memory[key] for key in keys}


def _leads_elsewhere(lines: Sequence[str], new: Sequence[str]) -> bool:
    """Whether lines that say the same lead to other notes now, as after a rename by hand."""
    return any(
        old.rstrip() != line.rstrip() and ("[[" in line or "](" in line)
        for old, line in zip(lines, new, strict=True)
        if old.lstrip("\t *+-").rstrip() != line.lstrip("\t *+-").rstrip()
    )


def _tick(chunk: _Chunk, told: str) -> list[str]:
    """Tick a head, and say where it was told: behind the sentence, and before any field."""
    head = chunk.lines[0].rstrip("\r\n")
    if state_of(head) != " ":
        return [line.rstrip("\r\n") for line in chunk.lines]
    said, id_ = _part_id(head, chunk.key)
    due, done = re.search(_DUE, said), re.search(_DONE, told)
    sentence = said[: due.start()].rstrip() if due else said
    where = told[: done.start()].rstrip() if done else told
    fields = said[len(sentence) :] + told[len(where) :]
    ticked = f"{sentence}{where}{fields} {id_}".replace("[ ]", "[x]", 1)
    return [ticked, *(line.rstrip("\r\n") for line in chunk.lines[1:])]


def _part_id(head: str, key: str) -> tuple[str, str]:
    """Part a line from its block id, the line's end included in the latter."""
    at = head.rindex(f"^{key}")
    return head[:at].rstrip(), head[at:]


def _section_numbers(pieces: Iterable[Piece]) -> list[int]:
    numbers, number = [], 0
    for piece in pieces:
        number += _is_title(piece) or _is_paragraph(piece.lines[0])
        numbers.append(number)
    return numbers


def _is_paragraph(line: str) -> bool:
    """Whether a line of ours belongs to no list, as `Not this week: …`."""
    return not line.lstrip().startswith(("#", ">", "-", "*", "+"))


def _is_heading(chunk: _Chunk) -> bool:
    return bool(chunk.lines) and chunk.lines[0].startswith(("#", "> [!"))


def _is_title(piece: Piece) -> bool:
    return not is_action(piece.key) and piece.lines[0].startswith(("#", "> [!"))


def _space(above: _Chunk | None, chunk: _Chunk) -> int:
    """Count the blank lines that belong between two chunks."""
    if above is None or not above.lines:
        return 0
    upper, lower = above.lines[0].lstrip(), chunk.lines[0].lstrip()
    if lower.startswith(("> [!", "#")) or upper.startswith("#"):
        return 1
    listed = ("-", "*", "+")
    if (upper.startswith(">") and lower.startswith(">")) or (
        upper.startswith(listed) and lower.startswith(listed)
    ):
        return 0
    return 1
