"""Back-tests as a user asks for them: which forecasters, of which competitions and seasons, against whom.

Models come from `strength`, by their short names; what bookmakers and FiveThirtyEight said stands beside them as
further forecasters of the same matches.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from secondleg.errors import BadInput
from secondleg.forecast import fivethirtyeight
from secondleg.forecast.backtest import Forecasts, carry_out, gathered, history_of, plan, tasks_of
from secondleg.forecast.engine import Engine
from secondleg.forecast.results import Results, TieSample, load
from secondleg.forecast.sample import Sample, sample_of
from secondleg.forecast.summary import summary
from secondleg.forecast.tie_backtest import (
    PlayedTie,
    carry_out_ties,
    gathered_ties,
    plan_ties,
    played_ties,
    tie_tasks,
)
from secondleg.strength import StrengthModel, TrainingSet
from secondleg.strength.market import MarketModel, MatchOdds

if TYPE_CHECKING:
    from secondleg.archive.archive import Archive
    from secondleg.archive.view import View

__all__ = ["GROUPS", "Asked", "backtest", "compared", "document_of", "parse_competitions", "parse_seasons"]

GROUPS: Final = {
    "top5": ("eng.1", "esp.1", "fra.1", "ger.1", "ita.1"),
    "uefa": ("uefa.cl", "uefa.conf", "uefa.el"),
}
"""Competitions that one word stands for."""

_MOST_SEASONS: Final = 200

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be forecast again, and by whom.

    `forecasters` are short names: of models, with settings after a colon (`joint:half_life_days=300`), `market` (the
    odds of the archive) and `fivethirtyeight`, whose file is `peer`. `history` is how many years before its first match
    a model learns from, where not those that suit it. Matches are forecast, ties, or both.
    """

    forecasters: tuple[str, ...]
    competitions: tuple[str, ...]
    seasons: tuple[int, ...]
    against: tuple[str, ...] = ()
    matches: bool = True
    ties: bool = False
    every_stage: bool = False
    history: float | None = None
    peer: Path | None = None

    @property
    def everybody(self) -> tuple[str, ...]:
        """All who forecast, those to be set against last, nobody twice."""
        return tuple(dict.fromkeys((*self.forecasters, *self.against)))


def parse_competitions(text: str) -> tuple[str, ...]:
    """The competitions that `top5,uefa.cl` stands for, by code."""
    codes: dict[str, None] = {}
    for word in text.split(","):
        codes.update(dict.fromkeys(GROUPS.get(word.strip(), (word.strip(),))))
    if "" in codes:
        raise BadInput(
            f"--competitions {text!r} has an empty place. Write it as eng.1,ita.1, or as one of {', '.join(GROUPS)}."
        )
    return tuple(codes)


def parse_seasons(text: str) -> tuple[int, ...]:
    """The seasons that `2016-2018,2021` stands for, by the year in which each began."""
    years: set[int] = set()
    for word in text.split(","):
        first, dash, last = word.strip().partition("-")
        if not (
            first.isdecimal() and len(first) == 4 and (not dash or (last.isdecimal() and len(last) == 4))
        ):
            raise BadInput(
                f"--seasons {text!r} cannot be read. A season is the year in which it began: "
                "write 2023, 2021-2023 or 2016-2018,2023."
            )
        if dash and int(last) < int(first):
            raise BadInput(f"--seasons {word.strip()} runs backwards; write {last}-{first}.")
        years.update(range(int(first), int(last or first) + 1))
    if len(years) > _MOST_SEASONS:
        raise BadInput(f"--seasons {text} are {len(years)}; choose at most {_MOST_SEASONS}.")
    return tuple(sorted(years))


