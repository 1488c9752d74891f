class NotEnough(Exception):
    """The sender has fewer points than that."""


def send_points(balances: dict, sender: str, form: dict) -> None:
    """
    Move points from the sender to another member. form is what the page sent, all text:
    "to" is a member's name and "points" a whole number. balances has the members' points.
    Raise KeyError for an unknown member, ValueError for a bad number, and NotEnough when
    the sender has fewer.
    """
