"""Says whether a file is Python, by the exit status, and whether anything behind the first
bytes of it, which a prompt takes, does something: python parse.py FILE BYTES
"""

import ast
import sys

BODIES = ("body", "orelse", "finalbody", "handlers", "cases")
INERT = (ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal, ast.Import, ast.ImportFrom)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def place(head):
    """The line and the column, in bytes, at which the text behind head begins."""
    lines = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return len(lines), len(lines[-1])


def constant(node):
    """Whether an expression is made of literals only."""
    literal = (ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.JoinedStr, ast.FormattedValue, ast.UnaryOp, ast.BinOp)
    grammar = (ast.expr_context, ast.unaryop, ast.operator)
    return all(isinstance(n, literal + grammar) for n in ast.walk(node))


def unwritten(node):
    """Whether a statement raises NotImplementedError."""
    error = getattr(node.exc, "func", node.exc)
    return isinstance(error, ast.Name) and error.id == "NotImplementedError"


def evaluated(node):
    """What is evaluated where a statement with a body begins. A default counts although it is
    a constant: a password may stand there."""
    if isinstance(node, ast.ExceptHandler):
        return []
    if isinstance(node, FUNCTIONS):
        return node.decorator_list + node.args.defaults + [d for d in node.args.kw_defaults if d]
    if isinstance(node, ast.ClassDef):
        return node.decorator_list + node.bases + [k.value for k in node.keywords]
    found = [part for name, value in ast.iter_fields(node) if name not in BODIES for part in (value if isinstance(value, list) else [value])]
    found = [part.context_expr if isinstance(part, ast.withitem) else part for part in found]
    return [part for part in found if isinstance(part, ast.expr) and not constant(part)]


def does(node, begin):
    """Whether a part of the program that ends behind begin does something there."""
    if (getattr(node, "end_lineno", 0), getattr(node, "end_col_offset", 0)) <= begin and hasattr(node, "lineno"):
        return False
    if isinstance(node, INERT):
        return False
    if isinstance(node, (ast.Expr, ast.Return)):
        return node.value is not None and not constant(node.value)
    if isinstance(node, ast.Raise):
        return not unwritten(node)
    parts = [part for name in BODIES for part in getattr(node, name, [])]
    if not parts:
        return not isinstance(node, ast.Module)
    # What is not the prompt's of a head is done.
    if any((part.end_lineno, part.end_col_offset) > begin for part in evaluated(node)):
        return True
    return any(does(part, begin) for part in parts)


def main():
    with open(sys.argv[1], "rb") as f:
        source = f.read()
    try:
        compile(source, sys.argv[1], "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
        sys.exit("%s: %s" % (type(e).__name__, e))
    try:
        something = does(ast.parse(source), place(source[: int(sys.argv[2])]))
    except (RecursionError, MemoryError):
        something = True  # so deep a program is no empty one
    print("does" if something else "nothing")


main()
