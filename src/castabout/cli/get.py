"""``castabout get``."""

from __future__ import annotations

import sys

from castabout.cli.app import complain
from castabout.cli.library import up_to_date
from castabout.web.app import create_app
from castabout.web.get import get as get_page


def get(path: str, /) -> int:
    """Print a page or an answer of the API, without a server.

    Exit status 1 when the page answers with an error.

    Examples: `castabout get /topics/a2c`, `castabout get /api/v1/topics/a2c`.

    Parameters
    ----------
    path
        Path and query of the page, beginning with a slash.
    """
    with up_to_date() as castabout:
        response = get_page(create_app(castabout, reading="open"), path)
    sys.stdout.buffer.write(response.body)
    sys.stdout.buffer.flush()
    if response.status >= 400:
        complain(f"{path}: answered {response.status}")
        return 1
    return 0
