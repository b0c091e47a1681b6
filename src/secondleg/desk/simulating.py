"""A competition played on from a day: chances of every club, what coming matches are worth, as a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from secondleg.archive.lookup import club_names
from secondleg.archive.view import View
from secondleg.desk.campaigns import Season, campaign_of
from secondleg.desk.chances import fitted_to
from secondleg.desk.competitions import find_competition, find_season, season_label
from secondleg.desk.conditions import condition
from secondleg.errors import BadInput, ForecastError
from secondleg.football.competition import competition
from secondleg.football.match import Match, Score, Status
from secondleg.football.rules import Prize, prizes
from secondleg.football.stage import ENGLISH
from secondleg.football.table import table
from secondleg.forecast.competition import MatchRuns, Simulation, error, simulate
from secondleg.forecast.competition_reading import holds, meetings, must_reach, worth

if TYPE_CHECKING:
    from secondleg.forecast.campaign import TableStage
    from secondleg.strength import Fitted

__all__ = ["CHAMPIONS", "LARGEST", "simulate_competition", "strengths_of"]

CHAMPIONS: Final = "champions"
"""The target of winning the competition."""

LARGEST: Final = 1_000_000
"""Runs that may be asked for."""

_MATCHES: Final = 16
"""Coming matches whose worth is told."""

_ROUND_DAYS: Final = 8
"""Days that a round of matches may take."""

_WORTH: Final = 4
"""Clubs and targets told of each match."""

_OPPONENTS: Final = 5
"""Opponents told of each club."""

_MOST_TRIES: Final = 20
"""Times that all runs are played again in search of those in which a condition comes true."""

_LEAST: Final = 100
"""Runs that a condition must leave."""


def simulate_competition(
    view: View,
    name: str,
    season: str,
    *,
    runs: int = 10_000,
    seed: int = 0,
    conditions: Sequence[str] = (),
    deductions: Sequence[str] = (),
    sd: float | None = None,
) -> dict[str, Any]:
    """The rest of a competition's season as known on the morning of `view.as_of`; docs/competitions.md has the fields.

    `conditions` are words such as "Liverpool out"; only runs in which all come true are counted. `deductions` are
    points taken off, as "Everton=8".

    Raises:
        BadInput: a competition, season, club or condition that is not there.
        ForecastError: who takes part is not known on that day, or a condition hardly ever comes true.
    """
    if not 1 <= runs <= LARGEST:
        raise BadInput(f"--runs {runs} cannot be played. Give a number from 1 to {LARGEST:,}.")
    if seed < 0:
        raise BadInput(f"--seed {seed} is below nought. Give a number from 0 on.")
    code, year = find_competition(view, name), find_season(season)
    known = campaign_of(view, code, year, deductions=_deducted(view, deductions))
    won = prizes(code, year) if competition(code).kind == "league" else ()
    model = strengths_of(view)
    wanted = [condition(view, text, known.campaign.clubs, won) for text in conditions]
    played = simulate(known.campaign, model, runs=runs, seed=seed, sd=sd)
    share = 1.0
    if wanted:
        played, share = _where(played, known, model, wanted, runs=runs, seed=seed, sd=sd)
    return _document(view, known, played, won, conditions, share, seed)


def strengths_of(view: View) -> Fitted:
    """Strengths of all clubs on the morning of the view."""
    return fitted_to(view)[1]


def _deducted(view: View, texts: Sequence[str]) -> dict[str, int]:
    from secondleg.archive.lookup import find_club

    found = {}
    for text in texts:
        club, _, points = text.rpartition("=")
        if not club or not points.strip().isdigit():
            raise BadInput(f"--deduct {text!r} is not understood. Write it as Everton=8.")
        found[find_club(view, club)] = int(points)
    return found


def _where(
    first: Simulation,
    known: Season,
    model: Fitted,
    wanted: Sequence[Any],
    *,
    runs: int,
    seed: int,
    sd: float | None,
) -> tuple[Simulation, float]:
    """The runs in which all conditions come true, as many as were asked for if they can be had, and their share."""
    from secondleg.forecast.competition import joined

    kept, tried, good = [], 0, 0
    for again in range(_MOST_TRIES):
        played = (
            first
            if not again
            else simulate(known.campaign, model, runs=runs, seed=seed + 7919 * again, sd=sd)
        )
        mask = holds(played, wanted[0])
        for each in wanted[1:]:
            mask = mask & holds(played, each)
        kept.append(played.take(mask))
        tried, good = tried + played.runs, good + int(mask.sum())
        if good >= runs:
            break
    if good < _LEAST:
        raise ForecastError(
            f"the condition came true in {good} of {tried:,} runs, too few to say what would follow. "
            "Ask for something likelier, or for more --runs."
        )
    found = joined([each for each in kept if each.runs])
    return found.take(np.arange(found.runs) < runs), good / tried


def _document(
    view: View,
    known: Season,
    played: Simulation,
    won: Sequence[Prize],
    conditions: Sequence[str],
    share: float,
    seed: int,
) -> dict[str, Any]:
    campaign = known.campaign
    names = club_names(view, list(played.clubs))
    targets = _targets(played, won)
    chances = {key: runs.mean(axis=1) for key, runs in targets.items()}
    notes = list(known.notes)
    if played.unknown:
        told = ", ".join(names[club] for club in played.unknown)
        notes.append(
            f"No match of these is known, so they are taken for average ones of this competition: {told}."
        )
    if won and any(prize.name in ("Champions League", "Europe") for prize in won):
        notes.append("European places are told by place alone: cup winners and titleholders may move them.")
    listed = [club for club in played.clubs if _takes_part(played, club)]
    return {
        "competition": {
            "code": campaign.competition,
            "name": competition(campaign.competition).name_in(campaign.season),
        },
        "season": season_label(view, campaign.competition, campaign.season),
        "as_of": view.as_of.isoformat(),
        "runs": played.runs,
        "seed": seed,
        "standard_error": error(0.5, played.runs),
        "conditions": list(conditions),
        "share_of_runs": share,
        "played": known.played,
        "stages": [{"key": stage, "name": ENGLISH.get(stage, stage)} for stage in campaign.stages],
        "targets": list(targets),
        "clubs": sorted(
            (_club(played, club, names[club], chances, campaign.tables) for club in listed),
            key=_best_first(targets, league=not campaign.knockouts),
        ),
        "matches": [_match(played, match, targets, names) for match in _next(played)],
        "meetings": _opponents(played, names),
        "model": "joint goal model of all competitions (Poisson, Dixon-Coles, time decay)",
        "notes": notes,
    }


def _takes_part(played: Simulation, club: str) -> bool:
    row = played.number(club)
    return any(bool(there[row].any()) for there in played.reached.values())


def _targets(played: Simulation, won: Sequence[Prize]) -> dict[str, Any]:
    """What clubs may get to, from near to far: stages and the title, or what the places of a league bring."""
    stages = list(played.reached)
    if played.campaign.knockouts:
        found = {stage: played.reached[stage] for stage in stages[1:] if stage != "third-place"}
        return {**found, CHAMPIONS: played.wins()}
    place = played.place[stages[-1]]
    prized = {prize.name: (place >= prize.first) & (place <= prize.last) for prize in won}
    return {CHAMPIONS: played.wins(), **{key: value for key, value in prized.items() if key != CHAMPIONS}}


def _best_first(targets: Mapping[str, Any], *, league: bool) -> Any:
    """Clubs of a league by expected place; of a cup by how likely they get furthest."""

    def key(club: Mapping[str, Any]) -> tuple[float, ...]:
        place = club["expected"]["place"] if club["expected"] else 0.0
        if league:
            return (place,)
        return (*(-club["chances"][target]["chance"] for target in reversed(list(targets))), place)

    return key


def _club(
    played: Simulation,
    club: str,
    name: str,
    chances: Mapping[str, Any],
    tables: Mapping[str, TableStage],
) -> dict[str, Any]:
    row = played.number(club)
    found: dict[str, Any] = {
        "id": club,
        "name": name,
        "chances": {
            key: {"chance": float(values[row]), "standard_error": error(float(values[row]), played.runs)}
            for key, values in chances.items()
        },
        "now": None,
        "expected": None,
        "places": {},
    }
    stage = next((stage for stage in played.place if bool(played.place[stage][row].any())), None)
    if stage is not None:
        there = played.place[stage][row] > 0
        place = played.place[stage][row][there]
        found["expected"] = {
            "stage": stage,
            "points": float(played.points[stage][row][there].mean()),
            "place": float(place.mean()),
        }
        found["places"] = {
            str(number): float((place == number).mean())
            for number in range(1, int(place.max()) + 1)
            if (place == number).any()
        }
        if tables[stage].groups:
            found["now"] = _now(tables[stage], club)
    return found


def _now(stage: TableStage, club: str) -> dict[str, Any]:
    """A club's row in the table of the day, with what puts it ahead of the next one level on points."""
    letter, group = next((i, g) for i, g in enumerate(stage.groups) if club in g)
    import datetime as dt

    day = dt.date(2000, 1, 1)
    matches = [
        Match("", 0, day, m.home, m.away, Status.PLAYED, Score.after_90(m.goals.home, m.goals.away))
        for m in stage.played
        if m.home in group
    ]
    taken = {each: points for each, points in stage.deductions.items() if each in group}
    row = table(matches, stage.rules, clubs=group, deductions=taken).row(club)
    return {
        "group": stage.letters[letter] if stage.letters and len(stage.groups) > 1 else None,
        "position": row.position,
        "played": row.played,
        "points": row.points,
        "difference": row.difference,
        "goals": row.goals_for,
        "ahead_by": row.ahead_by.value if row.ahead_by else None,
    }


