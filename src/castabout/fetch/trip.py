"""One request on its way through redirects."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace

from yarl import URL

from castabout.errors import AddressRefused, SourceError, TooLarge, Unreachable
from castabout.fetch import Request
from castabout.fetch.address import as_written, is_upgrade, redirect_target
from castabout.fetch.headers import validator

#: Redirects of one request.
MAX_REDIRECTS = 5
#: Redirects that are meant to last: https://www.rfc-editor.org/rfc/rfc9110#section-15.4
_LASTING = {301, 308}
#: Redirects after which a form is posted again.
_SAME_METHOD = {307, 308}


@dataclass(frozen=True, slots=True)
class Trip:
    """Where a request is: each redirect makes the next trip."""

    request: Request
    start: URL
    #: What to ask now.
    url: URL
    #: Where the source lives: the end of the lasting redirects with which the way began.
    home: URL
    #: Seconds left for this and all further hops.
    left_s: float
    hops: int = 0
    #: Whether all redirects so far were meant to last.
    settled: bool = True
    #: Headers for the origin of ``start`` alone: they may be secrets, as credentials are.
    extra: Mapping[str, str] | None = None
    #: What is posted; None if the address is only read.
    form: bytes | None = None

    @classmethod
    def begin(
        cls,
        request: Request,
        left_s: float,
        *,
        extra: Mapping[str, str] | None = None,
        form: bytes | None = None,
    ) -> Trip:
        """The first hop. Raises `SourceError`."""
        try:
            url = as_written(request.url.strip())
        except ValueError as error:
            raise SourceError(request.url, "not a valid address") from error
        return cls(request, url, url, url, left_s, extra=extra, form=form)

    @property
    def host(self) -> str:
        """The host that is asked, lower case; empty if the address names none."""
        return self.url.raw_host or ""

    @property
    def sends_validators(self) -> bool:
        """Whether the host is asked for changes only.

        Validators belong to the address that gave them; one that a feed has
        moved to may use the same words for something else.
        """
        return self.home is self.start and bool(
            validator(self.request.etag) or validator(self.request.last_modified)
        )

    def headers(self) -> dict[str, str]:
        """What this hop sends besides the headers of every request."""
        headers: dict[str, str] = {}
        if self.sends_validators:
            if etag := validator(self.request.etag):
                headers["If-None-Match"] = etag
            if last_modified := validator(self.request.last_modified):
                headers["If-Modified-Since"] = last_modified
        if self.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self.hops and self.url.origin() != self.start.origin():
            return headers
        if self.extra:
            headers |= self.extra
        if credentials := self.request.credentials:
            pair = f"{credentials.user}:{credentials.password}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode(errors='surrogatepass')).decode()}"
        return headers

    def redirected(self, status: int, location: str, left_s: float) -> Trip:
        """The next hop. Raises `Unreachable`."""
        if self.hops == MAX_REDIRECTS:
            raise Unreachable(self.request.url, f"more than {MAX_REDIRECTS} redirects", status=status)
        try:
            target = redirect_target(self.url, location)
        except ValueError as error:
            raise Unreachable(self.request.url, self.cause(str(error)), status=status) from error
        if self.form is not None and status not in _SAME_METHOD:
            raise self.unreachable("redirects a message so that it would be lost", status=status)
        settled = self.settled and (status in _LASTING or is_upgrade(self.url, target))
        return replace(
            self,
            url=target,
            home=target if settled else self.home,
            left_s=left_s,
            hops=self.hops + 1,
            settled=settled,
        )

    def cause(self, text: str) -> str:
        """``text``, and where the way has led."""
        return f"{text} (redirected to {self.url.origin()})" if self.hops else text

    def unreachable(
        self, cause: str, *, status: int | None = None, retry_after_s: float | None = None
    ) -> Unreachable:
        """The error of a host that does not answer as it should."""
        return Unreachable(
            self.request.url, self.cause(cause), status=status, retry_after_s=retry_after_s, host=self.host
        )

    def refused(self, cause: str) -> AddressRefused:
        """The guard's error."""
        return AddressRefused(self.request.url, self.cause(cause))

    def too_large(self, limit_bytes: int) -> TooLarge:
        """The error of a body beyond the limit."""
        return TooLarge(
            self.request.url, self.cause(f"larger than the limit of {limit_bytes / 1_000_000:g} MB")
        )
