"""A served library with users, and browsers that are logged in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path

from castabout.engine import users
from castabout.engine.indexing import catch_up
from castabout.engine.update import add
from tests.support import open_at
from tests.web.asking import NONE, Answer, Headers, Site

#: Of a length that is enough, with four different letters.
PASSWORD = "a quiet loaf of rye"
FEED = """<rss version="2.0"><channel><title>Bread</title>
<item><title>Rye, one</title><guid>1</guid><description>All about rye.</description></item>
<item><title>Rye, two</title><guid>2</guid><description>More about rye.</description></item>
</channel></rss>"""


def fill(home: Path, *names: str, feed_xml: str = FEED) -> None:
    """Make a library with two episodes about rye, and users of these names, all with `PASSWORD`."""
    home.mkdir()
    feed = home.parent / "bread.xml"
    feed.write_text(feed_xml)
    castabout = open_at(home)
    assert [result.error for result in add(castabout, [str(feed)], found=lambda _: None)] == [None]
    catch_up(castabout, progress=lambda _: None)
    for name in names:
        users.add_user(castabout, name, PASSWORD)
    castabout.close()


@dataclass(frozen=True, slots=True)
class Browser:
    """Keeps a cookie, as a browser does."""

    site: Site
    cookie: str

    def ask(
        self,
        path: str,
        method: str = "GET",
        *,
        form: Mapping[str, str] | None = None,
        headers: Headers = NONE,
    ) -> Answer:
        """The answer; a form comes from a page of ours unless ``headers`` say otherwise."""
        named = {"cookie": self.cookie, "sec-fetch-site": "same-origin", **headers}
        return self.site.ask(path, method, form=form, headers=named)

    def titles(self) -> list[str]:
        """What is in Listen Later."""
        page = self.ask("/later").page
        return [h2.text_content() for h2 in page.all("//ol[contains(@class, 'kept')]//h2")]


def logged_in(site: Site, name: str, password: str = PASSWORD) -> Browser:
    """A browser in which this user has logged in."""
    answer = site.ask("/session/start", form={"name": name, "password": password})
    assert (answer.status, answer.headers["location"]) == (303, "/")
    return Browser(site, cookie_of(answer))


def cookie_of(answer: Answer) -> str:
    """The cookie that an answer sets, as a browser sends it back."""
    ((name, morsel),) = SimpleCookie(answer.headers["set-cookie"]).items()
    return f"{name}={morsel.value}"


def token_for(browser: Browser, *scopes: str) -> Headers:
    """The header by which a program comes in, with a token of these scopes."""
    form = {"name": "a program", **dict.fromkeys(scopes, "yes")}
    made = browser.ask("/account/tokens/make", form=form)
    assert made.status == 200
    (token,) = made.page.values("//input[@id='token']/@value")
    return {"authorization": f"Bearer {token}"}


def first_id(browser: Browser) -> str:
    """The id of an episode about rye."""
    return browser.ask("/search?q=rye").page.values("//button[@form='later']/@value")[0]
