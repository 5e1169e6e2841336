"""Fetching many sources, some of them at the same time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice

from castabout.errors import SourceError
from castabout.fetch import Fetched, Fetcher, is_web, without_credentials

#: Sources under way or waiting to be taken, for each worker. More would hide a slow
#: host better and hold more bodies in memory.
_AHEAD = 2


def fetch_many(
    fetcher: Fetcher, sources: Iterable[str], *, workers: int
) -> Iterator[tuple[str, Fetched | SourceError]]:
    """Each of ``sources``, without user name and password, with what it answered or why not.

    In the order of ``sources``, whichever answers first. ``workers`` addresses
    are fetched at a time, files when their turn comes; at most twice as many
    answers are held as there are workers, however many sources there are.
    Leaving off early does not wait for what is under way.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="fetch")
    rest = iter(sources)
    window: deque[tuple[str, Callable[[], Fetched]]] = deque()
    try:
        while True:
            for source in islice(rest, _AHEAD * workers - len(window)):
                begun = pool.submit(fetcher.fetch, source) if is_web(source) else None
                window.append((source, begun.result if begun else partial(fetcher.fetch, source)))
            if not window:
                return
            source, answer = window.popleft()
            yield without_credentials(source), _outcome(answer)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _outcome(answer: Callable[[], Fetched]) -> Fetched | SourceError:
    try:
        return answer()
    except SourceError as error:
        return error
