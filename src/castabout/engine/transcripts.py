"""Transcripts and chapters from the files that feeds name: fetched after the feeds, the best kind first."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from castabout.engine.castabout import Castabout
from castabout.engine.moves import origin
from castabout.engine.schedule import HOUR
from castabout.engine.spoken_file import read_chapters, read_transcript
from castabout.errors import HostBusy, SourceError, Unreachable
from castabout.fetch import Credentials, Fetched, NotModified, Outcome, Request, is_web, without_credentials
from castabout.fetch.address import request_for
from castabout.fetch.private import without_secrets
from castabout.model.podcasting20 import LinkedFile
from castabout.model.spoken import DueFile, FileRecord
from castabout.parse.transcript.choose import best_first
from castabout.store import credentials, spoken_files
from castabout.store.spoken import CHAPTERS

#: Of one file. An hour of talk is some 100 KB, with the times of every word as JSON some MB.
_TRANSCRIPT_BYTES = 20_000_000
_CHAPTERS_BYTES = 5_000_000
#: Files taken at once.
_TAKEN = 100
#: Seconds after which a file that was taken is anybody's again.
_TAKEN_S = 30 * 60
#: What is stored together: so many, or what came in so many seconds.
_STORED = 50
_STORED_S = 2
#: How often a file that cannot be had is asked for, since some come later than the feed; and how much longer
#: the wait is each time.
_TRIES = 5
_WIDENING = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What became of the transcripts, or the chapters, of one episode."""

    #: What was read, or asked last.
    url: str
    #: Something was read that is not as before.
    is_news: bool = False
    error: SourceError | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    file: DueFile
    #: The best first; the first one is asked.
    candidates: tuple[LinkedFile, ...]
    request: Request
    #: Of the feed.
    secret: Credentials | None
    #: Whether one of those before may be had later.
    is_later: bool = False


def due(castabout: Castabout, *, since: int = 0) -> int:
    """How many files would be fetched now; those that were due before ``since`` (since 1970) do not count."""
    return spoken_files.count_due(castabout.store, since=since, now=_now(castabout))


def fetch_files(
    castabout: Castabout, *, limit: int, since: int = 0, for_s: float | None = None
) -> Iterator[FileResult]:
    """Fetch at most ``limit`` of the files that are `due`; yields what became of each once it is stored.

    For at most ``for_s`` seconds, not counting the reading of the last ones. Other
    processes may do the same at the same time. Whatever ends it, what was
    fetched is stored and what was not is due as before. Raises `StoreError`.
    """
    yield from _Fetching(castabout, limit, since, for_s).run()


