import os
import shutil

from flask import Flask

app = Flask(__name__)


@app.route("/maintenance/flush", methods=["POST"])
def flush_cache():
    shutil.rmtree("page-cache", ignore_errors=True)
    os.makedirs("page-cache")
    return "", 204
