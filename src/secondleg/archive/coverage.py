"""The coverage ledger: which seasons of which competitions the archive holds, and whether they are whole.

Derived, never typed in. A season is whole if it holds as many matches as its own file declares; else, for a league, if
every two clubs met equally often; else, for a knockout, if it has one tie less than clubs, or if its last rounds halve
down to one final. A season that nothing speaks for counts as partial.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secondleg.errors import RulesUnknown
from secondleg.football.rules import competition_format, unplayed_ties
from secondleg.football.stage import is_qualifying

if TYPE_CHECKING:
    import duckdb

__all__ = ["derive"]

_SEASONS: Final = """
WITH held AS (
    SELECT competition, season, count(*) AS matches,
           count(*) FILTER (status IN ('played', 'awarded')) AS played,
           count(*) FILTER (status IN ('cancelled', 'abandoned')) AS void,
           count(*) FILTER (stage_rank < 11) AS qualifying,
           min(date) AS first, max(date) AS last,
           coalesce(min(date) FILTER (stage_rank IS NULL OR stage_rank >= 11), min(date)) AS main_from,
           string_agg(DISTINCT split_part(sources, ' ', 1), ', ' ORDER BY split_part(sources, ' ', 1)) AS source
    FROM store.match GROUP BY ALL
),
clubs AS (
    SELECT competition, season, count(DISTINCT club) AS clubs
    FROM (SELECT competition, season, unnest([home, away]) AS club FROM store.match) GROUP BY ALL
),
pairs AS (
    SELECT competition, season, max(met) AS meetings, count(*) AS pairs
    FROM (
        SELECT competition, season, count(*) AS met FROM store.match
        WHERE coalesce(stage, 'regular-season') = 'regular-season' AND status IN ('played', 'awarded', 'fixture')
        GROUP BY competition, season, least(home, away), greatest(home, away)
    ) GROUP BY ALL
),
rounds AS (
    SELECT competition, season, count(*) AS ties,
           count(*) FILTER (stage = 'final') AS finals, count(*) FILTER (stage = 'semi-final') AS semis,
           count(*) FILTER (stage = 'quarter-final') AS quarters
    FROM store.tie GROUP BY ALL
),
declared AS (
    SELECT competition, season, sum(declared)::INTEGER AS declared, sum(unread)::INTEGER AS unread,
           count(*) AS documents, count(declared) AS declaring
    FROM (SELECT DISTINCT source, document, competition, season FROM store.source_match)
    JOIN store.document USING (source, document)
    WHERE source = 'openfootball' GROUP BY ALL
)
SELECT h.competition, h.season, h.matches, h.played, h.void, h.qualifying, h.main_from, h.first, h.last, h.source,
       c.clubs,
       p.meetings, p.pairs, coalesce(r.ties, 0), coalesce(r.finals, 0), coalesce(r.semis, 0), coalesce(r.quarters, 0),
       CASE WHEN d.documents = d.declaring THEN d.declared END, coalesce(d.unread, 0), k.kind
FROM held h JOIN clubs c USING (competition, season) JOIN store.competition k ON k.code = h.competition
LEFT JOIN pairs p USING (competition, season) LEFT JOIN rounds r USING (competition, season)
LEFT JOIN declared d USING (competition, season)
ORDER BY h.competition, h.season
"""


@dataclass(frozen=True, slots=True)
class _Held:
    """What the archive holds of one season of a competition."""

    matches: int
    played: int
    void: int
    qualifying: int
    clubs: int
    meetings: int | None
    pairs: int | None
    ties: int
    finals: int
    semis: int
    quarters: int
    declared: int | None
    unread: int
    kind: str


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Write `store.coverage` anew from the matches, ties and documents; call it last in a rebuild."""
    groups = _whole_groups(connection)
    rows: list[tuple[object, ...]] = []
    for found in connection.execute(_SEASONS).fetchall():
        code, season, matches, played, void, qualifying, main_from, first, last, source, clubs, *rest = found
        held = _Held(matches, played, void, qualifying, clubs, *rest)
        expected, whole, reason = _judge(
            held,
            whole_groups=groups.get((code, season), False),
            unplayed=unplayed_ties(code, season),
            finals=_finals(code, season),
        )
        rounds_before = bool(qualifying) or not _had_qualifying(code, season) or _ALL_ROUNDS in source
        if not rounds_before:
            reason += "; no qualifying rounds held"
        one_year = last.year == season and first.month <= 5 and not code.startswith("uefa.")
        label = str(season) if one_year else f"{season}-{(season + 1) % 100:02d}"
        told = (whole, None, rounds_before, main_from, reason, first, last, source)
        rows.append((code, season, label, clubs, matches, played, expected, *told))

    if rows:
        connection.executemany(f"INSERT INTO store.coverage VALUES ({', '.join('?' * 15)})", rows)


