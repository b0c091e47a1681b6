"""`secondleg data pull`: sources from their own addresses, or from a mirror, into the cache.

Of each source only what has changed is fetched. A fault in one source, or in one of its files, leaves the others
alone; the report tells what could not be had and why. A mirror that is a folder is used in place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from secondleg.errors import BadInput, DownloadError
from secondleg.sources._listings import manifest_items, walked_items
from secondleg.sources._unpack import unpack
from secondleg.sources.cache import Cache, Entry, checksum, default_cache
from secondleg.sources.catalogue import CATALOGUE, Source, source
from secondleg.sources.fetch import Fetched, Fetcher, Item, State
from secondleg.sources.pulled import Failure, PullReport, SourcePull, counted
from secondleg.sources.remotes import Archive, Remote, remotes

__all__ = ["pull"]

Told = Callable[[str, int, int], None]
"""A progress bar: what is being done, how much of it is done, and how much there is."""

_CONNECTIONS: Final = 4
"""To one host at a time."""
_GIVE_UP: Final = 3
"""Files of a source that fail before the rest of it is left alone: the server is at fault, not the files."""
_ZIPS: Final = "zips"
"""The journal of the zip files; several sources can be of one."""


def pull(
    keys: Sequence[str] = (),
    *,
    mirror: str | Path | None = None,
    cache: Path | None = None,
    progress: Told = lambda *_: None,
    known: Mapping[str, Remote] | None = None,
    fetcher: Callable[[], Fetcher] = Fetcher,
    today: dt.date | None = None,
) -> PullReport:
    """Fetch sources, as far as they have changed.

    Args:
        keys: keys of the catalogue; without any, the sources that anybody may use for anything.
        mirror: a folder or an http(s) address that has the files under the layout of the cache.
        cache: where they are kept; the user's own cache folder if not given.
        progress: called with the source, how many of its files are done, and how many there are.
        known: how each source is fetched; the public addresses if not given.
        fetcher: makes the client.
        today: the day up to which there may be files of a season.

    Raises:
        BadInput: an unknown key, a mirror that is neither folder nor address, a cache that is in use or cannot be.
    """
    chosen = [source(key) for key in dict.fromkeys(keys)] or [entry for entry in CATALOGUE if entry.default]
    table = known or remotes()
    if lacking := [entry.key for entry in chosen if entry.key not in table]:
        raise BadInput(
            f"no address is known of {', '.join(lacking)}. Import its files with `secondleg data import`."
        )
    if mirror is not None and not _is_address(mirror):
        return _in_place(chosen, table, Path(mirror), named=bool(keys))
    root = cache or default_cache()
    base = None
    if mirror is not None:
        base = f"{str(mirror).rstrip('/')}/"
        # what a mirror holds is not mixed with what the sources themselves hold
        root = root / "mirrors" / f"{urlsplit(base).hostname}-{hashlib.sha256(base.encode()).hexdigest()[:8]}"
    with Cache(root) as store, fetcher() as client, ThreadPoolExecutor(_CONNECTIONS) as pool:
        run = _Run(store, client, pool, progress)
        plan = (
            _public(today or dt.date.today()) if base is None else _mirrored(client, base, pool, bool(keys))
        )
        try:
            pulled = [run.source(entry, table[entry.key], plan) for entry in chosen]
        except BaseException:
            client.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    if base is not None and not any(found.files or found.failed for found in pulled):
        raise _empty(base, chosen)
    return PullReport(tuple(pulled), str(root))


# --- a mirror in a folder -------------------------------------------------------------------------


def _in_place(
    chosen: Sequence[Source], table: Mapping[str, Remote], root: Path, *, named: bool
) -> PullReport:
    if not root.is_dir():
        raise BadInput(f"{root} is no folder. Give --from a folder, or an address that begins with http.")
    pulled = []
    for entry in chosen:
        files = tuple(sorted(_matching(root, table[entry.key])))
        failed = () if files or not named else (_holds_nothing(str(root), entry),)
        pulled.append(SourcePull(entry.key, entry.title, files, failed=failed))
    if not any(found.files for found in pulled):
        raise _empty(str(root), chosen)
    return PullReport(tuple(pulled), str(root), in_place=True)


def _matching(root: Path, remote: Remote) -> Iterator[Path]:
    for place in remote.places:
        folder = root / place.folder
        for path in folder.rglob("*"):
            if re.fullmatch(place.pattern, path.relative_to(folder).as_posix()) and path.is_file():
                yield path


def _is_address(mirror: str | Path) -> bool:
    scheme = urlsplit(str(mirror)).scheme
    if scheme in ("http", "https"):
        return True
    if "://" in str(mirror):
        raise BadInput(
            f"{mirror} cannot be fetched. Give --from a folder, or an address that begins with http."
        )
    return False


def _holds_nothing(mirror: str, entry: Source) -> Failure:
    return Failure(
        mirror, f"{mirror}: holds nothing of {entry.key}. Name another mirror, or pull without --from."
    )


def _empty(mirror: str, chosen: Sequence[Source]) -> BadInput:
    return BadInput(
        f"{mirror} holds nothing of {', '.join(e.key for e in chosen)}. docs/sources.md has the layout of a mirror."
    )


# --- what there is to fetch -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Planned:
    """A file to fetch; with `archive`, a zip file to unpack then."""

    item: Item
    archive: Archive | None = None

    @property
    def name(self) -> str:
        """What the report calls it: a file's path, or the folder that is unpacked."""
        return self.archive.into if self.archive else self.item.path


