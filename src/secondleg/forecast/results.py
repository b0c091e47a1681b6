"""The results of a back-test: what each forecaster said of the same matches and ties, beside what happened.

They are saved as one table with a row for each match (or tie) and forecaster, as Parquet or in a JSON document, and
read back, so that two runs can be set side by side. A match is known by its day, competition and sides, in any archive.

    what         match, tie-before (the first leg), tie-after (it)
    date         of the match; of a tie the match to come then
    competition, season, stage, home, away
                 of a tie the side at home in the first leg, and the other
    home_goals, away_goals
                 after 90 minutes; of a tie those of the first leg
    promoted     whether a side was not in this league the season before; missing outside leagues
    outcome      home, draw or away; of a tie who went through
    forecaster   its short name
    home_chance, draw_chance, away_chance
                 of the outcomes; missing where it said nothing
    home_expected, away_expected, score_chance
                 expected goals, and the chance given to the score that came; missing where there is none
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import SourceError
from secondleg.forecast.backtest import Forecasts
from secondleg.forecast.evaluation import result_of
from secondleg.forecast.sample import Sample
from secondleg.forecast.tie_backtest import AFTER, BEFORE, PlayedTie

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["COLUMNS", "Results", "TieSample", "load", "save"]

Vector = NDArray[np.float64]
Labels = NDArray[np.object_]

COLUMNS: Final = (
    "what", "date", "competition", "season", "stage", "home", "away", "home_goals", "away_goals", "promoted",
    "outcome", "forecaster", "home_chance", "draw_chance", "away_chance", "home_expected", "away_expected",
    "score_chance",
)  # fmt: skip

_OUTCOMES: Final = ("home", "draw", "away")
_TIE: Final = {BEFORE: "tie-before", AFTER: "tie-after"}
_FORMAT: Final = "secondleg back-test"


@dataclass(frozen=True, eq=False)
class TieSample:
    """The ties of a back-test; every array has one entry a tie. `dates[tie, when]` is the day of the match to come,
    `first_home` and `first_away` the goals of the first leg, `through` whether the first side went through.
    """

    dates: NDArray[np.datetime64]
    competition: Labels
    season: NDArray[np.int64]
    stage: Labels
    first: Labels
    second: Labels
    first_home: NDArray[np.int64]
    first_away: NDArray[np.int64]
    through: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.through)

    @classmethod
    def of(cls, ties: Sequence[PlayedTie]) -> TieSample:
        """The ties as arrays."""
        return cls(
            dates=np.array([tie.dates for tie in ties], dtype="datetime64[D]").reshape(len(ties), 2),
            competition=_labels(tie.competition for tie in ties),
            season=np.array([tie.season for tie in ties], dtype=np.int64),
            stage=_labels(tie.stage for tie in ties),
            first=_labels(tie.first for tie in ties),
            second=_labels(tie.second for tie in ties),
            first_home=np.array([tie.first_leg.home for tie in ties], dtype=np.int64),
            first_away=np.array([tie.first_leg.away for tie in ties], dtype=np.int64),
            through=np.array([tie.first_through for tie in ties], dtype=np.bool_),
        )


@dataclass(frozen=True, eq=False)
class Results:
    """What forecasters said of a sample of matches and, where they were asked, of ties.

    `tie_chances[forecaster][tie, when]` is the chance of the first side to go through.
    """

    sample: Sample
    forecasts: Mapping[str, Forecasts]
    ties: TieSample
    tie_chances: Mapping[str, Vector]

    def beside(self, other: Results, name: str) -> Results:
        """These results with the forecasters of `other` put to the same matches and ties.

        One that has the short name of one that is here is called `alias@name`.
        """
        forecasts, chances = dict(self.forecasts), dict(self.tie_chances)
        place = _found(self.sample.key, other.sample.key)
        for alias, theirs in other.forecasts.items():
            mine = Forecasts.nothing(len(self.sample))
            here = np.flatnonzero(place >= 0)
            for column in ("results", "goals", "score_chance"):
                getattr(mine, column)[here] = getattr(theirs, column)[place[here]]
            forecasts[alias if alias not in self.forecasts else f"{alias}@{name}"] = mine
        place = _found(_tie_keys(self.ties), _tie_keys(other.ties))
        for alias, said in other.tie_chances.items():
            put = np.where((place >= 0)[:, None], said[place], np.nan) if len(said) else said[:0]
            if len(put) == len(self.ties):
                chances[alias if alias not in self.tie_chances else f"{alias}@{name}"] = put
        return Results(self.sample, forecasts, self.ties, chances)

    def table(self) -> pa.Table:
        """All of it as one table with `COLUMNS`."""
        import pyarrow as pa

        parts = [self._matches(alias) for alias in self.forecasts]
        parts += [self._ties(alias, when) for alias in self.tie_chances for when in (BEFORE, AFTER)]
        columns: dict[str, Any] = {
            name: np.concatenate([part[name] for part in parts]) if parts else [] for name in COLUMNS
        }
        arrays = {
            name: pa.array(values, type=_type(name), from_pandas=True) for name, values in columns.items()
        }
        return pa.table(arrays)

    def _matches(self, alias: str) -> dict[str, NDArray[Any]]:
        sample, said, n = self.sample, self.forecasts[alias], len(self.sample)
        outcome = result_of(sample.home_goals, sample.away_goals)
        return {
            "what": _same("match", n),
            "date": sample.date.astype("datetime64[D]"),
            "competition": sample.competition,
            "season": sample.season,
            "stage": sample.stage,
            "home": sample.home,
            "away": sample.away,
            "home_goals": sample.home_goals,
            "away_goals": sample.away_goals,
            "promoted": _labels(
                promoted if known else None
                for promoted, known in zip(sample.promoted.tolist(), sample.league.tolist(), strict=True)
            ),
            "outcome": np.array(_OUTCOMES, dtype=np.object_)[outcome],
            "forecaster": _same(alias, n),
            "home_chance": said.results[:, 0],
            "draw_chance": said.results[:, 1],
            "away_chance": said.results[:, 2],
            "home_expected": said.goals[:, 0],
            "away_expected": said.goals[:, 1],
            "score_chance": said.score_chance,
        }

    def _ties(self, alias: str, when: int) -> dict[str, NDArray[Any]]:
        ties, n = self.ties, len(self.ties)
        chance, nothing = self.tie_chances[alias][:, when], np.full(n, np.nan)
        return {
            "what": _same(_TIE[when], n),
            "date": ties.dates[:, when],
            "competition": ties.competition,
            "season": ties.season,
            "stage": ties.stage,
            "home": ties.first,
            "away": ties.second,
            "home_goals": ties.first_home,
            "away_goals": ties.first_away,
            "promoted": _same(None, n),
            "outcome": np.array(("away", "home"), dtype=np.object_)[ties.through.astype(np.int64)],
            "forecaster": _same(alias, n),
            "home_chance": chance,
            "draw_chance": nothing,
            "away_chance": 1.0 - chance,
            "home_expected": nothing,
            "away_expected": nothing,
            "score_chance": nothing,
        }


def save(results: Results, document: Mapping[str, Any], path: Path) -> None:
    """Write results to `path`: the table alone as Parquet, or with `document` (what they come to) as JSON."""
    table = results.table()
    if path.name.endswith(".parquet") or ".parquet." in path.name:
        import pyarrow.parquet as parquet

        parquet.write_table(table, path, compression="zstd")
        return
    columns = {name: _plain(table[name].to_pylist()) for name in table.column_names}
    whole = {"format": _FORMAT, **document, "forecasts": columns}
    path.write_text(json.dumps(whole, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def load(path: Path) -> Results:
    """Results that `save` wrote. Raises SourceError for a file that holds none."""
    import pyarrow as pa

    try:
        if path.suffix == ".parquet":
            import pyarrow.parquet as parquet

            held = parquet.read_table(path, columns=list(COLUMNS)).to_pydict()
        else:
            document = json.loads(path.read_text(encoding="utf-8"))
            held = {name: document["forecasts"][name] for name in COLUMNS}
        lengths = {len(held[name]) for name in COLUMNS}
        if len(lengths) != 1:
            raise ValueError("its columns differ in length")
        return _results(held)
    except (OSError, KeyError, TypeError, ValueError, pa.ArrowException) as error:
        problem = (
            f"no column {error}" if isinstance(error, KeyError) else str(error).splitlines()[0].rstrip(".")
        )
        raise SourceError(
            f"not the results of a back-test ({problem})",
            file=str(path),
            hint="Make some with: secondleg backtest MODEL --competitions CODE --seasons YEARS -o FILE.parquet.",
        ) from error


def _results(held: Mapping[str, Sequence[Any]]) -> Results:
    what = np.array(held["what"], dtype=np.object_)
    unknown = set(what.tolist()) - {"match", *_TIE.values()}
    if unknown:
        raise ValueError(f"rows of {sorted(map(str, unknown))[0]!r}")
    columns = {name: np.array(values, dtype=np.object_) for name, values in held.items()}
    matches = {name: column[what == "match"] for name, column in columns.items()}
    sample, forecasts = _sample_of(matches)
    ties, chances = _ties_of(
        [{name: column[what == kind] for name, column in columns.items()} for kind in _TIE.values()]
    )
    return Results(sample, forecasts, ties, chances)


def _sample_of(matches: Mapping[str, NDArray[Any]]) -> tuple[Sample, dict[str, Forecasts]]:
    aliases = list(dict.fromkeys(matches["forecaster"].tolist()))
    by_alias = {alias: np.flatnonzero(matches["forecaster"] == alias) for alias in aliases}
    if len({len(rows) for rows in by_alias.values()}) > 1:
        raise ValueError("its forecasters have different matches")
    rows = by_alias[aliases[0]] if aliases else np.zeros(0, dtype=np.int64)
    promoted = matches["promoted"][rows]
    sample = Sample(
        match=np.full(len(rows), -1, dtype=np.int64),
        row=np.full(len(rows), -1, dtype=np.int64),
        date=np.array([str(day)[:10] for day in matches["date"][rows]], dtype="datetime64[D]"),
        competition=matches["competition"][rows],
        season=matches["season"][rows].astype(np.int64),
        stage=matches["stage"][rows],
        home=matches["home"][rows],
        away=matches["away"][rows],
        neutral=np.zeros(len(rows), dtype=np.bool_),
        home_goals=matches["home_goals"][rows].astype(np.int64),
        away_goals=matches["away_goals"][rows].astype(np.int64),
        promoted=np.array([bool(value) for value in promoted], dtype=np.bool_),
        league=np.array([value is not None for value in promoted], dtype=np.bool_),
    )
    forecasts = {}
    for alias, own in by_alias.items():
        said = {
            name: np.array(
                [np.nan if value is None else value for value in matches[name][own]], dtype=np.float64
            )
            for name in COLUMNS[-6:]
        }
        forecasts[alias] = Forecasts(
            np.stack([said[f"{outcome}_chance"] for outcome in _OUTCOMES], axis=1),
            np.stack([said["home_expected"], said["away_expected"]], axis=1),
            said["score_chance"],
        )
    return sample, forecasts


def _ties_of(tables: Sequence[Mapping[str, NDArray[Any]]]) -> tuple[TieSample, dict[str, Vector]]:
    before, after = tables
    if before["forecaster"].tolist() != after["forecaster"].tolist():
        raise ValueError("it has other ties before the first leg than after it")
    aliases = list(dict.fromkeys(after["forecaster"].tolist()))
    if not aliases:
        return TieSample.of(()), {}
    by_alias = {alias: np.flatnonzero(after["forecaster"] == alias) for alias in aliases}
    rows = by_alias[aliases[0]]
    days = [[str(table["date"][row])[:10] for table in tables] for row in rows]
    sample = TieSample(
        dates=np.array(days, dtype="datetime64[D]"),
        competition=after["competition"][rows],
        season=after["season"][rows].astype(np.int64),
        stage=after["stage"][rows],
        first=after["home"][rows],
        second=after["away"][rows],
        first_home=after["home_goals"][rows].astype(np.int64),
        first_away=after["away_goals"][rows].astype(np.int64),
        through=after["outcome"][rows] == "home",
    )
    chances = {
        alias: np.array(
            [[np.nan if (p := table["home_chance"][row]) is None else p for table in tables] for row in own],
            dtype=np.float64,
        )
        for alias, own in by_alias.items()
    }
    return sample, chances


def _found(wanted: Sequence[Any], held: Sequence[Any]) -> NDArray[np.int64]:
    """The place of each wanted key among those held; -1 for one that is not there."""
    place = {key: number for number, key in enumerate(held)}
    return np.array([place.get(key, -1) for key in wanted], dtype=np.int64)


def _tie_keys(ties: TieSample) -> list[tuple[Any, ...]]:
    days = np.datetime_as_string(ties.dates.astype("datetime64[D]")).tolist()
    return [
        (*day, *rest)
        for day, *rest in zip(
            days, ties.competition.tolist(), ties.first.tolist(), ties.second.tolist(), strict=True
        )
    ]


def _labels(values: Iterable[Any]) -> Labels:
    return np.array(list(values), dtype=np.object_)


def _same(value: Any, n: int) -> Labels:
    return np.full(n, value, dtype=np.object_)


def _plain(values: Sequence[Any]) -> list[Any]:
    return [value.isoformat() if hasattr(value, "isoformat") else value for value in values]


def _type(name: str) -> Any:
    import pyarrow as pa

    if name == "date":
        return pa.date32()
    if name in ("season", "home_goals", "away_goals"):
        return pa.int16()
    if name == "promoted":
        return pa.bool_()
    return pa.float64() if name in COLUMNS[-6:] else pa.string()
