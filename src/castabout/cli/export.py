"""``castabout export``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from typing import Literal, TypeAlias

from castabout.cli.app import complain
from castabout.cli.library import opened
from castabout.engine.export import address_of, feed_lines
from castabout.errors import CastaboutError
from castabout.model.library import StoredPodcast
from castabout.render.opml import opml
from castabout.text.numbers import count_words

Form: TypeAlias = Literal["opml"]


def export(form: Form, file: Path | None = None, /, *, private: bool = False, failing: bool = False) -> int:
    """Write the list of your feeds, as other programs read it.

    User names and passwords are never in it, and private podcasts (their
    addresses are secrets, or their publishers want them in no directory) only if asked for.

    Examples: `castabout export opml feeds.opml`, `castabout export opml --failing`.

    Parameters
    ----------
    form
        The form of the list: opml.
    file
        Where to write it; without it, to standard output.
    private
        Private podcasts too. Whoever reads the list can then listen to them.
    failing
        Only feeds that could not be read the last time.
    """
    private_ones, from_files = 0, 0

    def left_out(stored: StoredPodcast) -> None:
        nonlocal private_ones, from_files
        if address_of(stored):
            private_ones += 1
        else:
            from_files += 1

    with opened() as castabout:
        feeds = feed_lines(castabout, private=private, failing=failing, left_out=left_out)
        pieces = opml("Podcasts", feeds, created=castabout.clock().astimezone(UTC))
        if file is None:
            sys.stdout.writelines(pieces)
        else:
            _write(file, pieces)
    if private_ones:
        complain(f"note: {count_words(private_ones, 'private podcast')} left out (see --private)")
    if from_files:
        podcasts = count_words(from_files, "podcast")
        complain(f"note: {podcasts} from files left out (no address on the web is known)")
    return 0


def _write(file: Path, pieces: Iterable[str]) -> None:
    try:
        with file.open("w", encoding="utf-8") as out:
            out.writelines(pieces)
    except OSError as error:
        cause = (error.strerror or str(error)).lower()
        raise CastaboutError(str(file), f"cannot be written to ({cause})") from error
