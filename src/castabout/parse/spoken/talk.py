"""A talk written into other text: whether there is one, where it begins and ends, who says what when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from castabout.model.transcript import Chapter, Cue
from castabout.parse.spoken.heads import Head, heads_by_form, heads_with_name, heads_with_time
from castabout.parse.spoken.stamps import BRACKETED, LABELLED, STAMP, rising, seconds_of

#: Letters in a second of speech: about 15. What is much slower or faster is no talk.
_SLOWEST, _FASTEST = 4, 60
_FEWEST_TIMED = 4
_FEWEST_UNNAMED = 10
_FEWEST_UNTIMED = 8
_SHORTEST_UNTIMED = 2_000
#: How many times must rise, and how many turns end as sentences do.
_MOST = 0.8
_SPEAKERS = 20

#: A heading that goes with the talk; what comes after it needs less to be one.
_HEADING = re.compile(
    r"^[^\w\n]{0,10}(?:(?:full|complete|episode|show|the|auto(?:matic)?|generated|edited|interview)[ -]){0,3}"
    r"(?:transcripts?|transcription|transkript(?:ion)?|transcripci[oó]n|transcri[çc][ãa]o|trascrizione)"
    r"[^\w\n]{0,10}$",
    re.I | re.M,
)
_FEWEST_BELOW = 4
_SHORTEST_BELOW = 400
#: The same where a page lost its lines; no longer than `_HEADING_LETTERS`.
_HEADING_LETTERS = 20
_GLUED_HEADING = re.compile(r"Transcript(?:ion)?:?\Z")
#: ``[00:03:00] Title``, the whole line.
_TITLE = re.compile(
    rf"^[^\w\n]{{0,8}}?(?P<time>{STAMP})[^\S\n]{{0,4}}[-–—:|]?[^\S\n]{{0,4}}"
    r"(?P<title>[^\n]{1,80}?)[*_\t \xa0]{0,8}$",
    re.M,
)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]\s*_]*\Z|[-–—,]\Z")
_OPENING = "\"“‘'[(…«¿¡\\"
_LINE = re.compile(r"[^\s][^\n]*")
_INNER_TIME = re.compile(rf"{BRACKETED}|{LABELLED.pattern}")
_ESCAPE = re.compile(r"\\([\\\[\]()*_#.!`>~+-])")
#: Not within a word: ``s**t``.
_BOLD = re.compile(r"(?<![\w\\])\*\*|\*\*(?!\w)")
#: What is left of a line that says when there was music.
_NO_SPEECH = re.compile(r"(?:\W|_|\bto\b)*")


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said in a stretch of text."""

    start: int
    end: int
    heads: tuple[Head, ...]
    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...] = ()


def find_talk(text: str, sections: Sequence[int] = (), links: Sequence[int] = ()) -> Talk | None:
    """The talk that ``text`` holds, if it does: turns of speech whose pace or form is that of a talk.

    ``sections`` and ``links`` are where headings and links begin; what comes
    after the last turn ends there.
    """
    heading = _HEADING.search(text)
    heads = (heading and _heads_below(text, heading.end(), sections, links)) or _heads(text)
    if not heads:
        return None
    end = _end(text, heads[-1], sections, links)
    start = _start(text, heads[0].at)
    titles = list(_titles(text, heads, end))
    headings = [
        Head(at, at) for at in sections[bisect_left(sections, heads[0].at) : bisect_left(sections, end)]
    ]
    taken = {head.at for head in heads} | {head.at for head, _ in titles}
    inner = [head for head, _ in titles] + [head for head in headings if head.at not in taken]
    heads = sorted([*heads, *inner], key=lambda head: head.at)
    cues, _ = cues_of(text, heads, end)
    return Talk(start, end, tuple(heads), cues, tuple(chapter for _, chapter in titles))


def cues_of(text: str, heads: Sequence[Head], end: int) -> tuple[tuple[Cue, ...], int]:
    """What is said after each of ``heads``, and how many times do not rise: these cues have none."""
    cues: list[Cue] = []
    waiting: float | None = None  # a time on a line of its own, before the head it belongs to
    for head, stop in zip(heads, [*(head.at for head in heads[1:]), end], strict=True):
        said, waiting = _turn(text[head.body : stop], head, waiting)
        cues += said
    timed = [(position, cue.start) for position, cue in enumerate(cues) if cue.start is not None]
    used = {timed[position][0] for position in rising([start for _, start in timed])}
    unused = {position for position, _ in timed} - used
    kept = (replace(cue, start=None) if position in unused else cue for position, cue in enumerate(cues))
    return tuple(kept), len(unused)


def _turn(body: str, head: Head, waiting: float | None) -> tuple[list[Cue], float | None]:
    """The cues of one turn, which is parted where a time stands within; and a time after all of its words."""
    begin, seconds = 0, waiting if head.seconds is None else head.seconds
    cues = []
    times = _INNER_TIME.finditer(body) if "[" in body or "(" in body else ()
    for inner in (*times, None):
        words = spoken(body[begin : inner.start() if inner else len(body)])
        if words:
            cues.append(Cue(words, seconds, None, head.name))
            seconds = None
        if inner:
            # What has a label is said too: ``[inaudible 1:02:03]``.
            begin = inner.start() if inner[1] else inner.end()
            seconds = seconds_of(inner[0])
    return cues, seconds


