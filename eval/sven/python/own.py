"""The static oracle: what a program would let an attacker do, where no run can show it.

It speaks when a program ends before its sink for a reason that is not security (a name
that is not imported, an unknown command), and about sinks that no run came to. Unlike
the queries' model it knows what really sanitizes, and follows data through unknown functions.
"""

import ast
import re

from .values import CLEAN, NOTHING, Val
from .policy import Policy
from .query import COMMAND_SINKS, PATHLIB_ACCESS, RESPONSES, SPAWN_SINKS, SUBPROCESS

SAFE_NAME = re.compile(r"sanit|escape|quote|clean|valid|secure|safe|whitelist|allow|is_ok", re.I)
# Checks by such names look at a file's ending, or at a mail address, which may hold quotes: neither helps.
WEAK_CHECK = {22: re.compile(r"allowed?_?(file|ext|image|type)|valid_?(ext|type|image)", re.I), 89: re.compile(r"valid|allow|clean|ok", re.I)}
READ_SINKS = {"open", "io.open", "codecs.open", "os.open", "flask.send_file", "os.listdir", "shutil.copy", "shutil.copyfile", "os.remove",
              "os.unlink", "shutil.move", "shutil.rmtree", "PIL.Image.open", "cv2.imread", "imageio.imread", "imageio.v2.imread",
              "matplotlib.image.imread", "matplotlib.pyplot.imread", "skimage.io.imread", "pandas.read_csv", "numpy.fromfile", "numpy.loadtxt",
              "aiofiles.open", "linecache.getlines", "gzip.open", "zipfile.ZipFile"}
PATHLIB_READ = {"open", "read_text", "read_bytes", "iterdir", "write_text", "write_bytes", "unlink"}
SHELLS = {"sh", "bash", "/bin/sh", "/bin/bash", "zsh", "dash", "cmd", "cmd.exe", "powershell"}
OTHER_WAYS = {"os.listdir", "os.scandir", "os.walk", "glob.glob", "pwd.getpwnam", "pwd.getpwuid", "socket.gethostbyname", "socket.create_connection",
              "requests.get", "requests.head", "urllib.request.urlopen", "socket.getaddrinfo"}
COLLECTIONS = {"list", "set", "tuple", "frozenset", "sorted", "map", "filter"}

HOSTILE = {
    22: ["../x", "/etc/passwd", "a/../../x", "/safe-secret/x", "..\\x"],
    78: ["a;id", "$(id)", "`id`", "a|id", "a&&id", "a\nid", "a'id", 'a"id'],
    79: ["<script>", '"x', "'x", "<b>"],
    89: ["a'b", 'a"b', "a\\", "a' OR 1=1 -- ", "1 OR 1=1", "a`b", "a'||b||'@example.com"],
}


