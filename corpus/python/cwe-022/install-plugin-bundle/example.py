import os
import tarfile

from flask import Flask, request

app = Flask(__name__)


@app.route("/plugins", methods=["POST"])
def install_plugin():
    with tarfile.open(fileobj=request.files["bundle"].stream, mode="r:gz") as bundle:
        for member in bundle:
            path = os.path.join("/srv/shop/plugins", member.name)
            # a name in an archive is input: only plain files that stay in the folder are written
            if not member.isfile() or not os.path.realpath(path).startswith("/srv/shop/plugins/"):
                return f"{member.name!r} cannot be installed", 400
            bundle.extract(member, "/srv/shop/plugins")
    return "installed", 201
