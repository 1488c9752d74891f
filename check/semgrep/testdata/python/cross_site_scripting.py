import html
from http.server import BaseHTTPRequestHandler

import jinja2
from flask import Flask, Response, escape, jsonify, make_response, redirect, render_template, request
from flask import render_template_string
from jinja2 import Environment, select_autoescape
from markupsafe import Markup

app = Flask(__name__)


@app.route("/hello")
def hello():
    name = request.args.get("name")
    # ruleid: seccoder.python.cross-site-scripting
    return "<h1>Hello " + name + "</h1>"


@app.route("/hello/<name>")
def hello_path(name):
    # ruleid: seccoder.python.cross-site-scripting
    return f"<h1>Hello {name}</h1>"


@app.route("/format")
def with_format():
    page = "<p>{}</p>".format(request.form["text"].strip())
    # ruleid: seccoder.python.cross-site-scripting
    return page, 200


@app.route("/response")
def with_response():
    name = request.values["name"]
    # ruleid: seccoder.python.cross-site-scripting
    response = make_response("Hello %s" % name)
    return response


@app.get("/get")
def with_get():
    # ruleid: seccoder.python.cross-site-scripting
    return Response("Hello " + request.args["name"])


@app.route("/markup")
def with_markup():
    name = request.args["name"]
    # ruleid: seccoder.python.cross-site-scripting
    return render_template("hello.html", name=Markup("<b>" + name + "</b>"))


@app.route("/jinja")
def with_jinja():
    name = request.args["name"]
    # ruleid: seccoder.python.cross-site-scripting
    return jinja2.Template("Hello {{ name }}").render(name=name)


@app.route("/escaped")
def escaped():
    # ok: seccoder.python.cross-site-scripting
    return "<h1>Hello " + escape(request.args.get("name")) + "</h1>"


@app.route("/escaped/html")
def escaped_html():
    name = html.escape(request.args.get("name", ""))
    # ok: seccoder.python.cross-site-scripting
    return f"<h1>Hello {name}</h1>"


@app.route("/template")
def template():
    # ok: seccoder.python.cross-site-scripting
    return render_template("hello.html", name=request.args["name"])


@app.route("/template/string")
def template_string():
    # ok: seccoder.python.cross-site-scripting
    return render_template_string("Hello {{ name }}", name=request.args["name"])


@app.route("/json")
def as_json():
    # ok: seccoder.python.cross-site-scripting
    return jsonify(name=request.args["name"])


@app.route("/dict")
def as_dict():
    # ok: seccoder.python.cross-site-scripting
    return {"name": request.args["name"]}


@app.route("/text")
def as_text():
    # ok: seccoder.python.cross-site-scripting
    return Response(request.args["name"], mimetype="text/plain")


@app.route("/number")
def number():
    # ok: seccoder.python.cross-site-scripting
    return "<p>%d</p>" % int(request.args["number"])


@app.route("/go")
def go():
    # ok: seccoder.python.cross-site-scripting
    return redirect("/hello?name=" + request.args["name"])


@app.route("/lookup")
def lookup():
    found = find(request.args["name"])
    # ok: seccoder.python.cross-site-scripting
    return "%d found" % found


@app.route("/condition")
def condition():
    # ok: seccoder.python.cross-site-scripting
    return "yes" if request.args.get("name") == "admin" else "no"


@app.route("/missing")
def missing():
    topic = request.args["topic"]
    if topic not in ("start", "payment"):
        # ruleid: seccoder.python.cross-site-scripting
        return f"<h1>There is no help on {topic}</h1>", 404
    # ok: seccoder.python.cross-site-scripting
    return f"<h1>Help on {topic}</h1>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        # ruleid: seccoder.python.cross-site-scripting
        self.wfile.write(f"no page {self.path}".encode())
        # ok: seccoder.python.cross-site-scripting
        self.wfile.write(f"no page {html.escape(self.path)}".encode())


def badge(label):
    # ruleid: seccoder.python.markup-of-value
    wrong = Markup("<b>%s</b>" % label)
    # ok: seccoder.python.markup-of-value
    right = Markup("<b>%s</b>") % label
    # ok: seccoder.python.markup-of-value
    also = Markup("<b>{}</b>").format(label)
    return wrong + right + also


# ruleid: seccoder.python.jinja-autoescape-off
plain = Environment(loader=jinja2.FileSystemLoader("templates"))
# ruleid: seccoder.python.jinja-autoescape-off
off = Environment(autoescape=False)
# ok: seccoder.python.jinja-autoescape-off
on = Environment(autoescape=select_autoescape())
