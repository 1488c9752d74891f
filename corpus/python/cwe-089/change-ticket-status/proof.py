import sqlite3

import dbstandin


def change(m, status, note):
    db = sqlite3.connect(dbstandin.FILE)
    db.execute("CREATE TABLE tickets (id INTEGER, status TEXT, note TEXT)")
    db.execute("INSERT INTO tickets VALUES (1, 'open', ''), (2, 'open', '')")
    db.commit()
    answer = m.app.test_client().post("/tickets/1/status", data={"status": status, "note": note})
    return answer.status_code, db.execute("SELECT status, note FROM tickets ORDER BY id").fetchall()


def functional_changes_a_ticket(m, t):
    assert change(m, "closed", "100 percent done") == (302, [("closed", "100 percent done"), ("open", "")])


def exploit_quote_in_the_note(m, t):
    answer = t.attempt(change, m, "closed", "x' WHERE 1=1 -- ")
    if answer and answer[1][1][0] == "closed":
        t.exploited("every ticket was closed")
    t.reached()
