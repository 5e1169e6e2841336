"""Browsers by the names that people call them. Pure."""

from __future__ import annotations

#: What a ``User-Agent`` holds, the particular before what it is made to look like.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Vivaldi", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
    ("BSD", "BSD"),
)
_CHARACTERS = 60


def browser_words(user_agent: str) -> str:
    """E.g. “Firefox on Windows”; what is no browser is called as it calls itself.

    https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/User-Agent
    """
    browser = next((words for sign, words in _BROWSERS if sign in user_agent), None)
    if browser is None or not user_agent.startswith("Mozilla/"):
        return user_agent if len(user_agent) <= _CHARACTERS else user_agent[: _CHARACTERS - 1] + "…"
    system = next((words for sign, words in _SYSTEMS if sign in user_agent), None)
    return f"{browser} on {system}" if system else browser
