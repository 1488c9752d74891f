import hmac
import os
import shutil

from flask import Flask, abort, request

app = Flask(__name__)


@app.route("/maintenance/flush", methods=["POST"])
def flush_cache():
    # the address is public, so who calls must show that they are an operator
    if not hmac.compare_digest(request.headers.get("Authorization", ""), "Bearer " + os.environ["OPERATOR_TOKEN"]):
        abort(401)
    shutil.rmtree("page-cache", ignore_errors=True)
    os.makedirs("page-cache")
    return "", 204
