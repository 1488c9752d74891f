import os

from flask import Flask, request, send_file

app = Flask(__name__)
RECORDINGS = "/srv/phone/recordings"


@app.route("/voicemail")
def play_voicemail():
    name = request.args.get("name", "")
    path = os.path.join(RECORDINGS, name)
    return send_file(path, mimetype="audio/ogg")
