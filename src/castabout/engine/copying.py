"""Copies of episodes, found as episodes are indexed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from castabout.engine.castabout import Castabout
from castabout.engine.copies import earliest, groups, is_copy, likeness, signs
from castabout.model.library import StoredEpisode
from castabout.store import copies, episodes


def first_copies(castabout: Castabout, found: Mapping[int, StoredEpisode]) -> dict[int, int]:
    """Of each of these episodes that was published more than once, the first of its copies.

    Only what has something in common with them is looked at. Others whose copies change thereby are queued for
    the index. Raises `StoreError`.
    """
    store = castabout.store
    here = {row: likeness(one) for row, one in found.items()}
    looked_up = {row: signs(one) for row, one in here.items()}
    copies.write_signs(store, looked_up)
    alike = copies.alike(store, looked_up)
    others = set(chain(*alike.values())) - here.keys()
    compared = episodes.by_rows(store, others)
    every = here | {row: likeness(one) for row, one in compared.items()}
    matches = {
        row: {other for other in alike.get(row, ()) if other in every and is_copy(one, every[other])}
        for row, one in here.items()
    }
    known = copies.groups(store, {*here, *chain(*matches.values())})
    more = episodes.by_rows(store, known.keys() - found.keys() - compared.keys()) if known else {}
    stored = {**found, **compared, **more}
    firsts = groups(matches, known, lambda row: earliest(stored[row]))
    changed = {row: first for row, first in firsts.items() if first != known.get(row)}
    if changed:
        # Those that one of these left may be copies of each other no more.
        left = {known[row] for row in changed if row in here and row in known}
        again = {row for row in firsts if row in changed or known.get(row) in left} - here.keys()
        copies.write_groups(store, changed, again)
    return {row: first for row in here if (first := firsts[row]) is not None}
