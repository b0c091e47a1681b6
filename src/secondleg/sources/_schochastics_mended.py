"""What the UEFA files of schochastics lack or have wrong about extra time and shoot-outs, and what is right.

Two faults of the files. In the European Cup's, second legs that went beyond 90 minutes are missing. In those of the
UEFA Cup and the Cup Winners' Cup before 2001, a shoot-out's result stands as the score: here are the cases in which
that is certain, because the side that is then behind went on, or because it was a final. Level aggregate and away
goals leave but one score for such a second leg: that of the first, seen from the other side.

What is right was written from memory of UEFA's record of its competitions, and compared with champs.csv where that
has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from secondleg.football import country

__all__ = ["ADDED", "INTERCONTINENTAL", "lacking", "mended"]

ADDED: Final = "not in the file"
"""The note of a match that is added."""


@dataclass(frozen=True, slots=True)
class _Leg:
    """A match after extra time: the goals, and the shoot-out if there was one."""

    day: str
    goals: tuple[int, int]
    shootout: tuple[int, int] | None = None


_LACKING: Final[dict[tuple[str, str, str], _Leg]] = {
    ("1970-10-21", "Bor Moenchengladbach", "Everton FC"): _Leg("1970-11-04", (1, 1), (4, 3)),
    ("1973-09-19", "Bayern Muenchen", "Atvidabergs Ff"): _Leg("1973-10-03", (3, 1), (3, 4)),
    ("1973-10-24", "AFC Ajax", "CSKA Sofia"): _Leg("1973-11-07", (2, 0)),
    ("1974-10-23", "Hajduk Split", "As Saint Etienne"): _Leg("1974-11-06", (5, 1)),
    ("1975-09-17", "Malmoe Ff", "1 FC Magdeburg"): _Leg("1975-10-01", (2, 1), (1, 2)),
    ("1977-09-14", "Sl Benfica", "Torpedo Moskva"): _Leg("1977-09-28", (0, 0), (1, 4)),
    ("1984-09-19", "Aberdeen FC", "Bfc Dynamo"): _Leg("1984-10-03", (2, 1), (5, 4)),
    ("1986-10-22", "Real Madrid", "Juventus"): _Leg("1986-11-05", (1, 0), (1, 3)),
    ("1988-09-07", "Ae Larisa", "Neuchatel Xamax FCS"): _Leg("1988-10-05", (2, 1), (3, 0)),
    ("1988-10-26", "AC Milan", "Red Star Belgrade"): _Leg("1988-11-10", (1, 1), (2, 4)),
    ("1990-04-04", "AC Milan", "Bayern Muenchen"): _Leg("1990-04-18", (2, 1)),
    ("1997-03-05", "AFC Ajax", "Atletico Madrid"): _Leg("1997-03-19", (2, 3)),
    ("1999-07-28", "PFC Litex Lovech", "Widzew Lodz"): _Leg("1999-08-04", (4, 1), (3, 2)),
    ("2000-04-05", "Chelsea FC", "FC Barcelona"): _Leg("2000-04-18", (5, 1)),
    ("2002-02-20", "Roda JC Kerkrade", "AC Milan"): _Leg("2002-02-28", (0, 1), (3, 2)),
}
"""Second legs that the files lack, by day, home and away side of the first; home before away of the second."""

_SHOT_OUT: Final[dict[tuple[str, str, str], _Leg]] = {
    (leg.day, home, away): leg
    for home, away, leg in (
        ("Budapest Honved", "Aberdeen FC", _Leg("1970-09-30", (3, 1), (5, 4))),
        ("1 FC Kaiserslautern", "FC Ararat", _Leg("1972-12-13", (2, 0), (5, 4))),
        ("Gyoeri Eto FC", "Lokomotiv Plovdiv", _Leg("1974-10-02", (3, 1), (5, 4))),
        ("Red Star Belgrade", "Real Madrid", _Leg("1975-03-19", (2, 0), (6, 5))),
        ("AEK Athen", "Queens Park Rangers", _Leg("1977-03-16", (3, 0), (7, 6))),
        ("FC Barcelona", "Ipswich Town", _Leg("1977-12-07", (3, 0), (3, 1))),
        ("Valencia CF", "Arsenal FC", _Leg("1980-05-14", (0, 0), (5, 4))),
        ("Tottenham Hotspur", "RSC Anderlecht", _Leg("1984-05-23", (1, 1), (4, 3))),
        ("Real Zaragoza", "As Roma", _Leg("1986-10-01", (2, 0), (4, 3))),
        ("FC Vitkovice", "Vitoria Guimaraes", _Leg("1987-12-09", (2, 0), (5, 4))),
        ("Bayer Leverkusen", "Espanyol Barcelona", _Leg("1988-05-18", (3, 0), (3, 2))),
        ("Bologna FC", "FC Admira Wacker", _Leg("1990-12-12", (3, 0), (6, 5))),
        ("Inter", "FC Schalke 04", _Leg("1997-05-21", (1, 0), (1, 4))),
        ("Galatasaray", "Arsenal FC", _Leg("2000-05-17", (0, 0), (4, 1))),
    )
}
"""Matches whose score in the files is that of the shoot-out, by day, home and away side."""

INTERCONTINENTAL: Final = (
    ("1985-12-08", "Juventus", "Argentinos Juniors", (6, 4), (2, 2), (4, 2)),
    ("1988-12-11", "Nacional", "PSV Eindhoven", (7, 6), (2, 2), (7, 6)),
    ("2004-12-12", "FC Porto", "Once Caldas", (8, 7), (0, 0), (8, 7)),
)
"""Intercontinental Cups decided on penalties: day, sides, the file's score, the score after extra time, the shoot-out.
The file gives the shoot-out, or the sum of both; what is right is from memory, not from a list at hand."""


_LACKING_TIES: Final = {
    ("1982-09-29", "Hamburger SV", "Bfc Dynamo"): (
        ("1982-10-20", "Hamburger SV", "germany", "Olympiakos Piraeus", "greece", (1, 0)),
        ("1982-11-03", "Olympiakos Piraeus", "greece", "Hamburger SV", "germany", (0, 4)),
    )
}
"""Ties of which both legs are lacking, over after 90 minutes each, by a match of the round before: day, home side and
its country, away side and its country, goals. Both sides won their first ties, and the winner's next match is there."""


