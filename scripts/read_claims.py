"""How many sentences of a file of claims get a reading.

    python scripts/read_claims.py CLAIMS.jsonl --archive FILE [--missing]

CLAIMS.jsonl has one JSON object a line with `sentence`, `type`, and `date` or `as_of`; of those with `needs` only the
ones of "results". A sentence is read where at least half of its words are explained by one reading; the table gives, by
type, how many have a reading at all, how many one of half of the words, and how many one of all.

Where the file has a `verdict`, a sentence that is read whole is answered as of its day, and what it states is held
against the answer: it should hold where the claim is supported, and not where it is contradicted.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.desk import pieces
from secondleg.errors import BadInput
from secondleg.language.agreeing import agrees, likeliest
from secondleg.language.names import ArchiveNames
from secondleg.language.reading import Reading, read
from secondleg.language.scoping import About
from secondleg.records import answer

HALF, WHOLE = 0.5, 0.95
EXPECTED = {"supported": True, "contradicted": False}
"""Whether what is stated should hold, by verdict."""


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
    judged: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    missing: list[str] = []
    wrong: list[str] = []
    with Archive.open(chosen.archive) as archive:
        view = archive.view(dt.date(2100, 1, 1))
        lexicon = pieces.lexicon(view)
        names = ArchiveNames(view=view, lexicon=lexicon)
        for row in rows:
            if row.get("needs", "results") != "results":
                continue
            day = dt.date.fromisoformat(row.get("date") or row["as_of"])
            readings = read(row["sentence"], names, About(day, calendar=lexicon.calendar))
            best = max((reading.confidence for reading in readings), default=0.0)
            if best >= WHOLE and row.get("verdict") in EXPECTED:
                holds = any(_holds(archive.view(day), reading) for reading in likeliest(readings))
                agreeing = holds is EXPECTED[row["verdict"]]
                for name in (row["type"], "all"):
                    judged[name][0] += 1
                    judged[name][1] += agreeing
                if not agreeing:
                    said = "holds" if holds else "does not hold"
                    wrong.append(
                        f"{row['verdict']}, but {said}: {row['sentence']} | {readings[0].question.to_dict()}"
                    )
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
    if judged:
        print(f"\n{'type':24} {'read whole':>10} {'as the verdict':>15}")
        for name in sorted(judged, key=lambda key: (key == "all", key)):
            print(f"{name:24} {judged[name][0]:10} {judged[name][1]:15}")
        print("\n".join(wrong))
    if chosen.missing:
        print("\n".join(missing))


def _holds(view: View, reading: Reading) -> bool:
    """Whether what a reading states is so, in one of the scopes that may be meant."""
    for scope in (reading.question.scope, *reading.alternatives):
        try:
            found = answer(view, replace(reading.question, scope=scope))
        except BadInput:
            continue
        if reading.value and agrees(reading.value, found):
            return True
    return False


if __name__ == "__main__":
    main()
