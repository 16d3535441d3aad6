"""What an edit comes to: a change, or a refusal with what to do by hand."""

from __future__ import annotations

from vaultnet.core.frozen import frozen
from vaultnet.core.model import Source


@frozen
class Change:
    """One contiguous run of a text, replaced; a pure insertion where `start == end`."""

    old: str
    start: int
    """In characters of `old`."""
    end: int
    piece: str
    """What stands between in the new text."""
    line: int
    """Number of the line that was asked for, in the new text."""

    @property
    def text(self) -> str:
        """The new text."""
        return self.old[: self.start] + self.piece + self.old[self.end :]

    @property
    def added(self) -> str:
        """The line that was asked for, as it stands in the new text."""
        lines = self.text.removeprefix("\ufeff").split("\n")
        return lines[self.line - 1].removesuffix("\r")


@frozen
class Refused:
    """Why an edit was not made, where that shows, and what to write by hand."""

    path: str
    line: int
    reason: str
    by_hand: str

    def __str__(self) -> str:
        """Say it: `People/Ada.md:10: …; nothing was written. Add by hand:` and the line."""
        return (
            f"{self.path}:{self.line}: {self.reason}; nothing was written. Add by hand:\n"
            f"  {self.by_hand}"
        )


@frozen
class RawLines:
    """The lines of a text as they stand, found by the numbers that reading gives them."""

    source: Source
    lines: tuple[str, ...]
    """Without their ends."""
    starts: tuple[int, ...]
    """Where each begins, in characters; one more for the end of the text."""

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, number: int) -> str:
        """Give the line of a number, from 1."""
        return self.lines[number - 1]

    def is_blank(self, number: int) -> bool:
        """Whether the line is there and holds nothing."""
        return 0 < number <= len(self.lines) and not self[number].strip()

    def last_written(self, first: int, last: int) -> int:
        """Find the last line from `first` to `last` that holds something; `first` if none does."""
        while last > first and self.is_blank(last):
            last -= 1
        return last

    def end_of(self, number: int) -> str:
        """Give the line end that belongs at this line: its own, else the one of its neighbours."""
        text = self.source.text
        for near in (number, number - 1, 1):
            end = self.starts[near] if 0 < near <= len(self.lines) else 0
            if end and text[end - 1] == "\n":
                return "\r\n" if text[:end].endswith("\r\n") else "\n"
        return "\n"

    def insert(self, number: int, lines: list[str]) -> Change:
        """Put lines in before the line of this number; one more than there are means the end.

        The last line asked for is the last of `lines` that is not empty.
        """
        text = self.source.text
        at = self.starts[number - 1] if number <= len(self.lines) else len(text)
        line_end = self.end_of(min(number, len(self.lines)))
        piece = "".join(f"{line}{line_end}" for line in lines)
        first = number
        if at == len(text) and self.lines and not text.endswith("\n"):
            piece = line_end + piece.removesuffix(line_end)
        asked = max(index for index, line in enumerate(lines) if line)
        return Change(text, at, at, piece, first + asked)


def split_lines(source: Source) -> RawLines:
    """Split a text into its lines, at line feeds alone; a byte order mark is no part of the first."""
    text = source.text
    lines = text.removeprefix("\ufeff").split("\n")
    starts = [len(text) - len(text.removeprefix("\ufeff"))]
    for line in lines:
        starts.append(min(starts[-1] + len(line) + 1, len(text)))
    if not lines[-1]:  # behind the last line end there is no line
        lines.pop()
        starts.pop()
    return RawLines(source, tuple(line.removesuffix("\r") for line in lines), tuple(starts))
