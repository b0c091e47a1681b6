"""Small files of every known kind, as their sources write them, for tests of the import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PREMIER_LEAGUE = """\
= English Premier League 2023/24

# Matches    6

» Matchday 1
  Fri Aug 11 2023
    20:00  Burnley FC               v Manchester City FC       0-3 (0-2)
  Sat Aug 12
    15:00  Liverpool FC             v Burnley FC               2-0 (1-0)
  Sun Aug 20
    15:00  Manchester City FC       v Liverpool FC             1-1 (0-0)
  Sat Sep 2
    15:00  Manchester City FC       v Burnley FC               3-1 (1-1)
  Sat Sep 9
    15:00  Burnley FC               v Liverpool FC             0-2 (0-1)
  Sun Sep 17
    16:30  Liverpool FC             v Manchester City FC       1-1 (0-1)
"""
"""A double round robin of three clubs, whole."""

EUROPA_LEAGUE = """\
= UEFA Europa League 2023/24

» Finals, Quarter-finals
  Thu Apr 11 2024
    21.00  Liverpool FC (ENG)  v Atalanta (ITA)  0-3 (0-1)
           AC Milan (ITA) v AS Roma (ITA)  0-1 (0-1)
  Thu Apr 18
    21.00  Atalanta (ITA)  v Liverpool FC (ENG)  0-1 (0-1)
           AS Roma (ITA) v AC Milan (ITA)  2-1 (2-0)
"""

UEFA_CL = (
    "home,away,date,gh,ga,full_time,competition,home_ident,away_ident,home_country,away_country,"
    """home_code,away_code,home_continent,away_continent,continent,level
Liverpool FC,AS Roma,1984-05-30,1,1,P,UEFA CL,,,england,italy,GB-ENG,IT,Europe,Europe,Europe,international
Hamburger SV,Juventus,1983-05-25,1,0,F,UEFA CL,,,germany,italy,DE,IT,Europe,Europe,Europe,international
Liverpool FC,Dundalk FC,1982-09-28,1,0,F,UEFA CL,,,england,ireland-republic,GB-ENG,IE,Europe,Europe,Europe,international
Dundalk FC,Liverpool FC,1982-09-14,1,4,F,UEFA CL,,,ireland-republic,england,IE,GB-ENG,Europe,Europe,Europe,international
"""
)

CLUBS = """\
= England

Liverpool FC, 1892, @ Anfield, Liverpool   ## North West
  | Liverpool | FC Liverpool | LFC
Burnley FC, 1882
  | The Burnley Football Club
"""

FILES: Mapping[str, str] = {
    "england/2023-24/1-premierleague.txt": PREMIER_LEAGUE,
    "champions-league/2023-24/el.txt": EUROPA_LEAGUE,
    "results/uefa-cl.csv": UEFA_CL,
    "england/eng.clubs.txt": CLUBS,
}


def write_files(folder: Path, files: Mapping[str, str] = FILES) -> list[Path]:
    """Write `files`, text by path below `folder`; returns the paths."""
    paths = []
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
