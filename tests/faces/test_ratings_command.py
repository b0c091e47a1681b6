"""`secondleg ratings`: tables, histories and pictures from the starter archive, and what it says of bad input."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from secondleg.faces import cli

DAY = ("--as-of", "2024-04-17", "--archive", "starter")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process: exit code, standard output, standard error."""
    monkeypatch.delenv("SECONDLEG_ARCHIVE", raising=False)

    def run_(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["secondleg", "ratings", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        told = capsys.readouterr()
        return int(left.value.code or 0), told.out, told.err

    return run_


def document(told: tuple[int, str, str]) -> dict[str, object]:
    code, out, err = told
    assert code == 0, err
    return json.loads(out)  # type: ignore[no-any-return]


def test_the_clubs_of_a_league_best_first(run: Run) -> None:
    told = document(run("--competition", "eng.1", "--limit", "20", "--format", "json", *DAY))
    clubs = told["clubs"]
    assert isinstance(clubs, list)
    assert len(clubs) == told["listed"] == 20
    assert [each["place"] for each in clubs] == list(range(1, 21))
    ratings = [each["rating"] for each in clubs]
    assert ratings == sorted(ratings, reverse=True)
    best = [each["name"] for each in clubs]
    # the season of 2023-24: three for the title, Sheffield United last
    assert set(best[:3]) == {"Arsenal", "Liverpool", "Manchester City"}
    assert "Sheffield United" in best[-3:]
    assert all(each["last"] < "2024-04-17" for each in clubs)
    assert "history" not in told


def test_ratings_are_those_of_the_morning(run: Run) -> None:
    """Atalanta lost at home to Liverpool on 18 April 2024: no rating of the morning knows it, the next day's does."""
    before = document(run("Atalanta", "--as-of", "2024-04-18", "--format", "json", "--archive", "starter"))
    known = document(run("Atalanta", "--as-of", "2024-04-17", "--format", "json", "--archive", "starter"))
    assert before["clubs"] == known["clubs"]


def test_named_clubs_have_their_place_among_all_and_a_history(run: Run) -> None:
    told = document(run("La Dea", "the Reds", "--since", "2023-08-01", "--format", "json", *DAY))
    clubs, history = told["clubs"], told["history"]
    assert isinstance(clubs, list)
    assert isinstance(history, list)
    assert [each["club"] for each in clubs] == ["eng/liverpool", "ita/atalanta"]
    assert [each["club"] for each in history] == ["eng/liverpool", "ita/atalanta"]
    assert clubs[0]["place"] < clubs[1]["place"]
    for each, club in zip(history, clubs, strict=True):
        days = [point["date"] for point in each["ratings"]]
        assert days == sorted(days)
        assert days[0] >= "2023-08-01"
        assert days[-1] < "2024-04-17"
        # what the country's other clubs did abroad since is all that can have moved the rating
        assert abs(each["ratings"][-1]["rating"] - club["rating"]) < 15


def test_other_models_compare_the_clubs_of_a_competition(run: Run) -> None:
    told = document(run("--model", "dixon-coles", "--competition", "eng.1", "--format", "json", *DAY))
    clubs = told["clubs"]
    assert isinstance(clubs, list)
    assert (told["unit"], len(clubs)) == ("goals", 20)
    assert sum(each["rating"] for each in clubs) == pytest.approx(0, abs=0.2)


def test_the_table_as_text(run: Run) -> None:
    code, out, _ = run("--country", "ita", "-n", "3", *DAY)
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith("Elo ratings on the morning of 2024-04-17, of 1,7")
    assert lines[3].split()[:2] == ["1", "Inter"]
    assert lines[-1].startswith("and ")


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_histories_are_drawn(run: Run, tmp_path: Path, suffix: str) -> None:
    pytest.importorskip("vl_convert")
    file = tmp_path / f"ratings.{suffix}"
    code, _, err = run("Liverpool", "Atalanta", "-o", file, *DAY)
    assert code == 0, err
    held = file.read_bytes()
    if suffix == "png":
        assert held.startswith(b"\x89PNG")
    else:
        text = held.decode()
        assert "Liverpool" in text
        assert "Elo ratings from 2014-04-18 to 2024-04-17: Liverpool from" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--model", "oracle", "--competition", "eng.1"), "no model 'oracle'. Choose one of"),
        (("--model", "pi"), "Name --competition, --country or the clubs"),
        (("--model", "pi", "Liverpool", "--since", "2020-01-01"), "only Elo ratings have a history"),
        (("--model", "market", "--competition", "eng.1"), "cannot be fitted"),
        (("--competition", "atl.1"), "holds no match of 'atl.1' before 2024-04-17"),
        (("--country", "atl"), "no matches of clubs of 'atl'"),
        (("--country", "eng", "--competition", "eng.1"), "Leave out --competition or --country"),
        (("--since", "2024-04-17"), "--since 2024-04-17 is not before the day"),
        (("-n", "0"), "lists nobody"),
        (("--format", "html"), "not written as html"),
    ],
)
def test_what_cannot_be_told_is_said(run: Run, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = run(*arguments, *DAY)
    assert (code, out) == (2, "")
    assert message in err
