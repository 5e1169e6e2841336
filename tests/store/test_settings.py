"""What is set in the library itself."""

from __future__ import annotations

from pathlib import Path

from castabout.store.database import open_store
from castabout.store.settings import all_settings, made_once, write_setting


def test_what_is_set_is_kept(tmp_path: Path) -> None:
    store = open_store(tmp_path / "library.db")
    assert all_settings(store) == {}
    write_setting(store, "reading", "private")
    write_setting(store, "reading", "open")
    assert made_once(store, "secret", "first") == "first"
    assert made_once(store, "secret", "second") == "first"
    store.close()
    again = open_store(tmp_path / "library.db")
    assert all_settings(again) == {"reading": "open", "secret": "first"}
    again.close()
