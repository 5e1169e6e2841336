"""Words that stand where nouns do: after an article or a preposition, at the end of what it belongs to. Pure."""

from __future__ import annotations

from collections import Counter

#: What nouns stand after, by language: articles, prepositions that no verb follows, what is written before “'”.
_BEFORE = {
    "en": "the a an of in on about against between through from with without into his her their our its",
    "nl": "de het een van in over tegen tussen door met zonder uit naar zijn haar hun onze deze dit",
    "de": "der die das den dem des ein eine einen einem einer eines von vom über gegen zwischen durch mit ohne"
    " aus im am zum zur beim ins für",
    "da": "en et den det de af i om mod mellem gennem med uden fra sin sit sine deres vores denne dette",
    "no": "en et ei den det de av i om mot mellom gjennom med uten fra sin sitt sine deres vår denne dette",
    "sv": "en ett den det de av i om mot mellan genom med utan från sin sitt sina deras vår denna detta",
    "fr": "le la les l' un une des du de d' aux au sur contre entre avec sans dans son sa ses leur leurs cette",
    "es": "el la los las un una unos unas de del sobre contra entre con sin en su sus este esta al",
    "pt": "o a os as um uma uns umas de do da dos das sobre contra entre com sem no na nos nas sua seu este esta",
    "ca": "el la els les l' un una uns unes de del dels d' sobre contra entre amb sense en seu seva aquest",
    "it": "il lo la gli le l' un una uno di del della dell' dei degli delle d' su sul sulla contro tra fra con"
    " senza nel nella al alla suo sua questo questa",
}
_BEFORE_NOUNS = {language: frozenset(before.split()) for language, before in _BEFORE.items()}
#: Those in which nouns are known by it.
LANGUAGES = _BEFORE_NOUNS.keys()
_SHORTEST = 5
#: What an episode is about is said first.
_CHARACTERS = 800
_SIGNS = '.,;:!?…)]"”»'


def nouns(title: str, text: str, language: str, stops: frozenset[str]) -> Counter[str]:
    """Words in lower case that are most likely nouns, each with how often it stands so, in titles twice.

    And pairs of words that stand so again, or in the title: “deep learning”.
    """
    before = _BEFORE_NOUNS[language]
    found: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for part, worth in ((title, 2), (text[:_CHARACTERS], 1)):
        plain = part.lower().replace("’", "'").replace("'", "' ").replace("\n", " . ")
        tokens = [*plain.split(), ".", "."]
        for at, token in enumerate(tokens[:-3]):
            if token in before:
                first, second, third = tokens[at + 1 : at + 4]
                word = first.rstrip(_SIGNS)
                if not (word.isalpha() and word not in stops):
                    continue
                if word != first or second in stops or not second[:1].isalpha():
                    if len(word) >= _SHORTEST:
                        found[word] += worth
                    continue
                last = second.rstrip(_SIGNS)
                if (
                    last.isalpha()
                    and last not in stops
                    and (last != second or third in stops or not third[:1].isalpha())
                ):
                    pairs[f"{word} {last}"] += worth
    found.update({pair: count for pair, count in pairs.items() if count > 1})
    return found
