"""A league or group table from its matches, by the competition's points and tie-breaks.

Each row says which tie-break put it ahead of the next. Clubs that no declared tie-break separates share a
position; what a table cannot know (a play-off, lots, a coefficient) is not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from secondleg.errors import BadInput
from secondleg.football.match import Match

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["DEFAULT", "Row", "Table", "TableRules", "Tiebreak", "table"]


class Tiebreak(StrEnum):
    """What separates clubs that are level on points. Head-to-head ones look only at matches among the level
    clubs."""

    HEAD_TO_HEAD_POINTS = "head-to-head points"
    HEAD_TO_HEAD_DIFFERENCE = "head-to-head goal difference"
    HEAD_TO_HEAD_GOALS = "head-to-head goals"
    HEAD_TO_HEAD_AWAY_GOALS = "head-to-head away goals"
    DIFFERENCE = "goal difference"
    GOALS = "goals scored"
    AVERAGE = "goal average"
    """Goals scored divided by goals conceded."""
    AWAY_GOALS = "away goals"
    WINS = "wins"
    AWAY_WINS = "away wins"
    OPPONENTS_POINTS = "points of the opponents met"
    OPPONENTS_DIFFERENCE = "goal difference of the opponents met"
    OPPONENTS_GOALS = "goals of the opponents met"
    PLAY_OFF = "play-off"
    """A match of its own: never decided here, but named as what decides."""

    @property
    def head_to_head(self) -> bool:
        """Whether only matches among the level clubs count."""
        return self in _HEAD_TO_HEAD


_HEAD_TO_HEAD: Final = frozenset(
    {
        Tiebreak.HEAD_TO_HEAD_POINTS,
        Tiebreak.HEAD_TO_HEAD_DIFFERENCE,
        Tiebreak.HEAD_TO_HEAD_GOALS,
        Tiebreak.HEAD_TO_HEAD_AWAY_GOALS,
    }
)


@dataclass(frozen=True, slots=True)
class TableRules:
    """Points for a win (one for a draw) and the tie-breaks in the order in which they are asked."""

    win: int
    order: tuple[Tiebreak, ...]
    reapply: bool = False
    """Whether the head-to-head tie-breaks are applied again to those still level after all of them (UEFA's
    groups)."""
    meetings: int | None = None
    """Head-to-head counts only once the level clubs have met that often each; None: from their first
    meeting."""
    play_off_below: tuple[int, ...] = ()
    """Positions whose border with the next is settled by a match if two clubs are level on points there."""


DEFAULT: Final = TableRules(win=3, order=(Tiebreak.DIFFERENCE, Tiebreak.GOALS))
"""Three points, goal difference, goals: for a table whose own rules are not declared. The caller chooses it,
and says so."""


@dataclass(frozen=True, slots=True)
class Row:
    """A club's line in a table; goals include extra time, which a table does not have."""

    club: str
    position: int
    played: int = 0
    won: int = 0
    drawn: int = 0
    lost: int = 0
    goals_for: int = 0
    goals_against: int = 0
    points: int = 0
    """Deductions taken off."""
    deducted: int = 0
    away_goals: int = 0
    away_wins: int = 0
    ahead_by: Tiebreak | None = None
    """What put the club ahead of the next one, both level on points; None: points did, or nothing does."""
    level_with_next: bool = False
    """Nothing at hand separates the club from the next one."""

    @property
    def difference(self) -> int:
        """Goals for less goals against."""
        return self.goals_for - self.goals_against


@dataclass(frozen=True, slots=True)
class Table:
    """Rows from the top; clubs that share a position stand in order of their ids."""

    rows: tuple[Row, ...]
    rules: TableRules
    _by_club: dict[str, Row] = field(default_factory=dict, repr=False, compare=False)

    def row(self, club: str) -> Row:
        """The line of one club. Raises BadInput for a club that is not in the table."""
        if not self._by_club:
            self._by_club.update({row.club: row for row in self.rows})
        if club not in self._by_club:
            raise BadInput(f"{club} is not in this table; it holds {', '.join(sorted(self._by_club))}.")
        return self._by_club[club]


