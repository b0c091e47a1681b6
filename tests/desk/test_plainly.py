"""Answers that the phrase book has no words for: value and question, said plainly."""

from __future__ import annotations

import datetime as dt

import pytest

from secondleg.desk.plainly import plain_sentence, question_words
from secondleg.language.lexicon import Lexicon
from secondleg.records import Answer, Count, Event, Question, Record, Statistic, Streak, Subject, Total, Unit
from secondleg.records.answer import AsMany, Coverage, Extreme, Holder, Rank, Value
from secondleg.records.scope import Scope

LEXICON = Lexicon({"eng/leeds-united": "Leeds United"}, {})
LEEDS = Question(Statistic.RECORD, Event("played"), Subject.of("eng/leeds-united"))
DAY = dt.date(2021, 5, 23)
HOLDER = Holder("eng/leeds-united", 7.0, 1, DAY, season="2020-21")


def plain(value: Value) -> str:
    answer = Answer(LEEDS, value, (), Coverage(True, (), (), None, ""), DAY, 0, 0, False)
    return plain_sentence(answer, "in the league", LEXICON)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Count(9, 20), "9 of 20"),
        (Count(0, 0), "none is known"),
        (None, "none is known"),
        (Total(1234, 40), "1,234 in 40 matches"),
        (Record(2, 1, 0, 7, 3), "won 2, drawn 1, lost 0, 7 goals scored and 3 conceded"),
        (Streak(1, DAY, DAY, True), "1 match, from 23 May 2021 to 23 May 2021"),
        (Extreme(7.0, (HOLDER,) * 7, 40, 6.0),
         "7, held by Leeds United in 2020-21, Leeds United in 2020-21, Leeds United in 2020-21, "
         "Leeds United in 2020-21, Leeds United in 2020-21 and 2 more"),
        (Rank(3, 92, 12.5, (), ()), "place 3 of 92, with 12.50"),
        (AsMany(9, 3, 7, 8), "amount 9, last 3, previous 7, before 8"),
    ],
)  # fmt: skip
def test_every_value_is_said(value: Value, words: str) -> None:
    assert plain(value) == f'Answer: {words} (record of "played", eng/leeds-united, in the league).'


def test_a_scope_without_words_is_told_by_its_parts() -> None:
    scope = Scope(months=(1, 2), opponents=("eng/arsenal",))
    question = Question(Statistic.COUNT, Event("won"), Subject.of("eng/leeds-united"), Unit.MATCH, scope)
    told = question_words(question.to_dict(), None)
    assert told == 'count of "won", eng/leeds-united, opponents eng/arsenal and months 1 and 2'
