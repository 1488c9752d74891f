import os
import platform

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/support/information")
def support_information():
    # name what may be seen: what is added to the environment later is not shown by itself
    settings = {name: os.environ.get(name, "") for name in ("APP_VERSION", "APP_REGION", "LANG")}
    return jsonify(settings=settings, python=platform.python_version())
