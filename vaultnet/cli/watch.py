"""`vaultnet watch`: keeps the week's plan true while notes are edited."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultnet.cli.options import HELP, find_vault, today_option, vault_option
from vaultnet.clock import find_day, find_time
from vaultnet.errors import VaultnetError

if TYPE_CHECKING:
    from vaultnet.app.keeping import Kept, Paths


@click.command(context_settings=HELP)
@vault_option
@today_option
@click.option("--once", is_flag=True, help="End as soon as the plan is up to date.")
@click.option("-q", "--quiet", is_flag=True, help="Tell only of problems.")
def watch(*, vault: Path | None, today: date | None, once: bool, quiet: bool) -> None:
    r"""Keep this week's plan true while you edit your notes.

    Whenever your notes have come to rest, the plan follows them; never while you are typing in it.
    Ctrl-C ends.

    \b
    Example:
      vaultnet watch              until Ctrl-C
      vaultnet watch --once -q    in a script: wait for rest, bring the plan up to date, end
    """
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.app import keeping  # noqa: PLC0415 - help needs none of it
    from vaultnet.index.listing import SETTINGS  # noqa: PLC0415 - as above
    from vaultnet.reading import keep  # noqa: PLC0415 - as above
    from vaultnet.watch import ending, keep_watch  # noqa: PLC0415 - as above

    root = find_vault(vault)
    last: Kept | None = None
    said: frozenset[str] = frozenset()

    def day() -> date:
        return today or find_day()

    def look(moved: Paths) -> float | None:
        nonlocal last, said
        kept = keeping.keep_plan(root, day(), find_day(), moved, last, hold)
        if kept is None:
            return last.wait if last else None
        if kept.fault and once:
            raise VaultnetError(kept.fault)
        if once and not quiet and kept.wait and not kept.fault and (last is None or not last.wait):
            _talk("The plan was edited a moment ago: waiting until it has been left alone.")
        said = _tell(kept, last, said, quiet=quiet)
        last = kept
        return kept.wait

    def remember() -> None:
        if last and last.memory:
            keep(root, last.memory)

    alone = nullcontext() if once else keeping.keep_alone(root)
    with ending() as hold, _ended_well(once=once, quiet=quiet), alone:
        if not (quiet or once):
            _talk(f"Watching {present.clean_line(str(root))}. Ctrl-C ends.")
        keep_watch(root, look, settings=SETTINGS, day=day, tell=_talk, idle=remember, once=once)


def _tell(kept: Kept, last: Kept | None, said: frozenset[str], *, quiet: bool) -> frozenset[str]:
    """Tell what came of a look, and of what is wrong only what was not said before."""
    from vaultnet import present  # noqa: PLC0415 - as above

    faults = present.faults_of(kept, said)
    new = sorted(faults - said, key=lambda line: (line != present.clean_lines(kept.fault), line))
    for fault in new[:5]:
        _talk(fault)
    if len(new) > 5:
        _talk(present.mending(len(kept.problems or ())))
    line = present.tell_kept(kept, last)
    if line and not quiet:
        click.echo(f"{find_time()} {line}")
    return faults


def _talk(sentence: str) -> None:
    click.echo(sentence, err=True)


@contextmanager
def _ended_well(*, once: bool, quiet: bool) -> Iterator[None]:
    """Take Ctrl-C for what it is here: the usual end. `--once` alone had something left to do."""
    try:
        yield
    except KeyboardInterrupt:
        if once:
            raise click.Abort from None
        if not quiet:
            _talk("Ended.")
