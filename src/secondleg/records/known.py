"""What the answers of one view share: names, evidence already fetched, the coverage ledger, clubs' seasons.

A view never changes, so each of these is read once and kept as long as the view lives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from secondleg.football.competition import Competition, competition
from secondleg.football.match import Goals, Score
from secondleg.records.answer import Evidence
from secondleg.records.conditions import listed

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = [
    "Known",
    "LedgerEntry",
    "Seasons",
    "country_of",
    "evidence",
    "known",
    "season_label",
    "seasons_of",
]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What the archive says that it holds of one season of one competition."""

    label: str
    whole: bool
    only_clubs: frozenset[str] | None
    reason: str
    qualifying: bool = True
    """Whether its qualifying rounds are held too, or it had none."""
    main_from: dt.date | None = None
    """Its first match after the qualifying rounds."""

    def whole_for(self, club: str | None) -> bool:
        """Whether every match of `club` (of all clubs, for None) in that season is held."""
        if club is not None and self.only_clubs is not None:
            return club in self.only_clubs
        return self.whole and self.only_clubs is None


Seasons = Mapping[tuple[str, int], int]
"""Rank of the furthest stage that a club played in, by competition and season."""


@dataclass(slots=True)
class Known:
    """The shared memory of one view. Use the functions below rather than its fields."""

    competitions: dict[str, Competition] = field(default_factory=dict)
    ledger: dict[str, dict[int, LedgerEntry]] = field(default_factory=dict)
    evidence: dict[int, Evidence] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    seasons: dict[str, Seasons] = field(default_factory=dict)
    ledgers: dict[object, object] = field(default_factory=dict)
    """What `coverage` worked out, by subject and scope."""

    def label(self, competition: str, season: int) -> str:
        """The season as people write it: "2023-24", or "2024" where it is a calendar year."""
        entry = self.ledger.get(competition, {}).get(season)
        return entry.label if entry else season_label(season)

    def competition(self, code: str) -> Competition:
        """The competition of that code, as the archive has it or as the game knows it."""
        return self.competitions.get(code) or competition(code)

    def called(self, code: str, season: int) -> str:
        """What the competition was called in that season: the European Cup of 1979-80."""
        declared = competition(code)
        return declared.name_in(season) if len(declared.names) > 1 else self.competition(code).name


_MEMORY: Final[WeakKeyDictionary[View, Known]] = WeakKeyDictionary()

_COMPETITIONS: Final = "SELECT code, name, country, kind, tier FROM competition"
_LEDGER: Final = (
    "SELECT competition, season, label, whole, only_clubs, reason, qualifying, main_from FROM coverage"
)
_MATCHES: Final = """
SELECT id, date, competition, season, stage, leg, home, away, home_goals, away_goals, after_extra_time,
       home_pens, away_pens, neutral, status, sources
FROM result WHERE id IN (SELECT unnest(string_split($ids, ',')::INTEGER[]))"""
_NAMES: Final = "SELECT id, name, country FROM club WHERE list_contains(string_split($ids, ','), id)"
_SEASONS: Final = """
SELECT competition, season, max(stage_rank) AS furthest FROM side WHERE club = $club GROUP BY ALL"""


def season_label(season: int) -> str:
    """ "2023-24" for a season that began in 2023."""
    return f"{season}-{(season + 1) % 100:02d}"


def known(view: View) -> Known:
    """The memory of `view`, with its competitions and its coverage ledger."""
    found = _MEMORY.get(view)
    if found is None:
        found = Known()
        for row in view.rows(_COMPETITIONS):
            found.competitions[row["code"]] = Competition(**row)
        for row in view.rows(_LEDGER):
            clubs = row["only_clubs"]
            only = None if clubs is None else frozenset(club.strip() for club in clubs.split(","))
            entry = LedgerEntry(
                row["label"], row["whole"], only, row["reason"], row["qualifying"], row["main_from"]
            )
            found.ledger.setdefault(row["competition"], {})[row["season"]] = entry
        _MEMORY[view] = found
    return found


def seasons_of(view: View, club: str) -> Seasons:
    """The competitions and seasons in which `club` has a result, each with the furthest stage's rank."""
    memory = known(view)
    if club not in memory.seasons:
        memory.seasons[club] = {
            (row["competition"], row["season"]): row["furthest"] or 0
            for row in view.rows(_SEASONS, club=club)
        }
    return memory.seasons[club]


def country_of(view: View, club: str) -> str:
    """The football country of `club`; empty for a club that the archive does not know."""
    _fetch_names(view, [club])
    return known(view).countries.get(club, "")


def evidence(view: View, matches: Iterable[int]) -> dict[int, Evidence]:
    """The matches of these ids that have a result in `view`, by id."""
    memory = known(view)
    wanted = list(dict.fromkeys(matches))
    missing = [match for match in wanted if match not in memory.evidence]
    if missing:
        rows = view.rows(_MATCHES, ids=listed(missing))
        _fetch_names(view, {row[side] for row in rows for side in ("home", "away")})
        for row in rows:
            memory.evidence[row["id"]] = _evidence(memory, row)
    return {match: memory.evidence[match] for match in wanted if match in memory.evidence}


def _fetch_names(view: View, clubs: Iterable[str]) -> None:
    memory = known(view)
    missing = [club for club in clubs if club not in memory.names]
    if missing:
        for row in view.rows(_NAMES, ids=listed(missing)):
            memory.names[row["id"]] = row["name"]
            memory.countries[row["id"]] = row["country"]


def _evidence(memory: Known, row: dict[str, Any]) -> Evidence:
    return Evidence(
        match=row["id"],
        date=row["date"],
        competition=row["competition"],
        competition_name=memory.called(row["competition"], row["season"]),
        season=memory.label(row["competition"], row["season"]),
        stage=row["stage"],
        leg=row["leg"],
        home=row["home"],
        away=row["away"],
        home_name=memory.names.get(row["home"], row["home"]),
        away_name=memory.names.get(row["away"], row["away"]),
        home_goals=row["home_goals"],
        away_goals=row["away_goals"],
        score=_score(row),
        neutral=row["neutral"],
        sources=row["sources"],
    )


def _score(row: dict[str, Any]) -> str:
    pens = row["home_pens"], row["away_pens"]
    score = Score(
        Goals(row["home_goals"], row["away_goals"]),
        shootout=None if None in pens else Goals(*pens),
        after_extra_time=row["after_extra_time"],
    )
    return f"{score}, awarded" if row["status"] == "awarded" else str(score)
