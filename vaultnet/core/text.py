"""Text from notes becomes text that can stand anywhere and do nothing."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote as percent_encode

from vaultnet.core.pattern import lazy_pattern

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
_CONTROL = lazy_pattern(
    f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufff9-\ufffb\ud800-\udfff{_BIDI}]"
)
# What only text that is put into a plan needs is compiled for the first such text.
_URL = r"(?i)\b(?:[a-z][a-z0-9+.-]{1,20}://|www\.)\S+"
_TASK_SIGNS = lazy_pattern("[📅📆🗓⏳⌛🛫➕✅❌🔁⏫🔼🔽🔺⏬🆔⛔🏁]\ufe0f?")
"""Signs by which task plugins read dates, priorities and ids."""
_TWINS = r"(::|%%|<%|%>|\{%|%\}|\{\{|\}\}|==|~~|\$=)"
_EDGE_UNDERSCORE = r"(?<!\w)_++|(?<!_)_++(?![^\W_])"
"""Underscores that could begin or end emphasis: those within a word cannot."""
_ENTITY = r"&(?=#?[0-9A-Za-z]{1,32}(?:;|\Z))"
"""An ampersand that could begin an HTML entity, ended perhaps by a semicolon of ours."""
_ACTIVE = rf"[\\`*\[\]<>#$|^~]|{_ENTITY}|{_EDGE_UNDERSCORE}"
_LIST_SIGN = r"\d{1,9}(?=[.)](?: |\Z))|(?=[-+](?: |\Z)|-[- ]*\Z)"
"""What makes a list, or a rule across the page, where a line begins so: up to its sign."""
_UNSAFE_IN_WIKILINK = lazy_pattern(rf"[\[\]|#^\\<>{{}}%`:$*]|==|~~|{_ENTITY}|{_EDGE_UNDERSCORE}")

_CONFIDENCES = r"""
    divorc, separat(ed|ion), leaving (him|her|his|their|the (job|company|team)), affair\b,
    pregnan, miscarr, ivf\b, cancer, tumou?r, chemo, biops, diagnos, depress, anxiety,
    panic attack, burn(t|ed)?[ -]?out, therap, psychiat, suicid, rehab, alcohol,
    drinking problem, addict, overdos, hospital, surgery, illness, sick, mental health,
    health (issue|problem|scare), disab, hiv\b, dementia, alzheimer, died, dying, death,
    funeral, grief, husband, wife, marriage, boyfriend, girlfriend, lover, custody, salary,
    bonus\b, pay (rise|cut), a raise\b, underpaid, bankrupt, mortgage, lawsuit, sued, suing,
    arrest, prison, asylum, fired, laid off, layoff, redundan, quit(s|ting)?\b, resign,
    severance, notice period, job hunt, secret, confiden, between us, don'?t tell, gossip,
    harass, bully, abus, religio, lesbian, gay\b, transgender, scheidung, krank, krebs,
    schwanger, gehalt, gekündigt, kündig, vertraulich, geheim, embaraz, sueldo, salario,
    enferm, cáncer, licenci
