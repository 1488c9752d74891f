import rooted


def tail(m, name):
    rooted.at("/var")
    rooted.write("/var/log/shop/orders.log", "order 1\n")
    rooted.write("/var/log/auth.log", "password of root\n")
    return m.app.test_client().get("/admin/logs/tail", query_string={"log": name})


def functional_shows_a_log(m, t):
    assert tail(m, "orders.log").text == "order 1\n"


def exploit_log_of_another_folder(m, t):
    answer = t.attempt(tail, m, "../auth.log")
    if answer and "password" in answer.text:
        t.exploited("a log of another folder was shown")
    t.reached()
