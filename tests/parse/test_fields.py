"""The texts of a feed, in the forms that feeds really have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.parse.fields import (
    absolute_url,
    http_url,
    media_type,
    parse_date,
    parse_duration,
    parse_explicit,
    parse_int,
    parse_language,
    plain_line,
    plain_to_html,
    split_keywords,
)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en-us", "en-US"),
        ("en_US", "en-US"),
        ("pt-BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("ca-es", "ca-ES"),
        ("Deutsch", "de"),
        ("English", "en"),
        ("iw", "he"),
        ("x", None),
        ("42", None),
        ("", None),
    ],
)
def test_languages(text: str, tag: str | None) -> None:
    assert parse_language(text) == tag


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (" https://a.example/1.mp3 ", "https://a.example/1.mp3"),
        ("http:https://a.example/1.mp3", "https://a.example/1.mp3"),
        ("//a.example/x", "https://a.example/x"),
        ("HTTP://A.example/x y", "http://A.example/x%20y"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("ftp://a.example/x", None),
        ("/relative", None),
        ("http://[::1", None),
    ],
)
def test_addresses(text: str, url: str | None) -> None:
    assert http_url(text) == url


def test_small_ones() -> None:
    assert [parse_explicit(text) for text in ("yes", "True", "explicit", "no", "clean", "false", "", "maybe")] == [
        True, True, True, False, False, False, None, None,
    ]  # fmt: skip
    assert [parse_int(text) for text in (" 12 ", "0", "-1", "1.5", "x", "")] == [
        12,
        0,
        None,
        None,
        None,
        None,
    ]
    assert plain_line("A <b>bold</b>\n title &amp;amp; more") == "A bold title &amp; more"
    assert plain_line("Tom &amp; Co") == "Tom & Co"
    assert plain_line(" \n ") is None
    assert split_keywords(["bread, Rye ,rye", "", "日本、中国"]) == ("bread", "Rye", "日本", "中国")


@given(st.text(max_size=80))
def test_nothing_raises(text: str) -> None:
    for read in (parse_date, parse_duration, parse_language, http_url, parse_int, parse_explicit, plain_line):
        read(text)


@pytest.mark.parametrize(
    ("text", "base", "url"),
    [
        ("https://a.example/1", None, "https://a.example/1"),
        ("/1", "https://a.example/x/y", "https://a.example/1"),
        ("../1", "https://a.example/x/y", "https://a.example/1"),
        ("z/1.mp3", "https://a.example/x/y", "https://a.example/x/z/1.mp3"),
        ("?p=1", "https://a.example/x/y", "https://a.example/x/y?p=1"),
        ("//b.example/1", "https://a.example/", "https://b.example/1"),
        ("/1", None, None),
        ("/1", "/x/", None),
        ("soon", "https://a.example/", None),
        ("not yet.", "https://a.example/", None),
        ("mailto:a@b.example", "https://a.example/", None),
        ("javascript:alert(1)", "https://a.example/", None),
        ("/" + "a" * 10_000, "https://a.example/", None),
        ("", "https://a.example/", None),
        ("/1", "https://[bad/", None),
    ],
)
def test_relative_addresses(text: str, base: str | None, url: str | None) -> None:
    assert absolute_url(text, base) == url


def test_what_surely_is_an_address_may_be_a_word() -> None:
    assert absolute_url("page", "https://a.example/x/y", is_address=True) == "https://a.example/x/page"
    assert absolute_url("", "https://a.example/x/y", is_address=True) == "https://a.example/x/y"


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("audio/mpeg", "audio/mpeg"),
        (" Audio/MP3 ", "audio/mpeg"),
        ("x-audio/mp3", "audio/mpeg"),
        ("audio/x-m4a; codecs=aac", "audio/mp4"),
        ("video", "video"),
        ("mp3", None),
        ("audio/mpeg audio/ogg", None),
        ("", None),
    ],
)
def test_media_types(text: str, type: str | None) -> None:
    assert media_type(text) == type


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one", "one"),
        ("a < b\nc", "<p>a &lt; b<br>c</p>"),
        ("the <blink> tag\n\n\nand", "<p>the &lt;blink&gt; tag</p><p>and</p>"),
        ("said to be plain, <b>but</b>", "said to be plain, <b>but</b>"),
    ],
)
def test_plain_text_as_html(text: str, html: str) -> None:
    assert plain_to_html(text) == html


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("How to use <script> and <div> tags", "How to use <script> and <div> tags"),
        ("<b>Rye</b> and <I>oat</i>", "Rye and oat"),
        ("Rye<br>oat<p>and <font color=red>wheat", "Rye oat and wheat"),
        ("Rye</b>", "Rye"),
        ("R\x9bye\x1b[31m", "Rye[31m"),
    ],
)
def test_lines(text: str, line: str) -> None:
    assert plain_line(text) == line


def test_surely_plain_text_as_html() -> None:
    assert plain_to_html("a <b>word</b>", is_surely_plain=True) == "<p>a &lt;b&gt;word&lt;/b&gt;</p>"


def test_tags_whose_attributes_hold_tags() -> None:
    assert plain_line('a <img alt="cat<br />dog" src="x"> b') == "a b"
    assert plain_line('<a href=x">a</a>') == "a"


def test_hostile_tags_take_linear_time() -> None:
    for text in ("<a " * 7_000, '<a "' * 5_000, "<a x='" * 3_000, "<img " + "a" * 20_000):
        plain_line(text)
