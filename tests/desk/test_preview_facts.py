"""Sentences that would be false if a preview looked only at home and away, first and second leg."""

from __future__ import annotations

import datetime as dt
import io

from rich.console import Console

from secondleg.desk.preview import preview
from secondleg.desk.render import to_html, to_markdown, to_terminal
from support.small_archive import small_archive

LEAGUES = """
2020-10-03 eng/chelsea   2-0 eng/palace  eng.1 2020 regular-season
2020-10-17 eng/palace    1-1 eng/chelsea eng.1 2020 regular-season
2020-10-03 por/porto     3-1 por/braga   por.1 2020 regular-season
2020-10-17 por/braga     1-2 por/porto   por.1 2020 regular-season
2020-11-03 por/braga     0-1 eng/palace  uefa.el 2020 group-stage
2020-11-24 eng/palace    2-1 por/braga   uefa.el 2020 group-stage
"""
QUARTER_FINAL = """
2021-04-07 por/porto   0-2 eng/chelsea uefa.cl 2020 quarter-final leg=1
2021-04-13 eng/chelsea v   por/porto   uefa.cl 2020 quarter-final leg=2
"""
CHELSEA_PORTO = ("eng/chelsea", "por/porto", dt.date(2021, 4, 13))


def told(text: str, home: str, away: str, on: dt.date, as_of: dt.date | None = None) -> str:
    with small_archive(LEAGUES + text) as archive:
        document = preview(archive.view(as_of or on), home, away, on)
    return " ".join(s["text"] for section in document["sections"] for s in section["sentences"])


def test_a_first_leg_on_neutral_ground_was_at_nobodys_home() -> None:
    neutral = QUARTER_FINAL.replace("leg=1", "leg=1 neutral")
    text = told(neutral, *CHELSEA_PORTO)
    assert (
        "Chelsea lead 2-0 on aggregate after winning the first leg on neutral ground on 7 April 2021." in text
    )
    assert "at home" not in text
    assert "winning the first leg at Porto" in told(QUARTER_FINAL, *CHELSEA_PORTO)


def test_before_the_first_leg_the_second_is_not_called_the_first() -> None:
    fixtures = QUARTER_FINAL.replace("0-2", "v")
    text = told(fixtures, *CHELSEA_PORTO, as_of=dt.date(2021, 4, 1))
    assert "This is the second leg of the quarter-final; the first, at Porto, is still to be played." in text
    assert "aggregate after" not in text
    first = told(fixtures, "por/porto", "eng/chelsea", dt.date(2021, 4, 7), dt.date(2021, 4, 1))
    assert "This is the first leg of the quarter-final; Porto are away in the second." in first


def test_a_first_meeting_is_called_so() -> None:
    whole = [("uefa.cl", season) for season in range(1955, 2020)]
    whole += [("uefa.el", season) for season in range(1971, 2021)]
    whole += [("uefa.cwc", season) for season in range(1960, 1999)]
    whole += [("uefa.fairs", season) for season in range(1955, 1971)]
    whole += [("uefa.itc", season) for season in range(1995, 2009)]
    with small_archive(LEAGUES + QUARTER_FINAL, also_whole=whole) as archive:
        document = preview(archive.view(CHELSEA_PORTO[2]), *CHELSEA_PORTO)
    text = " ".join(s["text"] for section in document["sections"] for s in section["sentences"])
    assert "The first leg was the first meeting of the two sides in Europe." in text
    assert "met once before" not in text


def test_that_the_two_met_this_season_is_no_history() -> None:
    # the archive begins with this season, so that it knows of no meeting before
    assert "met once before" not in told(QUARTER_FINAL, *CHELSEA_PORTO)


def test_a_replay_is_no_single_match() -> None:
    text = told(
        """
        2021-01-09 eng/palace  1-1 eng/chelsea eng.facup 2019 round-3 leg=1
        2021-01-19 eng/chelsea v   eng/palace  eng.facup 2019 round-3 leg=3
        """,
        "eng/chelsea",
        "eng/palace",
        dt.date(2021, 1, 19),
    )
    assert "This is a replay in the third-round tie." in text
    assert "single match" not in text
    assert "there is a replay" not in text


def test_the_first_since_the_match_before_is_no_news() -> None:
    before = """
        2020-10-21 por/porto   0-1 eng/palace  uefa.cl 2020 group-stage
        """
    assert "first defeat" not in told(before + QUARTER_FINAL.replace("0-2", "0-1"), *CHELSEA_PORTO)


def test_of_a_side_never_seen_before_all_but_the_chances_is_told() -> None:
    day = dt.date(2021, 1, 9)
    text = LEAGUES + f"{day} eng/newcomers v eng/chelsea eng.facup 2020 round-3\n"
    with small_archive(text) as archive:
        document = preview(archive.view(day), "eng/newcomers", "eng/chelsea", day)
    assert document["chances"] is None
    assert (
        "No chances are given: the archive has no match of Newcomers in the model's years."
        in document["notes"]
    )
    console = Console(file=io.StringIO(), width=200)
    to_terminal(document, console)
    assert isinstance(console.file, io.StringIO)
    for page in (console.file.getvalue(), to_markdown(document), to_html(document)):
        assert "The third-round tie between Newcomers and Chelsea is a single match" in page
        assert "in the model's years" in page.replace("&#x27;", "'").replace("&#39;", "'")
