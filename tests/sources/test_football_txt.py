"""Football.TXT: every notation of the format, on lines written by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from secondleg.errors import SourceError
from secondleg.sources.football_txt import Reading, Row, read_text

CUP = "england/2023-24/facup.txt"
LEAGUE = "england/2023-24/1-premierleague.txt"
EUROPA = "champions-league/2023-24/el.txt"


def read(body: str, document: str = CUP, head: str = "= Title 2023/24\n\n") -> Reading:
    return read_text(head + body + "\n", document)


def row(line: str, document: str = CUP) -> Row:
    reading = read(f"» Round 1\n  Sat Nov/4\n{line}", document)
    assert reading.report.unread == ()
    (found,) = reading.rows
    return found


def scores(line: str) -> dict[str, object]:
    found = row(line)
    return {
        "final": (found.home_goals, found.away_goals),
        "ft": (found.home_ft, found.away_ft),
        "ht": (found.home_ht, found.away_ht),
        "pens": (found.home_pens, found.away_pens),
        "aet": found.after_extra_time,
        "status": found.status,
    }


NO = (None, None)


@pytest.mark.parametrize(
    ("expression", "final", "ft", "ht", "pens", "aet"),
    [
        ("2-1 (1-0)", (2, 1), (2, 1), (1, 0), NO, False),
        ("2-1", (2, 1), (2, 1), NO, NO, False),
        # goalless at the end is goalless at half-time
        ("0-0", (0, 0), (0, 0), (0, 0), NO, False),
        ("4-3 a.e.t. (2-2, 1-2)", (4, 3), (2, 2), (1, 2), NO, True),
        ("1-0 a.e.t. (0-0)", (1, 0), (0, 0), (0, 0), NO, True),
        ("1-3 a.e.t.", (1, 3), NO, NO, NO, True),
        ("2-1 n.V. (1-1, 1-0)", (2, 1), (1, 1), (1, 0), NO, True),
        ("2-1 (1-1, 1-0) n.V.", (2, 1), (1, 1), (1, 0), NO, True),
        ("2-1 (n.V.)", (2, 1), NO, NO, NO, True),
        ("2-1 aet (1-1, 1-0)", (2, 1), (1, 1), (1, 0), NO, True),
        ("2-4 pen. 1-1 a.e.t. (1-1, 0-1)", (1, 1), (1, 1), (0, 1), (2, 4), True),
        ("2-4 pen. 2-2 a.e.t. (1-1, 1-0)", (2, 2), (1, 1), (1, 0), (2, 4), True),
        ("1-1 a.e.t. (1-1, 0-1), 2-4 pen.", (1, 1), (1, 1), (0, 1), (2, 4), True),
        ("8-7 pen. 0-0 a.e.t. (0-0)", (0, 0), (0, 0), (0, 0), (8, 7), True),
        # the second leg of a tie need not be level after 90 minutes to go on
        ("1-3 pen. 2-1 a.e.t. (2-1, 2-1)", (2, 1), (2, 1), (2, 1), (1, 3), True),
        # straight to penalties: the bracket holds the score that the shoot-out followed
        ("10-9 pen. (1-1, 0-1)", (1, 1), (1, 1), (0, 1), (10, 9), False),
        ("6-5 pen. (0-0)", (0, 0), (0, 0), (0, 0), (6, 5), False),
    ],
)
def test_score_notations(
    expression: str,
    final: tuple[int, int],
    ft: tuple[int | None, int | None],
    ht: tuple[int | None, int | None],
    pens: tuple[int | None, int | None],
    aet: bool,
) -> None:
    expected = {"final": final, "ft": ft, "ht": ht, "pens": pens, "aet": aet, "status": "played"}
    assert scores(f"    15.00  Alpha FC     v Beta United    {expression}") == expected
    assert scores(f"  15.00  Alpha FC     {expression}  Beta United") == expected
    assert scores(f"         Alpha FC     {expression}  Beta United") == expected


def test_a_shootout_without_its_score_is_a_result_that_is_not_known() -> None:
    found = row("    19:00  Alpha FC     v Beta United      4-3 pen.")
    assert found.status == "fixture"
    assert found.home_goals is None
    assert (found.home_pens, found.away_pens) == (4, 3)
    assert found.note == "decided in a shoot-out; the score before it is not told"


def test_a_half_time_score_that_cannot_be_means_a_decreed_result() -> None:
    reading = read("» Round 1\n  Sat Nov/4\n    20:00  Alpha FC   v Beta United  0-3 (1-1)")
    (found,) = reading.rows
    assert (found.status, found.home_goals, found.away_goals) == ("awarded", 0, 3)
    assert (found.home_ft, found.home_ht, found.after_extra_time) == (None, None, None)
    assert reading.report.notes == ("line 5: 1-1 at half-time cannot lead to 0-3",)


@pytest.mark.parametrize(
    "expression", ["2-1 3-2", "2-1 a.e.t. 3-1 a.e.t.", "4-3 pen. 2-1 pen. (1-1)", "1-1 (1-1, 0-0, 0-0)"]
)
def test_scores_that_do_not_add_up_are_not_guessed(expression: str) -> None:
    reading = read(f"» Round 1\n  Sat Nov/4\n  15.00  Alpha FC    v Beta United   {expression}")
    assert reading.rows == ()
    assert [line.line for line in reading.report.unread] == [5]


@pytest.mark.parametrize(
    ("line", "home", "away"),
    [
        ("  15.30  1. FC Köln               2-1 (1-0)  1. FC Nürnberg", "1. FC Köln", "1. FC Nürnberg"),
        (
            "    15.30  1. FC Köln              v 1899 Hoffenheim          2-1",
            "1. FC Köln",
            "1899 Hoffenheim",
        ),
        (
            "    17:30  23 Elazığ FK            v Konyaspor                0-4 (0-1)",
            "23 Elazığ FK",
            "Konyaspor",
        ),
        (
            "           SPAL 2013 Ferrara       v SK Dnipro-1              0-4",
            "SPAL 2013 Ferrara",
            "SK Dnipro-1",
        ),
        ("         SPAL 2013 Ferrara        1-3 (0-1)  Reggina 1914", "SPAL 2013 Ferrara", "Reggina 1914"),
        ("           SC Paderborn 07         v SV Darmstadt 98", "SC Paderborn 07", "SV Darmstadt 98"),
        ("    14:30  GKS Tychy '71           v Quick'20  2-0", "GKS Tychy '71", "Quick'20"),
        ("    20:30  1° de Dezembro          v Mons Calpe S.C.   2-1", "1° de Dezembro", "Mons Calpe S.C."),
        ("    20:30  EB/Streymur      v Rot-Weiss Essen   2-1", "EB/Streymur", "Rot-Weiss Essen"),
        ("    20:30  FC v Zuylen        v Alpha FC   2-1", "FC v Zuylen", "Alpha FC"),
        # a name as long as its column leaves one blank before the score
        (
            "    19.45  Millwall FC   v Sheffield Wednesday FC 1-1 (1-0)",
            "Millwall FC",
            "Sheffield Wednesday FC",
        ),
        ("    12:30  Derby County FC         v Ipswich Town FC\t1-2\t", "Derby County FC", "Ipswich Town FC"),
    ],
)
def test_club_names(line: str, home: str, away: str) -> None:
    found = row(line)
    assert (found.home, found.away) == (home, away)


def test_several_versus_and_none_apart_are_not_guessed() -> None:
    reading = read("» Round 1\n  Sat Nov/4\n    15.00 FC v Zuylen v Alpha FC 2-1")
    assert reading.rows == ()
    assert reading.report.unread[0].reason == "several ' v ' and none that stands apart"


def test_country_of_a_club_is_taken_from_its_suffix() -> None:
    found = row("    21.00  Liverpool FC (ENG)      v AS Monaco FC (MCO)         0-3 (0-1)", EUROPA)
    assert (found.home, found.home_country) == ("Liverpool FC", "eng")
    # Monaco's club is one of the French association
    assert (found.away, found.away_country) == ("AS Monaco FC", "fra")


def test_a_domestic_file_gives_its_country() -> None:
    found = row("  15.00  Cardiff City  1-0  Swansea City", LEAGUE)
    assert (found.home_country, found.away_country) == ("eng", "eng")


@pytest.mark.parametrize(
    ("line", "status", "goals", "note"),
    [
        ("  Solihull Moors           -  Harrogate Town           [cancelled]", "cancelled", None, None),
        ("           FC Turris    v SS Monopoli 1966        [cancelled]", "cancelled", None, None),
        ("           Alpha FC    v Beta United        [postponed]", "postponed", None, None),
        ("           Alpha FC    v Beta United        [abandoned]", "abandoned", None, None),
        ("           Alpha FC    v Beta United        [annulled]", "cancelled", None, "annulled"),
        ("  Bolton Wanderers         0-1  Brentford FC             [awarded]", "awarded", (0, 1), None),
        ("           Alpha FC    v Beta United     0-3    [awarded]", "awarded", (0, 3), None),
        ("Union    0-2awd Bochum     [awarded; was 1-1]", "awarded", (0, 2), "was 1-1"),
        ("           Alpha FC    v Beta United     2-3    [no crowd]", "played", (2, 3), "no crowd"),
        ("           Alpha FC    v Beta United", "fixture", None, None),
    ],
)  # fmt: skip
def test_what_became_of_a_match(
    line: str, status: str, goals: tuple[int, int] | None, note: str | None
) -> None:
    found = row(line)
    assert (found.status, found.note) == (status, note)
    assert (found.home_goals, found.away_goals) == (goals or NO)
    if status == "awarded":
        assert (found.home_ft, found.after_extra_time) == (None, None)


def test_ground() -> None:
    found = row("  20:45   FC Barcelona        v Atlético Madrid  1-1      @ Camp Nou, Barcelona")
    assert (found.away, found.home_goals, found.ground) == ("Atlético Madrid", 1, "Camp Nou, Barcelona")


# -- dates and times


@pytest.mark.parametrize(
    "written",
    [
        "Sat Nov/4",
        "[Sat Nov/4]",
        "Sat Nov 4",
        "Sat Nov 4 2023",
        "Sat Nov/4 2023",
        "[Sat Nov/4 2023]",
        "Nov 4",
        "Sat 4 Nov",
        "Saturday, November 4, 2023",
        "4 November 2023",
        "2023-11-04",
        "4.11.2023",
    ],
)
def test_dates(written: str) -> None:
    (found,) = read(f"Round 1\n{written}\n  15.00  Alpha FC  1-0  Beta United").rows
    assert found.date == dt.date(2023, 11, 4)


def test_the_year_turns_within_a_season() -> None:
    body = """Matchday 1
