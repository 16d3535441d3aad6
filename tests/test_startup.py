"""What starts with vaultnet, and what waits until it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LATE = (
    "jinja2 markupsafe yaml frontmatter watchdog rich filelock sqlite3 importlib.metadata "
    "vaultnet.app vaultnet.present vaultnet.vault vaultnet.watch vaultnet.writer"
).split()
"""What no help text needs."""

ASK_FOR_HELP = """
import sys
from vaultnet.__main__ import main
from vaultnet.cli import COMMANDS
for words in ([], *([name] for name in COMMANDS)):
    sys.argv = ["vaultnet", *words, "--help"]
    try:
        main()
    except SystemExit as leaving:
        assert leaving.code == 0, (words, leaving.code)
print(*sys.modules, file=sys.stderr)
"""


def test_help_loads_nothing_heavy() -> None:
    """`vaultnet --help`, and the help of every command, answer without the libraries for the work."""
    # With -S no .pth file of the environment (an editable install, coverage) loads anything first:
    # what is found in the list was asked for by vaultnet. The path is handed over instead.
    path = os.pathsep.join([str(Path(__file__).parent.parent), *filter(None, sys.path)])
    done = subprocess.run(  # noqa: S603 - our own interpreter, on the lines above
        [sys.executable, "-S", "-c", ASK_FOR_HELP],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Usage: vaultnet plan" in done.stdout
    loaded = done.stderr.split()
    assert "vaultnet.cli" in loaded
    assert [name for name in LATE if name in loaded] == []


LOAD_PLANNING = """
import functools
import re
import sys
from re import _compiler
compile_ = _compiler.compile
def note(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_code.co_filename in (re.__file__, functools.__file__):
        frame = frame.f_back
    if frame.f_globals["__name__"].startswith("vaultnet"):
        print(frame.f_globals["__name__"], pattern, file=sys.stderr)
    return compile_(pattern, flags)
_compiler.compile = note
import vaultnet.planning
"""


def test_no_pattern_is_compiled_to_start() -> None:
    """What planning needs is loaded without a pattern being compiled: few runs need them all."""
    done = subprocess.run(  # noqa: S603 - our own interpreter, on the lines above
        [sys.executable, "-c", LOAD_PLANNING],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
