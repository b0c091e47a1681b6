"""What the phrases of lists of clubs ask and state."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from secondleg.language.claims import of_kind
from secondleg.language.claims_of_honours import fits
from secondleg.language.grammar import Values
from secondleg.language.happening import UNITS
from secondleg.language.reading import Claim, Draft
from secondleg.language.scoping import About
from secondleg.records.terms import Statistic

__all__ = ["CLAIMS_OF_CLUBS"]


def _country(values: Values) -> Any:
    """Of which country the clubs are that a list is of."""
    return values.get("adjective") or values.get("country")


def _stated(values: Values) -> Values:
    stated: Values = {"clubs_n": values.get("clubs_n", 0), "clubs_of": values.get("clubs_of")}
    listed = values.get("listed", values.get("listed_first"))
    if listed is not None:
        stated["listed"] = tuple((item["winner"], _number(item)) for item in listed)
        # those that are named and those that are counted are all of them
        stated["whole"] = len(listed) + values.get("clubs_more", 0)
    if values.get("leader"):
        stated["latest_club"] = values["leader"]
    if values.get("day"):
        stated["last_day"] = values["day"]
    if "seasons" in values:
        stated["last_season"] = str(values["seasons"][0]["season"])
    return stated | {"seasons": values.get("seasons_n"), "unclear": values.get("unclear_n")}


def _number(item: Values) -> int | None:
    """How often it has happened to a club; None where it is not said."""
    if item.get("once"):
        return None
    number = item.get("listed_n")
    return None if number is None else int(number)


def _said(statistic: Statistic) -> Claim:
    return lambda values, about: [Draft(statistic, _stated(values), clubs_of=_country(values))]


def _titles(values: Values, about: About) -> list[Draft]:
    unit = UNITS[values["unit"]]
    if not fits(values, unit):
        return []
    return [
        Draft(Statistic.WHICH, _stated(values), unit, "won", clubs_of=_country(values), **of_kind(values))
    ]


def _asked(statistic: Statistic) -> Claim:
    def claim(values: Values, about: About) -> list[Draft]:
        # "played in the league" is over its seasons before it is over single matches
        matches = values.get("event") == "played" and values.get("unit") == "match" and "club" not in values
        likely = _OVER_MATCHES if matches else 1.0
        return [Draft(statistic, {}, clubs_of=_country(values), likely=likely)]

    return claim


_OVER_MATCHES: Final = 0.9
"""What is left of the likelihood that single matches are meant, where a competition was played in."""


def _over_matches(statistic: Statistic) -> Claim:
    return lambda values, about: [Draft(statistic, {}, clubs_of=_country(values))]


def _winners_of(values: Values, about: About) -> list[Draft]:
    """Who won it, of all times: a list, unless it is of one season."""
    from secondleg.language.claims_asked import in_one_season

    drafts = _asked(Statistic.WHICH)(values, about)
    return [] if in_one_season(values) else [replace(draft, likely=0.99) for draft in drafts]


CLAIMS_OF_CLUBS: Final[dict[str, Claim]] = {
    **{
        f"say {who}{kind}{none}": _said(statistic)
        for who in ("which", "opponents")
        for kind, statistic in (
            ("", Statistic.WHICH),
            (" never", Statistic.WHICH_NEVER),
            (" every", Statistic.WHICH_EVERY),
        )
        for none in ("", " none")
    },
    "say which titles": _titles,
    **{
        f"ask {who}{kind}": _asked(statistic)
        for who in ("which", "opponents")
        for kind, statistic in (
            ("", Statistic.WHICH),
            (" never", Statistic.WHICH_NEVER),
            (" every", Statistic.WHICH_EVERY),
        )
    },
    "ask which then": _winners_of,
    "ask which with matches": _over_matches(Statistic.WHICH),
    "ask which never with matches": _over_matches(Statistic.WHICH_NEVER),
    "ask which every with matches": _over_matches(Statistic.WHICH_EVERY),
}
"""What each phrase of lists of clubs asks and states."""
