"""README.md and docs/ say what the programs print: every example is run on the starter archive and compared.

    python tests/test_readme.py           # compare
    python tests/test_readme.py --write   # put today's output into the files; `make docs` does it too

What is run, by the language of a fenced block:

- `console`: each line after `$ ` is a command (lines after `> ` go on with it); what follows it is all that it prints,
  on both streams, 80 columns wide. The commands of a block follow one another in one folder.
  `make preview` stands for its recipe in the Makefile.
- `python`: the blocks of one file run one after the other as one program; what one prints stands in a `text` block
  right after it.
- `json`: a part of what the last command before it printed as JSON: each key is there with the value shown.

A line `…` stands for lines left out; in JSON, an item "…" for items left out (the one after it is known by the first
words of its first key), a value "…" for anything, and numbers are rounded to three decimals.
A comment `<!-- not run: why -->` before a block says that it cannot run here, offline and in seconds.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
FILES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CUT = "…"
_FENCE = re.compile(
    r"(?:<!-- not run: (?P<why>[^\n]*) -->\n+)?^```(?P<language>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_RUN = ("console", "python", "json")


@dataclass(frozen=True)
class Block:
    """One fenced block; `start` and `end` are places of its body in the file's text."""

    file: Path
    language: str
    body: str
    start: int
    end: int
    line: int
    not_run: str | None

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}"


def blocks(file: Path) -> list[Block]:
    text = file.read_text("utf-8")
    return [
        Block(
            file,
            found["language"],
            found["body"],
            found.start("body"),
            found.end("body"),
            text.count("\n", 0, found.start("body")),
            found["why"],
        )
        for found in _FENCE.finditer(text)
    ]


# -- commands -----------------------------------------------------------------------------------------


