import os
from pathlib import Path

from flask import Flask, abort, request, send_file, send_from_directory
from werkzeug.utils import safe_join, secure_filename

app = Flask(__name__)
FOLDER = "/srv/files"


@app.route("/read")
def read():
    name = request.args.get("name")
    # ruleid: seccoder.python.path-traversal
    with open(name) as f:
        text = f.read()
    # ruleid: seccoder.python.path-traversal
    with open(os.path.join(FOLDER, name)) as f:
        text += f.read()
    path = FOLDER + "/" + name
    # ruleid: seccoder.python.path-traversal
    os.remove(path)
    # ruleid: seccoder.python.path-traversal
    return send_file(f"/srv/files/{name}")


@app.route("/pathlib/<path:name>")
def with_pathlib(name):
    # ruleid: seccoder.python.path-traversal
    return (Path(FOLDER) / name).read_text()


@app.route("/upload", methods=["POST"])
def upload():
    file = request.files["file"]
    # ruleid: seccoder.python.path-traversal
    file.save(os.path.join(FOLDER, file.filename))
    # ok: seccoder.python.path-traversal
    file.save(os.path.join(FOLDER, secure_filename(file.filename)))
    return "saved"


@app.route("/normalised")
def normalised():
    path = os.path.normpath(os.path.join(FOLDER, request.args["name"]))
    # ruleid: seccoder.python.path-traversal
    with open(path) as f:
        return f.read()


@app.route("/prefix")
def prefix():
    path = os.path.join(FOLDER, request.args["name"])
    if not path.startswith(FOLDER):
        abort(404)
    # ruleid: seccoder.python.path-traversal
    with open(path) as f:
        return f.read()


@app.route("/real")
def real():
    path = os.path.realpath(os.path.join(FOLDER, request.args["name"]))
    if not path.startswith(FOLDER + os.sep):
        abort(404)
    # ok: seccoder.python.path-traversal
    with open(path) as f:
        return f.read()


@app.route("/common")
def common():
    base = os.path.realpath(FOLDER)
    path = os.path.realpath(os.path.join(base, request.args["name"]))
    if os.path.commonpath([base, path]) != base:
        abort(404)
    # ok: seccoder.python.path-traversal
    with open(path) as f:
        return f.read()


@app.route("/inline")
def inline():
    path = os.path.join(FOLDER, request.args["name"])
    if os.path.abspath(path).startswith(FOLDER + "/"):
        # ok: seccoder.python.path-traversal
        with open(path) as f:
            return f.read()
    return "no", 404


@app.route("/resolve")
def resolve():
    path = (Path(FOLDER) / request.args["name"]).resolve()
    if not path.is_relative_to(FOLDER):
        abort(404)
    # ok: seccoder.python.path-traversal
    return path.read_text()


@app.route("/joined")
def joined():
    # ok: seccoder.python.path-traversal
    return send_file(safe_join(FOLDER, request.args["name"]))


@app.route("/folder/<path:name>")
def folder(name):
    # ok: seccoder.python.path-traversal
    return send_from_directory(FOLDER, name)


@app.route("/base")
def base():
    # ok: seccoder.python.path-traversal
    with open(os.path.join(FOLDER, os.path.basename(request.args["name"]))) as f:
        return f.read()


@app.route("/number/<int:number>")
def number(number):
    # ok: seccoder.python.path-traversal
    with open(f"/srv/files/{number}.txt") as f:
        return f.read()


@app.route("/dots")
def dots():
    name = request.args["name"]
    if ".." in name or name.startswith("/"):
        abort(404)
    # ok: seccoder.python.path-traversal
    return send_file(os.path.join(FOLDER, name))


@app.route("/two")
def two():
    kind = request.args["kind"]
    name = request.args["name"]
    if not kind.isalpha() or not name.isalnum():
        abort(404)
    # ok: seccoder.python.path-traversal
    with open(f"/srv/files/{kind}/{name}.txt") as f:
        return f.read()


@app.route("/opened")
def opened():
    path = Path(FOLDER) / request.args["name"]
    # ruleid: seccoder.python.path-traversal
    return send_file(path.open("rb"))
