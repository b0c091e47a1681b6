"""What an answer rests on: the seasons that could change it, and whether the archive holds them whole.

Which competitions a club can have played in is not in the results themselves: that a club has no match in a
cup may mean that it did not enter or that the cup is not in the archive. So the expected competitions are
worked out: the UEFA competitions of that season, the cups of the club's country, and one league of it.
Super cups are expected only where a question names them: few clubs play one, and no season is missing for
want of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from secondleg.football.competition import Competition
from secondleg.football.country import EUROPE
from secondleg.football.rules import enters_directly
from secondleg.football.stage import KNOCKOUT_FROM, RANK
from secondleg.records.answer import Coverage, Covered
from secondleg.records.coverage_words import NOT_HELD, find_gaps, note
from secondleg.records.events import WON_RANK
from secondleg.records.held import ABOVE, HELD
from secondleg.records.known import (
    Known,
    LedgerEntry,
    Seasons,
    country_of,
    known,
    season_label,
    seasons_of,
)
from secondleg.records.known_ends import known_to, rank_asked
from secondleg.records.question import Question, Subject
from secondleg.records.scope import Scope
from secondleg.records.terms import Family, Statistic, Unit
from secondleg.records.unheld import unheld_cups

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["Ledger", "competitions_of", "coverage", "ledger", "running_season"]


SUPER_CUP: Final = "uefa.sc"


FIRST_TABLE: Final = RANK["regular-season"]
"""Rank from which a stage comes after the qualifying rounds, in seasons that have groups or a league phase."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One competition (or one of several leagues) that a season needs, and whether the archive holds it."""

    season: int
    competition: str
    name: str
    label: str
    held: bool
    played: bool
    """Whether the subject has a match in it."""
    reason: str
    silent_until: dt.date | None = None
    """Day before which the subject may have played in what is not held: in qualifying rounds, or in all of a cup that
    no source tells of. None if it cannot have."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that a question's scope needs, season by season."""

    expected: tuple[Expected, ...]
    begins: int | None
    """First season of the scope; None where nobody can say when its competitions began."""
    now: int
    """The season of the latest result in scope."""

    @property
    def gaps(self) -> tuple[int, ...]:
        """Seasons before `now` that are not whole; the running one is no break, however incomplete."""
        return tuple(sorted({e.season for e in self.expected if not e.held and e.season < self.now}))


def ledger(view: View, question: Question, reached: int | None = None) -> Ledger:
    """The seasons that `question` may rest on, from the first of its competitions to the day of the view.

    `reached` is the rank of the best campaign, where that is what was asked: see `known_ends`.
    """
    memory = known(view)
    rank = rank_asked(question) if reached is None else reached
    question = _as_its_opponent(question)
    club, scope = question.subject.club, question.scope
    bounds = (scope.first_season, scope.last_season, scope.since, scope.until)
    key = (club, question.opponent, scope.competitions, scope.family, scope.without, bounds, rank)
    if key not in memory.ledgers:
        book = _ledger(view, memory, question)
        if rank is not None:
            ends = known_to(view, rank)
            expected = [replace(e, held=e.held or (e.competition, e.season) in ends) for e in book.expected]
            book = replace(book, expected=tuple(expected))
        memory.ledgers[key] = book
    found = memory.ledgers[key]
    assert isinstance(found, Ledger)
    return found


def _as_its_opponent(question: Question) -> Question:
    """Of any club against one opponent, what that opponent's matches rest on: they are the same."""
    scope, opponent = question.scope, question.opponent
    if question.subject.club is not None or opponent is None:
        return question
    scope = replace(scope, opponent=None, country=None)
    return Question(Statistic.COUNT, question.event, Subject.of(opponent), question.unit, scope)


