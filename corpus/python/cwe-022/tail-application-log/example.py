import os
from collections import deque

from flask import Flask, Response, abort, request

app = Flask(__name__)


@app.route("/admin/logs/tail")
def tail_log():
    wanted = request.args.get("log", "orders.log")
    # choose among the files that are there instead of trusting the name as a path
    if wanted not in os.listdir("/var/log/shop"):
        abort(404)
    with open(os.path.join("/var/log/shop", wanted), encoding="utf-8", errors="replace") as log:
        last = deque(log, maxlen=200)
    return Response("".join(last), mimetype="text/plain")
