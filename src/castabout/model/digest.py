"""Values as JSON bytes, and the digest that tells whether one changed."""

from __future__ import annotations

import hashlib
from dataclasses import MISSING, fields
from operator import attrgetter

import msgspec

from castabout.model.feed import Episode, Podcast

_encoder = msgspec.json.Encoder()
#: Most fields of most feeds say nothing: written out, they would be half of the store.
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in (Podcast, Episode)}
_VALUES = {kind: attrgetter(*names) for kind, names in _NAMES.items()}
_DEFAULTS = {
    kind: tuple(None if field.default is MISSING else field.default for field in fields(kind))
    for kind in (Podcast, Episode)
}


def encoded(value: Podcast | Episode) -> bytes:
    """``value`` as JSON, without the fields that are as if not given."""
    kind = type(value)
    each = zip(_NAMES[kind], _VALUES[kind](value), _DEFAULTS[kind], strict=True)
    said = {name: told for name, told, default in each if told is not default and told != default}
    return _encoder.encode(said)


def digest(value: Podcast | Episode) -> bytes:
    """16 bytes that differ when ``value`` does."""
    return digest_of(encoded(value))


def digest_of(json: bytes) -> bytes:
    """`digest` of what `encoded` gave."""
    return hashlib.blake2b(json, digest_size=16).digest()
