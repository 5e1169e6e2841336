"""Frozen values that travel between the rooms.

Three families: what a feed said (`feed`), what the library holds (`library`),
what a person gets as an answer (`answers`). Every value is a frozen, slotted
dataclass with tuples inside; every time is aware; unknown is ``None``.
"""
