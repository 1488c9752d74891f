import json
import os

from flask import Flask, abort, request

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


@app.put("/branches/<int:branch_id>/hours")
def change_hours(branch_id):
    if request.cookies.get("role") != "manager":
        abort(403)
    hours = request.get_json()
    with open(f"hours-{branch_id}.json", "w", encoding="utf-8") as out:
        json.dump({"from": hours["from"], "to": hours["to"]}, out)
    return "", 204
