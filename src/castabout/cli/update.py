"""``castabout update``."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from functools import partial

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from castabout.cli.app import complain
from castabout.cli.files import FileTally, fetch_named_files
from castabout.cli.library import index_what_waits, opened, stderr, stopped_by_signals, writing
from castabout.cli.notices import tell_of_news, told_json, told_words
from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up_if_free
from castabout.engine.notices import Told
from castabout.engine.results import FeedResult
from castabout.engine.update import due, with_others
from castabout.engine.update import update as update_feeds
from castabout.render.json import encode
from castabout.text.numbers import count_words, time_words

#: Transcripts and chapters fetched at most after the feeds.
_FILES = 1_000
#: Where there is no terminal, seconds between two lines that tell how far it is.
_TOLD_S = 60.0


@dataclass(slots=True)
class _Tally:
    """What became of all feeds together."""

    asked: int = 0
    #: Those that were not asked, since their hosts want rest or have others to answer first.
    put_off: int = 0
    #: Feeds that other crawlers have, and until when (seconds since 1970) at the longest.
    elsewhere: int = 0
    until: int | None = None
    as_before: int = 0
    failed: int = 0
    added: int = 0
    changed: int = 0

    def count(self, result: FeedResult) -> None:
        """Take one feed into account."""
        self.added += result.added
        self.changed += result.changed
        if result.not_asked:
            self.put_off += 1
        elif not result.is_more:
            self.asked += 1
            self.failed += result.error is not None
            self.as_before += result.error is None and not result.has_news

    def __str__(self) -> str:
        parts = [f"{self.as_before:,} as before"] if self.as_before else []
        if news := self.asked - self.as_before - self.failed:
            changed = f", {self.changed:,} changed" if self.changed else ""
            parts.append(f"{news:,} with news ({count_words(self.added, 'episode')} added{changed})")
        if self.failed:
            parts.append(f"{self.failed:,} failed")
        said = [f"{count_words(self.asked, 'feed')} asked: {', '.join(parts)}"] if self.asked else []
        if self.put_off:
            said.append(f"{count_words(self.put_off, 'feed')} put off")
        if self.elsewhere and self.until:
            those = f"{count_words(self.elsewhere, 'feed')} left to another castabout"
            said.append(f"{those} (until {time_words(self.until)} at the latest)")
        return "; ".join(said) or "No feed is due"


def update(*, all: bool = False, json: bool = False) -> int:
    """Fetch what is new in the feeds of the library.

    Each feed is fetched as often as suits its own rhythm, and as its host wants
    it; those whose time has come are fetched now. A feed that cannot be read is
    said on one line, does not stop the others, and is tried again later.
    After the feeds, transcripts and chapters in files that they name are fetched, up to
    a thousand; each once. Then notices are sent of what is new among what is followed. Several
    of these may run at the same time. Ctrl-C stops it; what was fetched is kept.

    Parameters
    ----------
    all
        Fetch all feeds, also those that are to be kept for longer, but for those that were
        fetched within the last hour and those whose hosts asked for rest.
    json
        One JSON document about what was done instead of text.
    """
    tally = _Tally()
    with stopped_by_signals(), opened() as castabout:
        _update(castabout, tally, everything=all)
        tally.elsewhere, tally.until = with_others(castabout)
        files = fetch_named_files(castabout, limit=_FILES)
        with writing(castabout):
            index_what_waits(castabout)
        told = tell_of_news(castabout)
    if json:
        sys.stdout.write(_json(tally, files, told))
    else:
        sys.stdout.write(f"{tally}.\n")
        if words := str(files):
            sys.stdout.write(f"Transcripts and chapters: {words}.\n")
        if told != Told():
            sys.stdout.write(f"{told_words(told)}.\n")
    return 1 if tally.failed else 0


def _update(castabout: Castabout, tally: _Tally, *, everything: bool) -> None:
    results = update_feeds(castabout, everything=everything, index=partial(catch_up_if_free, castabout))
    total = due(castabout, everything=everything)
    columns = (
        TextColumn("Fetching feeds"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.0f}/s"),
        TextColumn("{task.fields[failed]:,} failed"),
        TimeElapsedColumn(),
    )
    begun = told = time.monotonic()
    resting: set[str] = set()
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task("feeds", total=total, rate=0.0, failed=0)
        for result in results:
            tally.count(result)
            if result.error:
                complain(result.error.for_people)
            elif result.not_asked and (host := _host(result.source)) not in resting:
                # Once for each host: it may have thousands of feeds.
                resting.add(host)
                complain(f"note: {host}: {result.not_asked}")
            for warning in result.warnings:
                complain(warning.for_people)
            now = time.monotonic()
            rate = tally.asked / max(now - begun, 1e-9)
            bar.update(task, completed=tally.asked + tally.put_off, rate=rate, failed=tally.failed)
            if not stderr.is_terminal and now >= told + _TOLD_S:
                told = now
                complain(
                    f"{tally}; {rate:.0f} a second, {max(total - tally.asked - tally.put_off, 0):,} to go"
                )


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


def _json(tally: _Tally, files: FileTally, told: Told) -> str:
    said = {
        "asked": tally.asked,
        "as_before": tally.as_before,
        "failed": tally.failed,
        "put_off": tally.put_off,
        "with_others": tally.elsewhere,
        "added": tally.added,
        "changed": tally.changed,
        "files": files.json,
        "notices": told_json(told),
    }
    return encode(said).decode() + "\n"
