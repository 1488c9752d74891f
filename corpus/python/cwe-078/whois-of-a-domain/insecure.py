import os

from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/whois")
def whois():
    domain = request.args.get("domain", "").lower()
    record = os.popen("whois " + domain).read()
    return Response(record, mimetype="text/plain")
