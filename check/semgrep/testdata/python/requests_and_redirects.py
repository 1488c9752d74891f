from urllib.parse import urlparse

import httpx
import requests
from flask import Flask, abort, redirect, request, url_for

app = Flask(__name__)
HOSTS = {"img": "https://img.example.org"}
ALLOWED = ["img.example.org"]


@app.route("/fetch")
def fetch():
    url = request.args.get("url")
    # ruleid: seccoder.python.server-side-request
    answer = requests.get(url, timeout=5)
    # ruleid: seccoder.python.server-side-request
    httpx.get(url="https://" + request.args["host"])
    # ruleid: seccoder.python.server-side-request
    requests.post(f"http://{request.args['host']}/hook")
    return {"text": answer.text}


@app.route("/fetch/path")
def fetch_path():
    # ok: seccoder.python.server-side-request
    answer = requests.get("https://img.example.org/" + request.args["name"])
    # ok: seccoder.python.server-side-request
    requests.get(f"https://img.example.org/{request.args['name']}")
    # ok: seccoder.python.server-side-request
    requests.get(HOSTS[request.args["host"]])
    return {"text": answer.text}


@app.route("/fetch/checked")
def fetch_checked():
    url = request.args["url"]
    if urlparse(url).hostname not in ALLOWED:
        abort(400)
    # ok: seccoder.python.server-side-request
    return {"text": requests.get(url).text}


@app.route("/fetch/parts")
def fetch_parts():
    url = request.args["url"]
    parts = urlparse(url)
    if parts.scheme != "https" or parts.hostname not in ALLOWED:
        abort(400)
    # ok: seccoder.python.server-side-request
    return {"text": requests.get(url).text}


@app.route("/login")
def login():
    target = request.args.get("next", "/")
    # ruleid: seccoder.python.open-redirect
    return redirect(target)


@app.route("/login/fixed")
def login_fixed():
    target = request.args.get("next", "/")
    parts = urlparse(target)
    if parts.scheme or parts.netloc or not target.startswith("/"):
        abort(400)
    # ok: seccoder.python.open-redirect
    return redirect(target)


@app.route("/profile")
def profile():
    # ok: seccoder.python.open-redirect
    return redirect(url_for("show", name=request.args["name"]))


@app.route("/user")
def user():
    # ok: seccoder.python.open-redirect
    return redirect("/users/" + request.args["name"])


@app.route("/back")
def back():
    target = request.args.get("next", "/")
    if not target.startswith("/") or target.startswith("//"):
        target = "/"
    # ok: seccoder.python.open-redirect
    return redirect(target)
