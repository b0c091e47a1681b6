"""Two stages drawn together: which winners will meet is known on the day of the draw, who wins is not."""

from __future__ import annotations

import datetime as dt

from secondleg.archive.draws import drawn_together
from secondleg.archive.starter import load
from secondleg.desk.campaigns import campaign_of
from support.small_archive import small_archive

# the draw of Nyon, 15 March 2024: the winners of Milan v Roma meet those of Leverkusen v West Ham, and the winners
# of Benfica v Marseille those of Liverpool v Atalanta
NYON = {
    frozenset(("ita/milan", "ita/roma", "ger/bayer-leverkusen", "eng/west-ham-united")),
    frozenset(("por/benfica", "fra/marseille", "eng/liverpool", "ita/atalanta")),
}


def test_the_bracket_of_a_season_is_that_of_its_draw() -> None:
    with load() as archive:
        campaign = campaign_of(archive.view(dt.date(2024, 4, 17)), "uefa.el", 2023).campaign
    ties = campaign.ties["quarter-final"]
    halves = {
        frozenset(
            club for line in lines for club in (ties[line.number - 1].first, ties[line.number - 1].second)
        )
        for lines in campaign.draws["semi-final"].ties
    }
    assert halves == NYON


def test_it_is_not_known_before_the_draw() -> None:
    with load() as archive:
        assert drawn_together(archive.view(dt.date(2024, 3, 7)), "uefa.el", 2023, "semi-final") == []


SEPARATE = """
2017-04-11  ger/a 1-0 ger/b  uefa.cl 2016 quarter-final leg=1
2017-04-18  ger/b 0-0 ger/a  uefa.cl 2016 quarter-final leg=2
2017-04-11  ger/c 1-0 ger/d  uefa.cl 2016 quarter-final leg=1
2017-04-18  ger/d 0-0 ger/c  uefa.cl 2016 quarter-final leg=2
2017-05-02  ger/a 1-0 ger/c  uefa.cl 2016 semi-final leg=1
2017-05-09  ger/c 0-0 ger/a  uefa.cl 2016 semi-final leg=2
"""


def test_a_draw_of_its_own_is_not_foreseen() -> None:
    day = dt.date(2017, 4, 12)
    with small_archive(SEPARATE) as archive:
        assert drawn_together(archive.view(day), "uefa.cl", 2016, "semi-final") == []
    with small_archive(SEPARATE.replace("2016", "2019")) as archive:
        assert drawn_together(archive.view(day), "uefa.cl", 2019, "semi-final") == [("ger/a", "ger/c")]


def test_it_does_not_tell_who_won() -> None:
    other = (
        SEPARATE.replace("2016", "2019")
        .replace("ger/b 0-0 ger/a", "ger/b 3-0 ger/a")
        .replace("ger/a 1-0 ger/c", "ger/b 1-0 ger/c")
        .replace("ger/c 0-0 ger/a", "ger/c 0-0 ger/b")
    )
    day = dt.date(2017, 4, 12)
    with small_archive(other) as archive:
        assert drawn_together(archive.view(day), "uefa.cl", 2019, "semi-final") == [("ger/a", "ger/c")]
