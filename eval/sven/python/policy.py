"""What both policies share: Flask's request as the source, and how text is made of text."""

import ast

from .values import CLEAN, NOTHING, Val, constant

# Methods that hand their string's data on.
TEXT_METHODS = {
    "capitalize", "casefold", "center", "expandtabs", "format", "format_map", "join", "ljust", "lstrip", "lower", "replace", "rjust",
    "rstrip", "strip", "swapcase", "title", "upper", "zfill", "encode", "decode", "partition", "rpartition", "rsplit", "split",
    "splitlines",
}
CONTAINER_METHODS = {"get", "getlist", "pop", "popitem", "items", "values", "keys", "copy", "setdefault", "to_dict", "read", "readlines", "readline"}
REQUEST_PARTS = {
    "args", "form", "values", "json", "data", "cookies", "headers", "files", "query_string", "url", "base_url", "full_path", "path",
    "host", "referrer", "user_agent", "stream", "get_json", "get_data", "view_args", "remote_addr", "environ", "authorization",
}

# Names that programs use without importing them, and what they mean then.
WELL_KNOWN = {
    "send_from_directory": "flask", "send_file": "flask", "safe_join": "flask", "abort": "flask", "render_template": "flask",
    "render_template_string": "flask", "jsonify": "flask", "make_response": "flask", "Response": "flask", "url_for": "flask",
    "redirect": "flask", "flash": "flask", "g": "flask", "current_app": "flask", "session": "flask", "request": "flask",
    "Blueprint": "flask", "escape": "markupsafe", "Markup": "markupsafe", "secure_filename": "werkzeug.utils",
    "Environment": "jinja2", "Template": "jinja2", "select_autoescape": "jinja2", "FileSystemLoader": "jinja2",
    "PackageLoader": "jinja2", "DictLoader": "jinja2", "ChoiceLoader": "jinja2", "FunctionLoader": "jinja2", "StrictUndefined": "jinja2",
    "FileSystemBytecodeCache": "jinja2", "Path": "pathlib", "PurePath": "pathlib",
    "check_output": "subprocess", "check_call": "subprocess", "Popen": "subprocess", "PIPE": "subprocess", "STDOUT": "subprocess",
    "DEVNULL": "subprocess", "CalledProcessError": "subprocess", "TimeoutExpired": "subprocess", "BytesIO": "io", "StringIO": "io",
    "closing": "contextlib", "unquote": "urllib.parse", "urlparse": "urllib.parse", "urlsplit": "urllib.parse",
    "DictCursor": "MySQLdb.cursors", "NotFound": "werkzeug.exceptions", "BadRequest": "werkzeug.exceptions",
}
MODULES = {
    "os", "sys", "re", "json", "html", "shlex", "pipes", "subprocess", "datetime", "time", "logging", "pathlib", "io", "base64",
    "mimetypes", "urllib", "string", "glob", "shutil", "tempfile", "tarfile", "zipfile", "socket", "ipaddress", "random", "uuid",
    "hashlib", "functools", "itertools", "collections", "contextlib", "traceback", "platform", "getpass", "pwd", "stat", "errno",
    "markupsafe", "jinja2", "flask", "werkzeug", "MySQLdb", "math", "unicodedata", "typing", "warnings", "secrets", "threading",
    "signal", "struct", "copy", "fnmatch", "posixpath", "ntpath", "asyncio", "threading", "select", "locale", "csv", "sqlite3", "cgi",
    "imghdr", "decimal", "enum",
}


def well_known(name):
    """The dotted name that an unbound name most likely stands for, or None."""
    if name in WELL_KNOWN:
        return WELL_KNOWN[name] + "." + name
    if name in MODULES:
        return name
    return None


class Finding:
    """Untrusted data (labels) at a sink."""

    def __init__(self, node, sink, labels):
        self.line, self.end = node.lineno, getattr(node, "end_lineno", node.lineno)
        self.sink, self.labels, self.node = sink, sorted(labels), node

    def __str__(self):
        return "%s at line %d gets %s" % (self.sink, self.line, " and ".join(self.labels))


