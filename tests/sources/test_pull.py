"""Pulling sources from their own addresses, which a server of the test stands for."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from secondleg.errors import BadInput
from secondleg.sources.catalogue import CATALOGUE
from secondleg.sources.pull import pull
from secondleg.sources.remotes import Listed, remotes
from secondleg.sources.remotes import Web as Hosts
from support.pulling import CLUBS, CSV, DEFAULT, GITHUB_ZIPS, TEXT, hasty, held, names, take
from support.web import Cut, Status, Web, zipped

# --- from the sources' own addresses --------------------------------------------------------------


def test_the_default_pull_is_what_anybody_may_use(github: Web, tmp_path: Path) -> None:
    report = take(github, tmp_path)
    assert report.failed == ()
    assert tuple(pulled.key for pulled in report.sources) == DEFAULT
    assert not {"engsoccerdata", "football-data"} & set(DEFAULT)
    assert sorted(names(report, tmp_path)) == [
        "openfootball/champions-league/2023-24/el.txt",
        "openfootball/deutschland/rsssf/duit64.txt",
        "openfootball/england/2023-24/1-premierleague.txt",
        "openfootball/espana/2023-24/1-liga.txt",
        "openfootball/europe/russia/2019-20_ru2.txt",
        "openfootball/italy/2023-24/1-seriea.txt",
        "openfootball_clubs/asia/japan/jp.clubs.txt",
        "openfootball_clubs/europe/england/eng.clubs.txt",
        "openfootball_clubs/middle-east/israel/il.clubs.txt",
        "reep/teams.csv",
        "schochastics/goals_time/dfb-pokal.csv",
        "schochastics/goals_time2/england_premier-league-2003-2004.json",
        "schochastics/results/england.csv",
        "schochastics/results/uefa-cl.csv",
    ]
    assert (tmp_path / "schochastics/goals_time/dfb-pokal.csv").read_text() == CSV


def test_only_what_a_reader_knows_is_imported_and_the_rest_is_told(github: Web, tmp_path: Path) -> None:
    zip_file = {"clubs-master/europe/england/eng.clubs.txt": CLUBS}
    github.serve("/openfootball/clubs/zip/refs/heads/master", zipped(zip_file), kind="application/zip")
    github.serve("/withqwerty/reep/main/data/teams.csv", "name,country\nLiverpool,England\n")
    report = take(github, tmp_path, "openfootball-clubs", "reep")
    assert [path.name for path in report.paths] == ["eng.clubs.txt"]
    assert "not imported, as no reader knows it: teams.csv" in report.text()


def test_one_repository_of_two_sources_is_fetched_once(github: Web, tmp_path: Path) -> None:
    take(github, tmp_path, "schochastics-goals", "schochastics-incidents")
    assert len(github.asked("/schochastics/football-data/zip/refs/heads/master")) == 1


def test_a_second_pull_asks_whether_anything_changed_and_takes_nothing(github: Web, tmp_path: Path) -> None:
    first = take(github, tmp_path)
    before = len(github.requests)
    second = take(github, tmp_path)
    assert held(second) == held(first)
    assert all(not pulled.fetched and not pulled.failed for pulled in second.sources)
    assert sum(pulled.received for pulled in second.sources) == 0
    again = github.requests[before:]
    assert len(again) == len(GITHUB_ZIPS) + 1
    assert all("if-none-match" in headers for _, headers in again)
    assert "openfootball: unchanged; 6 files" in second.text()


def test_only_what_changed_is_fetched_and_what_went_is_gone(github: Web, tmp_path: Path) -> None:
    take(github, tmp_path, "openfootball")
    later = {"england-master/2024-25/1-premierleague.txt": TEXT}
    github.serve("/openfootball/england/zip/refs/heads/master", zipped(later), kind="application/zip")
    (pulled,) = take(github, tmp_path, "openfootball").sources
    assert pulled.fetched == ("openfootball/england",)
    assert len(pulled.unchanged) == 5
    assert [p.parent.name for p in pulled.files if "england" in p.parts] == ["2024-25"]
    assert not (tmp_path / "openfootball/england/2023-24").exists()


def test_a_damaged_file_is_put_right_without_a_download(github: Web, tmp_path: Path) -> None:
    take(github, tmp_path, "openfootball")
    (tmp_path / "openfootball/england/2023-24/1-premierleague.txt").write_text("cut sho")
    (pulled,) = take(github, tmp_path, "openfootball").sources
    assert pulled.received == 0
    assert (tmp_path / "openfootball/england/2023-24/1-premierleague.txt").read_text() == TEXT


def test_a_file_whose_checksum_no_longer_fits_is_fetched_anew(github: Web, tmp_path: Path) -> None:
    take(github, tmp_path, "reep")
    (tmp_path / "reep/teams.csv").write_text(CSV[:-5])
    (pulled,) = take(github, tmp_path, "reep").sources
    assert pulled.fetched == ("reep/teams.csv",)
    assert "if-none-match" not in github.asked("/withqwerty/reep/main/data/teams.csv")[1]
    assert (tmp_path / "reep/teams.csv").read_text() == CSV


def test_a_file_that_has_moved_is_not_asked_for_by_its_old_etag(github: Web, tmp_path: Path) -> None:
    github.serve("/withqwerty/reep/main/data/teams.csv", CSV, etag='"1"')
    github.serve("/new/withqwerty/reep/main/data/teams.csv", CSV * 2, etag='"1"')
    take(github, tmp_path, "reep")
    known = remotes(Hosts(raw=f"{github.address}/new"))
    (file,) = pull(("reep",), cache=tmp_path, known=known, fetcher=hasty).sources[0].files
    assert file.read_text() == CSV * 2


def test_a_lost_journal_costs_a_download_and_nothing_more(github: Web, tmp_path: Path) -> None:
    take(github, tmp_path, "reep")
    journal = tmp_path / ".secondleg/journal/reep.jsonl"
    journal.write_text(journal.read_text()[:-20])  # as a kill leaves it
    (pulled,) = take(github, tmp_path, "reep").sources
    assert pulled.fetched == ("reep/teams.csv",)
    assert pulled.files[0].read_text() == CSV


def test_a_source_that_fails_leaves_the_others_alone_and_keeps_what_it_had(
    github: Web, tmp_path: Path
) -> None:
    take(github, tmp_path, "openfootball", "reep")
    github.misbehave("/openfootball/italy/zip/refs/heads/master", *[Status(500)] * 2)
    del github.files["/withqwerty/reep/main/data/teams.csv"]
    report = take(github, tmp_path, "openfootball", "reep", "openfootball-clubs")
    texts, teams, clubs = report.sources
    assert [f.address for f in texts.failed] == [f"{github.address}/openfootball/italy/zip/refs/heads/master"]
    assert len(texts.files) == 6  # Italy's file from before among them
    assert "no such file" in teams.failed[0].message
    assert clubs.failed == ()
    assert report.failed == (*texts.failed, *teams.failed)
    for part in ("openfootball: ", github.address, "500", "Try again later"):
        assert part in report.text()


def test_a_server_that_fails_each_file_is_soon_left_alone(github: Web, tmp_path: Path) -> None:
    for name in ("italy", "espana", "deutschland", "europe", "england", "champions-league"):
        github.misbehave(f"/openfootball/{name}/zip/refs/heads/master", *[Status(403)] * 2)
    (pulled,) = take(github, tmp_path, "openfootball").sources
    assert 3 <= len(pulled.failed) <= 7
    assert pulled.files == ()


def test_a_zip_that_would_leave_its_folder_is_refused(github: Web, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    hostile = {
        "football-data-1/data/results/uefa-cl.csv": CSV,
        "football-data-1/data/results/..\\..\\evil.csv": CSV,
    }
    address = "/schochastics/football-data/zip/04d91edbee1650857e1695c86cf876ee672b5fc9"
    github.serve(address, zipped(hostile), kind="application/zip")
    (pulled,) = take(github, cache, "schochastics").sources
    assert "would not stay in its folder" in pulled.failed[0].message
    assert pulled.files == ()
    assert not (cache / "schochastics").exists() or not list((cache / "schochastics").rglob("*.csv"))


def test_an_unknown_source_is_told() -> None:
    with pytest.raises(BadInput, match="there is no source 'wikipedia'"):
        pull(("wikipedia",))


def test_every_source_of_the_catalogue_can_be_pulled() -> None:
    assert {entry.key for entry in CATALOGUE} == set(remotes())


def test_progress_is_told_by_source(github: Web, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    known = remotes(Hosts(github.address, github.address, github.address))
    pull(
        ("openfootball",),
        cache=tmp_path,
        known=known,
        fetcher=hasty,
        progress=lambda *step: told.append(step),
    )
    assert told == [("fetching openfootball", 0, 0), *[("fetching openfootball", n, 6) for n in range(1, 7)]]


def test_a_broken_connection_costs_only_its_rest(github: Web, tmp_path: Path) -> None:
    github.serve("/withqwerty/reep/main/data/teams.csv", CSV * 10_000)
    github.misbehave("/withqwerty/reep/main/data/teams.csv", Cut(200_000))
    (pulled,) = take(github, tmp_path, "reep").sources
    assert pulled.fetched == ("reep/teams.csv",)
    assert pulled.files[0].read_text() == CSV * 10_000


# --- football-data.co.uk: files that may not be there ---------------------------------------------


def test_divisions_that_are_not_there_are_passed_over(web: Web, tmp_path: Path) -> None:
    web.serve("/mmz4281/2324/E0.csv", CSV)
    web.serve("/new/ARG.csv", CSV)
    (pulled,) = take(web, tmp_path, "football-data").sources
    assert pulled.failed == ()
    assert pulled.fetched == ("football-data.co.uk/mmz4281/2324/E0.csv", "football-data.co.uk/new/ARG.csv")
    # each is asked for, some again where the server was slow to answer
    assert len(pulled.fetched) + len(pulled.absent) == len({path for path, _ in web.requests})


def asked_for(day: dt.date) -> dict[str, list[str]]:
    """The seasons that each division is asked for on a day."""
    (part,) = remotes()["football-data"].parts
    assert isinstance(part, Listed)
    seasons: dict[str, list[str]] = {}
    for path in part.paths(day):
        folder, *season, file = path.split("/")
        assert folder == ("mmz4281" if season else "new")
        seasons.setdefault(file.removesuffix(".csv"), []).extend(season)
    return seasons


def test_a_division_is_asked_for_from_its_first_season_to_the_running_one() -> None:
    seasons = asked_for(dt.date(2024, 5, 1))
    assert seasons["E0"][:8] == ["9394", "9495", "9596", "9697", "9798", "9899", "9900", "0001"]
    assert seasons["E0"][-1] == "2324"
    assert len(seasons["E0"]) == 31
    assert seasons["EC"][0] == "0506"
    assert seasons["ARG"] == []
    assert len(seasons) == 22 + 16


def test_from_july_on_the_new_season_is_asked_for() -> None:
    assert asked_for(dt.date(2024, 6, 30))["E0"][-1] == "2324"
    assert asked_for(dt.date(2024, 7, 1))["E0"][-1] == "2425"


def test_a_source_of_which_nothing_is_there_any_more_has_failed(web: Web, tmp_path: Path) -> None:
    (pulled,) = take(web, tmp_path, "football-data", today=dt.date(1995, 1, 1)).sources
    assert "none of its" in pulled.failed[0].message


@pytest.mark.mirror
def test_the_first_seasons_are_those_that_the_data_has() -> None:
    mirror = os.environ.get("SECONDLEG_MIRROR")
    if not mirror:
        pytest.skip("needs SECONDLEG_MIRROR, a folder that mirrors the public sources")
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from secondleg.sources.remotes import _FIRST_SEASONS

    (file,) = Path(mirror).glob("football-data.co.uk/fdcouk_*.parquet")
    table = pq.read_table(file, columns=["league", "division", "year"])
    held = {}
    for row in table.group_by(["league", "division"]).aggregate([("year", "min")]).to_pylist():
        held[row["league"], row["division"]] = (
            row["year_min"] - 1
        )  # `year` is the one in which the season ended
    assert pc.max(table["year"]).as_py() >= 2024
    codes = {
        "England": ("E0", "E1", "E2", "E3", "EC"), "Scotland": ("SC0", "SC1", "SC2", "SC3"), "Germany": ("D1", "D2"),
        "Italy": ("I1", "I2"), "Spain": ("SP1", "SP2"), "France": ("F1", "F2"), "Netherlands": ("N1",),
        "Belgium": ("B1",), "Portugal": ("P1",), "Turkey": ("T1",), "Greece": ("G1",),
    }  # fmt: skip
    told = {(league, tier): code for league, tiers in codes.items() for tier, code in enumerate(tiers, 1)}
    assert {code: held[place] for place, code in told.items()} == dict(_FIRST_SEASONS)
