"""Football countries: the three-letter codes of FIFA in lower case, as used in club ids and competition codes."""

from __future__ import annotations

from typing import Final

from secondleg.errors import BadInput

__all__ = ["ADJECTIVE", "NAME", "code"]

NAME: Final[dict[str, str]] = {
    "alb": "Albania", "and": "Andorra", "arm": "Armenia", "aut": "Austria", "aze": "Azerbaijan", "bel": "Belgium",
    "bih": "Bosnia and Herzegovina", "blr": "Belarus", "bul": "Bulgaria", "cro": "Croatia", "cyp": "Cyprus",
    "cze": "Czech Republic", "den": "Denmark", "eng": "England", "esp": "Spain", "est": "Estonia", "fin": "Finland",
    "fra": "France", "fro": "Faroe Islands", "geo": "Georgia", "ger": "Germany", "gib": "Gibraltar", "gre": "Greece",
    "hun": "Hungary", "irl": "Ireland", "isl": "Iceland", "isr": "Israel", "ita": "Italy", "kaz": "Kazakhstan",
    "kos": "Kosovo", "lie": "Liechtenstein", "ltu": "Lithuania", "lux": "Luxembourg", "lva": "Latvia",
    "mda": "Moldova", "mkd": "North Macedonia", "mlt": "Malta", "mne": "Montenegro", "ned": "Netherlands",
    "nir": "Northern Ireland", "nor": "Norway", "pol": "Poland", "por": "Portugal", "rou": "Romania", "rus": "Russia",
    "sco": "Scotland", "smr": "San Marino", "srb": "Serbia", "sui": "Switzerland", "svk": "Slovakia",
    "svn": "Slovenia", "swe": "Sweden", "tur": "Turkey", "ukr": "Ukraine", "wal": "Wales",
}  # fmt: skip

ADJECTIVE: Final[dict[str, str]] = {
    "aut": "Austrian", "bel": "Belgian", "bul": "Bulgarian", "cro": "Croatian", "cze": "Czech", "den": "Danish",
    "eng": "English", "esp": "Spanish", "fra": "French", "ger": "German", "gre": "Greek", "hun": "Hungarian",
    "irl": "Irish", "isr": "Israeli", "ita": "Italian", "ned": "Dutch", "nor": "Norwegian", "pol": "Polish",
    "por": "Portuguese", "rou": "Romanian", "rus": "Russian", "sco": "Scottish", "srb": "Serbian", "sui": "Swiss",
    "svk": "Slovak", "svn": "Slovenian", "swe": "Swedish", "tur": "Turkish", "ukr": "Ukrainian", "wal": "Welsh",
}  # fmt: skip

_OTHER_SPELLINGS: Final[dict[str, str]] = {
    "bosnia": "bih", "latvija": "lva",
    "bosnia n herzegovina": "bih", "bosnia herzegovina": "bih",
    "czechia": "cze", "holland": "ned", "ireland republic": "irl",
    "republic of ireland": "irl", "macedonia": "mkd", "macedonia fyr": "mkd", "türkiye": "tur", "turkiye": "tur",
    "mco": "fra", "monaco": "fra", "rom": "rou", "mac": "mkd", "deutschland": "ger", "espana": "esp",
    "great britain": "eng",
}  # fmt: skip
# Monaco has no association of its own: its club is one of the French league

_BY_NAME: Final[dict[str, str]] = {name.lower(): code for code, name in NAME.items()} | _OTHER_SPELLINGS


def code(country: str) -> str:
    """The code of a country given by code, English name or a source's folder name ("bosnia-herzegovina").

    Raises BadInput for a country that is not in Europe's football.
    """
    text = country.strip().lower().replace("-", " ").replace("_", " ")
    found = text if text in NAME else _BY_NAME.get(text)
    if found is None:
        raise BadInput(f"{country!r} is not a football country of Europe. Use a FIFA code such as eng.")
    return found