_Plan = Callable[[Remote], list[_Planned]]


def _public(today: dt.date) -> _Plan:
    """What a source has at its own address."""

    def plan(remote: Remote) -> list[_Planned]:
        planned: list[_Planned] = []
        for part in remote.parts:
            if isinstance(part, Archive):
                planned.append(_Planned(Item(part.url, Cache.zip_name(part.url)), part))
                continue
            planned += [
                _Planned(Item(f"{part.base}/{path}", f"{part.into}/{path}", optional=part.optional))
                for path in part.paths(today)
            ]
        return planned

    return plan


def _mirrored(client: Fetcher, base: str, pool: ThreadPoolExecutor, named: bool) -> _Plan:
    """What a mirror has of a source: by its MANIFEST, which is read once, or by its index pages.

    A source that it lacks is a fault only where it was `named`.
    """
    listed: list[list[Item] | DownloadError | None] = []

    def plan(remote: Remote) -> list[_Planned]:
        if not listed:
            try:
                listed.append(manifest_items(client, base))
            except DownloadError as error:
                listed.append(error)
        if isinstance(listed[0], DownloadError):
            raise listed[0]
        if listed[0] is None:
            walked = [item for place in remote.places for item in walked_items(client, base, place, pool)]
            found = list({item.path: item for item in walked}.values())
        else:
            found = [item for item in listed[0] if _belongs(item.path, remote)]
        if not found and named:
            raise DownloadError(
                "holds nothing of this source",
                address=base,
                hint="Name another mirror, or pull without --from.",
            )
        return [_Planned(item) for item in found]

    return plan


def _belongs(path: str, remote: Remote) -> bool:
    return any(
        path.startswith(f"{place.folder}/")
        and re.fullmatch(place.pattern, path.removeprefix(f"{place.folder}/"))
        for place in remote.places
    )


# --- fetching it ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Done:
    """One file after its request: its entry for the journal, None where nothing new is known of it."""

    state: State
    entry: Entry | None = None
    received: int = 0


