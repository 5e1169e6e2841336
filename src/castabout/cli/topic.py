"""``castabout topic``."""

from __future__ import annotations

import sys
from typing import Literal

from castabout.cli.library import up_to_date
from castabout.cli.started import started_as
from castabout.cli.terminal import print_topic
from castabout.cli.words import Words, query_of
from castabout.engine.topic import topic_page
from castabout.render.json import topic_json


def topic(*words: Words, sort: Literal["date", "best"] = "date", json: bool = False) -> int:
    """Everything known about a word or phrase.

    How many podcasts and episodes speak of it, since when, how often and how
    long, which podcasts are best about it, and what is newest. Several words
    are one phrase; quotes, -not, OR, prefix*, language: and the like work as in
    `castabout search`.

    Examples: `castabout topic a2c`, `castabout topic electric car`, `castabout topic 中国`.

    Parameters
    ----------
    words
        The word or phrase.
    sort
        Its latest episodes, or its best ones, of which one show has two among the first ten.
    json
        One JSON document instead of text.
    """
    asked = query_of(words)
    with up_to_date() as castabout:
        page = topic_page(castabout, asked, sort=sort)
    if json:
        sys.stdout.write(topic_json(page).decode() + "\n")
    else:
        print_topic(page, again=started_as())
    return 0
