"""Two feeds about rye: a hostile one with many episodes and an Arabic one."""

from __future__ import annotations

from pathlib import Path

from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up
from castabout.engine.update import add

BREAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>Bread &amp; Butter</title><link>https://bread.example/</link><language>en</language>
<itunes:author>Ana Baker</itunes:author>
<description>On &lt;b&gt;bread&lt;/b&gt;&lt;script&gt;hacked()&lt;/script&gt;.</description>
<item><title>Why rye?</title><guid>rye-1</guid><pubDate>Fri, 27 Sep 2024 06:30:00 +0000</pubDate>
  <itunes:duration>1:04:00</itunes:duration><itunes:keywords>rye, either/or</itunes:keywords>
  <enclosure url="https://media.example/rye.mp3?a=1&amp;b=2" type="audio/mpeg" length="1"/>
  <description>All about rye bread and 機械学習 in package.json, either/or. Guest: Zoë Dupont.</description></item>
<item><title>&lt;script&gt;hacked()&lt;/script&gt; "rye"</title><guid>rye-2</guid>
  <pubDate>Sat, 28 Sep 2024 06:30:00 +0000</pubDate>
  <enclosure url="javascript:hacked()" type="audio/mpeg" length="1"/>
  <content:encoded><![CDATA[<p onclick="hacked()">rye <img src=x onerror="hacked()">
  <a href="javascript:hacked()">rye</a><script>hacked()</script></p>]]></content:encoded></item>
%s
</channel></rss>"""
PAST = "".join(
    f"<item><title>Loaf {n}</title><guid>loaf-{n}</guid>"
    f"<pubDate>{n:02} Mar 2021 08:00:00 +0000</pubDate><description>A rye loaf.</description>"
    f'<enclosure url="https://media.example/loaf-{n}.wav" type="audio/wav" length="1"/></item>'
    for n in range(1, 26)
)
ARABIC = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>مخبز</title><link>https://khubz.example/</link><language>ar</language>
<item><title>كل شيء عن rye</title><guid>1</guid><pubDate>Sat, 01 Jun 2024 06:30:00 +0000</pubDate>
  <description>خبز الشيلم rye لذيذ جدا</description></item>
</channel></rss>"""


def fill(castabout: Castabout, folder: Path) -> None:
    """Put the feeds into the library."""
    folder.mkdir()
    (folder / "bread.xml").write_text(BREAD % PAST)
    (folder / "khubz.xml").write_text(ARABIC)
    results = list(add(castabout, [str(folder)], found=lambda _: None))
    assert [result.error for result in results] == [None, None]
    catch_up(castabout, progress=lambda _: None)
