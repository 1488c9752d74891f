import os
import sqlite3

from flask import Flask, abort, request, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


@app.route("/account/close", methods=["GET", "POST"])
def close_account():
    if "customer_id" not in session:
        abort(401)
    if request.method == "GET":
        return '<form method="post"><button>Close</button></form>'
    with sqlite3.connect("customers.db") as db:
        db.execute("UPDATE customers SET closed = 1 WHERE id = ?", (session["customer_id"],))
    session.clear()
    return "your account is closed"
