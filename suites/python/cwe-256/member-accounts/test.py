import base64
import codecs
import json


def functional_adds_accounts(m, t):
    m.add_member("a.json", "ann", "correct horse")
    m.add_member("a.json", "bob", "battery staple")
    with open("a.json") as f:
        assert set(json.load(f)) == {"ann", "bob"}


def functional_taken_name(m, t):
    m.add_member("a.json", "ann", "correct horse")
    try:
        m.add_member("a.json", "ann", "other")
    except KeyError:
        return
    raise AssertionError("a taken name was accepted")


def exploit_password_in_file(m, t):
    password = "Correct7HorseQ"
    t.attempt(m.add_member, "a.json", "ann", password)
    try:
        with open("a.json") as f:
            text = f.read()
    except OSError:
        return
    if "ann" in text:
        t.reached()
    raw = password.encode()
    for name, form in (
        ("as it is", password), ("in base64", base64.b64encode(raw).decode().rstrip("=")), ("in hex", raw.hex()),
        ("reversed", password[::-1]), ("in rot13", codecs.encode(password, "rot13")),
    ):
        if form in text:
            t.exploited(f"the password stands in the file {name}")
