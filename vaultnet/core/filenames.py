"""A person's name becomes the name of a note that every system can hold and every link can reach."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from vaultnet.core.text import clean

MOST_BYTES: Final = 200
"""In UTF-8, `.md` included: systems allow 255, and sync adds marks of its own to a name."""

_RESERVED = re.compile(r'[<>:"/\\|?*\[\]#^]')
"""Windows' reserved characters, and those that break a link in Obsidian."""
_DEVICE = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(?:COM|LPT)[0-9¹²³])(?=[ ]*(?:\.|\Z))",
    re.IGNORECASE,
)
"""Windows opens a device by such a name, whatever ending follows: `nul.md`, `Con .d.md`."""
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


def safe_name(name: str) -> str:
    """Make of a name one component that is safe on every system, without `.md`; may be empty.

    Composed (NFC), without reserved characters, control characters or device names, without dots
    and blanks at its ends: `AC/DC: "Angus" ` becomes `AC DC Angus`, `Con` becomes `Con_`.
    """
    text = unicodedata.normalize("NFC", clean(name))
    text = _trim(_RESERVED.sub(" ", text))
    device = _DEVICE.match(text)
    if device:
        text = f"{text[: device.end()]}_{text[device.end() :]}"
    return _trim(_cut(text, MOST_BYTES - len(".md")))


def find_collisions(path: str, existing: Iterable[str]) -> tuple[str, ...]:
    """Find the paths that mean the same file on a disk that heeds neither case nor composition."""
    wanted = _fold(path)
    return tuple(sorted(other for other in existing if _fold(other) == wanted))


def _trim(text: str) -> str:
    return " ".join(text.split()).strip(". \u3002")


def _cut(text: str, limit: int) -> str:
    """Cut at a whole letter, with the accents and joiners that belong to it."""
    raw = text.encode("utf-8", "ignore")
    if len(raw) <= limit:
        return text
    kept = raw[:limit].decode("utf-8", "ignore")
    end = len(kept)
    while end > 0 and _belongs_before(text[end]):
        end -= 1
    return text[:end].rstrip(_JOINERS)


def _belongs_before(char: str) -> bool:
    return unicodedata.combining(char) > 0 or char in _JOINERS


def _fold(path: str) -> str:
    composed = unicodedata.normalize("NFC", path)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", composed).casefold())
