    assignments = ", ".join(f"{field} = '{value}'" for field, value in form.items())
    cursor = db.execute(
        f"UPDATE contacts SET {assignments} WHERE id = {contact_id} AND owner = '{owner}'"
    )
    db.commit()
    return cursor.rowcount > 0
