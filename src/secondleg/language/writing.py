"""Writing: from an answer to the sentence that asserts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from secondleg.football.match import Result, Venue
from secondleg.language.lexicon import Lexicon, day, joined, number, possessive, stage_phrase, times
from secondleg.language.phrasebook import EVENTS, last_matches, match_phrase, scope_phrase
from secondleg.records.answer import (
    Answer,
    Count,
    Evidence,
    Furthest,
    Never,
    Occurrence,
    Record,
    Since,
    Streak,
)
from secondleg.records.scope import FirstLeg, Scope
from secondleg.records.terms import Family, Statistic, Unit

__all__ = ["gaps_are_told", "write"]

_NAMED: Final = 4
"""At most so many matches or ties are named in a sentence; the rest stand in its evidence."""

_GAPS_NAMED: Final = 2
"""At most so many gaps of the archive are named in a sentence; with more it is not written."""

_PARTICIPLES: Final = {"losing": "lost", "winning": "won", "drawing": "drawn"}

_FOR_A_SHARE: Final = 20
"""Cases from which a share is worth giving in percent."""

_WHOLE_PERCENT: Final = 9.5
"""Percent from which shares are given without decimals."""


def write(answer: Answer, lexicon: Lexicon) -> str | None:
    """The sentence that asserts `answer`; None where there is nothing to say, or no phrase for it yet."""
    writer = _WRITERS.get((answer.question.statistic, answer.question.unit))
    return writer(answer, lexicon) if writer else None


def _subject(answer: Answer, lexicon: Lexicon) -> str:
    club = answer.question.subject.club
    assert club is not None  # the phrases of any club do not ask
    return lexicon.club(club)


def _scope(answer: Answer, lexicon: Lexicon) -> str:
    """The scope of an answer in words; its competitions as they were called in the seasons that prove it."""
    day = answer.as_of
    now = day.year if day.month >= _FIRST_MONTH else day.year - 1
    seasons = [
        int(row.season[:4])
        for row in answer.rows
        if row.competition in (answer.question.scope.competitions or ())
    ]
    return scope_phrase(answer.question.scope, lexicon, seasons or [now])


_FIRST_MONTH: Final = 7
"""Month in which European seasons begin."""


def _streak(answer: Answer, lexicon: Lexicon) -> str | None:
    value = answer.value
    if not isinstance(value, Streak) or value.length == 0:
        return None
    name, scope = _subject(answer, lexicon), _scope(answer, lexicon)
    phrase = EVENTS[answer.question.event.name]
    n = value.length
    if answer.at_least:
        said = phrase.streak.format(run=last_matches(n, each=True), last=last_matches(n, each=False))
        return f"{name} {said} {scope}, and the matches before these are not known here."
    if n == 1 and "{run}" not in phrase.streak:
        return None
    said = phrase.streak.format(run=last_matches(n, each=True), last=last_matches(n, each=False))
    if n == 2:
        said = said.replace("have not won any of", "have won neither of")
    named = ""
    club = str(answer.question.subject.club)
    if n <= 3:
        run = [row for row in answer.rows if row.holds][-n:]
        named = f": {joined(match_phrase(row, club, with_day=False) for row in run)}"
    return f"{name} {said} {scope}{named}."


def _last(answer: Answer, lexicon: Lexicon) -> str | None:
    value = answer.value
    if not isinstance(value, Occurrence):
        return None
    club = str(answer.question.subject.club)
    name, scope = _subject(answer, lexicon), _scope(answer, lexicon)
    row = next(r for r in answer.rows if r.date == value.date and r.holds)
    if answer.question.event.name == "played":
        return f"{possessive(name)} last match {scope} was {match_phrase(row, club)}."
    phrase = EVENTS[answer.question.event.name]
    text = f"{possessive(name)} last {phrase.noun} {scope} was {match_phrase(row, club)}"
    if value.since == 0:
        return f"{text}."
    since = "the one match since" if value.since == 1 else f"each of the {number(value.since)} matches since"
    if phrase.contrary.startswith("gone"):
        since = f"{number(value.since)} match{'es' if value.since > 1 else ''}"
    return f"{text}; they have {phrase.contrary.format(since=since)}."


def _since(answer: Answer, lexicon: Lexicon) -> str | None:
    value = answer.value
    if not isinstance(value, Since) or value.date is None:
        return None
    club = str(answer.question.subject.club)
    event = answer.question.event
    name, scope = _subject(answer, lexicon), _scope(answer, lexicon)
    row = next((r for r in answer.rows if r.date == value.date and r.holds), None)
    if row is None:
        return None
    what = {
        "lost by": f"defeat by {number(event.n or 0)} goals or more",
        "won by": f"win by {number(event.n or 0)} goals or more",
    }.get(event.name) or EVENTS[event.name].noun
    opening = match_phrase(row, club).replace("the ", "The ", 1)
    if value.previous is None:
        if not answer.coverage.complete:
            return None
        return f"{opening} was {possessive(name)} first {what} {scope}."
    before = next((r for r in answer.rows if r.date == value.previous and r.holds), None)
    if before is None:
        return None
    return f"{opening} was {possessive(name)} first {what} {scope} since {match_phrase(before, club)}."


def _share(answer: Answer, lexicon: Lexicon) -> str | None:
    value = answer.value
    if not isinstance(value, Count) or value.of == 0:
        return None
    name, scope = _subject(answer, lexicon), answer.question.scope
    phrase = EVENTS[answer.question.event.name]
    where = _scope(answer, lexicon)
    if scope.last is not None:
        k = "none" if value.k == 0 and "of {last}" in phrase.share else number(value.k)
        return f"{name} {phrase.share.format(k=k, last=last_matches(value.of, each=False))} {where}."
    return f"{name} {phrase.verb} in {number(value.k)} of {number(value.of)} matches {where}."


def _record(answer: Answer, lexicon: Lexicon) -> str | None:
    value = answer.value
    if not isinstance(value, Record) or value.played == 0:
        return None
    question = answer.question
    name = _subject(answer, lexicon)
    if question.subject.opponent is not None:
        return _head_to_head(answer, value, lexicon)
    kinds = [(verb, n) for verb, n in (("won", value.won), ("drawn", value.drawn), ("lost", value.lost)) if n]
    goals = f"with {value.scored} goals scored and {value.conceded} conceded"
    alike = len(kinds) == 1
    results = kinds[0][0] if alike else joined(f"{verb} {number(n)}" for verb, n in kinds)
    last, scope = last_matches(value.played, each=alike), _scope(answer, lexicon)
    return f"{name} have {results} {last if alike else f'of {last}'} {scope}, {goals}."


def _head_to_head(answer: Answer, value: Record, lexicon: Lexicon) -> str:
    club, opponent = str(answer.question.subject.club), str(answer.question.subject.opponent)
    scope = _scope(answer, lexicon)
    where = "" if scope == "in all competitions" else f" {scope}"
    if value.played == 1:
        return f"The sides have met once before{where}: {_result(answer.rows[-1])}."
    won = sorted(
        ((lexicon.club(club), value.won), (lexicon.club(opponent), value.lost)), key=lambda pair: -pair[1]
    )
    parts = [f"{who} have won {times(n)}" for who, n in won if n]
    if value.drawn:
        drawn = "one was" if value.drawn == 1 else f"{number(value.drawn)} were"
        parts.append(f"{drawn} drawn" if parts else f"all {number(value.drawn)} were drawn")
    named = joined(_result(row) for row in answer.rows[-_NAMED:])
    record = f"The sides have met {times(value.played)} before{where}: {joined(parts)}"
    return f"{record} ({named})." if value.played <= _NAMED else f"{record}; the latest meetings: {named}."


def _result(row: Evidence) -> str:
    """Liverpool 0-3 Atalanta on 11 April 2024; what came after 90 minutes behind the sides."""
    beyond = row.score.removeprefix(f"{row.home_goals}-{row.away_goals}").strip(", ")
    after = f" {beyond}" if beyond.startswith("after") else f" ({beyond})" if beyond else ""
    return f"{row.home_name} {row.home_goals}-{row.away_goals} {row.away_name}{after} on {day(row.date)}"


def _never_tie(answer: Answer, lexicon: Lexicon) -> str | None:
    value, question = answer.value, answer.question
    name, after = _subject(answer, lexicon), _first_leg(question.scope)
    if isinstance(value, Never):
        k, of = (0 if value.never else 1), value.of
    elif isinstance(value, Count):
        k, of = value.k, value.of
    else:
        return None
    if of == 0:
        return None
    tie = "a European tie" if question.scope.family is Family.EUROPE else "a tie"
    apart = "" if question.scope.qualifying else ", qualifying rounds apart"
    after = f"{after.format(tie=tie)}{apart}"
    ends = _tie_ends(answer)
    through = [(other, season) for other, season, won in ends if won]
    out = [(other, season) for other, season, won in ends if not won]
    if of == 1:
        (other, season, won) = ends[0]
        outcome = f"went through against {other}" if won else f"went out to {other}"
        return f"{name} have once before {_done(after)}, and {outcome} in {season}."
    if k == 0:
        lead = f"{name} have never gone through {after}"
        if of > _NAMED:
            return f"{lead}, in {number(of)} attempts."
        return f"{lead}: they went out {joined(f'to {other} in {season}' for other, season in out)}."
    if k == of:
        return f"{name} have always gone through {after}, {times(of)} out of {number(of)}."
    lead = f"{name} have gone through {times(k)} in {number(of)} ties {after}"
    if len(through) <= _NAMED:
        return f"{lead}: {joined(f'against {other} in {season}' for other, season in through)}."
    if len(out) <= _NAMED:
        return f"{lead}, and went out {joined(f'to {other} in {season}' for other, season in out)}."
    return f"{lead}."


def gaps_are_told(answer: Answer) -> bool:
    """Whether the sentence of an answer names the seasons that are missing, so that it may be printed with gaps."""
    return _all_clubs(answer) and 0 < len(answer.coverage.gaps) <= _GAPS_NAMED


def _all_clubs(answer: Answer) -> bool:
    return answer.question.subject.club is None and isinstance(answer.value, Count)


def _left_out(answer: Answer, lexicon: Lexicon) -> str:
    """What the count of a sentence leaves out: (qualifying rounds and the Europa League of 2019-20 apart)."""
    parts = [] if answer.question.scope.qualifying else ["qualifying rounds"]
    for gap in answer.coverage.gaps:
        years = gap.first if gap.first == gap.last else f"{gap.first} to {gap.last}"
        parts.append(f"{lexicon.competition(gap.competition)} of {years}")
    return f" ({joined(parts)} apart)" if parts else ""


def _all_clubs_tie(answer: Answer, lexicon: Lexicon) -> str | None:
    value = answer.value
    if not isinstance(value, Count) or value.of == 0:
        return None
    if len(answer.coverage.gaps) > _GAPS_NAMED:
        return None
    after = _first_leg(answer.question.scope).format(tie="a European tie")
    done = _done(after)
    years = (
        f" from {value.first_season} to {value.last_season}"
        if value.first_season != value.last_season
        else ""
    )
    lead = f"Of the {number(value.of)} sides that {done}{years}{_left_out(answer, lexicon)}"
    if value.k == 0:
        return f"{lead}, none went through."
    chance = 100 * value.k / value.of
    share = (
        f" ({chance:.{0 if chance >= _WHOLE_PERCENT else 1}f} percent)" if value.of >= _FOR_A_SHARE else ""
    )
    through = [f"{club} in {season}" for club, season in _winners(answer)]
    named = f": {joined(through)}" if value.k == len(through) <= _NAMED else ""
    return f"{lead}, {'only one' if value.k == 1 else number(value.k)} went through{share}{named}."


def _done(after: str) -> str:
    """After losing the first leg of a tie: lost the first leg of a tie."""
    verb, _, rest = after.removeprefix("after ").partition(" ")
    return f"{_PARTICIPLES[verb]} {rest}"


def _winners(answer: Answer) -> list[tuple[str, str]]:
    """Clubs and seasons of the ties among the evidence in which the event held, by the side that had lost the leg."""
    found: list[tuple[str, str]] = []
    first = answer.question.scope.first_leg
    for row in answer.rows:
        if row.leg == 1 and row.holds and first is not None:
            at_home = first.venue is Venue.HOME
            found.append((row.home_name if at_home else row.away_name, row.season))
    return found


def _tie_ends(answer: Answer) -> list[tuple[str, str, bool]]:
    """(opponent, season, went through) of each tie among the evidence, oldest first."""
    club = str(answer.question.subject.club)
    ends: dict[tuple[str, str, str], tuple[str, str, bool]] = {}
    wants_through = answer.question.event.name != "went out"
    for row in answer.rows:
        other = row.opponent(club)
        ends[(row.competition, row.season, other)] = (other, row.season, row.holds is wants_through)
    return list(ends.values())


def _first_leg(scope: Scope) -> str:
    """After losing the first leg of {tie} at home by three goals or more."""
    leg = scope.first_leg or FirstLeg()
    verb = {Result.LOST: "losing", Result.WON: "winning", Result.DRAWN: "drawing"}.get(
        leg.result or Result.LOST
    )
    if leg.result is None and leg.at_most is not None and leg.at_most < 0:
        verb = "losing"
    elif leg.result is None and leg.at_least is not None and leg.at_least > 0:
        verb = "winning"
    where = {Venue.HOME: " at home", Venue.AWAY: " away"}.get(leg.venue or Venue.NEUTRAL, "")
    if leg.scored is not None and leg.conceded is not None:
        margin = f" {max(leg.scored, leg.conceded)}-{min(leg.scored, leg.conceded)}"
    elif leg.at_least is not None and leg.at_least == leg.at_most:
        goals = abs(leg.at_least)
        margin = f" by {number(goals)} goal{'s' if goals > 1 else ''}" if goals else ""
    elif (bound := leg.at_most if leg.at_most is not None and leg.at_most < 0 else leg.at_least) and abs(
        bound
    ) > 1:
        margin = f" by {number(abs(bound))} goals or more"
    else:
        margin = ""
    return f"after {verb} the first leg of {{tie}}{where}{margin}"


def _furthest(answer: Answer, lexicon: Lexicon) -> str | None:
    value = answer.value
    if not isinstance(value, Furthest):
        return None
    name, scope = _subject(answer, lexicon), _scope(answer, lexicon)
    what = "a competition" if answer.question.scope.family else "it"
    europe = "a European competition" if answer.question.scope.family is Family.EUROPE else what
    seasons = lexicon.seasons(value.seasons, value.competitions)
    if value.stage == "winner":
        won = f"have won {europe} {times(value.times)}"
        return (
            f"{name} {won}{f', in {seasons}' if value.times <= _NAMED else f', last in {value.seasons[-1]}'}."
        )
    reach = f"{possessive(name)} best {scope} is {stage_phrase(value.stage)}"
    if value.times == 1:
        return f"{reach}, reached only once, in {seasons}."
    when = f", in {seasons}" if value.times <= _NAMED else f", last in {value.seasons[-1]}"
    return f"{reach}, reached {times(value.times)}{when}."


def _campaigns(answer: Answer, lexicon: Lexicon) -> str | None:
    value, question = answer.value, answer.question
    stage = question.event.stage
    if not isinstance(value, Count) or stage is None:
        return None
    name = _subject(answer, lexicon)
    europe = "a European competition" if question.scope.family is Family.EUROPE else "the competition"
    where = f"{stage_phrase(stage)} of {europe}"
    if value.k == 0:
        return f"{name} have never reached {where}."
    labels = _seasons(answer.rows)
    seasons = lexicon.seasons([label for label, _ in labels], [code for _, code in labels])
    if value.k == 1:
        return f"{name} have reached {where} only once, in {seasons}."
    if value.k <= _NAMED:
        return f"{name} have reached {where} {times(value.k)}, in {seasons}."
    return f"{name} have reached {where} {times(value.k)}, last in {lexicon.seasons([labels[-1][0]], [labels[-1][1]])}."


def _seasons(rows: Sequence[Evidence]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((row.season, row.competition) for row in rows if row.holds))


def _tie_writer(answer: Answer, lexicon: Lexicon) -> str | None:
    return (
        _all_clubs_tie(answer, lexicon)
        if answer.question.subject.club is None
        else _never_tie(answer, lexicon)
    )


_WRITERS: Final[dict[tuple[Statistic, Unit], Callable[[Answer, Lexicon], str | None]]] = {
    (Statistic.CURRENT_STREAK, Unit.MATCH): _streak,
    (Statistic.LAST, Unit.MATCH): _last,
    (Statistic.SINCE, Unit.MATCH): _since,
    (Statistic.SHARE, Unit.MATCH): _share,
    (Statistic.RECORD, Unit.MATCH): _record,
    (Statistic.NEVER, Unit.TIE): _tie_writer,
    (Statistic.SHARE, Unit.TIE): _tie_writer,
    (Statistic.FURTHEST, Unit.CAMPAIGN): _furthest,
    (Statistic.COUNT, Unit.CAMPAIGN): _campaigns,
}
