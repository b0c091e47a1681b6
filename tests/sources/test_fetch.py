"""Fetching one address from a server that misbehaves."""

from __future__ import annotations

import gzip
import hashlib
import socket
import subprocess
import sys
import threading
import time
from email.utils import formatdate
from pathlib import Path

import pytest

from secondleg.errors import DownloadError
from secondleg.sources.fetch import USER_AGENT, Fetched, Fetcher, Item, Patience, State
from support.web import Cut, OneRange, Served, Stall, Status, Web, zipped

CSV = b"Div,Date,HomeTeam,AwayTeam,FTHG,FTAG\n" + b"E0,19/08/1995,Aston Villa,Man United,3,1\n" * 4000
"""164,037 bytes: more than one read of a socket."""
PATH = "/E0.csv"


class Desk:
    """A fetcher whose pauses are written down instead of waited for."""

    def __init__(self, web: Web, folder: Path) -> None:
        web.serve(PATH, CSV)
        self.web = web
        self.pauses: list[float] = []
        self.target = folder / "held" / "E0.csv"
        self.part = folder / "part"
        self.patience = Patience(connect=2, read=0.2, attempts=4, first_wait=1, longest_wait=60)

    def get(self, path: str = PATH, *, known: dict[str, str] | None = None, **item: object) -> Fetched:
        wanted = Item(self.web.address + path, path.lstrip("/"), **item)  # type: ignore[arg-type]
        with Fetcher(self.patience, sleep=self.pauses.append) as fetcher:
            return fetcher.file(wanted, self.target, self.part, known or {})

    def refused(self, path: str = PATH, **item: object) -> str:
        with pytest.raises(DownloadError) as caught:
            self.get(path, **item)
        assert caught.value.address == self.web.address + path
        assert str(caught.value).startswith(self.web.address + path)
        assert not self.target.exists()
        return str(caught.value)

    def leaves_nothing(self) -> bool:
        return not self.part.exists() and not self.part.with_name("part.json").exists()


@pytest.fixture
def desk(web: Web, tmp_path: Path) -> Desk:
    return Desk(web, tmp_path)


def test_a_file_comes_whole_with_what_tells_its_next_version(desk: Desk) -> None:
    etag = f'"{hashlib.md5(CSV).hexdigest()}"'
    assert desk.get() == Fetched(State.FETCHED, etag, None, len(CSV))
    assert desk.target.read_bytes() == CSV
    assert desk.leaves_nothing()
    assert desk.pauses == []


def test_it_says_who_asks_and_takes_no_compression(desk: Desk) -> None:
    desk.get()
    (headers,) = desk.web.asked(PATH)
    assert headers["user-agent"] == USER_AGENT
    assert USER_AGENT.startswith("secondleg/")
    assert headers["accept-encoding"] == "identity"


# --- unchanged, changed ---------------------------------------------------------------------------


def test_a_file_that_has_not_changed_is_not_sent_again(desk: Desk) -> None:
    got = desk.get()
    assert got.etag is not None
    again = desk.get(known={"If-None-Match": got.etag})
    assert again == Fetched(State.UNCHANGED)


def test_a_changed_file_comes_anew(desk: Desk) -> None:
    got = desk.get()
    assert got.etag is not None
    desk.web.serve(PATH, CSV + b"E0,20/08/1995,Leeds,Liverpool,1,0\n")
    again = desk.get(known={"If-None-Match": got.etag})
    assert again.state is State.FETCHED
    assert desk.target.read_bytes().endswith(b"Leeds,Liverpool,1,0\n")


def test_without_an_etag_the_day_of_change_is_asked_for(desk: Desk) -> None:
    desk.web.serve(PATH, CSV, etag=None, modified=1_700_000_000.0)
    got = desk.get()
    assert (got.etag, got.modified) == (None, formatdate(1_700_000_000, usegmt=True))
    assert got.modified is not None
    assert desk.get(known={"If-Modified-Since": got.modified}).state is State.UNCHANGED


