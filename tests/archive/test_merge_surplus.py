"""Rows of a lesser source that no match answers to: gaps are filled, wrong clubs are not made matches."""

from __future__ import annotations

from itertools import permutations

from tests.support.words import merged

CLUBS = ("Ajax", "Feyenoord", "PSV", "Twente", "Utrecht")


def league(source: str, *, without: int = 0) -> list[str]:
    """A double round robin of five clubs, two days between matches, from 1 August 2000."""
    lines = []
    for number, (home, away) in enumerate(permutations(CLUBS, 2)):
        day = f"2000-{8 + number // 14:02d}-{1 + 2 * (number % 14):02d}"
        lines.append(f"{source} ned.1 2000 {day} {home} {number % 3}-1 {away}")
    return lines[without:]


def test_a_name_that_nobody_could_place_makes_no_second_match() -> None:
    """Haarlem is HFC Haarlem: the opponent, the day and the score give it away."""
    found = merged("""
        engsoccerdata  ned.1 1987  1988-01-30  SBV-Haarlem 1-3 Willem
        schochastics   ned.1 1987  1988-01-30  HFC-Haarlem 1-3 Willem
        schochastics   ned.1 1987  1988-02-07  HFC-Haarlem 2-2 Utrecht
    """)
    assert [m["home"] for m in found.matches] == ["sbv-haarlem", "hfc-haarlem"]
    assert found.fates["schochastics", 2] == "surplus"
    (conflict,) = found.conflicts
    assert (conflict["field"], conflict["kept"], conflict["told"]) == (
        "clubs",
        "sbv-haarlem v willem",
        "hfc-haarlem v willem",
    )


def test_also_where_the_day_is_off_by_one_and_the_sides_are_turned() -> None:
    found = merged("""
        openfootball  uefa.cl 1998  1998-07-22  Cliftonville 1-5 Kosice
        schochastics  uefa.cl 1998  1998-07-23  FC-Kosice 5-1 Cliftonville
    """)
    assert len(found.matches) == 1


def test_two_matches_of_a_club_that_the_source_itself_tells_stay() -> None:
    """Amateur days: a club that played twice in two days, with the same score."""
    found = merged("""
        engsoccerdata  eng.facup 1880  1880-12-25  Aston-Villa 2-1 Stafford
        schochastics   eng.facup 1880  1880-12-25  Aston-Villa 2-1 Stafford
        schochastics   eng.facup 1880  1880-12-26  Aston-Villa 2-1 Walsall
    """)
    assert len(found.matches) == 3 - 1


def test_a_gap_of_the_better_source_is_filled() -> None:
    lines = league("openfootball", without=4) + league("schochastics")
    found = merged("\n".join(lines))
    assert len(found.matches) == 20
    assert sum(m["sources"].startswith("schochastics") for m in found.matches) == 4


def test_nothing_is_added_within_a_season_that_is_whole() -> None:
    """A cup match among the league's, and a match against a club of another division."""
    extra = [
        "schochastics ned.1 2000 2000-08-10 Ajax 9-0 PSV",
        "schochastics ned.1 2000 2000-08-12 Ajax 8-0 Heerenveen",
    ]
    found = merged("\n".join(league("openfootball") + league("schochastics") + extra))
    assert len(found.matches) == 20
    assert found.fates["schochastics", 41] == found.fates["schochastics", 42] == "surplus"


def test_play_offs_after_the_season_stay() -> None:
    """Belgium, Greece, the Netherlands: matches that only the lesser source has, after the last day of the other."""
    extra = [
        "schochastics ned.1 2000 2000-10-05 Ajax 1-0 PSV",
        "schochastics ned.1 2000 2000-10-09 Utrecht 2-2 Heerenveen",
    ]
    found = merged("\n".join(league("openfootball") + league("schochastics") + extra))
    assert len(found.matches) == 22


def test_qualifying_rounds_that_a_file_lacks_stay() -> None:
    found = merged("""
        openfootball  uefa.cl 2015  2015-08-26  Bate 1-0 Partizan     qualifying-play-off
        openfootball  uefa.cl 2015  2015-09-15  Paris 2-0 Malmo       group-stage
        schochastics  uefa.cl 2015  2015-06-30  Lincoln-RI 0-0 Coloma
        schochastics  uefa.cl 2015  2015-08-26  Maccabi 2-2 Basel
        schochastics  uefa.cl 2015  2015-08-26  Bate 1-0 Partizan
    """)
    assert len(found.matches) == 4
    assert "surplus" not in found.fates.values()
