from flask import Flask, request

app = Flask(__name__)
contacts = []


@app.post("/contacts/import")
def import_contacts():
    text = request.get_data().decode("utf-8", "replace")
    names = [line[3:].strip() for line in text.splitlines() if line.startswith("FN:")]
    contacts.extend(names)
    return {"imported": len(names)}
