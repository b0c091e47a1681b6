"""The harness of back-tests: which matches, what each forecast may know, and the same numbers however it is run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from tests.support.seasons import two_seasons
from tests.support.small_archive import small_archive

from secondleg.archive.archive import Archive
from secondleg.desk.backtesting import Asked, backtest, compared, document_of
from secondleg.errors import BadInput, ForecastError, SourceError
from secondleg.forecast import evaluation
from secondleg.forecast.backtest import carry_out, gathered, plan, score, tasks_of
from secondleg.forecast.engine import Engine
from secondleg.forecast.results import COLUMNS, load, save
from secondleg.forecast.sample import sample_of
from secondleg.forecast.tie_backtest import AFTER, BEFORE, carry_out_ties, plan_ties, played_ties
from secondleg.strength import JointGoalModel, Predictions, TrainingSet

TURN = dt.date(2022, 9, 20)
"""The day from which one of two archives has other scores."""


@cache
def archive(until: dt.date | None = None) -> Archive:
    return small_archive(two_seasons(until=until))


def asked(*forecasters: str, **more: Any) -> Asked:
    settings: dict[str, Any] = {"competitions": ("eng.1", "uefa.el"), "seasons": (2022,)} | more
    return Asked(forecasters=forecasters, **settings)


@cache
def ran(what: Asked, until: dt.date | None = None) -> tuple[Any, dict[str, Any]]:
    """What a back-test in this process comes to."""
    return backtest(archive(until), what)


@dataclass
class Spy:
    """A model that says the same of every match, and keeps what it was given."""

    alias: ClassVar[str] = "spy"
    one_pass: bool = False
    given: list[tuple[TrainingSet, Any]] = field(default_factory=list)

    def fit(self, training: TrainingSet, as_of: dt.date) -> Any:
        self.given.append((training, as_of))
        raise ForecastError("a spy fits nothing")

    def predict(self, training: TrainingSet, rows: Any) -> Predictions:
        self.given.append((training, rows))
        n = len(rows)
        return Predictions(rows, np.ones(n, bool), np.full((n, 3), 1 / 3), np.full(n, 1.4), np.full(n, 1.4))


def sampled() -> tuple[Any, TrainingSet]:
    view = archive().view(dt.date(2023, 6, 1))
    training = TrainingSet.from_view(view, since=dt.date(2021, 7, 1))
    return sample_of(view, training, ("eng.1", "uefa.el"), (2022,)), training


def test_a_sample_knows_its_matches_and_who_is_new_in_the_league() -> None:
    sample, training = sampled()
    assert len(sample) == 56 + 12
    promoted = [
        "eng/promoted" in pair for pair in zip(sample.home.tolist(), sample.away.tolist(), strict=True)
    ]
    assert sample.promoted.tolist() == promoted
    assert sample.promoted.sum() == 14
    assert (sample.league == (sample.competition == "eng.1")).all()
    assert [training.clubs[club] for club in training.home[sample.row]] == sample.home.tolist()
    assert (training.home_goals[sample.row] == sample.home_goals).all()
    assert (np.diff(sample.date.astype(np.int64)) >= 0).all()


def test_qualifying_and_play_offs_are_asked_for_apart() -> None:
    held = small_archive(
        """
        2022-08-01  eng/a 1-0 ita/b  uefa.el 2022 qualifying-3
        2022-08-02  eng/a 1-0 eng/b  eng.1 2022 regular-season
        2022-08-03  eng/a 1-0 eng/c  eng.1 2022 relegation-play-offs
        2022-09-01  eng/a 2-0 ita/b  uefa.el 2022 group-stage
        2022-09-02  eng/a 3-0 ita/b  uefa.el 2022 group-stage awarded
        2022-09-03  eng/a 2-1 ita/b  uefa.el 2022 final aet neutral
        """
    )
    view = held.view(dt.date(2023, 1, 1))
    training = TrainingSet.from_view(view, since=dt.date(2020, 1, 1))
    main, every = (
        sample_of(view, training, ("eng.1", "uefa.el"), (2022,), every_stage=every) for every in (False, True)
    )
    # awarded matches, and those of which only a score after extra time is known, are in neither
    assert main.stage.tolist() == ["regular-season", "group-stage"]
    assert every.stage.tolist() == ["qualifying-3", "regular-season", "relegation-play-offs", "group-stage"]


def test_a_task_holds_nothing_after_its_span_and_rows_are_in_one_task_each() -> None:
    sample, training = sampled()
    model = Spy()
    tasks = list(plan(model, training, sample, history_days=100))
    assert sorted(np.concatenate([task.places for task in tasks]).tolist()) == list(range(len(sample)))
    for task in tasks:
        days = sample.date[task.places]
        assert task.training.date.max() == days.max()
        assert task.training.date.min() >= days.min() - np.timedelta64(100, "D")
        assert (task.training.date[task.rows] == days).all()
        assert (days.max() - days.min()).astype(int) < 28
        clubs = [task.training.clubs[club] for club in task.training.home[task.rows]]
        assert clubs == sample.home[task.places].tolist()
        carry_out(task)
    assert len(model.given) == len(tasks) > 3
    assert len(list(plan(Spy(one_pass=True), training, sample))) == 1


@pytest.mark.filterwarnings("ignore::secondleg.strength.UnlinkedLeagues")
def test_forecasts_are_those_of_a_fit_on_the_first_morning_of_the_week() -> None:
    """Against a fit made by hand: nothing is lost between the model and the results."""
    sample, training = sampled()
    model = JointGoalModel()
    pieces = [(task.places, carry_out(task)) for task in plan(model, training, sample, span_days=28)]
    told = gathered(len(sample), pieces)
    place = int(
        np.flatnonzero((sample.competition == "eng.1") & (sample.date == np.datetime64("2022-09-09")))[0]
    )
    # tasks begin on 5 August and every 28 days; of the second the first week begins on 2 September
    fitted = model.fit(training, dt.date(2022, 9, 9))
    grid = fitted.score_grid(sample.home[place], sample.away[place], competition="eng.1", max_goals=15)
    assert told.results[place] == pytest.approx([grid.home_win, grid.draw, grid.away_win], abs=1e-6)
    chance = grid.grid[sample.home_goals[place], sample.away_goals[place]]
    assert told.score_chance[place] == pytest.approx(chance, abs=1e-6)


@pytest.mark.parametrize("forecaster", ["joint", "dixon-coles", "dynamic", "elo"])
def test_nothing_from_the_day_or_later_leaks_into_a_forecast(forecaster: str) -> None:
    """With every score from one day on replaced, what was said up to that day and of it is the same to the bit."""
    told, other = (ran(asked(forecaster), until)[0] for until in (None, TURN))
    assert told.sample.key == other.sample.key
    day = told.sample.date <= np.datetime64(TURN, "D")
    changed = (told.sample.home_goals != other.sample.home_goals).sum()
    assert changed > 20
    one, two = told.forecasts[forecaster].results, other.forecasts[forecaster].results
    assert 0 < day.sum() < len(day)
    assert np.array_equal(one[day], two[day], equal_nan=True)
    assert not np.array_equal(one[~day], two[~day], equal_nan=True)


@pytest.mark.parametrize("forecaster", ["joint", "dynamic"])
def test_nothing_of_a_second_leg_leaks_into_the_chance_of_its_tie(forecaster: str) -> None:
    """Ties are asked of with fits of 14 and of 21 September, the first day of either week of matches."""
    what = asked(forecaster, ties=True, matches=False)
    told, later, earlier = (
        ran(what, until)[0] for until in (None, dt.date(2022, 9, 21), dt.date(2022, 9, 16))
    )
    assert (told.ties.through != later.ties.through).any()
    one = told.tie_chances[forecaster]
    assert np.isfinite(one).all()
    # second legs were other than they were, and no chance is
    assert np.array_equal(one, later.tie_chances[forecaster])
    # the league matches of 16 September are known after the first leg alone
    assert np.array_equal(one[:, BEFORE], earlier.tie_chances[forecaster][:, BEFORE])
    assert (one[:, AFTER] != earlier.tie_chances[forecaster][:, AFTER]).all()


def test_a_task_of_ties_holds_nothing_of_their_last_day() -> None:
    view = archive().view(dt.date(2023, 6, 1))
    training = TrainingSet.from_view(view, since=dt.date(2021, 7, 1))
    ties = played_ties(view, ("uefa.el",), (2022,))
    assert len(ties) == 6
    assert [tie.first_through for tie in ties] == [False, True] * 3
    model = Spy()
    for task in plan_ties(model, training, ties):
        assert np.isnan(carry_out_ties(task)).all()
    for given, as_of in model.given:
        assert given.date.max() < np.datetime64(max(tie.second_date for tie in ties), "D")
        assert as_of in {tie.dates[when] for tie in ties for when in (BEFORE, AFTER)}


def test_the_score_of_a_first_leg_moves_the_chance() -> None:
    results, _ = ran(asked("joint", ties=True))
    before, after = results.tie_chances["joint"].T
    won_first = results.ties.first_home > results.ties.first_away
    assert (after[won_first] > before[won_first]).all()
    assert (after[~won_first] < before[~won_first]).all()
    ties = document_of(results)["ties"]
    model = ties["after"]["models"][0]
    assert model["ll"]["mean"] == pytest.approx(
        evaluation.binary_log_loss(after, results.ties.through).mean()
    )
    assert sum(each["n"] for each in ties["after"]["calibration"]["joint"]["bins"]) == 12


def test_processes_share_the_work_and_change_no_number() -> None:
    sample, training = sampled()
    model = JointGoalModel()
    steps: list[tuple[int, int]] = []
    places = tasks_of(model, sample)
    one, two = (
        gathered(
            len(sample),
            zip(
                places,
                Engine(jobs=jobs).map(
                    carry_out, plan(model, training, sample), len(places), lambda *step: steps.append(step)
                ),
                strict=True,
            ),
        )
        for jobs in (1, 2)
    )
    assert np.array_equal(one.results, two.results, equal_nan=True)
    assert np.array_equal(one.score_chance, two.score_chance, equal_nan=True)
    assert steps == [(number, len(places)) for number in range(1, len(places) + 1)] * 2


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of dask's own: ports, closing loops
def test_a_local_dask_cluster_of_two_workers_gives_the_same_numbers() -> None:
    pytest.importorskip("distributed")
    serial, _ = ran(asked("joint", ties=True))
    shared, _ = backtest(archive(), asked("joint", ties=True), Engine(cluster="local:2"))
    assert np.array_equal(
        serial.forecasts["joint"].results, shared.forecasts["joint"].results, equal_nan=True
    )
    assert np.array_equal(
        serial.forecasts["joint"].score_chance, shared.forecasts["joint"].score_chance, equal_nan=True
    )
    assert np.array_equal(serial.tie_chances["joint"], shared.tie_chances["joint"])


@pytest.mark.parametrize("wrong", [{"jobs": -1}, {"cluster": "local:"}, {"cluster": "local:many"}])
def test_an_engine_that_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        Engine(**wrong)


def test_the_document_holds_the_means_of_the_scores() -> None:
    results, notes = ran(asked("joint", "poisson", against=("poisson",)))
    document = document_of(results, against=("poisson",), notes=notes)
    scores = {name: score(said, results.sample) for name, said in results.forecasts.items()}
    joint, poisson = document["models"]
    assert (joint["model"], poisson["model"]) == ("joint", "poisson")
    assert joint["rps"]["mean"] == pytest.approx(np.nanmean(scores["joint"]["rps"]))
    both = np.isfinite(scores["joint"]["ll"]) & np.isfinite(scores["poisson"]["ll"])
    apart = (scores["joint"]["ll"] - scores["poisson"]["ll"])[both]
    (pair,) = document["pairs"]
    assert (pair["model"], pair["against"], pair["ll"]["n"]) == ("joint", "poisson", both.sum())
    assert pair["ll"]["difference"] == pytest.approx(apart.mean())
    assert pair["ll"]["error"] == pytest.approx(apart.std(ddof=1) / np.sqrt(both.sum()))
    assert {part["part"]: part["matches"] for part in document["parts"]["promoted"]} == {
        "promoted": 14,
        "others": 42,
    }
    assert [part["part"] for part in document["parts"]["month"]] == ["Aug", "Sep", "Oct", "Nov"]
    for parts in document["parts"].values():
        assert sum(part["matches"] for part in parts) in (len(results.sample), 56)
    bins = document["calibration"]["joint"]["bins"]
    assert sum(each["n"] for each in bins) == 3 * joint["rps"]["n"]


@pytest.mark.parametrize("suffix", [".parquet", ".json"])
def test_saved_results_are_the_results(tmp_path: Path, suffix: str) -> None:
    results, notes = ran(asked("joint", "poisson", ties=False))
    ties, _ = ran(asked("joint", ties=True))
    for each, name in ((results, "plain"), (ties, "ties")):
        path = tmp_path / f"{name}{suffix}"
        document = document_of(each, notes=notes)
        save(each, document, path)
        read = load(path)
        again = document_of(read)
        for key in ("models", "pairs", "parts", "calibration", "ties", "competitions", "first", "last"):
            assert again[key] == document[key], key
        assert read.table().equals(each.table())
        assert tuple(read.table().column_names) == COLUMNS


def test_two_saved_results_are_compared_match_by_match(tmp_path: Path) -> None:
    whole, _ = ran(asked("joint"))
    part, _ = ran(asked("joint", "poisson", competitions=("eng.1",)))
    paths = tmp_path / "whole.parquet", tmp_path / "part.json"
    for each, path in zip((whole, part), paths, strict=True):
        save(each, document_of(each), path)
    beside = compared(None, paths)
    assert tuple(beside.forecasts) == ("joint", "joint@part", "poisson")
    assert int(beside.forecasts["joint@part"].known.sum()) == part.forecasts["joint"].known.sum()
    pair = document_of(beside)["pairs"][0]
    # the ties of the cup tie leagues together in one run as in the other: they were trained on the same
    assert pair["rps"]["n"] == part.forecasts["joint"].known.sum()


@pytest.mark.parametrize("content", ["", "{}", '{"forecasts": {}}', "PAR1", '{"forecasts": []}'])
@pytest.mark.parametrize("suffix", [".json", ".parquet"])
def test_a_file_that_holds_no_results(tmp_path: Path, content: str, suffix: str) -> None:
    path = tmp_path / f"wrong{suffix}"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match="not the results of a back-test"):
        load(path)
