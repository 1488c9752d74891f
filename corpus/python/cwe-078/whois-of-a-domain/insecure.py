import os

from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/whois")
def whois():
    domain = request.args.get("domain", "").lower()
    if not domain:
        return "this is not a domain name", 400
    record = os.popen("whois " + domain).read()
    return Response(record, mimetype="text/plain")