@pytest.mark.parametrize("after", [None, 20], ids=["whole", "cut"])
def test_a_server_that_compresses_all_the_same_is_understood(desk: Desk, after: int | None) -> None:
    packed = gzip.compress(CSV)
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/csv", "ETag": '"1"'}
    if after is None:
        desk.web.misbehave(PATH, Status(200, headers, packed))
    else:
        desk.web.misbehave(PATH, Status(200, headers, packed[:after]), Status(200, headers, packed))
    desk.get()
    assert desk.target.read_bytes() == CSV
    assert all("range" not in asked for asked in desk.web.asked(PATH))


def test_a_compression_that_is_not_known_is_told(desk: Desk) -> None:
    desk.web.misbehave(PATH, Status(200, {"Content-Encoding": "br", "Content-Type": "text/csv"}, b"\x0b\x02"))
    assert "compressed as br" in desk.refused()


# --- faults that pass -----------------------------------------------------------------------------


def test_a_server_error_that_passes_is_waited_for_longer_each_time(desk: Desk) -> None:
    desk.web.misbehave(PATH, Status(500), Status(502), Status(503))
    assert desk.get().state is State.FETCHED
    assert len(desk.pauses) == 3
    for pause, least in zip(desk.pauses, (1, 2, 4), strict=True):
        assert least <= pause <= 1.25 * least


def test_a_server_error_that_stays_is_told(desk: Desk) -> None:
    desk.web.misbehave(PATH, *[Status(500)] * 9)
    message = desk.refused()
    assert "500" in message
    assert message.endswith("Try again later; what has come is kept.")
    assert len(desk.web.asked(PATH)) == 4


def test_retry_after_in_seconds_is_kept_to(desk: Desk) -> None:
    desk.web.misbehave(PATH, Status(429, {"Retry-After": "7"}))
    assert desk.get().state is State.FETCHED
    assert desk.pauses == [7.0]


def test_retry_after_as_a_date_is_kept_to(desk: Desk) -> None:
    desk.web.misbehave(PATH, Status(503, {"Retry-After": formatdate(time.time() + 30, usegmt=True)}))
    desk.get()
    (pause,) = desk.pauses
    assert 25 <= pause <= 30


def test_a_server_that_asks_for_an_hour_is_not_waited_for(desk: Desk) -> None:
    desk.web.misbehave(PATH, Status(429, {"Retry-After": "3600"}))
    assert "3,600 s" in desk.refused()
    assert desk.pauses == []


def test_an_hourly_limit_is_told_with_its_end(desk: Desk) -> None:
    limit = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1700000000"}
    desk.web.misbehave(PATH, Status(403, limit))
    assert time.strftime("%H:%M", time.localtime(1_700_000_000)) in desk.refused()
    assert len(desk.web.asked(PATH)) == 1


def test_a_slow_server_is_left_after_a_silence_and_gone_on_with(desk: Desk) -> None:
    desk.web.misbehave(PATH, Stall(50_000))
    assert desk.get().state is State.FETCHED
    assert desk.target.read_bytes() == CSV
    first, second = desk.web.asked(PATH)
    assert "range" not in first
    assert second["range"].startswith("bytes=")


def test_a_server_that_never_says_anything_is_told(desk: Desk) -> None:
    desk.web.misbehave(PATH, *[Stall(0)] * 9)
    assert "nothing came for 0.2 s" in desk.refused()


def test_a_host_out_of_reach_is_asked_no_further(desk: Desk) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with Fetcher(desk.patience, sleep=desk.pauses.append) as fetcher:
        for name in ("E0.csv", "E1.csv"):
            with pytest.raises(DownloadError, match="cannot be reached"):
                fetcher.file(Item(f"{address}/{name}", name), desk.target, desk.part, {})
    assert len(desk.pauses) == 3  # of the first file alone


# --- bodies cut short -----------------------------------------------------------------------------


def test_a_truncated_body_is_never_taken_for_the_file(desk: Desk) -> None:
    desk.web.misbehave(PATH, *[Cut(0)] * 9)
    assert "broke off" in desk.refused()


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_after_a_break_only_the_rest_is_asked_for(desk: Desk, reset: bool) -> None:
    desk.web.misbehave(PATH, Cut(100_000, reset=reset))
    got = desk.get()
    assert desk.target.read_bytes() == CSV
    _, second = desk.web.asked(PATH)
    if "range" in second:  # a reset may take with it what was on its way
        start = int(second["range"].removeprefix("bytes=").rstrip("-"))
        assert second["if-range"] == f'"{hashlib.md5(CSV).hexdigest()}"'
        assert 0 < start <= 100_000
        assert got.received == len(CSV) - start
    else:
        assert reset


