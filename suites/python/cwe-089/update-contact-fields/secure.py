    fields = [field for field in ("name", "phone", "city") if field in form]
    if not fields:
        return False
    assignments = ", ".join(f"{field} = ?" for field in fields)
    cursor = db.execute(
        f"UPDATE contacts SET {assignments} WHERE id = ? AND owner = ?",
        [form[field] for field in fields] + [contact_id, owner],
    )
    db.commit()
    return cursor.rowcount > 0
