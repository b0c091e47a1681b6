"""The example: Atalanta v Liverpool, 18 April 2024, as known on the morning of 17 April.

What the preview must say is public history (UEFA's and the clubs' own records), not our output.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest

from secondleg.archive import sides, starter
from secondleg.archive.archive import Archive
from secondleg.desk.preview import preview
from secondleg.errors import FixtureNotFound, UnknownClub
from secondleg.records import Question

AS_OF = dt.date(2024, 4, 17)
MATCH_DAY = dt.date(2024, 4, 18)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    with starter.load() as archive:
        return preview(archive.view(AS_OF), "Atalanta", "Liverpool", MATCH_DAY)


def sentences(document: dict[str, Any], key: str | None = None) -> list[dict[str, Any]]:
    return [
        s for section in document["sections"] if key in (None, section["key"]) for s in section["sentences"]
    ]


def said(document: dict[str, Any], *words: str) -> dict[str, Any]:
    """The one sentence that holds all of `words`."""
    found = [s for s in sentences(document) if all(word in s["text"] for word in words)]
    assert len(found) == 1, f"{words}: {[s['text'] for s in found]}"
    return found[0]


def matches(sentence: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    return {(row["date"], row["home"], row["score"], row["away"]) for row in sentence["evidence"]}


def test_it_says_where_the_tie_stands(document: dict[str, Any]) -> None:
    lead = said(document, "Atalanta lead 3-0 on aggregate", "Anfield", "11 April 2024")
    assert matches(lead) == {("2024-04-11", "Liverpool", "0-3", "Atalanta")}
    need = said(document, "Liverpool go through if")
    assert "win by four or more" in need["text"]
    assert "win by exactly three, the tie goes to extra time" in need["text"]
    assert said(document, "Away goals do not count double")  # abolished from 2021-22 (UEFA)
    assert document["tie"]["aggregate"] == {"home": 3, "away": 0}


def test_it_says_that_liverpool_did_not_score_in_two(document: dict[str, Any]) -> None:
    drought = said(document, "Liverpool have failed to score in both of their last two matches")
    assert ("2024-04-11", "Liverpool", "0-3", "Atalanta") in matches(drought)
    assert ("2024-04-14", "Liverpool", "0-1", "Crystal Palace") in matches(drought)
    assert drought["value"]["length"] == 2


def test_it_says_when_liverpool_last_kept_a_clean_sheet(document: dict[str, Any]) -> None:
    last = said(document, "last clean sheet", "Nottingham Forest", "2 March 2024", "nine matches since")
    since = {row for row in matches(last) if row[0] > "2024-03-02"}
    # Sparta Prague twice, City, United twice, Brighton, Sheffield United, Atalanta, Palace
    assert len(since) == 9
    assert ("2024-03-02", "Nottingham Forest", "0-1", "Liverpool") in matches(last)


def test_it_says_how_far_atalanta_have_come(document: dict[str, Any]) -> None:
    assert said(
        document, "Atalanta", "semi-finals of a European competition only once", "1987-88", "Cup Winners' Cup"
    )


def test_it_says_that_liverpool_never_recovered_from_losing_at_home(document: dict[str, Any]) -> None:
    never = said(
        document, "Liverpool have never gone through after losing the first leg of a European tie at home"
    )
    for opponent, season in (("Leeds United", "1970-71"), ("Chelsea", "2008-09"), ("Real Madrid", "2022-23")):
        assert f"to {opponent} in {season}" in never["text"]
    assert never["value"] == {
        "k": 0, "of": 3, "unknown": 0, "walkovers": 0, "first_season": None, "last_season": None
    }  # fmt: skip
    assert never["coverage"]["complete"]


def test_it_says_how_rarely_anybody_did(document: dict[str, Any]) -> None:
    # the one: Olympiacos, 1-4 at home to Maccabi Tel Aviv and 6-1 after extra time in the Conference League, March 2024
    rare = said(document, "sides that lost the first leg", "at home by three goals or more")
    assert "only one went through" in rare["text"]
    assert "Olympiacos in 2023-24" in rare["text"]
    assert rare["value"]["k"] == 1
    assert rare["value"]["of"] > 300


def test_it_says_each_ending(document: dict[str, Any]) -> None:
    chances = document["chances"]
    assert chances["through"]["home"] + chances["through"]["away"] == pytest.approx(1.0)
    for side in ("home", "away"):
        parts = [e["chance"] for e in chances["endings"] if e["side"] == side]
        assert sum(parts) == pytest.approx(chances["through"][side])
    assert sum(chances["match"].values()) == pytest.approx(1.0)
    assert sum(sum(row) for row in chances["grid"]) == pytest.approx(1.0)
    # bookmakers and models gave Liverpool about one chance in ten
    assert 0.04 < chances["through"]["away"] < 0.16
    assert said(
        document, "Liverpool's chance of going through", "in 90 minutes", "after extra time", "on penalties"
    )


def test_every_sentence_carries_its_question_evidence_and_day(document: dict[str, Any]) -> None:
    for sentence in sentences(document):
        assert Question.from_dict(sentence["question"]).to_dict() == sentence["question"]
        assert sentence["as_of"] == "2024-04-17"
        assert sentence["evidence"] or sentence["value"] is not None, sentence["text"]
        assert all(row["date"] < "2024-04-17" for row in sentence["evidence"])
        assert all(row["sources"] for row in sentence["evidence"])
    assert len({s["id"] for s in sentences(document)}) == len(sentences(document))


def test_it_is_json(document: dict[str, Any]) -> None:
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_form_is_the_last_ten_newest_first(document: dict[str, Any]) -> None:
    strip = document["form"]["away"]
    assert [row["opponent"] for row in strip[:3]] == ["Crystal Palace", "Atalanta", "Manchester United"]
    assert [row["result"] for row in strip[:3]] == ["L", "L", "D"]
    # 3-4 at Old Trafford in the FA Cup on 17 March, after extra time: a defeat
    cup = next(row for row in strip if row["date"] == "2024-03-17")
    assert (cup["score"], cup["result"], cup["note"]) == ("3-4", "L", "after extra time")
    assert len(strip) == 10


def test_nothing_later_than_the_day_is_known() -> None:
    """What happened on 18 April (0-1 at Bergamo) and after changes nothing that was said on the morning before."""
    with starter.load() as archive, starter.load() as cut:
        cut.connection.execute(
            "UPDATE store.match SET home_goals = NULL, away_goals = NULL, home_ft = NULL, away_ft = NULL, "
            "home_ht = NULL, away_ht = NULL, status = 'fixture' WHERE date >= DATE '2024-04-17'"
        )
        cut.connection.execute(
            "UPDATE store.tie SET winner = NULL, decided_by = NULL, first_goals = NULL, second_goals = NULL, "
            "decided_on = NULL WHERE decided_on >= DATE '2024-04-17'"
        )
        sides.derive(cut.connection)
        full = preview(archive.view(AS_OF), "Atalanta", "Liverpool", MATCH_DAY)
        assert full == preview(cut.view(AS_OF), "Atalanta", "Liverpool", MATCH_DAY)


def test_the_sides_are_found_by_nickname() -> None:
    with starter.load() as archive:
        found = preview(archive.view(AS_OF), "La Dea", "the Reds", MATCH_DAY)
    assert found["title"] == "Atalanta v Liverpool"


def test_a_fixture_the_wrong_way_round_says_when_they_meet() -> None:
    with starter.load() as archive, pytest.raises(FixtureNotFound, match=r"Atalanta at home on 2024-04-18"):
        preview(archive.view(AS_OF), "Liverpool", "Atalanta", MATCH_DAY)


def test_an_unknown_club_lists_the_nearest() -> None:
    with starter.load() as archive, pytest.raises(UnknownClub, match=r"Liverpool \(eng/liverpool\)"):
        preview(archive.view(AS_OF), "Atalanta", "Liverpol", MATCH_DAY)


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.skipif(
    "SECONDLEG_MIRROR" not in os.environ, reason="needs SECONDLEG_MIRROR, a mirror of the sources"
)
def test_it_says_so_from_an_imported_archive_too(tmp_path: Path) -> None:
    """On openfootball alone: what it holds is told, what only older results could tell is not."""
    from secondleg.sources.importer import import_files

    with Archive.create(tmp_path / "archive.duckdb") as archive:
        import_files(archive, [Path(os.environ["SECONDLEG_MIRROR"]) / "openfootball"])
    with Archive.open(tmp_path / "archive.duckdb") as archive:
        found = preview(archive.view(AS_OF), "Atalanta", "Liverpool", MATCH_DAY)
    assert said(found, "Atalanta lead 3-0 on aggregate")
    assert said(found, "Liverpool have failed to score in both of their last two matches in all competitions")
    assert said(found, "last clean sheet in all competitions", "Nottingham Forest", "nine matches since")
    told = " ".join(s["text"] for s in sentences(found))
    # the archive begins in 2011: it cannot know what never happened before
    assert "never" not in told
    assert "only once" not in told
    assert 0.04 < found["chances"]["through"]["away"] < 0.16


def test_a_final_says_how_far_both_have_been() -> None:
    """The starter cannot vouch for Leverkusen (UEFA Cup 1988); for Atalanta it is the first final."""
    with starter.load() as archive:
        found = preview(archive.view(dt.date(2024, 5, 22)), "Atalanta", "Bayer Leverkusen")
    stakes = " ".join(s["text"] for s in sentences(found, "stakes"))
    assert "reached only once, in 2023-24" not in stakes
    assert "Leverkusen have" not in stakes
    assert found["fixture"]["neutral"]
    assert said(found, "The final between", "is a single match")
