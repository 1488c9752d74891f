import os

import commands


def functional_classifies(m, t):
    commands.fake("file", "echo image/png")
    assert m.classify_upload("sunset one.png") == "image/png"
    assert commands.calls()[0][-1] == "sunset one.png"


def exploit_quote_in_the_name(m, t):
    commands.fake("file", "echo image/png")
    t.attempt(m.classify_upload, 'a"; touch "pwned')
    if os.path.exists("pwned"):
        t.exploited("the command touch in a file name was run")
    if commands.calls():
        t.reached()
