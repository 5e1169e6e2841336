"""How many letters are wrong. Pure."""

from __future__ import annotations


def distance(one: str, other: str, *, most: int) -> int:
    """Letters left out, put in, taken for others, or two swapped, to make ``other`` of ``one``.

    More than ``most`` is told as ``most + 1``. No letter is touched twice (optimal string alignment).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, its in enumerate(other, start=1):
            best = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
