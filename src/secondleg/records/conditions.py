"""A scope as SQL conditions on a relation `u`: one function for each kind of restriction.

Each returns its conditions and fills `parameters` with what they name; no text of a user gets into the SQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from secondleg.football.cities import CITIES
from secondleg.football.match import Result
from secondleg.football.stage import RANK
from secondleg.records.scope import FirstLeg, Scope
from secondleg.records.terms import OpponentClass, Unit

__all__ = [
    "competition_conditions",
    "day_conditions",
    "first_leg_conditions",
    "listed",
    "season_conditions",
    "side_conditions",
    "subject_conditions",
]

_FIRST_MAIN_RANK: Final = RANK["round-1"]
"""Ranks below are qualifying rounds."""

_SIGN: Final = {Result.WON: 1, Result.DRAWN: 0, Result.LOST: -1}

_DAY: Final[dict[Unit, str]] = {
    Unit.MATCH: "u.date",
    Unit.TIE: "coalesce(u.decided_on, u.first_leg_date)",
    Unit.CAMPAIGN: "u.last",
    Unit.SEASON: "u.last",
}

_RIVALS: Final = ", ".join(f"('{club}', '{city}')" for city, clubs in CITIES.items() for club in clubs)

_CLASSES: Final[dict[OpponentClass, str]] = {
    OpponentClass.PROMOTED: (
        "EXISTS (SELECT 1 FROM newcomer e WHERE e.club = u.opponent AND e.season = u.season)"
    ),
    OpponentClass.CITY_RIVAL: (
        f"EXISTS (SELECT 1 FROM (VALUES {_RIVALS}) mine(club, city)"
        f" JOIN (VALUES {_RIVALS}) theirs(club, city) ON mine.city = theirs.city"
        " WHERE mine.club = u.club AND theirs.club = u.opponent)"
    ),
    OpponentClass.CHAMPIONS: (
        "EXISTS (SELECT 1 FROM champion c WHERE c.club = u.opponent AND c.season = u.season - 1 AND c.tier = 1)"
    ),
    OpponentClass.HOLDERS: (
        "(EXISTS (SELECT 1 FROM tie f WHERE f.competition = u.competition AND f.season = u.season - 1"
        " AND f.stage = 'final' AND f.winner = u.opponent)"
        " OR EXISTS (SELECT 1 FROM champion c WHERE c.club = u.opponent AND c.competition = u.competition"
        " AND c.season = u.season - 1))"
    ),
    OpponentClass.LOWER_DIVISION: (
        "EXISTS (SELECT 1 FROM entrant a JOIN entrant b ON b.season = a.season AND b.country = a.country"
        " WHERE a.club = u.club AND b.club = u.opponent AND a.season = u.season AND b.tier > a.tier)"
    ),
    OpponentClass.HIGHER_DIVISION: (
        "EXISTS (SELECT 1 FROM entrant a JOIN entrant b ON b.season = a.season AND b.country = a.country"
        " WHERE a.club = u.club AND b.club = u.opponent AND a.season = u.season AND b.tier < a.tier)"
    ),
    OpponentClass.TOP_FLIGHT: (
        "EXISTS (SELECT 1 FROM entrant e WHERE e.club = u.opponent AND e.season = u.season AND e.tier = 1)"
    ),
}
"""Every class of opponent. To add one is to add a condition here, and its name in `terms.OpponentClass`."""


def competition_conditions(codes: tuple[str, ...] | None, parameters: dict[str, object]) -> list[str]:
    """Which competitions, by code; None for all."""
    found: list[str] = []
    _limit(
        found,
        parameters,
        ("list_contains(string_split($competitions, ','), u.competition)", "competitions", _listed(codes)),
    )
    return found


def season_conditions(scope: Scope, parameters: dict[str, object]) -> list[str]:
    """From which season to which."""
    found: list[str] = []
    _limit(
        found,
        parameters,
        ("u.season >= $first_season", "first_season", scope.first_season),
        ("u.season <= $last_season", "last_season", scope.last_season),
    )
    return found


def side_conditions(scope: Scope, parameters: dict[str, object]) -> list[str]:
    """Where, against whom (by country) and at which stage."""
    found: list[str] = []
    _limit(
        found,
        parameters,
        (
            "u.opponent IN (SELECT id FROM club WHERE country = $opponent_country)",
            "opponent_country",
            scope.opponent_country,
        ),
        ("u.venue = $venue", "venue", scope.venue and scope.venue.value),
        ("list_contains(string_split($stages, ','), u.stage)", "stages", _listed(scope.stages)),
        (
            "u.opponent IN (SELECT unnest(string_split($opponents, ',')))",
            "opponents",
            _listed(scope.opponents),
        ),
        ("u.leg = $leg", "leg", scope.leg),
        ("u.stage_rank >= $from_rank", "from_rank", scope.from_stage and RANK[scope.from_stage]),
    )
    if not scope.qualifying:
        found.append(f"(u.stage_rank IS NULL OR u.stage_rank >= {_FIRST_MAIN_RANK})")
    if scope.opponent_class is not None:
        found.append(_CLASSES[scope.opponent_class])
    return found


def day_conditions(scope: Scope, unit: Unit, parameters: dict[str, object]) -> list[str]:
    """From which day to which; the day of a tie is that of its deciding match, of a campaign its latest."""
    found: list[str] = []
    _limit(
        found,
        parameters,
        (f"{_DAY[unit]} >= $since", "since", scope.since),
        (f"{_DAY[unit]} <= $until", "until", scope.until),
        (
            f"list_contains(string_split($months, ','), month({_DAY[unit]})::TEXT)",
            "months",
            _listed(scope.months),
        ),
        (
            f"list_contains(string_split($weekdays, ','), isodow({_DAY[unit]})::TEXT)",
            "weekdays",
            _listed(scope.weekdays),
        ),
    )
    if scope.after is not None:
        # `event_before` holds the day of each club's last such event: see `compile`
        found.append(f"{_DAY[unit]} > (SELECT b.day FROM event_before b WHERE b.club = u.club)")
    return found


def subject_conditions(club: str | None, country: str | None, parameters: dict[str, object]) -> list[str]:
    """Whose units: one club's, or those of the clubs of a country."""
    found: list[str] = []
    _limit(
        found,
        parameters,
        ("u.club = $club", "club", club),
        ("u.club IN (SELECT id FROM club WHERE country = $country)", "country", country),
    )
    return found