def table(
    matches: Iterable[Match],
    rules: TableRules,
    *,
    clubs: Iterable[str] = (),
    deductions: Mapping[str, int] | None = None,
) -> Table:
    """The table of `matches`; fixtures and abandoned matches do not count.

    `clubs` adds those that have not played; `deductions` are points taken off, by club.
    """
    counted = [m for m in matches if m.status.counts and m.score is not None]
    taken = deductions or {}
    names = {m.home for m in counted} | {m.away for m in counted} | set(clubs) | set(taken)
    totals = _totals(counted, names, rules.win)
    overall = {
        club: replace(row, points=row.points - taken.get(club, 0), deducted=taken.get(club, 0))
        for club, row in totals.items()
    }
    sorter = _Sorter(counted, overall, rules)
    rows: list[Row] = []
    for points in sorted({row.points for row in overall.values()}, reverse=True):
        level = sorted(club for club, row in overall.items() if row.points == points)
        groups = sorter.split(level)
        place = len(rows) + 1
        for index, (group, by) in enumerate(groups):
            last_group = index == len(groups) - 1
            for number, club in enumerate(group):
                in_group = number < len(group) - 1
                rows.append(
                    replace(
                        overall[club],
                        position=place,
                        ahead_by=None if in_group or last_group else by,
                        level_with_next=in_group,
                    )
                )
            place += len(group)
    return Table(tuple(_with_play_offs(rows, rules)), rules)


def _with_play_offs(rows: list[Row], rules: TableRules) -> list[Row]:
    """Name the play-off as what decides, where exactly two clubs level on points straddle such a border."""
    for border in rules.play_off_below:
        if not 1 <= border < len(rows):
            continue
        upper, lower = rows[border - 1], rows[border]
        level = [row for row in rows if row.points == upper.points]
        if lower.points == upper.points and len(level) == 2:
            rows[border - 1] = replace(upper, ahead_by=Tiebreak.PLAY_OFF)
    return rows


def _totals(matches: Iterable[Match], clubs: Iterable[str], win: int) -> dict[str, Row]:
    sums: dict[str, list[int]] = {club: [0] * 9 for club in clubs}
    for match in matches:
        assert match.score is not None
        goals = match.score.final
        for club, scored, conceded, away in (
            (match.home, goals.home, goals.away, False),
            (match.away, goals.away, goals.home, True),
        ):
            line = sums[club]
            line[0] += 1
            line[1] += scored > conceded
            line[2] += scored == conceded
            line[3] += scored < conceded
            line[4] += scored
            line[5] += conceded
            line[6] += win if scored > conceded else scored == conceded
            line[7] += scored if away else 0
            line[8] += away and scored > conceded
    return {
        club: Row(club, 0, played, won, drawn, lost, scored, conceded, points, 0, away_goals, away_wins)
        for club, (played, won, drawn, lost, scored, conceded, points, away_goals, away_wins) in sums.items()
    }


Key = Callable[[str], "int | Fraction"]
Split = list[tuple[list[str], Tiebreak | None]]
"""Groups from the top, each with the tie-break that puts it ahead of the next."""


