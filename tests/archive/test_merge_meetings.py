"""Which rows of several sources are one match."""

from __future__ import annotations

import pytest
from tests.support.words import merged

from secondleg.archive.meetings import Bond, Kinship, Union, join


def test_one_day_one_order_one_match() -> None:
    found = merged("""
        openfootball   eng.1 2000  2000-08-19  Chelsea 4-2 West-Ham
        engsoccerdata  eng.1 2000  2000-08-19  Chelsea 4-2 West-Ham
        schochastics   eng.1 2000  2000-08-19  Chelsea 4-2 West-Ham
    """)
    assert found.match["sources"] == "openfootball all.txt:1; engsoccerdata all.txt:2; schochastics all.txt:3"
    assert found.conflicts == []
    assert set(found.fates.values()) == {"kept"}


def test_a_match_put_off_is_one_where_each_source_has_the_pair_once() -> None:
    """Bournemouth v Millwall, put off from 23 December 2000 to 3 January: openfootball has the later day."""
    found = merged("""
        openfootball   eng.3 2000  2001-01-03  Bournemouth 1-2 Millwall
        engsoccerdata  eng.3 1999  2000-12-23  Bournemouth 1-2 Millwall
        football-data  eng.3 2000  2000-12-23  Bournemouth 1-2 Millwall
        openfootball   eng.3 2000  2001-04-16  Millwall 0-1 Bournemouth
        football-data  eng.3 2000  2001-04-16  Millwall 0-1 Bournemouth
    """)
    assert [m["home"] for m in found.matches] == ["bournemouth", "millwall"]
    assert {c["field"] for c in found.conflicts} == {"date", "season"}


def test_a_slip_of_the_year_is_one_match_however_often_the_two_met() -> None:
    """Inter beat Barcelona 3-1 on 20 April 2010, after a group match at the same ground; one source has 2009."""
    found = merged("""
        engsoccerdata       uefa.cl 2009  2009-09-16  Inter 0-0 Barcelona
        schochastics        uefa.cl 2009  2009-09-16  Inter 0-0 Barcelona
        engsoccerdata       uefa.cl 2009  2009-04-20  Inter 3-1 Barcelona
        schochastics        uefa.cl 2009  2010-04-20  Inter 3-1 Barcelona
        schochastics-goals  uefa.cl 2009  2010-04-20  Inter 3-1 Barcelona
    """)
    assert [str(m["date"]) for m in found.matches] == ["2009-09-16", "2010-04-20"]
    assert found.told("date") == [("engsoccerdata", "2009-04-20", "2010-04-20", "more sources")]


def test_a_season_dated_by_rule_of_thumb_joins_nothing_by_chance() -> None:
    """France before 1938 in one source: a whole season on the first of July, of another year than the other's."""
    clubs = ("Antibes", "Cannes", "Lille", "Metz", "Sete")
    lines = []
    for number, (home, away) in enumerate((h, a) for h in clubs for a in clubs if h != a):
        lines.append(f"engsoccerdata fra.1 1936 1937-07-01 {home} {number % 4}-1 {away}")
        lines.append(f"schochastics fra.1 1936 1936-07-01 {home} {number % 3}-2 {away}")
    found = merged("\n".join(lines))
    # nor is what it has a second season: the better source holds this one whole
    assert len(found.matches) == 20
    assert found.told("date") == []
    assert list(found.fates.values()).count("surplus") == 20


def test_two_meetings_of_a_pair_stay_two() -> None:
    """Scotland: twice at the same ground in one season, with the same score."""
    found = merged("""
        openfootball   sco.1 2018  2018-09-02  Celtic 1-0 Rangers
        openfootball   sco.1 2018  2019-03-31  Celtic 1-0 Rangers
        football-data  sco.1 2018  2018-09-02  Celtic 1-0 Rangers
        football-data  sco.1 2018  2019-04-01  Celtic 1-0 Rangers
    """)
    assert [str(m["date"]) for m in found.matches] == ["2018-09-02", "2019-03-31"]
    assert found.told("date") == [("football-data", "2019-04-01", "2019-03-31", "better source")]


def test_the_last_day_and_the_play_off_three_days_later_are_two_matches() -> None:
    """New York City beat Philadelphia 3-1 at home on 28 October 2018, and again on the 31st in the play-offs."""
    found = merged("""
        football-data  usa.1 2018  2018-10-28  New-York 3-1 Philadelphia
        football-data  usa.1 2018  2018-10-31  New-York 3-1 Philadelphia
    """)
    assert len(found.matches) == 2


@pytest.mark.parametrize(("score", "matches"), [("0-2", 1), ("1-1", 2)])
def test_a_cup_match_twice_in_one_source_is_folded_but_no_replayed_draw(score: str, matches: int) -> None:
    """Kapaz v Antalyaspor, Intertoto Cup 2000, stands twice in the files, two days apart."""
    found = merged(f"""
        schochastics  uefa.itc 2000  2000-08-08  Kapaz {score} Antalyaspor
        schochastics  uefa.itc 2000  2000-08-10  Kapaz {score} Antalyaspor
    """)
    assert len(found.matches) == matches
    assert sorted(found.fates.values()) == sorted(["kept", "repeated" if matches == 1 else "kept"])


