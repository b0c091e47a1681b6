"""The house's own rules: who may import whom, what starts quickly, what every module has."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "secondleg"
MODULES = sorted(SOURCE.rglob("*.py"))
BELOW: dict[str, set[str]] = {
    "football": set(),
    "archive": {"football"},
    "sources": {"football", "archive"},
    "strength": {"football", "archive"},
    "records": {"football", "archive"},
    "forecast": {"football", "archive", "sources", "strength", "records"},
    "language": {"football", "archive", "sources", "strength", "records"},
}
BELOW["desk"] = set(BELOW)
BELOW["faces"] = set(BELOW)
LONGEST = 450
"""Lines of a module: one past this is two."""
MACHINE_PATHS = re.compile("/" + r"work/|(?<![\w.])/" + r"tmp/(?!secondleg-)")


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_only_rooms_below_it(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0]
    if room not in BELOW:
        return
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("secondleg.")}
    assert rooms <= BELOW[room] | {room, "errors", "__version__"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_scipy_is_for_tests(path: Path) -> None:
    assert not any(name.split(".")[0] == "scipy" for name in imported(path))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_and_what_it_offers(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    if path.name == "__init__.py" and not tree.body:
        return
    assert ast.get_docstring(tree)
    if path.name.startswith("_") and path.name not in ("__init__.py", "__main__.py"):
        return
    bound = {
        target.id
        for node in tree.body
        for target in (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        if isinstance(target, ast.Name)
    }
    defines = any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ImportFrom) for node in tree.body)
    assert "__all__" in bound or not defines


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_too_long(path: Path) -> None:
    assert path.read_text("utf-8").count("\n") <= LONGEST


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    script = "import json, sys; import secondleg.faces.cli; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert not loaded & {"duckdb", "numpy", "pyarrow", "altair", "scipy", "rapidfuzz", "pandas"}


def repository_files() -> list[Path]:
    """The files of the repository, without what is ignored."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_no_file_names_a_path_of_one_machine() -> None:
    found = []
    for path in repository_files():
        if not path.is_file() or path.suffix in (".lock", ".png"):
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {m[0]}" for m in MACHINE_PATHS.finditer(text)]
    assert found == []
