"""Football countries: codes against FIFA's, and the names that sources use."""

from __future__ import annotations

import pytest

from secondleg.errors import BadInput
from secondleg.football import country
from secondleg.football.competition import competition


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("england", "eng"),
        ("Korea-Republic", "kor"),
        ("korea-dpr", "prk"),
        ("congo", "cgo"),
        ("congo-dr", "cod"),
        ("niger", "nig"),
        ("nigeria", "nga"),
        ("guinea", "gui"),
        ("guinea-bissau", "gnb"),
        ("dominica", "dma"),
        ("dominican-republic", "dom"),
        ("macao", "mac"),
        ("macedonia-fyr", "mkd"),
        ("south-africa", "rsa"),
        ("cote-divoire", "civ"),
        ("united-states", "usa"),
        ("st-vincent-and-the-grenadines", "vin"),
        ("samoa", "sam"),
        ("american-samoa", "asa"),
        ("ddr", "gdr"),
        ("udssr", "urs"),
        ("serbia-and-montenegro", "scg"),
        ("ireland-republic", "irl"),
        ("northern-ireland", "nir"),
        ("monaco", "fra"),
    ],
)
def test_a_country(name: str, code: str) -> None:
    assert country.code(name) == country.code(code) == code


def test_every_code() -> None:
    assert all(len(code) == 3 and code.isascii() and code.islower() for code in country.NAME)
    assert len(set(country.NAME.values())) == len(country.NAME)
    assert set(country.ADJECTIVE) <= set(country.NAME)
    assert all(country.code(name) == code for code, name in country.NAME.items())
    # FIFA has 211 members, all but Kosovo under these codes
    others = {"boe", "glp", "guf", "mtq", "reu", "smn", "sxm", "tuv", "zan", "kir", "nmi", *country.PAST}
    assert len(set(country.NAME) - others) == 211


@pytest.mark.parametrize("name", ["", "atlantis", "xx", "uefa", "europe"])
def test_no_country(name: str) -> None:
    with pytest.raises(BadInput, match="FIFA code"):
        country.code(name)


@pytest.mark.parametrize(
    ("code", "season", "name", "family"),
    [
        ("conmebol.libertadores", 2018, "Copa Libertadores", "world"),
        ("concacaf.cl", 2007, "CONCACAF Champions' Cup", "world"),
        ("concacaf.cl", 2008, "CONCACAF Champions League", "world"),
        ("fifa.intercontinental", 1967, "Intercontinental Cup", "world"),
        ("uefa.cl", 1991, "European Cup", "uefa"),
        ("gdr.1", 1985, "East Germany, first tier", "domestic"),
        ("bra.1", 2018, "Brazil, first tier", "domestic"),
    ],
)
def test_competitions_of_the_world(code: str, season: int, name: str, family: str) -> None:
    found = competition(code)
    assert (found.name_in(season), found.family) == (name, family)
