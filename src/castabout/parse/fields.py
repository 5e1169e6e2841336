"""Texts of a feed to values. None of these raises; what cannot be read is ``None``."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from castabout.parse.dates import parse_date, parse_duration

__all__ = [
    "LINE_CHARACTERS",
    "absolute_url",
    "http_url",
    "media_type",
    "one_line",
    "one_of_each",
    "parse_date",
    "parse_duration",
    "parse_explicit",
    "parse_int",
    "parse_language",
    "plain_line",
    "plain_to_html",
    "split_keywords",
    "unescape",
    "without_formatting",
]

#: Titles, names and the like are cut after this many characters.
LINE_CHARACTERS = 1_000
KEYWORD_CHARACTERS = 100
KEYWORDS = 100
_URL_CHARACTERS = 4_000

#: Codes that steer terminals; XML bears some of them.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});")
_FORMATTING = re.compile(
    r"</?(?:a|abbr|b|big|br|center|cite|code|div|em|font|h[1-6]|i|img|li|ol|p|s|small|span|strike|strong"
    r"|sub|sup|tt|u|ul)(?:\s(?:[^<>\"']++|\"[^\"]{0,300}\"|'[^']{0,300}')*+|\s[^<>]*)?/?>",
    re.I,
)
_CLOSING = re.compile(r"</([A-Za-z][A-Za-z0-9]{0,10})")
_WITHOUT_ATTRIBUTES = re.compile(r"<([A-Za-z][A-Za-z0-9]{0,10})>")
_NEVER_CLOSED = frozenset({"br", "img", "li", "p"})
_BREAKING = re.compile(r"</?(?:br|div|h[1-6]|li|ol|p|ul|img)\b", re.I)
_URL = re.compile(
    r"(https?):/{2,}((?:[^@/?#\s]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^:@/?#\s\[\]\\<>\"]+)(?::\d{0,5})?)([/?#][^\0]*)?",
    re.I,
)
#: Nothing in it can be mended.
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?:/[!-~]*)?")


def unescape(text: str) -> str:
    """Character references and HTML's named entities, each with its semicolon, as characters.

    Without the semicolon nothing is one: ``?a=1&copy=2`` stays. References
    to what no XML document may contain vanish.
    """
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    digits, hexadecimal = found[1], found[2]
    if digits is None and hexadecimal is None:
        return html.unescape(found[0])
    code = int(digits) if digits is not None else int(hexadecimal, 16)
    if code in (9, 10, 13):
        return chr(code)
    if code < 0x20 or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return ""
    # Between 128 and 159 windows-1252 is meant, which is what HTML makes of it.
    return html.unescape(found[0]) if 0x7F <= code < 0xA0 else chr(code)


def plain_line(text: str, limit: int = LINE_CHARACTERS) -> str | None:
    """``text`` on one line, without tags; entities that were escaped twice are decoded."""
    text = text[: 20 * limit]
    text = without_formatting(text)
    if "&" in text:
        text = without_formatting(unescape(text))
    return one_line(text, limit)


def without_formatting(text: str) -> str:
    """``text`` without the tags of HTML that only say how it looks; others may be meant as text.

    So may one that nothing closes: ``How to use <b>``.
    """
    if "<" not in text:
        return text
    closed = {name.lower() for name in _CLOSING.findall(text)} | _NEVER_CLOSED

    def replaced(tag: re.Match[str]) -> str:
        alone = _WITHOUT_ATTRIBUTES.fullmatch(tag[0])
        if alone and alone[1].lower() not in closed:
            return tag[0]
        return " " if _BREAKING.match(tag[0]) else ""

    return _FORMATTING.sub(replaced, text)


def one_line(text: str, limit: int = LINE_CHARACTERS) -> str | None:
    """``text`` with its blanks folded, cut at ``limit`` characters; ``None`` if nothing is left."""
    line = " ".join(text.split())
    if not line.isprintable():
        line = _CONTROLS.sub("", line)
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return line or None


def plain_to_html(text: str, *, is_surely_plain: bool = False) -> str:
    """``text``, said to be plain, as HTML: with its lines, and its ``<`` as text.

    Many programs say nothing, or what the format takes for plain, and write
    HTML: text with tags of formatting is left as it is, unless it ``is_surely_plain``.
    """
    if "<" not in text or (not is_surely_plain and _FORMATTING.search(text)):
        return text
    paragraphs = (html.escape(part.strip(), quote=False) for part in _PARAGRAPHS.split(text))
    return "".join(f"<p>{part}</p>" for part in paragraphs if part).replace("\n", "<br>")


_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def http_url(text: str) -> str | None:
    """An address of the web, mended where it is clear what is meant; ``None`` for any other.

    Examples: ``http:https://a.example/`` → ``https://a.example/``,
    ``//a.example/`` → ``https://a.example/``; blanks inside become ``%20``.
    """
    address = text.strip()
    if len(address) > _URL_CHARACTERS:
        return None
    if _PLAIN_URL.fullmatch(address):  # as nearly all are
        return address
    if address[:2] == "//":
        address = f"https:{address}"
    while address[:5].lower() in ("http:", "https") and (inner := _DOUBLED.match(address)):
        address = address[inner.end() :]
    found = _URL.fullmatch(address)
    if found is None:
        return None
    scheme, host, rest = found.groups("")
    if not address.isprintable() or " " in rest:
        rest = "".join(letter for letter in rest if letter.isprintable()).replace(" ", "%20")
    address = f"{scheme.lower()}://{host}{rest}"
    if not address.isascii() or "[" in host:
        try:
            urlsplit(address)
        except ValueError:
            return None
    return address


def absolute_url(text: str, base: str | None, *, is_address: bool = False) -> str | None:
    """An address of the web, as `http_url` reads it; a relative one resolved against ``base``.

    Against nothing (``base`` is ``None`` or relative itself) nothing is
    resolved, and no single word unless it surely ``is_address``.
    https://www.rfc-editor.org/rfc/rfc3986#section-5
    """
    url = http_url(text)
    if url is not None or not base:
        return url
    reference = text.strip()
    if len(reference) > _URL_CHARACTERS or _HAS_SCHEME.match(reference):
        return None
    if not (_WORD if is_address else _RELATIVE).fullmatch(reference):
        return None
    try:
        return http_url(urljoin(base, reference))
    except ValueError:
        return None


_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WORD = re.compile(r"[^\s<>]*")
#: A relative address has no blanks, and begins with a mark or has one inside.
_RELATIVE = re.compile(r"[#?./][^\s<>]*|[^\s<>]+[./?][^\s<>]*")
_DOUBLED = re.compile(r"https?:(?:/{0,2})(?=https?:/{0,2}[^/])", re.I)


#: Labels that programs invented → the registered one.
_TYPES = {
    "audio/mp3": "audio/mpeg",
    "x-audio/mp3": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
}
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}")


def media_type(text: str) -> str | None:
    """A MIME type without parameters, lower case, or a bare ``audio``, ``video`` or ``image``.

    https://www.rfc-editor.org/rfc/rfc6838
    """
    label = text.strip().lower().partition(";")[0].strip()
    if label in ("audio", "video", "image"):
        return label
    return _TYPES.get(label, label) if _TYPE.fullmatch(label) else None


def parse_int(text: str) -> int | None:
    """A whole number from 0 up to a billion."""
    digits = text.strip()
    return int(digits) if len(digits) <= 10 and digits.isdecimal() else None


def parse_explicit(text: str) -> bool | None:
    """https://podcasters.apple.com/support/823-podcast-requirements and what feeds wrote before it."""
    return _EXPLICIT.get(text.strip().lower())