def spoken(text: str) -> str:
    """The words of ``text``, a line a paragraph, without the marks of Markdown; empty if there are none."""
    if "**" in text:
        text = _BOLD.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if ":" in text:
        text = LABELLED.sub(r"\1\2", text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    words = "\n".join(line for line in lines if line)
    return "" if _NO_SPEECH.fullmatch(words) else words


def _heads(text: str, after: int = 0) -> list[Head]:
    """The heads of the talk, if there is one: those of the form with the most."""
    timed = next((heads for heads in heads_by_form(text, after) if _is_timed_talk(text, heads)), [])
    found = max(_with_untimed(text, timed), _untimed(text, after), key=len)
    if found:
        return found
    unnamed = heads_with_time(text, after)
    return unnamed if len(unnamed) >= _FEWEST_UNNAMED and _is_paced(text, unnamed) else []


def _heads_below(text: str, heading: int, sections: Sequence[int], links: Sequence[int]) -> list[Head]:
    """The heads of the talk after its heading; without names there is one for each paragraph."""
    heads = _heads(text, heading)
    end = _end(text, Head(heading, heading), sections, links)
    if heads or len(text[heading:end].strip()) < _SHORTEST_UNTIMED:
        return heads
    return [Head(line.start(), line.start()) for line in _LINE.finditer(text, heading, end)]


def _is_timed_talk(text: str, heads: Sequence[Head]) -> bool:
    return len(heads) >= _FEWEST_TIMED and _repeat(heads) and _is_paced(text, heads)


def _repeat(heads: Sequence[Head]) -> bool:
    """Whether the same few people speak again and again."""
    return 2 * len({head.name for head in heads}) <= len(heads)


def _is_paced(text: str, heads: Sequence[Head]) -> bool:
    """Whether there is as much text between times as is said between them."""
    times = [head.seconds for head in heads if head.seconds is not None]
    row = rising(times)
    if len(row) < _MOST * len(heads):
        return False
    length = times[row[-1]] - times[row[0]]
    letters = heads[row[-1]].at - heads[row[0]].at
    return length > 0 and _SLOWEST * length <= letters <= _FASTEST * length


def _with_untimed(text: str, heads: list[Head]) -> list[Head]:
    """``heads`` and those after the first that have a name of theirs but no time."""
    if not heads:
        return []
    names = {head.name for head in heads}
    places = {head.at for head in heads}
    others = (
        head
        for head in heads_with_name(text)
        if head.name in names and head.at > heads[0].at and head.at not in places
    )
    return sorted([*heads, *others], key=lambda head: head.at)


def _untimed(text: str, after: int) -> list[Head]:
    """Heads with names alone, if what follows them is a talk: some who speak often, in sentences, at length."""
    heads = heads_with_name(text, after)
    fewest, shortest = (_FEWEST_BELOW, _SHORTEST_BELOW) if after else (_FEWEST_UNTIMED, _SHORTEST_UNTIMED)
    times = Counter(head.name for head in heads)
    often = {name for name, number in times.most_common(_SPEAKERS) if number > 1}
    heads = [head for head in heads if head.name in often]
    if len(heads) < fewest or sum(number >= fewest // 2 - 1 for number in times.values()) < 2:
        return []
    bodies = [text[head.body : after.at].strip() for head, after in pairwise(heads)]
    if sum(map(len, bodies)) < shortest:
        return []
    sentences = sum(_SENTENCE_END.search(body[-20:]) is not None for body in bodies)
    changes = sum(head.name != after.name for head, after in pairwise(heads))
    linked = sum("://" in body for body in bodies)
    is_talk = sentences >= _MOST * len(bodies) and 2 * changes >= len(bodies) and 4 * linked <= len(bodies)
    return heads if is_talk else []


def _titles(text: str, heads: Sequence[Head], end: int) -> Iterator[tuple[Head, Chapter]]:
    """Lines within a talk that are no speech but the titles of what comes."""
    places = [head.at for head in heads]
    for match in _TITLE.finditer(text, heads[0].at, end):
        before = bisect_left(places, match.start() + 1) - 1
        title = match["title"].strip(" *_\t\xa0")
        if places[before] == match.start() or not title or _SENTENCE_END.search(title):
            continue
        yield (
            Head(match.start(), match.end(), heads[before].name),
            Chapter(seconds_of(match["time"]), title),
        )


def _start(text: str, first: int) -> int:
    """Where the heading of the talk begins, if it has one, else ``first``."""
    above = text[:first].rstrip()
    line = above.rfind("\n") + 1
    if _HEADING.match(above, line):
        return line + len(above[line:]) - len(above[line:].lstrip())
    glued = _GLUED_HEADING.search(above, max(line, len(above) - _HEADING_LETTERS))
    return glued.start() if glued else first


def _end(text: str, last: Head, sections: Sequence[int], links: Sequence[int]) -> int:
    """Where the last turn ends: with the paragraph that begins it and those of plain sentences after it."""
    section = bisect_left(sections, last.body)
    limit = sections[section] - 1 if section < len(sections) else len(text)
    end = start = last.body
    has_begun = False
    while start < limit:
        stop = text.find("\n", start, limit)
        stop = stop if stop >= 0 else limit
        line = text[start:stop].strip()
        if line:
            link = bisect_left(links, start)
            is_linked = (link < len(links) and links[link] < stop) or "://" in line
            if has_begun and (is_linked or not _is_prose(line)):
                break
            has_begun = True
            end = stop
        start = stop + 1
    return last.body + len(text[last.body : end].rstrip())


def _is_prose(line: str) -> bool:
    """Whether a line has sentences, and is no item of a list."""
    return (line[0].isalnum() or line[0] in _OPENING) and _SENTENCE_END.search(line[-20:]) is not None
