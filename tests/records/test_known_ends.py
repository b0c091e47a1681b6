"""Who won a cup is known where its final is, whatever else is missing of the season."""

from __future__ import annotations

import datetime as dt

from secondleg.records import Event, Question, Scope, Statistic, Subject, Unit, answer
from support.small_archive import small_archive

CUP = "uefa.conf"
FINALS = """
2022-05-05  ita/roma      1-0 eng/leicester   uefa.conf 2021 semi-final leg=2
2022-05-25  ita/roma      1-0 ned/feyenoord   uefa.conf 2021 final neutral leg=1
2023-06-07  eng/west-ham  2-1 ita/fiorentina  uefa.conf 2022 final neutral leg=1
"""


def asked(event: Event, club: str = "ita/roma", statistic: Statistic = Statistic.COUNT) -> Question:
    return Question(statistic, event, Subject.of(club), unit=Unit.CAMPAIGN, scope=Scope(competitions=(CUP,)))


def test_titles_are_counted_where_rounds_are_missing() -> None:
    view = small_archive(FINALS, not_whole={(CUP, 2021): None}).view(dt.date(2023, 7, 1))
    won = answer(view, asked(Event("won")))
    assert won.k == 1 and won.coverage.complete and not won.at_least
    best = answer(view, asked(Event("played"), statistic=Statistic.FURTHEST))
    assert best.coverage.complete
    finals = answer(view, asked(Event("reached", stage="final")))
    assert finals.k == 1 and finals.coverage.complete


def test_who_reached_the_semi_finals_is_not_known_from_the_final() -> None:
    view = small_archive(FINALS, not_whole={(CUP, 2021): None}).view(dt.date(2023, 7, 1))
    assert not answer(view, asked(Event("reached", stage="semi-final"))).coverage.complete


def test_without_its_final_a_season_is_missing() -> None:
    text = "\n".join(line for line in FINALS.splitlines() if "feyenoord" not in line)
    view = small_archive(text, not_whole={(CUP, 2021): None}).view(dt.date(2023, 7, 1))
    assert not answer(view, asked(Event("won"))).coverage.complete
    furthest = answer(view, asked(Event("played"), "eng/west-ham", Statistic.FURTHEST))
    assert not furthest.coverage.complete


def test_a_final_that_is_still_to_be_played_has_made_nobody_a_winner() -> None:
    text = (
        FINALS
        + """
2024-05-02  ita/fiorentina  3-2 bel/club-brugge uefa.conf 2023 semi-final leg=1
2024-05-29  gre/olympiacos  v   ita/fiorentina  uefa.conf 2023 final neutral leg=1
"""
    )
    view = small_archive(text, not_whole={(CUP, 2023): None}).view(dt.date(2024, 5, 20))
    assert answer(view, asked(Event("won"))).coverage.complete
    assert not answer(view, asked(Event("reached", stage="quarter-final"))).coverage.complete
