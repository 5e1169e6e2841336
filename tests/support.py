"""What several tests need."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout

#: The number of the user “nobody” on Debian, who may read what everybody may.
_NOBODY = 65_534

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def open_at(home: Path, *, allow_hosts: str = "") -> Castabout:
    """The installation in ``home``, with a clock that stands still."""
    return replace(assemble(load_settings(home, {"CASTABOUT_ALLOW_HOSTS": allow_hosts})), clock=lambda: NOW)


@contextmanager
def unprivileged_folder() -> Iterator[Path]:
    """A folder, and for its time this process without the superuser's rights, if it has them."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        is_superuser = os.geteuid() == 0
        if is_superuser:
            os.seteuid(_NOBODY)
        try:
            yield folder
        finally:
            if is_superuser:
                os.seteuid(0)
