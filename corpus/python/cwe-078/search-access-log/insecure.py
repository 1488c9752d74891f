import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.route("/access-log/search")
def search_access_log():
    words = request.args.get("words", "")
    found = subprocess.run(
        f"grep -F -i -m 100 '{words}' /var/log/nginx/access.log",
        shell=True,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    return {"words": words, "lines": found.stdout.splitlines()}
