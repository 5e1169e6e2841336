"""Names and terms in a text: what might be tags of it. Pure.

Names are runs of words with capital letters, works stand in quotation marks,
terms are words and pairs of words that come again. Scripts without blanks
between words have quotations, runs of katakana, and strings that come again.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from castabout.text.nouns import LANGUAGES, nouns
from castabout.text.prepare import PAIRED
from castabout.text.repeats import alike
from castabout.text.stopwords import stop_words

#: What a name is worth where it surely is one, and where any word may have a capital letter.
_SURE, _UNSURE = 1.0, 0.4
#: A term in the title counts as if it were so much more often in the notes.
_IN_TITLE = 2.0
_QUOTED = 1.5
#: A word without a capital letter that comes again is worth so much each time.
_AGAIN = 0.6
#: With so many of a line's words so, all of its words have capital letters, and none says anything by it.
_TITLE_CASE = 0.55
_SHORT_LINE = 25
_SHORT_UNSPACED = 8
_MOST_WORDS = 4
#: Of a text, of a title, and of scripts without blanks so many characters are looked at.
MOST_CHARACTERS = 100_000
_TITLE_CHARACTERS = 500
_UNSPACED_CHARACTERS = 5_000
_LONGEST_STRING = 8
#: Strings that come again, most often first.
_MOST_STRINGS = 300
#: With so many names no other words are looked for.
_ENOUGH_NAMES = 12
_LONGEST = 48
#: Shorter texts say nothing three times.
_LONG_TEXT = 600
#: Small letters before the capital of a name, as in “macOS”.
_PREFIX = 3
#: Between a part of a word and the next.
_WITHIN_WORDS = frozenset("_/.")
#: In these all nouns have capital letters.
_NOUNS_ARE_NAMES = frozenset({"de", "lb", "nds"})
ELIDED = re.compile(r"(?<![^\W_])(?:l|d|qu|n|s|c|j|m|t|un|all|dell|nell|sull|dall)['’](?=[^\W_])", re.I)
ELIDING = frozenset({"fr", "it", "ca", "oc"})


def _upper_case() -> str:
    """A character class of all capital letters."""
    ranges: list[list[int]] = []
    for code in (code for code in range(min(sys.maxunicode, 0x2FFF)) if chr(code).isupper()):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


CAPITAL = _upper_case()
_JOINT = (
    "(?:of the|of|into the|in the|on the|for the|to the|and the|de la|de las|de los|del|della|de|di|da|do|dos"
    "|das|du|des|van de|van der|van den|van|von der|von|zu|al|bin|ibn|ter|ten|’t|&|the)"
)


def _run(capital: str, flags: re.RegexFlag) -> re.Pattern[str]:
    """What names look like: it begins with a capital letter, so that it is quickly found.

    What stands before is looked at then.
    """
    rest = rf"[{capital}]\w*+(?:[’'&+-]\w++|\.[a-z]\w*+)*+\+*+"
    name = rf"(?:[a-z]{{0,3}}{rest}|\d++{rest})"
    return re.compile(rf"{rest}(?: (?:(?:{_JOINT} )?{name}|\d[\w.]*+))*+", flags)


#: Of a text in ASCII they are found in half the time.
_PLAIN_RUN, _ANY_RUN = _run("A-Z", re.ASCII), _run(CAPITAL, re.NOFLAG)
_CAPITAL_WORD = re.compile(f" [{CAPITAL}]")
#: Stop words with which names do begin.
_KEPT_STARTS = frozenset(
    {"call of", "into the", "over the", "under the", "behind the", "beyond the", "out of", "state of"}
)
#: By how they begin.
_QUOTES = {
    "“": re.compile("“([^\n“”]{2,60})”"),
    "„": re.compile("„([^\n“”„]{2,60})[“”]"),
    "«": re.compile("«([^\n«»]{2,60})»"),
    '"': re.compile(r'"(?<![\w"]")([^\n"]{2,60})"(?!\w)'),
    **{mark: re.compile(f"{mark}([^\n《》「」『』]{{2,60}})[》」』]") for mark in "《「『"},
}
#: Addresses of the web and of mail, and names of people and of subjects in social networks.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[@#]\S+")
WORD = r"[^\W\d_][^\W_]*+(?:['&+-][^\W_]++|\.[a-z]++)*+\+*+"
_WORD = re.compile(WORD)
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]{3,}")
#: Letters of words that are written without blanks between them; Korean has blanks.
_UNSPACED_LETTER = re.sub("\uac00-\ud7a3|\u3131-\u318e|\ua960-\ua97c", "", PAIRED)
_UNSPACED = re.compile(f"[{_UNSPACED_LETTER}]+")
_IDEOGRAPHS = re.compile("[\u3005-\u3007\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}")
_POSSESSIVE = ("'s", "’s")
_LONGEST_ACRONYM = 5
#: What stands before the first word of a sentence, a point, a part of a title.
_OPENING = frozenset('\n"“„«¿¡[【')
_ENDING = frozenset(".!?…:;|/·•*-–—#>)]0123456789")


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms in lower case, each with its weight."""

    #: Names of people, places, works, things.
    names: dict[str, float]
    #: Other words, and pairs of them.
    words: dict[str, float]

    def without(self, repeated: frozenset[str]) -> Terms:
        """Those that are not ``repeated``, as `castabout.text.repeats.alike` compares them."""
        return Terms(*(_without(of, repeated) for of in (self.names, self.words)))


