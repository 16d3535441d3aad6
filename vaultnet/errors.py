"""Faults in use: what vaultnet says when it cannot do what it was asked."""

from __future__ import annotations


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
