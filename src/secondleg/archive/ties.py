"""From matches to ties: legs, stages, aggregates, who went through, and since when a pairing can have been
known.

`derive` takes the merged matches of an archive. Where sources give stages, ties are the pairs of a stage;
where they do not, `archive.rounds` finds ties and stages by the shape of the season. A tie that the scores
leave level is won by the side that is seen in a later round (or in the next super cup); where nothing tells,
its winner is unknown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from secondleg.archive.pairings import Dated, known_from
from secondleg.archive.rounds import Meeting, place
from secondleg.errors import BadInput, RulesUnknown
from secondleg.football import rules, stage
from secondleg.football.competition import competition
from secondleg.football.match import Goals, Match, Score, Status
from secondleg.football.tie import DecidedBy, Tie, TieRules, resolve

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["COLUMNS", "Derived", "derive"]

COLUMNS: Final = (
    "id", "competition", "season", "stage", "leg", "date", "home", "away", "status", "neutral",
    "home_goals", "away_goals", "home_ft", "away_ft", "after_extra_time", "home_pens", "away_pens",
)  # fmt: skip
"""What `derive` reads, named and typed as in `store.match`."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What `derive` found.

    `matches` has id, stage, stage_rank, leg, tie, neutral and known_from of the matches of every season that
    may hold ties, by id; a match that is not there keeps what it has, and is known from the start. `ties` has
    the columns of `store.tie`.
    """

    matches: pa.Table
    ties: pa.Table


@dataclass(slots=True)
class _Row:
    """A match and what is found out about it."""

    match: Match
    id: int
    stage: str | None
    leg: int | None
    neutral: bool
    tie: int | None = None
    known_from: dt.date | None = None


@dataclass(slots=True)
class _Season:
    """One season of one competition."""

    code: str
    season: int
    rows: list[_Row]
    ties: list[list[_Row]] = field(default_factory=list)
    last_days: dict[str, dt.date] | None = None
    """The day of each club's last match, once its stages are known."""


def derive(matches: pa.Table) -> Derived:
    """Find the ties of all matches; a pure function that does not depend on the order of the rows.

    `matches` has the `COLUMNS`. Matches of a league's regular season belong to no tie. A match without a
    stage stays without one where the competition's format is not declared, or where it does not fit into it.
    """
    import pyarrow as pa

    held = _held(matches)
    columns = {name: held[name].to_pylist() for name in COLUMNS}
    seasons = _seasons(columns)
    supercups = _Entrants(columns)
    settled: list[tuple[_Season, list[_Row], Tie, TieRules | None]] = []
    for season in seasons:
        _find_ties(season)
        for rows in season.ties:
            settled.append((season, rows, *_settle(season, rows, supercups)))
    settled.sort(
        key=lambda found: (
            found[0].code,
            found[0].season,
            found[1][0].match.date,
            found[2].first,
            found[2].second,
        )
    )
    for number, (_, rows, _, _) in enumerate(settled, start=1):
        for row in rows:
            row.tie = number
    _date_pairings(seasons)
    rows = sorted((row for season in seasons for row in season.rows), key=lambda row: row.id)
    return Derived(
        pa.Table.from_pylist([_match_row(row) for row in rows], schema=_match_schema()),
        pa.Table.from_pylist([_tie_row(*found) for found in settled], schema=_tie_schema()),
    )


# --- ties of a season -----------------------------------------------------------------------------


def _held(matches: pa.Table) -> pa.Table:
    """Matches of seasons that may hold ties: of cups, and of leagues with more than a regular season."""
    keys = list(zip(matches["competition"].to_pylist(), matches["season"].to_pylist(), strict=True))
    stages: dict[tuple[str, int], set[str | None]] = defaultdict(set)
    for key, name in zip(keys, matches["stage"].to_pylist(), strict=True):
        stages[key].add(name)
    plain = {
        (code, season)
        for (code, season), names in stages.items()
        if competition(code).kind == "league" and names <= {None, "regular-season"}
    }
    import pyarrow as pa

    return matches.filter(pa.array([key not in plain for key in keys], pa.bool_()))


