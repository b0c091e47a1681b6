"""Every reader of the catalogue holds the contract: on files as their sources write them, and on all that there are."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from secondleg.sources.catalogue import CATALOGUE, Source, reader
from support import fuzz_forms, fuzz_tables
from support.fuzz_forms import FORMS, Form, many_documents
from support.fuzzing import broken_contract, counts

MIRROR: Final = os.environ.get("SECONDLEG_MIRROR")


@pytest.fixture(scope="module", autouse=True)
def _many() -> Iterator[None]:
    with many_documents():
        yield


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_undamaged_files(form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the fuzz runs damage is sound: it is found, read without an error, and holds the contract."""
    monkeypatch.setattr(fuzz_forms, "mutated", lambda rng, data: data)
    monkeypatch.setattr(fuzz_tables, "mutated", lambda rng, data: data)
    monkeypatch.setattr(fuzz_tables, "_cells", lambda rng, rows, schema: rows)
    monkeypatch.setattr(fuzz_tables, "_mutate_value", lambda rng, tree: None)
    monkeypatch.setattr(fuzz_tables, "mutated_columns", lambda rng, table: table)
    monkeypatch.setattr(fuzz_tables, "damaged", lambda rng, data: data)
    (entry,) = (entry for entry in CATALOGUE if entry.key == form.source)
    module = reader(entry)
    inputs = form.make(random.Random(1), tmp_path)[:60]
    found = set(module.finds(tmp_path))
    assert {item.path for item in inputs} <= found
    table = module.read_files([item.path for item in inputs])
    assert broken_contract(table) == []
    assert counts(table) == []
    rows = [part.num_rows for part in (table.matches, table.aliases, table.ids) if part is not None]
    assert sum(rows) > 0
    if table.matches is not None:
        assert set(table.matches["source"].to_pylist()) == {entry.key}
    documents = {report.document for report in table.reports}
    assert {item.document for item in inputs if item.data} <= documents
    for item in inputs:
        assert module.document_name(item.path) == item.document or item.path.suffix == ".parquet"


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR is not set")
@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.key)
def test_all_files_of_a_source(entry: Source) -> None:
    module = reader(entry)
    files = {module.document_name(path): path for path in module.finds(Path(str(MIRROR)))}
    if not files:
        pytest.skip(f"the mirror has nothing of {entry.title}")
    table = module.read_files(sorted(files.values()))
    assert broken_contract(table)[:20] == []
    assert counts(table)[:20] == []
