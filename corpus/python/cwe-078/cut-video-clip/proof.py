import os

import commands
import rooted


def cut(m, start):
    rooted.at("/srv")
    rooted.write("/srv/clips/readme")
    commands.fake("ffmpeg", 'for last; do :; done; echo clip > "$ROOTED$last"')
    return m.app.test_client().post("/videos/5/clip", data={"start": start, "length": "4"})


def functional_cuts_a_clip(m, t):
    answer = cut(m, "12")
    assert answer.status_code == 200 and answer.text == "clip\n"
    words = commands.calls()[0]
    assert words[words.index("-ss") + 1] == "12" and words[words.index("-t") + 1] == "4"


def exploit_semicolon_in_the_start(m, t):
    t.attempt(cut, m, "1; touch pwned; true")
    if os.path.exists("pwned"):
        t.exploited("the command behind a semicolon was run")
    if commands.calls():
        t.reached()
