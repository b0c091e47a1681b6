"""Training sets from a view: which matches, which goals, and nothing of the day itself or later."""

from __future__ import annotations

import datetime as dt

import duckdb
import numpy as np
import pytest

from secondleg.archive.archive import Archive
from secondleg.archive.schema import SCHEMA
from secondleg.archive.view import View
from secondleg.errors import BadInput
from secondleg.strength import TrainingCompetition, TrainingSet

MATCHES = """
INSERT INTO store.match (id, competition, season, date, home, away, status, home_goals, away_goals,
                         home_ft, away_ft, after_extra_time, neutral, sources) VALUES
    (1, 'eng.1', 2023, '2023-08-12', 'eng/a', 'eng/b', 'played', 2, 1, 2, 1, false, false, 't'),
    (2, 'uefa.el', 2023, '2023-09-21', 'eng/b', 'ita/c', 'played', 3, 2, 2, 2, true, false, 't'),
    (3, 'uefa.el', 2023, '2023-10-05', 'ita/c', 'eng/a', 'played', 4, 4, NULL, NULL, NULL, true, 't'),
    (4, 'uefa.el', 2023, '2023-10-06', 'ita/c', 'eng/b', 'played', 1, 0, NULL, NULL, true, false, 't'),
    (5, 'eng.1', 2023, '2023-10-07', 'eng/b', 'eng/a', 'awarded', 0, 3, 0, 3, false, false, 't'),
    (6, 'eng.1', 2023, '2023-10-08', 'eng/d', 'eng/a', 'fixture', NULL, NULL, NULL, NULL, NULL, false, 't'),
    (7, 'eng.1', 2023, '2023-11-01', 'eng/a', 'eng/b', 'played', 5, 0, 5, 0, false, false, 't'),
    (8, 'eng.1', 2016, '2016-11-01', 'eng/e', 'eng/b', 'played', 1, 1, 1, 1, false, false, 't'),
    (9, 'eng.cup', 2023, '2023-10-09', 'eng/a', 'eng/b', 'abandoned', 1, 1, 1, 1, false, false, 't')
"""


@pytest.fixture
def view() -> View:
    connection = duckdb.connect()
    connection.execute(SCHEMA)
    connection.execute(MATCHES)
    connection.execute(
        "INSERT INTO store.competition VALUES ('eng.1', 'Premier League', 'eng', 'league', 1), "
        "('uefa.el', 'Europa League', 'uefa', 'cup', NULL)"
    )
    connection.execute(
        "INSERT INTO store.club SELECT id, id, id, split_part(id, '/', 1) "
        "FROM (VALUES ('eng/a'), ('eng/b'), ('ita/c')) AS t(id)"
    )
    return View(Archive(connection, path=None, kind="file"), dt.date(2023, 11, 1))


def test_goals_after_90_minutes_of_matches_before_the_day(view: View) -> None:
    matches = TrainingSet.from_view(view)
    assert matches.clubs == ("eng/a", "eng/b", "ita/c")
    assert matches.countries == ("eng", "eng", "ita")
    assert matches.competitions == (
        TrainingCompetition("eng.1", "eng", "league", 1),
        TrainingCompetition("uefa.el", "uefa", "cup", None),
    )
    rows = list(
        zip(
            matches.date.astype(str).tolist(),
            matches.home.tolist(),
            matches.away.tolist(),
            matches.competition.tolist(),
            matches.neutral.tolist(),
            matches.home_goals.tolist(),
            matches.away_goals.tolist(),
            strict=True,
        )
    )
    # 2 was 2-2 after 90 minutes; 3 tells only a final score; 4 only one after extra time; 5 was not played;
    # 7 is on the day; 8 is older than the history that is taken
    assert rows == [
        ("2023-08-12", 0, 1, 0, False, 2.0, 1.0),
        ("2023-09-21", 1, 2, 1, False, 2.0, 2.0),
        ("2023-10-05", 2, 0, 1, True, 4.0, 4.0),
    ]


def test_since_reaches_further_back_and_unknown_clubs_keep_the_country_of_their_id(view: View) -> None:
    matches = TrainingSet.from_view(view, since=dt.date(2000, 1, 1))
    assert len(matches) == 4
    assert dict(zip(matches.clubs, matches.countries, strict=True))["eng/e"] == "eng"


def test_a_competition_that_the_archive_does_not_describe_is_a_cup(view: View) -> None:
    view.archive.connection.execute("DELETE FROM store.competition WHERE code = 'eng.1'")
    assert TrainingSet.from_view(view).competitions[0] == TrainingCompetition("eng.1", "eng", "cup", None)


def test_taking_matches_leaves_out_clubs_and_competitions_without_any(view: View) -> None:
    taken = TrainingSet.from_view(view).before(dt.date(2023, 9, 1))
    assert (taken.clubs, [c.code for c in taken.competitions]) == (("eng/a", "eng/b"), ["eng.1"])
    assert (taken.home.tolist(), taken.away.tolist(), taken.competition.tolist()) == ([0], [1], [0])


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(BadInput, match="differ in length"):
        TrainingSet(
            date=np.array(["2024-01-01"], dtype="datetime64[D]"),
            home=np.array([0, 1]),
            away=np.array([1]),
            competition=np.array([0]),
            neutral=np.array([False]),
            home_goals=np.array([0.0]),
            away_goals=np.array([0.0]),
            clubs=("eng/a", "eng/b"),
            countries=("eng", "eng"),
            competitions=(TrainingCompetition("eng.1", "eng", "league", 1),),
        )
