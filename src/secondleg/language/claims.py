"""What the phrases about the past ask and state: from the values of their slots to a question and a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from secondleg.language.grammar import Values
from secondleg.language.reading import Claim, Draft
from secondleg.language.scoping import About
from secondleg.records.question import Subject
from secondleg.records.scope import Scope
from secondleg.records.terms import Family, Measure, Statistic, Unit

__all__ = ["CLAIMS"]


def match_seen(values: Values) -> Values:
    return {key: value for key, value in values.items() if value is not None}


def _seen(values: Values, name: str) -> tuple[Values, ...] | None:
    return tuple(match_seen(item) for item in values[name]) if name in values else None


def _streak(values: Values, about: About) -> list[Draft]:
    return [Draft(Statistic.CURRENT_STREAK, {"length": values["n"], "matches": _seen(values, "matches")})]


def _longest(values: Values, about: About) -> list[Draft]:
    stated = {
        "length": values.get("n"), "first": values.get("from_day"), "last": values.get("to_day"),
        "winner": values.get("winner"), "joint_n": values.get("others_n"),
    }  # fmt: skip
    if "winners" in values:
        stated["joint"] = tuple(item["winner"] for item in values["winners"])
    return [Draft(Statistic.LONGEST_STREAK, stated)]


def _occurrence(statistic: Statistic, event: str | None = None) -> Claim:
    def claim(values: Values, about: About) -> list[Draft]:
        stated: Values = {"since": values.get("since_n") if statistic is Statistic.LAST else None}
        if "match" in values:
            stated |= {"date": values["match"].get("day"), "matches": (match_seen(values["match"]),)}
        if "result" in values:
            stated |= {"date": values["result"].get("day"), "results": (match_seen(values["result"]),)}
        if "seasons" in values:
            stated["seasons"] = _seen(values, "seasons")
        return [Draft(statistic, stated, event=event)]

    return claim


def _since(values: Values, about: About) -> list[Draft]:
    day = values["match"].get("day")
    return [Draft(Statistic.SINCE, _since_stated(values), before=day)] if day else []


def _latest_since(values: Values, about: About) -> list[Draft]:
    return [Draft(Statistic.SINCE, _since_stated(values))]


def _since_stated(values: Values) -> Values:
    matches = [values[name] for name in ("match", "since_match") if name in values]
    stated: Values = {"date": values["match"].get("day"), "matches": tuple(map(match_seen, matches))}
    if "since_match" in values:
        return stated | {"previous": values["since_match"].get("day")}
    return stated | {"first": True}


def _count(values: Values, about: About) -> list[Draft]:
    return [Draft(Statistic.COUNT, {"k": values.get("times", values.get("k")), "of": values.get("of")})]


def _share(values: Values, about: About) -> list[Draft]:
    if "n" in values:
        return [Draft(Statistic.SHARE, {"k": values["k"], "of": values["n"]}, last=values["n"])]
    return [Draft(Statistic.SHARE, {"k": values.get("k"), "of": values.get("of")})]


def _never(never: bool) -> Claim:
    return lambda values, about: [Draft(Statistic.NEVER, {"never": never, "of": values.get("of")})]


def _total(values: Values, about: About) -> list[Draft]:
    goals = next(
        (values[slot] for slot in ("goals", "f_n", "signed", "points", "amount") if slot in values), None
    )
    last = values.get("n") if values.get("bound") == "last" else None
    stated = {"goals": goals, "of": values.get("of", values.get("n"))}
    return [Draft(Statistic.TOTAL, stated, last=last, measure=Measure(values["measure"]))]


def _record(values: Values, about: About) -> list[Draft]:
    stated: Values = {
        "scored": values.get("goals_for", values.get("f_n")),
        "conceded": values.get("goals_against", values.get("a_n")),
    }
    played = values.get("of", values.get("n", values.get("met_times")))
    if "result" in values:
        kind = {"W": "won", "D": "drawn", "L": "lost"}[values["result"]]
        stated |= {"won": 0, "drawn": 0, "lost": 0, kind: played}
    else:
        told = {kind: n for item in values.get("splits", ()) for kind, n in item.items()}
        told |= {kind: values[kind] for kind in _KINDS if kind in values}
        if played is None and len(told) == len(_KINDS):
            played = sum(told.values())
        whole = played is not None and sum(told.values()) == played
        stated |= ({"won": 0, "drawn": 0, "lost": 0} if whole else {}) | told
    last = values.get("n")
    unit = None if "unit" in values else Unit.MATCH
    return [Draft(Statistic.RECORD, stated | {"played": played}, unit, last=last)]


_KINDS: Final = ("won", "drawn", "lost")


def _met_clubs(values: Values, about: About) -> list[Draft]:
    return _record(values, about)


def _nth_meeting(values: Values, about: About) -> list[Draft]:
    """A meeting to come is one more than those that were."""
    return [Draft(Statistic.RECORD, {"played": values["nth"] - 1}, Unit.MATCH, "played")]


def _nth_to_come(values: Values, about: About) -> list[Draft]:
    """One that is to come is one more than those that were."""
    event = None if "event" in values else "played"
    return [Draft(Statistic.COUNT, {"k": values["nth"] - 1}, event=event)]


def _last_year(values: Values, about: About) -> list[Draft]:
    return [Draft(Statistic.LAST, {"year": values["year"]})]


def _first_since_year(values: Values, about: About) -> list[Draft]:
    """The latest is the first since one of that year."""
    if _where_is_untold(values, about):
        return []
    return [Draft(Statistic.SINCE, {"previous_year": values["year"]})]


def _nth_so_far(values: Values, about: About) -> list[Draft]:
    """So many times so far; where it is told in how many, in the last so many."""
    if _where_is_untold(values, about):
        return []
    if "of" in values:
        return [Draft(Statistic.SHARE, {"k": values["nth"], "of": values["of"]}, last=values["of"])]
    return [Draft(Statistic.COUNT, {"k": values["nth"]})]


def _where_is_untold(values: Values, about: About) -> bool:
    """Whether a stage is told of without its competition: "in the semi-finals" may be of any cup."""
    told = any({"competitions", "family"} & {key for key, _ in piece} for piece in values.get("scope", ()))
    return values.get("event") == "reached" and not (told or values.get("competition") or about.competition)


def _result(values: Values, about: About) -> list[Draft]:
    seen = {"score": values["score"], "outcome": values["outcome"]}
    return [Draft(Statistic.LAST, {"matches": (seen,)})]


def _run_so_far(values: Values, about: About) -> list[Draft]:
    return (
        []
        if _where_is_untold(values, about)
        else [Draft(Statistic.CURRENT_STREAK, {"length": values["nth"]})]
    )


def _reached_again(values: Values, about: About) -> list[Draft]:
    """A stage that is reached counts among the times; the first time since some year is another question."""
    return [Draft(Statistic.COUNT, {"k": values["nth"]})] if values["nth"] > 1 else []


def _won_again(values: Values, about: About) -> list[Draft]:
    last = values["season"].began
    scope = Scope(family=Family.TOP_FLIGHT, last_season=last)
    return [Draft(Statistic.COUNT, {"k": values["nth"]}, subject=Subject(values["club"]), scope=scope)]


def _last_month(values: Values, about: About) -> list[Draft]:
    return [Draft(Statistic.LAST, {"month": (values["year"], values["month"])})]


def _met(values: Values, about: About) -> list[Draft]:
    stated: Values = {"played": values.get("met_times", 1)}
    won: dict[str, int] = {}
    for item in values.get("meetings", ()):
        if "drawn" in item:
            stated["drawn"] = item["drawn"]
        else:
            won[item["first_club"]] = item["won_times"]
    if "meetings" in values:
        stated |= {"won": won.get(about.home or "", 0), "lost": won.get(about.away or "", 0)}
        stated.setdefault("drawn", 0)
    stated["results"] = _seen(values, "results") or (
        (match_seen(values["result"]),) if "result" in values else None
    )
    return [Draft(Statistic.RECORD, stated, Unit.MATCH, "played", pair=True)]


def _form(values: Values, about: About) -> list[Draft]:
    stated = {"letters": values["letters"]}
    return [Draft(Statistic.LAST_N, stated, None, "played", last=values["n"])]


def _best(values: Values, about: About) -> list[Draft]:
    won = "stages_place" not in values
    stated = {
        "stage": "winner" if won else values["stages_place"],
        "times": values.get("times", 1),
        "seasons": _seen(values, "seasons"),
        "latest": values.get("season"),
    }
    return [Draft(Statistic.FURTHEST, stated, Unit.CAMPAIGN, "played", **of_kind(values))]


def of_kind(values: Values) -> dict[str, Any]:
    kind = values.get("of_kind")
    if kind == "europe":
        return {"family": Family.EUROPE}
    if kind == "these":
        codes = [code for item in values["competitions"] for code in item["competition"]]
        return {"competitions": tuple(dict.fromkeys(codes))}
    return {}


def _reached(values: Values, about: About) -> list[Draft]:
    stated = {"k": values.get("times", values.get("k")), "seasons": _seen(values, "seasons")}
    return [Draft(Statistic.COUNT, stated, Unit.CAMPAIGN, "reached", **of_kind(values))]


def _through(k: Callable[[Values], int | None]) -> Claim:
    """Ties after such a first leg: how many of them were won."""

    def claim(values: Values, about: About) -> list[Draft]:
        ends = (*(values.get("won_against") or ()), *(values.get("lost_to") or ()))
        won = k(values)
        stated = {
            "k": won,
            "of": values.get("of", len(ends) if ends else None),
            "through": _seen(values, "won_against"),
            "out": _seen(values, "lost_to"),
        }
        family = Family.EUROPE if values.get("tie") == "europe" else None
        drafts = [Draft(Statistic.SHARE, stated, Unit.TIE, "went through", family=family)]
        if won == 0:
            never = Draft(
                Statistic.NEVER, {"never": True}, Unit.TIE, "went through", family=family, likely=0.95
            )
            drafts.append(never)
        return drafts

    return claim


def _sides(values: Values, about: About) -> list[Draft]:
    left_out = values.get("left_out") or ()
    stated = {
        "k": values["k"], "of": values["of"], "first_season": values.get("from_season"),
        "last_season": values.get("to_season"), "percent": values.get("rate"),
        "gaps": tuple(item for item in left_out if "competition" in item) or None,
        "sides": _seen(values, "clubs_in"),
    }  # fmt: skip
    family = Family.EUROPE if values.get("tie") == "europe" else None
    qualifying = not any(item.get("apart") == "qualifying" for item in left_out)
    return [Draft(Statistic.SHARE, stated, Unit.TIE, "went through", family=family, qualifying=qualifying)]


CLAIMS: Final[dict[str, Claim]] = {
    "say streak": _streak,
    "say streak short": _streak,
    "say longest": _longest,
    "say longest any": _longest,
    "say longest any at least": _longest,
    "say longest at least": _longest,
    "say last played": _occurrence(Statistic.LAST, "played"),
    "say last": _occurrence(Statistic.LAST),
    "say last any": _occurrence(Statistic.LAST),
    "say last in": _occurrence(Statistic.LAST),
    "say last any in": _occurrence(Statistic.LAST),
    "say first played": _occurrence(Statistic.FIRST, "played"),
    "say first": _occurrence(Statistic.FIRST),
    "say first any": _occurrence(Statistic.FIRST),
    "say first in": _occurrence(Statistic.FIRST),
    "say first any in": _occurrence(Statistic.FIRST),
    "say since": _since,
    "say since first": _since,
    "say latest since": _latest_since,
    "say count": _count,
    "say count any": _count,
    "say streak none": lambda values, about: [Draft(Statistic.CURRENT_STREAK, {"length": 0})],
    "say longest none": lambda values, about: [Draft(Statistic.LONGEST_STREAK, {"length": 0})],
    "say longest none any": lambda values, about: [Draft(Statistic.LONGEST_STREAK, {"length": 0})],
    "say streak of scorer": _streak,
    "say share last of scorer": _share,
    "say count of scorer": _count,
    "say sum": _total,
    "say sum any": _total,
    "say sum in which": _total,
    "say sum any in which": _total,
    "say record in which": _record,
    "say record of seasons": _record,
    "say share last": _share,
    "say share": _share,
    "say share won": _share,
    "say share lost": _share,
    "say share any": _share,
    "say never": _never(True),
    "say ever": _never(False),
    "say never any": _never(True),
    "say ever any": _never(False),
    "say total": _total,
    "say total in which": _total,
    "say record alike": _record,
    "say record last": _record,
    "say record": _record,
    "say met once": _met,
    "say met": _met,
    "say met clubs": _met_clubs,
    "say nth meeting": _nth_meeting,
    "say nth to come": _nth_to_come,
    "say last in day": _last_month,
    "say nth so far": _nth_so_far,
    "say result": _result,
    "say run so far": _run_so_far,
    "say last in year": _last_year,
    "say first since year": _first_since_year,
    "say reached again": _reached_again,
    "say won again": _won_again,
    "say met many": _met,
    "say form": _form,
    "say best won": _best,
    "say best won last": _best,
    "say best once": _best,
    "say best": _best,
    "say best last": _best,
    "say once through": _through(lambda values: 1),
    "say once out": _through(lambda values: 0),
    "say never through": _through(lambda values: 0),
    "say always through": _through(lambda values: values["of"]),
    "say through": _through(lambda values: values.get("times", values.get("k"))),
    "say through but": _through(lambda values: values["times"]),
    "say sides": _sides,
    "say never reached": _reached,
    "say reached once": _reached,
    "say reached": _reached,
    "say reached last": _reached,
}
"""What each phrase of the book asks and states. To add a phrase is to add its wordings to the book and a line here."""
