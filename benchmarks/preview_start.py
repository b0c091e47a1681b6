"""How long `secondleg preview` takes from a cold process, on the starter archive.

    python benchmarks/preview_start.py [--runs 9]

Modules are read from compiled files, as an installed package's are, also where the environment forbids to write them.

Prints the wall time of the whole command, the time its imports take, and, as the peer in the same run, that of a
process which only imports the libraries that the command cannot do without. Targets: 1.5 s, of which imports 0.5 s.
Runs alternate, so that a machine that slows down slows all of them; medians are compared.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

COMMAND = (
    "preview", "Atalanta", "Liverpool", "--on", "2024-04-18", "--as-of", "2024-04-17", "--archive", "starter",
)  # fmt: skip
LIBRARIES = "import duckdb, numpy, rich.console, typer"
_TRACE = """
import sys, time
sys.argv = ["secondleg", *{command!r}]
from secondleg.faces.cli import main
try:
    main()
except SystemExit:
    pass
print(" ".join(sorted(name for name in sys.modules if not name.startswith("__"))), file=sys.stderr)
"""
_IMPORT = """
import time
start = time.perf_counter()
import importlib
for name in {names!r}:
    importlib.import_module(name)
print(time.perf_counter() - start)
"""


def environment(compiled: Path) -> dict[str, str]:
    """The environment of every process that is measured: compiled modules are kept in `compiled`."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(compiled)}


def wall(*arguments: str, env: Mapping[str, str]) -> float:
    """Seconds of wall time that a process takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=env)
    return time.perf_counter() - start


def modules(env: Mapping[str, str]) -> list[str]:
    """The modules of secondleg that the command imports; they import all others."""
    found = subprocess.run(
        [sys.executable, "-c", _TRACE.format(command=COMMAND)],
        check=True,
        capture_output=True,
        text=True,
        env=env,
    )
    names = found.stderr.splitlines()[-1].split()
    return [name for name in names if name.startswith("secondleg") and name != "secondleg.__main__"]


def imports(names: list[str], env: Mapping[str, str]) -> float:
    """Seconds that a fresh process takes to import `names` and the libraries of the command."""
    names = ["typer", "rich.console", *names]
    found = subprocess.run(
        [sys.executable, "-c", _IMPORT.format(names=names)],
        check=True,
        capture_output=True,
        text=True,
        env=env,
    )
    return float(found.stdout)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as compiled:
        env = environment(Path(compiled))
        names = modules(env)
        wall("-m", "secondleg", *COMMAND, env=env)  # warms the file cache
        rows = [
            (
                wall("-m", "secondleg", *COMMAND, env=env),
                imports(names, env),
                wall("-c", LIBRARIES, env=env),
            )
            for _ in range(runs)
        ]
    for label, column in zip(
        ("preview", "its imports", "libraries alone"), zip(*rows, strict=True), strict=True
    ):
        print(
            f"{label:16} min {min(column):.2f} s  median {statistics.median(column):.2f} s  max {max(column):.2f} s"
        )
    ratio = statistics.median(total / peer for total, _, peer in rows)
    print(f"preview / libraries alone: {ratio:.1f}")


if __name__ == "__main__":
    main()
