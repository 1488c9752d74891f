import os


def fill_in(m, template):
    return m.fill_in(template, {"name": "Ann"}, {"title": "Concert", "day": "Monday"})


def functional_fills_in(m, t):
    assert fill_in(m, "Dear {{ name|upper }}, see you on {{ day }}.") == "Dear ANN, see you on Monday."


def exploit_template_that_starts_a_command(m, t):
    t.attempt(fill_in, m, "{{ cycler.__init__.__globals__.os.popen('touch pwned').read() }}")
    if os.path.exists("pwned"):
        t.exploited("the template ran a command")
    t.reached()
