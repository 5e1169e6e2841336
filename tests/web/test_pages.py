"""Pages from values made by hand: what they say and what they link to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from castabout.model.answers import (
    CopyLine,
    FoundPodcasts,
    Highlighted,
    LanguageCount,
    PodcastLine,
    Span,
    Unnarrowed,
)
from castabout.model.feed import Enclosure
from castabout.model.health import FeedHealth
from castabout.web.pages.episode import render_episode
from castabout.web.pages.home import render_home
from castabout.web.pages.podcast import render_podcast
from castabout.web.pages.search import render_podcasts, render_search
from castabout.web.pages.topic import render_topic
from castabout.web.urls import TimeRange
from tests.web import values
from tests.web.reading import Page, read


def topic() -> Page:
    return read(render_topic(values.topic_page()))


def test_the_figures_of_a_topic() -> None:
    assert topic().text("//h1") == "Podcasts about rye"
    figures = [" ".join(" ".join(f.itertext()).split()) for f in topic().all("//dl[@class='figures']/div")]
    assert figures == [
        "podcasts 2",
        "episodes 31",
        "average duration of 30 known 1 h 4 m",
        "frequency Monthly",
        "latest 27 Sep 2024",
    ]


def test_the_chart_and_its_table_say_the_same() -> None:
    page = topic()
    assert page.values("//svg/@aria-label") == [
        "Episodes per year from 2022 to 2024; most in 2024: 20 episodes."
    ]
    assert [" ".join(row.itertext()).split() for row in page.all("//tbody/tr")] == [
        ["2022", "10", "10", "%"],
        ["2023", "0", "0", "%"],
        ["2024", "20", "3.4", "%"],
    ]
    assert "And 1 episode without a date." in page.text()


def test_best_podcasts() -> None:
    first = topic().all("//ol[@class='best']/li")[0]
    assert " ".join(first.text_content().split()) == (
        "B Bread & Butter Ana Baker 3 of 12 episodes 2 in the last year latest 27 Sep 2024"
    )
    assert first.xpath(".//h3/a/@href") == [f"/podcasts/{values.PODCAST.id}"]
    assert first.xpath(".//img/@referrerpolicy") == ["no-referrer"]


def test_copies_and_more_of_a_show() -> None:
    copy = CopyLine(
        id="c1",
        title="Why <rye>?",
        podcast=replace(values.PODCAST, title="B & C"),
        published=values.EPISODE.published,
        enclosure=None,
    )
    line = replace(values.EPISODE, also_in=(copy,), has_more=True)
    shown = replace(
        values.topic_page(lines=()), copies=2, sort="best", best_episodes=(line, values.BARE_EPISODE)
    )
    page = read(render_topic(shown))
    assert "2 of them copies" in page.text()
    assert "Also in B & C, 27 Sep 2024" in page.text()
    assert "All 29 episodes" in page.text()
    assert page.all("//a[@href='/episodes/c1']")
    more = f"/search?q=rye+podcast%3A{values.PODCAST.id}"
    assert page.values("//a[starts-with(text(), 'More from this show')]/@href") == [more]
    assert page.values("//section//span[@class='sorts']/a[@aria-current]/text()") == ["Best first"]


def test_an_episode_of_a_topic() -> None:
    episode = topic().all("//li[@class='episode']")[0]
    assert episode.xpath(".//h3/a/@href") == [f"/episodes/{values.EPISODE.id}"]
    assert episode.xpath(".//time/@datetime") == ["2024-09-27T06:30:00+00:00"]
    assert episode.xpath("string(.//span[@class='duration'])") == "1 h 4 m"
    assert episode.xpath(".//mark/text()") == ["rye", "rye"]
    assert episode.xpath("string(.//div[@class='extract']/p)").strip() == "… all about rye bread …"
    assert episode.xpath(".//audio/@src") == ["https://media.example/rye.mp3?a=1&b=2"]
    assert episode.xpath(".//audio/@preload") == ["none"]
    assert episode.xpath(".//ul[@class='tags']//a/@href") == ["/topics/rye", "/topics/sourdough"]
    assert [dict(one.attrib) for one in episode.xpath(".//button")] == [
        {"type": "button", "class": "play", "data-play": values.EPISODE.id, "aria-label": "Play: Why rye?"}
    ]


def test_the_button_of_somebody_who_has_lists() -> None:
    page = read(render_topic(values.topic_page(), frozenset({values.EPISODE.id})))
    kept, other = page.all("//button[@form='later']")
    assert (kept.get("formaction"), kept.get("aria-pressed")) == ("/later/remove", "true")
    assert (other.get("formaction"), other.get("aria-pressed")) == ("/later/add", "false")
    assert kept.get("value") == values.EPISODE.id
    assert (kept.text_content(), kept.get("aria-label")) == ("Listen later", "Listen later: Why rye?")
    assert page.values("//form[@id='later']/@method") == ["post"]


def test_notes_are_text_in_an_extract() -> None:
    assert "&lt;b&gt;really&lt;/b&gt;" in render_topic(values.topic_page())


def test_what_is_unknown_is_said_or_left_out() -> None:
    bare = topic().all("//li[@class='episode']")[1]
    text = " ".join(bare.text_content().split())
    assert text == "U Untitled Untitled no date No recording published."
    assert not bare.xpath(".//audio | .//time | .//img | .//*[@lang]")


def test_related_topics_languages_and_the_way_to_all_episodes() -> None:
    page = topic()
    assert page.values("//section[@class='further']//a/@href") == [
        "/topics/sourdough",
        "/topics/flour%20%2F%20water",
        "/search?q=rye+language%3Aen",
        "/search?q=rye+language%3Atlh",
    ]
    assert "English 30" in page.text() and "tlh 1" in page.text()
    assert page.values("//a[@class='button']/@href") == ["/search?q=rye&sort=date"]


def test_all_episodes_of_a_phrase_are_searched_as_a_phrase() -> None:
    page = read(render_topic(values.topic_page(topic="rye bread")))
    assert page.values("//a[@class='button']/@href") == ["/search?q=%22rye+bread%22&sort=date"]


def test_a_topic_without_results() -> None:
    page = read(render_topic(values.nothing_found("two words")))
    assert page.values("//meta[@name='robots']/@content") == ["noindex"]
    assert page.values("//section[@class='empty']//a/@href") == ["/search?q=two+words"]
    assert not page.all("//svg") and not page.all("//dl")
    assert not topic().all("//meta[@name='robots']")


def test_a_first_visit_with_an_empty_library() -> None:
    page = read(render_home(values.home_page(podcasts=0, newest=())))
    assert "castabout add FEED…" in page.text()
    assert not page.all("//form")


def test_home() -> None:
    page = read(render_home(values.home_page()))
    assert "2 podcasts, 1,204 episodes" in page.text()
    assert len(page.all("//input[@id='q']")) == 1
    assert len(page.all("//li[@class='episode']")) == 2


def test_pages_of_search_results() -> None:
    first = read(render_search(values.search_page()))
    assert first.values("//nav/a/@href") == ["/search?q=rye&offset=20"]
    last = read(render_search(values.search_page(offset=40)))
    assert last.values("//nav/a/@href") == ["/search?q=rye&offset=20"]
    assert last.text("//nav/span") == "41 to 41 of 45 episodes"
    assert not read(render_search(values.search_page(episodes=1))).all("//nav")
    assert first.values("//meta[@name='robots']/@content") == ["noindex"]


def test_searches_that_find_nothing() -> None:
    nothing = read(render_search(values.search_page(episodes=0, hits=())))
    assert "No episode matches “rye”." in nothing.text()
    beyond = read(render_search(values.search_page(offset=60, hits=())))
    assert "There is no such page of results." in beyond.text()
    assert (
        "All words must occur."
        in read(render_search(values.search_page(query="", episodes=0, hits=()))).text()
    )


def test_what_results_can_be_narrowed_to() -> None:
    found = (LanguageCount("en", 40), LanguageCount("de", 5))
    page = read(render_search(values.search_page(query="rye language:de", languages=found)))
    assert page.all("//details[@class='narrow'][@open]")
    assert page.values("//p[@aria-label='Language']//a/@href") == [
        "/search?q=rye+language%3Aen",
        "/search?q=rye",
    ]
    assert page.text("//p[@aria-label='Language']//a[@aria-current='true']") == "German 5 (take back) ✕"
    assert "/search?q=rye+language%3Ade+longer%3A60m" in page.values("//p[@aria-label='Length']//a/@href")
    wide = read(render_search(values.search_page(languages=found[:1])))
    assert not wide.all("//p[@aria-label='Language']") and not wide.all("//details[@class='narrow'][@open]")


def _found(podcasts: int, hits: tuple[PodcastLine, ...] = ()) -> FoundPodcasts:
    return FoundPodcasts(query="rye", podcasts=podcasts, offset=0, limit=20, hits=hits, elapsed_ms=1.0)


def test_podcasts_that_are_searched_for() -> None:
    page = read(render_podcasts(_found(21, (values.PODCAST,))))
    assert page.values("//ol[@class='best']//h3/a/@href") == [f"/podcasts/{values.PODCAST.id}"]
    assert page.values("//nav[@class='pager']/a/@href") == ["/search?q=rye&in=podcasts&offset=20"]
    assert page.text("//p[@class='results']//a[@aria-current='page']") == "Podcasts"
    nothing = read(render_podcasts(_found(0)))
    assert nothing.values("//div[@class='empty']//a/@href") == ["/topics/rye"]


def test_a_podcast_of_the_name_that_was_asked_for() -> None:
    page = read(render_search(values.search_page(called=(values.PODCAST,), episodes=0, hits=())))
    assert page.values("//section[@class='named']//h3/a/@href") == [f"/podcasts/{values.PODCAST.id}"]
    assert not read(render_search(values.search_page())).all("//section[@class='named']")


def test_a_podcast() -> None:
    page = read(render_podcast(values.podcast_page()))
    assert page.text("//h1") == "Podcast Bread & Butter"
    assert page.text("//div[@class='notes']") == "On bread."
    assert page.values("//a[text()='Feed']/@href") == ["https://bread.example/feed.xml"]
    folder = replace(
        values.podcast_page(values.BARE_PODCAST, description=None), source="/home/someone/feed.xml"
    )
    assert not read(render_podcast(folder)).all("//a[text()='Feed']")


def test_an_episode() -> None:
    page = read(render_episode(values.episode_page(), TimeRange(61)))
    assert page.text("//h1") == "Bread & Butter Why rye?"
    assert page.text("//div[@class='notes']") == "Notes on rye."
    assert page.values("//audio/@src") == ["https://media.example/rye.mp3?a=1&b=2#t=58"]
    assert page.values("//button[@class='play']/@data-at") == ["58"]
    assert "Season 2" in page.text() and "Episode 14" in page.text()
    bare = read(render_episode(values.episode_page(values.BARE_EPISODE, notes=None)))
    assert "No recording published." in bare.text() and "The publisher wrote none." in bare.text()


def test_what_is_no_sound_is_not_put_in_a_player() -> None:
    video = replace(values.EPISODE, enclosure=Enclosure(url="https://media.example/v.mp4", type="video/mp4"))
    assert read(render_episode(values.episode_page(video))).values("//video/@src") == [
        "https://media.example/v.mp4"
    ]
    paper = replace(
        values.EPISODE, enclosure=Enclosure(url="https://media.example/p.pdf", type="application/pdf")
    )
    page = read(render_episode(values.episode_page(paper)))
    assert not page.all("//main//audio | //main//video")
    assert page.values("//a[@class='button']/@href") == ["https://media.example/p.pdf"]


def test_text_in_other_languages_says_so() -> None:
    arabic = replace(
        values.EPISODE,
        title="خبز",
        podcast=replace(values.PODCAST, language="fa", title="مخبز"),
        language="ar",
        summary=Highlighted("كل شيء عن خبز", (Span(11, 14),)),
        more=None,
    )
    episode = read(render_topic(values.topic_page(lines=(arabic,)))).all("//li[@class='episode']")[0]
    # An episode may be in another language than its podcast.
    for path, language in (("h3", "ar"), ("p[@class='about']/a/span", "fa"), ("div[@class='extract']", "ar")):
        assert episode.xpath(f".//{path}/@lang") == [language], path
        assert episode.xpath(f".//{path}/@dir") == ["auto"], path
    assert episode.xpath("string(.//span[text()='Arabic'])") == "Arabic"


NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def health(
    *,
    last_good: datetime | None = NOW - timedelta(hours=3),
    last_error: str | None = None,
    next_try: datetime | None = NOW + timedelta(hours=5),
    is_gone: bool = False,
    is_part: bool = False,
) -> FeedHealth:
    return FeedHealth(
        last_good=last_good,
        last_error=last_error,
        is_part=is_part,
        next_try=next_try,
        is_gone=is_gone,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        (health(), "Last read 3 hours ago. Next look in 5 hours."),
        (health(next_try=NOW), "Last read 3 hours ago. The next look is due."),
        (
            health(last_error="no such host", last_good=NOW - timedelta(days=2)),
            "The feed could not be read: no such host. Last read 2 days ago. Next try in 5 hours.",
        ),
        (
            health(last_error="no such host", last_good=None, next_try=NOW - timedelta(days=1)),
            "The feed could not be read: no such host. The next try is due.",
        ),
        (
            health(is_gone=True, last_error="gone", next_try=None),
            "The feed was taken away for good; what was read of it is kept. Last read 3 hours ago.",
        ),
        (
            health(last_error="cut off before its end", is_part=True),
            "The feed could not be read in full: cut off before its end. "
            "Last read 3 hours ago. Next try in 5 hours.",
        ),
        (health(last_good=None, next_try=None), ""),
    ],
)
def test_how_the_feed_fares(feed: FeedHealth, words: str) -> None:
    page = read(render_podcast(values.podcast_page(health=feed)))
    assert page.text("//p[@class='health']") == words


def test_times_of_the_feed_are_exact_for_programs() -> None:
    page = read(render_podcast(values.podcast_page(health=health())))
    assert page.values("//p[@class='health']/time/@datetime") == [
        "2026-11-01T09:00:00+00:00",
        "2026-11-01T17:00:00+00:00",
    ]


def test_a_file_has_no_health() -> None:
    assert read(render_podcast(values.podcast_page())).all("//p[@class='health']") == []


def test_an_error_of_a_feed_is_only_text() -> None:
    hostile = "<script>alert(1)</script>"
    page = render_podcast(values.podcast_page(health=health(last_error=hostile)))
    assert hostile not in page


def test_what_is_written_from_the_right_is_laid_out_so() -> None:
    arabic = replace(values.EPISODE, language="ar-EG")
    assert read(render_search(values.search_page(hits=(arabic,)))).values("//li[@class='episode']/@dir") == [
        "rtl"
    ]
    assert not read(render_search(values.search_page())).values("//li[@class='episode']/@dir")


def test_the_best_of_many_with_some_words_say_so() -> None:
    page = replace(values.search_page(), with_some=100)
    assert "then the best 100 with some" in read(render_search(page)).text()
    assert "then 99 with some" in read(render_search(replace(page, with_some=99))).text()


def test_what_podcasts_say_in_all_their_notes() -> None:
    page = replace(values.search_page(hits=()), query="linode", episodes=0, with_some=0, said_by_podcasts=2)
    shown = read(render_search(page))
    assert "but 2 podcasts say it of themselves, or in all their notes" in shown.text()
    assert shown.values("//p[@class='meant']/a/@href") == ["/search?q=linode&in=podcasts"]
    one = read(render_search(replace(page, said_by_podcasts=1))).text()
    assert "but 1 podcast says it of itself, or in all its notes" in one
    topic = replace(values.topic_page(topic="linode cloud", lines=()), episodes=0, said_by_podcasts=1)
    assert read(render_topic(topic)).values("//p[@class='meant']/a/@href") == [
        "/search?q=%22linode+cloud%22&in=podcasts"
    ]


def test_words_that_go_on_are_offered() -> None:
    page = replace(values.search_page(hits=()), query="windkraft", episodes=0, with_some=0)
    shown = read(render_search(replace(page, beginnings=Unnarrowed("windkraft*", 3))))
    assert "Words that begin so: windkraft*, 3 episodes." in shown.text()
    assert "/search?q=windkraft%2A" in shown.values("//li/a/@href")


def test_a_podcast_that_is_called_so_but_does_not_speak_of_it() -> None:
    page = values.topic_page()
    (best, *_) = page.best_podcasts
    named = replace(best, episodes_about=0, is_named=True)
    shown = read(render_topic(replace(page, best_podcasts=(named, replace(named, is_named=False)))))
    words = [
        " ".join(" ".join(line.itertext()).split())
        for line in shown.all("//ol[@class='best']//p[@class='about']")
    ]
    assert [line.partition(" episodes")[0] for line in words] == [
        "called so none of 12",
        "described so none of 12",
    ]
