"""Data flow over a program's syntax tree.

An abstract interpreter: it walks every function, keeps for each variable what is known
of its value (Val), follows branches with what their conditions prove, and goes into the
program's own functions. What counts as source, sink, sanitizer and guard is a Policy's
business (models.py); the same walk serves the queries' model and our own oracle.
"""

import ast

from .expressions import MOST_STEPS, Budget, Expressions
from .values import CLEAN, NOTHING, Val, dotted, join, join_env


class Frame:
    """One activation of a function (or the module's body)."""

    def __init__(self, function, depth, closure):
        self.function, self.depth, self.closure = function, depth, closure
        self.returned = None
        self.globals = set()
        self.loop_exits = []


class Walk(Expressions):
    """One walk over a program under a policy."""

    def __init__(self, tree, policy):
        self.tree, self.policy = tree, policy
        policy.walk = self
        self.module = {}
        self.functions = {}
        self.visited = set()
        self.steps = 0

    def run(self):
        frame = Frame(None, 0, None)
        self.block(self.tree.body, self.module, frame)
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) and node not in self.visited:
                _node, closure = self.functions.get("function:%d" % id(node), (None, None))
                self.enter(node, None, frame, closure)
        return self.policy

    # Functions.

    def enter(self, node, call_args, frame, closure):
        """Walks a function's body with the arguments' values; returns what it returns."""
        self.visited.add(node)
        if frame.depth > 6:
            return CLEAN
        new = Frame(node, frame.depth + 1, closure if closure is not None else self.module)
        env = {}
        args = node.args
        names = [a.arg for a in args.posonlyargs + args.args + args.kwonlyargs]
        for name in names:
            env[name] = CLEAN
        for extra in (args.vararg, args.kwarg):
            if extra is not None:
                env[extra.arg] = CLEAN
        positional = args.posonlyargs + args.args
        for arg, default in zip(reversed(positional), reversed(args.defaults)):
            env[arg.arg] = self.expr(default, self.module, frame)
        if call_args is None:
            for name in names:
                env[name] = self.policy.parameter(node, name)
        else:
            given, keywords = call_args
            for name, value in zip(names, given):
                env[name] = value
            for name, value in keywords.items():
                if name in env:
                    env[name] = value
        if isinstance(node, ast.Lambda):
            return self.expr(node.body, env, new)
        self.block(node.body, env, new)
        return new.returned or CLEAN

    # Statements. A block returns the environment behind it, or None where control does not get there.

    def block(self, body, env, frame):
        for node in body:
            if env is None:
                return None
            self.steps += 1
    
            env = self.statement(node, env, frame)
        return env

    def statement(self, node, env, frame):
        handler = getattr(self, "do_" + type(node).__name__, None)
        if handler is not None:
            return handler(node, env, frame)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.expr(child, env, frame)
        return env

    def do_FunctionDef(self, node, env, frame):
        name = "function:%d" % id(node)
        self.functions[name] = (node, env)
        self.policy.decorated(node)
        self.bind(node.name, Val(kind=name), env, frame)
        return env

    do_AsyncFunctionDef = do_FunctionDef

    def do_ClassDef(self, node, env, frame):
        name = "class:%d" % id(node)
        self.functions[name] = (node, env)
        for child in node.body:
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions["function:%d" % id(child)] = (child, env)
        self.bind(node.name, Val(kind=name), env, frame)
        return env

    def do_Import(self, node, env, frame):
        for alias in node.names:
            if alias.asname:
                self.bind(alias.asname, Val(kind=alias.name), env, frame)
            else:
                top = alias.name.split(".")[0]
                self.bind(top, Val(kind=top), env, frame)
        return env

    def do_ImportFrom(self, node, env, frame):
        for alias in node.names:
            self.bind(alias.asname or alias.name, Val(kind="%s.%s" % (node.module or "", alias.name)), env, frame)
        return env

    def do_Global(self, node, env, frame):
        frame.globals.update(node.names)
        return env

    def do_Return(self, node, env, frame):
        value = self.expr(node.value, env, frame) if node.value is not None else CLEAN
        frame.returned = join(frame.returned, value)
        self.policy.returned(frame.function, node, value)
        return None

    def do_Raise(self, node, env, frame):
        for child in (node.exc, node.cause):
            if child is not None:
                self.expr(child, env, frame)
        return None

    def do_Assert(self, node, env, frame):
        holds, _fails = self.condition(node.test, env, frame)
        return holds

    def do_Break(self, node, env, frame):
        if frame.loop_exits:
            frame.loop_exits[-1].append(env)
        return None

    do_Continue = do_Break

    def do_Expr(self, node, env, frame):
        value = self.expr(node.value, env, frame)
        return None if value.kind == "never" else env

    def do_Assign(self, node, env, frame):
        value = self.expr(node.value, env, frame)
        for target in node.targets:
            self.assign(target, value, env, frame)
        return env

    def do_AnnAssign(self, node, env, frame):
        if node.value is not None:
            self.assign(node.target, self.expr(node.value, env, frame), env, frame)
        return env

    def do_AugAssign(self, node, env, frame):
        left = self.expr(node.target, env, frame) if not isinstance(node.target, ast.Starred) else CLEAN
        right = self.expr(node.value, env, frame)
        self.assign(node.target, self.policy.operator(node, left, right), env, frame)
        return env

    def do_If(self, node, env, frame):
        yes, no = self.condition(node.test, env, frame)
        return join_env(self.block(node.body, yes, frame), self.block(node.orelse, no, frame))

    def do_While(self, node, env, frame):
        return self.loop(node, env, frame, None)

    def do_For(self, node, env, frame):
        return self.loop(node, env, frame, self.expr(node.iter, env, frame))

    do_AsyncFor = do_For

    def loop(self, node, env, frame, items):
        for _ in range(2):
            frame.loop_exits.append([])
            inner = dict(env)
            if items is not None:
                self.assign(node.target, self.element(items, None), inner, frame)
            else:
                inner, _no = self.condition(node.test, inner, frame)
            behind = self.block(node.body, inner, frame)
            for left in frame.loop_exits.pop():
                behind = join_env(behind, left)
            env = join_env(env, behind)
        return self.block(node.orelse, env, frame)

    def do_With(self, node, env, frame):
        for item in node.items:
            value = self.expr(item.context_expr, env, frame)
            if item.optional_vars is not None:
                self.assign(item.optional_vars, value, env, frame)
        return self.block(node.body, env, frame)

    do_AsyncWith = do_With

    def do_Try(self, node, env, frame):
        before = dict(env)
        behind = self.block(node.body, env, frame)
        start = join_env(before, behind)
        behind = self.block(node.orelse, behind, frame) if behind is not None else None
        for handler in node.handlers:
            inner = dict(start)
            if handler.name:
                inner[handler.name] = self.policy.exception(start)
            behind = join_env(behind, self.block(handler.body, inner, frame))
        if node.finalbody:
            last = self.block(node.finalbody, dict(behind if behind is not None else start), frame)
            return None if behind is None or last is None else last
        return behind

    do_TryStar = do_Try

    def do_Match(self, node, env, frame):
        self.expr(node.subject, env, frame)
        out = dict(env)
        for case in node.cases:
            out = join_env(out, self.block(case.body, dict(env), frame))
        return out

    # Variables.

    def bind(self, name, value, env, frame):
        if name in frame.globals:
            self.module[name] = join(self.module.get(name), value)
        env[name] = value

    def assign(self, target, value, env, frame):
        if isinstance(target, ast.Name):
            self.bind(target.id, value, env, frame)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for i, part in enumerate(target.elts):
                if isinstance(part, ast.Starred):
                    part = part.value
                self.assign(part, self.element(value, i), env, frame)
        elif isinstance(target, ast.Attribute):
            name = dotted(target)
            self.policy.attribute_set(target, self.expr(target.value, env, frame), value)
            if name:
                env[name] = value
        elif isinstance(target, ast.Subscript):
            self.expr(target.slice, env, frame)
            base = target.value
            if isinstance(base, ast.Name) and base.id in env:
                old = env[base.id]
                env[base.id] = Val(old.taint | value.taint, old.kind)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, value, env, frame)

    @staticmethod
    def element(value, index):
        if value.elts is not None:
            if index is not None and index < len(value.elts):
                return value.elts[index]
            out = None
            for e in value.elts:
                out = join(out, e)
            return out or CLEAN
        return Val(value.taint, "rows" if value.kind in ("db", "rows") else None)  # kinds that only OwnPolicy knows

    def lookup(self, name, env, frame):
        if name in env:
            return env[name]
        scope = frame.closure
        if scope is not None and name in scope:
            value = scope[name]
            if scope is not self.module and not self.policy.follows_capture and value.taint:
                return Val(NOTHING, value.kind)
            return value
        if name in self.module:
            return self.module[name]
        return self.policy.unbound(name)

    # Conditions: the environments in which a test holds and does not.

    def condition(self, test, env, frame):
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            yes, no = self.condition(test.operand, env, frame)
            return no, yes
        if isinstance(test, ast.BoolOp):
            through, out = env, None
            for part in test.values:
                yes, no = self.condition(part, through, frame)
                if isinstance(test.op, ast.And):
                    through, out = yes, join_env(out, no)
                else:
                    through, out = no, join_env(out, yes)
            return (through, out) if isinstance(test.op, ast.And) else (out, through)
        self.expr(test, env, frame)
        yes, no = dict(env), dict(env)
        for name, branch, change in self.policy.guards(test, env, frame):
            side = yes if branch else no
            old = side.get(name) or self.lookup(name, side, frame)
            side[name] = Val(frozenset(t for t in (change(t) for t in old.taint) if t is not None), old.kind)
        return yes, no
