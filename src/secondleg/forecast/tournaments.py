"""Final tournaments of national teams: groups given by hand, all else from the declared format.

    campaign = tournament("uefa.euro", 2024, {"A": ("Germany", "Scotland", "Hungary", "Switzerland"), …})
    simulate(campaign, strengths)

Any object with `goal_expectation(home, away, competition=, neutral=)` serves as strengths, and any names as sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from secondleg.errors import BadInput
from secondleg.football.match import Goals
from secondleg.football.rules import competition_format, draw_of, table_rules, tie_rules
from secondleg.forecast.campaign import Campaign, Coming, KnownTie, PlayedMatch, TableStage

__all__ = ["tournament"]

_GROUPS = "group-stage"


def tournament(
    code: str,
    season: int,
    groups: Mapping[str, Sequence[str]],
    *,
    played: Iterable[tuple[str, str, int, int]] = (),
    ties: Mapping[str, Sequence[KnownTie]] | None = None,
) -> Campaign:
    """The campaign of a final tournament on neutral ground, everybody in a group meeting once.

    `groups` maps letters to sides, `played` has group matches with their goals, `ties` what is known of the rounds
    after the groups, by stage. Raises BadInput for groups that are not those of the format, RulesUnknown where none is
    declared.
    """
    form = competition_format(code, season)
    size = form.tables[_GROUPS]
    if len(groups) != size.groups or any(len(group) != size.size for group in groups.values()):
        raise BadInput(
            f"{code} {season} has {size.groups} groups of {size.size}; {len(groups)} groups of "
            f"{', '.join(str(len(group)) for group in groups.values())} were given."
        )
    done = tuple(PlayedMatch(home, away, Goals(scored, conceded)) for home, away, scored, conceded in played)
    met = {frozenset((match.home, match.away)) for match in done}
    coming = tuple(
        Coming(one, other, neutral=True)
        for group in groups.values()
        for one, other in combinations(group, 2)
        if frozenset((one, other)) not in met
    )
    table = TableStage(
        _GROUPS,
        tuple(tuple(group) for group in groups.values()),
        table_rules(code, season, _GROUPS),
        done,
        coming,
        tuple(groups),
    )
    stages = [stage for stage in form.stages if stage != _GROUPS]
    return Campaign(
        code,
        season,
        form.stages,
        {_GROUPS: table},
        {stage: draw_of(code, season, stage) for stage in stages},
        {stage: tie_rules(code, season, stage) for stage in stages},
        ties or {},
        neutral=True,
    )