def _seasons(columns: dict[str, list[Any]]) -> list[_Season]:
    """The matches by competition and season, in order of their days."""
    positions: dict[tuple[str, int], list[int]] = defaultdict(list)
    for position, key in enumerate(zip(columns["competition"], columns["season"], strict=True)):
        positions[key].append(position)
    seasons = []
    for (code, season), found in sorted(positions.items()):
        # a club that plays itself is two clubs under one name: not a matter for ties
        rows = [_row(columns, i) for i in found if columns["home"][i] != columns["away"][i]]
        rows.sort(
            key=lambda row: (row.match.date, row.match.leg or 0, row.match.home, row.match.away, row.id)
        )
        seasons.append(_Season(code, season, rows))
    return seasons


def _row(columns: dict[str, list[Any]], i: int) -> _Row:
    def goals(name: str) -> Goals | None:
        home, away = columns[f"home_{name}"][i], columns[f"away_{name}"][i]
        return None if home is None or away is None else Goals(home, away)

    final, full = goals("goals"), goals("ft")
    extra_time = columns["after_extra_time"][i]
    if final is not None and extra_time is False and full is None:
        full = final
    score = None
    if final is not None:
        try:
            score = Score(final, full, shootout=goals("pens"), after_extra_time=extra_time)
        except BadInput:
            # sources that contradict one another: the final score is what they must agree on
            score = Score(final)
    match = Match(
        competition=columns["competition"][i],
        season=columns["season"][i],
        date=columns["date"][i],
        home=columns["home"][i],
        away=columns["away"][i],
        status=Status(columns["status"][i]),
        score=score,
        stage=columns["stage"][i],
        leg=columns["leg"][i],
        neutral=bool(columns["neutral"][i]),
        id=columns["id"][i],
    )
    return _Row(match, columns["id"][i], match.stage, match.leg, match.neutral)


def _find_ties(season: _Season) -> None:
    """Fill in `season.ties`, and the stages that its matches lack."""
    is_league = competition(season.code).kind == "league"
    live = [
        row
        for row in season.rows
        if row.match.status not in (Status.CANCELLED, Status.ABANDONED, Status.POSTPONED)
    ]
    if not is_league and any(row.stage is None for row in live):
        _infer(season, live)
    pairs: dict[tuple[str, frozenset[str]], list[_Row]] = defaultdict(list)
    for row in live:
        if row.match.stage is not None and not stage.is_table(row.match.stage):
            pairs[row.match.stage, frozenset((row.match.home, row.match.away))].append(row)
    usual = _usual_matches(pairs)
    for (name, _), rows in pairs.items():
        _number_legs(rows, _tie_rules(season, name), usual[name])
        season.ties.append(rows)


def _usual_matches(pairs: Mapping[tuple[str, frozenset[str]], Sequence[_Row]]) -> dict[str, int]:
    """How many matches most pairs of each stage have."""
    counts: dict[str, list[int]] = defaultdict(list)
    for (name, _), rows in pairs.items():
        counts[name].append(len(rows))
    return {
        name: 2 if 2 * sum(count >= 2 for count in found) > len(found) else 1
        for name, found in counts.items()
    }


def _infer(season: _Season, live: Sequence[_Row]) -> None:
    """Stages and ties of the matches that have no stage, by the format of the season."""
    try:
        format_ = rules.competition_format(season.code, season.season)
    except RulesUnknown:
        return
    by_id = {row.id: row for row in live}
    placed = place(
        (Meeting(r.id, r.match.date.toordinal(), r.match.home, r.match.away, r.match.stage) for r in live),
        format_,
    )
    for id_, name in placed.tables.items():
        by_id[id_].stage = name
    for found, run in placed.ties:
        rows = [by_id[m.id] for m in run.meetings]
        if any(row.match.stage is not None for row in rows):
            continue
        for row in rows:
            row.stage = found
        _number_legs(rows, _tie_rules(season, found), usual=2)
        season.ties.append(rows)


