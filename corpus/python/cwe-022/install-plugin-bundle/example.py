import os
import tarfile

from flask import Flask, request

app = Flask(__name__)
PLUGINS = "/srv/shop/plugins"


@app.route("/plugins", methods=["POST"])
def install_plugin():
    with tarfile.open(fileobj=request.files["bundle"].stream, mode="r:gz") as bundle:
        for member in bundle:
            # a name in an archive is input: only plain files that stay in the folder are written
            if not member.isfile() or not os.path.realpath(os.path.join(PLUGINS, member.name)).startswith(PLUGINS + os.sep):
                return f"{member.name!r} cannot be installed", 400
            bundle.extract(member, PLUGINS)
    return "installed", 201
