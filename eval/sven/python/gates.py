"""Opens a program's gates, so that runs come to what lies behind them.

A gate is a condition that has nothing to do with the data that the runs attack: a login, a header, a session's key,
the request's method, a setting, a row that must be found. It protects nothing from those who may pass it. What tests
the data itself is left alone, since it may be the defence.
"""

import ast

SOURCES = {"args", "form", "values", "json", "get_json", "get_data", "data"}
BODIES = {"form", "json", "args"}
# The inputs that the runs attack; a program may read others.
ATTACKED = {"filename", "img_name", "dirname", "username", "url", "email", "message", "stock_name", "stock_quantity", "session['username']"}


def opened(tree, sinks, attacked):
    """The program with its gates opened, as a tree with the old line numbers; None if it has none."""
    data = attacked_names(tree, attacked)
    gates = Gates(set(sinks), data, attacked)
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                gates.block(block)
    if not gates.count:
        return None
    return ast.fix_missing_locations(Values().visit(tree))


class Gates:
    def __init__(self, sinks, data, attacked):
        self.sinks, self.data, self.attacked, self.count = sinks, data, attacked, 0

    def block(self, statements):
        for i, node in enumerate(statements):
            if not isinstance(node, ast.If):
                continue
            inside, behind = self.weight(node.body), self.weight(node.orelse + statements[i + 1:])
            if inside > behind:
                node.test = self.force(node.test, True)
            elif behind > inside and (isinstance(node.body[-1], (ast.Return, ast.Raise, ast.Continue)) or calls_abort(node.body[-1])):
                node.test = self.force(node.test, False)

    def weight(self, statements):
        """How much there is to see: 2 for a sink, 1 for anything that is done with the data."""
        most = 0
        for statement in statements:
            for node in ast.walk(statement):
                if getattr(node, "lineno", 0) in self.sinks:
                    return 2
                if isinstance(node, (ast.Call, ast.Return, ast.Assign)) and touches(node, self.data, self.attacked):
                    most = 1
        return most

    def force(self, test, value):
        """A test of which all that does not look at the data has the value that is wanted."""
        if not touches(test, self.data, self.attacked):
            self.count += 1
            return ast.copy_location(ast.Constant(value), test)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test.operand = self.force(test.operand, not value)
        elif isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And if value else ast.Or):
            test.values = [self.force(v, value) for v in test.values]
        return test


class Values(ast.NodeTransformer):
    """Data is found wherever the request brings it: a gate may have asked for another method."""

    def visit_Attribute(self, node):
        self.generic_visit(node)
        if node.attr in BODIES and isinstance(node.value, ast.Name) and node.value.id == "request":
            node.attr = "values"
        return node


def calls_abort(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call) and ast.unparse(statement.value.func).split(".")[-1] in (
        "abort", "exit", "_exit")


def touches(node, names, attacked):
    """Whether an expression or statement has anything of the attacked data in it."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in names:
            return True
        if isinstance(part, (ast.Call, ast.Subscript)) and request_key(part) in attacked:
            return True
    return False


def request_key(node):
    """The name that is asked of the request or the session: request.args.get(NAME), session[NAME]."""
    if isinstance(node, ast.Call):
        base, keys = getattr(node.func, "value", None), node.args[:1]
        if getattr(node.func, "attr", "") not in ("get", "getlist", "pop"):
            return None
    else:
        base, keys = node.value, [node.slice]
    if not keys or not isinstance(keys[0], ast.Constant):
        return None
    if isinstance(base, ast.Name) and base.id == "session":
        return "session[%r]" % (keys[0].value,)
    if isinstance(base, ast.Attribute) and base.attr in SOURCES:
        return keys[0].value
    return None


def attacked_names(tree, attacked, names=()):
    """The variables that the attacked data may be in, names among them; a function's parameters are always taken for such."""
    names = set(names)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            args = node.args
            names.update(a.arg for a in args.posonlyargs + args.args + args.kwonlyargs + [args.vararg, args.kwarg] if a is not None)
        elif isinstance(node, ast.withitem) and "tarfile.open" in ast.unparse(node.context_expr):
            names.update(n.id for n in ast.walk(node.optional_vars or ast.Pass()) if isinstance(n, ast.Name))
    for _ in range(4):
        before = len(names)
        for node in ast.walk(tree):
            for statement in decided_by_data(node, names, attacked):
                names.update(flags(statement))
            if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr)):
                targets, value = getattr(node, "targets", None) or [node.target], node.value
            elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
                targets, value = [node.target], node.iter
            elif isinstance(node, ast.withitem) and node.optional_vars is not None:
                targets, value = [node.optional_vars], node.context_expr
            else:
                continue
            if value is not None and touches(value, names, attacked):
                names.update(n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))
        if len(names) == before:
            break
    return names


def decided_by_data(node, names, attacked):
    """The statements that run or not as the data has it."""
    if isinstance(node, (ast.If, ast.While)) and touches(node.test, names, attacked) or isinstance(node, ast.For) and touches(node.iter, names, attacked):
        return node.body + node.orelse
    if isinstance(node, ast.Try) and any(touches(s, names, attacked) for s in node.body):
        return node.handlers + node.orelse
    return []


def flags(statement):
    """The variables in which a statement notes what was decided: constants, counts, lists of errors."""
    for node in ast.walk(statement):
        if isinstance(node, (ast.Assign, ast.AugAssign)) and isinstance(node.value, ast.Constant):
            for target in getattr(node, "targets", None) or [node.target]:
                yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("append", "add", "extend"):
            if isinstance(node.func.value, ast.Name):
                yield node.func.value.id
