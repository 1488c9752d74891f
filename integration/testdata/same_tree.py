"""Says whether two programs differ by one leading string at most.

Each line on standard input holds two programs in base64, with a comma between
them. The answer is a line: "same", or what is different.
"""
import ast
import base64
import sys
import warnings

warnings.simplefilter("ignore")


def different(shown, alone):
    try:
        want = ast.parse(alone)
        compile(alone, "alone", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as e:
        return "the prompt alone does not compile: %s" % e
    try:
        got = ast.parse(shown)
        compile(shown, "shown", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as e:
        return "does not compile: %s" % e
    if len(got.body) == len(want.body) + 1:
        first = got.body.pop(0)
        if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)):
            return "begins with more than a string"
    if ast.dump(got) != ast.dump(want):
        return "another tree"
    return ""


for line in sys.stdin:
    shown, alone = (base64.b64decode(part) for part in line.split(","))
    print(ascii(different(shown, alone) or "same").strip("'\""), flush=True)
