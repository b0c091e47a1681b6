"""Files: finding them, their upstream names, and their text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from secondleg.errors import SourceError

__all__ = ["below", "decode", "document_name", "find"]

_REPOSITORIES: Final = (
    "england",
    "italy",
    "espana",
    "deutschland",
    "europe",
    "champions-league",
    "austria",
    "belgium",
)
"""Upstream's repositories: a document's name begins with one of them."""
_OF_A_COUNTRY: Final = re.compile(r"\d{4}(?:-\d\d)?_[a-z]{2,3}(?:\d|cup|supercup)[a-z]?\.txt")
_NOT_DATA: Final = ("readme", "notes", "license", "licence", "changelog", "contributing")
_LIST: Final = re.compile(r"\.(?:clubs|stadiums|grounds|leagues|props|wiki)\b")
"""Of the repositories beside the results: `eng.clubs.txt`, `eng.stadiums.txt`."""
_MOJIBAKE: Final = re.compile(r"[ÂÃÄÅ][\u0080-\u00bf]|\ufffd")
_AGAIN: Final = "Get the file again from its source; Football.TXT is UTF-8."


def find(roots: Path | Sequence[Path]) -> list[tuple[str, Path]]:
    """All Football.TXT files at and below `roots`, by document name, each once.

    Raises SourceError for a root that does not exist, for one that holds no file, and for two different
    files that claim the same document.
    """
    found: dict[str, Path] = {}
    for root in [roots] if isinstance(roots, Path) else roots:
        root = root.resolve()
        if not root.exists():
            raise SourceError("there is no such file or folder", file=str(root), hint="Check the path.")
        paths = below(root)
        if not paths:
            raise SourceError(
                "holds no .txt file", file=str(root), hint="Give a folder of Football.TXT files."
            )
        for path in paths:
            name = document_name(path)
            other = found.setdefault(name, path)
            if other != path and other.read_bytes() != path.read_bytes():
                raise SourceError(
                    f"differs from {other}, and both are {name!r} by name",
                    file=str(path),
                    hint="Give only one of them.",
                )
    return sorted(found.items())


def below(path: Path) -> list[Path]:
    """The files at or below `path` that can be Football.TXT by name: no READMEs, no lists of clubs or grounds.

    Lists beside the results have a second dot in their names.
    """
    paths = [path] if path.is_file() else sorted(path.rglob("*.txt"))
    return [
        file
        for file in paths
        if file.suffix == ".txt"
        and not file.name.lower().startswith(_NOT_DATA)
        and not _LIST.search(file.name)
        and "." not in file.stem
        and file.is_file()
    ]


def document_name(path: Path) -> str:
    """A file's name upstream, "england/2023-24/facup.txt", wherever its folder lies on this machine.

    It begins with the innermost folder that is called like one of the upstream repositories; a file below no
    such folder keeps its last three components, or only its last two at the top of a disk.
    """
    parts = path.resolve().parts[1:]
    for index in range(len(parts) - 2, -1, -1):
        folder = re.sub(r"-(?:master|main)$", "", parts[index])
        if folder in _REPOSITORIES:
            return "/".join((folder, *parts[index + 1 :]))
    if _OF_A_COUNTRY.fullmatch(parts[-1]) and len(parts) > 1:
        return "/".join(("europe", *parts[-2:]))
    return "/".join(parts[-3:])


def decode(data: bytes, document: str) -> str:
    """The text of a file, with line ends made `\\n`.

    Raises SourceError for bytes that are not UTF-8, for text that was decoded wrongly on its way, and for
    NUL bytes.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8",
            file=document,
            line=line,
            hint=_AGAIN,
        ) from None
    if (nul := text.find("\0")) >= 0:
        line = text.count("\n", 0, nul) + 1
        raise SourceError(
            "a NUL byte: the file is not text or is damaged", file=document, line=line, hint=_AGAIN
        )
    if found := _MOJIBAKE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise SourceError(
            f"{found[0]!r} is a letter that was decoded wrongly before", file=document, line=line, hint=_AGAIN
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")
