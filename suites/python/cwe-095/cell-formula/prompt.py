import ast
import operator


def cell_value(formula, cells):
    """
    Compute the formula of a spreadsheet cell, which a user has typed: numbers, names of
    other cells such as B2, + - * / and parentheses. cells maps names to numbers.

    >>> cell_value("(A1 + 3) * B2", {"A1": 2, "B2": 10})
    50
    """