def _tie_rules(season: _Season, name: str | None) -> TieRules | None:
    try:
        return rules.tie_rules(season.code, season.season, name)
    except RulesUnknown:
        return None


def _number_legs(rows: list[_Row], known: TieRules | None, usual: int) -> None:
    """Number the legs of a tie by date: 1, 2; 3 for a play-off or replay; none for a single match."""
    rows.sort(key=lambda row: (row.match.date, row.match.leg or 0, row.id))
    given = [row.leg for row in rows]
    legs = known.legs if known else usual
    if any(given) and None not in given:
        pass
    elif legs == 1:
        if not (2 in given and len(rows) == 2):
            for row in rows[1:]:
                row.leg = 3
    elif len(rows) > 1:
        for number, row in enumerate(rows, start=1):
            row.leg = min(number, 3)
    code = rows[0].match.competition
    neutral = rules.is_neutral(code, rows[0].match.season, rows[0].stage)
    for row in rows:
        third = row.leg == 3 and known is not None and known.legs == 2
        if neutral or (third and not rules.had_home_play_off(code, row.match.date)):
            row.neutral = True


# --- who went through -----------------------------------------------------------------------------


class _Entrants:
    """Clubs of each competition's season: who played the super cup tells who won a level final."""

    def __init__(self, columns: dict[str, list[Any]]) -> None:
        self._columns = columns
        self._clubs: dict[tuple[str, int], set[str]] | None = None

    def __call__(self, code: str, season: int) -> set[str]:
        if self._clubs is None:
            self._clubs = defaultdict(set)
            names = ("competition", "season", "home", "away")
            for competition_, year, home, away in zip(*(self._columns[name] for name in names), strict=True):
                self._clubs[competition_, year].update((home, away))
        return self._clubs.get((code, season), set())


def _settle(season: _Season, rows: Sequence[_Row], entrants: _Entrants) -> tuple[Tie, TieRules | None]:
    known = _tie_rules(season, rows[0].stage)
    legs = [_with_findings(row) for row in rows]
    clubs = {legs[0].home, legs[0].away}
    tie = resolve(legs, known)
    seen = _seen_after(season, rows)
    # a source that tells stages tells what became of its ties; where it does not, who went on is the better
    # witness
    if len(seen) == 1 and (tie.winner is None or rows[0].match.stage is None):
        return resolve(legs, known, known_winner=next(iter(seen))), known
    if tie.winner is None and rows[0].stage == "final":
        following = rules.next_competition(season.code)
        seen = clubs & entrants(following, season.season + 1) if following else set()
        if len(seen) == 1 and tie.decided_on is not None:
            tie = resolve(legs, known, known_winner=next(iter(seen)))
    return tie, known


def _with_findings(row: _Row) -> Match:
    match = row.match
    if (match.stage, match.leg, match.neutral) == (row.stage, row.leg, row.neutral):
        return match
    return Match(
        competition=match.competition,
        season=match.season,
        date=match.date,
        home=match.home,
        away=match.away,
        status=match.status,
        score=match.score,
        stage=row.stage,
        leg=row.leg,
        neutral=row.neutral,
        id=match.id,
    )


def _seen_after(season: _Season, rows: Sequence[_Row]) -> set[str]:
    """The clubs of a tie that play on in the competition's season after it, in another."""
    last = max(row.match.date for row in rows)
    name = rows[0].stage
    if name is not None and competition(season.code).kind == "league":
        return set()
    if season.last_days is None:
        season.last_days = {}
        for row in season.rows:  # by day
            if row.stage != "third-place":
                season.last_days[row.match.home] = season.last_days[row.match.away] = row.match.date
    clubs = (rows[0].match.home, rows[0].match.away)
    return {club for club in clubs if season.last_days.get(club, last) > last}


