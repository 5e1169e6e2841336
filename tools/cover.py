"""Draws src/castabout/web/static/cover.png, the picture of our own feeds, from the icon.

    python -m tools.cover

Podcast programs want a square PNG of 1,400 to 3,000 pixels without transparent corners. Needs a Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[1] / "src" / "castabout" / "web" / "static"
SIZE = 1_400


def main() -> int:
    """Draw it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    icon = (STATIC / "favicon.svg").read_text().replace('rx="8"', 'rx="0"')
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": SIZE, "height": SIZE})
        page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:100vw}}</style>{icon}")
        page.screenshot(path=STATIC / "cover.png")
        browser.close()
    sys.stdout.write(f"{STATIC / 'cover.png'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
