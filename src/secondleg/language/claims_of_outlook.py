"""What the phrases of what is to come, and of the first since some day, ask and state."""

from __future__ import annotations

from typing import Final

from secondleg.language.grammar import Values
from secondleg.language.reading import Claim, Draft
from secondleg.language.scoping import About
from secondleg.records.terms import Statistic, Unit

__all__ = ["CLAIMS_OF_OUTLOOK"]


def _would_be(values: Values, about: About) -> list[Draft]:
    run = values.get("run_n", 1)
    stated = {
        "nth": values["nth"],
        "run": run,
        "longest": run if values.get("beside") == "level" else values.get("longest_n", 0),
        "previous": values.get("since_day"),
        "previous_season": values.get("since_season"),
    }
    return [Draft(Statistic.WOULD_BE, stated)]


def _stakes(values: Values, about: About) -> list[Draft]:
    far = values.get("far")
    stated = {
        "nth": values["nth"],
        "of": values.get("of"),
        "last": values.get("since_season", False),
        "place": values.get("place_nth", 1),
        "far": "winner" if far == "won" else values.get("goal_place"),
    }
    return [Draft(Statistic.STAKES, stated, Unit.CAMPAIGN, "reached")]


def _since(values: Values, about: About) -> list[Draft]:
    stated: Values = {}
    told = [values[slot] for slot in ("match", "since_match") if slot in values]
    if told:
        stated["matches"] = tuple({key: one for key, one in item.items() if one is not None} for item in told)
    if "match" in values:
        stated["date"] = values["match"].get("day")
    elif "season" in values:
        stated["season"] = values["season"]
    else:
        stated["absent"] = True
    if "since_match" in values:
        stated["previous"] = values["since_match"].get("day")
    elif "since_season" in values:
        stated["previous_season"] = values["since_season"]
    else:
        stated["first"] = True
    return [Draft(Statistic.SINCE, stated, before=values.get("before_day"))]


def _best_of(values: Values, about: About) -> list[Draft]:
    stage = "winner" if "champions" in values else values["goal_place"]
    stated = {"stage": stage, "times": values["times"], "latest": values.get("season")}
    return [Draft(Statistic.FURTHEST, stated, Unit.CAMPAIGN)]


def _asks(statistic: Statistic, unit: Unit | None = None, event: str | None = None) -> Claim:
    """A question for a statistic, of the nth time or the last n where a number is given."""

    def claim(values: Values, about: About) -> list[Draft]:
        nth = values.get("nth") if statistic is Statistic.NTH else None
        last, before = values.get("last_n"), values.get("before_day")
        return [Draft(statistic, {}, unit, event, last=last, nth=nth, before=before)]

    return claim


CLAIMS_OF_OUTLOOK: Final[dict[str, Claim]] = {
    "say would be": _would_be,
    "say stakes": _stakes,
    "say since on": _since,
    "say since on first": _since,
    "say since none": _since,
    "say latest since first": _since,
    "say since in": _since,
    "say since on in": _since,
    "say since none in": _since,
    "say since never": _since,
    "say best of": _best_of,
    "ask nth any": _asks(Statistic.NTH),
    "ask letters": _asks(Statistic.LAST_N, event="played"),
    "ask number": _asks(Statistic.COUNT),
    "ask number any": _asks(Statistic.COUNT),
    "ask share of": _asks(Statistic.SHARE),
    "ask share any": _asks(Statistic.SHARE),
    "ask run": _asks(Statistic.CURRENT_STREAK),
    "ask record over": _asks(Statistic.RECORD),
    "ask always any": _asks(Statistic.ALWAYS),
    "ask only": _asks(Statistic.ONLY),
    "ask only any": _asks(Statistic.ONLY),
    "ask furthest of": _asks(Statistic.FURTHEST, Unit.CAMPAIGN),
    "ask since": _asks(Statistic.SINCE),
    "ask since on": _asks(Statistic.SINCE),
    "ask would be": _asks(Statistic.WOULD_BE),
    "ask stakes": _asks(Statistic.STAKES, Unit.CAMPAIGN, "reached"),
}
"""What each phrase of what is to come asks and states."""
