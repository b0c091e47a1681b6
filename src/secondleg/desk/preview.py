"""The preview of a fixture: what is open, what the archive says, and the matches behind every sentence.

`preview` returns a document, a plain mapping that `desk.render` turns into text, Markdown or a page, and that is
itself the JSON output.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from secondleg.archive.view import View
from secondleg.desk import frame, outlook, pieces, proofreading
from secondleg.desk.chances import chances_if_any
from secondleg.desk.fixtures import find_fixture
from secondleg.desk.past import form_in_whole_scope, past
from secondleg.desk.proofreading import Proofreader
from secondleg.desk.sheet import Sentence, Sheet
from secondleg.football.competition import competition
from secondleg.records import EVERYTHING

__all__ = ["preview"]

TITLES: Final = {
    "tie": "Where the tie stands",
    "table": "The table",
    "chances": "The chances",
    "first_leg": "The first leg",
    "form": "Form",
    "history": "History",
    "stakes": "What is at stake",
}


def preview(view: View, home: str, away: str, on: dt.date | None = None) -> dict[str, Any]:
    """The preview of `home` against `away` (names or ids) as known on the morning of `view.as_of`.

    Args:
        on: the day of the match; the next meeting if it is not given.

    Raises:
        UnknownClub, AmbiguousClub, FixtureNotFound: see `find_fixture`.
    """
    fixture = find_fixture(view, home, away, on)
    chances, notes = chances_if_any(view, fixture)
    return _document(Sheet(view, fixture, pieces.lexicon(view), chances, notes))


def _document(sheet: Sheet) -> dict[str, Any]:
    f, view = sheet.fixture, sheet.view
    said = {
        "tie": outlook.where_it_stands(sheet),
        "table": outlook.table(sheet),
        "chances": outlook.chances(sheet),
        **past(sheet),
    }
    sections = {key: _proofread(sheet, said[key]) for key in TITLES}
    return {
        "title": f"{f.home_name} v {f.away_name}",
        "fixture": {
            "home": {"id": f.home, "name": f.home_name},
            "away": {"id": f.away, "name": f.away_name},
            "date": f.date.isoformat(),
            "time": f.time,
            "competition": {"code": f.competition, "name": competition(f.competition).name_in(f.season)},
            "season": f.season_label,
            "stage": f.stage,
            "leg": f.leg,
            "neutral": f.neutral,
            "ground": f.ground or (None if f.neutral else sheet.ground(f.home, f.date)),
        },
        "as_of": view.as_of.isoformat(),
        "archive": {"kind": view.archive.kind, "note": pieces.archive_note(view)},
        "tie": _tie_state(sheet),
        "chances": sheet.chances.to_dict(f) if sheet.chances else None,
        "form": {"home": _strip(sheet, f.home), "away": _strip(sheet, f.away)},
        "sections": [
            {
                "key": key,
                "title": TITLES[key],
                "sentences": [{"id": f"{key}.{i}", **s} for i, s in enumerate(sentences, 1)],
            }
            for key, sentences in sections.items()
            if sentences
        ],
        "notes": list(sheet.notes),
        "untold": sheet.untold,
    }


def _proofread(sheet: Sheet, sentences: list[Sentence]) -> list[Sentence]:
    """The sentences without those that do not read as what they were written from."""
    known = proofreading.about(sheet.fixture, sheet.view.as_of, sheet.lexicon.calendar)
    reader = Proofreader(sheet.fixture, sheet.lexicon, known, sheet.proofs.values())
    kept = []
    for sentence in sentences:
        proof = sheet.proofs.get(sentence["text"])
        fault = reader.fault(sentence["text"], proof) if proof else None
        if fault:
            sheet.untold.append({"text": sentence["text"], "why": f"read back, {fault}"})
        else:
            kept.append(sentence)
    return kept


def _tie_state(sheet: Sheet) -> dict[str, Any] | None:
    f, leg = sheet.fixture, sheet.fixture.first_leg
    if f.rules is None or f.rules.legs != 2 or leg is None:
        return None
    home, away = (leg.goals.away, leg.goals.home) if leg.home == f.away else (leg.goals.home, leg.goals.away)
    row = next(r for r in sheet.ask(frame.last_meeting(f)).rows if r.match == leg.match)
    return {
        "first_leg": pieces.evidence(row),
        "aggregate": {"home": home, "away": away},
        "rules": {
            "away_goals": f.rules.away_goals,
            "extra_time": f.rules.extra_time,
            "last": str(f.rules.last),
        },
    }


def _strip(sheet: Sheet, club: str) -> list[dict[str, Any]]:
    """The last matches of a side: in the scope in which its form is told, if there is one."""
    found = form_in_whole_scope(sheet, club)
    record = found[1] if found else sheet.ask(frame.record_of_last(club, EVERYTHING))
    return pieces.form_strip(record.rows, club)
