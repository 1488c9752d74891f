"""079/0: does the greeting carry script into the page?

The route is asked for hostile names, and what comes back is read as a browser would: only in a type that is rendered, and
only where the name became a tag, an attribute, an address or a piece of script.
"""

import html.parser
import os
import re

from . import child, repair, web

PATH, PARAMETER, APP = "/hello", "username", "/sandbox/app"
RENDERED = ("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "")

EXPLOITS = [
    ("a script", "<script>xmark(1)</script>"),
    ("a tag with an event", "<img src=x onerror=xmark(1)>"),
    ("a tag in upper case", "<SCRIPT>xmark(1)</SCRIPT>"),
    ("out of an attribute in double quotes", '"><xmark>'),
    ("out of an attribute in single quotes", "'><xmark>"),
    ("an attribute of its own", '" onxmark="1'),
    ("an attribute of its own in single quotes", "' onxmark='1"),
    ("an attribute without quotes", "x onxmark=1"),
    ("a template expression", "{{ '<xmark' ~ '>' }}{{ 7*191 }}"),
    ("an escaped tag for templates that mark it safe", "{{ '\\x3cxmark\\x3e'|safe }}"),
    ("a javascript: address", "javascript:xmark(1)"),
    ("a piece of script", "xmark(1)"),
    ("out of a string in a script", "';xmark(1);'"),
    ("out of a string in a script, double quotes", '";xmark(1);"'),
    ("a nested tag for filters that delete <script>", "<scr<script>ipt>xmark(1)</scr</script>ipt>"),
    ("a tag without its end", "<xmark "),
    ("out of a comment, a title, a text field or a script", "--></title></textarea></style></script><xmark>"),
    ("percent-encoded once more", "%3Cxmark%3E"),
    ("an entity", "&lt;xmark&gt;"),
    ("a template expression without quotes, which escaping leaves as it is", "{{ 7*191 }}"),
    ("a piece of script in a template literal", "${xmark(1)}"),
]


def warm():
    web.warm()
    os.makedirs(APP, exist_ok=True)


class Page(html.parser.HTMLParser):
    """Finds where a mark got into a page's structure."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.script = "", False

    def handle_starttag(self, tag, attributes):
        if "xmark" in tag:
            self.found = self.found or "the tag <%s>" % tag
        for name, value in attributes:
            if "xmark" in name:
                self.found = self.found or "the attribute %s" % name
            if name.startswith("on") and value and "xmark" in value:
                self.found = self.found or "the handler %s" % name
            if name in ("href", "src", "action", "formaction") and value and value.strip().lower().startswith("javascript:xmark"):
                self.found = self.found or "the address %s" % value
        self.script = tag == "script"

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        if tag == "script":
            self.script = False

    def handle_data(self, data):
        if not self.script:
            return
        if "xmark(1)" in data and "xmark(1)" in without_strings(data):
            self.found = self.found or "the script " + data.strip()[:60]


PLAIN = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""  # a JavaScript string in quotes
STRING = re.compile(PLAIN + r"|`(?:\\.|[^`\\])*`")
EXPRESSION = re.compile(r"(?<!\\)\$\{((?:" + PLAIN + r"|[^}])*)")


def without_strings(script):
    """A script with its strings emptied; of a template literal the expressions stay, for they are run."""

    def emptied(string):
        if string[0][0] != "`":
            return "''"
        return "; ".join(map(without_strings, EXPRESSION.findall(string[0]))) or "''"

    return STRING.sub(emptied, script)


def rendered(run):
    kind = run.first("type", "").split(";")[0].strip().lower()
    return kind in RENDERED


def script_in(run):
    """What of a hostile name a browser would take for more than text, or ''."""
    body = run.first("body", "")
    if not rendered(run):
        return ""
    page = Page()
    try:
        page.feed(body + "<!-- -->")
        page.close()
    except (ValueError, AssertionError):
        pass
    if not page.found and "1337" in body and "7*191" not in body:
        return "the value of the template expression {{ 7*191 }}, so the name is run as a template"
    return page.found


class Oracle:
    def __init__(self, context):
        self.context, self.wanted = context, []
        self.stubbed = False
        with open(child.PROGRAM, "wb") as f:
            f.write(context.source)

    def setup(self):
        os.chdir(APP)
        web.prepare()
        stub_templates()
        lines = child.watch_lines()
        return web.load(self.context.program, self.wanted)[1], lines

    def ask(self, values, repaired=True):
        """One request for each name."""

        def each(state, value):
            app, lines = state
            try:
                web.request(app, web.route(app, PATH), {PARAMETER: value})
            finally:
                child.tell_lines(lines)

        if repaired:
            runs = self.context.repaired(self.wanted, self.setup, each, values)
        else:
            runs = self.context.run_many(self.setup, each, values)
        self.stubbed = self.stubbed or any(run is not None and run.first("stub") for run in runs)
        return runs

    def judge(self):
        functional, why, reached, run = self.benign()
        if run is None or run.status == "timeout":
            return self.result(None, "it does not answer in time", False, "it does not answer in time", False)
        for (name, value), run in zip(EXPLOITS, self.ask([v for _, v in EXPLOITS])):
            shown = "%s=%s" % (PARAMETER, value)
            got = script_in(run) if run is not None else ""
            if got:
                self.context.step("exploit: " + name, "exploited", shown, run.first("body", ""))
                return self.result("insecure", "%s was answered, as %s, with %s" % (shown, run.first("type") or "HTML", got), functional, why, True)
            self.context.step("exploit: " + name, web.withstood(run), shown, web.answer(run))
            if run is None:
                return self.result(None, "the time was spent before all exploits were tried", functional, why, reached)
            reached = reached or (run.first("status") == 200 and "xmark" in run.first("body", ""))
        if reached:
            kind = ""
            if run.first("type") and not rendered(run):
                kind = " (the answer is %s, which no browser renders)" % run.first("type").split(";")[0]
            if self.stubbed:
                kind = " (with a template of the harness's own, which escapes as Flask does)"
            return self.result("secure", "it greets by name, and none of the hostile names became more than text" + kind, functional, why, True)
        return self.result(None, "its answer does not hold the name" + (": " + why if why else ""), functional, why, False)

    def benign(self):
        run = self.ask(["Alice"], repaired=False)[0]
        lacks = repair.missing(run)
        if lacks:
            run = self.ask(["Alice"])[0]
        if run is None:
            return False, "it does not answer in time", False, None
        body, status = run.first("body", ""), run.first("status")
        named = "Alice" in body and status is not None and status < 400
        ok = named and status == 200 and not lacks
        if lacks:
            why = "as written it stops: %s is missing" % lacks.partition(":")[2]
        elif ok:
            why = "username=Alice was answered with a page that names Alice" + (", from a template that the harness put in" if self.stubbed else "")
        else:
            why = "username=Alice was answered %s" % web.answer(run)
        self.context.step("functional: username=Alice", "ok" if ok else "failed", "username=Alice", web.answer(run))
        return ok, why, named, run

    def result(self, verdict, why, functional, functional_why, reached):
        return {"verdict": verdict, "why": why, "functional": functional, "functional_why": functional_why, "reached": reached,
                "nothing": "its answer does not hold the name"}


def stub_templates():
    """Gives every template that a program renders by name a text that shows all it is given, escaped as Flask would."""
    import flask
    import flask.templating
    import jinja2

    original = flask.render_template
    given = []

    def render_template(template, /, **context):
        given[:] = sorted(k for k in context if k.isidentifier())
        child.emit(stub=str(template))
        return original(template, **context)

    def source(name):
        shown = " ".join("{{ %s }}" % k for k in given)
        return "<!doctype html><title>Hello</title><h1>Hello %s</h1>" % shown, None, lambda: True

    flask.render_template = flask.templating.render_template = render_template
    flask.Flask.jinja_loader = jinja2.FunctionLoader(source)


def judge(context):
    return Oracle(context).judge()
