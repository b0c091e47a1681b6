"""What is kept where sources differ: most witnesses, then the better source; a score moves as one."""

from __future__ import annotations

from tests.support.words import merged


def test_more_witnesses_outvote_the_best_source() -> None:
    """Akhisar v Besiktas, 18 January 2019, ended 1-3; one source has 0-3."""
    found = merged("""
        openfootball   esp.1 2012  2013-01-18  Akhisar 0-3 Besiktas
        engsoccerdata  esp.1 2012  2013-01-18  Akhisar 1-3 Besiktas
        schochastics   esp.1 2012  2013-01-18  Akhisar 1-3 Besiktas
    """)
    assert found.match["score"] == "1-3"
    (conflict,) = found.conflicts
    assert conflict["source"] == "openfootball"
    assert (conflict["kept_by"], conflict["rule"]) == ("engsoccerdata, schochastics", "more sources")


def test_sources_that_copy_are_one_witness() -> None:
    """The Belgian files of engsoccerdata are those of football-data: two against one is one against one."""
    found = merged("""
        engsoccerdata  bel.1 2001  2001-08-12  Aalst 1-0 Mouscron
        football-data  bel.1 2001  2001-08-12  Aalst 1-0 Mouscron
        openfootball   bel.1 2001  2001-08-12  Aalst 0-5 Mouscron
    """)
    assert found.match["score"] == "0-5"
    assert [c["rule"] for c in found.conflicts] == ["better source", "better source"]


def test_half_time_and_shoot_out_come_only_from_those_who_tell_the_score() -> None:
    found = merged("""
        openfootball     eng.facup 2000  2001-01-06  Leeds 1-1 Wolves  pens=4-2 ht=1-0
        engsoccerdata    eng.facup 2000  2001-01-06  Leeds 2-1 Wolves
        schochastics     eng.facup 2000  2001-01-06  Leeds 2-1 Wolves  ht=0-1
    """)
    match = found.match
    assert (match["score"], match["home_pens"], match["home_ht"], match["away_ht"]) == ("2-1", None, 0, 1)


def test_a_silent_field_is_filled_from_the_next() -> None:
    found = merged("""
        openfootball   eng.1 2000  2000-08-19  Chelsea 4-2 West-Ham
        football-data  eng.1 2000  2000-08-19  Chelsea 4-2 West-Ham  ht=1-0
    """)
    assert (found.match["home_ht"], found.match["away_ht"]) == (1, 0)
    assert found.conflicts == []


def test_ninety_minutes_are_no_vote_on_a_match_that_went_on() -> None:
    """The FA Cup semi-final of 1999: 1-1 after 90 minutes, 2-1 after extra time. Most give the 90 minutes."""
    found = merged("""
        openfootball        eng.facup 1998  1999-04-14  Manchester 2-1 Arsenal  aet ft=1-1 semi-final
        engsoccerdata       eng.facup 1998  1999-04-14  Manchester 1-1 Arsenal
        schochastics-goals  eng.facup 1998  1999-04-14  Manchester 1-1 Arsenal
    """)
    match = found.match
    assert (match["score"], match["home_ft"], match["after_extra_time"]) == ("2-1", 1, True)
    assert [c["rule"] for c in found.conflicts] == ["counts 90 minutes only"] * 2


def test_a_shoot_out_in_the_score_is_no_vote() -> None:
    """The Champions League final of 2005, as a source that adds the shoot-out tells it: 6-5."""
    found = merged("""
        openfootball   uefa.cl 2004  2005-05-25  Milan 3-3 Liverpool  aet ft=3-3 pens=2-3
        engsoccerdata  uefa.cl 2004  2005-05-25  Milan 5-6 Liverpool
        schochastics   uefa.cl 2004  2005-05-25  Milan 5-6 Liverpool
    """)
    assert found.match["score"] == "3-3"
    assert {c["field"] for c in found.conflicts} == {"shoot-out"}


def test_extra_time_is_forgotten_but_not_invented() -> None:
    """Torrelavega v Oviedo, Copa del Rey 2022-23: 2-2 after 90 minutes, which two sources do not know."""
    found = merged("""
        openfootball        esp.cup 2022  2022-11-13  Torrelavega 2-3 Oviedo  90
        engsoccerdata       esp.cup 2022  2022-11-13  Torrelavega 2-3 Oviedo  90
        schochastics-goals  esp.cup 2022  2022-11-13  Torrelavega 2-3 Oviedo  aet ft=2-2
    """)
    match = found.match
    assert (match["after_extra_time"], match["home_ft"], match["away_ft"]) == (True, 2, 2)
    assert found.told("extra-time") == [
        (source, "90 minutes", "a.e.t.", "extra time is told of")
        for source in ("engsoccerdata", "openfootball")
    ]


