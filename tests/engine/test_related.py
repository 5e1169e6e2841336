"""What else is spoken of where a topic is."""

from __future__ import annotations

from castabout.engine.castabout import Castabout
from castabout.engine.related import Tagged, candidates, related
from castabout.engine.topic import topic_page
from castabout.model.feed import Enclosure, Episode
from tests.engine.test_suggest import episode, put


def sample(*tags: tuple[str, ...], podcasts: int = 1) -> list[Tagged]:
    return [Tagged(number % podcasts, of) for number, of in enumerate(tags)]


def test_tags_that_several_have_without_the_topic() -> None:
    found = candidates("Rye bread", sample(*[("rye", "bread", "oven", "Rye Bread")] * 3, ("oven", "salt")))
    assert [(one.tag, one.episodes) for one in found] == [("oven", 4)]


def test_of_a_handful_all_tags_are_looked_at() -> None:
    found = candidates("rye", sample(("rye", "oven", "salt")))
    assert [one.tag for one in found] == ["oven", "salt"]


def test_many_shows_count_for_more_than_one_that_repeats_it() -> None:
    tags = [("oven",)] * 4
    (one,) = candidates("rye", sample(*tags))
    (four,) = candidates("rye", sample(*tags, podcasts=4))
    assert one.weight < four.weight


def test_what_is_common_everywhere_tells_nothing() -> None:
    found = candidates("rye", sample(*[("news", "oven")] * 4))
    # News are in 500 of 1,000 episodes and in all four: twice as often. Ovens are so 250 times.
    assert related(found, 4, {"news": 500, "oven": 4}, 1_000) == ("oven", "news")
    assert related(found, 4, {"news": 501, "oven": 4}, 1_000) == ("oven",)


def test_where_the_topic_is_in_most_of_the_library() -> None:
    found = candidates("rye", sample(*[("news", "oven")] * 4))
    assert set(related(found, 4, {"news": 4, "oven": 4}, 5)) == {"news", "oven"}


def test_parts_of_a_tag_are_not_told_beside_it() -> None:
    found = candidates("linux", sample(*[("linus torvalds", "torvalds", "kernel", "kernels")] * 4))
    assert related(found, 4, {}, 1_000) == ("linus torvalds", "kernel")


def test_nothing() -> None:
    assert related(candidates("rye", []), 0, {}, 0) == ()


def test_on_the_topic_page(castabout: Castabout) -> None:
    put(castabout, "Grain", episode("zamboni", "ovens"), episode("zamboni", "ovens"), episode("salt"))
    put(castabout, "News", *(episode(f"subject {number}") for number in range(12)))
    assert topic_page(castabout, "zamboni").related_topics == ("ovens",)


def test_an_episode_that_two_shows_publish_counts_once(castabout: Castabout) -> None:
    file = (Enclosure(url="https://media.example/zamboni.mp3", type="audio/mpeg"),)
    talk = Episode(key="z", title="About zamboni", keywords=("ovens",), enclosures=file)
    put(castabout, "Grain", talk, episode("zamboni", "salt"), episode("zamboni", "salt"))
    put(castabout, "Grain Again", talk, episode("zamboni"))
    put(castabout, "News", *(episode(f"subject {number}") for number in range(12)))
    page = topic_page(castabout, "zamboni")
    assert (page.episodes, page.copies, page.related_topics) == (5, 1, ("salt",))
