"""What the phrases that ask are questions for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from secondleg.language.grammar import Values
from secondleg.language.reading import Claim, Draft
from secondleg.language.scoping import About
from secondleg.records.terms import Family, Measure, Per, Statistic, Unit

__all__ = ["CLAIMS_ASKED", "FORM_MATCHES", "SEASON_EXTREMES", "in_one_season"]

FORM_MATCHES: Final = 10
"""Matches that form looks back on where it is not said."""


def _asks(statistic: Statistic, unit: Unit | None = None, event: str | None = None, **more: Any) -> Claim:
    """A question for a statistic, of the last n where a number is given."""
    return lambda values, about: [Draft(statistic, {}, unit, event, last=values.get("last_n"), **more)]


def _total(values: Values, about: About) -> list[Draft]:
    measure = Measure(values["measure"])
    return [Draft(Statistic.TOTAL, {}, Unit.MATCH, "played", last=values.get("last_n"), measure=measure)]


def _count(values: Values, about: About) -> list[Draft]:
    """How often; of the last n, and of ties after such a first leg, how many of them."""
    after = any(dict(piece).get("piece") == "first leg" for piece in values.get("scope", ()))
    of_ties = after and values.get("event") == "went through"
    of_last = any(dict(piece).get("piece") == "last" for piece in values.get("scope", ()))
    return [Draft(Statistic.SHARE if of_ties or of_last else Statistic.COUNT, {}, last=values.get("last_n"))]


def _form(values: Values, about: About) -> list[Draft]:
    last = values.get("last_n", FORM_MATCHES)
    return [Draft(Statistic.RECORD, {}, Unit.MATCH, "played", last=last)]


_ONE_SEASON: Final = frozenset({"in season", "last season", "this season", "on day"})


def in_one_season(values: Values) -> bool:
    """Whether a question is of one season or day."""
    return any(dict(piece).get("piece") in _ONE_SEASON for piece in values.get("scope", ()))


def _who(values: Values, about: About) -> list[Draft]:
    """Who it was in one season, all of them; else the last that it was. Of "which clubs" a list is meant then."""
    if in_one_season(values):
        return [Draft(Statistic.MOST, {}, per=Per.CLUB)]
    return [] if values.get("several") else [Draft(Statistic.LAST, {})]


SEASON_EXTREMES: Final[dict[str, tuple[Statistic, Measure]]] = {
    "most points": (Statistic.MOST, Measure.POINTS),
    "fewest points": (Statistic.FEWEST, Measure.POINTS),
    "most scored": (Statistic.MOST, Measure.SCORED),
    "fewest scored": (Statistic.FEWEST, Measure.SCORED),
    "most conceded": (Statistic.MOST, Measure.CONCEDED),
    "fewest conceded": (Statistic.FEWEST, Measure.CONCEDED),
    "most wins": (Statistic.MOST, Measure.WINS),
    "fewest wins": (Statistic.FEWEST, Measure.WINS),
    "most draws": (Statistic.MOST, Measure.DRAWS),
    "most defeats": (Statistic.MOST, Measure.DEFEATS),
    "fewest defeats": (Statistic.FEWEST, Measure.DEFEATS),
}
"""Records of a league season, and what they are the most or fewest of."""


def _of_season(values: Values, about: About) -> list[Draft]:
    statistic, measure = SEASON_EXTREMES[values["extreme"]]
    return [
        Draft(statistic, {}, Unit.SEASON, "played", measure=measure, usual=Family.TOP_FLIGHT, per=Per.UNIT)
    ]


def _total_of_clubs(values: Values, about: About) -> list[Draft]:
    statistic, measure = Statistic(values["extreme"]), Measure(values["measure"])
    usual = Family.LEAGUE if measure is Measure.POINTS else None
    return [Draft(statistic, {}, Unit.MATCH, "played", measure=measure, per=Per.CLUB, usual=usual)]


def _of_season_in_which(values: Values, about: About) -> list[Draft]:
    statistic, measure = SEASON_EXTREMES[values["extreme"]]
    return [Draft(statistic, {}, Unit.SEASON, measure=measure, per=Per.UNIT)]


def _best_place(values: Values, about: About) -> list[Draft]:
    return [replace(draft, usual=Family.TOP_FLIGHT) for draft in _place(values, about)]


def _place(values: Values, about: About) -> list[Draft]:
    return [Draft(Statistic.FEWEST, {}, Unit.SEASON, "played", measure=Measure.PLACE, per=Per.UNIT)]


def _place_then(values: Values, about: About) -> list[Draft]:
    """Where it finished in one season; without a season there is no one place."""
    return _place(values, about) if in_one_season(values) else []


def _stay(statistic: Statistic) -> Claim:
    """Over all leagues: within the first division alone every season is one of it, and no run would ever end."""

    def claim(values: Values, about: About) -> list[Draft]:
        pieces = [dict(piece) for piece in values.get("scope", ())]
        narrowed = any("family" in piece or "competitions" in piece for piece in pieces)
        return [] if narrowed else [Draft(statistic, {})]

    return claim


_HOLDERS: Final = ((("piece", "class"), ("opponent_class", "holders")),)


def _holders(statistic: Statistic) -> Claim:
    """What became of the holders, as those saw it who met them."""
    return lambda values, about: [Draft(statistic, {}, pieces=_HOLDERS)]


def _any_share(values: Values, about: About) -> list[Draft]:
    """How often any side; of ties after such a first leg, how many of them."""
    after = any(dict(piece).get("piece") == "first leg" for piece in values.get("scope", ()))
    return [Draft(Statistic.SHARE if after else Statistic.COUNT, {})]


CLAIMS_ASKED: Final[dict[str, Claim]] = {
    "ask last": _asks(Statistic.LAST),
    "ask last any": _asks(Statistic.LAST),
    "ask first": _asks(Statistic.FIRST),
    "ask first any": _asks(Statistic.FIRST),
    "ask count": _count,
    "ask count any": _any_share,
    "ask ever": _asks(Statistic.NEVER),
    "ask ever any": _asks(Statistic.NEVER),
    "ask share": _asks(Statistic.SHARE),
    "ask streak": _asks(Statistic.CURRENT_STREAK),
    "ask longest": _asks(Statistic.LONGEST_STREAK),
    "ask longest any": _asks(Statistic.LONGEST_STREAK),
    "ask longest any who scored": _asks(Statistic.LONGEST_STREAK, likely=1.05),
    "ask record": _asks(Statistic.RECORD, Unit.MATCH, "played"),
    "ask record of pair": _asks(Statistic.RECORD, Unit.MATCH, "played"),
    "ask last of pair": _asks(Statistic.LAST, Unit.MATCH),
    "ask ever of pair": _asks(Statistic.NEVER, Unit.MATCH),
    "ask count of pair": _asks(Statistic.COUNT, Unit.MATCH),
    "ask share of pair": _asks(Statistic.SHARE, Unit.MATCH),
    "ask share any": _asks(Statistic.SHARE),
    "ask total": _total,
    "ask total any": _total,
    "ask who": _who,
    "ask most of season": _of_season,
    "ask total of clubs": _total_of_clubs,
    "ask most of season in which": _of_season_in_which,
    "ask points of season in which": _of_season_in_which,
    "ask record of shoot-outs": _asks(Statistic.COUNT),
    "ask biggest aggregate": _asks(
        Statistic.MOST, Unit.TIE, "went through", measure=Measure.DIFFERENCE, per=Per.UNIT
    ),
    "ask stay": _stay(Statistic.LONGEST_STREAK),
    "ask stay now": _stay(Statistic.CURRENT_STREAK),
    "ask stay any": _stay(Statistic.LONGEST_STREAK),
    "ask holders last": _holders(Statistic.LAST),
    "ask holders": _holders(Statistic.WHICH),
    "ask holders count": _holders(Statistic.COUNT),
    "ask place": _place_then,
    "ask best place": _best_place,
    "ask most of opponents": _asks(Statistic.MOST, per=Per.OPPONENT),
    "ask tie with": _asks(Statistic.LAST, Unit.TIE),
    "ask form": _form,
    "ask furthest": _asks(Statistic.FURTHEST, Unit.CAMPAIGN, "played"),
    "ask chance through": _asks(Statistic.CHANCE, Unit.TIE, "went through"),
    "ask chance win": _asks(Statistic.CHANCE, Unit.MATCH, "won"),
}
"""What each phrase that asks is a question for. The words of an event say which unit it is of."""
