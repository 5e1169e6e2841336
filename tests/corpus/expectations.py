"""What feedparser's test files expect, as conditions: ``not bozo and entries[0]['title'] == 'Example Atom'``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

#: ``feed``, ``title_detail``, ``value``; ``entries``, 0, ``enclosures``, 1, ``href``.
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What should hold of the thing at ``steps``; ``operator`` is ``==``, ``len`` or ``absent``."""

    steps: Steps
    operator: str
    value: object = None


def conditions(expression: str) -> list[Condition]:
    """The conditions that an expectation joins with ``and``; those of an unknown form are left out."""
    return list(_conditions(ast.parse(expression.strip(), mode="eval").body))


def _conditions(node: ast.expr) -> Iterator[Condition]:
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for part in node.values:
            yield from _conditions(part)
    elif isinstance(node, ast.Compare):
        yield from _comparisons(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = node.operand
        if (
            isinstance(inner, ast.Call)
            and isinstance(inner.func, ast.Attribute)
            and inner.func.attr == "has_key"
        ):
            yield Condition((*_steps(inner.func.value), _literal(inner.args[0])), "absent")  # type: ignore[arg-type]
        elif _steps(inner):
            yield Condition(_steps(inner), "==", False)
    elif _steps(node):
        yield Condition(_steps(node), "==", True)


def _comparisons(node: ast.Compare) -> Iterator[Condition]:
    """``a == b == 'text'`` says it of both ``a`` and ``b``."""
    sides = [node.left, *node.comparators]
    if not all(isinstance(operator, (ast.Eq, ast.Is)) for operator in node.ops):
        return
    value = _literal(sides[-1])
    for side in sides[:-1]:
        if isinstance(side, ast.Call) and isinstance(side.func, ast.Name) and side.func.id == "len":
            yield Condition(_steps(side.args[0]), "len", value)
        elif _steps(side):
            yield Condition(_steps(side), "==", value)


def _steps(node: ast.expr) -> Steps:
    """``entries[0]['title']`` and ``entries[0].title`` → ``entries``, 0, ``title``; empty if it is neither."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        return (*_steps(node.value), node.attr)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return (*_steps(node.value), node.slice.value)  # type: ignore[arg-type]
    return ()


def _literal(node: ast.expr) -> object:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "timedelta":
        return timedelta(*map(ast.literal_eval, node.args)).total_seconds()
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return str(_literal(node.left)) + str(_literal(node.right))
    return ast.literal_eval(node)
