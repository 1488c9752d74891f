import os

from fastapi.testclient import TestClient


def convert(m, unit):
    return TestClient(m.app).get("/convert", params={"metres": 1000, "unit": unit})


def functional_converts(m, t):
    assert convert(m, "miles").json() == {"unit": "miles", "value": 0.621}
    assert convert(m, "parsecs").status_code == 400


def exploit_unit_that_is_code(m, t):
    t.attempt(convert, m, "__import__('os').mkdir('pwned') or float")
    if os.path.exists("pwned"):
        t.exploited("the name of the unit was run as code")
    t.reached()
