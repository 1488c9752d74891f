import base64
import hashlib
import hmac
import json
import pickle

import yaml
from flask import Flask, request

app = Flask(__name__)


@app.route("/load", methods=["POST"])
def load():
    data = base64.b64decode(request.form["data"])
    # ruleid: seccoder.python.deserialization
    return str(pickle.loads(data))


@app.route("/cookie")
def cookie():
    # ruleid: seccoder.python.deserialization
    return str(pickle.loads(bytes.fromhex(request.cookies["state"])))


@app.route("/json", methods=["POST"])
def load_json():
    # ok: seccoder.python.deserialization
    return str(json.loads(request.form["data"]))


def settings(path):
    with open(path) as f:
        # ruleid: seccoder.python.yaml-load
        first = yaml.load(f)
        # ruleid: seccoder.python.yaml-load
        second = yaml.load(f, Loader=yaml.Loader)
        # ruleid: seccoder.python.yaml-load
        third = yaml.load(f, Loader=yaml.FullLoader)
        # ok: seccoder.python.yaml-load
        fourth = yaml.safe_load(f)
        # ok: seccoder.python.yaml-load
        fifth = yaml.load(f, Loader=yaml.SafeLoader)
    return first, second, third, fourth, fifth


def restore(path):
    with open(path, "rb") as f:
        # ruleid: seccoder.python.pickle-load
        return pickle.load(f)


def restore_signed(data, signature, key):
    expected = hmac.new(key, data, hashlib.sha256).digest()
    if not hmac.compare_digest(expected, signature):
        raise ValueError("the signature is wrong")
    # ok: seccoder.python.pickle-load
    return pickle.loads(data)


def clone(value):
    # ok: seccoder.python.pickle-load
    return pickle.loads(pickle.dumps(value))
