"""Fetching one address over HTTP: resumed, conditional, checked, and tried again where that can help.

A download goes to a part file beside which its validator (ETag, or Last-Modified) stands; a later attempt, of this
run or another, asks for the rest only as long as the validator is the same (`Range` with `If-Range`, RFC 9110, 13.1.5).
What has come is accepted whole or not at all.
"""

from __future__ import annotations

import contextlib
import random
import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar
from urllib.parse import urlsplit

from secondleg import __version__
from secondleg.errors import DownloadError
from secondleg.sources._bodies import decompressed, refuse_page, refuse_wrong_type
from secondleg.sources._headers import content_range, limit_ends, number, retry_after, same_name
from secondleg.sources._parts import begun, discard, note
from secondleg.sources.cache import checksum

if TYPE_CHECKING:
    import httpx

__all__ = ["Fetched", "Fetcher", "Item", "Page", "Patience", "State"]

_T = TypeVar("_T")

USER_AGENT: Final = f"secondleg/{__version__}"
_REDIRECTS: Final = 5
_PAGE_LIMIT: Final = 32 << 20
"""Bytes of a listing."""
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Status codes of a fault that may pass."""
_ABSENT: Final = frozenset({300, 404, 410})
"""Status codes of a file that is not there; 300 is a server's list of similar names."""
_AGAIN: Final = "Try again later; what has come is kept."


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, in seconds, and how often it is asked."""

    connect: float = 15.0
    read: float = 30.0
    """For the next bytes, not for the whole."""
    attempts: int = 5
    """In a row without a further byte."""
    first_wait: float = 1.0
    """Before the second attempt; doubled before each later one."""
    longest_wait: float = 120.0
    """A server that asks for more is not waited for."""
    largest: int = 1 << 30
    """Bytes of a file."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file to be fetched, and where it goes in the cache."""

    url: str
    path: str
    optional: bool = False
    """It may be absent."""
    sha256: str | None = None


