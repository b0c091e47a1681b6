"""A match in play: its chances at a minute that is told, or minute by minute from the goals that an archive has."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from secondleg.archive.view import View
from secondleg.desk.chances import fitted_to, notes_on, tie_state
from secondleg.desk.fixtures import Fixture, find_fixture
from secondleg.desk.forecasting import as_if
from secondleg.desk.moments import goal_rows, played_sentences, state_sentences
from secondleg.errors import BadInput, FixtureNotFound
from secondleg.football.match import Goals
from secondleg.forecast.live import LiveMatch, LiveState, live_match
from secondleg.forecast.live_clock import HALVES, Minute

if TYPE_CHECKING:
    from secondleg.archive.archive import Archive

__all__ = ["follow", "played_curve", "read_reds", "read_score", "to_text"]

_SCORE: Final = re.compile(r"(\d{1,2})\s*[-:–]\s*(\d{1,2})")
_RED: Final = re.compile(r"(home|away)(?::(\S+))?")

_UNDIVIDED: Final = "schochastics-goals"
"""A source that mostly gives goals in stoppage time of the second half as of the 90th minute."""


def read_score(text: str) -> Goals:
    """A score as people write it, home before away. Raises BadInput for anything else."""
    found = _SCORE.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"{text!r} is no score. Write it as 0-1, the home side's goals first.")
    return Goals(int(found[1]), int(found[2]))


def read_reds(texts: list[str], minute: Minute) -> tuple[int, int]:
    """Men sent off by `minute`, from `home:30` or `home`. Raises BadInput for what is no card or comes later."""
    counts = [0, 0]
    for text in texts:
        found = _RED.fullmatch(text.strip().lower())
        if found is None:
            raise BadInput(f"{text!r} is no red card. Write it as home:30 or away:45+1.")
        if found[2] and Minute.read(found[2]) > minute:
            raise BadInput(
                f"the red card {text} comes after minute {minute}. Leave it out, or give a later --minute."
            )
        counts[0 if found[1] == "home" else 1] += 1
    if max(counts) > 4:
        raise BadInput("a side with fewer than seven men does not play on; check --red.")
    return counts[0], counts[1]


def follow(
    view: View,
    home: str,
    away: str,
    on: dt.date | None,
    state: LiveState,
    *,
    neutral: bool = False,
) -> dict[str, Any]:
    """The chances of `home` against `away` at one moment, with the strengths known on the morning of `view.as_of`.

    Without a fixture, and without a day asked for, it is a match between the two as if it were played.
    Raises BadInput for a moment that cannot be.
    """
    fixture, supposed = _fixture(view, home, away, on, neutral=neutral)
    match, notes = _ready(view, fixture)
    now = match.forecast(state)
    before = match.forecast(LiveState(Minute(0), Goals(0, 0)))
    return {
        **_head(view, fixture, supposed=supposed),
        "before": before.moment.to_dict(),
        "now": now.to_dict(),
        "sentences": state_sentences(fixture, now, before.moment, match.brought if match.first_leg else None),
        "notes": list(notes),
    }


def played_curve(
    archive: Archive, home: str, away: str, on: dt.date | None, as_of: dt.date | None
) -> dict[str, Any]:
    """The chances through a match that has been played, with the strengths known on the morning of `as_of`.

    Without `on` it is the last match of `home` against `away`. Raises FixtureNotFound where there is none, and BadInput
    where the archive does not have the minutes of its goals.
    """
    today = archive.view(dt.date.max)
    day = on or _last_meeting(today, home, away)
    view = archive.view(min(as_of or day, day))
    fixture = find_fixture(view, home, away, day)
    told = _what_happened(today, fixture)
    match, notes = _ready(view, fixture)
    goals = [(row["minute"], row["side"]) for row in told["goals"]]
    reds = [(row["minute"], row["side"]) for row in told["reds"]]
    curve = match.curve(goals, reds, stoppage=_stoppage(goals), extra_time=told["extra_time"])
    moments = curve.moments
    rows = goal_rows(fixture, told["goals"], moments)
    return {
        **_head(view, fixture, supposed=False),
        "result": told["result"],
        "goals": rows,
        "reds": [
            {"minute": str(row["minute"]), "side": ("home", "away")[row["side"]], "player": row["player"]}
            for row in told["reds"]
        ],
        "curve": [
            {"clock": clock, **moment.to_dict()} for clock, moment in zip(curve.clock, moments, strict=True)
        ],
        "sentences": played_sentences(fixture, told["result"], moments, rows),
        "notes": [*notes, *told["notes"]],
    }


def to_text(document: dict[str, Any]) -> str:
    """Either document as a few lines of prose."""
    fixture = document["fixture"]
    when = f"on {fixture['date']}" if fixture["date"] else "as if they met"
    title = f"{fixture['home']['name']} v {fixture['away']['name']} {when}, as known on {document['as_of']}"
    return "\n".join([title, "", *document["sentences"], *(f"Note: {note}" for note in document["notes"])])


def _fixture(view: View, home: str, away: str, on: dt.date | None, *, neutral: bool) -> tuple[Fixture, bool]:
    try:
        return find_fixture(view, home, away, on), False
    except FixtureNotFound:
        if on is not None:
            raise
        return as_if(view, home, away, neutral), True


def _ready(view: View, fixture: Fixture) -> tuple[LiveMatch, tuple[str, ...]]:
    _, strengths = fitted_to(view)
    match = live_match(
        strengths,
        fixture.home,
        fixture.away,
        competition=fixture.competition or None,
        neutral=fixture.neutral,
        tie=tie_state(fixture),
        rules=fixture.rules,
    )
    return match, notes_on(strengths, fixture)


def _head(view: View, fixture: Fixture, *, supposed: bool) -> dict[str, Any]:
    leg = fixture.first_leg
    return {
        "fixture": {
            "home": {"id": fixture.home, "name": fixture.home_name},
            "away": {"id": fixture.away, "name": fixture.away_name},
            "date": None if supposed else fixture.date.isoformat(),
            "competition": fixture.competition or None,
            "stage": fixture.stage,
            "leg": fixture.leg,
            "neutral": fixture.neutral,
            # the first leg as the sides stand now
            "brought": None if leg is None else {"home": leg.goals.away, "away": leg.goals.home},
        },
        "as_of": view.as_of.isoformat(),
        "supposed": supposed,
    }


def _last_meeting(view: View, home: str, away: str) -> dt.date:
    from secondleg.archive.lookup import clubs_called

    rows = view.rows(
        """
        SELECT max(date) AS date FROM result
        WHERE list_contains($homes, home) AND list_contains($aways, away)
        """,
        homes=clubs_called(view, home),
        aways=clubs_called(view, away),
    )
    if rows[0]["date"] is None:
        raise FixtureNotFound(
            f"the archive has no match of {home} at home against {away}. Give them the other way round, or import it."
        )
    day: dt.date = rows[0]["date"]
    return day


def _what_happened(view: View, fixture: Fixture) -> dict[str, Any]:
    """Goals and red cards of a match, with their minutes."""
    rows = view.rows(
        """
        SELECT id, home_goals, away_goals, after_extra_time, home_pens, away_pens FROM result
        WHERE home = $home AND away = $away AND date = $day
        """,
        home=fixture.home,
        away=fixture.away,
        day=fixture.date,
    )
    if not rows:
        raise BadInput(
            f"the archive has no result of {fixture.home_name} v {fixture.away_name} on {fixture.date}. "
            "Give --minute and --score, or import the match."
        )
    match = rows[0]
    goals = view.rows(
        "SELECT side, minute, added, scorer, kind, source FROM goal WHERE match = $match ORDER BY nth",
        match=match["id"],
    )
    cards = view.rows(
        "SELECT side, minute, added, player FROM card WHERE match = $match AND kind <> 'yellow' ORDER BY nth",
        match=match["id"],
    )
    tally = [sum(row["side"] == side for row in goals) for side in ("home", "away")]
    if tally != [match["home_goals"], match["away_goals"]] or any(row["minute"] is None for row in goals):
        raise BadInput(
            f"the archive does not have the minutes of all goals of {fixture.home_name} {match['home_goals']}-"
            f"{match['away_goals']} {fixture.away_name}. Import a source of goals: secondleg data sources lists them."
        )
    late = [
        row
        for row in goals
        if row["minute"] == HALVES[1] and not row["added"] and row["source"] == _UNDIVIDED
    ]
    notes = []
    if late:
        notes.append(
            "Goals of the 90th minute are spread over its stoppage time: the source does not tell it apart."
        )
        for place, row in enumerate(late, start=1):
            row["added"] = round(5 * place / (len(late) + 1))
    pens = "" if match["home_pens"] is None else f", {match['home_pens']}-{match['away_pens']} on penalties"
    extra = " after extra time" if match["after_extra_time"] else ""
    return {
        "goals": [_timed(row) for row in goals],
        "reds": [_timed(row) for row in cards if row["minute"] is not None],
        "result": f"{match['home_goals']}-{match['away_goals']}{extra}{pens}",
        "extra_time": bool(match["after_extra_time"]),
        "notes": notes,
    }


def _timed(row: dict[str, Any]) -> dict[str, Any]:
    added = int(row["added"] or 0) if row["minute"] in HALVES else 0
    return {**row, "minute": Minute(int(row["minute"]), added), "side": 0 if row["side"] == "home" else 1}


def _stoppage(goals: list[tuple[Minute, int]]) -> tuple[float | None, float | None]:
    """Stoppage that must have been played, where a goal fell later than is usual; else as usual."""
    from secondleg.forecast.live_factors import live_factors

    found: list[float | None] = []
    for half, usual in zip(HALVES, live_factors().stoppage_minutes, strict=True):
        last = max((minute.added for minute, _ in goals if minute.played == half), default=0)
        found.append(float(last) if last > usual else None)
    return found[0], found[1]
