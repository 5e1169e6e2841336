"""Draws the pictures that are made of the icon: of our own feeds, and of the app.

    python -m tools.cover

Podcast programs want a square PNG of 1,400 to 3,000 pixels without transparent corners. Systems cut the icon of an
app into shapes of their own: of ``icon-maskable.png`` the middle four fifths are kept whatever they do
(https://www.w3.org/TR/appmanifest/#icon-masks). Needs a Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[1] / "src" / "castabout" / "web" / "static"
#: Name, pixels, whether it fills its corners, part of the width that the drawing takes.
PICTURES = (
    ("cover.png", 1_400, True, 1.0),
    ("icon-180.png", 180, True, 1.0),
    ("icon-192.png", 192, False, 1.0),
    ("icon-512.png", 512, False, 1.0),
    ("icon-maskable.png", 512, True, 0.8),
)
_STYLE = "<style>body{{margin:0;background:{ground}}}svg{{display:block;width:{width}vw;margin:{margin}vw}}</style>"
_GREEN = "#0b6b5d"


def main() -> int:
    """Draw them."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    icon = (STATIC / "favicon.svg").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, size, is_full, part in PICTURES:
            page = browser.new_page(viewport={"width": size, "height": size})
            style = _STYLE.format(
                ground=_GREEN if is_full else "transparent", width=100 * part, margin=50 * (1 - part)
            )
            page.set_content(style + (icon.replace('rx="8"', 'rx="0"') if is_full else icon))
            page.screenshot(path=STATIC / name, omit_background=not is_full)
            sys.stdout.write(f"{STATIC / name}\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
