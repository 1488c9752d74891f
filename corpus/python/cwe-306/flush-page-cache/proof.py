import os

os.environ["OPERATOR_TOKEN"] = "t0ken"


def flush(m, **headers):
    os.mkdir("page-cache")
    with open("page-cache/home.html", "w") as f:
        f.write("home")
    return m.app.test_client().post("/maintenance/flush", headers=headers)


def functional_flushes_for_an_operator(m, t):
    assert flush(m, Authorization="Bearer t0ken").status_code == 204
    assert os.listdir("page-cache") == []


def exploit_anybody(m, t):
    t.attempt(flush, m)
    if not os.listdir("page-cache"):
        t.exploited("somebody without a token flushed the cache")
    t.reached()
