"""The rules of competitions, declared as data: one TOML file a competition beside this module.

A declaration says, for the seasons in which it was in force, what the competition was called, which stages it
had, how its ties and its tables were decided. Code reads declarations and knows no competition by name. Only
the file that is asked for is read. A rule that is not declared is an error (`RulesUnknown`), never a guess.
"""

from __future__ import annotations

from secondleg.football.rules._declared import (
    Format,
    Stage,
    calendar,
    checksum,
    competition_format,
    declared,
    enters_directly,
    had_home_play_off,
    headed,
    is_neutral,
    next_competition,
    one_leg_ties,
    season_of,
    table_rules,
    tie_rules,
    unplayed_ties,
)
from secondleg.football.rules._draws import Prize, draw_of, meetings_of, prizes

__all__ = [
    "Format",
    "Prize",
    "Stage",
    "calendar",
    "checksum",
    "competition_format",
    "declared",
    "draw_of",
    "enters_directly",
    "had_home_play_off",
    "headed",
    "is_neutral",
    "meetings_of",
    "next_competition",
    "one_leg_ties",
    "prizes",
    "season_of",
    "table_rules",
    "tie_rules",
    "unplayed_ties",
]
