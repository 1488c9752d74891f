    return re.match(r"^([A-Za-z0-9]+[._-]?)*[A-Za-z0-9]$", name) is not None