def _without(weights: dict[str, float], repeated: frozenset[str]) -> dict[str, float]:
    strings = alike(list(weights))
    if repeated.isdisjoint(strings):
        return weights
    both = zip(strings, weights.items(), strict=True)
    return dict(item for plain, item in both if plain not in repeated)


def words(text: str, language: str | None = None) -> list[str]:
    """The words of ``text``, in lower case; of scripts without blanks, pairs of letters."""
    text = text.lower()
    if "’" in text:
        text = text.replace("’", "'")
    if language in ELIDING:
        text = ELIDED.sub("", text)
    if text.isascii() or not _UNSPACED.search(text):
        return _WORD.findall(text)
    pairs = [run[at : at + 2] for run in _UNSPACED.findall(text) for at in range(len(run) - 1)]
    return _WORD.findall(_UNSPACED.sub(" ", text)) + pairs


def terms(title: str, sentences: Sequence[str], language: str | None) -> Terms:
    """Names and words in a title and the sentences below it.

    Weights grow with how often, where, and how surely a term is there: not with how rare it is.
    """
    stops = stop_words(language)
    text = "\n".join(sentences)[:MOST_CHARACTERS]
    title = title[:_TITLE_CHARACTERS]
    if len(title) > _SHORT_LINE or (len(title) > _SHORT_UNSPACED and not title.isascii()):
        # Notes that have the title say it once.
        text = text.replace(title, "", 1)
    text = without_addresses(text)
    title = without_addresses(title)
    found = Terms({}, {})
    if not (title.isascii() and text.isascii()):
        title, text = _take_unspaced(title, text, stops, found)
    if text:
        _add_names(found.names, text, language, 1.0)
    _add_names(found.names, title, language, _IN_TITLE)
    for work in _quoted(f"{title}\n{text}"):
        if work not in stops:
            found.names[work] = found.names.get(work, 0) + _QUOTED
    if len(found.names) < _ENOUGH_NAMES:
        if language in LANGUAGES:
            others: Mapping[str, int] = nouns(title, text, language, stops)
        else:
            others = _repeated(title, text, language, stops)
        found.words.update(
            (word, count * _AGAIN) for word, count in others.items() if found.names.get(word, 0) <= _UNSURE
        )
    return found


def without_addresses(text: str) -> str:
    """``text`` without addresses, which would be taken for names."""
    if "http" in text or "www." in text or "@" in text or "#" in text:
        return _ADDRESS.sub(" ", text)
    return text


def _add_names(found: dict[str, float], text: str, language: str | None, worth: float) -> None:
    """Add the names in ``text`` to ``found``, line by line."""
    run_of = _PLAIN_RUN if text.isascii() else _ANY_RUN
    no_names = _at_the_beginning(language)
    start = end = 0
    all_capital = is_shouted = False
    for match in run_of.finditer(text):
        run = match[0]
        if run in no_names:
            continue
        at = match.start()
        if at >= end:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            end = len(text) if end < 0 else end
            line = text[start:end]
            all_capital = len(run) == len(line) or is_title_case(line)
            is_shouted = line.isupper()
        before = text[at - 1] if at else "\n"
        if before == " ":
            is_first = text[at - 2] in _ENDING
        elif before.isalnum() or before in _WITHIN_WORDS:
            # The rest of a word such as “iPhone”, or of an address.
            prefix = text[max(text.rfind(" ", start, at) + 1, start) : at]
            if len(prefix) > _PREFIX or not prefix.isalpha():
                continue
            run = prefix + run
            is_first = False
        else:
            is_first = before in _OPENING
        for name, sureness, is_sure, is_whole_word in _names(run, language):
            if (is_sure and not is_shouted) or not (all_capital or (is_whole_word and is_first)):
                found[name] = found.get(name, 0) + sureness * worth
            elif name not in found:
                found[name] = _UNSURE


@cache
def _at_the_beginning(language: str | None) -> frozenset[str]:
    """Stop words as they are written at the beginning of a sentence."""
    return frozenset(word.capitalize() for word in stop_words(language))


def is_title_case(line: str) -> bool:
    """Whether nearly all words of a line that is not short have capital letters."""
    return len(line) > _SHORT_LINE and len(_CAPITAL_WORD.findall(line)) >= _TITLE_CASE * line.count(" ")


