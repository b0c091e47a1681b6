"""Long work shows that it goes on; short work, and work that nobody watches, shows nothing."""

from __future__ import annotations

import io
import threading

import pytest
from rich.console import Console

from secondleg.faces.common import working


def terminal() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=80)


def told(console: Console) -> str:
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


class Seen(Console):
    """A terminal that tells when something is written to it."""

    def __init__(self) -> None:
        super().__init__(file=io.StringIO(), force_terminal=True, width=80)
        self.written = threading.Event()

    def print(self, *args: object, **options: object) -> None:
        super().print(*args, **options)  # type: ignore[arg-type]
        self.written.set()


def test_long_work_is_seen_and_leaves_nothing_running() -> None:
    console = Seen()
    before = set(threading.enumerate())
    with working("Asking", after=0, console=console):
        assert console.written.wait(10)
    assert "Asking" in told(console)
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive()


def test_short_work_shows_nothing() -> None:
    console = terminal()
    with working("Asking", after=60, console=console):
        pass
    assert told(console) == ""


def test_an_error_ends_it() -> None:
    console = Seen()
    with pytest.raises(ValueError, match="wrong"), working("Asking", after=0, console=console):
        assert console.written.wait(10)
        raise ValueError("wrong")


def test_nothing_is_written_where_nobody_watches(capfd: pytest.CaptureFixture[str]) -> None:
    with working("Asking", after=0):
        threading.Event().wait(0.05)
    assert capfd.readouterr() == ("", "")
