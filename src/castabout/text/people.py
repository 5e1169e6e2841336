"""People whom a text names: guests and hosts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from castabout.model.labels import NamedPerson

_NAME_WORD = r"(?:[A-Z]\.|[^\W\d_a-zа-яёα-ω][^\W\d_]*+(?:[-'’][^\W\d_]++)*+)"
_PARTICLE = (
    "(?:de|de la|del|della|di|da|do|dos|van|van der|van den|van de|von der|von dem|von|zu|al|bin|ibn|ter|ten"
    "|le|la)"
)
_NAME = rf"(?:(?:Dr|Prof|Mrs?|Ms|Sen|Rep|Gov)\.? )?{_NAME_WORD}(?: (?:{_PARTICLE} )?{_NAME_WORD}){{1,3}}"
_AND = r"(?:,? (?:and|und|et|y|e|en|i|og|och|&|\+) |, ?(?:and )?)"
_NAMES = rf"({_NAME}(?:{_AND}{_NAME})*)"
#: What stands before guests and hosts, in lower case: plain letters first, so that it is quickly found.
_GUEST = (
    r"guests?(?: (?:are|is|include))?|g[aä]st(?:e|er)?|gæst(?:er)?|gjest(?:er)?|invitée?s?|invitad[oa]s?"
    r"|convidad[oa]s?|convida(?:ts?|des)|ospit[ei]|gość|goście|гост[ьи]"
    r"|interview(?:s|ed|ing)?(?: with| mit| met| med)?|entretien avec|entrevista (?:a|con|com|amb)"
    r"|intervista (?:a|con)|(?:talk|speak|chat)(?:s|ed|ted|ing|ting)? (?:to|with)|spoke (?:to|with)|joined by"
    r"|s down with|conversation (?:with|avec)|gespräch mit|conversamos con"
)
_HOST = r"hosts?|hosted by|presented by|moderation|présenté par|presentado por|apresentad[oa] por"
#: How these begin: looked for one by one, which is quicker than all of them together.
_BEGINNINGS = (
    "guest",
    "host",
    "intervi",
    "talk",
    "speak",
    "spoke",
    "chat",
    "joined by",
    "s down",
    "conversa",
    "presented",
)
#: The same in other languages, by language.
_OTHER_BEGINNINGS = {
    "de": ("gast", "gäst", "gespräch", "moderation"),
    "nl": ("gast", "gesprek"),
    "da": ("gæst",),
    "no": ("gjest",),
    "sv": ("gäst",),
    "fr": ("invité", "entretien", "présenté"),
    "es": ("invitad", "entrevista", "presentado", "conversamos"),
    "pt": ("convidad", "entrevista", "apresentad"),
    "ca": ("convida", "entrevista", "conversem"),
    "it": ("ospit", "intervista"),
    "pl": ("gość", "goście"),
    "cs": ("host",),
    "ru": ("гост",),
    "uk": ("гост",),
}
_BEFORE = re.compile(rf"(?:(?P<guest>{_GUEST})|(?:{_HOST}))(?: ?[:–-] ?| )(?!\s)")
_NAMES_HERE = re.compile(_NAMES)
#: In a title these stand before people more often than not.
_WITH = re.compile(rf"(?<!\w)(?i:with|w/|mit|avec|con|com|met|amb|med|feat\.?|ft\.?|featuring) ?{_NAMES}")
_MAYBE_WITH = ("with", "w/", "mit ", "avec ", "con ", "com ", "met ", "amb ", "med ", "feat", "ft")
_LABEL = re.compile(
    r"(?:(?P<guest>嘉宾|嘉賓|来宾|來賓|ゲスト|게스트|ضيف الحلقة|الضيف|אורחת?)"
    r"|(?P<host>主播|主持人?|パーソナリティ|진행|تقديم|מגישה?))\s*[:：]\s*(?P<names>[^\n。；;:：]{2,60})"
)
_LABELLED = frozenset({"zh", "ja", "ko", "ar", "he"})
_LABEL_SPLIT = re.compile(r"[、,，/／&＆・|和與与]+")
#: Names of organisations and things have these in them, names of people do not.
_NO_PERSON = frozenset(
    """
    academy inc ltd llc gmbh university college school institute foundation project team network media news radio
    podcast show studio studios records band company corporation group labs lab systems software linux windows red
    cloud data open source hat tech technology magazine times post today house street city county united states
    club league games game festival conference summit the this that our your his her their my and new old special
    guest guests host hosts world part episode season live from north south east west center centre church society
    association council committee department government party union bank hospital police army museum library
    twitter facebook instagram youtube patreon discord spotify apple google microsoft amazon
    """.split()
)
#: Before and after a name.
_TITLES = frozenset(
    "dr dr. prof prof. mr mr. mrs mrs. ms ms. sir dame rep. sen. gov. journalist comedian author professor".split()
)
_AFTER = frozenset({"ep", "eps", "about", "on", "from", "discuss", "discusses", "talk", "talks"})
MOST = 20


def named_people(title: str, text: str, language: str | None = None) -> tuple[NamedPerson, ...]:
    """People who are said to be guests or hosts in a title and in the text below it, guests first."""
    found: dict[str, NamedPerson] = {}
    for name, role in (*_in_title(title), *_in_text(text, language)):
        found.setdefault(name, NamedPerson(name, role))
    return tuple(found.values())[:MOST]


def _in_title(title: str) -> Iterator[tuple[str, str]]:
    plain = title.lower()
    for word in _MAYBE_WITH:
        if word in plain:
            for match in _WITH.finditer(title):
                yield from ((name, "guest") for name in _each(match[1]))
            return


def _in_text(text: str, language: str | None) -> Iterator[tuple[str, str]]:
    plain = text.lower()
    if len(plain) != len(text):
        plain = text
    for at in _places(plain, _beginnings(language)):
        if (before := _BEFORE.match(plain, at)) and (names := _NAMES_HERE.match(text, before.end())):
            role = "guest" if before["guest"] else "host"
            yield from ((name, role) for name in _each(names[1]))
    if language in _LABELLED:
        for match in _LABEL.finditer(text):
            role = "guest" if match["guest"] else "host"
            yield from ((name, role) for name in map(str.strip, _LABEL_SPLIT.split(match["names"])) if name)


@cache
def _beginnings(language: str | None) -> Sequence[str]:
    return (*_BEGINNINGS, *_OTHER_BEGINNINGS.get(language or "", ()))


def _places(plain: str, beginnings: Iterable[str]) -> Sequence[int]:
    places = []
    for word in beginnings:
        at = plain.find(word)
        while at >= 0:
            if not (at and plain[at - 1].isalnum()):
                places.append(at)
            at = plain.find(word, at + 1)
    return sorted(places)


def _each(names: str) -> Iterable[str]:
    for whole in re.split(_AND, names):
        words = whole.removesuffix("'s").removesuffix("’s").split()
        while words and words[0].lower() in _TITLES:
            words = words[1:]
        while words and words[-1].lower() in _AFTER:
            words = words[:-1]
        name = " ".join(words)
        if len(words) > 1 and not name.isupper() and _NO_PERSON.isdisjoint(name.lower().split()):
            yield name
