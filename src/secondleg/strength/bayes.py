"""A fully Bayesian hierarchical goal model: every club's strength as a distribution, by NumPyro (extra `bayes`).

After Baio and Blangiardo (2010, Journal of Applied Statistics 37): goals are Poisson, attack and defence of clubs come
from normal distributions whose spread is learnt too. Here the clubs of a league are spread about the league, and
leagues about each other, so that cups between them count:

    log goals = level + competition + home · (½ at home, −½ away, 0 on neutral ground) + attack − defence of the other
    attack    = league + normal(0, spread of attack)         spread of attack, of defence, of leagues: half-normal(½)
    defence   = league + normal(0, spread of defence)        level, home, competition: normal

Matches weigh ½^(age / half-life). Score grids average over draws from the posterior, so what is not known of the two
clubs is in them. NUTS draws for small sets of matches; for larger ones the posterior is approximated (SVI).
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput, ForecastError, MissingExtra
from secondleg.strength.contract import Predictions, predict_by_refitting
from secondleg.strength.data import TrainingCompetition, TrainingSet
from secondleg.strength.grid import ScoreGrid
from secondleg.strength.leagues import linked_groups, membership
from secondleg.strength.objective import SIGNS, Design, build_design
from secondleg.strength.standard.grids import poisson_chances, reach

__all__ = ["BayesModel", "BayesStrengths"]

Vector = NDArray[np.float64]
Index = NDArray[np.int64]

SMALL: Final = 4_000
"""Matches up to which `auto` draws by NUTS: some seasons of a league, about a minute."""

SPREAD: Final = 0.5
"""Of the half-normal priors of spreads, in log goals."""

SVI_STEPS: Final = 3_000
SVI_RATE: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class BayesModel:
    """Settings of the Bayesian model: how it forgets, and how its posterior is found."""

    alias: ClassVar[str] = "bayes"

    half_life_days: float = 400.0
    """Days after which a match counts half."""
    method: str = "auto"
    """nuts (Hamiltonian Monte Carlo), svi (a normal approximation), or auto: by the number of matches."""
    draws: int = 400
    """From the posterior; as many more warm NUTS up."""
    seed: int = 0

    def __post_init__(self) -> None:
        if self.method not in ("auto", "nuts", "svi"):
            raise BadInput(f"method cannot be {self.method!r}; choose auto, nuts or svi.")
        if not (math.isfinite(self.half_life_days) and self.half_life_days > 0):
            raise BadInput(f"half_life_days cannot be {self.half_life_days!r}; give a number above 0.")
        if self.draws < 1:
            raise BadInput(f"draws cannot be {self.draws!r}; give a whole number above 0.")

    def fit(self, training: TrainingSet, as_of: dt.date) -> BayesStrengths:
        """Draws from the posterior on the morning of `as_of`, from the matches of `training` before that day.

        Raises:
            ForecastError: there is no match.
            MissingExtra: the extra `bayes` is not installed.
        """
        matches = training.before(as_of)
        if not len(matches):
            raise ForecastError(
                f"no match before {as_of} is at hand to judge strengths by. "
                "Import earlier results: secondleg data import PATH."
            )
        age = (np.datetime64(as_of, "D") - matches.date).astype(np.float64)
        weight = np.exp2(-age / self.half_life_days)
        members = membership(matches, weight)
        design = build_design(
            home=matches.home,
            away=matches.away,
            competition=matches.competition,
            neutral=matches.neutral,
            home_goals=matches.home_goals,
            away_goals=matches.away_goals,
            weight=weight,
            competitions=matches.competitions,
            members=members,
        )
        nuts = self.method == "nuts" or (self.method == "auto" and len(matches) <= SMALL)
        drawn = _drawn(design, nuts=nuts, draws=int(self.draws), seed=int(self.seed))
        league = drawn["spread_league"][:, None] * drawn["league"]
        return BayesStrengths(
            as_of=as_of,
            clubs=matches.clubs,
            competitions=matches.competitions,
            level=drawn["level"],
            home=drawn["home"],
            competition=drawn["competition"],
            attack=drawn["spread_attack"][:, None] * drawn["attack"] + league[:, members.league_of],
            defence=drawn["spread_defence"][:, None] * drawn["defence"] + league[:, members.league_of],
            group_of=linked_groups(matches.home, matches.away, len(matches.clubs)),
        )

    def predict(self, training: TrainingSet, rows: Index) -> Predictions:
        """Forecasts of the matches `rows`, from a posterior a week; see `StrengthModel.predict`."""
        return predict_by_refitting(self, training, rows)


def _drawn(design: Design, *, nuts: bool, draws: int, seed: int) -> dict[str, Vector]:
    """Draws from the posterior of a design, by parameter: `[draw]` or `[draw, entry]`."""
    try:
        import jax
        import jax.numpy as jnp
        import numpyro
        from numpyro import distributions as dist
        from numpyro.infer import MCMC, NUTS, SVI, Trace_ELBO
        from numpyro.infer.autoguide import AutoNormal
    except ImportError as missing:
        raise MissingExtra("the Bayesian model", "bayes") from missing

    layout = design.layout
    sign = jnp.asarray(SIGNS[design.setting % 3])
    competition_of, scorer, conceder = design.setting // 3, design.scorer, design.conceder
    league_of = design.league_of
    goals, weight = jnp.asarray(design.goals), jnp.asarray(design.weight)

    def posterior() -> None:
        level = numpyro.sample("level", dist.Normal(math.log(1.35), 0.5))
        home = numpyro.sample("home", dist.Normal(0.3, 0.3))
        of_competition = numpyro.sample("competition", dist.Normal(0.0, 0.1).expand([layout.competitions]))
        spread = {
            name: numpyro.sample(f"spread_{name}", dist.HalfNormal(SPREAD))
            for name in ("league", "attack", "defence")
        }
        league = numpyro.sample("league", dist.Normal(0.0, 1.0).expand([layout.leagues]))
        own = {
            name: numpyro.sample(name, dist.Normal(0.0, 1.0).expand([layout.clubs]))
            for name in ("attack", "defence")
        }
        of_league = spread["league"] * league[league_of]
        attack = spread["attack"] * own["attack"] + of_league
        defence = spread["defence"] * own["defence"] + of_league
        log_rate = level + of_competition[competition_of] + sign * home + attack[scorer] - defence[conceder]
        # weighted Poisson goals, of which only the sums of each row matter
        numpyro.factor("goals", jnp.sum(goals * log_rate - weight * jnp.exp(log_rate)))

    key = jax.random.PRNGKey(seed)
    if nuts:
        chain = MCMC(NUTS(posterior), num_warmup=draws, num_samples=draws, progress_bar=False)
        chain.run(key)
        samples: dict[str, Any] = chain.get_samples()
    else:
        guide = AutoNormal(posterior)
        svi = SVI(posterior, guide, numpyro.optim.Adam(SVI_RATE), Trace_ELBO())
        found = svi.run(key, SVI_STEPS, progress_bar=False)
        samples = guide.sample_posterior(jax.random.fold_in(key, 1), found.params, sample_shape=(draws,))
    return {name: np.asarray(values, dtype=np.float64) for name, values in samples.items()}


@dataclass(frozen=True, eq=False)
class BayesStrengths:
    """Draws from the posterior on the morning of `as_of`, in log goals: `[draw]`, `[draw, club]`; see `Fitted`."""

    as_of: dt.date
    clubs: tuple[str, ...]
    competitions: tuple[TrainingCompetition, ...]
    level: Vector = field(repr=False)
    home: Vector = field(repr=False)
    competition: Vector = field(repr=False)
    attack: Vector = field(repr=False)
    defence: Vector = field(repr=False)
    group_of: Index = field(repr=False)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {club: number for number, club in enumerate(self.clubs)}

    def __contains__(self, club: object) -> bool:
        return club in self._number

    def number(self, club: str) -> int:
        """The index of a club; ForecastError where no match of it was seen."""
        try:
            return self._number[club]
        except KeyError:
            raise ForecastError(
                f"{club} has no match before {self.as_of} in the matches that strengths were fitted to. "
                "Import results of its league or its European matches: secondleg data import PATH."
            ) from None

    def linked(self, home: str, away: str) -> bool:
        """Whether a chain of matches links two clubs."""
        return bool(self.group_of[self.number(home)] == self.group_of[self.number(away)])

    def log_rates(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[Vector, Vector]:
        """The logarithm of either side's goal expectation in each draw."""
        h, a = self.number(home), self.number(away)
        if h == a:
            raise ForecastError(f"{home} cannot play itself; name two clubs.")
        codes = [each.code for each in self.competitions]
        level = self.level + (self.competition[:, codes.index(competition)] if competition in codes else 0.0)
        signs = (SIGNS[2], SIGNS[2]) if neutral else (SIGNS[0], SIGNS[1])
        return (
            level + signs[0] * self.home + (self.attack[:, h] - self.defence[:, a]),
            level + signs[1] * self.home + (self.attack[:, a] - self.defence[:, h]),
        )

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        """Expected goals of the home and the away side in 90 minutes: means over the draws."""
        one, other = self.log_rates(home, away, competition=competition, neutral=neutral)
        return float(np.exp(one).mean()), float(np.exp(other).mean())

    def uncertainty(self, home: str, away: str) -> tuple[float, float]:
        """Variance over the draws of the logarithm of either side's goal expectation."""
        one, other = self.log_rates(home, away)
        return float(one.var()), float(other.var())

    def score_grid(
        self,
        home: str,
        away: str,
        *,
        competition: str | None = None,
        neutral: bool = False,
        max_goals: int | None = None,
    ) -> ScoreGrid:
        """The chance of every score after 90 minutes: the mean over the draws."""
        one, other = (
            np.exp(rates) for rates in self.log_rates(home, away, competition=competition, neutral=neutral)
        )
        size = max(reach(max(float(one.max()), float(other.max()))), max_goals or 0, 1)
        grid = np.einsum("dh,da->ha", poisson_chances(one, size), poisson_chances(other, size))
        grid /= grid.sum()
        grid.setflags(write=False)
        return ScoreGrid(grid, float(one.mean()), float(other.mean()))
