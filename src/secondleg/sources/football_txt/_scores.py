"""Score expressions: `2-1 (1-0)`, `3-4 pen. 1-1 a.e.t. (1-1, 0-1)`, `10-9 pen. (1-1, 0-1)`, `2-1 n.V. (1-1)`.

Brackets hold the score after 90 minutes, then at half-time, where there was extra time or a shoot-out; else
the score at half-time. A score of its own before a bracket is the final one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["EXPRESSION", "Scores", "parse"]

Pair = tuple[int, int]

_PAIR: Final = r"\d{1,2}-\d{1,2}(?![\d-])"
_EXTRA: Final = r"a\.?e\.?t\.?|n\.?\ ?V\.?"
_SHOOTOUT: Final = r"pens?\b\.?|p\.|i\.?\ ?E\.?|n\.?\ ?E\.?"
_DECREED: Final = r"awd\.?|awarded"
_TAG: Final = rf"\(?(?:{_EXTRA}|{_SHOOTOUT}|{_DECREED})\)?(?!\w)"
_SCORE: Final = rf"{_PAIR}(?:\s*{_TAG})?"
_BRACKET: Final = rf"\(\s*{_SCORE}(?:\s*,\s*{_SCORE})*\s*\)"

EXPRESSION: Final = (
    rf"{_SCORE}(?:,?\s+{_PAIR}\s*{_TAG})*(?:\s*{_BRACKET})?(?:\s*{_TAG})?(?:,?\s+{_PAIR}\s*{_TAG})*"
)
"""Pattern of a whole score expression, without named groups."""

_TOKEN: Final = re.compile(
    rf"(?P<pair>{_PAIR})|(?P<extra>{_EXTRA})|(?P<shootout>{_SHOOTOUT})|(?P<decreed>{_DECREED})|(?P<open>\()|(?P<close>\))"
)
_PLAIN: Final = re.compile(r"(\d{1,2})-(\d{1,2})(?:\s*\((\d{1,2})-(\d{1,2})\))?")


@dataclass(frozen=True, slots=True)
class Scores:
    """What a score expression says; each pair is home before away, None where it is silent."""

    final: Pair | None
    """Extra time in, shoot-out out; None where only the shoot-out is given."""
    full_time: Pair | None = None
    half_time: Pair | None = None
    shootout: Pair | None = None
    after_extra_time: bool | None = False
    decreed: bool = False
    """Marked as awarded within the expression."""
    impossible: bool = False
    """Whether the score at half-time is more than the final one, which no match on a pitch can end with."""
    oddity: str | None = None
    """A part that cannot be true and was left out."""


@lru_cache(maxsize=4096)
def parse(text: str) -> Scores | None:
    """Read a score expression; None if its parts do not add up to a score that can be understood."""
    if plain := _PLAIN.fullmatch(text):
        final = int(plain[1]), int(plain[2])
        half = (int(plain[3]), int(plain[4])) if plain[3] else None
        return _sound(Scores(final, final, half))
    top: list[tuple[Pair, str]] = []
    inner: list[tuple[Pair, str]] = []
    tags: set[str] = set()
    depth = 0
    for token in _TOKEN.finditer(text):
        kind = str(token.lastgroup)
        scores = inner if depth else top
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "pair":
            home, _, away = token["pair"].partition("-")
            scores.append(((int(home), int(away)), ""))
        elif scores and not scores[-1][1]:
            scores[-1] = (scores[-1][0], kind)
        else:
            tags.add(kind)
    return _assemble(top, inner, tags)


def _assemble(top: list[tuple[Pair, str]], inner: list[tuple[Pair, str]], tags: set[str]) -> Scores | None:
    shootouts = [pair for pair, tag in top + inner if tag == "shootout"]
    finals = [(pair, tag) for pair, tag in top if tag != "shootout"]
    extras = [pair for pair, tag in inner if tag == "extra"]
    bracket = [pair for pair, tag in inner if not tag]
    if len(shootouts) > 1 or len(finals) > 1 or len(extras) > 1 or len(bracket) > 2:
        return None
    shootout = shootouts[0] if shootouts else None
    decreed = "decreed" in tags or any(tag == "decreed" for _, tag in finals)
    extra = bool(extras) or "extra" in tags or any(tag == "extra" for _, tag in finals)
    if not finals:
        # a shoot-out with no score of its own: the bracket begins with the score that it followed
        final = extras[0] if extras else (bracket[0] if bracket else None)
        full = bracket[0] if bracket else None
        half = bracket[1] if len(bracket) == 2 else None
        return _sound(Scores(final, full, half, shootout, extra if final else None, decreed))
    final = finals[0][0]
    if extra:
        full = bracket[0] if bracket else None
        half = bracket[1] if len(bracket) == 2 else None
        return _sound(Scores(final, full, half, shootout, True, decreed))
    if len(bracket) == 2:
        # two scores in a bracket mean extra time, whether or not it is said, unless the first is the final
        # score
        full, half = bracket
        return _sound(Scores(final, full, half, shootout, full != final or None, decreed))
    half = bracket[0] if bracket else None
    if shootout:
        return _sound(Scores(final, None, half, shootout, None, decreed))
    return _sound(Scores(final, final, half, None, False, decreed))


def _sound(scores: Scores) -> Scores:
    """The same scores without parts that cannot be true; a goalless match was goalless at half-time."""
    final, full, half, shootout = scores.final, scores.full_time, scores.half_time, scores.shootout
    oddities: list[str] = []
    if full and final and (full[0] > final[0] or full[1] > final[1]):
        oddities.append(f"{full[0]}-{full[1]} after 90 minutes is more than {final[0]}-{final[1]}")
        full = None
    top = full or final
    impossible = False
    if half and top and (half[0] > top[0] or half[1] > top[1]):
        impossible = full == final
        oddities.append(f"{half[0]}-{half[1]} at half-time cannot lead to {top[0]}-{top[1]}")
        half = None
    if shootout and shootout[0] == shootout[1]:
        oddities.append(f"a shoot-out cannot end {shootout[0]}-{shootout[1]}")
        shootout = None
    if half is None and full == (0, 0):
        half = (0, 0)
    extra, oddity = scores.after_extra_time, "; ".join(oddities) or None
    return Scores(final, full, half, shootout, extra, scores.decreed, impossible, oddity)
