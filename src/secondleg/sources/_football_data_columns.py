"""What the columns of football-data.co.uk mean, after the site's own notes.txt, and those of its Parquet copy.

A price's column is made of a bookmaker's prefix, `C` for closing, and the bet: `B365H`, `PSCA`, `BbAv>2.5`,
`MaxCAHH`. The size of a handicap stands in a column of its own, for one bookmaker or for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = [
    "BOOKS",
    "COUNTRIES",
    "DIVISIONS",
    "MARKET_SIZE",
    "PARQUET_COLUMNS",
    "PARQUET_LEAGUES",
    "STATISTICS_OF",
    "Book",
    "Price",
    "prices",
]


@dataclass(frozen=True, slots=True)
class Book:
    """A bookmaker (or a summary of many) and the prefixes of its columns."""

    name: str
    wins: str
    """Of the 1x2 prices."""
    other: str = ""
    """Of totals and handicaps; empty where it has none."""
    sizes: tuple[str, ...] = ()
    """Columns that give the size of its handicap before the market's own are asked."""


BOOKS: Final = (
    Book("bet365", "B365", "B365", ("B365AH",)),
    Book("betbrain-average", "BbAv", "BbAv", ("BbAHh",)),
    Book("betbrain-maximum", "BbMx", "BbMx", ("BbAHh",)),
    Book("market-average", "Avg", "Avg"),
    Book("market-maximum", "Max", "Max"),
    Book("pinnacle", "PS", "P"),
    Book("betfair-exchange", "BFE", "BFE"),
    Book("betfair", "BF"),
    Book("betfred", "BFD"),
    Book("betmgm", "BMGM"),
    Book("betvictor", "BV"),
    Book("betwin", "BW"),
    Book("blue-square", "BS"),
    Book("coral", "CL"),
    Book("gamebookers", "GB", "GB", ("GBAH",)),
    Book("interwetten", "IW"),
    Book("ladbrokes", "LB", "LB", ("LBAH",)),
    Book("1xbet", "1XB"),
    Book("paddy-power", "PP"),
    Book("sky-bet", "SKB"),
    Book("sporting-odds", "SO"),
    Book("sportingbet", "SB"),
    Book("stan-james", "SJ"),
    Book("stanleybet", "SY"),
    Book("vc-bet", "VC"),
    Book("william-hill", "WH"),
)

MARKET_SIZE: Final = {False: "AHh", True: "AHCh"}
"""Size of the market's handicap since 2019-20, by whether it is the closing one."""

TOTAL: Final = 2.5
"""Goals; the site has prices for no other total."""


@dataclass(frozen=True, slots=True)
class Price:
    """One row of odds as columns: home (or more), draw, away (or fewer)."""

    bookmaker: str
    market: str
    closing: bool
    columns: tuple[str, ...]
    """Two, or three for 1x2."""
    size: float | None = None
    sizes: tuple[str, ...] = ()


def prices() -> tuple[Price, ...]:
    """Every price that a file may have."""
    found: list[Price] = []
    for book in BOOKS:
        for closing in (False, True):
            mark = "C" if closing else ""
            wins, other = book.wins + mark, book.other + mark
            found.append(Price(book.name, "1x2", closing, (f"{wins}H", f"{wins}D", f"{wins}A")))
            if book.other:
                found.append(Price(book.name, "total", closing, (f"{other}>2.5", f"{other}<2.5"), size=TOTAL))
                own = () if closing else book.sizes
                found.append(
                    Price(
                        book.name,
                        "handicap",
                        closing,
                        (f"{other}AHH", f"{other}AHA"),
                        sizes=(*own, MARKET_SIZE[closing]),
                    )
                )
    # the files of single countries once called their prices so; they are closing ones (today's files say PSCH)
    found.append(Price("pinnacle", "1x2", True, ("PH", "PD", "PA")))
    return tuple(found)


STATISTICS_OF: Final = {
    "HS": "home_shots", "AS": "away_shots",
    "HST": "home_shots_on_target", "AST": "away_shots_on_target",
    "HHW": "home_woodwork", "AHW": "away_woodwork",
    "HC": "home_corners", "AC": "away_corners",
    "HF": "home_fouls", "AF": "away_fouls",
    "HO": "home_offsides", "AO": "away_offsides",
    "HY": "home_yellows", "AY": "away_yellows",
    "HR": "home_reds", "AR": "away_reds",
}  # fmt: skip
"""Counts. Free kicks conceded (HFKC), given for fouls in a few seasons, count offsides too: they are left out, and
so are booking points, which follow from the cards."""

