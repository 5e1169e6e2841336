"""The sanitiser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.parse.notes import sanitise
from castabout.text.html import html_to_text

REL = 'rel="noopener nofollow ugc"'


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<p>Hi <b>you</b></p>", "<p>Hi <b>you</b></p>"),
        ("one\ntwo\n\nthree < four", "<p>one<br>two</p><p>three &lt; four</p>"),
        ("AT&amp;T &copy;", "<p>AT&amp;T ©</p>"),
        ('<a href="https://a.example/" onclick="x()">a</a>', f'<a href="https://a.example/" {REL}>a</a>'),
        ('<a href="javascript:x()">a</a>', f"<a {REL}>a</a>"),
        ('<a href="/relative">a</a>', f"<a {REL}>a</a>"),
        ("<script>alert(1)</script>ok<style>p{}</style>", "ok"),
        ('<img src=x onerror="alert(1)">after', "after"),
        ("<h1>Big</h1>", "<h3>Big</h3>"),
        ("<section>a</section><section>b</section>", "<div>a</div><div>b</div>"),
        ("&lt;p&gt;escaped &lt;b&gt;twice&lt;/b&gt;&lt;/p&gt;", "<p>escaped <b>twice</b></p>"),
        ("the &lt;title&gt; element", "<p>the &lt;title&gt; element</p>"),
        ("<p>the &lt;b&gt; element</p>", "<p>the &lt;b&gt; element</p>"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_by_hand(text: str, safe: str) -> None:
    assert sanitise(text) == safe


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Neato - A2C<br/>Be Your Own</p>", "Neato - A2C\nBe Your Own"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\nc"),
        ("<b>bo</b>ld <i>it</i>.", "bold it."),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("a<img src=x>b", "a b"),
        ("<section>a</section><article>b</article>", "a\nb"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
    ],
)
def test_words_are_never_glued(text: str, plain: str) -> None:
    assert html_to_text(sanitise(text)) == plain


@given(st.text(alphabet=st.sampled_from("ab <>&;/\"'=\n!-pscriptj:&lt#0x"), max_size=200))
def test_sanitising_twice_is_sanitising_once(text: str) -> None:
    safe = sanitise(text)
    if "<" in safe:
        assert sanitise(safe) == safe
    assert not re.search(r"<(?!/?(?:p|br|hr|div|ul|ol|li|dl|dt|dd|a|strong|em|b|i|u|s|del|ins|su[bp]|small|code"
                         r"|pre|blockquote|h[3-6]|table|thead|tbody|tr|t[hd])[ >])", safe)  # fmt: skip


DANGER = re.compile(
    r"<\s*(?:script|style|iframe|object|embed|svg|form|input|link|meta)|\son\w+\s*=|javascript:", re.I
)


def test_hostile_documents(shared_data: Path) -> None:
    files = sorted((shared_data / "parser-tests" / "wellformed" / "sanitize").glob("*.xml"))
    assert len(files) > 500
    for file in files:
        safe = sanitise(file.read_text(errors="replace"))
        tags = re.findall(r"<[^>]*>", safe)
        assert not [tag for tag in tags if DANGER.search(tag)], file.name
