"""Bytes to text, whatever a document says of its encoding."""

from __future__ import annotations

import encodings.aliases

import pytest

from castabout.parse.encoding import decode, to_utf8
from castabout.parse.feed import parse_feed

TEXTS = {
    "ru": "Сегодня мы говорим о хлебе, о закваске и о том, как печь дома.",
    "uk": "Сьогодні ми говоримо про хліб, закваску і про те, як пекти вдома.",
    "el": "Σήμερα μιλάμε για το ψωμί, το προζύμι και πώς ψήνουμε στο σπίτι.",
    "he": "היום אנחנו מדברים על לחם, על מחמצת ועל אפייה בבית.",
    "ar": "نتحدث اليوم عن الخبز وعن الخميرة وكيف نخبز في البيت.",
    "ja": "今日はパンとサワードウについて、そして家で焼く方法について話します。",
    "zh": "今天我们谈谈面包、酸面团以及如何在家里烘焙。",
    "zh-TW": "今天我們談談麵包、酸麵團以及如何在家裡烘焙。",
    "ko": "오늘은 빵과 사워도우, 그리고 집에서 굽는 방법에 대해 이야기합니다.",
    "th": "วันนี้เราพูดถึงขนมปัง แป้งหมัก และวิธีอบที่บ้าน",
    "cs": "Dnes mluvíme o chlebu, o kvásku a o tom, jak péct doma. Žluťoučký kůň.",
    "fr": "Aujourd'hui nous parlons du pain, du levain et de la façon de cuire, créée cet été.",
}
RIGHTLY = [
    ("ru", "koi8-r"), ("ru", "windows-1251"), ("ru", "iso-8859-5"), ("ru", "ibm866"), ("ru", "x-mac-cyrillic"),
    ("uk", "koi8-u"), ("uk", "windows-1251"), ("el", "iso-8859-7"), ("el", "windows-1253"),
    ("he", "windows-1255"), ("he", "iso-8859-8"), ("ar", "windows-1256"), ("ar", "iso-8859-6"),
    ("ja", "shift_jis"), ("ja", "euc-jp"), ("ja", "iso-2022-jp"), ("zh", "gb2312"), ("zh", "gbk"),
    ("zh", "gb18030"), ("zh-TW", "big5"), ("ko", "euc-kr"), ("ko", "iso-2022-kr"), ("th", "tis-620"),
    ("cs", "windows-1250"), ("cs", "iso-8859-2"), ("fr", "iso-8859-1"), ("fr", "windows-1252"),
    ("fr", "iso-8859-15"), ("ja", "utf-16"), ("ja", "utf-32"), ("ru", "utf-8"),
]  # fmt: skip
#: In none of these a declaration can have been read.
NO_ENCODINGS = (
    "hex base64 punycode undefined idna bz2 zlib uu quopri rot13 unicode_escape raw_unicode_escape charmap "
    "utf-16 utf-32 cp037 cp500 nonsense"
).split()
WRONGLY = [
    ("ru", "koi8-r"), ("ru", "windows-1251"), ("uk", "windows-1251"), ("el", "iso-8859-7"),
    ("he", "windows-1255"), ("ar", "windows-1256"), ("ja", "shift_jis"), ("ja", "euc-jp"), ("zh", "gb2312"),
    ("zh-TW", "big5"), ("ko", "euc-kr"), ("th", "tis-620"),
]  # fmt: skip


def document(language: str, declared: str) -> str:
    declaration = f' encoding="{declared}"' if declared else ""
    return (
        f'<?xml version="1.0"{declaration}?><rss><channel><title>{TEXTS[language]}</title>'
        "<item><title>Rye, oat</title><description>One of many in English.</description></item></channel></rss>"
    )


@pytest.mark.parametrize(("language", "encoding"), RIGHTLY)
def test_what_is_declared_rightly_is_believed(language: str, encoding: str) -> None:
    python_name = {"x-mac-cyrillic": "mac_cyrillic"}.get(encoding, encoding)
    text = document(language, python_name)
    assert decode(text.encode(python_name)) == (text, None)


