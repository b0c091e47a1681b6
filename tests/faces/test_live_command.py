"""The command for a match in play, on the starter archive and on goals of a small one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from secondleg.errors import BadInput
from secondleg.faces.cli import app

MATCH = ("live", "Atalanta", "Liverpool", "--on", "2024-04-18", "--archive", "starter")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_minute_of_the_example() -> None:
    told = run(*MATCH, "--minute", "60", "--score", "0-1")
    assert "Minute 60: Atalanta 0-1 Liverpool, 3-1 on aggregate." in told
    assert "Liverpool's chance of going through is" in told
    assert "A goal now takes Liverpool from" in told


def test_as_json_it_says_what_the_forecast_room_says() -> None:
    told = json.loads(run(*MATCH, "--minute", "80", "--score", "0-2", "--red", "home:30", "--format", "json"))
    now = told["now"]
    assert now["reds"] == {"home": 1, "away": 0}
    assert now["through"]["home"] + now["through"]["away"] == pytest.approx(1.0)
    endings = now["endings"]["away"]
    assert endings["goes_through"] == pytest.approx(now["through"]["away"], abs=1e-6)
    assert (
        now["after_goal"]["away"]["through"]["away"]
        > now["through"]["away"]
        > told["before"]["through"]["away"]
    )
    eleven = json.loads(run(*MATCH, "--minute", "80", "--score", "0-2", "--format", "json"))["now"]
    assert eleven["through"]["away"] < now["through"]["away"]


def test_at_kick_off_it_is_the_forecast() -> None:
    live = json.loads(run(*MATCH, "--minute", "0", "--format", "json"))["now"]
    before = json.loads(run("forecast", *MATCH[1:], "--format", "json"))
    assert live["through"]["away"] == pytest.approx(before["through"]["away"], abs=1e-5)
    assert live["match"]["draw"] == pytest.approx(before["match"]["draw"], abs=1e-5)


def test_an_early_goal_in_the_forecast() -> None:
    told = json.loads(run("forecast", *MATCH[1:], "--format", "json"))
    early = told["early_goal"]["through"]
    assert early["away"]["away"] > told["through"]["away"] > early["home"]["away"]
    assert any(sentence.startswith("An early goal") for sentence in told["sentences"])
    alone = json.loads(
        run(
            "forecast",
            "Arsenal",
            "Everton",
            "--as-of",
            "2024-04-17",
            "--archive",
            "starter",
            "--format",
            "json",
        )
    )
    assert alone["early_goal"] is None


def test_two_sides_as_if_they_met() -> None:
    told = run(
        "live", "Arsenal", "Manchester City", "--as-of", "2024-04-17", "--neutral", "--minute", "HT",
        "--score", "1-0", "--archive", "starter",
    )  # fmt: skip
    assert "Half-time: Arsenal 1-0 Manchester City." in told
    assert "to win, or" in told


@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
def test_a_picture(tmp_path: Path, suffix: str) -> None:
    pytest.importorskip("vl_convert")
    path = tmp_path / f"live.{suffix}"
    run(*MATCH, "--minute", "60", "--score", "0-1", "-o", str(path))
    made = path.read_bytes()
    assert (b"if Liverpool score" in made) if suffix != "png" else made.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "say when"),
        (("--minute", "60", "--curve"), "Leave out --minute"),
        (("--minute", "soon"), "no minute"),
        (("--minute", "60", "--score", "one nil"), "no score"),
        (("--minute", "60", "--red", "keeper"), "no red card"),
        (("--minute", "60", "--red", "home:75"), "comes after minute 60"),
        (("--minute", "60", "--format", "html"), "--format text or --format json"),
        (("--curve",), "does not have the minutes of all goals"),
    ],
)
def test_what_cannot_be_is_told(more: tuple[str, ...], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        CliRunner().invoke(app, [*MATCH, *more], catch_exceptions=False)
