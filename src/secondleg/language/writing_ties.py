"""What prose has words of its own for: ties after such a first leg, and how far a side has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from secondleg.football.match import Venue
from secondleg.language.grammar import Values
from secondleg.language.legs import first_leg_values
from secondleg.language.lexicon import Lexicon
from secondleg.language.naming import named_once, season_of
from secondleg.language.scoping import scope_text
from secondleg.language.writing_honours import honours_writer, of_which, seasons_told
from secondleg.records.answer import Answer, Count, Furthest
from secondleg.records.question import Question
from secondleg.records.terms import Statistic, Unit

__all__ = ["furthest", "gaps_are_told", "special_writer"]

_NAMED: Final = 4
"""At most so many ties or campaigns are named in a sentence; the rest stand in its evidence."""

_GAPS_NAMED: Final = 2
"""At most so many gaps of the archive are named in a sentence; with more it is not written."""

_FOR_A_SHARE: Final = 20
"""Cases from which a share is worth giving in percent."""

_WHOLE_PERCENT: Final = 9.5
"""Percent from which shares are given without decimals."""


def special_writer(question: Question) -> Callable[[Answer, Lexicon], tuple[str, Values] | None] | None:
    """The writer of what prose has words of its own for: ties after such a first leg, and how far a side came."""
    if (
        question.unit is Unit.TIE
        and question.statistic is Statistic.SHARE
        and question.scope.first_leg
        and not question.opponent
    ):
        if question.event.name == "went through":
            return _after_first_leg if question.subject.club else _sides_after_first_leg
        return None
    if (honours := honours_writer(question)) is not None:
        return honours
    reached = question.unit is Unit.CAMPAIGN and question.event.name == "reached"
    if reached and question.statistic is Statistic.COUNT and question.subject.club:
        return _campaigns
    return None


def _after_first_leg(answer: Answer, lexicon: Lexicon) -> tuple[str, Values] | None:
    """How often a side went through after such a first leg."""
    value, question = answer.value, answer.question
    if not isinstance(value, Count):
        return None
    k, of = value.k, value.of
    if of == 0 or question.scope.last is not None:
        return None
    ends = _tie_ends(answer)
    through = [_ended(other, season) for other, season, won in ends if won]
    out = [_ended(other, season) for other, season, won in ends if not won]
    if of == 1 and len(ends) == 1:
        leg = first_leg_values(question.scope)
        phrase = "say once through" if through else "say once out"
        return phrase, {"won_against" if through else "lost_to": through or out, **leg}
    values: Values = {"k": k, "of": of, "times": k}
    if k == 0:
        return "say never through", values | ({"lost_to": out} if of <= _NAMED else {})
    if k == of:
        return "say always through", values
    if len(through) <= _NAMED and len(through) == k:
        return "say through", values | {"won_against": through}
    if len(out) <= _NAMED and len(out) == of - k:
        return "say through but", values | {"lost_to": out}
    return "say through", values


def _ended(name: str, season: str) -> Values:
    return {"name": name, "season": season_of(season)}


def _tie_ends(answer: Answer) -> list[tuple[str, str, bool]]:
    """(opponent, season, went through) of each tie among the evidence, oldest first."""
    club = str(answer.question.subject.club)
    ends: dict[tuple[str, str, str], tuple[str, str, bool]] = {}
    wants_through = answer.question.event.name != "went out"
    for row in answer.rows:
        other = row.opponent(club)
        ends[(row.competition, row.season, other)] = (other, row.season, row.holds is wants_through)
    return list(ends.values())


def gaps_are_told(answer: Answer) -> bool:
    """Whether the sentence of an answer names the seasons that are missing, so that it may be printed with gaps."""
    return (
        special_writer(answer.question) is _sides_after_first_leg
        and 0 < len(answer.coverage.gaps) <= _GAPS_NAMED
    )


def _sides_after_first_leg(answer: Answer, lexicon: Lexicon) -> tuple[str, Values] | None:
    """How often any side went through after such a first leg."""
    value, question = answer.value, answer.question
    leg = first_leg_values(question.scope)
    if not isinstance(value, Count) or value.of == 0 or leg is None:
        return None
    if len(answer.coverage.gaps) > _GAPS_NAMED:
        return None
    if scope_text(replace(question.scope, qualifying=True), lexicon, unit=question.unit, leg=False) != "":
        return None
    values: Values = {**leg, "k": value.k, "of": value.of, "left_out": _left_out(answer, lexicon) or None}
    first, last = value.first_season, value.last_season
    if first and last and first != last:
        values |= {"from_season": season_of(first), "to_season": season_of(last)}
    if value.k and value.of >= _FOR_A_SHARE:
        chance = 100 * value.k / value.of
        values["rate"] = f"{chance:.{0 if chance >= _WHOLE_PERCENT else 1}f}"
    through = _winners(answer)
    if value.k == len(through) and 0 < value.k <= _NAMED:
        values["clubs_in"] = [_ended(club, season) for club, season in through]
    return "say sides", values


def _left_out(answer: Answer, lexicon: Lexicon) -> list[Values]:
    """What the count of a sentence leaves out: qualifying rounds and the Europa League of 2019-20."""
    parts: list[Values] = [] if answer.question.scope.qualifying else [{"apart": "qualifying"}]
    for gap in answer.coverage.gaps:
        last = None if gap.first == gap.last else season_of(gap.last)
        called = lexicon.competition(gap.competition)
        parts.append({"competition": called, "from_season": season_of(gap.first), "to_season": last})
    return parts


def _winners(answer: Answer) -> list[tuple[str, str]]:
    """Clubs and seasons of the ties among the evidence in which the event held, by the side that had lost the leg."""
    first = answer.question.scope.first_leg
    return [
        (row.home_name if first.venue is Venue.HOME else row.away_name, row.season)
        for row in answer.rows
        if row.leg == 1 and row.holds and first is not None
    ]


# -- campaigns ----------------------------------------------------------------------------------------------------


def furthest(answer: Answer, lexicon: Lexicon) -> tuple[str, Values] | None:
    """How far a side has come, and when."""
    value = answer.value
    if not isinstance(value, Furthest) or answer.question.subject.club is None:
        return None
    if answer.question.event.name != "played":
        return None
    named = of_which(answer, lexicon).get("competitions")
    seasons = seasons_told(list(zip(value.seasons, value.competitions, strict=True)), named, lexicon)
    few = value.times <= _NAMED
    values: Values = {
        "times": value.times,
        **({"seasons": named_once(seasons)} if few else {"season": seasons[-1]["season"]}),
    }
    if value.stage == "winner":
        values |= of_which(answer, lexicon)
        return ("say best won" if few else "say best won last"), values
    values["stages_place"] = value.stage
    if value.times == 1:
        return "say best once", values
    return ("say best" if few else "say best last"), values


def _campaigns(answer: Answer, lexicon: Lexicon) -> tuple[str, Values] | None:
    """How often a side has reached a stage."""
    value = answer.value
    if not isinstance(value, Count):
        return None
    where = of_which(answer, lexicon)
    if value.k == 0:
        return "say never reached", {"k": 0, **where}
    rows = dict.fromkeys((row.season, row.competition) for row in answer.rows if row.holds)
    seasons = seasons_told(list(rows), where.get("competitions"), lexicon)
    if not seasons:
        return None
    if value.k == 1:
        return "say reached once", {"k": 1, "seasons": seasons, **where}
    if value.k <= _NAMED:
        return "say reached", {"k": value.k, "times": value.k, "seasons": named_once(seasons), **where}
    return "say reached last", {"k": value.k, "times": value.k, "seasons": seasons[-1:], **where}
