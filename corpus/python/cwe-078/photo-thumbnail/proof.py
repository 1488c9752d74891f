import os

import commands
import rooted


def thumbnail(m, width):
    rooted.at("/srv")
    rooted.write("/srv/photos/3.jpg", "photo")
    commands.fake("convert", "echo picture")
    return m.app.test_client().get("/photos/3/thumbnail", query_string={"width": width})


def functional_makes_a_thumbnail(m, t):
    answer = thumbnail(m, "320")
    assert answer.status_code == 200 and answer.mimetype == "image/png" and answer.text == "picture\n"
    assert "320x" in commands.calls()[0]


def exploit_semicolon_in_the_width(m, t):
    t.attempt(thumbnail, m, "320; touch pwned; echo ")
    if os.path.exists("pwned"):
        t.exploited("the command behind a semicolon was run")
    t.reached()
