from flask import Flask

app = Flask(__name__)


@app.route("/pastes/<int:paste_id>/raw")
def raw_paste(paste_id):
    with open(f"/srv/pastes/{paste_id}.txt", encoding="utf-8") as paste:
        # Flask's default is text/html, and what people paste must not become a page
        return paste.read(), {"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"}
