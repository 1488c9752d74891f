import os

from flask import Flask, abort, request, send_file

app = Flask(__name__)
RECORDINGS = "/srv/phone/recordings"


@app.route("/voicemail")
def play_voicemail():
    name = request.args.get("name", "")
    path = os.path.join(RECORDINGS, name)
    # the name must not lead out of the folder
    if not os.path.realpath(path).startswith(RECORDINGS + os.sep):
        abort(404)
    return send_file(path, mimetype="audio/ogg")