[Fri Dec/29]
  15.00  A  1-0  B
[Mon Jan/1]
  15.00  C  1-0  D
[Thu Feb/29]
  15.00  E  1-0  F"""
    found = [row.date for row in read(body, LEAGUE).rows]
    assert found == [dt.date(2023, 12, 29), dt.date(2024, 1, 1), dt.date(2024, 2, 29)]


def test_a_season_that_ends_in_august_is_read_by_the_files_own_days() -> None:
    head = "= UEFA Champions League 2019/20\n\n# Date       Tue Sep/17 2019 - Sun Aug/23 2020 (341d)\n"
    (found,) = read("» Final\n  Sun Aug/23\n  21.00  A  0-1  B", "champions-league/2019-20/cl.txt", head).rows
    assert found.date == dt.date(2020, 8, 23)


def test_a_calendar_year_league() -> None:
    head = "= Norway Eliteserien 2024\n\n# Date       Mon Apr 1 - Sun Dec 1 2024 (244d)\n"
    body = "▪ Matchday 1\n  Mon Apr 1 2024\n  17:00  A  v B  1-0\n  Sun Dec 1\n  17:00  C  v D  1-0"
    reading = read(body, "europe/norway/2024_no1.txt", head)
    assert [row.date for row in reading.rows] == [dt.date(2024, 4, 1), dt.date(2024, 12, 1)]
    assert {(row.competition, row.season) for row in reading.rows} == {("nor.1", 2024)}


def test_a_weekday_that_does_not_fit_is_reported() -> None:
    reading = read("Matchday 1\n[Sun Nov/4]\n  15.00  A  1-0  B", LEAGUE)
    assert reading.rows[0].date == dt.date(2023, 11, 4)
    assert reading.report.notes == ("line 4: 2023-11-04 was a Sat, not a Sun",)


def test_a_day_that_no_calendar_has_loses_no_match_silently() -> None:
    reading = read("Matchday 1\n[Sat Feb/30]\n  15.00  A  1-0  B", LEAGUE)
    assert reading.rows == ()
    assert reading.report.unread[0].reason == "no such day as on line 4"


def test_times_stand_for_the_lines_below_until_the_day_changes() -> None:
    body = """Matchday 1
