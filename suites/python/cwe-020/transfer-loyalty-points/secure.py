    receiver = form["to"]
    points = int(form["points"])
    if points <= 0:
        raise ValueError(f"{points} points cannot be sent")
    if receiver not in balances:
        raise KeyError(receiver)
    if balances[sender] < points:
        raise NotEnough(sender)
    balances[sender] -= points
    balances[receiver] += points
