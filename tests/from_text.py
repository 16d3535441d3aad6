"""Notes as text become what the rooms of the core see, without a disk."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vaultnet.core import moves, rings
from vaultnet.core.calendar import week_of
from vaultnet.core.contacts import read_contacts
from vaultnet.core.evidence import find_evidence
from vaultnet.core.links import LinkIndex, index_links
from vaultnet.core.model import Network, Obsidian, Plan, Problem, Settings, Source, Standing
from vaultnet.core.network import build_network
from vaultnet.core.notes import read_note
from vaultnet.core.plan import View, make_plan
from vaultnet.render import Rendered, render_plan

MONDAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Told:
    """What a handful of notes says on a day."""

    links: LinkIndex
    network: Network
    standings: Mapping[str, Standing]
    problems: tuple[Problem, ...]
    settings: Settings
    today: date

    def plan(
        self,
        kept: tuple[str, ...] = (),
        standing_ids: frozenset[str] | None = None,
        untouched: frozenset[str] | None = None,
    ) -> Plan:
        """Make the plan of the week of that day."""
        week = week_of(self.today)
        before = rings.place(self.network, week.monday - timedelta(days=1))
        return make_plan(
            View(
                week=week,
                today=self.today,
                network=self.network,
                standings=self.standings,
                settings=self.settings,
                moves=moves.find_moves(before, self.standings),
                kept=kept,
                standing_ids=frozenset(kept) if standing_ids is None else standing_ids,
                untouched=frozenset(kept) if untouched is None else untouched,
                problems=self.problems,
            )
        )

    def rendered(self) -> Rendered:
        """Lay that plan out."""
        return render_plan(self.plan(), self.links.best_link)


def tell(
    notes: Mapping[str, str],
    today: date = MONDAY,
    settings: Settings | None = None,
    obsidian: Obsidian | None = None,
    paths: Iterable[str] = (),
) -> Told:
    """Read notes given as path -> text (indentation is taken off); `paths` of others are there too."""
    settings, obsidian = settings or Settings(), obsidian or Obsidian()
    read = [read_note(Source(path, textwrap.dedent(text))) for path, text in notes.items()]
    links = index_links([*notes, *paths], read)
    people = read_contacts(read, settings, obsidian, links.resolve)
    evidence = find_evidence(read, people.contacts, links.resolve, settings, obsidian, today, today)
    network = build_network(people.contacts, evidence)
    problems = [*(p for note in read for p in note.problems), *people.problems, *evidence.problems]
    return Told(
        links=links,
        network=network,
        standings=rings.place(network, today),
        problems=tuple(sorted(problems)),
        settings=settings,
        today=today,
    )