def test_a_score_without_extra_time_is_that_of_90_minutes() -> None:
    found = merged("""
        openfootball   esp.cup 2010  2010-08-10  Celta 3-2 Alaves
        engsoccerdata  esp.cup 2010  2010-08-11  Celta 3-2 Alaves  90
    """)
    match = found.match
    assert (match["after_extra_time"], match["home_ft"], match["away_ft"]) == (False, 3, 2)


def test_half_times_that_are_all_final_scores_are_not_taken() -> None:
    """The file of the Premier League 2004-05 repeats every final score in brackets."""
    pairs = [(h, a) for h in "ABCDEF" for a in "ABCDEF" if h != a]
    lines = [
        f"openfootball eng.1 2004 2004-08-{n + 1:02d} {h} 2-1 {a} ht=2-1 doc=1.txt"
        for n, (h, a) in enumerate(pairs)
    ]
    lines.append(f"football-data eng.1 2004 2004-08-01 {pairs[0][0]} 2-1 {pairs[0][1]} ht=1-0")
    found = merged("\n".join(lines))
    assert [m["home_ht"] for m in found.matches] == [1, *[None] * 29]
    assert found.remarks == (
        "1.txt gives the final scores of eng.1 2004 as those at half-time: they are not taken",
    )


def test_an_award_is_told_by_whoever_knows_of_it() -> None:
    found = merged("""
        openfootball   fra.1 2016  2017-04-16  Bastia 0-3 Lyon
        football-data  fra.1 2016  2017-04-16  Bastia 0-3 Lyon  awarded
    """)
    assert (found.match["status"], found.match["score"]) == ("awarded", "0-3")


def test_an_award_replaces_the_score_as_played() -> None:
    """Messina v Empoli, 7 May 2006: 1-2 when it was broken off, awarded 0-3."""
    found = merged("""
        engsoccerdata       ita.1 1999  2006-05-07  Messina 1-2 Empoli
        schochastics        ita.1 1999  2006-05-07  Messina 1-2 Empoli
        schochastics-goals  ita.1 1999  2006-05-07  Messina 0-3 Empoli  awarded
    """)
    assert (found.match["status"], found.match["score"]) == ("awarded", "0-3")
    assert {c["rule"] for c in found.conflicts} == {"an award replaces the score"}


def test_a_fixture_is_no_word_on_a_result() -> None:
    found = merged("""
        openfootball   ita.1 2025  2025-09-13  Napoli v Pisa     round=3
        football-data  ita.1 2025  2025-09-14  Napoli 3-2 Pisa
    """)
    match = found.match
    assert (match["status"], match["score"], str(match["date"]), match["round"]) == (
        "played",
        "3-2",
        "2025-09-14",
        3,
    )


def test_neutral_ground_and_stage_are_voted_on_too() -> None:
    found = merged("""
        openfootball   uefa.cl 1990  1991-05-29  Crvena 0-0 Marseille  final home
        engsoccerdata  uefa.cl 1990  1991-05-29  Crvena 0-0 Marseille  final neutral
        schochastics   uefa.cl 1990  1991-05-29  Crvena 0-0 Marseille  neutral
    """)
    assert found.match["neutral"] is True
    assert found.told("venue") == [("openfootball", "home ground", "neutral ground", "more sources")]


def test_a_copy_under_a_wrong_name_is_left_out_and_said() -> None:
    pairs = [(h, a) for h in "ABCDE" for a in "ABCDE" if h != a]
    lines = [
        f"openfootball rus.{tier} 2019 2019-08-{n + 1:02d} {h} 1-0 {a} doc=ru{tier}.txt"
        for tier in (1, 2)
        for n, (h, a) in enumerate(pairs)
    ]
    found = merged("\n".join(lines))
    assert len(found.matches) == 20
    assert found.remarks == ("ru2.txt repeats rus.1 of 2019 match for match: left out of rus.2",)
    assert list(found.fates.values()).count("copy") == 20
