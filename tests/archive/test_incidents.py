"""Goals, cards, statistics and odds find their match, turned round where the source was."""

from __future__ import annotations

from typing import Any

from tests.support.words import merged

from secondleg.sources.contract import INCIDENTS, ODDS, STATISTICS

WORDS = """
    openfootball            eng.1 2004  2004-08-15  Everton 1-2 Arsenal
    schochastics-incidents  eng.1 2004  2004-08-15  Everton 1-2 Arsenal
    schochastics-goals      eng.1 2004  2004-08-15  Everton 1-2 Arsenal
"""


def incident(line: int, nth: int, kind: str, side: str, **more: Any) -> dict[str, Any]:
    source = {2: "schochastics-incidents", 3: "schochastics-goals"}[line]
    row = dict.fromkeys(INCIDENTS.names) | {"source": source, "document": "all.txt", "line": line}
    return row | {"nth": nth, "kind": kind, "side": side} | more


GOALS = [
    incident(2, 1, "goal", "away", minute=23, player="Bergkamp D.", home_goals=0, away_goals=1),
    incident(2, 2, "yellow", "home", minute=30, player="Stubbs A."),
    incident(2, 3, "own-goal", "away", minute=39, home_goals=0, away_goals=2),
    incident(2, 4, "substitution", "home", minute=60, player="Watson S.", other="Carsley L."),
    incident(2, 5, "missed-penalty", "home", minute=61),
    incident(2, 6, "penalty", "home", minute=90, added=2, player="Carsley L.", home_goals=1, away_goals=2),
]


def test_goals_cards_and_changes_of_a_match() -> None:
    found = merged(WORDS, incidents=GOALS)
    goals = found.tables["goal"]
    assert [(g["match"], g["nth"], g["side"], g["minute"], g["kind"]) for g in goals] == [
        (1, 1, "away", 23, "goal"),
        (1, 2, "away", 39, "own-goal"),
        (1, 3, "home", 90, "penalty"),
    ]
    assert (goals[2]["scorer"], goals[2]["added"], goals[2]["source"]) == (
        "Carsley L.",
        2,
        "schochastics-incidents",
    )
    (card,) = found.tables["card"]
    assert (card["player"], card["kind"], card["minute"]) == ("Stubbs A.", "yellow", 30)
    (change,) = found.tables["substitution"]
    assert (change["player"], change["replaced_by"]) == ("Watson S.", "Carsley L.")
    assert found.told("goals") == []


def test_goals_that_do_not_make_the_score_are_another_sources_word() -> None:
    """The better source lacks a goal: the next one's goals are taken, its cards are still the better one's."""
    short = [row for row in GOALS if row["nth"] != 6]
    whole = [
        incident(3, 1, "goal", "away", minute=24),
        incident(3, 2, "goal", "away", minute=40),
        incident(3, 3, "goal", "home", minute=90),
    ]
    found = merged(WORDS, incidents=short + whole)
    assert {g["source"] for g in found.tables["goal"]} == {"schochastics-goals"}
    assert {c["source"] for c in found.tables["card"]} == {"schochastics-incidents"}
    assert found.told("goals") == [
        ("schochastics-incidents", "goals of 0-2", "1-2", "goals that make the score")
    ]


def test_no_goals_where_none_make_the_score() -> None:
    found = merged(WORDS, incidents=[incident(3, 1, "goal", "home", minute=5)])
    assert found.tables["goal"] == []
    assert found.told("goals") == [
        ("schochastics-goals", "goals of 1-0", "1-2", "no goals that make the score")
    ]


def test_all_is_turned_with_the_match() -> None:
    words = """
        openfootball   uefa.cl 2011  2012-05-19  Bayern 1-0 Chelsea  final
        football-data  uefa.cl 2011  2012-05-19  Chelsea 0-1 Bayern  final
    """
    place = {"source": "football-data", "document": "all.txt", "line": 2}
    counts = dict.fromkeys(STATISTICS.names) | place | {"home_shots": 9, "away_shots": 35, "home_corners": 1}
    base = dict.fromkeys(ODDS.names) | place | {"bookmaker": "pinnacle", "closing": True}
    odds = [
        base | {"market": "1x2", "home": 4.5, "draw": 3.5, "away": 1.75},
        base | {"market": "handicap", "size": 0.5, "home": 1.8, "away": 2.0},
        base | {"market": "total", "size": 2.5, "home": 1.9, "away": 1.95},
    ]
    goal = dict.fromkeys(INCIDENTS.names) | place
    goal |= {"nth": 1, "kind": "goal", "side": "away", "minute": 83, "home_goals": 0, "away_goals": 1}
    found = merged(words, incidents=[goal], statistics=[counts], odds=odds)
    (statistic,) = found.tables["statistic"]
    assert (statistic["home_shots"], statistic["away_shots"], statistic["away_corners"]) == (35, 9, 1)
    (scored,) = found.tables["goal"]
    assert (scored["side"], scored["home_goals"], scored["away_goals"]) == ("home", 1, 0)
    priced = {o["market"]: (o["size"], o["home"], o["away"]) for o in found.tables["odds"]}
    assert priced["1x2"] == (None, 1.75, 4.5)
    assert priced["handicap"] == (-0.5, 2.0, 1.7999999523162842)
    assert priced["total"] == (2.5, 1.899999976158142, 1.9500000476837158)


def test_statistics_are_filled_from_the_next_source() -> None:
    words = """
        engsoccerdata  eng.1 2004  2004-08-15  Everton 1-4 Arsenal
        football-data  eng.1 2004  2004-08-15  Everton 1-4 Arsenal
    """
    empty = dict.fromkeys(STATISTICS.names) | {"document": "all.txt"}
    rows = [
        empty | {"source": "engsoccerdata", "line": 1, "attendance": 35521},
        empty | {"source": "football-data", "line": 2, "attendance": 35000, "referee": "M Riley"},
    ]
    (statistic,) = merged(words, statistics=rows).tables["statistic"]
    assert (statistic["attendance"], statistic["referee"]) == (35521, "M Riley")
    assert statistic["source"] == "engsoccerdata"


def test_what_belongs_to_a_row_that_was_left_out_goes_with_it() -> None:
    words = """
        engsoccerdata           ned.1 1987  1988-01-30  SBV-Haarlem 1-0 Willem
        schochastics-incidents  ned.1 1987  1988-01-30  HFC-Haarlem 1-0 Willem
    """
    found = merged(words, incidents=[incident(2, 1, "goal", "home", minute=5)])
    assert found.tables["goal"] == []
