"""A stand-in for MySQLdb (mysqlclient 2), whose library needs a server.

It puts arguments into queries as mysqlclient does, on the client: query % escaped(args). Every query is
told to the parent as it would go to the server, then run on sqlworld's database.
"""

import datetime
import sys
import types

from . import child, mysqllex
from .sqlworld import WRITES

NAMES = ("Warning", "Error", "InterfaceError", "DatabaseError", "OperationalError", "IntegrityError", "InternalError", "ProgrammingError",
         "NotSupportedError", "DataError")


def escape(text):
    table = {"\0": "\\0", "\n": "\\n", "\r": "\\r", "\x1a": "\\Z", "'": "\\'", '"': '\\"', "\\": "\\\\"}
    return "".join(table.get(c, c) for c in text)


def literal(value):
    """A value as mysqlclient writes it into a query."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (bytes, bytearray)):
        return "_binary'" + escape(bytes(value).decode("utf-8", "surrogateescape")) + "'"
    if isinstance(value, (list, tuple)):
        return "(" + ",".join(literal(v) for v in value) + ")"
    if isinstance(value, dict):
        raise TypeError("dict can not be used as parameter")
    if isinstance(value, datetime.datetime):
        value = value.strftime("%Y-%m-%d %H:%M:%S")
    return "'" + escape(str(value)) + "'"


def escape_string(value):
    """Bytes, as mysqlclient gives: in an f-string they become b'…'."""
    if isinstance(value, str):
        value = value.encode()
    if not isinstance(value, (bytes, bytearray)):
        raise TypeError("argument 1 must be read-only bytes-like object, not " + type(value).__name__)
    return escape(bytes(value).decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def install(world):
    """Makes import MySQLdb, and of its like, find the stand-in. Only in a child."""
    module = types.ModuleType("MySQLdb")
    base = type("MySQLError", (Exception,), {})
    for name in NAMES:
        parent = base if name in ("Warning", "Error") else module.Error if name in ("InterfaceError", "DatabaseError") else module.DatabaseError
        setattr(module, name, type(name, (parent,), {"__module__": "MySQLdb"}))
    module.MySQLError = base

    class BaseCursor:
        as_dict = False
        arraysize = 1

        def __init__(self, connection=None):
            self.connection, self.rowcount, self.lastrowid, self.description = connection, -1, 0, None
            self._rows, self._executed, self._last_executed, self.rownumber = [], None, None, 0
            self.closed = False

        def mogrify(self, query, args=None):
            if isinstance(query, (bytes, bytearray)):
                query = bytes(query).decode("utf-8", "surrogateescape")
            if not isinstance(query, str):
                raise TypeError("query must be str or bytes, not " + type(query).__name__)
            child.emit(attempt=query)
            if args is None:
                return query
            if isinstance(args, dict):
                given = {k.decode() if isinstance(k, bytes) else k: literal(v) for k, v in args.items()}
            else:
                given = tuple(literal(a) for a in args)  # a bare string is taken apart into characters, as in mysqlclient
            try:
                return query % given
            except TypeError as e:
                raise module.ProgrammingError(str(e)) from None

        def execute(self, query, args=None):
            if self.closed or self.connection is None or not self.connection.open:
                raise module.ProgrammingError("cursor closed")
            sql = self.mogrify(query, args)
            return self._query(sql)

        def _query(self, sql):
            self._executed = self._last_executed = sql.encode("utf-8", "replace")
            verb = next((t[1].lower() for t in mysqllex.tokens(sql) if t[0] == mysqllex.WORD), "")
            if world.strict and broken(sql):
                child.emit(sql=sql, verb=verb, rows=0, error="syntax")
                raise module.ProgrammingError(1064, "You have an error in your SQL syntax")
            rows, columns, count, understood = world.run(sql)
            found = [{c: str(v)[:100] for c, v in zip(columns, r)} for r in rows[:10]]
            child.emit(sql=sql, verb=verb, rows=count, write=verb in WRITES, understood=understood, autocommit=self.connection.auto, found=found)
            self.description = tuple((c, 253, None, None, None, None, 1) for c in columns) or None
            self._rows = [dict(zip(columns, r)) for r in rows] if self.as_dict else [tuple(r) for r in rows]
            self.rowcount, self.rownumber, self.lastrowid = count, 0, 1
            return count

        def executemany(self, query, args):
            return sum(self.execute(query, a) for a in args) if args else None

        def callproc(self, name, args=()):
            self._query("CALL %s(%s)" % (name, ",".join(literal(a) for a in args)))
            return args

        def fetchone(self):
            self._check()
            return self._rows.pop(0) if self._rows else None

        def fetchmany(self, size=None):
            self._check()
            size = size or self.arraysize
            out, self._rows = self._rows[:size], self._rows[size:]
            return tuple(out)

        def fetchall(self):
            self._check()
            out, self._rows = self._rows, []
            return tuple(out)

        def _check(self):
            if self._executed is None:
                raise module.ProgrammingError("execute() first")

        def __iter__(self):
            return iter(self.fetchone, None)

        def nextset(self):
            return None

        def close(self):
            self.closed = True

        def __enter__(self):
            return self

        def __exit__(self, *info):
            self.close()

        def setinputsizes(self, *args):
            pass

        def setoutputsizes(self, *args):
            pass

        scroll = setinputsizes

    class DictBase(BaseCursor):
        as_dict = True

    class Connection:
        def __init__(self, *args, **kwargs):
            self.open, self.auto = 1, bool(kwargs.get("autocommit", False))
            self.cursorclass = kwargs.get("cursorclass", cursors.Cursor)
            self.encoding = "utf8"
            self.messages = []

        def cursor(self, cursorclass=None, **kwargs):
            return (cursorclass or self.cursorclass)(self)

        def commit(self):
            child.emit(commit=True)

        def rollback(self):
            child.emit(rollback=True)

        def begin(self):
            pass

        def autocommit(self, on):
            self.auto = bool(on)

        def get_autocommit(self):
            return self.auto

        def close(self):
            self.open = 0

        def query(self, sql):
            text = sql.decode() if isinstance(sql, bytes) else sql
            child.emit(attempt=text)
            self._last = BaseCursor(self)
            self._last._query(text)

        def store_result(self):
            cursor = self._last
            result = types.SimpleNamespace(num_rows=lambda: len(cursor._rows), fetch_row=lambda maxrows=1, how=0: cursor.fetchmany(maxrows or 1000))
            return result

        use_result = store_result

        def affected_rows(self):
            return 1

        def insert_id(self):
            return 1

        def literal(self, value):
            return literal(value).encode("utf-8", "surrogateescape")

        def escape(self, value, *args):
            return self.literal(value)

        def escape_string(self, value):
            return escape_string(value)

        def string_literal(self, value):
            return b"'" + escape_string(value) + b"'"

        def ping(self, *args):
            pass

        def select_db(self, name):
            pass

        def set_character_set(self, *args):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *info):
            self.close()

        def __getattr__(self, name):
            if name in ("execute", "executemany"):
                def absent(query="", args=None, *rest):
                    try:
                        sql = BaseCursor(self).mogrify(query, args)
                        child.emit(sql=sql, verb="", rows=0, absent=name)
                    except (TypeError, module.ProgrammingError):
                        pass
                    raise AttributeError("'Connection' object has no attribute %r" % name)
                return absent
            raise AttributeError("'Connection' object has no attribute %r" % name)

    cursors = types.ModuleType("MySQLdb.cursors")
    for name, parent in (("BaseCursor", BaseCursor), ("Cursor", BaseCursor), ("SSCursor", BaseCursor), ("DictCursor", DictBase),
                         ("SSDictCursor", DictBase)):
        setattr(cursors, name, type(name, (parent,), {}))
    connections = types.ModuleType("MySQLdb.connections")
    connections.Connection = Connection
    module.connect = module.Connect = Connection
    module.Connection = Connection
    module.cursors, module.connections = cursors, connections
    module.escape_string, module.string_literal = escape_string, lambda value: b"'" + escape_string(value) + b"'"
    module.escape = lambda value, *args: literal(value).encode("utf-8", "surrogateescape")
    module.paramstyle, module.apilevel, module.threadsafety = "format", "2.0", 1
    module.version_info, module.__version__ = (2, 1, 1, "final", 0), "2.1.1"
    constants = types.ModuleType("MySQLdb.constants")
    for name in ("CLIENT", "CR", "ER", "FIELD_TYPE", "FLAG"):
        setattr(constants, name, types.SimpleNamespace(MULTI_STATEMENTS=1 << 16, DUP_ENTRY=1062))
    converters = types.ModuleType("MySQLdb.converters")
    converters.conversions = {}
    module.constants, module.converters = constants, converters
    exceptions = types.ModuleType("MySQLdb._exceptions")
    exceptions.__dict__.update({n: getattr(module, n) for n in NAMES})
    module._exceptions = exceptions
    for name in ("MySQLdb", "pymysql", "_mysql"):
        sys.modules[name] = module
    for part in (cursors, connections, constants, converters, exceptions):
        sys.modules[part.__name__] = part
        sys.modules[part.__name__.replace("MySQLdb", "pymysql")] = part
    sys.modules["_mysql_exceptions"] = exceptions
    connector = types.ModuleType("mysql.connector")
    connector.__dict__.update(module.__dict__)
    parent = types.ModuleType("mysql")
    parent.connector = connector
    sys.modules["mysql"], sys.modules["mysql.connector"] = parent, connector
    return module


def broken(sql):
    """Whether MySQL would refuse a query for its literals: one that does not end, or a word right behind one."""
    found = [t for t in mysqllex.tokens(sql) if t[0] != mysqllex.COMMENT]
    if any(t[0] == mysqllex.BROKEN for t in found):
        return True
    verb = found[0][1].lower() if found else ""
    for a, b in zip(found, found[1:]):
        if a[0] == mysqllex.STRING and b[0] in (mysqllex.WORD, mysqllex.NUMBER) and verb != "select" and b[1].lower() not in FOLLOWERS:
            return True
    return False


FOLLOWERS = {"and", "or", "xor", "where", "limit", "order", "group", "as", "from", "on", "in", "is", "not", "like", "between", "collate", "union", "div",
             "mod", "having", "regexp", "rlike", "for", "into", "set", "values", "escape", "when", "then", "else", "end", "asc", "desc"}
