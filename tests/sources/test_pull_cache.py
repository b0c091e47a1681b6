"""The cache of what was pulled, and the unpacking of zip files into it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from secondleg.errors import BadInput, DownloadError
from secondleg.sources._unpack import unpack
from secondleg.sources.cache import Cache, Entry, relative
from support.pulling import CSV, take
from support.web import Web, zipped

# --- the cache ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["", "/a", "..", "a/../b", "a//b", "a\\b", "C:/a", "a\n", ".secondleg/lock", "a/./b"]
)
def test_names_that_do_not_stay_in_a_folder(name: str) -> None:
    with pytest.raises(DownloadError, match="would not stay"):
        relative(name, "https://x.org")
    assert relative("a/b c.csv", "https://x.org") == "a/b c.csv"


def test_two_pulls_at_once_are_not_mixed(github: Web, tmp_path: Path) -> None:
    with Cache(tmp_path), pytest.raises(BadInput, match="another process is pulling"):
        take(github, tmp_path, "reep")
    assert take(github, tmp_path, "reep").failed == ()


def test_a_cache_that_cannot_be_is_told(github: Web, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadInput, match="cannot be used as the cache"):
        take(github, tmp_path / "file", "reep")


def test_an_entry_counts_only_while_the_file_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    entry = Entry("a.csv", "https://x.org/a.csv", hashlib.sha256(CSV.encode()).hexdigest(), len(CSV))
    with Cache(tmp_path) as cache:
        cache.record("reep", replace(entry, sha256="0" * 64))
        cache.record("reep", entry)
    with Cache(tmp_path) as cache:
        assert cache.entry("reep", "a.csv") == entry
        assert cache.entry("schochastics", "a.csv") is None
    (tmp_path / "a.csv").write_text(CSV.replace("1", "2"))
    with Cache(tmp_path) as cache:
        assert cache.entry("reep", "a.csv") is None
        assert cache.keep_only("reep", []) == ("a.csv",)
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("name", ["top/../../evil.csv", "top//../evil.csv", "top/a/../../../evil.csv"])
def test_no_member_of_a_zip_is_written_outside(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({"top/good.csv": CSV, name: CSV}))
    with pytest.raises(DownloadError, match="would not stay"):
        unpack(archive, tmp_path / "in" / "to", "(.*)", address="https://x.org/a.zip")
    assert sorted(p.name for p in tmp_path.rglob("*.csv")) == []


def test_a_zip_that_grows_without_end_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({"top/zeros.csv": b"0" * 5_000_000}))
    with pytest.raises(DownloadError, match="too large when unpacked"):
        unpack(archive, tmp_path / "to", "(.*)", address="https://x.org/a.zip", most_bytes=1_000_000)
    assert not (tmp_path / "to").exists()
    with pytest.raises(DownloadError, match="has 1 files"):
        unpack(archive, tmp_path / "to", "(.*)", address="https://x.org/a.zip", most_files=0)


def test_a_zip_without_the_files_is_refused_and_the_old_ones_stay(tmp_path: Path) -> None:
    archive, into = tmp_path / "a.zip", tmp_path / "to"
    archive.write_bytes(zipped({"top/E0.csv": CSV}))
    assert unpack(archive, into, r"([^/]+\.csv)", address="https://x.org/a.zip") == 1
    archive.write_bytes(zipped({"top/E0.parquet": CSV}))
    with pytest.raises(DownloadError, match="holds no file of this source"):
        unpack(archive, into, r"([^/]+\.csv)", address="https://x.org/a.zip")
    assert (into / "E0.csv").read_text() == CSV
