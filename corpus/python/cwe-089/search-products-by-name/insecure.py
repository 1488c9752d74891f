import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.route("/products")
def search_products():
    term = request.args.get("q", "").strip()
    db = sqlite3.connect("shop.db")
    rows = db.execute(
        f"SELECT sku, name, price FROM products WHERE name LIKE '%{term}%' ORDER BY name LIMIT 50"
    ).fetchall()
    db.close()
    return {"products": [{"sku": sku, "name": name, "price": price} for sku, name, price in rows]}
