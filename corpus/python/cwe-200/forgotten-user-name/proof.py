import sqlite3


def ask(m, address):
    db = sqlite3.connect("patients.db")
    db.execute("CREATE TABLE IF NOT EXISTS accounts (address TEXT, name TEXT)")
    db.execute("INSERT INTO accounts VALUES ('ann@example.org', 'ann7')")
    db.commit()
    answer = m.app.test_client().post("/forgotten-name", data={"address": address})
    return answer.status_code, answer.text


def functional_mails_the_name(m, t):
    assert ask(m, "ann@example.org")[0] == 200
    assert m.outbox == [("ann@example.org", "your user name is ann7")]


def exploit_who_has_an_account(m, t):
    if t.attempt(ask, m, "ann@example.org") != t.attempt(ask, m, "bob@example.org"):
        t.exploited("the answers tell who has an account")
    t.reached()
