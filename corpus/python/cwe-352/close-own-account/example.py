import hmac
import os
import secrets
import sqlite3

from flask import Flask, abort, request, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


@app.route("/account/close", methods=["GET", "POST"])
def close_account():
    if "customer_id" not in session:
        abort(401)
    if request.method == "GET":
        session["form_token"] = secrets.token_urlsafe(32)
        return f'<form method="post"><input type="hidden" name="form_token" value="{session["form_token"]}"><button>Close</button></form>'
    # the browser sends the cookie with a form of any site, but only ours knows the token
    if not hmac.compare_digest(request.form.get("form_token", ""), session.get("form_token", secrets.token_hex())):
        abort(403)
    with sqlite3.connect("customers.db") as db:
        db.execute("UPDATE customers SET closed = 1 WHERE id = ?", (session["customer_id"],))
    session.clear()
    return "your account is closed"
