import os
from collections import deque

from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/admin/logs/tail")
def tail_log():
    logs = "/var/log/shop"
    wanted = request.args.get("log", "")
    # choose among the files that are there instead of trusting the name as a path
    if wanted not in [entry.name for entry in os.scandir(logs) if entry.is_file()]:
        return "no such log", 404
    with open(os.path.join(logs, wanted), encoding="utf-8", errors="replace") as log:
        last = deque(log, maxlen=200)
    return Response("".join(last), mimetype="text/plain")
