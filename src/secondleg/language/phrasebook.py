"""The phrase book: how events, scopes and matches are said. A sentence is a question and the value that it asserts;
these are the words for the question's parts, declared, so that reading can use the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from secondleg.football.country import ADJECTIVE, NAME
from secondleg.football.match import Venue
from secondleg.language.lexicon import Lexicon, day, joined, number
from secondleg.records.answer import Evidence
from secondleg.records.scope import Scope
from secondleg.records.terms import Family

__all__ = ["EVENTS", "EventPhrase", "last_matches", "match_phrase", "opponent_phrase", "scope_phrase"]


@dataclass(frozen=True, slots=True)
class EventPhrase:
    """The words of an event over matches.

    `streak` takes "{run}" (each of their last nine matches) or "{last}" (their last nine matches); `noun` is what
    happened once; `verb` its past tense, `infinitive` what would happen, `share` goes before "of" a number.
    """

    streak: str
    noun: str
    verb: str
    share: str
    contrary: str
    """What has happened in every match since the event last did."""


EVENTS: Final[dict[str, EventPhrase]] = {
    "won": EventPhrase("have won {run}", "win", "won", "have won {k} of {last}", "gone {since} without a win"),
    "drew": EventPhrase("have drawn {run}", "draw", "drew", "have drawn {k} of {last}", "had no draw in {since}"),
    "lost": EventPhrase("have lost {run}", "defeat", "lost", "have lost {k} of {last}", "gone {since} unbeaten"),
    "unbeaten": EventPhrase(
        "are unbeaten in {last}", "match without defeat", "avoided defeat", "were unbeaten in {k} of {last}",
        "lost {since}",
    ),
    "winless": EventPhrase(
        "have not won any of {last}", "match without a win", "failed to win", "have not won {k} of {last}",
        "won {since}",
    ),
    "scored": EventPhrase(
        "have scored in {run}", "goal", "scored", "have scored in {k} of {last}", "failed to score in {since}"
    ),
    "failed to score": EventPhrase(
        "have failed to score in {run}", "match without a goal", "failed to score",
        "have failed to score in {k} of {last}", "scored in {since}",
    ),
    "clean sheet": EventPhrase(
        "have kept a clean sheet in {run}", "clean sheet", "kept a clean sheet", "have kept {k} clean sheets in {last}",
        "conceded in {since}",
    ),
    "conceded": EventPhrase(
        "have conceded in {run}", "match with a goal conceded", "conceded", "have conceded in {k} of {last}",
        "kept a clean sheet in {since}",
    ),
}  # fmt: skip


def last_matches(n: int, *, each: bool) -> str:
    """Their last match, both of their last two matches, each of their last nine matches (or without "each of")."""
    if n == 1:
        return "their last match"
    plain = f"their last {number(n)} matches"
    if not each:
        return plain
    return f"both of {plain}" if n == 2 else f"each of {plain}"


_FAMILIES: Final = {
    Family.EUROPE: "in Europe",
    Family.DOMESTIC: "in domestic competition",
    Family.LEAGUE: "in the league",
    Family.TOP_FLIGHT: "in the top flight",
    Family.CUP: "in domestic cups",
}
_VENUES: Final = {Venue.HOME: "at home", Venue.AWAY: "away from home", Venue.NEUTRAL: "on neutral ground"}


def scope_phrase(scope: Scope, lexicon: Lexicon, seasons: Iterable[int] = ()) -> str:
    """At home in Europe; in all competitions; in the Premier League; against English clubs in Europe.

    `seasons` are those of the matches told of: a competition is called what it was called then.
    """
    parts: list[str] = []
    if scope.venue:
        parts.append(_VENUES[scope.venue])
    if scope.opponent:
        parts.append(f"against {lexicon.club(scope.opponent)}")
    if scope.opponent_country:
        parts.append(f"against {opponent_phrase(scope.opponent_country)}")
    if scope.family:
        parts.append(_FAMILIES[scope.family])
    elif scope.competitions:
        parts.append(f"in {joined(lexicon.competition(code, seasons) for code in scope.competitions)}")
    elif not scope.opponent:
        parts.append("in all competitions")
    if scope.first_season is not None:
        parts.append(f"since {lexicon.season(scope.competitions or (), scope.first_season)}")
    return " ".join(parts)


def opponent_phrase(country: str) -> str:
    """English clubs; clubs from Kazakhstan."""
    adjective = ADJECTIVE.get(country)
    return f"{adjective} clubs" if adjective else f"clubs from {NAME[country]}"


def match_phrase(row: Evidence, club: str, *, with_day: bool = True) -> str:
    """A match as `club` saw it: "the 1-0 win at Nottingham Forest on 2 March 2024"; the winner's goals come first."""
    scored, conceded = row.goals(club)
    opponent = row.opponent(club)
    score = f"{max(scored, conceded)}-{min(scored, conceded)}"
    home = club == row.home
    if scored > conceded:
        outcome = f"{score} win"
        side = (
            f"over {opponent} on neutral ground"
            if row.neutral
            else f"{'at home to' if home else 'at'} {opponent}"
        )
    elif scored == conceded:
        outcome = f"{score} draw"
        side = (
            f"with {opponent} on neutral ground"
            if row.neutral
            else f"{'at home to' if home else 'at'} {opponent}"
        )
    else:
        outcome = f"{score} defeat"
        side = (
            f"by {opponent} on neutral ground"
            if row.neutral
            else f"{'at home to' if home else 'at'} {opponent}"
        )
    after = row.score.partition(" after extra time")[1]
    pens = row.score.partition(", ")[2]
    tail = f"{after}{f' ({pens})' if pens else ''}"
    return f"the {outcome} {side}{tail}{f' on {day(row.date)}' if with_day else ''}"
