import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.route("/products")
def search_products():
    term = request.args.get("q", "").strip()
    if len(term) < 2:
        return {"error": "search for two letters or more"}, 400
    # the term's own % and _ match themselves
    pattern = term.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    db = sqlite3.connect("shop.db")
    # bound parameter: the driver never parses the term as SQL
    rows = db.execute(
        "SELECT sku, name, price FROM products WHERE name LIKE ? ESCAPE '!' ORDER BY name LIMIT 50",
        (f"%{pattern}%",),
    ).fetchall()
    db.close()
    return {"products": [{"sku": sku, "name": name, "price": price} for sku, name, price in rows]}
