import os
import sqlite3

from werkzeug.security import generate_password_hash

import dbstandin

os.environ["SECRET_KEY"] = "cases"


def login(m, account, password):
    db = sqlite3.connect(dbstandin.FILE)
    db.execute("CREATE TABLE members (id INTEGER, account TEXT, password_hash TEXT, active INTEGER)")
    db.execute("INSERT INTO members VALUES (1, 'ann', ?, 1)", (generate_password_hash("blue"),))
    db.commit()
    return m.app.test_client().post("/login", data={"account": account, "password": password}).status_code


def functional_signs_in(m, t):
    assert login(m, "ann", "blue") == 302


def functional_refuses_a_wrong_password(m, t):
    assert login(m, "ann", "red") == 401


def exploit_row_of_the_attacker(m, t):
    row = "x' UNION SELECT 1, '" + generate_password_hash("mine") + "' -- "
    if t.attempt(login, m, row, "mine") == 302:
        t.exploited("somebody without the password is signed in as member 1")
    t.reached()