class OwnPolicy(Policy):
    follows_capture = True

    def __init__(self, cwe):
        super().__init__()
        self.cwe = cwe
        self.other_ways = []  # the task done without the sink: os.listdir in place of ls
        self.outputs = []  # values that routes return

    # How text is put together decides what of a path or a command line an attacker chooses.

    def behind(self, before, taint):
        flags = set()
        if before and self.cwe == 22 and "\0" not in before[:1]:
            flags.add("noabs")
        if self.cwe == 78 and re.match(r"\S+\s", before):
            flags.add("tail")
        if not flags:
            return taint
        out = set()
        for label, old in taint:
            new = old | flags
            if "nodot" in new and "noabs" in new:
                continue
            out.add((label, frozenset(new)))
        return frozenset(out)

    @staticmethod
    def flagged(taint, *flags):
        out = set()
        for label, old in taint:
            new = old | set(flags)
            if not {"nodot", "noabs"} <= new:
                out.add((label, frozenset(new)))
        return frozenset(out)

    def attribute(self, node, receiver, attr):
        if receiver.kind == "flask.session":
            return CLEAN if attr != "get" else Val(kind="flask.session.get")
        return super().attribute(node, receiver, attr)

    def item(self, node, base, index):
        if base.kind == "flask.session":
            label = "session[%r]" % (index.const if index.has_const else "?")
            return Val(frozenset([(label, NOTHING)]))
        if self.cwe == 79 and base.kind == "dict" and not index.has_const and not base.taint:
            return Val(kind="escaped")  # what stands for the name in a table greets as well
        if base.kind == "rows":
            return base
        return super().item(node, base, index)

    def returned(self, function, node, value):
        if function in self.routes:
            self.outputs.append(value)
            if self.cwe == 79 and value.kind not in ("response", "blank", "dict"):
                if value.elts is not None and value.elts:
                    value = value.elts[0]
                    if value.kind in ("response", "blank", "dict"):
                        return
                self.sink(node, "the response", value)

    # Guards.

    def guards(self, test, env, frame):
        names = lambda e: {n.id for n in ast.walk(e) if isinstance(n, ast.Name)}
        drop = lambda tag: None
        flag = lambda f: lambda tag: None if {"nodot", "noabs"} <= tag[1] | {f} else (tag[0], tag[1] | {f})
        out = []
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            left, op, right = test.left, test.ops[0], test.comparators[0]
            if isinstance(op, (ast.Is, ast.IsNot)) and isinstance(left, ast.Call) and isinstance(right, ast.Constant) and right.value is None:
                return [(n, branch != isinstance(op, ast.Is), change) for n, branch, change in self.guards(left, env, frame)]
            if isinstance(op, (ast.Eq, ast.NotEq)):
                for a, b in ((left, right), (right, left)):
                    if isinstance(a, ast.Name) and isinstance(b, ast.Constant):
                        out.append((a.id, isinstance(op, ast.Eq), drop))
                    elif isinstance(a, ast.Call) and ast.unparse(a.func).endswith(("commonpath", "commonprefix", "dirname")):
                        out += [(n, isinstance(op, ast.Eq), drop) for n in names(a)]
            if isinstance(op, (ast.In, ast.NotIn)):
                if isinstance(left, ast.Constant) and isinstance(right, ast.Name) and self.cwe == 22:
                    if left.value == "..":
                        out.append((right.id, isinstance(op, ast.NotIn), flag("nodot")))
                    elif left.value == "/":
                        out.append((right.id, isinstance(op, ast.NotIn), drop))
                elif isinstance(left, ast.Name) and not (self.cwe == 89 and self.walk.expr(right, env, frame).kind == "rows"):
                    # What stands in the database may have been hostile when it came there.
                    out.append((left.id, isinstance(op, ast.In), drop))
        if isinstance(test, ast.Call):
            name = ast.unparse(test.func)
            method = test.func.attr if isinstance(test.func, ast.Attribute) else name
            base = test.func.value if isinstance(test.func, ast.Attribute) else None
            if method in ("isalnum", "isalpha", "isdigit", "isnumeric", "isdecimal", "isidentifier"):
                out += [(n, True, drop) for n in names(base)]
            elif method == "startswith" and self.cwe == 22 and base is not None:
                prefix = self.walk.expr(test.args[0], env, frame) if test.args else CLEAN
                if prefix.has_const and prefix.const in ("/", "\\", ".", ".."):
                    out += [(n, False, flag("noabs")) for n in names(base)]
                else:
                    loose = prefix.has_const and isinstance(prefix.const, str) and not prefix.const.endswith("/")
                    normal = isinstance(base, ast.Call)
                    for n in names(base):
                        out.append((n, True, (lambda tag, normal=normal: None if normal or "norm" in tag[1] else tag) if not loose else (lambda tag: tag)))
            elif method == "isabs":
                out += [(n, False, flag("noabs")) for a in test.args for n in names(a)]
            elif name in ("re.match", "re.fullmatch", "re.search") and len(test.args) > 1:
                out += self.pattern_guard(self.walk.expr(test.args[0], env, frame), method, names(test.args[1]))
            elif method in ("match", "fullmatch", "search") and base is not None and test.args:
                out += self.pattern_guard(self.walk.expr(base, env, frame), method, names(test.args[0]))
            elif SAFE_NAME.search(method) and test.args and not (self.cwe in WEAK_CHECK and WEAK_CHECK[self.cwe].search(method)):
                out += [(n, True, drop) for a in test.args for n in names(a)]
            elif method in ("is_relative_to",):
                out += [(n, True, drop) for n in names(base)]
        return out

    def pattern_guard(self, pattern, method, found):
        """What a test of the variables found by a regular expression says: that it refuses all that is hostile, or finds it."""
        drop = lambda tag: None
        if not pattern.has_const or not isinstance(pattern.const, str):
            return [(n, True, drop) for n in found]
        try:
            hits = [p for p in HOSTILE[self.cwe] if getattr(re, method)(pattern.const, p)]
        except (re.error, TypeError):
            return []
        out = []
        whole = method == "fullmatch" or pattern.const.endswith(("$", "\\Z")) and (method == "match" or pattern.const.startswith(("^", "\\A")))
        if not hits and whole:  # else hostile text may stand beside what it matches
            out += [(n, True, drop) for n in found]
        if len(hits) == len(HOSTILE[self.cwe]):
            out += [(n, False, drop) for n in found]
        return out

    def survived(self, node, receiver, env):
        name = getattr(node.func, "value", None)
        if self.cwe == 22 and receiver is not None and node.func.attr == "relative_to" and isinstance(name, ast.Name) and name.id in env:
            # What is not inside raises; of a path that is not normalised that says nothing.
            env[name.id] = Val(frozenset(t for t in receiver.taint if "norm" not in t[1]), receiver.kind)

    # Calls.

    def call(self, node, kind, receiver, args, keywords):
        if kind == "flask.session.get":
            label = "session[%r]" % (args[0].const if args and args[0].has_const else "?")
            return Val(frozenset([(label, NOTHING)]))
        if kind in ("flask.abort", "sys.exit", "exit", "quit", "os._exit"):
            return Val(kind="never")
        if kind in ("int", "float", "len", "bool", "hash", "ord", "isinstance", "hasattr", "ipaddress.ip_address", "uuid.UUID"):
            return CLEAN
        if kind == "re.compile" and args:
            return args[0]
        if kind in ("flask.request.get_json", "flask.request.get_data"):
            return Val(frozenset([(kind[6:], NOTHING)]))
        if kind in OTHER_WAYS and any(a.taint for a in args):
            self.other_ways.append((node.lineno, kind))
        if receiver is not None and node.func.attr == "iterdir" and receiver.taint:
            self.other_ways.append((node.lineno, "Path.iterdir"))
        out = getattr(self, "call_%d" % self.cwe)(node, kind, receiver, args, keywords)
        if out is not None:
            return out
        out = self.text_call(node, kind, receiver, args, keywords)
        if out is not None:
            return out
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if SAFE_NAME.search(name):
            return CLEAN
        taint = receiver.taint if receiver is not None else NOTHING
        for value in list(args) + list(keywords.values()):
            taint |= value.taint
        return Val(taint)

    def call_22(self, node, kind, receiver, args, keywords):
        if kind in READ_SINKS:
            value = self.argument(args, keywords, 0, "path", "file", "filename_or_fp", "path_or_file")
            if value is not None:
                self.sink(node, kind, value)
            return Val(kind="response") if kind == "flask.send_file" else Val(kind="file")
        if kind in COMMAND_SINKS | SUBPROCESS | {"subprocess.getoutput", "subprocess.getstatusoutput"}:
            value = self.argument(args, keywords, 0, "args", "command", "cmd")  # cat and its like
            if value is not None:
                self.sink(node, kind, value)
            return CLEAN
        if kind in ("flask.send_from_directory", "werkzeug.utils.send_from_directory"):
            value = self.argument(args, keywords, 0, "directory")
            if value is not None:
                self.sink(node, kind, value)
            return Val(kind="response")
        if kind.endswith("safe_join"):
            return Val(args[0].taint) if args else CLEAN
        if kind == "werkzeug.utils.secure_filename" or kind in ("os.path.basename", "ntpath.basename", "posixpath.basename"):
            return CLEAN
        if kind in ("os.path.exists", "os.path.isfile", "os.path.isdir", "os.path.isabs", "os.path.commonpath", "os.path.commonprefix", "os.path.relpath"):
            return CLEAN
        if kind in ("os.path.normpath", "os.path.abspath", "os.path.realpath") and args:
            return Val(self.flagged(args[0].taint, "norm"))
        if kind == "os.path.join" and args:
            taint = NOTHING
            for value in args:
                taint |= value.taint
            return Val(taint)
        if kind in ("pathlib.Path", "pathlib.PurePath"):
            taint = NOTHING
            for value in args:
                taint |= value.taint
            return Val(taint, "pathlib.object")
        if receiver is not None and receiver.kind == "pathlib.object":
            name = node.func.attr
            taint = receiver.taint
            for value in args:
                taint |= value.taint
            if name in PATHLIB_READ:
                self.sink(node, "Path." + name, receiver)
            if name in ("resolve", "absolute"):
                taint = self.flagged(taint, "norm")
            return Val(taint, "pathlib.object") if name not in PATHLIB_ACCESS or name == "resolve" else CLEAN
        if receiver is not None and isinstance(node.func, ast.Attribute):
            if node.func.attr == "lstrip" and args and args[0].has_const and "/" in str(args[0].const):
                return Val(self.flagged(receiver.taint, "noabs"))
            if node.func.attr == "replace" and args and args[0].has_const:
                if args[0].const == "..":
                    return Val(self.flagged(receiver.taint, "nodot"))
                if args[0].const == "/":
                    return CLEAN
        return None

    def call_78(self, node, kind, receiver, args, keywords):
        if kind in ("shlex.quote", "pipes.quote", "subprocess.list2cmdline"):
            return CLEAN
        if kind in ("shlex.split",) and args:
            return Val(args[0].taint, "list")
        if kind in SUBPROCESS or kind in ("asyncio.create_subprocess_exec",):
            value = self.argument(args, keywords, 0, "args")
            shell = self.argument(args, keywords, 8, "shell")
            is_shell = shell is not None and (not shell.has_const or bool(shell.const))
            if value is None:
                return CLEAN
            if kind == "asyncio.create_subprocess_exec":
                value = Val(value.taint, "list", args)
            self.sink(node, kind, value, self.command_labels(value, is_shell))
            return CLEAN
        if kind in COMMAND_SINKS or kind in SPAWN_SINKS or kind in (
                "subprocess.getoutput", "subprocess.getstatusoutput", "asyncio.create_subprocess_shell", "pty.spawn"):
            value = self.argument(args, keywords, 1 if kind in SPAWN_SINKS else 0, "command", "cmd", "path", "file")
            if value is not None:
                if kind.startswith(("os.exec", "os.spawn", "os.posix", "pty")):
                    self.sink(node, kind, value, {label for label, flags in value.taint if "tail" not in flags})
                else:
                    self.sink(node, kind, value)
            return CLEAN
        return None

    @staticmethod
    def command_labels(value, shell):
        """Whose data can choose what subprocess runs."""
        all_of = lambda v: {label for label, _ in v.taint}
        chosen = lambda v: {label for label, flags in v.taint if "tail" not in flags}
        if value.elts:
            first = value.elts[0]
            if shell:
                return all_of(first)
            if first.has_const and str(first.const) in SHELLS and len(value.elts) > 2:
                return set().union(*(all_of(e) for e in value.elts[1:]))
            return chosen(first)
        if shell:
            return all_of(value)
        return chosen(value)

    def call_79(self, node, kind, receiver, args, keywords):
        if receiver is not None and node.func.attr == "get" and receiver.kind == "dict" and not receiver.taint and args and args[0].taint:
            return Val(args[1].taint if len(args) > 1 else NOTHING, "escaped")
        if kind.split(".")[-1] in ("escape", "escape_silent", "clean") or kind in ("html.escape", "urllib.parse.quote", "urllib.parse.quote_plus", "json.dumps"):
            if kind == "json.dumps":
                return None
            return Val(NOTHING, "escaped" if kind.startswith(("html.", "urllib.")) else "markup")
        if kind in ("markupsafe.Markup", "flask.Markup"):
            return Val(args[0].taint, "markup" if not args[0].taint else None) if args else CLEAN
        if kind in ("flask.render_template", "flask.jsonify", "flask.redirect", "flask.send_file"):
            given = args + list(keywords.values())
            return Val(kind="response" if any(v.taint or v.kind in ("markup", "escaped", "dict") for v in given) else "blank")
        if kind == "flask.render_template_string":
            return Val(args[0].taint) if args else CLEAN
        if kind == "flask.Flask":
            return Val(kind="flask.app")
        if kind in RESPONSES or kind.endswith(".make_response"):
            value = self.argument(args, keywords, 0, "response")
            mime = self.argument(args, keywords, 4, "content_type") or self.argument(args, keywords, 3, "mimetype")
            html = mime is None or not mime.has_const or "html" in str(mime.const) or "xml" in str(mime.const)
            if value is None or value.kind in ("response", "blank"):
                return Val(kind="blank" if value is None else value.kind)
            return Val(value.taint) if html else Val(kind="response")
        return None

    def call_89(self, node, kind, receiver, args, keywords):
        last = node.func.attr if isinstance(node.func, ast.Attribute) else kind.split(".")[-1]
        if last in ("execute", "executemany", "query", "executescript", "mogrify", "raw", "store_procedure"):
            value = self.argument(args, keywords, 0, "query", "sql", "operation", "statement")
            if value is not None:
                self.sink(node, last, value)
            return CLEAN
        if last in ("connect", "cursor", "closing", "get_db", "get_db_connection"):
            return Val(kind="db")
        of_rows = receiver is not None and receiver.kind == "rows" or kind in COLLECTIONS and any(a.kind == "rows" for a in args)
        if last.startswith("fetch") or of_rows:
            given = args if receiver is None else [receiver] + args
            return Val(NOTHING.union(*(v.taint for v in given)), "rows")
        if "escape" in last or last in ("literal", "string_literal"):
            return CLEAN
        return None


