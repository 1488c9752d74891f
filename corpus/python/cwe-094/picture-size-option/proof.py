import contextlib
import io
import os
import sys


def plan(m, size):
    sys.argv = ["plan", "--size", size]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        m.main()
    return printed.getvalue()


def functional_plans_tiles(m, t):
    assert plan(m, "(640, 500)") == "4 x 4 tiles\n"


def exploit_size_that_is_code(m, t):
    t.attempt(plan, m, "(__import__('os').mkdir('pwned') or 1, 1)")
    if os.path.exists("pwned"):
        t.exploited("the size was run as code")
    t.reached()
