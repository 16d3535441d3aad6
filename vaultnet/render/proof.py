"""What a vault's templates say is looked over: whether it can be merged, line by line, and read again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from vaultnet.core.marks import block_id
from vaultnet.core.markup import blank_inline

_DANGERS = (
    (r"%%", "`%%` would hide what follows"),
    (r"\$\$", "`$$` would hide what follows"),
    (r"```|~~~", "a code block would hide what follows"),
    (r"<[A-Za-z/!?]", "HTML cannot stand in a plan"),
    (r"<{7}|={7}$|>{7}|\|{7}", "this looks like a merge conflict"),
)
"""What reaches beyond its line. A plan is brought up to date line by line: any may go or come."""
_MARKER = r"%%\s*vaultnet:"
_ESCAPED = r"\\."


def find_danger(line: str) -> str:
    """Say why a line cannot stand in a plan; empty: it can."""
    if re.search(_MARKER, line):
        return "vaultnet's markers are its own"
    bare = re.sub(_ESCAPED, "", blank_inline(line))
    return next((said for pattern, said in _DANGERS if re.search(pattern, bare)), "")


def find_fault(
    lines: Sequence[str], heads: Mapping[str, str], roles: Sequence[tuple[str, str]]
) -> str:
    """Say why a plan's lines cannot be merged; empty: they can.

    `heads` maps the ids of its actions to their lines; `roles` gives each line that has one with
    its role.
    """
    counted = Counter(line for line in lines if block_id(line))
    wrong = [id_ for id_, line in heads.items() if counted.pop(line, 0) != 1]
    for id_ in (*wrong, *map(block_id, counted)):
        return f"each action must stand once, on a line of its own, as {{{{ action.line }}}}; {id_} does not"
    named = [line for line, _ in roles]
    if len({role for _, role in roles}) < len(roles) or any(lines.count(n) > 1 for n in named):
        return "`span`, `lead` and each title can be shown once only"
    return next((danger for line in lines if (danger := find_danger(line))), "")
