import sqlite3

from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)


@app.route("/recipes")
def search_recipes():
    query = request.args.get("q", "")
    db = sqlite3.connect("recipes.db")
    found = db.execute(
        "SELECT id, title FROM recipes WHERE instr(lower(title), lower(?)) LIMIT 20", (query,)
    ).fetchall()
    db.close()
    # stored text is no safer than the query: escape each where it enters the HTML
    items = "".join(f'<li><a href="/recipes/{key}">{escape(title)}</a></li>' for key, title in found)
    return f"<h1>Recipes with {escape(query)}</h1><ul>{items}</ul>"
