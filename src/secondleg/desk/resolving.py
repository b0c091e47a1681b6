"""Spellings that nothing decides: what an archive leaves open, with candidates, and a user's word on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from secondleg.archive.archive import Archive
from secondleg.archive.build import rebuild
from secondleg.archive.identity import register
from secondleg.archive.resolutions import line, read

__all__ = ["apply", "to_text", "unresolved"]

_HOW: Final = {
    "resolution": "by your own word",
    "register": "by the register of clubs",
    "alias": "by a list of names",
    "name": "by their name",
    "fixtures": "by their fixtures",
    "alone": "stand for themselves: nobody else has them",
    "doubtful": "in doubt",
}
_COUNTS: Final = """
SELECT how, count(*) AS spellings, sum(matches)::INTEGER AS sides, sum(shared)::INTEGER AS shared,
       sum(compared)::INTEGER AS compared
FROM store.link WHERE $country IS NULL OR country = $country GROUP BY how ORDER BY spellings DESC, how
"""
_DOUBTFUL: Final = """
SELECT source, country, name, first_season, last_season, matches, club, shared, compared, candidates
FROM store.link WHERE how = 'doubtful' AND ($country IS NULL OR country = $country)
ORDER BY matches DESC, country, name, source, first_season
"""


def unresolved(archive: Archive, *, country: str | None = None, limit: int = 50) -> dict[str, Any]:
    """How the spellings of an archive were matched, and those in doubt, the most frequent first.

    Args:
        country: football code; None for all.
        limit: spellings in doubt to list.
    """
    connection = archive.connection.cursor()
    wanted = {"country": country}
    counts = [
        {"how": how, "spellings": spellings, "sides": sides, "shared": shared, "compared": compared}
        for how, spellings, sides, shared, compared in connection.execute(_COUNTS, wanted).fetchall()
    ]
    rows = connection.execute(_DOUBTFUL, wanted).fetchall()
    doubtful = []
    for source, land, name, first, last, matches, club, shared, compared, candidates in rows[:limit]:
        others = [_candidate(text) for text in (candidates or "").split("; ") if text]
        best = club or (others[0]["club"] if others else "")
        doubtful.append(
            {
                "source": source,
                "country": land,
                "name": name,
                "first_season": first,
                "last_season": last,
                "matches": matches,
                "club": club or None,
                "shared": shared,
                "compared": compared,
                "candidates": others,
                "line": line(land, name, source, first, last, best) if best else None,
            }
        )
    return {"country": country, "counts": counts, "doubtful": doubtful, "doubtful_in_all": len(rows)}


def _candidate(text: str) -> dict[str, str]:
    club, _, why = text.partition(" (")
    return {"club": club, "why": why.removesuffix(")")}


def to_text(document: dict[str, Any]) -> str:
    """`unresolved` for a terminal; lines without a # are those of a file of names."""
    lines = [f"{entry['spellings']:>7,} spellings {_HOW[entry['how']]}" for entry in document["counts"]]
    if not document["doubtful"]:
        return "\n".join([*lines, "Nothing is in doubt."])
    lines += [
        "",
        "# In doubt. Keep the lines that are right, put right the others, and give them back with --names.",
    ]
    for entry in document["doubtful"]:
        seen = (
            f"{entry['shared']} of {entry['compared']} matches confirmed"
            if entry["compared"]
            else "nothing to compare"
        )
        lines.append(f"# {entry['matches']:,} matches, {seen}; taken for {entry['club'] or 'nobody'}")
        lines += [
            f"#   or {c['club']}: {c['why']}" for c in entry["candidates"] if c["club"] != entry["club"]
        ]
        lines.append(
            entry["line"] or f"# {entry['country'] or '-'} | {entry['name']} | {entry['source']} = ?"
        )
    left = document["doubtful_in_all"] - len(document["doubtful"])
    if left > 0:
        lines.append(f"# and {left:,} more")
    return "\n".join(lines)


def apply(archive: Archive, path: Path) -> dict[str, Any]:
    """Take the resolutions of a file for those of the archive, and work everything out anew.

    A file without lines takes all resolutions away. Returns how many there are now, and what the rebuild left out.

    Raises:
        SourceError: the file says something that cannot be; the archive is as it was.
        ArchiveError: the archive cannot be written; it is as it was.
    """
    with archive.transaction() as connection:
        known = {row[0] for row in connection.execute("SELECT id FROM store.club").fetchall()}
        rows = read(path, known | {record.id for record in register()})
        connection.execute("DELETE FROM store.resolution")
        if rows:
            connection.executemany(
                "INSERT INTO store.resolution VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(r.country, r.name, r.source, r.first_season, r.last_season, r.club, r.place) for r in rows],
            )
        remarks = rebuild(connection)
        matched = connection.execute("SELECT count(*) FROM store.link WHERE how = 'resolution'").fetchall()[
            0
        ][0]
    return {"resolutions": len(rows), "spellings": matched, "remarks": list(remarks)}
