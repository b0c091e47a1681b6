"""An archive of England, Italy, Spain, Germany and UEFA from the mirror, imported once for a whole test run."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from secondleg.archive.archive import Archive
from secondleg.sources.importer import import_files

MIRROR = os.environ.get("SECONDLEG_MIRROR")

NEEDS_MIRROR = [
    pytest.mark.mirror,
    pytest.mark.slow,
    pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR names no mirror of the public sources"),
]

PARTS = (
    "openfootball/champions-league",
    "openfootball/england",
    "openfootball/italy",
    "openfootball/espana",
    "openfootball/deutschland",
    "openfootball_clubs",
    "engsoccerdata/england.parquet",
    "engsoccerdata/italy.csv",
    "engsoccerdata/spain.csv",
    "engsoccerdata/germany.csv",
    "schochastics/results",
    "schochastics/goals_time/champions-league.csv",
    "schochastics/goals_time/eng-premier-league.csv",
)
"""What is imported of the mirror."""


def held_archive(shared: Path) -> Archive:
    """The archive, open for reading; the first worker to ask imports it into the folder `shared`."""
    assert MIRROR is not None
    path = shared / "held.duckdb"
    with (shared / "held.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            fresh = shared / "held.new.duckdb"
            fresh.unlink(missing_ok=True)
            with Archive.create(fresh) as archive:
                import_files(archive, [Path(MIRROR) / part for part in PARTS])
            fresh.rename(path)
    return Archive.open(path)
