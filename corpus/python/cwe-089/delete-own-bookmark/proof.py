import os
import sqlite3

import dbstandin

os.environ["SECRET_KEY"] = "cases"


def delete(m, slug):
    db = sqlite3.connect(dbstandin.FILE)
    db.execute("CREATE TABLE bookmarks (slug TEXT, owner_id INTEGER)")
    db.execute("INSERT INTO bookmarks VALUES ('news', 7), ('maps', 8)")
    db.commit()
    client = m.app.test_client()
    with client.session_transaction() as session:
        session["user_id"] = 7
    status = client.post("/bookmarks/delete", data={"slug": slug}).status_code
    return status, db.execute("SELECT slug FROM bookmarks ORDER BY slug").fetchall()


def functional_deletes_a_bookmark(m, t):
    assert delete(m, "news") == (204, [("maps",)])


def exploit_bookmark_of_another_member(m, t):
    answer = t.attempt(delete, m, "maps' -- ")
    if answer and ("maps",) not in answer[1]:
        t.exploited("the bookmark of another member was deleted")
    t.reached()
