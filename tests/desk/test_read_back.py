"""The fact check of whole previews and fact sheets: every sentence reads as what it was written from."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from secondleg.archive.archive import Archive
from secondleg.desk.facting import NOT_READ_BACK, facts
from support.held_archive import NEEDS_MIRROR

pytestmark = NEEDS_MIRROR
SCRIPT = Path(__file__).parents[2] / "scripts" / "round_trip.py"
EACH = 55
"""Fixtures of a part; four parts are more than 200, also where some cannot be previewed."""


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("round_trip", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["round_trip"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [11, 12, 13, 14])
def test_previews_of_many_fixtures_are_read_back(held: Archive, script: ModuleType, seed: int) -> None:
    found = script.check(held, EACH, seed)
    assert found.previews >= 50
    assert len(found.competitions) >= 10
    assert len(found.years) >= 18
    assert found.sentences > 5 * found.previews
    assert not found.failed, "\n".join(found.failed)


@pytest.mark.parametrize("seed", [21, 22])
def test_fact_sheets_of_many_fixtures_are_read_back(held: Archive, script: ModuleType, seed: int) -> None:
    told = 0
    for day, home, away, _ in script.fixtures(held, 18, seed):
        sheet = facts(held.view(day), home, away, day)
        told += len(sheet["facts"])
        assert sheet["dropped"].get(NOT_READ_BACK, 0) == 0, f"{day} {home} {away}"
    assert told > 18
