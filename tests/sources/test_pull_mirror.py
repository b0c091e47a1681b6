"""Pulling sources from a mirror: a folder, a MANIFEST, index pages."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from secondleg.errors import BadInput
from secondleg.sources._listings import links
from secondleg.sources.catalogue import CATALOGUE
from secondleg.sources.pull import pull
from support.pulling import CSV, MIRROR, TEXT, held, names, take, take_mirror
from support.web import Stall, Status, Web

# --- mirrors --------------------------------------------------------------------------------------


def test_a_folder_is_used_in_place(tmp_path: Path) -> None:
    for name, text in MIRROR.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    report = pull(mirror=tmp_path, cache=tmp_path / "no-cache")
    assert not (tmp_path / "no-cache").exists()
    assert names(report, tmp_path) == [
        "openfootball/england/2023-24/1-premierleague.txt",
        "openfootball/europe/russia/2019-20_ru2.txt",
        "openfootball_clubs/europe/england/eng.clubs.txt",
        "schochastics/results/uefa-cl.csv",
        "schochastics/goals_time/dfb-pokal.csv",
        "reep/teams.csv",
    ]
    named = pull(("engsoccerdata", "schochastics-incidents"), mirror=tmp_path)
    assert names(named, tmp_path) == ["engsoccerdata/champs.csv"]
    assert [f.address for f in named.failed] == [str(tmp_path)]
    assert "engsoccerdata: 1 file, used in place" in named.text()


def test_a_folder_without_a_file_of_a_source_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds nothing of openfootball"):
        pull(mirror=tmp_path)
    with pytest.raises(BadInput, match="no folder"):
        pull(mirror=tmp_path / "nowhere")
    with pytest.raises(BadInput, match="cannot be fetched"):
        pull(mirror="ftp://example.org/mirror")


def test_index_pages_are_walked(web: Web, tmp_path: Path) -> None:
    web.serve_folder(MIRROR)
    report = take_mirror(web, tmp_path)
    assert report.failed == ()
    assert sorted(p.name for p in held(report)) == [
        "1-premierleague.txt", "2019-20_ru2.txt", "dfb-pokal.csv", "eng.clubs.txt", "teams.csv", "uefa-cl.csv",
    ]  # fmt: skip
    again = take_mirror(web, tmp_path)
    assert held(again) == held(report)
    assert sum(len(p.unchanged) for p in again.sources) == 6
    assert not any(p.fetched for p in again.sources)


def test_a_file_that_a_mirror_has_no_longer_is_taken_out(web: Web, tmp_path: Path) -> None:
    web.serve_folder(MIRROR)
    take_mirror(web, tmp_path, "openfootball")
    web.serve_folder({k: v for k, v in MIRROR.items() if "russia" not in k} | {"openfootball/europe/x": ""})
    (pulled,) = take_mirror(web, tmp_path, "openfootball").sources
    assert pulled.removed == ("openfootball/europe/russia/2019-20_ru2.txt",)
    assert [p.name for p in pulled.files] == ["1-premierleague.txt"]


def test_a_manifest_spares_the_walk_and_the_questions(web: Web, tmp_path: Path) -> None:
    web.serve_folder(MIRROR)
    lines = [f"{hashlib.sha256(text.encode()).hexdigest()}  ./{name}" for name, text in MIRROR.items()]
    web.serve("/MANIFEST", "\n".join(["# made by hand", *lines, ""]), kind="text/plain")
    report = take_mirror(web, tmp_path, "openfootball", "reep")
    assert [p.name for p in held(report)] == ["1-premierleague.txt", "2019-20_ru2.txt", "teams.csv"]
    assert not web.asked("/openfootball/")
    before = len(web.requests)
    assert not any(p.fetched for p in take_mirror(web, tmp_path, "openfootball", "reep").sources)
    assert [path for path, _ in web.requests[before:]] == ["/MANIFEST"]


def test_a_file_that_is_not_what_the_manifest_says_is_refused(web: Web, tmp_path: Path) -> None:
    web.serve_folder(MIRROR)
    web.serve("/MANIFEST", f"{'0' * 64}  reep/teams.csv\n", kind="text/plain")
    (pulled,) = take_mirror(web, tmp_path, "reep").sources
    assert "checksum" in pulled.failed[0].message
    assert pulled.files == ()


@pytest.mark.parametrize(
    "line",
    [
        f"{'0' * 64}  ../../evil.csv",
        f"{'0' * 64}  /etc/evil.csv",
        f"{'0' * 64}  a/../../evil.csv",
        "teams.csv",
    ],
)
def test_a_hostile_or_damaged_manifest_is_refused(web: Web, tmp_path: Path, line: str) -> None:
    web.serve("/MANIFEST", line + "\n", kind="text/plain")
    (pulled,) = take_mirror(web, tmp_path, "reep").sources
    assert pulled.failed[0].address == f"{web.address}/MANIFEST"
    assert "MANIFEST" in pulled.failed[0].message


def test_an_unknown_mirror_is_told(web: Web, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds nothing of openfootball"):
        take_mirror(web, tmp_path)
    (pulled,) = take_mirror(web, tmp_path, "reep").sources
    assert "holds nothing of this source" in pulled.failed[0].message


def test_what_a_mirror_has_is_not_mixed_with_what_upstream_has(github: Web, tmp_path: Path) -> None:
    github.serve_folder({"reep/teams.csv": "of the mirror\n"})
    take(github, tmp_path, "reep")
    (mirrored,) = take_mirror(github, tmp_path, "reep").sources[0].files
    assert mirrored.read_text() == "of the mirror\n"
    (own,) = take(github, tmp_path, "reep").sources[0].files
    assert own.read_text() == CSV


AT = "http://mirror.example/data/"
PAGES = {
    "python": '<ul><li><a href="england/">england/</a></li><li><a href="a%20b.csv">a b.csv</a></li></ul>',
    "apache": """<a href="?C=N;O=D">Name</a><a href="?C=M;O=A">Last modified</a>
        <a href="/">Parent Directory</a><A HREF="england/">england/</A><a href="a%20b.csv">a b.csv</a>""",
    "nginx": """<a href="../">../</a>
        <a href="england/">england/</a>  11-Aug-2023 -
        <a href="a%20b.csv">a b.csv</a>  11-Aug-2023 5""",
    "absolute": f'<a href="/data/england/">e</a><a href="{AT}a%20b.csv">a</a>',
    "hostile": """<a href="../../etc/passwd.csv">x</a><a href="/etc/passwd.csv">x</a>
        <a href="//evil.example/a.csv">x</a>
        <a href="http://evil.example/data/a.csv">x</a><a href="file:///etc/a.csv">x</a><a href="..%2f..%2fa.csv">x</a>
        <a href="%2e%2e/a.csv">x</a><a href="a/b.csv">x</a><a href="..%5ca.csv">x</a><a href="javascript:a()">x</a>
        <a href=".secondleg/journal/">x</a><a href="http://[/a.csv">x</a><a href="x%00.csv">x</a><a>x</a>
        <a href="https://mirror.example/data/a.csv">x</a><a href="C:evil.csv">x</a><a href="..">x</a><a href="">x</a>
        <a href="england/">england/</a><a href="a%20b.csv">a b.csv</a><a href="a%20b.csv#top">again</a>""",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_of_an_index_page_only_what_lies_right_below_it_counts(page: str) -> None:
    assert links(AT, page) == (["a b.csv"], ["england"])


def test_an_index_page_that_leads_out_of_the_mirror_is_refused(web: Web, tmp_path: Path) -> None:
    web.serve_folder({"reep/teams.csv": CSV, "elsewhere/teams.csv": CSV})
    web.misbehave("/reep/", Status(302, {"Location": "/elsewhere/"}))
    (pulled,) = take_mirror(web, tmp_path, "reep").sources
    assert "out of the mirror" in pulled.failed[0].message


@pytest.mark.mirror
def test_the_mirror_is_found_whole() -> None:
    mirror = os.environ.get("SECONDLEG_MIRROR")
    if not mirror:
        pytest.skip("needs SECONDLEG_MIRROR, a folder that mirrors the public sources")
    from secondleg.sources import clubs_txt, football_txt

    report = {p.key: p.files for p in pull([entry.key for entry in CATALOGUE], mirror=mirror).sources}
    assert set(report["openfootball"]) == set(football_txt.finds(Path(mirror) / "openfootball"))
    assert set(report["openfootball-clubs"]) == set(clubs_txt.finds(Path(mirror) / "openfootball_clubs"))
    assert all(files for files in report.values())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_pull_that_is_killed_goes_on_where_it_was(web: Web, tmp_path: Path) -> None:
    large = CSV * 30_000
    lines = {"reep/teams.csv": large, "openfootball/england/2023-24/1-premierleague.txt": TEXT}
    web.serve_folder(lines)
    web.misbehave("/reep/teams.csv", Stall(1_000_000))
    script = (
        "import sys; from pathlib import Path; from secondleg.sources.pull import pull\n"
        "pull(('openfootball', 'reep'), mirror=sys.argv[1], cache=Path(sys.argv[2]))"
    )
    with subprocess.Popen([sys.executable, "-c", script, web.address, str(tmp_path)]) as process:
        assert web.stalled.wait(20)
        deadline, begun = time.monotonic() + 10, 0
        while time.monotonic() < deadline and begun < 500_000:
            begun = max((p.stat().st_size for p in tmp_path.glob("mirrors/*/.secondleg/parts/*")), default=0)
            time.sleep(0.01)
        process.kill()
    assert begun >= 500_000
    texts, teams = take_mirror(web, tmp_path, "openfootball", "reep").sources
    assert texts.unchanged == ("openfootball/england/2023-24/1-premierleague.txt",)
    assert teams.fetched == ("reep/teams.csv",)
    assert teams.received <= len(large) - begun
    assert teams.files[0].read_text() == large
