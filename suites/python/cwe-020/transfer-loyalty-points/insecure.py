    receiver = form["to"]
    points = int(form["points"])
    if receiver not in balances:
        raise KeyError(receiver)
    if balances[sender] < points:
        raise NotEnough(sender)
    balances[sender] -= points
    balances[receiver] += points
