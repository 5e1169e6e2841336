"""What the owner sets on the pages, who the owner is, and the secret of the library."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Literal

from castabout.config import Reading
from castabout.engine.castabout import Castabout
from castabout.model.users import User
from castabout.store import users
from castabout.store.settings import all_settings, made_once, write_setting

_READING, _PICTURES, _SECRET = "reading", "pictures", "secret"
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is set."""

    #: Who may read: everybody, or users alone.
    reading: Reading = "open"
    #: Whether we fetch outside pictures for those who read.
    pictures: bool = True

    def but(self, *, reading: Reading | None, pictures: bool | None) -> Preferences:
        """These, but for what is said otherwise."""
        return replace(
            self,
            reading=self.reading if reading is None else reading,
            pictures=self.pictures if pictures is None else pictures,
        )


def preferences(castabout: Castabout) -> Preferences:
    """What is set in the library. Raises `StoreError`."""
    found = all_settings(castabout.store)
    return Preferences(
        reading="private" if found.get(_READING) == "private" else "open",
        pictures=found.get(_PICTURES) != "no",
    )


def set_reading(castabout: Castabout, reading: Reading) -> None:
    """Say who may read. Raises `StoreError`."""
    write_setting(castabout.store, _READING, reading)


def set_pictures(castabout: Castabout, wanted: Literal["yes", "no"]) -> None:
    """Say whether we fetch outside pictures. Raises `StoreError`."""
    write_setting(castabout.store, _PICTURES, wanted)


def secret(castabout: Castabout) -> bytes:
    """Random bytes that only this library has, always the same. Raises `StoreError`."""
    found = all_settings(castabout.store).get(_SECRET)
    return bytes.fromhex(found or made_once(castabout.store, _SECRET, secrets.token_hex(_SECRET_BYTES)))


def owner(castabout: Castabout) -> User | None:
    """The user who may change settings: the oldest one; ``None`` if it is whoever is at the machine."""
    return users.first(castabout.store)
