"""What browsers are called."""

from __future__ import annotations

import pytest

from castabout.text.browsers import browser_words

_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit"
_LINUX = "Mozilla/5.0 (X11; Linux x86_64)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Windows",
        ),
        (f"{_MAC}/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "Safari on Mac"),
        (
            f"{_LINUX} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36",
            "Chrome on Linux",
        ),
        (f"{_MAC}/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0", "Edge on Mac"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "FxiOS/139.0 Mobile/15E148 Safari/605.1.15",
            "Firefox on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 "
            "Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (Haiku) Firefox/128.0", "Firefox"),
        ("curl/8.14.1", "curl/8.14.1"),
        ("an unknown program", "an unknown program"),
        ("x" * 61, "x" * 59 + "…"),
    ],
)
def test_browsers_by_name(user_agent: str, words: str) -> None:
    assert browser_words(user_agent) == words
