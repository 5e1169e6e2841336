"""Covers that are fetched by us: small, kept, guarded, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from litestar import Litestar
from PIL import Image

from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up
from castabout.engine.pictures import LIMIT_BYTES
from castabout.engine.update import add
from castabout.web.app import create_app
from castabout.web.get import Response, get
from tests.fetch.servers import Machine, Site
from tests.support import NOW
from tests.web.reading import read

FEED = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel><title>Bread</title>{block}<itunes:image href="{url}/bread.png"/>
<item><title>Rye</title><guid>1</guid><description>All about rye.</description>
<itunes:image href="{url}/rye.png"/></item>
<item><title>Oats</title><guid>2</guid><description>All about oats, not rye.</description></item>
</channel></rss>"""


def square(colour: str, side: int = 400) -> bytes:
    out = BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "PNG")
    return out.getvalue()


@dataclass
class Shown:
    """A library whose covers are on a host of this machine."""

    home: Path
    host: Site
    allowed: str = "127.0.0.0/8"
    block: str = ""
    now: datetime = NOW
    castabout: Castabout = field(init=False)
    app: Litestar = field(init=False)

    def __post_init__(self) -> None:
        assembled = assemble(load_settings(self.home, {"CASTABOUT_ALLOW_HOSTS": self.allowed}))
        self.castabout = replace(assembled, clock=lambda: self.now)
        feed = self.home.parent / "bread.xml"
        feed.write_text(FEED.format(url=self.host.url, block=self.block))
        assert [result.error for result in add(self.castabout, [str(feed)], found=lambda _: None)] == [None]
        catch_up(self.castabout, progress=lambda _: None)
        self.app = create_app(self.castabout)

    def get(self, path: str, *, pictures: bool | None = None) -> Response:
        return get(
            self.app if pictures is None else create_app(self.castabout, pictures=pictures),
            path,
            follow=False,
        )

    def covers(self, path: str) -> list[str]:
        return read(self.get(path).body).values("//span[starts-with(@class, 'cover')]/img/@src")

    @property
    def asked(self) -> list[str]:
        return [request.path for request in self.host.requests]


@pytest.fixture
def host() -> Iterator[Site]:
    machine = Machine()
    site = machine.site()
    site.says("/bread.png", body=square("red"))
    site.says("/rye.png", body=square("blue"))
    yield site
    machine.close()


@pytest.fixture
def shown(tmp_path: Path, host: Site) -> Iterator[Shown]:
    made = Shown(tmp_path / "home", host)
    yield made
    made.castabout.close()


def colour(answer: Response) -> tuple[str, int]:
    """Whether it is red or blue, and its side."""
    assert (answer.status, answer.content_type) == (200, "image/webp")
    with Image.open(BytesIO(answer.body)) as picture:
        red, _, blue = picture.getpixel((9, 9))  # type: ignore[misc]
        return ("red" if red > blue else "blue"), picture.width


def is_clear(answer: Response) -> bool:
    assert answer.status == 200
    if answer.content_type != "image/gif":
        return False
    with Image.open(BytesIO(answer.body)) as picture:
        assert picture.size == (1, 1)
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert answer.headers["cache-control"] == "private, max-age=3600"
    return True


def test_pages_name_our_own_addresses_alone(shown: Shown) -> None:
    (small,) = set(shown.covers("/topics/rye"))
    assert colour(shown.get(small)) == ("red", 128)
    rye = next(
        path for path in links(shown) if "rye" in shown.get(path).body.decode().partition("</h1>")[0].lower()
    )
    large = shown.covers(rye)[0]
    assert colour(shown.get(large)) == ("blue", 320)
    assert shown.host.url not in shown.get("/topics/rye").body.decode()
    assert "img-src 'self'" in shown.get("/topics/rye").headers["content-security-policy"].split("; ")


def links(shown: Shown) -> list[str]:
    found = read(shown.get("/topics/rye").body).values("//h3/a[starts-with(@href, '/episodes/')]/@href")
    assert found
    return found


def test_a_cover_is_fetched_once_for_both_sizes(shown: Shown) -> None:
    small = shown.covers("/topics/rye")[0]
    first = shown.get(small)
    again = shown.get(small)
    large = shown.get(small.replace("size=small", "size=large"))
    assert shown.asked == ["/bread.png"]
    assert (first.body, first.headers["etag"]) == (again.body, again.headers["etag"])
    assert first.headers["cache-control"] == "private, max-age=2592000"
    assert large.headers["etag"] != first.headers["etag"]
    # Another library of the same folder has them too, for thirty days.
    shown.now += timedelta(days=29)
    assert shown.get(small).body == first.body
    shown.host.says("/bread.png", body=square("blue"))
    shown.now += timedelta(days=2)
    assert colour(shown.get(small)) == ("blue", 128)
    # An old one is better than none, and what fails is not asked at once again.
    shown.host.says("/bread.png", status=500)
    shown.now += timedelta(days=31)
    assert [colour(shown.get(small)) for _ in range(2)] == [("blue", 128)] * 2
    assert len(shown.asked) == 3


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, b""),
        (200, b"<html>not here</html>"),
        (200, b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        (200, square("red", 4_200)),
        (200, bytes(LIMIT_BYTES + 1)),
    ],
)
def test_what_cannot_be_had_is_clear(shown: Shown, status: int, body: bytes) -> None:
    shown.host.says("/bread.png", status=status, body=body)
    small = shown.covers("/topics/rye")[0]
    assert is_clear(shown.get(small))
    assert is_clear(shown.get(small))
    assert len(shown.asked) == 1
    shown.host.says("/bread.png", body=square("red"))
    shown.now += timedelta(days=1)
    assert colour(shown.get(small)) == ("red", 128)


def test_the_machine_and_its_network_are_not_asked(tmp_path: Path, host: Site) -> None:
    shown = Shown(tmp_path / "home", host, allowed="")
    assert is_clear(shown.get(shown.covers("/topics/rye")[0]))
    shown.castabout.close()
    assert host.requests == []


def test_nothing_but_covers_of_the_library_is_fetched(shown: Shown) -> None:
    for path in ("/images/podcasts/none", f"/images/podcasts/{shown.host.url}", "/images/episodes/none"):
        assert shown.get(path).status == 404
    small = shown.covers("/topics/rye")[0]
    assert shown.get(small.replace("size=small", "size=9000")).status == 400
    assert shown.asked == []
    shown.get(small + "&url=" + shown.host.url + "/rye.png")
    assert shown.asked == ["/bread.png"]


def test_browsers_fetch_covers_where_that_is_set(shown: Shown) -> None:
    page = shown.get("/topics/rye", pictures=False)
    policy = page.headers["content-security-policy"].split("; ")
    assert "img-src 'self' https: http:" in policy
    answer = shown.get(shown.covers("/topics/rye")[0], pictures=False)
    assert (answer.status, answer.headers["location"]) == (302, f"{shown.host.url}/bread.png")
    assert shown.asked == []


def test_covers_of_private_podcasts_are_not_shown_to_all(tmp_path: Path, host: Site) -> None:
    shown = Shown(tmp_path / "home", host, block="<itunes:block>Yes</itunes:block>")
    small = shown.covers("/topics/rye")[0]
    everybody = create_app(replace(shown.castabout, shows_private=False), public_url="https://casts.example")
    assert get(everybody, small, follow=False).status == 404
    shown.castabout.close()
