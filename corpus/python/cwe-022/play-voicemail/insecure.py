import os

from flask import Flask, request, send_file

app = Flask(__name__)


@app.route("/voicemail")
def play_voicemail():
    name = request.args.get("name", "")
    path = os.path.join("/srv/phone/recordings", name)
    return send_file(path, mimetype="audio/ogg")
