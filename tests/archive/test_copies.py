"""A file that repeats another league under a wrong name; and alias lists as names to look clubs up by."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from pathlib import Path

from secondleg.archive.archive import Archive
from secondleg.archive.lookup import find_club
from secondleg.sources.importer import import_files

CLUBS = ("Alfa", "Bravo", "Charlie", "Delta", "Echo")


def league(title: str, scores: str = "1-0") -> str:
    """A double round robin of five clubs, one match a day."""
    lines = [f"= {title} 2019/20", "", "Matchday 1"]
    day = dt.date(2019, 8, 1)
    for home, away in permutations(CLUBS, 2):
        lines += [f"[{day:%a %b/%d %Y}]", f"  18.00  {home}   {scores} (0-0)  {away}"]
        day += dt.timedelta(days=1)
    return "\n".join(lines) + "\n"


def write(folder: Path, first: str, second: str) -> Path:
    russia = folder / "europe" / "russia"
    russia.mkdir(parents=True)
    (russia / "2019-20_ru1.txt").write_text(first, encoding="utf-8")
    (russia / "2019-20_ru2.txt").write_text(second, encoding="utf-8")
    return folder


def test_a_copy_under_another_name_is_left_out_and_said(tmp_path: Path) -> None:
    files = write(tmp_path, league("Russia Premier League"), league("Russia 1. Division"))
    with Archive.memory() as archive:
        report = import_files(archive, [files])
        held = archive.connection.execute(
            "SELECT competition, count(*) FROM store.match GROUP BY ALL"
        ).fetchall()
    assert held == [("rus.1", 20)]
    assert report.remarks == (
        "europe/russia/2019-20_ru2.txt repeats rus.1 of 2019 match for match: left out of rus.2",
    )


def test_another_league_of_the_same_clubs_is_no_copy(tmp_path: Path) -> None:
    """The same clubs on other days are another competition (a league cup, say)."""
    later = league("Russia 1. Division").replace("2019]", "2020]")
    files = write(tmp_path, league("Russia Premier League"), later)
    with Archive.memory() as archive:
        report = import_files(archive, [files])
    assert report.remarks == ()
    assert report.matches == 40


def test_an_imported_alias_finds_its_club(tmp_path: Path) -> None:
    files = write(tmp_path, league("Russia Premier League"), league("Russia Premier League"))
    (files / "europe" / "russia" / "2019-20_ru2.txt").unlink()
    lists = tmp_path / "lists" / "russia"
    lists.mkdir(parents=True)
    (lists / "ru.clubs.txt").write_text("Alfa, Moskva\n  | First of Moscow | Alfa Moskva\n", encoding="utf-8")
    with Archive.memory() as archive:
        import_files(archive, [files / "europe", lists])
        view = archive.view(dt.date(2019, 12, 1))
        assert find_club(view, "first of moscow") == "rus/alfa"
        assert find_club(view, "Alfa Moskva") == "rus/alfa"
