"""The command `simulate`: text, JSON, pictures, and what it says of bad input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from secondleg.faces import cli

EUROPA = ("simulate", "uefa.el", "2023-24", "--as-of", "2024-04-17", "--archive", "starter", "--runs", "500")


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["secondleg", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    told = capsys.readouterr()
    return int(left.value.code or 0), told.out, told.err


def test_it_prints_text_and_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(monkeypatch, capsys, *EUROPA)
    assert code == 0
    assert "Atalanta v Liverpool" in out
    code, out, _ = run(monkeypatch, capsys, *EUROPA, "--format", "json", "--if", "Liverpool out")
    document = json.loads(out)
    assert (code, document["runs"], document["conditions"]) == (0, 500, ["Liverpool out"])


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_it_draws(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    pytest.importorskip("altair")
    target = tmp_path / f"picture.{suffix}"
    code, _, said = run(monkeypatch, capsys, *EUROPA, "-o", target)
    assert code == 0 and f"picture.{suffix}" in said
    head = target.read_bytes()[:200]
    assert head.startswith(b"\x89PNG") if suffix == "png" else b"<svg" in head
    if suffix == "svg":
        assert "Bayer Leverkusen" in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("simulate", "Premiership League", "2023-24"), "Nearest names"),
        (("simulate", "eng.1", "23"), "is no season"),
        (("simulate", "eng.1", "2023-24", "--as-of", "soon"), "is not a day"),
        (
            ("simulate", "eng.1", "2023-24", "--as-of", "2024-04-17", "--format", "html"),
            "--format text or --format json",
        ),
        (("simulate", "eng.1", "2023-24", "--as-of", "2024-04-17", "--if", "Nobody out"), "no club is known"),
    ],
)
def test_bad_input_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, out, error = run(monkeypatch, capsys, *arguments, "--archive", "starter")
    assert (code, out) == (2, "")
    assert error.startswith("secondleg: ") and error.count("\n") == 1
    assert said in error
