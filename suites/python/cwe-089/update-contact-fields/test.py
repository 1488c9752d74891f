import sqlite3


def database(m):
    db = sqlite3.connect(":memory:")
    db.execute(m.SCHEMA)
    db.executemany("INSERT INTO contacts VALUES (?, ?, ?, ?, ?)", [
        (1, "ann", "Bob", "1", "Bonn"), (2, "ann", "Eve", "2", "Kiel"), (3, "zoe", "Max", "3", "Ulm"),
    ])
    db.commit()
    return db


def rows(db):
    return db.execute("SELECT id, owner, name, phone, city FROM contacts ORDER BY id").fetchall()


def functional_changes_two_fields(m, t):
    db = database(m)
    assert m.update_contact(db, "ann", 1, {"phone": "99", "city": "Mainz"})
    assert rows(db) == [(1, "ann", "Bob", "99", "Mainz"), (2, "ann", "Eve", "2", "Kiel"), (3, "zoe", "Max", "3", "Ulm")]


def functional_other_owner(m, t):
    db = database(m)
    before = rows(db)
    assert not m.update_contact(db, "ann", 3, {"name": "Moritz"})
    assert rows(db) == before


def exploit_quote_in_value(m, t):
    db = database(m)
    t.attempt(m.update_contact, db, "ann", 1, {"name": "Rob", "phone": "1", "city": "Bonn"})
    if rows(db)[0][2] == "Rob":
        t.reached()
    t.attempt(m.update_contact, db, "ann", 1, {"name": "x' WHERE 1=1 --"})
    if rows(db)[2][2] != "Max":
        t.exploited("a quotation mark in the name changed another user's contact")


def exploit_subquery_in_value(m, t):
    db = database(m)
    t.attempt(m.update_contact, db, "ann", 1, {"phone": "' || (SELECT phone FROM contacts WHERE id = 3) || '"})
    if rows(db)[0][3] == "3":
        t.exploited("a subquery in the phone field read another user's contact")


def exploit_sql_in_field_name(m, t):
    db = database(m)
    t.attempt(m.update_contact, db, "ann", 1, {"name = 'x' WHERE 1=1 --": "y"})
    if rows(db)[2][2] != "Max":
        t.exploited("SQL in a field's name changed another user's contact")


def exploit_other_column(m, t):
    db = database(m)
    t.attempt(m.update_contact, db, "ann", 1, {"owner": "mallory"})
    if rows(db)[0][1] != "ann":
        t.exploited("the form changed the contact's owner")
