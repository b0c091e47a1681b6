"""How a preview looks: in the terminal, as Markdown and as one HTML page with charts.

Every renderer is a pure function of the preview document (a plain, JSON-able mapping built by the desk).
Nothing here asks the archive or works out a chance; rich, Altair and vl-convert are imported by the function
that needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondleg.desk.render.facts import Document
from secondleg.desk.render.markdown import to_markdown

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Document", "to_html", "to_markdown", "to_terminal"]


def to_terminal(doc: Document, console: Console, *, evidence: bool = False) -> None:
    """Print the preview on a rich console; see `secondleg.desk.render.terminal`."""
    from secondleg.desk.render import terminal

    terminal.to_terminal(doc, console, evidence=evidence)


def to_html(doc: Document) -> str:
    """Return the preview as one self-contained HTML page; see `secondleg.desk.render.page`.

    Raises `MissingExtra` without the `charts` extra.
    """
    from secondleg.desk.render import page

    return page.to_html(doc)
