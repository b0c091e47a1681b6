"""Every reader on damaged files: it ends in rows that hold the contract, or in a clear error; nothing is lost silently.

The damage is done with random numbers that are the same in every run. A failure shows the file that it is about.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from secondleg.sources.catalogue import CATALOGUE, source
from support.fuzz_forms import FORMS, Form, many_documents
from support.fuzzing import Input, fuzz, reader_of

INPUTS: Final = 100_000
"""Damaged inputs of each reader in the slow run."""
FEW: Final = 200
"""And of each form of file in the fast one."""
PARTS: Final = 4
"""Into which the inputs of a form are split, so that several processes can share them."""
ROUNDS: Final = 5
"""Examples of hypothesis in a part; each is a number from which all of its damage follows."""


@pytest.fixture(scope="module", autouse=True)
def _many() -> Iterator[None]:
    with many_documents():
        yield


def _run(form: Form, seed: str, inputs: int, folder: Path) -> Counter[str]:
    """Fuzz with at least so many inputs."""
    rng = random.Random(f"{form} {seed}")
    made = 0

    def batches() -> Iterator[list[Input]]:
        nonlocal made
        while made < inputs:
            batch = form.make(rng, folder)[: inputs - made]
            made += sum(item.times for item in batch)
            yield batch

    ended = fuzz(reader_of(source(form.source).module), batches(), form.lost)
    ended["inputs"] = made
    return ended


def test_every_reader_has_a_form() -> None:
    shares = Counter[str]()
    for form in FORMS:
        shares[form.source] += form.share
    assert set(shares) == {entry.key for entry in CATALOGUE}
    assert all(share >= 1 for share in shares.values())


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_few(form: Form, tmp_path: Path) -> None:
    ended = _run(form, "few", min(FEW, form.few), tmp_path)
    assert ended["read"] + ended["unread"] > 0, "nothing was read"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_many(form: Form, part: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    share = round(INPUTS * form.share / PARTS / ROUNDS) + 1
    told = Counter[str]()

    @settings(
        max_examples=ROUNDS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**64 - 1))
    def run(seed: int) -> None:
        folder = tmp_path_factory.mktemp("fuzz")
        told.update(_run(form, f"{part} {seed}", share, folder))
        shutil.rmtree(folder, ignore_errors=True)

    run()
    assert told["inputs"] >= INPUTS * form.share / PARTS
    assert told["error"] > 0, "no damage was so bad as to end in an error: is it any?"
    assert told["read"] + told["unread"] > 0, "nothing was read"
