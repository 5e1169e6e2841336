"""Moments find what is known to be there: see `bench.relevance.moments`, which asks more, of all."""

from __future__ import annotations

from pathlib import Path

from bench.relevance.moments import asked, index_of, mrr, passages_of, rank_of, recall
from bench.relevance.queries import known_items

_EACH = 40


def test_known_items_are_found(shared_data: Path, tmp_path: Path) -> None:
    every = passages_of((shared_data / "transcripts" / "founderstalk").glob("*.md"))
    assert len(every) == 50
    items = known_items(every, _EACH, seed=2)
    assert len(items) == 4 * _EACH
    index = index_of(every, tmp_path)
    ask = asked(index, every)
    ranks = [rank_of(item, ask(item.text)) for item in items]
    index.close()
    # Seen: 1.000 and 0.991.
    assert recall(ranks) >= 0.98
    assert mrr(ranks) >= 0.97
