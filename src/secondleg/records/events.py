"""The events that a question can ask about, each one declaration: a condition on a row of its unit.

A condition reads the columns of `side` (unit match), `tie_side` (tie), `campaign` or `standing` (league season), all
called `u`; where it is NULL the unit does not count, such as a tie whose winner is not known or a match without the
minutes of its goals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secondleg.errors import BadInput
from secondleg.football.stage import RANK
from secondleg.records.terms import Unit

__all__ = ["EVENTS", "WON_RANK", "Declared", "Event"]

WON_RANK: Final = 36
"""Rank in `campaign.reached` of a club that won the final: one above the final itself."""


@dataclass(frozen=True, slots=True)
class Declared:
    """How an event is found in the archive: an SQL condition, and what it takes.

    The condition may use `$event_n` (where `takes` has "n"), `$event_against` ("against"), `$event_rank` ("stage"),
    `$event_who` and `$event_who_short` ("who"). `needs` names further columns, see `records.aspects`.
    """

    condition: str
    takes: str | None = None
    """Words of "n", "against", "stage" and "who", by spaces."""
    after_first_leg: bool = False
    """Whether the event is about how a first leg went: single matches and walkovers are then left out."""
    needs: str | None = None

    @property
    def arguments(self) -> frozenset[str]:
        """What an `Event` of this name must give."""
        return frozenset((self.takes or "").split())

    @property
    def partial(self) -> bool:
        """Whether it may be unknown of a match whether the event happened in it."""
        return self.needs is not None or any(word in self.condition for word in ("_ht", "after_extra_time"))


def _goals(condition: str, known: str, takes: str | None = None) -> Declared:
    told = f"CASE WHEN u.scored + u.conceded = 0 THEN FALSE WHEN {known} THEN {condition} END"
    return Declared(told, takes, needs="goals")


_LISTED: Final = "t.listed = u.scored + u.conceded"
_TIMED: Final = "t.timed = u.scored + u.conceded"
_BY: Final = (
    "len(list_filter(t.scorers, lambda one: lower(strip_accents(one)) IN "
    "(lower(strip_accents($event_who)), lower(strip_accents($event_who_short)))))"
)
_LOST_A_MATCH: Final = (
    "EXISTS (SELECT 1 FROM side s WHERE s.club = u.club AND s.competition = u.competition"
    " AND s.season = u.season AND s.result = 'L')"
)
_OPEN: Final = (
    "EXISTS (SELECT 1 FROM fixture f WHERE f.season = u.season"
    " AND f.competition = u.competition AND (f.home = u.club OR f.away = u.club))"
)

EVENTS: Final[dict[Unit, dict[str, Declared]]] = {
    Unit.MATCH: {
        "played": Declared("TRUE"),
        "won": Declared("result = 'W'"),
        "drew": Declared("result = 'D'"),
        "lost": Declared("result = 'L'"),
        "unbeaten": Declared("result <> 'L'"),
        "winless": Declared("result <> 'W'"),
        "scored": Declared("u.scored > 0"),
        "failed to score": Declared("u.scored = 0"),
        "clean sheet": Declared("u.conceded = 0"),
        "conceded": Declared("u.conceded > 0"),
        "both scored": Declared("u.scored > 0 AND u.conceded > 0"),
        "goalless": Declared("u.scored = 0 AND u.conceded = 0"),
        "won to nil": Declared("result = 'W' AND u.conceded = 0"),
        "lost to nil": Declared("result = 'L' AND u.scored = 0"),
        "won by": Declared("u.scored - u.conceded >= $event_n", "n"),
        "lost by": Declared("u.conceded - u.scored >= $event_n", "n"),
        "won by exactly": Declared("u.scored - u.conceded = $event_n", "n"),
        "lost by exactly": Declared("u.conceded - u.scored = $event_n", "n"),
        "scored at least": Declared("u.scored >= $event_n", "n"),
        "scored exactly": Declared("u.scored = $event_n", "n"),
        "scored at most": Declared("u.scored <= $event_n", "n"),
        "conceded at least": Declared("u.conceded >= $event_n", "n"),
        "conceded exactly": Declared("u.conceded = $event_n", "n"),
        "conceded at most": Declared("u.conceded <= $event_n", "n"),
        "goals at least": Declared("u.scored + u.conceded >= $event_n", "n"),
        "goals at most": Declared("u.scored + u.conceded <= $event_n", "n"),
        "ended": Declared("u.scored = $event_n AND u.conceded = $event_against", "n against"),
        "after extra time": Declared("u.after_extra_time"),
        "won in extra time": Declared("u.after_extra_time AND result = 'W'"),
        "lost in extra time": Declared("u.after_extra_time AND result = 'L'"),
        "on penalties": Declared("pens_scored IS NOT NULL"),
        "won on penalties": Declared("coalesce(pens_scored > pens_conceded, FALSE)"),
        "lost on penalties": Declared("coalesce(pens_scored < pens_conceded, FALSE)"),
        "awarded": Declared("u.status = 'awarded'"),
        # by the score at half-time, where a source tells it
        "ahead at half-time": Declared("u.scored_ht > u.conceded_ht"),
        "level at half-time": Declared("u.scored_ht = u.conceded_ht"),
        "behind at half-time": Declared("u.scored_ht < u.conceded_ht"),
        "won from behind at half-time": Declared("u.scored_ht < u.conceded_ht AND result = 'W'"),
        "lost a half-time lead": Declared("u.scored_ht > u.conceded_ht AND result = 'L'"),
        "scored in first half": Declared("CASE WHEN u.scored = 0 THEN FALSE ELSE u.scored_ht > 0 END"),
        "conceded in first half": Declared("CASE WHEN u.conceded = 0 THEN FALSE ELSE u.conceded_ht > 0 END"),
        # beyond 90 minutes is not the second half: that needs the minutes
        "scored in second half": Declared(
            "CASE WHEN u.scored = 0 THEN FALSE WHEN u.after_extra_time IS NOT TRUE THEN u.scored > u.scored_ht END"
        ),
        "conceded in second half": Declared(
            "CASE WHEN u.conceded = 0 THEN FALSE WHEN u.after_extra_time IS NOT TRUE"
            " THEN u.conceded > u.conceded_ht END"
        ),
        # by the goals in their order
        "fell behind": Declared(
            "CASE WHEN u.conceded = 0 THEN FALSE WHEN u.scored = 0 OR result = 'L' OR u.scored_ht < u.conceded_ht "
            "THEN TRUE "
            f"WHEN {_LISTED} THEN t.deepest < 0 END",
            needs="goals",
        ),
        "took the lead": Declared(
            "CASE WHEN u.scored = 0 THEN FALSE WHEN u.conceded = 0 OR result = 'W' OR u.scored_ht > u.conceded_ht "
            "THEN TRUE "
            f"WHEN {_LISTED} THEN t.highest > 0 END",
            needs="goals",
        ),
        "came from behind": Declared(
            "CASE WHEN u.conceded = 0 OR u.scored = 0 OR result = 'L' THEN FALSE "
            "WHEN u.scored_ht < u.conceded_ht THEN TRUE "
            f"WHEN {_LISTED} THEN t.deepest < 0 END",
            needs="goals",
        ),
        "won from behind": Declared(
            "CASE WHEN u.conceded = 0 OR result <> 'W' THEN FALSE WHEN u.scored_ht < u.conceded_ht THEN TRUE "
            f"WHEN {_LISTED} THEN t.deepest < 0 END",
            needs="goals",
        ),
        "lost a lead": Declared(
            "CASE WHEN u.conceded = 0 OR u.scored = 0 OR result = 'W' THEN FALSE "
            "WHEN u.scored_ht > u.conceded_ht THEN TRUE "
            f"WHEN {_LISTED} THEN t.highest > 0 END",
            needs="goals",
        ),
        "lost from in front": Declared(
            "CASE WHEN u.scored = 0 OR result <> 'L' THEN FALSE WHEN u.scored_ht > u.conceded_ht THEN TRUE "
            f"WHEN {_LISTED} THEN t.highest > 0 END",
            needs="goals",
        ),
        "scored first": Declared(
            "CASE WHEN u.scored = 0 THEN FALSE WHEN u.conceded = 0 THEN TRUE "
            f"WHEN {_LISTED} THEN t.first_ours END",
            needs="goals",
        ),
        "conceded first": Declared(
            "CASE WHEN u.conceded = 0 THEN FALSE WHEN u.scored = 0 THEN TRUE "
            f"WHEN {_LISTED} THEN NOT t.first_ours END",
            needs="goals",
        ),
        "scored after minute": _goals("coalesce(t.latest >= $event_n, FALSE)", _TIMED, "n"),
        "conceded after minute": _goals("coalesce(t.latest_conceded >= $event_n, FALSE)", _TIMED, "n"),
        "scored by minute": _goals("coalesce(t.earliest <= $event_n, FALSE)", _TIMED, "n"),
        "conceded by minute": _goals("coalesce(t.earliest_conceded <= $event_n, FALSE)", _TIMED, "n"),
        "won after minute": Declared(
            f"CASE WHEN result <> 'W' THEN FALSE WHEN {_TIMED} THEN t.decided >= $event_n END",
            "n",
            needs="goals",
        ),
        "scored by": Declared(
            f"CASE WHEN u.scored = 0 THEN FALSE WHEN {_LISTED} THEN {_BY} > 0 END", "who", needs="goals"
        ),
        "scored by at least": Declared(
            f"CASE WHEN u.scored < $event_n THEN FALSE WHEN {_LISTED} THEN {_BY} >= $event_n END",
            "who n",
            needs="goals",
        ),
        "hat-trick": Declared(
            f"CASE WHEN u.scored < 3 THEN FALSE WHEN {_LISTED} THEN t.best >= 3 END", needs="goals"
        ),
        # in the table after the matches of that day
        "top after": Declared("p.place = 1", needs="place"),
        "in top after": Declared("p.place <= $event_n", "n", needs="place"),
        "below after": Declared("p.place > $event_n", "n", needs="place"),
        "bottom after": Declared("p.place > 1 AND p.below = 0", needs="place"),
    },
    Unit.TIE: {
        "played": Declared("TRUE"),
        "went through": Declared("through"),
        "went out": Declared("NOT through"),
        "ahead after first leg": Declared("first_leg_scored > first_leg_conceded", after_first_leg=True),
        "behind after first leg": Declared("first_leg_scored < first_leg_conceded", after_first_leg=True),
        "level after first leg": Declared("first_leg_scored = first_leg_conceded", after_first_leg=True),
        "overturned first leg": Declared(
            "through AND first_leg_scored < first_leg_conceded", after_first_leg=True
        ),
        "lost first-leg lead": Declared(
            "NOT through AND first_leg_scored > first_leg_conceded", after_first_leg=True
        ),
        "in extra time": Declared("decided_by = 'extra time'"),
        "on penalties": Declared("decided_by = 'penalties'"),
        "on away goals": Declared("decided_by = 'away goals'"),
        "in a play-off": Declared("decided_by = 'play-off'"),
        "through in extra time": Declared("through AND decided_by = 'extra time'"),
        "through on penalties": Declared("through AND decided_by = 'penalties'"),
        "through on away goals": Declared("through AND decided_by = 'away goals'"),
        "out on penalties": Declared("NOT through AND decided_by = 'penalties'"),
        "out on away goals": Declared("NOT through AND decided_by = 'away goals'"),
        "won on aggregate by": Declared("through AND u.scored - u.conceded >= $event_n", "n"),
        "lost on aggregate by": Declared("NOT through AND u.conceded - u.scored >= $event_n", "n"),
    },
    Unit.CAMPAIGN: {
        "played": Declared("TRUE"),
        "reached": Declared("reached >= $event_rank", "stage"),
        # a campaign that is still alive has not ended at its stage
        "ended at": Declared(f"reached = $event_rank AND NOT {_OPEN}", "stage"),
        "ended before": Declared(f"reached < $event_rank AND NOT {_OPEN}", "stage"),
        "won": Declared(f"reached = {WON_RANK}"),
        "won unbeaten": Declared(f"reached = {WON_RANK} AND NOT {_LOST_A_MATCH}"),
        "lost final": Declared(f"reached = {RANK['final']} AND NOT {_OPEN}"),
    },
    Unit.SEASON: {
        "played": Declared("TRUE"),
        "won": Declared("champion"),
        "runners-up": Declared("place = 2"),
        "finished in top": Declared("place <= $event_n", "n"),
        "finished below": Declared("place > $event_n", "n"),
        "finished at": Declared("place = $event_n", "n"),
        "finished bottom": Declared("place = clubs"),
        "promoted": Declared("promoted"),
        "relegated": Declared("relegated"),
        "stayed": Declared("NOT promoted AND NOT relegated"),
        "not relegated": Declared("NOT relegated"),
        "not champions": Declared("NOT champion"),
        "in the top flight": Declared("u.tier = 1"),
        "unbeaten": Declared("u.lost = 0"),
        "winless": Declared("u.won = 0"),
        "points at least": Declared("u.points >= $event_n", "n"),
        "points at most": Declared("u.points <= $event_n", "n"),
        "wins at least": Declared("u.won >= $event_n", "n"),
        "scored at least": Declared("u.scored >= $event_n", "n"),
        "conceded at least": Declared("u.conceded >= $event_n", "n"),
        "conceded at most": Declared("u.conceded <= $event_n", "n"),
    },
}
"""Every event by unit. To add one is to add a line here."""


_ARGUMENTS: Final = (
    ("n", "a number"),
    ("against", "a number of goals conceded"),
    ("stage", "a stage"),
    ("who", "a player"),
)
"""What an event may take, and in words."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to a club: `Event("won by", n=3)`, `Event("ended", n=0, against=3)`."""

    name: str
    n: int | None = None
    """A number of goals, of a score those scored, a minute or a place in a table."""
    stage: str | None = None
    """A stage of `football.stage`."""
    who: str | None = None
    """A player: "Mohamed Salah"."""
    against: int | None = None
    """Of a score, the goals conceded."""

    @property
    def who_short(self) -> str | None:
        """The player as some sources write it: "Salah M."."""
        if self.who is None:
            return None
        first, _, rest = self.who.partition(" ")
        return f"{rest} {first[0]}." if rest else self.who

    def declared(self, unit: Unit) -> Declared:
        """The declaration of the event for `unit`.

        Raises:
            BadInput: the unit has no such event, or the event lacks what it takes, or has more than it takes.
        """
        found = EVENTS[unit].get(self.name)
        if found is None:
            known = ", ".join(EVENTS[unit]) or "none yet"
            raise BadInput(f"a {unit} has no event {self.name!r}. Use one of: {known}.")
        for name, what in _ARGUMENTS:
            given = getattr(self, name) is not None
            if given != (name in found.arguments):
                need = f"takes no {what[2:]}: leave {name} out" if given else f"needs {what}: give {name}"
                raise BadInput(f"the event {self.name!r} {need}.")
        if self.stage is not None and self.stage not in RANK:
            raise BadInput(f"{self.stage!r} is not a stage. Use one of: {', '.join(RANK)}.")
        for number in (self.n, self.against):
            if number is not None and number < 0:
                raise BadInput(f"an event cannot take {number}; give 0 or more.")
        return found
