"""How good clubs are on a day, best first, and how their ratings came about: `secondleg ratings`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from secondleg.archive.lookup import club_names, find_club
from secondleg.archive.view import View
from secondleg.errors import BadInput
from secondleg.strength import TrainingSet, model

if TYPE_CHECKING:
    from secondleg.strength import Fitted
    from secondleg.strength.ratings import EloRatings, RatedClub

__all__ = ["ratings", "ratings_png", "ratings_svg", "to_text"]

ACTIVE_DAYS: Final = 400
"""Days since its last match after which a club is not listed: a season and the break after it."""

ABROAD_DAYS: Final = 1500
"""Days in which a country's clubs must have met others for its ratings to be set beside theirs."""

COMPARED: Final = 100
"""Clubs that models without ratings can compare with each other in good time."""

DRAWN: Final = 6
"""Clubs whose histories a chart has room for."""

_IN_COMPETITION: Final = """
SELECT DISTINCT unnest([home, away]) AS club FROM result
WHERE competition = $competition
      AND season = (SELECT max(season) FROM result WHERE competition = $competition)
"""


def ratings(
    view: View,
    clubs: Sequence[str] = (),
    *,
    alias: str = "elo",
    competition: str | None = None,
    country: str | None = None,
    since: dt.date | None = None,
    limit: int = 30,
    history: bool = False,
) -> dict[str, Any]:
    """The clubs of a competition's last season, of a country, or of all that compare, as rated on the day of the view.

    With `clubs`, named as anybody names them, these alone, with their place among all, and their history from `since`
    on (ten years back). With `history` the best have theirs too. Elo ratings are of all results before the day;
    other models tell what goal difference they expect against the listed clubs.

    Raises:
        BadInput: no such competition or country is held, or more is asked than a model can tell.
    """
    if competition and country:
        raise BadInput(
            "clubs are listed of a competition or of a country. Leave out --competition or --country."
        )
    if limit < 1:
        raise BadInput(f"--limit {limit} lists nobody. Give a number of clubs above 0.")
    named = list(dict.fromkeys(find_club(view, club) for club in clubs))
    if alias != "elo":
        if history or since:
            raise BadInput("only Elo ratings have a history. Leave out --model, or --since and the picture.")
        return _by_model(view, alias, named, competition, country, limit)
    from secondleg.strength.ratings import EloModel

    training = TrainingSet.from_view(view, since=dt.date(1800, 1, 1))
    rated = EloModel().ratings(training)
    listed = _listed(view, rated, competition, country)
    places = {each.club: place for place, each in enumerate(listed, 1)}
    if named:
        everybody = {each.club: each for each in rated.table(view.as_of)}
        shown = [everybody[club] for club in named if club in everybody]
        if missing := [club for club in named if club not in everybody]:
            raise BadInput(
                f"{missing[0]} has no match before {view.as_of} in the archive. "
                "Choose a later --as-of, or import results of its league."
            )
        shown.sort(key=lambda each: -each.rating)
    else:
        shown = list(listed[:limit])
    names = club_names(view, [each.club for each in shown])
    earlier = dict(
        zip(rated.matches.clubs, rated.at(view.as_of - dt.timedelta(days=365)).tolist(), strict=True)
    )
    country_of = dict(zip(rated.matches.clubs, rated.matches.countries, strict=True))
    begin = since or view.as_of - dt.timedelta(days=3652)
    document: dict[str, Any] = {
        "as_of": view.as_of.isoformat(),
        "model": alias,
        "unit": "points",
        "competition": competition,
        "country": country,
        "matches": len(training),
        "named": bool(named),
        "listed": len(listed),
        "clubs": [
            {
                "place": places.get(each.club),
                "club": each.club,
                "name": names.get(each.club, each.club),
                "country": country_of[each.club],
                "rating": round(each.rating, 1),
                "change": None
                if np.isnan(earlier[each.club])
                else round(each.rating - earlier[each.club], 1),
                "matches": each.matches,
                "last": each.last.isoformat(),
            }
            for each in shown
        ],
    }
    if named or history or since:
        document["since"] = begin.isoformat()
        document["history"] = [
            {
                "club": each.club,
                "name": names.get(each.club, each.club),
                "ratings": _history(rated, each.club, begin),
            }
            for each in shown[:DRAWN]
        ]
    return document


def _listed(view: View, rated: EloRatings, competition: str | None, country: str | None) -> list[RatedClub]:
    """The clubs to list, best first: those that still play, of a competition, a country, or where countries meet."""
    table = rated.table(view.as_of)
    fresh = view.as_of - dt.timedelta(days=ACTIVE_DAYS)
    if competition is not None:
        members = _members(view, competition)
        return [each for each in table if each.club in members]
    country_of = dict(zip(rated.matches.clubs, rated.matches.countries, strict=True))
    if country is not None:
        told = [each for each in table if country_of[each.club] == country]
        if not told:
            raise BadInput(
                f"the archive has no matches of clubs of {country!r}. Give a football code, such as eng or ita."
            )
        return [each for each in told if each.last >= fresh]
    abroad = _abroad(rated.matches, view.as_of)
    return [each for each in table if each.last >= fresh and country_of[each.club] in abroad]


