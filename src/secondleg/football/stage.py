"""Stages of a competition: one vocabulary for what sources call `R16`, `Round of 16` or `Finals, Round of
16`.

`rank` orders stages within one season of one competition: a higher rank is further on. Ranks of the last
stages are the same in every competition, so that "a European semi-final" means the same in each.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ENGLISH", "KNOCKOUT_FROM", "RANK", "TABLES", "is_qualifying", "is_table", "rank"]

RANK: Final[dict[str, int]] = {
    "preliminary": 1,
    "qualifying-1": 5,
    "qualifying-2": 6,
    "qualifying-3": 7,
    "qualifying-play-off": 9,
    # early rounds of a knockout, counted from its start
    "round-1": 11,
    "round-2": 12,
    "round-3": 13,
    "round-4": 14,
    "round-5": 15,
    "round-6": 16,
    "round-7": 17,
    "round-8": 18,
    # stages played as a table
    "regular-season": 20,
    "league-phase": 20,
    "group-stage": 21,
    "group-stage-2": 22,
    "championship-round": 23,
    "placement-round": 23,
    "promotion-round": 23,
    "relegation-round": 23,
    # a knockout after a league season: promotion, relegation, places in Europe
    "play-offs": 24,
    "relegation-play-offs": 24,
    "knockout-play-off": 30,
    "round-of-128": 26,
    "round-of-64": 27,
    "round-of-32": 31,
    "round-of-16": 32,
    "quarter-final": 33,
    "semi-final": 34,
    "third-place": 34,
    "final": 35,
}

ENGLISH: Final[dict[str, str]] = {
    "preliminary": "preliminary round",
    "qualifying-1": "first qualifying round",
    "qualifying-2": "second qualifying round",
    "qualifying-3": "third qualifying round",
    "qualifying-play-off": "play-off round",
    "round-1": "first round",
    "round-2": "second round",
    "round-3": "third round",
    "round-4": "fourth round",
    "round-5": "fifth round",
    "round-6": "sixth round",
    "round-7": "seventh round",
    "round-8": "eighth round",
    "regular-season": "regular season",
    "league-phase": "league phase",
    "group-stage": "group stage",
    "group-stage-2": "second group stage",
    "championship-round": "championship round",
    "placement-round": "placement round",
    "promotion-round": "promotion round",
    "relegation-round": "relegation round",
    "play-offs": "play-offs",
    "relegation-play-offs": "relegation play-offs",
    "knockout-play-off": "knockout play-off",
    "round-of-128": "last 128",
    "round-of-64": "last 64",
    "round-of-32": "last 32",
    "round-of-16": "last 16",
    "quarter-final": "quarter-final",
    "semi-final": "semi-final",
    "third-place": "third-place match",
    "final": "final",
}

KNOCKOUT_FROM: Final = RANK["knockout-play-off"]
"""Ranks from here on are knockout rounds towards a final."""


TABLES: Final = frozenset(
    {
        "regular-season",
        "league-phase",
        "group-stage",
        "group-stage-2",
        "championship-round",
        "placement-round",
        "relegation-round",
    }
)
"""Stages that are played as a table: their matches belong to no tie."""


def is_table(stage: str | None) -> bool:
    """Whether a stage is played as a table and not as ties."""
    return stage in TABLES


def rank(stage: str) -> int:
    """How far on a stage is within its competition; raises KeyError for a stage outside the vocabulary."""
    return RANK[stage]


def is_qualifying(stage: str | None) -> bool:
    """Whether a stage belongs to qualifying, which many records leave out."""
    return stage is not None and RANK[stage] < RANK["round-1"]
