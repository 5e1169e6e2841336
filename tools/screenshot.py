"""Takes docs/screenshot-topic.png: the topic page of the demo, so that the picture in the README stays true.

    python tools/screenshot.py [PATH_OF_CHROMIUM]

Needs Playwright for Python and a Chromium.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).parents[1] / "docs" / "screenshot-topic.png"
WIDTH, HEIGHT = 1280, 1040
_PATIENCE = 100
_PAUSE = 0.1


def main(chromium: str) -> int:
    """Start the demo, take the picture, stop the demo; the exit status."""
    command = [sys.executable, "-m", "castabout.cli.demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        try:
            _take(_address(demo), chromium)
        finally:
            demo.send_signal(signal.SIGINT)
    sys.stdout.write(f"{PICTURE}\n")
    return demo.returncode


def _address(demo: subprocess.Popen[str]) -> str:
    for line in demo.stdout or ():
        if found := re.search(r"http://\S+/topics/\S+", line):
            return found[0]
    raise SystemExit("the demo ended without an address")


def _take(address: str, chromium: str) -> None:
    _wait_for(address)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(address)
        page.screenshot(path=PICTURE)
        browser.close()


def _wait_for(address: str) -> None:
    for _ in range(_PATIENCE):
        try:
            urllib.request.urlopen(address, timeout=10).close()
        except urllib.error.URLError:
            time.sleep(_PAUSE)
        else:
            return
    raise SystemExit(f"{address} does not answer")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else shutil.which("chromium") or "chromium"))
