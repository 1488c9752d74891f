import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.route("/access-log/search")
def search_access_log():
    words = request.args.get("words", "")
    # no shell reads the words, and after -e they are a pattern, never an option
    found = subprocess.run(
        ["grep", "-F", "-i", "-m", "100", "-e", words, "/var/log/nginx/access.log"],
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    return {"words": words, "lines": found.stdout.splitlines()}
