import os


def client(m):
    os.makedirs("papers/5")
    for name in ("papers/5/invoice.txt", "papers/secret.txt"):
        with open(name, "w") as f:
            f.write(name)
    m.app.root_path = os.getcwd()
    return m.app.test_client()


def functional_sends_a_paper(m, t):
    answer = client(m).get("/orders/5/papers?name=invoice.txt")
    assert answer.status_code == 200 and answer.text == "papers/5/invoice.txt"
    assert "attachment" in answer.headers["Content-Disposition"]


def exploit_dots_in_the_name(m, t):
    answer = t.attempt(client(m).get, "/orders/5/papers?name=../secret.txt")
    if answer and answer.text == "papers/secret.txt":
        t.exploited("a file outside the order's folder was sent")
    t.reached()