def _next(played: Simulation) -> list[MatchRuns]:
    """The coming matches of the next round, by day."""
    dated = [match for match in played.matches if match.fixture.date is not None]
    if not dated:
        return list(played.matches[:_MATCHES])
    days = [match.fixture.date for match in dated if match.fixture.date is not None]
    first = min(days)
    near = [m for m, day in zip(dated, days, strict=True) if (day - first).days <= _ROUND_DAYS]
    return sorted(near, key=lambda m: (str(m.fixture.date), m.fixture.home))[:_MATCHES]


def _match(
    played: Simulation, match: MatchRuns, targets: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Any]:
    fixture = match.fixture
    results = {
        "home": float((match.home > match.away).mean()),
        "draw": float((match.home == match.away).mean()),
        "away": float((match.home < match.away).mean()),
    }
    told = worth(match, targets, played.clubs)
    return {
        "date": fixture.date.isoformat() if fixture.date else None,
        "home": {"id": fixture.home, "name": names[fixture.home]},
        "away": {"id": fixture.away, "name": names[fixture.away]},
        "stage": match.stage,
        "leg": match.leg,
        "chances": results,
        "worth": [
            {
                "club": {"id": each.club, "name": names[each.club]},
                "target": each.target,
                "home": each.home,
                "draw": each.draw,
                "away": each.away,
                "swing": each.swing,
            }
            for each in told[:_WORTH]
        ],
    }


def _opponents(played: Simulation, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Who may meet whom in the next round that is not drawn yet, the likeliest pairs of each club first."""
    for stage in must_reach(played):
        if stage not in played.pairs:
            continue
        chances = meetings(played, stage)
        if not chances or min(chances.values()) >= 1.0:
            continue
        by_club: dict[str, list[tuple[float, str]]] = {}
        for (one, other), chance in chances.items():
            by_club.setdefault(one, []).append((chance, other))
            by_club.setdefault(other, []).append((chance, one))
        return [
            {
                "stage": stage,
                "club": {"id": club, "name": names[club]},
                "opponents": [
                    {"id": other, "name": names[other], "chance": chance}
                    for chance, other in sorted(found, key=lambda each: (-each[0], each[1]))[:_OPPONENTS]
                ],
            }
            for club, found in sorted(by_club.items(), key=lambda each: -sum(chance for chance, _ in each[1]))
        ]
    return []