_EXPLICIT = {"yes": True, "true": True, "explicit": True, "no": False, "false": False, "clean": False}


def split_keywords(texts: Iterable[str], limit: int = KEYWORDS) -> tuple[str, ...]:
    """Keywords from lists that are separated by commas; each once, whatever its case."""
    words = (plain_line(part, KEYWORD_CHARACTERS) for text in texts for part in _COMMA.split(text[:20_000]))
    return one_of_each(words, limit)


_COMMA = re.compile("[,，、،]")


def one_of_each(texts: Iterable[str | None], limit: int = KEYWORDS) -> tuple[str, ...]:
    """``texts`` in order without ``None`` and without repetitions, whatever their case; at most ``limit``."""
    seen: dict[str, str] = {}
    for text in texts:
        if text:
            seen.setdefault(text.casefold(), text)
            if len(seen) == limit:
                break
    return tuple(seen.values())


def parse_language(text: str) -> str | None:
    """A language tag as BCP 47 writes it: ``en_us`` → ``en-US``. https://www.rfc-editor.org/rfc/rfc5646

    English and own names of common languages are known too; anything else
    is ``None``.
    """
    words = _SEPARATOR.split(text.strip()[:60], maxsplit=1)
    subtags = words[0].replace("_", "-").split("-")
    primary = subtags[0].lower()
    primary = _OTHER_CODES.get(primary, primary)
    if primary not in _LANGUAGES and not (len(primary) == 3 and primary.isascii() and primary.isalpha()):
        return None
    if primary in ("und", "mul", "zxx", "mis"):
        return None
    tag = [primary]
    for subtag in subtags[1:]:
        if not (subtag.isascii() and subtag.isalnum() and len(subtag) <= 8):
            break
        if len(subtag) == 2 and subtag.isalpha():
            tag.append({"UK": "GB"}.get(subtag.upper(), subtag.upper()))
        elif len(subtag) == 4 and subtag.isalpha():
            tag.append(subtag.title())
        elif len(subtag) == 3 or (4 < len(subtag) <= 8):
            tag.append(subtag.lower())
        else:
            break
    return "-".join(tag)


_SEPARATOR = re.compile(r"[\s,;/(]")
#: https://www.loc.gov/standards/iso639-2/php/code_list.php
_LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz "
    "ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik "
    "io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml "
    "mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd "
    "se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi "
    "vo wa wo xh yi yo za zh zu".split()
)
#: Codes of three letters or withdrawn ones, and names, of common languages → the code of two letters.
_OTHER_CODES = dict(
    pair.split("=")
    for pair in (
        "iw=he in=id ji=yi eng=en deu=de ger=de fra=fr fre=fr spa=es ita=it por=pt nld=nl dut=nl swe=sv dan=da "
        "nor=no fin=fi pol=pl ces=cs cze=cs rus=ru ukr=uk ell=el gre=el tur=tr ara=ar heb=he hin=hi jpn=ja "
        "kor=ko zho=zh chi=zh cat=ca hun=hu ron=ro rum=ro english=en deutsch=de german=de français=fr "
        "francais=fr french=fr español=es espanol=es spanish=es castellano=es italiano=it italian=it "
        "português=pt portugues=pt portuguese=pt nederlands=nl dutch=nl svenska=sv swedish=sv dansk=da danish=da "
        "norsk=no norwegian=no suomi=fi finnish=fi polski=pl polish=pl русский=ru russian=ru українська=uk "
        "türkçe=tr turkish=tr العربية=ar arabic=ar עברית=he hebrew=he हिन्दी=hi hindi=hi 日本語=ja japanese=ja "
        "한국어=ko korean=ko 中文=zh chinese=zh català=ca catalan=ca magyar=hu hungarian=hu"
    ).split()
)