class _Fetching:
    """One run."""

    def __init__(self, castabout: Castabout, limit: int, since: int, for_s: float | None) -> None:
        self._castabout = castabout
        self._since = since
        #: By the clock, in seconds since 1970; None: when all is done.
        self._ends_at = None if for_s is None else castabout.clock().timestamp() + for_s
        self._left = limit
        self._taken: dict[tuple[int, str], DueFile] = {}
        self._next: deque[_Job] = deque()
        self._under_way: dict[Request, list[_Job]] = {}
        self._records: list[FileRecord] = []
        self._results: list[FileResult] = []
        self._stored_at = _now(castabout)

    def run(self) -> Iterator[FileResult]:
        """All of it."""
        fetcher = self._castabout.fetcher
        try:
            while self._fill():
                for request, outcome in fetcher.fetch_each(
                    self._requests(),
                    workers=self._castabout.workers,
                    spacing_s=self._castabout.spacing_s,
                    for_s=self._left_s(),
                ):
                    for job in self._under_way.pop(request):
                        self._take(job, outcome)
                    now = _now(self._castabout)
                    if len(self._records) >= _STORED or now >= self._stored_at + _STORED_S:
                        yield from self._stored()
                yield from self._stored()
                if self._under_way or self._left_s() == 0:
                    # The fetcher was closed, or the time is over.
                    return
        finally:
            self._store()
            spoken_files.give_back(
                self._castabout.store, list(self._taken.values()), now=_now(self._castabout)
            )

    def _left_s(self) -> float | None:
        return (
            None if self._ends_at is None else max(0.0, self._ends_at - self._castabout.clock().timestamp())
        )

    def _requests(self) -> Iterator[Request]:
        while self._fill():
            job = self._next.popleft()
            same = self._under_way.setdefault(job.request, [])
            same.append(job)
            if len(same) == 1:
                yield job.request

    def _fill(self) -> bool:
        """Whether there is something to ask, taken from the store if need be."""
        while not self._next and self._left > 0:
            now = _now(self._castabout)
            taken = spoken_files.take(
                self._castabout.store,
                since=self._since,
                now=now,
                until=now + _TAKEN_S,
                limit=min(self._left, _TAKEN),
            )
            if not taken:
                return False
            self._left -= len(taken)
            self._taken |= {(file.row, file.origin): file for file in taken}
            secrets = credentials.by_urls(self._castabout.store, list({file.source for file in taken}))
            for file in taken:
                secret = Credentials(*secrets[file.source]) if file.source in secrets else None
                if job := _job(file, _candidates(file), secret):
                    self._next.append(job)
                else:
                    error = SourceError(_named(file), "no address of the web")
                    record = FileRecord(file=file, fetched=now, error=without_secrets(str(error)), failures=1)
                    self._settle(record, FileResult(url=error.subject, error=error))
        return bool(self._next)

    def _take(self, job: _Job, outcome: Outcome) -> None:
        now, file = _now(self._castabout), job.file
        if isinstance(outcome, NotModified):
            record = FileRecord(
                file=file,
                fetched=now,
                url=file.url,
                etag=outcome.etag,
                last_modified=outcome.last_modified,
            )
            self._settle(record, FileResult(url=job.request.url))
        elif isinstance(outcome, HostBusy):
            later = now + max(int(outcome.retry_after_s), 1)
            self._settle(FileRecord(file=file, due=later, failures=file.failures), None)
        elif isinstance(outcome, Fetched):
            self._read(job, outcome, now)
        else:
            is_later = isinstance(outcome, Unreachable)
            self._failed(replace(job, is_later=job.is_later or is_later), outcome, now)

    def _read(self, job: _Job, fetched: Fetched, now: int) -> None:
        file, chosen = job.file, job.candidates[0]
        if file.origin == CHAPTERS:
            said, problem = read_chapters(fetched.data, duration=file.episode.duration)
        else:
            type = chosen.type or fetched.content_type
            said, problem = read_transcript(fetched.data, name=chosen.url, type=type)
        if said is None:
            self._failed(job, SourceError(job.request.url, problem), now)
            return
        language = chosen.language or (said.transcript.language if said.transcript else None)
        record = FileRecord(
            file=file,
            fetched=now,
            spoken=said,
            raw=fetched.data,
            url=job.request.url,
            type=chosen.type or fetched.content_type,
            language=language,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            error=problem,
        )
        self._settle(record, FileResult(url=job.request.url, is_news=True))

    def _failed(self, job: _Job, error: SourceError, now: int) -> None:
        """Try the next candidate; of the last one it is told why it could not be read."""
        file = job.file
        if following := _job(file, job.candidates[1:], job.secret, is_later=job.is_later):
            self._next.append(following)
            return
        failures = file.failures + 1
        is_tried_again = job.is_later and failures < _TRIES
        record = FileRecord(
            file=file,
            fetched=now,
            error=without_secrets(str(error)),
            failures=failures,
            due=now + HOUR * _WIDENING ** (failures - 1) if is_tried_again else None,
        )
        self._settle(record, FileResult(url=error.subject, error=error))

    def _settle(self, record: FileRecord, result: FileResult | None) -> None:
        self._records.append(record)
        if result:
            self._results.append(result)

    def _stored(self) -> Iterator[FileResult]:
        self._store()
        results, self._results = self._results, []
        yield from results

    def _store(self) -> None:
        spoken_files.record(self._castabout.store, self._records)
        for record in self._records:
            self._taken.pop((record.file.row, record.file.origin), None)
        self._records = []
        self._stored_at = _now(self._castabout)


def _named(file: DueFile) -> str:
    """The first file that the item names, wherever it may be."""
    named = [file.episode.chapters] if file.origin == CHAPTERS else file.episode.transcripts
    return next((without_credentials(one.url) for one in named if one), "a file")


def _candidates(file: DueFile) -> tuple[LinkedFile, ...]:
    if file.origin == CHAPTERS:
        found = [file.episode.chapters] if file.episode.chapters else []
    else:
        found = [*best_first(file.episode.transcripts, file.episode.language or file.language)]
    return tuple(one for one in found if is_web(one.url))


def _job(
    file: DueFile,
    candidates: tuple[LinkedFile, ...],
    secret: Credentials | None,
    *,
    is_later: bool = False,
) -> _Job | None:
    if not candidates:
        return None
    try:
        named = request_for(candidates[0].url)
    except SourceError:  # no address after all
        return _job(file, candidates[1:], secret, is_later=is_later)
    is_same = named.url == file.url
    is_at_home = origin(named.url) == origin(file.source)
    request = replace(
        named,
        etag=file.etag if is_same else None,
        last_modified=file.last_modified if is_same else None,
        credentials=named.credentials or (secret if is_at_home else None),
        limit_bytes=_CHAPTERS_BYTES if file.origin == CHAPTERS else _TRANSCRIPT_BYTES,
    )
    return _Job(file, candidates, request, secret, is_later)


def _now(castabout: Castabout) -> int:
    return int(castabout.clock().timestamp())
