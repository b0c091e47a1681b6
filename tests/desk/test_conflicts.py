"""`secondleg data conflicts`: what is listed, what is counted, and what is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.small_files import EUROPA_LEAGUE, UEFA_CL, write_files

from secondleg.archive.archive import Archive
from secondleg.desk.conflicts import FIELDS, conflicts, to_text
from secondleg.errors import BadInput, UnknownClub
from secondleg.sources.importer import import_files

HEADER = UEFA_CL.splitlines()[0]
ROW = "{home},{away},{date},{score},F,UEFA EL,,,{home_country},{away_country},,,Europe,Europe,Europe,international"


def row(date: str, home: str, score: str, away: str, home_country: str, away_country: str) -> str:
    return ROW.format(
        date=date,
        home=home,
        away=away,
        score=score.replace("-", ","),
        home_country=home_country,
        away_country=away_country,
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The quarter-finals of 2024 in two sources: one has a score wrong, a day, and a final that was not played."""
    folder = tmp_path_factory.mktemp("files")
    other = "\n".join(
        [
            HEADER,
            row("2024-04-11", "Liverpool FC", "0-4", "Atalanta", "england", "italy"),
            row("2024-04-12", "AC Milan", "0-1", "AS Roma", "italy", "italy"),
            row("2024-04-18", "Atalanta", "0-1", "Liverpool FC", "italy", "england"),
            row("2024-04-18", "AS Roma", "2-1", "AC Milan", "italy", "italy"),
            "",
        ]
    )
    write_files(folder, {"champions-league/2023-24/el.txt": EUROPA_LEAGUE, "results/uefa-el.csv": other})
    with Archive.memory() as held:
        report = import_files(held, [folder])
        assert (report.matches, report.conflicts) == (4, 2)
        yield held


def test_each_conflict_says_what_is_kept_who_says_otherwise_and_why(archive: Archive) -> None:
    document = conflicts(archive)
    assert document["total"] == 2
    score, day = document["conflicts"]
    assert (day["field"], day["kept"], day["told"]) == ("date", "2024-04-11", "2024-04-12")
    assert (day["competition"], day["away"]) == ("uefa.el", "Roma")
    assert (score["field"], score["kept"], score["told"]) == ("score", "0-3", "0-4")
    assert score["place"] == "schochastics results/uefa-el.csv:2"
    assert (score["kept_by"], score["rule"]) == (["openfootball"], "better source")
    assert json.loads(json.dumps(document)) == document


def test_the_text_counts_by_field_and_pair_and_names_the_rows(archive: Archive) -> None:
    text = to_text(conflicts(archive))
    assert "2 words of sources that the archive does not follow" in text
    assert "score, the final score: 1\n        1  schochastics, against openfootball" in text
    assert "2024-04-11 Liverpool v Atalanta, uefa.el" in text
    assert "score: 0-3 (openfootball; better source), not 0-4 (schochastics results/uefa-el.csv:2)" in text


def test_what_is_asked_for(archive: Archive) -> None:
    assert [c["field"] for c in conflicts(archive, club="Liverpool")["conflicts"]] == ["score"]
    assert [c["field"] for c in conflicts(archive, club="ita/roma")["conflicts"]] == ["date"]
    assert [c["field"] for c in conflicts(archive, field="date")["conflicts"]] == ["date"]
    assert conflicts(archive, competition="uefa.el", season=2023)["total"] == 2
    first = conflicts(archive, limit=1)
    assert (first["total"], len(first["conflicts"])) == (2, 1)
    assert "(the newest 1)" in to_text(first)
    none = conflicts(archive, field="shoot-out")
    assert "no source disagrees with another" in to_text(none)


def test_what_cannot_be_asked_for(archive: Archive) -> None:
    with pytest.raises(BadInput, match="Choose one of score"):
        conflicts(archive, field="weather")
    with pytest.raises(BadInput, match=r"holds nothing of uefa\.cl"):
        conflicts(archive, competition="uefa.cl")
    with pytest.raises(UnknownClub):
        conflicts(archive, club="Nottingham Forest Reserves")


def test_rows_that_were_left_out_are_counted(tmp_path: Path) -> None:
    other = "\n".join([HEADER, row("2024-04-11", "Everton FC", "0-3", "Atalanta", "england", "italy"), ""])
    write_files(tmp_path, {"champions-league/2023-24/el.txt": EUROPA_LEAGUE, "results/uefa-el.csv": other})
    with Archive.memory() as held:
        import_files(held, [tmp_path])
        document = conflicts(held)
        assert document["left_out"] == [{"source": "schochastics", "fate": "surplus", "rows": 1}]
        text = to_text(document)
    assert "clubs, who played: a row that makes no match of its own: 1" in text
    assert "1  schochastics, no match of ours answers to them" in text


def test_every_field_that_a_merge_writes_has_a_name() -> None:
    root = Path(__file__).parents[2] / "src" / "secondleg" / "archive"
    source = "".join((root / f"{name}.py").read_text("utf-8") for name in ("values", "merge", "incidents"))
    assert {name for name in FIELDS if f'"{name}"' in source or f"'{name}'" in source} == set(FIELDS)
