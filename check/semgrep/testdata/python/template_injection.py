from flask import Flask, render_template_string, request
from jinja2 import Environment, select_autoescape

app = Flask(__name__)
environment = Environment(autoescape=select_autoescape())


@app.route("/hello")
def hello():
    # ruleid: seccoder.python.template-injection, seccoder.python.cross-site-scripting
    return render_template_string("Hello " + request.args["name"])


@app.route("/page")
def page():
    # ruleid: seccoder.python.template-injection
    return environment.from_string(request.form["template"]).render()


@app.route("/fixed")
def fixed():
    # ok: seccoder.python.template-injection
    return render_template_string("Hello {{ name }}", name=request.args["name"])


@app.route("/fixed/page")
def fixed_page():
    # ok: seccoder.python.template-injection
    return environment.from_string("Hello {{ name }}").render(name=request.args["name"])
