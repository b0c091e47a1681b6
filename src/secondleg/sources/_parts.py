"""Part files: downloads that have not ended, each with the validator of what it is a part of beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

__all__ = ["begun", "discard", "note"]


def begun(part: Path, url: str) -> tuple[int, str]:
    """How many bytes of a download are there already, and its validator; 0 if it cannot be gone on with."""
    try:
        noted = json.loads(_beside(part).read_text("utf-8"))
        size = part.stat().st_size
    except (OSError, ValueError):
        return 0, ""
    if noted.get("url") != url or not noted.get("validator"):
        return 0, ""
    return size, str(noted["validator"])


def note(part: Path, url: str, headers: Mapping[str, str] | None) -> None:
    """Put the validator beside a part file; a weak ETag does not say that bytes are the same (RFC 9110, 8.8.1)."""
    validator = None
    if headers is not None:
        etag = headers.get("ETag", "")
        validator = etag if etag and not etag.startswith("W/") else headers.get("Last-Modified")
    _beside(part).write_text(json.dumps({"url": url, "validator": validator}), encoding="utf-8")


def _beside(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def discard(part: Path) -> None:
    part.unlink(missing_ok=True)
    _beside(part).unlink(missing_ok=True)
