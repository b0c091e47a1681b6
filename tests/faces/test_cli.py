"""The command line: what it prints, and what it says of bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.small_files import EUROPA_LEAGUE, write_files

from secondleg import __version__
from secondleg.faces import cli, data

MATCH = ("Atalanta", "Liverpool", "--on", "2024-04-18", "--as-of", "2024-04-17", "--archive", "starter")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command line in this process: exit code, standard output, standard error."""
    monkeypatch.delenv("SECONDLEG_ARCHIVE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    def run_(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["secondleg", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        told = capsys.readouterr()
        return int(left.value.code or 0), told.out, told.err

    return run_


def error(told: tuple[int, str, str]) -> str:
    """The one line of an expected error; nothing else was printed."""
    code, out, err = told
    assert (code, out) == (2, "")
    lines = [line for line in err.splitlines() if not line.startswith("Using ")]
    assert len(lines) == 1, err
    assert lines[0].startswith("secondleg: ")
    assert lines[0].endswith((".", "…"))
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("preview", "Atalanta", "Liverpol"),
            ("no club is known as 'Liverpol'", "Liverpool (eng/liverpool)"),
        ),
        (
            ("preview", "Atalanta", "the Blues"),
            ("eng/chelsea", "eng/birmingham-city", "Use one of these ids"),
        ),
        (("preview", "Liverpool", "Arsenal", "--on", "2024-04-18"), ("no fixture Liverpool v Arsenal",)),
        (("preview", "Liverpool", "Atalanta"), ("Atalanta at home on 2024-04-18", "--on")),
        (
            ("preview", "Atalanta", "Liverpool", "--on", "18.04.2024"),
            ("--on '18.04.2024' is not a day", "2024-04-18"),
        ),
        (("preview", "Atalanta", "Liverpool", "--on", "2024-02-30"), ("is not a day",)),
        (
            ("preview", "Atalanta", "Liverpool", "--on", "2024-04-18", "--as-of", "2024-04-19"),
            ("is after the match",),
        ),
        (
            ("preview", "Atalanta", "Liverpool", "--as-of", "1900-01-01"),
            ("begins on", "Choose a later --as-of"),
        ),
        (("forecast", "Atalanta", "Liverpool", "--format", "html"), ("--format text or --format json",)),
        (("forecast", "Atlantis", "Liverpool"), ("no club is known as 'Atlantis'",)),
        (("data", "status", "--format", "md"), ("--format text or --format json",)),
        (("data", "import", "nowhere"), ("the starter archive cannot be changed",)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_bad_input_on_the_starter_archive(
    run: Run, arguments: tuple[str, ...], told: tuple[str, ...]
) -> None:
    if "--as-of" not in arguments and arguments[0] in ("preview", "forecast") and "--on" not in arguments:
        arguments += ("--as-of", "2024-04-17")
    message = error(run(*arguments, "--archive", "starter"))
    assert all(part in message for part in told), message


@pytest.mark.parametrize(
    "arguments", [(), ("preview", "Atalanta"), ("preview", *MATCH, "--format", "pdf"), ("dance",)]
)
def test_usage_errors(run: Run, arguments: tuple[str, ...]) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert "Traceback" not in err


def test_an_archive_that_is_not_there(run: Run, tmp_path: Path) -> None:
    missing = tmp_path / "no.duckdb"
    for arguments in (("preview", "Atalanta", "Liverpool"), ("data", "status")):
        assert f"there is no archive at {missing}" in error(run(*arguments, "--archive", missing))
    assert not missing.exists()


def test_the_archive_of_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECONDLEG_ARCHIVE", str(tmp_path / "no.duckdb"))
    assert "there is no archive at" in error(run("data", "status"))


def test_which_archive_is_used_without_a_word(run: Run, tmp_path: Path) -> None:
    code, _, err = run("forecast", *MATCH[:-2])
    assert (code, err) == (0, "Using the starter archive; `secondleg data import` makes your own.\n")
    write_files(tmp_path / "files")
    assert run("data", "import", tmp_path / "files")[0] == 0
    code, _, err = run("forecast", "Atalanta", "Liverpool", "--on", "2024-04-18", "--format", "json")
    assert err.startswith("Using your archive, ")


def test_import_and_status(run: Run, tmp_path: Path) -> None:
    write_files(tmp_path / "files")
    path = tmp_path / "archive.duckdb"
    code, out, err = run("data", "import", tmp_path / "files", "--archive", path)
    assert (code, err) == (0, "")
    assert "Read 14 matches of 4 files, 3 further names of clubs." in out
    assert "holds 14 matches of 9 clubs (+14)" in out
    code, out, err = run("data", "status", "--archive", path, "--format", "json")
    assert (code, err) == (0, "")
    status = json.loads(out)
    assert (status["matches"], status["clubs"], status["first"], status["last"]) == (
        14,
        9,
        "1982-09-14",
        "2024-04-18",
    )
    assert [s["whole"] for s in status["seasons"] if s["competition"] == "eng.1"] == [True]
    code, out, _ = run("data", "status", "--archive", path)
    assert code == 0
    assert "Premier League" in out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (EUROPA_LEAGUE.encode()[:-12], "el.txt, line 9"),
        (EUROPA_LEAGUE.replace("Milan", "Mälan").encode("latin-1"), "is not UTF-8"),
        (EUROPA_LEAGUE.encode("utf-16"), "is not UTF-8"),
    ],
)
def test_a_football_txt_file_that_cannot_be_read(run: Run, tmp_path: Path, content: bytes, told: str) -> None:
    (path,) = write_files(tmp_path, {"champions-league/2023-24/el.txt": ""})
    path.write_bytes(content)
    archive = tmp_path / "archive.duckdb"
    message = error(run("data", "import", path, "--archive", archive))
    assert told in message
    assert not archive.exists()


