"""What the integrity checks found, for `secondleg data check`: each finding with the rows that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from secondleg.archive import checks
from secondleg.errors import BadInput

if TYPE_CHECKING:
    from secondleg.archive.archive import Archive

__all__ = ["check", "to_text"]

# in turn from each check, so that a long list of one does not hide the others
_FINDINGS: Final = """
SELECT f."check", f.competition, f.season, v.label, f.clubs, f.matches, f.detail,
       row_number() OVER (PARTITION BY f."check" ORDER BY f.season DESC, f.competition, f.detail) AS nth
FROM store.finding f LEFT JOIN store.coverage v ON v.competition = f.competition AND v.season = f.season
WHERE ($competition IS NULL OR f.competition = $competition) AND ($season IS NULL OR f.season = $season)
QUALIFY nth <= $limit
ORDER BY nth, f."check"
"""

_COUNTS: Final = """
SELECT "check", count(*) FROM store.finding
WHERE ($competition IS NULL OR competition = $competition) AND ($season IS NULL OR season = $season)
GROUP BY ALL
"""

_MATCHES: Final = """
SELECT m.id, m.date, h.name, a.name, m.home_goals, m.away_goals, m.sources
FROM store.match m JOIN store.club h ON h.id = m.home JOIN store.club a ON a.id = m.away
WHERE list_contains(string_split($ids, ',')::INTEGER[], m.id)
"""

_ROWS: Final = 6
"""Rows of a finding that are printed; the document has all of them."""


def check(
    archive: Archive, *, competition: str | None = None, season: int | None = None, limit: int = 30
) -> dict[str, Any]:
    """The findings of an archive, or of one competition or season of it: all counted, the first `limit` listed.

    An archive in memory is checked now, one in a file was when it was imported.

    Raises:
        BadInput: the archive does not hold that competition or season.
    """
    connection = archive.connection.cursor()
    chosen = {"competition": competition, "season": season}
    held = connection.execute(
        "SELECT count(*) FROM store.coverage WHERE ($competition IS NULL OR competition = $competition) "
        "AND ($season IS NULL OR season = $season)",
        chosen,
    ).fetchall()[0][0]
    if not held and (competition is not None or season is not None):
        what = " ".join(str(part) for part in (competition, season) if part is not None)
        raise BadInput(f"the archive holds nothing of {what}. `secondleg data status` shows what it holds.")
    if archive.path is None:
        checks.derive(archive.connection)
    counts = dict(connection.execute(_COUNTS, chosen).fetchall())
    found = connection.execute(_FINDINGS, {**chosen, "limit": max(limit, 1)}).fetchall()[:limit]
    matches = _matches(connection, found)
    order = list(checks.CHECKS)
    findings = [
        {
            "check": key,
            "severity": checks.CHECKS[key].severity,
            "competition": code,
            "season": year,
            "label": label,
            "clubs": clubs.split(",") if clubs else [],
            "detail": detail,
            "matches": [matches[match] for match in _ids(ids) if match in matches],
        }
        for key, code, year, label, clubs, ids, detail, _ in found
    ]
    findings.sort(key=lambda finding: order.index(str(finding["check"])))
    return {
        "archive": str(archive.path) if archive.path else archive.kind,
        "competition": competition,
        "season": season,
        "total": sum(counts.values()),
        "checks": [
            {"check": key, "severity": each.severity, "title": each.title, "findings": counts.get(key, 0)}
            for key, each in checks.CHECKS.items()
        ],
        "findings": findings,
    }


def _ids(listed: str | None) -> list[int]:
    return [int(match) for match in listed.split(",")] if listed else []


def _matches(connection: Any, found: list[tuple[Any, ...]]) -> dict[int, dict[str, Any]]:
    ids = sorted({match for row in found for match in _ids(row[5])})
    if not ids:
        return {}
    rows = connection.execute(_MATCHES, {"ids": ",".join(map(str, ids))}).fetchall()
    return {
        match: {
            "match": match,
            "date": date.isoformat(),
            "home": home,
            "away": away,
            "score": None if scored is None else f"{scored}-{conceded}",
            "sources": sources,
        }
        for match, date, home, away, scored, conceded, sources in rows
    }


def to_text(document: dict[str, Any]) -> str:
    """The findings as lines, worst first: what each check looks for, how often it found it, and the rows."""
    what = " ".join(str(document[key]) for key in ("competition", "season") if document[key] is not None)
    where = f"{document['archive']}, {what}" if what else document["archive"]
    if not document["total"]:
        return f"{where}: {len(document['checks'])} checks, and nothing found."
    plural = "" if document["total"] == 1 else "s"
    lines = [f"{where}: {document['total']:,} finding{plural} of {len(document['checks'])} checks"]
    for severity in ("error", "odd"):
        for each in document["checks"]:
            if each["severity"] == severity and each["findings"]:
                lines += ["", f"{severity}: {each['title']}: {each['findings']:,}"]
                lines += _finding_lines(document, each)
    return "\n".join(lines)


def _finding_lines(document: dict[str, Any], each: dict[str, Any]) -> list[str]:
    shown = [finding for finding in document["findings"] if finding["check"] == each["check"]]
    lines = []
    for finding in shown:
        lines.append(
            f"  {finding['competition']} {finding['label'] or finding['season']}: {finding['detail']}"
        )
        rows = finding["matches"]
        lines += [f"    match {row['match']}: {row['sources']}" for row in rows[:_ROWS]]
        if len(rows) > _ROWS:
            lines.append(f"    and {len(rows) - _ROWS} more matches")
    if len(shown) < each["findings"]:
        lines.append(f"  and {each['findings'] - len(shown):,} more")
    return lines
