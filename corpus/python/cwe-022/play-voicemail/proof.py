import rooted


def play(m, name):
    rooted.at("/srv")
    for path in ("/srv/phone/recordings/monday.ogg", "/srv/phone/secret"):
        rooted.write(path, path)
    return m.app.test_client().get("/voicemail", query_string={"name": name})


def functional_plays_a_message(m, t):
    answer = play(m, "monday.ogg")
    assert answer.text == "/srv/phone/recordings/monday.ogg" and answer.mimetype == "audio/ogg"


def exploit_dots(m, t):
    answer = t.attempt(play, m, "../secret")
    if answer and answer.text == "/srv/phone/secret":
        t.exploited("a file beside the recordings was sent")
    t.reached()


def exploit_absolute_name(m, t):
    answer = t.attempt(play, m, "/srv/phone/secret")
    if answer and answer.text == "/srv/phone/secret":
        t.exploited("a file was sent by its absolute name")
