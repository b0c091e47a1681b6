"""What the UEFA files of schochastics lack or have wrong about extra time and shoot-outs, and what is right.

Two faults of the files. In the European Cup's, second legs that went beyond 90 minutes are missing. In those of the
UEFA Cup and the Cup Winners' Cup before 2001, a shoot-out's result stands as the score: here are the cases in which
that is certain, because the side that is then behind went on, or because it was a final. Level aggregate and away
goals leave but one score for such a second leg: that of the first, seen from the other side.

The results are those of UEFA's own record of its competitions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["lacking", "mended"]


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
        ("Galatasaray", "Arsenal FC", _Leg("2000-05-17", (0, 0), (4, 1))),
    )
}
"""Matches whose score in the files is that of the shoot-out, by day, home and away side."""


def lacking(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The second legs that `rows` (in the match contract) lack, where the first is among them."""
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
                "note": "not in the file",
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
