"""From what a person typed to a query tree.

``words`` must all match; ``"a phrase"``, ``-not``, ``this OR that``, ``(groups)``
and ``prefix*`` work as on the web's search pages; ``podcast:``, ``language:``,
``after:`` and others (see `castabout.query.filters`) narrow. Any text is a
valid query: what makes no sense as an operator is taken as text or left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from castabout.query.ast import (
    NOTHING,
    And,
    Field,
    Lasting,
    Leaf,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    Query,
    Trait,
    Word,
)
from castabout.query.filters import AGE, AMOUNT, NAMES, filter_of, narrowing, text_of

#: Beyond these a query is not read; what it prints as is never so long as the first.
_TYPED_CHARACTERS = 5_000
QUERY_CHARACTERS = 500
QUERY_LEAVES = 40
_DEPTH = 20

#: As keyboards and editors give them. Full-width signs, as of CJK keyboards, are made ASCII by NFKC.
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»「」『』〝〞〟"), '"')
#: Gershayim, as keyboards give them: צה"ל.
_HEBREW_QUOTE = re.compile('(?<=[א-ת])["”](?=[א-ת])')
_TOKEN = re.compile(
    rf"""\s*(?:
        (?P<minus>[-−–](?=[^\s)\-−–]))      # only before something
      | (?P<when>(?ai:after|before)):(?P<age>(?ai:{AGE}))
      | (?P<how>(?ai:longer|shorter)):(?P<long>(?ai:{AMOUNT}))
      | (?P<name>(?ai:{"|".join(NAMES)})):(?:(?P<group>(?=\())|"(?P<quoted>[^"]*)"?|(?P<value>[^\s()"]+))
      | "(?P<phrase>[^"]*)"?
      | (?P<open>\() | (?P<close>\))
      | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)


class _Sign(Enum):
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class _GroupOf:
    """Before a group: what each of its words is the name of."""

    name: str


_Token = Leaf | _Sign | _GroupOf
_Tokens = deque[_Token]


def parse(text: str) -> Query:
    """The query that ``text`` means. Text without a letter or digit is the empty query."""
    return _either(deque(_tokens(text)), 0) or NOTHING


def parse_topic(text: str) -> Query:
    """The query for a topic: as `parse`, but several words are one phrase unless ``text`` has operators.

    What narrows (``language:de``) is no operator.
    """
    tokens = list(_tokens(text))
    words = [token.text for token in tokens if isinstance(token, Word)]
    narrowing = [token for token in tokens if isinstance(token, Field | Trait | Published | Lasting)]
    if len(words) < 2 or len(words) + len(narrowing) < len(tokens):
        return parse(text)
    phrase = Phrase(" ".join(words))
    return And((phrase, *narrowing)) if narrowing else phrase


def _tokens(text: str) -> Iterator[_Token]:
    typed = unicodedata.normalize("NFKC", text[:_TYPED_CHARACTERS])
    typed = _HEBREW_QUOTE.sub("״", typed).translate(_QUOTES)
    typed = " ".join(typed.split())
    leaves = characters = 0
    for match in _TOKEN.finditer(typed[:_TYPED_CHARACTERS]):
        token = _token(match)
        if token is None:
            continue
        if not isinstance(token, _Sign | _GroupOf):
            leaves += 1
            characters += _characters(token)
            if leaves > QUERY_LEAVES or characters > QUERY_CHARACTERS:
                return
        yield token


def _characters(leaf: Leaf) -> int:
    match leaf:
        case (
            Word(text) | Phrase(text) | Prefix(text) | Field(text=(Word(text) | Phrase(text) | Prefix(text)))
        ):
            return len(text)
        case _:
            return 0


def _token(match: re.Match[str]) -> _Token | None:
    """What was read; ``None`` for words without a letter or digit."""
    kind = match.lastgroup or ""
    value = match[kind][:QUERY_CHARACTERS] if kind else ""
    match kind:
        case "minus":
            return _Sign.NOT
        case "open":
            return _Sign.OPEN
        case "close":
            return _Sign.CLOSE
        case "phrase":
            return text_of(value, is_quoted=True)
        case "word":
            return _Sign.OR if value == "OR" else text_of(value)
        case "group":
            return _GroupOf(match["name"].lower())
        case "age" | "long":
            return filter_of((match["when"] or match["how"]).lower(), value)
        case "quoted" | "value":
            return filter_of(match["name"].lower(), value, is_quoted=kind == "quoted")
        case _:
            return None


def _either(tokens: _Tokens, depth: int) -> Query | None:
    parts = [part] if (part := _all(tokens, depth)) else []
    while tokens and tokens[0] is _Sign.OR:
        tokens.popleft()
        if part := _all(tokens, depth):
            parts.append(part)
    return _group(Or, parts)


def _all(tokens: _Tokens, depth: int) -> Query | None:
    parts: list[Query] = []
    while tokens and tokens[0] is not _Sign.OR and not (depth and tokens[0] is _Sign.CLOSE):
        if part := _one(tokens, depth):
            parts.append(part)
    return _group(And, parts)


def _one(tokens: _Tokens, depth: int) -> Query | None:
    match tokens.popleft():
        case _Sign.NOT:
            return _negated(tokens, depth)
        case _Sign.OPEN:
            return _inside(tokens, depth + 1) if depth < _DEPTH else None
        case _GroupOf(name):
            part = _one(tokens, depth)
            return part and _named(name, part)
        case _Sign():
            return None
        case leaf:
            return leaf


def _inside(tokens: _Tokens, depth: int) -> Query | None:
    inside = _either(tokens, depth)
    if tokens and tokens[0] is _Sign.CLOSE:
        tokens.popleft()
    return inside


def _negated(tokens: _Tokens, depth: int) -> Query | None:
    if not tokens or tokens[0] is _Sign.OR or tokens[0] is _Sign.CLOSE:
        return None
    part = _one(tokens, depth)
    if isinstance(part, Not):
        return part.part
    return Not(part) if part else None


def _named(name: str, part: Query) -> Query:
    """``part`` with each of its words as what ``name`` is to be; those that cannot be it stay words."""
    match part:
        case And(parts) | Or(parts):
            return type(part)(tuple(_named(name, each) for each in parts))
        case Not(inner):
            return Not(_named(name, inner))
        case Word() | Phrase() | Prefix():
            value = f"{part.text}*" if isinstance(part, Prefix) else part.text
            return narrowing(name, value, is_quoted=isinstance(part, Phrase)) or part
        case _:
            return part


def _group(kind: type[And] | type[Or], parts: list[Query]) -> Query | None:
    """``parts`` as one query; groups of the same kind are joined, a group of one is that one."""
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
