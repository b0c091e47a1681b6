"""The states of the dynamic model: what is known of clubs, divisions, countries and competitions on one day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from secondleg.strength.data import TrainingSet
from secondleg.strength.leagues import League
from secondleg.strength.objective import Index, Vector
from secondleg.strength.recursion import CLUB

if TYPE_CHECKING:
    from secondleg.strength.dynamic import DynamicModel

__all__ = ["FORECAST", "States", "start_of", "steps_of"]

FORECAST: Final = (
    "edge", "pace", "edge_var", "pace_var", "edge_pace_cov", "both_seen",
    "home_strength", "home_tempo", "away_strength", "away_tempo",
)  # fmt: skip
"""What is written of a match before it is seen; strengths with the levels of division and country in them."""

_HOME_ADVANTAGE_SD: Final = 0.05
"""Doubt of the common home advantage before any match."""


@dataclass(frozen=True, eq=False)
class States:
    """Means and variances, in log goals; `recursion` names the parts. Arrays are changed in place.

    `divisions` has the leagues, then for each country one for clubs below its leagues and one for clubs seen abroad
    alone; `division_of` is -1 for a club that has not been seen. `common` holds the common home advantage, its
    variance, and the days to which it and the countries were moved.
    """

    divisions: tuple[League, ...]
    countries: tuple[str, ...]
    division_of_competition: Index
    international: np.ndarray[tuple[int], np.dtype[np.bool_]]
    country_of_division: Index
    tier_of_division: Index
    lower_of_club: Index
    unplaced_of_club: Index

    division_of: Index
    seen: Index
    club: Vector
    country: Vector
    country_cov: Vector
    division: Vector
    division_var: Vector
    goals: Vector
    goals_var: Vector
    advantage: Vector
    advantage_var: Vector
    competition_day: Index
    conversion: Vector
    common: Vector

    _FIXED = (
        "division_of_competition", "international", "country_of_division", "tier_of_division", "lower_of_club",
        "unplaced_of_club",
    )  # fmt: skip
    _MOVING = (
        "division_of", "seen", "club", "country", "country_cov", "division", "division_var", "goals", "goals_var",
        "advantage", "advantage_var", "competition_day", "conversion", "common",
    )  # fmt: skip

    def run(
        self,
        recursion: Callable[..., None],
        compiled: bool,
        matches: TrainingSet,
        steps: Index,
        settings: tuple[float, ...],
        forecast: Vector,
    ) -> None:
        """Take the states through the matches; not compiled, plain lists are faster than arrays."""
        unknown = np.full(len(matches), np.nan)
        columns = (
            matches.date.astype(np.int64),
            matches.home,
            matches.away,
            matches.competition,
            matches.neutral,
            matches.home_goals,
            matches.away_goals,
            unknown if matches.home_on_target is None else matches.home_on_target,
            unknown if matches.away_on_target is None else matches.away_on_target,
            steps,
        )
        fixed = [getattr(self, name) for name in self._FIXED]
        moving = [getattr(self, name).ravel() for name in self._MOVING]  # views: they are written to
        link = np.zeros(len(self.country))
        if compiled:
            recursion(*columns, *fixed, settings, *moving, link, forecast)
            return
        lists = [part.tolist() for part in moving]
        recursion(
            *(column.tolist() for column in columns),
            *(part.tolist() for part in fixed),
            settings,
            *lists,
            link.tolist(),
            forecast,
        )
        for part, found in zip(moving, lists, strict=True):
            part[:] = found

    def copy(self) -> States:
        """The same states, that may move on their own."""
        return replace(self, **{name: getattr(self, name).copy() for name in self._MOVING})

    def move_to(self, day: int, model: DynamicModel) -> None:
        """Let the time to the morning of `day` pass for all of them (`day` counted from 1970-01-01)."""
        known = self.division_of >= 0
        club = self.club.reshape(-1, CLUB)
        fades = np.array([model.strength_fade, model.tempo_fade, model.venue_fade])
        moves = np.array([model.strength_move, model.tempo_move, model.venue_move]) ** 2
        days = np.where(known, day - self.seen, 0)
        fade = np.exp(-days[:, None] * fades)
        club[:, :3] *= fade
        one, other = np.triu_indices(3)
        club[:, 3:] *= fade[:, one] * fade[:, other]
        club[:, [3, 6, 8]] += days[:, None] * moves
        self.seen[known] = day

        days = day - self.competition_day
        fade = np.exp(-days * model.competition_goals_fade)
        self.goals[:] *= fade
        self.goals_var[:] = self.goals_var * fade**2 + days * model.competition_goals_move**2
        fade = np.exp(-days * model.competition_home_fade)
        self.advantage[:] *= fade
        self.advantage_var[:] = self.advantage_var * fade**2 + days * model.competition_home_move**2
        self.competition_day[:] = day
        self.common[1] += (day - self.common[2]) * model.home_advantage_move**2
        self.country_cov[np.diag_indices(len(self.country))] += (day - self.common[3]) * model.country_move**2
        self.common[2] = self.common[3] = day


def start_of(model: DynamicModel, matches: TrainingSet) -> States:
    """The states before the first of `matches`: nothing but priors."""
    competitions = matches.competitions
    countries = tuple(sorted({*matches.countries, *(c.country for c in competitions if c.is_league)}))
    number = {country: n for n, country in enumerate(countries)}
    leagues = [League(c.code, c.country, c.tier or 1) for c in competitions if c.is_league]
    lowest: dict[str, int] = {}
    for league in leagues:
        lowest[league.country] = max(lowest.get(league.country, 1), league.tier)
    lower = [League(f"{country}.lower", country, lowest.get(country, 0) + 1) for country in countries]
    unplaced = [League(f"{country}.unplaced", country, 1) for country in countries]
    divisions = (*leagues, *lower, *unplaced)
    home_countries = set(matches.countries)
    own = np.array([number[country] for country in matches.countries], dtype=np.int64)
    below = np.array([division.tier - 1.0 for division in divisions])
    place = np.cumsum([c.is_league for c in competitions]) - 1
    clubs, kinds = len(matches.clubs), len(competitions)
    first = int(matches.date.min().astype(np.int64)) if len(matches) else 0
    club = np.zeros((clubs, CLUB))
    club[:, 0] = model.newcomer
    club[:, [3, 6, 8]] = np.array([model.strength_sd, model.tempo_sd, model.venue_sd]) ** 2
    return States(
        divisions=divisions,
        countries=countries,
        division_of_competition=np.where([c.is_league for c in competitions], place, -1),
        international=np.array(
            [not c.is_league and c.country not in home_countries for c in competitions], dtype=np.bool_
        ),
        country_of_division=np.array([number[division.country] for division in divisions], dtype=np.int64),
        tier_of_division=np.array([division.tier for division in divisions], dtype=np.int64),
        lower_of_club=len(leagues) + own,
        unplaced_of_club=len(leagues) + len(countries) + own,
        division_of=np.full(clubs, -1, dtype=np.int64),
        seen=np.full(clubs, first, dtype=np.int64),
        club=club.ravel(),
        country=np.zeros(len(countries)),
        country_cov=np.diag(np.full(len(countries), model.country_sd**2)),
        division=-model.tier_step * below,
        division_var=(model.tier_step_sd * below) ** 2,
        goals=np.zeros(kinds),
        goals_var=np.full(kinds, model.competition_goals_sd**2),
        advantage=np.zeros(kinds),
        advantage_var=np.full(kinds, model.competition_home_sd**2),
        competition_day=np.full(kinds, first, dtype=np.int64),
        conversion=np.full(kinds, model.conversion),
        common=np.array([model.home_advantage, _HOME_ADVANTAGE_SD**2, first, first], dtype=np.float64),
    )


def steps_of(matches: TrainingSet, wanted: Index | None = None) -> Index:
    """The order in which matches are seen: by day, then by the names of the clubs, however the rows stand.

    A match is written as its row. Before the matches of a day those of them that are `wanted` stand as -1 - row: they
    are forecast. After the last wanted day there is nothing.
    """
    clubs = len(matches.clubs)
    by_name = np.argsort(np.argsort(np.array(matches.clubs, dtype=object), kind="stable"), kind="stable")
    day = matches.date.astype(np.int64)
    key = (day * clubs + by_name[matches.home]) * clubs + by_name[matches.away]
    order = np.arange(len(matches)) if np.all(key[1:] >= key[:-1]) else np.argsort(key, kind="stable")
    if wanted is None:
        return order
    if not len(wanted):
        return order[:0]
    order = order[day[order] < day[wanted].max()]
    steps = np.concatenate((-1 - np.unique(wanted), order))
    turn = np.concatenate((2 * day[np.unique(wanted)], 2 * day[order] + 1))
    return steps[np.argsort(turn, kind="stable")]
