"""The campaign of a competition's season as a view knows it: what was played, what is drawn, what must still come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from secondleg.archive.draws import drawn_together
from secondleg.archive.view import View
from secondleg.errors import ForecastError, RulesUnknown
from secondleg.football.competition import competition
from secondleg.football.match import Goals
from secondleg.football.progress import Draw, Slot
from secondleg.football.rules import Stage, competition_format, draw_of, meetings_of, table_rules, tie_rules
from secondleg.football.stage import is_qualifying, is_table
from secondleg.football.table import DEFAULT, TableRules
from secondleg.football.tie import TieRules
from secondleg.forecast.campaign import Campaign, Coming, KnownTie, PlayedMatch, TableStage

__all__ = ["Season", "campaign_of"]

_REGULAR: Final = "regular-season"
_NEAREST_RULES: Final = 10
"""Years to either side in which rules are looked for where none are declared."""

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Season:
    """A campaign, the matches behind it, and what had to be taken for granted."""

    campaign: Campaign
    played: int
    notes: tuple[str, ...] = ()


def campaign_of(view: View, code: str, season: int, *, deductions: Mapping[str, int] | None = None) -> Season:
    """What is known of a season on the morning of `view.as_of`.

    `deductions` are points taken off clubs of a league. Raises ForecastError where who takes part is not known on that
    day, RulesUnknown where a cup's format is not declared.
    """
    rows = _Rows(view, code, season)
    if competition(code).kind == "league":
        return _league(rows, deductions or {})
    return _cup(view, rows)


class _Rows:
    """Results, fixtures and ties of one season."""

    def __init__(self, view: View, code: str, season: int) -> None:
        wanted: dict[str, object] = {"code": code, "season": season}
        self.code, self.season = code, season
        self.as_of = view.as_of
        self.results = view.rows(
            "SELECT * FROM result WHERE competition = $code AND season = $season ORDER BY date, home",
            **wanted,
        )
        self.fixtures = view.rows(
            "SELECT * FROM fixture WHERE competition = $code AND season = $season ORDER BY date, home",
            **wanted,
        )
        self.ties = view.rows(
            "SELECT * FROM tie WHERE competition = $code AND season = $season ORDER BY id", **wanted
        )
        if not self.results and not self.fixtures:
            raise ForecastError(
                f"nothing is known of {competition(code).name_in(season)} {season}-{(season + 1) % 100:02d} on "
                f"{view.as_of}. `secondleg data status --competition {code}` shows which seasons are held; "
                "choose one of them, or a later --as-of."
            )

    def of(self, stage: str | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Results and fixtures of a stage."""
        return (
            [row for row in self.results if row["stage"] == stage],
            [row for row in self.fixtures if row["stage"] == stage],
        )


# -- leagues ------------------------------------------------------------------------------------------


def _league(rows: _Rows, deductions: Mapping[str, int]) -> Season:
    stages = {row["stage"] for row in (*rows.results, *rows.fixtures)}
    stage = _REGULAR if _REGULAR in stages or None not in stages else None
    results, fixtures = rows.of(stage)
    notes: list[str] = []
    try:
        rules = table_rules(rows.code, rows.season, _REGULAR)
    except RulesUnknown:
        rules = DEFAULT
        notes.append(
            "Tie-breaks are not declared for this league: goal difference, then goals scored, are taken."
        )
    clubs = tuple(sorted({row[side] for row in (*results, *fixtures) for side in ("home", "away")}))
    coming = [_coming(row) for row in fixtures]
    derived = _derived(clubs, results, fixtures, meetings_of(rows.code, rows.season))
    if derived:
        notes.append(
            f"{len(derived)} matches that the archive does not hold are derived: all clubs meet at home and away."
        )
    later = sorted({s for s in stages if s not in (stage, _REGULAR) and s is not None})
    if later:
        notes.append("Only the regular season is played, without what follows it: " + ", ".join(later) + ".")
    table = TableStage(
        _REGULAR,
        (clubs,),
        rules,
        tuple(_played(row) for row in results),
        (*coming, *derived),
        deductions=dict(deductions),
    )
    campaign = Campaign(rows.code, rows.season, (_REGULAR,), {_REGULAR: table})
    return Season(campaign, len(results), tuple(notes))


def _derived(
    clubs: Sequence[str],
    results: Iterable[Mapping[str, Any]],
    fixtures: Iterable[Mapping[str, Any]],
    meetings: int,
) -> list[Coming]:
    """Matches that the format demands and that nothing tells of."""
    held = Counter((row["home"], row["away"]) for row in (*results, *fixtures))
    each = meetings // 2
    if not held or max(held.values()) > each:
        return []  # they meet more often than that: what is missing cannot be told
    return [
        Coming(home, away)
        for home in clubs
        for away in clubs
        if home != away
        for _ in range(each - held[home, away])
    ]


