"""Words that say nothing of what a text is about.

Lists of 58 languages: https://github.com/stopwords-iso
"""

from __future__ import annotations

from functools import cache

import stopwordsiso

from castabout.text.fold import fold

#: Said of podcasts whatever they are about; the lists do not have them.
_OF_PODCASTS = frozenset(
    """
    podcast podcasts episode episodes show shows season guest guests host hosts hosted cohost listener listeners
    listen subscribe sponsor sponsors sponsored patreon twitter facebook instagram youtube spotify tiktok itunes
    discord twitch telegram mastodon newsletter website link links notes transcript intro outro trailer chapter
    chapters summary duration bonus email merch ad ads http https www com rss audio video topics resources bio
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december today week weeks weekly day days month year years hour hours minute
    minutes part pt vol ep eps dr mr mrs ms prof sen rep gov hey jr fullscreen permalink feedback thanks download
    vs feat featuring presents teaser preview live update updates news
    journalist comedian author professor chef president senator ceo founder cofounder reporter gen lt col sgt
    capt rev congressman congresswoman
    """.split()
)


#: The lists have them, but names begin with them: New York, United States.
_IN_NAMES = frozenset({"new", "united", "states", "north", "south", "high"})


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """Stop words of ``language`` (BCP 47 without region), and the English ones, which are met anywhere.

    With their accents and without them.
    """
    lists = {"en", language} if language else {"en"}
    known = {name for name in lists if stopwordsiso.has_lang(name)}
    words: set[str] = stopwordsiso.stopwords(known)
    return _OF_PODCASTS.union(words, map(fold, words)) - _IN_NAMES
