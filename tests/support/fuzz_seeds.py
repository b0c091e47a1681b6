# ruff: noqa: E501  (rows as the sources have them)
"""Short files in each form that a reader knows, written by hand: what the fuzz runs damage."""

from __future__ import annotations

from typing import Final

from support.small_files import EUROPA_LEAGUE, PREMIER_LEAGUE, UEFA_CL

__all__ = [
    "CLUB_LISTS",
    "COUNTRY_FILES",
    "ENGLISH_LEAGUE_FILES",
    "FOOTBALL_DATA",
    "FOOTBALL_TXT",
    "GOALS",
    "GOAL_FILES",
    "LEAGUE_ROWS",
    "OLD_CUPS",
    "REEP",
    "RESULTS",
    "RESULT_FILES",
]

_CUP: Final = """\
= Coppa Italia 2020/21

# Date       Tue Sep 22 2020 - Wed May 19 2021 (239d)
# Matches    6

▪ Round 1
Tue Sep 22
  20:30  Ternana Calcio           1-2 (0-2)  UC AlbinoLeffe
  16:00  Carpi FC                 1-3 a.e.t. (1-1, 0-1)  Casarano
         Novara Calcio            3-1 (2-1)  Gelbison
Wed Sep 23
  17:00  US Pontedera             2-4 pen. 1-1 a.e.t. (1-1, 0-1)  US Arezzo

▪ Final
Wed May 19
  21:00  Atalanta BC              1-2 (1-1)  Juventus FC
         Inter                    0-3 [awarded]  Roma     @ Reggio Emilia
"""
_AUSTRIA: Final = """\
= Österr. Bundesliga 2023/24

Matchday 1
[Fri Jul/28]
  SK Sturm Graz  3-0 (1-0)  Austria Wien
    (Prass 12', Kiteishvili 60', Włodarczyk 88')
[Sat Jul/29]
  Rapid Wien     1-1  LASK     [abandoned]
  WSG Tirol      -    Wolfsberger AC
  A. Lustenau    v SCR Altach   [postponed]

<!-- the last of the day -->
Group A | Salzburg  Rapid
1. Salzburg  22  14 5 3  45-19  47
TBD v TBD
"""
_NORWAY: Final = """\
= Norway | Eliteserien 2023

» Matchday 1
  Mon Apr 10 2023
    17.00  Bodø/Glimt               v Sandefjord               3-1 (2-0)
    18.00  Brann                    v Haugesund                1-0 (0-0)
  Sun Apr 16
           Haugesund v Bodø/Glimt  0-2
"""
FOOTBALL_TXT: Final = (
    ("england", "2023-24/1-premierleague.txt", PREMIER_LEAGUE),
    ("champions-league", "2023-24/el.txt", EUROPA_LEAGUE),
    ("italy", "2020-21/cup.txt", _CUP),
    ("austria", "2023-24/1-bundesliga.txt", _AUSTRIA),
    ("europe", "norway/2023_no1.txt", _NORWAY),
)
"""Repository, file below it, and text."""

CLUB_LISTS: Final = (
    (
        "england",
        """\
= England

Liverpool FC, 1892, @ Anfield, Liverpool   ## North West
  | Liverpool | FC Liverpool | LFC
Burnley FC, 1882
  | The Burnley Football Club
Wimbledon FC (1889-2004)
  | Wimbledon [en] | The Dons
""",
    ),
    (
        "belgium",
        """\
# a list with reserves and years
Beerschot VAC (1899-1999)
  | K. Beerschot V.A.C. | Beerschot
  | Beerschot VAV
Club Brugge KV, 1891, Brugge
  | Club Brugge | FC Brügge [de] | Brugge
ii) Club NXT
  | Club Brugge II
""",
    ),
)
"""Country's folder, and text."""

