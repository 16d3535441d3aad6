r"""A note as it is and as it would be become the lines that vaultnet may take out of it.

This is a second opinion on a merge, given right before the bytes are written: it goes by the two
texts and by what the end marker remembers, and knows nothing of how one came from the other. Lines
are given without their `\n`, each as often as it may go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from vaultnet.core.marks import (
    Marked,
    block_id,
    find_markers,
    hash_line,
    hash_words,
    is_action,
    state_of,
)

_Part = tuple[str, tuple[str, ...]]
"""An action's id with its line and its bullets; or no id and a line by itself."""


def find_removable(old: str, new: str) -> Counter[str]:
    """List what may go from a plan on disk when `new` takes its place (contract, 5.4).

    That is the end marker, what was offered and stands as it was offered, the bullets of an action
    that was deleted, and ticks whose line `new` holds with its day. What was typed, edited, marked
    or copied is the user's, and so is all that stands outside the markers.
    """
    found = find_markers(old)
    if not isinstance(found, Marked):
        return Counter()
    parts, left = _part_from_left_bullets(list(_part(found.region)), found)
    may_go = Counter([found.end.removesuffix("\n"), *left])
    may_go.update(_find_untouched_actions(parts, found))
    may_go.update(_find_untouched_lines(parts, found))
    may_go.update(_find_stamped(parts, old, new))
    return may_go


def find_repointed(old: str, new: str) -> Counter[str]:
    """List the lines of `This week.md` that `new` holds but for the week whose plan they embed."""
    old, new = (text.removeprefix("\ufeff") for text in (old, new))
    lines = zip(old.split("\n"), new.split("\n"), strict=False)
    return Counter(
        line
        for line, now in lines
        if line != now and re.sub(_EMBEDDED, "", line) == re.sub(_EMBEDDED, "", now)
    )


_EMBEDDED = r"!\[\[[^\[\]|]* \d{4}-W\d\d\]\]"


# --- the region ---------------------------------------------------------------------------


def _part(region: Iterable[str]) -> Iterator[_Part]:
    """Cut the text between the markers into actions and lines; a second copy is only lines."""
    seen: set[str] = set()
    id_, lines = "", []
    for raw in region:
        line = raw.removesuffix("\n")
        if id_ and _is_bullet(line):
            lines.append(line)
            continue
        if id_:
            yield id_, tuple(lines)
        id_, lines = block_id(line), [line]
        if id_ in seen:
            id_ = ""
        if id_:
            seen.add(id_)
        elif line.strip():
            yield "", (line,)
    if id_:
        yield id_, tuple(lines)


def _part_from_left_bullets(parts: Iterable[_Part], found: Marked) -> tuple[list[_Part], list[str]]:
    """Give what stands, and the bullets of actions whose own line was deleted: they go with it."""
    ids = {id_ for id_, _ in parts}
    left = Counter(
        hashed
        for key, hashes in found.memory.items()
        if is_action(key) and key not in ids
        for hashed in hashes.split(".")[1:]
    )
    stands: list[_Part] = []
    gone: list[str] = []
    for id_, lines in parts:
        own = found.memory.get(id_, "").split(".") if id_ else []
        kept = []
        for line in lines:
            hashed = hash_line(line)
            if _is_bullet(line) and hashed not in own and left[hashed] > 0:
                left[hashed] -= 1
                gone.append(line)
            else:
                kept.append(line)
        if kept:
            stands.append((id_, tuple(kept)))
    return stands, gone


def _is_bullet(line: str) -> bool:
    return line[:1] in {"\t", " "} and bool(line.strip()) and not block_id(line)


# --- what was offered ---------------------------------------------------------------------


def _find_untouched_actions(parts: Iterable[_Part], found: Marked) -> Iterator[str]:
    """Give the lines of the actions that stand, box and bullets, as the end marker knows them."""
    for id_, lines in parts:
        if id_ and ".".join(map(hash_line, lines)) == found.memory.get(id_):
            yield from lines


def _find_untouched_lines(parts: Iterable[_Part], found: Marked) -> Iterator[str]:
    """Give titles, overviews and the like, each as often as the end marker names it."""
    titles: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for key, hashes in found.memory.items():
        if not is_action(key):
            (others if key.startswith("=") else titles)[hashes] += 1
    for line in (lines[0] for id_, lines in parts if not id_ and not block_id(lines[0])):
        for hashed, offered in ((hash_line(line), titles), (hash_words(line), others)):
            if offered[hashed] > 0:
                offered[hashed] -= 1
                yield line
                break


# --- ticks that get their day -------------------------------------------------------------


def _find_stamped(parts: Iterable[_Part], old: str, new: str) -> Iterator[str]:
    """Give ticked lines that `new` holds with a done day, and otherwise as they are."""
    came = Counter(new.split("\n")) - Counter(old.split("\n"))
    stamped = Counter(
        re.sub(_STAMP, "", line, count=1) for line in came.elements() if re.search(_STAMP, line)
    )
    for line in (lines[0] for _, lines in parts):
        bare = re.sub(_BLANKS_BEFORE_ID, "", line)
        if block_id(line) and state_of(line) in {"x", "X"} and stamped[bare] > 0:
            stamped[bare] -= 1
            yield line


_BLANKS_BEFORE_ID = r"\s+(?=\^vn-[a-z0-9-]+\s*$)"
_STAMP = r"\s+(?:✅ \d{4}-\d\d-\d\d|\[completion:: \d{4}-\d\d-\d\d\])\s+(?=\^vn-[a-z0-9-]+\s*$)"
"""A done day right before the block id, in the forms of the Tasks plugin."""


# --- what would be gone -------------------------------------------------------------------


def find_lost(old: str, new: str) -> tuple[tuple[str, ...], int]:
    """List the user's lines that `old` holds and `new` lacks, and count vaultnet's own.

    Blank lines and line ends do not count. A text that is the beginning of `new` was cut short
    while it was copied, and nothing of it is lost.
    """
    old, new = (text.removeprefix("\ufeff").replace("\r\n", "\n") for text in (old, new))
    if new.startswith(old):
        return (), 0
    lost = Counter(old.split("\n")) - Counter(new.split("\n"))
    lost = Counter({line: n for line, n in lost.items() if line.strip()})
    found = find_markers(old)
    marker = [found.begin.removesuffix("\n")] if isinstance(found, Marked) else []
    ours = lost & (find_removable(old, new) + Counter(marker))
    left = lost - ours
    yours = []
    for line in old.split("\n"):
        if left[line] > 0:
            left[line] -= 1
            yours.append(line)
    return tuple(yours), ours.total()
