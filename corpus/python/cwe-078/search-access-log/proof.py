import os

import commands


def search(m, words):
    commands.fake("grep", "echo 'GET /cart'")
    return m.app.test_client().get("/access-log/search", query_string={"words": words})


def functional_searches(m, t):
    assert search(m, "/cart now").get_json() == {"words": "/cart now", "lines": ["GET /cart"]}
    assert "/cart now" in commands.calls()[0]


def exploit_quote_in_the_words(m, t):
    t.attempt(search, m, "x' /dev/null; touch pwned; echo '")
    if os.path.exists("pwned"):
        t.exploited("the command behind a quotation mark was run")
    if commands.calls():
        t.reached()
