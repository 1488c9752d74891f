    require_editor(visitor)
    return board.pop(number)
