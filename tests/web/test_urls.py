"""Addresses of our pages, and which outside addresses are linked to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.web.urls import (
    AskedCue,
    TimeRange,
    asked_cue,
    clean,
    cue_path,
    in_show,
    media_url,
    moment_path,
    outside_url,
    podcast_path,
    search_path,
    time_range,
    topic_in,
    topic_path,
)


@pytest.mark.parametrize(
    ("topic", "path"),
    [
        ("a2c", "/topics/a2c"),
        ("machine learning", "/topics/machine%20learning"),
        ("c++", "/topics/c%2B%2B"),
        ("either/or", "/topics/either%2For"),
        ("100%", "/topics/100%25"),
        ("機械学習", "/topics/%E6%A9%9F%E6%A2%B0%E5%AD%A6%E7%BF%92"),
        ("what?", "/topics/what%3F"),
        ("package.json", "/topics/package%2Ejson"),
        ("index.RSS", "/topics/index%2ERSS"),
        (".net", "/topics/.net"),
        ("..", "/search?q=.."),
    ],
)
def test_paths_of_topics(topic: str, path: str) -> None:
    assert topic_path(topic) == path


def test_json_behind_a_topic_is_another_form_of_it() -> None:
    assert topic_in(b"/topics/package.json", "/topics/") == ("package", ".json")
    assert topic_in(b"/topics/package%2Ejson", "/topics/") == ("package.json", "")
    assert topic_in(b"/topics/package%2Ejson.json", "/topics/") == ("package.json", ".json")


@given(st.text(min_size=1, max_size=200).map(clean).filter(lambda topic: topic not in ("", ".", "..")))
def test_every_topic_comes_back_from_its_path(topic: str) -> None:
    path = topic_path(topic)
    assert path.isascii() and path.count("/") == 2
    assert topic_in(path.encode(), "/topics/") == (topic, "")
    assert topic_in(path.encode() + b".json", "/topics/") == (topic, ".json")


def test_bytes_that_are_no_utf8_become_replacement_characters() -> None:
    assert topic_in(b"/topics/%FFx", "/topics/") == ("\ufffdx", "")


def test_clean() -> None:
    assert clean("  a\t b\n\x00c\x9f ") == "a b c"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


def test_paths_of_searches_and_podcasts() -> None:
    assert search_path('"a b" -c') == "/search?q=%22a+b%22+-c"
    assert search_path("a", sort="date", offset=40) == "/search?q=a&sort=date&offset=40"


def test_more_of_one_podcast() -> None:
    assert in_show("rye bread", "1-2") == "rye bread podcast:1-2"
    assert in_show("rye OR oat", "1-2") == "(rye OR oat) podcast:1-2"


def test_a_topic_by_fit() -> None:
    assert topic_path("rye", sort="best") == "/topics/rye?sort=best"
    assert topic_path("rye") == topic_path("rye", sort="date") == "/topics/rye"
    assert podcast_path("a/b", offset=20) == "/podcasts/a%2Fb?offset=20"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://host/x",
        "//host/x",
        "/path",
        "http://",
        "https:///x",
        "https://host/" + "x" * 4000,
        "java\nscript:https://host/",
    ],
)
def test_nothing_but_the_web_is_linked_to(url: str | None) -> None:
    assert outside_url(url) is None


@pytest.mark.parametrize("url", ["https://host/x", "http://host", "HTTPS://host/a?b=c&d#e"])
def test_the_web_is_linked_to(url: str) -> None:
    assert outside_url(url) == url


@pytest.mark.parametrize(
    ("time", "wanted"),
    [
        ("0", TimeRange(0)),
        ("123", TimeRange(123)),
        ("123.9", TimeRange(123)),
        ("2:03", TimeRange(123)),
        ("1:02:03", TimeRange(3723)),
        ("10,40", TimeRange(10, 40)),
        ("npt:10,0:40.5", TimeRange(10, 40)),
        (",40", TimeRange(0, 40)),
        ("10,", TimeRange(10)),
        ("40,10", TimeRange(40)),
        ("10,evil", TimeRange(10)),
        ("10,20,30", TimeRange(10)),
        ("", None),
        (",", None),
        (None, None),
        ("-1", None),
        ("abc", None),
        ("1:2:3:4", None),
        ("9999999999", None),
        ("83s", TimeRange(83)),
        ("1m23s", TimeRange(83)),
        ("1h2m3s", TimeRange(3723)),
        ("2h", TimeRange(7200)),
        ("10s,40s", TimeRange(10, 40)),
        ("h", None),
        ("3s2m", None),
        ("١٢", None),
        ("10\n", None),
    ],
)
def test_times_that_are_asked_for(time: str | None, wanted: TimeRange | None) -> None:
    assert time_range(time) == wanted


def test_media_begins_a_little_before_what_is_asked_for() -> None:
    assert media_url("https://host/a.mp3", TimeRange(61)) == "https://host/a.mp3#t=58"
    assert media_url("https://host/a.mp3#t=5", TimeRange(61, 70)) == "https://host/a.mp3#t=58,70"
    assert media_url("https://host/a.mp3#x", None) == "https://host/a.mp3#x"
    assert media_url("https://host/a.mp3", TimeRange(2)) == "https://host/a.mp3"
    assert media_url("https://host/a.mp3", TimeRange(2, 9)) == "https://host/a.mp3#t=0,9"


def test_links_to_moments() -> None:
    assert moment_path(83.9) == "?t=83#t=83"
    assert moment_path(10.2, 19.5) == "?t=10,20#t=10"


def test_words_that_no_time_leads_to() -> None:
    assert cue_path(7, 0, "rye & oats") == "?cue=7&q=rye+%26+oats#asked"
    assert cue_path(7, 312, "rye") == "?cue=7.312&q=rye#asked"
    assert asked_cue("7", "rye") == AskedCue(7, 0, "rye")
    assert asked_cue("7.312", "") == AskedCue(7, 312)
    for wrong in ("", "-1", "7.", "x", "99999999", "7.1.2", "١"):
        assert asked_cue(wrong, "rye") is None


def test_playback_begins_earlier_where_the_time_is_only_about_right() -> None:
    assert media_url("https://a.example/b.mp3", TimeRange(100)) == "https://a.example/b.mp3#t=97"
    assert media_url("https://a.example/b.mp3", TimeRange(100, lead=10)) == "https://a.example/b.mp3#t=90"
