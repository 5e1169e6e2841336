"""The one error tree.

    CastaboutError
    ├── SourceError              a source that was named could not be used
    │   ├── NotFound             no such file or folder
    │   ├── NoFeeds              a folder or list without a single feed
    │   ├── Unreachable          a host that does not answer, or answers with an error
    │   │   └── BrokeOff         one whose answer broke off
    │   ├── Gone                 a host that says that the feed was taken away for good
    │   ├── HostBusy             a host whose turn is too far off; it was not asked
    │   ├── AddressRefused       an address that castabout does not connect to
    │   ├── TooLarge             more bytes than the limit
    │   ├── NotAFeed             bytes that are no feed
    │   └── Fault                castabout itself failed at it
    ├── StoreError               the record of truth
    │   ├── StoreLocked          another program is writing to it
    │   ├── StoreReadOnly        it can be read and not written to
    │   ├── StoreDamaged         it cannot be read
    │   └── StoreTooNew          a newer castabout made it
    ├── SearchIndexError         the full-text index
    │   ├── IndexLocked          another castabout is writing to it
    │   └── IndexDamaged         it cannot be read, or another version made it
    ├── NotInLibrary             no such podcast or episode
    ├── ListError                a list of episodes
    │   ├── NoSuchList           nobody made a list of this name
    │   └── ListRefused          a list cannot be what it was asked to be
    ├── FollowError              a topic that somebody follows
    │   ├── NoSuchFollow         nobody follows this
    │   └── FollowRefused        it cannot be followed, or told of, as was asked
    └── UserError                somebody who may log in
        ├── NoSuchUser           there is no user of this name
        ├── UserRefused          a name, password or token cannot be what it was asked to be
        └── LoginsBusy           more passwords to be checked than this machine can

Every error knows its subject (what it is about) and its cause, and says in
``advice`` what a person can do. ``str(error)`` is one line, lower case, without
a full stop: ``subject: cause``.
"""

from __future__ import annotations

from typing import ClassVar


class CastaboutError(Exception):
    """The base of everything that castabout reports to a person.

    ``subject`` names the thing (a file, an address, an id), ``cause`` what
    is wrong with it. Both are folded onto one line.
    """

    #: What a person can do about it; empty where there is nothing to do.
    advice: ClassVar[str] = ""
    default_cause: ClassVar[str] = "failed"

    def __init__(self, subject: str, cause: str | None = None) -> None:
        self.subject = one_line(subject)
        self.cause = one_line(cause or self.default_cause)
        super().__init__(self.subject, self.cause)

    def __str__(self) -> str:
        return f"{self.subject}: {self.cause}"

    @property
    def for_people(self) -> str:
        """The error and what to do about it, on one line."""
        return f"{self}; {self.advice}" if self.advice else str(self)


class SourceError(CastaboutError):
    """A source that was named could not be used."""


class NotFound(SourceError):
    """No such file or folder."""

    default_cause = "no such file or folder"


class NoFeeds(SourceError):
    """A folder or list without a single feed."""

    default_cause = "no feeds in it"


class Unreachable(SourceError):
    """A host that does not answer, or answers with an error.

    ``status`` is that of the answer, None if there was none; ``host`` who was asked;
    ``retry_after_s`` the seconds that the host asks to wait, None if it does not say.
    """

    default_cause = "cannot be reached"

    def __init__(
        self,
        subject: str,
        cause: str | None = None,
        *,
        status: int | None = None,
        retry_after_s: float | None = None,
        host: str | None = None,
    ) -> None:
        super().__init__(subject, cause)
        self.status = status
        self.retry_after_s = retry_after_s
        self.host = host


class BrokeOff(Unreachable):
    """A host whose answer broke off; ``part`` is what had come of it, a `castabout.fetch.Fetched`."""

    def __init__(
        self, subject: str, cause: str | None = None, *, part: object = None, host: str | None = None
    ) -> None:
        super().__init__(subject, cause, host=host)
        self.part = part


class Gone(SourceError):
    """A host that says that the feed was taken away for good (410)."""

    default_cause = "was taken away for good"


