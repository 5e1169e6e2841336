"""Notices to people, by mail, to a webhook, ntfy, Matrix and about a hundred other services.

Where one goes is an address of the Apprise library (https://appriseit.com/services/). It holds secrets: nothing
here shows, logs or raises it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A notice on its way."""

    target: str
    title: str
    body: str
