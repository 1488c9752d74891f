from flask import Flask, request

app = Flask(__name__)
# without a limit a request may fill the memory of the server
app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
contacts = []


@app.post("/contacts/import")
def import_contacts():
    text = request.get_data().decode("utf-8", "replace")
    names = [line[3:].strip() for line in text.splitlines() if line.startswith("FN:")]
    contacts.extend(names)
    return {"imported": len(names)}
