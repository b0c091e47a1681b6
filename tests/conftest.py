"""Makes `tests/support` importable from every suite, sets up hypothesis for a shared machine, and shares an archive."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from secondleg.archive.archive import Archive
from support.held_archive import held_archive

# a time limit a test case says more about the machine's other work than about the code
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The archive that slow tests share: see `support.held_archive`."""
    base = tmp_path_factory.getbasetemp()
    # the folder above a worker's own is that of the run
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with held_archive(shared) as archive:
        yield archive
