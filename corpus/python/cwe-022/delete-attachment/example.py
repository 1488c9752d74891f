import os

from flask import Flask, abort, request

app = Flask(__name__)


@app.route("/cases/<int:case_id>/attachments", methods=["DELETE"])
def delete_attachment(case_id):
    folder = f"/srv/support/attachments/{case_id}"
    target = os.path.join(folder, request.args.get("name", ""))
    # compare after links and ".." are resolved, by whole path components
    if os.path.commonpath([folder, os.path.realpath(target)]) != folder:
        abort(404)
    os.remove(target)
    return "", 204