def _ledger(view: View, memory: Known, question: Question) -> Ledger:
    club, scope = question.subject.club, question.scope
    played: Seasons = seasons_of(view, club) if club else {}
    country = country_of(view, club) if club else None
    codes = _codes(memory, question, country)
    now = _now(memory, view, codes, played)
    last = now if scope.last_season is None else min(now, scope.last_season)
    if scope.until is not None:
        last = min(last, _season_of(scope.until))
    begins = _begins(memory, codes)
    starts = [HELD[code].first for code in codes if code in HELD]
    starts += [min(memory.ledger[code]) for code in codes if code in memory.ledger and code not in HELD]
    first = min((*starts, now))
    if scope.first_season is not None:
        first = max(first, scope.first_season)
    if scope.since is not None:
        first = max(first, _season_of(scope.since))
    expected: list[Expected] = []
    leagues = [code for code in codes if memory.competition(code).kind == "league"]
    for season in range(first, last + 1):
        for code in codes:
            if code in leagues or _ruled_out(code, season, played):
                continue
            if _in_season(memory, code, season):
                expected.append(_entry(memory, code, season, club, played))
        open_leagues = [code for code in leagues if _in_season(memory, code, season)]
        if open_leagues:
            expected.append(_league(memory, open_leagues, season, club, played))
    if club is not None and scope.competitions is None and question.opponent is None:
        expected += [
            Expected(
                season=cup.season,
                competition=cup.competition,
                name=cup.name,
                label=season_label(cup.season),
                held=cup.until is not None,
                played=False,
                reason=NOT_HELD,
                silent_until=cup.until,
            )
            for cup in unheld_cups(view, club, scope.family, range(first, last + 1))
            if cup.competition not in scope.without
        ]
    other = question.opponent
    if club is not None and other is not None:
        expected = _of_a_pair(view, expected, club, other)
        if scope.family is Family.EUROPE and SUPER_CUP not in scope.without:
            expected += _super_cups(view, memory, club, other, first, last)
    return Ledger(tuple(expected), begins, last)


def _of_a_pair(view: View, expected: list[Expected], club: str, other: str) -> list[Expected]:
    """What matters to a pair: only seasons in which both can have played.

    Every club of a European season plays twice at least, so one that is not among the matches held of a season that
    lacks one or two was not in it.
    """
    mine, theirs = seasons_of(view, club), seasons_of(view, other)
    ledger = known(view).ledger
    found: list[Expected] = []
    for e in expected:
        key, entry = (e.competition, e.season), ledger.get(e.competition, {}).get(e.season)
        if entry is None or not e.competition.startswith("uefa."):
            found.append(e)
            continue
        silent = e.silent_until and _silent_until(entry, e.competition, e.season, other, theirs)
        held = e.held or (not entry.only_clubs and not (key in mine and key in theirs))
        found.append(replace(e, held=held, silent_until=silent))
    return found


_BOTH_WON: Final = """
SELECT season FROM campaign
WHERE (club = $one OR club = $other) AND reached = $won
      AND competition <> $super_cup AND starts_with(competition, 'uefa.')
GROUP BY season HAVING count(DISTINCT club) = 2 ORDER BY season"""


def _super_cups(view: View, memory: Known, club: str, other: str, first: int, last: int) -> list[Expected]:
    """The Super Cups that the two played against each other: those after a season in which both won a cup."""
    won = view.rows(_BOTH_WON, one=club, other=other, won=WON_RANK, super_cup=SUPER_CUP)
    seasons = [row["season"] + 1 for row in won if first <= row["season"] + 1 <= last]
    played = seasons_of(view, club)
    return [
        _entry(memory, SUPER_CUP, season, club, played)
        for season in seasons
        if _in_season(memory, SUPER_CUP, season)
    ]


def running_season(view: View, question: Question) -> int:
    """The season that runs on the day of `view` in the competitions of the question's scope."""
    memory = known(view)
    club = question.subject.club or question.opponent
    played: Seasons = seasons_of(view, club) if club else {}
    codes = _codes(memory, question, country_of(view, club) if club else question.scope.country)
    now = _now(memory, view, codes, played)
    by_day = _season_of(view.as_of)
    anywhere = club is None and question.scope.country is None
    if anywhere and any(max(memory.ledger.get(code, {}), default=None) == by_day for code in codes):
        # where leagues of both calendars are meant, it is the season that most of them play
        return by_day
    if by_day - now != 1 or view.rows(_STILL_TO_PLAY, season=now, codes=",".join(codes))[0]["matches"]:
        return now
    # before its first match it is the new season that is meant
    return by_day


