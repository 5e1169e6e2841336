"""feedparser's own test files: what each of them expects of a field that castabout has, too.

Every file says in a comment what feedparser makes of it, in Python:
``not bozo and entries[0]['title'] == 'Example Atom'``. Of each such line the
conditions on fields of ours are checked; a file without any is left out. The
files that fail are exactly those listed, with reasons, in
docs/decisions/006-feedparser-tests.md.

Most files hold an item with a single element. castabout leaves out items that
nothing tells from others, such as one that is a date alone: those get a GUID.

https://github.com/kurtmckee/feedparser (BSD-2-Clause), beside the project, not in it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote

from castabout.errors import NotAFeed
from castabout.model.feed import Enclosure, Episode, ParsedFeed, Podcast
from castabout.parse.encoding import decode
from castabout.parse.feed import parse_feed
from tests.corpus.expectations import Condition, Steps, conditions

DECISION = Path(__file__).parents[2] / "docs" / "decisions" / "006-feedparser-tests.md"
_EXPECT = re.compile(rb"Expect:\s*(.+)")
_CONTENT_LOCATION = re.compile(rb"Content-Location:\s*(\S+)")
#: Where feedparser's own tests serve their files.
_HOST = "http://127.0.0.1:8097/"

# --- how two values are the same -----------------------------------------------------------------

_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_BLOCK = re.compile(r"</?(?:br|p|div|li|ul|ol|h\d|img)\b", re.I)
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.I | re.S)
#: What `urllib` leaves as it is in an address.
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_HREF = re.compile(r"""<a\b[^<>]*?\shref=["']([^"']+)["']""", re.I)


def _text(markup: str) -> str:
    """What a browser shows of ``markup``, on one line; names of drawings it does not show."""
    markup = _DRAWING.sub("", markup)
    return _folded(html.unescape(_TAG.sub(lambda tag: " " if _BLOCK.match(tag[0]) else "", markup)))


def _folded(text: str) -> str:
    return " ".join(text.split())


def same_text(ours: object, theirs: object) -> bool:
    """Our line of text against theirs, which may be text or HTML."""
    return _folded(str(ours or "")) in (_folded(str(theirs)), _text(str(theirs)))


def same_notes(ours: object, theirs: object) -> bool:
    """Our safe HTML against theirs: the text that it shows, and where its links lead."""
    shown = _text(str(ours or ""))
    if shown not in (_folded(str(theirs)), _text(str(theirs))):
        return False
    expected = _links(str(theirs))
    return all(url in _links(str(ours or "")) for url in expected if url.startswith(("http", "mailto:")))


def _links(markup: str) -> set[str]:
    """Addresses in ``markup``, other letters than those of ASCII written as RFC 3987 says."""
    return {quote(html.unescape(url), safe=_SAFE) for url in _HREF.findall(markup)}


def same_name(ours: object, theirs: object) -> bool:
    """A name; the address that feedparser puts behind it is no field of ours."""
    return same_text(ours, re.sub(r"\s*\(\S+@\S+\)$", "", str(theirs)))


def same_date(ours: object, theirs: object) -> bool:
    """Our moment against feedparser's tuple, or its text."""
    if isinstance(theirs, tuple):
        year, month, day, hour, minute, second = theirs[:6]
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    elif re.match(r"\d{4}-", str(theirs)):
        moment = datetime.fromisoformat(str(theirs))
    else:
        moment = parsedate_to_datetime(str(theirs))
    return ours == moment


def same_duration(ours: object, theirs: object) -> bool:
    """Our seconds against ``minutes:seconds``."""
    minutes, seconds = map(int, str(theirs).split(":"))
    return ours == 60 * minutes + seconds


def same_language(ours: object, theirs: object) -> bool:
    """Tags of languages differ in case only."""
    return str(ours).lower() == str(theirs).lower()


def same_flag(ours: object, theirs: object) -> bool:
    """Yes against 1, no and unknown against 0."""
    return bool(ours) == bool(theirs)


def same_answer(ours: object, theirs: object) -> bool:
    """Yes, no and unknown are three things."""
    return ours is (None if theirs is None else bool(theirs))


def same_number(ours: object, theirs: object) -> bool:
    """A number against one that feedparser leaves as text."""
    return ours == float(str(theirs))


def same_enclosure(ours: object, theirs: object) -> bool:
    """A whole enclosure against feedparser's dictionary."""
    return (
        isinstance(ours, Enclosure)
        and {"href": ours.url, "length": str(ours.length), "type": ours.type} == theirs
    )


def same(ours: object, theirs: object) -> bool:
    """Addresses and keys: to the letter."""
    return ours == theirs


def one_of_texts(ours: object, theirs: object) -> bool:
    """One of several names, in whatever order."""
    return isinstance(ours, (set, frozenset)) and any(same_text(name, theirs) for name in ours)


def among(ours: object, theirs: object) -> bool:
    """One of several addresses."""
    return isinstance(ours, (set, frozenset)) and theirs in ours


