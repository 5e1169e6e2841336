"""The settings."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from castabout.config import SETTINGS, Settings, load_settings, settings_page
from castabout.errors import CastaboutError


def test_the_table_has_each_setting_once_in_order() -> None:
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Settings)]
    assert len({setting.variable for setting in SETTINGS}) == len(SETTINGS)


def test_the_defaults() -> None:
    settings = load_settings(None, {})
    assert settings == Settings(
        home=settings.home, allow_hosts=(), contact=None, limit_mb=50, timeout_s=60, index_memory_mb=60
    )
    assert settings.home.name == "castabout"
    assert settings.home.is_absolute()
    assert settings.limit_bytes == 50_000_000


def test_all_of_them_set() -> None:
    environ = {
        "CASTABOUT_HOME": "/data/library",
        "CASTABOUT_ALLOW_HOSTS": " nas.lan, 192.168.0.0/16 ,,.ts.net,",
        "CASTABOUT_CONTACT": " https://pods.example/about ",
        "CASTABOUT_FEED_LIMIT_MB": "5",
        "CASTABOUT_TIMEOUT": " 10 ",
        "CASTABOUT_INDEX_MEMORY_MB": "500",
        "PATH": "/bin",
    }
    assert load_settings(None, environ) == Settings(
        home=Path("/data/library"),
        allow_hosts=("nas.lan", "192.168.0.0/16", ".ts.net"),
        contact="https://pods.example/about",
        limit_mb=5,
        timeout_s=10,
        index_memory_mb=500,
    )


def test_the_public_address_and_the_crawler() -> None:
    assert load_settings(None, {}).public_url is None
    assert load_settings(None, {}).crawl
    environ = {"CASTABOUT_PUBLIC_URL": " https://casts.example/pods/ ", "CASTABOUT_CRAWL": "No"}
    settings = load_settings(None, environ)
    assert settings.public_url == "https://casts.example/pods"
    assert not settings.crawl


def test_empty_is_not_set() -> None:
    assert load_settings(None, {setting.variable: " " for setting in SETTINGS}) == load_settings(None, {})


def test_the_home_that_is_named_goes_first() -> None:
    assert load_settings(Path("here"), {"CASTABOUT_HOME": "/there"}).home == Path("here")


def test_a_tilde_is_the_users_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert load_settings(None, {"CASTABOUT_HOME": "~/pods"}).home == Path("/home/ann/pods")
    with pytest.raises(CastaboutError, match="CASTABOUT_HOME: no such user's folder"):
        load_settings(None, {"CASTABOUT_HOME": "~nobody-of-this-name/pods"})


@pytest.mark.parametrize(
    ("variable", "value", "cause"),
    [
        ("CASTABOUT_FEED_LIMIT_MB", "lots", "must be a whole number from 1 to 2000, not “lots”"),
        ("CASTABOUT_FEED_LIMIT_MB", "0", "must be a whole number from 1 to 2000, not “0”"),
        ("CASTABOUT_FEED_LIMIT_MB", "-5", "must be a whole number from 1 to 2000, not “-5”"),
        ("CASTABOUT_FEED_LIMIT_MB", "1.5", "must be a whole number from 1 to 2000, not “1.5”"),
        ("CASTABOUT_TIMEOUT", "9" * 5000, "must be a whole number from 1 to 3600, not “999"),
        ("CASTABOUT_INDEX_MEMORY_MB", "15", "must be a whole number from 16 to 4000, not “15”"),
        ("CASTABOUT_CONTACT", "me\r\nX-Evil: 1", "must be a web or mail address, not “me X-Evil: 1”"),
        ("CASTABOUT_PUBLIC_URL", "casts.example", "must be an address of the web, not “casts.example”"),
        ("CASTABOUT_PUBLIC_URL", "https://me:pw@casts.example", "must be an address of the web"),
        ("CASTABOUT_CRAWL", "maybe", "must be yes or no, not “maybe”"),
        ("CASTABOUT_CONTACT", "me) (you", "must be a web or mail address, not “me) (you”"),
    ],
)
def test_a_bad_value_is_said_with_its_variable(variable: str, value: str, cause: str) -> None:
    with pytest.raises(CastaboutError) as error:
        load_settings(None, {variable: value})
    assert error.value.subject == variable
    assert error.value.cause.startswith(cause)


def test_the_page_tells_of_every_setting() -> None:
    page = settings_page()
    assert page.startswith("# Settings\n")
    for setting in SETTINGS:
        assert page.count(f"| `{setting.variable}` |") == 1
        assert setting.help in page
    assert "| `CASTABOUT_TIMEOUT` | `60` | Seconds that fetching one feed may take. From 1 to 3600. |" in page
    # A bar within a cell would break the table.
    assert all(line.count("|") == 4 for line in page.splitlines() if line.startswith("|"))


def test_addresses_of_directories_and_their_key() -> None:
    environ = {"CASTABOUT_PODCASTINDEX_KEY": "KEY", "CASTABOUT_PODCASTINDEX_SECRET": "se^cr$et"}
    settings = load_settings(None, {**environ, "CASTABOUT_APPLE_URL": "http://127.0.0.1:80/apple"})
    assert settings.apple_url == "http://127.0.0.1:80/apple"
    assert (settings.podcastindex_key, settings.podcastindex_secret) == ("KEY", "se^cr$et")
    assert "KEY" not in repr(settings)
    assert "se^cr$et" not in repr(settings)
    with pytest.raises(CastaboutError, match="CASTABOUT_APPLE_URL: must be an address of the web"):
        load_settings(None, {"CASTABOUT_APPLE_URL": "itunes.apple.com"})
    with pytest.raises(CastaboutError) as raised:
        load_settings(None, {"CASTABOUT_PODCASTINDEX_SECRET": "two words"})
    assert "two words" not in str(raised.value)