class _Sorter:
    """Splits clubs level on points by the tie-breaks of the rules."""

    def __init__(self, matches: Sequence[Match], overall: Mapping[str, Row], rules: TableRules) -> None:
        self.matches = matches
        self.overall = overall
        self.rules = rules
        self.opponents: dict[str, list[str]] = {club: [] for club in overall}
        for match in matches:
            self.opponents[match.home].append(match.away)
            self.opponents[match.away].append(match.home)

    def split(self, clubs: list[str]) -> Split:
        """`clubs`, level on points, in groups from the top."""
        return self._apply(clubs, self._blocks())

    def _blocks(self) -> list[tuple[Tiebreak, ...]]:
        """The order, with neighbouring head-to-head tie-breaks taken together."""
        blocks: list[tuple[Tiebreak, ...]] = []
        for tiebreak in self.rules.order:
            if tiebreak.head_to_head and blocks and blocks[-1][0].head_to_head:
                blocks[-1] = (*blocks[-1], tiebreak)
            else:
                blocks.append((tiebreak,))
        return blocks

    def _apply(self, clubs: list[str], blocks: Sequence[tuple[Tiebreak, ...]]) -> Split:
        if len(clubs) < 2 or not blocks:
            return [(clubs, None)]
        block, rest = blocks[0], blocks[1:]
        if not block[0].head_to_head:
            groups = self._by(clubs, block[0], self._overall_key(block[0]))
            return _each(groups, lambda group: self._apply(group, rest))
        if not self._have_met(clubs):
            return self._apply(clubs, rest)
        groups = self._mini_table(clubs, block)
        again = self.rules.reapply and len(groups) > 1
        return _each(groups, lambda group: self._apply(group, blocks if again else rest))

    def _have_met(self, clubs: list[str]) -> bool:
        """Whether the head-to-head counts yet."""
        if self.rules.meetings is None:
            return True
        among = sum(1 for m in self.matches if m.home in clubs and m.away in clubs)
        return among >= self.rules.meetings * len(clubs) * (len(clubs) - 1) // 2

    def _mini_table(self, clubs: list[str], block: Sequence[Tiebreak]) -> Split:
        """One pass of the head-to-head tie-breaks, all over the matches among `clubs`."""
        among = [m for m in self.matches if m.home in clubs and m.away in clubs]
        totals = _totals(among, clubs, self.rules.win)
        values: dict[Tiebreak, Key] = {
            Tiebreak.HEAD_TO_HEAD_POINTS: lambda club: totals[club].points,
            Tiebreak.HEAD_TO_HEAD_DIFFERENCE: lambda club: totals[club].difference,
            Tiebreak.HEAD_TO_HEAD_GOALS: lambda club: totals[club].goals_for,
            Tiebreak.HEAD_TO_HEAD_AWAY_GOALS: lambda club: totals[club].away_goals,
        }
        groups: Split = [(clubs, None)]
        for tiebreak in block:
            groups = _each(groups, lambda group, t=tiebreak: self._by(group, t, values[t]))  # type: ignore[misc]
        return groups

    def _overall_key(self, tiebreak: Tiebreak) -> Key:
        rows, met = self.overall, self.opponents
        keys: dict[Tiebreak, Key] = {
            Tiebreak.DIFFERENCE: lambda club: rows[club].difference,
            Tiebreak.GOALS: lambda club: rows[club].goals_for,
            Tiebreak.AVERAGE: lambda club: _average(rows[club]),
            Tiebreak.AWAY_GOALS: lambda club: rows[club].away_goals,
            Tiebreak.WINS: lambda club: rows[club].won,
            Tiebreak.AWAY_WINS: lambda club: rows[club].away_wins,
            Tiebreak.OPPONENTS_POINTS: lambda club: sum(rows[o].points for o in met[club]),
            Tiebreak.OPPONENTS_DIFFERENCE: lambda club: sum(rows[o].difference for o in met[club]),
            Tiebreak.OPPONENTS_GOALS: lambda club: sum(rows[o].goals_for for o in met[club]),
            Tiebreak.PLAY_OFF: lambda club: 0,
        }
        return keys[tiebreak]

    @staticmethod
    def _by(clubs: list[str], tiebreak: Tiebreak, key: Key) -> Split:
        values = {club: key(club) for club in clubs}
        groups = [
            [club for club in clubs if values[club] == value]
            for value in sorted(set(values.values()), reverse=True)
        ]
        return [(group, tiebreak if index < len(groups) - 1 else None) for index, group in enumerate(groups)]


def _each(groups: Split, split: Callable[[list[str]], Split]) -> Split:
    """Split every group further; the last part of a group keeps what put the group ahead of the next."""
    result: Split = []
    for group, by in groups:
        parts = split(group) if len(group) > 1 else [(group, None)]
        result += [*parts[:-1], (parts[-1][0], by)]
    return result


_NOTHING_CONCEDED: Final = 10**6
"""Stands for a goal average without goals against: above every finite one, and ordered by goals scored."""


def _average(row: Row) -> Fraction:
    from fractions import Fraction  # slow to import, and only old tables need it

    if row.goals_against == 0:
        return Fraction(row.goals_for * _NOTHING_CONCEDED)
    return Fraction(row.goals_for, row.goals_against)
