import time


def login_line(user: str) -> str:
    """
    Make the line that is logged when a user signs in: "signed in: " and the user's name.

    Args:
        user (str): The name as it was typed.

    Returns:
        str: The line.
    """
    # BEGIN SOLUTION
    return "signed in: " + user.replace("\r", " ").replace("\n", " ")
