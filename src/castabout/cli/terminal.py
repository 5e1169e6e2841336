"""Answers as text for a terminal. Outside text is printed as text: no markup, no control characters."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from castabout.engine.following import name_of
from castabout.errors import one_line
from castabout.model.answers import (
    BestPodcast,
    EpisodeLine,
    FoundPodcasts,
    Highlighted,
    Moment,
    MomentsPage,
    PodcastLine,
    SearchPage,
    TopicPage,
    Unnarrowed,
    YearCount,
)
from castabout.model.follows import Delivery, FollowLine, Pace, Preview
from castabout.model.lists import ListPage
from castabout.model.passage import Kind
from castabout.query.parser import parse_topic
from castabout.text.numbers import clock, count_words, date_words, duration_words

_BAR = 40
_INDENT = (0, 0, 0, 2)
_MATCH = "bold yellow"
_QUIET = "dim"
#: When notices go out.
PACES: Mapping[Pace, str] = {"now": "at once", "daily": "once a day", "weekly": "once a week"}
_LOOSE = "Few have all of these words; those with some of them come too."


def _console() -> Console:
    return Console(highlight=False)


def print_topic(page: TopicPage, *, again: str | None) -> None:
    """A topic page. ``again`` starts the program for more of this library; ``None`` if it does not stay."""
    console = _console()
    console.print(Text(f"\nPodcasts about {one_line(page.topic)}", style="bold"))
    _print_meant(console, page.did_you_mean)
    _print_said(console, page.said_by_podcasts)
    if not page.episodes:
        console.print(_nothing(page.topic, again))
        return
    console.print(Text(" · ".join(_figures(page))))
    console.print()
    for line in _years(page.popularity):
        console.print(line)
    if undated := page.episodes - page.episodes_with_date:
        also = "and " if page.popularity else ""
        console.print(Text(f"  {also}{count_words(undated, 'episode')} without a date", style=_QUIET))
    console.print(Text(f"\nBest podcasts about {one_line(page.topic)}", style="bold"))
    for place, best in enumerate(page.best_podcasts, start=1):
        console.print(_best(place, best))
    console.print(Text(f"\n{'Best' if page.sort == 'best' else 'Latest'} episodes", style="bold"))
    listed = page.best_episodes or page.latest_episodes
    _print_episodes(console, listed)
    if left := page.episodes - page.copies - len(listed):
        query = shlex.quote(one_line(str(parse_topic(page.topic))))
        sort = "varied" if page.sort == "best" else "date"
        how = f": {again} search --sort {sort} --limit 100 {query}" if again else ""
        console.print(Text(f"\n… and {count_words(left, 'more episode')}{how}", style=_QUIET))


def print_search(page: SearchPage, *, again: str) -> None:
    """The episodes that a query found. ``again`` starts the program."""
    console = _console()
    if page.called:
        console.print(Text(f"{count_words(len(page.called), 'podcast')} of this name:"))
        _print_podcasts(console, page.called)
        console.print()
    _print_meant(console, page.did_you_mean)
    for sentence in page.misread:
        console.print(Text(f"{one_line(sentence)}."))
    _print_said(console, page.said_by_podcasts)
    total = page.episodes - page.copies + page.with_some
    if not total:
        console.print(_nothing(page.query, again, "episode", page.unnarrowed))
        return
    if not page.hits:
        console.print(Text(f"{count_words(total, 'episode')} found, none of them from {page.offset:,} on."))
        return
    found = f"{_episodes(page) if page.episodes else 'No episode'} found"
    some = f" with all of these words, then {page.with_some:,} with some" if page.with_some else ""
    is_all = len(page.hits) == total
    shown = "" if is_all else f", {page.offset + 1:,} to {page.offset + len(page.hits):,}"
    console.print(Text(f"{found}{some}{shown}:"))
    _print_episodes(console, page.hits)


def print_moments(page: MomentsPage, *, again: str) -> None:
    """The moments that a query found, by episode."""
    console = _console()
    if not page.moments:
        console.print(_nothing(page.query, again, "moment", page.unnarrowed))
        return
    among = f" in {'many episodes' if page.episodes is None else count_words(page.episodes, 'episode')}"
    found = count_words(page.moments, "moment") + among
    if not page.hits:
        console.print(Text(f"{found} found, no episode from {page.offset:,} on."))
        return
    is_all = len(page.hits) == page.episodes
    shown = "" if is_all else f", episodes {page.offset + 1:,} to {page.offset + len(page.hits):,}"
    console.print(Text(f"{found}{shown}:"))
    if page.is_loose:
        console.print(Text(_LOOSE, style=_QUIET))
    for line in page.hits:
        _print_title(console, line)
        for moment in line.moments.best if line.moments else ():
            console.print(Padding(_moment(moment), _INDENT, expand=False))
        left = line.moments.total - len(line.moments.best) if line.moments else 0
        if left:
            more = f"… and {left:,} more: --episode {line.id}"
            console.print(Padding(Text(more, style=_QUIET), _INDENT, expand=False))


def _moment(moment: Moment) -> Text:
    when = "no time" if moment.start is None else clock(moment.start)
    about = "≈" if moment.is_estimated else ""
    text = Text.assemble((f"{about + when:>8}", "cyan"))
    if moment.kind is not Kind.SPEECH:
        text.append(f" {moment.kind}:", style="bold")
    for turn in moment.turns:
        if turn.speaker:
            text.append(f" {one_line(turn.speaker)}:", style="bold")
        elif turn is not moment.turns[0]:
            text.append(" –", style="bold")
        text.append(" ").append_text(_marked(turn.text))
    return text


def print_podcasts(found: FoundPodcasts, *, again: str) -> None:
    """The podcasts that a query found."""
    console = _console()
    if not found.podcasts:
        console.print(_nothing(found.query, again))
        return
    is_all = len(found.hits) == found.podcasts
    shown = "" if is_all else f", {found.offset + 1:,} to {found.offset + len(found.hits):,}"
    console.print(Text(f"{count_words(found.podcasts, 'podcast')} found{shown}:"))
    _print_podcasts(console, found.hits)


def _print_podcasts(console: Console, lines: Iterable[PodcastLine]) -> None:
    for line in lines:
        known = [one_line(line.author)] if line.author else []
        known.append(count_words(line.episodes_total, "episode") if line.episodes_total else "not read yet")
        title = (one_line(line.title), "bold")
        console.print(Text.assemble("  ", title, (f"  {', '.join(known)}", _QUIET)))


def print_list(page: ListPage, *, again: str) -> None:
    """A list of episodes, each with its place and what a command calls it."""
    console = _console()
    name = one_line(page.name)
    console.print(Text(f"{name}, archive" if page.is_archive else name, style="bold"))
    if not page.total:
        how = "" if page.is_archive else f"; put an episode into it with `{again} later add EPISODE`"
        console.print(Text(f"Nothing is in it{how}."))
    for entry in page.episodes:
        line = entry.line
        console.print(Text.assemble(f"{entry.place:4}. ", (one_line(line.title), "bold")))
        console.print(Text(f"      {_about(line)}", style=_QUIET))
        console.print(Text(f"      {line.id}", style=_QUIET))
    if left := page.total - len(page.episodes):
        console.print(Text(f"… and {left:,} more", style=_QUIET))


def print_follows(lines: Sequence[FollowLine], *, again: str) -> None:
    """What is followed, what was new, and what became of notices."""
    console = _console()
    if not lines:
        console.print(Text(f"Nothing is followed; follow a topic with `{again}`."))
    for line in lines:
        follow = line.follow
        to = f"notices {PACES[follow.pace]} to {one_line(follow.service)}" if follow.service else "no notices"
        parts = (f"{count_words(line.found, 'new episode')} since {date_words(follow.since)}", to)
        told = " · ".join((*parts, "paused") if follow.is_paused else parts)
        console.print(Text(one_line(name_of(follow.query)), style="bold"))
        console.print(Text(f"  {told}", style=_QUIET))
        for episode in line.latest:
            console.print(Text(f"  {one_line(episode.title)} · {_about(episode)}"))
        if line.deliveries and (trouble := _trouble(line.deliveries[0])):
            console.print(Text(f"  {trouble}"))


def _trouble(delivery: Delivery) -> str | None:
    if delivery.state == "sent" or not delivery.error:
        return None
    again = f"tried again {delivery.next_try:%Y-%m-%d %H:%M} UTC" if delivery.next_try else "given up"
    return f"The last notice was not delivered ({again}): {one_line(delivery.error)}"


def print_preview(preview: Preview) -> None:
    """What would have been told lately."""
    console = _console()
    number = count_words(preview.total, "episode")
    told = f"at least {number}" if preview.is_more else number
    name = one_line(name_of(preview.query))
    console.print(Text(f"{name}: {told} since {date_words(preview.since)}", style="bold"))
    for line in preview.episodes:
        console.print(Text(f"  {one_line(line.title)} · {_about(line)}"))
    if left := preview.total - len(preview.episodes):
        console.print(Text(f"… and {left:,} more", style=_QUIET))


def _about(line: EpisodeLine) -> str:
    parts = (one_line(line.podcast.title), date_words(line.published), duration_words(line.duration))
    return " · ".join(part for part in parts if part)


def _print_meant(console: Console, meant: str | None) -> None:
    if meant:
        console.print(Text(f"Did you mean “{one_line(meant)}”?"))


def _print_said(console: Console, podcasts: int) -> None:
    if podcasts:
        say = (
            "says it of itself, or in all its notes"
            if podcasts == 1
            else "say it of themselves, or in all their notes"
        )
        console.print(Text(f"{count_words(podcasts, 'podcast')} {say}: search with --in podcasts."))


def _nothing(asked: str, again: str | None, noun: str = "", unnarrowed: Unnarrowed | None = None) -> Text:
    """``unnarrowed`` is how much of ``noun`` there is without what narrows."""
    what = f"“{one_line(asked)}”"
    if unnarrowed:
        without = count_words(unnarrowed.found, noun)
        return Text(f"Nothing is found for {what} within what it is narrowed to; without that {without}.")
    add = f", or add more feeds with `{again} add`" if again else ""
    return Text(f"Nothing in this library speaks of {what}. Try fewer words or another spelling{add}.")


def _figures(page: TopicPage) -> Iterable[str]:
    yield count_words(page.podcasts, "podcast")
    yield _episodes(page)
    if page.average_duration is not None:
        known = (
            f" (of {page.episodes_with_duration:,} known)"
            if page.episodes_with_duration < page.episodes
            else ""
        )
        yield f"{duration_words(page.average_duration)} on average{known}"
    yield page.frequency or "frequency unknown"
    if page.latest:
        yield f"latest {date_words(page.latest)}"


def _episodes(page: TopicPage | SearchPage) -> str:
    copies = f" ({page.copies:,} of them {'a copy' if page.copies == 1 else 'copies'})" if page.copies else ""
    return count_words(page.episodes, "episode") + copies


def _years(popularity: Iterable[YearCount]) -> Iterable[Text]:
    counts = tuple(popularity)
    most = max((count.episodes for count in counts), default=1)
    for count in counts:
        bar = "█" * max(round(count.episodes / most * _BAR), 1 if count.episodes else 0)
        number = f" {count.episodes:,}" if bar else "0"
        yield Text.assemble(f"  {count.year}  ", (bar, "cyan"), number)


def _best(place: int, best: BestPodcast) -> Text:
    total = count_words(best.podcast.episodes_total, "episode")
    about = (
        f"  {best.episodes_about:,} of {total}"
        if best.episodes_about
        else f"  {'called' if best.is_named else 'described'} so, none of {total}"
    )
    lately = f", {best.last_year:,} in the last year" if best.last_year else ""
    latest = f"{lately}, latest {date_words(best.latest)}" if best.latest else ""
    return Text.assemble(f"{place:3}. ", (one_line(best.podcast.title), "bold"), (about + latest, _QUIET))


def _print_episodes(console: Console, episodes: Iterable[EpisodeLine]) -> None:
    for line in episodes:
        _print_title(console, line)
        if line.summary.text:
            console.print(Padding(_marked(line.summary), _INDENT, expand=False))
        for moment in line.moments.best if line.moments else ():
            console.print(Padding(_moment(moment), _INDENT, expand=False))


def _print_title(console: Console, line: EpisodeLine) -> None:
    parts = (one_line(line.podcast.title), date_words(line.published), duration_words(line.duration))
    console.print()
    console.print(Padding(Text(one_line(line.title), style="bold"), _INDENT, expand=False))
    console.print(
        Padding(Text(" · ".join(part for part in parts if part), style=_QUIET), _INDENT, expand=False)
    )
    if line.also_in:
        also = ", ".join(one_line(copy.podcast.title) for copy in line.also_in)
        console.print(Padding(Text(f"also in {also}", style=_QUIET), _INDENT, expand=False))


def _marked(extract: Highlighted) -> Text:
    text = Text("… " if extract.cut_before else "")
    for piece, matched in extract.pieces():
        text.append("".join(c if c.isprintable() else " " for c in piece), style=_MATCH if matched else "")
    return text.append(" …" if extract.cut_after else "")