_STILL_TO_PLAY: Final = """
SELECT count(*) AS matches FROM fixture
WHERE season = $season AND list_contains(string_split($codes, ','), competition)"""


def coverage(
    question: Question,
    book: Ledger,
    *,
    first: int | None,
    last: int | None = None,
    since: dt.date | None = None,
) -> Coverage:
    """The coverage of an answer that rests on the seasons from `first` (None: from the start) to `last`.

    `since` is the first day that it rests on: a season's qualifying rounds before that day do not matter to it.
    """
    window = [
        e
        for e in book.expected
        if (first is None or e.season >= first) and (last is None or e.season <= last)
    ]
    if question.unit is not Unit.MATCH:
        # super cups and the like: matches that count in form, no ties or campaigns that anyone means
        window = [e for e in window if not (e.held and e.reason == NOT_HELD)]
    if _may_be_qualifying(question):
        window = [_with_qualifying(e, since) for e in window]
    gaps = tuple(find_gaps(e for e in window if not e.held))
    seasons = tuple(
        Covered(e.competition, e.name, e.season, e.label) for e in window if e.held and e.reason != NOT_HELD
    )
    from_the_start = first is None and not question.scope.bounded
    # that nothing is missing since the first season held says nothing of what came before it
    complete = bool(window) and not gaps and not (from_the_start and book.begins is None)
    return Coverage(
        complete=complete,
        seasons=seasons,
        gaps=gaps,
        whole_from=_whole_from(book),
        note=note(window, gaps),
    )


def _may_be_qualifying(question: Question) -> bool:
    """Whether what is asked about may have been in qualifying rounds."""
    scope = question.scope
    if not scope.qualifying or question.unit is Unit.CAMPAIGN:
        return False
    stages = (*(scope.stages or ()), *((scope.from_stage,) if scope.from_stage else ()))
    return not stages or any(RANK[stage] < RANK["round-1"] for stage in stages)


def _with_qualifying(entry: Expected, since: dt.date | None) -> Expected:
    """The entry as not held, if its missing qualifying rounds may have been the subject's."""
    if entry.silent_until is None or (since is not None and since >= entry.silent_until):
        return entry
    reason = NOT_HELD if entry.reason == NOT_HELD else "no qualifying rounds held"
    return replace(entry, held=False, reason=reason)


def competitions_of(view: View, scope: Scope) -> tuple[str, ...] | None:
    """The competitions of the archive that `scope` takes in; None where it takes in all."""
    if scope.competitions is None and scope.family is None and not scope.without:
        return None
    held = known(view).competitions
    codes = held if scope.competitions is None else scope.competitions
    return tuple(
        code
        for code in codes
        if code not in scope.without
        and (scope.family is None or (code in held and _in_family(held[code], scope.family)))
    )


def _codes(memory: Known, question: Question, country: str | None) -> list[str]:
    """Competitions that the subject can have played in, within the scope."""
    scope = question.scope
    if scope.competitions is not None:
        return [code for code in scope.competitions if code not in scope.without]
    found = dict(memory.competitions)
    for code in HELD:
        if code not in memory.competitions:
            found[code] = memory.competition(code)
    found = {code: c for code, c in found.items() if c.kind != "supercup"}
    codes = []
    for code, competition in found.items():
        if code in scope.without or not _in_family(competition, scope.family):
            continue
        # a club of Europe plays in no other confederation's cups; world cups of clubs: see `unheld`
        abroad = competition.family == "world" and country not in EUROPE and competition.country != "fifa"
        in_europe = competition.country == "uefa" and (not country or country in EUROPE)
        if in_europe or abroad or country is None or competition.country == country:
            codes.append(code)
    # every country has a cup, whether or not the archive has heard of it
    cups = [code for code in codes if found[code].kind == "cup" and found[code].country == country]
    if country and not cups and scope.family in (None, Family.DOMESTIC, Family.CUP):
        codes.append(f"{country}.cup")
    return sorted(codes)


