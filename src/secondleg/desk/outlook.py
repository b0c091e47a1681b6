"""What is still open: where the tie stands, what is needed, how likely each ending is."""

from __future__ import annotations

from typing import Final

from secondleg.desk import frame, proofreading
from secondleg.desk.chances import tie_state
from secondleg.desk.places import places, record_in_table
from secondleg.desk.sheet import Sentence, Sheet
from secondleg.language import stating
from secondleg.language.lexicon import percent
from secondleg.records import Record

__all__ = ["chances", "table", "where_it_stands"]

_RACE: Final = 10
"""Points behind the first side up to which they are told."""


def where_it_stands(sheet: Sheet) -> list[Sentence]:
    """The aggregate, what is needed, the rules, what the winners reach."""
    f, told = sheet.fixture, []
    leg = f.first_leg
    if leg is not None:
        meeting = sheet.ask(frame.last_meeting(f))
        where = None if leg.neutral else sheet.ground(leg.home, leg.date)
        text = stating.state_sentence(
            f.name(leg.home), f.name(leg.away), leg.goals, leg.date, where, neutral=leg.neutral
        )
        told.append(sheet.sentence(text, meeting, proofreading.first_leg_states(f, where)))
    if f.replay and f.stage is not None:
        text = stating.replay_sentence(f.stage)
        told.append(sheet.stated(text, sheet.win_question(f.home), None, {"stage_tie": f.stage}))
    if f.rules is not None and tie_state(f) is not None:
        if f.rules.legs == 2 and leg is None:
            text = (
                stating.first_leg_ahead_sentence(f.home_name, f.stage)
                if f.leg == 1
                else stating.first_leg_unplayed_sentence(f.away_name, f.stage)
            )
            club = f.home if f.leg == 1 else f.away
            told.append(sheet.ruled(text, {"stage_tie": f.stage or "", "club": club}))
        told += _needs(sheet)
        if f.rules.legs == 2:
            counted = {"away_goals": int(f.rules.away_goals)}
            told.append(sheet.ruled(stating.rules_sentence(f.rules), counted))
        elif f.stage is not None:
            text = stating.single_tie_sentence(f.home_name, f.away_name, f.stage, f.rules)
            sides = {"first_club": f.home, "second_club": f.away}
            told.append(sheet.ruled(text, {"stage_tie": f.stage, **sides, "led": stating.led_by(f.rules)}))
        ahead = frame.next_stage(f)
        if ahead:
            text = stating.next_stage_sentence(ahead)
            told.append(sheet.ruled(text, {"stages_place": ahead}))
    return told


def table(sheet: Sheet) -> list[Sentence]:
    """Where the two sides stand in the table of their league or group, the higher one first."""
    f = sheet.fixture
    told: list[Sentence] = []
    found, why_not = places(sheet.view, f)
    if why_not:
        name = sheet.lexicon.competition(f.competition, [f.season])
        why_not = why_not.format(competition=name, season=f.season_label)
        sheet.notes += (f"No table is told: {why_not}",)
    for club, place in sorted(found.items(), key=lambda one: one[1].row.position):
        row = place.row
        record = sheet.ask(record_in_table(f, club))
        # matches of the season that are not of this table would make another sentence of it
        played = record.value.played if isinstance(record.value, Record) else None
        if not record.coverage.complete or played != row.played:
            continue
        line = {"place": row.position, "points": row.points, "played": row.played}
        # of second place behind first all is told, and far behind it is no race
        both_told = bool(told) and place.other.club in (f.home, f.away)
        gap = None if row.position > 1 and (both_told or place.gap > _RACE) else place.gap
        beside = {} if gap is None else {"gap": gap, "beside": place.other.club}
        text = stating.table_sentence(
            f.name(club),
            row.position,
            row.points,
            row.played,
            gap=gap,
            beside=sheet.lexicon.club(place.other.club),
            group=place.group,
        )
        told.append(sheet.sentence(text, record, line | beside) | {"value": line | beside})
    return told


def _needs(sheet: Sheet) -> list[Sentence]:
    f, tie = sheet.fixture, sheet.chances.tie if sheet.chances else None
    leg = f.first_leg
    if tie is None or leg is None or f.rules is None or f.rules.legs != 2:
        return []
    level = leg.goals.difference == 0
    trailing = leg.home if leg.goals.difference < 0 else leg.away
    # level, a defeat sends the other side through, which need not be said; by away goals so does a draw
    ahead = None if level else leg.away if trailing == leg.home else leg.home
    if level and f.rules.away_goals:
        ahead = f.away
    leader = f.name(ahead) if ahead else None
    club = f.home if level else trailing
    needs = [(need.words, str(need.outcome)) for need in tie.needs(club)]
    text = stating.needs_sentence(f.name(club), leader, needs, f.rules.last)
    chance = {need.words: need.chance for need in tie.needs(club)}
    states = proofreading.needs_states(needs, f.rules.last, ahead)
    return [sheet.stated(text, sheet.chance_question(club), chance, states)]


def chances(sheet: Sheet) -> list[Sentence]:
    """Of going through, by ending; of the match; the likeliest scores."""
    f, told = sheet.fixture, list[Sentence]()
    if sheet.chances is None:
        return told
    m, tie = sheet.chances.match, sheet.chances.tie
    if tie is not None:
        # the side less likely to go through is the one that readers ask about
        for club in sorted((f.home, f.away), key=tie.goes_through):
            through = tie.goes_through(club)
            endings = sheet.chances.endings(club)
            text = stating.endings_sentence(f.name(club), through, endings, f.stage)
            states = proofreading.through_states(through, endings, f.stage)
            told.append(sheet.stated(text, sheet.chance_question(club), through, states))
        if tie.extra_time > 0:
            text = stating.extra_time_sentence(tie.extra_time)
            states = {"percent": percent(tie.extra_time)}
            told.append(sheet.stated(text, sheet.chance_question(f.home), tie.extra_time, states))
    if (m.home, m.away) == (f.home, f.away):
        chances, goals = (m.home_win, m.draw, m.away_win), (m.home_goals, m.away_goals)
        text = stating.match_sentence(f.home_name, f.away_name, chances, goals)
        states = proofreading.match_states(f, chances, goals)
        told.append(sheet.stated(text, sheet.win_question(f.home), list(chances), states))
        text = stating.likely_score_sentence(f.home_name, f.away_name, m.most_likely, m.both_score)
        states = proofreading.score_states(f, m.most_likely, m.both_score)
        scores = [list(s) for s in m.most_likely[:2]]
        told.append(sheet.stated(text, sheet.win_question(f.home), scores, states))
    return told
