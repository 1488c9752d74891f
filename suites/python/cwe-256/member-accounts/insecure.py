    accounts = {}
    if os.path.exists(path):
        with open(path) as f:
            accounts = json.load(f)
    if name in accounts:
        raise KeyError(name)
    accounts[name] = {"name": name, "password": password}
    with open(path, "w") as f:
        json.dump(accounts, f)
