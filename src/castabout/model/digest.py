"""Values as JSON bytes, and the digest that tells whether one changed."""

from __future__ import annotations

import hashlib

import msgspec

from castabout.model.feed import Episode, Podcast

_encoder = msgspec.json.Encoder()


def encoded(value: Podcast | Episode) -> bytes:
    """``value`` as JSON."""
    return _encoder.encode(value)


def digest(value: Podcast | Episode) -> bytes:
    """16 bytes that differ when ``value`` does."""
    return hashlib.blake2b(encoded(value), digest_size=16).digest()