def _coming(row: Mapping[str, Any]) -> Coming:
    return Coming(row["home"], row["away"], row["date"], bool(row["neutral"]))


def _played(row: Mapping[str, Any]) -> PlayedMatch:
    return PlayedMatch(row["home"], row["away"], Goals(row["home_goals"], row["away_goals"]))


# -- cups ---------------------------------------------------------------------------------------------


def _cup(view: View, rows: _Rows) -> Season:
    form = competition_format(rows.code, rows.season)
    main = [stage for stage in form.stages if not is_qualifying(stage)]
    ties = {stage: tuple(_known_ties(rows, stage)) for stage in main if not is_table(stage)}
    first = next((i for i, stage in enumerate(main) if ties.get(stage) or _any(rows, stage)), None)
    if first is None:
        raise ForecastError(_not_yet(rows, main[0]))
    stages = tuple(main[first:])
    if first and main[0] in form.tables:
        raise ForecastError(_not_yet(rows, main[0]))
    tables = {
        stage: _groups(rows, stage, form.tables[stage], drawn=stage != stages[0])
        for stage in stages
        if stage in form.tables
    }
    knockouts = [stage for stage in stages if stage not in tables]
    draws = {stage: draw_of(rows.code, rows.season, stage) for stage in stages}
    held = {stage: _with_winners(ties, knockouts, stage) for stage in knockouts}
    for stage, draw in draws.items():
        if draw.drawn_with is not None and draw.drawn_with in held:
            known = drawn_together(view, rows.code, rows.season, stage)
            held[draw.drawn_with], draws[stage] = _side_by_side(held[draw.drawn_with], draw, known)
    notes = _undecided(held, knockouts)
    settled = {}
    for stage in knockouts:
        settled[stage], note = _rules(rows, stage)
        notes += note
    campaign = Campaign(
        rows.code,
        rows.season,
        stages,
        tables,
        draws,
        settled,
        held,
        _feeders(view, rows, draws, held),
    )
    countries = {club: club.split("/")[0] for club in campaign.clubs}
    campaign = Campaign(**{**vars(campaign), "association": countries})
    played = sum(row["stage"] in stages for row in rows.results)
    return Season(campaign, played, tuple(notes))


def _side_by_side(
    ties: Sequence[KnownTie], draw: Draw, known: Sequence[tuple[str, str]]
) -> tuple[tuple[KnownTie, ...], Draw]:
    """Ties in the order of the bracket that was drawn with them, and the draw of the next stage as that bracket.

    `known` names a club of each of two ties whose winners meet. Both stay as they were where it does not pair all ties.
    """
    of = {club: number for number, tie in enumerate(ties) for club in (tie.first, tie.second)}
    order = [of[club] for pair in known for club in pair if club in of]
    if sorted(order) != list(range(len(ties))):
        return tuple(ties), draw
    lines = tuple((Slot("winner", n), Slot("winner", n + 1)) for n in range(1, len(ties), 2))
    return tuple(ties[number] for number in order), replace(draw, ties=lines)


def _rules(rows: _Rows, stage: str) -> tuple[TieRules, list[str]]:
    """How a level tie of a stage is decided; where that is not declared, as in the nearest season that is."""
    for off in range(_NEAREST_RULES):
        for season in dict.fromkeys((rows.season + off, rows.season - off)):
            try:
                rules = tie_rules(rows.code, season, stage)
            except RulesUnknown:
                continue
            if not off:
                return rules, []
            told = f"{season}-{(season + 1) % 100:02d}"
            return rules, [
                f"How a level {stage.replace('-', ' ')} was decided is not declared: the rules of {told} are taken."
            ]
    return tie_rules(rows.code, rows.season, stage), []


def _any(rows: _Rows, stage: str) -> bool:
    return any(row["stage"] == stage for row in (*rows.results, *rows.fixtures))


def _not_yet(rows: _Rows, stage: str) -> str:
    name = stage.replace("-", " ")
    return (
        f"who plays in the {name} of {competition(rows.code).name_in(rows.season)} is not known on {rows.as_of}. "
        "Choose a later --as-of, when it is drawn."
    )


