"""What a response's headers and address say."""

from __future__ import annotations

import email.utils
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    import httpx

__all__ = ["content_range", "limit_ends", "number", "retry_after", "same_name"]


def content_range(text: str) -> tuple[int | None, int | None]:
    """The first byte of a partial answer and the size of the whole file (`bytes 100-199/200`)."""
    found = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", text.strip())
    return (None, None) if found is None else (int(found[1]), number(found[2]))


def same_name(response: httpx.Response, url: str) -> bool:
    """Whether a redirect, if any, led to a file of the same name: some servers send to the name most alike."""
    asked, came = (unquote(urlsplit(str(u)).path).rsplit("/", 1)[-1] for u in (url, response.url))
    return asked.lower() == came.lower()


def number(text: str | None) -> int | None:
    """A header that is a number; None if it is not."""
    return int(text) if text is not None and text.isdecimal() else None


def retry_after(text: str | None) -> float | None:
    """Seconds from now of a Retry-After, which is a number of seconds or a date."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def limit_ends(response: httpx.Response) -> str:
    """When GitHub's hourly limit ends, as it tells (X-RateLimit-Reset, seconds since 1970)."""
    seconds = number(response.headers.get("X-RateLimit-Reset"))
    return "an hour from now" if seconds is None else time.strftime("%H:%M", time.localtime(seconds))
