"""`vaultnet check`: problems, with their places."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from vaultnet.cli.options import HELP, json_option, read, today_option, vault_option


@click.command(context_settings=HELP)
@vault_option
@today_option
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@json_option
def check(*, vault: Path | None, today: date | None, strict: bool, as_json: bool) -> None:
    r"""List problems in the notes as `path:line: message`, like a linter.

    Fails if there are errors; hints are only told.

    \b
    Example:
      vaultnet check
      vaultnet check --strict --json
    """
    from vaultnet import present  # noqa: PLC0415 - help needs none of it
    from vaultnet.app import questions  # noqa: PLC0415 - help needs none of it
    from vaultnet.core.model import Severity  # noqa: PLC0415 - as above

    problems = questions.check_vault(read(vault, today))
    if as_json:
        click.echo(present.dump([present.problem_as_json(problem) for problem in problems]))
    else:
        present.print_problems(problems)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    sys.exit(1 if any(problem.severity in failing for problem in problems) else 0)
