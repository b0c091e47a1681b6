"""The public sources as a list for people, for `secondleg data sources`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from secondleg.sources.catalogue import CATALOGUE

__all__ = ["sources", "to_text"]


def sources() -> dict[str, Any]:
    """Every source of the catalogue, with its licence and what it gives."""
    hidden = {"module"}
    return {"sources": [{k: v for k, v in asdict(s).items() if k not in hidden} for s in CATALOGUE]}


def to_text(document: dict[str, Any]) -> str:
    """The list as text: a paragraph for each source."""
    paragraphs = []
    for entry in document["sources"]:
        taken = "pulled by default" if entry["default"] else "pulled only when named"
        paragraphs.append(
            f"{entry['key']}: {entry['title']}\n"
            f"  {entry['gives']}\n"
            f"  {entry['address']}; {entry['licence']}; {taken}\n"
            f"  {entry['terms']}"
        )
    return "\n".join(paragraphs)
