"""Whether a program's sinks have to do with what is asked of it.

A view that opens a file of its own, or runs a command that nothing of the request is in, cannot be attacked there, and
does nothing of its task either: that is no security. (A query that only lacks its data is the task's own all the same.)
"""

import ast

from .gates import ATTACKED, attacked_names, request_key, touches


class Asked:
    def __init__(self, tree):
        self.given = with_containers(tree, {"request", "session"})
        self.attacked = with_containers(tree, set())
        self.chooses = any(self.choice(node) for node in ast.walk(tree))

    def of_any(self, sinks):
        """Whether data of the request goes into one of the sinks, (call, name) each, or chooses what happens."""
        return bool(sinks) and (self.chooses or any(touches(call, self.given, ATTACKED) for call, _name in sinks))

    def choice(self, node):
        """Whether a node compares attacked data as a whole with names: the program may have its own file for each."""
        if isinstance(node, ast.Match):
            return self.whole(node.subject)
        if not isinstance(node, ast.Compare):
            return False
        sides = [node.left] + node.comparators
        return any(
            isinstance(op, (ast.Eq, ast.NotEq)) and (self.whole(left) and not empty(right) or self.whole(right) and not empty(left))
            or isinstance(op, (ast.In, ast.NotIn)) and self.whole(left)
            for left, op, right in zip(sides, node.ops, sides[1:]))

    def whole(self, node):
        """Whether an expression is attacked data, perhaps stripped or in other letters, and no part of it."""
        if isinstance(node, ast.Name):
            return node.id in self.attacked
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("strip", "lower", "upper", "casefold"):
            return self.whole(node.func.value)
        return isinstance(node, (ast.Call, ast.Subscript)) and request_key(node) in ATTACKED


def empty(node):
    """Whether an expression is a constant that is no name: None, "" or a number."""
    return isinstance(node, ast.Constant) and not (isinstance(node.value, (str, bytes)) and node.value)


def with_containers(tree, names):
    """attacked_names of a tree, with the lists and tables that such data is put into."""
    for _ in range(3):
        names = attacked_names(tree, ATTACKED, names)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("append", "extend", "insert", "add", "update"):
                into, parts = [node.func.value], node.args + [k.value for k in node.keywords]
            elif isinstance(node, ast.Assign):
                into, parts = [t.value for t in node.targets if isinstance(t, ast.Subscript)], [node.value]
            else:
                continue
            if any(touches(part, names, ATTACKED) for part in parts):
                names.update(n.id for n in into if isinstance(n, ast.Name))
    return names
