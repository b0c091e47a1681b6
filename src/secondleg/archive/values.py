"""What the archive keeps of a match that several sources tell of, and who says otherwise.

The rule, for each field: the value that most witnesses tell (sources that copy one another are one witness, see
`archive.witnesses`); where they are equally many, the better source's. The fields of a score move together: after the
final score is settled, only sources that tell the same one are asked for the score after 90 minutes and at half-time,
extra time and the shoot-out.

Some words are no vote, because another knows more:

- the score after 90 minutes of a match that another source says went on, with no fewer goals, and a score that has the
  shoot-out in it: they count something else;
- a score as played where another source tells how the match was awarded;
- "no extra time" where another, with the same score, tells of some: a file that has no mark for it says no of every
  match, and nobody invents it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

__all__ = ["Conflict", "Verdict", "Voice", "settle", "show_score"]

_SHIFT: Final = 1000
"""A score is one number: home goals in thousands, away goals in ones."""

_STRUCK: Final = ("cancelled", "abandoned")
"""A better source that says so of the day knows more than one that only has the result."""

_VOID: Final = (*_STRUCK, "postponed")


@dataclass(frozen=True, slots=True)
class Voice:
    """One source row's word on a match, home and away as the archive keeps them."""

    match: int
    w: int
    """Its number among all words, those that tell a result first, of these the best source's."""
    rank: int
    """The place of its source, 0 for the best."""
    source: str
    document: str
    line: int
    family: str
    """The witness that it rests on."""
    told: bool
    """Whether it tells a result."""
    competition: str
    season: int
    date: dt.date
    status: str
    turned: bool = False
    """Whether the row itself has home and away the other way round."""
    goals: int | None = None
    ft: int | None = None
    ht: int | None = None
    pens: int | None = None
    after_extra_time: bool | None = None
    neutral: bool | None = None
    stage: str | None = None
    leg: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A source's word that the archive does not follow."""

    field: str
    """score, extra-time, half-time, shoot-out, date, venue, status, stage, leg, competition or season."""
    kept: str
    told: str
    kept_by: str
    """Sources that tell what is kept, the best first."""
    voice: Voice
    rule: str
    """Why."""


@dataclass(slots=True)
class Verdict:
    """What is kept of a match."""

    match: int
    date: dt.date
    status: str
    goals: int | None = None
    ft: int | None = None
    ht: int | None = None
    pens: int | None = None
    after_extra_time: bool | None = None
    neutral: bool | None = None
    stage: str | None = None
    leg: int | None = None
    conflicts: list[Conflict] = field(default_factory=list)


def settle(voices: Sequence[Voice]) -> Verdict:
    """Settle one match; the order of `voices` does not matter, only their numbers do."""
    ordered = sorted(voices, key=lambda v: v.w)
    first = ordered[0]
    told = [v for v in ordered if v.told]
    verdict = Verdict(first.match, first.date, first.status)
    court = _Court(verdict)
    struck = next((v for v in ordered if v.status in _STRUCK and all(v.rank < t.rank for t in told)), None)
    if struck is not None or not told:
        _leave_open(court, struck or first, told)
    else:
        agreeing = _settle_score(court, told)
        _settle_parts(court, agreeing)
        verdict.status = "awarded" if any(v.status == "awarded" for v in agreeing) else "played"
        others = [v for v in ordered if v.status in _VOID]
        court.note("status", verdict.status, agreeing, others, lambda v: v.status, _RESULT)
    verdict.date = court.vote("date", told or ordered, lambda v: v.date, str)
    verdict.neutral = court.vote("venue", ordered, lambda v: v.neutral, _ground)
    verdict.stage = court.vote("stage", ordered, lambda v: v.stage, str)
    verdict.leg = court.vote(
        "leg", [v for v in ordered if v.stage in (None, verdict.stage)], lambda v: v.leg, str
    )
    right = [v for v in ordered if not v.turned]
    rule = _MORE if len(_families(right)) * 2 > len(_families(ordered)) else _BETTER
    court.note("venue", "as listed", right, [v for v in ordered if v.turned], lambda _: "turned round", rule)
    for name, of in (("competition", _competition), ("season", _season)):
        others = [v for v in ordered if of(v) != of(first)]
        court.note(name, of(first), [v for v in ordered if of(v) == of(first)], others, of, _BETTER)
    return verdict


_MORE: Final = "more sources"
_BETTER: Final = "better source"
_RESULT: Final = "a result is told"
_NINETY: Final = "counts 90 minutes only"
_SHOOTOUT: Final = "counts the shoot-out"
_AWARD: Final = "an award replaces the score"
_FORGOTTEN: Final = "extra time is told of"


def _leave_open(court: _Court, voice: Voice, told: Sequence[Voice]) -> None:
    """Keep a match without a result that counts, as one voice tells it."""
    verdict = court.verdict
    verdict.status, verdict.goals, verdict.ft, verdict.ht = voice.status, voice.goals, voice.ft, voice.ht
    verdict.pens, verdict.after_extra_time = voice.pens, voice.after_extra_time
    court.note("status", voice.status, [voice], told, lambda v: f"{v.status} {show_score(v.goals)}", _BETTER)


