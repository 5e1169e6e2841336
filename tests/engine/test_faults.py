"""A mistake of castabout's own at one feed costs the others nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.update import add
from castabout.errors import Fault, StoreLocked
from tests.support import NOW

FEED = "<rss><channel><title>{0}</title><item><guid>{0}</guid><title>{0}</title></item></channel></rss>"


def feeds(folder: Path) -> Iterator[str]:
    for name in ("rye", "oat"):
        path = folder / f"{name}.xml"
        path.write_text(FEED.format(name))
        yield str(path)


def test_a_fault_is_said_of_its_feed_and_the_rest_goes_on(
    castabout: Castabout, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="castabout")
    times: Iterator[datetime | LookupError] = iter([LookupError("unknown encoding: 'hex'"), NOW])

    def clock() -> datetime:
        time = next(times)
        if isinstance(time, LookupError):
            raise time
        return time

    rye, oat = feeds(tmp_path)
    bad, good = add(replace(castabout, clock=clock), [rye, oat], found=lambda _: None)
    assert isinstance(bad.error, Fault)
    assert bad.error.for_people == (
        f"{rye}: a fault in castabout itself: LookupError unknown encoding: 'hex'; please report it"
    )
    assert (good.source, good.error, good.added) == (oat, None, 1)
    (record,) = caplog.records
    assert (record.levelname, record.exc_info is not None) == ("DEBUG", True)


def test_what_concerns_the_library_ends_the_run(castabout: Castabout, tmp_path: Path) -> None:
    def clock() -> datetime:
        raise StoreLocked("library.db")

    with pytest.raises(StoreLocked):
        list(add(replace(castabout, clock=clock), list(feeds(tmp_path)), found=lambda _: None))
