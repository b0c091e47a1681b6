"""A season of a competition as far as it is known: its format, what has been played, and what is still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from secondleg.football.match import Goals
from secondleg.football.progress import Draw
from secondleg.football.table import TableRules
from secondleg.football.tie import TieRules

__all__ = ["TIES", "Campaign", "Coming", "KnownTie", "PlayedMatch", "TableStage"]

TIES: Final = {
    "knockout-play-off": 8,
    "round-of-64": 32,
    "round-of-32": 16,
    "round-of-16": 8,
    "quarter-final": 4,
    "semi-final": 2,
    "third-place": 1,
    "final": 1,
}
"""Ties of the stages whose name tells how many there are."""


@dataclass(frozen=True, slots=True)
class PlayedMatch:
    """A match of a table with its goals."""

    home: str
    away: str
    goals: Goals


@dataclass(frozen=True, slots=True)
class Coming:
    """A match still to be played; without a `date` where it is known from the format alone."""

    home: str
    away: str
    date: dt.date | None = None
    neutral: bool = False


@dataclass(frozen=True)
class TableStage:
    """A league, a league phase, or a stage of groups: who is in each, what was played, what is to come.

    Without `groups` the sides are not known yet: then the stage's groups are drawn (`Draw.pots`), everybody meeting
    everybody else of a group at home and away.
    """

    stage: str
    groups: tuple[tuple[str, ...], ...]
    rules: TableRules
    played: tuple[PlayedMatch, ...] = ()
    coming: tuple[Coming, ...] = ()
    letters: tuple[str, ...] = ()
    """Names of the groups, where they have some."""
    deductions: Mapping[str, int] = field(default_factory=dict)
    sizes: tuple[int, int, int] = (0, 0, 0)
    """Number of groups, clubs in each and meetings of two clubs, for groups that are still to be drawn."""

    @property
    def clubs(self) -> tuple[str, ...]:
        """Everybody in it, group by group."""
        return tuple(club for group in self.groups for club in group)


@dataclass(frozen=True, slots=True)
class KnownTie:
    """A tie whose two sides are known. `first` is at home in the first leg, or in the only match.

    `first_leg` has the goals of the first of two legs once it is played, `winner` who went through once that is known.
    `day` is that of the next match.
    """

    first: str
    second: str
    first_leg: Goals | None = None
    winner: str | None = None
    day: dt.date | None = None
    neutral: bool = False


@dataclass(frozen=True)
class Campaign:
    """What is known of one season of a competition, stage by stage in the order of play.

    A stage is in `tables`, or it is a knockout round with an entry in `draws` and one in `tie_rules`. `feeders` are
    campaigns of other competitions whose sides join (`Source.competition`). `association` is the country of each club,
    for draws that keep them apart.
    """

    competition: str
    season: int
    stages: tuple[str, ...]
    tables: Mapping[str, TableStage]
    draws: Mapping[str, Draw] = field(default_factory=dict)
    tie_rules: Mapping[str, TieRules] = field(default_factory=dict)
    ties: Mapping[str, Sequence[KnownTie]] = field(default_factory=dict)
    feeders: Mapping[str, Campaign] = field(default_factory=dict)
    association: Mapping[str, str] = field(default_factory=dict)
    neutral: bool = False
    """Whether every match is on neutral ground (a final tournament)."""

    @property
    def knockouts(self) -> tuple[str, ...]:
        """The stages that are no tables."""
        return tuple(stage for stage in self.stages if stage not in self.tables)

    @property
    def clubs(self) -> tuple[str, ...]:
        """Everybody who takes part, and those of feeders, each once."""
        return tuple(dict.fromkeys(self._named()))

    @staticmethod
    def ties_in(stage: str) -> int:
        """How many ties a knockout stage has, by its name (0: the name does not tell)."""
        return TIES.get(stage, 0)

    def _named(self) -> Iterator[str]:
        for stage in self.stages:
            if stage in self.tables:
                yield from self.tables[stage].clubs
            for tie in self.ties.get(stage, ()):
                yield from (tie.first, tie.second)
        for feeder in self.feeders.values():
            yield from feeder.clubs