class HostBusy(SourceError):
    """A host whose turn is too far off, or that asked for rest: it was not asked, which is no failure.

    ``retry_after_s`` is when its turn may come, in seconds; ``status`` that of
    the answer by which the host asked for rest, None if it did not.
    """

    default_cause = "its host has many other feeds to answer first"

    def __init__(
        self, subject: str, cause: str | None = None, *, retry_after_s: float = 60, status: int | None = None
    ) -> None:
        super().__init__(subject, cause)
        self.retry_after_s = retry_after_s
        self.status = status


class AddressRefused(SourceError):
    """An address that castabout does not connect to."""

    default_cause = "not a public address"
    advice = "to allow a host of your own, name it in CASTABOUT_ALLOW_HOSTS"


class TooLarge(SourceError):
    """More bytes than the limit."""

    default_cause = "larger than the limit"


class NotAFeed(SourceError):
    """Bytes that are no feed."""

    default_cause = "not a feed"


class Fault(SourceError):
    """castabout itself failed at a source: a mistake in the program."""

    default_cause = "a fault in castabout itself"
    advice = "please report it"

    @classmethod
    def of(cls, subject: str, error: Exception) -> Fault:
        """The fault at ``subject`` that ``error`` tells of."""
        return cls(subject, f"{cls.default_cause}: {type(error).__name__} {error}".rstrip())


class StoreError(CastaboutError):
    """Something about the record of truth."""


class StoreLocked(StoreError):
    """Another program is writing to the store."""

    default_cause = "the library is locked by another program"
    advice = "wait until it is done, or stop it, and try again"


class StoreReadOnly(StoreError):
    """The store can be read and not written to."""

    default_cause = "the library can be read here, but not written to"
    advice = "make room there, or the folder writable, or copy the library to where it is"


class StoreDamaged(StoreError):
    """The store cannot be read."""

    default_cause = "the library's database is damaged"
    advice = "restore a backup, or move the file away and add the feeds again"


class StoreTooNew(StoreError):
    """A newer castabout made the store."""

    default_cause = "the library was made by a newer version of castabout"
    advice = "update castabout, or use another --home"


class SearchIndexError(CastaboutError):
    """Something about the full-text index."""


class IndexLocked(SearchIndexError):
    """Another castabout is writing to the index."""

    default_cause = "another castabout is writing to the index"
    advice = "wait until it is done and try again"


class IndexDamaged(SearchIndexError):
    """The index cannot be read, or another version made it."""

    default_cause = "the index is damaged"
    advice = "run `castabout check --repair` to build it anew from the library"


class NotInLibrary(CastaboutError):
    """No such podcast or episode."""

    default_cause = "not in the library"
    advice = "look for it with `castabout search`"


class ListError(CastaboutError):
    """Something about a list of episodes."""


class NoSuchList(ListError):
    """Nobody made a list of this name."""

    default_cause = "no list of this name"
    advice = "`castabout later lists` shows those that there are"


class ListRefused(ListError):
    """A list cannot be what it was asked to be."""

    default_cause = "cannot be done"


class FollowError(CastaboutError):
    """Something about a topic that somebody follows."""


class NoSuchFollow(FollowError):
    """Nobody follows this."""

    default_cause = "not followed"
    advice = "`castabout follow list` shows what is"


class FollowRefused(FollowError):
    """It cannot be followed, or told of, as was asked."""

    default_cause = "cannot be done"


class UserError(CastaboutError):
    """Something about a user."""


class NoSuchUser(UserError):
    """There is no user of this name."""

    default_cause = "no user of this name"
    advice = "`castabout user list` shows those that there are"


class UserRefused(UserError):
    """A name, password or token cannot be what it was asked to be."""

    default_cause = "cannot be done"


class LoginsBusy(UserError):
    """More passwords are to be checked than this machine can."""

    default_cause = "too many log in at this moment"
    advice = "try again in a few seconds"


def one_line(text: str, limit: int = 300) -> str:
    """``text`` on one printable line of at most ``limit`` characters."""
    printable = "".join(c if c.isprintable() else " " for c in text[: 4 * limit])
    line = " ".join(printable.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
