"""Nothing runs back up the stairs: who in vaultnet may import whom.

The rule is told in docs/design.md; a new module finds its place in the tables here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

LEAVES = {
    "core.frozen",
    "core.layers",
    "core.model",
    "core.calendar",
    "core.markup",
    "core.marks",
    "core.pattern",
    "core.text",
}
"""Words, days, inline Markdown, a plan's markers, patterns, safe text: any room and any hand may lean on them."""

UPSTREAM = {
    "core.notes": {
        "core.plain",
        "core.yaml12",
    },  # front matter, the plain and any, is read in rooms of its own for their size alone
    "core.yaml12": {"core.plain"},  # most front matter needs no library, and no other reading
    "core.contacts": {"core.properties"},  # what a property means; contacts are made of them
    "core.evidence": {"core.kinds"},  # the table of kinds is what evidence is read by
    "core.edit": {
        "core.evidence",
        "core.notes",
        "core.plain",
        "core.properties",
    },  # an edit is believed only when it has been read again
    "core.plan": {"core.network", "core.rings"},  # who could introduce, who is owed, who rests
    "core.retelling": {
        "core.evidence",
        "core.network",
    },  # it goes the same way for some notes and some people
    "core.growing": {"core.links"},  # it decides as the index of links does, note by note
    "core.timeline": {"core.rings"},  # it asks anew who may stand elsewhere
    "core.chart": {"core.trend"},  # what is drawn are its numbers and sentences
    "core.past": {"core.moves"},  # what explains a move is told there
    "core.growth": {"core.notes", "core.evidence"},  # what is new is read like all the rest
    "core.chronicle": {
        *("core.notes", "core.contacts", "core.evidence", "core.links", "core.growing"),
        *("core.growth", "core.timeline", "core.past"),
    },  # the river itself, run once for every week
}
"""A room that leans on another one further up the river, each with its reason."""

HANDS = {
    "clock",
    "config",
    "history",
    "index",
    "present",
    "render",
    "root",
    "sample",
    "terminal",
    "vault",
    "watch",
    "writer",
}
"""They touch the disk, the templates and the terminal; none knows another."""

ASIDE = {
    "config": {"core.kinds"},  # settings give words to the rows of the one table of kinds
    "history": {"core.sources"},  # the disk and git are two springs of one river:
    "index": {"core.past"},  # what is kept of the weeks that are over is a value of that room
    "vault": {"core.sources"},  # what is a note is decided once
}
"""A hand that leans on a room, with its reason."""

AT_THE_DOOR = {
    "clock": "the day is asked for once, here",
    "demo": "it comes before there is a vault that the hall could be entered with",
    "index": "where nothing has changed the answer is known before anything else is loaded",
    "moved": "the same for a vault of which it is known what moved",
    "planning": "what `plan` does is done without a door as well",
    "reading": "the first step of every command, which the hall goes on from",
    "remembered": "the same for the weeks of the past; nothing of the hall is needed for them",
    "core.names": "which contacts a word on the command line means, and in which order they are shown",
    "terminal": "what is printed there may hold any letter",
    "root": "where the vault is depends on the terminal's folder and environment",
    "watch": "when to look again depends on the disk and the hours; what is done then is told in `app`",
}
"""What `cli` may import beside `app`, `present`, `errors` and the leaves, and why."""

OUTSIDE = set(
    "asyncio click filelock glob http io jinja2 locale logging markupsafe multiprocessing os pathlib "
    "platform random rich secrets select shutil signal socket sqlite3 subprocess sys tempfile "
    "threading time urllib.request watchdog zoneinfo".split()
)
"""The terminal, the disk, the clock, the dice and other processes: not for the core."""

THE_CLOCK = "clock"
"""The one module that may ask what day it is."""


def test_the_layers_hold() -> None:
    """Core leans on core, hands on the core's leaves, `app` on both, `cli` on `app`."""
    allowed = _may_import()
    wrong = {
        f"{module} imports {imported}"
        for module in MODULES
        for imported in _our_imports(module)
        if _room(imported) not in {_room(module), *allowed.get(_room(module), ())}
    }
    assert sorted(wrong) == []


def test_every_module_has_its_layer() -> None:
    """A new module is put on a stair before it is used."""
    assert {_room(module) for module in MODULES} - _may_import().keys() - {"core"} == set()