_LEAGUE: Final = (
    UEFA_CL.splitlines()[0]
    + """
Burnley FC,Liverpool FC,2016-08-20,2,0,F,england,,,england,england,GB-ENG,GB-ENG,Europe,Europe,Europe,national
Arsenal FC,Liverpool FC,2016-08-14,3,4,F,england,,,england,england,GB-ENG,GB-ENG,Europe,Europe,Europe,national
Swansea City,Hull City,2016-08-20,0,2,FALSE,england,,,wales,england,GB-WLS,GB-ENG,Europe,Europe,Europe,national
Liverpool FC,Burnley FC,2017-03-12,2,1,E,england,,,england,england,GB-ENG,GB-ENG,Europe,Europe,Europe,national
Hull City,Swansea City,2017-03-11,2,1,P,england,,,england,wales,GB-ENG,GB-WLS,Europe,Europe,Europe,national
"""
)
_NARROW: Final = """\
"home","away","date","gh","ga","full_time","home_country","away_country"
"River Plate","Boca Juniors","2018-12-09",3,1,"E","argentina","argentina"
"Boca Juniors","River Plate","2018-11-11",2,2,"F","argentina","argentina"
"Nacional","Peñarol","1966-05-20","3","2","F","uruguay","uruguay"
"""
RESULTS: Final = (UEFA_CL, _LEAGUE, _NARROW)
RESULT_FILES: Final = (
    "uefa-cl.csv", "uefa-el.csv", "uefa-cw.csv", "uefa-itc.csv", "uefa-sc.csv", "copa-lib.csv", "fifa-wc.csv",
    "afc-cl.csv", "ddr.csv", "england.csv", "spain.csv", "italy.csv", "germany.csv", "france.csv", "scotland.csv",
    "belgium.csv", "norway.csv", "sweden.csv", "brazil.csv", "argentina.csv", "uruguay.csv", "japan.csv", "china.csv",
    "switzerland.csv", "austria.csv", "portugal.csv", "greece.csv", "turkey.csv", "poland.csv", "wales.csv",
    "iceland.csv", "malta.csv", "cyprus.csv", "hungary.csv", "romania.csv", "bulgaria.csv", "denmark.csv",
    "finland.csv", "chile.csv", "mexico.csv",
)  # fmt: skip
"""Names of result files: those of cups, and of leagues."""

_GOALS_HEAD: Final = "scoring_player,scoring_team,time,GH,GA,game,date,season\n"
GOALS: Final = (
    _GOALS_HEAD
    + """\
Gary Lineker,Tottenham Hotspur,2,1,0,Tottenham Hotspur vs. Manchester City 3:1,1990-08-25,1990-1991
Niall Quinn,Manchester City,6,1,1,Tottenham Hotspur vs. Manchester City 3:1,1990-08-25,1990-1991
Gary Lineker,Tottenham Hotspur,55,2,1,Tottenham Hotspur vs. Manchester City 3:1,1990-08-25,1990-1991
Paul Gascoigne,Tottenham Hotspur,90+2,3,1,Tottenham Hotspur vs. Manchester City 3:1,1990-08-25,1990-1991
Daniele Dessena,Parma FC,79,0,1,Rubin Kazan vs. Parma FC 0:1,2006-09-14,2006-2007
NA,Rubin Kazan,0,1,0,Rubin Kazan vs. Hapoel Tel Aviv 2:0 Wert.,2006-10-14,NA
""",
    _GOALS_HEAD
    + """\
Leroy Sané,FC Schalke 04,10,1,0,FC Schalke 04 vs. 1. FC Köln 2:1 n.V.,2015-10-28,2015-2016
Simon Zoller,1. FC Köln,33,1,1,FC Schalke 04 vs. 1. FC Köln 2:1 n.V.,2015-10-28,2015-2016
Max Meyer,FC Schalke 04,105,2,1,FC Schalke 04 vs. 1. FC Köln 2:1 n.V.,2015-10-28,2015-2016
Jan Schlaudraff,Hannover 96,44,1,0,"Hannover 96 vs. Dynamo Dresden 5:4 i.E.",2012-10-31,2012-2013
Robert Koch,Dynamo Dresden,60,1,1,"Hannover 96 vs. Dynamo Dresden 5:4 i.E.",2012-10-31,2012-2013
""",
    _GOALS_HEAD
    + """\
Luboš Pecka,FK Mladá Boleslav,34,1,1,"FK Mladá Boleslav vs. Olympique Marseille 4:2 \t
\t\t(Hinspiel 0:1)",2006-09-28,2006-2007
Toifilou Maoulida,Olympique Marseille,14,0,1,"FK Mladá Boleslav vs. Olympique Marseille 4:2 \t
\t\t(Hinspiel 0:1)",2006-09-28,2006-2007
""",
)
GOAL_FILES: Final = (
    "aut-bundesliga.csv", "bel-pro-league.csv", "champions-league.csv", "cze-1-fotbalova-liga.csv", "dfb-pokal.csv",
    "eng-fa-cup.csv", "eng-league-cup.csv", "eng-premier-league.csv", "esp-copa-del-rey.csv",
    "esp-primera-division.csv", "europa-league.csv", "fra-coupe-de-france.csv", "fra-ligue-1.csv",
    "gre-super-league.csv", "ita-serie-a.csv", "ned-eredivisie.csv", "nor-eliteserien.csv", "pol-ekstraklasa.csv",
    "sco-premiership.csv", "sui-super-league.csv", "tur-sueperlig.csv",
)  # fmt: skip

