"""How stages lead to one another: brackets of league phases against what was drawn, and lines of a declaration."""

from __future__ import annotations

from itertools import pairwise

import pytest

from secondleg.errors import BadInput
from secondleg.football.progress import Slot, Source, consistent_orders, slot, source
from secondleg.football.rules import competition_format, draw_of, prizes
from secondleg.football.stage import is_qualifying, is_table

# Champions League 2024-25: the league phase from the top, and the ties that followed, winners first
PHASE = [
    "Liverpool", "Barcelona", "Arsenal", "Inter", "Atlético", "Leverkusen", "Lille", "Aston Villa",
    "Atalanta", "Dortmund", "Real Madrid", "Bayern", "Milan", "PSV", "Paris", "Benfica",
    "Monaco", "Brest", "Feyenoord", "Juventus", "Celtic", "Manchester City", "Sporting", "Club Brugge",
]  # fmt: skip
KNOCKOUT = {
    "knockout-play-off": [
        ("Club Brugge", "Atalanta"), ("Dortmund", "Sporting"), ("Real Madrid", "Manchester City"), ("Bayern", "Celtic"),
        ("Feyenoord", "Milan"), ("PSV", "Juventus"), ("Paris", "Brest"), ("Benfica", "Monaco"),
    ],
    "round-of-16": [
        ("Paris", "Liverpool"), ("Barcelona", "Benfica"), ("Arsenal", "PSV"), ("Inter", "Feyenoord"),
        ("Real Madrid", "Atlético"), ("Bayern", "Leverkusen"), ("Dortmund", "Lille"), ("Aston Villa", "Club Brugge"),
    ],
    "quarter-final": [
        ("Paris", "Aston Villa"), ("Barcelona", "Dortmund"), ("Arsenal", "Real Madrid"), ("Inter", "Bayern"),
    ],
    "semi-final": [("Paris", "Arsenal"), ("Inter", "Barcelona")],
}  # fmt: skip
ROUNDS = [draw_of("uefa.cl", 2024, stage) for stage in KNOCKOUT]
PLACE = {club: number for number, club in enumerate(PHASE, 1)}


def known(
    last: int, ties: dict[str, list[tuple[str, str]]] = KNOCKOUT
) -> dict[str, list[tuple[str, str, str]]]:
    stages = list(KNOCKOUT)[: last + 1]
    return {stage: [(one, other, one) for one, other in ties[stage]] for stage in stages}


def test_the_bracket_of_2024_allows_what_was_drawn() -> None:
    """12 pairs of neighbours, each drawn one way or the other: 4,096 brackets. A tie settles how two of them go
    together, so eight leave 2^4 times 2^4 for the seeds, the next eight 2^4, the quarter-finals 2^2 and so on."""
    assert [len(consistent_orders(ROUNDS, PLACE, known(last))) for last in range(4)] == [256, 16, 4, 2]


def test_a_tie_that_the_bracket_does_not_have_is_found_out() -> None:
    wrong = {
        **KNOCKOUT,
        "round-of-16": [("Paris", "Arsenal"), ("Liverpool", "PSV"), *KNOCKOUT["round-of-16"][3:]],
    }
    assert consistent_orders(ROUNDS, PLACE, known(1, wrong)) == []


def test_from_2025_the_better_place_is_at_home_in_the_return_leg() -> None:
    assert draw_of("uefa.cl", 2024, "quarter-final").return_leg == "drawn"
    assert draw_of("uefa.cl", 2025, "quarter-final").return_leg == "first"
    assert draw_of("uefa.cl", 2024, "round-of-16").return_leg == "first"


def test_every_declared_stage_can_be_filled() -> None:
    """After a table somebody must say who goes on; what is not declared is a free draw of winners."""
    for code, seasons in (
        ("uefa.cl", range(1955, 2026)),
        ("uefa.el", range(1971, 2026)),
        ("uefa.conf", range(2021, 2026)),
    ):
        for season in seasons:
            stages = [s for s in competition_format(code, season).stages if not is_qualifying(s)]
            for before, stage in pairwise(stages):
                draw = draw_of(code, season, stage)
                if is_table(before) and code != "uefa.fairs":
                    assert draw.ties or draw.seeded or draw.entrants or draw.pots, (code, season, stage)


def test_prizes_lie_within_the_table_and_do_not_contradict() -> None:
    for code in (
        "eng.1",
        "eng.2",
        "eng.3",
        "eng.4",
        "esp.1",
        "ita.1",
        "ger.1",
        "ger.2",
        "fra.1",
        "ned.1",
        "por.1",
    ):
        for season in range(1990, 2026):
            found = {prize.name: prize for prize in prizes(code, season)}
            for prize in found.values():
                assert 1 <= prize.first <= prize.last <= 24
            if "relegated" in found and "Europe" in found:
                assert found["Europe"].last < found["relegated"].first
            if "champions" in found:
                assert (found["champions"].first, found["champions"].last) == (1, 1)


def test_sources_and_lines_are_read() -> None:
    assert source("group-stage 1") == Source("group-stage", 1)
    assert source("uefa.cl group-stage 3 worst 4") == Source("group-stage", 3, "uefa.cl", 4, True)
    assert source("winners") == Source("winners")
    assert slot("1A") == Slot("place", 1, "A")
    assert slot("w7") == Slot("winner", 7)
    assert slot("24") == Slot("place", 24)
    assert slot("3", grouped=True) == Slot("third", 3)
    with pytest.raises(BadInput, match="no line of a bracket"):
        slot("the best")
    with pytest.raises(BadInput, match="names no sides"):
        source("the best?")
