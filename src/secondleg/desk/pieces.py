"""Pieces of a preview document: matches behind sentences, form strips, names, and what the archive is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from secondleg.archive.view import View
from secondleg.football.stage import ENGLISH
from secondleg.language.lexicon import Lexicon
from secondleg.records import Evidence

__all__ = ["archive_note", "evidence", "form_strip", "lexicon"]


def form_strip(rows: Sequence[Evidence], club: str) -> list[dict[str, Any]]:
    """Matches as `club` saw them, newest first; `rows` are oldest first."""
    strip = []
    for row in reversed(rows):
        scored, conceded = row.goals(club)
        strip.append(
            {
                "date": row.date.isoformat(),
                "competition": row.competition_name,
                "venue": "neutral" if row.neutral else "home" if row.home == club else "away",
                "opponent": row.opponent(club),
                "score": f"{scored}-{conceded}",
                "result": "W" if scored > conceded else "D" if scored == conceded else "L",
                "note": row.score.removeprefix(f"{row.home_goals}-{row.away_goals}").strip(", "),
            }
        )
    return strip


def evidence(row: Evidence) -> dict[str, Any]:
    """A match behind a sentence, as the document carries it."""
    return {
        "match": row.match,
        "date": row.date.isoformat(),
        "competition": row.competition_name,
        "season": row.season,
        "stage": ENGLISH[row.stage] if row.stage else None,
        "leg": row.leg,
        "home": row.home_name,
        "away": row.away_name,
        "score": row.score,
        "sources": row.sources,
    }


def lexicon(view: View) -> Lexicon:
    """The names that the view knows."""
    clubs = {row["id"]: row["name"] for row in view.rows("SELECT id, name FROM club")}
    competitions = {row["code"]: row["name"] for row in view.rows("SELECT code, name FROM competition")}
    calendar = view.rows("SELECT competition FROM coverage GROUP BY ALL HAVING max(length(label)) = 4")
    return Lexicon(clubs, competitions, calendar=frozenset(row["competition"] for row in calendar))


def archive_note(view: View) -> str:
    """Which archive it is, and what it holds as of the day."""
    row = view.rows("SELECT count(*) AS n, min(date) AS first, max(date) AS last FROM result")[0]
    kind = (
        "starter archive" if view.archive.kind == "starter" else str(view.archive.path or "archive in memory")
    )
    return f"{kind}: {row['n']:,} results from {row['first']} to {row['last']}"