def _in_family(competition: Competition, family: Family | None) -> bool:
    domestic = competition.family == "domestic"
    match family:
        case None:
            return True
        case Family.EUROPE:
            return competition.country == "uefa"
        case Family.DOMESTIC:
            return domestic
        case Family.LEAGUE:
            return domestic and competition.kind == "league"
        case Family.TOP_FLIGHT:
            return domestic and competition.kind == "league" and competition.tier == 1
        case Family.CUP:
            return domestic and competition.kind == "cup"


def _begins(memory: Known, codes: list[str]) -> int | None:
    """The season in which the first of these competitions began; None where one may be older still."""
    leagues = {code for code in codes if memory.competition(code).kind == "league"}
    unsure = [code for code in codes if code not in HELD and code not in leagues]
    if unsure or (leagues and not leagues & HELD.keys()):
        return None
    return min((HELD[code].first for code in codes if code in HELD), default=None)


def _in_season(memory: Known, code: str, season: int) -> bool:
    """Whether a competition was held that season, as far as is known."""
    if code in HELD:
        return HELD[code].in_season(season)
    kept = memory.ledger.get(code)
    return kept is None or min(kept) <= season


def _ruled_out(code: str, season: int, played: Seasons) -> bool:
    """Whether the club cannot have played in a competition, for how far it got in the one above it."""
    if (code, season) in played:
        return False
    return any(played.get((above, season), 0) >= KNOCKOUT_FROM for above in ABOVE.get(code, ()))


def _entry(memory: Known, code: str, season: int, club: str | None, played: Seasons) -> Expected:
    entry = memory.ledger.get(code, {}).get(season)
    return Expected(
        season=season,
        competition=code,
        name=memory.competition(code).name,
        label=entry.label if entry else season_label(season),
        held=entry is not None and entry.whole_for(club),
        played=(code, season) in played,
        reason=NOT_HELD if entry is None else entry.reason,
        silent_until=_silent_until(entry, code, season, club, played),
    )


def _silent_until(
    entry: LedgerEntry | None, code: str, season: int, club: str | None, played: Seasons
) -> dt.date | None:
    """See `Expected.silent_until`."""
    if entry is None or entry.qualifying:
        return None
    if club is not None:
        # who was in the groups of the competition above went past its qualifying rounds, and past this one's
        if any(played.get((above, season), 0) >= FIRST_TABLE for above in ABOVE.get(code, ())):
            return None
        if enters_directly(code, season, club.split("/")[0]):
            return None
    return entry.main_from


def _league(memory: Known, leagues: list[str], season: int, club: str | None, played: Seasons) -> Expected:
    """A club plays in one league of its country: the one in which it is seen settles the others."""
    entries = [_entry(memory, code, season, club, played) for code in leagues]
    seen = [e for e in entries if e.played]
    if seen:
        return next((e for e in seen if not e.held), seen[0])
    if club is not None and len(leagues) == 1:
        # one league asked about: the club is elsewhere if another league of its country shows it that season
        country = leagues[0].split(".")[0]
        elsewhere = any(
            (code, season) in played and c.kind == "league" and c.country == country
            for code, c in memory.competitions.items()
        )
        if elsewhere:
            return Expected(season, leagues[0], entries[0].name, entries[0].label, True, False, "")
    return next((e for e in entries if not e.held), entries[0])


def _now(memory: Known, view: View, codes: list[str], played: Seasons) -> int:
    """The running season: the latest that the ledger or the club's matches show."""
    kept = [season for code in codes for season in memory.ledger.get(code, {})]
    mine = [season for code, season in played if code in codes]
    return max((*kept, *mine), default=_season_of(view.as_of))


def _season_of(day: dt.date) -> int:
    """The season to which a day belongs where seasons run from July to June."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


_FIRST_MONTH: Final = 7


def _whole_from(book: Ledger) -> dt.date | None:
    if any(not e.held for e in book.expected if e.season == book.now):
        return None
    first = book.gaps[-1] + 1 if book.gaps else min((e.season for e in book.expected), default=None)
    return None if first is None else dt.date(first, _FIRST_MONTH, 1)
