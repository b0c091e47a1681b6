"""Where sides stand late in a league, and how they came into it, against tables that are counted by hand."""

from __future__ import annotations

import datetime as dt

from secondleg.records.race import Race, race
from support.small_archive import small_archive

CLUBS = ("alpha", "beta", "gamma", "delta")
# a double round of four clubs: after ten of twelve matches Alpha have eleven points, Beta ten, Gamma five, Delta one
TABLE = """
1999-05-01  eng/delta 2-0 eng/omega   eng.2 1998 regular-season
1999-05-08  eng/omega 0-1 eng/delta   eng.2 1998 regular-season
1999-05-02  eng/alpha 2-0 eng/beta    eng.1 1998 regular-season
1999-05-09  eng/beta  0-1 eng/alpha   eng.1 1998 regular-season
1999-08-14  eng/alpha 1-0 eng/beta    eng.1 1999 regular-season
1999-08-14  eng/gamma 1-1 eng/delta   eng.1 1999 regular-season
1999-08-21  eng/beta  2-0 eng/gamma   eng.1 1999 regular-season
1999-08-21  eng/delta 0-3 eng/alpha   eng.1 1999 regular-season
1999-08-28  eng/alpha 2-1 eng/gamma   eng.1 1999 regular-season
1999-08-28  eng/delta 0-1 eng/beta    eng.1 1999 regular-season
1999-09-04  eng/beta  1-1 eng/alpha   eng.1 1999 regular-season
1999-09-04  eng/delta 0-2 eng/gamma   eng.1 1999 regular-season
1999-09-11  eng/gamma 1-1 eng/alpha   eng.1 1999 regular-season
1999-09-11  eng/beta  4-0 eng/delta   eng.1 1999 regular-season
1999-09-18  eng/alpha v eng/delta     eng.1 1999 regular-season
1999-09-18  eng/gamma v eng/beta      eng.1 1999 regular-season
"""


def at(day: dt.date) -> dict[str, Race]:
    return race(small_archive(TABLE).view(day), "eng.1", 1999, 1)


def test_a_table_that_is_nearly_over() -> None:
    sides = at(dt.date(1999, 9, 18))
    assert [sides[f"eng/{club}"].place for club in CLUBS] == [1, 2, 3, 4]
    assert {(one.played, one.left) for one in sides.values()} == {(5, 1)}
    # one match is left: Beta are a point behind, the others further than a win takes them
    assert [sides[f"eng/{club}"].behind for club in CLUBS] == [-1, 1, 6, 10]
    assert [sides[f"eng/{club}"].for_the_title for club in CLUBS] == [True, True, False, False]


def test_how_a_side_came_in_and_who_are_champions() -> None:
    sides = at(dt.date(1999, 8, 20))
    assert sides["eng/delta"].came_from == "eng.2"
    assert sides["eng/alpha"].came_from is None and sides["eng/alpha"].champions
    assert not sides["eng/beta"].champions
    assert all(one.early and not one.late for one in sides.values())


def test_only_what_was_known_on_the_day_counts() -> None:
    sides = at(dt.date(1999, 8, 14))
    assert {one.played for one in sides.values()} == {0}
    assert not any(one.for_the_title or one.against_relegation for one in sides.values())
