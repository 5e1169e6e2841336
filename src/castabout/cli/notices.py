"""Telling people, in a command, of what is new among what they follow."""

from __future__ import annotations

import os
from collections.abc import Mapping

from castabout.cli.app import complain
from castabout.cli.started import as_started
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.notices import Told, tell
from castabout.errors import CastaboutError
from castabout.text.numbers import count_words


def tell_of_news(castabout: Castabout) -> Told:
    """Send the notices that are due; what goes wrong is said on standard error."""
    try:
        told = tell(castabout, public_url=load_settings(None, os.environ).public_url)
    except CastaboutError as error:
        complain(as_started(error.for_people))
        return Told()
    for trouble in told.troubles:
        complain(trouble)
    return told


def told_words(told: Told) -> str:
    """What was found and sent, in words."""
    failed = f", {len(told.troubles):,} not delivered" if told.troubles else ""
    found = count_words(told.found, "new episode")
    return f"{found} of what is followed; {count_words(told.sent, 'notice')} sent{failed}"


def told_json(told: Told) -> Mapping[str, object]:
    """The same for ``--json``."""
    return {"found": told.found, "sent": told.sent, "failed": len(told.troubles)}
