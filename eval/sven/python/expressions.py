"""The walk of flow.py through expressions and calls."""

import ast

from .values import CLEAN, NOTHING, Val, constant, dotted, join

MOST_STEPS = 60000


class Budget(Exception):
    """The program is too big for the walk."""


class Expressions:
    """The part of Walk that is about expressions: ex_NAME for each kind of node of which more is known than its parts."""

    def expr(self, node, env, frame):
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Budget()
        handler = getattr(self, "ex_" + type(node).__name__, None)
        if handler is not None:
            return handler(node, env, frame)
        taint = NOTHING
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                taint |= self.expr(child, env, frame).taint
        return Val(taint)

    def ex_Constant(self, node, env, frame):
        return constant(node.value)

    def ex_Name(self, node, env, frame):
        return self.lookup(node.id, env, frame)

    def ex_Attribute(self, node, env, frame):
        name = dotted(node)
        if name and name in env:
            return env[name]
        return self.policy.attribute(node, self.expr(node.value, env, frame), node.attr)

    def ex_Subscript(self, node, env, frame):
        base, index = self.expr(node.value, env, frame), self.expr(node.slice, env, frame)
        if base.elts is not None and index.has_const and isinstance(index.const, int) and -len(base.elts) <= index.const < len(base.elts):
            return base.elts[index.const]
        return self.policy.item(node, base, index)

    def ex_List(self, node, env, frame):
        elts = [self.expr(e, env, frame) for e in node.elts]
        taint = NOTHING
        for e in elts:
            taint |= e.taint
        if any(isinstance(e, ast.Starred) for e in node.elts):
            return Val(taint, "list")
        return Val(taint, "list", elts)

    ex_Tuple = ex_Set = ex_List

    def ex_Starred(self, node, env, frame):
        return self.expr(node.value, env, frame)

    def ex_Dict(self, node, env, frame):
        taint = NOTHING
        for part in node.keys + node.values:
            if part is not None:
                taint |= self.expr(part, env, frame).taint
        return Val(taint, "dict")

    def ex_JoinedStr(self, node, env, frame):
        return self.policy.text([self.expr(v, env, frame) for v in node.values])

    def ex_FormattedValue(self, node, env, frame):
        value = self.expr(node.value, env, frame)
        return value if value.has_const else Val(value.taint)

    def ex_BinOp(self, node, env, frame):
        left, right = self.expr(node.left, env, frame), self.expr(node.right, env, frame)
        return self.policy.operator(node, left, right)

    def ex_BoolOp(self, node, env, frame):
        out = None
        for part in node.values:
            out = join(out, self.expr(part, env, frame))
        return out or CLEAN

    def ex_IfExp(self, node, env, frame):
        yes, no = self.condition(node.test, env, frame)
        return join(self.expr(node.body, yes, frame), self.expr(node.orelse, no, frame))

    def ex_Compare(self, node, env, frame):
        for part in [node.left] + node.comparators:
            self.expr(part, env, frame)
        return CLEAN

    def ex_UnaryOp(self, node, env, frame):
        value = self.expr(node.operand, env, frame)
        return CLEAN if isinstance(node.op, ast.Not) else Val(value.taint)

    def ex_NamedExpr(self, node, env, frame):
        value = self.expr(node.value, env, frame)
        self.assign(node.target, value, env, frame)
        return value

    def ex_Await(self, node, env, frame):
        return self.expr(node.value, env, frame)

    ex_YieldFrom = ex_Await

    def ex_Yield(self, node, env, frame):
        value = self.expr(node.value, env, frame) if node.value is not None else CLEAN
        frame.returned = join(frame.returned, value)
        return CLEAN

    def ex_Lambda(self, node, env, frame):
        name = "function:%d" % id(node)
        self.functions[name] = (node, env)
        return Val(kind=name)

    def ex_ListComp(self, node, env, frame):
        inner = dict(env)
        for generator in node.generators:
            self.assign(generator.target, self.element(self.expr(generator.iter, inner, frame), None), inner, frame)
            for test in generator.ifs:
                inner, _no = self.condition(test, inner, frame)
        if isinstance(node, ast.DictComp):
            return Val(self.expr(node.key, inner, frame).taint | self.expr(node.value, inner, frame).taint, "dict")
        value = self.expr(node.elt, inner, frame)
        return Val(value.taint, "rows" if value.kind == "rows" else "list")

    ex_SetComp = ex_GeneratorExp = ex_DictComp = ex_ListComp

    def ex_Call(self, node, env, frame):
        receiver = None
        if isinstance(node.func, ast.Attribute):
            receiver = self.expr(node.func.value, env, frame)
            name = dotted(node.func)
            function = env[name] if name and name in env else self.policy.attribute(node.func, receiver, node.func.attr)
        else:
            function = self.expr(node.func, env, frame)
        args = [self.expr(a, env, frame) for a in node.args]
        keywords = {k.arg or "**": self.expr(k.value, env, frame) for k in node.keywords}
        kind = function.kind or ""
        if kind.startswith(("function:", "class:")):
            return self.call_own(kind, receiver, args, keywords, frame)
        if kind == "isinstance":
            return CLEAN
        self.mutate(node, receiver, args, env)
        self.policy.survived(node, receiver, env)
        return self.policy.call(node, kind, receiver, args, keywords)

    def call_own(self, kind, receiver, args, keywords, frame):
        target, closure = self.functions[kind]
        if isinstance(target, ast.ClassDef):
            for child in target.body:
                if isinstance(child, ast.FunctionDef) and child.name == "__init__":
                    self.enter(child, ([Val(kind="object:%d" % id(target))] + args, keywords), frame, closure)
            return Val(kind="object:%d" % id(target))
        if receiver is not None and (receiver.kind or "").startswith("object:"):
            args = [receiver] + args
        if self.policy.call_function(target, args, keywords):
            return CLEAN
        return self.enter(target, (args, keywords), frame, closure)

    def method(self, kind, name):
        """The function a program's own class gives an attribute, as a kind."""
        for known, (node, _env) in self.functions.items():
            if isinstance(node, ast.ClassDef) and kind == "object:%d" % id(node):
                for child in node.body:
                    if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) and child.name == name:
                        return "function:%d" % id(child)
        return None

    def mutate(self, node, receiver, args, env):
        """list.append and its like put data into their receiver."""
        if receiver is None or node.func.attr not in self.policy.puts or not args:
            return
        base = node.func.value
        if not isinstance(base, ast.Name) or base.id not in env:
            return
        old, new = env[base.id], args[-1]
        elts = None
        if old.elts is not None and node.func.attr == "append":
            elts = old.elts + [new]
        elif old.elts is not None and node.func.attr == "extend" and new.elts is not None:
            elts = old.elts + new.elts
        env[base.id] = Val(old.taint | new.taint, old.kind, elts)
