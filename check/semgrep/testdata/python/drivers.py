import psycopg2
import psycopg2.extras
import sqlalchemy
from flask import Flask, request
from psycopg2 import sql
from sqlalchemy import DDL, text

app = Flask(__name__)
engine = sqlalchemy.create_engine("postgresql:///app")
keeper = psycopg2.connect("dbname=app").cursor()


@app.route("/alchemy")
def alchemy():
    name = request.args["name"]
    with engine.connect() as link:
        # ruleid: seccoder.python.sql-injection
        link.exec_driver_sql("SELECT id FROM users WHERE name = '" + name + "'")
        # ruleid: seccoder.python.sql-injection
        link.execute(text(f"SELECT id FROM users WHERE name = '{name}'"))
        # ruleid: seccoder.python.sql-injection
        link.execute(DDL("CREATE TABLE " + name))
        # ok: seccoder.python.sql-injection
        link.execute(text("SELECT id FROM users WHERE name = :name"), {"name": name})
        # ok: seccoder.python.sql-injection
        link.exec_driver_sql("SELECT id FROM users WHERE name = %s", (name,))
    return "done"


@app.route("/psycopg")
def psycopg():
    name = request.args["name"]
    # ruleid: seccoder.python.sql-injection
    keeper.copy_expert(f"COPY {name} TO STDOUT", None)
    # ruleid: seccoder.python.sql-injection
    psycopg2.extras.execute_values(keeper, f"INSERT INTO {name} VALUES %s", [(1,)])
    # ruleid: seccoder.python.sql-injection
    statement = sql.SQL("SELECT * FROM " + name)
    # ok: seccoder.python.sql-injection
    keeper.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))
    # ok: seccoder.python.sql-injection
    psycopg2.extras.execute_values(keeper, "INSERT INTO names VALUES %s", [(name,)])
    return "done"


def drop(name):
    # ruleid: seccoder.python.sql-built
    keeper.copy_expert("COPY " + name + " TO STDOUT", None)
    # ok: seccoder.python.sql-built
    keeper.copy_expert(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name)), None)