def test_breaks_that_bring_bytes_do_not_use_up_the_patience(desk: Desk) -> None:
    desk.web.misbehave(PATH, *[Cut(20_000)] * 7)
    assert desk.get().state is State.FETCHED
    assert desk.target.read_bytes() == CSV


def test_a_file_that_changes_between_two_attempts_is_not_pieced_together(desk: Desk) -> None:
    def changed() -> None:
        desk.web.serve(PATH, CSV.replace(b"3,1", b"0,0"))

    desk.web.misbehave(PATH, Cut(100_000))
    with Fetcher(desk.patience, sleep=lambda _: changed()) as fetcher:
        fetcher.file(Item(desk.web.address + PATH, "E0.csv"), desk.target, desk.part, {})
    assert desk.target.read_bytes() == CSV.replace(b"3,1", b"0,0")


@pytest.mark.parametrize(
    "served", [Served(CSV, ranges=False), Served(CSV, etag=None), Served(CSV, etag='W/"1"')], ids=str
)
def test_where_the_rest_cannot_be_had_all_comes_again(desk: Desk, served: Served) -> None:
    desk.web.files[PATH] = served
    desk.web.misbehave(PATH, Cut(100_000))
    assert desk.get().received == len(CSV)
    assert desk.target.read_bytes() == CSV
    if not served.ranges:
        return
    assert "range" not in desk.web.asked(PATH)[1]  # a weak validator does not say that bytes are the same


def test_a_part_of_another_file_is_not_gone_on_with(desk: Desk) -> None:
    desk.web.serve("/E1.csv", CSV.replace(b"E0", b"E1"), etag='"same"')
    desk.web.serve(PATH, CSV, etag='"same"')
    desk.web.misbehave(PATH, *[Cut(100_000)] + [Status(500)] * 4)
    with pytest.raises(DownloadError):
        desk.get()
    desk.get("/E1.csv")
    assert desk.target.read_bytes() == CSV.replace(b"E0", b"E1")


def test_a_rest_in_pieces_is_put_together(desk: Desk) -> None:
    desk.web.misbehave(PATH, Cut(100_000), OneRange(10_000), OneRange(10_000))
    desk.get()
    assert desk.target.read_bytes() == CSV
    assert len(desk.web.asked(PATH)) == 4


def test_a_part_file_that_is_longer_than_the_file_is_thrown_away(desk: Desk) -> None:
    desk.web.misbehave(PATH, *[Cut(100_000)] + [Status(500)] * 4)
    with pytest.raises(DownloadError):
        desk.get()
    desk.part.write_bytes(desk.part.read_bytes() + CSV)
    desk.get()
    assert desk.target.read_bytes() == CSV


def test_a_killed_download_is_gone_on_with(desk: Desk) -> None:
    body = CSV * 8
    desk.web.serve(PATH, body)
    desk.web.misbehave(PATH, Stall(1_000_000))
    script = (
        "import sys; from pathlib import Path; from secondleg.sources.fetch import Fetcher, Item\n"
        "with Fetcher() as f: f.file(Item(sys.argv[1], 'E0.csv'), Path(sys.argv[2]), Path(sys.argv[3]), {})"
    )
    arguments = [desk.web.address + PATH, str(desk.target), str(desk.part)]
    with subprocess.Popen([sys.executable, "-c", script, *arguments]) as process:
        assert desk.web.stalled.wait(10)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and not (desk.part.exists() and desk.part.stat().st_size > 500_000):
            time.sleep(0.01)
        process.kill()
    assert not desk.target.exists()
    held = desk.part.stat().st_size
    assert held > 500_000
    got = desk.get()
    assert got.received == len(body) - held
    assert desk.target.read_bytes() == body


# --- not there, not it ----------------------------------------------------------------------------


