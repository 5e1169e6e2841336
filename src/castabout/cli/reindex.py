"""``castabout reindex``."""

from __future__ import annotations

import sys

from castabout.cli.library import opened, progress, writing
from castabout.engine.indexing import reindex as build_anew
from castabout.store import inventory
from castabout.text.numbers import count_words


def reindex() -> int:
    """Build the index anew from the library.

    Nothing of the library is lost or fetched again; answers are the same as before.
    """
    with opened() as castabout, writing(castabout):
        podcasts, episodes = inventory.counts(castabout.store)
        with progress("Building the index", podcasts + episodes) as advance:
            build_anew(castabout, progress=advance)
    sys.stdout.write(f"Indexed {count_words(podcasts, 'podcast')} and {count_words(episodes, 'episode')}.\n")
    return 0