[Sat Nov/4]
  12.30  A  1-0  B
         C  1-0  D
  9:05  E  1-0  F
  G  -  H  [cancelled]
[Sun Nov/5]
         I  1-0  J"""
    assert [row.time for row in read(body, LEAGUE).rows] == ["12:30", "12:30", "09:05", None, None]


# -- lines that hold no match


def test_every_line_is_of_a_known_kind() -> None:
    text = """= Bundesliga 1963/64=

# a comment
<!-- Final Table:

 1. 1. FC Köln                   30 17 11  2  78- 40  45
-->
Group A |  Alpha   Beta
 1  Chelsea                 38  29  4  5  72-22  91
- - - - - - - - -
▪ Round 3
Sep 7
Werder      2-2 Stuttgart   (Meyer 2, Zebrowski 63 - Wanner 10, Höller 11)
Münster     4-2 Meidericher (Lulka 17, 30, 52, Tybussek 72 - Rahn 85,
                            Versteeg 89)
                # sent off: Rahn (Meidericher, 77)
           N.N.                    v N.N.
  Alpha   v Beta    1-1
            (Neymar 71'; Diego 56')
Gamma FC    bye
something else
"""
    reading = read_text(text, "deutschland/rsssf/duit64.txt")
    assert reading.kinds == {
        "heading": 2,
        "comment": 5,
        "definition": 1,
        "standings": 1,
        "rule": 1,
        "date": 1,
        "match": 3,
        "goals": 2,
        "placeholder": 1,
        "bye": 1,
        "unread": 1,
    }
    assert [(row.home, row.away, row.home_goals, row.away_goals) for row in reading.rows] == [
        ("Werder", "Stuttgart", 2, 2),
        ("Münster", "Meidericher", 4, 2),
        ("Alpha", "Beta", 1, 1),
    ]
    assert reading.report.unread[0].text == "something else"
    assert (reading.rows[0].competition, reading.rows[0].season) == ("ger.1", 1963)


def test_a_line_that_repeats_a_match_is_no_second_match() -> None:
    body = "» 24. Round\n  Thu Jan/1\n    14.00  A  v B\n\n» 24. Round\n  Thu Jan/1\n    14.00  A  v B"
    reading = read(body, "england/2025-26/4-league2.txt", "= English League Two 2025/26\n# Matches    1\n")
    assert reading.kinds["repeat"] == 1
    assert len(reading.rows) == 1
    assert reading.report.notes == ("line 9: repeats line 5: A v B",)


def test_the_files_own_count_is_checked() -> None:
    reading = read("Matchday 1\n[Sat Nov/4]\n  15.00  A  1-0  B", LEAGUE, "= Title 2023/24\n# Matches    2\n")
    assert (reading.report.declared, reading.report.matches) == (2, 1)
    assert reading.report.notes == ("declares 2 matches, holds 1",)


@pytest.mark.parametrize(
    "last", ["  15.00  Arsenal FC               2-1 (1-", "  15.00  Arsenal FC     v Wolverh"]
)
def test_a_file_that_is_cut_within_a_line_is_refused(last: str) -> None:
    with pytest.raises(SourceError, match="ends within a line") as caught:
        read_text(f"= English Premier League 2023/24\nMatchday 1\n[Sat Aug/12]\n{last}", LEAGUE)
    assert caught.value.line == 4
    assert "get it again" in str(caught.value)


def test_a_file_that_cannot_be_placed_loses_nothing() -> None:
    reading = read_text("Matchday 1\n[Sat Nov/4]\n  15.00  A  1-0  B\n", "somewhere/file.txt")
    assert reading.report.unread[0].reason == "what competition and season the file holds is not known"


@pytest.mark.parametrize(
    ("document", "heading", "code", "season"),
    [
        ("england/2000-01/2-division1.txt", "English Division One 2000/01", "eng.2", 2000),
        ("england/2023-24/eflcup.txt", "English EFL Cup 2023/24", "eng.eflcup", 2023),
        ("italy/2024-25/3-seriec_a.txt", "Italian Serie C (North & Central West) 2024/25", "ita.3", 2024),
        ("espana/2026-27/1-liga.txt", "Spain Primera División 2026/27", "esp.1", 2026),
        ("deutschland/2024-25/4-regionalliga-west.txt", "Deutsche Regionalliga West 2024/25", "ger.4", 2024),
        ("deutschland/rsssf/duit64.txt", "Bundesliga 1963/64", "ger.1", 1963),
        ("champions-league/2024-25/confq.txt", "UEFA Conference League - Quali 2024/25", "uefa.conf", 2024),
        ("europe/northern-ireland/2023-24_nir1.txt", "Northern Irish Premiership 2023/24", "nir.1", 2023),
        (
            "europe/bosnia-herzegovina/2024-25_bacup.txt",
            "Bosnia and Herzegovina Cup 2024/25",
            "bih.cup",
            2024,
        ),
        ("europe/sweden/2025_se3s.txt", "Sweden Div 1 Södra 2025", "swe.3", 2025),
        ("my/own/file.txt", "English FA Cup 2023/24", "eng.facup", 2023),
    ],
)
def test_competitions(document: str, heading: str, code: str, season: int) -> None:
    reading = read_text(f"= {heading}\nRound 1\nSat Aug 10\n  15.00  A  1-0  B\n", document)
    assert [(row.competition, row.season) for row in reading.rows] == [(code, season)]
