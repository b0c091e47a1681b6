"""`secondleg facts`: what it prints, and what it says of bad input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from secondleg.faces import cli

MATCH = (
    "facts",
    "Atalanta",
    "Liverpool",
    "--on",
    "2024-04-18",
    "--as-of",
    "2024-04-17",
    "--archive",
    "starter",
)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["secondleg", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    return int(left.value.code or 0)


def test_a_sheet_and_its_reasons(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, *MATCH, "-n", 6, "--why", "--evidence") == 0
    told = capsys.readouterr().out
    assert told.startswith("Atalanta v Liverpool\n")
    assert "\n 6  " in told
    assert "\n 7  " not in told
    assert "bits of surprise" in told
    assert "Liverpool 0-3 Atalanta" in told
    target = tmp_path / "facts.json"
    assert run(monkeypatch, *MATCH, "-n", 3, "--format", "json", "-o", target) == 0
    document = json.loads(target.read_text(encoding="utf-8"))
    assert [fact["id"] for fact in document["facts"]] == ["facts.1", "facts.2", "facts.3"]
    assert document["facts"][0]["text"].startswith("Of the 324 sides")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("-n", "0"), "-n 0 leaves nothing to tell. Give 1 or more."),
        (("--format", "html"), "a fact sheet is not written as html. Use --format text or --format json."),
        (("--on", "2024-04-19"), "no fixture Atalanta v Liverpool on 19 April 2024"),
    ],
)
def test_bad_input_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: tuple[str, str], told: str
) -> None:
    assert run(monkeypatch, *MATCH, *options) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert told in printed.err
    assert printed.err.count("\n") == 1