LEAGUE_ROWS: Final = (
    """\
"Date","Season","home","visitor","FT","hgoal","vgoal","division","tier","totgoal","goaldif","result"
"1931-08-29",1931,"Wigan Borough","Rochdale","3-0",3,0,"3N",3,3,3,"H"
"1957-08-24",1957,"Millwall","Brighton & Hove Albion","2-2",2,2,"3S",3,4,0,"D"
"1988-12-26",1988,"Norwich City","West Ham United","2-1",2,1,"1",1,3,1,"H"
"1988-12-26",1988,"Charlton Athletic","Arsenal","2-3",2,3,"1",1,5,-1,"A"
""",
    """\
"Date","Season","home","visitor","HT","FT","hgoal","vgoal","tier","round","group","notes"
"1929-02-10",1928,"Arenas","Atletico","0-2","2-3",2,3,1,"league",NA,NA
"1987-05-03",1986,"Barcelona","Real Madrid",NA,"2-1",2,1,1,"phase2","A",NA
"1980-03-30",1979,"Malaga","Almeria","0-0","0-1",0,1,1,"league",NA,"1-0 win awarded to Almeria"
""",
    """\
Date,Season,home,visitor,FT,hgoal,vgoal,tier
05/08/2022,2022,Ajax,FC Twente,2-1,2,1,1
14/08/2022,2022,Feyenoord,PSV,2-2,2.0,2.0,1
2022-08-20,2022,Go Ahead Eagles,AZ,NA-NA,NA,NA,1
""",
)
ENGLISH_LEAGUE_FILES: Final = (
    "belgium", "england", "england5", "france", "germany", "greece", "holland", "italy", "portugal", "scotland",
    "spain", "turkey",
)  # fmt: skip

OLD_CUPS: Final = {
    "facup": """\
"Date","Season","home","visitor","FT","hgoal","vgoal","round","tie","aet","pen","pens","hp","vp","Venue","attendance","nonmatch","notes","neutral"
1871-11-11,1871,"Barnes","Civil Service","2-0",2,0,"1","initial",NA,NA,NA,NA,NA,NA,"1,200",NA,NA,NA
1970-04-29,1969,"Chelsea","Leeds United","2-1",2,1,"f","replay","yes",NA,NA,NA,NA,"Old Trafford","62,078",NA,NA,"yes"
2005-05-21,2004,"Arsenal","Manchester United","0-0",0,0,"f","initial","yes","yes","5-4",5,4,"Millennium Stadium",71876,NA,NA,"yes"
2005-04-16,2004,"Arsenal","Blackburn Rovers","3-0",3,0,"s","initial",NA,NA,NA,NA,NA,NA,NA,NA,NA,"yes"
NA,1871,"Wanderers","Harrow Chequers",NA,NA,NA,"1","initial",NA,NA,NA,NA,NA,NA,NA,"walkover",NA,NA
1999-02-13,1998,"Arsenal","Sheffield United","2-1",2,1,"5","initial",NA,NA,NA,NA,NA,NA,NA,"void match",NA,NA
""",
    "leaguecup": """\
"Date","Season","home","visitor","FT","hgoal","vgoal","round","tie","leg","aet","pens","Venue","attendance","northsouth"
1960-10-19,1960,"Bolton Wanderers","Hull City","5-1",5,1,"1","replay1",0,NA,NA,NA,NA,NA
1961-03-22,1960,"Rotherham United","Shrewsbury Town","3-2",3,2,"semi","leg1",1,NA,NA,NA,13337,NA
1961-03-29,1960,"Shrewsbury Town","Rotherham United","1-1",1,1,"semi","leg2",2,NA,NA,NA,"1e+05",NA
1961-08-22,1960,"Rotherham United","Aston Villa","2-0",2,0,"final","leg1",1,NA,NA,NA,12226,NA
""",
    "champs": """\
"Date","Season","round","leg","home","visitor","FT","HT","aet","pens","hgoal","vgoal","FTagg_home","FTagg_visitor","aethgoal","aetvgoal","tothgoal","totvgoal","totagg_home","totagg_visitor","tiewinner","hcountry","vcountry"
1955-09-04,1955,"Round1","1","Sporting CP","Partizan Belgrade","3-3","1-1",NA,NA,3,3,5,8,NA,NA,3,3,5,8,"Partizan Belgrade","POR","SRB"
1984-05-30,1983,"final",NA,"AS Roma","Liverpool","1-1","1-1","1-1","2-4",1,1,1,1,1,1,1,1,1,1,"Liverpool","ITA","ENG"
1994-09-14,1994,"GroupA",NA,"Manchester United","IFK Goteborg","4-2","1-1",NA,NA,4,2,NA,NA,NA,NA,4,2,NA,NA,NA,"ENG","SWE"
1969-11-26,1969,"R16","2","Benfica","Celtic","3-0","2-0","3-0","coin toss",3,0,3,3,3,0,3,0,3,3,"Celtic","POR","SCO"
""",
}