def _settle_score(court: _Court, told: Sequence[Voice]) -> list[Voice]:
    """Keep a final score; returns the voices that tell it."""
    of_ninety = [v for v in told if any(_is_ninety(v, other) for other in told)]
    of_shootout = [v for v in told if v not in of_ninety and any(_has_shootout(v, other) for other in told)]
    voting = [v for v in told if v not in of_ninety and v not in of_shootout]
    awards = [v for v in voting if v.status == "awarded"]
    goals = court.vote("score", awards or voting, lambda v: v.goals, show_score, told=_score_told)
    court.verdict.goals = goals
    agreeing = [v for v in voting if v.goals == goals]
    as_played = [v for v in voting if v.goals != goals and awards and v not in awards]
    for name, others, why in (
        ("score", as_played, _AWARD),
        ("extra-time", of_ninety, _NINETY),
        ("shoot-out", of_shootout, _SHOOTOUT),
    ):
        court.note(name, show_score(goals), agreeing, others, _score_told, why)
    return agreeing


def _settle_parts(court: _Court, agreeing: Sequence[Voice]) -> None:
    """Keep extra time, 90 minutes, half-time and shoot-out, from voices that tell the kept score."""
    verdict = court.verdict
    longer = [v for v in agreeing if _extra_time(v)]
    shorter = [v for v in agreeing if _extra_time(v) is False]
    if longer:
        verdict.after_extra_time = True
        court.note("extra-time", "a.e.t.", longer, shorter, lambda _: "90 minutes", _FORGOTTEN)
        # who gives the final score for that of the 90 minutes knows less than who gives another
        exact = [v for v in agreeing if v not in shorter and v.ft not in (None, verdict.goals)]
        asked = exact or [v for v in agreeing if v not in shorter]
        verdict.ft = court.vote("extra-time", asked, lambda v: v.ft, show_score)
    elif shorter:
        verdict.after_extra_time, verdict.ft = False, verdict.goals
    else:
        verdict.ft = court.vote("extra-time", agreeing, lambda v: v.ft, show_score)
    verdict.ht = court.vote("half-time", agreeing, lambda v: v.ht, show_score)
    verdict.pens = court.vote("shoot-out", agreeing, lambda v: v.pens, show_score)


def _is_ninety(voice: Voice, other: Voice) -> bool:
    """Whether a voice's score is that of the 90 minutes of a match that went on, as another tells it."""
    went_on = other.after_extra_time is True and voice.after_extra_time is not True
    if not went_on or voice.goals is None or other.goals is None or voice.goals == other.goals:
        return False
    if other.ft is not None:
        return voice.goals == other.ft
    (home, away), (more_home, more_away) = divmod(voice.goals, _SHIFT), divmod(other.goals, _SHIFT)
    return home <= more_home and away <= more_away


def _has_shootout(voice: Voice, other: Voice) -> bool:
    """Whether a voice's score is, or includes, the shoot-out that another tells."""
    if other.pens is None or other.goals is None or voice.pens is not None:
        return False
    return voice.goals != other.goals and voice.goals in (other.pens, other.goals + other.pens)


def _extra_time(voice: Voice) -> bool | None:
    """Whether there was extra time, as far as a voice tells or its scores imply."""
    if voice.ft is not None and voice.goals is not None and voice.ft != voice.goals:
        return True
    return voice.after_extra_time


def _competition(voice: Voice) -> str:
    return voice.competition


def _season(voice: Voice) -> str:
    return str(voice.season)


def _ground(neutral: bool) -> str:
    return "neutral ground" if neutral else "home ground"


def _score_told(voice: Voice) -> str:
    awarded = " (awarded)" if voice.status == "awarded" else ""
    return show_score(voice.goals) + awarded


def show_score(goals: int | None) -> str:
    """A score as people write it: "2-1"."""
    return "-" if goals is None else f"{goals // _SHIFT}-{goals % _SHIFT}"


def _families(voices: Sequence[Voice]) -> set[str]:
    return {v.family for v in voices}


@dataclass(slots=True)
class _Court:
    """Takes votes, and notes who was outvoted."""

    verdict: Verdict

    def vote(
        self,
        name: str,
        voices: Sequence[Voice],
        value: Callable[[Voice], Any],
        show: Callable[[Any], str],
        *,
        told: Callable[[Voice], str] | None = None,
    ) -> Any:
        """The value to keep, of those that are told; None where nobody tells one."""
        by_value: dict[Hashable, list[Voice]] = defaultdict(list)
        for v in voices:
            if value(v) is not None:
                by_value[value(v)].append(v)
        if not by_value:
            return None
        weight = {found: len(_families(said)) for found, said in by_value.items()}
        kept = max(by_value, key=lambda found: (weight[found], -min(v.w for v in by_value[found])))
        lead = all(weight[kept] > weight[found] for found in by_value if found != kept)
        others = [v for found, said in by_value.items() if found != kept for v in said]
        show_told = told or (lambda v: show(value(v)))
        self.note(name, show(kept), by_value[kept], others, show_told, _MORE if lead else _BETTER)
        return kept

    def note(
        self,
        name: str,
        kept: str,
        kept_by: Sequence[Voice],
        others: Sequence[Voice],
        told: Callable[[Voice], str],
        rule: str,
    ) -> None:
        """Note the voices that say otherwise."""
        sources = ", ".join(dict.fromkeys(v.source for v in sorted(kept_by, key=lambda v: v.w)))
        self.verdict.conflicts += [
            Conflict(name, kept, told(v), sources, v, rule) for v in sorted(others, key=lambda v: v.w)
        ]