def backtest(
    archive: Archive, asked: Asked, engine: Engine | None = None, progress: Progress | None = None
) -> tuple[Results, dict[str, Any]]:
    """Forecast again what is asked for; the results, and notes on how they came about (see `document_of`).

    Raises:
        BadInput: no such model, no such competition or season in the archive, nothing to do.
        MissingExtra: a model or a cluster needs an optional part.
    """
    engine = engine or Engine()
    if not asked.everybody:
        raise BadInput("there is no forecaster. Name a model, such as joint.")
    if asked.history is not None and not asked.history > 0.0:
        raise BadInput(f"a history of {asked.history:g} years holds no match; give more than 0.")
    if not (asked.matches or asked.ties):
        raise BadInput("neither matches nor ties are asked for. Leave --no-matches out, or add --ties.")
    models = {name: _model(name) for name in asked.everybody if name not in _OUTSIDE}
    view, first = _view(archive, asked)
    days = None if asked.history is None else max(1, round(asked.history * 365))
    longest = max((history_of(model, days) for model in models.values()), default=1)
    # a second signal is read only for a model that looks at it
    shots = any(getattr(model, "shots_share", 0.0) > 0.0 for model in models.values())
    training = TrainingSet.from_view(view, since=first - dt.timedelta(days=longest), shots=shots)
    sample = sample_of(view, training, asked.competitions, asked.seasons, every_stage=asked.every_stage)
    ties = (
        played_ties(view, asked.competitions, asked.seasons, every_stage=asked.every_stage)
        if asked.ties
        else ()
    )
    if asked.ties and not ties:
        raise BadInput(
            f"{', '.join(asked.competitions)} had no two-legged tie in these seasons that the archive knows the "
            "winner of. Leave --ties out, choose other seasons, or add --all-stages for qualifying rounds."
        )
    forecasts: dict[str, Forecasts] = {}
    chances = {}
    notes: dict[str, Any] = {}
    if not asked.matches:
        sample = sample.take(np.zeros(0, dtype=np.int64))
    for name in asked.everybody:
        if name in _OUTSIDE:
            if not asked.matches:
                raise BadInput(f"{name} tells nothing of ties. Leave it out, or leave --no-matches out.")
            forecasts[name], notes[name] = _OUTSIDE[name](view, training, sample, asked)
            continue
        model = models[name]
        if asked.matches:
            forecasts[name] = _forecasts(name, model, training, sample, days, engine, progress)
        if ties:
            chances[name] = _tie_chances(name, model, training, ties, days, engine, progress)
    return Results(sample, forecasts, TieSample.of(ties), chances), notes


def compared(results: Results | None, saved: Sequence[Path]) -> Results:
    """`results` with the forecasters of saved ones beside them; without any, those of the first file are the base."""
    rest = list(saved)
    if results is None:
        if not rest:
            raise BadInput(
                "there is nothing to compare. Name a model, or a file of saved results with --with."
            )
        results = load(rest.pop(0))
    for path in rest:
        results = results.beside(load(path), path.stem)
    return results


def document_of(
    results: Results, *, against: Sequence[str] = (), asked: Asked | None = None, notes: Any = None
) -> dict[str, Any]:
    """The results in numbers, with what was asked and how it came about, ready for JSON."""
    sample = results.sample
    return {
        "competitions": sorted(set(sample.competition.tolist()) | set(results.ties.competition.tolist())),
        "seasons": sorted(set(sample.season.tolist()) | set(results.ties.season.tolist())),
        "first": str(sample.date.min()) if len(sample) else None,
        "last": str(sample.date.max()) if len(sample) else None,
        "every_stage": asked.every_stage if asked else None,
        "history_years": asked.history if asked else None,
        "notes": dict(notes or {}),
        **summary(results, against),
    }


def _view(archive: Archive, asked: Asked) -> tuple[View, dt.date]:
    """The archive once the last of the matches was played, and the day of the first."""
    days = archive.days
    if days is None:
        raise BadInput("the archive is empty. Fill it with: secondleg data import FILES…")
    whole = archive.view(days[1] + dt.timedelta(days=1))
    found = whole.rows(
        "SELECT competition, min(date) AS first, max(date) AS last FROM result "
        "WHERE list_contains($competitions, competition) AND list_contains($seasons, season) GROUP BY competition",
        competitions=list(asked.competitions),
        seasons=list(asked.seasons),
    )
    missing = sorted(set(asked.competitions) - {row["competition"] for row in found})
    if missing:
        held = {row["code"] for row in whole.rows("SELECT code FROM competition")}
        known = [code for code in missing if code in held]
        if known:
            raise BadInput(
                f"the archive holds no played match of {', '.join(known)} in the seasons asked for. "
                f"`secondleg data status --competition {known[0]}` lists the seasons that it holds."
            )
        raise BadInput(
            f"the archive holds no competition {', '.join(missing)}. `secondleg data status --all` lists those it "
            f"holds; {' and '.join(GROUPS)} stand for several."
        )
    last = max(row["last"] for row in found)
    return archive.view(last + dt.timedelta(days=1)), min(row["first"] for row in found)


