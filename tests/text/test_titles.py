"""Titles as they are compared."""

from __future__ import annotations

import pytest

from castabout.text.titles import name_keys, title_key


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("DH Unplugged", "dhunplugged"),
        ("Don’t Panic!", "dontpanic"),
        ("don't panic", "dontpanic"),
        ("Straße", "strasse"),
        ("İSTANBUL ışıkları", "istanbulisiklari"),
        ("Ελληνοφρένεια", "ελληνοφρενεια"),
        ("ＡＢＣ　ラジオ", "abcらじお"),
        ("السُّنَّة", "السنه"),
        ("C++ & C#", "c++c#"),
        ("?!", None),
        ("a" * 101, None),
    ],
)
def test_key(title: str, key: str | None) -> None:
    assert title_key(title) == key


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("LINUX Unplugged", {"linuxunplugged"}),
        ("The Lex Fridman Podcast", {"thelexfridmanpodcast", "lexfridman"}),
        (
            "Latent Space: The AI Engineer Podcast — CodeGen",
            {"latentspacetheaiengineerpodcastcodegen", "latentspace"},
        ),
        ("Talk Python (English)", {"talkpythonenglish", "talkpython"}),
        ("科技早知道｜What's Next", {"科技早知道whatsnext", "科技早知道"}),
        ("The Podcast", {"thepodcast", "podcast"}),
        ("Podcast", {"podcast"}),
    ],
)
def test_all_that_a_podcast_is_called(title: str, keys: set[str]) -> None:
    assert set(name_keys(title)) == keys
