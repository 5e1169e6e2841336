from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from castabout.model.podcasting20 import LinkedFile
from castabout.parse.transcript.choose import best_first

JSON = LinkedFile(url="https://a.example/1", type="application/json")
VTT = LinkedFile(url="https://a.example/2", type="text/vtt")
SRT = LinkedFile(url="https://a.example/3", type="application/x-subrip")
HTML_TIMED = LinkedFile(url="https://a.example/4", type="text/html", rel="captions")
PLAIN_TIMED = LinkedFile(url="https://a.example/5", type="text/plain", rel="captions")
HTML = LinkedFile(url="https://a.example/6", type="text/html")
PLAIN = LinkedFile(url="https://a.example/7", type="text/plain")
UNKNOWN = LinkedFile(url="https://a.example/8")
ORDER = (JSON, VTT, SRT, HTML_TIMED, PLAIN_TIMED, HTML, PLAIN, UNKNOWN)


@given(st.permutations(ORDER))
def test_what_has_times_and_the_finest_first(files: list[LinkedFile]) -> None:
    assert best_first(files, "en") == ORDER


def test_the_language_of_the_episode_before_all() -> None:
    spanish = LinkedFile(url="https://a.example/es", type="application/json", language="es")
    english = LinkedFile(url="https://a.example/en", type="text/plain", language="en-US")
    assert best_first([spanish, PLAIN, english], "en") == (PLAIN, english, spanish)
    assert best_first([PLAIN, english, spanish], "es-MX") == (spanish, PLAIN, english)
    assert best_first([PLAIN, english, spanish], None) == (spanish, PLAIN, english)


def test_the_address_where_the_type_says_nothing() -> None:
    vtt = LinkedFile(url="https://a.example/x.VTT?v=1", type="text/plain")
    srt = LinkedFile(url="https://a.example/x.srt", type="application/octet-stream")
    page = LinkedFile(url="https://a.example/x.srt.php", type="text/html")
    assert best_first([page, srt, vtt], None) == (vtt, srt, page)


def test_each_address_once_and_equals_in_their_order() -> None:
    again = LinkedFile(url=VTT.url, type="text/html")
    other = LinkedFile(url="https://a.example/other", type="text/vtt")
    assert best_first([other, VTT, again, other], "en") == (other, VTT)
    assert best_first([], "en") == ()
