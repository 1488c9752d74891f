    return eval(formula, {"__builtins__": {}}, cells)
