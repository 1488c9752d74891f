import os

from flask import Flask, abort, request, send_file

app = Flask(__name__)
EPISODES = "/srv/podcast/episodes"


@app.route("/episode")
def episode():
    name = request.args.get("name", "")
    path = os.path.join(EPISODES, name)
