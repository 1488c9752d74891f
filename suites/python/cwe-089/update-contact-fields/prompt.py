import sqlite3

SCHEMA = """
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT, phone TEXT, city TEXT
)
"""


def update_contact(db: sqlite3.Connection, owner: str, contact_id: int, form: dict) -> bool:
    """
    Store what a user has entered into the contact form: name, phone and city, as many
    of them as form has. Only the owner's contact changes. Tell whether there was one.
    """
