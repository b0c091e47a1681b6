"""Ties: which matches of a knockout stage are legs or replays, and which were on neutral ground."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from secondleg.football.match import Status
from secondleg.sources.football_txt._competitions import Competition, neutral_rules
from secondleg.sources.football_txt._rows import Row
from secondleg.sources.football_txt._stages import TABLE_STAGES

__all__ = ["set_legs", "set_neutral"]

Tie = list[Row]


def set_legs(rows: Sequence[Row]) -> None:
    """Number the legs of two-legged ties 1 and 2, a replay or play-off match 3; a single match has no leg.

    Two matches of the same sides with ends swapped are two legs; but where the stage also has ties of one
    match, and the first match of every tie of two was drawn, the second matches are replays.
    """
    stages: dict[tuple[str, str], dict[frozenset[str], Tie]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if (
            row.stage in TABLE_STAGES
            or row.stage is None
            or row.status in (Status.POSTPONED, Status.ABANDONED)
        ):
            continue
        stages[row.stage, _round(row)][frozenset((row.home, row.away))].append(row)
    for ties in stages.values():
        pairs = [sorted(tie, key=lambda row: row.date) for tie in ties.values() if _ends_swap(tie)]
        replays = len(pairs) < len(ties) and all(_drawn(pair[0]) for pair in pairs)
        for pair in pairs:
            if replays and len(pair) == 2:
                pair[1].leg = 3
                pair[1].note = "; ".join(filter(None, (pair[1].note, "replay")))
                continue
            for number, row in enumerate(pair, 1):
                row.leg = row.leg or min(number, 3)


def _round(row: Row) -> str:
    """The round within a stage such as play-offs that has several; match days and legs are left out."""
    parts = [part for part in (row.stage_text or "").split(", ") if not part.startswith("Matchday")]
    return ", ".join(parts)


def _ends_swap(tie: Tie) -> bool:
    return len(tie) in (2, 3) and len({row.home for row in tie[:2]}) == 2


def _drawn(row: Row) -> bool:
    return row.home_goals is not None and row.home_goals == row.away_goals and row.home_pens is None


def set_neutral(rows: Sequence[Row], competition: Competition) -> None:
    """Mark matches on neutral ground by the competition's rules; leagues play at home, others are unknown."""
    stages, days = neutral_rules()
    by_stage = [
        rule
        for rule in stages
        if rule.competition == competition.code and rule.first <= competition.season <= rule.last
    ]
    by_day = [rule for rule in days if rule.competition == competition.code]
    for row in rows:
        if competition.kind == "league" and row.stage in TABLE_STAGES:
            row.neutral = False
        if any(row.stage in rule.stages and not (rule.single and row.leg) for rule in by_stage):
            row.neutral = True
        for moved in by_day:
            if row.date in moved.days and row.home in moved.home and row.away in moved.away:
                row.neutral, row.ground = True, row.ground or moved.ground
