import re
import subprocess

from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/whois")
def whois():
    domain = request.args.get("domain", "").lower()
    # a leading letter or digit: the value can be no option of whois either
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{2,250}", domain):
        return "this is not a domain name", 400
    record = subprocess.run(["whois", domain], capture_output=True, text=True, timeout=20)
    return Response(record.stdout, mimetype="text/plain")
