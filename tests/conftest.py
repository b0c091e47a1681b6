"""Makes `tests/support` importable from every suite, sets up hypothesis for a shared machine, and shares archives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from secondleg.archive.archive import Archive
from support.held_archive import held_archive, whole_archive

# a time limit a test case says more about the machine's other work than about the code
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The archive that slow tests share: see `support.held_archive`."""
    with held_archive(_shared(tmp_path_factory)) as archive:
        yield archive


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The archive of all sources: see `support.held_archive`."""
    with whole_archive(_shared(tmp_path_factory)) as archive:
        yield archive


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole run, above a worker's own."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
