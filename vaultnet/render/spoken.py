"""What was said before need not be said anew: Jinja2 takes longer to load than a plan to lay out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from vaultnet.render.phrases import Safe, Say, Values


class Spoken:
    """What the built-in templates say, by a hash of their name and of what went into them.

    Text that was said `before` is taken as it is; `now` holds what was asked for this time, and no
    more: so what is kept from one time to the next stays as small as a plan.
    """

    def __init__(self, before: Mapping[str, str] | None = None) -> None:
        """Take what was said before, under the same `name_library` and by the same vaultnet."""
        self.before = before or {}
        self.now: dict[str, str] = {}

    def say(self, name: str, values: Values, find: Callable[[], Say]) -> Safe:
        """Say a phrase, or lay out the page of that name; what says it is found where it must."""
        written = repr((name, values)).encode("utf-8", "surrogatepass")
        key = hashlib.sha256(written).hexdigest()
        if key not in self.now:
            found = self.before.get(key)
            self.now[key] = str(find()(values)) if found is None else found
        return Safe(self.now[key])


def name_library() -> str:
    """Name the Jinja2 that is installed, without loading it: another one might say it in another way."""
    spec = find_spec("jinja2")
    if spec is None or spec.origin is None:
        return ""
    try:
        seen = Path(spec.origin).stat()
    except OSError:  # no file of its own: it lies in an archive
        return spec.origin
    return f"{spec.origin} {seen.st_size} {seen.st_mtime_ns}"
