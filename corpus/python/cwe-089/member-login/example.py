import os

import MySQLdb
from flask import Flask, redirect, request, session
from werkzeug.security import check_password_hash

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


@app.route("/login", methods=["POST"])
def login():
    account = request.form.get("account", "")
    typed = request.form.get("password", "")
    db = MySQLdb.connect(read_default_file="/etc/club/my.cnf", db="club")
    cur = db.cursor()
    # execute(sql, values): the account is compared as a value and never read as SQL
    cur.execute("SELECT id, password_hash FROM members WHERE active = 1 AND account = %s", (account,))
    row = cur.fetchone()
    db.close()
    if row is None or not check_password_hash(row[1], typed):
        return "wrong account or password", 401
    session["member_id"] = row[0]
    return redirect("/dashboard")
