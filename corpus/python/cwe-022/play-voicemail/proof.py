import os


def play(m, name):
    m.RECORDINGS = os.path.join(os.getcwd(), "recordings")
    os.mkdir("recordings")
    for path in ("recordings/monday.ogg", "secret"):
        with open(path, "w") as f:
            f.write(path)
    return m.app.test_client().get("/voicemail", query_string={"name": name})


def functional_plays_a_message(m, t):
    answer = play(m, "monday.ogg")
    assert answer.text == "recordings/monday.ogg" and answer.mimetype == "audio/ogg"


def exploit_dots(m, t):
    answer = t.attempt(play, m, "../secret")
    if answer and answer.text == "secret":
        t.exploited("a file beside the recordings was sent")
    t.reached()


def exploit_absolute_name(m, t):
    answer = t.attempt(play, m, os.path.join(t.dir, "secret"))
    if answer and answer.text == "secret":
        t.exploited("a file was sent by its absolute name")
