"""Who is who, from fixtures, opponents, names and a user's word: small leagues made by hand."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from itertools import permutations

import duckdb
import pytest

from secondleg.archive.linking import identify
from secondleg.archive.schema import SCHEMA

Row = tuple[str, str, int, dt.date, str | None, str, str | None, str, int, int]


@pytest.fixture
def store() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(SCHEMA)
        yield connection


def league(
    source: str,
    season: int,
    names: Sequence[str],
    *,
    country: str | None = "lux",
    competition: str = "lux.1",
    chance: int = 1,
    shift: int = 0,
) -> list[Row]:
    """A double round-robin: the same clubs by place, days and scores for every source with one `chance`."""
    scores = random.Random(chance * 10_000 + season)
    rows: list[Row] = []
    start = dt.date(season, 8, 1)
    for n, (home, away) in enumerate(permutations(range(len(names)), 2)):
        # three matches a day: not all can be told from one another by the day alone
        day = start + dt.timedelta(days=7 * (n // 3) + shift)
        score = (scores.randrange(4), scores.randrange(4))
        rows.append((source, competition, season, day, country, names[home], country, names[away], *score))
    return rows


def put(store: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> None:
    store.executemany(
        "INSERT INTO store.source_match (source, document, line, competition, season, date, home_country, home, "
        "away_country, away, home_goals, away_goals, status) "
        "VALUES (?, 'file', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'played')",
        [(row[0], n, *row[1:]) for n, row in enumerate(rows)],
    )


def clubs(store: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    """What each spelling of each source was found to be; a spelling of several clubs is not asked for by this."""
    put(store, rows)
    identify(store)
    return {
        (source, name): club
        for source, name, club in store.execute("SELECT source, name, club FROM spelling").fetchall()
    }


def how(store: duckdb.DuckDBPyConnection, source: str, name: str) -> tuple[str, int, int]:
    return store.execute(
        "SELECT how, shared, compared FROM store.link WHERE source = ? AND name = ?", [source, name]
    ).fetchall()[0]


FIRST = ("Alpha Town", "Beta Rovers", "Gamma United", "Delta City", "Epsilon")
SECOND = ("FC Eins", "FC Zwei", "FC Drei", "FC Vier", "FC Fünf")


def test_names_without_a_likeness_are_joined_by_their_fixtures(store: duckdb.DuckDBPyConnection) -> None:
    found = clubs(store, [*league("a", 2000, FIRST), *league("b", 2000, SECOND)])
    for one, other in zip(FIRST, SECOND, strict=True):
        assert found["a", one] == found["b", other]
    assert len(set(found.values())) == 5
    # each of five clubs plays eight matches
    assert how(store, "a", "Alpha Town") == ("fixtures", 8, 8)


def test_other_fixtures_join_nothing(store: duckdb.DuckDBPyConnection) -> None:
    found = clubs(store, [*league("a", 2000, FIRST), *league("b", 2000, SECOND, chance=2)])
    assert len(set(found.values())) == 10


def test_one_name_in_one_season_with_other_fixtures_is_two_clubs(store: duckdb.DuckDBPyConnection) -> None:
    # both sources have a Beta, but they are not the same: the second calls the first's Gamma so
    names = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
    other = ("Alpha", "Zeta", "Beta", "Delta", "Epsilon")
    found = clubs(store, [*league("a", 2000, names), *league("b", 2000, other)])
    assert found["a", "Beta"] == found["b", "Zeta"] != found["a", "Gamma"] == found["b", "Beta"]


def test_spellings_that_met_are_two_clubs(store: duckdb.DuckDBPyConnection) -> None:
    found = clubs(store, league("a", 2000, ("FC Wiltz", "SC Wiltz", "Alpha")))
    assert len(set(found.values())) == 3


def test_legal_forms_are_one_club_by_name(store: duckdb.DuckDBPyConnection) -> None:
    rows = [
        *league("a", 2000, ("Alpha", "Beta")),
        *league("b", 2005, ("FC Alpha", "Beta"), competition="lux.2"),
    ]
    found = clubs(store, rows)
    assert found["a", "Alpha"] == found["b", "FC Alpha"]
    assert how(store, "a", "Alpha")[0] == "name"


def test_two_legal_forms_of_one_source_are_two_clubs_unless_one_follows_the_other(
    store: duckdb.DuckDBPyConnection,
) -> None:
    rows = [
        *league("a", 1960, ("IFK Alpha", "Beta")),
        *league("a", 2010, ("AFC Alpha", "Beta")),
        *league("a", 1990, ("SC Gamma", "Delta")),
        *league("a", 1991, ("FC Gamma", "Delta")),
    ]
    found = clubs(store, rows)
    assert found["a", "IFK Alpha"] != found["a", "AFC Alpha"]
    assert found["a", "SC Gamma"] == found["a", "FC Gamma"]


def test_a_renamed_club_is_one_where_another_source_has_one_name(store: duckdb.DuckDBPyConnection) -> None:
    rows = [
        *league("a", 2000, FIRST),
        *league("a", 2001, ("Omega Wanderers", *FIRST[1:])),
        *league("b", 2000, SECOND),
        *league("b", 2001, SECOND),
    ]
    found = clubs(store, rows)
    assert found["a", "Alpha Town"] == found["a", "Omega Wanderers"] == found["b", "FC Eins"]
    years = store.execute(
        "SELECT name, first_season, last_season FROM store.club_name WHERE source = 'a' AND club = ? ORDER BY name",
        [found["a", "Alpha Town"]],
    ).fetchall()
    assert years == [("Alpha Town", 2000, 2000), ("Omega Wanderers", 2001, 2001)]


def test_a_spelling_of_two_clubs_is_cut_by_season(store: duckdb.DuckDBPyConnection) -> None:
    # source b calls two clubs FC Eins, first one and then the other; in source a they met
    rows = [
        *league("a", 2000, FIRST),
        *league("a", 2001, (*FIRST[1:], "Omega")),
        *league("a", 1999, ("Alpha Town", "Omega")),
        *league("b", 2000, SECOND),
        *league("b", 2001, (*SECOND[1:], "FC Eins")),
    ]
    put(store, rows)
    identify(store)
    parts = store.execute(
        "SELECT first_season, last_season, club FROM spelling WHERE name = 'FC Eins' ORDER BY 1"
    ).fetchall()
    by_name = dict(store.execute("SELECT name, club FROM spelling WHERE source = 'a'").fetchall())
    assert parts == [(2000, 2000, by_name["Alpha Town"]), (2001, 2001, by_name["Omega"])]


def test_a_cup_side_is_found_by_its_opponent(store: duckdb.DuckDBPyConnection) -> None:
    day = dt.date(2001, 1, 6)
    rows = [
        *league("a", 2000, FIRST),
        *league("b", 2000, SECOND),
        ("a", "lux.cup", 2000, day, "lux", "Alpha Town", "lux", "Little Village", 7, 1),
        ("b", "lux.cup", 2000, day, "lux", "FC Eins", "lux", "Sporting Kleindorf", 7, 1),
    ]
    found = clubs(store, rows)
    assert found["a", "Little Village"] == found["b", "Sporting Kleindorf"]


@pytest.mark.parametrize(
    ("days", "score", "one"), [(1, (7, 1), True), (3, (7, 1), False), (0, (7, 2), False)]
)
def test_sources_may_differ_by_a_day_but_not_in_the_score(
    store: duckdb.DuckDBPyConnection, days: int, score: tuple[int, int], one: bool
) -> None:
    day = dt.date(2001, 1, 6)
    other = day + dt.timedelta(days=days)
    rows = [
        *league("a", 2000, FIRST),
        *league("b", 2000, SECOND),
        ("a", "lux.cup", 2000, day, "lux", "Alpha Town", "lux", "Little Village", 7, 1),
        ("b", "lux.cup", 2000, other, "lux", "FC Eins", "lux", "Sporting Kleindorf", *score),
    ]
    found = clubs(store, rows)
    assert (found["a", "Little Village"] == found["b", "Sporting Kleindorf"]) is one


def test_a_season_dated_to_one_day_tells_nothing(store: duckdb.DuckDBPyConnection) -> None:
    day = dt.date(2001, 5, 30)
    flat = [
        (*row[:3], day, *row[4:])
        for source, names in (("a", FIRST), ("b", SECOND))
        for row in league(source, 2000, names)
    ]
    goalless = [(*row[:8], 0, 0) for row in flat]
    found = clubs(store, goalless)
    assert len(set(found.values())) == 10


def test_a_side_without_a_country_is_found_by_fixtures_or_is_nobodys(
    store: duckdb.DuckDBPyConnection,
) -> None:
    rows = [
        *league("a", 2000, FIRST, competition="uefa.cl"),
        *league("b", 2000, SECOND, country=None, competition="uefa.cl"),
        ("b", "uefa.cl", 2003, dt.date(2003, 9, 1), None, "Xerxes", None, "Atlantis", 1, 0),
    ]
    found = clubs(store, rows)
    assert found["b", "FC Eins"] == found["a", "Alpha Town"]
    assert ("b", "Xerxes") not in found
    assert store.execute("SELECT club, how FROM store.link WHERE name = 'Xerxes'").fetchall() == [
        ("", "doubtful")
    ]
    assert store.execute("SELECT country FROM store.club").fetchall() == [("lux",)] * 5


def test_a_name_that_is_unique_gives_a_country(store: duckdb.DuckDBPyConnection) -> None:
    rows = [
        *league("a", 2000, FIRST),
        ("b", "uefa.el", 2003, dt.date(2003, 9, 1), None, "FC Alpha Town", None, "Atlantis", 1, 0),
    ]
    found = clubs(store, rows)
    assert found["b", "FC Alpha Town"] == found["a", "Alpha Town"]


def test_alias_lists_join_spellings(store: duckdb.DuckDBPyConnection) -> None:
    store.execute(
        "INSERT INTO store.source_alias VALUES ('list', 'lux', 'lux', 'Jeunesse d''Esch', 'AS Jeunesse Esch')"
    )
    rows = [*league("a", 2000, ("Jeunesse d'Esch", "Beta")), *league("b", 2005, ("AS Jeunesse Esch", "Beta"))]
    found = clubs(store, rows)
    assert found["a", "Jeunesse d'Esch"] == found["b", "AS Jeunesse Esch"]
    assert how(store, "b", "AS Jeunesse Esch")[0] == "alias"


def test_an_alias_of_two_clubs_joins_nothing(store: duckdb.DuckDBPyConnection) -> None:
    store.executemany(
        "INSERT INTO store.source_alias VALUES ('list', 'lux', 'lux', ?, 'The Town')",
        [["Alpha Town"], ["Beta Town"]],
    )
    rows = [*league("a", 2000, ("Alpha Town", "Beta Town")), *league("b", 2005, ("The Town", "Gamma"))]
    assert len(set(clubs(store, rows).values())) == 4


def test_the_register_comes_before_fixtures(store: duckdb.DuckDBPyConnection) -> None:
    # two clubs of the register do not become one, even if a source gives one the other's fixtures
    names = ("Arsenal", "Alpha", "Beta", "Gamma")
    other = ("Chelsea", "Alpha", "Beta", "Gamma")
    rows = [
        *league("a", 2000, names, country="eng", competition="eng.1"),
        *league("b", 2000, other, country="eng", competition="eng.1"),
    ]
    found = clubs(store, rows)
    assert found["a", "Arsenal"] == "eng/arsenal"
    assert found["b", "Chelsea"] == "eng/chelsea"


def test_a_dated_name_of_the_register(store: duckdb.DuckDBPyConnection) -> None:
    # Chester City were wound up in March 2010, Chester FC founded in May
    rows = [
        *league("a", 2008, ("Chester", "Barrow"), country="eng", competition="eng.5"),
        *league("a", 2013, ("Chester", "Barrow"), country="eng", competition="eng.5"),
    ]
    put(store, rows)
    identify(store)
    assert store.execute(
        "SELECT first_season, last_season, club FROM spelling WHERE name = 'Chester' ORDER BY 1"
    ).fetchall() == [(2008, 2009, "eng/chester-city"), (2010, 2013, "eng/chester")]


def test_a_user_has_the_last_word(store: duckdb.DuckDBPyConnection) -> None:
    store.execute(
        "INSERT INTO store.resolution VALUES ('lux', 'FC Eins', NULL, 2001, NULL, 'lux/omega', 'names:1')"
    )
    rows = [*league("a", 2000, FIRST), *league("b", 2000, SECOND), *league("b", 2001, SECOND)]
    put(store, rows)
    identify(store)
    found = store.execute(
        "SELECT first_season, club FROM spelling WHERE name = 'FC Eins' ORDER BY 1"
    ).fetchall()
    (alpha,) = store.execute("SELECT club FROM spelling WHERE name = 'Alpha Town'").fetchall()
    assert found == [(2000, alpha[0]), (2001, "lux/omega")]
    assert store.execute("SELECT how FROM store.link WHERE club = 'lux/omega'").fetchall() == [
        ("resolution",)
    ]


def test_a_resolution_to_a_club_without_a_register_entry_joins_it(store: duckdb.DuckDBPyConnection) -> None:
    store.execute(
        "INSERT INTO store.resolution VALUES ('lux', 'Xerxes', 'b', NULL, NULL, 'lux/alpha-town', 'names:1')"
    )
    rows = [*league("a", 2000, FIRST), *league("b", 2007, ("Xerxes", "Omega"), competition="lux.2")]
    found = clubs(store, rows)
    assert found["b", "Xerxes"] == found["a", "Alpha Town"] == "lux/alpha-town"
    assert store.execute("SELECT name FROM store.club WHERE id = 'lux/alpha-town'").fetchall() == [
        ("Alpha Town",)
    ]


def test_a_name_that_fits_two_clubs_is_doubtful(store: duckdb.DuckDBPyConnection) -> None:
    rows = [
        *league("a", 2000, ("FC Wiltz", "SC Wiltz", "Alpha")),
        *league("b", 2010, ("Wiltz", "Omega"), competition="lux.2"),
    ]
    clubs(store, rows)
    assert how(store, "b", "Wiltz")[0] == "doubtful"
    (candidates,) = store.execute("SELECT candidates FROM store.link WHERE name = 'Wiltz'").fetchall()[0]
    assert "lux/" in candidates


def test_nothing_depends_on_the_order(store: duckdb.DuckDBPyConnection) -> None:
    rows = [
        *league("a", 2000, FIRST),
        *league("a", 2001, ("Omega Wanderers", *FIRST[1:])),
        *league("b", 2000, SECOND),
        *league("b", 2001, SECOND),
        *league("openfootball", 2004, ("FC Alpha Town", "Beta"), competition="lux.2"),
    ]
    seen = set()
    for seed in range(4):
        random.Random(seed).shuffle(rows)
        for table in ("source_match", "club", "club_name", "link", "ground", "club_id"):
            store.execute(f"DELETE FROM store.{table}")
        put(store, rows)
        identify(store)
        seen.add(
            tuple(
                tuple(store.execute(f"SELECT * FROM store.{table} ORDER BY ALL").fetchall())
                for table in ("club", "club_name", "link")
            )
        )
    assert len(seen) == 1


def test_ids_stay_when_a_source_further_down_comes_in(store: duckdb.DuckDBPyConnection) -> None:
    ours = league("openfootball", 2000, FIRST)
    before = clubs(store, ours)
    for table in ("source_match", "club", "club_name", "link"):
        store.execute(f"DELETE FROM store.{table}")
    after = clubs(store, [*ours, *league("football-data", 2000, ("Al", "Be", "Ga", "De", "Ep"))])
    assert {key: after[key] for key in before} == before
    assert after["football-data", "Al"] == "lux/alpha-town"


def test_ids_of_a_list_go_to_clubs_whose_name_is_unique_both_ways(store: duckdb.DuckDBPyConnection) -> None:
    store.executemany(
        "INSERT INTO store.source_id VALUES ('reep', 'teams.csv', 'lux', ?, 'wikidata', ?)",
        [("F.C. Alpha Town", "Q1"), ("Beta Rovers", "Q2"), ("Beta Rovers", "Q3"), ("A.F.C. Gamma United", "Q4"),
         ("Gamma United F.C.", "Q5"), ("Nobody", "Q6")],
    )  # fmt: skip
    clubs(store, league("a", 2000, FIRST))
    assert store.execute("SELECT club, id FROM store.club_id").fetchall() == [("lux/alpha-town", "Q1")]


def test_ranges_of_one_spelling_do_not_overlap(store: duckdb.DuckDBPyConnection) -> None:
    rows = [
        *league("a", 2000, FIRST),
        *league("a", 2001, (*FIRST[1:], "Omega")),
        *league("a", 1999, ("Alpha Town", "Omega")),
        *league("b", 2000, SECOND),
        *league("b", 2001, (*SECOND[1:], "FC Eins")),
    ]
    put(store, rows)
    identify(store)
    assert store.execute("""
        SELECT count(*) FROM store.source_match m
        WHERE (SELECT count(*) FROM spelling s WHERE s.source = m.source AND s.country = coalesce(m.home_country, '')
               AND s.name = m.home AND m.season BETWEEN s.first_season AND s.last_season) <> 1
    """).fetchall() == [(0,)]


def test_an_archive_without_matches(store: duckdb.DuckDBPyConnection) -> None:
    identify(store)
    assert store.execute("SELECT count(*) FROM spelling").fetchall() == [(0,)]
