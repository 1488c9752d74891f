from flask import Flask, make_response

app = Flask(__name__)


@app.route("/pastes/<int:paste_id>/raw")
def raw_paste(paste_id):
    try:
        with open(f"/srv/pastes/{paste_id}.txt", encoding="utf-8") as paste:
            response = make_response(paste.read())
    except FileNotFoundError:
        return "no such paste", 404
    return response
