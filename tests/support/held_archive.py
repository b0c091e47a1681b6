"""Archives from the mirror, imported once for a whole test run: of some countries, and of all sources."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
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

NEEDS_WHOLE = [
    pytest.mark.mirror,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (MIRROR or os.environ.get("SECONDLEG_WHOLE_ARCHIVE")),
        reason="neither SECONDLEG_MIRROR nor SECONDLEG_WHOLE_ARCHIVE is set",
    ),
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
"""What the archive that most tests share holds: England, Italy, Spain, Germany and UEFA."""

ALL_PARTS = (
    "openfootball",
    "openfootball_clubs",
    "schochastics",
    "engsoccerdata",
    "football-data.co.uk",
    "reep",
)
"""What the whole archive of docs/archive.md is imported from."""


def held_archive(shared: Path) -> Archive:
    """The archive of some countries, open for reading, in the folder `shared`."""
    return _imported(shared, "held", PARTS)


def whole_archive(shared: Path) -> Archive:
    """The archive of all sources, open for reading: that of SECONDLEG_WHOLE_ARCHIVE, or one in the folder `shared`."""
    made = os.environ.get("SECONDLEG_WHOLE_ARCHIVE")
    return Archive.open(Path(made)) if made else _imported(shared, "whole", ALL_PARTS)


def _imported(shared: Path, name: str, parts: Sequence[str]) -> Archive:
    """An archive of parts of the mirror; the first worker to ask imports it."""
    assert MIRROR is not None
    path = shared / f"{name}.duckdb"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            fresh = shared / f"{name}.new.duckdb"
            fresh.unlink(missing_ok=True)
            with Archive.create(fresh) as archive:
                import_files(archive, [Path(MIRROR) / part for part in parts])
            fresh.rename(path)
    return Archive.open(path)
