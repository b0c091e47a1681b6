"""The commands under `secondleg data`, as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.support.small_files import write_files


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "secondleg", "data", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_files(folder / "files")
    done = run("import", "--archive", folder / "archive.duckdb", folder / "files")
    assert done.returncode == 0, done.stderr
    assert "Spellings of clubs: " in done.stdout
    return folder / "archive.duckdb"


@pytest.mark.parametrize("command", ["conflicts", "check", "resolve", "status"])
def test_text_and_json(archive: Path, command: str) -> None:
    text = run(command, "--archive", archive)
    assert (text.returncode, text.stderr) == (0, ""), text.stderr
    assert text.stdout.strip()
    document: dict[str, Any] = json.loads(run(command, "--archive", archive, "--format", "json").stdout)
    assert document
    wrong = run(command, "--archive", archive, "--format", "md")
    assert wrong.returncode == 2
    assert "Use --format text or --format json." in wrong.stderr


def test_the_sources_with_their_licences() -> None:
    listed = json.loads(run("sources", "--format", "json").stdout)["sources"]
    by_key = {entry["key"]: entry for entry in listed}
    assert by_key["openfootball"]["licence"] == "CC0 1.0"
    assert not by_key["engsoccerdata"]["default"]
    assert not by_key["football-data"]["default"]


def test_a_users_word_on_a_name(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "archive.duckdb"
    copy.write_bytes(archive.read_bytes())
    names = tmp_path / "names.txt"
    names.write_text("eng | Liverpool FC = eng/liverpool\n", encoding="utf-8")
    done = run("resolve", "--archive", copy, "--names", names)
    assert done.returncode == 0, done.stderr
    assert "Took 1 lines" in done.stdout
    names.write_text("eng | Liverpool FC = eng/liverpol\n", encoding="utf-8")
    wrong = run("resolve", "--archive", copy, "--names", names)
    assert wrong.returncode == 2
    assert "eng/liverpool" in wrong.stderr


def test_pull_from_a_mirror_imports(tmp_path: Path) -> None:
    write_files(
        tmp_path / "mirror" / "openfootball",
        {"england/2023-24/1-premierleague.txt": "= English Premier League 2023/24\n\n» Matchday 1\n"
         "  Fri Aug 11 2023\n    20:00  Burnley FC  v Manchester City FC  0-3 (0-2)\n"},
    )  # fmt: skip
    path = tmp_path / "archive.duckdb"
    done = run("pull", "openfootball", "--from", tmp_path / "mirror", "--archive", path)
    assert done.returncode == 0, done.stderr
    assert "holds 1 matches of 2 clubs (+1)" in done.stdout


def test_an_unknown_source_lists_those_there_are(tmp_path: Path) -> None:
    done = run("pull", "openfotball", "--archive", tmp_path / "archive.duckdb")
    assert done.returncode == 2
    assert "openfootball-clubs" in done.stderr
    assert not (tmp_path / "archive.duckdb").exists()


@pytest.mark.parametrize("suffix", [".svg", ".png", ".txt"])
def test_the_status_as_a_picture(archive: Path, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"status{suffix}"
    assert run("status", "--archive", archive, "-o", output).returncode == 0
    head = output.read_bytes()[:200]
    assert {".svg": b"<svg", ".png": b"\x89PNG", ".txt": b"matches"}[suffix] in head
