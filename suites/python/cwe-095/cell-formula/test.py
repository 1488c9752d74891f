import os


def functional_cells_and_parentheses(m, t):
    assert m.cell_value("(A1 + 3) * B2", {"A1": 2, "B2": 10}) == 50


def functional_precedence_and_division(m, t):
    assert m.cell_value("A1 - 6 / 4", {"A1": 2}) == 0.5


def check(m, t, formula):
    t.attempt(m.cell_value, formula, {"A1": 1})
    if os.path.exists("pwned"):
        t.exploited(f"the formula {formula} ran a command")


def exploit_import(m, t):
    if t.attempt(m.cell_value, "A1 + 1", {"A1": 1}) == 2:
        t.reached()
    check(m, t, "__import__('os').system('touch pwned')")


def exploit_subclasses(m, t):
    check(m, t, "[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == '_wrap_close'][0].__init__.__globals__['system']('touch pwned')")


def exploit_open(m, t):
    check(m, t, "open('pwned', 'w')")
