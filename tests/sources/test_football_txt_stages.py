"""Football.TXT: where a match stands in its competition, its legs, and its ground."""

from __future__ import annotations

import pytest

from secondleg.sources.football_txt import Reading, read_text

CUP = "england/2023-24/facup.txt"
LEAGUE = "england/2023-24/1-premierleague.txt"
EUROPA = "champions-league/2023-24/el.txt"


def read(body: str, document: str = CUP, head: str = "= Title 2023/24\n\n") -> Reading:
    return read_text(head + body + "\n", document)


# -- stages


@pytest.mark.parametrize(
    ("document", "heading", "stage", "group", "number"),
    [
        (LEAGUE, "Matchday 7", "regular-season", None, 7),
        (LEAGUE, "» 12. Round", "regular-season", None, 12),
        (LEAGUE, "▪ Round 3", "regular-season", None, 3),
        ("england/2023-24/2-championship.txt", "» Regular, Matchday 4", "regular-season", None, 4),
        ("england/2023-24/2-championship.txt", "» Finals, Semifinals", "play-offs", None, None),
        ("europe/scotland/2023-24_sco1.txt", "▪ Championship, Matchday 34", "championship-round", None, 34),
        ("europe/scotland/2023-24_sco1.txt", "▪ Relegation, Matchday 34", "relegation-round", None, 34),
        ("europe/denmark/2024-25_dk2.txt", "▪ Promotion, Matchday 1", "promotion-round", None, 1),
        ("europe/greece/2024-25_gr1.txt", "▪ ECL Playoffs, Matchday 2", "placement-round", None, 2),
        ("europe/wales/2024-25_wal1.txt", "▪ ECL Playoffs, Final", "play-offs", None, None),
        ("italy/2013-14/2-serieb.txt", "▪ Relegation, Final", "relegation-play-offs", None, None),
        ("italy/2013-14/2-serieb.txt", "▪ Aufstieg, Round 1", "play-offs", None, None),
        ("europe/malta/2024-25_mt1.txt", "▪ Opening Top 6, Matchday 2", "championship-round", None, 2),
        ("italy/2024-25/3-seriec_b.txt", "▪ Matchday 2", "regular-season", "B", 2),
        (CUP, "» Round 3", "round-3", None, None),
        (CUP, "» Round of 16", "round-of-16", None, None),
        (CUP, "Quarterfinals", "quarter-final", None, None),
        (CUP, "» Semi-finals", "semi-final", None, None),
        (CUP, "Final", "final", None, None),
        ("espana/2023-24/cup.txt", "▪ Preliminary round", "preliminary", None, None),
        ("europe/france/2024-25_frcup.txt", "▪ Round 9", "round-of-64", None, None),
        (EUROPA, "» Gruppe G", "group-stage", "G", None),
        (EUROPA, "» Group, Matchday 2", "group-stage", None, 2),
        (EUROPA, "» League, Matchday 8", "league-phase", None, 8),
        (EUROPA, "» League phase", "league-phase", None, None),
        (EUROPA, "» Playoffs", "knockout-play-off", None, None),
        (EUROPA, "» Playoffs, Matchday 1", "knockout-play-off", None, None),
        (EUROPA, "» Sechzehntelfinale", "round-of-32", None, None),
        (EUROPA, "» Finals, Round of 16", "round-of-16", None, None),
        (EUROPA, "» Finals, Final", "final", None, None),
        ("champions-league/2024-25/elq.txt", "» Round 1", "qualifying-1", None, None),
        ("champions-league/2024-25/elq.txt", "» 3. Round", "qualifying-3", None, None),
        ("champions-league/2024-25/elq.txt", "» Play-offs", "qualifying-play-off", None, None),
    ],
)
def test_headings(document: str, heading: str, stage: str, group: str | None, number: int | None) -> None:
    (found,) = read(f"{heading}\n  Sat Nov/4\n  15.00  Alpha FC  1-0  Beta United", document, "").rows
    assert (found.stage, found.group, found.round) == (stage, group, number)


