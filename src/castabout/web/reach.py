"""Where the pages are reached, for whatever needs whole addresses."""

from __future__ import annotations

from dataclasses import dataclass

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from castabout.web.answers import AnyRequest, Library
from castabout.web.doors import TheDoors
from castabout.web.feeds import PublicUrl, base_address


@dataclass(frozen=True, slots=True)
class Reach:
    """Where this installation is, and for whom."""

    #: Without a slash at the end.
    base: str
    #: Everybody reaches it there: what makes sense for others alone is offered.
    is_public: bool


#: For pages that are made without anybody asking.
HERE = Reach("", is_public=False)
#: Parameters of handlers.
Reaching = NamedDependency[SkipValidation[Reach]]


def reach_of(request: AnyRequest, castabout: Library, doors: TheDoors, public_url: PublicUrl) -> Reach:
    """As it is set, else as it was asked. Where only users read, it is not for everybody."""
    is_public = public_url is not None and doors.preferences(castabout).reading == "open"
    return Reach(base_address(request, public_url), is_public)
