"""Spellings of club names: what look-ups compare (`fold`), what links sources (`key`), what prose has (`short`).

"1. FC Köln", "1 FC Koeln" and "FC Köln" share the key "koln"; "FC Barcelona B" keeps its "b".
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

__all__ = ["cased", "fold", "forms", "key", "plain", "short", "slug"]

# letters that NFKD does not take apart
_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"}
)
# "Koeln", "Tromsoe": before a consonant or at the end of a word, but not in the "que" of "Dunkerque"
_SPELLED_UMLAUT: Final = re.compile(r"(?<!q)([aou])e(?![aeiou])")

# abbreviations of "football club", "sports club" and the like, in the languages of Europe
_LEGAL_FORMS: Final = """
    fc afc cf sc ac as ssc us ud cd ss acf ssd asd bc cfc fk sk nk hnk gnk pfc bsc vfl vfb tsv tsg sv spvgg fsv
    kv krc rsc ksc kaa kvc kfc rkc sl bk if ff ifk ik il fbc jk hk mfk mks tj ks gks rks lks zks ofk kf
    csm csc acs acsm afk fci osc ogc ea sco aj se cs csd asc calcio futbol
    football futebol fotbal club clube sad spa ev de of the e
"""
_LEGAL: Final = frozenset(_LEGAL_FORMS.split())
_PARTICLES: Final = frozenset({"of", "the", "de", "e"})
"""Words of the above that belong to a name where no legal form goes before them."""
_NUMBER: Final = re.compile(r"^(\d{1,2}\.?|1[89]\d\d|20[0-2]\d)$")
_ROMAN_RESERVES: Final = frozenset({"ii", "b", "c", "iii", "u19", "u21", "u23"})


_INITIALS: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")
"""Initials with full stops: "A.F.C."."""
_ABBREVIATIONS: Final = frozenset(
    "ac acf afc ak as esv if ifk ik il is ldu ofk ogc osc ska ud us usc".split()  # noqa: SIM905
)
_ROMAN: Final = frozenset(("Ii", "Iii", "Vii", "Viii", "Xv"))
_UNSPEAKABLE: Final = re.compile(r"(?!St$)[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{1,3}$")
"""Two to four letters without a vowel: nobody's name, but for Saint."""


@cache
def fold(name: str) -> str:
    """`name` in lower case without accents, punctuation or doubled blanks: what look-ups compare."""
    if name.isascii():
        text = name.lower()
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        text = "".join(c for c in text if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join(re.sub(r"[^\w]+|_", " ", text.replace("'", "").replace("’", "")).split())


@cache
def key(name: str) -> str:
    """What two spellings of one club's name have in common: legal forms, years and German umlauts aside.

    Never empty where a name has a letter: one of nothing but legal forms ("FC", "ASC") is its own key. Reserve
    teams keep their mark.
    """
    words = _words(name)
    kept = [w for w in words if w not in _LEGAL and not _NUMBER.match(w)]
    if not kept or all(w in _ROMAN_RESERVES for w in kept):
        kept = words
    return _SPELLED_UMLAUT.sub(r"\1", " ".join(kept))


def plain(name: str) -> str:
    """`name` as `fold` has it, but with initials together: "A.F.C. Liverpool" is "afc liverpool"."""
    return " ".join(_words(name))


def _words(name: str) -> list[str]:
    together = _INITIALS.sub(lambda found: found[0].replace(".", ""), name.replace("&", " and "))
    return fold(together).split()


@cache
def forms(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What `key` leaves out: the legal forms of a name, and its numbers (but for the 1 of "1. FC")."""
    words = _words(name)
    legal = frozenset(w for w in words if w in _LEGAL)
    return legal, frozenset(w for w in words if w.isdigit() and w != "1")


def short(name: str) -> str:
    """`name` as prose prints it: "Liverpool FC" is "Liverpool", "1. FC Köln" is "Köln"."""
    words = name.split()
    kept: list[str] = []
    dropped = True
    for word in words:
        folded = fold(word)
        # "Queen of the South" keeps what "Football Club of the South" would not
        dropped = bool(_NUMBER.match(word)) or (folded in _LEGAL and (dropped or folded not in _PARTICLES))
        if not dropped:
            kept.append(word)
    if not kept or all(fold(w) in _ROMAN_RESERVES for w in kept):
        return name
    return " ".join(kept)


def cased(name: str) -> str:
    """`name` with its abbreviations and Roman numbers in capitals, which some sources print as words: "Grazer Ak"."""
    return " ".join(
        word.upper()
        if word.istitle()
        and (fold(word) in _ABBREVIATIONS or _UNSPEAKABLE.match(word) or _is_number(word, at))
        else word
        for at, word in enumerate(name.split())
    )


def _is_number(word: str, at: int) -> bool:
    """Whether a word of a name is a Roman number: an eleven, a reserve side; "Xi Mang" begins with a word."""
    return word in _ROMAN or (word == "Xi" and at > 0)


def slug(name: str) -> str:
    """`name` as part of a club id: "Nottingham Forest" is "nottingham-forest"."""
    return fold(name.replace("&", " and ")).replace(" ", "-")
