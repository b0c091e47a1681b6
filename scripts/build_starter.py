"""Make the starter archive's tables from a full archive.

    secondleg data import --archive full.duckdb openfootball schochastics openfootball_clubs
    python scripts/build_starter.py full.duckdb

With --check, nothing is written: the script says whether the packaged tables are what the full archive gives.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import secondleg.archive
from secondleg.archive import starter
from secondleg.archive.archive import Archive

PACKAGED = Path(secondleg.archive.__file__).parent / "data" / "starter"


def main() -> int:
    """Run the script; 1 if --check finds a difference."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path, help="a full archive")
    parser.add_argument(
        "--check", action="store_true", help="compare with the packaged tables, write nothing"
    )
    arguments = parser.parse_args()
    with Archive.open(arguments.archive) as archive:
        if not arguments.check:
            for table, rows in starter.export(archive, PACKAGED).items():
                print(f"{table}.tsv: {rows} rows")
            return 0
        with tempfile.TemporaryDirectory() as folder:
            starter.export(archive, Path(folder))
            different = [
                table
                for table in starter.TABLES
                if (Path(folder) / f"{table}.tsv").read_bytes() != (PACKAGED / f"{table}.tsv").read_bytes()
            ]
    print(
        f"different: {', '.join(different)}"
        if different
        else "the packaged tables are what this archive gives"
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
