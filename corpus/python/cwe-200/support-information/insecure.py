import os
import platform

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/support/information")
def support_information():
    settings = dict(os.environ)
    return jsonify(settings=settings, python=platform.python_version())