def test_the_core_is_pure() -> None:
    """No room of the core knows a clock, a disk, a terminal or a process."""
    wrong = [
        f"{module} imports {imported}"
        for module in MODULES
        if module.startswith("core")
        for imported in _other_imports(module)
        if not OUTSIDE.isdisjoint({imported, imported.partition(".")[0]})
    ]
    wrong += [
        f"{module} calls {name}"
        for module in MODULES
        if module.startswith("core")
        for name in _called(module)
        if name in {"breakpoint", "eval", "exec", "input", "open", "print"}
        and (module, name) != ("core.frozen", "exec")  # as `dataclasses` does, and for the same
    ]
    assert wrong == []


def test_one_clock() -> None:
    """The day is read once, at the door; nobody else asks what time it is."""
    wrong = [
        f"{module} calls {name}"
        for module in MODULES
        if module != THE_CLOCK
        for name in _called(module)
        if name in {"date.today", "datetime.today", "datetime.now", "datetime.utcnow"}
        or name.endswith((".fromtimestamp", ".utcfromtimestamp"))
    ]
    wrong += [
        f"{module} imports time"
        for module in MODULES
        if "time" in _other_imports(module)
        and _room(module) not in {THE_CLOCK, "index", "watch", "writer"}
    ]
    assert wrong == []


# --- the rule -----------------------------------------------------------------------------


def _may_import() -> dict[str, set[str]]:
    """Whom each room may import, beside itself."""
    rooms = {room for room in map(_room, MODULES) if room.startswith("core.")}
    return {
        "__main__": {"cli", "shortcut", "terminal"},
        "shortcut": {"clock", "errors", "index", "planning", "root", "terminal", *LEAVES},
        "planning": {"app", "index", "present", "reading", "render", "resumed", *LEAVES},
        "cli": {"app", "present", "errors", *AT_THE_DOOR, *LEAVES},
        "app": {
            "errors",
            "moved",
            "resumed",
            "reading",
            "last_week",
            *(HANDS - {"clock", "present", "root", "sample", "terminal", "watch"}),
            *rooms,
        },
        "demo": {"errors", "history", "sample", "core.backstory", "core.frozen"},
        "reading": {"config", "errors", "index", "vault", *rooms},
        "moved": {"index", "reading", "vault", *rooms},
        "resumed": {"index", "moved", "reading", "vault", *rooms},
        "last_week": {"errors", "history", "index", "reading", *rooms},
        "remembered": {"config", "errors", "history", "index", "reading", "vault", *rooms},
        **{hand: {"errors", *LEAVES, *ASIDE.get(hand, ())} for hand in HANDS},
        **{room: LEAVES | UPSTREAM.get(room, set()) for room in rooms},
        **{leaf: {"core.model", "core.frozen", "core.pattern"} for leaf in LEAVES},
        "core.model": {"core.frozen"},
        "core.frozen": set(),
        "core.pattern": set(),
        "errors": set(),
    }


def _room(module: str) -> str:
    """`core.plan.people` stands in the room `core.plan`, `cli.rings` in `cli`."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "core" else parts[0]


# --- reading modules ----------------------------------------------------------------------


def _modules() -> dict[str, ast.Module]:
    """Every module of the package, by its name below `vaultnet`; packages by their own name."""
    return {
        name: ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "vaultnet").rglob("*.py"))
        if (name := _name(path))
    }


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT / "vaultnet").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = _modules()


def _our_imports(module: str) -> Iterator[str]:
    for name in _imports(MODULES[module].body):
        if name.startswith("vaultnet."):
            yield name.removeprefix("vaultnet.")


def _other_imports(module: str) -> set[str]:
    return {name for name in _imports(MODULES[module].body) if not name.startswith("vaultnet.")}


def _imports(body: Iterable[ast.AST]) -> Iterator[str]:
    """Name what is imported, wherever in the module; what only the type checker sees is free."""
    for node in body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from _imports(node.orelse)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            yield from (_imported(str(node.module), alias.name) for alias in node.names)
        else:
            yield from _imports(ast.iter_child_nodes(node))


def _imported(module: str, name: str) -> str:
    """`from vaultnet.core import rings` imports a module, `from vaultnet.errors import X` a name."""
    inner = f"{module}.{name}".removeprefix("vaultnet.")
    return f"vaultnet.{inner}" if inner in MODULES and module.startswith("vaultnet") else module


def _called(module: str) -> Iterator[str]:
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)
