"""The recursion of the dynamic model: one pass over matches in the order of their days.

One function, in plain arithmetic on flat sequences: as it stands for small sets (on lists), compiled by numba for large
ones (on arrays). docs/strength.md has the equations. Names of the state, all in log goals:

    club        nine numbers a club: strength, tempo, venue (its own home advantage beyond the common one), then their
                covariances ss, st, sv, tt, tv, vv
    country     level of each country, with `country_cov[country * countries + country]`
    division    level of each division about its country, with its variance
    goals, home level of goals and home advantage of each competition about the common ones, with their variances
    common      home advantage common to all, its variance, the days on which it and the countries were last moved

A match of sides i and j has log rates  pace + edge  and  pace − edge:

    edge = (strength_i − strength_j) + (level_i − level_j) + ½ (home advantage + venue_i + venue_j)
    pace = level of goals + tempo_i + tempo_j
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

__all__ = ["CLUB", "COMPILED_FROM", "pass_over", "recursion_for"]

CLUB: Final = 9
"""Numbers of the state of one club."""

COMPILED_FROM: Final = 20_000
"""Matches from which on the compiled recursion pays for its loading."""

_MOST: Final = 2.5
"""Log rate of a side above which the update sees no more: 12 goals a match."""


def pass_over(
    # matches; and in which order they are forecast (-1 - row) and seen (row)
    day: Any,
    home: Any,
    away: Any,
    competition: Any,
    neutral: Any,
    home_goals: Any,
    away_goals: Any,
    home_shots: Any,
    away_shots: Any,
    steps: Any,
    # who belongs where
    division_of_competition: Any,
    international: Any,
    country_of_division: Any,
    tier_of_division: Any,
    lower_of_club: Any,
    unplaced_of_club: Any,
    # settings, see `dynamic.DynamicModel._constants`
    settings: Any,
    # the state, changed in place
    division_of: Any,
    seen: Any,
    club: Any,
    country: Any,
    country_cov: Any,
    division: Any,
    division_var: Any,
    goals: Any,
    goals_var: Any,
    advantage: Any,
    advantage_var: Any,
    competition_day: Any,
    conversion: Any,
    common: Any,
    # room for one number a country
    link: Any,
    # what was forecast of the wanted matches, see `states.FORECAST`
    forecast: Any,
) -> None:
    """Take the state through the matches in `steps`."""
    (
        level, strength_fade, tempo_fade, venue_fade, strength_move,
        tempo_move, venue_move, country_move, goals_fade, goals_move, advantage_fade, advantage_move,
        common_move, kept, promoted, relegated, change_var, noise, noise_cup, noise_europe,
        shots_share, noise_shots, conversion_rate,
    ) = settings  # fmt: skip
    countries = len(country)
    for step in steps:
        row = step if step >= 0 else -1 - step
        today = day[row]
        i = home[row]
        j = away[row]
        c = competition[row]
        d = division_of_competition[c]

        # time passes for what all competitions share, and for this one
        days = today - common[2]
        if days > 0:
            common[1] += common_move * days
            common[2] = today
        days = today - competition_day[c]
        if days > 0:
            fade = math.exp(-goals_fade * days)
            goals[c] *= fade
            goals_var[c] = goals_var[c] * fade * fade + goals_move * days
            fade = math.exp(-advantage_fade * days)
            advantage[c] *= fade
            advantage_var[c] = advantage_var[c] * fade * fade + advantage_move * days
            competition_day[c] = today

        # … and for the two clubs; one that has come to another division takes its level with it
        both_seen = 1.0
        for side in range(2):
            w = i if side == 0 else j
            k = CLUB * w
            old = division_of[w]
            if old < 0:
                both_seen = 0.0
                if d >= 0:
                    division_of[w] = d
                elif international[c]:
                    division_of[w] = unplaced_of_club[w]
                else:
                    division_of[w] = lower_of_club[w]
                seen[w] = today
                continue
            days = today - seen[w]
            if days > 0:
                s = math.exp(-strength_fade * days)
                t = math.exp(-tempo_fade * days)
                v = math.exp(-venue_fade * days)
                club[k] *= s
                club[k + 1] *= t
                club[k + 2] *= v
                club[k + 3] = club[k + 3] * s * s + strength_move * days
                club[k + 4] *= s * t
                club[k + 5] *= s * v
                club[k + 6] = club[k + 6] * t * t + tempo_move * days
                club[k + 7] *= t * v
                club[k + 8] = club[k + 8] * v * v + venue_move * days
                seen[w] = today
            if d >= 0 and old != d:
                if country_of_division[old] == country_of_division[d]:
                    usual = 0.0
                    if tier_of_division[d] < tier_of_division[old]:
                        usual = promoted
                    elif tier_of_division[d] > tier_of_division[old]:
                        usual = relegated
                    club[k] = kept * (club[k] + division[old] - division[d]) + (1.0 - kept) * usual
                    club[k + 3] += change_var
                division_of[w] = d

        # the expected match, and how sure it is
        di = division_of[i]
        dj = division_of[j]
        ki = CLUB * i
        kj = CLUB * j
        gap = 0.0
        gap_var = 0.0
        ci = country_of_division[di]
        cj = country_of_division[dj]
        if di != dj:
            gap = division[di] - division[dj]
            gap_var = division_var[di] + division_var[dj]
            if ci != cj:
                days = today - common[3]
                if days > 0:
                    for n in range(countries):
                        country_cov[n * countries + n] += country_move * days
                    common[3] = today
                gap += country[ci] - country[cj]
                gap_var += country_cov[ci * countries + ci] + country_cov[cj * countries + cj]
                gap_var -= 2.0 * country_cov[ci * countries + cj]
        half = 0.0 if neutral[row] else 0.5
        edge = (club[ki] - club[kj]) + gap
        edge += half * ((common[0] + advantage[c]) + (club[ki + 2] + club[kj + 2]))
        pace = (level + goals[c]) + (club[ki + 1] + club[kj + 1])
        # covariances of each club's state with edge (e) and pace (p)
        ise = club[ki + 3] + half * club[ki + 5]
        ite = club[ki + 4] + half * club[ki + 7]
        ive = club[ki + 5] + half * club[ki + 8]
        isp = club[ki + 4]
        itp = club[ki + 6]
        ivp = club[ki + 7]
        jse = half * club[kj + 5] - club[kj + 3]
        jte = half * club[kj + 7] - club[kj + 4]
        jve = half * club[kj + 8] - club[kj + 5]
        jsp = club[kj + 4]
        jtp = club[kj + 6]
        jvp = club[kj + 7]
        edge_var = ((ise + half * ive) + (half * jve - jse)) + gap_var
        edge_var += half * half * (common[1] + advantage_var[c])
        pace_var = (itp + jtp) + goals_var[c]
        both = (isp + half * ivp) + (half * jvp - jsp)
        if step < 0:
            forecast[row, 0] = edge
            forecast[row, 1] = pace
            forecast[row, 2] = edge_var
            forecast[row, 3] = pace_var
            forecast[row, 4] = both
            forecast[row, 5] = both_seen
            forecast[row, 6] = club[ki] + (division[di] + country[ci])
            forecast[row, 7] = club[ki + 1]
            forecast[row, 8] = club[kj] + (division[dj] + country[cj])
            forecast[row, 9] = club[kj + 1]
            continue

        # the goals, as a noisy sight of the log rates: one Kalman step with both sides at once
        home_var = edge_var + pace_var + 2.0 * both
        away_var = edge_var + pace_var - 2.0 * both
        home_rate = math.exp(min(pace + edge + 0.25 * home_var, _MOST))
        away_rate = math.exp(min(pace - edge + 0.25 * away_var, _MOST))
        home_seen = home_goals[row]
        away_seen = away_goals[row]
        spread = noise
        if d < 0:
            spread = noise_europe if international[c] else noise_cup
        if shots_share > 0.0 and home_shots[row] == home_shots[row]:
            rate = conversion[c]
            shots = home_shots[row] + away_shots[row]
            surplus = home_seen + away_seen - rate * shots
            home_seen += shots_share * (rate * home_shots[row] - home_seen)
            away_seen += shots_share * (rate * away_shots[row] - away_seen)
            spread = noise_shots
            conversion[c] = min(max(rate + conversion_rate * surplus, 0.2), 0.5)
        home_off = home_seen / home_rate - 1.0
        away_off = away_seen / away_rate - 1.0
        home_all = home_var + spread / home_rate
        away_all = away_var + spread / away_rate
        shared = pace_var - edge_var
        determinant = home_all * away_all - shared * shared
        hh = away_all / determinant
        aa = home_all / determinant
        ha = -shared / determinant
        home_pull = hh * home_off + ha * away_off
        away_pull = ha * home_off + aa * away_off
        e = home_pull - away_pull
        p = home_pull + away_pull
        ee = (hh + aa) - 2.0 * ha
        pp = (hh + aa) + 2.0 * ha
        ep = hh - aa
        for side in range(2):
            if side == 0:
                k = ki
                se, te, ve, sp, tp, vp = ise, ite, ive, isp, itp, ivp
            else:
                k = kj
                se, te, ve, sp, tp, vp = jse, jte, jve, jsp, jtp, jvp
            club[k] += se * e + sp * p
            club[k + 1] += te * e + tp * p
            club[k + 2] += ve * e + vp * p
            s1 = se * ee + sp * ep
            s2 = se * ep + sp * pp
            t1 = te * ee + tp * ep
            t2 = te * ep + tp * pp
            v1 = ve * ee + vp * ep
            v2 = ve * ep + vp * pp
            club[k + 3] -= s1 * se + s2 * sp
            club[k + 4] -= s1 * te + s2 * tp
            club[k + 5] -= s1 * ve + s2 * vp
            club[k + 6] -= t1 * te + t2 * tp
            club[k + 7] -= t1 * ve + t2 * vp
            club[k + 8] -= v1 * ve + v2 * vp
        gain = goals_var[c]
        goals[c] += gain * p
        goals_var[c] -= gain * gain * pp
        if half > 0.0:
            gain = half * advantage_var[c]
            advantage[c] += gain * e
            advantage_var[c] -= gain * gain * ee
            gain = half * common[1]
            common[0] += gain * e
            common[1] -= gain * gain * ee
        if di != dj:
            gain = division_var[di]
            division[di] += gain * e
            division_var[di] -= gain * gain * ee
            gain = division_var[dj]
            division[dj] -= gain * e
            division_var[dj] -= gain * gain * ee
            if ci != cj:
                for n in range(countries):
                    link[n] = country_cov[n * countries + ci] - country_cov[n * countries + cj]
                for n in range(countries):
                    if link[n] != 0.0:
                        country[n] += link[n] * e
                        gain = link[n] * ee
                        for m in range(countries):
                            country_cov[n * countries + m] -= gain * link[m]


def recursion_for(steps: int) -> tuple[Callable[..., None], bool]:
    """`pass_over`, compiled if there are so many steps that this pays; and whether it is."""
    return (_compiled(), True) if steps >= COMPILED_FROM else (pass_over, False)


@lru_cache(maxsize=1)
def _compiled() -> Callable[..., None]:
    import numba

    compiled: Callable[..., None] = numba.njit(cache=True)(pass_over)
    return compiled
