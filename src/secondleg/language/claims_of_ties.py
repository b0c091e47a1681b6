"""What the phrases about the match and the tie at hand state, and the question of it: a chance is asked for too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from secondleg.archive.names import fold
from secondleg.language.grammar import Values
from secondleg.language.reading import Claim, Draft
from secondleg.language.scoping import About
from secondleg.records.question import Subject
from secondleg.records.scope import Scope
from secondleg.records.terms import Statistic, Unit

__all__ = ["CLAIMS_OF_TIES"]

Stating = Callable[[Values, About], Values]


def _first_leg(stating: Stating) -> Claim:
    """About the first leg, which is the last match of the two sides in this competition."""

    def claim(values: Values, about: About) -> list[Draft]:
        if about.competition is None:
            return []
        scope = Scope(competitions=(about.competition,))
        return [Draft(Statistic.LAST, stating(values, about), Unit.MATCH, "played", pair=True, scope=scope)]

    return claim


def _tie(stating: Stating, club: str | None = None) -> Claim:
    """About who goes through: asked for the side in the slot `club`, or for the home side."""

    def claim(values: Values, about: About) -> list[Draft]:
        subject = _sides(about, values[club] if club else about.home)
        if subject is None or about.competition is None or about.season is None:
            return []
        scope = Scope(competitions=(about.competition,), first_season=about.season, last_season=about.season)
        stated = stating(values, about)
        return [Draft(Statistic.CHANCE, stated, Unit.TIE, "went through", subject=subject, scope=scope)]

    return claim


def _match(stating: Stating) -> Claim:
    """About the match itself: whether the home side wins it."""

    def claim(values: Values, about: About) -> list[Draft]:
        subject = _sides(about, about.home)
        if subject is None or about.competition is None or about.date is None:
            return []
        scope = Scope(competitions=(about.competition,), since=about.date, until=about.date)
        return [
            Draft(Statistic.CHANCE, stating(values, about), Unit.MATCH, "won", subject=subject, scope=scope)
        ]

    return claim


def _table(values: Values, about: About) -> list[Draft]:
    """Where a side stands: of its record in this season's table."""
    club = values.get("leader", values.get("club"))
    if about.competition is None or club is None:
        return []
    stated = {
        "place": values.get("nth", 1),
        "points": values["points"],
        "played": values["of"],
        "gap": values.get("mark_points", 0 if "winner" in values else None),
        "beside": values.get("winner"),
    }
    # a cup has matches before and after its table
    stages = (about.stage,) if about.stage in ("league-phase", "group-stage") else None
    scope = Scope(competitions=(about.competition,), this_season=True, stages=stages)
    return [Draft(Statistic.RECORD, stated, Unit.MATCH, "played", subject=Subject.of(club), scope=scope)]


def _sides(about: About, club: Any) -> Subject | None:
    if club is None or about.home is None or about.away is None or club not in (about.home, about.away):
        return None
    return Subject.pair(club, about.away if club == about.home else about.home)


def _names(*slots: str) -> Stating:
    """What stands in some slots, as it stands there."""
    return lambda values, about: {slot: values.get(slot) for slot in slots}


def _lead(values: Values, about: About) -> Values:
    sides = (values["leader"],) if "leader" in values else (values["first_club"], values["second_club"])
    place = values.get("ground") or values.get("place")
    return {"ahead": sides, "aggregate": values["score"], "date": values["day"], "place": place}


def _half_time(values: Values, about: About) -> Values:
    return {
        "ahead": values.get("leader"),
        "half": values["half"],
        "final": (fold(values["home_name"]), values["final"], fold(values["away_name"])),
    }


def _needs(values: Values, about: About) -> Values:
    level = tuple((item["need"], item["led"]) for item in values.get("level_if", ()))
    return {
        "through": tuple(item["need"] for item in values["through_if"]),
        "level": level,
        "else": values.get("winner"),
    }


def _through(values: Values, about: About) -> Values:
    endings = tuple((item["how"], item["percent2"]) for item in values.get("by_ending", ()))
    return {"chance": values["percent"], "of": values["goal"], "endings": endings}


def _of_match(values: Values, about: About) -> Values:
    return {
        "sides": (values["first_club"], values["second_club"]),
        "chances": (values["percent"], values["percent3"], values["percent2"]),
        "goals": (
            fold(values["home_name"]),
            f"{values['x']:.1f}",
            fold(values["away_name"]),
            f"{values['y']:.1f}",
        ),
    }


def _likely(values: Values, about: About) -> Values:
    return {
        "scores": ((values["score"], values["percent"]), (values["score2"], values["percent2"])),
        "sides": (fold(values["home_name"]), fold(values["away_name"])),
        "both": values["both"],
    }


def _first_meeting(values: Values, about: About) -> list[Draft]:
    return [Draft(Statistic.RECORD, {"played": 1}, Unit.MATCH, "played", pair=True)]


CLAIMS_OF_TIES: Final[dict[str, Claim]] = {
    "state lead": _first_leg(_lead),
    "state level": _first_leg(_lead),
    "state first meeting": _first_meeting,
    "state half-time level": _first_leg(_half_time),
    "state half-time": _first_leg(_half_time),
    "state table": _table,
    "state needs": _tie(_needs, "club"),
    "state away goals": _tie(_names("away_goals")),
    "state single": _tie(_names("stage_tie", "first_club", "second_club", "led")),
    "state replay": _match(_names("stage_tie")),
    "state first leg ahead": _tie(_names("stage_tie", "club")),
    "state first leg unplayed": _tie(_names("stage_tie", "club")),
    "state next": _tie(_names("stages_place")),
    "state through": _tie(_through, "club"),
    "state extra time": _tie(_names("percent")),
    "state match": _match(_of_match),
    "state likely": _match(_likely),
}
"""What each phrase of a tie asks and states."""
