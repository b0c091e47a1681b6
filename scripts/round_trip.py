"""Writes the previews of many fixtures and reads every sentence back.

    python scripts/round_trip.py --archive FILE [--fixtures 200] [--seed 1]

The fixtures are matches of the archive, as known on the morning of their day, spread over competitions and years: of
each competition that the archive holds (leagues, cups and European ones in turn) a match of a year drawn by chance.
Prints how many previews and sentences there are, how many sentences read as the question and the value that they were
written from, and each that does not; leaves with 1 if there is one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from secondleg.archive.archive import Archive
from secondleg.desk.preview import preview
from secondleg.errors import SecondlegError

KINDS = ("uefa", "cup", "league")
FIRST_YEAR = 1960
"""Before it the models have few matches to be fitted to."""
_COMPETITIONS = """
SELECT competition, CASE WHEN competition LIKE 'uefa.%' THEN 'uefa' WHEN kind = 'league' THEN 'league' ELSE 'cup' END
       AS what, count(*) AS n
FROM result JOIN competition c ON c.code = result.competition
WHERE date >= $first GROUP BY ALL HAVING count(*) > 100 ORDER BY competition
"""
_MATCHES = """
SELECT date, home, away FROM result
WHERE competition = $competition AND date BETWEEN $first AND $last ORDER BY date, home LIMIT 400
"""


def fixtures(archive: Archive, many: int, seed: int) -> list[tuple[dt.date, str, str, str]]:
    """(day, home, away, competition) of fixtures over many competitions and years."""
    chance = random.Random(seed)
    view = archive.view(dt.date(2100, 1, 1))
    rows = view.rows(_COMPETITIONS, first=dt.date(FIRST_YEAR, 1, 1))
    codes = {kind: [row["competition"] for row in rows if row["what"] == kind] for kind in KINDS}
    found: dict[tuple[dt.date, str, str, str], None] = {}
    tries = 0
    while len(found) < many and tries < 20 * many:
        kind = KINDS[tries % len(KINDS)]
        tries += 1
        if not codes[kind]:
            continue
        code = chance.choice(codes[kind])
        first = dt.date(chance.randint(FIRST_YEAR, 2025), chance.randint(1, 12), 1)
        last = first + dt.timedelta(days=60)
        matches = view.rows(_MATCHES, competition=code, first=first, last=last)
        if matches:
            row = chance.choice(matches)
            found[row["date"], row["home"], row["away"], code] = None
    return list(found)


@dataclass
class Checked:
    """What came of reading the previews of many fixtures back."""

    previews: int = 0
    sentences: int = 0
    competitions: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    """Sentences that do not read as what they were written from, with their fixture and why."""
    not_previewed: list[str] = field(default_factory=list)


def check(archive: Archive, many: int, seed: int) -> Checked:
    """Write and read back the previews of `many` fixtures."""
    found = Checked()
    for day, home, away, code in fixtures(archive, many, seed):
        try:
            document: dict[str, Any] = preview(archive.view(day), home, away, day)
        except SecondlegError as error:
            found.not_previewed.append(f"{day} {home} {away}: {error}")
            continue
        found.previews += 1
        found.competitions.add(code)
        found.years.add(day.year)
        found.sentences += sum(len(section["sentences"]) for section in document["sections"])
        for entry in document["untold"]:
            if entry["why"].startswith("read back, "):
                found.failed.append(f"{day} {home} {away}: {entry['text']}\n    {entry['why']}")
    return found


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", required=True, type=Path)
    parser.add_argument("--fixtures", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    start = time.perf_counter()
    with Archive.open(chosen.archive) as archive:
        found = check(archive, chosen.fixtures, chosen.seed)
    print(*found.not_previewed, sep="\n", file=sys.stderr)
    print(*found.failed, sep="\n")
    seconds = time.perf_counter() - start
    print(
        f"{found.previews} previews of {len(found.competitions)} competitions and {len(found.years)} years"
        f" ({len(found.not_previewed)} fixtures could not be previewed): {found.sentences} sentences read back, "
        f"{len(found.failed)} not; {seconds:.0f} s"
    )
    return 1 if found.failed else 0


if __name__ == "__main__":
    sys.exit(main())
