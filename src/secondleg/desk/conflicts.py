"""Where sources disagree about a match, for `secondleg data conflicts`: what is kept, who says otherwise, and why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from secondleg.archive.lookup import find_club
from secondleg.errors import BadInput

if TYPE_CHECKING:
    import duckdb

    from secondleg.archive.archive import Archive

__all__ = ["FIELDS", "conflicts", "to_text"]

FIELDS: Final = {
    "score": "the final score",
    "extra-time": "extra time, or the score after 90 minutes",
    "shoot-out": "the shoot-out",
    "half-time": "the score at half-time",
    "goals": "goals that do not make the score",
    "status": "whether the result counts",
    "date": "the day",
    "venue": "who was at home, or whether the ground was neutral",
    "stage": "the stage",
    "leg": "the leg",
    "competition": "the competition",
    "season": "the season",
    "clubs": "who played: a row that makes no match of its own",
}
"""What a conflict can be about, the gravest first."""

_CHOSEN: Final = """
FROM store.conflict c JOIN store.match m ON m.id = c.match
WHERE ($competition IS NULL OR m.competition = $competition) AND ($season IS NULL OR m.season = $season)
  AND ($club IS NULL OR m.home = $club OR m.away = $club) AND ($field IS NULL OR c.field = $field)
"""

_COUNTS: Final = f"""
SELECT c.field, split_part(c.kept_by, ', ', 1) AS kept_by, c.source, count(*), count(DISTINCT c.match)
{_CHOSEN}
GROUP BY ALL ORDER BY ALL
"""

_LISTED: Final = f"""
SELECT m.id, m.competition, m.season, m.date, h.name, a.name, c.field, c.kept, c.told, c.kept_by, c.source,
       c.document, c.line, c.rule, m.sources
{_CHOSEN.replace("WHERE", "JOIN store.club h ON h.id = m.home JOIN store.club a ON a.id = m.away WHERE", 1)}
ORDER BY m.date DESC, m.id, c.field, c.source, c.document, c.line
LIMIT $limit
"""

_LEFT_OUT: Final = """
SELECT w.source, w.fate, count(*)
FROM store.word w JOIN store.source_match s USING (source, document, line)
WHERE w.match IS NULL AND ($competition IS NULL OR s.competition = $competition)
  AND ($season IS NULL OR s.season = $season)
GROUP BY ALL ORDER BY ALL
"""

_FATES: Final = {
    "surplus": "no match of ours answers to them",
    "copy": "copies of another competition under a wrong name",
    "unknown": "a side that nobody could place",
    "itself": "a club against itself",
}


def conflicts(
    archive: Archive,
    *,
    competition: str | None = None,
    season: int | None = None,
    club: str | None = None,
    field: str | None = None,
    limit: int = 30,
) -> dict[str, Any]:
    """The conflicts of an archive: counted by field and pair of sources, and the newest `limit` listed.

    `club` is a name or an id. Rows that were left out are counted by source where no club or field is chosen.

    Raises:
        BadInput: no such field, or a competition or season that the archive does not hold.
        UnknownClub: nobody goes by that name.
        AmbiguousClub: several clubs do.
    """
    if field is not None and field not in FIELDS:
        raise BadInput(f"no conflict is about {field!r}. Choose one of {', '.join(FIELDS)}.")
    connection = archive.connection.cursor()
    _check_held(connection, competition, season)
    club_id = None
    if club is not None and archive.days is not None:
        club_id = find_club(archive.view(archive.days[1] + dt.timedelta(days=1)), club)
    chosen = {"competition": competition, "season": season, "club": club_id, "field": field}
    counts = connection.execute(_COUNTS, chosen).fetchall()
    listed = connection.execute(_LISTED, {**chosen, "limit": limit}).fetchall()
    order = list(FIELDS)
    left_out = []
    if club is None and field is None:
        left_out = connection.execute(_LEFT_OUT, {"competition": competition, "season": season}).fetchall()
    return {
        "archive": str(archive.path) if archive.path else archive.kind,
        **chosen,
        "total": sum(words for *_, words, _ in counts),
        "counts": [
            {"field": name, "kept_by": kept_by, "source": source, "words": words, "matches": matches}
            for name, kept_by, source, words, matches in sorted(
                counts, key=lambda row: (order.index(row[0]), -row[3], row[1], row[2])
            )
        ],
        "left_out": [{"source": source, "fate": fate, "rows": rows} for source, fate, rows in left_out],
        "conflicts": [_conflict(row) for row in listed],
    }


def _check_held(connection: duckdb.DuckDBPyConnection, competition: str | None, season: int | None) -> None:
    if competition is None and season is None:
        return
    held = connection.execute(
        "SELECT count(*) FROM store.coverage WHERE ($competition IS NULL OR competition = $competition) "
        "AND ($season IS NULL OR season = $season)",
        {"competition": competition, "season": season},
    ).fetchall()[0][0]
    if not held:
        what = " ".join(str(part) for part in (competition, season) if part is not None)
        raise BadInput(f"the archive holds nothing of {what}. `secondleg data status` shows what it holds.")


def _conflict(row: tuple[Any, ...]) -> dict[str, Any]:
    (
        match,
        competition,
        season,
        date,
        home,
        away,
        field,
        kept,
        told,
        kept_by,
        source,
        document,
        line,
        rule,
        all_,
    ) = row
    return {
        "match": match,
        "competition": competition,
        "season": season,
        "date": date.isoformat(),
        "home": home,
        "away": away,
        "field": field,
        "kept": kept,
        "told": told,
        "kept_by": kept_by.split(", "),
        "source": source,
        "place": f"{source} {document}:{line}",
        "rule": rule,
        "sources": all_.split("; "),
    }


def to_text(document: dict[str, Any]) -> str:
    """The conflicts as lines: how many by field and pair of sources, then one by one, the newest first."""
    names = ("competition", "season", "club", "field")
    what = " ".join(str(document[name]) for name in names if document[name] is not None)
    where = f"{document['archive']}, {what}" if what else document["archive"]
    if not document["total"]:
        return "\n".join([f"{where}: no source disagrees with another.", *_left_out_lines(document)])
    plural = "" if document["total"] == 1 else "s"
    lines = [f"{where}: {document['total']:,} word{plural} of sources that the archive does not follow"]
    for field, title in FIELDS.items():
        counts = [each for each in document["counts"] if each["field"] == field]
        if counts:
            lines += ["", f"{field}, {title}: {sum(each['words'] for each in counts):,}"]
            lines += [
                f"  {each['words']:>7,}  {each['source']}, against {each['kept_by']}" for each in counts
            ]
    lines += _left_out_lines(document)
    shown = document["conflicts"]
    if shown:
        newest = "" if len(shown) == document["total"] else f" (the newest {len(shown):,})"
        lines += ["", f"One by one{newest}:"]
        for each in shown:
            by = ", ".join(each["kept_by"])
            lines += [
                f"  {each['date']} {each['home']} v {each['away']}, {each['competition']}",
                f"    {each['field']}: {each['kept']} ({by}; {each['rule']}), not {each['told']} ({each['place']})",
            ]
    return "\n".join(lines)


def _left_out_lines(document: dict[str, Any]) -> list[str]:
    if not document["left_out"]:
        return []
    return [
        "",
        "rows that were left out:",
        *(
            f"  {each['rows']:>7,}  {each['source']}, {_FATES.get(each['fate'], each['fate'])}"
            for each in document["left_out"]
        ),
    ]
