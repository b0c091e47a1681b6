"""How many sentences of a file of claims get a reading.

    python scripts/read_claims.py CLAIMS.jsonl --archive FILE [--missing]

CLAIMS.jsonl has one JSON object a line with `sentence`, `type`, `needs` ("results" where results decide it) and `date`.
A sentence is read where at least half of its words are explained by one reading; the table gives, by type, how many
have a reading at all, how many one of half of the words, and how many one of all. Nothing says here whether the reading
is the right one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import defaultdict
from pathlib import Path

from secondleg.archive.archive import Archive
from secondleg.desk import pieces
from secondleg.language.names import ArchiveNames
from secondleg.language.reading import read
from secondleg.language.scoping import About

HALF, WHOLE = 0.5, 0.95


def main() -> None:
    """Read the file and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("claims", type=Path)
    parser.add_argument("--archive", required=True, type=Path)
    parser.add_argument("--missing", action="store_true", help="list the sentences without a reading of half")
    chosen = parser.parse_args()
    rows = [json.loads(line) for line in chosen.claims.read_text("utf-8").splitlines() if line.strip()]
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    missing: list[str] = []
    with Archive.open(chosen.archive) as archive:
        view = archive.view(dt.date(2100, 1, 1))
        lexicon = pieces.lexicon(view)
        names = ArchiveNames(view=view, lexicon=lexicon)
        for row in rows:
            if row.get("needs") != "results":
                continue
            about = About(dt.date.fromisoformat(row["date"]), calendar=lexicon.calendar)
            best = max((reading.confidence for reading in read(row["sentence"], names, about)), default=0.0)
            for name in (row["type"], "all"):
                counts = table[name]
                counts[0] += 1
                counts[1] += best > 0
                counts[2] += best >= HALF
                counts[3] += best >= WHOLE
            if best < HALF:
                missing.append(f"{row['type']}: {row['sentence']}")
    print(f"{'type':24} {'sentences':>9} {'a reading':>9} {'of half':>9} {'of all':>9}")
    for name in sorted(table, key=lambda key: (key == "all", key)):
        print(f"{name:24} {table[name][0]:9} {table[name][1]:9} {table[name][2]:9} {table[name][3]:9}")
    if chosen.missing:
        print("\n".join(missing))


if __name__ == "__main__":
    main()
