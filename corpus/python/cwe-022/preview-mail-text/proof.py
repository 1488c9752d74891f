import os

from fastapi.testclient import TestClient


def preview(m, **params):
    os.makedirs("mail/en-drafts")
    for path in ("mail/en-welcome.txt", "secret.txt", "secret-welcome.txt"):
        with open(path, "w") as f:
            f.write(path)
    return TestClient(m.app).get("/mail-texts", params=params)


def functional_shows_a_text(m, t):
    assert preview(m, name="welcome").text == "mail/en-welcome.txt"


def exploit_dots_in_the_name(m, t):
    answer = t.attempt(preview, m, name="drafts/../../secret")
    if answer and answer.text == "secret.txt":
        t.exploited("a file outside the folder was shown")
    t.reached()


def exploit_dots_in_the_language(m, t):
    answer = t.attempt(preview, m, name="welcome", lang="../secret")
    if answer and answer.text == "secret-welcome.txt":
        t.exploited("a file outside the folder was shown")
    t.reached()
