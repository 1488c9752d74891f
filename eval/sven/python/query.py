"""What the CodeQL queries that SVEN names would report (CodeQL 2.11.1, as SVEN pins it).

A model of their sources, sinks, taint steps and barriers, made from their documentation
and definitions; it is not CodeQL. Where the model is unsure the reason says what was assumed. An
unknown function ends a flow, as it does in CodeQL's library: that is why safe_join,
secure_filename, shlex.quote, int and escape_string make a program "secure" for the query.
"""

import ast

from .values import CLEAN, NOTHING, Val
from .policy import Policy

NORMAL = frozenset(["norm"])

PATH_SINKS = {"open", "io.open", "codecs.open", "flask.send_file"} | {"os." + n for n in (
    "open", "stat", "lstat", "listdir", "scandir", "remove", "unlink", "rmdir", "mkdir", "makedirs", "rename", "replace", "chmod",
    "chown", "link", "symlink", "readlink", "access", "chdir", "walk", "truncate", "utime", "removedirs")} | {"os.path." + n for n in (
    "exists", "lexists", "isfile", "isdir", "islink", "ismount", "getatime", "getmtime", "getctime", "getsize", "samefile")} | {
    "shutil." + n for n in ("rmtree", "copyfile", "copy", "copy2", "copytree", "move", "copymode", "copystat", "chown")}
PATH_STEPS = {"os.path." + n for n in (
    "abspath", "basename", "commonpath", "dirname", "expanduser", "expandvars", "join", "normcase", "normpath", "realpath", "relpath",
    "split", "splitdrive", "splitext")}
PATH_NORMAL = {"os.path.abspath", "os.path.normpath", "os.path.realpath"}
PATHLIB_ACCESS = {"stat", "chmod", "exists", "expanduser", "glob", "group", "is_dir", "is_file", "is_mount", "is_symlink", "is_socket",
                  "is_fifo", "is_block_device", "is_char_device", "iter_dir", "iterdir", "lchmod", "lstat", "mkdir", "open", "owner",
                  "read_bytes", "read_text", "readlink", "rename", "replace", "resolve", "rglob", "rmdir", "samefile", "symlink_to",
                  "touch", "unlink", "link_to", "write_bytes", "write_text"}
PATHLIB_STEPS = {"absolute", "resolve", "expanduser", "joinpath", "relative_to", "with_name", "with_suffix", "rename", "replace", "readlink",
                 "glob", "rglob", "iterdir"}

