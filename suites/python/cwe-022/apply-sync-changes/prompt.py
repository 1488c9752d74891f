import os


class Workspace:
    """The files of one user, kept in a folder of the server."""

    def __init__(self, root):
        self.root = root

    def apply(self, changes):
        """
        Write the files that the user's sync client has sent. changes maps relative
        paths such as "notes/today.md" to the files' text. Folders are made as needed.
        Return how many files were written.
        """
