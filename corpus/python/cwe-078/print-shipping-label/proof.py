import os

import commands


def functional_prints_a_label(m, t):
    commands.fake("lp")
    m.LabelPrinter("zebra").submit("label.pdf", "Order 7", copies=2)
    words = commands.calls()[0]
    assert words[-1] == "label.pdf" and "Order 7" in words and "zebra" in words and "2" in words


def exploit_command_in_the_title(m, t):
    commands.fake("lp")
    t.attempt(m.LabelPrinter("zebra").submit, "label.pdf", "Order $(touch pwned)")
    if os.path.exists("pwned"):
        t.exploited("a command in the title was run")
    if commands.calls():
        t.reached()
