"""``castabout add``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from castabout.cli.app import WrongUsage, complain
from castabout.cli.library import index_what_waits, opened, stderr, writing
from castabout.engine.castabout import Castabout
from castabout.engine.update import FeedResult
from castabout.engine.update import add as add_sources
from castabout.errors import one_line
from castabout.model.feed import Problem
from castabout.render.json import encode
from castabout.text.numbers import count_words

#: Problems shown of each feed unless all are asked for.
_SHOWN_PROBLEMS = 2


@dataclass(slots=True)
class _Tally:
    """What became of all sources together."""

    results: list[FeedResult] = field(default_factory=list)

    @property
    def read(self) -> list[FeedResult]:
        return [result for result in self.results if result.podcast]

    @property
    def failed(self) -> list[FeedResult]:
        return [result for result in self.results if result.error]


def add(*sources: str, problems: bool = False, json: bool = False) -> int:
    """Read feeds into the library.

    A source is a feed file, a folder of feed files, an OPML list (a file or an
    address), or the address of a feed. What is there already is brought up to
    date; nothing is ever lost. A show that is there under another address is
    recognised, and its episodes count once. A source that cannot be read is said on one line
    and does not stop the others.

    Examples: `castabout add subscriptions.opml`, `castabout add feeds/ https://example.org/feed.xml`.

    Parameters
    ----------
    sources
        What to read.
    problems
        Show every problem that was met inside the feeds, not only the first ones.
    json
        One JSON document about what was done instead of text.
    """
    if not sources:
        raise WrongUsage("nothing to add; name a feed file, a folder, an OPML list or an address")
    with opened() as castabout, writing(castabout):
        tally = _add(castabout, sources, show_problems=None if json else problems)
        index_what_waits(castabout)
    sys.stdout.write(_json(tally) if json else f"{_summary(tally)}\n")
    return 1 if tally.failed else 0


def _add(castabout: Castabout, sources: Sequence[str], *, show_problems: bool | None) -> _Tally:
    tally = _Tally()
    columns = (TextColumn("Reading feeds"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task("feeds", total=0)

        def found(more: int) -> None:
            bar.update(task, total=(bar.tasks[0].total or 0) + more)

        for result in add_sources(castabout, sources, found=found):
            tally.results.append(result)
            bar.update(task, advance=1)
            if result.error:
                complain(result.error.for_people)
            if show_problems is not None:
                _print_feed(result, show_all=show_problems)
    return tally


def _print_feed(result: FeedResult, *, show_all: bool) -> None:
    if not result.podcast or not (result.has_news or result.known_as or show_all):
        return
    news = [f"already here as {one_line(result.known_as)}"] if result.known_as else []
    news += [
        f"{number:,} {what}"
        for number, what in (
            (result.added, "new"),
            (result.changed, "changed"),
            (result.unchanged, "as before"),
        )
        if number
    ]
    sys.stdout.write(f"{one_line(result.title or result.source)}: {', '.join(news)}\n")
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
    feeds = count_words(len(tally.read), "feed")
    added = sum(result.added for result in tally.read)
    changed = sum(result.changed for result in tally.read)
    parts = []
    if tally.read:
        has_news = any(result.has_news for result in tally.read)
        nothing = "nothing new, the library holds all of it already"
        parts.append(f"{feeds} read: {_news(added, changed) if has_news else nothing}")
    if tally.failed:
        parts.append(f"{count_words(len(tally.failed), 'source')} failed")
    return "; ".join(parts) + "." if parts else "Nothing was read."


def _news(added: int, changed: int) -> str:
    news = [f"{count_words(added, 'episode')} added"]
    if changed:
        news.append(f"{changed:,} changed")
    return ", ".join(news)


def _json(tally: _Tally) -> str:
    return (
        encode(
            {
                "feeds": [
                    {
                        "source": _printable(result.source),
                        "podcast": result.podcast,
                        "title": result.title,
                        "known_as": result.known_as,
                        "added": result.added,
                        "changed": result.changed,
                        "unchanged": result.unchanged,
                        "problems": [
                            {"where": problem.where, "what": problem.what, "lost_item": problem.lost_item}
                            for problem in result.problems
                        ],
                        "error": str(result.error) if result.error else None,
                    }
                    for result in tally.results
                ],
                "added": sum(result.added for result in tally.results),
                "changed": sum(result.changed for result in tally.results),
                "failed": len(tally.failed),
            }
        ).decode()
        + "\n"
    )