class _Run:
    """One pull: its cache, its client, and the threads that fetch."""

    def __init__(self, store: Cache, client: Fetcher, pool: ThreadPoolExecutor, progress: Told) -> None:
        self._store = store
        self._client = client
        self._pool = pool
        self._progress = progress
        self._zips: set[str] = set()
        """Zip files that this pull has asked for already."""

    def source(self, entry: Source, remote: Remote, plan: _Plan) -> SourcePull:
        """Fetch one source."""
        what = f"fetching {entry.title}"
        self._progress(what, 0, 0)
        try:
            planned = plan(remote)
        except DownloadError as error:
            return SourcePull(entry.key, entry.title, self._held(entry), failed=(_failure(entry, error),))
        results = self._results(entry, planned, what)
        states: dict[State, list[str]] = {state: [] for state in State}
        failed: list[Failure] = []
        received = 0
        for name, result in results.items():
            if isinstance(result, DownloadError):
                failed.append(_failure(entry, result))
            else:
                states[result.state].append(name)
                received += result.received
        if left := len(planned) - len(results):
            message = f"{entry.key}: {counted(left)} more not asked for after that. Try again later."
            failed.append(Failure(entry.address, message))
        if planned and len(states[State.ABSENT]) == len(planned):
            message = f"{entry.key}: none of its {counted(len(planned))} is there any more. Look for a newer secondleg."
            failed.append(Failure(planned[0].item.url, message))
        removed = self._store.keep_only(entry.key, {each.name for each in planned})
        return SourcePull(
            key=entry.key,
            title=entry.title,
            files=self._held(entry),
            fetched=tuple(sorted(states[State.FETCHED])),
            unchanged=tuple(sorted(states[State.UNCHANGED])),
            absent=tuple(sorted(states[State.ABSENT])),
            removed=removed,
            failed=tuple(failed),
            received=received,
        )

    def _results(
        self, entry: Source, planned: Sequence[_Planned], what: str
    ) -> dict[str, _Done | DownloadError]:
        """What came of each file, by its name; files that were not asked for any more are not there."""
        waiting: dict[Future[_Done], _Planned] = {
            self._pool.submit(self._one, entry.key, each): each for each in planned
        }
        results: dict[str, _Done | DownloadError] = {}
        faults = 0
        for future in as_completed(waiting):
            each = waiting[future]
            if future.cancelled():
                continue
            try:
                results[each.name] = self._noted(entry.key, each, future.result())
            except DownloadError as error:
                results[each.name] = error
                faults += 1
                if faults == _GIVE_UP:
                    for other in waiting:
                        other.cancel()
            self._progress(what, len(results), len(planned))
        return results

    def _one(self, key: str, planned: _Planned) -> _Done:
        """Fetch one file if it has changed; runs in a thread, and writes nothing into the journal."""
        item = planned.item
        target = self._store.path(item.path)
        held = self._store.entry(_ZIPS if planned.archive else key, item.path)
        if held is not None and item.url in self._zips:
            return _Done(State.UNCHANGED)
        if item.sha256 is not None and target.is_file() and checksum(target)[0] == item.sha256:
            # also where the journal lost its line: the content is what is listed
            return _Done(State.UNCHANGED, None if held else _entry(item, target, Fetched(State.UNCHANGED)))
        conditions: dict[str, str] = {}
        if held is not None and held.url == item.url and item.sha256 is None:
            if held.etag:
                conditions["If-None-Match"] = held.etag
            if held.modified:
                conditions["If-Modified-Since"] = held.modified
        got = self._client.file(item, target, self._store.part(item.url), conditions)
        if got.state is not State.FETCHED:
            return _Done(got.state)
        entry = _entry(item, target, got)
        same = held is not None and held.sha256 == entry.sha256
        return _Done(State.UNCHANGED if same else State.FETCHED, entry, got.received)

    def _noted(self, key: str, planned: _Planned, done: _Done) -> _Done:
        """Write down what came, and unpack it if it is a zip file."""
        if done.entry is not None:
            self._store.record(_ZIPS if planned.archive else key, done.entry)
        if planned.archive is None:
            return done
        self._zips.add(planned.item.url)
        return _Done(self._unpacked(key, planned.item, planned.archive), received=done.received)

    def _unpacked(self, key: str, item: Item, archive: Archive) -> State:
        """Unpack a repository if that was not done, or if its files are no longer what they were."""
        file, folder = self._store.path(item.path), self._store.path(archive.into)
        zipped = self._store.entry(_ZIPS, item.path)
        before = self._store.entry(key, archive.into)
        if before is not None and zipped is not None and before.unpacked_from == zipped.sha256:
            return State.UNCHANGED
        try:
            unpack(file, folder, archive.keep, address=item.url)
            tree, size = self._store.tree(archive.into)
            came_from = zipped.sha256 if zipped else checksum(file)[0]
        except OSError as error:
            raise DownloadError(
                f"cannot be unpacked into the cache: {error.strerror or error}",
                address=item.url,
                hint="Make room, or name another folder with --cache.",
            ) from error
        self._store.record(key, Entry(archive.into, item.url, tree, size, unpacked_from=came_from))
        return State.UNCHANGED if before is not None and before.sha256 == tree else State.FETCHED

    def _held(self, entry: Source) -> tuple[Path, ...]:
        return tuple(sorted(self._store.held(entry.key)))


def _entry(item: Item, target: Path, got: Fetched) -> Entry:
    sha256, size = checksum(target)
    return Entry(item.path, item.url, sha256, size, got.etag, got.modified)


def _failure(entry: Source, error: DownloadError) -> Failure:
    return Failure(error.address, f"{entry.key}: {error}")
