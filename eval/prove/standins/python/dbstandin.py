"""Stands for the drivers of database servers: a connection is one to the SQLite file
standin.db in the working directory, whatever server it is asked for.

Values that are given beside a statement are bound, as the drivers' own escaping would have
it; a statement without values is executed as it is. Every statement is kept in statements.
"""
import re
import sqlite3

FILE = "standin.db"
statements = []

Error = sqlite3.Error
OperationalError = sqlite3.OperationalError
ProgrammingError = sqlite3.ProgrammingError
IntegrityError = sqlite3.IntegrityError


def translate(statement, values):
    """%s and %(name)s as SQLite's ? and :name."""
    if values is None:
        return statement, ()
    if isinstance(values, dict):
        return re.sub(r"%\((\w+)\)s", r":\1", statement).replace("%%", "%"), values
    return statement.replace("%s", "?").replace("%%", "%"), tuple(values)


class Cursor:
    def __init__(self, connection, returns_count=False):
        self.real = connection.real.cursor()
        self.returns_count = returns_count

    def execute(self, statement, values=None):
        text = statement.as_string(None) if hasattr(statement, "as_string") else statement
        statements.append((text, values))
        self.real.execute(*translate(text, values))
        return self.rowcount if self.returns_count else self

    def executemany(self, statement, rows):
        for row in rows:
            self.execute(statement, row)

    def __getattr__(self, name):
        return getattr(self.real, name)

    def __iter__(self):
        return iter(self.real)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.real.close()


class Connection:
    def __init__(self, returns_count=False):
        self.real = sqlite3.connect(FILE)
        self.returns_count = returns_count

    def cursor(self, *_, **__):
        return Cursor(self, self.returns_count)

    def execute(self, statement, values=None):
        return self.cursor().execute(statement, values)

    def commit(self):
        self.real.commit()

    def rollback(self):
        self.real.rollback()

    def close(self):
        self.real.close()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.real.commit()
        self.real.close()