def test_sections_hold_for_the_headings_below_them() -> None:
    body = """== Regular

Matchday 46
[Sat May/4]
  12.30  A  1-0  B

== Finals

Final
[Sun May/26]
  15.00  C  1-0  D"""
    found = read(body, "england/2023-24/2-championship.txt").rows
    assert [(row.stage, row.stage_text) for row in found] == [
        ("regular-season", "Regular, Matchday 46"),
        ("play-offs", "Finals, Final"),
    ]


def test_a_heading_with_unknown_words_keeps_its_matches_and_is_reported() -> None:
    reading = read("» Lucky losers\n  Sat Nov/4\n  15.00  Alpha FC  1-0  Beta United")
    assert (reading.rows[0].stage, reading.rows[0].stage_text) == (None, "Lucky losers")
    assert reading.report.notes == ("line 3: heading not understood: 'Lucky losers'",)


# -- ties


def test_two_legs_are_numbered_by_day() -> None:
    body = """» Quarterfinals
  Thu Apr/11
    21.00  Liverpool FC (ENG)      v Atalanta (ITA)           0-3 (0-1)
  Thu Apr/18
    21.00  Atalanta (ITA)          v Liverpool FC (ENG)       0-1 (0-1)
» Final
  Wed May/22
    21.00  Atalanta (ITA)          v Bayer Leverkusen (GER)   3-0 (2-0)"""
    found = read(body, EUROPA).rows
    assert [(row.leg, row.neutral) for row in found] == [(1, None), (2, None), (None, True)]


def test_headings_that_name_the_leg() -> None:
    body = "▪ Quarter-finals - 2nd Leg\nTue Apr 9\n  20:45  A  v B  1-1"
    (found,) = read(body, EUROPA).rows
    assert (found.stage, found.leg) == ("quarter-final", 2)


def test_replays_are_no_second_legs() -> None:
    body = """» Round 3
  Sat Jan/6
    15.00  A  v B  1-1 (0-0)
           C  v D  2-0 (0-0)
  Tue Jan/16
    19.45  B  v A  2-1 (0-0)"""
    found = read(body).rows
    assert [(row.home, row.leg, row.note) for row in found] == [
        ("A", None, None),
        ("C", None, None),
        ("B", 3, "replay"),
    ]


def test_a_semi_final_over_two_legs_whose_first_was_drawn_is_no_replay() -> None:
    body = """» Semifinals
  Tue Jan/9
    20.00  A  v B  1-1
  Wed Jan/10
    20.00  C  v D  2-2
  Tue Jan/23
    20.00  B  v A  1-0
  Wed Jan/24
    20.00  D  v C  1-0"""
    assert [row.leg for row in read(body, "england/2023-24/eflcup.txt").rows] == [1, 1, 2, 2]


def test_neutral_grounds_by_rule() -> None:
    semi = read("» Semifinals\n  Sat Apr/20\n  17.15  A  1-0  B").rows[0]
    league = read("Matchday 1\n  Sat Apr/20\n  17.15  A  1-0  B", LEAGUE).rows[0]
    early = read("» Round 1\n  Sat Apr/20\n  17.15  A  1-0  B").rows[0]
    assert (semi.neutral, league.neutral, early.neutral) == (True, False, None)


def test_the_final_of_the_play_offs_is_on_neutral_ground_and_its_semi_finals_are_not() -> None:
    body = """== Playoffs
[Sat May/13]
  17.30  A  2-1  B
[Tue May/16]
  20.00  B  2-0  A
[Sat May/27]
  16.45  C  1-1  B"""
    found = read(body, "england/2022-23/2-championship.txt", "= English Championship 2022/23\n").rows
    assert [(row.leg, row.neutral) for row in found] == [(1, None), (2, None), (None, True)]


def test_a_tie_moved_to_neutral_ground() -> None:
    head = "= UEFA Champions League 2020/21\n"
    body = "» Round of 16\n  Wed Mar/10 2021\n    21.00  Liverpool FC (ENG)   v RB Leipzig (GER)   2-0 (0-0)"
    (found,) = read(body, "champions-league/2020-21/cl.txt", head).rows
    assert (found.neutral, found.ground) == (True, "Puskás Aréna, Budapest")
