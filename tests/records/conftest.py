"""The archive that the slow tests of records share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from secondleg.archive.archive import Archive
from support.held_archive import held_archive


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """See `support.held_archive`."""
    base = tmp_path_factory.getbasetemp()
    # the folder above a worker's own is that of the run
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with held_archive(shared) as archive:
        yield archive