def _groups(rows: _Rows, stage: str, size: Stage, *, drawn: bool) -> TableStage:
    """A stage of groups, its groups read off who meets whom."""
    rules: TableRules = table_rules(rows.code, rows.season, stage)
    results, fixtures = rows.of(stage)
    if not results and not fixtures and drawn:
        return TableStage(
            stage,
            (),
            rules,
            sizes=(size.groups, size.size, size.meetings),
            letters=tuple(_LETTERS[: size.groups]),
        )
    named = _components((*results, *fixtures))
    if [len(group) for _, group in named] != [size.size] * size.groups:
        raise ForecastError(_not_yet(rows, stage))
    letters = tuple(letter or _LETTERS[i] for i, (letter, _) in enumerate(named))
    groups = tuple(group for _, group in named)
    coming = [_coming(row) for row in fixtures]
    if size.matches == (size.size - 1) * size.meetings and size.meetings == 2:
        for group in groups:
            coming += _derived(group, *_within(group, results, fixtures), size.meetings)
    return TableStage(stage, groups, rules, tuple(_played(row) for row in results), tuple(coming), letters)


def _within(
    group: Sequence[str], *lists: Iterable[Mapping[str, Any]]
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    one, other = ([row for row in rows if row["home"] in group] for rows in lists)
    return one, other


def _components(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str | None, tuple[str, ...]]]:
    """Groups as sets of clubs that meet, with their letter where the source tells it, in order."""
    parent: dict[str, str] = {}

    def root(club: str) -> str:
        while parent.setdefault(club, club) != club:
            club = parent[club]
        return club

    letters: dict[str, str] = {}
    for row in rows:
        parent[root(row["home"])] = root(row["away"])
        if row["group"]:
            letters[row["home"]] = row["group"]
    members: dict[str, list[str]] = defaultdict(list)
    for club in list(parent):
        members[root(club)].append(club)
    found = [
        (next((letters[c] for c in clubs if c in letters), None), tuple(sorted(clubs)))
        for clubs in members.values()
    ]
    return sorted(found, key=lambda each: (each[0] or "", each[1]))


def _known_ties(rows: _Rows, stage: str) -> list[KnownTie]:
    """Ties of a stage whose sides are known on the day."""
    days: dict[object, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.fixtures:
        if row["stage"] == stage and row["leg"] != 3:
            days[row["tie"] if row["tie"] is not None else row["id"]].append(row)
    try:
        two_legs = tie_rules(rows.code, rows.season, stage).legs == 2
    except RulesUnknown:
        two_legs = True
    found = []
    for row in rows.ties:
        if row["stage"] == stage:
            coming = days.pop(row["id"], [])
            goals = Goals(row["first_leg_home_goals"], row["first_leg_away_goals"]) if two_legs else None
            day = coming[0]["date"] if coming else None
            found.append(KnownTie(row["first"], row["second"], goals, row["winner"], day))
    for legs in days.values():
        opening = next((leg for leg in legs if leg["leg"] in (1, None)), None)
        if opening is not None:
            found.append(
                KnownTie(
                    opening["home"], opening["away"], None, None, opening["date"], bool(opening["neutral"])
                )
            )
    return found


def _with_winners(
    ties: Mapping[str, Sequence[KnownTie]], knockouts: Sequence[str], stage: str
) -> tuple[KnownTie, ...]:
    """The ties of a stage; who is known to play on has won, whatever the scores leave open."""
    after = knockouts[knockouts.index(stage) + 1 :]
    on = {club for later in after for tie in ties[later] for club in (tie.first, tie.second)}
    found = []
    for tie in ties[stage]:
        winners = [club for club in (tie.first, tie.second) if club in on]
        winner = tie.winner or (winners[0] if len(winners) == 1 else None)
        found.append(KnownTie(tie.first, tie.second, tie.first_leg, winner, tie.day, tie.neutral))
    return tuple(found)


def _undecided(ties: Mapping[str, Sequence[KnownTie]], knockouts: Sequence[str]) -> list[str]:
    """Ties whose matches are played and whose winner nobody tells."""
    open_ties = [
        f"{tie.first} v {tie.second}"
        for stage in knockouts
        for tie in ties[stage]
        if tie.winner is None and tie.day is None
    ]
    if not open_ties:
        return []
    return [
        f"Level after their matches, and who goes through is not known on that day: {', '.join(open_ties)}. "
        "The last match is played again."
    ]


def _feeders(
    view: View, rows: _Rows, draws: Mapping[str, Draw], ties: Mapping[str, Sequence[KnownTie]]
) -> dict[str, Campaign]:
    """Campaigns of the competitions that sides join from, as far as their stage is not drawn yet."""
    found: dict[str, Campaign] = {}
    for stage, draw in draws.items():
        sources = [each for each in draw.sources if each.competition is not None]
        if not sources or (ties.get(stage) and len(ties[stage]) >= Campaign.ties_in(stage)):
            continue
        for each in sources:
            assert each.competition is not None
            other = _Rows(view, each.competition, rows.season)
            size = competition_format(each.competition, rows.season).tables[each.stage]
            table = _groups(other, each.stage, size, drawn=False)
            found[each.competition] = Campaign(
                each.competition, rows.season, (each.stage,), {each.stage: table}
            )
    return found