def commands(body: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with what is printed after it."""
    parts = re.split(r"^\$ (.*(?:\n>.*)*)\n", body, flags=re.MULTILINE)
    assert not parts[0].strip(), f"a console block begins with a command, not with {parts[0]!r}"
    return list(zip(parts[1::2], parts[2::2], strict=True))


@cache
def _home() -> Path:
    """An empty home folder: no archive of the user's, no settings."""
    home = Path(tempfile.mkdtemp(prefix="secondleg-readme-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


@cache
def printed(command: str) -> str:
    """What a command prints, as a terminal of 80 columns would show it without colours."""
    if command == "make preview":
        makefile = (ROOT / "Makefile").read_text("utf-8")
        recipe = re.search(r"^preview:.*\n\t@?(.*)$", makefile, re.MULTILINE)
        assert recipe is not None
        command = recipe[1].replace("$(BIN)/", "")
    command = re.sub(r"\n> ?", "\n", command)
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SECONDLEG_", "XDG_", "COV_", "PYTEST_"))
    }
    env |= {"HOME": str(_home()), "XDG_DATA_HOME": str(_home() / "data"), "COLUMNS": "80", "NO_COLOR": "1"}
    env |= {"PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', '')}"
    ran = subprocess.run(
        ["sh", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=env,
        cwd=_home(),
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert ran.returncode in (0, 2), f"{command} ended with {ran.returncode}:\n{ran.stdout}"
    return ran.stdout.replace(str(_home()), "~")


def lines_of(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def differs(shown: str, real: str) -> str | None:
    """Where the shown output is not the real one, in words; None if it is."""
    segments: list[list[str]] = [[]]
    for line in lines_of(shown):
        if line == CUT:
            segments.append([])
        else:
            segments[-1].append(line)
    have, at = lines_of(real), 0
    for number, segment in enumerate(segments):
        wanted = segment if len(segments) == 1 else _without_margin(segment, number, len(segments))
        last = number == len(segments) - 1
        starts = [at] if number == 0 else range(at, len(have) - len(wanted) + 1)
        if last and number > 0:
            starts = [max(at, len(have) - len(wanted))]
        found = next((s for s in starts if have[s : s + len(wanted)] == wanted), None)
        if found is None or (last and found + len(wanted) != len(have)):
            return f"shown:\n{chr(10).join(segment)}\nbut printed:\n{chr(10).join(have)}"
        at = found + len(wanted)
    return None


def _without_margin(segment: list[str], number: int, segments: int) -> list[str]:
    """A segment without the blank lines that set off the cuts beside it."""
    out = list(segment)
    while number > 0 and out and not out[0]:
        out.pop(0)
    while number < segments - 1 and out and not out[-1]:
        out.pop()
    return out


# -- python and json ----------------------------------------------------------------------------------


def python_outputs(file: Path) -> list[tuple[Block, str]]:
    """What each Python block of a file prints; the blocks share their names."""
    names: dict[str, Any] = {"__name__": "__main__"}
    found = []
    for block in blocks(file):
        if block.language == "python" and block.not_run is None:
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.chdir(_home()):
                exec(compile(block.body, str(block), "exec", dont_inherit=True), names)
            found.append((block, out.getvalue()))
    return found


def text_after(block: Block) -> Block | None:
    """The `text` block that shows what a Python block prints."""
    following = next((b for b in blocks(block.file) if b.start > block.end), None)
    if following is None or following.language != "text":
        return None
    between = block.file.read_text("utf-8")[block.end : following.start]
    return following if re.fullmatch(r"```\s*```text\n", between) else None


def filled(shown: Any, real: Any, where: str = "") -> Any:
    """What a JSON excerpt would show of the real value: the same keys, the same cuts.

    Raises AssertionError where the real value has no such key.
    """
    if shown == CUT:
        return CUT
    if isinstance(shown, dict):
        assert isinstance(real, dict), f"{where}: not an object"
        assert shown.keys() <= real.keys(), f"{where}: no {', '.join(sorted(shown.keys() - real.keys()))}"
        return {key: filled(value, real[key], f"{where}.{key}") for key, value in shown.items()}
    if isinstance(shown, list) and CUT in shown:
        assert isinstance(real, list), f"{where}: not a list"
        return _filled_with_cuts(shown, real, where)
    if isinstance(shown, list):
        assert isinstance(real, list), f"{where}: not a list"
        assert len(shown) == len(real), f"{where}: {len(real)} items, not {len(shown)}"
        return [filled(s, r, f"{where}[{i}]") for i, (s, r) in enumerate(zip(shown, real, strict=True))]
    if isinstance(shown, float) and isinstance(real, float):
        return round(real, 3)
    return real


def _filled_with_cuts(shown: list[Any], real: list[Any], where: str) -> list[Any]:
    """A list with some of its items; one after a cut is known by the value of its first key."""
    out: list[Any] = []
    at = 0
    for before, item in zip([None, *shown], shown, strict=False):
        if item == CUT:
            out.append(CUT)
            continue
        if before == CUT:
            first, value = next(iter(item.items()))
            rest = range(at, len(real))
            found = next(
                (i for i in rest if _opening([str(real[i].get(first))]) == _opening([str(value)])), None
            )
            assert found is not None, f"{where}: no item with {first} {value!r}"
            at = found
        assert at < len(real), f"{where}: only {len(real)} items"
        out.append(filled(item, real[at], f"{where}[{at}]"))
        at += 1
    if shown[-1] != CUT:
        assert at == len(real), f"{where}: {len(real) - at} items more"
    return out


def json_source(block: Block) -> Any:
    """The document that a JSON block is a part of: of the last command before it that asks for JSON."""
    asked = [
        command
        for other in blocks(block.file)
        if other.language == "console" and other.start < block.start
        for command, _ in commands(other.body)
        if "--format json" in command
    ]
    assert asked, f"{block}: no command before it asks for JSON"
    source = re.sub(r" (?:-o|--output) \S+", "", asked[-1])
    return json.loads(printed(f"{source} --archive starter" if "--archive" not in source else source))


# -- tests --------------------------------------------------------------------------------------------


def _of(language: str) -> list[Any]:
    found = [b for file in FILES if file.exists() for b in blocks(file)]
    return [
        pytest.param(b, id=str(b))
        for b in found
        if b.language == language and (language != "console" or b.not_run is None) and b.not_run is None
    ]


@pytest.mark.parametrize("block", _of("console"))
def test_a_command_prints_what_is_shown(block: Block) -> None:
    for command, shown in commands(block.body):
        assert not (wrong := differs(shown, printed(command))), f"{block}: $ {command}\n{wrong}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_python_runs_and_prints_what_is_shown(file: Path) -> None:
    for block, out in python_outputs(file):
        shown = text_after(block)
        assert shown is not None or not out, f"{block} prints something that is not shown"
        if shown is not None:
            assert not (wrong := differs(shown.body, out)), f"{block}: {wrong}"


@pytest.mark.parametrize("block", _of("json"))
def test_a_json_excerpt_is_part_of_the_document(block: Block) -> None:
    shown = json.loads(block.body)
    assert filled(shown, json_source(block), str(block)) == shown


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text("utf-8")):
        assert (file.parent / target).exists(), f"{file.name} links to {target}"


def test_what_is_not_run_says_why_and_is_little() -> None:
    every = [b for file in FILES for b in blocks(file) if b.language in _RUN]
    assert all(b.not_run is None or len(b.not_run) > 10 for b in every)
    assert sum(b.not_run is not None for b in every) <= len(every) / 3


def test_a_cut_hides_no_change() -> None:
    real = "a\nb\n\nc\nd\ne\n"
    assert differs(real, real) is None
    assert differs("a\nb\n\n…\n\ne\n", real) is None
    assert differs("a\n…\nc\n…\ne\n", real) is None
    for wrong in (
        "a\nx\n…\ne\n",
        "a\n…\nd\n",
        "a\nb\n",
        "b\n…\ne\n",
        "a\n…\nx\n…\ne\n",
        "a\n…\nd\n…\nc\ne\n",
    ):
        assert differs(wrong, real) is not None


def test_a_json_excerpt_with_a_wrong_value_or_key_is_found() -> None:
    real = {"a": 1, "b": [{"c": 0.126}, {"c": 2.0}], "g": 0.12649, "d": {"e": "f"}}
    assert filled({"b": [{"c": 0.126}, "…"]}, real) == {"b": [{"c": 0.126}, "…"]}
    assert filled({"a": 2, "d": "…"}, real) == {"a": 1, "d": "…"}
    assert filled({"g": 0.5}, real) == {"g": 0.126}
    assert filled({"b": ["…", {"c": 2.0}]}, real) == {"b": ["…", {"c": 2.0}]}
    with pytest.raises(AssertionError, match="no z"):
        filled({"d": {"z": 1}}, real)
    with pytest.raises(AssertionError, match="no item"):
        filled({"b": ["…", {"c": 3.0}]}, real)
    with pytest.raises(AssertionError, match="1 items more"):
        filled({"b": ["…", {"c": 0.126}]}, real)
    with pytest.raises(AssertionError, match="2 items"):
        filled({"b": [{"c": 0.126}]}, real)


# -- writing ------------------------------------------------------------------------------------------


def _opening(paragraph: list[str]) -> str:
    """The first words of a paragraph, by which it is known again."""
    return " ".join(paragraph[0].split()[:3]) if paragraph else ""


def _paragraphs(lines: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def renewed(shown: str, real: str) -> str:
    """The real output with the cuts of the shown one.

    A cut between paragraphs keeps those that open as before; another one keeps as many lines as before on
    both sides.
    """
    have, old = lines_of(real), lines_of(shown)
    if CUT not in old:
        return "\n".join(have)
    if [CUT] in _paragraphs(old):
        kept: list[list[str]] = []
        rest = _paragraphs(have)
        for paragraph in _paragraphs(old):
            if paragraph == [CUT]:
                kept.append(paragraph)
                continue
            at = next((i for i, p in enumerate(rest) if _opening(p) == _opening(paragraph)), None)
            if at is None:
                print(f"no paragraph opens with {_opening(paragraph)!r} now: look at the cuts by hand")
                continue
            kept.append(rest[at])
            rest = rest[at + 1 :]
        return "\n\n".join("\n".join(paragraph) for paragraph in kept)
    first = old.index(CUT)
    after = len(old) - first - 1
    return "\n".join([*have[:first], CUT, *(have[-after:] if after else [])])


def write() -> None:
    """Put what the programs print now into the files."""
    for file in FILES:
        text = file.read_text("utf-8")
        new: dict[int, tuple[int, str]] = {}
        for block in blocks(file):
            if block.not_run is not None:
                continue
            if block.language == "console":
                parts = [
                    f"$ {c}\n{out}\n" if (out := renewed(s, printed(c))) else f"$ {c}\n"
                    for c, s in commands(block.body)
                ]
                new[block.start] = (block.end, "".join(parts))
            elif block.language == "json":
                try:
                    excerpt = filled(json.loads(block.body), json_source(block), str(block))
                except AssertionError as changed:
                    print(f"{changed}: look at this excerpt by hand")
                    continue
                new[block.start] = (block.end, json.dumps(excerpt, ensure_ascii=False, indent=2) + "\n")
        for block, out in python_outputs(file):
            if (after := text_after(block)) is not None:
                new[after.start] = (after.end, renewed(after.body, out) + "\n")
        for start in sorted(new, reverse=True):
            end, body = new[start]
            text = text[:start] + body + text[end:]
        if text != file.read_text("utf-8"):
            file.write_text(text, "utf-8")
            print(f"{file.relative_to(ROOT)}: written anew")


def main() -> int:
    """Run the module as a script; the docstring of the module says how."""
    if "--write" in sys.argv[1:]:
        write()
        return 0
    return subprocess.call(shlex.split(f"{shlex.quote(sys.executable)} -m pytest -q {shlex.quote(__file__)}"))


if __name__ == "__main__":
    sys.exit(main())
