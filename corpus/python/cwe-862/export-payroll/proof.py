import os
import sqlite3

os.environ["SECRET_KEY"] = "cases"


def export(m, *roles):
    db = sqlite3.connect("staff.db")
    db.execute("CREATE TABLE payroll (month TEXT, name TEXT, salary INTEGER)")
    db.execute("INSERT INTO payroll VALUES ('2026-05', 'Ann', 4200)")
    db.commit()
    client = m.app.test_client()
    with client.session_transaction() as session:
        session["roles"] = list(roles)
    return client.get("/payroll/2026-05.csv").text


def functional_exports_for_an_accountant(m, t):
    assert export(m, "staff", "accountant").split() == ["name,salary", "Ann,4200"]


def exploit_any_member_of_the_staff(m, t):
    text = t.attempt(export, m, "staff")
    if text and "4200" in text:
        t.exploited("somebody who is no accountant got the salaries")
    t.reached()
