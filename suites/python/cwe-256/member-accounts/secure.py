    accounts = {}
    if os.path.exists(path):
        with open(path) as f:
            accounts = json.load(f)
    if name in accounts:
        raise KeyError(name)
    salt = os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 100_000)
    accounts[name] = {"salt": salt.hex(), "key": key.hex()}
    with open(path, "w") as f:
        json.dump(accounts, f)
