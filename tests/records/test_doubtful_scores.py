"""Before 2001 a source gives shoot-outs of two cups as the score: what rests on such a score is not vouched for."""

from __future__ import annotations

import datetime as dt

import pytest

from secondleg.records import Event, Question, Scope, Statistic, Subject, answer
from support.small_archive import small_archive


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("1983-10-05 eng/forest 4-3 ned/ajax uefa.el 1983 round-1 leg=2", False),
        ("1983-10-05 eng/forest 1-1 ned/ajax uefa.el 1983 round-1 leg=2 aet pens=4-3", True),
        ("1983-10-05 eng/forest 2-1 ned/ajax uefa.el 1983 round-1 leg=2", True),
        ("1983-10-05 eng/forest 4-3 ned/ajax uefa.cl 1983 round-1 leg=2", True),
        ("2003-10-05 eng/forest 4-3 ned/ajax uefa.el 2003 round-1 leg=2", True),
    ],
)
def test_scores_that_may_be_shoot_outs(line: str, sure: bool) -> None:
    first = line.split()
    day = dt.date.fromisoformat(first[0])
    opening = f"{day - dt.timedelta(14)} ned/ajax 1-1 eng/forest {first[4]} {first[5]} round-1 leg=1"
    scope = Scope(competitions=(first[4],), first_season=int(first[5]))
    question = Question(Statistic.RECORD, Event("played"), Subject.of("eng/forest"), scope=scope)
    with small_archive(f"{opening}\n{line}") as archive:
        found = answer(archive.view(day + dt.timedelta(9)), question)
    assert found.coverage.complete is sure
    assert ("may be the score of a shoot-out" in found.coverage.note) is not sure
