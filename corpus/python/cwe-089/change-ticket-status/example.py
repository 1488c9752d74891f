import MySQLdb
from flask import Flask, redirect, request

app = Flask(__name__)


@app.route("/tickets/<int:ticket_id>/status", methods=["POST"])
def change_status(ticket_id):
    status = request.form.get("status", "open")
    note = request.form.get("note", "")
    db = MySQLdb.connect(db="helpdesk", read_default_file="/etc/helpdesk/my.cnf")
    cur = db.cursor()
    # the values travel beside the statement, and the driver escapes them
    cur.execute(
        "UPDATE tickets SET status = %s, note = %s WHERE id = %s",
        (status, note, ticket_id),
    )
    db.commit()
    db.close()
    return redirect(f"/tickets/{ticket_id}")
