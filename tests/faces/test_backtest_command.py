"""`secondleg backtest` as a user runs it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from secondleg.faces import cli

Run = Callable[..., tuple[int, str, str]]
SHORT = ("joint", "--competitions", "uefa.el", "--seasons", "2023", "--archive", "starter")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command in this process: exit code, standard output, standard error."""
    monkeypatch.delenv("SECONDLEG_ARCHIVE", raising=False)
    monkeypatch.delenv("SECONDLEG_MIRROR", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))

    def run_(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["secondleg", "backtest", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        told = capsys.readouterr()
        return int(left.value.code or 0), told.out, told.err

    return run_


def test_text_json_saved_results_and_a_picture(run: Run, tmp_path: Path) -> None:
    saved, picture = tmp_path / "run.parquet", tmp_path / "run.svg"
    code, text, told = run(*SHORT, "--ties", "-o", saved, "--chart", picture)
    assert code == 0, told
    assert "141 matches of uefa.el; seasons that began in 2023" in text
    assert "Going through, asked after the first leg: 22 two-legged ties" in text
    assert saved.read_bytes()[:4] == b"PAR1"
    assert picture.read_text("utf-8").startswith("<svg")
    assert "to go through, after the first leg" in picture.read_text("utf-8")
    code, out, _ = run("--with", saved, "--format", "json")
    assert code == 0
    document = json.loads(out)
    assert document["matches"] == 141
    assert document["ties"]["ties"] == 22
    assert document["models"][0]["model"] == "joint"
    # what was saved and read comes to the same text
    again = run("--with", saved)[1]
    assert again == text


def test_ties_alone(run: Run) -> None:
    code, text, told = run(*SHORT, "--ties", "--no-matches")
    assert code == 0, told
    assert text.startswith("Ties of uefa.el; seasons that began in 2023\n")
    assert "22 two-legged ties" in text
    assert "matches" not in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("joint",), ("--competitions eng.1 --seasons 2023",)),
        (("nobody", *SHORT[1:]), ("there is no model 'nobody'", "joint")),
        (("joint:a", *SHORT[1:]), ("'a' is no setting",)),
        (("joint:none=1", *SHORT[1:]), ("no such setting",)),
        (("joint:half_life_days=-1", *SHORT[1:]), ("half_life_days cannot be -1.0",)),
        (("joint", "--competitions", "uefa.xx", *SHORT[3:]), ("no competition uefa.xx", "top5")),
        (("joint", "--competitions", "uefa.el,", *SHORT[3:]), ("empty place",)),
        (
            ("joint", "--competitions", "uefa.el", "--seasons", "1960", *SHORT[5:]),
            ("uefa.el in the seasons",),
        ),
        (("joint", "--competitions", "uefa.el", "--seasons", "23", *SHORT[5:]), ("2016-2018",)),
        (("joint", "--competitions", "uefa.el", "--seasons", "2023-2021", *SHORT[5:]), ("2021-2023",)),
        (("joint", "--competitions", "uefa.el", "--seasons", "1000-2023", *SHORT[5:]), ("at most",)),
        ((*SHORT, "--against", "fivethirtyeight"), ("--peer FILE",)),
        ((*SHORT, "--history", "0"), ("more than 0",)),
        ((*SHORT, "--no-matches"), ("add --ties",)),
        ((*SHORT, "--no-matches", "--ties", "--against", "market"), ("market tells nothing of ties",)),
        ((*SHORT, "--jobs", "-2"), ("-2 jobs",)),
        ((*SHORT, "--cluster", "local:no"), ("local:2",)),
        ((*SHORT, "--format", "html"), ("--format text or --format json",)),
        ((*SHORT, "--chart", "picture.gif"), (".svg or .png",)),
        (("--with", "nowhere.parquet"), ("nowhere.parquet", "secondleg backtest MODEL")),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    run: Run, arguments: tuple[str, ...], told: tuple[str, ...]
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    lines = [line for line in err.splitlines() if not line.startswith("Using ")]
    assert len(lines) == 1, err
    assert lines[0].startswith("secondleg: ")
    for part in told:
        assert part in lines[0]
