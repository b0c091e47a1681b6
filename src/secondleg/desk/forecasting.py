"""The forecast of a match alone: a fixture of the archive, or two sides as if they met."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from secondleg.archive.lookup import club_names, find_club
from secondleg.archive.view import View
from secondleg.desk.chances import Chances, chances_of, tie_state
from secondleg.desk.fixtures import Fixture, find_fixture
from secondleg.errors import FixtureNotFound
from secondleg.forecast import TieForecast
from secondleg.language import following, stating
from secondleg.language.lexicon import percent
from secondleg.strength import Fitted

__all__ = ["EARLY", "as_if", "early_goal", "forecast", "to_text"]

EARLY: Final = 10
"""Minutes played when an early goal falls."""


def forecast(
    view: View, home: str, away: str, on: dt.date | None = None, *, neutral: bool = False
) -> dict[str, Any]:
    """The chances of `home` against `away` as known on the morning of `view.as_of`.

    With a fixture in the archive, the forecast is that fixture's, tie included. Without one, and without a day asked
    for, it is that of a match between the two as if it were played on that day.

    Raises:
        FixtureNotFound: a day was given, and there is no such match on it.
    """
    supposed = False
    try:
        fixture = find_fixture(view, home, away, on)
    except FixtureNotFound:
        if on is not None:
            raise
        fixture, supposed = as_if(view, home, away, neutral), True
    chances = chances_of(view, fixture)
    early = early_goal(chances.strengths, fixture)
    return {
        "fixture": {
            "home": {"id": fixture.home, "name": fixture.home_name},
            "away": {"id": fixture.away, "name": fixture.away_name},
            "date": None if supposed else fixture.date.isoformat(),
            "competition": fixture.competition or None,
            "stage": fixture.stage,
            "leg": fixture.leg,
            "neutral": fixture.neutral,
        },
        "as_of": view.as_of.isoformat(),
        "supposed": supposed,
        "sentences": _sentences(fixture, chances, early),
        "notes": list(chances.notes),
        **chances.to_dict(fixture),
        "early_goal": early,
    }


def early_goal(strengths: Fitted, fixture: Fixture) -> dict[str, Any] | None:
    """What a first goal of either side, with `EARLY` minutes played, would make of the tie; None without a tie."""
    state = tie_state(fixture)
    if state is None:
        return None
    from secondleg.football.match import Goals
    from secondleg.forecast.live import LiveState, live_match
    from secondleg.forecast.live_clock import Minute

    match = live_match(
        strengths,
        fixture.home,
        fixture.away,
        competition=fixture.competition,
        neutral=fixture.neutral,
        tie=state,
        rules=fixture.rules,
    )
    level = match.forecast(LiveState(Minute(EARLY), Goals(0, 0)))
    assert level.after_goal is not None
    through = {
        side: goal.to_dict()["through"] for side, goal in zip(("home", "away"), level.after_goal, strict=True)
    }
    return {"minute": EARLY, "through": through}


def as_if(view: View, home: str, away: str, neutral: bool) -> Fixture:
    """A match between two clubs as if it were played on the day of the view."""
    one, other = find_club(view, home), find_club(view, away)
    names = club_names(view, [one, other])
    return Fixture(
        home=one,
        away=other,
        home_name=names[one],
        away_name=names[other],
        date=view.as_of,
        time=None,
        competition="",
        season=view.as_of.year,
        season_label="",
        stage=None,
        leg=None,
        neutral=neutral,
        ground=None,
        rules=None,
        first_leg=None,
    )


def _sentences(fixture: Fixture, chances: Chances, early: dict[str, Any] | None) -> list[str]:
    m, told = chances.match, []
    if chances.tie is not None:
        for club in (fixture.home, fixture.away):
            through = chances.tie.goes_through(club)
            told.append(
                stating.endings_sentence(fixture.name(club), through, chances.endings(club), fixture.stage)
            )
        if early is not None:
            told.append(_early_sentence(fixture, chances.tie, early))
    home, away = fixture.name(m.home), fixture.name(m.away)
    results, goals = (m.home_win, m.draw, m.away_win), (m.home_goals, m.away_goals)
    told.append(stating.match_sentence(home, away, results, goals))
    told.append(stating.likely_score_sentence(home, away, m.most_likely, m.both_score))
    told.append(f"More than two goals fall with a chance of {percent(m.over[2.5])}.")
    return told


def _early_sentence(fixture: Fixture, tie: TieForecast, early: dict[str, Any]) -> str:
    """What an early goal would make of the chance of the side that is less likely to go through."""
    clubs = {"home": fixture.home, "away": fixture.away}
    side = min(clubs, key=lambda one: tie.goes_through(clubs[one]))
    other = "away" if side == "home" else "home"
    return following.first_goal_sentence(
        fixture.name(clubs[side]),
        fixture.name(clubs[other]),
        tie.goes_through(clubs[side]),
        early["through"][side][side],
        early["through"][other][side],
        early["minute"],
    )


def to_text(document: dict[str, Any]) -> str:
    """The forecast as a few lines of prose."""
    fixture = document["fixture"]
    when = f"on {fixture['date']}" if fixture["date"] else "as if they met"
    title = f"{fixture['home']['name']} v {fixture['away']['name']} {when}, as known on {document['as_of']}"
    return "\n".join([title, "", *document["sentences"], *(f"Note: {note}" for note in document["notes"])])
