import ast
import json

from flask import Flask, request

app = Flask(__name__)
ACTIONS = {"add": sum, "most": max}


@app.route("/calc")
def calc():
    # ruleid: seccoder.python.code-injection
    return str(eval(request.args["expression"]))


@app.route("/run", methods=["POST"])
def run():
    code = request.get_json()["code"]
    # ruleid: seccoder.python.code-injection
    exec(code)
    return "done"


@app.route("/literal")
def literal():
    # ok: seccoder.python.code-injection
    return str(ast.literal_eval(request.args["expression"]))


@app.route("/table")
def table():
    # ok: seccoder.python.code-injection
    action = ACTIONS[request.args["action"]]
    return str(action(json.loads(request.args["numbers"])))


def ask():
    # ruleid: seccoder.python.code-injection
    return eval(input("number: "))


def ask_number():
    # ok: seccoder.python.code-injection
    return int(input("number: "))


def evaluate(expression):
    # ruleid: seccoder.python.eval-of-value
    return eval(expression)


def evaluate_literal(expression):
    # ok: seccoder.python.eval-of-value
    return ast.literal_eval(expression)


def answer():
    # ok: seccoder.python.eval-of-value
    return eval("6 * 7")