_ALL_ROUNDS: Final = "schochastics"
"""The source that holds every round of a season, from the first qualifying match on."""


def _finals(code: str, season: int) -> int:
    """How many finals the season had: the Intertoto Cup had several."""
    try:
        return competition_format(code, season).finals
    except RulesUnknown:
        return 1


def _had_qualifying(code: str, season: int) -> bool:
    """Whether the format of the season, as far as it is declared, begins with qualifying rounds."""
    try:
        return any(is_qualifying(stage) for stage in competition_format(code, season).stages)
    except RulesUnknown:
        return False


_UNTIED: Final = """
SELECT competition, season, home, away FROM store.match
WHERE tie IS NULL AND starts_with(competition, 'uefa.') AND status IN ('played', 'awarded')
"""


def _whole_groups(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, int], bool]:
    """Of each European season with matches outside ties: whether they are complete groups, one or two meetings each."""
    seasons: defaultdict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for code, season, home, away in connection.execute(_UNTIED).fetchall():
        seasons[(code, season)].append((home, away))
    return {key: all(_is_whole(group) for group in _components(matches)) for key, matches in seasons.items()}


def _components(matches: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Matches by the circles of clubs that they join: the groups, as long as nobody is in two of them."""
    group_of: dict[str, set[str]] = {}
    for home, away in matches:
        joined = group_of.get(home, {home}) | group_of.get(away, {away})
        for club in joined:
            group_of[club] = joined
    circles = {id(group): group for group in group_of.values()}.values()
    return [[match for match in matches if match[0] in circle] for circle in circles]


def _is_whole(group: Sequence[tuple[str, str]]) -> bool:
    """Whether all clubs of a group met equally often, once or twice."""
    clubs = {club for match in group for club in match}
    met = Counter(frozenset(match) for match in group)
    return len(met) == len(clubs) * (len(clubs) - 1) // 2 and len(set(met.values())) == 1


def _judge(held: _Held, *, whole_groups: bool, unplayed: int, finals: int) -> tuple[int | None, bool, str]:
    """How many matches are expected, whether all are there, and why."""
    if held.unread:
        return held.declared, False, f"{held.unread} lines of its file could not be read"
    if held.declared is not None:
        missing = held.declared - (held.played + held.void)
        if missing <= 0:
            return held.declared, True, f"all {held.declared} matches that its file declares"
        if held.matches >= held.declared:
            return held.declared, False, f"{missing} of {held.declared} matches have no result"
        return held.declared, False, f"its file declares {held.declared} matches and holds {held.matches}"
    if held.kind == "league" and held.meetings and held.pairs:
        expected = held.clubs * (held.clubs - 1) // 2 * held.meetings
        if held.played >= expected:
            return expected, True, f"{held.clubs} clubs met each other {held.meetings} times"
        return expected, False, f"{held.played} of {expected} matches of {held.clubs} clubs"
    ended = held.finals == 1 or finals > 1
    if ended and held.ties + unplayed == held.clubs - finals and held.played == held.matches:
        return None, True, f"a knockout of {held.clubs} clubs takes {held.clubs - finals} ties"
    if held.finals == 1 and held.semis == 2 and held.quarters == 4 and held.played == held.matches:
        return None, True, "its rounds halve down to one final"
    if held.finals == finals and whole_groups and held.played == held.matches:
        return None, True, "its groups are complete, and they led to the final"
    if held.kind == "supercup" and held.finals <= 1 and held.played == held.matches:
        return None, True, "one tie"
    return None, False, "nothing says how many matches it had"