def test_a_final_listed_the_other_way_round_is_one_match() -> None:
    """The Champions League final of 2012."""
    found = merged("""
        openfootball   uefa.cl 2011  2012-05-19  Bayern 1-1 Chelsea  final pens=3-4
        engsoccerdata  uefa.cl 2011  2012-05-19  Chelsea 1-1 Bayern  final
    """)
    match = found.match
    assert (match["home"], match["home_pens"], match["away_pens"]) == ("bayern", 3, 4)
    assert found.told("venue") == [("engsoccerdata", "turned round", "as listed", "better source")]


def test_both_meetings_turned_round_in_one_source() -> None:
    """Swindon and West Bromwich in 1994-95: one source has the grounds of both matches wrong."""
    found = merged("""
        engsoccerdata  eng.2 1994  1994-08-31  West-Brom 0-0 Swindon
        football-data  eng.2 1994  1994-08-31  Swindon 0-0 West-Brom
        engsoccerdata  eng.2 1994  1995-03-19  Swindon 2-5 West-Brom
        football-data  eng.2 1994  1995-03-19  West-Brom 5-2 Swindon
    """)
    assert [(m["home"], m["score"]) for m in found.matches] == [("west-brom", "0-0"), ("swindon", "2-5")]


def test_a_source_that_tells_both_orders_of_one_day_is_believed() -> None:
    """Double-headers, and seasons that are all dated on one day."""
    found = merged("""
        engsoccerdata  fra.1 1932  1933-07-01  Sete 3-0 Antibes
        engsoccerdata  fra.1 1932  1933-07-01  Antibes 0-3 Sete
        schochastics   fra.1 1932  1933-07-01  Sete 3-0 Antibes
        schochastics   fra.1 1932  1933-07-01  Antibes 0-3 Sete
    """)
    assert len(found.matches) == 2
    assert found.conflicts == []


def test_one_match_filed_under_two_competitions_and_seasons() -> None:
    found = merged("""
        openfootball  ger.1 2023  2024-05-23  Bochum 0-3 Dusseldorf  relegation-play-offs
        schochastics  ger.playoff 2024  2024-05-23  Bochum 0-3 Dusseldorf
    """)
    assert (found.match["competition"], found.match["season"]) == ("ger.1", 2023)
    assert {c["field"] for c in found.conflicts} == {"competition", "season"}


def test_league_and_cup_on_one_day_with_other_scores_are_not_one_match() -> None:
    """Nothing but a slip, but of whom? Both are kept, and shown by the checks."""
    found = merged("""
        openfootball   eng.1 1950  1950-12-25  Derby 2-1 Stoke
        engsoccerdata  eng.facup 1950  1950-12-25  Derby 0-0 Stoke
    """)
    assert len(found.matches) == 2


def test_a_match_called_off_and_played_later_takes_no_result_from_elsewhere() -> None:
    """openfootball keeps the day that was planned; the other source has the result under that day."""
    found = merged("""
        openfootball   eng.4 2015  2015-12-26  Barrow v Lincoln  postponed
        openfootball   eng.4 2015  2016-02-09  Barrow 2-2 Lincoln
        football-data  eng.4 2015  2015-12-26  Barrow 2-2 Lincoln
    """)
    assert [(m["status"], m["score"]) for m in found.matches] == [("postponed", None), ("played", "2-2")]


def test_results_struck_out_stay_out() -> None:
    """Dover Athletic's results of 2020-21: expunged, which football-data does not tell."""
    found = merged("""
        openfootball   eng.5 2020  2020-10-03  Dover v Notts  cancelled
        football-data  eng.5 2020  2020-10-03  Dover 1-0 Notts
    """)
    assert (found.match["status"], found.match["score"]) == ("cancelled", None)
    assert found.told("status") == [("football-data", "played 1-0", "cancelled", "better source")]


def test_who_is_unknown_or_plays_itself_is_not_a_match() -> None:
    found = merged("""
        schochastics  eng.1 2000  2000-08-19  Chelsea 4-2 Nobody
        schochastics  eng.1 2000  2000-08-19  Fulham 4-2 FULHAM
        schochastics  eng.1 2000  2000-08-19  Chelsea 4-2 West-Ham
    """)
    assert len(found.matches) == 1
    assert [found.fates["schochastics", n] for n in (1, 2, 3)] == ["unknown", "itself", "kept"]


def test_a_bond_never_gives_a_source_a_match_twice() -> None:
    bonds = [
        Bond(Kinship.NEAR_SAME_SCORE, 1, 1, 2, 0b01, 0b10),
        Bond(Kinship.NEAR_SAME_SCORE, 2, 1, 3, 0b01, 0b10),
        Bond(Kinship.TURNED_SAME_DAY, 0, 2, 4, 0b10, 0b100, turned=True),
    ]
    wanted = (Union(2, 1, False), Union(4, 1, True))
    assert join(bonds) == wanted
    assert join(reversed(bonds)) == wanted
