"""What goes wrong with a file on a disk: kills, full disks, damage, company."""

from __future__ import annotations

import datetime as dt
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.support.small_files import FILES, PREMIER_LEAGUE, write_files

from secondleg.archive.archive import Archive
from secondleg.archive.schema import DERIVED, VERSION
from secondleg.errors import ArchiveBusy, ArchiveError
from secondleg.sources.importer import import_files

TABLES = (*DERIVED, "document", "source_match", "source_alias", "meta")


def held(path: Path) -> dict[str, list[Any]]:
    with Archive.open(path) as archive:
        return {
            table: sorted(archive.connection.execute(f"SELECT * FROM store.{table}").fetchall(), key=repr)
            for table in TABLES
        }


def league(weeks: int) -> str:
    """A league file of some size: every match on a day of its own."""
    lines = ["= English Premier League 2023/24", ""]
    clubs = [f"{name} FC" for name in ("Liverpool", "Burnley", "Arsenal", "Chelsea", "Everton", "Fulham")]
    pairs = [(one, other) for one in clubs for other in clubs if one != other]
    for week in range(weeks):
        one, other = pairs[week % len(pairs)]
        month, day = divmod(week, 28)
        lines += [f"  {2023 + (month + 7) // 12}-{(month + 7) % 12 + 1:02d}-{day + 1:02d}"]
        lines += [f"    15:00  {one}  v {other}  {week % 5}-{week % 3}"]
    return "\n".join(lines) + "\n"


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "secondleg", *map(str, arguments)]


def run(arguments: Sequence[str], **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=False, **more)


def one_error(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that an expected error is."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("secondleg: ")
    return lines[0]


@pytest.fixture
def before_and_after(tmp_path: Path) -> tuple[Path, Path, dict[str, list[Any]], dict[str, list[Any]]]:
    """An archive, a folder to import into it, and what it holds without and with that import."""
    write_files(tmp_path / "first", {"england/2023-24/1-premierleague.txt": PREMIER_LEAGUE})
    write_files(tmp_path / "then", {**FILES, "england/2023-24/1-premierleague.txt": league(300)})
    path, after = tmp_path / "archive.duckdb", tmp_path / "after.duckdb"
    for target, folders in ((path, ["first"]), (after, ["first", "then"])):
        for folder in folders:
            with Archive.create(target) as archive:
                import_files(archive, [tmp_path / folder])
    return path, tmp_path / "then", held(path), held(after)


@pytest.mark.parametrize("kills", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_a_killed_import_leaves_what_was_before_or_after(
    before_and_after: tuple[Path, Path, dict[str, list[Any]], dict[str, list[Any]]], kills: int
) -> None:
    path, folder, before, after = before_and_after
    original = path.read_bytes()
    arguments = command("data", "import", "--archive", path, folder)
    start = time.monotonic()
    assert run(arguments).returncode == 0
    whole = time.monotonic() - start
    assert held(path) == after
    chance = random.Random(kills)
    outcomes = []
    for _ in range(kills):
        path.write_bytes(original)
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
        with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            # the last third is where the archive is written
            time.sleep(whole * chance.uniform(0.3, 1.02))
            child.send_signal(signal.SIGKILL)
        found = held(path)
        assert found in (before, after)
        outcomes.append(found == after)
        # and the next import goes through
        with Archive.create(path) as archive:
            import_files(archive, [folder])
        assert held(path) == after
    assert not all(outcomes), "no kill came in time"


def test_a_kill_while_the_transaction_is_open(
    before_and_after: tuple[Path, Path, dict[str, list[Any]], dict[str, list[Any]]],
) -> None:
    path, folder, before, _ = before_and_after
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from secondleg.archive.archive import Archive\n"
        "from secondleg.sources.importer import import_files\n"
        "def step(what, *_):\n"
        "    if what == 'counting coverage': os.kill(os.getpid(), signal.SIGKILL)\n"
        "import_files(Archive.create(Path(sys.argv[1])), [Path(sys.argv[2])], progress=step)\n"
    )
    done = run([sys.executable, "-c", script, str(path), str(folder)])
    assert done.returncode == -signal.SIGKILL
    assert held(path) == before


@pytest.mark.parametrize("limit", [5_000, 100_000, 700_000])
def test_a_full_disk(
    before_and_after: tuple[Path, Path, dict[str, list[Any]], dict[str, list[Any]]], limit: int
) -> None:
    """The size of a file (so, of the log of a transaction) is limited: the error of a full disk, but for its number."""
    path, folder, before, _ = before_and_after
    for season in range(40):
        text = league(330).replace("2023/24", f"{1950 + season}").replace("  2023-", f"  {1950 + season}-")
        text = text.replace("  2024-", f"  {1951 + season}-")
        write_files(folder, {f"england/{1950 + season}-{(51 + season) % 100:02d}/1-premierleague.txt": text})

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = run(command("data", "import", "--archive", path, folder), preexec_fn=limited)
    message = one_error(done)
    assert "Make room on the disk" in message
    assert done.stdout == ""
    assert held(path) == before


def test_an_import_that_fails_leaves_no_archive_where_there_was_none(tmp_path: Path) -> None:
    write_files(tmp_path / "data", {"england/2023-24/1-premierleague.txt": PREMIER_LEAGUE[:-9]})
    path = tmp_path / "folder" / "archive.duckdb"
    one_error(run(command("data", "import", "--archive", path, tmp_path / "data")))
    assert list(path.parent.iterdir()) == []


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    for open_ in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError, match="is a folder"):
            open_(tmp_path)


