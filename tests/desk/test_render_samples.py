"""Preview documents that the renderer tests share, and a check that they are what the desk could have built.

Results are real (Liverpool and Atalanta to 17 April 2024); chances are made up but hang together.
"""

from __future__ import annotations

import copy
import json
import math
from typing import Any

GRID_GOALS = 6
NASTY = "A & B <i>United</i>"

FORM_ATALANTA = [
    ("2024-04-15", "Serie A", "home", "Hellas Verona", "2-2", "D"),
    ("2024-04-11", "Europa League", "away", "Liverpool", "3-0", "W"),
    ("2024-04-07", "Serie A", "away", "Cagliari", "1-2", "L"),
    ("2024-04-03", "Coppa Italia", "away", "Fiorentina", "0-1", "L"),
    ("2024-03-30", "Serie A", "away", "Napoli", "3-0", "W"),
    ("2024-03-14", "Europa League", "home", "Sporting CP", "2-1", "W"),
    ("2024-03-10", "Serie A", "away", "Juventus", "2-2", "D"),
    ("2024-03-06", "Europa League", "away", "Sporting CP", "1-1", "D"),
    ("2024-03-03", "Serie A", "home", "Bologna", "1-2", "L"),
    ("2024-02-28", "Serie A", "away", "Inter", "0-4", "L"),
]
FORM_LIVERPOOL = [
    ("2024-04-14", "Premier League", "home", "Crystal Palace", "0-1", "L"),
    ("2024-04-11", "Europa League", "home", "Atalanta", "0-3", "L"),
    ("2024-04-07", "Premier League", "away", "Manchester United", "2-2", "D"),
    ("2024-04-04", "Premier League", "home", "Sheffield United", "3-1", "W"),
    ("2024-03-31", "Premier League", "home", "Brighton & Hove Albion", "2-1", "W"),
    ("2024-03-17", "FA Cup", "away", "Manchester United", "3-4", "L"),
    ("2024-03-14", "Europa League", "home", "Sparta Praha", "6-1", "W"),
    ("2024-03-10", "Premier League", "home", "Manchester City", "1-1", "D"),
    ("2024-03-07", "Europa League", "away", "Sparta Praha", "5-1", "W"),
    ("2024-03-02", "Premier League", "away", "Nottingham Forest", "1-0", "W"),
]


def form(rows: list[tuple[str, str, str, str, str, str]]) -> list[dict[str, str]]:
    keys = ("date", "competition", "venue", "opponent", "score", "result")
    return [
        dict(zip(keys, row, strict=True)) | {"note": "after extra time" if row[4] == "3-4" else ""}
        for row in rows
    ]


def poisson_grid(home: float, away: float) -> list[list[float]]:
    """Chances of 0..6 goals a side, the last row and column taking all above."""

    def marginal(rate: float) -> list[float]:
        chances = [math.exp(-rate) * rate**k / math.factorial(k) for k in range(GRID_GOALS)]
        return [*chances, 1 - sum(chances)]

    return [[h * a for a in marginal(away)] for h in marginal(home)]


def match_row(number: int, date: str, home: str, score: str, away: str, competition: str) -> dict[str, Any]:
    stage = "quarter-final" if competition == "Europa League" else None
    return {
        "match": number,
        "date": date,
        "competition": competition,
        "season": "2023-24",
        "stage": stage,
        "leg": 1 if stage else None,
        "home": home,
        "away": away,
        "score": score,
        "sources": "openfootball",
    }


