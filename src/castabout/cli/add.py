"""``castabout add``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated

from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from castabout.cli import choices
from castabout.cli.app import WrongUsage, complain
from castabout.cli.dump import DumpOptions, DumpResult, is_dump, take_in_dump
from castabout.cli.files import FileTally, fetch_named_files
from castabout.cli.library import index_what_waits, opened, stderr, stopped_by_signals, writing
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up
from castabout.engine.results import FeedResult
from castabout.engine.told import Told, name_of, outcome_of
from castabout.engine.update import add as add_sources
from castabout.errors import one_line
from castabout.fetch.private import without_secrets
from castabout.model.dump import Wanted
from castabout.model.feed import Problem
from castabout.render.json import encode
from castabout.text.numbers import count_words

#: Transcripts and chapters fetched at most after the feeds, and for how many seconds; `castabout update` goes on.
_FILES = 100
_FILES_S = 20.0
#: Problems shown of each feed unless all are asked for.
_SHOWN_PROBLEMS = 2
#: Feeds that were not asked again are told one by one up to this many; all are counted.
_SHOWN_NOT_ASKED = 10


@dataclass(slots=True)
class _Tally:
    """What became of all sources together."""

    results: list[FeedResult] = field(default_factory=list)
    dumps: list[DumpResult] = field(default_factory=list)
    files: FileTally = field(default_factory=FileTally)

    @property
    def read(self) -> list[FeedResult]:
        return [result for result in self.results if result.podcast and not result.not_asked]

    @property
    def not_asked(self) -> list[FeedResult]:
        return [result for result in self.results if result.not_asked]

    @property
    def failed(self) -> list[FeedResult]:
        return [result for result in self.results if result.error]

    @property
    def open(self) -> list[FeedResult]:
        return [result for result in self.results if result.choices]

    @property
    def has_failed(self) -> bool:
        return bool(self.failed) or any(dump.error for dump in self.dumps)


def add(
    *sources: str,
    first: bool = False,
    dump: Annotated[DumpOptions | None, Parameter(name="*")] = None,
    problems: bool = False,
    json: bool = False,
) -> int:
    """Read feeds into the library.

    A source is the address of a feed or of a web page that links one, a link to
    Apple Podcasts or to the Podcast Index, the name of a podcast, a feed file, a
    folder of feed files, an OPML list (a file or an address), or the file of the
    Podcast Index's public dump, packed or not, whose podcasts are found at once and
    their episodes as `castabout update` comes to them. Where several feeds may be
    meant you are asked which. What is there already is brought up to
    date; nothing is ever lost. A show that is there under another address is
    recognised, and its episodes count once. A source that cannot be read is said on one line
    and does not stop the others.

    Examples: `castabout add subscriptions.opml`, `castabout add feeds/ https://example.org/feed.xml`,
    `castabout add "radio lab"`, `castabout add podcastindex_feeds.db.tgz --language en --min-episodes 5`.

    Parameters
    ----------
    sources
        What to read.
    first
        Where several feeds may be meant take the first one, without asking.
    problems
        Show every problem that was met inside the feeds, not only the first ones.
    json
        One JSON document about what was done instead of text.
    """
    if not sources:
        raise WrongUsage("nothing to add; name a feed, a page, a podcast, a file, a folder or an OPML list")
    wanted = (dump or DumpOptions()).wanted
    dumps = [source for source in sources if is_dump(source)]
    if not (dumps or wanted.is_everything):
        raise WrongUsage("--language, --category, --min-… and --newer-than are for the file of a dump")
    others = [source for source in sources if source not in dumps]
    tally = _Tally()
    show_problems = None if json else problems
    with stopped_by_signals(), opened() as castabout:
        _take_in(castabout, dumps, wanted, tally, quiet=json)
        if others:
            _add(castabout, others, tally, first=first, show_problems=show_problems)
        if tally.open and not json and choices.can_ask():
            asked = tally.open
            tally.results = [result for result in tally.results if not result.choices]
            if chosen := choices.chosen(asked):
                _add(castabout, chosen, tally, first=True, show_problems=show_problems)
    if json:
        sys.stdout.write(_json(tally))
    elif tally.read or tally.not_asked or tally.failed or not (tally.open or tally.dumps):
        sys.stdout.write(f"{_summary(tally)}\n")
        if words := str(tally.files):
            sys.stdout.write(f"Transcripts and chapters of these: {words}.\n")
    if tally.open:
        choices.tell(tally.open, only_complain=json)
    return 2 if tally.open else 1 if tally.has_failed else 0


def _take_in(
    castabout: Castabout, sources: Sequence[str], wanted: Wanted, tally: _Tally, *, quiet: bool
) -> None:
    settings = load_settings(None, os.environ)
    for source in sources:
        result = take_in_dump(castabout, settings, source, wanted)
        tally.dumps.append(result)
        if result.error:
            complain(result.error.for_people)
        elif not quiet:
            sys.stdout.write(f"{result.words}.\n")


def _add(
    castabout: Castabout, sources: Sequence[str], tally: _Tally, *, first: bool, show_problems: bool | None
) -> None:
    with writing(castabout):
        begun = int(castabout.clock().timestamp())
        _read(castabout, sources, tally, first=first, show_problems=show_problems)
        # Whoever does not wait for the files finds the rest.
        index_what_waits(castabout)
        tally.files = fetch_named_files(castabout, limit=_FILES, since=begun, for_s=_FILES_S)
        index_what_waits(castabout)


def _read(
    castabout: Castabout, sources: Sequence[str], tally: _Tally, *, first: bool, show_problems: bool | None
) -> None:
    columns = (TextColumn("Reading feeds"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task("feeds", total=0)

        def found(more: int) -> None:
            bar.update(task, total=(bar.tasks[0].total or 0) + more)

        index = partial(catch_up, castabout, progress=lambda _: None)
        for result in add_sources(castabout, sources, found=found, first=first, index=index):
            tally.results.append(result)
            bar.update(task, advance=0 if result.is_more else 1)
            if result.error:
                complain(result.error.for_people)
            for warning in result.warnings:
                complain(warning.for_people)
            is_told = not result.not_asked or len(tally.not_asked) <= _SHOWN_NOT_ASKED
            if show_problems is not None and is_told:
                _print_feed(result, show_all=show_problems)


def _print_feed(result: FeedResult, *, show_all: bool) -> None:
    has_more = result.podcast and (result.has_news or result.known_as or show_all)
    if not (result.not_asked or has_more):
        return
    sys.stdout.write(f"{name_of(result)}: {outcome_of(result)}\n")
    if result.not_asked:
        return
    shown = result.problems if show_all else result.problems[:_SHOWN_PROBLEMS]
    for problem in shown:
        sys.stdout.write(f"  {_problem(problem)}\n")
    if left := len(result.problems) - len(shown):
        sys.stdout.write(f"  and {count_words(left, 'more problem')} (--problems shows all)\n")


def _printable(name: str) -> str:
    """A name whose bytes are no text, as far as it is."""
    return name.encode("utf-8", "replace").decode()


def _problem(problem: Problem) -> str:
    return one_line(f"{problem.where}: {problem.what}")


def _summary(tally: _Tally) -> str:
    told = Told()
    for result in tally.results:
        told.count(result)
    return str(told)


def _json(tally: _Tally) -> str:
    return (
        encode(
            {
                "feeds": [
                    {
                        "source": without_secrets(_printable(result.source)),
                        "podcast": result.podcast,
                        "title": result.title,
                        "known_as": without_secrets(result.known_as) if result.known_as else None,
                        "added": result.added,
                        "changed": result.changed,
                        "unchanged": result.unchanged,
                        "not_asked": result.not_asked,
                        "problems": [
                            {"where": problem.where, "what": problem.what, "lost_item": problem.lost_item}
                            for problem in result.problems
                        ],
                        "warnings": [without_secrets(str(warning)) for warning in result.warnings],
                        "error": without_secrets(str(result.error)) if result.error else None,
                        "choices": [
                            {"url": without_secrets(feed.url), "title": feed.title, "author": feed.author}
                            for feed in result.choices
                        ],
                    }
                    for result in tally.results
                ],
                "added": sum(result.added for result in tally.results),
                "changed": sum(result.changed for result in tally.results),
                "failed": len(tally.failed),
                "files": tally.files.json,
                "dumps": [dump.json for dump in tally.dumps],
            }
        ).decode()
        + "\n"
    )
