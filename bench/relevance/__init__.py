"""How good answers are, measured against others on the same texts."""