SUBPROCESS = {"subprocess." + n for n in ("Popen", "call", "check_call", "check_output", "run")}
COMMAND_SINKS = {"os.system", "os.popen", "os.popen2", "os.popen3", "os.popen4", "commands.getoutput", "commands.getstatusoutput",
                 "platform.popen", "popen2.popen2", "popen2.popen3", "os.posix_spawn", "os.posix_spawnp"} | {
    "os.exec" + s for s in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")}
SPAWN_SINKS = {"os.spawn" + s for s in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")}

# The standard library's encodings and decodings, through which data flows on.
CODINGS = {"json.dumps", "json.loads"} | {"base64." + n + way for way in ("encode", "decode") for n in (
    "b64", "standard_b64", "urlsafe_b64", "b32", "b32hex", "b16", "a85", "b85")} | {
    "base64." + way + n for way in ("encode", "decode") for n in ("string", "bytes")}
ESCAPES = {"markupsafe.escape", "markupsafe.escape_silent", "flask.escape", "markupsafe.Markup.escape", "flask.Markup.escape",
           "html.escape", "flask.escape_silent"}
RESPONSES = {"flask.Response", "flask.Flask.response_class", "flask.app.response_class"}


class QueryPolicy(Policy):
    """One of the four data-flow queries, by its CWE.

    abort() and exit() are calls like any other for it: CodeQL's control flow goes on behind each, so that "if bad: abort()" guards nothing.
    """

    puts = ("append", "add")

    def __init__(self, cwe):
        super().__init__()
        self.cwe = cwe

    def guards(self, test, env, frame):
        out = []
        drop = lambda tag: None
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            left, op, right = test.left, test.ops[0], test.comparators[0]
            if isinstance(op, (ast.Eq, ast.NotEq)):
                for a, b in ((left, right), (right, left)):
                    if isinstance(a, ast.Name) and isinstance(b, ast.Constant) and isinstance(b.value, str):
                        out.append((a.id, isinstance(op, ast.Eq), drop))
            literal = isinstance(right, (ast.List, ast.Tuple, ast.Set)) and right.elts and all(
                isinstance(e, ast.Constant) and isinstance(e.value, str) for e in right.elts)
            if isinstance(op, (ast.In, ast.NotIn)) and isinstance(left, ast.Name) and literal:
                out.append((left.id, isinstance(op, ast.In), drop))
        if self.cwe == 22 and isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr == "startswith":
            if isinstance(test.func.value, ast.Name):
                out.append((test.func.value.id, True, lambda tag: None if "norm" in tag[1] else tag))
        return out

    def call(self, node, kind, receiver, args, keywords):
        starred = next((i for i, a in enumerate(node.args) if isinstance(a, ast.Starred)), len(args))
        args = args[:starred]  # CodeQL's getArg has neither *arguments nor what is behind them
        if kind.startswith("flask.request."):
            out = self.text_call(node, kind, receiver, args, keywords)
            if out is not None:
                return out
            if kind in ("flask.request.get_json", "flask.request.get_data"):
                return Val(frozenset([(kind[6:], NOTHING)]))
        out = getattr(self, "call_%d" % self.cwe)(node, kind, receiver, args, keywords)
        if out is not None:
            return out
        out = self.path_step(node, kind, receiver, args)
        if out is not None:
            return out
        if kind == "urllib.parse.urlsplit" and args:
            return Val(args[0].taint)
        if kind in CODINGS:
            return Val((self.argument(args, keywords, 0, "obj", "s") or CLEAN).taint)
        if kind in ("map", "filter", "zip", "enumerate", "repr", "format"):
            return CLEAN
        return self.text_call(node, kind, receiver, args, keywords) or CLEAN

    def path_step(self, node, kind, receiver, args):
        """Calls that make a path of a path, which are taint steps of every query."""
        taint = NOTHING
        if kind in PATH_STEPS:
            for value in args if kind == "os.path.join" else args[:1]:
                taint |= value.taint
            return Val(self.normal(taint) if kind in PATH_NORMAL else taint)
        if kind in ("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"):
            for value in args:
                taint |= value.taint
            return Val(taint, "pathlib.object")
        if receiver is None or receiver.kind != "pathlib.object":
            return None
        name, taint = node.func.attr, receiver.taint
        if name in ("as_posix", "as_uri"):
            return Val(taint)
        if name in ("joinpath", "relative_to", "with_name", "with_suffix"):
            for value in args:
                taint |= value.taint
        if name in ("resolve", "absolute"):
            taint = self.normal(taint)
        return Val(taint, "pathlib.object") if name in PATHLIB_STEPS else CLEAN

    @staticmethod
    def normal(taint):
        return frozenset((label, flags | NORMAL) for label, flags in taint)

    # PathInjection.ql

    def call_22(self, node, kind, receiver, args, keywords):
        if kind in PATH_SINKS:
            value = self.argument(args, keywords, 0, "path", "file", "filename_or_fp", "path_or_file", "s")
            if value is not None:
                self.sink(node, kind, value)
            return CLEAN
        if kind == "flask.send_from_directory":
            value = self.argument(args, keywords, 0, "directory")
            if value is not None:
                self.sink(node, kind, value)  # the file's name is restricted by the function itself
            return CLEAN
        if receiver is not None and receiver.kind == "pathlib.object" and node.func.attr in PATHLIB_ACCESS:
            self.sink(node, "Path." + node.func.attr, receiver)
        return None

    # CommandInjection.ql

    def call_78(self, node, kind, receiver, args, keywords):
        if kind in SUBPROCESS:
            executable = self.argument(args, keywords, 2, "executable")
            value = self.argument(args, keywords, 0, "args")
            shell = self.argument(args, keywords, 8, "shell")
            is_shell = shell is not None and not (shell.has_const and not shell.const)
            maybe_not = shell is None or not shell.has_const or not shell.const
            if executable is not None:
                self.sink(node, kind, executable)
            if value is not None and not (executable is not None and maybe_not and not is_shell):
                literal = self.sink_node(node)
                if isinstance(literal, (ast.List, ast.Tuple)):
                    first = value.elts[0] if value.elts else CLEAN
                    self.sink(node, kind, first)
                elif isinstance(literal, ast.Name) and literal.id in list_variables(self.walk.tree, literal):
                    self.sinks.append((node, kind))  # SVEN's filter takes these findings for false ones
                else:
                    self.sink(node, kind, value)
            return CLEAN
        if kind in COMMAND_SINKS or kind in SPAWN_SINKS:
            value = self.argument(args, keywords, 1 if kind in SPAWN_SINKS else 0, "command", "cmd", "path", "file")
            if value is not None:
                literal = node.args[0] if node.args else None
                if isinstance(literal, ast.Name) and literal.id in list_variables(self.walk.tree, literal):
                    value = CLEAN
                self.sink(node, kind, value)
            return CLEAN
        return None

    @staticmethod
    def sink_node(node):
        for keyword in node.keywords:
            if keyword.arg == "args":
                return keyword.value
        return node.args[0] if node.args else None

    # ReflectedXss.ql

    def call_79(self, node, kind, receiver, args, keywords):
        if kind in ESCAPES:
            return Val(NOTHING, "escaped" if kind == "html.escape" else "markup")
        if kind in ("markupsafe.Markup", "flask.Markup"):
            return Val(args[0].taint, "markup" if not args[0].taint else None) if args else CLEAN
        if kind == "flask.Flask":
            return Val(kind="flask.app")
        if kind in RESPONSES or kind.endswith(".make_response"):
            value = self.argument(args, keywords, 0, "response")
            mime = None
            if kind in RESPONSES:
                mime = self.argument(args, keywords, 4, "content_type") or self.argument(args, keywords, 3, "mimetype")
            text = str(mime.const).split(";")[0].strip().lower() if mime is not None and mime.has_const else "text/html"
            if value is not None and text == "text/html" and value.kind != "response":
                self.sink(node, kind, value)
            return Val(kind="response")
        if kind == "flask.jsonify":
            return Val(kind="response")
        return None

    def returned(self, function, node, value):
        if self.cwe == 79 and function in self.routes and value.kind != "response":
            self.sink(node, "the response", value)

    # SqlInjection.ql

    def call_89(self, node, kind, receiver, args, keywords):
        if kind in ("MySQLdb.connect", "pymysql.connect", "sqlite3.connect", "mysql.connector.connect", "psycopg2.connect"):
            return Val(kind="db.connection")
        if kind == "db.connection.cursor":
            return Val(kind="db.cursor")
        if receiver is not None and receiver.kind in ("db.connection", "db.cursor") and node.func.attr in ("execute", "executemany"):
            value = self.argument(args, keywords, 0, "sql", "query", "operation")
            if value is not None:
                self.sink(node, node.func.attr, value)
            return CLEAN
        return None


def list_variables(tree, until):
    """The variables that SVEN's filter of CWE-078 findings holds for command lists, up to a node."""
    found = set()
    assigns = [n for n in ast.walk(tree) if isinstance(n, ast.Assign) and n.lineno <= until.lineno]
    for node in sorted(assigns, key=lambda n: (n.lineno, n.col_offset)):
        if len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
            continue
        name, value = node.targets[0].id, node.value
        is_list = lambda v: isinstance(v, ast.List) or isinstance(v, ast.Name) and v.id in found
        if isinstance(value, ast.List):
            first = value.elts[0] if value.elts else None
            if isinstance(first, ast.JoinedStr) or isinstance(first, ast.Constant) and isinstance(first.value, (str, bytes)):
                found.add(name)
        elif isinstance(value, ast.Name) and value.id in found:
            found.add(name)
        elif isinstance(value, ast.BinOp) and (is_list(value.left) or is_list(value.right)):
            found.add(name)
    return found


def tar_slip(tree):
    """SVEN's own query for 022/2: extract or extractall on the value of tarfile.open, outside of any if."""
    inside_if = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If):
            for child in node.body + node.orelse:
                inside_if.update(ast.walk(child))
    findings = []
    for scope in ast.walk(tree):
        if not isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Module, ast.Lambda)):
            continue
        nodes = list(scope_nodes(scope))
        opened = set()
        is_open = lambda e: isinstance(e, ast.Call) and ast.unparse(e.func) in ("tarfile.open", "tarfile.TarFile.open") or (
            isinstance(e, ast.Name) and e.id in opened)
        for _ in range(2):
            for node in nodes:
                if isinstance(node, (ast.With, ast.AsyncWith)):
                    for item in node.items:
                        if isinstance(item.optional_vars, ast.Name) and is_open(item.context_expr):
                            opened.add(item.optional_vars.id)
                elif isinstance(node, ast.Assign) and is_open(node.value):
                    opened.update(t.id for t in node.targets if isinstance(t, ast.Name))
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("extract", "extractall"):
                if is_open(node.func.value):
                    findings.append((node.lineno, node.func.attr, node in inside_if))
    return findings