@lru_cache(maxsize=20_000)
def _names(run: str, language: str | None) -> Sequence[tuple[str, float, bool, bool]]:
    """The names in a run, each with its weight.

    And whether no common word is written so, and whether it is a single word that is all of its part.
    """
    stops = stop_words(language)
    found: list[tuple[str, float, bool, bool]] = []
    for part in _split(run, language):
        words = part.lower().split(" ")
        if name := _trimmed(words, stops):
            is_single = " " not in name
            is_special = _looks_special(part) or (part.isupper() and 1 < len(part) <= _LONGEST_ACRONYM)
            is_noun = is_single and not is_special and language in _NOUNS_ARE_NAMES
            found.append((name, _UNSURE if is_noun else _SURE, is_special, is_single and name == words[0]))
    return found


def _split(run: str, language: str | None) -> Sequence[str]:
    """The names in a run: ``South Korea’s Nick Nolte`` are two."""
    if "’" in run:
        run = run.replace("’", "'")
    if "'" not in run:
        return (run,)
    if language in ELIDING:
        run = ELIDED.sub("", run)
    return [part for part in run.replace("'s ", "\n").replace("s' ", "s\n").split("\n") if part]


def _looks_special(name: str) -> bool:
    """Whether no common word is written so: ``BitWarden``, ``iPhone``, ``PS5``."""
    return not name[1:].islower() and not (name.isupper() and name.isalpha()) and " " not in name


def _trimmed(parts: list[str], stops: frozenset[str]) -> str | None:
    """A name without words at its ends that say nothing."""
    start, end = 0, len(parts)
    while start < end and parts[start] in stops and " ".join(parts[start : start + 2]) not in _KEPT_STARTS:
        start += 1
    while end > start and parts[end - 1] in stops:
        end -= 1
    if end - start > 1 and parts[end - 1].isdigit() and parts[end - 2] in stops:
        # “Episode 15” of something.
        end -= 2
    if not 0 < end - start <= _MOST_WORDS or parts[start].isdigit():
        return None
    name = " ".join(parts[start:end]).rstrip(".-")
    if name.endswith(_POSSESSIVE):
        name = name[:-2]
    if "'" in name and " " not in name and all(len(part) < 2 or part in stops for part in name.split("'")):
        return None
    return name if 1 < len(name) <= _LONGEST and name not in stops else None


def _quoted(text: str) -> Iterable[str]:
    """What stands in quotation marks and is short enough for the title of a work."""
    for mark, quote in _QUOTES.items():
        if mark in text:
            for quoted in quote.findall(text):
                work = " ".join(quoted.lower().split()).strip(" ,.;:!?…")
                if " " not in work and quoted.islower():
                    continue  # a word that is called into question
                if 1 < len(work) <= _LONGEST and work.count(" ") < _MOST_WORDS and work[0].isalnum():
                    yield work


def _repeated(title: str, text: str, language: str | None, stops: frozenset[str]) -> dict[str, int]:
    """Words that come three times, or come again and are in the title, and pairs of them that come again."""
    again: dict[str, int] = {}
    if not text:
        return {}
    text = text.lower()
    for word in set(words(title, language)):
        if len(word) > 3 and word not in stops and word.isalpha() and (count := text.count(word)) > 1:
            again[word] = count + 1
    if len(text) < _LONG_TEXT:
        return again
    tokens = text.split()
    for word, count in Counter(tokens).items():
        if count > 2 and len(word) > 3 and word not in stops and word.isalpha():
            again[word] = max(count, again.get(word, 0))
    if len(again) > 1:
        pairs = Counter(
            f"{one} {other}"
            for one, other in pairwise(tokens)
            if one in again and other in again and one != other
        )
        again.update((pair, count) for pair, count in pairs.items() if count > 1)
    return again


def _take_unspaced(title: str, text: str, stops: frozenset[str], found: Terms) -> tuple[str, str]:
    """Add what scripts without blanks have to ``found``; the texts without it."""
    if not _UNSPACED.search(title) and not _UNSPACED.search(text):
        return title, text
    whole = f"{title}\n{text}"
    for work in _quoted(whole):
        found.names[work] = found.names.get(work, 0) + _QUOTED
    for word in _KATAKANA.findall(whole):
        found.names[word] = found.names.get(word, 0) + 1
    for string, count in _unspaced(whole, stops).items():
        if string in found.names:
            continue
        if string in title:
            found.names[string] = count
        elif count > 2:
            found.words[string] = count * _AGAIN
    # A name beside them is no beginning of a sentence.
    return _UNSPACED.sub("、", title), _UNSPACED.sub("、", text)


def _unspaced(text: str, stops: frozenset[str]) -> dict[str, int]:
    """Strings of letters that come again, the longest of them."""
    counts: Counter[str] = Counter()
    for run in _IDEOGRAPHS.findall(text[:_UNSPACED_CHARACTERS]):
        for length in range(2, _LONGEST_STRING + 1):
            counts.update(run[at : at + length] for at in range(len(run) - length + 1))
    again = {
        string: count
        for string, count in counts.items()
        if count > 1 and string not in stops and not any(letter in stops for letter in string)
    }
    found: dict[str, int] = {}
    often = sorted(again, key=lambda string: -again[string])[:_MOST_STRINGS]
    for string in sorted(often, key=len, reverse=True):
        if not any(string in longer and 2 * found[longer] > again[string] for longer in found):
            found[string] = again[string]
    return found
