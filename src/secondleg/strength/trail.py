"""How strong a club was before each of its matches, as the dynamic model saw it then."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np

from secondleg.errors import ForecastError
from secondleg.strength.data import TrainingSet
from secondleg.strength.dynamic import DynamicModel

__all__ = ["TrailPoint", "trail"]


@dataclass(frozen=True, slots=True)
class TrailPoint:
    """A club on the morning of a match, in goals on neutral ground against the average side of the years shown.

    `attack`: goals that it scores more than that side would; `defence`: goals that it concedes fewer.
    """

    date: dt.date
    attack: float
    defence: float

    @property
    def overall(self) -> float:
        """Goal difference a match against the average side."""
        return self.attack + self.defence


def trail(
    model: DynamicModel, training: TrainingSet, club: str, *, since: dt.date | None = None
) -> tuple[TrailPoint, ...]:
    """The club before each of its matches from `since` on, oldest first; nothing of a day or later is in a point.

    The average side is that of all matches of `training` from `since` on, each side counted once a match: one measure
    for the whole of the trail. Raises ForecastError for a club without matches.
    """
    shown = np.ones(len(training), dtype=bool)
    if since is not None:
        shown = training.date >= np.datetime64(since, "D")
    rows = np.flatnonzero(shown)
    number = training.clubs.index(club) if club in training.clubs else -1
    own = (training.home[rows] == number) | (training.away[rows] == number)
    if not own.any():
        raise ForecastError(
            f"{club} has no match{f' from {since} on' if since else ''} in the matches given. "
            "Import results of its competitions: secondleg data import PATH."
        )
    seen = model.forecasts(training, rows)
    strength, tempo = seen[:, 6::2], seen[:, 7::2]  # of the home and the away side
    attack, defence = strength + tempo, strength - tempo
    mean_attack, mean_defence = float(attack.mean()), float(defence.mean())
    level = math.log(model.goals)
    average = math.exp(level + mean_attack - mean_defence)
    points = []
    for place in np.flatnonzero(own):
        side = 0 if training.home[rows[place]] == number else 1
        points.append(
            TrailPoint(
                date=training.date[rows[place]].astype("datetime64[D]").astype(dt.date),
                attack=math.exp(level + float(attack[place, side]) - mean_defence) - average,
                defence=average - math.exp(level + mean_attack - float(defence[place, side])),
            )
        )
    return tuple(sorted(points, key=lambda point: point.date))
