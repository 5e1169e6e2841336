"""A mistake of castabout's own at one feed costs the others nothing."""

from __future__ import annotations

import logging
from typing import cast

import pytest

from castabout.engine.jobs import Job
from castabout.engine.outcomes import failed
from castabout.engine.reading import Body, decoded, read_many
from castabout.errors import Fault
from castabout.fetch import Request
from tests.support import NOW

FEED = b"<rss><channel><title>Rye</title><item><guid>1</guid><pubDate>2024-03-01</pubDate></item></channel></rss>"


def test_a_fault_is_said_of_its_feed_and_the_rest_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="castabout")
    mistaken = NOW.replace(tzinfo=None)  # times are aware: comparing them with others is an error
    bodies = (Body(data=FEED, address="rye.xml", now=mistaken), Body(data=FEED, address="oat.xml", now=NOW))
    bad, good = decoded(read_many(bodies))
    assert (bad.change, bad.is_fault) == (None, True)
    assert cast("str", bad.error).startswith("a fault in castabout itself: TypeError")
    assert good.change is not None
    assert len(good.change.new) == 1
    (record,) = caplog.records
    assert (record.levelname, record.exc_info is not None) == ("DEBUG", True)


def test_what_a_person_reads_of_it() -> None:
    job = Job(request=Request("https://a.example/feed"), source="https://a.example/feed")
    result = failed(job, Fault.of(job.source, LookupError("unknown encoding: 'hex'")), 0).result
    assert result is not None
    assert isinstance(result.error, Fault)
    assert result.error.for_people == (
        "https://a.example/feed: a fault in castabout itself: LookupError unknown encoding: 'hex'; please report it"
    )
