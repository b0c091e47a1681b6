"""Which league each club belongs to, and which leagues share no match with the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondleg.strength.data import TrainingSet

__all__ = ["League", "Membership", "UnlinkedLeagues", "linked_groups", "membership"]


class UnlinkedLeagues(UserWarning):
    """Some leagues share no match, so that the data cannot say how their clubs compare."""


@dataclass(frozen=True, slots=True)
class League:
    """A level that clubs are shrunk towards: a division of a country, with `tier` 1 for the top one.

    Clubs without a league match stand in a level of their own: `fra.unplaced` at tier 1 for those seen in
    international competition, `eng.lower` one tier below the lowest known division for those seen in domestic
    cups alone.
    """

    code: str
    country: str
    tier: int


@dataclass(frozen=True, eq=False)
class Membership:
    """Leagues in order of their codes, and the league of each club as an index into them."""

    leagues: tuple[League, ...]
    league_of: NDArray[np.int64]


def membership(training: TrainingSet, weight: NDArray[np.float64]) -> Membership:
    """The league of each club: the one of most of its league matches, each counted with its `weight`."""
    competitions = training.competitions
    clubs, kinds = len(training.clubs), len(competitions)
    cells = np.concatenate((training.home, training.away)) * kinds + np.tile(training.competition, 2)
    played = np.bincount(cells, np.tile(weight, 2), minlength=clubs * kinds).reshape(clubs, kinds)
    is_league = np.array([c.is_league for c in competitions], dtype=bool)
    abroad = np.zeros(clubs, dtype=bool)
    for number, competition in enumerate(competitions):
        if not competition.is_league:
            foreign = np.array([country != competition.country for country in training.countries])
            abroad |= (played[:, number] > 0.0) & foreign
    in_leagues = np.where(is_league, played, 0.0)
    favourite = in_leagues.argmax(axis=1)
    placed = in_leagues.max(axis=1, initial=0.0) > 0.0

    lowest: dict[str, int] = {}
    for competition in competitions:
        if competition.is_league:
            lowest[competition.country] = max(lowest.get(competition.country, 1), competition.tier or 1)
    of_club: list[League] = []
    for club, country in enumerate(training.countries):
        if placed[club]:
            league = competitions[favourite[club]]
            of_club.append(League(league.code, league.country, league.tier or 1))
        elif abroad[club] or country not in lowest:
            of_club.append(League(f"{country}.unplaced", country, 1))
        else:
            of_club.append(League(f"{country}.lower", country, lowest[country] + 1))
    leagues = tuple(sorted(set(of_club), key=lambda league: league.code))
    number_of = {league: number for number, league in enumerate(leagues)}
    return Membership(leagues, np.array([number_of[league] for league in of_club], dtype=np.int64))


def linked_groups(home: NDArray[np.int64], away: NDArray[np.int64], clubs: int) -> NDArray[np.int64]:
    """A label for each club, equal for two if a chain of matches links them: the lowest index in it."""
    label = np.arange(clubs)
    while True:
        lowest = label.copy()
        np.minimum.at(lowest, home, label[away])
        np.minimum.at(lowest, away, label[home])
        # a label is itself a club: follow it down, so that chains shorten by half a round
        lowest = np.minimum(lowest, lowest[lowest])
        if np.array_equal(lowest, label):
            return label
        label = lowest
