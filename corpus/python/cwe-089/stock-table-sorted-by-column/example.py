import sqlite3

from flask import Flask, render_template, request

app = Flask(__name__)


@app.get("/stock")
def stock_table():
    columns = {"item": "item_name", "amount": "quantity", "changed": "updated_at"}
    # a column name cannot be bound, so the request only chooses among these
    column = columns.get(request.args.get("sort"), "item_name")
    direction = "DESC" if request.args.get("order") == "desc" else "ASC"
    connection = sqlite3.connect("warehouse.db")
    cursor = connection.execute(
        f"SELECT item_name, quantity, updated_at FROM stock WHERE site = ? ORDER BY {column} {direction}",
        (request.args.get("site", "main"),),
    )
    items = cursor.fetchall()
    connection.close()
    return render_template("stock.html", items=items)
