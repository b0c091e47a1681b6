"""Second legs that the files lack, and shoot-outs that stand as scores: against the rules of two-legged ties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from secondleg.sources import schochastics

HEADER = "home,away,date,gh,ga,full_time,home_country,away_country"


def rows(folder: Path, name: str, *lines: str) -> list[dict[str, Any]]:
    path = folder / name
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return schochastics.read_files([path]).matches.to_pylist()


FIRST = "Bor Moenchengladbach,Everton FC,1970-10-21,1,1,F,germany,england"


def test_a_second_leg_that_is_lacking_is_added(tmp_path: Path) -> None:
    first, second = rows(tmp_path, "uefa-cl.csv", FIRST)
    assert (first["home"], first["away_goals"]) == ("Bor Moenchengladbach", 1)
    assert (second["home"], second["away"], second["home_country"]) == (
        "Everton FC",
        "Bor Moenchengladbach",
        "eng",
    )
    assert str(second["date"]) == "1970-11-04"
    # the first European shoot-out that an English side won: 1-1, 4-3 on penalties
    assert (second["home_goals"], second["away_goals"], second["home_pens"], second["away_pens"]) == (
        1,
        1,
        4,
        3,
    )
    assert second["after_extra_time"]
    assert second["season"] == 1970


def test_it_is_not_added_where_the_file_has_it_or_lacks_the_first(tmp_path: Path) -> None:
    held = "Everton FC,Bor Moenchengladbach,1970-11-04,1,1,P,england,germany"
    assert len(rows(tmp_path, "uefa-cl.csv", FIRST, held)) == 2
    other = "Everton FC,Keflavik If,1970-09-16,6,2,F,england,iceland"
    assert len(rows(tmp_path, "uefa-cl.csv", other)) == 1


def test_a_shoot_out_that_stands_as_the_score(tmp_path: Path) -> None:
    line = "Tottenham Hotspur,RSC Anderlecht,1984-05-23,4,3,F,england,belgium"
    (final,) = rows(tmp_path, "uefa-el.csv", line)
    assert (final["home_goals"], final["away_goals"]) == (1, 1)
    assert (final["home_pens"], final["away_pens"]) == (4, 3)
    assert final["after_extra_time"]
    # a file that has it right is left alone
    (right,) = rows(tmp_path, "uefa-el.csv", line.replace(",4,3,F", ",1,1,F"))
    assert (right["home_goals"], right["home_pens"]) == (1, None)


def test_what_is_declared_is_possible() -> None:
    from secondleg.sources import _schochastics_mended as mended

    for leg in (*mended._LACKING.values(), *mended._SHOT_OUT.values()):
        if leg.shootout is not None:
            assert leg.shootout[0] != leg.shootout[1]
    assert all(leg.shootout is not None for leg in mended._SHOT_OUT.values())