def _members(view: View, competition: str) -> set[str]:
    members = {row["club"] for row in view.rows(_IN_COMPETITION, competition=competition)}
    if not members:
        raise BadInput(
            f"the archive holds no match of {competition!r} before {view.as_of}. "
            "`secondleg data status --all` lists the competitions that it holds."
        )
    return members


def _abroad(matches: TrainingSet, as_of: dt.date) -> set[str]:
    """Countries whose clubs have lately met those of others."""
    lately = matches.date >= np.datetime64(as_of - dt.timedelta(days=ABROAD_DAYS), "D")
    countries = np.array(matches.countries)
    home, away = countries[matches.home[lately]], countries[matches.away[lately]]
    met = home != away
    return set(home[met].tolist()) | set(away[met].tolist())


def _history(rated: EloRatings, club: str, since: dt.date) -> list[dict[str, Any]]:
    days, told = rated.history(club)
    kept = days >= np.datetime64(since, "D")
    return [
        {"date": str(day), "rating": round(float(rating), 1)}
        for day, rating in zip(days[kept].astype("datetime64[D]"), told[kept], strict=True)
    ]


def _by_model(
    view: View, alias: str, named: list[str], competition: str | None, country: str | None, limit: int
) -> dict[str, Any]:
    """The clubs by the goal difference that a model expects on neutral ground against the others listed."""
    import warnings

    from secondleg.strength import UnlinkedLeagues

    chosen = model(alias)
    training = TrainingSet.from_view(view)
    if named:
        clubs = named
    elif competition is not None:
        clubs = sorted(_members(view, competition))
    elif country is not None:
        lately = training.take(
            training.date >= np.datetime64(view.as_of - dt.timedelta(days=ACTIVE_DAYS), "D")
        )
        clubs = [club for club, of in zip(lately.clubs, lately.countries, strict=True) if of == country]
    else:
        raise BadInput(f"{alias} compares clubs with each other. Name --competition, --country or the clubs.")
    if not 2 <= len(clubs) <= COMPARED:
        raise BadInput(
            f"{alias} can compare 2 to {COMPARED} clubs, not {len(clubs)}. Name a --competition, or the clubs."
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnlinkedLeagues)
        fitted = chosen.fit(training, view.as_of)
    clubs = [club for club in clubs if club in fitted] if not named else clubs
    rating = {club: _difference(fitted, club, clubs, competition) for club in clubs}
    names = club_names(view, clubs)
    order = sorted(clubs, key=lambda club: (-rating[club], club))
    country_of = dict(zip(training.clubs, training.countries, strict=True))
    return {
        "as_of": view.as_of.isoformat(),
        "model": alias,
        "unit": "goals",
        "competition": competition,
        "country": country,
        "matches": len(training),
        "named": bool(named),
        "listed": len(order),
        "clubs": [
            {
                "place": place,
                "club": club,
                "name": names.get(club, club),
                "country": country_of[club],
                "rating": round(rating[club], 3),
                "change": None,
                "matches": int(
                    (training.home == training.clubs.index(club)).sum()
                    + (training.away == training.clubs.index(club)).sum()
                ),
                "last": None,
            }
            for place, club in enumerate(order, 1)
        ][:limit],
    }


def _difference(fitted: Fitted, club: str, others: Sequence[str], competition: str | None) -> float:
    """The mean goal difference of a club against others, on neutral ground."""
    told = [
        fitted.goal_expectation(club, other, competition=competition, neutral=True)
        for other in others
        if other != club
    ]
    return float(np.mean([scored - conceded for scored, conceded in told]))


def to_text(document: dict[str, Any]) -> str:
    """The ratings as a table for a terminal."""
    points = document["unit"] == "points"
    what = "Elo ratings" if points else f"Goal difference that {document['model']} expects against the others"
    lines = [f"{what} on the morning of {document['as_of']}, of {document['matches']:,} matches", ""]
    width = max((len(each["name"]) for each in document["clubs"]), default=4)
    last = "a year" if points else ""
    lines.append(f"{'':>5}  {'':<{width}}  {'rating':>7}  {last:>7}  {'matches':>7}")
    for each in document["clubs"]:
        place = "" if each["place"] is None else f"{each['place']:,}"
        rating = f"{each['rating']:,.0f}" if points else f"{each['rating']:+.2f}"
        change = "" if each["change"] is None else f"{each['change']:+.0f}"
        lines.append(
            f"{place:>5}  {each['name']:<{width}}  {rating:>7}  {change:>7}  {each['matches']:>7,}  {each['country']}"
        )
    left = document["listed"] - len(document["clubs"])
    if left > 0 and not document["named"]:
        lines.append(f"and {left:,} more")
    return "\n".join(lines)


def ratings_svg(document: dict[str, Any]) -> str:
    """The histories of `ratings` as SVG. Raises MissingExtra without the extra `charts`."""
    from secondleg.desk.render.ratings_chart import chart
    from secondleg.desk.render.sheet import to_svg

    return to_svg(chart(document))


def ratings_png(document: dict[str, Any]) -> bytes:
    """The histories of `ratings` as PNG. Raises MissingExtra without the extra `charts`."""
    from secondleg.desk.render.holdings_chart import to_png
    from secondleg.desk.render.ratings_chart import chart

    return to_png(chart(document))