# --- since when a pairing can have been known -----------------------------------------------------


def _date_pairings(seasons: Iterable[_Season]) -> None:
    """Fill in `known_from`. Competitions that clubs move between share a calendar."""
    dated = []
    rows: dict[int, _Row] = {}
    for season in seasons:
        calendar = (rules.calendar(season.code), season.season)
        is_league = competition(season.code).kind == "league"
        for row in season.rows:
            rows[row.id] = row
            from_start = row.stage == "regular-season" or (is_league and row.stage is None)
            # a cup match of which nothing is known was drawn on its own, for all that can be said
            own = row.tie if row.tie is not None else row.id if row.stage is None and not is_league else None
            part = (season.code, row.stage, own)
            dated.append(
                Dated(
                    row.id,
                    calendar,
                    part,
                    row.match.date,
                    row.match.home,
                    row.match.away,
                    replay=row.leg == 3,
                    from_start=from_start,
                )
            )
    for id_, day in known_from(dated).items():
        rows[id_].known_from = day


# --- tables ---------------------------------------------------------------------------------------


def _match_row(row: _Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "stage": row.stage,
        "stage_rank": None if row.stage is None else stage.RANK.get(row.stage),
        "leg": row.leg,
        "tie": row.tie,
        "neutral": row.neutral,
        "known_from": row.known_from,
    }


def _tie_row(season: _Season, rows: Sequence[_Row], tie: Tie, known: TieRules | None) -> dict[str, Any]:
    ids = [row.id for row in rows]
    name = rows[0].stage
    both = tie.aggregate
    return {
        "id": rows[0].tie,
        "competition": season.code,
        "season": season.season,
        "stage": name,
        "stage_rank": None if name is None else stage.RANK.get(name),
        "first": tie.first,
        "second": tie.second,
        "legs": len(ids),
        "first_leg": ids[0],
        "second_leg": ids[1] if len(ids) > 1 else None,
        "third_leg": ids[2] if len(ids) > 2 else None,
        "first_goals": both.home if both else None,
        "second_goals": both.away if both else None,
        "away_goals_rule": None if known is None else known.away_goals or known.away_goals_in_extra_time,
        "decided_by": _decided_by(season, tie),
        "winner": tie.winner,
        "decided_on": tie.decided_on,
    }


_SCORES_TELL_FROM: Final = 2001
"""First season in which every source keeps shoot-outs out of the score: before it, some give them as the result."""


def _decided_by(season: _Season, tie: Tie) -> str | None:
    """What decided the tie; a winner that is behind on goals owes it to a committee."""
    if tie.decided_by is not None:
        return tie.decided_by.value
    both, winner = tie.aggregate, tie.winner
    if both is None or winner is None or season.season < _SCORES_TELL_FROM:
        return None
    behind = both.difference < 0 if winner == tie.first else both.difference > 0
    return DecidedBy.WALKOVER.value if behind else None


def _match_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema(
        [
            ("id", pa.int32()), ("stage", pa.string()), ("stage_rank", pa.int16()), ("leg", pa.int8()),
            ("tie", pa.int32()), ("neutral", pa.bool_()), ("known_from", pa.date32()),
        ]
    )  # fmt: skip


def _tie_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema(
        [
            ("id", pa.int32()), ("competition", pa.string()), ("season", pa.int16()), ("stage", pa.string()),
            ("stage_rank", pa.int16()), ("first", pa.string()), ("second", pa.string()), ("legs", pa.int8()),
            ("first_leg", pa.int32()), ("second_leg", pa.int32()), ("third_leg", pa.int32()),
            ("first_goals", pa.int16()), ("second_goals", pa.int16()), ("away_goals_rule", pa.bool_()),
            ("decided_by", pa.string()), ("winner", pa.string()), ("decided_on", pa.date32()),
        ]
    )  # fmt: skip
