"""What the walk of flow.py knows of a value, and of all variables at a place."""

import ast

NOTHING = frozenset()


class Val:
    """What is known of a value.

    taint is a set of (label, flags): whose data is in it, and what was done to it.
    kind is a dotted name where it is known ("os.path.join", "db.cursor"), elts the elements of a
    list or tuple literal, const a constant.
    """

    __slots__ = ("taint", "kind", "elts", "const", "has_const")

    def __init__(self, taint=NOTHING, kind=None, elts=None, const=None, has_const=False):
        self.taint, self.kind, self.elts, self.const, self.has_const = taint, kind, elts, const, has_const

    def with_taint(self, taint):
        return Val(taint, self.kind, self.elts)


CLEAN = Val()


def constant(value):
    return Val(const=value, has_const=True)


def join(a, b):
    """What is known of a value that is either a or b."""
    if a is b or b is None:
        return a
    if a is None:
        return b
    same = a.has_const and b.has_const and type(a.const) is type(b.const) and a.const == b.const
    elts = a.elts if a.elts is not None and b.elts is not None and len(a.elts) == len(b.elts) else None
    if elts is not None:
        elts = [join(x, y) for x, y in zip(a.elts, b.elts)]
    return Val(a.taint | b.taint, a.kind or b.kind, elts, a.const if same else None, same)


def join_env(a, b):
    if a is None:
        return b
    if b is None:
        return a
    out = dict(a)
    for name, value in b.items():
        out[name] = join(out.get(name), value)
    return out


def dotted(node):
    """The text of a chain of names, "a.b.c", or None."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
        return ".".join(reversed(parts))
    return None
