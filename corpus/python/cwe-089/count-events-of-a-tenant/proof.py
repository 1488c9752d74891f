import sqlite3

import dbstandin


def count(m, tenant):
    db = sqlite3.connect(dbstandin.FILE)
    db.execute("CREATE TABLE events (created_at TEXT)")
    db.execute("CREATE TABLE members (name TEXT)")
    db.execute("INSERT INTO events VALUES ('2026-05-01'), ('2026-05-02')")
    db.execute("INSERT INTO members VALUES ('Ann'), ('Bob'), ('Eve')")
    db.commit()
    return m.count_events(dbstandin.Connection(), tenant, "2026-05-01")


def functional_counts_events(m, t):
    assert count(m, "main") == 2


def exploit_tenant_that_names_another_table(m, t):
    if t.attempt(count, m, "main.members, main") == 6:
        t.exploited("the rows of the table members were counted too")
    t.reached()
