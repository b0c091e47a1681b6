"""Makes `tests/support` importable from every suite, and sets up hypothesis for a shared machine."""

from __future__ import annotations

from hypothesis import settings

# a time limit a test case says more about the machine's other work than about the code
settings.register_profile("house", deadline=None)
settings.load_profile("house")