def test_there_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="secondleg data import"):
        Archive.open(tmp_path / "archive.duckdb")


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ArchiveError, match="Choose another place"):
        Archive.create(tmp_path / "file" / "archive.duckdb")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ArchiveError, match="Choose another place"):
        Archive.create(tmp_path / "archive.duckdb")


@pytest.mark.parametrize("content", [b"", b"not a database\n" * 1000, random.Random(1).randbytes(300_000)])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "archive.duckdb"
    path.write_bytes(content)
    for open_ in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError):
            open_(path)
    assert path.read_bytes() == content


# a sixth of this small archive is free space, without which it would be whole
@pytest.mark.parametrize("kept", [0.02, 0.3, 0.6, 0.8])
def test_a_truncated_archive(tmp_path: Path, kept: float) -> None:
    write_files(tmp_path / "data", {**FILES, "england/2023-24/1-premierleague.txt": league(300)})
    path = tmp_path / "archive.duckdb"
    with Archive.create(path) as archive:
        import_files(archive, [tmp_path / "data"])
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    message = one_error(run(command("data", "status", "--archive", path)))
    assert "import again" in message


def test_a_database_that_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t (a INTEGER)")
    for open_ in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError, match="not an archive of secondleg"):
            open_(path)


@pytest.mark.parametrize("version", [VERSION + 1, 99])
def test_an_archive_of_a_newer_secondleg(tmp_path: Path, version: int) -> None:
    path = tmp_path / "archive.duckdb"
    write_files(tmp_path, {"england/2023-24/1-premierleague.txt": PREMIER_LEAGUE})
    with Archive.create(path) as archive:
        import_files(archive, [tmp_path])
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE store.meta SET value = ? WHERE key = 'version'", [str(version)])
    for open_ in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError, match=f"newer secondleg.*{version}.*Upgrade"):
            open_(path)


