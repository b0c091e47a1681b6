"""Answers worked out by hand from the rows of an archive: plain Python, without the compiler of questions.

`Ledger` holds every match of some competitions' seasons as each side saw it. `Ledger.value(question)` is the value that
`answer` should give, for questions over matches. `support.made_up_questions` makes some.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from secondleg.football.stage import RANK
from secondleg.records import Event, Measure, Per, Question, Scope, Statistic, Subject
from secondleg.records.answer import (
    Always,
    AsMany,
    Average,
    Form,
    Occurrence,
    Only,
    Record,
    Since,
    Streak,
    Total,
    WouldBe,
)
from secondleg.records.groups import HOLDERS
from secondleg.records.question import OF_CLUBS

S = Statistic


@dataclass(frozen=True)
class Side:
    """A match as one club saw it."""

    match: int
    date: dt.date
    competition: str
    season: int
    stage: str | None
    club: str
    opponent: str
    venue: str
    scored: int
    conceded: int
    pens: tuple[int, int] | None

    @property
    def letter(self) -> str:
        return "W" if self.scored > self.conceded else "D" if self.scored == self.conceded else "L"


AGAINST = 1
"""Goals conceded of the scores that are asked for here."""
EVENTS: dict[str, Callable[[Side, int], bool]] = {
    "played": lambda s, n: True,
    "won": lambda s, n: s.letter == "W",
    "drew": lambda s, n: s.letter == "D",
    "lost": lambda s, n: s.letter == "L",
    "unbeaten": lambda s, n: s.letter in "WD",
    "winless": lambda s, n: s.letter in "DL",
    "scored": lambda s, n: s.scored >= 1,
    "failed to score": lambda s, n: s.scored == 0,
    "clean sheet": lambda s, n: s.conceded == 0,
    "conceded": lambda s, n: s.conceded >= 1,
    "both scored": lambda s, n: min(s.scored, s.conceded) >= 1,
    "goalless": lambda s, n: max(s.scored, s.conceded) == 0,
    "won to nil": lambda s, n: s.scored > 0 == s.conceded,
    "lost to nil": lambda s, n: s.conceded > 0 == s.scored,
    "won by": lambda s, n: s.scored - s.conceded >= n,
    "lost by": lambda s, n: s.conceded - s.scored >= n,
    "scored at least": lambda s, n: s.scored >= n,
    "conceded at least": lambda s, n: s.conceded >= n,
    "goals at least": lambda s, n: s.scored + s.conceded >= n,
    "goals at most": lambda s, n: s.scored + s.conceded <= n,
    "ended": lambda s, n: s.scored == n and s.conceded == AGAINST,
    "on penalties": lambda s, n: s.pens is not None,
    "won on penalties": lambda s, n: s.pens is not None and s.pens[0] > s.pens[1],
}
TABLE = {"top after": 0, "in top after": 1, "below after": 1, "bottom after": 0}
"""Events of the league table after a match, and whether they take a place."""

NUMBERED = (
    "won by",
    "lost by",
    "scored at least",
    "conceded at least",
    "goals at least",
    "goals at most",
    "ended",
)

Key = tuple[dt.date, int, str]


class Ledger:
    """The matches of an archive before a day."""

    def __init__(
        self, rows: Iterable[dict[str, Any]], day: dt.date, labels: dict[tuple[str, int], str]
    ) -> None:
        self.day = day
        self.labels = labels
        self.sides: list[Side] = []
        self.entrants: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
        for row in rows:
            season = row["competition"], row["season"]
            if row["home_goals"] is None or row["status"] not in ("played", "awarded"):
                continue
            self.entrants[season] |= {row["home"], row["away"]}
            if row["date"] >= day:
                continue
            goals = row["home_goals"], row["away_goals"]
            pens = None if row["home_pens"] is None else (row["home_pens"], row["away_pens"])
            for at in (0, 1):
                venue = "neutral" if row["neutral"] else ("home", "away")[at]
                told = row["id"], row["date"], *season, row["stage"]
                clubs = (row["home"], row["away"])[:: 1 - 2 * at]
                turned = None if pens is None else (pens[at], pens[1 - at])
                self.sides.append(Side(*told, *clubs, venue, goals[at], goals[1 - at], turned))
        self.sides.sort(key=lambda side: (side.date, side.match, side.club))

    @cached_property
    def places(self) -> dict[tuple[str, int, dt.date], dict[str, tuple[int, bool]]]:
        """Place of each club, and whether it is last, after the league matches of each day."""
        found: dict[tuple[str, int, dt.date], dict[str, tuple[int, bool]]] = {}
        leagues = [s for s in self.sides if s.stage in (None, "regular-season")]
        for season in {(s.competition, s.season) for s in leagues}:
            mine = [s for s in leagues if (s.competition, s.season) == season]
            line = dict.fromkeys(self.entrants[season], (0, 0, 0))
            for day in sorted({s.date for s in mine}):
                for s in mine:
                    if s.date == day:
                        points, difference, goals = line[s.club]
                        points += {"W": 3, "D": 1, "L": 0}[s.letter]
                        line[s.club] = points, difference + s.scored - s.conceded, goals + s.scored
                found[(*season, day)] = {
                    club: (
                        1 + sum(other > own for other in line.values()),
                        not any(other < own for other in line.values()),
                    )
                    for club, own in line.items()
                }
        return found

    def holds(self, event: Event, side: Side) -> bool | None:
        if event.name not in TABLE:
            return EVENTS[event.name](side, event.n or 0)
        if side.stage not in (None, "regular-season"):
            return None
        found = self.places.get((side.competition, side.season, side.date), {}).get(side.club)
        if found is None:
            return None
        place, last = found
        if event.name == "bottom after":
            return place > 1 and last
        if event.name == "top after":
            return place == 1
        assert event.n is not None
        return place <= event.n if event.name == "in top after" else place > event.n

    def units(self, question: Question, *, known: bool = True) -> list[Side]:
        """The matches that a question looks at, oldest first; or those of which nobody knows whether it happened."""
        club, scope = question.subject.club, question.scope
        opponent = question.opponent
        found = [s for s in self.sides if club is None or s.club == club]
        found = [s for s in found if opponent is None or s.opponent == opponent]
        found = [s for s in found if _within(scope, s)]
        if scope.after is not None:
            after = scope.after
            days: dict[str, dt.date] = {}
            for s in self.sides:
                if _within(after.scope or Scope(), s) and self.holds(after.event, s):
                    days[s.club] = s.date
            found = [s for s in found if s.club in days and s.date > days[s.club]]
        if scope.opening is not None or scope.past is not None:
            seen: Counter[tuple[str, int]] = Counter()
            kept = []
            for s in found:
                seen[s.club, s.season] += 1
                if (scope.past or 0) < seen[s.club, s.season] <= (scope.opening or 10**9):
                    kept.append(s)
            found = kept
        found = [s for s in found if (self.holds(question.event, s) is not None) is known]
        if scope.skip is not None:
            found = found[: -scope.skip] if scope.skip < len(found) else []
        if scope.last is not None and question.statistic is not S.AS_MANY:
            found = found[-scope.last :]
        return found

    def label(self, side: Side) -> str:
        return self.labels[side.competition, side.season]

    def value(self, question: Question) -> object:
        """What `answer` should say; of records and ranks, `summary` of it."""
        units = self.units(question)
        hits = [bool(self.holds(question.event, s)) for s in units]
        at = [i for i, hit in enumerate(hits) if hit]
        proof = [units[i] for i in at]
        amount = _amount(question.measure)
        statistic = question.statistic
        everyone = question.subject.club is None
        if statistic in OF_CLUBS:
            return self._list(question, units, hits)
        if everyone and question.per is None and statistic is not S.LONGEST_STREAK:
            return self._of_any(question, units, hits)
        if statistic in (S.MOST, S.FEWEST, S.RANK) and question.per is not Per.CLUB:
            return self._groups(question, units, hits)
        if question.per is Per.CLUB:
            return self._clubs(question)
        if statistic is S.CURRENT_STREAK:
            length = next((n for n, hit in enumerate(reversed(hits)) if not hit), len(hits))
            if not length:
                return Streak(0, None, None, ongoing=False)
            return Streak(length, units[-length].date, units[-1].date, ongoing=True)
        if statistic is S.LONGEST_STREAK:
            return self._longest(question, units, hits)
        if statistic in (S.LAST, S.FIRST, S.NTH):
            nth = {S.LAST: len(at), S.FIRST: 1}.get(statistic, question.nth or 0)
            if not 1 <= nth <= len(at):
                return None
            here = units[at[nth - 1]]
            since = len(units) - 1 - at[nth - 1]
            return Occurrence(here.date, self.label(here), here.competition, at[nth - 1], since)
        if statistic is S.LAST_N:
            return Form("".join(s.letter for s in units))
        if statistic in (S.COUNT, S.SHARE):
            return len(at), len(units)
        if statistic is S.TOTAL:
            return Total(sum(map(amount, proof)), len(at))
        if statistic is S.AVERAGE:
            total = sum(map(amount, proof))
            return Average(total / len(at), total, len(at)) if at else None
        if statistic is S.RECORD:
            letters = Counter(s.letter for s in proof)
            goals = sum(s.scored for s in proof), sum(s.conceded for s in proof)
            return Record(letters["W"], letters["D"], letters["L"], *goals)
        if statistic is S.NEVER:
            return not at, len(units)
        if statistic is S.ALWAYS:
            return Always(bool(units) and len(at) == len(units), len(units), len(units) - len(at))
        if statistic is S.ONLY:
            if not at:
                return Only(False, 0, len(units), None, None, None)
            here = proof[-1]
            return Only(len(at) == 1, len(at), len(units), here.date, self.label(here), here.competition)
        if statistic is S.SINCE:
            return self._since(question, units, at)
        if statistic is S.AS_MANY:
            return self._as_many(question, units, hits)
        assert statistic is S.WOULD_BE, statistic
        previous = at[-1] if at else None
        return WouldBe(
            nth=len(at) + 1,
            previous=None if previous is None else units[previous].date,
            previous_season=None if previous is None else self.label(units[previous]),
            between=len(units) - 1 - (-1 if previous is None else previous),
            run=1 + next((n for n, hit in enumerate(reversed(hits)) if not hit), len(hits)),
            longest=max(_runs(hits), default=0),
        )

    def _of_any(self, question: Question, units: Sequence[Side], hits: Sequence[bool]) -> object:
        """The value for any club: a match counts once, and has the event where it has it for a side."""
        matches: dict[int, list[bool]] = {}
        for side, hit in zip(units, hits, strict=True):
            matches.setdefault(side.match, []).append(hit)
        order = list(matches)
        at = [match for match in order if any(matches[match])]
        proof = [side for side, hit in zip(units, hits, strict=True) if hit]
        statistic, amount = question.statistic, _amount(question.measure)
        if statistic in (S.LAST, S.FIRST, S.NTH):
            nth = {S.LAST: len(at), S.FIRST: 1}.get(statistic, question.nth or 0)
            if not 1 <= nth <= len(at):
                return None
            # of both sides that have it, that which the archive names first; of the last time, last
            sides = [side for side in proof if side.match == at[nth - 1]]
            here = sides[-1] if statistic is S.LAST else sides[0]
            before = order.index(here.match)
            since = len(order) - 1 - before
            return Occurrence(here.date, self.label(here), here.competition, before, since, here.club)
        if statistic in (S.COUNT, S.SHARE):
            return len(at), len(order)
        if statistic is S.NEVER:
            return not at, len(order)
        if statistic is S.ALWAYS:
            missed = sum(not all(sides) for sides in matches.values())
            return Always(bool(order) and not missed, len(order), missed)
        if statistic is S.ONLY:
            if not at:
                return Only(False, 0, len(order), None, None, None)
            last = proof[-1]
            return Only(len(at) == 1, len(at), len(order), last.date, self.label(last), last.competition)
        if question.measure is Measure.GOALS:
            goals = {side.match: amount(side) for side in proof}
            total, each = sum(goals.values()), len(goals)
        else:
            total, each = sum(map(amount, proof)), len(proof)
        if statistic is S.TOTAL:
            return Total(total, len(at))
        assert statistic is S.AVERAGE, statistic
        return Average(total / each, total, len(at)) if at else None

    def _list(self, question: Question, units: Sequence[Side], hits: Sequence[bool]) -> object:
        """How many clubs of how many, each with its times, units, first and last match, in the order of the list."""
        of_club = question.subject.club is not None
        mine: defaultdict[str, list[tuple[Side, bool]]] = defaultdict(list)
        for s, hit in zip(units, hits, strict=True):
            mine[s.opponent if of_club else s.club].append((s, hit))
        unsure = {s.opponent if of_club else s.club for s in self.units(question, known=False)}
        spanned = {s.season for s in units}
        never = question.statistic is S.WHICH_NEVER
        found = []
        for club, each in mine.items():
            held = [s for s, hit in each if hit]
            if never:
                chosen = not held and club not in unsure
            elif question.statistic is S.WHICH:
                chosen = bool(held)
            else:
                chosen = {s.season for s in held} == spanned
            if chosen:
                ends = [s for s, _ in each] if never else held
                found.append((club, len(held), len(each), ends[0], ends[-1]))
        # of those that are level the first of the alphabet comes first: sorting keeps their order
        found.sort(key=lambda one: one[0])
        found.sort(key=lambda one: (one[2] if never else one[1], one[4].date, one[4].match), reverse=True)
        listed = [
            (club, n, of, first.date, last.date, self.label(last)) for club, n, of, first, last in found
        ]
        return len(listed), len(mine), listed

    def _longest(self, question: Question, units: Sequence[Side], hits: Sequence[bool]) -> object:
        if question.subject.club is None:
            by_club: defaultdict[str, list[bool]] = defaultdict(list)
            for side, hit in zip(units, hits, strict=True):
                by_club[side.club].append(hit)
            best = max((max(_runs(each), default=0) for each in by_club.values()), default=0)
            return best, {c for c, each in by_club.items() if best and max(_runs(each), default=0) == best}
        best, end, now = 0, -1, 0
        for i, hit in enumerate(hits):
            now = now + 1 if hit else 0
            if now and now >= best:
                best, end = now, i
        if not best:
            return Streak(0, None, None, ongoing=False)
        return Streak(best, units[end - best + 1].date, units[end].date, ongoing=end == len(units) - 1)

    def _since(self, question: Question, units: Sequence[Side], at: Sequence[int]) -> Since:
        if question.before is None:
            anchor = at[-1] if at else None
        else:
            anchor = next((i for i in at if units[i].date >= question.before), None)
        end = len(units) if anchor is None else anchor
        earlier = [i for i in at if i < end]
        previous = earlier[-1] if earlier else None
        return Since(
            None if anchor is None else units[anchor].date,
            None if previous is None else units[previous].date,
            None if previous is None else self.label(units[previous]),
            end - (-1 if previous is None else previous) - 1,
        )

    def _as_many(self, question: Question, units: Sequence[Side], hits: Sequence[bool]) -> AsMany | None:
        if not units:
            return None
        last, amount = question.scope.last or 0, _amount(question.measure)
        counted = [amount(s) if hit else 0 for s, hit in zip(units, hits, strict=True)]
        recently, previous, before = sum(counted[-last:]), 0, 0
        for one in reversed(counted[:-last]):
            if before + one > recently:
                break
            previous, before = previous + 1, before + one
        return AsMany(recently, min(last, len(units)), previous, before)

    def _groups(self, question: Question, units: Sequence[Side], hits: Sequence[bool]) -> object:
        """Amount, number and next amount of a record; place, number and amount of a rank; and whose it is."""
        per, amount = question.per, _amount(question.measure)
        key: Callable[[Side], object] = {
            Per.UNIT: lambda s: s.match,
            Per.SEASON: lambda s: s.season,
            Per.YEAR: lambda s: s.date.year,
            Per.OPPONENT: lambda s: s.opponent,
        }[per]  # type: ignore[index]
        sums: dict[tuple[str, object], int] = {}
        for s, hit in zip(units, hits, strict=True):
            if per is Per.UNIT and not hit:
                continue
            at = s.club, key(s)
            # the latest group comes last
            sums[at] = sums.pop(at, 0) + (amount(s) if hit else 0)
        if question.statistic is S.RANK:
            if not sums:
                return None
            mine = list(sums.values())[-1]
            return 1 + sum(each > mine for each in sums.values()), len(sums), mine
        if question.statistic is S.FEWEST and per in (Per.SEASON, Per.YEAR):
            now = max((s.season for s in units), default=0) if per is Per.SEASON else self.day.year
            sums = {at: each for at, each in sums.items() if int(str(at[1])) < now}
        if not sums:
            return None
        pick = max if question.statistic is S.MOST else min
        best = pick(sums.values())
        others = [each for each in sums.values() if each != best]
        return best, len(sums), pick(others) if others else None

    def _clubs(self, question: Question) -> object:
        """Amount or place, number of clubs, and the best clubs, of clubs compared by a count, a run or a total."""
        by = question.of or (S.TOTAL if question.measure else S.COUNT)
        everyone = replace(
            question, statistic=S.COUNT, per=None, of=None, measure=None, subject=Subject.any_club()
        )
        found: dict[str, int] = {}
        for club in {s.club for s in self.units(everyone)}:
            one = replace(everyone, statistic=by, subject=Subject.of(club), measure=question.measure)
            value = self.value(one)
            number = value[0] if isinstance(value, tuple) else getattr(value, "length", None)
            found[club] = value.goals if isinstance(value, Total) else int(number)  # type: ignore[arg-type]
        if question.statistic is S.RANK:
            club = str(question.subject.club)
            if club not in found:
                return None
            return 1 + sum(each > found[club] for each in found.values()), len(found), found[club]
        best = max(found.values(), default=None)
        return (
            None
            if best is None
            else (best, len(found), sorted(c for c, each in found.items() if each == best)[:HOLDERS])
        )


def _runs(hits: Sequence[bool]) -> list[int]:
    found, now = [0], 0
    for hit in hits:
        now = now + 1 if hit else 0
        found.append(now)
    return found


def _amount(measure: Measure | None) -> Callable[[Side], int]:
    if measure is None:
        return lambda s: 1
    return {
        Measure.SCORED: lambda s: s.scored,
        Measure.CONCEDED: lambda s: s.conceded,
        Measure.GOALS: lambda s: s.scored + s.conceded,
        Measure.DIFFERENCE: lambda s: s.scored - s.conceded,
        Measure.POINTS: lambda s: {"W": 3, "D": 1, "L": 0}[s.letter],
    }[measure]


def _within(scope: Scope, side: Side) -> bool:
    rank = None if side.stage is None else RANK[side.stage]
    return (
        (scope.competitions is None or side.competition in scope.competitions)
        and (scope.first_season is None or side.season >= scope.first_season)
        and (scope.last_season is None or side.season <= scope.last_season)
        and (scope.venue is None or side.venue == scope.venue.value)
        and (scope.since is None or side.date >= scope.since)
        and (scope.until is None or side.date <= scope.until)
        and (scope.months is None or side.date.month in scope.months)
        and (scope.weekdays is None or side.date.isoweekday() in scope.weekdays)
        and (scope.from_stage is None or (rank is not None and rank >= RANK[scope.from_stage]))
        and (scope.qualifying or rank is None or rank >= RANK["round-1"])
    )


def summary(question: Question, value: Any) -> object:
    """An answer's value as `Ledger.value` gives it."""
    if value is None:
        return None
    if question.statistic in (S.COUNT, S.SHARE):
        return value.k, value.of
    if question.statistic is S.NEVER:
        return value.never, value.of
    if question.statistic in OF_CLUBS:
        listed = [(c.club, c.times, c.of, c.first, c.last, c.last_season) for c in value.clubs]
        return value.n, value.of, listed
    if question.statistic is S.RANK:
        return value.place, value.of, value.amount
    if question.per is Per.CLUB:
        return value.amount, value.of, sorted(holder.club for holder in value.holders)
    if question.statistic in (S.MOST, S.FEWEST):
        return value.amount, value.of, value.next
    if question.statistic is S.LONGEST_STREAK and question.subject.club is None:
        return value.length, {value.club, *value.joint} - {None}
    return value
