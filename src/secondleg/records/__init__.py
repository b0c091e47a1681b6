"""Questions about the past and their answers: records, streaks, "first since", "never", head-to-head."""

from secondleg.records.answer import (
    Answer,
    Count,
    Coverage,
    Covered,
    Evidence,
    Form,
    Furthest,
    Gap,
    Never,
    Occurrence,
    Record,
    Since,
    Streak,
    Total,
)
from secondleg.records.ask import answer
from secondleg.records.events import EVENTS, Event
from secondleg.records.interest import interest
from secondleg.records.question import Question, Subject
from secondleg.records.scope import EVERYTHING, FirstLeg, Scope, europe
from secondleg.records.terms import Family, Measure, Statistic, Unit

__all__ = [
    "EVENTS",
    "EVERYTHING",
    "Answer",
    "Count",
    "Coverage",
    "Covered",
    "Event",
    "Evidence",
    "Family",
    "FirstLeg",
    "Form",
    "Furthest",
    "Gap",
    "Measure",
    "Never",
    "Occurrence",
    "Question",
    "Record",
    "Scope",
    "Since",
    "Statistic",
    "Streak",
    "Subject",
    "Total",
    "Unit",
    "answer",
    "europe",
    "interest",
]