"""
"""Words that hint at what people tell in confidence. A guard, not a promise: what must never be
shown belongs in a note with `private: true` or a line tagged `#private`."""


def clean(text: str) -> str:
    """Fold white space and drop control and bidirectional characters.

    What is left can be shown on a terminal or in a message without acting there.
    """
    if text.isprintable() and "  " not in text:  # whose only white space is the blank
        return text.strip()
    return " ".join(_CONTROL.sub(" ", text).split())


def printable(line: str) -> str:
    """Put a blank in place of each control or bidirectional character; blanks and tabs stay."""
    if line.isprintable():
        return line
    return "\t".join(_CONTROL.sub(" ", part) for part in line.split("\t"))


def escape_json(text: str) -> str:
    r"""Write what `clean` would drop the way JSON does, `\u202e`; ends of lines stay."""
    if text.replace("\n", "").isprintable():  # as nearly all is, and that is seen far sooner
        return text
    return _CONTROL.sub(lambda found: _in_json(found[0]), text)


def _in_json(char: str) -> str:
    return char if char == "\n" else f"\\u{ord(char):04x}"


def inert(text: str) -> str:
    r"""Escape text for Markdown, so that in a plan it is nothing but text.

    `[[Ada]] <b>` becomes `\[\[Ada\]\] \<b\>`; task signs and addresses go, Dataview and Templater
    marks are taken apart.
    """
    said = clean(text)
    if _is_plain(said) and said[0].isalpha() and "www." not in said.lower():
        return said
    said = re.sub(_URL, "(link)", clean(_TASK_SIGNS.sub("", said)))
    while re.search(_TWINS, said):
        said = re.sub(_TWINS, lambda twin: f"{twin[0][0]} {twin[0][1]}", said)
    said = re.sub(_ACTIVE, lambda signs: "".join(f"\\{sign}" for sign in signs[0]), said)
    if found := re.match(_LIST_SIGN, said):
        said = f"{found[0]}\\{said[found.end() :]}"
    return said or ("…" if text else "")


def _is_plain(text: str) -> bool:
    """Whether a text is of letters, digits, and signs that mean nothing to Markdown within a line."""
    return text.translate(_HARMLESS).isalnum()


_HARMLESS = dict.fromkeys(map(ord, " -/.,;!?'’\"()…–"))


def short(text: str, limit: int = 80) -> str:
    """Cut a text at a word so that it holds at most `limit` characters, an ellipsis included."""
    text = clean(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-")
    return f"{cut or text[: limit - 1]}…"


def confidential(text: str) -> bool:
    """Whether a text sounds as if it had been told in confidence, and should not be quoted.

    Most do not even hold the beginnings of such words, which are found sooner than the words.
    """
    small = text.lower()
    if text.isascii() and not any(beginning in small for beginning in _BEGINNINGS):
        return False
    return bool(_CONFIDENTIAL.search(text))


def _begin(pattern: str) -> str:
    """Find the letters with which all begins that a pattern finds: `tumo` of `tumou?r`."""
    for at, sign in enumerate(pattern):
        if sign in "([\\?":
            return pattern[: at - (sign == "?")]
    return pattern


_WAYS = [" ".join(way.split()) for way in _CONFIDENCES.split(",")]
_CONFIDENTIAL = lazy_pattern(rf"\b({'|'.join(_WAYS)})", re.IGNORECASE)
_BEGINNINGS = [_begin(way) for way in _WAYS]


def link(target: str, shown: str = "") -> str:
    """Write a link to a note: `[[Ada Lovelace]]`, or percent-encoded where that could break.

    `target` is what Obsidian resolves, without `.md`.
    """
    shown = clean(shown)
    risky = not _is_plain(target) and (
        _UNSAFE_IN_WIKILINK.search(target) or _CONTROL.search(target) or _TASK_SIGNS.search(target)
    )
    # `[[Ada.md]]` would be a link to `Ada.md`, and not to `Ada.md.md`.
    named_twice = target[-3:].lower() == ".md"
    if risky or named_twice or "  " in target or target != target.strip():
        words = inert(shown or target.rsplit("/", 1)[-1]).replace("(", r"\(")
        return f"[{words}]({percent_encode(target, safe='/', errors='replace')}.md)"
    name = target.rsplit("/", 1)[-1]
    if not shown:
        return f"[[{target}]]" if name == target else f"[[{target}|{name}]]"
    if not _is_plain(shown) and (_UNSAFE_IN_WIKILINK.search(shown) or _TASK_SIGNS.search(shown)):
        shown = clean(_TASK_SIGNS.sub("", _UNSAFE_IN_WIKILINK.sub(" ", shown))) or name
    return f"[[{target}]]" if shown == target else f"[[{target}|{shown}]]"


def show_lines(text: str) -> str:
    """Clean a text of several lines for a terminal; their indentation stays."""
    lines = text.split("\n")
    return "\n".join(" " * (len(line) - len(line.lstrip(" "))) + clean(line) for line in lines)


def in_command(text: str) -> str:
    """Reduce a name to words that can be pasted into any shell and act in no note.

    `O'Brien $(id)` becomes `O Brien id`: the commands find people by part of a name.
    """
    words = re.sub(r"[^\w .@+-]|_(?!\w)", " ", _TASK_SIGNS.sub("", clean(text)))
    return " ".join(words.split()).lstrip(" -") or "NAME"


def slug(text: str, limit: int = 40) -> str:
    """Turn text into ASCII letters, digits and dashes, as block ids allow; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    dashed = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(dashed) <= limit:
        return dashed
    return dashed[: limit + 1].rpartition("-")[0] or dashed[:limit]
