"""Brackets that one draw made for two stages: which winners will meet, known before it is known who they are.

The archive sees such a draw only by its outcome, the ties of the later stage. What is told here is which ties of the
earlier stage lead to one tie of the later, never who won them; and only where the rules say that both were drawn
together.
"""

from __future__ import annotations

from secondleg.archive.view import View
from secondleg.football.rules import draw_of

__all__ = ["drawn_together"]

# a club of a tie stands for the tie: the one that comes first in the alphabet, so that it does not tell who won
_TOGETHER = """
SELECT min(least(early.first, early.second)) AS one, max(least(early.first, early.second)) AS other
FROM store.tie late
JOIN store.tie early ON early.competition = late.competition AND early.season = late.season
    AND (early.first IN (late.first, late.second) OR early.second IN (late.first, late.second))
JOIN store.match opening ON opening.id = early.first_leg
WHERE late.competition = $code AND late.season = $season AND late.stage = $stage AND early.stage = $before
      AND (opening.date < $as_of OR opening.known_from IS NULL OR opening.known_from <= $as_of)
GROUP BY late.id
HAVING count(*) = 2
ORDER BY one
"""


def drawn_together(view: View, competition: str, season: int, stage: str) -> list[tuple[str, str]]:
    """Pairs of ties of the stage before, each named by one of its clubs, whose winners meet in `stage`.

    Empty where the two stages were not drawn together (`Draw.drawn_with`), or where the archive does not hold them.
    """
    before = draw_of(competition, season, stage).drawn_with
    if before is None:
        return []
    rows = view.rows(_TOGETHER, code=competition, season=season, stage=stage, before=before)
    return [(row["one"], row["other"]) for row in rows]
