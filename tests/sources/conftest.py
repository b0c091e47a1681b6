"""Servers for the tests of `pull`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.pulling import CSV, GITHUB_ZIPS
from support.web import Web, zipped


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A server on this machine, which is reached without a proxy."""
    for name in ("http_proxy", "all_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with Web() as server:
        yield server


@pytest.fixture
def github(web: Web) -> Web:
    """A server that has what the hosts of the free sources have."""
    for path, files in GITHUB_ZIPS.items():
        web.serve(f"/{path}", zipped(files), kind="application/zip")
    web.serve("/withqwerty/reep/main/data/teams.csv", CSV)
    return web
