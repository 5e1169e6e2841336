"""``castabout check``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice

from castabout.cli.app import complain
from castabout.cli.library import opened, progress, writing
from castabout.cli.started import as_started
from castabout.engine.castabout import Castabout
from castabout.engine.check import check as check_library
from castabout.engine.health import failing_feeds, faulty_files
from castabout.engine.indexing import catch_up, reindex
from castabout.errors import one_line
from castabout.fetch.private import without_secrets
from castabout.model.health import CheckReport, FailingFeed, FeedCounts, FileHealth
from castabout.model.spoken import SpokenCounts
from castabout.render.json import check_json
from castabout.text.numbers import ago_words, count_words

#: Feeds that fail are shown up to this many unless all are asked for.
_SHOWN_FEEDS = 10


def check(*, feeds: bool = False, files: bool = False, repair: bool = False, json: bool = False) -> int:
    """Tell whether the library is sound, whether the index holds the same, and which feeds fail.

    Exit status 1 when something is wrong. Each fault is one line. A feed that
    fails is its host's fault, not the library's: it is shown with the reason
    and the next try, and does not change the exit status. Nor do changes that wait for
    the index, as after an import that was stopped: the next command takes them in.

    Parameters
    ----------
    feeds
        Show every feed that fails, not only the first ones.
    files
        Show every file with a transcript or chapters that could not be read, or not in full.
    repair
        Index what waits, and if the index is still at fault build it anew from the library.
    json
        One JSON document instead of text.
    """
    with opened() as castabout:
        report = check_library(castabout)
        if repair and (report.waiting or not report.is_sound):
            with writing(castabout):
                report = _repaired(castabout, report)
        if json:
            sys.stdout.write(check_json(report).decode() + "\n")
        else:
            faulty = faulty_files(castabout) if files else ()
            sys.stdout.write(_words(report) + _spoken(report.spoken, are_shown=files))
            sys.stdout.writelines(f"  {_file(file)}\n" for file in faulty)
            sys.stdout.writelines(_feeds(castabout, report.feeds, None if feeds else _SHOWN_FEEDS))
    for fault in report.faults:
        complain(fault)
    return 0 if report.is_sound else 1


def _repaired(castabout: Castabout, report: CheckReport) -> CheckReport:
    if report.waiting and report.is_sound:
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
    if report.is_sound and report.waiting:
        waits = f"{count_words(report.waiting, 'change')} {'waits' if report.waiting == 1 else 'wait'}"
        return f"{held}. {waits} for the index; the next command takes them in.\n"
    if report.is_sound:
        return f"{held}, all of them in the index. Everything is sound.\n"
    indexed = f"{_both(report.indexed_podcasts, report.indexed_episodes)} in the index"
    return as_started(f"{held}, {indexed}. Something is wrong; `castabout check --repair` mends the index.\n")


def _spoken(counts: SpokenCounts, *, are_shown: bool) -> str:
    """A line on transcripts, and on the files of feeds that hold them or chapters; nothing if there are none."""
    parts = [f"{count_words(counts.transcripts, 'episode')} with a transcript"] if counts.transcripts else []
    if counts.waiting:
        parts.append(f"{count_words(counts.waiting, 'file')} to be fetched")
    if counts.failed:
        again = f" ({counts.retried:,} of them to be tried again)" if counts.retried else ""
        parts.append(f"{count_words(counts.failed, 'file')} that could not be read{again}")
    if counts.faulty:
        parts.append(f"{count_words(counts.faulty, 'file')} read in spite of faults")
    hint = "" if are_shown or not (counts.failed or counts.faulty) else " (--files shows them)"
    return f"{', '.join(parts)}{hint}.\n" if parts else ""


def _file(file: FileHealth) -> str:
    parts = [file.error]
    if file.is_read:
        parts.append("what makes sense was read")
    elif file.next_try:
        is_due = file.next_try <= file.now
        parts.append("next try due" if is_due else f"next try {ago_words(file.next_try, file.now)}")
    what = "chapters" if file.is_chapters else "transcript"
    return without_secrets(one_line(f"{file.podcast}, {file.episode} ({what}): {'; '.join(parts)}"))


def _feeds(castabout: Castabout, counts: FeedCounts, shown: int | None) -> Iterator[str]:
    """Lines on the feeds of the web, at most ``shown`` of them about single ones."""
    if counts.private:
        noun = "podcast is" if counts.private == 1 else "podcasts are"
        yield f"{counts.private:,} {noun} private.\n"
    failing = counts.failing + counts.gone
    if not failing:
        return
    gone = f", {counts.gone:,} of them taken away for good" if counts.gone else ""
    verb = "fails" if failing == 1 else "fail"
    # The list of the failing ones leaves out private ones unless it is asked for them: it might be empty.
    private = " --private" if counts.failing_private == failing else ""
    hint = f"castabout export opml --failing{private}"
    yield f"{failing:,} of {count_words(counts.feeds, 'feed')} {verb}{gone} ({hint}):\n"
    for feed in islice(failing_feeds(castabout), shown):
        yield f"  {_feed(feed)}\n"
    if shown is not None and failing > shown:
        yield f"  and {count_words(failing - shown, 'more feed')} (--feeds shows all)\n"


def _feed(feed: FailingFeed) -> str:
    health = feed.health
    reason = "taken away for good" if health.is_gone else health.last_error or "unknown"
    parts = [
        reason,
        f"last read {ago_words(health.last_good, health.now)}" if health.last_good else "never read",
    ]
    if health.next_try and not health.is_gone:
        is_due = health.next_try <= health.now
        parts.append("next try due" if is_due else f"next try {ago_words(health.next_try, health.now)}")
    address = f" ({feed.url})" if feed.url else ""
    return without_secrets(one_line(f"{feed.title}{address}: {', '.join(parts)}"))


def _both(podcasts: int, episodes: int) -> str:
    return f"{count_words(podcasts, 'podcast')} and {count_words(episodes, 'episode')}"