DIVISIONS: Final = {
    "E0": "eng.1", "E1": "eng.2", "E2": "eng.3", "E3": "eng.4", "EC": "eng.5",
    "SC0": "sco.1", "SC1": "sco.2", "SC2": "sco.3", "SC3": "sco.4",
    "D1": "ger.1", "D2": "ger.2", "I1": "ita.1", "I2": "ita.2", "SP1": "esp.1", "SP2": "esp.2",
    "F1": "fra.1", "F2": "fra.2", "N1": "ned.1", "B1": "bel.1", "P1": "por.1", "T1": "tur.1", "G1": "gre.1",
}  # fmt: skip
"""The site's code of a division, which is also its file's name, and ours."""

COUNTRIES: Final = {
    "ARG": "arg", "AUT": "aut", "BRA": "bra", "CHN": "chn", "DNK": "den", "FIN": "fin", "IRL": "irl", "JPN": "jpn",
    "MEX": "mex", "NOR": "nor", "POL": "pol", "ROU": "rou", "RUS": "rus", "SWE": "swe", "SWZ": "sui", "USA": "usa",
}  # fmt: skip
"""Countries with one file for all seasons, by the file's name, and their football codes."""

PARQUET_LEAGUES: Final = {
    "Belgium": ("B1",), "England": ("E0", "E1", "E2", "E3", "EC"), "France": ("F1", "F2"), "Germany": ("D1", "D2"),
    "Greece": ("G1",), "Italy": ("I1", "I2"), "Netherlands": ("N1",), "Portugal": ("P1",),
    "Scotland": ("SC0", "SC1", "SC2", "SC3"), "Spain": ("SP1", "SP2"), "Turkey": ("T1",),
    "Argentina": ("ARG",), "Austria": ("AUT",), "Brazil": ("BRA",), "China": ("CHN",), "Denmark": ("DNK",),
    "Finland": ("FIN",), "Ireland": ("IRL",), "Japan": ("JPN",), "Mexico": ("MEX",), "Norway": ("NOR",),
    "Poland": ("POL",), "Romania": ("ROU",), "Russia": ("RUS",), "Sweden": ("SWE",), "Switzerland": ("SWZ",),
    "USA": ("USA",),
}  # fmt: skip
"""Files of each league of the Parquet copy, by division."""

_PARQUET_BOOKS: Final = {
    "bet365": ("B365", "B365"), "betbrain_average": ("BbAv", "BbAv"), "betbrain_maximum": ("BbMx", "BbMx"),
    "betwin": ("BW", ""), "bluesquare": ("BS", ""), "gamebookers": ("GB", "GB"), "interwetten": ("IW", ""),
    "ladbrokes": ("LB", "LB"), "market_average": ("Avg", "Avg"), "market_maximum": ("Max", "Max"),
    "pinnacle": ("PS", "P"), "sporting": ("SO", ""), "sportingbet": ("SB", ""), "stanjames": ("SJ", ""),
    "stanleybet": ("SY", ""), "vcbet": ("VC", ""), "williamhill": ("WH", ""),
}  # fmt: skip
_PARQUET_BETS: Final = {
    "home_win": ("H", 0), "draw": ("D", 0), "draw_win": ("D", 0), "away_win": ("A", 0),
    "over_2.5": (">2.5", 1), "under_2.5": ("<2.5", 1),
    "asian_handicap_home_team": ("AHH", 1), "asian_handicap_away_team": ("AHA", 1),
}  # fmt: skip
_PARQUET_SIZES: Final = {
    "bet365__size_of_asian_handicap": "B365AH", "betbrain__size_of_asian_handicap": "BbAHh",
    "gamebookers__size_of_handicap": "GBAH", "ladbrokes__size_of_asian_handicap": "LBAH",
    "market_average__size_of_handicap": "AHh", "market_average_closing__size_of_asian_handicap": "AHCh",
}  # fmt: skip
_PARQUET_COUNTS: Final = {
    "full_time_goals": ("FTHG", "FTAG"), "half_time_goals": ("HTHG", "HTAG"), "shots": ("HS", "AS"),
    "shots_on_target": ("HST", "AST"), "hit_woodork": ("HHW", "AHW"), "corners": ("HC", "AC"),
    "fouls_committed": ("HF", "AF"), "offsides": ("HO", "AO"), "yellow_cards": ("HY", "AY"), "red_cards": ("HR", "AR"),
}  # fmt: skip


def _parquet_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for copy, prefixes in _PARQUET_BOOKS.items():
        for bet, (suffix, which) in _PARQUET_BETS.items():
            names[f"odds__{copy}__{bet}__full_time_goals"] = prefixes[which] + suffix
            names[f"odds__{copy}_closing__{bet}__full_time_goals"] = f"{prefixes[which]}C{suffix}"
    names |= {f"odds__{copy}_home_team__full_time_goals": name for copy, name in _PARQUET_SIZES.items()}
    for copy, (home, away) in _PARQUET_COUNTS.items():
        names[f"target__home_team__{copy}"] = home
        names[f"target__away_team__{copy}"] = away
    return names


PARQUET_COLUMNS: Final = _parquet_names()
"""Columns of the Parquet copy, and the site's own names for them."""
