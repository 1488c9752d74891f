import os
from collections import deque

from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/admin/logs/tail")
def tail_log():
    wanted = request.args.get("log", "orders.log")
    with open(os.path.join("/var/log/shop", wanted), encoding="utf-8", errors="replace") as log:
        last = deque(log, maxlen=200)
    return Response("".join(last), mimetype="text/plain")
