"""secondleg: a football match-preview desk. Every sentence from data, with the matches behind it."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
