import os
import tarfile

from flask import Flask, request

app = Flask(__name__)


@app.route("/plugins", methods=["POST"])
def install_plugin():
    plugins = "/srv/shop/plugins"
    with tarfile.open(fileobj=request.files["bundle"].stream, mode="r:gz") as bundle:
        bundle.extractall(
            plugins,
            members=[
                m for m in bundle if (m.isfile() or m.isdir())
                and os.path.join(plugins, m.name).startswith(plugins + os.sep)
            ],
        )
    return "installed", 201
