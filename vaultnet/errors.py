"""Faults in use: what vaultnet says when it cannot do what it was asked."""

from __future__ import annotations

TYPE_CHECKING = False  # as in `clock`
if TYPE_CHECKING:
    from collections.abc import Sequence


class VaultnetError(Exception):
    """Something is wrong in the way vaultnet was used or where it runs; the message mends it.

    Raised where it is found, caught at the door, nowhere else.
    """

    exit_code = 1


class BusyError(VaultnetError):
    """Somebody else is at a note just now; the same would do when the note is at rest."""


class DiskError(VaultnetError):
    """The system or the disk failed; nothing is wrong with the notes, and the same may do later."""


class UsageError(VaultnetError):
    """The command was misused: an unknown name, an option that does not fit."""

    exit_code = 2


class NoHistoryError(VaultnetError):
    """Git can tell nothing of this vault; the message says why, as the end of a sentence."""


class UnclearError(VaultnetError):
    """A word could mean several; the message lists some twenty of them, and how to name one."""

    def __init__(self, word: str, found: Sequence[str], mend: str) -> None:
        """Take the word, a line for each that it could mean, and the sentence that mends it."""
        lines = [f"'{word}' could be:", *(f"  {line}" for line in found[:_SHOWN])]
        if len(found) > _SHOWN:
            lines.append(f"  … and {len(found) - _SHOWN} more")
        super().__init__("\n".join([*lines, mend]))


_SHOWN = 20
