from flask import Flask

app = Flask(__name__)


@app.route("/pastes/<int:paste_id>/raw")
def raw_paste(paste_id):
    with open(f"/srv/pastes/{paste_id}.txt", encoding="utf-8") as paste:
        return paste.read()
