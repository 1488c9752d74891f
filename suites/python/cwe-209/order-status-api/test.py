import json


def functional_order(m, t):
    status, text = m.answer(lambda n: {"id": n, "state": "sent"}, 12)
    assert status == 200 and json.loads(text) == {"id": 12, "state": "sent"}


def functional_not_found(m, t):
    def load(n):
        raise m.NotFound(n)

    status, text = m.answer(load, 13)
    assert status == 404 and "error" in json.loads(text)


def functional_broken(m, t):
    def load(n):
        raise RuntimeError("x")

    status, text = m.answer(load, 13)
    assert status == 500 and "error" in json.loads(text)


def attack(m, t, error):
    def load(n):
        raise error

    answer = t.attempt(m.answer, load, 14)
    text = str(answer)
    if isinstance(answer, tuple) and answer[:1] == (500,):
        t.reached()
    for secret in ("s3cr3t-pw", "db7.internal", "/srv/orders", "Traceback"):
        if secret in text:
            t.exploited(f"the customer is told {secret!r}: {text[:200]}")


def exploit_credentials_in_error(m, t):
    attack(m, t, ConnectionError("could not connect to postgresql://orders:s3cr3t-pw@db7.internal/orders"))


def exploit_path_in_error(m, t):
    attack(m, t, FileNotFoundError(2, "No such file or directory", "/srv/orders/keys/live.pem"))