def lacking(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The legs that `rows` (in the match contract) lack, where the match that shows it is among them."""
    legs = {(row["date"].isoformat(), row["home"], row["away"]): row for row in rows}
    for key, leg in _LACKING.items():
        first = legs.get(key)
        if first is None or (leg.day, first["away"], first["home"]) in legs:
            continue
        yield (
            dict(first)
            | _beyond(leg)
            | {
                "date": type(first["date"]).fromisoformat(leg.day),
                "home": first["away"],
                "away": first["home"],
                "home_country": first["away_country"],
                "away_country": first["home_country"],
                "note": ADDED,
            }
        )

    for key, matches in _LACKING_TIES.items():
        before = legs.get(key)
        for day, home, home_country, away, away_country, goals in matches:
            if before is None or (day, home, away) in legs:
                continue
            yield (
                dict(before)
                | {"date": type(before["date"]).fromisoformat(day), "home": home, "away": away, "note": ADDED}
                | {"home_country": country.code(home_country), "away_country": country.code(away_country)}
                | {
                    f"{side}_{part}": goals[n]
                    for n, side in enumerate(("home", "away"))
                    for part in ("goals", "ft")
                }
            )


def _beyond(leg: _Leg) -> dict[str, Any]:
    pens = leg.shootout or (None, None)
    return {
        "home_goals": leg.goals[0],
        "away_goals": leg.goals[1],
        "home_ft": None,
        "away_ft": None,
        "after_extra_time": True,
        "home_pens": pens[0],
        "away_pens": pens[1],
    }


def mended(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its score put right where the file gives that of the shoot-out."""
    leg = _SHOT_OUT.get((row["date"].isoformat(), row["home"], row["away"]))
    if leg is None or (row["home_goals"], row["away_goals"]) != leg.shootout:
        return row
    return row | _beyond(leg) | {"note": "decided on penalties; the file gives the shoot-out as the score"}