@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "us-ascii", "utf-16", "hex"])
@pytest.mark.parametrize(("language", "encoding"), WRONGLY)
def test_what_is_declared_wrongly_is_found_in_the_texts(language: str, encoding: str, declared: str) -> None:
    text, guess = decode(document(language, declared).encode(encoding))
    assert text == document(language, declared)
    assert guess is not None
    assert guess.endswith("which is a guess")


@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii", "utf-16", "gb2312", "euc-jp", "hex"])
@pytest.mark.parametrize("language", TEXTS)
def test_utf8_is_utf8_whatever_is_declared(language: str, declared: str) -> None:
    text = document(language, declared)
    assert decode(text.encode()) == (text, None)
    # With one byte broken that is no UTF-8 any more, and yet no other encoding either.
    broken, said = decode(text.encode() + b"\x93")
    assert broken == f"{text}“"
    assert said == "not all of its bytes are UTF-8; the others were read as windows-1252"


@pytest.mark.parametrize("name", sorted({*encodings.aliases.aliases, *NO_ENCODINGS}))
def test_no_declared_name_raises(name: str) -> None:
    for byte in (0x81, 0xE9, 0xFF):
        data = f'<?xml version="1.0" encoding="{name}"?><rss><title>Caf'.encode() + bytes([byte])
        assert to_utf8(data)[0].startswith(b"<?xml")


@pytest.mark.parametrize("name", NO_ENCODINGS)
def test_what_is_no_encoding_of_documents_is_not_applied(name: str) -> None:
    data = (
        f'<?xml version="1.0" encoding="{name}"?><rss><channel><title>Caf\xe9 \\x41</title></channel></rss>'
    )
    parsed = parse_feed(data.encode("latin-1"))
    assert parsed.podcast.title == "Café \\x41"
    assert parsed.problems[0].what == ("does not say its encoding rightly; read as cp1252, which is a guess")


@pytest.mark.parametrize("text", ["今日はパンについて話します。", "パンの話です。", "本日のニュース"])
@pytest.mark.parametrize("declared", ["", ' encoding="utf-8"'])
@pytest.mark.parametrize("encoding", ["euc-jp", "shift_jis", "iso-2022-jp"])
def test_one_japanese_sentence(text: str, declared: str, encoding: str) -> None:
    whole = f'<?xml version="1.0"{declared}?><rss><title>{text}</title></rss>'
    found, guess = decode(whole.encode(encoding))
    assert (found, bool(guess)) == (whole, True)


def test_a_mark_that_is_not_kept_to() -> None:
    title = "<rss><title>%s</title></rss>"
    marked = b"\xef\xbb\xbf" + (title % "Café crème").encode("latin-1")
    assert decode(marked) == (
        title % "Café crème",
        "does not say its encoding rightly; read as cp1252, which is a guess",
    )
    mixed = b"\xef\xbb\xbf<rss><title>Caf\xe9 cr\xc3\xa8me</title></rss>"
    assert decode(mixed)[0] == title % "Café crème"
    half = (title % "Rye").encode("utf-16") + b"\x00\xd8" + "\n".encode("utf-16-le")
    assert decode(half) == ((title % "Rye") + "\ufffd\n", "not all of its bytes are utf-16-le")


@pytest.mark.parametrize(
    "title",
    ["ÉÉÉÉ", "«Él»…—“Ñu”", "ÄÖÜ", "————————", "¡¡¡¡¡ Olé !!!!!", "Größe", "Ça", "À l’œuvre…"],
)
def test_latin_letters_are_no_sign_of_another_encoding(title: str) -> None:
    text = f'<?xml version="1.0" encoding="iso-8859-1"?><rss><title>{title}</title></rss>'
    assert decode(text.encode("cp1252")) == (text, None)
