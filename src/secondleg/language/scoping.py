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
from secondleg.football.match import Result, Venue
from secondleg.language.grammar import Values, worded
from secondleg.language.kinds import Season
from secondleg.language.lexicon import Lexicon, joined, stage_phrase
from secondleg.records.question import Question
from secondleg.records.scope import FirstLeg, Scope
from secondleg.records.terms import Family, OpponentClass, Unit

__all__ = ["About", "first_leg_values", "scope_text", "scopes_read"]

FOR_SHOW: Final = ("uefa.sc", "uefa.itc")
"""Cups that "in Europe" leaves out for ties and campaigns: one tie for show, and one that led to another cup."""

_VENUE: Final = {Venue.HOME: "home", Venue.AWAY: "away", Venue.NEUTRAL: "neutral"}
_UNIT_WORD: Final = {Unit.MATCH: "match", Unit.TIE: "tie", Unit.CAMPAIGN: "campaign", Unit.SEASON: "season"}
_RESULT: Final = {Result.WON: "won", Result.DRAWN: "drawn", Result.LOST: "lost"}


def scope_text(
    scope: Scope,
    lexicon: Lexicon,
    seasons: Iterable[int] = (),
    *,
    unit: Unit = Unit.MATCH,
    leg: bool = True,
    where: bool = True,
    last: bool = False,
) -> str | None:
    """At home in Europe; in all competitions; after losing the first leg of a European tie at home.

    None where the book has no words for it. `seasons` are those of the matches told of: a competition is called what
    it was called then. Without `leg` or `where`, nothing is said of a first leg or of the competitions: the sentence
    has said it; with `last` it says of how many last matches.
    """
    parts: list[str | None] = []

    def say(**values: Any) -> None:
        parts.append(worded("scope", values, lexicon))

    if scope.venue:
        say(venue=_VENUE[scope.venue])
    if scope.first_leg is not None:
        values = first_leg_values(scope)
        if values is None:
            return None
        if leg:
            say(piece="first leg", **values)
    if scope.opponent:
        say(piece="opponent", opponent=scope.opponent)
    if scope.opponent_country:
        land = scope.opponent_country
        say(piece="country", **{"adjective" if land in ADJECTIVE else "country": land})
    stages = scope.stages or ()
    if len(stages) > 1:
        return None
    if stages:
        say(piece="stages", stages=stage_phrase(stages[0]))
    if scope.from_stage:
        say(piece="from stage", stages_place=scope.from_stage)
    if not where:
        pass
    elif scope.family and not (scope.first_leg is not None and scope.family is Family.EUROPE):
        say(family=str(scope.family))
    elif scope.competitions:
        called = joined(lexicon.competition(code, seasons) for code in scope.competitions)
        say(piece="competitions", competitions=called)
    elif not (scope.family or scope.opponent or scope.first_leg):
        say(piece="all")
    if _unworded(scope):
        return None
    if scope.opponent_class:
        say(piece="class", opponent_class=str(scope.opponent_class))
    if scope.leg:
        say(piece="leg", leg_no=scope.leg)
    if scope.country:
        say(piece="clubs of", **{"adjective" if scope.country in ADJECTIVE else "country": scope.country})
    if scope.months:
        say(piece="in month", month=scope.months[0])
    if scope.weekdays:
        say(piece="on weekday", weekday=scope.weekdays[0])
    if scope.opening:
        say(piece="opening", opening_n=scope.opening)
    if scope.this_season:
        say(piece="this season")
    _say_times(scope, lexicon, say)
    _say_apart(scope, lexicon, unit, say)
    if last and scope.last is not None:
        say(piece="last", last_n=scope.last, of=scope.last, unit=_UNIT_WORD[unit])
    if None in parts:
        return None
    return " ".join(str(part) for part in parts).replace(" ,", ",")


def _unworded(scope: Scope) -> bool:
    """Whether a scope has parts that the book has no words for."""
    several = len(scope.months or ()) > 1 or len(scope.weekdays or ()) > 1
    return several or any(part is not None for part in (scope.opponents, scope.past, scope.skip, scope.after))


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


def first_leg_values(scope: Scope) -> Values | None:
    """The values of the words for a first leg; None for one that prose has no words for."""
    leg = scope.first_leg or FirstLeg()
    values: Values = {"tie": "europe" if scope.family is Family.EUROPE else "any"}
    if leg.venue is Venue.NEUTRAL:
        return None
    if leg.venue is not None:
        values["leg_venue"] = _VENUE[leg.venue]
    exact = leg.at_least is not None and leg.at_least == leg.at_most
    bounds = [bound for bound in (leg.at_least, leg.at_most) if bound is not None]
    if leg.scored is not None and leg.conceded is not None:
        if leg.result is not None or bounds:
            return None
        values |= {"leg": _sign(leg.scored - leg.conceded), "margin": "score"}
        values["score"] = (max(leg.scored, leg.conceded), min(leg.scored, leg.conceded))
        return values
    if leg.scored is not None or leg.conceded is not None:
        return None
    if leg.result is not None:
        return None if bounds else values | {"leg": _RESULT[leg.result]}
    if exact:
        goals = leg.at_least or 0
        return values | {"leg": _sign(goals), "margin": "exact", "m": abs(goals)} if goals else None
    if leg.at_most is not None and leg.at_least is None and leg.at_most < 0:
        return values | {"leg": "lost", "margin": "bound", "m": -leg.at_most}
    if leg.at_least is not None and leg.at_most is None and leg.at_least > 0:
        return values | {"leg": "won", "margin": "bound", "m": leg.at_least}
    return None


