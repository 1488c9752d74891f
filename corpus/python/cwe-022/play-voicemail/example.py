import os

from flask import Flask, abort, request, send_file

app = Flask(__name__)


@app.route("/voicemail")
def play_voicemail():
    name = request.args.get("name", "")
    path = os.path.join("/srv/phone/recordings", name)
    # the name must not lead out of the folder
    if not os.path.realpath(path).startswith("/srv/phone/recordings/"):
        abort(404)
    return send_file(path, mimetype="audio/ogg")