def scope_nodes(scope):
    """The nodes of a function without those of functions in it."""
    body = scope.body if isinstance(scope.body, list) else [scope.body]
    stack = list(body)
    while stack:
        node = stack.pop(0)
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            stack = list(ast.iter_child_nodes(node)) + stack


def imported(tree):
    """What the names that a program imports stand for."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update((alias.asname, alias.name) for alias in node.names if alias.asname)
        elif isinstance(node, ast.ImportFrom):
            names.update((alias.asname or alias.name, "%s.%s" % (node.module, alias.name)) for alias in node.names)
    return names


def jinja_without_escaping(tree):
    """Jinja2WithoutEscaping.ql: an Environment or Template without autoescape, or with one that is False."""
    constants, names = {}, imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    constants[target.id] = node.value.value
    findings, calls = [], 0
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        first, dot, rest = name.partition(".")
        if names.get(first, first) + dot + rest not in (
                "Environment", "jinja2.Environment", "Template", "jinja2.Template", "jinja2.environment.Environment"):
            continue
        calls += 1
        if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
            continue
        given = [k.value for k in node.keywords if k.arg == "autoescape"]
        if not given:
            findings.append((node.lineno, "%s at line %d has no autoescape" % (name, node.lineno)))
            continue
        value = given[0]
        if isinstance(value, ast.Name) and value.id in constants:
            value = ast.Constant(constants[value.id])
        if isinstance(value, ast.Constant) and not value.value:
            findings.append((node.lineno, "%s at line %d has autoescape=%r" % (name, node.lineno, value.value)))
    return findings, calls
