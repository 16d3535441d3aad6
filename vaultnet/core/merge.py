"""The plan's text on disk and the plan's text as it should be: what is ours, and whether we may write.

A plan lies between two markers; the end marker carries what is needed to know our own words again:

    %% vaultnet:begin 2026-W48 %%
    # This week · 23–29 November
    …
    %% vaultnet:end 2026-W48 1f3a9c02 vn-write-gerd-baumann=7b21e0aa … %%
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

_END = re.compile(
    r"^%% vaultnet:end (?P<week>\d{4}-W\d\d) (?P<whole>[0-9a-f]{8})(?P<offers>(?: \S+)*) %%$"
)


def wrap(week: str, body: str, offered: Mapping[str, str]) -> str:
    """Put markers around a plan's body (contract, 5.4).

    `offered` maps the id of each action to its lines as they stand in the body.
    """
    body = body.strip("\n")
    offers = "".join(f" {id_}={_hash(text)}" for id_, text in offered.items())
    return f"%% vaultnet:begin {week} %%\n{body}\n%% vaultnet:end {week} {_hash(body)}{offers} %%\n"


def is_untouched(text: str) -> bool:
    """Whether a plan on disk is byte for byte what was written: no word in it is the user's."""
    lines = text.split("\n")
    if len(lines) < 3 or lines[-1] != "" or not lines[0].startswith("%% vaultnet:begin "):
        return False
    end = _END.match(lines[-2])
    if end is None or lines[0] != f"%% vaultnet:begin {end['week']} %%":
        return False
    return end["whole"] == _hash("\n".join(lines[1:-2]))


def offered_ids(text: str) -> tuple[str, ...]:
    """List the ids of what the plan on disk offered, in its order; empty where it is no plan."""
    for line in reversed(text.splitlines()):
        end = _END.match(line)
        if end:
            return tuple(pair.partition("=")[0] for pair in end["offers"].split())
    return ()


def point_at(week_note: str, text: str | None, link: str) -> str | None:
    """Make `This week.md` embed this week's plan; None where the user made it their own.

    `link` is what the embed names; a note without an embed of a plan is left alone.
    """
    embed = f"![[{link}]]"
    if text is None:
        return f"{embed}\n"
    pattern = re.compile(rf"!\[\[(?:[^\[\]|]*/)?{re.escape(week_note)} \d{{4}}-W\d\d\]\]")
    if not pattern.search(text):
        return None
    return pattern.sub(lambda _: embed, text, count=1)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
