import base64
import json
import os
import pickle


class Attack:
    def __reduce__(self):
        return os.mkdir, ("pwned",)


def show(m, content):
    client = m.app.test_client()
    client.set_cookie("cart", base64.urlsafe_b64encode(content).decode())
    return client.get("/cart")


def functional_shows_the_cart(m, t):
    assert m.app.test_client().get("/cart").get_json() == {"items": []}
    encode = json.dumps(["lamp", "chair"]).encode() if hasattr(m, "json") else pickle.dumps(["lamp", "chair"])
    assert show(m, encode).get_json() == {"items": ["lamp", "chair"]}


def exploit_object_that_runs_code(m, t):
    t.attempt(show, m, pickle.dumps(Attack()))
    if os.path.exists("pwned"):
        t.exploited("reading the cookie made a folder")
    t.reached()
