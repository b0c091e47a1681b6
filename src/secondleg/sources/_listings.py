"""What a mirror holds: by its MANIFEST, or by its index pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from html.parser import HTMLParser
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from secondleg.errors import DownloadError
from secondleg.sources.cache import relative
from secondleg.sources.fetch import Fetcher, Item, Page
from secondleg.sources.remotes import Place

__all__ = ["links", "manifest_items", "walked_items"]

_DEEPEST: Final = 6
"""Folders below folders that are walked in a mirror."""
_MOST_PAGES: Final = 5000
"""Index pages of one source; a server that invents folders without end is left at that."""
_MANIFEST_LINE: Final = re.compile(r"(?P<sha256>[0-9a-fA-F]{64}) [ *]?(?P<path>\S.*)")


def manifest_items(fetcher: Fetcher, base: str) -> list[Item] | None:
    """The files that a mirror's `MANIFEST` names, each with its SHA-256; None if the mirror has none."""
    address = f"{base}MANIFEST"
    page = fetcher.page(address, optional=True)
    if page is None or page.kind.startswith("text/html"):
        return None
    items = []
    for number, line in enumerate(page.text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _MANIFEST_LINE.fullmatch(line.rstrip())
        if found is None:
            raise _unreadable(address, f"line {number} is not a SHA-256 and a path")
        path = relative(found["path"].removeprefix("./"), address)
        items.append(Item(url=base + quote(path), path=path, sha256=found["sha256"].lower()))
    return items


def walked_items(fetcher: Fetcher, base: str, place: Place, pool: Executor) -> list[Item]:
    """The files of a source that a mirror's index pages name; empty if the mirror has no such folder."""
    root = f"{base}{quote(place.folder)}/"
    level, seen, items = [(root, "")], {root}, []
    for _ in range(_DEEPEST):
        pages = pool.map(_listing(fetcher, optional=root), [address for address, _ in level])
        below: list[tuple[str, str]] = []
        for (address, path), page in zip(level, pages, strict=True):
            if page is None:
                continue
            if not page.url.startswith(root):
                raise _unreadable(address, f"leads to {page.url}, out of the mirror")
            files, folders = links(page.url, page.text())
            for name in files:
                if re.fullmatch(place.pattern, path + name):
                    items.append(Item(page.url + quote(name), f"{place.folder}/{path}{name}"))
            for name in folders:
                further = f"{page.url}{quote(name)}/"
                if further not in seen:
                    seen.add(further)
                    below.append((further, f"{path}{name}/"))
        if len(seen) > _MOST_PAGES:
            raise _unreadable(root, f"has more than {_MOST_PAGES:,} folders")
        level = below
    return items


def links(address: str, html: str) -> tuple[list[str], list[str]]:
    """The names of the files and of the folders right below an index page.

    All else that it links to is left out: its own parent, other sorts of itself, other hosts, anything above it or
    further down, and names that would not stay in a folder.
    """
    reader = _Links()
    reader.feed(html)
    at = urlsplit(address)
    files: dict[str, None] = {}
    folders: dict[str, None] = {}
    for href in reader.found:
        try:
            to = urlsplit(urljoin(address, href))
        except ValueError:
            continue
        if (to.scheme, to.netloc) != (at.scheme, at.netloc) or to.query or not to.path.startswith(at.path):
            continue
        name = unquote(to.path[len(at.path) :])
        is_folder = name.endswith("/")
        name = name.removesuffix("/")
        if not name or "/" in name or name.startswith(".") or not _stays(name, address):
            continue
        (folders if is_folder else files)[name] = None
    return list(files), list(folders)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def _listing(fetcher: Fetcher, optional: str) -> Callable[[str], Page | None]:
    """Gets index pages; only the one at `optional` may be absent."""

    def get(address: str) -> Page | None:
        page = fetcher.page(address, accept="text/html", optional=address == optional)
        if page is not None and not page.kind.startswith(("text/html", "application/xhtml+xml")):
            raise _unreadable(address, f"is no index page ({page.kind or 'of unknown type'})")
        return page

    return get


def _stays(name: str, address: str) -> bool:
    try:
        return bool(relative(name, address))
    except DownloadError:
        return False


def _unreadable(address: str, problem: str) -> DownloadError:
    return DownloadError(
        problem, address=address, hint="Check the address, or use another mirror with --from."
    )
