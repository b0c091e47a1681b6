"""Cities with more than one club of note: whose match is a derby of one city.

Collected by hand; clubs by id. A city is where a club plays, as its supporters see it.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CITIES"]

CITIES: Final[dict[str, tuple[str, ...]]] = {
    "Birmingham": ("eng/aston-villa", "eng/birmingham-city", "eng/west-bromwich-albion"),
    "Bristol": ("eng/bristol-city", "eng/bristol-rovers"),
    "Liverpool": ("eng/everton", "eng/liverpool"),
    "London": (
        "eng/arsenal", "eng/brentford", "eng/charlton-athletic", "eng/chelsea", "eng/crystal-palace", "eng/fulham",
        "eng/leyton-orient", "eng/millwall", "eng/qpr", "eng/tottenham-hotspur", "eng/west-ham-united", "eng/wimbledon",
        "eng/afc-wimbledon",
    ),
    "Manchester": ("eng/manchester-city", "eng/manchester-united"),
    "Nottingham": ("eng/nottingham-forest", "eng/notts-county"),
    "Sheffield": ("eng/sheffield-united", "eng/sheffield-wednesday"),
    "Stoke": ("eng/stoke-city", "eng/port-vale"),
    "Genoa": ("ita/genoa", "ita/sampdoria"),
    "Milan": ("ita/inter", "ita/milan"),
    "Rome": ("ita/lazio", "ita/roma"),
    "Turin": ("ita/juventus", "ita/torino"),
    "Verona": ("ita/chievo-verona", "ita/hellas-verona"),
    "Barcelona": ("esp/barcelona", "esp/espanyol"),
    "Madrid": ("esp/atletico-madrid", "esp/getafe", "esp/leganes", "esp/rayo-vallecano", "esp/real-madrid"),
    "Seville": ("esp/real-betis", "esp/sevilla"),
    "Valencia": ("esp/levante", "esp/valencia"),
    "Berlin": ("ger/hertha-berlin", "ger/union-berlin"),
    "Hamburg": ("ger/hamburg", "ger/st-pauli"),
    "Munich": ("ger/1860-munich", "ger/bayern-munich"),
    "Dundee": ("sco/dundee", "sco/dundee-united"),
    "Edinburgh": ("sco/hearts", "sco/hibernian"),
    "Glasgow": ("sco/celtic", "sco/partick-thistle", "sco/rangers"),
    "Lisbon": ("por/belenenses", "por/benfica", "por/sporting-cp"),
    "Porto": ("por/boavista", "por/porto"),
    "Rotterdam": ("ned/excelsior", "ned/feyenoord", "ned/sparta-rotterdam"),
    "Istanbul": ("tur/besiktas", "tur/fenerbahce", "tur/galatasaray", "tur/basaksehir"),
    "Athens": ("gre/aek-athens", "gre/panathinaikos"),
    "Belgrade": ("srb/red-star-belgrade", "srb/partizan"),
    "Bruges": ("bel/cercle-brugge", "bel/club-brugge"),
    "Vienna": ("aut/austria-vienna", "aut/rapid-vienna"),
    "Prague": ("cze/slavia-prague", "cze/sparta-prague", "cze/dukla-prague"),
}  # fmt: skip
"""Clubs by city."""
