"""The starter archive, and that no view of an archive shows what lies ahead."""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondleg.archive import starter
from secondleg.archive.archive import Archive
from secondleg.archive.relations import RELATIONS
from secondleg.errors import OutOfRange
from secondleg.sources.importer import import_files

MIRROR = os.environ.get("SECONDLEG_MIRROR")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    with starter.load() as loaded:
        yield loaded


def test_it_is_whole(archive: Archive) -> None:
    assert archive.kind == "starter"
    for code, clubs, matches in (("eng.1", 20, 380), ("ita.1", 20, 380)):
        row = archive.connection.execute(
            "SELECT clubs, played, whole FROM store.coverage WHERE competition = ? AND season = 2023", [code]
        ).fetchall()
        assert row == [(clubs, matches, True)]
    held = archive.connection.execute(
        "SELECT DISTINCT competition FROM store.match WHERE season = 2023"
    ).fetchall()
    assert set(starter.COMPETITIONS) <= {code for (code,) in held}


def test_its_tables_hang_together(archive: Archive) -> None:
    orphans = """
    SELECT 'side', home FROM store.match WHERE home NOT IN (SELECT id FROM store.club)
    UNION ALL SELECT 'side', away FROM store.match WHERE away NOT IN (SELECT id FROM store.club)
    UNION ALL SELECT 'name', club FROM store.club_name WHERE club NOT IN (SELECT id FROM store.club)
    UNION ALL SELECT 'ground', club FROM store.ground WHERE club NOT IN (SELECT id FROM store.club)
    UNION ALL SELECT 'competition', competition FROM store.match
              WHERE competition NOT IN (SELECT code FROM store.competition)
    UNION ALL SELECT 'tie', id::TEXT FROM store.tie WHERE first_leg NOT IN (SELECT id FROM store.match)
    UNION ALL SELECT 'leg', id::TEXT FROM store.match WHERE tie NOT IN (SELECT id FROM store.tie)
    """
    assert archive.connection.execute(orphans).fetchall() == []


def test_days(archive: Archive) -> None:
    assert archive.days is not None
    first, last = archive.days
    with pytest.raises(OutOfRange, match="begins on"):
        archive.view(first)
    assert archive.view(first + dt.timedelta(days=1)).rows("SELECT * FROM result")
    with Archive.memory() as empty, pytest.raises(OutOfRange, match="empty"):
        empty.view(last)


DATES = {"date", "day", "first", "last", "decided_on", "first_leg_date"}
"""Columns with a day that something was known to have happened on."""


def sample_days() -> list[dt.date]:
    chance = random.Random(42)
    first = dt.date(2023, 8, 1)
    days = [first + dt.timedelta(days=chance.randrange(310)) for _ in range(25)]
    return [*days, dt.date(1988, 4, 7), dt.date(2005, 5, 25), dt.date(2024, 4, 17), dt.date(2024, 5, 1)]


@pytest.mark.parametrize("day", sample_days(), ids=str)
def test_nothing_of_the_day_or_after_it_is_known(archive: Archive, day: dt.date) -> None:
    view = archive.view(day)
    for name in RELATIONS:
        if name in ("club", "club_name", "ground", "competition", "fixture"):
            continue
        rows = view.rows(f"SELECT * FROM {name}")
        ignored = {"last"} if name == "coverage" else set()
        for row in rows:
            late = {
                k: v for k, v in row.items() if k in DATES - ignored and isinstance(v, dt.date) and v >= day
            }
            assert not late, f"{name}: {row}"
    known = {row["id"] for row in view.rows("SELECT id FROM result")}
    for row in view.rows("SELECT first_leg, second_leg, third_leg, winner FROM tie"):
        legs = {row["first_leg"], row["second_leg"], row["third_leg"]} - {None}
        assert row["winner"] is None or legs <= known
    fixtures = view.rows("SELECT * FROM fixture")
    assert not any(name.endswith(("_goals", "_ft", "_ht", "_pens")) for row in fixtures for name in row)
    assert not known & {row["id"] for row in fixtures}


