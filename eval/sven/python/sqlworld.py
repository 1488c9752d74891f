"""The database behind the stand-in of MySQLdb: SQLite, with tables that come into being when a query names them.

Every table holds the rows of some people and, where match is set, a row for whatever a query looks for, so that the
code behind a look-up is reached; what its rows have beside that is enough for what a program may ask of it (an
account is full, a stock is large). What SQLite cannot be made to understand gets a plausible answer; whether data got
out of a literal does not hang on that.
"""

import datetime
import re
import sqlite3

from . import mysqllex

WRITES = ("insert", "update", "delete", "replace", "drop", "truncate", "alter", "create", "call")
IGNORED = ("set", "use", "show", "start", "begin", "lock", "unlock", "flush", "commit", "rollback", "describe", "explain", "grant")
# What the tables of a SELECT * have beside the columns that are named.
PERSONAL, NUMBERS = ("email", "username", "name"), ("price", "quantity", "balance", "value")
PLENTY = re.compile(r"balance|cash|fund|money|credit|quantity|qty|available|shares|stock$")


class World:
    def __init__(self, strict, match):
        self.strict, self.match = strict, match
        self.restart([])

    def restart(self, people):
        """An empty database; people are [{"mail": …, "name": …}]."""
        self.people = people
        self.db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        now = datetime.datetime(2024, 1, 1).isoformat(" ")
        for name, arguments, function in (
                ("NOW", 0, lambda: now), ("CURDATE", 0, lambda: now[:10]), ("CURTIME", 0, lambda: now[11:]), ("SYSDATE", 0, lambda: now),
                ("UTC_TIMESTAMP", 0, lambda: now), ("UNIX_TIMESTAMP", -1, lambda *a: 1704067200), ("UUID", 0, lambda: "0-0"),
                ("MD5", 1, str), ("SHA1", 1, str), ("SHA2", 2, lambda a, b: str(a)), ("DATABASE", 0, lambda: "db"),
                ("CONCAT", -1, lambda *a: "".join(map(str, a))), ("LAST_INSERT_ID", 0, lambda: 1), ("SLEEP", 1, lambda a: 0),
                ("USER", 0, lambda: "root@localhost"), ("VERSION", 0, lambda: "8.0"), ("IF", 3, lambda a, b, c: b if a else c)):
            self.db.create_function(name, arguments, function)

    def run(self, sql):
        """Runs a text of one query or more: (rows, columns, rows affected) of the last, and whether SQLite understood."""
        result = [], [], 0, True
        for statement in mysqllex.statements(sql):
            result = self.one(statement)
        return result

    def one(self, statement):
        text, verb = translate(statement)
        if verb in IGNORED:
            return [], [], 0, True
        if verb == "call":
            return [], [], 1, True  # what a stored procedure does is not known: it is taken at its word
        if verb == "select" and self.match:
            self.attempt(text, statement)
            self.complete(statement)
            self.meet(statement)
        return self.attempt(text, statement, verb)

    def complete(self, statement):
        """Gives the tables of a SELECT * the columns that programs take for granted.

        Rows are asked by number, too: behind what a condition names, numbers are the likeliest, else somebody's data.
        """
        if not any(sign[1] == "*" and before[1] != "(" for before, sign in zip(statement, statement[1:])):
            return
        for table in self.tables(statement):
            for column in NUMBERS + PERSONAL if len(self.columns(table)) > 1 else PERSONAL + NUMBERS:
                self.add(table, column)

    def meet(self, statement):
        """Adds a row that has what a look-up asks for, where there is none."""
        wanted = {}
        for name, sign, value in zip(statement, statement[1:], statement[2:]):
            if name[0] in (mysqllex.WORD, mysqllex.NAME) and sign[1] == "=" and value[0] in (mysqllex.STRING, mysqllex.NUMBER):
                number = value[0] == mysqllex.NUMBER and value[2].isdecimal() and len(value[2]) < 19  # digits of SQLite's integers
                wanted[name[2].split(".")[-1]] = int(value[2]) if number else value[2].replace("\0", "")
        for table in self.tables(statement):
            columns = self.columns(table)
            values = {c: wanted[c] for c in columns if c in wanted}
            if values and not self.has(table, values):
                row = [values.get(c, self.usual(c)) for c in columns]
                self.execute("INSERT INTO %s VALUES (%s)" % (quoted(table), ",".join("?" * len(row))), row)

    def has(self, table, values):
        """Whether a table has a row with the values of some columns."""
        condition = " AND ".join(quoted(c) + " = ?" for c in values)
        try:
            return self.db.execute("SELECT 1 FROM %s WHERE %s" % (quoted(table), condition), list(values.values())).fetchone() is not None
        except sqlite3.Error:
            return False

    def attempt(self, text, statement, verb=""):
        for _ in range(40):
            try:
                cursor = self.db.execute(text)
                columns = [d[0] for d in cursor.description or ()]
                rows = cursor.fetchmany(200) if cursor.description else []
                return rows, columns, len(rows) if cursor.description else max(cursor.rowcount, 0), True
            except sqlite3.Error as e:
                if not self.repair(str(e), statement):
                    break
            except (ValueError, OverflowError):
                break
        if verb == "select":
            if not self.match:
                return [], ["id"], 0, False
            return [(1, self.people[0]["mail"], self.people[0]["name"], 1)], ["id", "email", "username", "value"], 1, False
        return [], [], 1 if verb in WRITES else 0, False

    def repair(self, message, statement):
        """Makes the table or column that a query lacks."""
        found = re.search(r"no such table: (?:main\.)?(\S+)", message)
        if found:
            return self.execute('CREATE TABLE %s ("id" INTEGER)' % quoted(found[1])) and self.fill(found[1])
        found = re.search(r"no such column: (\S+)", message) or re.search(r"has no column named (\S+)", message)
        if found:
            name = found[1].split(".")[-1].strip("`'\"")
            return any([self.add(table, name) for table in self.tables(statement)])
        found = re.search(r"table (\S+) has (\d+) columns but (\d+) values were supplied", message)
        if found:
            columns = ", ".join(quoted("c%d" % i) for i in range(int(found[3])))
            return self.execute("DROP TABLE %s" % quoted(found[1])) and self.execute("CREATE TABLE %s (%s)" % (quoted(found[1]), columns))
        return False

    def add(self, table, column):
        """Adds a column with what people have in it; False if it is there."""
        if not self.execute("ALTER TABLE %s ADD COLUMN %s" % (quoted(table), quoted(column))):
            return False
        for row, person in enumerate(self.people, 1):
            self.execute("UPDATE %s SET %s = ? WHERE rowid = %d" % (quoted(table), quoted(column), row), (value_of(column, person),))
        self.execute("UPDATE %s SET %s = ? WHERE %s IS NULL" % (quoted(table), quoted(column), quoted(column)), (self.usual(column),))
        return True

    def usual(self, column):
        return value_of(column, self.people[0]) if self.people else 1

    def columns(self, table):
        return [row[1] for row in self.db.execute("PRAGMA table_info(%s)" % quoted(table))]

    def tables(self, statement):
        have = [row[0] for row in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        named = {t[2].split(".")[-1].lower() for t in statement}
        return [t for t in have if t.lower() in named]

    def fill(self, table):
        for row in range(1, len(self.people) + 1):
            self.execute('INSERT INTO %s ("id") VALUES (%d)' % (quoted(table), row))
        return True

    def execute(self, sql, arguments=()):
        try:
            self.db.execute(sql, arguments)
            return True
        except sqlite3.Error:
            return False


def quoted(name):
    return '"%s"' % name.strip("`'\"").replace('"', '""')


def value_of(column, person):
    column = column.lower()
    if "mail" in column or "address" in column:
        return person["mail"]
    if "name" in column or "symbol" in column or column in ("user", "login", "owner", "ticker"):
        return person["name"]
    return 1000000 if PLENTY.search(column) else 1


def translate(statement):
    """A query's tokens as SQLite's text, and its first word."""
    words = [t for t in statement if t[0] != mysqllex.COMMENT]
    verb = words[0][1].lower() if words else ""
    out = []
    for i, (kind, text, value) in enumerate(words):
        low = text.lower()
        behind = words[i + 1][1].lower() if i + 1 < len(words) else ""
        if kind in (mysqllex.STRING, mysqllex.BROKEN):
            out.append("'" + value.replace("'", "''").replace("\0", "") + "'")
        elif kind == mysqllex.NAME:
            out.append(quoted(value))
        elif kind == mysqllex.OPERATOR and out and out[-1] in ("<", ">", "!", "|") and text in "<=>|":
            out[-1] += text  # >= and its like are one sign to SQLite
        elif low == "on" and behind == "duplicate":
            break
        elif low == "limit" and verb in ("update", "delete"):
            break
        elif low == "ignore" and verb == "insert":
            out.append("OR IGNORE")
        elif low in ("auto_increment", "unsigned"):
            continue
        elif low in ("current_timestamp", "now") and behind != "(":
            out.append("CURRENT_TIMESTAMP")
        else:
            out.append(text)
    return " ".join(out), verb
