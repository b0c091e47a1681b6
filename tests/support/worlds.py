"""Small worlds of clubs for strength models: two countries, three leagues, a European cup and a domestic one."""

from __future__ import annotations

import numpy as np

from secondleg.strength import TrainingCompetition, TrainingSet

__all__ = ["make_world"]


def make_world(
    *, seed: int = 1, clubs_per_league: int = 8, rounds: int = 2, european: int = 40, domestic: int = 20
) -> TrainingSet:
    """Matches drawn from Poisson goals; ita.1 is the strongest league, eng.2 the weakest."""
    rng = np.random.default_rng(seed)
    leagues = [("eng", "eng.1", 0.2), ("eng", "eng.2", -0.3), ("ita", "ita.1", 0.3)]
    n = clubs_per_league
    names = [(f"{country}/{code[-1]}-{i}", country) for country, code, _ in leagues for i in range(n)]
    quality = np.repeat([level for _, _, level in leagues], n) + rng.normal(0, 0.2, 3 * n)
    attack, defence = quality + rng.normal(0, 0.15, 3 * n), quality + rng.normal(0, 0.15, 3 * n)
    rows: list[tuple[int, int, int, bool]] = []
    for number in range(3):
        members = range(number * n, (number + 1) * n)
        rows += [(h, a, number, False) for h in members for a in members if h != a] * rounds
    first, third = np.arange(n), np.arange(2 * n, 3 * n)
    for k in range(european):
        home, away = int(rng.choice(first)), int(rng.choice(third))
        rows.append((home, away, 3, k % 5 == 0) if k % 2 else (away, home, 3, k % 5 == 0))
    for _ in range(domestic):
        rows.append((int(rng.integers(0, n)), int(rng.integers(n, 2 * n)), 4, False))
    order = rng.permutation(len(rows))
    home, away, competition, neutral = (np.array([rows[i][k] for i in order]) for k in range(4))
    advantage = np.where(neutral, 0.0, 0.15)
    start = np.datetime64("2022-08-01", "D")
    return TrainingSet(
        date=start + np.sort(rng.integers(0, 700, len(rows))),
        home=home,
        away=away,
        competition=competition,
        neutral=neutral.astype(bool),
        home_goals=rng.poisson(np.exp(0.3 + advantage + attack[home] - defence[away])).astype(float),
        away_goals=rng.poisson(np.exp(0.3 - advantage + attack[away] - defence[home])).astype(float),
        clubs=tuple(name for name, _ in names),
        countries=tuple(country for _, country in names),
        competitions=(
            TrainingCompetition("eng.1", "eng", "league", 1),
            TrainingCompetition("eng.2", "eng", "league", 2),
            TrainingCompetition("ita.1", "ita", "league", 1),
            TrainingCompetition("uefa.el", "uefa", "cup"),
            TrainingCompetition("eng.facup", "eng", "cup"),
        ),
    )
