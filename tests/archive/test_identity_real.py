"""Real spellings of all sources: what must be one club and what must be two, decided from football."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from secondleg.archive.linking import identify
from secondleg.archive.schema import SCHEMA
from secondleg.sources.catalogue import CATALOGUE, reader

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
eng: Manchester City FC | Man City | manchester-city
eng: Nottingham Forest FC | Nott'm Forest | Nottingham Forest
eng: Sheffield Wednesday | Sheffield Weds
eng: Queens Park Rangers FC | QPR
eng: Wolverhampton Wanderers FC | Wolves
ger: Borussia Mönchengladbach | M'gladbach | Bor. Monchengladbach
ger: Eintracht Frankfurt | Ein Frankfurt
ger: 1. FC Köln | FC Koln | 1. FC Koln
ger: RB Leipzig | RasenBallsport Leipzig
ger: 1. FC Lok Leipzig | VfB Leipzig
esp: Club Atlético de Madrid | Ath Madrid
esp: Athletic Club | Ath Bilbao
esp: RCD Espanyol de Barcelona | Espanol
esp: Rayo Vallecano | Vallecano
ita: FC Internazionale Milano | Internazionale
ita: Parma Calcio 1913 | Parma AC | ssd-parma-calcio
fra: Paris Saint-Germain FC | Paris SG
fra: Stade Brestois 29 | Brest Armorique FC | Stade Brest
fra: RC Strasbourg | racing-strassburg
ned: PSV | PSV Eindhoven
ned: Feyenoord | Feijenoord
por: Sporting Clube de Portugal | Sp Lisbon
por: Sporting Clube de Braga | Sp Braga
tur: Beşiktaş | Besiktas
tur: Fenerbahçe | Fenerbahce
sco: Heart of Midlothian | Hearts
bel: Standard Liège | Standard
bel: RSC Anderlecht | Anderlecht
gre: PAE Olympiakos SFP | Olympiakos
rou: CS Universitatea Craiova | Univ. Craiova
bra: Atletico Paranaense | Athletico-PR
arg: Argentinos Juniors | Argentinos Jrs
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
por: CD Aves | AVS
rou: CS Universitatea Craiova | U Craiova 1948
rus: FK Rostov | FK SKa Rostov
svk: 1 FC Kosice | FC Košice
hun: FC Sopron | SC Sopron
isl: HK Kópavogur | KF Kópavogur
tur: Malatyaspor | Yeni Malatyaspor
tur: Gaziantepspor | Gaziantep FK
kaz: FC Astana | FC Zhenis Astana
blr: Dinamo Minsk | Dinamo 93 Minsk
mda: FC Tiraspol | Tiligul Tiraspol
bel: KSV Waregem | SV Zulte Waregem
bel: Germinal Ekeren | Beerschot AC
eng: Accrington F.C. | Accrington Stanley
eng: Hereford United | Hereford FC
esp: CD Logrones | UD Logroñés
esp: Granada CF | Granada 74
ger: Ein Frankfurt | Frankfurt FSV
swe: AFC Eskilstuna | Ifk Eskilstuna
svn: Nd Gorica | NK Ivancna Gorica
bra: Atletico-MG | Athletico-PR
"""
# a name that the sources give to two clubs in turn
IN_TURN = """
eng: Chester: 2005 eng/chester-city, 2015 eng/chester
ger: Leipzig: 1995 ger/lokomotive-leipzig, 2024 ger/rb-leipzig
bel: Mouscron: 2005 bel/excelsior-mouscron, 2018 bel/royal-excel-mouscron
por: Os Belenenses: 2010 por/belenenses, 2018 por/b-sad, 2023 por/belenenses
por: Belenenses: 2010 por/belenenses, 2019 por/b-sad
"""


def cases(text: str) -> list[tuple[str, tuple[str, ...]]]:
    lines = [line.partition(": ") for line in text.strip().splitlines()]
    return [(country, tuple(names.split(" | "))) for country, _, names in lines]


Links = Mapping[tuple[str, str], set[tuple[int, int, str]]]


@pytest.fixture(scope="module")
def links() -> Links:
    """First season, last season and club of each (country, spelling), in any source, without merging matches."""
    assert MIRROR is not None
    found: defaultdict[tuple[str, str], set[tuple[int, int, str]]] = defaultdict(set)
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        for entry in CATALOGUE:
            module = reader(entry)
            table = module.read_files(module.finds(Path(MIRROR)))
            for name, rows in (("source_match", table.matches), ("source_alias", table.aliases)):
                if rows is not None:
                    connection.register("incoming", rows)
                    connection.execute(f"INSERT INTO store.{name} BY NAME SELECT * FROM incoming")
                    connection.unregister("incoming")
        identify(connection)
        rows = connection.execute(
            "SELECT country, name, first_season, last_season, club FROM spelling"
        ).fetchall()
        for country, spelling, first, last, club in rows:
            found[country, spelling].add((first, last, club))
        # hardly anything that another source could confirm is not confirmed
        ((shared, compared),) = connection.execute(
            "SELECT sum(shared), sum(compared) FROM store.link"
        ).fetchall()
        assert shared / compared > 0.998
    return found


def clubs(links: Links, country: str, name: str) -> set[str]:
    found = {club for _, _, club in links[country, name]}
    assert found, f"no source calls a club {name!r}"
    return found


def test_enough_pairs() -> None:
    assert sum(len(names) > 1 for _, names in cases(ONE)) >= 80
    assert len(cases(TWO)) >= 40


@pytest.mark.parametrize(("country", "names"), cases(ONE))
def test_one_club(links: Links, country: str, names: tuple[str, ...]) -> None:
    assert len(set.union(*(clubs(links, country, name) for name in names))) == 1


@pytest.mark.parametrize(("country", "names"), cases(TWO))
def test_two_clubs(links: Links, country: str, names: tuple[str, ...]) -> None:
    found = [clubs(links, country, name) for name in names]
    for n, one in enumerate(found):
        assert all(one.isdisjoint(other) for other in found[:n])


@pytest.mark.parametrize("line", IN_TURN.strip().splitlines())
def test_two_clubs_in_turn(links: Links, line: str) -> None:
    country, name, turns = line.split(": ")
    for turn in turns.split(", "):
        season, club = turn.split()
        found = {c for first, last, c in links[country, name] if first <= int(season) <= last}
        assert found == {club}


def test_clubs_filed_under_a_neighbour(links: Links) -> None:
    for neighbour, home, name, full in (
        ("wal", "eng", "Cardiff City", "Cardiff City FC"),
        ("wal", "eng", "Newport County", "Newport County"),
        ("nir", "irl", "Derry City", "Derry City"),
        ("sui", "lie", "FC Vaduz", "FC Vaduz"),
    ):
        assert clubs(links, neighbour, name) == clubs(links, home, full)
