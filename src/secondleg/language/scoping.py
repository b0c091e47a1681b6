"""Scopes in words, both ways: what a question looks at as prose says it, and what prose says as a scope.

Every part of a `Scope` has its words in the phrase `scope` of the book, so that what is written says all that was
asked. What prose leaves out is agreed upon: without a word of it all competitions are meant, and "in Europe" is all
of UEFA's cups for matches, but for ties and campaigns those without the Super Cup and the Intertoto Cup.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from secondleg.errors import BadInput
from secondleg.football.country import ADJECTIVE
from secondleg.football.match import Venue
from secondleg.language.grammar import worded
from secondleg.language.happening import UNIT_WORD, UNITS, event_read, event_values
from secondleg.language.kinds import Season
from secondleg.language.legs import first_leg_read, first_leg_values
from secondleg.language.lexicon import Lexicon, joined, stage_phrase
from secondleg.records.events import Event
from secondleg.records.question import Question
from secondleg.records.scope import EVERYTHING, After, Scope
from secondleg.records.terms import Family, OpponentClass, Statistic, Unit

__all__ = ["About", "Piece", "scope_text", "scopes_read", "spread"]

FOR_SHOW: Final = ("uefa.sc", "uefa.itc")
"""Cups that "in Europe" leaves out for ties and campaigns: one tie for show, and one that led to another cup."""

_VENUE: Final = {Venue.HOME: "home", Venue.AWAY: "away", Venue.NEUTRAL: "neutral"}


def scope_text(
    scope: Scope,
    lexicon: Lexicon,
    seasons: Iterable[int] = (),
    *,
    unit: Unit = Unit.MATCH,
    leg: bool = True,
    where: bool = True,
    stages: bool = True,
    last: bool = False,
    part_of_season: bool = True,
    everywhere: bool = False,
    country: bool = True,
) -> str | None:
    """At home in Europe; in all competitions; after losing the first leg of a European tie at home.

    None where the book has no words for it. `seasons` are those of the matches told of: a competition is called what
    it was called then. Without `leg`, `where`, `stages` or `country`, nothing is said of a first leg, of the
    competitions, of stages or of whose clubs are meant: the sentence has said it; nor without `part_of_season` of the
    first matches of each season. With `last` it says of how many last matches; with `everywhere` that all competitions
    are meant, however else it is narrowed.
    """
    parts: list[str | None] = []

    def say(**values: Any) -> None:
        parts.append(worded("scope", values, lexicon))

    if scope.venue:
        say(venue=_VENUE[scope.venue])
    if scope.first_leg is not None and leg:
        say(piece="first leg", **first_leg_values(scope))
    if scope.opponent:
        say(piece="opponent", opponent=scope.opponent)
    if scope.opponent_country:
        land = scope.opponent_country
        say(piece="country", **{"adjective" if land in ADJECTIVE else "country": land})
    if scope.opponents:
        say(piece="opponents", opponents=[{"winner": club} for club in scope.opponents])
    if scope.stages and stages:
        say(piece="stages", stages=joined(map(stage_phrase, scope.stages)))
    if scope.from_stage:
        say(piece="from stage", stages_place=scope.from_stage)
    if where and scope.family and not (scope.first_leg is not None and scope.family is Family.EUROPE):
        say(family=str(scope.family))
    if where and scope.competitions:
        called = joined(lexicon.competition(code, seasons) for code in scope.competitions)
        say(piece="competitions", competitions=called)
    named = scope.family or scope.competitions or scope.opponent or scope.first_leg
    # a league season is of a league without a word
    if where and not named and unit is not Unit.SEASON:
        say(piece="all")
    elif everywhere and not (scope.family or scope.competitions):
        say(piece="all", leagues=int(unit is Unit.SEASON))
    if scope.opponent_class:
        say(piece="class", opponent_class=str(scope.opponent_class))
    if scope.leg:
        say(piece="leg", leg_no=scope.leg)
    if scope.country and country:
        say(piece="clubs of", **{"adjective" if scope.country in ADJECTIVE else "country": scope.country})
    if scope.months:
        say(piece="in month", months=[{"month": month} for month in scope.months])
    if scope.weekdays:
        say(piece="on weekday", weekdays=[{"weekday": day} for day in scope.weekdays])
    if part_of_season and scope.opening:
        say(piece="opening", opening_n=scope.opening, unit=UNIT_WORD[unit])
    if part_of_season and scope.past:
        say(piece="past", past_n=scope.past, unit=UNIT_WORD[unit])
    if scope.this_season:
        say(piece="this season")
    _say_times(scope, lexicon, say)
    _say_apart(scope, lexicon, unit, say)
    if last:
        _say_last(scope, unit, say)
    if scope.after is not None:
        _say_after(scope.after, lexicon, say)
    if None in parts:
        return None
    return " ".join(" ".join(map(str, parts)).split()).replace(" ,", ",")


def _say_last(scope: Scope, unit: Unit, say: Any) -> None:
    n, skip = scope.last, scope.skip
    values = {"unit": UNIT_WORD[unit], "skip_n": skip}
    if n is not None:
        say(piece="last", last_n=n, of=n, skipped=int(skip is not None), **values)
    elif skip is not None:
        say(piece="skip", **values)


def _say_after(after: After, lexicon: Lexicon, say: Any) -> None:
    inner = after.scope
    # of the one event that a scope looks back to, no competition named means any
    where = "" if inner is None else scope_text(inner, lexicon, unit=after.unit)
    if where is not None:
        where = where.replace("in all competitions", "").strip()
    say(piece="after", scope=where, **event_values(after.event, after.unit))


def _say_times(scope: Scope, lexicon: Lexicon, say: Any) -> None:
    calendar = lexicon.calendar
    codes = scope.competitions or ()
    whole = bool(codes) and all(code in calendar for code in codes)
    first = None if scope.first_season is None else Season(scope.first_season, calendar=whole)
    last = None if scope.last_season is None else Season(scope.last_season, calendar=whole)
    if first is not None and first == last:
        say(piece="in season", from_season=first)
    elif first is not None and last is not None:
        say(piece="seasons", from_season=first, to_season=last)
    elif first is not None:
        say(piece="since season", from_season=first)
    elif last is not None:
        say(piece="up to season", to_season=last)
    if scope.since is not None and scope.since == scope.until:
        say(piece="on day", day=scope.since)
        return
    if scope.since is not None:
        say(piece="since day", from_day=scope.since)
    if scope.until is not None:
        say(piece="up to day", to_day=scope.until)


def _say_apart(scope: Scope, lexicon: Lexicon, unit: Unit, say: Any) -> None:
    usual = _usually_without(scope, unit)
    apart = [code for code in scope.without if code not in usual]
    if apart:
        say(piece="without", competitions=joined(lexicon.competition(code) for code in apart))
    counted = [code for code in usual if code not in scope.without]
    if counted:
        say(piece="with", competitions=joined(lexicon.competition(code) for code in counted))
    if not scope.qualifying:
        say(piece="no qualifying")


def _usually_without(scope: Scope, unit: Unit) -> tuple[str, ...]:
    return FOR_SHOW if scope.family is Family.EUROPE and unit is not Unit.MATCH else ()


# -- reading ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class About:
    """What a text is about, so far as it does not say: the day, the match, and whom "they" means."""

    as_of: dt.date
    home: str | None = None
    away: str | None = None
    competition: str | None = None
    season: int | None = None
    date: dt.date | None = None
    stage: str | None = None
    calendar: frozenset[str] = frozenset()
    """Codes of competitions whose season is a calendar year (`Lexicon.calendar`)."""

    @property
    def this_season(self) -> int:
        """The season under way, by the year in which it began."""
        if self.season is not None:
            return self.season
        return self.as_of.year if self.as_of.month >= _FIRST_MONTH else self.as_of.year - 1


_FIRST_MONTH: Final = 7
"""Month in which European seasons begin."""


Piece = tuple[tuple[str, Any], ...]


def scopes_read(
    pieces: Sequence[Piece], unit: Unit, about: About, named: tuple[str, ...] | None = None
) -> list[tuple[Scope, bool]]:
    """What some words of the scope mean together, the likeliest first, and whether it was meant by all of them.

    None of it where they are at odds. The second part is False where a reading takes some words in another than
    their usual sense. `named` are competitions that the phrase itself names.
    """
    found = Scope()
    told = False
    later: list[dict[str, Any]] = []
    for values in spread(pieces):
        if values.get("piece") == "stadium":
            continue  # whose venue it is depends on the subject: `at_ground`
        changed = _read_piece(found, values, about)
        if changed is None:
            return []
        found = changed
        told = told or "family" in values or values.get("piece") in _WHERE_TOLD
        later.append(values)
    if any("of_league" in values for values in later) and not (named or found.competitions or found.family):
        # the opening day is the league's
        found = replace(found, family=Family.LEAGUE)
        told = True
    if found.family is Family.EUROPE and unit is not Unit.MATCH:
        asked_for = {code for values in later if values.get("piece") == "with" for code in _codes(values)}
        found = replace(
            found, without=tuple(code for code in FOR_SHOW if code not in asked_for) + found.without
        )
    return [(scope, told) for scope in _in_calendar_or_not(found, later, about, named)]


def spread(pieces: Sequence[Piece]) -> Iterator[dict[str, Any]]:
    """The pieces, and those that stand within them: "in their last ten away matches"."""
    for piece in pieces:
        values = dict(piece)
        # what is said within "since their last defeat in Europe" is of that defeat
        if values.get("piece") != "after":
            yield from spread(values.pop("scope", ()))
        yield values


def _in_calendar_or_not(
    scope: Scope, pieces: Sequence[dict[str, Any]], about: About, named: tuple[str, ...] | None
) -> list[Scope]:
    """A year alone is a season where seasons are calendar years; else "since 2010" is from its first day on."""
    codes = scope.competitions or named or ()
    if codes and all(code in about.calendar for code in codes):
        return [scope]
    years = [
        value
        for values in pieces
        for key, value in values.items()
        if isinstance(value, Season) and value.calendar and key in ("from_season", "to_season")
    ]
    if not years:
        return [scope]
    by_day = replace(scope, first_season=None, last_season=None)
    if scope.first_season is not None:
        by_day = replace(by_day, since=dt.date(scope.first_season, 1, 1))
    if scope.last_season is not None:
        by_day = replace(by_day, until=dt.date(scope.last_season, 12, 31))
    if any(values.get("piece") == "before season" for values in pieces):
        return [by_day]  # the season that ends in 2020 is not before it
    return [by_day, scope]


def _codes(values: dict[str, Any]) -> tuple[str, ...]:
    found = [code for item in values["competitions"] for code in item["competition"]]
    return tuple(dict.fromkeys(found))


def _read_piece(scope: Scope, values: dict[str, Any], about: About) -> Scope | None:
    """The scope with one more piece; None where the piece is at odds with it."""
    more: dict[str, Any] = {}
    piece = values.get("piece")
    if piece == "least":  # of the question, not of its scope
        return None
    if "venue" in values:
        more["venue"] = next(venue for venue, word in _VENUE.items() if word == values["venue"])
    elif "family" in values:
        more["family"] = Family(values["family"])
    elif piece == "competitions":
        more["competitions"] = _codes(values)
    elif piece == "here":
        if about.competition is None:
            return None
        more["competitions"] = (about.competition,)
    elif piece == "opponent":
        more["opponent"] = values["opponent"]
    elif piece == "country":
        more["opponent_country"] = values.get("adjective") or values["country"]
    elif piece == "no qualifying":
        more["qualifying"] = False
    elif piece == "without":
        more["without"] = _codes(values)
    elif piece == "opponents":
        more["opponents"] = tuple(item["winner"] for item in values["opponents"])
    elif piece == "stages":
        stages = values.get("stages") or ({"stages_place": values["stage"]},)
        more["stages"] = tuple(item["stages_place"] for item in stages)
    elif piece == "stage of":
        more |= {"competitions": values["competition"], "stages": (values["stage"],)}
    elif piece == "from stage":
        more["from_stage"] = values["stages_place"]
    elif piece == "knockout":
        more["from_stage"] = "knockout-play-off"
    elif piece == "class":
        more["opponent_class"] = OpponentClass(values["opponent_class"])
    elif piece == "leg":
        more["leg"] = values["leg_no"]
    elif piece == "clubs of":
        more["country"] = values.get("adjective") or values["country"]
    elif piece == "in month":
        more["months"] = tuple(item["month"] for item in values["months"])
    elif piece == "on weekday":
        more["weekdays"] = tuple(item["weekday"] for item in values["weekdays"])
    elif piece == "opening":
        more["opening"] = values["opening_n"]
    elif piece == "past":
        more["past"] = values["past_n"]
    elif piece == "this season":
        more["this_season"] = True
    elif piece in ("last", "skip"):
        more |= {part: values[slot] for part, slot in _COUNTED_OFF.items() if values.get(slot) is not None}
    elif piece == "after":
        after = _after_read(values, about)
        if after is None:
            return None
        more["after"] = after
    elif piece in _TIMES:
        more |= _times_read(values, about)
    elif piece == "first leg":
        leg = first_leg_read(values)
        if leg is None:
            return None
        more["first_leg"] = leg
        if values.get("tie") == "europe":
            more["family"] = Family.EUROPE
    if values.get("at"):
        more["venue"] = Venue(values["at"])  # "in their last six visits"
    for name, value in more.items():
        before = getattr(scope, name)
        if before not in (None, (), True, False) and before != value:
            return None
    try:
        return replace(scope, **more)
    except BadInput:
        return None


_WHERE_TOLD: Final = ("competitions", "stage of", "all", "here")
"""Pieces that say in which competitions."""
_COUNTED_OFF: Final = {"last": "last_n", "skip": "skip_n"}


def _after_read(values: dict[str, Any], about: About) -> After | None:
    """The event that a scope looks back to, where it is looked for as first understood."""
    unit = UNITS[values["unit"]]
    inner = list(values.get("scope", ()))
    found = scopes_read(inner, unit, about)
    if not found:
        return None
    scope = found[0][0]
    try:
        return After(event_read(values["event"], values, unit), unit, None if scope == EVERYTHING else scope)
    except BadInput:
        return None


_TIMES: Final = frozenset(
    {
        "in season", "since season", "up to season", "before season", "seasons", "last season", "since day",
        "up to day", "on day", "since month",
    }
)  # fmt: skip


def _times_read(values: dict[str, Any], about: About) -> dict[str, Any]:
    first: Any = values.get("from_season")
    last: Any = values.get("to_season")
    match values["piece"]:
        case "in season":
            return {"first_season": first.began, "last_season": first.began}
        case "since season":
            return {"first_season": first.began}
        case "before season":
            return {"last_season": last.began - 1}
        case "up to season":
            return {"last_season": last.began}
        case "seasons":
            return {"first_season": first.began, "last_season": last.began}
        case "last season":
            return {"first_season": about.this_season - 1, "last_season": about.this_season - 1}
        case "since day":
            return {"since": values["from_day"]}
        case "up to day":
            return {"until": values["to_day"]}
        case "on day":
            return {"since": values["day"], "until": values["day"]}
        case _:
            return {"since": dt.date(values["year"], values["month"], 1)}


def canonical(question: Question) -> Question:
    """The question in the one of the forms that ask the same: "against Leeds" is a pair, however it is put."""
    subject, scope = question.subject, question.scope
    told: dict[str, Any] = {}
    if question.statistic is Statistic.LAST_N and question.event.name != "played":
        told["event"] = Event("played")  # form is of all matches, whatever the event
    if question.statistic is Statistic.NTH and question.nth == 1:
        told |= {"statistic": Statistic.FIRST, "nth": None}
    if question.of in (Statistic.COUNT, Statistic.TOTAL):
        told |= {"of": None} | ({"measure": None} if question.of is Statistic.COUNT else {})
    elif question.of not in (None, *_MEASURED_BY):
        told["measure"] = None
    one = scope.opponents[0] if scope.opponents is not None and len(scope.opponents) == 1 else None
    if one is not None and scope.opponent in (None, one):
        scope = replace(scope, opponent=one, opponents=None)
    if scope.after is not None and scope.after.scope == EVERYTHING:
        scope = replace(scope, after=replace(scope.after, scope=None))
    if scope.opponent is not None and subject.club is not None:
        subject, scope = replace(subject, opponent=scope.opponent), replace(scope, opponent=None)
    if scope != question.scope:
        told |= {"subject": subject, "scope": scope}
    return replace(question, **told) if told else question


_MEASURED_BY: Final = (Statistic.AVERAGE, Statistic.MOST)
"""What clubs are compared by that looks at a measure."""
