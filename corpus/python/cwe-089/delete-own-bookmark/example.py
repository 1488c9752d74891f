import os

import pymysql
from flask import Flask, request, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


@app.route("/bookmarks/delete", methods=["POST"])
def delete_bookmark():
    slug = request.form.get("slug", "")
    with pymysql.connect(read_default_file="~/.my.cnf", database="links") as conn:
        with conn.cursor() as cursor:
            # placeholders, no string formatting: a quote in the slug stays data
            cursor.execute(
                "DELETE FROM bookmarks WHERE slug = %s AND owner_id = %s",
                (slug, session["user_id"]),
            )
        conn.commit()
    return "", 204
