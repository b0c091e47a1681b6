"""Make docs/preview.png: the upper part of the example's HTML page, as Chromium shows it on a desktop.

python scripts/picture.py [--page FILE] [--width 1120] [--height 1320] [--to docs/preview.png]

Without --page the example of `make preview` is written first. Chromium is looked for on the path.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def main() -> int:
    """Take the picture; 2 if there is no browser to take it with."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--page", type=Path, help="an HTML page; without it, the example's")
    parser.add_argument("--width", type=int, default=1120, help="pixels")
    parser.add_argument("--height", type=int, default=1320, help="pixels")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "preview.png", help="the picture")
    options = parser.parse_args()
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        print(f"none of {', '.join(NAMES)} is on the path. Install Chromium.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        page = options.page or _example(Path(folder) / "page.html")
        subprocess.run(
            [
                browser,
                *FLAGS,
                f"--user-data-dir={folder}/profile",
                f"--window-size={options.width},{options.height}",
                f"--screenshot={options.to.resolve()}",
                page.resolve().as_uri(),
            ],
            check=True,
            stderr=subprocess.DEVNULL,
        )
    print(f"{options.to}: {options.to.stat().st_size / 1000:.0f} kB")
    return 0


def _example(path: Path) -> Path:
    from secondleg.archive.starter import load
    from secondleg.desk.preview import preview
    from secondleg.desk.render import to_html

    with load() as archive:
        view = archive.view(dt.date(2024, 4, 17))
        document = preview(view, "Atalanta", "Liverpool", dt.date(2024, 4, 18))
        path.write_text(to_html(document), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
