"""The application over a real library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from litestar import Litestar

from castabout.engine.castabout import Castabout
from castabout.web.app import create_app
from tests.support import open_at
from tests.web.feeds import fill


@pytest.fixture(scope="package")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Castabout]:
    """A library with 2 podcasts and 28 episodes, all of them about rye."""
    folder = tmp_path_factory.mktemp("web")
    castabout = open_at(folder / "home")
    fill(castabout, folder / "feeds")
    yield castabout
    castabout.close()


@pytest.fixture(scope="package")
def app(library: Castabout) -> Litestar:
    """The application over `library`."""
    return create_app(library)