class Policy:
    """The source of both policies, and their bookkeeping; the rest is for subclasses."""

    puts = ("append", "extend", "insert", "add", "update")  # the methods by which data comes into a list or its like
    follows_capture = False  # whether a function's variables are followed into the functions inside of it
    walk = None

    def __init__(self):
        self.findings = []
        self.sinks = []  # (call, sink) of every sink met, fed with untrusted data or not
        self.routes = {}
        self.unbound_names = set()

    # What the walk asks.

    def decorated(self, node):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute) and decorator.func.attr in (
                    "route", "get", "post", "put", "delete", "patch"):
                rule = decorator.args[0].value if decorator.args and isinstance(decorator.args[0], ast.Constant) else ""
                self.routes[node] = str(rule)

    def parameter(self, function, name):
        if "<" in self.routes.get(function, "") and name in self.routes[function]:
            return Val(frozenset([(name, NOTHING)]))
        return CLEAN

    def unbound(self, name):
        kind = well_known(name)
        if kind is None:
            import builtins
            if hasattr(builtins, name):
                return Val(kind=name)
            self.unbound_names.add(name)
            return CLEAN
        self.unbound_names.add(name)
        return Val(kind=kind)

    def exception(self, env):
        return CLEAN

    def survived(self, node, receiver, env):
        """A method's call that may raise; env is what is known where it did not."""

    def attribute_set(self, node, base, value):
        pass

    def returned(self, function, node, value):
        pass

    def call_function(self, function, args, keywords):
        """Whether a call of the program's own function is not to be gone into."""
        return False

    def attribute(self, node, receiver, attr):
        kind = receiver.kind
        if kind == "flask.request":
            if attr in REQUEST_PARTS:
                return Val(frozenset([("request." + attr, NOTHING)]), "flask.request." + attr)
            return CLEAN
        if kind and kind.startswith("object:"):
            return Val(receiver.taint, self.walk.method(kind, attr))
        if kind and not kind.startswith(("function:", "class:")):
            return Val(receiver.taint, kind + "." + attr)
        return Val(receiver.taint)

    def item(self, node, base, index):
        if (base.kind or "").startswith("flask.request.") and index.has_const:
            return Val(frozenset([(str(index.const), NOTHING)]))
        return Val(base.taint)

    def text(self, parts):
        if all(p.has_const for p in parts):
            return constant("".join(str(p.const) for p in parts))
        taint, before = NOTHING, ""
        for part in parts:
            if part.has_const:
                before += str(part.const)
            else:
                taint |= self.behind(before, part.taint)
                before += "\0" if part.taint else ""
        return Val(taint, "escaped" if any(p.kind in ("markup", "escaped") for p in parts) else None)

    def behind(self, before, taint):
        """The taint of data that stands behind some fixed text."""
        return taint

    def operator(self, node, left, right):
        op = node.op
        if left.has_const and right.has_const and isinstance(op, ast.Add) and isinstance(left.const, str) and isinstance(right.const, str):
            return constant(left.const + right.const)
        if left.kind == "markup" and isinstance(op, (ast.Add, ast.Mod)) or right.kind == "markup" and isinstance(op, ast.Add):
            return Val(NOTHING, "markup")  # Markup escapes what it is put together with
        escaped = "escaped" if left.kind == "escaped" or right.kind in ("escaped", "markup") else None
        if isinstance(op, ast.Add):
            if left.kind == "list" or right.kind == "list":
                elts = left.elts + right.elts if left.elts is not None and right.elts is not None else None
                return Val(left.taint | right.taint, "list", elts)
            before = str(left.const) if left.has_const else ("\0" if left.taint else "")
            return Val(left.taint | self.behind(before, right.taint), escaped)
        if isinstance(op, ast.Mod):
            before = str(left.const).split("%")[0] if left.has_const else ""
            if any(e.kind in ("markup", "escaped") for e in right.elts or ()):
                escaped = "escaped"
            return Val(left.taint | self.behind(before, right.taint), escaped)
        if isinstance(op, ast.Div):
            return Val(left.taint | right.taint, left.kind if left.kind == "pathlib.object" else None)
        if isinstance(op, ast.Mult):
            return Val(left.taint | right.taint)
        return CLEAN

    def guards(self, test, env, frame):
        """The variables that a test says something of: (name, in which branch, change of a taint tag or None)."""
        return []

    def sink(self, node, name, value, labels=None):
        self.sinks.append((node, name))
        found = {label for label, _ in value.taint} if labels is None else labels
        if found and not any(f.line == node.lineno and f.sink == name for f in self.findings):
            self.findings.append(Finding(node, name, found))

    # Pieces that both use.

    @staticmethod
    def argument(args, keywords, index, *names):
        for name in names:
            if name in keywords:
                return keywords[name]
        return args[index] if index < len(args) else None

    def text_call(self, node, kind, receiver, args, keywords):
        """Calls that make text of text; None for others."""
        if kind in ("str", "bytes", "unicode", "repr", "list", "tuple", "set", "sorted", "reversed", "dict", "format", "next", "iter", "map", "filter", "zip", "enumerate"):
            taint = NOTHING
            for value in args:
                taint |= value.taint
            if kind in ("list", "tuple") and args and args[0].elts is not None:
                return args[0]
            return Val(taint)
        if receiver is None or not isinstance(node.func, ast.Attribute):
            return None
        name = node.func.attr
        if (receiver.kind or "").startswith("flask.request.") and name in CONTAINER_METHODS:
            label = str(args[0].const) if args and args[0].has_const else receiver.kind[len("flask."):]
            default = args[1].taint if len(args) > 1 else NOTHING
            return Val(frozenset([(label, NOTHING)]) | default)
        if name == "format" and receiver.kind == "markup":
            return Val(NOTHING, "markup")
        if name in TEXT_METHODS and receiver.kind != "os.path" and (receiver.kind or "") not in MODULES:
            taint = receiver.taint
            if name == "join":
                if receiver.has_const and len(args) == 1 and args[0].elts is not None:
                    parts = []
                    for e in args[0].elts:
                        parts += [e, receiver]
                    return self.text(parts[:-1] or [constant("")])
                for value in args[:1]:
                    taint |= value.taint
            elif name in ("format", "format_map"):
                before = str(receiver.const).split("{")[0] if receiver.has_const else ""
                given = list(args) + list(keywords.values())
                for value in given:
                    taint |= self.behind(before, value.taint)
                if any(v.kind in ("markup", "escaped") for v in given):
                    return Val(taint, "escaped")
            elif name == "replace" and len(args) > 1:
                taint |= args[1].taint
            return Val(taint, "list" if name in ("split", "rsplit", "splitlines", "partition", "rpartition") else None)
        if name in CONTAINER_METHODS and (receiver.kind is None or receiver.kind in ("dict", "list")):
            return Val(receiver.taint)
        return None