# --- feedparser's names and ours -----------------------------------------------------------------

Same = Callable[[object, object], bool]


def _authors(author: str | None) -> list[str]:
    return (author or "").split(", ")


def _addresses(*urls: str | None) -> frozenset[str]:
    return frozenset(url for url in urls if url)


#: feedparser's name, with ``#`` for an index → our value, and how both are compared.
FEED: dict[str, tuple[Callable[[Podcast], object], Same]] = {
    "title": (lambda p: p.title, same_text),
    "title_detail.value": (lambda p: p.title, same_text),
    "link": (lambda p: p.link, same),
    "links#.href": (lambda p: _addresses(p.link, p.self_url, p.next_url, p.hub_url), among),
    **{
        name: (lambda p: p.description, same_notes)
        for name in ("description", "subtitle", "tagline", "info", "summary", "subtitle_detail.value")
    },
    "author": (lambda p: p.author, same_name),
    "author_detail.name": (lambda p: p.author, same_name),
    "authors#.name": (lambda p: _authors(p.author), same_name),
    **{name: (lambda p: p.image, same) for name in ("image.href", "image.url", "logo", "icon")},
    "language": (lambda p: p.language, same_language),
    "tags#.term": (lambda p: {*p.categories, *p.keywords}, one_of_texts),
    "category": (lambda p: [*p.categories, *p.keywords, None][0], same_text),
    "tags": (lambda p: [*p.categories, *p.keywords], same),
    **{name: (lambda p: p.copyright, same_text) for name in ("copyright", "rights", "rights_detail.value")},
    "itunes_block": (lambda p: p.is_blocked, same_flag),
    "itunes_explicit": (lambda p: p.explicit, same_answer),
    "newlocation": (lambda p: p.new_feed_url, same),
}
#: feedparser's names of what may become the notes of an episode.
NOTES = ("description", "summary", "subtitle", "content#.value", "summary_detail.value")
ENTRY: dict[str, tuple[Callable[[Episode], object], Same]] = {
    "title": (lambda e: e.title, same_text),
    "title_detail.value": (lambda e: e.title, same_text),
    "id": (lambda e: e.key, same),
    "guid": (lambda e: e.key, same),
    "link": (lambda e: e.link, same),
    "links#.href": (
        lambda e: _addresses(
            e.link,
            e.deep_link,
            e.license.url if e.license else None,
            e.chapters.url if e.chapters else None,
            *(enclosure.url for enclosure in e.enclosures),
        ),
        among,
    ),
    **{name: (lambda e: e.notes, same_notes) for name in NOTES},
    "content#.src": (lambda e: [enclosure.url for enclosure in e.enclosures], same),
    "author": (lambda e: e.author, same_name),
    "author_detail.name": (lambda e: e.author, same_name),
    "authors#.name": (lambda e: _authors(e.author), same_name),
    "image.href": (lambda e: e.image, same),
    "media_thumbnail#.url": (lambda e: [e.image], same),
    "language": (lambda e: e.language, same_language),
    **{
        name: (lambda e: e.published, same_date)
        for stem in ("published", "updated", "created")
        for name in (stem, f"{stem}_parsed")
    },
    "tags#.term": (lambda e: set(e.keywords), one_of_texts),
    "tags#.label": (lambda e: set(e.keywords), one_of_texts),
    "tags": (lambda e: list(e.keywords), same),
    "category": (lambda e: [*e.keywords, None][0], same_text),
    "license": (lambda e: e.license.url if e.license else None, same),
    "enclosures#": (lambda e: list(e.enclosures), same_enclosure),
    "enclosures#.href": (lambda e: [enclosure.url for enclosure in e.enclosures], same),
    "enclosures#.url": (lambda e: [enclosure.url for enclosure in e.enclosures], same),
    "enclosures#.type": (lambda e: [enclosure.type for enclosure in e.enclosures], same),
    "enclosures#.length": (lambda e: [enclosure.length for enclosure in e.enclosures], same_number),
    "itunes_block": (lambda e: e.is_blocked, same_flag),
    "itunes_explicit": (lambda e: e.explicit, same_answer),
    "itunes_duration": (lambda e: e.duration, same_duration),
    "psc_chapters.chapters": (lambda e: list(e.simple_chapters), same_flag),
    "psc_chapters.chapters#.title": (lambda e: [chapter.title for chapter in e.simple_chapters], same_text),
    "psc_chapters.chapters#.start_parsed": (lambda e: [chapter.start for chapter in e.simple_chapters], same),
    "psc_chapters.chapters#.href": (lambda e: [chapter.link for chapter in e.simple_chapters], same),
}


def is_ours(condition: Condition) -> bool:
    """Whether castabout has the field that ``condition`` is about."""
    name, _ = _named(condition.steps)
    if condition.steps[0] == "feed":
        return name in FEED
    if condition.steps[0] == "entries":
        return name in ENTRY
    return condition.steps == ("encoding",)


