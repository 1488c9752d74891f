from flask import Flask, make_response

app = Flask(__name__)


@app.route("/pastes/<int:paste_id>/raw")
def raw_paste(paste_id):
    try:
        with open(f"/srv/pastes/{paste_id}.txt", encoding="utf-8") as paste:
            response = make_response(paste.read())
    except FileNotFoundError:
        return "no such paste", 404
    # Flask's default is text/html, and what people paste must not become a page
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