def _model(text: str) -> StrengthModel:
    """The model that a short name stands for, with the settings after its colon."""
    from secondleg.strength.registry import model

    alias, _, rest = text.partition(":")
    settings: dict[str, float] = {}
    for word in filter(None, rest.split(",")):
        name, _, value = word.partition("=")
        try:
            settings[name.strip()] = float(value)
        except ValueError as error:
            raise BadInput(
                f"{text!r}: {word!r} is no setting. Write it as joint:half_life_days=300,club_sd=0.4."
            ) from error
    return model(alias, **settings)


def _forecasts(
    name: str,
    model: StrengthModel,
    training: TrainingSet,
    sample: Sample,
    days: int | None,
    engine: Engine,
    progress: Progress | None,
) -> Forecasts:
    places = tasks_of(model, sample)
    pieces = engine.map(
        carry_out,
        plan(model, training, sample, history_days=days),
        len(places),
        _step(progress, name, len(places)),
    )
    return gathered(len(sample), zip(places, pieces, strict=True))


def _tie_chances(
    name: str,
    model: StrengthModel,
    training: TrainingSet,
    ties: Sequence[PlayedTie],
    days: int | None,
    engine: Engine,
    progress: Progress | None,
) -> np.ndarray[Any, np.dtype[np.float64]]:
    tasks = tie_tasks(model, ties)
    planned = plan_ties(model, training, ties, history_days=days)
    pieces = engine.map(carry_out_ties, planned, len(tasks), _step(progress, f"{name}, ties", len(tasks)))
    return gathered_ties(len(ties), zip(tasks, pieces, strict=True))


def _step(progress: Progress | None, what: str, total: int) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    progress(what, 0, total)
    return lambda done, total: progress(what, done, total)


def _market(
    view: View, training: TrainingSet, sample: Sample, asked: Asked
) -> tuple[Forecasts, dict[str, Any]]:
    """What the archive's odds say, and whose they are."""
    odds = MatchOdds.from_view(view, since=sample.date.min().astype(dt.date))
    predictions = MarketModel(odds=odds).predict(training, sample.row)
    told_by = Counter(odds.told_by[place] for place in odds.places(training, sample.row) if place >= 0)
    without = len(sample) - int(predictions.known.sum())
    return Forecasts.of(predictions, training), {**dict(told_by.most_common()), "without": without}


def _fivethirtyeight(
    view: View, training: TrainingSet, sample: Sample, asked: Asked
) -> tuple[Forecasts, dict[str, Any]]:
    forecasts, report = fivethirtyeight.fivethirtyeight(view, sample, asked.peer or _peer_file())
    return forecasts, report.to_dict()


def _peer_file() -> Path:
    """FiveThirtyEight's file in the mirror of the public sources, if there is one."""
    mirror = os.environ.get("SECONDLEG_MIRROR")
    folder = Path(mirror) / "fivethirtyeight" if mirror else None
    found = sorted(folder.glob("spi_*")) if folder is not None else []
    if not found:
        raise BadInput(
            "no file of FiveThirtyEight's forecasts is at hand. Give one with --peer FILE (their spi_matches.csv), "
            "or set SECONDLEG_MIRROR to a mirror that has it under fivethirtyeight/."
        )
    return found[0]


_OUTSIDE: Final[dict[str, Callable[[View, TrainingSet, Sample, Asked], tuple[Forecasts, dict[str, Any]]]]] = {
    MarketModel.alias: _market,
    fivethirtyeight.ALIAS: _fivethirtyeight,
}
"""Forecasters that are no models of strength: what they said is looked up."""
