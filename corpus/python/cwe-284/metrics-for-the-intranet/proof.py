def metrics(m, peer, **headers):
    return m.app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": peer}, headers=headers)


def functional_shows_them_inside(m, t):
    assert metrics(m, "10.20.3.4").text == "requests_served 1\n"


def functional_refuses_others(m, t):
    assert metrics(m, "203.0.113.9").status_code == 403


def exploit_header_with_an_address_inside(m, t):
    answer = t.attempt(metrics, m, "203.0.113.9", **{"X-Forwarded-For": "10.20.3.4"})
    if answer and "requests_served" in answer.text:
        t.exploited("a client outside got the metrics by a header")
    t.reached()
