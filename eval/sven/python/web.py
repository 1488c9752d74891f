"""Flask programs: loading them, patching what stands in their way, and sending requests."""

import os
import sys

from . import child, repair


def prepare():
    """Patches of Flask that all web scenarios need. Called in the child, before the program is loaded."""
    import flask

    original = flask.Flask.add_url_rule

    def add_url_rule(self, rule, *args, **kwargs):
        if isinstance(rule, str) and not rule.startswith("/"):
            rule = "/" + rule  # Flask refuses a route without it; SVEN's 079/0 has one
        return original(self, rule, *args, **kwargs)

    send = flask.send_from_directory

    def send_from_directory(directory, path=None, filename=None, **kwargs):
        # Flask 2.0 takes filename= only together with path=; programs of before give it alone.
        return send(directory, filename if path is None else path, **kwargs)

    def log_exception(self, info):
        child.tell_crash(*info)

    flask.Flask.add_url_rule = add_url_rule
    flask.Flask.log_exception = log_exception
    flask.send_from_directory = flask.helpers.send_from_directory = send_from_directory
    flask.Flask.run = lambda self, *a, **k: child.emit(note="app.run() was called and passed over")


def load(source, wanted, folder=None, extra=None):
    """Loads the program; returns its module and its application (None if it has none)."""
    import flask

    names, settings = repair.provide(wanted, folder)
    names.update(extra or {})
    if settings:
        original = flask.Flask.make_config

        def make_config(self, *args, **kwargs):
            config = original(self, *args, **kwargs)
            for key, value in settings.items():
                config.setdefault(key, value)
            return config

        flask.Flask.make_config = make_config
    module = child.load(source, names)
    app = module.__dict__.get("app")
    if not isinstance(app, flask.Flask):
        app = next((v for v in module.__dict__.values() if isinstance(v, flask.Flask)), None)
    if app is not None:
        if not app.secret_key:
            app.secret_key = "a key for the harness's own session"
        app.testing = False
        app.config["PROPAGATE_EXCEPTIONS"] = False
        app.debug = False
    return module, app


def request(app, path, query=None, form=None, session=None, limit=1 << 16):
    """Sends one request and emits the response."""
    client = app.test_client()
    if session is not None:
        with client.session_transaction() as s:
            s.update(session)
    if form is not None:
        response = client.post(path, data=form, follow_redirects=False)
    else:
        response = client.get(path, query_string=query or {}, follow_redirects=False)
    body = b""
    for piece in response.response:
        body += piece if isinstance(piece, bytes) else str(piece).encode("utf-8", "replace")
        if len(body) > limit:
            break
    child.emit(
        status=response.status_code,
        type=response.headers.get("Content-Type", ""),
        location=response.headers.get("Location", ""),
        body=body[:20000].decode("utf-8", "replace"),
    )
    return response, body


def route(app, wanted):
    """The path to ask: the scenario's, or the one that the program has in its place."""
    rules = [r.rule for r in app.url_map.iter_rules() if r.endpoint != "static"]
    if wanted in rules:
        return wanted
    for rule in rules:
        if rule not in ("/", "") and "<" not in rule:
            return rule
    return rules[0] if rules else wanted


def warm():
    """Imports what programs use, once, before any child is forked."""
    import flask  # noqa: F401
    import flask.templating  # noqa: F401
    import jinja2.ext  # noqa: F401
    import werkzeug.test  # noqa: F401
    import werkzeug.utils  # noqa: F401
    import html.parser  # noqa: F401
    import shlex  # noqa: F401
    import subprocess  # noqa: F401

    app = flask.Flask("warm")
    app.add_url_rule("/", "warm", lambda: "")
    app.test_client().get("/")
    sys.modules.pop("warm", None)


def folders(*paths):
    for path in paths:
        os.makedirs(path, exist_ok=True)


def withstood(run):
    """A trace word for an exploit that got nothing."""
    if run is None:
        return "not reached"
    return "timeout" if run.status == "timeout" else ("crashed" if run.crash() else "withstood")


def speechless(crash):
    """Whether a crash is Flask's, after a view that did its work and returned nothing."""
    return bool(crash) and crash[0] == "TypeError" and "did not return a valid response" in crash[1]


def answer(run):
    """A response, or what came in its place, in a line."""
    if run is None:
        return "nothing in time"
    crash = run.crash()
    what = " (%s: %s at line %d)" % tuple(crash) if crash else ""
    status = run.first("status")
    if status is None:
        return "no answer" + (what or " (%s)" % run.status)
    body = run.first("body", "")
    if body.startswith("<!DOCTYPE HTML PUBLIC"):
        body = body.partition("<title>")[2].partition("</title>")[0].partition(" ")[2]  # Flask's own page for errors and redirects
    where = " to " + run.first("location") if run.first("location") else ""
    return "%s%s %s%s" % (status, where, body[:300], what)
