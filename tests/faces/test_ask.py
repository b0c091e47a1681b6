"""The command `ask`, as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

QUESTION = "When did Liverpool last keep a clean sheet?"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "secondleg", "ask", *arguments, "--archive", "starter"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_answers_first_and_then_shows_the_matches() -> None:
    done = run(QUESTION, "--as-of", "2024-04-17", "-n", "1")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert "1-0 win at Nottingham Forest on 2 March 2024" in lines[0]
    assert "and 9 more matches" in done.stdout
    assert "Understood as: " in done.stdout


def test_json_has_the_question_and_the_value(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    done = run(QUESTION, "--as-of", "2024-04-17", "--format", "json", "-o", str(target))
    assert done.returncode == 0
    document = json.loads(target.read_text("utf-8"))
    assert document["question"] == {
        "statistic": "last", "event": {"name": "clean sheet"}, "subject": {"club": "eng/liverpool"},
    }  # fmt: skip
    assert document["value"]["date"] == "2024-03-02"


def test_an_unknown_club_is_one_line_and_exit_code_2() -> None:
    done = run("When did Livrpool last win?", "--as-of", "2024-04-17")
    assert (done.returncode, done.stdout) == (2, "")
    assert "eng/liverpool" in done.stderr and "Traceback" not in done.stderr


def test_a_format_that_it_has_not_is_said() -> None:
    done = run(QUESTION, "--format", "html")
    assert done.returncode == 2
    assert "--format json" in done.stderr
