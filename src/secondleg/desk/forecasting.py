"""The forecast of a match alone: a fixture of the archive, or two sides as if they met."""

from __future__ import annotations

import datetime as dt
from typing import Any

from secondleg.archive.lookup import club_names, find_club
from secondleg.archive.view import View
from secondleg.desk.chances import Chances, chances_of
from secondleg.desk.fixtures import Fixture, find_fixture
from secondleg.errors import FixtureNotFound
from secondleg.language import stating
from secondleg.language.lexicon import percent

__all__ = ["forecast", "to_text"]


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
        fixture, supposed = _as_if(view, home, away, neutral), True
    chances = chances_of(view, fixture)
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
        "sentences": _sentences(fixture, chances),
        "notes": list(chances.notes),
        **chances.to_dict(fixture),
    }


def _as_if(view: View, home: str, away: str, neutral: bool) -> Fixture:
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


def _sentences(fixture: Fixture, chances: Chances) -> list[str]:
    m, told = chances.match, []
    if chances.tie is not None:
        for club in (fixture.home, fixture.away):
            through = chances.tie.goes_through(club)
            told.append(
                stating.endings_sentence(fixture.name(club), through, chances.endings(club), fixture.stage)
            )
    home, away = fixture.name(m.home), fixture.name(m.away)
    results, goals = (m.home_win, m.draw, m.away_win), (m.home_goals, m.away_goals)
    told.append(stating.match_sentence(home, away, results, goals))
    told.append(stating.likely_score_sentence(home, away, m.most_likely, m.both_score))
    told.append(f"More than two goals fall with a chance of {percent(m.over[2.5])}.")
    return told


def to_text(document: dict[str, Any]) -> str:
    """The forecast as a few lines of prose."""
    fixture = document["fixture"]
    when = f"on {fixture['date']}" if fixture["date"] else "as if they met"
    title = f"{fixture['home']['name']} v {fixture['away']['name']} {when}, as known on {document['as_of']}"
    return "\n".join([title, "", *document["sentences"], *(f"Note: {note}" for note in document["notes"])])
