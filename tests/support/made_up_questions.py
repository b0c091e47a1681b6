"""Questions over matches, made up at random, of the kinds that `support.plain_records` answers by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from secondleg.football.match import Venue
from secondleg.records import Event, Measure, Per, Question, Scope, Statistic, Subject
from secondleg.records.question import OF_CLUBS
from secondleg.records.scope import After
from support.plain_records import AGAINST, EVENTS, NUMBERED, TABLE, Ledger, Side

S = Statistic

ALONE = [s for s in S if s not in (S.CHANCE, S.FURTHEST, S.STAKES, S.FIRST_TO)]
ANY = (S.LAST, S.FIRST, S.NTH, S.COUNT, S.SHARE, S.TOTAL, S.AVERAGE, S.NEVER, S.ALWAYS, S.ONLY)
ANY_TOO = (*ANY, S.LONGEST_STREAK, S.MOST, *OF_CLUBS)


def draw(rng: random.Random, ledger: Ledger, competitions: tuple[str, ...], first_season: int) -> Question:
    """A question over matches of these competitions, from a season on."""
    anybody = rng.random() < 0.35
    statistic = rng.choice(ANY_TOO if anybody else ALONE)
    code = rng.choice(competitions)
    codes = (code,) if rng.random() < 0.6 else tuple(sorted({code, rng.choice(competitions)}))
    here = [s for s in ledger.sides if s.competition in codes and s.season >= first_season]
    side = rng.choice(here)
    scope = _scope(rng, codes, first_season, here, cut=not anybody)
    if statistic in (S.LAST_N, S.AS_MANY):
        scope = replace(scope, last=rng.randint(1, 8))
    per = None
    if statistic in (S.MOST, S.FEWEST, S.RANK):
        groups = (Per.UNIT, Per.SEASON, Per.YEAR, Per.OPPONENT)
        per = rng.choice(groups)
        if (anybody and statistic is S.MOST) or (statistic is S.RANK and rng.random() < 0.5):
            per = Per.CLUB
            scope = replace(scope, last=None, skip=None)
    measures = [Measure.SCORED, Measure.CONCEDED, Measure.GOALS]
    if statistic is not S.AS_MANY:
        measures += [Measure.DIFFERENCE, Measure.POINTS]
    measure = None
    if (
        statistic in (S.TOTAL, S.AVERAGE)
        or (per is not None and rng.random() < 0.6)
        or statistic is S.AS_MANY
    ):
        measure = rng.choice(measures)
    of = None
    if per is Per.CLUB and measure is None:
        of = rng.choice((None, S.COUNT, S.LONGEST_STREAK, S.CURRENT_STREAK))
    pair = not anybody and per is None and statistic not in OF_CLUBS and rng.random() < 0.15
    subject = Subject.any_club() if anybody else Subject(side.club, side.opponent if pair else None)
    return Question(
        statistic,
        _event(rng, table=per is not Per.CLUB and "STREAK" not in statistic.name),
        subject,
        scope=scope,
        measure=measure,
        before=side.date if statistic is S.SINCE and rng.random() < 0.5 else None,
        nth=rng.choice((1, 2, 5, 12)) if statistic is S.NTH else None,
        per=per,
        of=of,
    )


def _event(rng: random.Random, *, table: bool) -> Event:
    names = [*EVENTS, *(TABLE if table else ())]
    name = rng.choice(names)
    if name in NUMBERED:
        return Event(name, n=rng.randint(1, 4), against=AGAINST if name == "ended" else None)
    return Event(name, n=rng.randint(1, 6) if TABLE.get(name) else None)


def _scope(
    rng: random.Random, codes: tuple[str, ...], first_season: int, here: Sequence[Side], *, cut: bool
) -> Scope:
    parts: dict[str, Any] = {}
    for name, chance, make in (
        ("venue", 0.3, lambda: rng.choice(list(Venue))),
        ("since", 0.1, lambda: rng.choice(here).date),
        ("until", 0.1, lambda: rng.choice(here).date),
        ("months", 0.1, lambda: tuple(sorted(rng.sample(range(1, 13), 4)))),
        ("weekdays", 0.1, lambda: tuple(sorted(rng.sample(range(1, 8), 3)))),
        ("opening", 0.1, lambda: rng.randint(1, 12)),
        ("past", 0.1, lambda: rng.randint(1, 8)),
        ("skip", 0.15 * cut, lambda: rng.randint(1, 6)),
        ("last", 0.15 * cut, lambda: rng.randint(1, 12)),
        ("after", 0.1, lambda: After(_event(rng, table=False), scope=Scope(competitions=codes))),
    ):
        if rng.random() < chance:
            parts[name] = make()
    return Scope(competitions=codes, first_season=first_season, **parts)
