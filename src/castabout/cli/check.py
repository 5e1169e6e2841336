"""``castabout check``."""

from __future__ import annotations

import sys

from castabout.cli.app import complain
from castabout.cli.library import opened, progress, writing
from castabout.cli.started import as_started
from castabout.engine.castabout import Castabout
from castabout.engine.check import check as check_library
from castabout.engine.indexing import catch_up, reindex
from castabout.model.answers import CheckReport
from castabout.render.json import check_json
from castabout.text.numbers import count_words


def check(*, repair: bool = False, json: bool = False) -> int:
    """Tell whether the library is sound, and whether the index holds what the library holds.

    Exit status 1 when something is wrong. Each fault is one line.

    Parameters
    ----------
    repair
        Index what waits, and if the index is still at fault build it anew from the library.
    json
        One JSON document instead of text.
    """
    with opened() as castabout:
        report = check_library(castabout)
        if repair and not report.is_sound:
            with writing(castabout):
                report = _repaired(castabout, report)
    if json:
        sys.stdout.write(check_json(report).decode() + "\n")
    else:
        sys.stdout.write(_words(report))
    for fault in report.faults:
        complain(fault)
    return 0 if report.is_sound else 1


def _repaired(castabout: Castabout, report: CheckReport) -> CheckReport:
    if report.waiting and len(report.faults) == 1:
        with progress("Indexing", report.waiting) as advance:
            catch_up(castabout, progress=advance)
        report = check_library(castabout)
    if not report.is_sound:
        with progress("Building the index", report.podcasts + report.episodes) as advance:
            reindex(castabout, progress=advance)
        report = check_library(castabout)
    return report


def _words(report: CheckReport) -> str:
    held = f"{_both(report.podcasts, report.episodes)} in the library"
    if report.is_sound:
        return f"{held}, all of them in the index. Everything is sound.\n"
    indexed = f"{_both(report.indexed_podcasts, report.indexed_episodes)} in the index"
    return as_started(f"{held}, {indexed}. Something is wrong; `castabout check --repair` mends the index.\n")


def _both(podcasts: int, episodes: int) -> str:
    return f"{count_words(podcasts, 'podcast')} and {count_words(episodes, 'episode')}"
