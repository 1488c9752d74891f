import os

os.environ["SECRET_KEY"] = "cases"


def functional_changes_for_a_manager(m, t):
    client = m.app.test_client()
    with client.session_transaction() as session:
        session["role"] = "manager"
    client.set_cookie("role", "manager")
    assert client.put("/branches/3/hours", json={"from": "9:00", "to": "18:00"}).status_code == 204
    with open("hours-3.json") as f:
        assert "18:00" in f.read()


def functional_refuses_a_visitor(m, t):
    assert m.app.test_client().put("/branches/3/hours", json={"from": "1:00", "to": "2:00"}).status_code == 403


def exploit_cookie_that_the_visitor_wrote(m, t):
    client = m.app.test_client()
    client.set_cookie("role", "manager")
    t.attempt(client.put, "/branches/3/hours", json={"from": "1:00", "to": "2:00"})
    if os.path.exists("hours-3.json"):
        t.exploited("a visitor who called himself a manager changed the hours")
    t.reached()
