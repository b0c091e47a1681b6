"""What `secondleg data check` shows of the findings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondleg.archive import checks
from secondleg.archive.archive import Archive
from secondleg.archive.starter import load
from secondleg.desk.checking import check, to_text
from secondleg.errors import BadInput
from support.small_archive import small_archive

TABLE = """
2010-08-14 eng/alfa 1-0 eng/bravo    eng.facup 2010
2010-08-15 eng/alfa 1-0 eng/bravo    eng.facup 2010
2010-08-21 eng/alfa 19-0 eng/charlie eng.facup 2010
2011-08-21 eng/alfa 17-0 eng/charlie eng.facup 2011
2011-08-22 eng/alfa 1-1 eng/bravo    eng.facup 2011
"""


@pytest.fixture
def archive() -> Iterator[Archive]:
    with small_archive(TABLE) as held:
        yield held


def test_findings_are_counted_by_check_and_name_their_rows(archive: Archive) -> None:
    document = check(archive)
    counts = {each["check"]: each["findings"] for each in document["checks"] if each["findings"]}
    assert counts == {"same-match-twice": 1, "many-goals": 2}
    assert document["total"] == 3
    twice = document["findings"][0]
    assert (twice["check"], twice["severity"], twice["label"]) == ("same-match-twice", "error", "2010-11")
    assert [(row["date"], row["score"], row["sources"]) for row in twice["matches"]] == [
        ("2010-08-14", "1-0", "small table:1"),
        ("2010-08-15", "1-0", "small table:2"),
    ]


def test_errors_are_told_before_what_is_odd(archive: Archive) -> None:
    assert to_text(check(archive)).splitlines() == [
        "file: 3 findings of 15 checks",
        "",
        "error: one match stands twice, some days apart: 1",
        "  eng.facup 2010-11: Alfa v Bravo ended 1-0 on 14 August 2010 and again on 15 August 2010",
        "    match 1: small table:1",
        "    match 2: small table:2",
        "",
        "odd: a score beyond the usual: 2",
        "  eng.facup 2011-12: Alfa v Charlie on 21 August 2011 ended 17-0",
        "    match 4: small table:4",
        "  eng.facup 2010-11: Alfa v Charlie on 21 August 2010 ended 19-0",
        "    match 3: small table:3",
    ]


def test_a_short_list_has_something_of_each_check(archive: Archive) -> None:
    document = check(archive, limit=2)
    assert [finding["check"] for finding in document["findings"]] == ["same-match-twice", "many-goals"]
    assert document["total"] == 3
    assert to_text(document).endswith("\n  and 1 more")
    assert check(archive, limit=0)["findings"] == []


def test_one_season(archive: Archive) -> None:
    document = check(archive, competition="eng.facup", season=2011)
    assert document["total"] == 1
    assert to_text(document).startswith("file, eng.facup 2011: 1 finding of 15 checks")


def test_what_is_not_held_cannot_be_checked(archive: Archive) -> None:
    with pytest.raises(BadInput, match=r"holds nothing of ger\.1\. `secondleg data status`"):
        check(archive, competition="ger.1")


def test_an_archive_in_a_file_shows_what_its_import_found(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "a.duckdb") as made, made.transaction() as connection:
        connection.execute("INSERT INTO store.club VALUES ('eng/alfa', 'Alfa', 'Alfa', 'eng')")
        connection.execute("INSERT INTO store.club VALUES ('eng/bravo', 'Bravo', 'Bravo', 'eng')")
        connection.execute("INSERT INTO store.competition VALUES ('eng.facup', 'FA Cup', 'eng', 'cup', NULL)")
        connection.execute(
            "INSERT INTO store.match BY NAME SELECT 1 AS id, 'eng.facup' AS competition, 2010 AS season, "
            "DATE '2010-08-14' AS date, 'eng/alfa' AS home, 'eng/bravo' AS away, 'played' AS status, "
            "16 AS home_goals, 0 AS away_goals, FALSE AS neutral, 'table a:1' AS sources"
        )
        checks.derive(connection)
    with Archive.open(tmp_path / "a.duckdb") as held:
        document = check(held)
    assert [finding["detail"] for finding in document["findings"]] == [
        "Alfa v Bravo on 14 August 2010 ended 16-0"
    ]


def test_the_starter_is_clean() -> None:
    with load() as starter:
        assert to_text(check(starter)) == f"starter: {len(checks.CHECKS)} checks, and nothing found."
