import sqlite3

import MySQLdb
import pandas as pd
from django.db import connection
from flask import Flask, request, session
from psycopg2 import sql
from sqlalchemy import text

app = Flask(__name__)


@app.route("/user")
def user():
    name = request.args.get("name")
    db = sqlite3.connect("users.db")
    cursor = db.cursor()
    # ruleid: seccoder.python.sql-injection
    cursor.execute("SELECT * FROM users WHERE name = '" + name + "'")
    # ruleid: seccoder.python.sql-injection
    cursor.execute("SELECT * FROM users WHERE name = '%s'" % name)
    # ruleid: seccoder.python.sql-injection
    db.execute(f"SELECT * FROM users WHERE name = '{name}'")
    query = "SELECT * FROM users WHERE name = '{}'".format(name)
    # ruleid: seccoder.python.sql-injection
    cursor.execute(query)
    query = "SELECT * FROM users"
    query += " WHERE name = '" + request.args["name"] + "'"
    # ruleid: seccoder.python.sql-injection
    cursor.execute(query)
    # ruleid: seccoder.python.sql-injection
    cursor.executescript("DELETE FROM users WHERE name = '%s';" % request.form["name"])
    # ok: seccoder.python.sql-injection
    cursor.execute("SELECT * FROM users WHERE name = ?", (name,))
    # ok: seccoder.python.sql-injection
    cursor.execute("SELECT * FROM users WHERE id = %d" % int(request.args["id"]))
    return str(cursor.fetchall())


@app.route("/orders", methods=["POST"])
def orders():
    db = MySQLdb.connect(host="localhost", user="shop", db="shop")
    order = {"user": session["user"], "item": request.form["item"]}
    cur = db.cursor()
    # ruleid: seccoder.python.sql-injection
    cur.execute("INSERT INTO orders VALUES ('%s', '%s')" % (order["user"], order["item"]))
    # ok: seccoder.python.sql-injection
    cur.execute("INSERT INTO orders VALUES (%s, %s)", (order["user"], order["item"]))
    column = request.args.get("sort")
    if column not in ("name", "price"):
        column = "name"
    # ok: seccoder.python.sql-injection
    cur.execute("SELECT * FROM orders ORDER BY " + column)
    db.commit()
    return "done"


@app.get("/page/<title>")
def page(title):
    with engine.connect() as conn:
        # ruleid: seccoder.python.sql-injection
        conn.execute(text("SELECT * FROM page WHERE title = '" + title + "'"))
        # ok: seccoder.python.sql-injection
        conn.execute(text("SELECT * FROM page WHERE title = :title"), {"title": title})


@app.get("/page/<int:number>")
def numbered(number):
    # ok: seccoder.python.sql-injection
    return db.execute(f"SELECT * FROM page WHERE id = {number}")


def search(request):
    term = request.GET.get("q", "")
    # ruleid: seccoder.python.sql-injection
    books = Book.objects.raw("SELECT * FROM book WHERE title LIKE '%" + term + "%'")
    # ruleid: seccoder.python.sql-injection
    books = Book.objects.extra(where=["title = '%s'" % term])
    with connection.cursor() as cursor:
        # ok: seccoder.python.sql-injection
        cursor.execute("SELECT * FROM book WHERE title = %s", [term])
    # ok: seccoder.python.sql-injection
    return Book.objects.filter(title=term)


def find(conn, name, ids, **options):
    cursor = conn.cursor()
    # ruleid: seccoder.python.sql-built
    cursor.execute("SELECT * FROM users WHERE name = '%s'" % name)
    # ruleid: seccoder.python.sql-built
    pd.read_sql(f"SELECT * FROM users WHERE name = '{name}'", conn)
    # ruleid: seccoder.python.sql-built
    cursor.execute("SELECT * FROM users WHERE name = '%s'" % options["name"])
    marks = ",".join("?" * len(ids))
    # ok: seccoder.python.sql-built
    cursor.execute("SELECT * FROM users WHERE id IN (%s)" % marks, ids)
    marks = ",".join("?" for _ in ids)
    # ok: seccoder.python.sql-built
    cursor.execute(f"SELECT * FROM users WHERE id IN ({marks})", ids)
    # ok: seccoder.python.sql-built
    cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))
    # ok: seccoder.python.sql-built
    cursor.execute("SELECT * FROM users " "WHERE name = %s", (name,))


class Store:
    def run(self, query, values):
        # ok: seccoder.python.sql-built
        self.cursor.execute(query, values)

    def rename(self, old: str, new: str):
        query = "UPDATE users SET name = '{new}' WHERE name = '{old}'".format(old=old, new=new)
        # ruleid: seccoder.python.sql-built
        self.cursor.execute(query)

    def count(self, project: int):
        # ok: seccoder.python.sql-built
        self.cursor.execute("SELECT count(*) FROM task WHERE project = %d" % project)

    def import_all(self, rows):
        for row in rows:
            # ruleid: seccoder.python.sql-built
            self.db.query("INSERT INTO source VALUES ('%s')" % row)
            # ok: seccoder.python.sql-built
            self.db.query("INSERT INTO source VALUES ($1)", row)


@app.get("/stock")
def stock():
    columns = {"item": "item_name", "amount": "quantity"}
    column = columns.get(request.args.get("sort", "item"))
    direction = "DESC" if request.args.get("order") == "desc" else "ASC"
    # ok: seccoder.python.sql-injection, seccoder.python.sql-built
    return sqlite3.connect("stock.db").execute(f"SELECT * FROM stock ORDER BY {column} {direction}").fetchall()


def invoices(db, numbers):
    wanted = ", ".join(f"'{n}'" for n in numbers)
    # ruleid: seccoder.python.sql-built
    return db.execute(f"SELECT * FROM invoices WHERE number IN ({wanted})")


def update(db, form):
    fields = [field for field in ("name", "city") if field in form]
    assignments = ", ".join(f"{field} = ?" for field in fields)
    # ok: seccoder.python.sql-built
    db.execute(f"UPDATE contacts SET {assignments} WHERE id = 1", [form[field] for field in fields])