def first_leg_conditions(first: FirstLeg, parameters: dict[str, object]) -> list[str]:
    """How the first leg went, in the columns `first_leg_venue`, `first_leg_scored`, `first_leg_conceded`."""
    found: list[str] = []
    difference = "u.first_leg_scored - u.first_leg_conceded"
    _limit(
        found,
        parameters,
        ("u.first_leg_venue = $leg_venue", "leg_venue", first.venue and first.venue.value),
        (
            f"sign({difference}) = $leg_sign",
            "leg_sign",
            None if first.result is None else _SIGN[first.result],
        ),
        ("u.first_leg_scored = $leg_scored", "leg_scored", first.scored),
        ("u.first_leg_conceded = $leg_conceded", "leg_conceded", first.conceded),
        (f"{difference} >= $leg_at_least", "leg_at_least", first.at_least),
        (f"{difference} <= $leg_at_most", "leg_at_most", first.at_most),
    )
    return found


def _listed(values: tuple[object, ...] | None) -> str | None:
    return None if values is None else listed(values)


def listed(values: Iterable[object]) -> str:
    """Values as one parameter, for `string_split($name, ',')`.

    DuckDB looks for pandas on the disk for every element of a list parameter, which costs more than
    the query.
    """
    return ",".join(str(value) for value in values)


def _limit(found: list[str], parameters: dict[str, object], *limits: tuple[str, str, object]) -> None:
    for condition, name, value in limits:
        if value is not None:
            found.append(condition)
            parameters[name] = value
