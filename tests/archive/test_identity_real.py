"""Real spellings of three sources: what must be one club and what must be two, decided from football."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from secondleg.archive.identity import Spelling, resolve
from secondleg.sources import clubs_txt, football_txt, schochastics

MIRROR = os.environ.get("SECONDLEG_MIRROR")
pytestmark = [
    pytest.mark.mirror,
    pytest.mark.slow,
    pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR names no mirror of the public sources"),
]

ONE = """
eng: Liverpool FC
eng: Manchester City FC | Manchester City
eng: Tottenham Hotspur FC | Tottenham Hotspur
eng: Brighton & Hove Albion FC | Brighton & Hove Albion
eng: Wolverhampton Wanderers FC | Wolverhampton Wanderers
eng: Wrexham AFC | Wrexham FC
eng: Cardiff City FC | Cardiff City
ita: FC Internazionale Milano | Inter
ita: Atalanta BC | Atalanta
ita: SS Lazio | Lazio Roma
ita: AS Roma | As Roma
ita: Parma Calcio 1913 | Parma FC
ita: Hellas Verona FC | Hellas Verona
esp: Club Atlético de Madrid | Atlético Madrid | Atletico Madrid
esp: Athletic Club | Athletic Bilbao
esp: Deportivo Alavés | CD Alavés | Cd Alaves
esp: RCD Espanyol de Barcelona | Espanyol Barcelona
esp: RC Celta de Vigo | Celta Vigo
esp: Real Betis Balompié | Real Betis
ger: FC Bayern München | Bayern München | Bayern Muenchen | Bayern
ger: 1. FC Köln | 1 FC Koeln | Köln
ger: Borussia Mönchengladbach | Bor. Mönchengladbach | Bor Moenchengladbach | Mönchengladbach
ger: Hertha BSC | Hertha
ger: RB Leipzig | Leipzig
ger: Eintracht Braunschweig | B'schweig
ger: Eintracht Frankfurt | Frankfurt
ger: TSV 1860 München | TSV 1860 Muenchen | TSV 1860
ger: 1. FC Saarbrücken | 1 FC Saarbruecken | S'brücken
ger: MSV Duisburg | Meidericher
fra: Paris Saint-Germain FC | Paris Saint-Germain | Paris Saint Germain
fra: Olympique Lyonnais | Olympique Lyon
fra: Racing Club de Lens | RC Lens
fra: Stade Rennais FC 1901 | Stade Rennes
ned: AZ | AZ Alkmaar | Alkmaar 54
ned: Feyenoord | Feyenoord Rotterdam
ned: PSV | PSV Eindhoven
por: Sport Lisboa e Benfica | SL Benfica
por: Sporting Clube de Portugal | Sporting CP
por: Sporting Clube de Braga | Sporting Braga
gre: PAE Olympiakos SFP | Olympiakos Piraeus
gre: Atromitos | Pae Aps Atromitos Athens
rou: FCSB | FC Steaua Bucureşti | Steaua Bucuresti
rou: Argeș Pitești | Arge Piteti
rus: Akhmat Grozny | Terek Groznyi
srb: FK Crvena Zvezda | Crvena Zvezda | Red Star Belgrade
srb: Radnički Niš | Radniki Nis
den: Brøndby IF | Broendby If
den: FC København | FC Koebenhavn
nor: Tromsø IL | Tromsoe Il
nor: FK Bodø/Glimt | FK Bodoe Glimt
swe: Malmö FF | Malmoe Ff
tur: MKE Ankaragücü | Mke Ankaraguecue
tur: İstanbul Başakşehir | Istanbul Basaksehir FK
hun: Fehérvár FC | MOL Vidi FC
kaz: FK Astana | FC Astana
kaz: FK Ordabasy | Ordabasy Shymkent
ukr: FK Oleksandriya | FC Aleksandriya
svk: FC DAC 1904 | Dac Dunajska Streda
mda: CS Petrocub | CS Petroclub
ltu: FK Riteriai | Trak FK
isl: Breiðablik | Umf Breidablik Kopavogur
fin: SJK Seinäjoki | Seinajoen Jalkapallo Kerho
geo: FC Iberia 1999 | FC Saburtalo
arm: FC Banants | FC Urartu
"""

TWO = """
eng: AFC Wimbledon | Wimbledon FC
eng: Chester FC | Chester City
eng: Manchester City FC | Manchester United FC
den: B 1909 Odense | B 1913 Odense
den: B 1903 Kobenhavn | B 1960 København
den: B.93 København | B 1903 Kobenhavn
den: FC København | KB Koebenhavn
den: FC Fredericia | Fredericia fF
bul: CSKA 1948 Sofia | CSKA Sofia
swe: Ifk Malmoe | Malmoe Ff
ger: FSV Frankfurt | Eintracht Frankfurt
ger: RB Leipzig | 1. FC Lok Leipzig
ger: VfB Oldenburg | VfL Oldenburg
ger: TSV 1860 München | FC Bayern München
ger: Borussia Dortmund | Borussia Dortmund II
ger: Eintracht Braunschweig | Eintracht Frankfurt
ukr: Dnipro Dnipropetrovsk | SK Dnipro-1
ukr: Metalist Kharkov | Metalist 1925 Kharkiv
lva: FK Riga | Riga FC
lva: FK Liepajas Metalurgs | FK Liepāja
ltu: FK Siauliai | FA Šiauliai
esp: FC Barcelona | FC Barcelona B
esp: Athletic Club | Athletic Club B
ned: AFC Ajax | Jong Ajax
por: Os Belenenses | B-SAD
por: CD Aves | AVS
rou: CS Universitatea Craiova | FC Universitatea Craiova
rus: FK Rostov | FK SKa Rostov
svk: 1 FC Kosice | FC Košice
hun: FC Sopron | SC Sopron
isl: HK Kópavogur | KF Kópavogur
tur: Malatyaspor | Yeni Malatyaspor
tur: Gaziantepspor | Gaziantep FK
kaz: FC Astana | FC Zhenis Astana
blr: Dinamo Minsk | Dinamo 93 Minsk
mda: FC Tiraspol | Tiligul Tiraspol
"""


def cases(text: str) -> list[tuple[str, tuple[str, ...]]]:
    lines = [line.partition(": ") for line in text.strip().splitlines()]
    return [(country, tuple(names.split(" | "))) for country, _, names in lines]


@pytest.fixture(scope="module")
def club_of() -> Mapping[tuple[str, str], str]:
    """What each spelling of the mirror is, without merging its matches."""
    assert MIRROR is not None
    root = Path(MIRROR)
    texts = [file for file in football_txt.finds(root / "openfootball") if "." not in file.stem]
    tables = [
        football_txt.read_files(texts).matches,
        schochastics.read_files(schochastics.finds(root / "schochastics" / "results")).matches,
    ]
    spellings: set[tuple[str, str]] = set()
    meetings: set[tuple[str, str, str, str]] = set()
    for table in tables:
        sides = [table[name].to_pylist() for name in ("home_country", "home", "away_country", "away")]
        for match in zip(*sides, strict=True):
            spellings |= {match[:2], match[2:]}
            meetings.add(match)
    lists = [
        alias for file in clubs_txt.finds(root / "openfootball_clubs") for alias in clubs_txt.read_file(file)
    ]
    aliases = {(alias.country, alias.name, alias.alias) for alias in lists}
    return resolve([Spelling(c, n, "mirror", 1) for c, n in spellings if c], aliases, meetings).club_of


def test_enough_pairs() -> None:
    assert sum(len(names) > 1 for _, names in cases(ONE)) >= 40
    assert len(cases(TWO)) >= 25


@pytest.mark.parametrize(("country", "names"), cases(ONE))
def test_one_club(club_of: Mapping[tuple[str, str], str], country: str, names: tuple[str, ...]) -> None:
    assert len({club_of[(country, name)] for name in names}) == 1


@pytest.mark.parametrize(("country", "names"), cases(TWO))
def test_two_clubs(club_of: Mapping[tuple[str, str], str], country: str, names: tuple[str, ...]) -> None:
    assert len({club_of[(country, name)] for name in names}) == len(names)


def test_clubs_filed_under_a_neighbour(club_of: Mapping[tuple[str, str], str]) -> None:
    for neighbour, home, name, full in (
        ("wal", "eng", "Cardiff City", "Cardiff City FC"),
        ("wal", "eng", "Newport County", "Newport County"),
        ("nir", "irl", "Derry City", "Derry City"),
        ("sui", "lie", "FC Vaduz", "FC Vaduz"),
    ):
        assert club_of[(neighbour, name)] == club_of[(home, full)]
