import asyncio
import gzip
import os
import pathlib
import shutil
import sqlite3

import invoke
import jinja2
import markupsafe
from flask import Flask, request, send_file

app = Flask(__name__)


@app.route("/paths")
def paths():
    name = request.args["name"]
    # ruleid: seccoder.python.path-traversal
    gzip.open("logs/" + name)
    # ruleid: seccoder.python.path-traversal
    shutil.copy2("template", "logs/" + name)
    # ruleid: seccoder.python.path-traversal
    shutil.copytree("logs/" + name, "copy")
    # ruleid: seccoder.python.path-traversal
    os.symlink("template", "logs/" + name)
    # ruleid: seccoder.python.path-traversal
    sqlite3.connect(f"shops/{name}.db")
    # ruleid: seccoder.python.path-traversal
    open(file="logs/" + name)
    # ruleid: seccoder.python.path-traversal
    pathlib.Path("logs", name).mkdir()
    # ok: seccoder.python.path-traversal
    gzip.open("logs/" + pathlib.PurePath(name).name)
    # ok: seccoder.python.path-traversal
    sqlite3.connect("shop.db").execute("SELECT ?", (name,))
    # ruleid: seccoder.python.path-traversal
    return send_file(path_or_file="logs/" + name)


@app.route("/programs")
async def programs():
    name = request.args["name"]
    # ruleid: seccoder.python.command-injection
    invoke.run("gzip " + name)
    # ruleid: seccoder.python.command-injection
    os.spawnlpe(os.P_WAIT, name, name, os.environ)
    # ruleid: seccoder.python.command-injection
    os.execv("/bin/sh", ["sh", "-c", "gzip " + name])
    # ruleid: seccoder.python.command-injection
    await asyncio.get_running_loop().subprocess_shell(asyncio.SubprocessProtocol, "gzip " + name)
    # ok: seccoder.python.command-injection
    os.spawnlp(os.P_WAIT, "gzip", "gzip", "--", name)
    # ok: seccoder.python.command-injection
    os.execv("/usr/bin/gzip", ["gzip", "--", name])
    return "done"


@app.route("/markup")
def markup():
    name = request.args["name"]
    # ok: seccoder.python.cross-site-scripting
    title = markupsafe.Markup("<b>%s</b>") % name
    # ok: seccoder.python.cross-site-scripting
    text = markupsafe.Markup("<b>{}</b>").format(name)
    # ruleid: seccoder.python.cross-site-scripting
    return markupsafe.Markup("<b>" + name + "</b>") + title + text


@app.route("/template")
def template():
    # ruleid: seccoder.python.template-injection
    loader = jinja2.DictLoader({"page": request.form["page"]})
    # ok: seccoder.python.template-injection
    pages = jinja2.DictLoader({"page": "Hello {{ name }}"})
    return jinja2.Environment(loader=loader or pages, autoescape=True).get_template("page").render(name=request.args["name"])