def sentence(key: str, text: str, evidence: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    coverage = {"complete": True, "note": "all competitions 2023-24"}
    return {
        "id": key,
        "text": text,
        "question": None,
        "value": None,
        "evidence": evidence,
        "coverage": coverage,
        "as_of": "2024-04-17",
    } | more


def atalanta_liverpool() -> dict[str, Any]:
    first_leg = match_row(1, "2024-04-11", "Liverpool", "0-3", "Atalanta", "Europa League")
    palace = match_row(2, "2024-04-14", "Liverpool", "0-1", "Crystal Palace", "Premier League")
    grid = poisson_grid(1.5, 1.7)
    level_grid = [(h, a) for h in range(7) for a in range(7)]
    return {
        "fixture": {
            "home": {"id": "ita/atalanta", "name": "Atalanta"},
            "away": {"id": "eng/liverpool", "name": "Liverpool"},
            "date": "2024-04-18",
            "time": "21:00",
            "competition": {"code": "uefa.el", "name": "Europa League"},
            "season": "2023-24",
            "stage": "quarter-final",
            "leg": 2,
            "neutral": False,
            "ground": "Gewiss Stadium",
        },
        "as_of": "2024-04-17",
        "archive": {"kind": "starter", "note": "starter archive: 2023-24 of eight competitions"},
        "title": "Atalanta v Liverpool",
        "tie": {
            "first_leg": first_leg,
            "aggregate": {"home": 3, "away": 0},
            "rules": {"away_goals": False, "extra_time": True, "last": "penalties"},
        },
        "chances": {
            "match": {
                "home": sum(grid[h][a] for h, a in level_grid if h > a),
                "draw": sum(grid[h][a] for h, a in level_grid if h == a),
                "away": sum(grid[h][a] for h, a in level_grid if h < a),
            },
            "expected_goals": {"home": 1.5, "away": 1.7},
            "most_likely": [
                {"score": "1-1", "chance": grid[1][1]},
                {"score": "1-2", "chance": grid[1][2]},
            ],
            "grid": grid,
            "grid_capped": True,
            "through": {"home": 0.896, "away": 0.104},
            "endings": [
                {"side": "home", "ending": "in 90 minutes", "chance": 0.871},
                {"side": "home", "ending": "after extra time", "chance": 0.010},
                {"side": "home", "ending": "on penalties", "chance": 0.015},
                {"side": "away", "ending": "in 90 minutes", "chance": 0.066},
                {"side": "away", "ending": "after extra time", "chance": 0.023},
                {"side": "away", "ending": "on penalties", "chance": 0.015},
            ],
            "needs": [
                {"side": "away", "if": "win by four or more", "then": "through", "chance": 0.066},
                {"side": "away", "if": "win by three", "then": "extra time", "chance": 0.063},
            ],
            "model": "joint goal model",
            "trained_on": {"matches": 2500, "from": "2023-08-04"},
        },
        "form": {"home": form(FORM_ATALANTA), "away": form(FORM_LIVERPOOL)},
        "sections": [
            {
                "key": "tie",
                "title": "Where the tie stands",
                "sentences": [
                    sentence("tie.1", "Atalanta lead 3-0 on aggregate.", [first_leg]),
                    sentence("tie.2", "Liverpool need to win by three to take it to extra time.", []),
                ],
            },
            {
                "key": "chances",
                "title": "The chances",
                "sentences": [
                    sentence("chances.1", "Atalanta go through with a chance of 90 %.", [], coverage=None)
                ],
            },
            {
                "key": "form",
                "title": "Form",
                "sentences": [
                    sentence("form.1", "Liverpool have not scored in their last two.", [first_leg, palace]),
                    sentence(
                        "form.2",
                        "Atalanta won the first leg.",
                        [first_leg],
                        coverage={"complete": False, "note": "no friendlies"},
                        starts_paragraph=True,
                    ),
                ],
            },
        ],
        "notes": ["Suspensions are not in the data."],
    }


def single_match() -> dict[str, Any]:
    """A final on neutral ground: no tie, no chance to go through, one side without form, long names."""
    doc = copy.deepcopy(atalanta_liverpool())
    doc["title"] = "Borussia Mönchengladbach v Wolverhampton Wanderers"
    doc["fixture"] |= {
        "home": {"id": "ger/gladbach", "name": "Borussia Mönchengladbach"},
        "away": {"id": "eng/wolves", "name": "Wolverhampton Wanderers"},
        "time": None,
        "stage": "final",
        "leg": None,
        "neutral": True,
        "ground": None,
    }
    doc["tie"] = None
    doc["chances"] |= {"through": None, "endings": None, "needs": None}
    doc["form"] = {"home": form(FORM_ATALANTA)[:4], "away": []}
    return doc


def hostile() -> dict[str, Any]:
    """A document whose every name is markup, with chances of nought."""
    text = json.dumps(atalanta_liverpool())
    doc: dict[str, Any] = json.loads(text.replace("Liverpool", NASTY).replace("Atalanta", "1. FC *Köln* [x]"))
    doc["chances"]["through"] = {"home": 1.0, "away": 0.0}
    for ending in doc["chances"]["endings"]:
        ending["chance"] = 1.0 if ending == doc["chances"]["endings"][0] else 0.0
    return doc


def bare() -> dict[str, Any]:
    """A league match of which nothing is known."""
    doc = atalanta_liverpool()
    doc["fixture"] |= {"stage": None, "leg": None, "ground": None, "time": None}
    return doc | {
        "tie": None,
        "chances": None,
        "form": {"home": [], "away": []},
        "sections": [],
        "notes": [],
    }


def extremes() -> dict[str, Any]:
    """Long names, all but certain chances, a tie of the away-goals years, and scores of ten."""
    text = json.dumps(atalanta_liverpool())
    text = text.replace("Liverpool", "Inverness Caledonian Thistle")
    doc: dict[str, Any] = json.loads(text.replace("Atalanta", "Borussia Mönchengladbach"))
    doc["tie"]["rules"]["away_goals"] = True
    doc["chances"] |= {
        "through": {"home": 0.999, "away": 0.001},
        "match": {"home": 0.002, "draw": 0.004, "away": 0.994},
        "endings": [
            {"side": "home", "ending": "in 90 minutes", "chance": 0.995},
            {"side": "home", "ending": "on away goals after extra time", "chance": 0.004},
            {"side": "away", "ending": "on penalties", "chance": 0.001},
        ],
    }
    doc["form"]["home"] = [row | {"score": "10-0", "result": "W"} for row in doc["form"]["home"]]
    doc["form"]["away"] = [row | {"score": "0-10", "result": "L"} for row in doc["form"]["away"]]
    return doc


ALL = {
    "the example": atalanta_liverpool,
    "a final": single_match,
    "hostile names": hostile,
    "extremes": extremes,
    "nothing known": bare,
}


def test_sample_form_agrees_with_its_scores() -> None:
    for own, other, result in (
        (*map(int, row[4].split("-")), row[5]) for row in FORM_ATALANTA + FORM_LIVERPOOL
    ):
        assert result == ("W" if own > other else "L" if own < other else "D")


def test_sample_chances_hang_together() -> None:
    chances = atalanta_liverpool()["chances"]
    assert math.isclose(sum(chances["match"].values()), 1)
    assert math.isclose(sum(ending["chance"] for ending in chances["endings"]), 1)
    assert math.isclose(sum(map(sum, chances["grid"])), 1)