def test_an_archive_of_an_older_secondleg(
    before_and_after: tuple[Path, Path, dict[str, list[Any]], dict[str, list[Any]]],
) -> None:
    """What is derived is derived anew: by the next import, or by `data rebuild`."""
    path, folder, before, after = before_and_after
    with duckdb.connect(str(path)) as connection:
        for table in ("side", "word", "goal", "odds", "source_odds", "resolution"):
            connection.execute(f"DROP TABLE store.{table}")
        connection.execute("ALTER TABLE store.club_name DROP COLUMN first_season")
        connection.execute("UPDATE store.meta SET value = '1' WHERE key = 'version'")
    old = path.read_bytes()
    message = one_error(run(command("data", "status", "--archive", path)))
    assert f"secondleg data rebuild --archive {path}" in message
    assert run(command("data", "rebuild", "--archive", path)).returncode == 0
    assert held(path) == before
    path.write_bytes(old)
    assert run(command("data", "import", "--archive", path, folder)).returncode == 0
    assert held(path) == after


def test_an_archive_without_the_final_tables_is_read(
    before_and_after: tuple[Path, Path, dict[str, list[Any]], dict[str, list[Any]]],
) -> None:
    """One that was written before they were stored: they are worked out, and the next import stores them."""
    path, folder, before, after = before_and_after
    tables = "SELECT * FROM entrant ORDER BY club, competition, season"
    places = "SELECT * FROM placed ORDER BY club, match"
    with Archive.open(path) as archive:
        told = archive.view(dt.date(2025, 1, 1)).rows(tables)
        placed = archive.view(dt.date(2025, 1, 1)).rows(places)
    assert told
    assert placed
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE store.standing")
        connection.execute("DROP TABLE store.place")
        connection.execute("UPDATE store.meta SET value = '2' WHERE key = 'version'")
        connection.execute("DELETE FROM store.meta WHERE key <> 'version'")
    with Archive.open(path) as archive:
        assert archive.view(dt.date(2025, 1, 1)).rows(tables) == told
        assert archive.view(dt.date(2025, 1, 1)).rows(places) == placed
    assert run(command("data", "import", "--archive", path, folder)).returncode == 0
    assert held(path) == after
    assert after["standing"] != before["standing"]


def test_final_tables_of_other_rules_are_not_told(
    before_and_after: tuple[Path, Path, dict[str, list[Any]], dict[str, list[Any]]],
) -> None:
    path = before_and_after[0]
    tables = "SELECT club, win FROM entrant ORDER BY club, competition, season"
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE store.standing SET win = 9")
    with Archive.open(path) as archive:
        assert {row["win"] for row in archive.view(dt.date(2025, 1, 1)).rows(tables)} == {9}
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE store.meta SET value = 'of other rules' WHERE key = 'standings'")
    with Archive.open(path) as archive:
        assert {row["win"] for row in archive.view(dt.date(2025, 1, 1)).rows(tables)} == {3}


def test_nothing_to_rebuild(tmp_path: Path) -> None:
    message = one_error(run(command("data", "rebuild", "--archive", tmp_path / "archive.duckdb")))
    assert "there is no archive" in message
    assert list(tmp_path.iterdir()) == []


HOLD = (
    "import sys; from pathlib import Path; from secondleg.archive.archive import Archive\n"
    "archive = getattr(Archive, sys.argv[2])(Path(sys.argv[1]))\n"
    "print('held', flush=True); sys.stdin.readline()\n"
)


@pytest.mark.parametrize("way", ["create", "open"])
def test_company(
    before_and_after: tuple[Path, Path, dict[str, list[Any]], dict[str, list[Any]]], way: str
) -> None:
    """While one process imports, nobody else reads or imports; while one reads, others read, and nobody imports."""
    path, folder, before, after = before_and_after
    arguments = [sys.executable, "-c", HOLD, str(path), way]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ArchiveBusy, match="another process is using"):
            Archive.create(path)
        assert "try again" in one_error(run(command("data", "import", "--archive", path, folder)))
        if way == "create":
            with pytest.raises(ArchiveBusy):
                Archive.open(path)
            one_error(run(command("data", "status", "--archive", path)))
        else:
            assert held(path) == before
        other.stdin.write("\n")
        other.stdin.close()
    assert held(path) == before
    assert run(command("data", "import", "--archive", path, folder)).returncode == 0
    assert held(path) == after
