    if number not in board:
        raise KeyError(number)
    return board.pop(number)
