def email_of(path, user):
    '''
    Return the email of the user from the table people (name, email) of the database
    at path, or None.
    '''
    db = sqlite3.connect(path)
    cursor = db.cursor()