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
from collections import Counter
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
    counts: Counter[str] = Counter()
    failed: list[dict[str, str]] = []
    competitions, years = set(), set()
    with Archive.open(chosen.archive) as archive:
        for day, home, away, code in fixtures(archive, chosen.fixtures, chosen.seed):
            try:
                document: dict[str, Any] = preview(archive.view(day), home, away, day)
            except SecondlegError as error:
                counts["not previewed"] += 1
                print(f"{day} {home} {away}: {error}", file=sys.stderr)
                continue
            counts["previews"] += 1
            competitions.add(code)
            years.add(day.year)
            counts["sentences"] += sum(len(section["sentences"]) for section in document["sections"])
            bad = [entry for entry in document["untold"] if entry["why"].startswith("read back, ")]
            failed += [{"fixture": f"{day} {home} {away}", **entry} for entry in bad]
    for entry in failed:
        print(f"{entry['fixture']}: {entry['text']}\n    {entry['why']}")
    seconds = time.perf_counter() - start
    print(
        f"{counts['previews']} previews of {len(competitions)} competitions and {len(years)} years"
        f" ({counts['not previewed']} fixtures could not be previewed): {counts['sentences']} sentences read back, "
        f"{len(failed)} not; {seconds:.0f} s"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
