"""Which topics have pages that search engines may list: those that enough is known about.

Any word is a topic, so that there is no end of pages with next to nothing.
"""

from __future__ import annotations

from castabout.engine.castabout import Castabout
from castabout.store import names

#: Public episodes that have it as a tag.
LEAST_EPISODES = 5
#: Names looked at for one list, of all kinds; the protocol allows 50,000 addresses and 50 MB.
NAMES = 20_000


def number_of_lists(castabout: Castabout) -> int:
    """How many lists of topics there are, some of them perhaps empty. Raises `StoreError`."""
    return -(-names.last_row(castabout.store) // NAMES)


def topics_of_list(castabout: Castabout, number: int) -> tuple[str, ...]:
    """The topics of a list; the first one has the number 0. Private podcasts do not count. Raises `StoreError`."""
    first = number * NAMES
    return names.topics_between(castabout.store, first, first + NAMES, least=LEAST_EPISODES)
