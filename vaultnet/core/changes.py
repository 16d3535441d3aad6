"""A plan as it was and as it is become what changed in it, in a few words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vaultnet.core.marks import Marked, cut, find_markers, is_action, state_of
from vaultnet.core.markup import plain_words
from vaultnet.core.text import short


def tell_changes(old: str, new: str) -> tuple[str, ...]:
    """Say which actions came, went, or were ticked or dated by vaultnet: `Thank Ada added`.

    Nothing where only the words around them changed, or where one of the texts is no plan.
    """
    before, after = _read_heads(old), _read_heads(new)
    gone = (f"{_name(id_, head)} removed" for id_, head in before.items() if id_ not in after)
    return tuple(dict.fromkeys([*_tell_new(before, after), *gone]))


def _tell_new(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for id_, head in after.items():
        name = _name(id_, before.get(id_, head))
        if id_ not in before:
            yield f"{name} added"
        elif state_of(before[id_]) != state_of(head):
            yield f"{name} done"
        elif before[id_] != head and _is_ticked(head):
            yield f"{name} dated"
        elif before[id_] != head:
            yield f"{name} reworded"


def _read_heads(text: str) -> dict[str, str]:
    """Read the first line of each action in a plan, by its id."""
    found = find_markers(text)
    region = found.region if isinstance(found, Marked) else ()
    return {piece.key: piece.lines[0] for piece in cut(region) if is_action(piece.key)}


def _name(id_: str, head: str) -> str:
    """Name an action as one would in a sentence: by its verb and person, without what is quoted."""
    if id_.startswith("vn-question-"):
        return "a question"
    words = _BULLET.sub("", plain_words(_ENCODED.sub(r"\1", head)))
    return short(_ESCAPE.sub(r"\1", words).partition(": ")[0], 60)


def _is_ticked(head: str) -> bool:
    return state_of(head) in {"x", "X"}


_ENCODED = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\([^()\s]*\)")
"""A link to a name that cannot stand in double brackets: `[Ann #1](Ann%20%231.md)`."""
_ESCAPE = re.compile(r"\\([^\w\s])")
_BULLET = re.compile(r"(?:[-*+]|\d{1,9}[.)]) (?:\[.\] )?")
