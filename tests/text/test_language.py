"""Which language a text is in."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.parse.feed import parse_feed
from castabout.text import language
from castabout.text.language import detect_language, primary_language

#: Feeds whose declared language is none, wrong, or of a part of their episodes only, as read by hand.
MISDECLARED = {
    "a-course-in-the-pali-language", "ai-engineering-podcast", "alexander-kucera", "bio-neuropsychology",
    "dave-winer-grateful-dead", "intro-vt-deep-dives-hold-1", "kan-yiddish", "miketokyo", "personal-listening-feed",
    "personlighedspsykologi", "socialpsykologi-deep-dives-hold-1", "tal-and-aviad",
}  # fmt: skip
GERMAN = "Heute fahren wir mit dem Nachtzug von Hamburg nach Wien und sprechen über das Wetter."


@pytest.mark.parametrize(
    ("title", "notes", "found"),
    [
        ("Zug", GERMAN, "de"),
        ("Bread", "<p>We bake <b>rye bread</b> and talk about the history of ovens.</p>", "en"),
        ("Le four", "Nous parlons aujourd'hui de l'histoire du pain et de la farine.", "fr"),
        ("El pan", "Hoy hablamos de la historia del pan y de los hornos de leña.", "es"),
        ("O pão", "Hoje falamos da história do pão e dos fornos a lenha que ninguém usa.", "pt"),
        ("Brood", "Vandaag praten we over de geschiedenis van het brood en de oven.", "nl"),
        ("パンの話", "今日はパンの歴史についてお話しします。よろしくお願いします。", "ja"),
        ("面包", "今天我们来聊一聊面包的历史,以及为什么大家都喜欢吃面包。", "zh"),
        ("खाना", "आज हम बात करेंगे भारत में रोटी के इतिहास के बारे में", "hi"),
        ("ขนมปัง", "วันนี้เราจะมาคุยกันเรื่องประวัติของขนมปัง", "th"),
        # Nothing but addresses, names of accounts and numbers.
        ("42", "https://zug.example/schnelle @der_schnelle_zug #fahrenmitdemzug der.zug@bahn.example 123", None),
        # Too few letters, 18 each; the last of these has 46.
        ("Fahrt", "Wir reden heute.", None),
        ("Wir fahren mit dem Zug", None, None),
        ("Wir fahren heute mit dem Nachtzug von Hamburg nach Wien", None, "de"),
        ("haboker_full_240121.mp3", "", None),
        (None, None, None),
    ],
)  # fmt: skip
def test_languages(title: str | None, notes: str | None, found: str | None) -> None:
    assert detect_language(title, notes) == found


def test_tags_are_no_text() -> None:
    tags = (
        '<a href="https://the-english-address.example/which/goes/on">Zug</a><img alt="this is an English text">'
        * 20
    )
    assert detect_language("Zug", f"{GERMAN}{tags}") == "de"


def test_what_is_declared_stands_unless_the_text_is_surely_in_another() -> None:
    # Danish, which the model takes for Norwegian at first sight.
    danish = "Liv og død i psykoanalysen. Semesteruge, forelæsning"
    assert detect_language("Laplanche", danish, "da") == "da"
    assert detect_language("Zug", GERMAN, "ja") == "de"
    assert detect_language("Zug", GERMAN, "de-AT") == "de"
    # The text is Chinese; whether it is read aloud in Cantonese only the publisher knows.
    assert detect_language("面包", "今天我们来聊一聊面包的历史,以及为什么大家都喜欢吃面包。", "yue") == "yue"
    assert detect_language("42", "", "de") is None


@pytest.mark.parametrize(
    ("tag", "primary"),
    [("pt-BR", "pt"), ("EN", "en"), ("nb-NO", "no"), ("zh-Hant-TW", "zh"), ("", None), (None, None)],
)
def test_primary_languages(tag: str | None, primary: str | None) -> None:
    assert primary_language(tag) == primary


@given(st.text(), st.text(alphabet=st.characters()), st.sampled_from([None, "en", "x-"]))
def test_any_text_gets_an_answer(title: str, notes: str, declared: str | None) -> None:
    found = detect_language(title, f"{notes}\n\x00\ud800{GERMAN}", declared)
    assert found is None or found.isalpha()


def test_threads_get_the_same_answers() -> None:
    language._model.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda number: detect_language("Zug", f"{GERMAN} {number}"), range(400)))
    assert found == {"de"}


def test_the_model_is_the_one_that_its_notice_names() -> None:
    folder = Path(language.__file__).parent
    digest = hashlib.sha256((folder / "lid.176.ftz").read_bytes()).hexdigest()
    assert f"SHA-256: {digest}" in (folder / "lid.176.txt").read_text()


def test_real_feeds_that_declare_their_language_rightly(shared_data: Path) -> None:
    episodes = decided = right = right_with_declared = 0
    for path in sorted((shared_data / "feeds").glob("*.xml")):
        if path.stem in MISDECLARED:
            continue
        feed = parse_feed(path.read_bytes())
        declared = primary_language(feed.podcast.language)
        for episode in feed.episodes:
            found = detect_language(episode.title, episode.notes)
            episodes += 1
            decided += found is not None
            right += found == declared
            known = detect_language(episode.title, episode.notes, declared) or declared
            right_with_declared += known == declared
    assert episodes > 2_700
    assert decided / episodes >= 0.95
    assert right / decided >= 0.99
    assert right_with_declared / episodes >= 0.999


def test_languages_that_are_much_alike_are_told_apart_only_where_it_is_clear() -> None:
    norwegian = "Hvorfor er strømmen så dyr i Norge? Vi snakker med en ekspert om prisene på strøm i vinter."
    danish = "I dag taler vi med en bager om, hvordan man bager rugbrød derhjemme, og hvad man skal undgå."
    new_norwegian = "I dag snakkar vi om korleis du bakar brød heime, og kva du bør unngå."
    assert detect_language("Strømpriser", norwegian) is None
    assert detect_language("", new_norwegian) is None
    assert detect_language("Strømpriser", norwegian, "nb") == "no"
    assert detect_language("Brød", danish) == "da"
