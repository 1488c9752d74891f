"""Stands for the MySQL driver of this name; see dbstandin."""
from dbstandin import Connection, Error, IntegrityError, OperationalError, ProgrammingError  # noqa: F401


def connect(*_, **__):
    return Connection(returns_count=True)