def _sign(goals: int) -> str:
    return "won" if goals > 0 else "lost" if goals < 0 else "drawn"


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


def scopes_read(pieces: Sequence[Piece], unit: Unit, about: About) -> list[tuple[Scope, bool]]:
    """What some words of the scope mean together, the likeliest first, and whether it was meant by all of them.

    None of it where they are at odds. The second part is False where a reading takes some words in another than
    their usual sense.
    """
    found = Scope()
    told = False
    later: list[dict[str, Any]] = []
    for values in _spread(pieces):
        changed = _read_piece(found, values, about)
        if changed is None:
            return []
        found = changed
        told = told or "family" in values or values.get("piece") in ("competitions", "all", "here")
        later.append(values)
    if found.family is Family.EUROPE and unit is not Unit.MATCH:
        asked_for = {code for values in later if values.get("piece") == "with" for code in _codes(values)}
        found = replace(
            found, without=tuple(code for code in FOR_SHOW if code not in asked_for) + found.without
        )
    return [(scope, told) for scope in _in_calendar_or_not(found, later, about)]


def _spread(pieces: Sequence[Piece]) -> Iterator[dict[str, Any]]:
    """The pieces, and those that stand within them: "in their last ten away matches"."""
    for piece in pieces:
        values = dict(piece)
        yield from _spread(values.pop("scope", ()))
        yield values


def _in_calendar_or_not(scope: Scope, pieces: Sequence[dict[str, Any]], about: About) -> list[Scope]:
    """A year alone is a season where seasons are calendar years; else "since 2010" is from its first day on."""
    codes = scope.competitions or ()
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
    return [by_day, scope]


def _codes(values: dict[str, Any]) -> tuple[str, ...]:
    found = [code for item in values["competitions"] for code in item["competition"]]
    return tuple(dict.fromkeys(found))


def _read_piece(scope: Scope, values: dict[str, Any], about: About) -> Scope | None:
    """The scope with one more piece; None where the piece is at odds with it."""
    more: dict[str, Any] = {}
    piece = values.get("piece")
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
    elif piece == "stages":
        stages = values.get("stages") or ({"stages_place": values["stage"]},)
        more["stages"] = tuple(item["stages_place"] for item in stages)
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
        more["months"] = (values["month"],)
    elif piece == "on weekday":
        more["weekdays"] = (values["weekday"],)
    elif piece == "opening":
        more["opening"] = values["opening_n"]
    elif piece == "this season":
        more["this_season"] = True
    elif piece == "last":
        more["last"] = values["last_n"]
    elif piece in _TIMES:
        more |= _times_read(values, about)
    elif piece == "first leg":
        leg = first_leg_read(values)
        if leg is None:
            return None
        more["first_leg"] = leg
        if values.get("tie") == "europe":
            more["family"] = Family.EUROPE
    for name, value in more.items():
        before = getattr(scope, name)
        if before not in (None, (), True, False) and before != value:
            return None
    try:
        return replace(scope, **more)
    except BadInput:
        return None


_TIMES: Final = frozenset(
    {
        "in season", "since season", "up to season", "seasons", "last season", "since day",
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


def first_leg_read(values: dict[str, Any]) -> FirstLeg | None:
    """The first leg that some values tell of."""
    where = {"home": Venue.HOME, "away": Venue.AWAY}.get(values.get("leg_venue", ""))
    result = next(result for result, word in _RESULT.items() if word == values["leg"])
    sign = {"won": 1, "lost": -1, "drawn": 0}[values["leg"]]
    margin = values.get("margin")
    goals = values.get("m", values.get("leg_n"))
    if margin == "score":
        more, fewer = values["score"]
        if (more > fewer) != bool(sign):
            return None
        return FirstLeg(where, scored=more if sign >= 0 else fewer, conceded=fewer if sign >= 0 else more)
    if margin is None or goals is None:
        return FirstLeg(where, result)
    if not sign:
        return None
    if margin == "exact":
        return FirstLeg(where, at_least=sign * goals, at_most=sign * goals)
    return FirstLeg(where, at_most=-goals) if sign < 0 else FirstLeg(where, at_least=goals)


def canonical(question: Question) -> Question:
    """The question with its opponent in the subject: "against Leeds" is a pair, however it is put."""
    subject, scope = question.subject, question.scope
    if scope.opponent is None or subject.club is None:
        return question
    return replace(
        question, subject=replace(subject, opponent=scope.opponent), scope=replace(scope, opponent=None)
    )
