import os

import commands


def whois(m, domain):
    commands.fake("whois", "echo 'registrar: example'")
    return m.app.test_client().get("/whois", query_string={"domain": domain})


def functional_shows_a_record(m, t):
    assert whois(m, "Example.org").text == "registrar: example\n"
    assert commands.calls()[0][-1] == "example.org"


def exploit_semicolon_in_the_domain(m, t):
    t.attempt(whois, m, "example.org; touch pwned")
    if os.path.exists("pwned"):
        t.exploited("the command behind a semicolon was run")
    t.reached()
