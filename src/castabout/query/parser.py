"""From what a person typed to a query tree.

``words`` must all match; ``"a phrase"``, ``-not``, ``this OR that``, ``(groups)``
and ``prefix*`` work as on the web's search pages. Any text is a valid query:
what makes no sense as an operator is taken as text or left out.
"""

from __future__ import annotations

import re
from collections import deque

from castabout.query.ast import NOTHING, And, Not, Or, Phrase, Prefix, Query, Word

#: What is beyond is not read.
QUERY_CHARACTERS = 500
QUERY_LEAVES = 40
_DEPTH = 20

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<minus>[-−](?=[^\s)\-]))      # only before something
      | ["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?
      | (?P<open>\() | (?P<close>\))
      | (?P<word>[^\s()"“”„«»]+)
    )""",
    re.VERBOSE,
)
_HAS_WORD = re.compile(r"[^\W_]")
_Tokens = deque[tuple[str, str]]


def parse(text: str) -> Query:
    """The query that ``text`` means. Text without a letter or digit is the empty query."""
    return _either(_tokens(text), 0) or NOTHING


def parse_topic(text: str) -> Query:
    """The query for a topic: a word, or several as one phrase, unless ``text`` uses operators."""
    words = text[:QUERY_CHARACTERS].split()
    kinds = [kind for kind, _ in _tokens(text)]
    is_plain = all(kind == "word" for kind in kinds) and not any(w == "OR" or w.endswith("*") for w in words)
    if len(words) < 2 or not is_plain:
        return parse(text)
    return Phrase(" ".join(words)) if kinds else NOTHING


def _tokens(text: str) -> _Tokens:
    found: _Tokens = deque()
    for match in _TOKEN.finditer(text[:QUERY_CHARACTERS]):
        kind = match.lastgroup or ""
        value = match.group(kind) if kind else ""
        if kind in ("word", "phrase") and not _HAS_WORD.search(value):
            continue
        found.append((kind, value))
    return found


def _either(tokens: _Tokens, depth: int) -> Query | None:
    parts = [part] if (part := _all(tokens, depth)) else []
    while tokens and tokens[0] == ("word", "OR"):
        tokens.popleft()
        if part := _all(tokens, depth):
            parts.append(part)
    return _group(Or, parts)


def _all(tokens: _Tokens, depth: int) -> Query | None:
    parts: list[Query] = []
    while tokens and tokens[0] != ("word", "OR") and not (depth and tokens[0][0] == "close"):
        part = _one(tokens, depth)
        if part and len(parts) < QUERY_LEAVES:
            parts.append(part)
    return _group(And, parts)


def _one(tokens: _Tokens, depth: int) -> Query | None:
    kind, value = tokens.popleft()
    if kind == "minus":
        return _negated(tokens, depth)
    if kind == "open" and depth < _DEPTH:
        inside = _either(tokens, depth + 1)
        if tokens and tokens[0][0] == "close":
            tokens.popleft()
        return inside
    if kind == "phrase":
        return Phrase(" ".join(value.split()))
    if kind == "word":
        bare = value.rstrip("*")
        return Prefix(bare) if bare != value and _HAS_WORD.match(bare[-1]) else Word(value)
    return None


def _negated(tokens: _Tokens, depth: int) -> Query | None:
    if not tokens or tokens[0] == ("word", "OR") or tokens[0][0] == "close":
        return None
    part = _one(tokens, depth)
    if isinstance(part, Not):
        return part.part
    return Not(part) if part else None


def _group(kind: type[And] | type[Or], parts: list[Query]) -> Query | None:
    """``parts`` as one query; groups of the same kind are joined, a group of one is that one."""
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else kind(tuple(flat[:QUERY_LEAVES]))