def test_a_missing_file_is_told_at_once(desk: Desk) -> None:
    assert "there is no such file (404)" in desk.refused("/E9.csv")
    assert desk.pauses == []


@pytest.mark.parametrize("code", [300, 404, 410])
def test_a_file_that_may_be_absent_is_no_fault(desk: Desk, code: int) -> None:
    desk.web.misbehave("/EC.csv", Status(code))
    assert desk.get("/EC.csv", optional=True) == Fetched(State.ABSENT)


def test_a_server_that_sends_another_file_instead_has_not_got_it(desk: Desk) -> None:
    desk.web.misbehave("/EC.csv", Status(301, {"Location": PATH}))
    assert desk.get("/EC.csv", optional=True).state is State.ABSENT
    assert not desk.target.exists()


def test_a_redirect_is_followed(desk: Desk) -> None:
    desk.web.misbehave("/old/E0.csv", Status(302, {"Location": PATH}))
    assert desk.get("/old/E0.csv").state is State.FETCHED
    assert desk.target.read_bytes() == CSV


def test_redirects_in_a_circle_end(desk: Desk) -> None:
    desk.web.misbehave(PATH, *[Status(302, {"Location": PATH})] * 20)
    assert "redirected more than 5 times" in desk.refused()
    assert len(desk.web.asked(PATH)) == 6


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/E0.csv", b"Div,Date", "text/html; charset=utf-8"),
        ("/E0.csv", b"\n<!DOCTYPE html><p>Please log in</p>", "text/csv"),
        ("/E0.csv", zipped({"E0.csv": "Div"}), "text/csv"),
        ("/E0.csv", b"", "text/csv"),
        ("/master.zip", b"<html>Not here</html>", "text/html"),
        ("/master.zip", b"PK\x03\x04 and then no more", "application/zip"),
        ("/master.zip", zipped({"a.txt": "a" * 500})[:-30], "application/zip"),
        ("/games.json", b"Div,Date", "application/json"),
        ("/games.parquet", b"PAR1 and then no more", "application/octet-stream"),
    ],
    # what is zipped holds the time: names of tests must not
    ids=[
        "html", "html-by-its-body", "zip", "nothing", "html-for-zip", "no-zip", "half-a-zip", "no-json",
        "half-a-parquet",
    ],
)  # fmt: skip
def test_another_kind_of_file_is_refused(desk: Desk, path: str, body: bytes, kind: str) -> None:
    desk.web.serve(path, body, kind=kind)
    message = desk.refused(path)
    assert f"where a {path.rpartition('.')[2].upper()} file was expected" in message
    assert desk.leaves_nothing()
    assert desk.pauses == []


def test_a_checksum_that_does_not_fit_is_tried_again_and_then_told(desk: Desk) -> None:
    message = desk.refused(sha256="0" * 64)
    assert "checksum" in message
    assert len(desk.web.asked(PATH)) == 4
    assert desk.leaves_nothing()


def test_a_file_without_end_is_left(desk: Desk) -> None:
    desk.patience = Patience(largest=10_000)
    assert "more than the 10,000" in desk.refused()


def test_no_address_at_all_is_told(desk: Desk) -> None:
    with Fetcher() as fetcher, pytest.raises(DownloadError, match="no address that can be fetched"):
        fetcher.file(Item("gopher://127.0.0.1/E0.csv", "E0.csv"), desk.target, desk.part, {})


def test_a_full_disk_is_told(desk: Desk) -> None:
    desk.target = Path("/dev/full") / "E0.csv"
    with pytest.raises(DownloadError, match="cannot be written to the cache"):
        desk.get()


def test_a_stopped_download_keeps_what_has_come(desk: Desk) -> None:
    desk.web.misbehave(PATH, Stall(100_000))
    with Fetcher(Patience(read=0.3)) as fetcher:
        threading.Thread(target=lambda: (desk.web.stalled.wait(5), fetcher.stop())).start()
        with pytest.raises(DownloadError, match="stopped"):
            fetcher.file(Item(desk.web.address + PATH, "E0.csv"), desk.target, desk.part, {})
    assert 0 < desk.part.stat().st_size <= 100_000
