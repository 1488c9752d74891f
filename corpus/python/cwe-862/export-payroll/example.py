import csv
import io
import os
import sqlite3

from flask import Flask, Response, abort, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


@app.route("/payroll/<month>.csv")
def export_payroll(month):
    # being signed in is not enough: salaries are for the accountants
    if "accountant" not in session.get("roles", []):
        abort(403)
    db = sqlite3.connect("staff.db")
    rows = db.execute("SELECT name, salary FROM payroll WHERE month = ? ORDER BY name", (month,)).fetchall()
    db.close()
    text = io.StringIO()
    csv.writer(text).writerows([("name", "salary"), *rows])
    return Response(text.getvalue(), mimetype="text/csv")
