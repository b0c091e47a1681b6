"""What a side needs of a second leg: the sentence is read as the needs it was written from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from secondleg.desk.proofreading import needs_states
from secondleg.football.match import Goals
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast.needs import needs
from secondleg.language.lexicon import Lexicon
from secondleg.language.names import names_of
from secondleg.language.reading import read_whole
from secondleg.language.scoping import About
from secondleg.language.stating import needs_sentence

HOME, AWAY = "ita/atalanta", "eng/liverpool"
LEXICON = Lexicon({HOME: "Atalanta", AWAY: "Liverpool"}, {"uefa.el": "Europa League"})
NAMES = names_of(LEXICON, LEXICON.clubs, LEXICON.competitions)
ABOUT = About(dt.date(2024, 4, 17), HOME, AWAY, "uefa.el", 2023, dt.date(2024, 4, 18))
RULES = TieRules(
    legs=2, away_goals=True, away_goals_in_extra_time=True, extra_time=True, last=DecidedBy.PENALTIES
)


@pytest.mark.parametrize(
    "goals", [(h, a) for h in range(6) for a in range(6)], ids=lambda g: f"{g[0]}-{g[1]}"
)
@pytest.mark.parametrize("away_goals", [True, False])
def test_needs_are_read_back(goals: tuple[int, int], away_goals: bool) -> None:
    rules = replace(RULES, away_goals=away_goals)
    for club, host in ((HOME, True), (AWAY, False)):
        pairs = [(need.words, str(need.outcome)) for need in needs(rules, Goals(*goals), host=host)]
        leader = AWAY if club == HOME else HOME
        text = needs_sentence(LEXICON.club(club), LEXICON.club(leader), pairs, rules.last)
        best = read_whole(text, NAMES, ABOUT)[0]
        assert best.question.subject.club == club
        assert dict(best.value) == needs_states(pairs, rules.last, leader)
