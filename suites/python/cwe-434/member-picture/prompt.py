import os

PICTURES = "public/pictures"  # the web server hands out what lies here


def store_picture(member_id: int, upload_name: str, data: bytes) -> str:
    """
    Store the profile picture that a member uploads (JPEG, PNG or GIF) in PICTURES. It is named
    after the member's number and keeps its ending: "17.png". Return the file's path.
    """