def pairings(archive: Archive, day: str, *, stages: tuple[str, ...]) -> set[tuple[str, str, str]]:
    """Competition, stage and sides of the knockout fixtures that a view shows."""
    rows = archive.view(dt.date.fromisoformat(day)).rows(
        "SELECT competition, stage, home, away FROM fixture WHERE season = 2023 AND list_contains($stages, stage)",
        stages=list(stages),
    )
    return {(r["competition"], r["stage"], " v ".join(sorted((r["home"], r["away"])))) for r in rows}


def test_a_semi_final_waits_for_its_quarter_finals(archive: Archive) -> None:
    """On the morning of 17 April 2024 half of the quarter-finals of the Champions League had been decided."""
    shown = pairings(archive, "2024-04-17", stages=("semi-final", "final"))
    # PSG and Dortmund had gone through the evening before, and their half of the draw was made
    assert {p for c, s, p in shown if c == "uefa.cl"} == {"fra/psg v ger/borussia-dortmund"}
    # the Europa and Conference League's quarter-finals were to end a day later
    assert not {p for c, s, p in shown if c in ("uefa.el", "uefa.conf")}
    # the FA Cup's semi-finalists were known since March, its final was not
    assert {p for c, s, p in shown if c == "eng.facup"} == {
        "eng/chelsea v eng/manchester-city",
        "eng/coventry-city v eng/manchester-united",
    }


def test_a_final_waits_for_its_semi_finals(archive: Archive) -> None:
    """On 1 May 2024 the first leg in Munich had been played, and no finalist of a UEFA cup was known."""
    shown = pairings(archive, "2024-05-01", stages=("semi-final", "final"))
    assert not {p for c, s, p in shown if c.startswith("uefa.") and s == "final"}
    assert ("uefa.cl", "semi-final", "esp/real-madrid v ger/bayern-munich") in shown
    assert ("uefa.el", "semi-final", "fra/marseille v ita/atalanta") in shown
    # the cups of England and Italy had their finalists
    assert ("eng.facup", "final", "eng/manchester-city v eng/manchester-united") in shown
    assert ("ita.cup", "final", "ita/atalanta v ita/juventus") in shown
    # a day later Dortmund had won the first leg against Paris; on 9 May the final was known
    final = "esp/real-madrid v ger/borussia-dortmund"
    assert ("uefa.cl", "final", final) not in pairings(archive, "2024-05-08", stages=("final",))
    assert ("uefa.cl", "final", final) in pairings(archive, "2024-05-09", stages=("final",))


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR names no mirror of the public sources")
def test_it_is_what_a_full_archive_gives(tmp_path: Path) -> None:
    assert MIRROR is not None
    path = tmp_path / "full.duckdb"
    parts = ("openfootball", "schochastics/results", "openfootball_clubs")
    with Archive.create(path) as full:
        report = import_files(full, [Path(MIRROR) / part for part in parts])
    assert report.unread == 0
    script = ROOT / "scripts" / "build_starter.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    # a club that stands in two leagues in one season would be two clubs merged; 2019-20_ru2.txt repeats ru1.txt
    with Archive.open(path) as full:
        twice = """
        SELECT club, season, list_sort(list(competition)) FROM (
            SELECT DISTINCT season, competition, unnest([home, away]) AS club
            FROM store.match m JOIN store.competition c ON c.code = m.competition
            WHERE c.kind = 'league' AND coalesce(stage, 'regular-season') = 'regular-season'
                  AND NOT (competition = 'rus.2' AND season = 2019)
        ) GROUP BY ALL HAVING count(*) > 1
        """
        assert full.connection.execute(twice).fetchall() == []
        # every European Cup was played to its end; 96 group matches, 28 in knockout ties, a final
        europe = (
            "SELECT season, played, whole FROM store.coverage WHERE competition = 'uefa.cl' AND season < 2024"
        )
        seasons = {
            season: (played, whole) for season, played, whole in full.connection.execute(europe).fetchall()
        }
        assert sorted(seasons) == list(range(1955, 2024))
        assert all(whole for _, whole in seasons.values())
        assert seasons[2022] == seasons[2023] == (125, True)
