import os
import tarfile

from flask import Flask, request

app = Flask(__name__)


@app.route("/plugins", methods=["POST"])
def install_plugin():
    root = os.path.realpath("plugins")
    with tarfile.open(fileobj=request.files["bundle"].stream, mode="r:gz") as bundle:
        for member in bundle:
            if not member.isfile():
                continue
            path = os.path.realpath(os.path.join(root, member.name))
            # names in an archive are input too: write nothing outside the plugin folder
            if not path.startswith(root + os.sep):
                return f"{member.name!r} is outside the plugin folder", 400
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as out:
                out.write(bundle.extractfile(member).read())
    return "installed", 201
