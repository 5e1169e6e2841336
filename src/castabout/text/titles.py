"""Titles as they are compared with what a person types: without case, accents, blanks and signs. Pure."""

from __future__ import annotations

import re
import unicodedata

from castabout.text.fold import fold
from castabout.text.letters import same_letters

#: A longer title is nothing that anybody types.
_CHARACTERS = 100
#: All but letters, digits, and signs that make another name: C++ and C#.
_LEFT_OUT = re.compile(r"(?![+#])[\W_]")
#: What follows these is a subtitle: “Latent Space: The AI Engineer Podcast”, “Show (English)”.
_SUBTITLE = re.compile(r"\s+[-–—|~]\s+.*|\s*[:：｜(（【\[].*", re.DOTALL)
_ARTICLE = re.compile(r"^the\s+|\s+podcast$")


def title_key(title: str) -> str | None:
    """``title`` as one word: ``DH Unplugged!`` → ``dhunplugged``; ``None`` if nothing is left, or too much."""
    if len(title) > _CHARACTERS:
        return None
    return _LEFT_OUT.sub("", same_letters(fold(unicodedata.normalize("NFKC", title)))) or None


def name_keys(title: str) -> tuple[str, ...]:
    """The keys of all that a podcast with this ``title`` is called: without subtitle, “The” and “Podcast” too."""
    names = [title, _SUBTITLE.sub("", title, count=1)]
    names += [_ARTICLE.sub("", " ".join(fold(name).split())) for name in names]
    keys = (title_key(name) for name in names)
    return tuple(dict.fromkeys(key for key in keys if key))
