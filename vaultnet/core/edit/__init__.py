"""Edits to somebody's note: one run of characters goes in, and all the rest stays as it is.

Nothing is ever parsed and written back. An edit is an insertion (or a new value in the place of an
old one), is read again before it is believed, and is refused where it would mean anything else.
"""

from __future__ import annotations

from vaultnet.core.edit.change import Change, Refused
from vaultnet.core.edit.front_matter import read_value, set_property
from vaultnet.core.edit.log import Entry, Tell, add_people, append_entry

__all__ = [
    "Change",
    "Entry",
    "Refused",
    "Tell",
    "add_people",
    "append_entry",
    "read_value",
    "set_property",
]
