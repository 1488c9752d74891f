def functional_a(m, t): pass
def exploit_a(m, t): pass
