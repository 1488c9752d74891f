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
    if row is not None:
        outbox.append((address, f"your user name is {row[0]}"))
    # one answer for all: that somebody is a patient here is nobody else's business
    return "if there is an account with this address, a mail is on its way"
