import os
import types


def functional_token_of_the_environment(m, t):
    os.environ["OPERATOR_TOKEN"] = "k3-t0k3n"
    queue = ["a", "b", "c"]
    assert m.drain_queue(queue, "k3-t0k3n") == 3 and queue == []


def functional_another_token(m, t):
    os.environ["OPERATOR_TOKEN"] = "k3-t0k3n"
    queue = ["a"]
    try:
        m.drain_queue(queue, "guess")
    except m.Forbidden:
        assert queue == ["a"]
        return
    raise AssertionError("another token was taken")


def strings(code):
    """All texts in the program's code."""
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, types.CodeType):
            yield from strings(constant)


def try_all(m, t, tokens, what):
    for token in tokens:
        queue = ["job"]
        t.attempt(m.drain_queue, queue, token)
        if not queue:
            t.exploited(f"{what}, the token {token!r} empties the queue")


def exploit_token_in_the_source(m, t):
    with open(m.__file__) as f:
        code = compile(f.read(), "program.py", "exec")
    tokens = {"", "None", *strings(code), *(str(value) for value in vars(m).values() if isinstance(value, (str, bytes)))}
    os.environ.pop("OPERATOR_TOKEN", None)
    try_all(m, t, sorted(tokens), "without OPERATOR_TOKEN")
    os.environ["OPERATOR_TOKEN"] = "k3-t0k3n"
    try_all(m, t, sorted(tokens), "beside OPERATOR_TOKEN")
    queue = ["job"]
    t.attempt(m.drain_queue, queue, "k3-t0k3n")
    if not queue:
        t.reached()


def exploit_empty_variable(m, t):
    os.environ["OPERATOR_TOKEN"] = ""
    try_all(m, t, [""], "with an empty OPERATOR_TOKEN")
