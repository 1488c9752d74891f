import sqlite3

from flask import Flask, request

app = Flask(__name__)
outbox = []


@app.post("/forgotten-name")
def forgotten_name():
    address = request.form.get("address", "")
    db = sqlite3.connect("patients.db")
    row = db.execute("SELECT name FROM accounts WHERE address = ?", (address,)).fetchone()
    db.close()
    if row is None:
        return "there is no account with this address", 404
    outbox.append((address, f"your user name is {row[0]}"))
    return "a mail is on its way"
