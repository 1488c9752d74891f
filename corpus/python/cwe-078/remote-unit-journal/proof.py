import os

import commands


def journal(m, unit):
    # As the real one: the words behind the host go to a shell on the other side.
    commands.fake("ssh", 'for last; do :; done; sh -c "$last"')
    commands.fake("journalctl", "echo started")
    return m.read_journal("web1", unit)


def functional_reads_a_journal(m, t):
    assert journal(m, "nginx.service") == "started\n"
    assert "--unit=nginx.service" in commands.calls()[-1]


def exploit_semicolon_in_the_unit(m, t):
    t.attempt(journal, m, "nginx; touch pwned")
    if os.path.exists("pwned"):
        t.exploited("the command behind a semicolon was run on the other side")
    if commands.calls():
        t.reached()
