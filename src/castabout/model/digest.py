"""Values as JSON bytes, and the digest that tells whether one changed."""

from __future__ import annotations

import hashlib
from dataclasses import MISSING, fields

import msgspec

from castabout.model.feed import Episode, Podcast

_encoder = msgspec.json.Encoder()
#: Most fields of most feeds say nothing: written out, they would be half of the store.
_DEFAULTS = {
    kind: tuple((field.name, None if field.default is MISSING else field.default) for field in fields(kind))
    for kind in (Podcast, Episode)
}


def encoded(value: Podcast | Episode) -> bytes:
    """``value`` as JSON, without the fields that are as if not given."""
    said = {
        name: told for name, default in _DEFAULTS[type(value)] if (told := getattr(value, name)) != default
    }
    return _encoder.encode(said)


def digest(value: Podcast | Episode) -> bytes:
    """16 bytes that differ when ``value`` does."""
    return digest_of(encoded(value))


def digest_of(json: bytes) -> bytes:
    """`digest` of what `encoded` gave."""
    return hashlib.blake2b(json, digest_size=16).digest()
