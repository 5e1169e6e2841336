"""Which podcast of the library a feed tells of, at whatever address it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from castabout.engine.castabout import Castabout
from castabout.engine.same import By, is_same_show, share_a_key, share_a_trait, traits
from castabout.errors import NotFound, SourceError
from castabout.fetch import Fetched, is_web
from castabout.model.feed import ParsedFeed, Problem
from castabout.model.library import FeedChange, KnownPodcast, StoredPodcast
from castabout.parse.identity import guid_id, normal_address, podcast_id, same_addresses, title_key
from castabout.store import episodes, podcasts


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The podcast that a feed tells of."""

    id: str
    known: KnownPodcast | None
    #: Where the podcast is read from: the feed's own address, unless the feed is an alias.
    source: str
    #: The library reads the podcast elsewhere.
    is_alias: bool
    #: The address to be remembered, if it is not yet.
    address: str | None
    problems: tuple[Problem, ...] = ()


def who(castabout: Castabout, fetched: Fetched, parsed: ParsedFeed) -> Who:
    """The podcast of the library that a feed tells of, or a new one.

    At an address that is known it stays who it is. Else it is found by
    ``podcast:guid``, by the address the feed says it has or had, and by
    title, author and an episode in common. Raises `StoreError`.
    """
    address = normal_address(fetched.url)
    here = podcasts.by_addresses(castabout.store, same_addresses(address))
    guid = guid_id(parsed.podcast.guid)
    namesakes: tuple[StoredPodcast, ...] = ()
    if guid is not None and all(podcast.id != guid for podcast in here.values()):
        namesakes = podcasts.by_guid(castabout.store, guid)
    owner = next((podcast for podcast in namesakes if podcast.id == guid), None)
    found = _find(castabout, fetched, parsed, here, namesakes)
    id = found.id if found else podcast_id(None if owner else guid, fetched.url)
    known = podcasts.known(castabout.store, id)
    source = _source(castabout, known.stored.source, fetched) if known else fetched.url
    return Who(
        id=id,
        known=known,
        source=source,
        is_alias=address not in same_addresses(source),
        address=None if address in here and here[address].id == id else address,
        problems=(_copied(owner),) if owner and owner.id != id else (),
    )


def is_still(known: KnownPodcast, change: FeedChange) -> bool:
    """Whether what is found at the address of the podcast ``known`` is still that one."""
    shares = bool(change.unchanged or change.changed or change.also)
    return is_same_show(By.ADDRESS, known.stored.podcast, change.podcast, lambda: shares)


def with_copied(castabout: Castabout, change: FeedChange) -> FeedChange:
    """``change`` with a word about a ``podcast:guid`` that is another podcast's. Raises `StoreError`."""
    is_own = change.guid in (None, change.id)
    owner = None if is_own else podcasts.by_id(castabout.store, change.guid or "")
    return replace(change, problems=(_copied(owner), *change.problems)) if owner else change


def may_be_one(one: FeedChange, other: FeedChange) -> bool:
    """Whether ``one``, which is not stored yet, may be of the podcast of ``other``: then it is stored first."""
    return (
        one.id == other.id
        or (one.guid is not None and one.guid == other.guid)
        or (one.title_key is not None and one.title_key == other.title_key)
        or other.podcast.self_url in (one.source, one.address)
    )


def at_home(castabout: Castabout, url: str) -> StoredPodcast | None:
    """The podcast that is read from ``url``."""
    here = podcasts.by_addresses(castabout.store, {url, normal_address(url)})
    return next((one for one in here.values() if normal_address(one.source) == normal_address(url)), None)


def _find(
    castabout: Castabout,
    fetched: Fetched,
    parsed: ParsedFeed,
    here: Mapping[str, StoredPodcast],
    namesakes: Sequence[StoredPodcast],
) -> StoredPodcast | None:
    for by, stored in _candidates(castabout, fetched, parsed, here, namesakes):
        share = partial(_share_episodes, castabout, stored, parsed)
        if is_same_show(by, stored.podcast, parsed.podcast, share):
            return stored
    return None


def _candidates(
    castabout: Castabout,
    fetched: Fetched,
    parsed: ParsedFeed,
    here: Mapping[str, StoredPodcast],
    namesakes: Sequence[StoredPodcast],
) -> Iterator[tuple[By, StoredPodcast]]:
    same = same_addresses(fetched.url)
    # Who is read here already stays who it is, even if its feed has a new GUID since.
    yield from ((By.ADDRESS, podcast) for podcast in here.values() if normal_address(podcast.source) in same)
    yield from ((By.GUID, podcast) for podcast in namesakes)
    yield from ((By.ADDRESS, podcast) for podcast in here.values())
    claimed = [url for url in (parsed.podcast.self_url, fetched.source) if url and is_web(url)]
    elsewhere = {variant for url in claimed for variant in same_addresses(url)} - set(same)
    if elsewhere:
        yield from ((By.CLAIM, found) for found in podcasts.by_addresses(castabout.store, elsewhere).values())
    if key := title_key(parsed.podcast.title):
        yield from ((By.TITLE, podcast) for podcast in podcasts.by_title(castabout.store, key))


def _share_episodes(castabout: Castabout, stored: StoredPodcast, parsed: ParsedFeed) -> bool:
    known = podcasts.known(castabout.store, stored.id)
    if known is None or share_a_key(known, parsed.episodes):
        return known is not None
    theirs = (traits(found.episode) for found in episodes.of_podcast(castabout.store, stored.row))
    return share_a_trait(theirs, map(traits, parsed.episodes))


def _source(castabout: Castabout, source: str, fetched: Fetched) -> str:
    """Where a known podcast is to be read from: ``source`` as before, or where it was read now.

    Each of these changes goes one way, so that reading the same again changes nothing.
    """
    if normal_address(fetched.url) in same_addresses(source):
        is_safer = source.startswith("http://") and fetched.url.startswith("https://")
        return fetched.url if is_safer else source
    if is_web(fetched.url):
        was_sent_on = normal_address(fetched.source) in same_addresses(source)
        return fetched.url if was_sent_on or not is_web(source) else source
    return fetched.url if not is_web(source) and _is_gone(castabout, source) else source


def _is_gone(castabout: Castabout, file: str) -> bool:
    try:
        castabout.fetcher.fetch(file)
    except NotFound:
        return True
    except SourceError:
        pass
    return False


def _copied(owner: StoredPodcast) -> Problem:
    title = owner.podcast.title or owner.source
    return Problem("feed", f"its podcast:guid is that of another show, “{title}”; it counts as that one's")