@pytest.mark.parametrize("what", ["missing", "empty folder"])
def test_nothing_to_import(run: Run, tmp_path: Path, what: str) -> None:
    target = tmp_path / "data"
    if what != "missing":
        target.mkdir()
    assert str(target) in error(run("data", "import", target, "--archive", tmp_path / "archive.duckdb"))
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".duckdb"] == []


OUTPUTS = [
    ("preview", *MATCH, "--format", "text"),
    ("preview", *MATCH, "--format", "md"),
    ("preview", *MATCH, "--format", "html"),
    ("preview", *MATCH, "--format", "json"),
    ("forecast", *MATCH),
    ("data", "status", "--archive", "starter"),
    ("data", "status", "--archive", "starter", "--format", "json"),
]


@pytest.mark.parametrize("arguments", OUTPUTS, ids=" ".join)
def test_an_output_file(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    folder = tmp_path / "out"
    message = error(run(*arguments, "--output", folder / "preview"))
    assert f"cannot write to {folder / 'preview'}: No such file or directory" in message
    assert not folder.exists()
    folder.mkdir()
    (folder / "preview").write_text("older", encoding="utf-8")
    code, out, err = run(*arguments, "--output", folder / "preview")
    assert (code, out, err) == (0, "", f"Written to {folder / 'preview'}.\n")
    assert [path.name for path in folder.iterdir()] == ["preview"]
    assert len((folder / "preview").read_text("utf-8")) > 200


def test_an_output_that_fails_keeps_the_older_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.json"
    path.write_text("older", encoding="utf-8")
    write_text = Path.write_text

    def full(self: Path, data: str, **more: str) -> int:
        write_text(self, data[:10], **more)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert "No space left on device" in error(run("forecast", *MATCH, "--format", "json", "-o", path))
    assert path.read_text("utf-8") == "older"
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.endswith(".part")] == []


def test_an_output_that_is_no_file(run: Run) -> None:
    assert run("forecast", *MATCH, "-o", os.devnull)[0] == 0
    assert not Path(os.devnull).is_file()


def test_the_version(run: Run) -> None:
    assert run("--version") == (0, f"secondleg {__version__}\n", "")


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["secondleg", "data", "status", "--archive", "starter"])
    monkeypatch.setattr(data, "open_archive", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        cli.main()


def test_as_a_module() -> None:
    command = [sys.executable, "-m", "secondleg"]
    done = subprocess.run([*command, "preview", *MATCH], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Atalanta" in done.stdout
    done = subprocess.run(
        [*command, "preview", "Atalanta", "Nobody", *MATCH[2:]], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("secondleg: no club is known as 'Nobody'.")


def test_a_reader_that_has_seen_enough() -> None:
    done = subprocess.run(
        f"{sys.executable} -m secondleg data status --archive starter --format json | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "{\n", "")