def holds(condition: Condition, parsed: ParsedFeed) -> bool:
    """Whether ``condition`` is true of what castabout read."""
    name, index = _named(condition.steps)
    if condition.steps[0] == "feed":
        find_in_feed, is_same = FEED[name]
        ours = find_in_feed(parsed.podcast)
    else:
        find, is_same = ENTRY[name]
        episode = _episode(parsed, int(condition.steps[1]))
        if episode is None:
            return False
        ours = find(episode)
    if condition.operator == "absent":
        return ours is None
    if condition.operator == "len":
        return isinstance(ours, list) and len(ours) == condition.value
    if isinstance(ours, list) and index is not None:
        return index < len(ours) and is_same(ours[index], condition.value)
    return is_same(ours, condition.value)


_COPY = re.compile(r"a copy of item (\d+)")


def _episode(parsed: ParsedFeed, number: int) -> Episode | None:
    """What became of an item, counted from 0: true copies are one episode."""
    copies = {}
    for problem in parsed.problems:
        if (found := _COPY.match(problem.what)) is not None:
            copies[int(problem.where.split()[1])] = int(found[1])
    kept = copies.get(number + 1, number + 1)
    place = kept - 1 - sum(copy < kept for copy in copies)
    return parsed.episodes[place] if place < len(parsed.episodes) else None


def _named(steps: Steps) -> tuple[str, int | None]:
    """The name of a field without its place in a list, and that place."""
    rest = steps[2:] if steps[0] == "entries" else steps[1:]
    name, index = "", None
    for step in rest:
        if isinstance(step, int):
            name, index = f"{name}#", step
        else:
            name = f"{name}.{step}" if name else str(step)
    return name, index


# --- running them --------------------------------------------------------------------------------


_ITEM = re.compile(rb"<(item|entry)\b[^<>]*>")


def _with_guid(item: re.Match[bytes]) -> bytes:
    number = b"%d" % item.start()
    if item[1] == b"entry":
        return item[0] + b"<id>" + number + b"</id>"
    return item[0] + b'<guid isPermaLink="false">' + number + b"</guid>"


def passes(data: bytes, expected: list[Condition], address: str) -> bool:
    """Whether castabout reads the file ``data`` as ``expected`` says."""
    try:
        parsed = parse_feed(data, address=address)
        if not parsed.episodes and any(problem.lost_item for problem in parsed.problems):
            parsed = parse_feed(_ITEM.sub(_with_guid, data), address=address)
    except NotAFeed:
        return expected == [Condition(("bozo",), "==", True)]
    texts = [c for c in expected if c.steps[0] == "entries" and _named(c.steps)[0] in NOTES]
    if len(texts) > 1:  # feedparser keeps several texts, castabout the best of them
        expected = [c for c in expected if c not in texts or holds(c, parsed)]
        if not any(c in texts for c in expected):
            return False
    for condition in expected:
        if condition.steps == ("bozo",):
            is_said = any(p.where == "feed" and p.what != "has no items" for p in parsed.problems)
            if is_said is not condition.value:
                return False
        elif condition.steps == ("encoding",):
            if decode(data)[0] != data.decode(str(condition.value)):
                return False
        elif is_ours(condition) and not holds(condition, parsed):
            return False
    return True


def run(folder: Path) -> dict[str, bool]:
    """Each file below ``folder`` that expects something of a field of ours, and whether it passes."""
    results = {}
    for file in sorted(folder.rglob("*.xml")):
        data = file.read_bytes()
        said = _EXPECT.search(data.replace(b"\0", b""))
        if said is None:
            continue
        expected = conditions(said[1].decode("utf-8", "replace"))
        whole = [Condition(("bozo",), "==", value) for value in (True, False)]
        if not any(is_ours(condition) for condition in expected) and expected not in ([whole[0]], [whole[1]]):
            continue
        location = _CONTENT_LOCATION.search(data)
        name = f"{folder.name}/{file.relative_to(folder).as_posix()}"
        address = location[1].decode() if location else f"{_HOST}{name}"
        results[name] = passes(data, expected, address)
    return results


def exceptions() -> set[str]:
    """The files that the decision lists."""
    return set(re.findall(r"^\| `((?:well|ill)formed/[^`]+)` \|", DECISION.read_text("utf-8"), re.M))


def test_feedparsers_files_are_read_as_feedparser_reads_them(shared_data: Path) -> None:
    folder = shared_data / "parser-tests"
    well_formed = run(folder / "wellformed")
    ill_formed = run(folder / "illformed")
    assert (len(well_formed), len(ill_formed)) == (1115, 15)
    assert sum(well_formed.values()) >= 0.97 * len(well_formed)
    assert sum(ill_formed.values()) >= 0.95 * len(ill_formed)
    failed = {name for name, passed in (well_formed | ill_formed).items() if not passed}
    assert failed == exceptions()