FOOTBALL_DATA: Final = (
    ("9394", """\
Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,,
E0,14/08/93,Arsenal,Coventry,0,3,A,,
E0,14/08/93,Aston Villa,QPR,4,1,H,,
E0,07/05/94,Coventry,Arsenal,1,1,D,,
,,,,,,,,
"""),
    ("0001", """\
Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG,HTR,Attendance,Referee,HS,AS,HST,AST,HHW,AHW,HC,AC,HF,AF,HO,AO,HY,AY,HR,AR,GBH,GBD,GBA
E0,19/08/00,Charlton,Man City,4,0,H,2,0,H,20043,Rob Harris,17,8,14,4,2,1,6,6,13,12,8,6,1,2,0,0,2,3,3.2
E0,19/08/00,Chelsea,West Ham,4,2,H,1,0,H,34914,Graham Barber,17,12,10,5,1,0,7,7,19,14,2,3,1,2,0,0,1.47,3.4,5.2
E0,19/05/01,Man City,Chelsea,1,2,A,1,1,D,34479,Dermot Gallagher,5,9,3,6,0,0,6,2,10,11,1,4,0,0,0,0,,,
"""),
    ("1920", """\
\ufeffDiv,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG,HTR,HS,AS,B365H,B365D,B365A,PSH,PSD,PSA,B365>2.5,B365<2.5,AHh,B365AHH,B365AHA,PSCH,PSCD,PSCA,AHCh,PCAHH,PCAHA
E0,09/08/2019,20:00,Liverpool,Norwich,4,1,H,4,0,H,15,12,1.14,10,19,1.15,9.59,18.05,1.4,3,-2.25,1.96,1.94,1.14,10.43,19.63,-2.25,1.91,1.99
E0,10/08/2019,12:30,West Ham,Man City,0,5,A,0,1,A,5,14,12,6.5,1.22,11.68,6.53,1.26,1.44,2.75,1.75,1.95,1.95,11.11,6.68,1.27,1.75,1.95,1.97
E0,26/07/2020,16:00,Norwich,Liverpool,,,,,,,,,,,,,,,,,,,,,,,,,,
"""),
)  # fmt: skip
"""The season's folder and the text of a division's file, of three eras."""

REEP: Final = """\
reep_id,key_wikidata,name,country,founded,stadium,key_transfermarkt,key_clubelo
reep_t1,Q1,1. FC Köln,Germany,1948-02-13,RheinEnergieStadion,3,Koeln
reep_t2,Q2,Celtic F.C.,United Kingdom,1887-11-06,Celtic Park,371,
reep_t3,Q3,Arsenal W.F.C.,United Kingdom,,,1,
reep_t5,Q5,Rovers,Ireland,,,4,
reep_t6,Q6,Rovers,Ireland,,,5,
reep_t7,Q7,Somewhere FC,Atlantis,,"The Park, Nowhere",6,
reep_t8,Q8,Nowhere FC,,,,7,
reep_t9,Q9,BFC Dynamo,German Democratic Republic,,,,
"""

COUNTRY_FILES: Final = (
    ("ARG", """\
Country,League,Season,Date,Time,Home,Away,HG,AG,Res,PSCH,PSCD,PSCA,MaxCH,MaxCD,MaxCA,AvgCH,AvgCD,AvgCA
Argentina,Superliga,2012/2013,03/08/2012,23:00,Arsenal Sarandi,Union de Santa Fe,1,0,H,1.9,3.39,5.03,1.9,3.5,5.03,1.76,3.3,4.68
Argentina,Copa de la Liga,2020,30/10/2020,22:00,Talleres Cordoba,Newells Old Boys,3,1,H,2.06,3.2,4.2,2.1,3.3,4.25,2,3.1,4
"""),
    ("NOR", """\
Country,League,Season,Date,Time,Home,Away,HG,AG,Res,PH,PD,PA,MaxH,MaxD,MaxA,AvgH,AvgD,AvgA
Norway,Eliteserien,2012,23/03/2012,18:00,Molde,Stromsgodset,2,1,H,1.9,3.5,4.6,1.95,3.6,5,1.8,3.4,4.4
Norway,Eliteserien,2012,25/03/2012,17:00,Brann,Rosenborg,1,4,A,2.5,3.4,3,2.6,3.5,3.1,2.4,3.3,2.8
"""),
)  # fmt: skip
"""A country's file of all its seasons, and its name."""
