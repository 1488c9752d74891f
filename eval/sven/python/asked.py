"""Whether a program's sinks have to do with what is asked of it.

A view that opens a file of its own, or runs a command that nothing of the request is in, cannot be attacked there, and
does nothing of its task either: that is no security. (A query that only lacks its data is the task's own all the same.)
"""

import ast

from .gates import ATTACKED, attacked_names, touches


class Asked:
    def __init__(self, tree):
        self.given = attacked_names(tree, ATTACKED, {"request", "session"})
        self.attacked = attacked_names(tree, ATTACKED)
        self.chooses = any(self.choice(node) for node in ast.walk(tree))

    def of_any(self, sinks):
        """Whether data of the request goes into one of the sinks, (call, name) each, or chooses what happens."""
        return bool(sinks) and (self.chooses or any(touches(call, self.given, ATTACKED) for call, _name in sinks))

    def choice(self, node):
        """Whether a node compares attacked data with something else as a whole: the program may have its own file for each name."""
        if isinstance(node, ast.Match):
            return self.data(node.subject)
        if not isinstance(node, ast.Compare):
            return False
        sides = [node.left] + node.comparators
        return any(
            isinstance(op, (ast.Eq, ast.NotEq)) and (self.data(left) or self.data(right))
            or isinstance(op, (ast.In, ast.NotIn)) and self.data(left)
            for left, op, right in zip(sides, node.ops, sides[1:]))

    def data(self, node):
        return touches(node, self.attacked, ATTACKED)