class State(StrEnum):
    """What came of a request for a file."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was asked for; `received` is the bytes that came over the line."""

    state: State
    etag: str | None = None
    modified: str | None = None
    received: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A short document, such as a listing, with the address that it came from in the end."""

    url: str
    kind: str
    body: bytes

    def text(self) -> str:
        """The page as text; bytes that are not UTF-8 are replaced."""
        return self.body.decode("utf-8", "replace")


class _Passing(Exception):
    """A fault that may pass: what it was, whether bytes were gained all the same, and how long to wait."""

    def __init__(self, problem: str, *, gained: int = 0, wait: float | None = None) -> None:
        super().__init__(problem)
        self.gained = gained
        self.wait = wait


class _OutOfReach(_Passing):
    """There is no connection to the server at all."""


class Fetcher:
    """A client of few connections. Open it as a context manager; `stop` ends its downloads from another thread."""

    def __init__(
        self, patience: Patience | None = None, *, sleep: Callable[[float], object] | None = None
    ) -> None:
        self._patience = patience or Patience()
        self._stopped = threading.Event()
        self._sleep = sleep or self._stopped.wait
        self._client: httpx.Client | None = None
        self._out_of_reach: set[str] = set()
        """Hosts that could not be reached after all attempts; nothing further is asked of them."""

    def __enter__(self) -> Self:
        import httpx

        timeout = httpx.Timeout(self._patience.read, connect=self._patience.connect, pool=None)
        # no compression: lengths and ranges are then those of the file
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        self._client = httpx.Client(
            timeout=timeout, headers=headers, follow_redirects=True, max_redirects=_REDIRECTS
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if self._client is not None:
            self._client.close()

    def stop(self) -> None:
        """End all downloads at their next bytes; what has come is kept for the next time."""
        self._stopped.set()

    def file(self, item: Item, target: Path, part: Path, known: Mapping[str, str]) -> Fetched:
        """Fetch a file to `target`, unless it is there already and has not changed.

        Args:
            item: what to fetch.
            target: where it goes, as a whole and as the last step.
            part: where it is put together; its validator goes beside it.
            known: the request headers that ask whether `target` still is what the server has; none if it is not held.

        Raises:
            DownloadError: it cannot be had, or is not what was asked for.
        """
        return self._persist(item.url, lambda: self._file(item, target, part, known))

    def page(self, url: str, *, accept: str = "*/*", optional: bool = False) -> Page | None:
        """A listing; None if it is `optional` and absent. Raises DownloadError."""
        return self._persist(url, lambda: self._page(url, accept, optional))

    # --- one attempt ------------------------------------------------------------------------------

    def _file(self, item: Item, target: Path, part: Path, known: Mapping[str, str]) -> Fetched:
        start, validator = begun(part, item.url)
        headers = {"Range": f"bytes={start}-", "If-Range": validator} if start else dict(known)
        with self._stream(item.url, headers) as response:
            status = response.status_code
            if status == 304 and not start:
                return Fetched(State.UNCHANGED)
            if status == 416:
                discard(part)
                raise _Passing("its rest could not be had", wait=0.0)
            if item.optional and (status in _ABSENT or not same_name(response, item.url)):
                return Fetched(State.ABSENT)
            self._expect(response, item.url, (200, 206) if start else (200,))
            refuse_page(item.path, item.url, response.headers.get("Content-Type", ""))
            whole = None
            if status == 206:
                first, whole = content_range(response.headers.get("Content-Range", ""))
                if first != start:
                    discard(part)
                    raise _Passing("another range came than was asked for")
            received = self._receive(item, response, part, start if status == 206 else 0, whole)
            etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
        try:
            refuse_wrong_type(part, item.path, item.url)
        except DownloadError:
            discard(part)
            raise
        if item.sha256 is not None and checksum(part)[0] != item.sha256:
            discard(part)
            raise _Passing("its checksum is not the one in the listing")
        with _writing(item.url):
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
        discard(part)
        return Fetched(State.FETCHED, etag, modified, received)

    def _receive(
        self, item: Item, response: httpx.Response, part: Path, start: int, whole: int | None
    ) -> int:
        """Write a body to the part file from byte `start` on; returns how many bytes came.

        `whole` is the size of the file as a partial answer tells it.
        """
        encoding = response.headers.get("Content-Encoding", "identity").lower()
        encoded = encoding != "identity"
        length = None if encoded else number(response.headers.get("Content-Length"))
        if whole is not None:
            length = whole - start
        if start + (length or 0) > self._patience.largest:
            raise DownloadError(
                f"has {start + (length or 0):,} bytes, more than the {self._patience.largest:,} that are taken",
                address=item.url,
                hint="This is not the file that secondleg knows.",
            )
        received = 0
        try:
            with _writing(item.url), part.open("ab" if start else "wb") as file:
                if not start:  # only now that the old bytes are gone
                    note(part, item.url, None if encoded else response.headers)
                raw = response.iter_raw()
                for block in decompressed(raw, encoding, item.url) if encoded else raw:
                    file.write(block)
                    received += len(block)
                    self._refuse_excess(item.url, start + received)
                    if self._stopped.is_set():
                        raise _stopped(item.url)
        except zlib.error as error:
            raise _Passing(f"its compression is damaged ({error})") from error
        except Exception as error:
            if _is_passing(error):
                raise _Passing(_in_words(error, self._patience), gained=received) from error
            raise
        if length is not None and received != length:
            raise _Passing(f"ended after {received:,} of {length:,} bytes", gained=received)
        return received

    def _refuse_excess(self, url: str, size: int) -> None:
        if size > self._patience.largest:
            raise DownloadError(
                f"has more than the {self._patience.largest:,} bytes that are taken",
                address=url,
                hint="This is not the file that secondleg knows.",
            )

    def _page(self, url: str, accept: str, optional: bool) -> Page | None:
        with self._stream(url, {"Accept": accept}) as response:
            if optional and response.status_code in _ABSENT:
                return None
            self._expect(response, url, (200,))
            body = bytearray()
            for block in response.iter_bytes():
                body += block
                if len(body) > _PAGE_LIMIT:
                    raise DownloadError(
                        f"is a listing of more than {_PAGE_LIMIT:,} bytes",
                        address=url,
                        hint="Check the address.",
                    )
            length = number(response.headers.get("Content-Length"))
            if length is not None and len(body) < length and "Content-Encoding" not in response.headers:
                raise _Passing(f"ended after {len(body):,} of {length:,} bytes")
            return Page(str(response.url), response.headers.get("Content-Type", ""), bytes(body))

    @contextlib.contextmanager
    def _stream(self, url: str, headers: Mapping[str, str]) -> Any:
        import httpx

        if self._client is None:
            raise RuntimeError("a Fetcher is used as a context manager")
        if self._stopped.is_set():
            raise _stopped(url)
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                if url.startswith("https:") and response.url.scheme != "https":
                    raise DownloadError(
                        f"leads to {response.url}, which is not encrypted",
                        address=url,
                        hint="Try again later, or use a mirror with --from.",
                    )
                yield response
        except httpx.TooManyRedirects as error:
            raise DownloadError(
                f"was redirected more than {_REDIRECTS} times", address=url, hint="Check the address."
            ) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise DownloadError(
                f"is no address that can be fetched ({error})", address=url, hint="Check the address."
            ) from error
        except httpx.DecodingError as error:
            raise _Passing("its compression is damaged") from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise _OutOfReach(_in_words(error, self._patience)) from error
        except httpx.TransportError as error:
            raise _Passing(_in_words(error, self._patience)) from error

    def _expect(self, response: httpx.Response, url: str, wanted: tuple[int, ...]) -> None:
        """Raise what a status code other than those `wanted` means."""
        status = response.status_code
        if status in wanted:
            return
        said = f"the server answers {status} {response.reason_phrase}".rstrip()
        if status in (403, 429) and response.headers.get("X-RateLimit-Remaining") == "0":
            raise DownloadError(
                f"{said}: it answers no further requests from here before {limit_ends(response)}",
                address=url,
                hint="Try again after that.",
            )
        if status in _PASSING:
            raise _Passing(said, wait=retry_after(response.headers.get("Retry-After")))
        if status in _ABSENT:
            hint = "Upstream may have moved it: look for a newer secondleg, or use a mirror with --from."
            raise DownloadError(f"there is no such file ({status})", address=url, hint=hint)
        raise DownloadError(
            said, address=url, hint="Check the address in a browser, or use a mirror with --from."
        )

    # --- attempts ---------------------------------------------------------------------------------

    def _persist(self, url: str, once: Callable[[], _T]) -> _T:
        """Try until it works; give up after `attempts` in a row that brought nothing, or four times as many in all."""
        host = urlsplit(url).netloc
        failures = 0
        for _ in range(4 * self._patience.attempts):
            if host in self._out_of_reach:
                raise DownloadError(f"{host} cannot be reached", address=url, hint=_AGAIN)
            try:
                return once()
            except _Passing as problem:
                last = problem
            failures = 1 if last.gained else failures + 1
            if failures >= self._patience.attempts:
                break
            self._wait(url, last, failures)
        if isinstance(last, _OutOfReach):
            self._out_of_reach.add(host)
        raise DownloadError(f"{last}; given up after several attempts", address=url, hint=_AGAIN) from last

    def _wait(self, url: str, problem: _Passing, failures: int) -> None:
        wait = min(self._patience.first_wait * 2.0 ** (failures - 1), self._patience.longest_wait)
        wait *= random.uniform(1.0, 1.25)  # so that parallel downloads do not come back at one moment
        if problem.wait is not None:
            if problem.wait > self._patience.longest_wait:
                raise DownloadError(
                    f"{problem}, and asks for {problem.wait:,.0f} s of patience", address=url, hint=_AGAIN
                ) from problem
            wait = problem.wait
        self._sleep(wait)
        if self._stopped.is_set():
            raise _stopped(url)


# --- small things ---------------------------------------------------------------------------------


@contextlib.contextmanager
def _writing(url: str) -> Any:
    try:
        yield
    except OSError as error:
        raise DownloadError(
            f"cannot be written to the cache: {error.strerror or error}",
            address=url,
            hint="Make room, or name another folder with --cache.",
        ) from error


def _stopped(url: str) -> DownloadError:
    return DownloadError("stopped", address=url, hint="The next pull goes on from there.")


def _is_passing(error: Exception) -> bool:
    import httpx

    return isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)


def _in_words(error: Exception, patience: Patience) -> str:
    import httpx

    if isinstance(error, httpx.ConnectTimeout):
        return f"cannot be reached within {patience.connect:g} s"
    if isinstance(error, httpx.TimeoutException):
        return f"nothing came for {patience.read:g} s"
    if isinstance(error, httpx.ConnectError | httpx.ProxyError):
        return f"cannot be reached ({error})"
    return "the connection broke off"
