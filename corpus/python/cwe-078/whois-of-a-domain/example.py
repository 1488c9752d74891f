import subprocess

from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/whois")
def whois():
    domain = request.args.get("domain", "").lower()
    # one argument without a shell, and no option of whois behind "--"
    record = subprocess.run(["whois", "--", domain], capture_output=True, text=True)
    return Response(record.stdout, mimetype="text/plain")
