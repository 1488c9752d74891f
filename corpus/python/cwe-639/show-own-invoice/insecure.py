import os
import sqlite3

from flask import Flask, abort, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


@app.get("/invoices/<int:number>")
def show_invoice(number):
    if "customer_id" not in session:
        abort(401)
    db = sqlite3.connect("billing.db")
    row = db.execute("SELECT issued_on, total FROM invoices WHERE number = ?", (number,)).fetchone()
    db.close()
    if row is None:
        abort(404)
    return {"number": number, "issued_on": row[0], "total": row[1]}
